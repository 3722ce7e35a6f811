/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include "hash_list.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "vectors.h"
#include "vectors_text.h"

#define HASHES_MAX 64

static struct hash_info hashes[HASHES_MAX];
static size_t hash_count;
static glob_t files;

/* ---- Files ---- */

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

static void open_file(struct vectors_text *text, const char *path, const char *last)
{
    size_t length;
    char *content = read_file(path, &length);
    vectors_text_open(text, content, length, last);
}

/* The files lie beside this source, wherever the test is run from. */
static void find_files(void)
{
    static const char here[] = __FILE__;
    char pattern[512];
    const char *slash = strrchr(here, '/');

    (void)snprintf(pattern, sizeof pattern, "%.*s../vectors/hash/*.txt", slash == NULL ? 0 : (int)(slash - here + 1), here);
    if (glob(pattern, 0, NULL, &files) != 0) {
        fail_msg("%s: no such files; run the test in the directory that it was compiled in", pattern);
    }
}

/* ---- The list ---- */

static const char *copy_field(const struct vectors_text *text, const char *name)
{
    const char *value = vectors_text_field(text, name, false);
    char *copy = value == NULL ? NULL : strdup(value);
    assert_true(value == NULL || copy != NULL);
    return copy;
}

static void add_hash(const struct vectors_text *text)
{
    assert_true(hash_count < HASHES_MAX);
    struct hash_info *info = &hashes[hash_count++];

    info->name = strdup(text->section);
    assert_non_null(info->name);
    info->alg = (psa_algorithm_t)strtoul(vectors_text_field(text, "Algorithm", false), NULL, 0);
    info->aliases = copy_field(text, "Aliases");
    info->openssl = copy_field(text, "OpenSSL");
    info->cavp = copy_field(text, "Cavp");
    info->monte = copy_field(text, "Monte");
    info->botan = copy_field(text, "Botan");
    info->evp = copy_field(text, "Evp");
    info->xof = copy_field(text, "Xof");
    info->json = copy_field(text, "Json");
}

const struct hash_info *hash_list(size_t *count)
{
    if (hash_count == 0) {
        find_files();
        for (size_t i = 0; i < files.gl_pathc; i++) {
            struct vectors_text text;
            open_file(&text, files.gl_pathv[i], "Algorithm");
            while (vectors_text_next(&text)) {
                add_hash(&text);
            }
            vectors_text_close(&text);
        }
    }
    assert_true(hash_count > 0);
    *count = hash_count;
    return hashes;
}

static int among_words(const char *words, const char *name)
{
    size_t length = strlen(name);
    while (words != NULL && *words != 0) {
        size_t word = strcspn(words, " ");
        if (word == length && strncasecmp(words, name, length) == 0) {
            return 1;
        }
        words += word + strspn(words + word, " ");
    }
    return 0;
}

const struct hash_info *hash_list_named(const char *name)
{
    size_t count;
    const struct hash_info *list = hash_list(&count);

    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(list[i].name, name) == 0 || among_words(list[i].aliases, name)) {
            return &list[i];
        }
    }
    return NULL;
}

/* ---- Known answers ---- */

/* "text" or hexadecimal, `times` times. */
static uint8_t *decode(const char *value, size_t times, size_t *length)
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

static void one_case(const struct vectors_text *text, const char *file, void (*each)(const struct hash_case *, void *),
                     void *argument)
{
    struct hash_case hash_case = {.info = hash_list_named(text->section), .file = file, .line = text->block_line};
    const char *message = vectors_text_field(text, "Message", false);
    const char *repeat = vectors_text_field(text, "Repeat", false);

    if (hash_case.info == NULL || message == NULL) {
        fail_msg("%s:%zu: no algorithm, or no message", file, hash_case.line);
    }
    uint8_t *data = decode(message, repeat == NULL ? 1 : strtoul(repeat, NULL, 10), &hash_case.message_length);
    uint8_t *hash = decode(vectors_text_field(text, "Hash", false), 1, &hash_case.hash_length);
    hash_case.message = data;
    hash_case.hash = hash;
    each(&hash_case, argument);
    free(data);
    free(hash);
}

size_t hash_list_cases(void (*each)(const struct hash_case *, void *), void *argument)
{
    size_t count = 0;

    (void)hash_list(&count);
    count = 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct vectors_text text;
        open_file(&text, files.gl_pathv[i], "Hash");
        while (vectors_text_next(&text)) {
            one_case(&text, files.gl_pathv[i], each, argument);
            count++;
        }
        vectors_text_close(&text);
    }
    return count;
}
