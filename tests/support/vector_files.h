/* SPDX-License-Identifier: Apache-2.0 */
/* The files of tests/vectors/, which lie beside this source wherever a test is run from: lines `name = value`. */
#ifndef TESTS_SUPPORT_VECTOR_FILES_H
#define TESTS_SUPPORT_VECTOR_FILES_H

#include <stddef.h>
#include <stdint.h>

#include "vectors_text.h"

/* The .txt files of a folder, in the order of their names; NULL behind the last. The running test fails where there is none. */
char **vector_files(const char *folder);

/* Opens one; last as in vectors.h. vectors_text_close() it. */
void vector_files_open(struct vectors_text *text, const char *path, const char *last);

/* "text" or hexadecimal, `times` times; free() it. */
uint8_t *vector_files_decode(const char *value, size_t times, size_t *length);

/* A field of the current block, copied; NULL where it is not there. */
const char *vector_files_copy(const struct vectors_text *text, const char *name);

#endif
