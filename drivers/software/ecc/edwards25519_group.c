/* SPDX-License-Identifier: Apache-2.0 */
/* The subgroup of prime order of edwards25519. Constant-time; the sums have no exceptions. */
#include <psacrypto/config.h>

#include "software/ecc/eddsa.h"

#if PSA_WANT_ECC_TWISTED_EDWARDS_255

#include "software/ecc/edwards25519.h"

#define EDWARDS_LIMBS F25519_LIMBS
#define EDWARDS_ODD_LIMBS F25519_LIMBS /* k or k + L, below 2^254 */
#define EDWARDS_DIGITS 52u
#define EDWARDS_POINT struct ed25519_point
#define EDWARDS_SUMMAND struct ed25519_summand
#define edwards_double ed25519_double
#define edwards_add ed25519_add
#define edwards_to_summand ed25519_to_summand
#define edwards_negate_if ed25519_negate_if
#define edwards_encode ed25519_encode
#define edwards_decode ed25519_decode
#define edwards_multiply_base ed25519_multiply_base
#define edwards_order ed25519_order

static inline void edwards_take_if(limb mask, struct ed25519_summand *r, const struct ed25519_summand *a)
{
    for (int i = 0; i < F25519_LIMBS; i++) {
        r->sum.v[i] |= a->sum.v[i] & mask;
        r->difference.v[i] |= a->difference.v[i] & mask;
        r->t2d.v[i] |= a->t2d.v[i] & mask;
        r->z2.v[i] |= a->z2.v[i] & mask;
    }
}

static inline void edwards_make_odd(limb odd[EDWARDS_ODD_LIMBS], const limb *k)
{
    limb sum[EDWARDS_LIMBS];
    (void)limbs_add(EDWARDS_LIMBS, sum, k, ed25519_order);
    limbs_select(EDWARDS_LIMBS, odd, (limb)0 - (k[0] & 1u), k, sum);
    ZEROISE(sum);
}

static inline limb edwards_mask_x_zero(const struct ed25519_point *a)
{
    return f25519_mask_zero(&a->x);
}

static inline limb edwards_mask_neutral(const struct ed25519_point *a)
{
    struct f25519 difference;
    f25519_subtract(&difference, &a->y, &a->z);
    return f25519_mask_zero(&a->x) & f25519_mask_zero(&difference);
}

#include "software/ecc/edwards_group.h"

/* L = 2^252 + 27742317777372353535851937790883648493 (RFC 8032, 5.1) */
static const uint8_t order[] = {
    0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7, 0x9c, 0xd6, 0x58, 0x12, 0x63, 0x1a, 0x5c, 0xf5, 0xd3, 0xed,
};

const struct sw_curve_group sw_edwards25519_group = {
    .order = order,
    .order_length = sizeof order,
    .cofactor = 8,
    .neutral = 1,
    .check = check,
    .multiply_base = multiply_base,
    .multiply = multiply,
    .add = add,
};

#endif
