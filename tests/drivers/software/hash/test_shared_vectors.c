/* SPDX-License-Identifier: Apache-2.0 */
/* The shared vectors that tests/vectors/hash names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/hash/hash.h"
#include "software/software.h"
#include "support/hash_list.h"
#include "support/vectors.h"

static void hash_message(const struct hash_info *info, const uint8_t *message, size_t length, uint8_t *hash)
{
    size_t hash_length = 0;
    assert_int_equal(sw_hash_entries.compute(NULL, info->alg, message, length, hash, PSA_HASH_MAX_SIZE, &hash_length), PSA_SUCCESS);
    assert_int_equal(hash_length, PSA_HASH_LENGTH(info->alg));
}

static void check(struct vectors *v, const struct hash_info *info, const uint8_t *message, size_t length, const char *field)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t expected_length;
    const uint8_t *expected = vectors_hex(v, field, &expected_length);

    hash_message(info, message, length, hash);
    if (expected_length != PSA_HASH_LENGTH(info->alg) || memcmp(hash, expected, expected_length) != 0) {
        fail_msg("%s: wrong %s", vectors_where(v), info->name);
    }
}

/* ---- The forms. In a list, a value is "path count". ---- */

static struct vectors *open_listed(const char *listed, const char *last, size_t *count)
{
    char path[160];
    assert_int_equal(sscanf(listed, "%159s %zu", path, count), 2);
    return vectors_open(path, last);
}

static void run_cavp(const struct hash_info *info)
{
    size_t count, length;
    struct vectors *v = open_listed(info->cavp, "MD", &count);

    while (vectors_next(v)) {
        const uint8_t *message = vectors_hex(v, "Msg", &length);
        size_t bits = vectors_has(v, "Len") ? (size_t)vectors_number(v, "Len") : 8 * length;
        assert_true(bits == 0 || bits == 8 * length);
        check(v, info, message, bits / 8, "MD"); /* no bits are written as one zero byte */
    }
    vectors_close(v, count);
}

/* SHAVS, section 6.4: 1000 hashes of the last three, joined; the last is the checkpoint and the next seed. */
static void run_monte(const struct hash_info *info)
{
    size_t count, length = PSA_HASH_LENGTH(info->alg), seed_length;
    uint8_t chain[4][PSA_HASH_MAX_SIZE], message[3 * PSA_HASH_MAX_SIZE];
    struct vectors *v = open_listed(info->monte, "MD", &count);

    for (int first = 1; vectors_next(v); first = 0) {
        if (first) {
            memcpy(chain[2], vectors_hex(v, "Seed", &seed_length), length);
            assert_int_equal(seed_length, length);
        }
        memcpy(chain[0], chain[2], length);
        memcpy(chain[1], chain[2], length);
        for (int i = 0; i < 1000; i++) {
            for (size_t j = 0; j < 3; j++) {
                memcpy(message + j * length, chain[j], length);
            }
            hash_message(info, message, 3 * length, chain[3]);
            memmove(chain[0], chain[1], 3 * sizeof chain[0]);
        }
        size_t expected_length;
        const uint8_t *expected = vectors_hex(v, "MD", &expected_length);
        assert_int_equal(expected_length, length);
        if (memcmp(chain[2], expected, length) != 0) {
            fail_msg("%s: wrong %s", vectors_where(v), info->name);
        }
    }
    vectors_close(v, count);
}

/* The algorithm that a file of several names, if this build has it. */
static const struct hash_info *named(struct vectors *v, const char *name)
{
    const struct hash_info *info = hash_list_named(name);
    if (info == NULL) {
        vectors_unused(v, "not an algorithm of PSA, or none that the library has yet");
        return NULL;
    }
    if (sw_hash_find(info->alg) == NULL) {
        vectors_unused(v, "not in this build");
        return NULL;
    }
    return info;
}

static void run_botan(const struct hash_info *listed)
{
    size_t count, length;
    struct vectors *v = open_listed(listed->botan, "Out", &count);

    while (vectors_next(v)) {
        const struct hash_info *info = named(v, vectors_section(v));
        if (info != NULL) {
            const uint8_t *message = vectors_hex(v, "In", &length);
            check(v, info, message, length, "Out");
        }
    }
    vectors_close(v, count);
}

/* Ncopy copies of the input, that `Count` times; the cases that have them are about EVP's updates, and end with another input. */
static void run_evp(const struct hash_info *listed)
{
    size_t count, length;
    struct vectors *v = open_listed(listed->evp, "Output", &count);

    while (vectors_next(v)) {
        const struct hash_info *info = named(v, vectors_inherited(v, "Digest"));
        if (info == NULL) {
            continue;
        }
        if (vectors_has(v, "Ncopy")) {
            vectors_unused(v, "a million bytes in pieces of OpenSSL's choice; tests/vectors/hash has that message");
            continue;
        }
        const uint8_t *message = vectors_hex(v, "Input", &length);
        check(v, info, message, length, "Output");
    }
    vectors_close(v, count);
}

/* The hash is the beginning of the XOF's output. */
static void run_xof(const struct hash_info *info)
{
    char path[160], section[40];
    size_t count, length, expected_length;
    uint8_t hash[PSA_HASH_MAX_SIZE];

    assert_int_equal(sscanf(info->xof, "%159s %zu %39s", path, &count, section), 3);
    struct vectors *v = vectors_open(path, "Out");
    while (vectors_next(v)) {
        if (strcmp(vectors_section(v), section) != 0) {
            vectors_unused(v, "another XOF");
            continue;
        }
        const uint8_t *message = vectors_hex(v, "In", &length);
        const uint8_t *expected = vectors_hex(v, "Out", &expected_length);
        hash_message(info, message, length, hash);
        if (expected_length > PSA_HASH_LENGTH(info->alg)) {
            expected_length = PSA_HASH_LENGTH(info->alg);
        }
        if (memcmp(hash, expected, expected_length) != 0) {
            fail_msg("%s: wrong %s", vectors_where(v), info->name);
        }
    }
    vectors_close(v, count);
}

/* The message, or the rule that its first bytes follow. */
static uint8_t *json_message(struct vectors *v, size_t *length)
{
    uint8_t *message;

    if (!vectors_has(v, "msg_rule")) {
        const char *field = vectors_has(v, "in") ? "in" : "msg";
        const uint8_t *bytes = vectors_hex(v, field, length);
        message = malloc(*length + 1);
        assert_non_null(message);
        memcpy(message, bytes, *length);
        return message;
    }
    assert_non_null(strstr(vectors_string(v, "msg_rule"), "byte i = i mod 256"));
    *length = (size_t)vectors_number(v, "msg_len");
    message = malloc(*length + 1);
    assert_non_null(message);
    for (size_t i = 0; i < *length; i++) {
        message[i] = (uint8_t)i;
    }
    return message;
}

static void run_json(const struct hash_info *info)
{
    char path[160], name[40] = "";
    size_t count, length;

    assert_in_range(sscanf(info->json, "%159s %zu %39s", path, &count, name), 2, 3);
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        if (name[0] != 0 && strcmp(vectors_string(v, "hash"), name) != 0) {
            vectors_unused(v, "another hash, tested with its own name");
            continue;
        }
        uint8_t *message = json_message(v, &length);
        check(v, info, message, length, name[0] != 0 ? "out" : "hash");
        free(message);
    }
    vectors_close(v, count);
}

static void run_all(const char *(*field)(const struct hash_info *), void (*run)(const struct hash_info *))
{
    size_t count, files = 0;
    const struct hash_info *list = hash_list(&count);

    vectors_require();
    for (size_t i = 0; i < count; i++) {
        if (field(&list[i]) != NULL && sw_hash_find(list[i].alg) != NULL) {
            run(&list[i]);
            files++;
        }
    }
    assert_true(files > 0);
}

static const char *cavp(const struct hash_info *info)
{
    return info->cavp;
}

static const char *monte(const struct hash_info *info)
{
    return info->monte;
}

static const char *botan(const struct hash_info *info)
{
    return info->botan;
}

static const char *evp(const struct hash_info *info)
{
    return info->evp;
}

static const char *xof(const struct hash_info *info)
{
    return info->xof;
}

static const char *json(const struct hash_info *info)
{
    return info->json;
}

static void test_cavp(void **state)
{
    (void)state;
    run_all(cavp, run_cavp);
}

static void test_monte(void **state)
{
    (void)state;
    run_all(monte, run_monte);
}

static void test_botan(void **state)
{
    (void)state;
    run_all(botan, run_botan);
}

static void test_evp(void **state)
{
    (void)state;
    run_all(evp, run_evp);
}

static void test_xof(void **state)
{
    (void)state;
    run_all(xof, run_xof);
}

static void test_json(void **state)
{
    (void)state;
    run_all(json, run_json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cavp),
        cmocka_unit_test(test_monte),
        cmocka_unit_test(test_botan),
        cmocka_unit_test(test_evp),
        cmocka_unit_test(test_xof),
        cmocka_unit_test(test_json),
    };
    return cmocka_run_group_tests_name("drivers/software/hash, shared vectors", tests, NULL, NULL);
}
