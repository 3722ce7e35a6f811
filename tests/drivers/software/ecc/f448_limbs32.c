/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define f448_operate f448_limbs32_operate
#define f448_limits_hold f448_limbs32_limits_hold

#include "f448_operations.c"
