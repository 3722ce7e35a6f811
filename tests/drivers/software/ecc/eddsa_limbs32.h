/* SPDX-License-Identifier: Apache-2.0 */
/* Ed25519 and Ed448 compiled with limbs of 32 bits, whatever the machine. */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_EDDSA_LIMBS32_H
#define TESTS_DRIVERS_SOFTWARE_ECC_EDDSA_LIMBS32_H

#include "software/ecc/eddsa.h"

extern const struct sw_eddsa sw_ed25519_limbs32;
extern const struct sw_curve_arithmetic sw_ed25519_arithmetic_limbs32;
extern const struct sw_eddsa sw_ed448_limbs32;
extern const struct sw_curve_arithmetic sw_ed448_arithmetic_limbs32;

#endif
