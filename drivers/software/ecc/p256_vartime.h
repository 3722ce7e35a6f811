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

/* table[digit] of the base point, added. */
static inline void p256_add_base_digit_vartime(struct p256_point *r, int digit)
{
    struct p256_affine entry;
    const uint64_t *words = p256_table[0][(digit < 0 ? -digit : digit) / 2];
    limbs_from_words(P256_LIMBS, entry.x.v, words);
    limbs_from_words(P256_LIMBS, entry.y.v, words + 4);
    p256_negate_if((limb)0 - (limb)(digit < 0), &entry.y);
    p256_add_affine_vartime(r, &entry);
}

/* r may be O. */
static inline void p256_multiply_both_vartime(struct p256_point *r, const limb *u, const limb *v,
                                              const struct p256_affine *q)
{
    int8_t base_digits[P256_NAF_MAX], point_digits[P256_NAF_MAX];
    struct p256_point table[8];

    limbs_naf_vartime(P256_LIMBS, base_digits, u, P256_BASE_WIDTH);
    limbs_naf_vartime(P256_LIMBS, point_digits, v, P256_POINT_WIDTH);
    p256_odd_multiples(table, 8, q);
    memset(r, 0, sizeof *r);
    for (unsigned i = P256_NAF_MAX; i-- > 0;) {
        p256_double(r, r);
        if (point_digits[i] != 0) {
            int digit = point_digits[i];
            p256_add_vartime(r, &table[(digit < 0 ? -digit : digit) / 2], digit < 0);
        }
        if (base_digits[i] != 0) {
            p256_add_base_digit_vartime(r, base_digits[i]);
        }
    }
}

#endif
