/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

#include "vectors_text.h"

/* ---- Cutting the file into lines ---- */

static char *trim(char *line)
{
    while (isspace((unsigned char)*line)) {
        line++;
    }
    for (size_t length = strlen(line); length > 0 && isspace((unsigned char)line[length - 1]); length--) {
        line[length - 1] = 0;
    }
    return line;
}

/* Takes a line off the text, in place; lines that end in a backslash are joined. */
static char *take_line(char **next, size_t *number)
{
    char *line = *next, *write = line, *read = line;

    for (; *read != 0 && *read != '\n'; read++) {
        if (read[0] == '\\' && (read[1] == '\n' || (read[1] == '\r' && read[2] == '\n'))) {
            read += read[1] == '\r' ? 2 : 1;
            (*number)++;
        } else {
            *write++ = *read;
        }
    }
    *next = read + (*read == '\n');
    (*number)++;
    *write = 0;
    return trim(line);
}

/* Cuts `name = value` in two and gives the value; a bare word has an empty one. */
static char *split(char *line)
{
    char *separator = strpbrk(line, "=:");
    if (separator == NULL) {
        return line + strlen(line);
    }
    *separator = 0;
    (void)trim(line);
    return trim(separator + 1);
}

static void add_line(struct vectors_text *text, struct vectors_text_line line)
{
    if ((text->line_count & (text->line_count - 1)) == 0) { /* full at each power of two */
        size_t room = text->line_count == 0 ? 1 : 2 * text->line_count;
        text->lines = realloc(text->lines, room * sizeof(line));
        assert_non_null(text->lines);
    }
    text->lines[text->line_count++] = line;
}

/* The header stays whole for vectors_section(); its pairs are cut out of the second copy. */
static void add_section(struct vectors_text *text, char *line, size_t number)
{
    char *end = strrchr(line, ']');
    if (end == NULL) {
        fail_msg("line %zu: a header without its end", number);
        return;
    }
    *end = 0;
    char *copy = text->headers + (line - text->content);
    copy[end - line] = 0;
    add_line(text, (struct vectors_text_line){LINE_SECTION, trim(line + 1), NULL, number});

    char *rest = NULL;
    for (char *pair = strtok_r(copy + 1, ",", &rest); pair != NULL; pair = strtok_r(NULL, ",", &rest)) {
        pair = trim(pair);
        if (strchr(pair, '=') != NULL) {
            char *value = split(pair);
            add_line(text, (struct vectors_text_line){LINE_SECTION_FIELD, pair, value, number});
        }
    }
}

void vectors_text_open(struct vectors_text *text, char *content, size_t length, const char *last)
{
    memset(text, 0, sizeof(*text));
    text->content = content;
    text->headers = malloc(length + 1);
    assert_non_null(text->headers);
    memcpy(text->headers, content, length + 1);
    text->last = last;

    char *next = content;
    for (size_t number = 0; *next != 0;) {
        char *line = take_line(&next, &number);
        if (line[0] == 0) {
            add_line(text, (struct vectors_text_line){LINE_EMPTY, NULL, NULL, number});
        } else if (line[0] == '[') {
            add_section(text, line, number);
        } else if (line[0] != '#') {
            char *value = split(line);
            add_line(text, (struct vectors_text_line){LINE_FIELD, line, value, number});
        }
    }
}

void vectors_text_close(struct vectors_text *text)
{
    free(text->content);
    free(text->headers);
    free(text->lines);
    memset(text, 0, sizeof(*text));
}

/* ---- Stepping ---- */

static size_t find(const struct vectors_text *text, const char *name)
{
    size_t i = 0;
    while (i < text->field_count && strcasecmp(text->fields[i].name, name) != 0) {
        i++;
    }
    return i;
}

const char *vectors_text_field(const struct vectors_text *text, const char *name, bool inherited)
{
    size_t i = find(text, name);
    bool found = i < text->field_count && (inherited || text->fields[i].block == text->block);
    return found ? text->fields[i].value : NULL;
}

static void set(struct vectors_text *text, const struct vectors_text_line *line, size_t block)
{
    size_t i = find(text, line->name);
    if (i == VECTORS_TEXT_FIELDS) {
        fail_msg("line %zu: more than %d field names", line->number, VECTORS_TEXT_FIELDS);
        return;
    }
    text->field_count += i == text->field_count;
    text->fields[i].name = line->name;
    text->fields[i].value = line->value;
    text->fields[i].block = block;
}

/* Whether the line ends the block that it follows. */
static bool ends_block(const struct vectors_text *text, const struct vectors_text_line *line)
{
    return line->kind != LINE_FIELD || vectors_text_field(text, line->name, false) != NULL;
}

static void start_block(struct vectors_text *text, const struct vectors_text_line *line)
{
    text->block++;
    text->block_line = line->kind == LINE_FIELD ? line->number : line->number + 1;
}

bool vectors_text_next(struct vectors_text *text)
{
    if (text->next_line == text->line_count) {
        return false;
    }
    for (bool first = true; text->next_line < text->line_count; text->next_line++, first = false) {
        const struct vectors_text_line *line = &text->lines[text->next_line];
        if (first || ends_block(text, line)) {
            if (!first && vectors_text_field(text, text->last, false) != NULL) {
                return true;
            }
            start_block(text, line);
        }
        if (line->kind == LINE_SECTION) {
            text->section = line->name;
        } else if (line->kind != LINE_EMPTY) {
            set(text, line, line->kind == LINE_FIELD ? text->block : 0);
        }
    }
    return vectors_text_field(text, text->last, false) != NULL;
}
