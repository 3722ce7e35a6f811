/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is computed once for a curve: its constants in Montgomery form, and sums of multiples of its base point, kept from the first
 * use on and shared by all threads. Without memory for that (or without a heap) the same results take longer.
 */
#ifndef SOFTWARE_ECC_GENERIC_BASE_H
#define SOFTWARE_ECC_GENERIC_BASE_H

#include "software/ecc/generic_curve.h"

#define GENERIC_BASE_WIDTH 7u /* of digits by which it is multiplied in verifications */
#define GENERIC_BASE_ODD (1u << (GENERIC_BASE_WIDTH - 2u))

struct generic_base {
    struct generic_curve c;
    struct generic_field order;       /* integers modulo the order of the base point */
    unsigned spacing;                 /* bits between the teeth of the comb */
    struct generic_point point;       /* the base point */
    const struct generic_point *comb; /* NULL: there is none */
    const struct generic_point *odd;  /* G, 3 G, 5 G, ...: GENERIC_BASE_ODD of them; NULL: there are none */
};

/* What is kept; else *own, filled. Not NULL for a curve of generic_curve_table.c. Valid until generic_base_close(). */
const struct generic_base *generic_base_get(struct generic_base *own, const struct sw_curve *curve);

/* r = scalar G; scalar: as many bytes as the order has, big-endian. */
void generic_multiply_base(const struct generic_base *base, struct generic_point *r, const uint8_t *scalar);

/* r = u G + v Q, u and v as above. */
void generic_multiply_both_vartime(const struct generic_base *base, struct generic_point *r, const uint8_t *u, const uint8_t *v,
                                   const struct generic_point *q);

/* Lets go of what is kept. No other call may run; later ones make it again. */
void generic_base_close(void);

#endif
