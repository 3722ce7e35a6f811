/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reader of test vectors that lie outside the repository, in the directory PSA_TEST_VECTORS: one way to walk
 * through all their forms. For use inside cmocka tests; every problem with a file fails the running test.
 *
 *     struct vectors *v = vectors_open("hash/cavp-SHA256ShortMsg.rsp", "MD");
 *     while (vectors_next(v)) {
 *         size_t length;
 *         const uint8_t *message = vectors_hex(v, "Msg", &length);
 *         ... one case ...
 *     }
 *     vectors_close(v, 65);
 *
 * Forms, told apart by the name's ending
 * - .json: Wycheproof and ACVP (testGroups[].tests[]) or a plain array; one test object is a case. Fields are
 *   looked up in the test, then in its group. What is nested deeper: vectors_json_test(), vectors_json_group().
 * - anything else (CAVP .rsp, Botan .vec, LWC KAT, evp_test stanzas): lines `name = value` or `name: value`. A case is a
 *   block, ended by an empty line or by a name that the block has already, that holds the field `last`. Blocks without it
 *   (a key for the cases that follow, say) give values to vectors_inherited(). In `[section]` headers, `name = value` pairs are
 *   inherited as well. `#` starts a comment line, `\` at the end continues a line. A bare word (FAIL) is a field with an empty value.
 *
 * Field names are compared without regard to case.
 */
#ifndef TESTS_SUPPORT_VECTORS_H
#define TESTS_SUPPORT_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

struct vectors;

enum vectors_result { VECTORS_VALID, VECTORS_ACCEPTABLE, VECTORS_INVALID };

/* The directory, or NULL when PSA_TEST_VECTORS is unset or empty. */
const char *vectors_dir(void);

/* skip()s the running test, saying so, when there are no vectors. vectors_open() does it too. */
void vectors_require(void);

/* path is relative to the directory. last: see above; not used for .json (pass NULL). Never NULL. */
struct vectors *vectors_open(const char *path, const char *last);

/* Steps to the next case and counts it as run; false at the end. Frees what vectors_hex() gave for the case before. */
bool vectors_next(struct vectors *vectors);

/* Counts the current case as not used instead, under a reason (a string literal: it is kept). Then `continue`. */
void vectors_unused(struct vectors *vectors, const char *reason);

/*
 * Reports what ran and what did not, frees everything. The test fails unless the cases that ran and those
 * not used are `expected` together, and at least one ran.
 */
void vectors_close(struct vectors *vectors, size_t expected);

/* ---- The current case ---- */

bool vectors_has(const struct vectors *vectors, const char *name);

/* The value as text (JSON: a string; numbers and booleans as JSON writes them); the test fails when it is absent. */
const char *vectors_string(struct vectors *vectors, const char *name);

/* Like vectors_string(), but an earlier block or section header may have given it. JSON: the same as vectors_string(). */
const char *vectors_inherited(struct vectors *vectors, const char *name);

/*
 * The value, hexadecimal (0x in front and spaces allowed) or "text" in quotes. Memory of exactly that size (a
 * sanitizer sees the first byte beyond), never NULL, valid until vectors_next() or vectors_close(). May be inherited.
 */
uint8_t *vectors_hex(struct vectors *vectors, const char *name, size_t *length);

/* The value as a decimal number, or hexadecimal with 0x. May be inherited. */
long vectors_number(struct vectors *vectors, const char *name);

/* JSON: "result" (valid, acceptable, invalid) or "testPassed". Else: FAIL, or Result = F... is invalid. */
enum vectors_result vectors_result(struct vectors *vectors);

/* The last [section] header without its brackets; "" before the first. */
const char *vectors_section(const struct vectors *vectors);

/* Printed in messages: the file and the case ("hash/x.rsp:120" by line, "aead/y.json tcId 7"). Valid until vectors_next(). */
const char *vectors_where(struct vectors *vectors);

/* The objects behind a .json case; NULL for other forms, and where there are no groups. Borrowed. */
json_t *vectors_json_test(const struct vectors *vectors);
json_t *vectors_json_group(const struct vectors *vectors);

/* ---- Apart from the reader ---- */

/* A whole file as JSON; json_decref() it. The test fails when it cannot be read. */
json_t *vectors_json(const char *path);

/* A whole file, with a 0 byte after its end; free() it. The test fails when it cannot be read. */
char *vectors_file(const char *path, size_t *length);

/* Memory of exactly *length bytes (never NULL); free() it. NULL when text is not hexadecimal. */
uint8_t *vectors_decode_hex(const char *text, size_t *length);

/*
 * For tests that read a file their own way: one line "vectors <file>: <ran> of <expected> cases", the same line for
 * the summary over all programs. The test fails when the two numbers differ.
 */
void vectors_report(const char *file, size_t ran, size_t expected);

#endif
