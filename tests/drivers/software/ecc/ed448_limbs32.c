/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_ed448 sw_ed448_limbs32
#define sw_ed448_arithmetic sw_ed448_arithmetic_limbs32

#include "software/ecc/ed448.c"
