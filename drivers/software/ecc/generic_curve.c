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
    struct generic_element minus_3;
    generic_small(&c->f, &minus_3, -3);
    c->a_is = generic_is_zero(&c->f, &c->a) != 0                ? GENERIC_A_ZERO
              : generic_is_equal(&c->f, &c->a, &minus_3) != 0 ? GENERIC_A_MINUS_3
                                                              : GENERIC_A_ANY;
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

/* r = a x. Which case it is says no more than which curve. */
static void times_a(const struct generic_curve *c, struct generic_element *r, const struct generic_element *x)
{
    struct generic_element twice;
    switch (c->a_is) {
    case GENERIC_A_ZERO:
        memset(r, 0, sizeof *r);
        break;
    case GENERIC_A_MINUS_3:
        generic_add(&c->f, &twice, x, x);
        generic_add(&c->f, &twice, &twice, x);
        generic_negate(&c->f, r, &twice);
        break;
    default:
        generic_multiply(&c->f, r, &c->a, x);
        break;
    }
}

/* r = a b + c d */
static void sum_of_products(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                            const struct generic_element *b, const struct generic_element *c, const struct generic_element *d)
{
    struct generic_element ab, cd;
    generic_multiply(f, &ab, a, b);
    generic_multiply(f, &cd, c, d);
    generic_add(f, r, &ab, &cd);
}

/* The six products of coordinates that a sum is made of: xx = X1 X2, yy, zz, and xy = X1 Y2 + X2 Y1, xz, yz. */
struct products {
    struct generic_element xx, yy, zz, xy, xz, yz;
};

/* What the sum's coordinates are made of: s = yy - (a xz + 3 b zz), t = yy + (a xz + 3 b zz), u = 3 xx + a zz,
 * v = a (xx - a zz) + 3 b xz. */
struct factors {
    struct generic_element s, t, u, v;
};

static void make_factors(const struct generic_curve *c, struct factors *r, const struct products *m)
{
    const struct generic_field *f = &c->f;
    struct generic_element azz, w;
    times_a(c, &r->u, &m->xz);
    generic_multiply(f, &w, &c->b3, &m->zz);
    generic_add(f, &w, &w, &r->u);
    generic_subtract(f, &r->s, &m->yy, &w);
    generic_add(f, &r->t, &m->yy, &w);

    times_a(c, &azz, &m->zz);
    generic_add(f, &r->u, &m->xx, &m->xx);
    generic_add(f, &r->u, &r->u, &m->xx);
    generic_add(f, &r->u, &r->u, &azz);

    generic_subtract(f, &w, &m->xx, &azz);
    times_a(c, &w, &w);
    generic_multiply(f, &r->v, &c->b3, &m->xz);
    generic_add(f, &r->v, &r->v, &w);
}

/* X3 = xy s - yz v, Y3 = t s + u v */
static void write_x_and_y(const struct generic_field *f, struct generic_point *r, const struct products *m,
                          const struct factors *w)
{
    struct generic_element left, right;
    generic_multiply(f, &left, &m->xy, &w->s);
    generic_multiply(f, &right, &m->yz, &w->v);
    generic_subtract(f, &r->x, &left, &right);
    sum_of_products(f, &r->y, &w->t, &w->s, &w->u, &w->v);
}

/* Renes, Costello and Batina, "Complete addition formulas for prime order elliptic curves" (2016), section 3:
 * Z3 = yz t + xy u. */
void generic_add_points(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p,
                        const struct generic_point *q)
{
    const struct generic_field *f = &c->f;
    struct products m;
    struct factors w;
    generic_multiply(f, &m.xx, &p->x, &q->x);
    generic_multiply(f, &m.yy, &p->y, &q->y);
    generic_multiply(f, &m.zz, &p->z, &q->z);
    cross(f, &m.xy, &p->x, &p->y, &q->x, &q->y, &m.xx, &m.yy);
    cross(f, &m.xz, &p->x, &p->z, &q->x, &q->z, &m.xx, &m.zz);
    cross(f, &m.yz, &p->y, &p->z, &q->y, &q->z, &m.yy, &m.zz);
    make_factors(c, &w, &m);
    write_x_and_y(f, r, &m, &w);
    sum_of_products(f, &r->z, &m.yz, &w.t, &m.xy, &w.u);
}

/* r = 2 a b */
static void twice_product(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                          const struct generic_element *b)
{
    generic_multiply(f, r, a, b);
    generic_add(f, r, r, r);
}

/* The same for P + P, where the curve's equation makes Z3 = 8 Y^3 Z = 4 yz yy. */
void generic_double_point(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p)
{
    const struct generic_field *f = &c->f;
    struct products m;
    struct factors w;
    generic_multiply(f, &m.xx, &p->x, &p->x);
    generic_multiply(f, &m.yy, &p->y, &p->y);
    generic_multiply(f, &m.zz, &p->z, &p->z);
    twice_product(f, &m.xy, &p->x, &p->y);
    twice_product(f, &m.xz, &p->x, &p->z);
    twice_product(f, &m.yz, &p->y, &p->z);
    make_factors(c, &w, &m);
    write_x_and_y(f, r, &m, &w);
    twice_product(f, &r->z, &m.yz, &m.yy);
    generic_add(f, &r->z, &r->z, &r->z);
}

void generic_neutral(const struct generic_curve *c, struct generic_point *r)
{
    memset(r, 0, sizeof *r);
    r->y = c->f.one;
}

void generic_look_up(const struct generic_field *f, struct generic_point *r, const struct generic_point *table, uint32_t count,
                     uint32_t index)
{
    *r = table[0];
    for (uint32_t i = 1; i < count; i++) {
        limb mask = (limb)0 - (limb)(ct_mask_equal32(i, index) & 1u);
        generic_select(f, &r->x, mask, &table[i].x, &r->x);
        generic_select(f, &r->y, mask, &table[i].y, &r->y);
        generic_select(f, &r->z, mask, &table[i].z, &r->z);
    }
}

/* table[i] = i p */
static void make_multiples(const struct generic_curve *c, struct generic_point table[POINTS], const struct generic_point *p)
{
    generic_neutral(c, &table[0]);
    table[1] = *p;
    for (unsigned i = 2; i < POINTS; i += 2u) {
        generic_double_point(c, &table[i], &table[i / 2u]);
        generic_add_points(c, &table[i + 1u], &table[i], p);
    }
}

void generic_multiply_point(const struct generic_curve *c, struct generic_point *r, const uint8_t *scalar, size_t length,
                            const struct generic_point *p)
{
    struct generic_point table[POINTS], addend;
    make_multiples(c, table, p);
    *r = table[0];
    for (size_t i = 0; i < 2u * length; i++) {
        for (unsigned j = 0; j < WINDOW; j++) {
            generic_double_point(c, r, r);
        }
        generic_look_up(&c->f, &addend, table, POINTS, (uint32_t)scalar[i / 2u] >> (i % 2u == 0 ? 4u : 0u) & 0x0fu);
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
