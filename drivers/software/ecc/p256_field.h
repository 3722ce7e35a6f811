/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of P-256 (SP 800-186, 3.2.1.3): integers modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1, always in 0..p-1, in
 * Montgomery form (x stands for x / 2^256).
 */
#ifndef SOFTWARE_ECC_P256_FIELD_H
#define SOFTWARE_ECC_P256_FIELD_H

#include "software/ecc/limbs_invert.h"
#include "software/ecc/p256_portable.h"
#include "software/kernels.h"
#include "util/zeroise.h"

struct p256_element {
    limb v[P256_LIMBS];
};

/* 2^256 mod p is the 1 of the Montgomery form; 2^512 mod p leads into it. */
static const struct p256_element p256_one = { { LIMB_WORD(0x0000000000000001), LIMB_WORD(0xffffffff00000000),
                                                LIMB_WORD(0xffffffffffffffff), LIMB_WORD(0x00000000fffffffe) } };
static const struct p256_element p256_square_of_r = { { LIMB_WORD(0x0000000000000003), LIMB_WORD(0xfffffffbffffffff),
                                                        LIMB_WORD(0xfffffffffffffffe), LIMB_WORD(0x00000004fffffffd) } };

#if LIMB_BITS == 64

static inline void p256_multiply(struct p256_element *r, const struct p256_element *a, const struct p256_element *b)
{
    sw_kernels.p256_multiply(r->v, a->v, b->v);
}

/* r = a^(2^count), count > 0. */
static inline void p256_square_times(struct p256_element *r, const struct p256_element *a, unsigned count)
{
    sw_kernels.p256_square(r->v, a->v, count);
}

#else

LIMBS_CALLED void p256_multiply(struct p256_element *r, const struct p256_element *a, const struct p256_element *b)
{
    limbs_multiply(P256_LIMBS, r->v, a->v, b->v, p256_prime, P256_PRIME_INVERSE);
}

LIMBS_CALLED void p256_square_times(struct p256_element *r, const struct p256_element *a, unsigned count)
{
    p256_multiply(r, a, a);
    while (--count != 0) {
        p256_multiply(r, r, r);
    }
}

#endif

static inline void p256_square(struct p256_element *r, const struct p256_element *a)
{
    p256_square_times(r, a, 1);
}

static inline void p256_add(struct p256_element *r, const struct p256_element *a, const struct p256_element *b)
{
    limbs_add_mod(P256_LIMBS, r->v, a->v, b->v, p256_prime);
}

static inline void p256_subtract(struct p256_element *r, const struct p256_element *a, const struct p256_element *b)
{
    limbs_subtract_mod(P256_LIMBS, r->v, a->v, b->v, p256_prime);
}

/* r = a / 2: a or a + p, whichever is even, shifted. */
static inline void p256_halve(struct p256_element *r, const struct p256_element *a)
{
    limb t[P256_LIMBS], mask = limb_barrier((limb)0 - (a->v[0] & 1u));
    for (int i = 0; i < P256_LIMBS; i++) {
        t[i] = p256_prime[i] & mask;
    }
    limb carry = limbs_add(P256_LIMBS, t, t, a->v);
    for (int i = 0; i < P256_LIMBS; i++) {
        limb above = i + 1 < P256_LIMBS ? t[i + 1] : carry;
        r->v[i] = (t[i] >> 1) | (above << (LIMB_BITS - 1));
    }
}

static inline limb p256_mask_zero(const struct p256_element *a)
{
    return limbs_mask_zero(P256_LIMBS, a->v);
}

/* r = -r where mask is all-ones. */
static inline void p256_negate_if(limb mask, struct p256_element *r)
{
    static const struct p256_element zero = { { 0 } };
    struct p256_element negative;
    p256_subtract(&negative, &zero, r);
    limbs_select(P256_LIMBS, r->v, mask, negative.v, r->v);
}

/* All-ones if the 32 bytes are an integer below p; r is it in Montgomery form then. */
static inline limb p256_read(struct p256_element *r, const uint8_t *bytes)
{
    struct p256_element x, t;
    limbs_read(P256_LIMBS, x.v, bytes);
    limb below = (limb)0 - limbs_subtract(P256_LIMBS, t.v, x.v, p256_prime);
    p256_multiply(r, &x, &p256_square_of_r);
    return below;
}

static inline void p256_from_montgomery(limb *r, const struct p256_element *a)
{
    static const struct p256_element one = { { 1 } };
    struct p256_element x;
    p256_multiply(&x, a, &one);
    memcpy(r, x.v, sizeof x.v);
    ZEROISE(x);
}

static inline void p256_write(uint8_t *bytes, const struct p256_element *a)
{
    limb x[P256_LIMBS];
    p256_from_montgomery(x, a);
    limbs_write(P256_LIMBS, bytes, x);
    ZEROISE(x); /* a shared secret */
}

/* r = 1 / a, 0 for 0: the inverse of x R is 1 / (x R), two factors R short. */
static inline void p256_invert(struct p256_element *r, const struct p256_element *a)
{
    limbs_invert(P256_LIMBS, r->v, a->v, p256_prime, P256_PRIME_INVERSE, 256);
    p256_multiply(r, r, &p256_square_of_r);
    p256_multiply(r, r, &p256_square_of_r);
}

#endif
