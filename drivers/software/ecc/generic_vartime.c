/* SPDX-License-Identifier: Apache-2.0 */
/* u G + v Q for public u, v and Q (generic_base.h): signed digits with many zeros, the doublings shared. */
#include "software/ecc/generic_base.h"
#include "software/ecc/limbs_vartime.h"

#define POINT_WIDTH 5u /* odd digits up to 15: 8 multiples of Q */
#define POINT_ODD (1u << (POINT_WIDTH - 2u))
#define DIGITS_MAX (LIMBS_MAX * LIMB_BITS + 1)

/* A scalar as digits, and the odd multiples of its point. */
struct term {
    int8_t digits[DIGITS_MAX];
    const struct generic_point *odd;
};

static void read_digits_vartime(const struct generic_field *order, struct term *term, const uint8_t *scalar, unsigned width)
{
    limb k[LIMBS_MAX];
    limbs_load(order->n, k, scalar, order->length);
    limbs_naf_vartime(order->n, term->digits, k, width);
}

/* r += digit times the point of the term */
static void add_digit_vartime(const struct generic_curve *c, struct generic_point *r, const struct term *term, int digit)
{
    struct generic_point addend = term->odd[(digit < 0 ? -digit : digit) / 2];
    if (digit < 0) {
        generic_negate(&c->f, &addend.y, &addend.y);
    }
    generic_add_points(c, r, r, &addend);
}

/* r = the sum of both; no digit is above bit `bits`. */
static void add_terms_vartime(const struct generic_curve *c, struct generic_point *r, const struct term terms[2], unsigned bits)
{
    unsigned doublings = 0; /* that r still needs */
    generic_neutral(c, r);
    for (unsigned i = bits + 1u; i-- > 0; doublings++) {
        for (unsigned t = 0; t < 2; t++) {
            if (terms[t].digits[i] == 0) {
                continue;
            }
            generic_double_times(c, r, r, doublings);
            doublings = 0;
            add_digit_vartime(c, r, &terms[t], terms[t].digits[i]);
        }
    }
    generic_double_times(c, r, r, doublings - 1u);
}

void generic_multiply_both_vartime(const struct generic_base *base, struct generic_point *r, const uint8_t *u, const uint8_t *v,
                                   const struct generic_point *q)
{
    struct generic_point odd[2][POINT_ODD];
    struct term terms[2] = { { .odd = base->odd }, { .odd = odd[1] } };
    generic_odd_multiples(&base->c, odd[1], POINT_ODD, q);
    if (base->odd == NULL) {
        generic_odd_multiples(&base->c, odd[0], POINT_ODD, &base->point);
        terms[0].odd = odd[0];
    }
    read_digits_vartime(&base->order, &terms[0], u, base->odd != NULL ? GENERIC_BASE_WIDTH : POINT_WIDTH);
    read_digits_vartime(&base->order, &terms[1], v, POINT_WIDTH);
    add_terms_vartime(&base->c, r, terms, base->order.bits);
}
