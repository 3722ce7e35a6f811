/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of 256 bits for lanes.h: AVX2, and GFNI or AES-NI, as LANES_TARGET says. */
#ifndef X86_64_LANES_256_H
#define X86_64_LANES_256_H

#include <immintrin.h>

#include "util/zeroise.h"

#define LANES 32u

#define TARGET_LANES __attribute__((target(LANES_TARGET)))
#define INLINE_LANES static inline __attribute__((always_inline, target(LANES_TARGET)))

typedef __m256i wide;

INLINE_LANES wide wide_load(const uint8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

INLINE_LANES void wide_store(uint8_t *p, wide x)
{
    _mm256_storeu_si256((__m256i *)(void *)p, x);
}

INLINE_LANES wide wide_xor(wide x, wide y)
{
    return _mm256_xor_si256(x, y);
}

INLINE_LANES wide wide_xor3(wide x, wide y, wide z)
{
    return _mm256_xor_si256(x, _mm256_xor_si256(y, z));
}

INLINE_LANES wide wide_and(wide x, wide y)
{
    return _mm256_and_si256(x, y);
}

INLINE_LANES wide wide_or(wide x, wide y)
{
    return _mm256_or_si256(x, y);
}

/* The same in each byte, in each eight. */
INLINE_LANES wide wide_byte(uint8_t x)
{
    return _mm256_set1_epi8((char)x);
}

INLINE_LANES wide wide_words(uint64_t x)
{
    return _mm256_set1_epi64x((long long)x);
}

/* Each byte moved by one bit to the left, and its highest bit alone, at the right. */
INLINE_LANES wide wide_left_by_1(wide x)
{
    return _mm256_add_epi8(x, x);
}

INLINE_LANES wide wide_right_by_7(wide x)
{
    return wide_and(_mm256_srli_epi16(x, 7), wide_byte(1));
}

/* The bytes of the lower, and of the higher halves of x and y in turn, in each sixteen bytes. */
INLINE_LANES wide wide_low_in_turn(wide x, wide y)
{
    return _mm256_unpacklo_epi8(x, y);
}

INLINE_LANES wide wide_high_in_turn(wide x, wide y)
{
    return _mm256_unpackhi_epi8(x, y);
}

/* A macro, as some intrinsics want an immediate. */
#define WIDE(name) _mm256_##name

/* Sixteen registers do not hold a state. See lanes.h. */
#define lanes_settle(vectors) keep_in_memory(vectors)
#define lanes_wipe(vectors) ZEROISE(vectors)

#endif
