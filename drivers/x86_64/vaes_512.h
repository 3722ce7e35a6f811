/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors of 512 bits, four blocks each, for vaes_blocks.h and vaes_modes.h, which are the same for both widths. Keys are those of
 * aes_ni_expand() and ghash_pclmul_expand(), whose comments say how they lie.
 */
#ifndef X86_64_VAES_512_H
#define X86_64_VAES_512_H

#include <immintrin.h>

#include "software/kernels.h"

#define VAES_TARGET "aes,pclmul,sse4.1,avx512f,avx512bw,avx512dq,avx512vl,vaes,vpclmulqdq"
#define TARGET_VAES __attribute__((target(VAES_TARGET)))
#define INLINE_VAES static inline __attribute__((always_inline, target(VAES_TARGET)))

/* Blocks in a vector. */
#define LANES 4u

typedef __m512i wide;

INLINE_VAES wide wide_load(const void *p)
{
    return _mm512_loadu_si512(p);
}

INLINE_VAES void wide_store(void *p, wide x)
{
    _mm512_storeu_si512(p, x);
}

INLINE_VAES wide wide_xor(wide x, wide y)
{
    return _mm512_xor_si512(x, y);
}

INLINE_VAES wide wide_xor3(wide x, wide y, wide z)
{
    return _mm512_ternarylogic_epi64(x, y, z, 0x96);
}

/* The same sixteen bytes in each lane. */
INLINE_VAES wide wide_broadcast(const void *p)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128(p));
}

/* x in the lowest lane, zeros in the others. */
INLINE_VAES wide wide_first(__m128i x)
{
    return _mm512_zextsi128_si512(x);
}

INLINE_VAES __m128i wide_lowest(wide x)
{
    return _mm512_castsi512_si128(x);
}

INLINE_VAES __m128i wide_highest(wide x)
{
    return _mm512_extracti32x4_epi32(x, 3);
}

/* The sum of all lanes. */
INLINE_VAES __m128i wide_fold(wide x)
{
    const __m256i y = _mm256_xor_si256(_mm512_castsi512_si256(x), _mm512_extracti64x4_epi64(x, 1));

    return _mm_xor_si128(_mm256_castsi256_si128(y), _mm256_extracti128_si256(y, 1));
}

/* For each lane the one before it; before is what goes before the lowest one, in its highest lane. */
INLINE_VAES wide wide_previous(wide x, wide before)
{
    return _mm512_alignr_epi64(x, before, 6);
}

/* In each lane the sixteen bytes in the other order. */
INLINE_VAES wide wide_reverse(wide x)
{
    return _mm512_shuffle_epi8(x, _mm512_set4_epi32(0x00010203, 0x04050607, 0x08090A0B, 0x0C0D0E0F));
}

/* n in all words of 64 bits; the number of its lane in all of them. */
INLINE_VAES wide wide_set64(uint64_t n)
{
    return _mm512_set1_epi64((long long)n);
}

INLINE_VAES wide wide_lane_numbers(void)
{
    return _mm512_set_epi64(3, 3, 2, 2, 1, 1, 0, 0);
}

/* Words of 64 bits, each shifted by its count; 64 leaves 0. */
INLINE_VAES wide wide_shift_up(wide x, wide counts)
{
    return _mm512_sllv_epi64(x, counts);
}

INLINE_VAES wide wide_shift_down(wide x, wide counts)
{
    return _mm512_srlv_epi64(x, counts);
}

INLINE_VAES wide wide_subtract64(wide x, wide y)
{
    return _mm512_sub_epi64(x, y);
}

/* Numbers of 32 bits in the lowest words of the lanes: 0, 1, ...; each n more. */
INLINE_VAES wide wide_count_up(wide x)
{
    return _mm512_add_epi32(x, _mm512_set_epi32(0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0));
}

INLINE_VAES wide wide_count(wide x, int n)
{
    return _mm512_add_epi32(x, _mm512_set_epi32(0, 0, 0, n, 0, 0, 0, n, 0, 0, 0, n, 0, 0, 0, n));
}

INLINE_VAES wide wide_round(wide x, wide k)
{
    return _mm512_aesenc_epi128(x, k);
}

INLINE_VAES wide wide_last_round(wide x, wide k)
{
    return _mm512_aesenclast_epi128(x, k);
}

INLINE_VAES wide wide_inverse_round(wide x, wide k)
{
    return _mm512_aesdec_epi128(x, k);
}

INLINE_VAES wide wide_last_inverse_round(wide x, wide k)
{
    return _mm512_aesdeclast_epi128(x, k);
}

/* What takes a constant of the instruction: lane by lane products of halves, the halves in the other order, shifts by bytes. */
#define WIDE_PRODUCT(x, y, which) _mm512_clmulepi64_epi128(x, y, which)
#define WIDE_SWAP(x) _mm512_shuffle_epi32(x, 0x4E)
#define WIDE_BYTES_UP(x, bytes) _mm512_bslli_epi128(x, bytes)
#define WIDE_BYTES_DOWN(x, bytes) _mm512_bsrli_epi128(x, bytes)

#endif
