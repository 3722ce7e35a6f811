/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Affine maps of bytes for CPUs without GFNI: tables of what a matrix makes of the lower and of the higher four bits, for PSHUFB, which
 * looks them up in registers. Matrices as in software/cipher/sbox.h.
 */
#ifndef X86_64_NIBBLES_H
#define X86_64_NIBBLES_H

#include <stdint.h>

/* Bit i of the product of a matrix and four bits x: 0x6996 has the parity of each number below 16. */
#define NIBBLE_BIT(matrix, x, i) ((0x6996u >> ((matrix) >> (56 - 8 * (i)) & (x)) & 1u) << (i))
#define NIBBLE(matrix, x) \
    (NIBBLE_BIT(matrix, x, 0) | NIBBLE_BIT(matrix, x, 1) | NIBBLE_BIT(matrix, x, 2) | NIBBLE_BIT(matrix, x, 3) | \
     NIBBLE_BIT(matrix, x, 4) | NIBBLE_BIT(matrix, x, 5) | NIBBLE_BIT(matrix, x, 6) | NIBBLE_BIT(matrix, x, 7))
#define NIBBLES_OF_16(matrix, constant) { \
    NIBBLE(matrix, 0u) ^ (constant), NIBBLE(matrix, 1u) ^ (constant), NIBBLE(matrix, 2u) ^ (constant), NIBBLE(matrix, 3u) ^ (constant), \
    NIBBLE(matrix, 4u) ^ (constant), NIBBLE(matrix, 5u) ^ (constant), NIBBLE(matrix, 6u) ^ (constant), NIBBLE(matrix, 7u) ^ (constant), \
    NIBBLE(matrix, 8u) ^ (constant), NIBBLE(matrix, 9u) ^ (constant), NIBBLE(matrix, 10u) ^ (constant), NIBBLE(matrix, 11u) ^ (constant), \
    NIBBLE(matrix, 12u) ^ (constant), NIBBLE(matrix, 13u) ^ (constant), NIBBLE(matrix, 14u) ^ (constant), NIBBLE(matrix, 15u) ^ (constant) }

struct nibbles {
    uint8_t low[16], high[16];
};

#define NIBBLES(matrix, constant) { NIBBLES_OF_16(matrix, constant), NIBBLES_OF_16((matrix) >> 4, 0) }

#endif
