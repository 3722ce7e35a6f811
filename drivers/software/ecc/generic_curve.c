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
    ZEROISE(t);
}

/* What a sum of points is made of. All of it tells of the points: it is wiped when the sum is made. */
struct workspace {
    /* The six products of coordinates: xx = X1 X2, yy, zz, and xy = X1 Y2 + X2 Y1, xz, yz. */
    struct generic_element xx, yy, zz, xy, xz, yz;
    /* s = yy - (a xz + 3 b zz), t = yy + (a xz + 3 b zz), u = 3 xx + a zz, v = a (xx - a zz) + 3 b xz. */
    struct generic_element s, t, u, v;
    struct generic_element left, right; /* of the operation at hand */
};

/* r = (p + q)(s + t) - ps - qt = pt + qs */
static void cross(const struct generic_field *f, struct workspace *w, struct generic_element *r,
                  const struct generic_element *p, const struct generic_element *q, const struct generic_element *s,
                  const struct generic_element *t, const struct generic_element *ps, const struct generic_element *qt)
{
    generic_add(f, &w->left, p, q);
    generic_add(f, &w->right, s, t);
    generic_multiply(f, r, &w->left, &w->right);
    generic_subtract(f, r, r, ps);
    generic_subtract(f, r, r, qt);
}

/* r = a x; r is not x. Which case it is says no more than which curve. */
static void times_a(const struct generic_curve *c, struct generic_element *r, const struct generic_element *x)
{
    switch (c->a_is) {
    case GENERIC_A_ZERO:
        memset(r, 0, sizeof *r);
        break;
    case GENERIC_A_MINUS_3:
        generic_add(&c->f, r, x, x);
        generic_add(&c->f, r, r, x);
        generic_negate(&c->f, r, r);
        break;
    default:
        generic_multiply(&c->f, r, &c->a, x);
        break;
    }
}

static void make_factors(const struct generic_curve *c, struct workspace *w)
{
    const struct generic_field *f = &c->f;
    times_a(c, &w->left, &w->xz);
    generic_multiply(f, &w->right, &c->b3, &w->zz);
    generic_add(f, &w->left, &w->left, &w->right);
    generic_subtract(f, &w->s, &w->yy, &w->left);
    generic_add(f, &w->t, &w->yy, &w->left);

    times_a(c, &w->left, &w->zz);
    generic_add(f, &w->u, &w->xx, &w->xx);
    generic_add(f, &w->u, &w->u, &w->xx);
    generic_add(f, &w->u, &w->u, &w->left);

    generic_subtract(f, &w->right, &w->xx, &w->left);
    times_a(c, &w->left, &w->right);
    generic_multiply(f, &w->v, &c->b3, &w->xz);
    generic_add(f, &w->v, &w->v, &w->left);
}

/* X3 = xy s - yz v, Y3 = t s + u v */
static void write_x_and_y(const struct generic_field *f, struct generic_point *r, struct workspace *w)
{
    generic_multiply(f, &w->left, &w->xy, &w->s);
    generic_multiply(f, &w->right, &w->yz, &w->v);
    generic_subtract(f, &r->x, &w->left, &w->right);
    generic_multiply(f, &w->left, &w->t, &w->s);
    generic_multiply(f, &w->right, &w->u, &w->v);
    generic_add(f, &r->y, &w->left, &w->right);
}

/* Renes, Costello and Batina, "Complete addition formulas for prime order elliptic curves" (2016), section 3:
 * Z3 = yz t + xy u. */
void generic_add_points(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p,
                        const struct generic_point *q)
{
    const struct generic_field *f = &c->f;
    struct workspace w;
    generic_multiply(f, &w.xx, &p->x, &q->x);
    generic_multiply(f, &w.yy, &p->y, &q->y);
    generic_multiply(f, &w.zz, &p->z, &q->z);
    cross(f, &w, &w.xy, &p->x, &p->y, &q->x, &q->y, &w.xx, &w.yy);
    cross(f, &w, &w.xz, &p->x, &p->z, &q->x, &q->z, &w.xx, &w.zz);
    cross(f, &w, &w.yz, &p->y, &p->z, &q->y, &q->z, &w.yy, &w.zz);
    make_factors(c, &w);
    write_x_and_y(f, r, &w);
    generic_multiply(f, &w.left, &w.yz, &w.t);
    generic_multiply(f, &w.right, &w.xy, &w.u);
    generic_add(f, &r->z, &w.left, &w.right);
    ZEROISE(w);
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
    struct workspace w;
    generic_multiply(f, &w.xx, &p->x, &p->x);
    generic_multiply(f, &w.yy, &p->y, &p->y);
    generic_multiply(f, &w.zz, &p->z, &p->z);
    twice_product(f, &w.xy, &p->x, &p->y);
    twice_product(f, &w.xz, &p->x, &p->z);
    twice_product(f, &w.yz, &p->y, &p->z);
    make_factors(c, &w);
    write_x_and_y(f, r, &w);
    twice_product(f, &r->z, &w.yz, &w.yy);
    generic_add(f, &r->z, &r->z, &r->z);
    ZEROISE(w);
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
    valid &= generic_is_equal(&c->f, &left, &right);
    ZEROISE(left);
    ZEROISE(right);
    return valid;
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
