/* SPDX-License-Identifier: Apache-2.0 */
/* u B + v A for public u, v below 2^253 and A: signed digits with many zeros. The sums have no exceptions (edwards25519.h). */
#ifndef SOFTWARE_ECC_EDWARDS25519_VARTIME_H
#define SOFTWARE_ECC_EDWARDS25519_VARTIME_H

#include "software/ecc/edwards25519.h"
#include "software/ecc/limbs_vartime.h"

#define ED25519_BASE_WIDTH 6u  /* odd digits up to 31: the 16 entries of ed25519_table[t] */
#define ED25519_POINT_WIDTH 5u /* odd digits up to 15: 8 multiples of A */
#define ED25519_DIGITS 254u    /* those that can be other than 0 */

/* The digits of u and v. limbs_naf_vartime() writes the zeros too. */
struct ed25519_digits {
    int8_t base[257], point[257];
};

static inline void ed25519_digits_vartime(struct ed25519_digits *digits, const limb *u, const limb *v)
{
    limbs_naf_vartime(F25519_LIMBS, digits->base, u, ED25519_BASE_WIDTH);
    limbs_naf_vartime(F25519_LIMBS, digits->point, v, ED25519_POINT_WIDTH);
}

/* Where a digit's multiple lies in a table of odd ones. */
static inline unsigned ed25519_entry_of(int digit)
{
    return (unsigned)(digit < 0 ? -digit : digit) / 2u;
}

/* digit 2^(20 t) B, added. */
static inline void ed25519_add_base_digit_vartime(struct ed25519_point *r, unsigned t, int digit)
{
    const uint64_t *words = ed25519_table[t][ed25519_entry_of(digit)];
    struct ed25519_summand entry;
    limbs_from_words(F25519_LIMBS, entry.sum.v, words);
    limbs_from_words(F25519_LIMBS, entry.difference.v, words + 4);
    limbs_from_words(F25519_LIMBS, entry.t2d.v, words + 8);
    ed25519_negate_if((limb)0 - (limb)(digit < 0), &entry);
    ed25519_add_affine(r, r, &entry);
}

static inline void ed25519_add_digit_vartime(struct ed25519_point *r, const struct ed25519_summand table[8], int digit)
{
    struct ed25519_summand entry = table[ed25519_entry_of(digit)];
    ed25519_negate_if((limb)0 - (limb)(digit < 0), &entry);
    ed25519_add(r, r, &entry);
}

/* multiples[i] = (2 i + 1) multiples[0] */
static inline void ed25519_odd_multiples(struct ed25519_point multiples[8])
{
    struct ed25519_point twice;
    struct ed25519_summand summand;
    ed25519_double(&twice, &multiples[0]);
    ed25519_to_summand(&summand, &twice);
    for (int i = 1; i < 8; i++) {
        ed25519_add(&multiples[i], &multiples[i - 1], &summand);
    }
}

static inline void ed25519_multiply_both_vartime(struct ed25519_point *r, const struct ed25519_digits *digits,
                                                 const struct ed25519_point *a)
{
    struct ed25519_point multiples[8];
    struct ed25519_summand table[8];
    multiples[0] = *a;
    ed25519_odd_multiples(multiples);
    for (int i = 0; i < 8; i++) {
        ed25519_to_summand(&table[i], &multiples[i]);
    }
    *r = ed25519_neutral;
    for (unsigned i = ED25519_DIGITS; i-- > 0;) {
        ed25519_double(r, r);
        if (digits->point[i] != 0) {
            ed25519_add_digit_vartime(r, table, digits->point[i]);
        }
        if (digits->base[i] != 0) {
            ed25519_add_base_digit_vartime(r, 0, digits->base[i]);
        }
    }
}

/* ---- The same for an A whose multiples are kept ---- */

#define ED25519_MULTIPLES 5u          /* of A */
#define ED25519_MULTIPLES_SPACING 51u /* bits between them: 5 * 51 are ED25519_DIGITS or more */
#define ED25519_BASE_SPACING 20u      /* that of ed25519_table */

/* of[t][j] is (2 j + 1) 2^(51 t) A with Z = 1. */
struct ed25519_multiples {
    struct {
        struct f25519 sum, difference, t2d;
    } of[ED25519_MULTIPLES][8];
};

/* inverses[i] = 1 / Z of points[i], which is never 0: one inversion for all, of their product. */
static inline void ed25519_invert_all(struct f25519 *inverses, const struct ed25519_point *points, unsigned count)
{
    struct f25519 inverse;
    inverses[0] = points[0].z;
    for (unsigned i = 1; i < count; i++) {
        f25519_multiply(&inverses[i], &inverses[i - 1], &points[i].z);
    }
    f25519_invert(&inverse, &inverses[count - 1]);
    for (unsigned i = count; --i > 0;) {
        f25519_multiply(&inverses[i], &inverse, &inverses[i - 1]);
        f25519_multiply(&inverse, &inverse, &points[i].z);
    }
    inverses[0] = inverse;
}

static inline void ed25519_make_multiples(struct ed25519_multiples *multiples, const struct ed25519_point *a)
{
    struct ed25519_point points[ED25519_MULTIPLES * 8u], spaced = *a;
    struct f25519 inverses[ED25519_MULTIPLES * 8u];
    for (unsigned t = 0; t < ED25519_MULTIPLES; t++) {
        points[8u * t] = spaced;
        ed25519_odd_multiples(&points[8u * t]);
        for (unsigned i = 0; i < ED25519_MULTIPLES_SPACING && t + 1u < ED25519_MULTIPLES; i++) {
            ed25519_double(&spaced, &spaced);
        }
    }
    ed25519_invert_all(inverses, points, ED25519_MULTIPLES * 8u);
    for (unsigned i = 0; i < ED25519_MULTIPLES * 8u; i++) {
        struct ed25519_summand summand;
        struct ed25519_point affine;
        f25519_multiply(&affine.x, &points[i].x, &inverses[i]);
        f25519_multiply(&affine.y, &points[i].y, &inverses[i]);
        affine.z = f25519_one;
        f25519_multiply(&affine.t, &affine.x, &affine.y);
        ed25519_to_summand(&summand, &affine);
        multiples->of[i / 8u][i % 8u].sum = summand.sum;
        multiples->of[i / 8u][i % 8u].difference = summand.difference;
        multiples->of[i / 8u][i % 8u].t2d = summand.t2d;
    }
}

static inline void ed25519_add_multiple_vartime(struct ed25519_point *r, const struct ed25519_multiples *multiples, unsigned t,
                                                int digit)
{
    struct ed25519_summand entry;
    entry.sum = multiples->of[t][ed25519_entry_of(digit)].sum;
    entry.difference = multiples->of[t][ed25519_entry_of(digit)].difference;
    entry.t2d = multiples->of[t][ed25519_entry_of(digit)].t2d;
    ed25519_negate_if((limb)0 - (limb)(digit < 0), &entry);
    ed25519_add_affine(r, r, &entry);
}

/* Digit i = 51 t + s of v belongs to 2^s times the multiples t, digit 20 t + s of u to 2^s times the table's t: 51 doublings
 * serve for all. */
static inline void ed25519_multiply_multiples_vartime(struct ed25519_point *r, const struct ed25519_digits *digits,
                                                      const struct ed25519_multiples *multiples)
{
    *r = ed25519_neutral;
    for (unsigned s = ED25519_MULTIPLES_SPACING; s-- > 0;) {
        ed25519_double(r, r);
        for (unsigned i = s, t = 0; i < ED25519_DIGITS; i += ED25519_MULTIPLES_SPACING, t++) {
            if (digits->point[i] != 0) {
                ed25519_add_multiple_vartime(r, multiples, t, digits->point[i]);
            }
        }
        for (unsigned i = s, t = 0; s < ED25519_BASE_SPACING && i < ED25519_DIGITS; i += ED25519_BASE_SPACING, t++) {
            if (digits->base[i] != 0) {
                ed25519_add_base_digit_vartime(r, t, digits->base[i]);
            }
        }
    }
}

#endif
