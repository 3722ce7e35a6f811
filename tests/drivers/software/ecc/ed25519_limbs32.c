/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_ed25519 sw_ed25519_limbs32
#define sw_ed25519_arithmetic sw_ed25519_arithmetic_limbs32

#include "software/ecc/ed25519.c"
