/* SPDX-License-Identifier: Apache-2.0 */
/* Multiples of the base point of edwards25519. */
#ifndef SOFTWARE_ECC_EDWARDS25519_TABLE_H
#define SOFTWARE_ECC_EDWARDS25519_TABLE_H

#include <stdint.h>

/* 20 KB: y + x, y - x, 2 d x y of (2 j + 1) 2^(20 t) B, as words of 64 bits from least to most significant. */
extern const uint64_t ed25519_table[13][16][12];

#endif
