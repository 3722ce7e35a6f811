/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points of P-256 in Jacobian coordinates: (X, Y, Z) is (X / Z^2, Y / Z^3); Z = 0 is the neutral element O.
 *
 * The formulas for sums are not complete: they fail for equal and for opposite points and for O. Each caller that works
 * on secrets shows that it never comes to that; the callers on public values ask (p256_vartime.h).
 */
#ifndef SOFTWARE_ECC_P256_POINT_H
#define SOFTWARE_ECC_P256_POINT_H

#include "software/ecc/p256_field.h"

struct p256_point {
    struct p256_element x, y, z;
};

struct p256_affine {
    struct p256_element x, y;
};

/* r = 2 a: M = 3 (X - Z^2)(X + Z^2), S = 4 X Y^2, X' = M^2 - 2 S, Y' = M (S - X') - 8 Y^4, Z' = 2 Y Z, for the a = -3 of the
 * curve. O gives O. There are no points of order 2. */
static inline void p256_double(struct p256_point *r, const struct p256_point *a)
{
    struct p256_element m, s, t, y2;
    p256_square(&t, &a->z);
    p256_subtract(&m, &a->x, &t);
    p256_add(&t, &a->x, &t);
    p256_multiply(&m, &m, &t);
    p256_add(&t, &m, &m);
    p256_add(&m, &m, &t);
    p256_add(&y2, &a->y, &a->y);
    p256_multiply(&r->z, &y2, &a->z);
    p256_square(&t, &y2); /* 4 Y^2 */
    p256_multiply(&s, &t, &a->x);
    p256_square(&t, &t);
    p256_halve(&t, &t); /* 8 Y^4 */
    p256_square(&r->x, &m);
    p256_subtract(&r->x, &r->x, &s);
    p256_subtract(&r->x, &r->x, &s);
    p256_subtract(&s, &s, &r->x);
    p256_multiply(&s, &s, &m);
    p256_subtract(&r->y, &s, &t);
}

/* What the two kinds of sums have in common: u1 = X1 Z2^2, s1 = Y1 Z2^3, h = X2 Z1^2 - u1, w = Y2 Z1^3 - s1. */
static inline void p256_sum_finish(struct p256_point *r, const struct p256_element *u1, const struct p256_element *s1,
                                   const struct p256_element *h, const struct p256_element *w)
{
    struct p256_element h2, h3, v, t;
    p256_square(&h2, h);
    p256_multiply(&h3, &h2, h);
    p256_multiply(&v, &h2, u1);
    p256_multiply(&t, &h3, s1);
    p256_square(&h2, w);
    p256_subtract(&h2, &h2, &h3);
    p256_subtract(&h2, &h2, &v);
    p256_subtract(&r->x, &h2, &v); /* w^2 - h^3 - 2 u1 h^2 */
    p256_subtract(&v, &v, &r->x);
    p256_multiply(&v, &v, w);
    p256_subtract(&r->y, &v, &t); /* w (u1 h^2 - X3) - s1 h^3 */
}

/* r = a + b for a != b, a != -b, neither O. h and w say which it was: h = 0 for a = b (w = 0) and for a = -b. */
static inline void p256_add_points(struct p256_point *r, struct p256_element *h, struct p256_element *w,
                                   const struct p256_point *a, const struct p256_point *b)
{
    struct p256_element z1, z2, u1, s1;
    p256_square(&z1, &a->z);
    p256_square(&z2, &b->z);
    p256_multiply(&u1, &a->x, &z2);
    p256_multiply(h, &b->x, &z1);
    p256_multiply(&z2, &z2, &b->z);
    p256_multiply(&z1, &z1, &a->z);
    p256_multiply(&s1, &a->y, &z2);
    p256_multiply(w, &b->y, &z1);
    p256_subtract(h, h, &u1);
    p256_subtract(w, w, &s1);
    p256_multiply(&z1, &a->z, &b->z);
    p256_multiply(&r->z, &z1, h);
    p256_sum_finish(r, &u1, &s1, h, w);
}

/* The same for an affine b. */
static inline void p256_add_affine(struct p256_point *r, struct p256_element *h, struct p256_element *w,
                                   const struct p256_point *a, const struct p256_affine *b)
{
    struct p256_element z1, u1 = a->x, s1 = a->y;
    p256_square(&z1, &a->z);
    p256_multiply(h, &b->x, &z1);
    p256_multiply(&z1, &z1, &a->z);
    p256_multiply(w, &b->y, &z1);
    p256_subtract(h, h, &u1);
    p256_subtract(w, w, &s1);
    p256_multiply(&r->z, &a->z, h);
    p256_sum_finish(r, &u1, &s1, h, w);
}

/* r = a in affine coordinates, a not O. */
static inline void p256_to_affine(struct p256_affine *r, const struct p256_point *a)
{
    struct p256_element z, z2;
    p256_invert(&z, &a->z);
    p256_square(&z2, &z);
    p256_multiply(&r->x, &a->x, &z2);
    p256_multiply(&z, &z, &z2);
    p256_multiply(&r->y, &a->y, &z);
    ZEROISE(z); /* Z tells more of a scalar than the point does */
    ZEROISE(z2);
}

static inline void p256_from_affine(struct p256_point *r, const struct p256_affine *a)
{
    r->x = a->x;
    r->y = a->y;
    r->z = p256_one;
}

/* All-ones if y^2 = x^3 - 3 x + b. */
static inline limb p256_on_curve(const struct p256_affine *a)
{
    /* b 2^256 mod p */
    static const struct p256_element b = { { LIMB_WORD(0xd89cdf6229c4bddf), LIMB_WORD(0xacf005cd78843090),
                                             LIMB_WORD(0xe5a220abf7212ed6), LIMB_WORD(0xdc30061d04874834) } };
    struct p256_element left, right, t;
    p256_square(&left, &a->y);
    p256_square(&right, &a->x);
    p256_multiply(&right, &right, &a->x);
    p256_add(&t, &a->x, &a->x);
    p256_add(&t, &t, &a->x);
    p256_subtract(&right, &right, &t);
    p256_add(&right, &right, &b);
    p256_subtract(&left, &left, &right);
    return p256_mask_zero(&left);
}

#endif
