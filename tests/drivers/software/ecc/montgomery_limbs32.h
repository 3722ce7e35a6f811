/* SPDX-License-Identifier: Apache-2.0 */
/* X25519 and X448 compiled with limbs of 32 bits, whatever the machine. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_MONTGOMERY_LIMBS32_H
#define TESTS_DRIVERS_SOFTWARE_ECC_MONTGOMERY_LIMBS32_H

#include "software/ecc/curve.h"

extern const struct sw_curve_arithmetic sw_x25519_limbs32;
extern const struct sw_curve_arithmetic sw_x448_limbs32;

/* r = a b modulo 2^255 - 19, by any means below 2^256; integers of 32 bytes, little-endian. */
void f25519_limbs32_multiply(uint8_t *r, const uint8_t *a, const uint8_t *b);

#endif
