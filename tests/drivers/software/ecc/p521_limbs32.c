/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define p521_operate p521_limbs32_operate
#define p521_operate_on_limits p521_limbs32_operate_on_limits

#include "p521_operations.c"
