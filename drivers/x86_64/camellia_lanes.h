/* SPDX-License-Identifier: Apache-2.0 */
/* Camellia (RFC 3713) on LANES blocks at once (lanes.h). A half of a block is eight vectors. */
#ifndef X86_64_CAMELLIA_LANES_H
#define X86_64_CAMELLIA_LANES_H

#include "x86_64/lanes.h"

/* Byte i of a subkey, the first one being its highest. */
#define SUBKEY(subkey, i) wide_byte(((const uint8_t *)(subkey))[7 - (i)])

INLINE_LANES void add_subkey(wide x[8], const uint64_t *subkey)
{
#define DO(i) x[i] = wide_xor(x[i], SUBKEY(subkey, i));
    EACH_OF_8(DO)
#undef DO
    lanes_settle(x);
}

/* to ^= F(from, subkey), 2.4.1; t is room. The function P adds the halves to each other in turn, bytes moved by one, two, three and three
 * places; the last sum and that with `to` are one. */
INLINE_LANES void round_of(wide to[8], const wide from[8], wide t[8], const uint64_t *subkey)
{
#define SUM(i) wide_xor(from[i], SUBKEY(subkey, i))
    t[0] = camellia_1(SUM(0));
    t[1] = camellia_2(SUM(1));
    t[2] = camellia_3(SUM(2));
    t[3] = camellia_4(SUM(3));
    t[4] = camellia_2(SUM(4));
    t[5] = camellia_3(SUM(5));
    t[6] = camellia_4(SUM(6));
    t[7] = camellia_1(SUM(7));
#undef SUM
    lanes_settle(t);
#define DO(i) t[i] = wide_xor(t[i], t[4 + (i + 1) % 4]);
    EACH_OF_4(DO)
#undef DO
#define DO(i) t[4 + i] = wide_xor(t[4 + i], t[(i + 2) % 4]);
    EACH_OF_4(DO)
#undef DO
#define DO(i) t[i] = wide_xor(t[i], t[4 + (i + 3) % 4]);
    EACH_OF_4(DO)
#undef DO
#define DO(i) to[i] = wide_xor3(to[i], t[4 + i], t[(i + 3) % 4]); to[4 + i] = wide_xor(to[4 + i], t[i]);
    EACH_OF_4(DO)
#undef DO
    lanes_settle(to);
}

/* 2.4.2. Bytes turned left by one bit together are each moved left by one, and take the highest bit of the next. */
INLINE_LANES void add_turned(wide x[8], const uint64_t *subkey)
{
    wide t[4];

#define DO(i) t[i] = wide_and(x[i], SUBKEY(subkey, i));
    EACH_OF_4(DO)
#undef DO
#define DO(i) x[4 + i] = wide_xor3(x[4 + i], wide_left_by_1(t[i]), wide_right_by_7(t[(i + 1) % 4]));
    EACH_OF_4(DO)
#undef DO
    lanes_settle(x);
}

INLINE_LANES void add_or(wide x[8], const uint64_t *subkey)
{
#define DO(i) x[i] = wide_xor(x[i], wide_or(x[4 + i], SUBKEY(subkey, 4 + i)));
    EACH_OF_4(DO)
#undef DO
    lanes_settle(x);
}

/* Not even 32 registers have room for both halves and what F needs: the halves lie in memory. */
INLINE_LANES void six_rounds(wide left[8], wide right[8], wide room[8], const uint64_t *subkeys)
{
    for (unsigned i = 0; i < 6; i += 2) {
        round_of(right, left, room, subkeys + i);
        keep_in_memory(right);
        round_of(left, right, room, subkeys + i + 1);
        keep_in_memory(left);
    }
}

/* 2.3. */
TARGET_LANES static void all_lanes(const void *keys, uint32_t groups, const uint8_t *input, uint8_t *output)
{
    const uint64_t *subkeys = keys;
    wide x[16], y[16], left[8], right[8];

    lanes_load(x, y, input);
#define DO(i) left[i] = x[i]; right[i] = x[8 + i];
    EACH_OF_8(DO)
#undef DO
    add_subkey(left, subkeys);
    add_subkey(right, subkeys + 1);
    six_rounds(left, right, y, subkeys + 2);
    for (uint32_t group = 1; group < groups; group++) {
        subkeys += 8;
        add_turned(left, subkeys);
        add_or(left, subkeys);
        add_or(right, subkeys + 1);
        add_turned(right, subkeys + 1);
        six_rounds(left, right, y, subkeys + 2);
    }
    add_subkey(right, subkeys + 8);
    add_subkey(left, subkeys + 9);
#define DO(i) x[i] = right[i]; x[8 + i] = left[i];
    EACH_OF_8(DO)
#undef DO
    lanes_settle(x);
    lanes_store(output, x, y);
    ZEROISE(left);
    ZEROISE(right);
    lanes_wipe(x);
    lanes_wipe(y);
}

#endif
