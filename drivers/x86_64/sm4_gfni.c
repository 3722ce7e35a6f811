/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SM4 (draft-ribose-cfrg-sm4-10) on up to eight blocks: a vector has the same word of each. Bytes y are kept as SM4_IN y
 * (kernels_sboxes.h).
 */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "software/kernels_sboxes.h"
#include "util/zeroise.h"
#include "x86_64/gfni.h"

#define BLOCKS 8u

#define AFFINE(x, matrix, constant) _mm256_gf2p8affine_epi64_epi8(x, matrices(matrix, matrix), constant)
#define AFFINE_OF_INVERSE(x, matrix, constant) _mm256_gf2p8affineinv_epi64_epi8(x, matrices(matrix, matrix), constant)

/* Places of bytes for words turned left by one, two and three bytes. */
static const uint8_t turned_by[3][16] = {
    { 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14 },
    { 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13 },
    { 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12 },
};

INLINE __m256i turned(__m256i x, unsigned bytes)
{
    return _mm256_shuffle_epi8(x, twice(turned_by[bytes - 1]));
}

/* 6.1: to + L(tau(sum + another)). L(s) (6.2.2) is l + (b <<< 8) + (b <<< 16) + (r <<< 24) with l = s + (s << 2) and r = s + (s >> 6),
 * each byte shifted by itself, and b = l + r. */
INLINE __m256i round_of(__m256i to, __m256i sum, __m256i another)
{
    const __m256i x = _mm256_xor_si256(sum, another);
    const __m256i l = AFFINE_OF_INVERSE(x, SM4_LEFT_OUT, SM4_LEFT_OUT_CONSTANT);
    const __m256i r = AFFINE_OF_INVERSE(x, SM4_RIGHT_OUT, SM4_RIGHT_OUT_CONSTANT);
    const __m256i b = AFFINE_OF_INVERSE(x, SM4_LEFT_OUT ^ SM4_RIGHT_OUT, SM4_LEFT_OUT_CONSTANT ^ SM4_RIGHT_OUT_CONSTANT);
    const __m256i of_b = _mm256_xor_si256(turned(b, 1), turned(b, 2));

    return _mm256_xor_si256(_mm256_xor_si256(_mm256_xor_si256(to, l), turned(r, 3)), of_b);
}

INLINE __m256i round_key_of(const uint32_t *round_key)
{
    return AFFINE(_mm256_set1_epi32((int)*round_key), SM4_IN, SM4_IN_CONSTANT);
}

INLINE void two_rounds(__m256i *a, __m256i *b, __m256i c, __m256i d, const uint32_t round_keys[2])
{
    const __m256i sum = _mm256_xor_si256(c, d);

    *a = round_of(*a, _mm256_xor_si256(sum, round_key_of(round_keys)), *b);
    *b = round_of(*b, _mm256_xor_si256(sum, round_key_of(round_keys + 1)), *a);
}

/* Words change places with blocks; the same forth and back. */
INLINE void transpose(__m256i x[4])
{
    const __m256i a = _mm256_unpacklo_epi32(x[0], x[1]), b = _mm256_unpacklo_epi32(x[2], x[3]);
    const __m256i c = _mm256_unpackhi_epi32(x[0], x[1]), d = _mm256_unpackhi_epi32(x[2], x[3]);

    x[0] = _mm256_unpacklo_epi64(a, b);
    x[1] = _mm256_unpackhi_epi64(a, b);
    x[2] = _mm256_unpacklo_epi64(c, d);
    x[3] = _mm256_unpackhi_epi64(c, d);
}

INLINE void all_rounds(__m256i x[4], const uint32_t *round_keys, uint32_t rounds)
{
    /* the first byte of a word is its highest, the first word of the result the last one */
    const __m256i in = _mm256_broadcastsi128_si256(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    const __m256i out = _mm256_broadcastsi128_si256(_mm_setr_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));

    for (unsigned i = 0; i < 4; i++) {
        x[i] = AFFINE(_mm256_shuffle_epi8(x[i], in), SM4_IN, 0);
    }
    transpose(x);
    for (uint32_t round = 0; round < rounds; round += 4) {
        two_rounds(&x[0], &x[1], x[2], x[3], round_keys + round);
        two_rounds(&x[2], &x[3], x[0], x[1], round_keys + round + 2);
    }
    transpose(x);
    for (unsigned i = 0; i < 4; i++) {
        x[i] = _mm256_shuffle_epi8(AFFINE(x[i], SM4_IN_INVERSE, 0), out);
    }
}

/* Of the last blocks of a message, what there is of those from `first` on: two, one or none. */
INLINE __m256i load_some(const uint8_t *input, size_t first, size_t count)
{
    if (first + 1 < count) {
        return load_two(input + 16 * first);
    }
    return first < count ? load_one(input + 16 * first) : _mm256_setzero_si256();
}

INLINE void store_some(uint8_t *output, __m256i x, size_t first, size_t count)
{
    if (first + 1 < count) {
        store_two(output + 16 * first, x);
    } else if (first < count) {
        store_one(output + 16 * first, x);
    }
}

TARGET void sm4_gfni_few(const void *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count)
{
    while (count != 0) {
        const size_t n = count < BLOCKS ? count : BLOCKS;
        __m256i x[4];
        for (unsigned i = 0; i < 4; i++) {
            x[i] = load_some(input, 2 * i, n);
        }
        all_rounds(x, round_keys, rounds);
        for (unsigned i = 0; i < 4; i++) {
            store_some(output, x[i], 2 * i, n);
        }
        ZEROISE(x);
        input += 16 * n;
        output += 16 * n;
        count -= n;
    }
}

#endif
