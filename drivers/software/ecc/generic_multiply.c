/* SPDX-License-Identifier: Apache-2.0 */
/* Multiples of points (generic_curve.h). */
#include "software/ecc/generic_curve.h"
#include "util/zeroise.h"

#define WINDOW 5u
#define POINTS (1u + (1u << (WINDOW - 1u)))

static inline void add_masked(const struct generic_field *f, struct generic_element *r, limb mask, const struct generic_element *a)
{
    for (int i = 0; i < f->limbs; i++) {
        r->v[i] |= mask & a->v[i];
    }
}

void generic_look_up(const struct generic_field *f, struct generic_point *r, const struct generic_point *table, uint32_t count,
                     uint32_t index)
{
    memset(r, 0, sizeof *r);
    for (uint32_t i = 0; i < count; i++) {
        limb mask = limb_barrier((limb)0 - (limb)(ct_mask_equal32(i, index) & 1u));
        add_masked(f, &r->x, mask, &table[i].x);
        add_masked(f, &r->y, mask, &table[i].y);
        add_masked(f, &r->z, mask, &table[i].z);
    }
}

/* table[i] = i p */
static void make_multiples(const struct generic_curve *c, struct generic_point table[POINTS], const struct generic_point *p)
{
    generic_neutral(c, &table[0]);
    table[1] = *p;
    for (unsigned i = 2; i < POINTS; i++) {
        if (i % 2u == 0) {
            generic_double_point(c, &table[i], &table[i / 2u]);
        } else {
            generic_add_points(c, &table[i], &table[i - 1u], p);
        }
    }
}

/* r = the digit i of k times the point of the table. A digit is made of WINDOW bits from bit WINDOW i on and of the one below:
 * that one counts 1, the highest -2^(WINDOW - 1), so that their sum over all i is k. */
static void look_up_digit(const struct generic_field *f, struct generic_point *r, const struct generic_point table[POINTS], int n,
                          const limb *k, unsigned i)
{
    struct generic_element negative;
    uint32_t bits = i == 0 ? limbs_bits(n, k, 0, WINDOW) << 1 : limbs_bits(n, k, WINDOW * i - 1u, WINDOW + 1u);
    uint32_t is_negative = ct_barrier32((uint32_t)0 - (bits >> WINDOW)), sum = (bits + 1u) >> 1;
    uint32_t magnitude = (sum & ~is_negative) | (((1u << WINDOW) - sum) & is_negative);
    generic_look_up(f, r, table, POINTS, magnitude);
    generic_negate(f, &negative, &r->y);
    generic_select(f, &r->y, (limb)0 - (limb)(is_negative & 1u), &negative, &r->y);
    ZEROISE(negative);
}

void generic_multiply_point(const struct generic_curve *c, struct generic_point *r, const uint8_t *scalar, size_t length,
                            const struct generic_point *p)
{
    struct generic_point table[POINTS], addend;
    limb k[LIMBS_MAX];
    int n = (int)((length + LIMB_BYTES - 1u) / LIMB_BYTES);
    unsigned i = 8u * (unsigned)length / WINDOW; /* a bit above the last, or some */
    limbs_load(n, k, scalar, length);
    make_multiples(c, table, p);
    look_up_digit(&c->f, r, table, n, k, i);
    while (i-- > 0) {
        generic_double_times(c, r, r, WINDOW);
        look_up_digit(&c->f, &addend, table, n, k, i);
        generic_add_points(c, r, r, &addend);
    }
    ZEROISE(table);
    ZEROISE(addend);
    ZEROISE(k);
}

void generic_odd_multiples(const struct generic_curve *c, struct generic_point *table, unsigned count, const struct generic_point *p)
{
    struct generic_point twice;
    generic_double_point(c, &twice, p);
    table[0] = *p;
    for (unsigned i = 1; i < count; i++) {
        generic_add_points(c, &table[i], &table[i - 1u], &twice);
    }
}
