/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256's compression function (FIPS 180-4, section 6.2.2) with the SHA extensions.
 *
 * sha256rnds2 does two steps on the working variables in two registers, (a b e f) and (c d g h), highest word first:
 * what was a b e f becomes c d g h, so the registers change roles. sha256msg1 and sha256msg2 do the two halves of
 * the message schedule for four words.
 */
#include "x86_64/sha.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#include "software/kernels_sha256.h"
#include "util/bytes.h"

#define TARGET __attribute__((target("sha,ssse3,sse4.1")))
/* gcc would not inline what it finds large, and the sixteen groups must know their registers. */
#define GROUP TARGET static inline __attribute__((always_inline))

struct working {
    __m128i abef;
    __m128i cdgh;
};

/* Four steps; words holds W(t) .. W(t + 3). */
GROUP void four_steps(struct working *v, __m128i words, const uint32_t *k)
{
    __m128i sum = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)(const void *)k));
    v->cdgh = _mm_sha256rnds2_epu32(v->cdgh, v->abef, sum);
    sum = _mm_shuffle_epi32(sum, 0x0e);
    v->abef = _mm_sha256rnds2_epu32(v->abef, v->cdgh, sum);
}

/* W(t) .. W(t + 3) into w0, from the sixteen words before: w0 is the oldest four, w3 the newest. */
GROUP void schedule(__m128i *w0, __m128i w1, __m128i w2, __m128i w3)
{
    __m128i seven_back = _mm_alignr_epi8(w3, w2, 4);
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(*w0, w1), seven_back);
    *w0 = _mm_sha256msg2_epu32(sum, w3);
}

GROUP void sixteen_steps(struct working *v, __m128i w[4], const uint32_t *k)
{
    schedule(&w[0], w[1], w[2], w[3]);
    four_steps(v, w[0], k);
    schedule(&w[1], w[2], w[3], w[0]);
    four_steps(v, w[1], k + 4);
    schedule(&w[2], w[3], w[0], w[1]);
    four_steps(v, w[2], k + 8);
    schedule(&w[3], w[0], w[1], w[2]);
    four_steps(v, w[3], k + 12);
}

/* In each word. */
GROUP __m128i swap_bytes(__m128i words)
{
    return _mm_shuffle_epi8(words, _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203));
}

GROUP __m128i load_words(const uint8_t *bytes)
{
    return swap_bytes(_mm_loadu_si128((const __m128i *)(const void *)bytes));
}

/* ---- The only block of a short message, padded in registers: what is written in pieces would have to reach the cache before it
 * can be read whole ---- */

/* 0 to 15 bytes, one bit, and zeros. */
GROUP __m128i load_last(const uint8_t *bytes, size_t length)
{
    uint64_t low = 0, high = 0;

    if (length >= 8) {
        low = load64_le(bytes);
        high = length == 8 ? 0 : load64_le(bytes + length - 8) >> (8 * (16 - length));
        high |= (uint64_t)0x80 << (8 * (length - 8));
    } else {
        if (length >= 4) {
            low = load32_le(bytes) | (uint64_t)load32_le(bytes + length - 4) << (8 * (length - 4));
        } else if (length != 0) {
            low = bytes[0] | (uint64_t)bytes[length / 2] << (8 * (length / 2)) | (uint64_t)bytes[length - 1] << (8 * (length - 1));
        }
        low |= (uint64_t)0x80 << (8 * length);
    }
    return _mm_set_epi64x((long long)high, (long long)low);
}

/* behind: bytes of the message in front of the input. */
GROUP void load_short(__m128i w[4], const uint8_t *input, size_t length, size_t behind)
{
#pragma GCC unroll 4
    for (size_t i = 0; i < 4; i++) {
        w[i] = _mm_setzero_si128();
        if (length >= 16 * (i + 1)) {
            w[i] = load_words(input + 16 * i);
        } else if (length >= 16 * i) {
            w[i] = swap_bytes(load_last(i == 0 ? input : input + 16 * i, length - 16 * i)); /* NULL is no start of an array */
        }
    }
    w[3] = _mm_or_si128(w[3], _mm_set_epi32((int)(8 * (behind + length)), 0, 0, 0));
}

/* w: the block's sixteen words; they are spoilt. */
GROUP void compress_words(struct working *state, __m128i w[4])
{
    struct working v = *state;

    four_steps(&v, w[0], sha256_constants);
    four_steps(&v, w[1], sha256_constants + 4);
    four_steps(&v, w[2], sha256_constants + 8);
    four_steps(&v, w[3], sha256_constants + 12);
    sixteen_steps(&v, w, sha256_constants + 16);
    sixteen_steps(&v, w, sha256_constants + 32);
    sixteen_steps(&v, w, sha256_constants + 48);
    state->abef = _mm_add_epi32(state->abef, v.abef);
    state->cdgh = _mm_add_epi32(state->cdgh, v.cdgh);
}

GROUP void compress_one(struct working *state, const uint8_t *block)
{
    __m128i w[4] = {load_words(block), load_words(block + 16), load_words(block + 32), load_words(block + 48)};
    compress_words(state, w);
}

/* Memory has a b c d and e f g h, lowest word first. */
GROUP struct working load_state(const uint32_t state[8])
{
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xb1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1b);
    struct working v = {_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xf0)};
    return v;
}

/* a b c d and e f g h, lowest word first. */
GROUP void words_of(__m128i words[2], struct working v)
{
    __m128i abef = _mm_shuffle_epi32(v.abef, 0x1b);
    __m128i cdgh = _mm_shuffle_epi32(v.cdgh, 0xb1);
    words[0] = _mm_blend_epi16(abef, cdgh, 0xf0);
    words[1] = _mm_alignr_epi8(cdgh, abef, 8);
}

GROUP void store_state(uint32_t state[8], struct working v)
{
    __m128i words[2];
    words_of(words, v);
    _mm_storeu_si128((__m128i *)(void *)state, words[0]);
    _mm_storeu_si128((__m128i *)(void *)(state + 4), words[1]);
}

TARGET void sha256_compress_shani(uint32_t state[8], const uint8_t *blocks, size_t count)
{
    struct working v = load_state(state);
    for (; count != 0; count--, blocks += 64) {
        compress_one(&v, blocks);
    }
    store_state(state, v);
}

/* The first hash never leaves the registers: as it comes out of one block its words go into the next. */
TARGET void sha256_nested_shani(const uint32_t inner[8], const uint32_t outer[8], const uint8_t *input, size_t length, uint8_t hash[32])
{
    struct working v = load_state(inner);
    __m128i w[4], words[2];

    load_short(w, input, length, 64);
    compress_words(&v, w);
    words_of(w, v);
    w[2] = _mm_set_epi32(0, 0, 0, (int)0x80000000u); /* padded for 96 bytes */
    w[3] = _mm_set_epi32(8 * 96, 0, 0, 0);
    v = load_state(outer);
    compress_words(&v, w);
    words_of(words, v);
    _mm_storeu_si128((__m128i *)(void *)hash, swap_bytes(words[0]));
    _mm_storeu_si128((__m128i *)(void *)(hash + 16), swap_bytes(words[1]));
}

/* ---- Two blocks that do not depend on each other: one's instructions fill the time that the other's take ---- */

GROUP void sixteen_steps_of_two(struct working v[2], __m128i w[2][4], const uint32_t *k)
{
    schedule(&w[0][0], w[0][1], w[0][2], w[0][3]);
    schedule(&w[1][0], w[1][1], w[1][2], w[1][3]);
    four_steps(&v[0], w[0][0], k);
    four_steps(&v[1], w[1][0], k);
    schedule(&w[0][1], w[0][2], w[0][3], w[0][0]);
    schedule(&w[1][1], w[1][2], w[1][3], w[1][0]);
    four_steps(&v[0], w[0][1], k + 4);
    four_steps(&v[1], w[1][1], k + 4);
    schedule(&w[0][2], w[0][3], w[0][0], w[0][1]);
    schedule(&w[1][2], w[1][3], w[1][0], w[1][1]);
    four_steps(&v[0], w[0][2], k + 8);
    four_steps(&v[1], w[1][2], k + 8);
    schedule(&w[0][3], w[0][0], w[0][1], w[0][2]);
    schedule(&w[1][3], w[1][0], w[1][1], w[1][2]);
    four_steps(&v[0], w[0][3], k + 12);
    four_steps(&v[1], w[1][3], k + 12);
}

TARGET static void compress_two(uint32_t (*states)[8], const uint8_t (*blocks)[64])
{
    struct working first[2] = {load_state(states[0]), load_state(states[1])};
    struct working v[2] = {first[0], first[1]};
    __m128i w[2][4];

#pragma GCC unroll 4
    for (unsigned i = 0; i < 4; i++) {
        w[0][i] = load_words(blocks[0] + 16 * i);
        w[1][i] = load_words(blocks[1] + 16 * i);
        four_steps(&v[0], w[0][i], sha256_constants + 4 * i);
        four_steps(&v[1], w[1][i], sha256_constants + 4 * i);
    }
    sixteen_steps_of_two(v, w, sha256_constants + 16);
    sixteen_steps_of_two(v, w, sha256_constants + 32);
    sixteen_steps_of_two(v, w, sha256_constants + 48);
#pragma GCC unroll 2
    for (unsigned i = 0; i < 2; i++) {
        v[i].abef = _mm_add_epi32(v[i].abef, first[i].abef);
        v[i].cdgh = _mm_add_epi32(v[i].cdgh, first[i].cdgh);
        store_state(states[i], v[i]);
    }
}

TARGET void sha256_compress_lanes_shani(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes)
{
    for (; lanes >= 2; lanes -= 2, states += 2, blocks += 2) {
        compress_two(states, blocks);
    }
    if (lanes != 0) {
        sha256_compress_shani(states[0], blocks[0], 1);
    }
}

#endif
