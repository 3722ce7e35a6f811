/* SPDX-License-Identifier: Apache-2.0 */
/* Multiples of the base point of P-256 for p256_multiply.h. */
#ifndef SOFTWARE_ECC_P256_TABLE_H
#define SOFTWARE_ECC_P256_TABLE_H

#include <stdint.h>

/* 26 KB: x, then y, in Montgomery form, as words of 64 bits from least to most significant. */
extern const uint64_t p256_table[26][16][8];

#endif
