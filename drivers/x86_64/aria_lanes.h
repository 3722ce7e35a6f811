/* SPDX-License-Identifier: Apache-2.0 */
/* ARIA (RFC 5794) on LANES blocks at once (lanes.h). Round keys have byte p of a block at 4 (p mod 4) + p / 4 (kernels.h). */
#ifndef X86_64_ARIA_LANES_H
#define X86_64_ARIA_LANES_H

#include "x86_64/lanes.h"

INLINE_LANES wide key_byte(const uint8_t round_key[16], unsigned p)
{
    return wide_byte(round_key[4 * (p % 4) + p / 4]);
}

/* 2.4.2: the sum with a round key through S1, S2 and their inverses, on every fourth byte from p, q, r and s on. */
INLINE_LANES void substitute(wide y[16], const wide x[16], const uint8_t round_key[16], unsigned p, unsigned q, unsigned r, unsigned s)
{
#define SUM(i) wide_xor(x[i], key_byte(round_key, i))
#define DO(i) \
    y[4 * i + p] = aria_1(SUM(4 * i + p)); \
    y[4 * i + q] = aria_2(SUM(4 * i + q)); \
    y[4 * i + r] = aria_1_inverse(SUM(4 * i + r)); \
    y[4 * i + s] = aria_2_inverse(SUM(4 * i + s));
    EACH_OF_4(DO)
#undef DO
#undef SUM
    lanes_settle(y);
}

/* 2.4.3. In these four sums a is in all but the last, b in all but the third, c in all but the second, d in all but the first; two
 * bytes more are in the first and second, first and third, second and fourth, third and fourth. */
#define FOUR_SUMS(y0, y1, y2, y3, a, b, c, d, e0, e1, f0, f1, g0, g1, h0, h1) \
    do { \
        const wide e = wide_xor(x[e0], x[e1]), f = wide_xor(x[f0], x[f1]); \
        const wide g = wide_xor(x[g0], x[g1]), h = wide_xor(x[h0], x[h1]); \
        y[y0] = wide_xor3(wide_xor3(x[a], x[b], x[c]), e, f); \
        y[y1] = wide_xor3(wide_xor3(x[a], x[b], x[d]), e, g); \
        y[y2] = wide_xor3(wide_xor3(x[a], x[c], x[d]), f, h); \
        y[y3] = wide_xor3(wide_xor3(x[b], x[c], x[d]), g, h); \
    } while (0)

INLINE_LANES void diffuse(wide y[16], const wide x[16])
{
    FOUR_SUMS(0, 5, 10, 15, 3, 4, 8, 15, 9, 14, 6, 13, 1, 10, 2, 5);
    FOUR_SUMS(1, 4, 11, 14, 2, 5, 9, 14, 8, 15, 7, 12, 0, 11, 3, 4);
    FOUR_SUMS(2, 7, 8, 13, 1, 6, 10, 13, 11, 12, 4, 15, 3, 8, 0, 7);
    FOUR_SUMS(3, 6, 9, 12, 0, 7, 11, 12, 10, 13, 5, 14, 2, 9, 1, 6);
    lanes_settle(y);
}

#undef FOUR_SUMS

/* 2.3: odd rounds have S-box layer 1, even ones layer 2; the last adds a key in place of the diffusion. */
TARGET_LANES static void all_lanes(const void *keys, uint32_t rounds, const uint8_t *input, uint8_t *output)
{
    const uint8_t *round_key = keys;
    wide x[16], y[16];

    lanes_load(x, y, input);
    for (uint32_t round = 2; round < rounds; round += 2) {
        substitute(y, x, round_key, 0, 1, 2, 3);
        diffuse(x, y);
        substitute(y, x, round_key + 16, 2, 3, 0, 1);
        diffuse(x, y);
        round_key += 32;
    }
    substitute(y, x, round_key, 0, 1, 2, 3);
    diffuse(x, y);
    substitute(y, x, round_key + 16, 2, 3, 0, 1);
#define DO(i) x[i] = wide_xor(y[i], key_byte(round_key + 32, i));
    EACH_OF_16(DO)
#undef DO
    lanes_settle(x);
    lanes_store(output, x, y);
    lanes_wipe(x);
    lanes_wipe(y);
}

#endif
