/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rounds of BLAKE2 (RFC 7693, section 3) for words of one size. Before it is included, BLAKE2_WORD is that type,
 * BLAKE2_ROUNDS their number, BLAKE2_R1 to BLAKE2_R4 the rotations, and BLAKE2_ROTATE(x, n) turns to the right.
 */
#include <stdint.h>

#include "util/zeroise.h"

#if defined(__GNUC__)
#define BLAKE2_INLINE static inline __attribute__((always_inline))
#else
#define BLAKE2_INLINE static inline
#endif

/* Section 2.7. Rounds 10 and 11 of BLAKE2b take the first two again. */
static const uint8_t blake2_sigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

/* Section 3.1: a column or a diagonal, (a, b, c, d). */
BLAKE2_INLINE void blake2_mix(BLAKE2_WORD v[16], unsigned a, unsigned b, unsigned c, unsigned d, BLAKE2_WORD x, BLAKE2_WORD y)
{
    v[a] += v[b] + x;
    v[d] = BLAKE2_ROTATE(v[d] ^ v[a], BLAKE2_R1);
    v[c] += v[d];
    v[b] = BLAKE2_ROTATE(v[b] ^ v[c], BLAKE2_R2);
    v[a] += v[b] + y;
    v[d] = BLAKE2_ROTATE(v[d] ^ v[a], BLAKE2_R3);
    v[c] += v[d];
    v[b] = BLAKE2_ROTATE(v[b] ^ v[c], BLAKE2_R4);
}

BLAKE2_INLINE void blake2_round(BLAKE2_WORD v[16], BLAKE2_WORD m[16], const uint8_t s[16])
{
    blake2_mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
    blake2_mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
    blake2_mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
    blake2_mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
    blake2_mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
    blake2_mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
    blake2_mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
    blake2_mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
    keep_in_memory(m);
}

BLAKE2_INLINE void blake2_rounds(BLAKE2_WORD v[16], BLAKE2_WORD m[16])
{
#pragma GCC unroll 12
    for (unsigned i = 0; i < BLAKE2_ROUNDS; i++) {
        blake2_round(v, m, blake2_sigma[i % 10]);
    }
}
