/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of Curve448 and edwards448: integers modulo p = 2^448 - 2^224 - 1, in limbs as f448_portable.h says.
 *
 * What each function takes and gives, T being a little more than a full limb: products, settled elements and what was read
 * are tight, that is T; a sum of two is 2 T. A difference of two is 3 T where limbs have 64 bits, which leave room for it, and
 * settled where they have 32. So the operands of a product may be tight ones, sums and differences of tight ones in any
 * combination; the operands of f448_subtract(), and what is compared, written or negated, have to be tight.
 */
#ifndef SOFTWARE_ECC_F448_H
#define SOFTWARE_ECC_F448_H

#include "software/ecc/f448_portable.h"
#include "software/kernels.h"
#include "util/zeroise.h"

struct f448 {
    limb v[F448_LIMBS];
};

static const struct f448 f448_zero = { { 0 } }, f448_one = { { 1 } };

/* r = a in tight limbs, for limbs up to 16 T: a carry is at most 16, two of them are added to limb H. */
static inline void f448_settle(struct f448 *r, const struct f448 *a)
{
    limb top = a->v[F448_LIMBS - 1] >> F448_LIMB_BITS, carry = top;
    for (int i = 0; i < F448_LIMBS; i++) {
        limb x = a->v[i];
        r->v[i] = (x & F448_LIMB_MASK) + carry;
        carry = x >> F448_LIMB_BITS;
    }
    r->v[F448_HALF] += top;
}

#if LIMB_BITS == 64

static inline void f448_multiply(struct f448 *r, const struct f448 *a, const struct f448 *b)
{
    sw_kernels.f448_multiply(r->v, a->v, b->v);
}

/* r = a^(2^count), count > 0. */
static inline void f448_square_times(struct f448 *r, const struct f448 *a, unsigned count)
{
    sw_kernels.f448_square(r->v, a->v, count);
}

static inline void f448_settle_difference(struct f448 *r)
{
    (void)r;
}

#else

LIMBS_CALLED void f448_multiply(struct f448 *r, const struct f448 *a, const struct f448 *b)
{
    f448_multiply_limbs(r->v, a->v, b->v);
}

LIMBS_CALLED void f448_square_times(struct f448 *r, const struct f448 *a, unsigned count)
{
    f448_square_limbs(r->v, a->v);
    while (--count != 0) {
        f448_square_limbs(r->v, r->v);
    }
}

static inline void f448_settle_difference(struct f448 *r)
{
    f448_settle(r, r);
}

#endif

static inline void f448_square(struct f448 *r, const struct f448 *a)
{
    f448_square_times(r, a, 1);
}

static inline void f448_add(struct f448 *r, const struct f448 *a, const struct f448 *b)
{
    for (int i = 0; i < F448_LIMBS; i++) {
        r->v[i] = a->v[i] + b->v[i];
    }
}

/* Limb i of p: all of them are full but for the one of 2^224. */
static inline limb f448_prime_limb(int i)
{
    return F448_LIMB_MASK - (limb)(i == F448_HALF);
}

/* r = a + 2 p - b. */
static inline void f448_subtract(struct f448 *r, const struct f448 *a, const struct f448 *b)
{
    for (int i = 0; i < F448_LIMBS; i++) {
        r->v[i] = a->v[i] + 2u * f448_prime_limb(i) - b->v[i];
    }
    f448_settle_difference(r);
}

/* r = a - b - c, tight; a may be a sum. */
static inline void f448_subtract_both(struct f448 *r, const struct f448 *a, const struct f448 *b, const struct f448 *c)
{
    struct f448 t;
    for (int i = 0; i < F448_LIMBS; i++) {
        t.v[i] = a->v[i] + 4u * f448_prime_limb(i) - b->v[i] - c->v[i];
    }
    f448_settle(r, &t);
}

/* r = a small, for limbs of a up to 3 T and small < 2^16: columns of W + 18 bits. */
static inline void f448_multiply_small(struct f448 *r, const struct f448 *a, limb small)
{
    limb2 c[F448_LIMBS];
    for (int i = 0; i < F448_LIMBS; i++) {
        c[i] = (limb2)a->v[i] * small;
    }
    f448_reduce_columns(r->v, c);
}

static inline void f448_swap_if(limb mask, struct f448 *a, struct f448 *b)
{
    for (int i = 0; i < F448_LIMBS; i++) {
        limb t = limb_barrier(mask) & (a->v[i] ^ b->v[i]);
        a->v[i] ^= t;
        b->v[i] ^= t;
    }
}

/* r = -r, tight again. */
static inline void f448_negate_if(limb mask, struct f448 *r)
{
    struct f448 negative;
    f448_subtract(&negative, &f448_zero, r);
    f448_settle(&negative, &negative);
    limbs_select(F448_LIMBS, r->v, mask, negative.v, r->v);
}

/* r += low + 2^224 high with every limb below 2^W; the answer is what is left above 2^448. */
static inline limb f448_add_carry(struct f448 *r, limb low, limb high)
{
    limb carry = low;
    for (int i = 0; i < F448_LIMBS; i++) {
        limb x = r->v[i] + carry + (i == F448_HALF ? high : 0u);
        r->v[i] = x & F448_LIMB_MASK;
        carry = x >> F448_LIMB_BITS;
    }
    return carry;
}

/* r = a in 0..p-1. A tight element is below 2 p, and not below p exactly if adding 2^448 - p = 2^224 + 1 passes 2^448;
 * what is then left below is the element less p. */
static inline void f448_canonical(struct f448 *r, const struct f448 *a)
{
    struct f448 t = *a, reduced = *a;
    limb mask = (limb)0 - f448_add_carry(&reduced, 1, 1);
    (void)f448_add_carry(&t, 0, 0);
    limbs_select(F448_LIMBS, r->v, mask, reduced.v, t.v);
    ZEROISE(t);
    ZEROISE(reduced);
}

/* From words of 56 bits, as tables have them, and back. */
static inline void f448_from_words(struct f448 *r, const uint64_t words[8])
{
    for (int i = 0; i < F448_LIMBS; i++) {
        r->v[i] = (limb)(words[8 * i / F448_LIMBS] >> (i * F448_LIMB_BITS % 56)) & F448_LIMB_MASK;
    }
}

static inline void f448_to_words(uint64_t words[8], const struct f448 *a)
{
    memset(words, 0, 8 * sizeof words[0]);
    for (int i = 0; i < F448_LIMBS; i++) {
        words[8 * i / F448_LIMBS] |= (uint64_t)a->v[i] << (i * F448_LIMB_BITS % 56);
    }
}

/* 56 bytes, little-endian. */
static inline void f448_read(struct f448 *r, const uint8_t *bytes)
{
    uint64_t words[8] = { 0 };
    for (int i = 0; i < 56; i++) {
        words[i / 7] |= (uint64_t)bytes[i] << (8 * (i % 7));
    }
    f448_from_words(r, words);
}

static inline void f448_write(uint8_t *bytes, const struct f448 *a)
{
    struct f448 t;
    uint64_t words[8];
    f448_canonical(&t, a);
    f448_to_words(words, &t);
    for (int i = 0; i < 56; i++) {
        bytes[i] = (uint8_t)(words[i / 7] >> (8 * (i % 7)));
    }
    ZEROISE(t); /* a shared secret */
    ZEROISE(words);
}

/* All-ones if a is 0 modulo p. */
static inline limb f448_mask_zero(const struct f448 *a)
{
    struct f448 t;
    f448_canonical(&t, a);
    return limbs_mask_zero(F448_LIMBS, t.v);
}

/* r = x^(2^shift) y: appends shift bits to an exponent. */
static inline void f448_shift_multiply(struct f448 *r, const struct f448 *x, unsigned shift, const struct f448 *y)
{
    struct f448 t;
    f448_square_times(&t, x, shift);
    f448_multiply(r, &t, y);
}

/* r = a^((p - 3) / 4), (p - 3) / 4 = 2^446 - 2^222 - 1: 223 ones, a zero, 222 ones. */
static inline void f448_power_sqrt(struct f448 *r, const struct f448 *a)
{
    struct f448 x3, x9, x18, x37, x111, x222, t; /* xk = a^(2^k - 1) */
    f448_shift_multiply(&t, a, 1, a);
    f448_shift_multiply(&x3, &t, 1, a);
    f448_shift_multiply(&t, &x3, 3, &x3);
    f448_shift_multiply(&x9, &t, 3, &x3);
    f448_shift_multiply(&x18, &x9, 9, &x9);
    f448_shift_multiply(&t, &x18, 18, &x18);
    f448_shift_multiply(&x37, &t, 1, a);
    f448_shift_multiply(&t, &x37, 37, &x37);
    f448_shift_multiply(&x111, &t, 37, &x37);
    f448_shift_multiply(&x222, &x111, 111, &x111);
    f448_shift_multiply(&t, &x222, 1, a);
    f448_shift_multiply(r, &t, 223, &x222);
}

/* r = 1 / a = a^(p - 2), p - 2 = 4 (p - 3) / 4 + 1; 0 for 0. */
static inline void f448_invert(struct f448 *r, const struct f448 *a)
{
    struct f448 t;
    f448_power_sqrt(&t, a);
    f448_shift_multiply(r, &t, 2, a);
}

#endif
