/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of P-521 (SP 800-186, 3.2.1.5): integers modulo p = 2^521 - 1.
 *
 * An element is the sum of v[i] 2^(W i) with L = 9 (18) limbs of W = 58 (29) bits in words of 64 (32), so that sums need no carry
 * from limb to limb; 2^(W L) = 2^522 = 2. What every function takes and gives is tight: limbs of at most T = 2^W + 2^8. Such an
 * element has up to three forms; p521_canonical() makes the least. Outputs may be inputs.
 */
#ifndef SOFTWARE_ECC_P521_FIELD_H
#define SOFTWARE_ECC_P521_FIELD_H

#include "software/ecc/limbs.h"
#include "util/zeroise.h"

#define P521_LIMBS (576 / LIMB_BITS)
#define P521_LIMB_BITS (522 / P521_LIMBS)
#define P521_LIMB_MASK (((limb)1 << P521_LIMB_BITS) - 1u)
#define P521_INTEGER_LIMBS ((521 + LIMB_BITS - 1) / LIMB_BITS)

/* r = a in tight limbs, for limbs of a that fill a word: a carry is below 2^6 (2^3), and twice that is added to limb 0. */
static inline void p521_settle(limb *r, const limb *a)
{
    limb carry = 2u * (a[P521_LIMBS - 1] >> P521_LIMB_BITS);
    for (int i = 0; i < P521_LIMBS; i++) {
        limb x = a[i];
        r[i] = (x & P521_LIMB_MASK) + carry;
        carry = x >> P521_LIMB_BITS;
    }
}

static inline void p521_add(limb *r, const limb *a, const limb *b)
{
    limb sum[P521_LIMBS];
    for (int i = 0; i < P521_LIMBS; i++) {
        sum[i] = a[i] + b[i];
    }
    p521_settle(r, sum);
}

/* Limb i of 4 p = 2^523 - 4: twice a full limb and more than T, but for the lowest that of 2 (2^W - 2). */
static inline limb p521_limb_of_4p(int i)
{
    return 2u * P521_LIMB_MASK - (limb)(i == 0 ? 2u : 0u);
}

/* r = a + 4 p - b: limbs below 3 T. */
static inline void p521_subtract(limb *r, const limb *a, const limb *b)
{
    limb difference[P521_LIMBS];
    for (int i = 0; i < P521_LIMBS; i++) {
        difference[i] = a[i] + p521_limb_of_4p(i) - b[i];
    }
    p521_settle(r, difference);
}

/* The sum of (a[i] - a[j]) (b[i] - b[j]) for first <= i < j, i + j = sum: modulo 2^(2 LIMB_BITS), as it may be negative. */
static inline limb2 p521_crossed(const limb *a, const limb *b, int first, int sum)
{
    limb2 x = 0;
    for (int i = first; 2 * i < sum; i++) {
        limb_signed difference = (limb_signed)a[i] - (limb_signed)a[sum - i];
        x += (limb2)((limb2_signed)difference * ((limb_signed)b[i] - (limb_signed)b[sum - i]));
    }
    return x;
}

/* Column i is the sum of a[j] b[k] for j + k = i and of twice those for j + k = L + i. With a[j] b[k] + a[k] b[j] =
 * a[j] b[j] + a[k] b[k] - (a[j] - a[k]) (b[j] - b[k]), half of the multiplications make each column of the L products
 * a[j] b[j], those of 0..i once and the others twice. sums[i]: of the first i of them. */
static inline limb2 p521_product_column(const limb *a, const limb *b, const limb2 *sums, int i)
{
    return 2u * sums[P521_LIMBS] - sums[i + 1] - p521_crossed(a, b, 0, i) - 2u * p521_crossed(a, b, i + 1, P521_LIMBS + i);
}

static inline void p521_sum_products(limb2 *sums, const limb *a, const limb *b)
{
    sums[0] = 0;
    for (int i = 0; i < P521_LIMBS; i++) {
        sums[i + 1] = sums[i] + (limb2)a[i] * b[i];
    }
}

/* The products a[j] a[sum - j] for first <= j <= sum - first: every one but that of the middle comes twice. 2 a[j] has room. */
static inline limb2 p521_square_column(const limb *a, int first, int sum)
{
    limb2 x = sum % 2 == 0 ? (limb2)a[sum / 2] * a[sum / 2] : 0;
    for (int j = first; 2 * j < sum; j++) {
        x += (limb2)(2u * a[j]) * a[sum - j];
    }
    return x;
}

/* Limb i of a product from column i and the carry so far. A column is the sum of i + 1 products and of twice L - 1 - i that belong to
 * column L + i: at most (2 L - 1) T^2 < 2^120.1 (2^63.2). With a carry below 2^63 (2^35) that is below 2^121 (2^63.3), and gives
 * the next carry. */
static inline uint64_t p521_put_column(limb *r, limb2 column, uint64_t carry)
{
    limb2 x = column + carry;
    *r = (limb)x & P521_LIMB_MASK;
    return (uint64_t)(x >> P521_LIMB_BITS);
}

/* What the last column carries counts twice in limb 0, which is full at most: limb 1 gets less than 2^7. */
static inline void p521_fold_carry(limb *r, uint64_t carry)
{
    limb2 x = 2u * (limb2)carry + r[0];
    r[0] = (limb)x & P521_LIMB_MASK;
    r[1] += (limb)(x >> P521_LIMB_BITS);
}

static inline limb2 p521_whole_square_column(const limb *a, int i)
{
    return 2u * p521_square_column(a, i + 1, P521_LIMBS + i) + p521_square_column(a, 0, i);
}

#if LIMB_BITS == 64

/* Compilers unroll what is written out. */
static inline void p521_multiply(limb *r, const limb *a, const limb *b)
{
    limb2 sums[P521_LIMBS + 1];
    limb t[P521_LIMBS];
    p521_sum_products(sums, a, b);
    uint64_t carry = p521_put_column(&t[0], p521_product_column(a, b, sums, 0), 0);
    carry = p521_put_column(&t[1], p521_product_column(a, b, sums, 1), carry);
    carry = p521_put_column(&t[2], p521_product_column(a, b, sums, 2), carry);
    carry = p521_put_column(&t[3], p521_product_column(a, b, sums, 3), carry);
    carry = p521_put_column(&t[4], p521_product_column(a, b, sums, 4), carry);
    carry = p521_put_column(&t[5], p521_product_column(a, b, sums, 5), carry);
    carry = p521_put_column(&t[6], p521_product_column(a, b, sums, 6), carry);
    carry = p521_put_column(&t[7], p521_product_column(a, b, sums, 7), carry);
    carry = p521_put_column(&t[8], p521_product_column(a, b, sums, 8), carry);
    p521_fold_carry(t, carry);
    memcpy(r, t, sizeof t);
}

static inline void p521_square(limb *r, const limb *a)
{
    limb t[P521_LIMBS];
    uint64_t carry = p521_put_column(&t[0], p521_whole_square_column(a, 0), 0);
    carry = p521_put_column(&t[1], p521_whole_square_column(a, 1), carry);
    carry = p521_put_column(&t[2], p521_whole_square_column(a, 2), carry);
    carry = p521_put_column(&t[3], p521_whole_square_column(a, 3), carry);
    carry = p521_put_column(&t[4], p521_whole_square_column(a, 4), carry);
    carry = p521_put_column(&t[5], p521_whole_square_column(a, 5), carry);
    carry = p521_put_column(&t[6], p521_whole_square_column(a, 6), carry);
    carry = p521_put_column(&t[7], p521_whole_square_column(a, 7), carry);
    carry = p521_put_column(&t[8], p521_whole_square_column(a, 8), carry);
    p521_fold_carry(t, carry);
    memcpy(r, t, sizeof t);
}

#else

LIMBS_CALLED void p521_multiply(limb *r, const limb *a, const limb *b)
{
    limb2 sums[P521_LIMBS + 1];
    limb t[P521_LIMBS];
    uint64_t carry = 0;
    p521_sum_products(sums, a, b);
    for (int i = 0; i < P521_LIMBS; i++) {
        carry = p521_put_column(&t[i], p521_product_column(a, b, sums, i), carry);
    }
    p521_fold_carry(t, carry);
    memcpy(r, t, sizeof t);
}

LIMBS_CALLED void p521_square(limb *r, const limb *a)
{
    limb t[P521_LIMBS];
    uint64_t carry = 0;
    for (int i = 0; i < P521_LIMBS; i++) {
        carry = p521_put_column(&t[i], p521_whole_square_column(a, i), carry);
    }
    p521_fold_carry(t, carry);
    memcpy(r, t, sizeof t);
}

#endif

/* r = a^(2^count), count > 0. */
static inline void p521_square_times(limb *r, const limb *a, unsigned count)
{
    p521_square(r, a);
    while (--count != 0) {
        p521_square(r, r);
    }
}

/* r += carry with every limb but the highest below 2^W and that below 2^(W - 1); the answer is what is left above 2^521. */
static inline limb p521_carry(limb *r, limb carry)
{
    for (int i = 0; i < P521_LIMBS; i++) {
        int bits = P521_LIMB_BITS - (i == P521_LIMBS - 1);
        limb x = r[i] + carry;
        r[i] = x & (((limb)1 << bits) - 1u);
        carry = x >> bits;
    }
    return carry;
}

/* r = a in 0..p-1. a is below 2^521 (2 + 2^-20): at most 2 above 2^521, which come back as so much. Then it is 2^521 + 1 at most,
 * and where that passes 2^521 again, no carry is left. What is p gives 2^521 with 1 more. */
static inline void p521_canonical(limb *r, const limb *a)
{
    limb t[P521_LIMBS], reduced[P521_LIMBS];
    memcpy(t, a, sizeof t);
    limb above = p521_carry(t, 0);
    above = p521_carry(t, above);
    (void)p521_carry(t, above);
    memcpy(reduced, t, sizeof t);
    limb is_p = (limb)0 - p521_carry(reduced, 1);
    limbs_select(P521_LIMBS, r, is_p, reduced, t);
    ZEROISE(t);
    ZEROISE(reduced);
}

/* All-ones if a is 0 modulo p. */
static inline limb p521_mask_zero(const limb *a)
{
    limb t[P521_LIMBS];
    p521_canonical(t, a);
    limb is_zero = limbs_mask_zero(P521_LIMBS, t);
    ZEROISE(t);
    return is_zero;
}

/* From an integer below 2^528 in limbs without gaps: what is above 2^522 counts twice. */
static inline void p521_from_integer(limb *r, const limb *integer)
{
    limb t[P521_LIMBS];
    for (int i = 0; i < P521_LIMBS; i++) {
        t[i] = limbs_slice(P521_INTEGER_LIMBS, integer, (unsigned)(i * P521_LIMB_BITS), P521_LIMB_BITS);
    }
    t[0] += 2u * (integer[P521_INTEGER_LIMBS - 1] >> (522 % LIMB_BITS));
    memcpy(r, t, sizeof t);
    ZEROISE(t);
}

/* In 0..p-1. */
static inline void p521_to_integer(limb *integer, const limb *a)
{
    limb t[P521_LIMBS];
    p521_canonical(t, a);
    memset(integer, 0, P521_INTEGER_LIMBS * sizeof *integer);
    for (int i = 0; i < P521_LIMBS; i++) {
        limbs_put_slice(P521_INTEGER_LIMBS, integer, (unsigned)(i * P521_LIMB_BITS), t[i]);
    }
    ZEROISE(t);
}

#endif
