/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multiplication of points of P-256 by secret scalars k, 1 <= k < n. Constant-time.
 *
 * An odd k is written with 52 odd digits of five bits, none of them 0: k = sum d[i] 32^i, d[i] in {+-1, +-3, ..., +-31},
 * d[51] = 1. With A[i] = floor(k / 32^i) | 1, d[i] = (A[i] mod 64) - 32, and A[i] = 32 A[i + 1] + d[i] (Joye and Tunstall,
 * AFRICACRYPT 2009). For an even k, -(n - k) P is computed, n being odd.
 *
 * Because no digit is 0 there is no O on the way, and because of what follows equal or opposite points never meet.
 */
#ifndef SOFTWARE_ECC_P256_MULTIPLY_H
#define SOFTWARE_ECC_P256_MULTIPLY_H

#include "software/ecc/p256_point.h"
#include "software/ecc/p256_scalar.h"
#include "software/ecc/p256_table.h"
#include "util/zeroise.h"

#define P256_DIGITS 52u

struct p256_digit {
    uint32_t index;      /* |d| = 2 index + 1 */
    limb negative;  /* all-ones or 0 */
};

/* d[i], i < 51, of an odd k. Bit 5 of the six bits that A[i] mod 64 has tells the sign; if it is 0, |d| = 32 - (low | 1). */
static inline struct p256_digit p256_digit(const limb *k, unsigned i)
{
    uint32_t bits = limbs_bits(P256_LIMBS, k, 5u * i, 6);
    uint32_t negative = ct_barrier32((bits >> 5) - 1u); /* all-ones for a 0 */
    struct p256_digit digit = { ((bits >> 1) ^ negative) & 15u, (limb)0 - (limb)(negative & 1u) };
    return digit;
}

/* odd = k or n - k, whichever is odd; the answer is all-ones for n - k. */
static inline limb p256_make_odd(limb *odd, const limb *k)
{
    limb negated = limb_barrier((k[0] & 1u) - 1u), difference[P256_LIMBS];
    (void)limbs_subtract(P256_LIMBS, difference, p256_order, k);
    limbs_select(P256_LIMBS, odd, negated, difference, k);
    ZEROISE(difference);
    return negated;
}

/* ---- k G ---- */

/* entry = +-T[digit.index], which is read whole. */
static inline void p256_table_lookup(struct p256_affine *entry, const uint64_t table[16][8], struct p256_digit digit)
{
    uint64_t words[8] = { 0 };
    for (uint32_t i = 0; i < 16; i++) {
        uint64_t mask = ct_barrier64((uint64_t)0 - (uint64_t)(ct_mask_equal32(i, digit.index) & 1u));
        for (int j = 0; j < 8; j++) {
            words[j] |= table[i][j] & mask;
        }
    }
    limbs_from_words(P256_LIMBS, entry->x.v, words);
    limbs_from_words(P256_LIMBS, entry->y.v, words + 4);
    p256_negate_if(digit.negative, &entry->y);
    ZEROISE(words);
}

static inline void p256_add_digit(struct p256_point *r, const uint64_t table[16][8], struct p256_digit digit)
{
    struct p256_affine entry;
    struct p256_element h, w;
    p256_table_lookup(&entry, table, digit);
    p256_add_affine(r, &h, &w, r, &entry);
    ZEROISE(entry);
}

/*
 * r = k G with p256_table[t][j] = (2 j + 1) 2^(10 t) G: first the sum S of d[2 t + 1] 2^(10 t), then 32 S, then the sum of
 * d[2 t] 2^(10 t) added to it; both from t = 25 down.
 *
 * Why the points that meet are neither equal nor opposite, that is, why for a partial sum F and the d 2^(10 t) to be added
 * F + d 2^(10 t) and F - d 2^(10 t) are no multiples of n:
 * - In S: F is within 2^250 +- 2^246, the addend below 2^246: both are between 0 and n.
 * - After 32 S: F + d 2^(10 t) and F - d 2^(10 t) are numbers of 52 digits with some digits at the end taken as 0, so
 *   that they are at least 2^255 - 31 (32^51 - 1) / 31 = 1 and at most 2^256 - 1 < 2 n. For t > 0 they are even, since S is
 *   odd, so that they are not n. For t = 0 F + d is k or n - k, below n. F - d = n would mean F + d = n + 2 d, d < 0 and
 *   F = n + d; but F = 32 and n = 17 (mod 64), so that d = 15 (mod 64), which no negative digit is.
 */
static inline void p256_multiply_base(struct p256_point *r, const limb *k)
{
    limb odd[P256_LIMBS];
    struct p256_affine first;
    limb negated = p256_make_odd(odd, k);
    struct p256_digit one = { 0, 0 };

    p256_table_lookup(&first, p256_table[25], one); /* d[51] */
    p256_from_affine(r, &first);
    for (unsigned t = 25; t-- > 0;) {
        p256_add_digit(r, p256_table[t], p256_digit(odd, 2u * t + 1u));
    }
    for (int i = 0; i < 5; i++) {
        p256_double(r, r);
    }
    for (unsigned t = 26; t-- > 0;) {
        p256_add_digit(r, p256_table[t], p256_digit(odd, 2u * t));
    }
    p256_negate_if(negated, &r->y);
    ZEROISE(odd);
}

/* ---- k P ---- */

/* table[i] = (2 i + 1) P, P being table[0]. The sums are of 2 P and another odd multiple below 32 P, on a curve of prime order. */
static inline void p256_odd_multiples(struct p256_point *table, unsigned count)
{
    struct p256_point twice;
    struct p256_element h, w;
    p256_double(&twice, &table[0]);
    for (unsigned i = 1; i < count; i++) {
        p256_add_points(&table[i], &h, &w, &table[i - 1], &twice);
    }
}

static inline void p256_lookup(struct p256_point *entry, const struct p256_point table[16], struct p256_digit digit)
{
    memset(entry, 0, sizeof *entry);
    for (uint32_t i = 0; i < 16; i++) {
        limb mask = limb_barrier((limb)0 - (limb)(ct_mask_equal32(i, digit.index) & 1u));
        for (int j = 0; j < P256_LIMBS; j++) {
            entry->x.v[j] |= table[i].x.v[j] & mask;
            entry->y.v[j] |= table[i].y.v[j] & mask;
            entry->z.v[j] |= table[i].z.v[j] & mask;
        }
    }
    p256_negate_if(digit.negative, &entry->y);
}

/*
 * r = k P, from the first digit down: A[i] P = 32 A[i + 1] P + d[i] P with 1 <= A[i] <= k.
 *
 * 32 A[i + 1] + d[i] = A[i] is between 0 and n. 32 A[i + 1] - d[i] = A[i] - 2 d[i] is at least 1, and n only for i = 0 and
 * k = n + 2 d[0], d[0] < 0: then 32 A[1] = n + d[0], which is 32 (mod 64) as A[1] is odd, and again d[0] = 15 (mod 64).
 */
static inline void p256_multiply_point(struct p256_point *r, const limb *k, const struct p256_affine *p)
{
    limb odd[P256_LIMBS];
    struct p256_point table[16], entry;
    struct p256_element h, w;
    limb negated = p256_make_odd(odd, k);

    p256_from_affine(&table[0], p);
    p256_odd_multiples(table, 16);
    *r = table[0]; /* d[51] */
    for (unsigned i = P256_DIGITS - 1u; i-- > 0;) {
        for (int j = 0; j < 5; j++) {
            p256_double(r, r);
        }
        p256_lookup(&entry, table, p256_digit(odd, i));
        p256_add_points(r, &h, &w, r, &entry);
    }
    p256_negate_if(negated, &r->y);
    ZEROISE(table); /* P may be secret too (SPAKE2+) */
    ZEROISE(entry);
    ZEROISE(h);
    ZEROISE(w);
    ZEROISE(odd);
}

#endif
