/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define sw_modular_reduce sw_modular_reduce_limbs32
#define sw_modular_add sw_modular_add_limbs32
#define sw_modular_negate sw_modular_negate_limbs32
#define sw_modular_multiply sw_modular_multiply_limbs32
#define sw_modular_is_valid sw_modular_is_valid_limbs32

#include "software/pake/modular.c"
