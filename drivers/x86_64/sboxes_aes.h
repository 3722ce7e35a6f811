/* SPDX-License-Identifier: Apache-2.0 */
/* The S-boxes of ARIA, Camellia and SM4 by AES-NI on whole vectors of 256 bits (lanes_256.h, which comes before), in two halves: that
 * of AES or its inverse, with affine maps before and behind. */
#ifndef X86_64_SBOXES_AES_H
#define X86_64_SBOXES_AES_H

#include "software/kernels_sboxes.h"
#include "x86_64/nibbles.h"

INLINE_LANES wide sixteen(const uint8_t bytes[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)bytes));
}

INLINE_LANES wide affine(wide x, const struct nibbles *map)
{
    const wide mask = wide_byte(0x0F);
    const wide low = _mm256_and_si256(x, mask), high = _mm256_and_si256(_mm256_srli_epi16(x, 4), mask);

    return _mm256_xor_si256(_mm256_shuffle_epi8(sixteen(map->low), low), _mm256_shuffle_epi8(sixteen(map->high), high));
}

/* AESENCLAST moves bytes (FIPS 197, 5.1.2) besides, AESDECLAST back: they are moved the other way before. */
INLINE_LANES wide aes(wide x)
{
    static const uint8_t moved[16] = { 0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3 };
    const __m128i zero = _mm_setzero_si128();

    x = _mm256_shuffle_epi8(x, sixteen(moved));
    return _mm256_set_m128i(_mm_aesenclast_si128(_mm256_extracti128_si256(x, 1), zero),
                            _mm_aesenclast_si128(_mm256_castsi256_si128(x), zero));
}

INLINE_LANES wide aes_inverse(wide x)
{
    static const uint8_t moved[16] = { 0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11 };
    const __m128i zero = _mm_setzero_si128();

    x = _mm256_shuffle_epi8(x, sixteen(moved));
    return _mm256_set_m128i(_mm_aesdeclast_si128(_mm256_extracti128_si256(x, 1), zero),
                            _mm_aesdeclast_si128(_mm256_castsi256_si128(x), zero));
}

INLINE_LANES wide aria_1(wide x)
{
    return aes(x);
}

INLINE_LANES wide aria_2(wide x)
{
    static const struct nibbles out = NIBBLES(ARIA_S2_OUT_OF_AES, ARIA_S2_OUT_OF_AES_CONSTANT);

    return affine(aes(x), &out);
}

INLINE_LANES wide aria_1_inverse(wide x)
{
    return aes_inverse(x);
}

INLINE_LANES wide aria_2_inverse(wide x)
{
    static const struct nibbles in = NIBBLES(ARIA_S2_INVERSE_IN_OF_AES, ARIA_S2_INVERSE_IN_OF_AES_CONSTANT);

    return aes_inverse(affine(x, &in));
}

static const struct nibbles camellia_in = NIBBLES(CAMELLIA_IN, CAMELLIA_IN_CONSTANT);
static const struct nibbles camellia_4_in = NIBBLES(CAMELLIA_4_IN, CAMELLIA_IN_CONSTANT);
static const struct nibbles camellia_out = NIBBLES(CAMELLIA_OUT_OF_AES, CAMELLIA_OUT_OF_AES_CONSTANT);
static const struct nibbles camellia_2_out = NIBBLES(CAMELLIA_2_OUT_OF_AES, CAMELLIA_2_OUT_OF_AES_CONSTANT);
static const struct nibbles camellia_3_out = NIBBLES(CAMELLIA_3_OUT_OF_AES, CAMELLIA_3_OUT_OF_AES_CONSTANT);

INLINE_LANES wide camellia_1(wide x)
{
    return affine(aes(affine(x, &camellia_in)), &camellia_out);
}

INLINE_LANES wide camellia_2(wide x)
{
    return affine(aes(affine(x, &camellia_in)), &camellia_2_out);
}

INLINE_LANES wide camellia_3(wide x)
{
    return affine(aes(affine(x, &camellia_in)), &camellia_3_out);
}

INLINE_LANES wide camellia_4(wide x)
{
    return affine(aes(affine(x, &camellia_4_in)), &camellia_out);
}

/* Bytes of SM4 as its rounds have them, and back. */
INLINE_LANES wide sm4_in(wide x)
{
    static const struct nibbles in = NIBBLES(SM4_IN, 0);

    return affine(x, &in);
}

INLINE_LANES wide sm4_in_inverse(wide x)
{
    static const struct nibbles in_inverse = NIBBLES(SM4_IN_INVERSE, 0);

    return affine(x, &in_inverse);
}

INLINE_LANES void sm4_left_right(wide *left, wide *right, wide x)
{
    static const struct nibbles left_out = NIBBLES(SM4_LEFT_OUT_OF_AES, SM4_LEFT_OUT_OF_AES_CONSTANT);
    static const struct nibbles right_out = NIBBLES(SM4_RIGHT_OUT_OF_AES, SM4_RIGHT_OUT_OF_AES_CONSTANT);
    const wide y = aes(x);

    *left = affine(y, &left_out);
    *right = affine(y, &right_out);
}

#endif
