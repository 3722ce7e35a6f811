/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of vectors that are lines `name = value`; see vectors.h. */
#ifndef TESTS_SUPPORT_VECTORS_TEXT_H
#define TESTS_SUPPORT_VECTORS_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#define VECTORS_TEXT_FIELDS 64

struct vectors_text_line {
    enum { LINE_EMPTY, LINE_SECTION, LINE_SECTION_FIELD, LINE_FIELD } kind;
    const char *name;     /* of a field; or the whole header */
    const char *value;
    size_t number;        /* in the file, from 1 */
};

struct vectors_text {
    char *content;        /* the file, cut up in place; names and values point into it */
    char *headers;        /* a second copy, in which headers are cut into fields */
    struct vectors_text_line *lines;
    size_t line_count, next_line;
    const char *last;     /* the field that makes a block a case */
    const char *section;
    size_t block;         /* number of the current block */
    size_t block_line;    /* where it starts */
    struct {
        const char *name, *value;
        size_t block;     /* which block gave the value; 0: a header */
    } fields[VECTORS_TEXT_FIELDS];
    size_t field_count;
};

/* Takes content (malloc()ed, length bytes and a 0 byte) over. */
void vectors_text_open(struct vectors_text *text, char *content, size_t length, const char *last);
bool vectors_text_next(struct vectors_text *text);
/* NULL when the block does not have it, nor (inherited) anything before. */
const char *vectors_text_field(const struct vectors_text *text, const char *name, bool inherited);
void vectors_text_close(struct vectors_text *text);

#endif
