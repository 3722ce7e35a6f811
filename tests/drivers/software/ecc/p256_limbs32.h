/* SPDX-License-Identifier: Apache-2.0 */
/* P-256 compiled with limbs of 32 bits, whatever the machine. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_P256_LIMBS32_H
#define TESTS_DRIVERS_SOFTWARE_ECC_P256_LIMBS32_H

#include "software/ecc/curve.h"

extern const struct sw_curve_arithmetic sw_p256_limbs32;

/* r = a b / 2^256 modulo p or n, as integers of 32 bytes, big-endian. */
void p256_limbs32_multiply(uint8_t r[32], const uint8_t a[32], const uint8_t b[32], int modulo_order);

#endif
