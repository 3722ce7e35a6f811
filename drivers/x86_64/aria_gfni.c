/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ARIA (RFC 5794) on a few blocks, two in a vector: byte p of a block lies at 4 (p mod 4) + p / 4, as in round keys, so that the
 * four bytes in a word of 32 bits have the same S-box.
 */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "software/kernels_sboxes.h"
#include "x86_64/gfni.h"

/* A byte for each word of 32 bits. */
INLINE __m256i constants(unsigned a, unsigned b, unsigned c, unsigned d)
{
    const int w = (int)(a * 0x01010101u), x = (int)(b * 0x01010101u), y = (int)(c * 0x01010101u), z = (int)(d * 0x01010101u);

    return _mm256_setr_epi32(w, x, y, z, w, x, y, z);
}

/* Words that _mm256_blend_epi32 takes from its second operand. */
#define SECOND_WORDS 0x22
#define FOURTH_WORDS 0x88

/* 2.4.2, layer 1: S1, S2, S1^-1, S2^-1. */
INLINE __m256i substitute_1(__m256i x)
{
    const __m256i in = _mm256_blend_epi32(
        _mm256_gf2p8affine_epi64_epi8(x, matrices(SBOX_IDENTITY, ARIA_S1_INVERSE_IN), 0),
        _mm256_gf2p8affine_epi64_epi8(x, matrices(SBOX_IDENTITY, ARIA_S2_INVERSE_IN), 0), FOURTH_WORDS);
    const __m256i y = _mm256_xor_si256(in, constants(0, 0, ARIA_S1_INVERSE_IN_CONSTANT, ARIA_S2_INVERSE_IN_CONSTANT));
    const __m256i out = _mm256_blend_epi32(
        _mm256_gf2p8affineinv_epi64_epi8(y, matrices(ARIA_S1_OUT, SBOX_IDENTITY), 0),
        _mm256_gf2p8affineinv_epi64_epi8(y, matrices(ARIA_S2_OUT, SBOX_IDENTITY), 0), SECOND_WORDS);
    return _mm256_xor_si256(out, constants(ARIA_S1_OUT_CONSTANT, ARIA_S2_OUT_CONSTANT, 0, 0));
}

/* Layer 2: S1^-1, S2^-1, S1, S2. */
INLINE __m256i substitute_2(__m256i x)
{
    const __m256i in = _mm256_blend_epi32(
        _mm256_gf2p8affine_epi64_epi8(x, matrices(ARIA_S1_INVERSE_IN, SBOX_IDENTITY), 0),
        _mm256_gf2p8affine_epi64_epi8(x, matrices(ARIA_S2_INVERSE_IN, SBOX_IDENTITY), 0), SECOND_WORDS);
    const __m256i y = _mm256_xor_si256(in, constants(ARIA_S1_INVERSE_IN_CONSTANT, ARIA_S2_INVERSE_IN_CONSTANT, 0, 0));
    const __m256i out = _mm256_blend_epi32(
        _mm256_gf2p8affineinv_epi64_epi8(y, matrices(SBOX_IDENTITY, ARIA_S1_OUT), 0),
        _mm256_gf2p8affineinv_epi64_epi8(y, matrices(SBOX_IDENTITY, ARIA_S2_OUT), 0), FOURTH_WORDS);
    return _mm256_xor_si256(out, constants(0, 0, ARIA_S1_OUT_CONSTANT, ARIA_S2_OUT_CONSTANT));
}

/* 2.4.3: each byte is the sum of seven; of byte 4 (p mod 4) + p / 4 these are their places. */
static const uint8_t diffusion[7][16] = {
    { 12, 0, 0, 4, 8, 4, 0, 0, 4, 0, 8, 0, 0, 4, 8, 4 },
    { 1, 8, 4, 8, 5, 12, 4, 12, 1, 8, 12, 12, 5, 12, 12, 8 },
    { 9, 5, 1, 9, 13, 1, 5, 9, 9, 13, 5, 1, 13, 9, 1, 1 },
    { 2, 2, 13, 13, 2, 6, 9, 13, 10, 6, 9, 5, 10, 2, 13, 5 },
    { 6, 14, 10, 6, 6, 10, 14, 2, 14, 10, 2, 6, 14, 14, 6, 2 },
    { 7, 11, 7, 14, 3, 11, 3, 10, 3, 3, 7, 14, 7, 3, 3, 10 },
    { 11, 15, 15, 3, 15, 15, 11, 7, 15, 7, 15, 11, 11, 7, 11, 15 },
};

INLINE __m256i diffuse_and_add(__m256i x, const uint8_t round_key[16])
{
#define MOVED(i) _mm256_shuffle_epi8(x, twice(diffusion[i]))
    const __m256i a = _mm256_xor_si256(twice(round_key), MOVED(0));
    const __m256i b = _mm256_xor_si256(MOVED(1), MOVED(2));
    const __m256i c = _mm256_xor_si256(MOVED(3), MOVED(4));
    const __m256i d = _mm256_xor_si256(MOVED(5), MOVED(6));
#undef MOVED
    return _mm256_xor_si256(_mm256_xor_si256(a, b), _mm256_xor_si256(c, d));
}

/* 2.3. */
INLINE __m256i two_blocks(const uint8_t *round_keys, uint32_t rounds, __m256i x)
{
    /* four by four bytes, transposed: the same forth and back */
    const __m256i places = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));

    x = _mm256_xor_si256(_mm256_shuffle_epi8(x, places), twice(round_keys));
    for (uint32_t round = 1; round + 1 < rounds; round += 2) {
        x = diffuse_and_add(substitute_1(x), round_keys + 16 * round);
        x = diffuse_and_add(substitute_2(x), round_keys + 16 * (round + 1));
    }
    x = diffuse_and_add(substitute_1(x), round_keys + 16 * (rounds - 1));
    x = _mm256_xor_si256(substitute_2(x), twice(round_keys + 16 * rounds));
    return _mm256_shuffle_epi8(x, places);
}

TARGET void aria_gfni_few(const void *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count)
{
    for (; count >= 2; count -= 2) {
        store_two(output, two_blocks(round_keys, rounds, load_two(input)));
        input += 32;
        output += 32;
    }
    if (count != 0) {
        store_one(output, two_blocks(round_keys, rounds, load_one(input)));
    }
}

#endif
