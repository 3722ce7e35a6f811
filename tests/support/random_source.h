/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes for test inputs: fast, the same in every run for the same seed, of no cryptographic worth.
 * SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
 */
#ifndef TESTS_SUPPORT_RANDOM_SOURCE_H
#define TESTS_SUPPORT_RANDOM_SOURCE_H

#include <stddef.h>
#include <stdint.h>

struct random_source {
    uint64_t state;      /* the seed; any value */
};

static inline uint64_t random_source_next(struct random_source *source)
{
    uint64_t z = source->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static inline void random_source_bytes(struct random_source *source, uint8_t *output, size_t output_length)
{
    uint64_t word = 0;
    for (size_t i = 0; i < output_length; i++) {
        word = i % 8 == 0 ? random_source_next(source) : word >> 8;
        output[i] = (uint8_t)word;
    }
}

/* A number from 0 to limit - 1; limit is not 0. The bias is of the order limit / 2^64. */
static inline size_t random_source_below(struct random_source *source, size_t limit)
{
    return (size_t)(random_source_next(source) % limit);
}

#endif
