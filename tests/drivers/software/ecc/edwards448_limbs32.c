/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define ed448_operate ed448_limbs32_operate

#include "edwards448_operations.c"
