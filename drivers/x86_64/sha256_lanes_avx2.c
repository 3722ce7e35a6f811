/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256's compression function (FIPS 180-4, section 6.2.2) for eight blocks that do not depend on each other, with AVX2: a vector
 * holds the same word of all eight. For CPUs without the SHA extensions, which are faster with two blocks.
 */
#include "x86_64/sha.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#include "software/kernels.h"
#include "software/kernels_sha256.h"

#define LANES 8u
/* Fewer are done one by one in less time. */
#define FEW 3u

#define TARGET __attribute__((target("avx2")))
#define INLINE TARGET static inline __attribute__((always_inline))

typedef uint32_t word __attribute__((vector_size(32)));

/* ---- Eight rows of eight words become columns ---- */

INLINE void swap_words(__m256i *x, __m256i *y)
{
    const __m256i low = _mm256_unpacklo_epi32(*x, *y), high = _mm256_unpackhi_epi32(*x, *y);
    *x = low;
    *y = high;
}

INLINE void swap_pairs(__m256i *x, __m256i *y)
{
    const __m256i low = _mm256_unpacklo_epi64(*x, *y), high = _mm256_unpackhi_epi64(*x, *y);
    *x = low;
    *y = high;
}

INLINE void swap_halves(__m256i *x, __m256i *y)
{
    const __m256i low = _mm256_permute2x128_si256(*x, *y, 0x20), high = _mm256_permute2x128_si256(*x, *y, 0x31);
    *x = low;
    *y = high;
}

INLINE void transpose(word columns[8], __m256i r[8])
{
    for (unsigned i = 0; i < 8; i += 2) {
        swap_words(&r[i], &r[i + 1]);
    }
    for (unsigned i = 0; i < 8; i += 4) {
        swap_pairs(&r[i], &r[i + 2]);
        swap_pairs(&r[i + 1], &r[i + 3]);
    }
    for (unsigned i = 0; i < 4; i++) {
        swap_halves(&r[i], &r[i + 4]);
    }
    /* Words 0 and 1 of four rows came out in r[0] and r[2], 2 and 3 in r[1] and r[3]. */
    static const uint8_t from[8] = { 0, 2, 1, 3, 4, 6, 5, 7 };
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++) {
        columns[i] = (word)r[from[i]];
    }
}

/* ---- The steps ---- */

INLINE word rotate(word x, int n)
{
    return (x >> n) | (x << (32 - n));
}

/* Step 3 of the section, less the renaming: what is A moves down by one place with each. */
INLINE void step(word v[8], word k_plus_w, unsigned t)
{
    const word a = v[(64 - t) % 8], b = v[(65 - t) % 8], c = v[(66 - t) % 8];
    const word e = v[(68 - t) % 8], f = v[(69 - t) % 8], g = v[(70 - t) % 8];
    word *d = &v[(67 - t) % 8], *h = &v[(71 - t) % 8];
    const word t1 = *h + k_plus_w + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (g ^ (e & (f ^ g)));

    *d += t1;
    *h = t1 + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) | (c & (a | b)));
}

/* W(t + 16) in the place of W(t). */
INLINE void schedule(word w[16], unsigned t)
{
    const word fifteen = w[(t + 1) % 16], two = w[(t + 14) % 16];

    w[t] += (rotate(fifteen, 7) ^ rotate(fifteen, 18) ^ (fifteen >> 3)) + w[(t + 9) % 16] +
            (rotate(two, 17) ^ rotate(two, 19) ^ (two >> 10));
}

INLINE word constant(unsigned t)
{
    return (word)_mm256_set1_epi32((int)sha256_constants[t]);
}

INLINE void all_steps(word v[8], word w[16])
{
    for (unsigned t = 0; t < 48; t += 16) {
#pragma GCC unroll 16
        for (unsigned i = 0; i < 16; i++) {
            step(v, w[i] + constant(t + i), i);
            schedule(w, i);
        }
    }
#pragma GCC unroll 16
    for (unsigned i = 0; i < 16; i++) {
        step(v, w[i] + constant(48 + i), i);
    }
}

/* ---- Up to eight states and blocks; where there are fewer, the last one fills up the vectors ---- */

INLINE __m256i load(const void *p)
{
    return _mm256_loadu_si256(p);
}

INLINE void load_states(word v[8], uint32_t (*states)[8], size_t lanes)
{
    __m256i rows[8];

#pragma GCC unroll 8
    for (size_t i = 0; i < LANES; i++) {
        rows[i] = load(states[i < lanes ? i : lanes - 1]);
    }
    transpose(v, rows);
}

/* Half of each block: eight words. */
INLINE void load_words(word w[8], const uint8_t (*blocks)[64], size_t lanes, size_t offset)
{
    const __m256i swap = _mm256_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203, 0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m256i rows[8];

#pragma GCC unroll 8
    for (size_t i = 0; i < LANES; i++) {
        rows[i] = _mm256_shuffle_epi8(load(blocks[i < lanes ? i : lanes - 1] + offset), swap);
    }
    transpose(w, rows);
}

TARGET static void compress_eight(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes)
{
    word first[8], v[8], rows[8], w[16];
    __m256i sums[8];

    load_states(first, states, lanes);
    load_words(w, blocks, lanes, 0);
    load_words(w + 8, blocks, lanes, 32);
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++) {
        v[i] = first[i];
    }
    all_steps(v, w);
#pragma GCC unroll 8
    for (unsigned i = 0; i < 8; i++) {
        sums[i] = (__m256i)(v[i] + first[i]);
    }
    transpose(rows, sums);
    for (size_t i = 0; i < lanes; i++) {
        _mm256_storeu_si256((__m256i *)(void *)states[i], (__m256i)rows[i]);
    }
}

TARGET void sha256_compress_lanes_avx2(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes)
{
    while (lanes >= FEW) {
        const size_t n = lanes < LANES ? lanes : LANES;
        compress_eight(states, blocks, n);
        states += n;
        blocks += n;
        lanes -= n;
    }
    for (size_t i = 0; i < lanes; i++) {
        sw_kernels.sha256_compress(states[i], blocks[i], 1);
    }
}

#endif
