/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_edwards448_group sw_edwards448_group_limbs32

#include "software/ecc/edwards448_group.c"
