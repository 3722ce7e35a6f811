/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/generic_curve.h"

#include "util/zeroise.h"

void generic_curve_init(struct generic_curve *c, const struct generic_parameters *parameters)
{
    const struct generic_arithmetic *own = parameters->arithmetic;
    generic_field_init(&c->f, own != NULL ? own : &generic_montgomery, parameters->p, parameters->length);
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
    generic_square(&c->f, &t, x);
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
    generic_square(f, &w.xx, &p->x);
    generic_square(f, &w.yy, &p->y);
    generic_square(f, &w.zz, &p->z);
    twice_product(f, &w.xy, &p->x, &p->y);
    twice_product(f, &w.xz, &p->x, &p->z);
    twice_product(f, &w.yz, &p->y, &p->z);
    make_factors(c, &w);
    write_x_and_y(f, r, &w);
    twice_product(f, &r->z, &w.yz, &w.yy);
    generic_add(f, &r->z, &r->z, &r->z);
    ZEROISE(w);
}

/* ---- Many doublings: Jacobian coordinates, (X, Y, Z) for (X / Z^2, Y / Z^3), need little more than half for each ---- */

struct doubling {
    struct generic_element m, s, t, y2;
};

/* m = 3 X^2 + a Z^4, for a = -3 the product of X - Z^2 and X + Z^2, three times. */
static void slope(const struct generic_curve *c, struct doubling *w, const struct generic_point *p)
{
    const struct generic_field *f = &c->f;
    switch (c->a_is) {
    case GENERIC_A_ZERO:
        generic_square(f, &w->m, &p->x);
        break;
    case GENERIC_A_MINUS_3:
        generic_square(f, &w->t, &p->z);
        generic_subtract(f, &w->s, &p->x, &w->t);
        generic_add(f, &w->t, &p->x, &w->t);
        generic_multiply(f, &w->m, &w->s, &w->t);
        break;
    default:
        generic_square(f, &w->m, &p->x);
        f->arithmetic->square_times(f, &w->t, &p->z, 2);
        break;
    }
    generic_add(f, &w->s, &w->m, &w->m);
    generic_add(f, &w->m, &w->m, &w->s);
    if (c->a_is == GENERIC_A_ANY) { /* of the curve, which is public */
        generic_multiply(f, &w->t, &w->t, &c->a);
        generic_add(f, &w->m, &w->m, &w->t);
    }
}

/* p = 2 p: with s = 4 X Y^2, X' = m^2 - 2 s, Y' = m (s - X') - 8 Y^4, Z' = 2 Y Z. */
static void double_jacobian(const struct generic_curve *c, struct doubling *w, struct generic_point *p)
{
    const struct generic_field *f = &c->f;
    slope(c, w, p);
    twice_product(f, &p->z, &p->y, &p->z);
    generic_square(f, &w->y2, &p->y);
    generic_add(f, &w->y2, &w->y2, &w->y2);
    twice_product(f, &w->s, &w->y2, &p->x);
    generic_square(f, &w->t, &w->y2);
    generic_add(f, &w->t, &w->t, &w->t);
    generic_square(f, &p->x, &w->m);
    generic_subtract(f, &p->x, &p->x, &w->s);
    generic_subtract(f, &p->x, &p->x, &w->s);
    generic_subtract(f, &w->s, &w->s, &p->x);
    generic_multiply(f, &w->s, &w->s, &w->m);
    generic_subtract(f, &p->y, &w->s, &w->t);
}

/* r = p, (X Z, Y Z^2, Z). O becomes (0, 1, 0), which doublings leave (0, y, 0) with a y that is not 0. */
static void to_jacobian(const struct generic_field *f, struct doubling *w, struct generic_point *r, const struct generic_point *p)
{
    limb is_neutral = generic_is_zero(f, &p->z);
    generic_square(f, &w->t, &p->z);
    generic_multiply(f, &r->y, &p->y, &w->t);
    generic_select(f, &r->y, is_neutral, &f->one, &r->y);
    generic_multiply(f, &r->x, &p->x, &p->z);
    r->z = p->z;
}

/* Back: (X Z, Y, Z^3). No point of odd order but O doubles to O. */
static void from_jacobian(const struct generic_field *f, struct doubling *w, struct generic_point *r)
{
    generic_multiply(f, &r->x, &r->x, &r->z);
    generic_square(f, &w->t, &r->z);
    generic_multiply(f, &r->z, &r->z, &w->t);
}

void generic_double_times(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p, unsigned count)
{
    struct doubling w;
    if (count <= 1) { /* the other way pays from 2 on */
        *r = *p;
        if (count == 1) {
            generic_double_point(c, r, r);
        }
        return;
    }
    to_jacobian(&c->f, &w, r, p);
    for (unsigned i = 0; i < count; i++) {
        double_jacobian(c, &w, r);
    }
    from_jacobian(&c->f, &w, r);
    ZEROISE(w);
}

void generic_neutral(const struct generic_curve *c, struct generic_point *r)
{
    memset(r, 0, sizeof *r);
    r->y = c->f.one;
}

limb generic_read_point(const struct generic_curve *c, struct generic_point *r, const uint8_t *bytes)
{
    struct generic_element left, right;
    limb valid = generic_read(&c->f, &r->x, bytes) & generic_read(&c->f, &r->y, bytes + c->f.length);
    r->z = c->f.one;
    generic_square(&c->f, &left, &r->y);
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
