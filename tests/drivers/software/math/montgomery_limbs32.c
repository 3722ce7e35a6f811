/* SPDX-License-Identifier: Apache-2.0 */
#define LIMB_BITS 32
#define montgomery_prepare montgomery_prepare_limbs32
#define montgomery_enter montgomery_enter_limbs32
#define montgomery_leave montgomery_leave_limbs32
#define montgomery_multiply montgomery_multiply_limbs32
#define montgomery_square montgomery_square_limbs32
#define montgomery_subtract montgomery_subtract_limbs32
#define montgomery_power_room montgomery_power_room_limbs32
#define montgomery_power montgomery_power_limbs32
#define montgomery_power_vartime montgomery_power_vartime_limbs32
#define math_rsa_prepared_size math_rsa_prepared_size_limbs32
#define math_rsa_prepare math_rsa_prepare_limbs32
#define math_rsa_public_vartime math_rsa_public_vartime_limbs32
#define math_rsa_private math_rsa_private_limbs32

#include "software/math/montgomery.c"

#include "software/math/bignum_rsa.c"

#include "montgomery_way.h"

const struct montgomery_way montgomery_limbs32 = { way_power, way_multiply, way_subtract, math_rsa_private };
