/* SPDX-License-Identifier: Apache-2.0 */
/* The subgroup of prime order of edwards448. Constant-time; the sums have no exceptions. */
#include <psacrypto/config.h>

#include "software/ecc/eddsa.h"

#if PSA_WANT_ECC_TWISTED_EDWARDS_448

#include "software/ecc/edwards448.h"

#define EDWARDS_LIMBS ED448_LIMBS
#define EDWARDS_ODD_LIMBS (ED448_LIMBS + 1) /* below 2^450 */
#define EDWARDS_DIGITS 91u
#define EDWARDS_POINT struct ed448_point
#define EDWARDS_SUMMAND struct ed448_summand
#define edwards_double ed448_double
#define edwards_add ed448_add
#define edwards_to_summand ed448_to_summand
#define edwards_negate_if ed448_negate_if
#define edwards_encode ed448_encode
#define edwards_decode ed448_decode
#define edwards_multiply_base ed448_multiply_base
#define edwards_order ed448_order
#define edwards_make_odd ed448_make_odd
#define edwards_mask_neutral ed448_mask_neutral

static inline void edwards_take_if(limb mask, struct ed448_summand *r, const struct ed448_summand *a)
{
    for (int i = 0; i < F448_LIMBS; i++) {
        r->x.v[i] |= a->x.v[i] & mask;
        r->y.v[i] |= a->y.v[i] & mask;
        r->td.v[i] |= a->td.v[i] & mask;
        r->z.v[i] |= a->z.v[i] & mask;
    }
}

static inline limb edwards_mask_x_zero(const struct ed448_point *a)
{
    return f448_mask_zero(&a->x);
}

#include "software/ecc/edwards_group.h"

/* L (RFC 8032, 5.2) */
static const uint8_t order[] = {
    0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7c, 0xca, 0x23, 0xe9,
    0xc4, 0x4e, 0xdb, 0x49, 0xae, 0xd6, 0x36, 0x90, 0x21, 0x6c, 0xc2, 0x72, 0x8d, 0xc5, 0x8f, 0x55,
    0x23, 0x78, 0xc2, 0x92, 0xab, 0x58, 0x44, 0xf3,
};

const struct sw_curve_group sw_edwards448_group = {
    .order = order,
    .order_length = sizeof order,
    .cofactor = 4,
    .neutral = 1,
    .check = check,
    .multiply_base = multiply_base,
    .multiply = multiply,
    .add = add,
};

#endif
