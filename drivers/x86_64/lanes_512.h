/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of 512 bits for lanes.h: GFNI and AVX-512. */
#ifndef X86_64_LANES_512_H
#define X86_64_LANES_512_H

#include <immintrin.h>

#define LANES 64u

#define LANES_TARGET "gfni,avx512f,avx512bw,avx512dq,avx512vl"
#define TARGET_LANES __attribute__((target(LANES_TARGET)))
#define INLINE_LANES static inline __attribute__((always_inline, target(LANES_TARGET)))

typedef __m512i wide;

INLINE_LANES wide wide_load(const uint8_t *p)
{
    return _mm512_loadu_si512(p);
}

INLINE_LANES void wide_store(uint8_t *p, wide x)
{
    _mm512_storeu_si512(p, x);
}

INLINE_LANES wide wide_xor(wide x, wide y)
{
    return _mm512_xor_si512(x, y);
}

INLINE_LANES wide wide_xor3(wide x, wide y, wide z)
{
    return _mm512_ternarylogic_epi64(x, y, z, 0x96);
}

INLINE_LANES wide wide_and(wide x, wide y)
{
    return _mm512_and_si512(x, y);
}

INLINE_LANES wide wide_or(wide x, wide y)
{
    return _mm512_or_si512(x, y);
}

/* The same in each byte, in each eight. */
INLINE_LANES wide wide_byte(uint8_t x)
{
    return _mm512_set1_epi8((char)x);
}

INLINE_LANES wide wide_words(uint64_t x)
{
    return _mm512_set1_epi64((long long)x);
}

/* Each byte moved by one bit to the left, and its highest bit alone, at the right. */
INLINE_LANES wide wide_left_by_1(wide x)
{
    return _mm512_add_epi8(x, x);
}

INLINE_LANES wide wide_right_by_7(wide x)
{
    return wide_and(_mm512_srli_epi16(x, 7), wide_byte(1));
}

/* The bytes of the lower, and of the higher halves of x and y in turn, in each sixteen bytes. */
INLINE_LANES wide wide_low_in_turn(wide x, wide y)
{
    return _mm512_unpacklo_epi8(x, y);
}

INLINE_LANES wide wide_high_in_turn(wide x, wide y)
{
    return _mm512_unpackhi_epi8(x, y);
}

/* A macro, as some intrinsics want an immediate. */
#define WIDE(name) _mm512_##name

/* 32 registers hold a state. See lanes.h. */
#define lanes_settle(vectors) ((void)(vectors))
#define lanes_wipe(vectors) ((void)(vectors))

#endif
