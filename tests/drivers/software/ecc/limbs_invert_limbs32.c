/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define limbs_invert limbs_invert_limbs32
#define invert_bytes invert_bytes_limbs32

#include "limbs_invert_ways.c"
#include "software/ecc/limbs_invert.c"
