/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "vector_files.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vectors.h"

char **vector_files(const char *folder)
{
    static const char here[] = __FILE__;
    char pattern[512];
    const char *slash = strrchr(here, '/');
    glob_t files; /* not freed: its paths are used to the end of the program */

    (void)snprintf(pattern, sizeof pattern, "%.*s../vectors/%s/*.txt", slash == NULL ? 0 : (int)(slash - here + 1), here, folder);
    if (glob(pattern, 0, NULL, &files) != 0) {
        fail_msg("%s: no such files; run the test in the directory that it was compiled in", pattern);
    }
    return files.gl_pathv;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size > 0);
    rewind(file);
    char *content = malloc((size_t)size + 1);
    assert_non_null(content);
    assert_int_equal(fread(content, 1, (size_t)size, file), size);
    content[size] = 0;
    (void)fclose(file);
    *length = (size_t)size;
    return content;
}

void vector_files_open(struct vectors_text *text, const char *path, const char *last)
{
    size_t length;
    char *content = read_file(path, &length);
    vectors_text_open(text, content, length, last);
}

uint8_t *vector_files_decode(const char *value, size_t times, size_t *length)
{
    size_t once = strlen(value);
    uint8_t *unit = NULL;

    if (once >= 2 && value[0] == '"' && value[once - 1] == '"') {
        once -= 2;
        unit = malloc(once + 1);
        assert_non_null(unit);
        memcpy(unit, value + 1, once);
    } else {
        unit = vectors_decode_hex(value, &once);
        assert_non_null(unit);
    }
    uint8_t *all = malloc(once * times + (once == 0));
    assert_non_null(all);
    for (size_t i = 0; i < times; i++) {
        memcpy(all + i * once, unit, once);
    }
    free(unit);
    *length = once * times;
    return all;
}

const char *vector_files_copy(const struct vectors_text *text, const char *name)
{
    const char *value = vectors_text_field(text, name, false);
    char *copy = value == NULL ? NULL : strdup(value);
    assert_true(value == NULL || copy != NULL);
    return copy;
}
