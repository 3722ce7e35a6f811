/* SPDX-License-Identifier: Apache-2.0 */
/* Integers modulo the order n of P-256, always in 0..n-1. */
#ifndef SOFTWARE_ECC_P256_SCALAR_H
#define SOFTWARE_ECC_P256_SCALAR_H

#include "software/ecc/limbs.h"
#include "software/ecc/p256_portable.h"
#include "software/kernels.h"
#include "util/zeroise.h"

struct p256_scalar {
    limb v[P256_LIMBS];
};

/* 2^512 mod n */
static const struct p256_scalar p256_scalar_square_of_r = { { LIMB_WORD(0x83244c95be79eea2), LIMB_WORD(0x4699799c49bd6fa6),
                                                              LIMB_WORD(0x2845b2392b6bec59), LIMB_WORD(0x66e12d94f3d95620) } };

/* r = a b / 2^256 */
#if LIMB_BITS == 64

static inline void p256_scalar_multiply(struct p256_scalar *r, const struct p256_scalar *a, const struct p256_scalar *b)
{
    sw_kernels.p256_order_multiply(r->v, a->v, b->v);
}

#else

/* Called also because a compiler that sees through it keeps what a was, a private key, in places of its own. */
LIMBS_CALLED void p256_scalar_multiply(struct p256_scalar *r, const struct p256_scalar *a, const struct p256_scalar *b)
{
    limbs_multiply(P256_LIMBS, r->v, a->v, b->v, p256_order, P256_ORDER_INVERSE);
}

#endif

static inline void p256_scalar_to_montgomery(struct p256_scalar *r, const struct p256_scalar *a)
{
    p256_scalar_multiply(r, a, &p256_scalar_square_of_r);
}

static inline void p256_scalar_add(struct p256_scalar *r, const struct p256_scalar *a, const struct p256_scalar *b)
{
    limbs_add_mod(P256_LIMBS, r->v, a->v, b->v, p256_order);
}

/* r = a mod n, for any a of 256 bits: below 2n. */
static inline void p256_scalar_reduce(struct p256_scalar *r, const limb *a)
{
    limbs_reduce_once(P256_LIMBS, r->v, 0, a, p256_order);
}

/* r = r^(2^count) x, in Montgomery form. */
static inline void p256_scalar_shift_multiply(struct p256_scalar *r, unsigned count, const struct p256_scalar *x)
{
    while (count-- != 0) {
        p256_scalar_multiply(r, r, r);
    }
    p256_scalar_multiply(r, r, x);
}

/* powers[i] = a^(i + 1), i < 15 */
static inline void p256_scalar_powers(struct p256_scalar powers[15], const struct p256_scalar *a)
{
    powers[0] = *a;
    for (int i = 1; i < 15; i++) {
        p256_scalar_multiply(&powers[i], &powers[i - 1], a);
    }
}

/*
 * r = 1 / a = a^(n - 2) in Montgomery form, a not 0. n - 2 begins ffffffff 00000000 ffffffff ffffffff, for which there is
 * a^(2^32 - 1); the lower half goes by digits of four bits.
 */
static inline void p256_scalar_invert(struct p256_scalar *r, const struct p256_scalar *a)
{
    static const uint8_t low[] = { 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x4f };
    struct p256_scalar powers[15], x, t;
    p256_scalar_powers(powers, a);
    x = powers[14]; /* four ones */
    for (unsigned ones = 4; ones < 32; ones *= 2) {
        t = x;
        p256_scalar_shift_multiply(&x, ones, &t);
    }
    t = x;
    p256_scalar_shift_multiply(&t, 64, &x);
    p256_scalar_shift_multiply(&t, 32, &x);
    for (size_t i = 0; i < sizeof low; i++) { /* no digit is 0 */
        p256_scalar_shift_multiply(&t, 4, &powers[(low[i] >> 4) - 1]);
        p256_scalar_shift_multiply(&t, 4, &powers[(low[i] & 15) - 1]);
    }
    *r = t;
    ZEROISE(powers);
    ZEROISE(x);
    ZEROISE(t);
}

#endif
