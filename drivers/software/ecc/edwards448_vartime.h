/* SPDX-License-Identifier: Apache-2.0 */
/* u B + v A for public u, v below 2^447 and A: signed combs for B, digits with many zeros for A. */
#ifndef SOFTWARE_ECC_EDWARDS448_VARTIME_H
#define SOFTWARE_ECC_EDWARDS448_VARTIME_H

#include "software/ecc/edwards448.h"
#include "software/ecc/limbs_vartime.h"

#define ED448_POINT_WIDTH 5u /* odd digits up to 15: 8 multiples of A */
#define ED448_DIGITS 447u    /* those that can be other than 0 */

struct ed448_digits {
    struct ed448_combs base;
    int8_t point[449]; /* limbs_naf_vartime() writes the zeros too */
};

static inline void ed448_digits_vartime(struct ed448_digits *digits, const limb *u, const limb *v)
{
    ed448_to_combs(&digits->base, u);
    limbs_naf_vartime(ED448_LIMBS, digits->point, v, ED448_POINT_WIDTH);
}

/* The five combs at place e, added. */
static inline void ed448_add_combs_vartime(struct ed448_point *r, const struct ed448_combs *combs, unsigned e)
{
    for (unsigned c = 0; c < ED448_COMBS; c++) {
        struct ed448_summand entry;
        struct ed448_tooth tooth = ed448_tooth(combs, c, e);
        ed448_from_words(&entry, ed448_table[c][tooth.index]);
        ed448_negate_if(tooth.negative, &entry);
        ed448_add_affine(r, r, &entry);
    }
}

/* Where a digit's multiple lies in a table of odd ones. */
static inline unsigned ed448_entry_of(int digit)
{
    return (unsigned)(digit < 0 ? -digit : digit) / 2u;
}

/* multiples[i] = (2 i + 1) multiples[0] */
static inline void ed448_odd_multiples(struct ed448_point *multiples, unsigned count)
{
    struct ed448_point twice;
    struct ed448_summand summand;
    ed448_double(&twice, &multiples[0]);
    ed448_to_summand(&summand, &twice);
    for (unsigned i = 1; i < count; i++) {
        ed448_add(&multiples[i], &multiples[i - 1], &summand);
    }
}

static inline void ed448_add_digit_vartime(struct ed448_point *r, const struct ed448_summand table[8], int digit)
{
    struct ed448_summand entry = table[ed448_entry_of(digit)];
    ed448_negate_if((limb)0 - (limb)(digit < 0), &entry);
    ed448_add(r, r, &entry);
}

static inline void ed448_multiply_both_vartime(struct ed448_point *r, const struct ed448_digits *digits,
                                               const struct ed448_point *a)
{
    struct ed448_point multiples[8];
    struct ed448_summand table[8];
    multiples[0] = *a;
    ed448_odd_multiples(multiples, 8);
    for (int i = 0; i < 8; i++) {
        ed448_to_summand(&table[i], &multiples[i]);
    }
    *r = ed448_neutral;
    for (unsigned i = ED448_DIGITS; i-- > 0;) {
        ed448_double(r, r);
        if (digits->point[i] != 0) {
            ed448_add_digit_vartime(r, table, digits->point[i]);
        }
        if (i < ED448_SPACING) {
            ed448_add_combs_vartime(r, &digits->base, i);
        }
    }
}

/* ---- The same for an A whose multiples are kept ---- */

#define ED448_MULTIPLES 5u          /* of A */
#define ED448_MULTIPLES_SPACING 90u /* bits between them: 5 * 90 are ED448_DIGITS or more */

/* of[t][j] is (2 j + 1) 2^(90 t) A with Z = 1. */
struct ed448_multiples {
    struct {
        struct f448 x, y, td;
    } of[ED448_MULTIPLES][8];
};

/* inverses[i] = 1 / Z of points[i], which is never 0: one inversion for all, of their product. */
static inline void ed448_invert_all(struct f448 *inverses, const struct ed448_point *points, unsigned count)
{
    struct f448 inverse;
    inverses[0] = points[0].z;
    for (unsigned i = 1; i < count; i++) {
        f448_multiply(&inverses[i], &inverses[i - 1], &points[i].z);
    }
    f448_invert(&inverse, &inverses[count - 1]);
    for (unsigned i = count; --i > 0;) {
        f448_multiply(&inverses[i], &inverse, &inverses[i - 1]);
        f448_multiply(&inverse, &inverse, &points[i].z);
    }
    inverses[0] = inverse;
}

static inline void ed448_make_multiples(struct ed448_multiples *multiples, const struct ed448_point *a)
{
    struct ed448_point points[ED448_MULTIPLES * 8u], spaced = *a;
    struct f448 inverses[ED448_MULTIPLES * 8u];
    for (unsigned t = 0; t < ED448_MULTIPLES; t++) {
        points[8u * t] = spaced;
        ed448_odd_multiples(&points[8u * t], 8);
        for (unsigned i = 0; i < ED448_MULTIPLES_SPACING && t + 1u < ED448_MULTIPLES; i++) {
            ed448_double(&spaced, &spaced);
        }
    }
    ed448_invert_all(inverses, points, ED448_MULTIPLES * 8u);
    for (unsigned i = 0; i < ED448_MULTIPLES * 8u; i++) {
        struct f448 *x = &multiples->of[i / 8u][i % 8u].x, *y = &multiples->of[i / 8u][i % 8u].y;
        struct f448 *td = &multiples->of[i / 8u][i % 8u].td;
        f448_multiply(x, &points[i].x, &inverses[i]);
        f448_multiply(y, &points[i].y, &inverses[i]);
        f448_multiply(td, x, y);
        f448_multiply_small(td, td, ED448_MINUS_D);
    }
}

static inline void ed448_add_multiple_vartime(struct ed448_point *r, const struct ed448_multiples *multiples, unsigned t, int digit)
{
    struct ed448_summand entry;
    entry.x = multiples->of[t][ed448_entry_of(digit)].x;
    entry.y = multiples->of[t][ed448_entry_of(digit)].y;
    entry.td = multiples->of[t][ed448_entry_of(digit)].td;
    ed448_negate_if((limb)0 - (limb)(digit < 0), &entry);
    ed448_add_affine(r, r, &entry);
}

/* Digit i = 90 t + s of v belongs to 2^s times the multiples t: 90 doublings serve for all, and the last of them for B. */
static inline void ed448_multiply_multiples_vartime(struct ed448_point *r, const struct ed448_digits *digits,
                                                    const struct ed448_multiples *multiples)
{
    *r = ed448_neutral;
    for (unsigned s = ED448_MULTIPLES_SPACING; s-- > 0;) {
        ed448_double(r, r);
        for (unsigned i = s, t = 0; i < ED448_DIGITS; i += ED448_MULTIPLES_SPACING, t++) {
            if (digits->point[i] != 0) {
                ed448_add_multiple_vartime(r, multiples, t, digits->point[i]);
            }
        }
        if (s < ED448_SPACING) {
            ed448_add_combs_vartime(r, &digits->base, s);
        }
    }
}

#endif
