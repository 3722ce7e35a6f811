/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/generic_curve.h"

#include "util/zeroise.h"

#define WINDOW 4u
#define POINTS (1u << WINDOW)

void generic_curve_init(struct generic_curve *c, const struct generic_parameters *parameters)
{
    generic_field_init(&c->f, parameters->p, parameters->length);
    (void)generic_read(&c->f, &c->a, parameters->a);
    (void)generic_read(&c->f, &c->b, parameters->b);
    generic_add(&c->f, &c->b3, &c->b, &c->b);
    generic_add(&c->f, &c->b3, &c->b3, &c->b);
}

void generic_right_side(const struct generic_curve *c, struct generic_element *r, const struct generic_element *x)
{
    struct generic_element t;
    generic_multiply(&c->f, &t, x, x);
    generic_add(&c->f, &t, &t, &c->a);
    generic_multiply(&c->f, &t, &t, x);
    generic_add(&c->f, r, &t, &c->b);
}

/* r = (p + q)(s + t) - ps - qt = pt + qs */
static void cross(const struct generic_field *f, struct generic_element *r, const struct generic_element *p,
                  const struct generic_element *q, const struct generic_element *s, const struct generic_element *t,
                  const struct generic_element *ps, const struct generic_element *qt)
{
    struct generic_element left, right;
    generic_add(f, &left, p, q);
    generic_add(f, &right, s, t);
    generic_multiply(f, r, &left, &right);
    generic_subtract(f, r, r, ps);
    generic_subtract(f, r, r, qt);
}

/* r = a b + c d, and minus */
static void sum_of_products(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                            const struct generic_element *b, const struct generic_element *c, const struct generic_element *d)
{
    struct generic_element ab, cd;
    generic_multiply(f, &ab, a, b);
    generic_multiply(f, &cd, c, d);
    generic_add(f, r, &ab, &cd);
}

static void difference_of_products(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                                   const struct generic_element *b, const struct generic_element *c,
                                   const struct generic_element *d)
{
    struct generic_element ab, cd;
    generic_multiply(f, &ab, a, b);
    generic_multiply(f, &cd, c, d);
    generic_subtract(f, r, &ab, &cd);
}

/*
 * Renes, Costello and Batina, "Complete addition formulas for prime order elliptic curves" (2016), section 3.
 * With xx = X1 X2, yy, zz, and xy = X1 Y2 + X2 Y1, xz, yz:
 *     s = yy - (a xz + 3 b zz), t = yy + (a xz + 3 b zz), u = 3 xx + a zz, v = a (xx - a zz) + 3 b xz,
 *     X3 = xy s - yz v, Y3 = t s + u v, Z3 = yz t + xy u.
 */
void generic_add_points(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p,
                        const struct generic_point *q)
{
    const struct generic_field *f = &c->f;
    struct generic_element xx, yy, zz, xy, xz, yz, s, t, u, v;
    generic_multiply(f, &xx, &p->x, &q->x);
    generic_multiply(f, &yy, &p->y, &q->y);
    generic_multiply(f, &zz, &p->z, &q->z);
    cross(f, &xy, &p->x, &p->y, &q->x, &q->y, &xx, &yy);
    cross(f, &xz, &p->x, &p->z, &q->x, &q->z, &xx, &zz);
    cross(f, &yz, &p->y, &p->z, &q->y, &q->z, &yy, &zz);

    sum_of_products(f, &u, &c->a, &xz, &c->b3, &zz);
    generic_subtract(f, &s, &yy, &u);
    generic_add(f, &t, &yy, &u);
    generic_multiply(f, &zz, &c->a, &zz); /* a zz */
    generic_add(f, &u, &xx, &xx);
    generic_add(f, &u, &u, &xx);
    generic_add(f, &u, &u, &zz);
    generic_subtract(f, &xx, &xx, &zz);
    sum_of_products(f, &v, &c->a, &xx, &c->b3, &xz);

    difference_of_products(f, &r->x, &xy, &s, &yz, &v);
    sum_of_products(f, &r->y, &t, &s, &u, &v);
    sum_of_products(f, &r->z, &yz, &t, &xy, &u);
}

/* r = table[index], all of it read. */
static void look_up(const struct generic_field *f, struct generic_point *r, const struct generic_point *table, uint32_t index)
{
    *r = table[0];
    for (uint32_t i = 1; i < POINTS; i++) {
        limb mask = (limb)0 - (limb)(ct_mask_equal32(i, index) & 1u);
        generic_select(f, &r->x, mask, &table[i].x, &r->x);
        generic_select(f, &r->y, mask, &table[i].y, &r->y);
        generic_select(f, &r->z, mask, &table[i].z, &r->z);
    }
}

void generic_multiply_point(const struct generic_curve *c, struct generic_point *r, const uint8_t *scalar, size_t length,
                            const struct generic_point *p)
{
    struct generic_point table[POINTS], addend;
    memset(&table[0], 0, sizeof table[0]);
    table[0].y = c->f.one;
    for (unsigned i = 1; i < POINTS; i++) {
        generic_add_points(c, &table[i], &table[i - 1u], p);
    }
    *r = table[0];
    for (size_t i = 0; i < 2u * length; i++) {
        for (unsigned j = 0; j < WINDOW; j++) {
            generic_add_points(c, r, r, r);
        }
        look_up(&c->f, &addend, table, (uint32_t)scalar[i / 2u] >> (i % 2u == 0 ? 4u : 0u) & 0x0fu);
        generic_add_points(c, r, r, &addend);
    }
    ZEROISE(table);
    ZEROISE(addend);
}

limb generic_read_point(const struct generic_curve *c, struct generic_point *r, const uint8_t *bytes)
{
    struct generic_element left, right;
    limb valid = generic_read(&c->f, &r->x, bytes) & generic_read(&c->f, &r->y, bytes + c->f.length);
    r->z = c->f.one;
    generic_multiply(&c->f, &left, &r->y, &r->y);
    generic_right_side(c, &right, &r->x);
    return valid & generic_is_equal(&c->f, &left, &right);
}

limb generic_write_point(const struct generic_curve *c, uint8_t *bytes, const struct generic_point *p)
{
    struct generic_element z, x, y;
    generic_invert(&c->f, &z, &p->z);
    generic_multiply(&c->f, &x, &p->x, &z);
    generic_multiply(&c->f, &y, &p->y, &z);
    generic_write(&c->f, bytes, &x);
    generic_write(&c->f, bytes + c->f.length, &y);
    limb valid = ~generic_is_zero(&c->f, &p->z);
    ZEROISE(z);
    ZEROISE(x);
    ZEROISE(y);
    return valid;
}
