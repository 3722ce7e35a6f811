/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "vectors.h"
#include "vectors_text.h"

#define REASONS_MAX 16

struct allocation {
    struct allocation *next;
    uint8_t *data;
};

struct vectors {
    char path[160];
    char where[240];
    char number[32];              /* a JSON number or boolean, written out */
    size_t ran;
    struct {
        const char *text;
        size_t count;
    } reasons[REASONS_MAX];
    struct allocation *allocations;
    /* .json */
    json_t *root, *groups, *tests, *group, *test;
    size_t next_group, next_test;
    /* other forms */
    struct vectors_text text;
};

/* ---- Files ---- */

const char *vectors_dir(void)
{
    const char *directory = getenv("PSA_TEST_VECTORS");
    return directory == NULL || directory[0] == 0 ? NULL : directory;
}

void vectors_require(void)
{
    if (vectors_dir() == NULL) {
        print_message("PSA_TEST_VECTORS is not set: the shared vectors are not run\n");
        skip();
    }
}

char *vectors_file(const char *path, size_t *length)
{
    char name[4096];
    (void)snprintf(name, sizeof(name), "%s/%s", vectors_dir(), path);
    FILE *file = fopen(name, "rb");
    if (file == NULL) {
        fail_msg("%s: cannot be opened", name);
        return NULL;
    }
    size_t size = 0, room = 65536;
    char *text = malloc(room);
    for (size_t count = 1; text != NULL && count != 0; size += count) {
        if (room - size < 32768) {
            text = realloc(text, room *= 2);
        }
        count = text == NULL ? 0 : fread(text + size, 1, room - size - 1, file);
    }
    int failed = ferror(file);
    (void)fclose(file);
    if (text == NULL || failed) {
        fail_msg("%s: cannot be read", name);
        return NULL;
    }
    text[size] = 0;
    *length = size;
    return text;
}

json_t *vectors_json(const char *path)
{
    size_t length;
    char *text = vectors_file(path, &length);
    json_error_t error;
    json_t *root = json_loadb(text, length, 0, &error);
    free(text);
    if (root == NULL) {
        fail_msg("%s:%d: %s", path, error.line, error.text);
    }
    return root;
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

uint8_t *vectors_decode_hex(const char *text, size_t *length)
{
    size_t count = 0, digits = 0;
    int high = 0;

    if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        text += 2;
    }
    for (const char *c = text; *c != 0; c++) {
        digits += !isspace((unsigned char)*c);
    }
    uint8_t *data = malloc(digits < 2 ? 1 : digits / 2);
    if (data == NULL || digits % 2 != 0) {
        free(data);
        return NULL;
    }
    for (const char *c = text; *c != 0; c++) {
        if (isspace((unsigned char)*c)) {
            continue;
        }
        int value = nibble(*c);
        if (value < 0) {
            free(data);
            return NULL;
        }
        if (count % 2 == 0) {
            high = value;
        } else {
            data[count / 2] = (uint8_t)(high << 4 | value);
        }
        count++;
    }
    *length = digits / 2;
    return data;
}

/* ---- Opening and stepping ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

struct vectors *vectors_open(const char *path, const char *last)
{
    vectors_require();
    struct vectors *vectors = calloc(1, sizeof(*vectors));
    assert_non_null(vectors);
    (void)snprintf(vectors->path, sizeof(vectors->path), "%s", path);
    if (ends_with(path, ".json")) {
        vectors->root = vectors_json(path);
        if (json_is_array(vectors->root)) {
            vectors->tests = vectors->root;
        } else {
            vectors->groups = json_object_get(vectors->root, "testGroups");
            assert_true(json_is_array(vectors->groups));
        }
    } else {
        size_t length;
        assert_non_null(last);
        char *content = vectors_file(path, &length);
        vectors_text_open(&vectors->text, content, length, last);
    }
    return vectors;
}

static void free_allocations(struct vectors *vectors)
{
    while (vectors->allocations != NULL) {
        struct allocation *first = vectors->allocations;
        vectors->allocations = first->next;
        free(first->data);
        free(first);
    }
}

static bool next_json(struct vectors *vectors)
{
    while (vectors->next_test >= json_array_size(vectors->tests)) {
        if (vectors->next_group >= json_array_size(vectors->groups)) {
            return false;
        }
        vectors->group = json_array_get(vectors->groups, vectors->next_group++);
        vectors->tests = json_object_get(vectors->group, "tests");
        vectors->next_test = 0;
    }
    vectors->test = json_array_get(vectors->tests, vectors->next_test++);
    return true;
}

bool vectors_next(struct vectors *vectors)
{
    free_allocations(vectors);
    bool more = vectors->root != NULL ? next_json(vectors) : vectors_text_next(&vectors->text);
    vectors->ran += more;
    return more;
}

void vectors_unused(struct vectors *vectors, const char *reason)
{
    for (size_t i = 0; i < REASONS_MAX; i++) {
        if (vectors->reasons[i].text == NULL || strcmp(vectors->reasons[i].text, reason) == 0) {
            vectors->reasons[i].text = reason;
            vectors->reasons[i].count++;
            vectors->ran--;
            return;
        }
    }
    fail_msg("%s: more than %d reasons", vectors->path, REASONS_MAX);
}

/* ---- Fields ---- */

static json_t *json_field(const struct vectors *vectors, const char *name)
{
    json_t *value = json_object_get(vectors->test, name);
    return value != NULL ? value : json_object_get(vectors->group, name);
}

static const char *json_text(struct vectors *vectors, const char *name)
{
    json_t *value = json_field(vectors, name);

    if (json_is_integer(value)) {
        (void)snprintf(vectors->number, sizeof(vectors->number), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return vectors->number;
    }
    if (json_is_boolean(value)) {
        return json_is_true(value) ? "true" : "false";
    }
    return json_string_value(value);
}

bool vectors_has(const struct vectors *vectors, const char *name)
{
    return vectors->root != NULL ? json_field(vectors, name) != NULL :
                                   vectors_text_field(&vectors->text, name, false) != NULL;
}

static const char *field(struct vectors *vectors, const char *name, bool inherited)
{
    const char *value = vectors->root != NULL ? json_text(vectors, name) :
                                                vectors_text_field(&vectors->text, name, inherited);
    if (value == NULL) {
        fail_msg("%s: no field %s", vectors_where(vectors), name);
    }
    return value;
}

const char *vectors_string(struct vectors *vectors, const char *name)
{
    return field(vectors, name, false);
}

const char *vectors_inherited(struct vectors *vectors, const char *name)
{
    return field(vectors, name, true);
}

static uint8_t *decode_quoted(const char *text, size_t *length)
{
    size_t size = strlen(text);
    if (size < 2 || text[size - 1] != '"') {
        return NULL;
    }
    *length = size - 2;
    uint8_t *data = malloc(*length == 0 ? 1 : *length);
    return data == NULL ? NULL : memcpy(data, text + 1, *length);
}

uint8_t *vectors_hex(struct vectors *vectors, const char *name, size_t *length)
{
    const char *text = field(vectors, name, true);
    struct allocation *allocation = calloc(1, sizeof(*allocation));
    assert_non_null(allocation);
    allocation->data = text[0] == '"' ? decode_quoted(text, length) : vectors_decode_hex(text, length);
    allocation->next = vectors->allocations;
    vectors->allocations = allocation;
    if (allocation->data == NULL) {
        fail_msg("%s: %s is not hexadecimal", vectors_where(vectors), name);
    }
    return allocation->data;
}

long vectors_number(struct vectors *vectors, const char *name)
{
    const char *text = field(vectors, name, true);
    bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    char *end;
    long value = strtol(text, &end, hexadecimal ? 16 : 10);
    if (end == text || *end != 0) {
        fail_msg("%s: %s is not a number", vectors_where(vectors), name);
    }
    return value;
}

enum vectors_result vectors_result(struct vectors *vectors)
{
    if (vectors->root == NULL) {
        const char *result = vectors_text_field(&vectors->text, "Result", false);
        bool failure = vectors_text_field(&vectors->text, "FAIL", false) != NULL ||
                       (result != NULL && (result[0] == 'F' || result[0] == 'f'));
        return failure ? VECTORS_INVALID : VECTORS_VALID;
    }
    if (json_field(vectors, "testPassed") != NULL) {
        return json_is_true(json_field(vectors, "testPassed")) ? VECTORS_VALID : VECTORS_INVALID;
    }
    const char *result = field(vectors, "result", false);
    if (strcmp(result, "valid") == 0) {
        return VECTORS_VALID;
    }
    if (strcmp(result, "acceptable") != 0 && strcmp(result, "invalid") != 0) {
        fail_msg("%s: result is %s", vectors_where(vectors), result);
    }
    return strcmp(result, "invalid") == 0 ? VECTORS_INVALID : VECTORS_ACCEPTABLE;
}

const char *vectors_section(const struct vectors *vectors)
{
    return vectors->text.section == NULL ? "" : vectors->text.section;
}

const char *vectors_where(struct vectors *vectors)
{
    if (vectors->root == NULL) {
        (void)snprintf(vectors->where, sizeof(vectors->where), "%s:%zu", vectors->path, vectors->text.block_line);
    } else {
        json_t *id = json_object_get(vectors->test, "tcId");
        (void)snprintf(vectors->where, sizeof(vectors->where), "%s %s %" JSON_INTEGER_FORMAT, vectors->path,
                       id == NULL ? "index" : "tcId",
                       id == NULL ? (json_int_t)vectors->next_test - 1 : json_integer_value(id));
    }
    return vectors->where;
}

json_t *vectors_json_test(const struct vectors *vectors)
{
    return vectors->test;
}

json_t *vectors_json_group(const struct vectors *vectors)
{
    return vectors->group;
}

/* ---- Reports ---- */

/* One line for people, one for the summary over all programs (tools/build/vectors-summary). */
static void report_line(const char *file, size_t count, size_t total, const char *reason)
{
    print_message("vectors %s: %zu of %zu cases%s%s\n", file, count, total, reason == NULL ? "" : " not used: ",
                  reason == NULL ? "" : reason);
    const char *log = getenv("PSACRYPTO_TEST_VECTORS_LOG");
    FILE *stream = log == NULL ? NULL : fopen(log, "a");
    if (stream != NULL) {
        (void)fprintf(stream, "%s\t%zu\t%zu\t%s\n", file, count, total, reason == NULL ? "ran" : reason);
        (void)fclose(stream);
    }
}

void vectors_report(const char *file, size_t ran, size_t expected)
{
    report_line(file, ran, expected, NULL);
    if (ran != expected) {
        fail_msg("%s: %zu cases ran, %zu were expected", file, ran, expected);
    }
}

void vectors_close(struct vectors *vectors, size_t expected)
{
    char path[sizeof(vectors->path)];
    size_t ran = vectors->ran, unused = 0;

    memcpy(path, vectors->path, sizeof(path));
    report_line(path, ran, expected, NULL);
    for (size_t i = 0; i < REASONS_MAX && vectors->reasons[i].text != NULL; i++) {
        report_line(path, vectors->reasons[i].count, expected, vectors->reasons[i].text);
        unused += vectors->reasons[i].count;
    }
    free_allocations(vectors);
    json_decref(vectors->root);
    vectors_text_close(&vectors->text);
    free(vectors);
    if (ran == 0 || ran + unused != expected) {
        fail_msg("%s: %zu cases ran and %zu were not used; %zu were expected", path, ran, unused, expected);
    }
}
