/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_edwards25519_group sw_edwards25519_group_limbs32

#include "software/ecc/edwards25519_group.c"
