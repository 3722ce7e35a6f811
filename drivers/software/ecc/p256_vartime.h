/* SPDX-License-Identifier: Apache-2.0 */
/* u G + v Q for public u, v and Q: signed digits with many zeros, and branches for the cases that the formulas leave out. */
#ifndef SOFTWARE_ECC_P256_VARTIME_H
#define SOFTWARE_ECC_P256_VARTIME_H

#include "software/ecc/limbs_vartime.h"
#include "software/ecc/p256_multiply.h"

#define P256_BASE_WIDTH 6u  /* odd digits up to 31: the 16 entries of p256_table[0] */
#define P256_POINT_WIDTH 5u /* odd digits up to 15: 8 multiples of Q */
#define P256_NAF_MAX 257u

/* r = a + b after the formulas said h and w: *sum is right but for equal and opposite points. */
static inline void p256_sum_vartime(struct p256_point *r, const struct p256_point *sum, const struct p256_element *h,
                                    const struct p256_element *w)
{
    if (p256_mask_zero(h) != 0 && p256_mask_zero(w) != 0) {
        p256_double(r, r);
    } else {
        *r = *sum; /* h = 0: Z = 0, as it should be for a + -a */
    }
}

/* r += b, or r -= b */
static inline void p256_add_vartime(struct p256_point *r, const struct p256_point *b, int negative)
{
    struct p256_point sum, term = *b;
    struct p256_element h, w;
    p256_negate_if((limb)0 - (limb)negative, &term.y);
    if (p256_mask_zero(&r->z) != 0) {
        *r = term;
        return;
    }
    p256_add_points(&sum, &h, &w, r, &term);
    p256_sum_vartime(r, &sum, &h, &w);
}

static inline void p256_add_affine_vartime(struct p256_point *r, const struct p256_affine *b)
{
    struct p256_point sum;
    struct p256_element h, w;
    if (p256_mask_zero(&r->z) != 0) {
        p256_from_affine(r, b);
        return;
    }
    p256_add_affine(&sum, &h, &w, r, b);
    p256_sum_vartime(r, &sum, &h, &w);
}

/* The entry, or its opposite, as the sign of the digit says, added. */
static inline void p256_add_entry_vartime(struct p256_point *r, struct p256_affine entry, int digit)
{
    p256_negate_if((limb)0 - (limb)(digit < 0), &entry.y);
    p256_add_affine_vartime(r, &entry);
}

/* Where a digit's multiple lies in a table of odd ones. */
static inline unsigned p256_entry_of(int digit)
{
    return (unsigned)(digit < 0 ? -digit : digit) / 2u;
}

/* digit 2^(10 t) G, added. */
static inline void p256_add_base_digit_vartime(struct p256_point *r, unsigned t, int digit)
{
    struct p256_affine entry;
    const uint64_t *words = p256_table[t][p256_entry_of(digit)];
    limbs_from_words(P256_LIMBS, entry.x.v, words);
    limbs_from_words(P256_LIMBS, entry.y.v, words + 4);
    p256_add_entry_vartime(r, entry, digit);
}

/* r may be O. */
static inline void p256_multiply_both_vartime(struct p256_point *r, const limb *u, const limb *v,
                                              const struct p256_affine *q)
{
    int8_t base_digits[P256_NAF_MAX], point_digits[P256_NAF_MAX];
    struct p256_point table[8];

    limbs_naf_vartime(P256_LIMBS, base_digits, u, P256_BASE_WIDTH);
    limbs_naf_vartime(P256_LIMBS, point_digits, v, P256_POINT_WIDTH);
    p256_from_affine(&table[0], q);
    p256_odd_multiples(table, 8);
    memset(r, 0, sizeof *r);
    for (unsigned i = P256_NAF_MAX; i-- > 0;) {
        p256_double(r, r);
        if (point_digits[i] != 0) {
            p256_add_vartime(r, &table[p256_entry_of(point_digits[i])], point_digits[i] < 0);
        }
        if (base_digits[i] != 0) {
            p256_add_base_digit_vartime(r, 0, base_digits[i]);
        }
    }
}

/* ---- The same for a Q whose multiples are kept ---- */

#define P256_MULTIPLES 5u          /* of Q */
#define P256_MULTIPLES_SPACING 52u /* bits between them: 5 * 52 are P256_NAF_MAX or more */
#define P256_BASE_SPACING 10u      /* that of p256_table */

/* of[t][j] = (2 j + 1) 2^(52 t) Q */
struct p256_multiples {
    struct p256_affine of[P256_MULTIPLES][8];
};

/* affine[i] = points[i], none of them O: one inversion for all, of the product of their Z. affine[i].x holds the product of the
 * first i + 1 of them until its turn. */
static inline void p256_to_affine_all(struct p256_affine *affine, const struct p256_point *points, unsigned count)
{
    struct p256_element inverse, z, z2;
    affine[0].x = points[0].z;
    for (unsigned i = 1; i < count; i++) {
        p256_multiply(&affine[i].x, &affine[i - 1].x, &points[i].z);
    }
    p256_invert(&inverse, &affine[count - 1].x);
    for (unsigned i = count; i-- > 0;) {
        z = inverse;
        if (i != 0) {
            p256_multiply(&z, &inverse, &affine[i - 1].x);
            p256_multiply(&inverse, &inverse, &points[i].z);
        }
        p256_square(&z2, &z);
        p256_multiply(&affine[i].x, &points[i].x, &z2);
        p256_multiply(&z, &z, &z2);
        p256_multiply(&affine[i].y, &points[i].y, &z);
    }
}

static inline void p256_make_multiples(struct p256_multiples *multiples, const struct p256_affine *q)
{
    struct p256_point points[P256_MULTIPLES][8];
    p256_from_affine(&points[0][0], q);
    for (unsigned t = 0; t < P256_MULTIPLES; t++) {
        p256_odd_multiples(points[t], 8);
        if (t + 1 == P256_MULTIPLES) {
            break;
        }
        points[t + 1][0] = points[t][0];
        for (unsigned i = 0; i < P256_MULTIPLES_SPACING; i++) {
            p256_double(&points[t + 1][0], &points[t + 1][0]);
        }
    }
    p256_to_affine_all(multiples->of[0], points[0], P256_MULTIPLES * 8u);
}

/* Digit i = 52 t + s of v belongs to 2^s times the multiples t, digit 10 t + s of u to 2^s times the table's t: 52 doublings
 * serve for all. r may be O. */
static inline void p256_multiply_multiples_vartime(struct p256_point *r, const limb *u, const limb *v,
                                                   const struct p256_multiples *multiples)
{
    int8_t base_digits[P256_NAF_MAX], point_digits[P256_NAF_MAX];

    limbs_naf_vartime(P256_LIMBS, base_digits, u, P256_BASE_WIDTH);
    limbs_naf_vartime(P256_LIMBS, point_digits, v, P256_POINT_WIDTH);
    memset(r, 0, sizeof *r);
    for (unsigned s = P256_MULTIPLES_SPACING; s-- > 0;) {
        p256_double(r, r);
        for (unsigned i = s, t = 0; i < P256_NAF_MAX; i += P256_MULTIPLES_SPACING, t++) {
            if (point_digits[i] != 0) {
                p256_add_entry_vartime(r, multiples->of[t][p256_entry_of(point_digits[i])], point_digits[i]);
            }
        }
        for (unsigned i = s, t = 0; s < P256_BASE_SPACING && i < P256_NAF_MAX; i += P256_BASE_SPACING, t++) {
            if (base_digits[i] != 0) {
                p256_add_base_digit_vartime(r, t, base_digits[i]);
            }
        }
    }
}

#endif
