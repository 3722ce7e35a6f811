/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the psa tool in a directory of its own with a store of its own, and looks at what it answers. */
#ifndef TESTS_TOOLS_PSA_RUN_H
#define TESTS_TOOLS_PSA_RUN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* cmocka: setup and teardown of a group. Everything happens in the new directory, which is the working directory then. */
int psa_set_up(void **state);
int psa_tear_down(void **state);

/* The shell runs the format with $PSA for the tool; answers the exit status. What it writes is in the files out and err. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
int shell(const char *format, ...);

/* The command must end with this status; words, if not NULL, must be in its standard error. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void expect(int status, const char *words, const char *format, ...);

struct tool_bytes {
    uint8_t *data;
    size_t length;
};

/* Fails where the file is not there. To be freed with free(data); a null character follows the data. */
struct tool_bytes tool_file_read(const char *name);
void tool_file_write(const char *name, const void *data, size_t length);
int tool_file_exists(const char *name);
/* Permission bits. */
unsigned tool_file_mode(const char *name);
/* Bytes that look random, the same for each seed. */
void tool_file_fill(const char *name, size_t length, unsigned seed);
void assert_same_files(const char *a, const char *b);
/* The file out holds this text, and nothing else; or, among other text. */
void assert_out(const char *text);
void assert_out_has(const char *text);
/* No file of the tool's own is left in the working directory. */
void assert_nothing_left(void);

#endif
