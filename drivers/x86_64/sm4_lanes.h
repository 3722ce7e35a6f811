/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SM4 (draft-ribose-cfrg-sm4-10) on LANES blocks at once (lanes.h). Byte i of word j of a block, the first ones being the highest, is
 * x[4 * j + i]. Every byte y, of round keys as well, is kept as SM4_IN y (kernels_sboxes.h).
 */
#ifndef X86_64_SM4_LANES_H
#define X86_64_SM4_LANES_H

#include "x86_64/lanes.h"

/* 6.2.2: of the bytes s of tau's result, and (<<) and (>>) losing bits, byte i of L's is
 *   s_i + s_(i+3) + ((s_i + s_(i+1) + s_(i+2)) << 2) + ((s_(i+1) + s_(i+2) + s_(i+3)) >> 6).
 * With l = s + (s << 2) and r = s + (s >> 6) that is the sum of all l and r but l_(i+3) and r_i, as s_(i+1) and s_(i+2) come twice
 * each. */
INLINE_LANES void add_diffused(wide to[4], const wide l[4], const wide r[4])
{
    const wide all = wide_xor3(wide_xor3(wide_xor3(l[0], l[1], l[2]), l[3], r[0]), wide_xor(r[1], r[2]), r[3]);

#define DO(i) to[i] = wide_xor3(wide_xor(to[i], all), l[(i + 3) % 4], r[i]);
    EACH_OF_4(DO)
#undef DO
}

/* 6.1: to += L(tau(sum + another + round_key)). */
INLINE_LANES void round_of(wide to[4], const wide sum[4], const wide another[4], const uint8_t round_key[4])
{
    wide l[4], r[4];

#define DO(i) sm4_left_right(&l[i], &r[i], wide_xor3(sum[i], another[i], wide_byte(round_key[3 - i])));
    EACH_OF_4(DO)
#undef DO
    add_diffused(to, l, r);
}

/* c and d are in both sums. */
INLINE_LANES void two_rounds(wide a[4], wide b[4], const wide c[4], const wide d[4], const uint8_t round_keys[8])
{
    wide sum[4];

#define DO(i) sum[i] = wide_xor(c[i], d[i]);
    EACH_OF_4(DO)
#undef DO
    round_of(a, sum, b, round_keys);
    round_of(b, sum, a, round_keys + 4);
}

/* Words as they lie in memory, their highest byte last; with what the S-box adds before the inversion. */
INLINE_LANES void load_round_keys(uint8_t bytes[128], const uint32_t round_keys[32])
{
    for (size_t i = 0; i < 128; i += LANES) {
        const wide x = wide_load((const uint8_t *)round_keys + i);
        wide_store(bytes + i, wide_xor(sm4_in(x), wide_byte(SM4_IN_CONSTANT)));
    }
}

TARGET_LANES static void all_lanes(const void *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output)
{
    uint8_t keys[128];
    wide x[16], y[16];

    load_round_keys(keys, round_keys);
    lanes_load(x, y, input);
#define DO(i) x[i] = sm4_in(x[i]);
    EACH_OF_16(DO)
#undef DO
    lanes_settle(x);
    for (uint32_t round = 0; round < rounds; round += 4) {
        two_rounds(x, x + 4, x + 8, x + 12, keys + 4 * round);
        two_rounds(x + 8, x + 12, x, x + 4, keys + 4 * round + 8);
        lanes_settle(x);
    }
    /* the words in reverse order */
#define DO(i) y[i] = sm4_in_inverse(x[4 * (3 - i / 4) + i % 4]);
    EACH_OF_16(DO)
#undef DO
    lanes_settle(y);
    lanes_store(output, y, x);
    lanes_wipe(x);
    lanes_wipe(y);
    ZEROISE(keys);
}

#endif
