/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "tools/psa_run.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char directory[] = "/tmp/psacrypto-tool.XXXXXX";
static char home[4096];

/* Programs of another architecture need what starts them; under Valgrind the tool runs as it is. */
static int set_tool(void)
{
    const char *build = getenv("BUILD");
    const char *wrapper = getenv("TEST_WRAPPER");
    char tool[4096];
    if (build == NULL || build[0] != '/') {
        fprintf(stderr, "BUILD is not set: start the tests with make\n");
        return -1;
    }
    if (wrapper == NULL || strncmp(wrapper, "valgrind", 8) == 0) {
        wrapper = "";
    }
    (void)snprintf(tool, sizeof(tool), "%s %s/psa", wrapper, build);
    return setenv("PSA", tool, 1);
}

int psa_set_up(void **state)
{
    (void)state;
    if (getcwd(home, sizeof(home)) == NULL || set_tool() != 0 || mkdtemp(directory) == NULL || chdir(directory) != 0) {
        return -1;
    }
    (void)setenv("SOURCE", home, 1);
    return setenv("PSACRYPTO_STORE", "store", 1);
}

int psa_tear_down(void **state)
{
    char removal[sizeof(directory) + 16];
    (void)state;
    (void)snprintf(removal, sizeof(removal), "rm -rf %s", directory);
    return chdir(home) != 0 || system(removal) != 0;
}

static char command[8192]; /* the last one */

static int shell_v(const char *format, va_list arguments)
{
    char whole[sizeof(command) + 32];
    int length = vsnprintf(command, sizeof(command), format, arguments);
    assert_in_range(length, 1, sizeof(command) - 1);
    (void)snprintf(whole, sizeof(whole), "exec >out 2>err\n%s", command);
    int result = system(whole);
    assert_true(WIFEXITED(result));
    return WEXITSTATUS(result);
}

int shell(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int status = shell_v(format, arguments);
    va_end(arguments);
    return status;
}

void expect(int status, const char *words, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int got = shell_v(format, arguments);
    va_end(arguments);
    struct tool_bytes error = tool_file_read("err");
    if (got != status || (words != NULL && strstr((char *)error.data, words) == NULL) || (status == 0 && error.length != 0)) {
        fail_msg("%s\nexit status %d, not %d: %s", command, got, status, (char *)error.data);
    }
    /* One line for each failure. */
    if (status != 0 && error.length != 0) {
        assert_int_equal(error.data[error.length - 1], '\n');
    }
    free(error.data);
}

struct tool_bytes tool_file_read(const char *name)
{
    struct tool_bytes bytes = { NULL, 0 };
    struct stat s;
    FILE *file = fopen(name, "rb");
    if (file == NULL || fstat(fileno(file), &s) != 0) {
        fail_msg("%s is not there", name);
    }
    bytes.data = malloc((size_t)s.st_size + 1);
    assert_non_null(bytes.data);
    bytes.length = fread(bytes.data, 1, (size_t)s.st_size, file);
    assert_int_equal(bytes.length, s.st_size);
    bytes.data[bytes.length] = 0;
    assert_int_equal(fclose(file), 0);
    return bytes;
}

void tool_file_write(const char *name, const void *data, size_t length)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

int tool_file_exists(const char *name)
{
    struct stat s;
    return lstat(name, &s) == 0;
}

unsigned tool_file_mode(const char *name)
{
    struct stat s;
    assert_int_equal(stat(name, &s), 0);
    return (unsigned)s.st_mode & 0777u;
}

void tool_file_fill(const char *name, size_t length, unsigned seed)
{
    uint64_t x = UINT64_C(88172645463325252) + seed;
    uint8_t *data = malloc(length + 1);
    assert_non_null(data);
    for (size_t i = 0; i < length; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        data[i] = (uint8_t)(x >> 24);
    }
    tool_file_write(name, data, length);
    free(data);
}

void assert_same_files(const char *a, const char *b)
{
    struct tool_bytes first = tool_file_read(a);
    struct tool_bytes second = tool_file_read(b);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length + 1);
    free(first.data);
    free(second.data);
}

void assert_out(const char *text)
{
    struct tool_bytes out = tool_file_read("out");
    assert_string_equal((char *)out.data, text);
    free(out.data);
}

void assert_out_has(const char *text)
{
    struct tool_bytes out = tool_file_read("out");
    if (strstr((char *)out.data, text) == NULL) {
        fail_msg("not in the output: %s\n%s", text, (char *)out.data);
    }
    free(out.data);
}

void assert_nothing_left(void)
{
    DIR *here = opendir(".");
    struct dirent *entry;
    assert_non_null(here);
    while ((entry = readdir(here)) != NULL) {
        if (strncmp(entry->d_name, ".psa", 4) == 0) {
            fail_msg("left behind: %s", entry->d_name);
        }
    }
    (void)closedir(here);
}
