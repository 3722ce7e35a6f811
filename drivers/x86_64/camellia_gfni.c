/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Camellia (RFC 3713) on a few blocks, two in a vector of 256 bits. A vector has one half of each block, twice, in a quarter each and
 * its last byte first, as the subkeys have: the copies go through different S-boxes.
 */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "software/kernels_sboxes.h"
#include "x86_64/gfni.h"

/* 2.4.1, the function P: byte i, counted from 1, is in place 8 - i, and the same again. Of the copies that went through S-boxes 1 and
 * 2 bytes 1 and 8, 2 and 5 count (places 7, 0, 14, 11), of those through 3 and 4 bytes 3 and 6, 4 and 7 (5, 2, 12, 9). */
#define NONE 0x80
static const uint8_t sums_of_1_and_2[4][16] = {
    { 7, 11, 14, 7, 14, 7, 7, 7, 7, 11, 14, 7, 14, 7, 7, 7 },
    { 11, 0, 11, 14, 11, 14, 14, 0, 11, 0, 11, 14, 11, 14, 14, 0 },
    { NONE, NONE, 0, 0, NONE, 11, 11, NONE, NONE, NONE, 0, 0, NONE, 11, 11, NONE },
    { NONE, NONE, NONE, NONE, NONE, 0, 0, NONE, NONE, NONE, NONE, NONE, NONE, 0, 0, NONE },
};
static const uint8_t sums_of_3_and_4[4][16] = {
    { 12, 5, 5, 2, 5, 5, 12, 5, 12, 5, 5, 2, 5, 5, 12, 5 },
    { 2, 12, 9, 9, 12, 2, 9, 12, 2, 12, 9, 9, 12, 2, 9, 12 },
    { 9, 2, NONE, NONE, 2, NONE, NONE, 2, 9, 2, NONE, NONE, 2, NONE, NONE, 2 },
    { NONE, NONE, NONE, NONE, 9, NONE, NONE, 9, NONE, NONE, NONE, NONE, 9, NONE, NONE, 9 },
};
/* What P makes of the constants of the S-boxes. */
#define SUM_OF_CONSTANTS 0x000000008537DC85

INLINE __m256i subkey_of(const uint64_t *subkey)
{
    return _mm256_set1_epi64x((long long)*subkey);
}

INLINE __m256i sum_of_moved(__m256i x, const uint8_t places[4][16])
{
#define MOVED(i) _mm256_shuffle_epi8(x, twice(places[i]))
    return _mm256_xor_si256(_mm256_xor_si256(MOVED(0), MOVED(1)), _mm256_xor_si256(MOVED(2), MOVED(3)));
#undef MOVED
}

/* to + F(from, subkey). */
INLINE __m256i round_of(__m256i to, __m256i from, const uint64_t *subkey)
{
    const __m256i x = _mm256_xor_si256(from, subkey_of(subkey));
    const __m256i of_1_and_2 = _mm256_gf2p8affineinv_epi64_epi8(
        _mm256_gf2p8affine_epi64_epi8(x, matrices(CAMELLIA_IN, CAMELLIA_IN), CAMELLIA_IN_CONSTANT),
        matrices(CAMELLIA_OUT, CAMELLIA_2_OUT), 0);
    const __m256i of_3_and_4 = _mm256_gf2p8affineinv_epi64_epi8(
        _mm256_gf2p8affine_epi64_epi8(x, matrices(CAMELLIA_IN, CAMELLIA_4_IN), CAMELLIA_IN_CONSTANT),
        matrices(CAMELLIA_3_OUT, CAMELLIA_OUT), 0);
    to = _mm256_xor_si256(to, _mm256_set1_epi64x(SUM_OF_CONSTANTS));
    return _mm256_xor_si256(to, _mm256_xor_si256(sum_of_moved(of_1_and_2, sums_of_1_and_2), sum_of_moved(of_3_and_4, sums_of_3_and_4)));
}

/* 2.4.2: the two steps of FL, and of its inverse in the other order. */
INLINE __m256i add_turned(__m256i x, __m256i subkey)
{
    const __m256i t = _mm256_and_si256(x, subkey);
    const __m256i turned = _mm256_or_si256(_mm256_slli_epi32(t, 1), _mm256_srli_epi32(t, 31));

    return _mm256_xor_si256(x, _mm256_srli_epi64(turned, 32));
}

INLINE __m256i add_or(__m256i x, __m256i subkey)
{
    return _mm256_xor_si256(x, _mm256_slli_epi64(_mm256_or_si256(x, subkey), 32));
}

/* 2.3. */
INLINE __m256i two_blocks(const uint64_t *subkeys, uint32_t groups, __m256i x)
{
    const __m256i left_bytes = _mm256_set1_epi64x(0x0001020304050607), right_bytes = _mm256_set1_epi64x(0x08090A0B0C0D0E0F);
    __m256i left = _mm256_xor_si256(_mm256_shuffle_epi8(x, left_bytes), subkey_of(subkeys));
    __m256i right = _mm256_xor_si256(_mm256_shuffle_epi8(x, right_bytes), subkey_of(subkeys + 1));

    for (uint32_t group = 0; group < groups; group++) {
        if (group != 0) {
            left = add_or(add_turned(left, subkey_of(subkeys)), subkey_of(subkeys));
            right = add_turned(add_or(right, subkey_of(subkeys + 1)), subkey_of(subkeys + 1));
        }
        for (unsigned i = 2; i < 8; i += 2) {
            right = round_of(right, left, subkeys + i);
            left = round_of(left, right, subkeys + i + 1);
        }
        subkeys += 8;
    }
    right = _mm256_xor_si256(right, subkey_of(subkeys));
    left = _mm256_xor_si256(left, subkey_of(subkeys + 1));
    return _mm256_shuffle_epi8(_mm256_unpacklo_epi64(right, left),
                               _mm256_setr_epi64x(0x0001020304050607, 0x08090A0B0C0D0E0F, 0x0001020304050607, 0x08090A0B0C0D0E0F));
}

TARGET void camellia_gfni_few(const void *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count)
{
    for (; count >= 2; count -= 2) {
        store_two(output, two_blocks(subkeys, groups, load_two(input)));
        input += 32;
        output += 32;
    }
    if (count != 0) {
        store_one(output, two_blocks(subkeys, groups, load_one(input)));
    }
}

#endif
