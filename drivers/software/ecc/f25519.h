/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of Curve25519 and Edwards25519: integers modulo p = 2^255 - 19. An element is any integer below 2^256 that has
 * the residue; what overflows comes back as 38, for 2^256 = 38. Only f25519_write() and the comparisons look at residues.
 */
#ifndef SOFTWARE_ECC_F25519_H
#define SOFTWARE_ECC_F25519_H

#include "software/ecc/f25519_portable.h"
#include "software/ecc/limbs.h"
#include "software/kernels.h"
#include "util/zeroise.h"

struct f25519 {
    limb v[F25519_LIMBS];
};

static const struct f25519 f25519_zero = { { 0 } }, f25519_one = { { 1 } };

#if LIMB_BITS == 64

static inline void f25519_multiply(struct f25519 *r, const struct f25519 *a, const struct f25519 *b)
{
    sw_kernels.f25519_multiply(r->v, a->v, b->v);
}

/* r = a^(2^count), count > 0. */
static inline void f25519_square_times(struct f25519 *r, const struct f25519 *a, unsigned count)
{
    sw_kernels.f25519_square(r->v, a->v, count);
}

#else

LIMBS_CALLED void f25519_multiply(struct f25519 *r, const struct f25519 *a, const struct f25519 *b)
{
    f25519_multiply_limbs(r->v, a->v, b->v);
}

LIMBS_CALLED void f25519_square_times(struct f25519 *r, const struct f25519 *a, unsigned count)
{
    f25519_multiply(r, a, a);
    while (--count != 0) {
        f25519_multiply(r, r, r);
    }
}

#endif

static inline void f25519_square(struct f25519 *r, const struct f25519 *a)
{
    f25519_square_times(r, a, 1);
}

static inline void f25519_add(struct f25519 *r, const struct f25519 *a, const struct f25519 *b)
{
    limb t[F25519_LIMBS] = { 0 };
    t[0] = 38u & ((limb)0 - limbs_add(F25519_LIMBS, r->v, a->v, b->v));
    /* A second carry leaves a value below 38. */
    r->v[0] += 38u & ((limb)0 - limbs_add(F25519_LIMBS, r->v, r->v, t));
}

static inline void f25519_subtract(struct f25519 *r, const struct f25519 *a, const struct f25519 *b)
{
    limb t[F25519_LIMBS] = { 0 };
    t[0] = 38u & ((limb)0 - limbs_subtract(F25519_LIMBS, r->v, a->v, b->v));
    /* A second borrow leaves a value not below 2^256 - 38. */
    r->v[0] -= 38u & ((limb)0 - limbs_subtract(F25519_LIMBS, r->v, r->v, t));
}

/* r = a * small, small < 2^17. */
static inline void f25519_multiply_small(struct f25519 *r, const struct f25519 *a, limb small)
{
    limb carry = 0;
    for (int i = 0; i < F25519_LIMBS; i++) {
        limb2 x = (limb2)a->v[i] * small + carry;
        r->v[i] = (limb)x;
        carry = (limb)(x >> LIMB_BITS);
    }
    f25519_fold_carry(r->v, carry); /* below 2^17: 38 times that fits a limb */
}

static inline void f25519_swap_if(limb mask, struct f25519 *a, struct f25519 *b)
{
    for (int i = 0; i < F25519_LIMBS; i++) {
        limb t = limb_barrier(mask) & (a->v[i] ^ b->v[i]);
        a->v[i] ^= t;
        b->v[i] ^= t;
    }
}

static inline void f25519_negate_if(limb mask, struct f25519 *r)
{
    struct f25519 negative;
    f25519_subtract(&negative, &f25519_zero, r);
    limbs_select(F25519_LIMBS, r->v, mask, negative.v, r->v);
}

/* r = a in 0..p-1. */
static inline void f25519_canonical(struct f25519 *r, const struct f25519 *a)
{
    limb t[F25519_LIMBS] = { 0 }, top_bit = (limb)1 << (LIMB_BITS - 1);
    *r = *a;
    t[0] = 19u * (r->v[F25519_LIMBS - 1] >> (LIMB_BITS - 1)); /* bit 255 */
    r->v[F25519_LIMBS - 1] &= ~top_bit;
    (void)limbs_add(F25519_LIMBS, r->v, r->v, t); /* below 2^255 + 19, so below 2p */
    t[0] = 19;
    (void)limbs_add(F25519_LIMBS, t, r->v, t); /* r >= p exactly if r + 19 >= 2^255 */
    limb mask = (limb)0 - (t[F25519_LIMBS - 1] >> (LIMB_BITS - 1));
    t[F25519_LIMBS - 1] &= ~top_bit;
    limbs_select(F25519_LIMBS, r->v, mask, t, r->v);
    ZEROISE(t);
}

/* 32 bytes, little-endian; all 256 bits. */
static inline void f25519_read(struct f25519 *r, const uint8_t *bytes)
{
    limbs_read_little(F25519_LIMBS, r->v, bytes);
}

static inline void f25519_write(uint8_t *bytes, const struct f25519 *a)
{
    struct f25519 t;
    f25519_canonical(&t, a);
    limbs_write_little(F25519_LIMBS, bytes, t.v);
    ZEROISE(t); /* a shared secret */
}

/* All-ones if a is 0 modulo p. */
static inline limb f25519_mask_zero(const struct f25519 *a)
{
    struct f25519 t;
    f25519_canonical(&t, a);
    return limbs_mask_zero(F25519_LIMBS, t.v);
}

/* r = x^(2^shift) y: appends shift bits to an exponent. */
static inline void f25519_shift_multiply(struct f25519 *r, const struct f25519 *x, unsigned shift, const struct f25519 *y)
{
    struct f25519 t;
    f25519_square_times(&t, x, shift);
    f25519_multiply(r, &t, y);
}

/* x250 = a^(2^250 - 1), a11 = a^11 */
static inline void f25519_power_chain(struct f25519 *x250, struct f25519 *a11, const struct f25519 *a)
{
    struct f25519 a2, a9, x5, x10, x20, x40, x50, x100, t; /* xk = a^(2^k - 1) */
    f25519_square(&a2, a);
    f25519_shift_multiply(&a9, &a2, 2, a);
    f25519_multiply(a11, &a9, &a2);
    f25519_shift_multiply(&x5, a11, 1, &a9); /* 22 + 9 = 31 */
    f25519_shift_multiply(&x10, &x5, 5, &x5);
    f25519_shift_multiply(&x20, &x10, 10, &x10);
    f25519_shift_multiply(&x40, &x20, 20, &x20);
    f25519_shift_multiply(&x50, &x40, 10, &x10);
    f25519_shift_multiply(&x100, &x50, 50, &x50);
    f25519_shift_multiply(&t, &x100, 100, &x100);
    f25519_shift_multiply(x250, &t, 50, &x50);
}

/* r = 1 / a = a^(2^255 - 21), 0 for 0. */
static inline void f25519_invert(struct f25519 *r, const struct f25519 *a)
{
    struct f25519 x250, a11;
    f25519_power_chain(&x250, &a11, a);
    f25519_shift_multiply(r, &x250, 5, &a11);
}

/* r = a^((p - 5) / 8) = a^(2^252 - 3) */
static inline void f25519_power_sqrt(struct f25519 *r, const struct f25519 *a)
{
    struct f25519 x250, a11;
    f25519_power_chain(&x250, &a11, a);
    f25519_shift_multiply(r, &x250, 2, a);
}

#endif
