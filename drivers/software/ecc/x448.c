/* SPDX-License-Identifier: Apache-2.0 */
/* X448 (RFC 7748, 5). */
#include <psacrypto/config.h>

#include "software/ecc/montgomery.h"

#if PSA_WANT_ECC_MONTGOMERY_448

#include "software/ecc/edwards448.h"
#include "util/zeroise.h"

struct ladder {
    struct f448 x2, z2, x3, z3;
    struct f448 a, b, c, d, e; /* of a step; they are wiped with the rest */
};

/* One step for all bits: (2 P2, P2 + P3), with P3 - P2 = (x1 : 1). x2 to z3 are tight, before and after. */
static void ladder_step(struct ladder *l, const struct f448 *x1)
{
    f448_add(&l->a, &l->x2, &l->z2);
    f448_subtract(&l->b, &l->x2, &l->z2);
    f448_add(&l->c, &l->x3, &l->z3);
    f448_subtract(&l->d, &l->x3, &l->z3);
    f448_multiply(&l->d, &l->d, &l->a);
    f448_multiply(&l->c, &l->c, &l->b);
    f448_add(&l->e, &l->d, &l->c);
    f448_square(&l->x3, &l->e);
    f448_subtract(&l->e, &l->d, &l->c);
    f448_square(&l->e, &l->e);
    f448_multiply(&l->z3, &l->e, x1);
    f448_square(&l->a, &l->a);
    f448_square(&l->b, &l->b);
    f448_multiply(&l->x2, &l->a, &l->b);
    f448_subtract(&l->e, &l->a, &l->b);
    f448_multiply_small(&l->c, &l->e, 39081);
    f448_add(&l->a, &l->a, &l->c);
    f448_multiply(&l->z2, &l->e, &l->a);
}

static void x448(uint8_t result[56], const uint8_t scalar[56], const uint8_t point[56])
{
    struct f448 u;
    f448_read(&u, point);
    struct ladder l = { .x2 = f448_one, .z2 = f448_zero, .x3 = u, .z3 = f448_one };
    limb swap = 0;
    for (unsigned t = 448; t-- > 0;) {
        limb bit = (limb)(scalar[t / 8] >> (t % 8)) & 1u;
        f448_swap_if((limb)0 - (swap ^ bit), &l.x2, &l.x3);
        f448_swap_if((limb)0 - (swap ^ bit), &l.z2, &l.z3);
        swap = bit;
        ladder_step(&l, &u);
    }
    /* The last bit of a private key is 0: nothing is left to swap. */
    f448_invert(&l.z2, &l.z2);
    f448_multiply(&l.x2, &l.x2, &l.z2);
    f448_write(result, &l.x2);
    ZEROISE(l);
}

/* decodeScalar448() */
static void read_private(uint8_t scalar[56], const uint8_t *private_key)
{
    memcpy(scalar, private_key, 56);
    scalar[0] &= 0xfc;
    scalar[55] |= 0x80;
}

/* On edwards448 there is a table: u = y^2 / x^2 is a homomorphism onto Curve448 that takes one base point to the other (RFC
 * 7748, 4.2). Where x is 0, for 4 L as a private key, u comes out as 0, and so it does from the ladder. */
static psa_status_t public_key(const struct sw_curve *curve, uint8_t *point, const uint8_t *private_key)
{
    uint8_t scalar[56];
    limb k[ED448_LIMBS];
    struct ed448_point product;
    struct f448 u;
    (void)curve;
    read_private(scalar, private_key);
    limbs_read_little(ED448_LIMBS, k, scalar);
    ed448_multiply_base(&product, k);
    f448_invert(&u, &product.x);
    f448_multiply(&u, &u, &product.y);
    f448_square(&u, &u);
    f448_write(point, &u);
    ZEROISE(scalar);
    ZEROISE(k);
    ZEROISE(product);
    return PSA_SUCCESS;
}

static psa_status_t agree(const struct sw_curve *curve, uint8_t *secret, const uint8_t *private_key, const uint8_t *point)
{
    uint8_t scalar[56];
    read_private(scalar, private_key);
    x448(secret, scalar, point);
    ZEROISE(scalar);
    return sw_montgomery_check_secret(curve, secret);
}

const struct sw_curve_arithmetic sw_x448 = {
    .public_key = public_key,
    .check_point = sw_montgomery_check_point,
    .agree = agree,
};

#endif
