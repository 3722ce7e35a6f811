/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Block ciphers on LANES blocks at once, byte-sliced: a vector holds the same byte of every block. lanes_512.h or lanes_256.h, which
 * comes before, says how wide a vector is, sboxes_gfni.h or sboxes_aes.h how bytes are substituted.
 *
 * Where the registers have no room for a state, it is settled in memory after each step, so that the compiler puts no part of it aside
 * elsewhere, and wiped in the end.
 */
#ifndef X86_64_LANES_H
#define X86_64_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "util/zeroise.h"

#define EACH_OF_4(DO) DO(0) DO(1) DO(2) DO(3)
#define EACH_OF_8(DO) EACH_OF_4(DO) DO(4) DO(5) DO(6) DO(7)
#define EACH_OF_16(DO) EACH_OF_8(DO) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14) DO(15)

/* The byte in place c of vector r, four bits each, moves to the place and vector that r c, as one number of eight bits, gives turned
 * left by one. */
INLINE_LANES void lanes_turn(wide y[16], const wide x[16])
{
#define DO(i) y[2 * i] = wide_low_in_turn(x[i], x[i + 8]); y[2 * i + 1] = wide_high_in_turn(x[i], x[i + 8]);
    EACH_OF_8(DO)
#undef DO
    lanes_settle(y);
}

/* In each sixteen bytes, byte c of vector r changes places with byte r of vector c. other is room. */
INLINE_LANES void lanes_transpose(wide x[16], wide other[16])
{
    lanes_turn(other, x);
    lanes_turn(x, other);
    lanes_turn(other, x);
    lanes_turn(x, other);
}

/* x[p]: byte p of all blocks. Their order does not matter, and lanes_store has the same one. */
INLINE_LANES void lanes_load(wide x[16], wide other[16], const uint8_t *input)
{
#define DO(i) x[i] = wide_load(input + i * LANES);
    EACH_OF_16(DO)
#undef DO
    lanes_settle(x);
    lanes_transpose(x, other);
}

INLINE_LANES void lanes_store(uint8_t *output, wide x[16], wide other[16])
{
    lanes_transpose(x, other);
#define DO(i) wide_store(output + i * LANES, x[i]);
    EACH_OF_16(DO)
#undef DO
}

/* A cipher on LANES blocks, and, or NULL, on any number of them where they are few. keys and rounds: as the cipher's kernel has them. */
typedef void lanes_all(const void *keys, uint32_t rounds, const uint8_t *input, uint8_t *output);
typedef void lanes_few(const void *keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);

/* Blocks up to which lanes_few is the quicker one. */
#define LANES_FEW 6u

/* What is left of a message fills some of the lanes. */
INLINE_LANES void lanes_message(lanes_all *all, lanes_few *few, const void *keys, uint32_t rounds,
                                const uint8_t *input, uint8_t *output, size_t count)
{
    for (; count >= LANES; count -= LANES) {
        all(keys, rounds, input, output);
        input += 16 * LANES;
        output += 16 * LANES;
    }
    if (count == 0) {
        return;
    }
    if (few != NULL && count <= LANES_FEW) {
        few(keys, rounds, input, output, count);
    } else {
        uint8_t blocks[16 * LANES];
        memcpy(blocks, input, 16 * count);
        memset(blocks + 16 * count, 0, sizeof(blocks) - 16 * count);
        all(keys, rounds, blocks, blocks);
        memcpy(output, blocks, 16 * count);
        ZEROISE(blocks);
    }
}

#endif
