/* SPDX-License-Identifier: Apache-2.0 */
/* Multiples of the base point of edwards448: x, y, 39081 x y as words of 56 bits from least to most significant. */
#ifndef SOFTWARE_ECC_EDWARDS448_TABLE_H
#define SOFTWARE_ECC_EDWARDS448_TABLE_H

#include <stdint.h>

/* 15 KB: five combs of five teeth, 18 bits apart (edwards448.h). */
extern const uint64_t ed448_table[5][16][24];

#endif
