/* SPDX-License-Identifier: Apache-2.0 */
/* X25519 (RFC 7748, 5). */
#include <psacrypto/config.h>

#include "software/ecc/montgomery.h"

#if PSA_WANT_ECC_MONTGOMERY_255

#include "software/ecc/edwards25519.h"

struct ladder {
    struct f25519 x2, z2, x3, z3;
};

/* One step for all bits: (2 P2, P2 + P3), with P3 - P2 = (x1 : 1). */
static void ladder_step(struct ladder *l, const struct f25519 *x1)
{
    struct f25519 a, b, c, d, e;
    f25519_add(&a, &l->x2, &l->z2);
    f25519_subtract(&b, &l->x2, &l->z2);
    f25519_add(&c, &l->x3, &l->z3);
    f25519_subtract(&d, &l->x3, &l->z3);
    f25519_multiply(&d, &d, &a);
    f25519_multiply(&c, &c, &b);
    f25519_add(&e, &d, &c);
    f25519_square(&l->x3, &e);
    f25519_subtract(&e, &d, &c);
    f25519_square(&e, &e);
    f25519_multiply(&l->z3, &e, x1);
    f25519_square(&a, &a);
    f25519_square(&b, &b);
    f25519_multiply(&l->x2, &a, &b);
    f25519_subtract(&e, &a, &b);
    f25519_multiply_small(&c, &e, 121665);
    f25519_add(&a, &a, &c);
    f25519_multiply(&l->z2, &e, &a);
}

static void x25519(uint8_t result[32], const limb *k, const struct f25519 *u)
{
    struct ladder l = { f25519_one, f25519_zero, *u, f25519_one };
    limb swap = 0;
    for (unsigned t = 255; t-- > 0;) {
        limb bit = limbs_bits(F25519_LIMBS, k, t, 1);
        f25519_swap_if((limb)0 - (swap ^ bit), &l.x2, &l.x3);
        f25519_swap_if((limb)0 - (swap ^ bit), &l.z2, &l.z3);
        swap = bit;
        ladder_step(&l, u);
    }
    /* The last bit of a private key is 0: nothing is left to swap. */
    f25519_invert(&l.z2, &l.z2);
    f25519_multiply(&l.x2, &l.x2, &l.z2);
    f25519_write(result, &l.x2);
    ZEROISE(l);
}

/* decodeScalar25519() */
static void read_private(limb *k, const uint8_t *private_key)
{
    limbs_read_little(F25519_LIMBS, k, private_key);
    k[0] &= ~(limb)7;
    k[F25519_LIMBS - 1] &= ~((limb)1 << (LIMB_BITS - 1));
    k[F25519_LIMBS - 1] |= (limb)1 << (LIMB_BITS - 2);
}

/* On edwards25519, which is the same curve, there is a table: u = (1 + y) / (1 - y) (RFC 7748, 4.1). y is not 1, as a
 * private key is a multiple of 8 below 8 L and not 0. */
static psa_status_t public_key(const struct sw_curve *curve, uint8_t *point, const uint8_t *private_key)
{
    limb k[F25519_LIMBS];
    struct ed25519_point product;
    struct f25519 u;
    (void)curve;
    read_private(k, private_key);
    ed25519_multiply_base(&product, k);
    f25519_subtract(&u, &product.z, &product.y);
    f25519_invert(&u, &u);
    f25519_add(&product.y, &product.z, &product.y);
    f25519_multiply(&u, &u, &product.y);
    f25519_write(point, &u);
    ZEROISE(k);
    ZEROISE(product);
    return PSA_SUCCESS;
}

/* Any bytes are a public key: the top bit is ignored, values from p on are reduced, points of the twist do no harm. */
static psa_status_t check_point(const struct sw_curve *curve, const uint8_t *point)
{
    (void)curve;
    (void)point;
    return PSA_SUCCESS;
}

static psa_status_t agree(const struct sw_curve *curve, uint8_t *secret, const uint8_t *private_key, const uint8_t *point)
{
    limb k[F25519_LIMBS];
    struct f25519 u;
    read_private(k, private_key);
    f25519_read(&u, point);
    u.v[F25519_LIMBS - 1] &= ~((limb)1 << (LIMB_BITS - 1));
    x25519(secret, k, &u);
    ZEROISE(k);
    return sw_montgomery_check_secret(curve, secret);
}

const struct sw_curve_arithmetic sw_x25519 = {
    .public_key = public_key,
    .check_point = check_point,
    .agree = agree,
};

#endif
