/* SPDX-License-Identifier: Apache-2.0 */
/* Text of any length into memory of a fixed size, as snprintf() does it: cut where the memory ends, the whole length told. */
#ifndef METADATA_TEXT_H
#define METADATA_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct text {
    char *memory;
    size_t size;   /* of memory; 0: nothing is written */
    size_t length; /* of the whole text, without the null character */
};

static inline struct text text_in(char *memory, size_t size)
{
    struct text text = { memory, size, 0 };
    if (size != 0) {
        memory[0] = '\0';
    }
    return text;
}

static inline void text_character(struct text *text, char character)
{
    if (text->length + 1u < text->size) {
        text->memory[text->length] = character;
        text->memory[text->length + 1u] = '\0';
    }
    text->length++;
}

/* Back to an earlier length. */
static inline void text_cut(struct text *text, size_t length)
{
    text->length = length;
    if (length < text->size) {
        text->memory[length] = '\0';
    }
}

static inline void text_string(struct text *text, const char *string)
{
    while (*string != '\0') {
        text_character(text, *string++);
    }
}

static inline void text_decimal(struct text *text, uint64_t number)
{
    char digits[20];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + (int)(number % 10u));
        number /= 10u;
    } while (number != 0);
    while (count != 0) {
        text_character(text, digits[--count]);
    }
}

/* 0x and at least `digits` digits. */
static inline void text_hexadecimal(struct text *text, uint64_t number, unsigned digits)
{
    unsigned count = 16;
    while (count > digits && count > 1u && number >> (4u * (count - 1u)) == 0) {
        count--;
    }
    text_string(text, "0x");
    while (count-- > 0) {
        text_character(text, "0123456789abcdef"[(number >> (4u * count)) & 15u]);
    }
}

#endif
