/* SPDX-License-Identifier: Apache-2.0 */
/* The fuzzer's bytes, taken off from the front; after their end come zeroes. And what has to hold. */
#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct input {
    const uint8_t *data;
    size_t length;
};

#define CHECK(condition)                                                           \
    do {                                                                           \
        if (!(condition)) {                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                               \
        }                                                                          \
    } while (0)

static inline uint8_t input_byte(struct input *input)
{
    if (input->length == 0) {
        return 0;
    }
    input->length--;
    return *input->data++;
}

static inline uint16_t input_u16(struct input *input)
{
    uint16_t high = input_byte(input);
    return (uint16_t)(high << 8 | input_byte(input));
}

static inline uint32_t input_u32(struct input *input)
{
    uint32_t high = input_u16(input);
    return high << 16 | input_u16(input);
}

/* Memory of exactly size bytes, so that the sanitizer sees the first byte beyond. NULL, or not, for none. free() it. */
static inline uint8_t *input_memory(size_t size)
{
    uint8_t *memory = malloc(size);
    CHECK(memory != NULL || size == 0);
    return memory;
}

/* The next bytes, at most size, in memory of their own. free() it. */
static inline uint8_t *input_take(struct input *input, size_t size, size_t *length)
{
    *length = size < input->length ? size : input->length;
    uint8_t *memory = input_memory(*length);
    if (*length > 0) {
        memcpy(memory, input->data, *length);
    }
    input->data += *length;
    input->length -= *length;
    return memory;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#endif
