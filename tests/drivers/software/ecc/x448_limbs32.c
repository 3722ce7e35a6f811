/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_x448 sw_x448_limbs32

#include "software/ecc/x448.c"
