/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-512's compression function (FIPS 180-4, section 6.4.2) for two blocks, with the message schedule in vectors: a register
 * holds two words of one block and the same two of the next. While the first block goes through its steps in general registers,
 * the words of both are made; those of the second wait in memory. Before it is included, SHA512_TARGET is what the CPU has to have.
 */
#include <immintrin.h>

#include "software/kernels_sha512.h"
#include "util/zeroise.h"

#define SHA512_INLINE static inline __attribute__((always_inline, target(SHA512_TARGET)))

/* Two words of a block in each half. */
typedef uint64_t words __attribute__((vector_size(32)));

/* ---- The message schedule ---- */

SHA512_INLINE words rotate(words x, int n)
{
    return (x >> n) | (x << (64 - n));
}

/* The second word of x and the first one of y, in each half. */
SHA512_INLINE words between(words x, words y)
{
    return (words)_mm256_alignr_epi8((__m256i)y, (__m256i)x, 8);
}

/* Step 1 for words t and t + 1 from the sixteen before; x[i] holds the oldest, and becomes the new ones. */
SHA512_INLINE void schedule(words x[8], unsigned i)
{
    const words fifteen = between(x[i], x[(i + 1) % 8]);
    const words seven = between(x[(i + 4) % 8], x[(i + 5) % 8]);
    const words two = x[(i + 7) % 8];

    x[i] += (rotate(fifteen, 1) ^ rotate(fifteen, 8) ^ (fifteen >> 7)) + seven;
    x[i] += rotate(two, 19) ^ rotate(two, 61) ^ (two >> 6);
}

SHA512_INLINE words load_words(const uint8_t *first, const uint8_t *second)
{
    const __m256i swap = _mm256_set_epi64x(0x08090a0b0c0d0e0f, 0x0001020304050607, 0x08090a0b0c0d0e0f, 0x0001020304050607);
    const __m128i a = _mm_loadu_si128((const __m128i *)(const void *)first);
    const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)second);
    return (words)_mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(a), b, 1), swap);
}

SHA512_INLINE words load_constants(const uint64_t *k)
{
    return (words)_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)k));
}

/* ---- The steps ---- */

/* Step 3 of the section, less the renaming: what is A moves down by one place with each. Maj(a, b, c) is b, unless a and c differ from it;
 * where b and c differ is known from the step before, when they were a and b: *changed. What the next step waits for, the new e,
 * takes one addition after the rotations. */
SHA512_INLINE void step(uint64_t v[8], uint64_t *changed, uint64_t k_plus_w, unsigned t)
{
    const uint64_t a = v[(80 - t) % 8], b = v[(81 - t) % 8];
    const uint64_t e = v[(84 - t) % 8], f = v[(85 - t) % 8], g = v[(86 - t) % 8];
    uint64_t *d = &v[(83 - t) % 8], *h = &v[(87 - t) % 8];
    const uint64_t a_not_b = a ^ b;
    uint64_t t1 = *h + k_plus_w;

    t1 += (e & f) + (~e & g);
    const uint64_t sigma = rotr64(e, 14) ^ rotr64(e, 18) ^ rotr64(e, 41);
    *d = (*d + t1) + sigma;
    *h = (t1 + ((a_not_b & *changed) ^ b)) + sigma + (rotr64(a, 28) ^ rotr64(a, 34) ^ rotr64(a, 39));
    *changed = a_not_b;
}

SHA512_INLINE void add_state(uint64_t state[8], const uint64_t v[8])
{
    state[0] += v[0];
    state[1] += v[1];
    state[2] += v[2];
    state[3] += v[3];
    state[4] += v[4];
    state[5] += v[5];
    state[6] += v[6];
    state[7] += v[7];
}

/* W(t) + K(t) of both blocks: those of two steps lie together, first block first. */
struct sums {
    uint64_t of[40][2][2];
};

/* Steps t + 2 i and t + 2 i + 1 of the first block, and the words of both for sixteen steps later where there are any. */
SHA512_INLINE void two_steps(uint64_t v[8], uint64_t *changed, words x[8], struct sums *sums, unsigned t, unsigned i)
{
    uint64_t *now = sums->of[t / 2 + i][0];

    _mm256_storeu_si256((__m256i *)(void *)now, (__m256i)(x[i] + load_constants(sha512_constants + t + 2 * i)));
    if (t < 64) {
        schedule(x, i);
    }
    step(v, changed, now[0], 2 * i);
    step(v, changed, now[1], 2 * i + 1);
}

SHA512_INLINE void sixteen_steps(uint64_t v[8], uint64_t *changed, words x[8], struct sums *sums, unsigned t)
{
    two_steps(v, changed, x, sums, t, 0);
    two_steps(v, changed, x, sums, t, 1);
    two_steps(v, changed, x, sums, t, 2);
    two_steps(v, changed, x, sums, t, 3);
    two_steps(v, changed, x, sums, t, 4);
    two_steps(v, changed, x, sums, t, 5);
    two_steps(v, changed, x, sums, t, 6);
    two_steps(v, changed, x, sums, t, 7);
    keep_in_memory(x);
}

SHA512_INLINE void compress_first(uint64_t state[8], words x[8], struct sums *sums, const uint8_t *blocks, const uint8_t *next)
{
    uint64_t v[8] = {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};

#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++) {
        x[i] = load_words(blocks + 16 * i, next + 16 * i);
    }
    uint64_t changed = v[1] ^ v[2];
    for (unsigned t = 0; t < 64; t += 16) {
        sixteen_steps(v, &changed, x, sums, t);
    }
    sixteen_steps(v, &changed, x, sums, 64);
    add_state(state, v);
}

SHA512_INLINE void compress_second(uint64_t state[8], const struct sums *sums)
{
    uint64_t v[8] = {state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};

    uint64_t changed = v[1] ^ v[2];
    for (unsigned t = 0; t < 80; t += 8) {
        step(v, &changed, sums->of[t / 2][1][0], 0);
        step(v, &changed, sums->of[t / 2][1][1], 1);
        step(v, &changed, sums->of[t / 2 + 1][1][0], 2);
        step(v, &changed, sums->of[t / 2 + 1][1][1], 3);
        step(v, &changed, sums->of[t / 2 + 2][1][0], 4);
        step(v, &changed, sums->of[t / 2 + 2][1][1], 5);
        step(v, &changed, sums->of[t / 2 + 3][1][0], 6);
        step(v, &changed, sums->of[t / 2 + 3][1][1], 7);
    }
    add_state(state, v);
}

/* An odd last block is its own neighbour. */
SHA512_INLINE void compress_blocks(uint64_t state[8], const uint8_t *blocks, size_t count)
{
    words x[8];
    struct sums sums;

    for (; count >= 2; count -= 2, blocks += 256) {
        compress_first(state, x, &sums, blocks, blocks + 128);
        compress_second(state, &sums);
    }
    if (count != 0) {
        compress_first(state, x, &sums, blocks, blocks);
    }
    ZEROISE(x);
    ZEROISE(sums);
}
