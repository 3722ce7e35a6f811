/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The 24 rounds of Keccak-f[1600] (FIPS 202, section 3.4) on lanes of any type that has the operators of uint64_t: one
 * state, or a vector of the same lane of several states. Before it is included,
 *   KECCAK_LANE is that type, KECCAK_INLINE what stands before functions that are to be inlined whole,
 *   KECCAK_SETTLE(lanes) is keep_in_memory(lanes), or nothing where all lanes have registers.
 *
 * Lane (x, y) lies at x + 5 y. All indices are constants after inlining.
 */
#include <stdint.h>

#include "util/zeroise.h"

/* Section 3.2.5, algorithm 5, worked out. */
static const uint64_t keccak_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

/* 0 <= n < 64 */
KECCAK_INLINE KECCAK_LANE keccak_rotate(KECCAK_LANE x, unsigned n)
{
    return n == 0 ? x : (x << n) | (x >> (64 - n));
}

KECCAK_INLINE KECCAK_LANE keccak_column(const KECCAK_LANE a[25], unsigned x)
{
    return a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
}

/* Theta (section 3.2.1): what column x is to be XORed with. */
KECCAK_INLINE void keccak_theta(KECCAK_LANE d[5], const KECCAK_LANE a[25])
{
    const KECCAK_LANE c[5] = {keccak_column(a, 0), keccak_column(a, 1), keccak_column(a, 2), keccak_column(a, 3),
                              keccak_column(a, 4)};

    d[0] = c[4] ^ keccak_rotate(c[1], 1);
    d[1] = c[0] ^ keccak_rotate(c[2], 1);
    d[2] = c[1] ^ keccak_rotate(c[3], 1);
    d[3] = c[2] ^ keccak_rotate(c[4], 1);
    d[4] = c[3] ^ keccak_rotate(c[0], 1);
}

/* Chi (section 3.2.4) for one row of five lanes. */
KECCAK_INLINE void keccak_chi(KECCAK_LANE e[5], KECCAK_LANE b0, KECCAK_LANE b1, KECCAK_LANE b2, KECCAK_LANE b3, KECCAK_LANE b4)
{
    e[0] = b0 ^ (~b1 & b2);
    e[1] = b1 ^ (~b2 & b3);
    e[2] = b2 ^ (~b3 & b4);
    e[3] = b3 ^ (~b4 & b0);
    e[4] = b4 ^ (~b0 & b1);
}

/* One round from a to e. Pi (section 3.2.3) brings lane (x, y) from ((x + 3 y) mod 5, x), which rho (section 3.2.2) has
 * rotated by an offset of its own. */
KECCAK_INLINE void keccak_round(KECCAK_LANE e[25], KECCAK_LANE a[25], uint64_t constant)
{
    KECCAK_LANE d[5];

    keccak_theta(d, a);
    KECCAK_SETTLE(a);
    keccak_chi(e, a[0] ^ d[0], keccak_rotate(a[6] ^ d[1], 44), keccak_rotate(a[12] ^ d[2], 43),
               keccak_rotate(a[18] ^ d[3], 21), keccak_rotate(a[24] ^ d[4], 14));
    e[0] ^= constant; /* iota (section 3.2.5) */
    keccak_chi(e + 5, keccak_rotate(a[3] ^ d[3], 28), keccak_rotate(a[9] ^ d[4], 20), keccak_rotate(a[10] ^ d[0], 3),
               keccak_rotate(a[16] ^ d[1], 45), keccak_rotate(a[22] ^ d[2], 61));
    keccak_chi(e + 10, keccak_rotate(a[1] ^ d[1], 1), keccak_rotate(a[7] ^ d[2], 6), keccak_rotate(a[13] ^ d[3], 25),
               keccak_rotate(a[19] ^ d[4], 8), keccak_rotate(a[20] ^ d[0], 18));
    keccak_chi(e + 15, keccak_rotate(a[4] ^ d[4], 27), keccak_rotate(a[5] ^ d[0], 36), keccak_rotate(a[11] ^ d[1], 10),
               keccak_rotate(a[17] ^ d[2], 15), keccak_rotate(a[23] ^ d[3], 56));
    keccak_chi(e + 20, keccak_rotate(a[2] ^ d[2], 62), keccak_rotate(a[8] ^ d[3], 55), keccak_rotate(a[14] ^ d[4], 39),
               keccak_rotate(a[15] ^ d[0], 41), keccak_rotate(a[21] ^ d[1], 2));
}

/* e is for the rounds between, and has the last but one afterwards. */
KECCAK_INLINE void keccak_rounds(KECCAK_LANE a[25], KECCAK_LANE e[25])
{
    for (unsigned i = 0; i < 24; i += 2) {
        keccak_round(e, a, keccak_constants[i]);
        KECCAK_SETTLE(e);
        keccak_round(a, e, keccak_constants[i + 1]);
        KECCAK_SETTLE(a);
    }
}
