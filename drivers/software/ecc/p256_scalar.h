/* SPDX-License-Identifier: Apache-2.0 */
/* Integers modulo the order n of P-256, always in 0..n-1. */
#ifndef SOFTWARE_ECC_P256_SCALAR_H
#define SOFTWARE_ECC_P256_SCALAR_H

#include "software/ecc/limbs_invert.h"
#include "software/ecc/p256_portable.h"
#include "software/kernels.h"

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

/* r = 1 / a in Montgomery form for a plain a; 0 for 0. */
static inline void p256_scalar_invert(struct p256_scalar *r, const struct p256_scalar *a)
{
    limbs_invert(P256_LIMBS, r->v, a->v, p256_order, P256_ORDER_INVERSE, 256);
    p256_scalar_to_montgomery(r, r);
}

#endif
