/* SPDX-License-Identifier: Apache-2.0 */
/*
 * GHASH (SP 800-38D, 6.4) by carry-less multiplication, building blocks.
 *
 * An element of the field is its 16 bytes reversed, as one number: bit 127 is the coefficient of x^0. The product of two such
 * numbers has the coefficient of x^0 at bit 254. To have it at bit 255, where it belongs when the upper half is to be the part
 * below x^128, one factor is kept divided by x: powers of H always are ("twisted"), and products with them come out right.
 *
 * x^-1 = x^127 + x^6 + x + 1, which is the constant below; its upper half also serves the reduction.
 *
 * Words of struct ghash_key: sixteen vectors, number i is H^(16 - i), twisted, so that a run of n blocks takes the last n in
 * order; then sixteen with the sum of the halves of each in both halves, for Karatsuba's method.
 */
#ifndef X86_64_GHASH_PCLMUL_BLOCKS_H
#define X86_64_GHASH_PCLMUL_BLOCKS_H

#include <immintrin.h>

#include "software/kernels.h"

#define TARGET_GCM __attribute__((target("aes,pclmul,sse4.1")))
#define INLINE_GCM static inline __attribute__((always_inline, target("aes,pclmul,sse4.1")))

/* A sum of products before reduction; middle is the product of the sums of the halves. */
struct ghash_sum {
    __m128i low, middle, high;
};

INLINE_GCM __m128i ghash_constant(void)
{
    return _mm_set_epi64x((long long)0xC200000000000000u, 1);
}

INLINE_GCM __m128i ghash_power(const struct ghash_key *key, size_t exponent)
{
    return _mm_loadu_si128((const __m128i *)(const void *)key->words + (16 - exponent));
}

INLINE_GCM __m128i ghash_reverse(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

INLINE_GCM __m128i ghash_load(const uint8_t *p)
{
    return ghash_reverse(_mm_loadu_si128((const __m128i *)(const void *)p));
}

INLINE_GCM void ghash_store(uint8_t *p, __m128i x)
{
    _mm_storeu_si128((__m128i *)(void *)p, ghash_reverse(x));
}

INLINE_GCM struct ghash_sum ghash_zero(void)
{
    const struct ghash_sum zero = { _mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128() };
    return zero;
}

INLINE_GCM __m128i ghash_halves(__m128i x)
{
    return _mm_xor_si128(x, _mm_shuffle_epi32(x, 0x4E));
}

/* sum += x * H^exponent */
INLINE_GCM void ghash_add(struct ghash_sum *sum, __m128i x, const struct ghash_key *key, size_t exponent)
{
    const __m128i h = ghash_power(key, exponent);
    const __m128i halves = _mm_loadu_si128((const __m128i *)(const void *)key->words + (32 - exponent));

    sum->low = _mm_xor_si128(sum->low, _mm_clmulepi64_si128(x, h, 0x00));
    sum->high = _mm_xor_si128(sum->high, _mm_clmulepi64_si128(x, h, 0x11));
    sum->middle = _mm_xor_si128(sum->middle, _mm_clmulepi64_si128(ghash_halves(x), halves, 0x00));
}

/*
 * Bit i of the lowest 64 stands for x^(255 - i). Adding the field's polynomial times x^(127 - i) clears it and adds the bits
 * i + 121, i + 126, i + 127 (a product with 0xC2 << 56, at 2^64) and i + 128 (the word itself, two words up). Then the same
 * for the next 64. Of `low`, whose upper word belongs to the lower one of `middle`, the halves change places.
 */
INLINE_GCM __m128i ghash_reduce(struct ghash_sum sum)
{
    const __m128i c = ghash_constant();
    __m128i middle = _mm_xor_si128(sum.middle, _mm_xor_si128(sum.low, sum.high));

    middle = _mm_xor_si128(middle, _mm_shuffle_epi32(sum.low, 0x4E));
    middle = _mm_xor_si128(middle, _mm_clmulepi64_si128(sum.low, c, 0x10));
    sum.high = _mm_xor_si128(sum.high, _mm_shuffle_epi32(middle, 0x4E));
    return _mm_xor_si128(sum.high, _mm_clmulepi64_si128(middle, c, 0x10));
}

INLINE_GCM __m128i ghash_multiply(__m128i x, const struct ghash_key *key, size_t exponent)
{
    struct ghash_sum sum = ghash_zero();

    ghash_add(&sum, x, key, exponent);
    return ghash_reduce(sum);
}

/* x^-1 times: a shift to the left, and the constant if x^0 falls out. */
INLINE_GCM __m128i ghash_twist(__m128i h)
{
    const __m128i carries = _mm_srli_epi64(h, 63);
    const __m128i shifted = _mm_or_si128(_mm_slli_epi64(h, 1), _mm_slli_si128(carries, 8));
    const __m128i fallen = _mm_shuffle_epi32(_mm_sub_epi32(_mm_setzero_si128(), carries), 0xAA);

    return _mm_xor_si128(shifted, _mm_and_si128(fallen, ghash_constant()));
}

#endif
