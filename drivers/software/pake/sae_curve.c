/* SPDX-License-Identifier: Apache-2.0 */
/* From passwords to points, for WPA3-SAE: IEEE 802.11-2020, 12.4.4.2. */
#include "software/pake/sae_group.h"

#if SW_HAS_SAE_ECC

#include "software/ecc/generic_curve.h"
#include "util/zeroise.h"

/* r = y or -y, whichever is odd where the mask is all-ones, and even where it is 0; y is not 0. */
static void set_parity(const struct generic_field *f, struct generic_element *r, const struct generic_element *y, limb odd)
{
    struct generic_element negative;
    generic_negate(f, &negative, y);
    generic_select(f, r, generic_is_odd(f, y) ^ odd, &negative, y);
    ZEROISE(negative);
}

struct map {
    struct generic_element z, i, m, t, x1, x2, g1, g2, y1, y2, special;
};

/*
 * r = a point for u, by the simplified map of Shallue, van de Woestijne and Ulas: with g(x) = x^3 + a x + b and m = z u^2,
 * x1 = -b / a (1 + 1 / (m^2 + m)), or b / (z a) where that denominator is 0, x2 = m x1: g is a square for one of the two.
 */
static void map_to_curve(const struct generic_curve *c, struct generic_point *r, const struct generic_element *u, int small_z)
{
    const struct generic_field *f = &c->f;
    struct map w;
    generic_small(f, &w.z, small_z);
    generic_multiply(f, &w.i, &w.z, &c->a);
    generic_invert(f, &w.i, &w.i);
    generic_multiply(f, &w.special, &c->b, &w.i); /* b / (z a) */
    generic_multiply(f, &w.i, &w.special, &w.z);
    generic_negate(f, &w.i, &w.i); /* -b / a */

    generic_multiply(f, &w.m, u, u);
    generic_multiply(f, &w.m, &w.z, &w.m);
    generic_multiply(f, &w.t, &w.m, &w.m);
    generic_add(f, &w.t, &w.t, &w.m);
    limb is_special = generic_is_zero(f, &w.t);
    generic_invert(f, &w.t, &w.t);
    generic_add(f, &w.t, &w.t, &f->one);
    generic_multiply(f, &w.x1, &w.i, &w.t);
    generic_select(f, &w.x1, is_special, &w.special, &w.x1);
    generic_multiply(f, &w.x2, &w.m, &w.x1);

    generic_right_side(c, &w.g1, &w.x1);
    generic_right_side(c, &w.g2, &w.x2);
    limb is_first = generic_root(f, &w.y1, &w.g1);
    (void)generic_root(f, &w.y2, &w.g2);
    generic_select(f, &r->x, is_first, &w.x1, &w.x2);
    generic_select(f, &r->y, is_first, &w.y1, &w.y2);
    set_parity(f, &r->y, &r->y, generic_is_odd(f, u));
    r->z = f->one;
    ZEROISE(w);
}

/* 12.4.4.2.3: the sum of the points of two values. O, which no password will hit, is written as zeroes: nobody can use it. */
static void derive(const struct sw_sae_group *group, uint8_t *token, const uint8_t *values)
{
    const struct generic_parameters *parameters = group->parameters;
    struct generic_curve c;
    struct generic_element u;
    struct generic_point p1, p2;
    generic_curve_init(&c, parameters);
    generic_reduce(&c.f, &u, values, group->value_length);
    map_to_curve(&c, &p1, &u, parameters->z);
    generic_reduce(&c.f, &u, values + group->value_length, group->value_length);
    map_to_curve(&c, &p2, &u, parameters->z);
    generic_add_points(&c, &p1, &p1, &p2);
    (void)generic_write_point(&c, token, &p1);
    ZEROISE(u);
    ZEROISE(p1);
    ZEROISE(p2);
}

static psa_status_t check_token(const struct sw_sae_group *group, const uint8_t *token)
{
    struct generic_curve c;
    struct generic_point point;
    generic_curve_init(&c, group->parameters);
    limb valid = generic_read_point(&c, &point, token);
    CT_PUBLIC(&valid, sizeof valid); /* the answer to the caller */
    ZEROISE(point);
    return valid != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

/* 12.4.4.2.2: value is the x of a point. */
static uint32_t candidate(const struct sw_sae_group *group, uint8_t *element, const uint8_t *value, uint32_t parity)
{
    struct generic_curve c;
    struct generic_element x, y;
    generic_curve_init(&c, group->parameters);
    limb valid = generic_read(&c.f, &x, value);
    generic_right_side(&c, &y, &x);
    valid &= generic_root(&c.f, &y, &y);
    set_parity(&c.f, &y, &y, (limb)0 - (limb)(parity & 1u));
    generic_write(&c.f, element, &x);
    generic_write(&c.f, element + group->length, &y);
    ZEROISE(x);
    ZEROISE(y);
    return (uint32_t)valid;
}

static void prime(const struct sw_sae_group *group, uint8_t *p)
{
    const struct generic_parameters *parameters = group->parameters;
    memcpy(p, parameters->p, group->length);
}

/* A value is a point's x with probability above 1/4 on each of these curves (half the values below p are, and p is above half
 * of what its bits can say): 40 rounds are not enough for one password in 100,000. */
static const struct sw_sae_kind kind = {
    .derive = derive,
    .check_token = check_token,
    .candidate = candidate,
    .prime = prime,
    .rounds = 40,
    .first = 256,
    .second = 384,
};

int sw_sae_curve_find(struct sw_sae_group *group, psa_ecc_family_t family, size_t bits)
{
    const struct generic_parameters *parameters = generic_parameters_find(family, bits);
    if (parameters == NULL || parameters->z == 0) {
        return 0;
    }
    group->kind = &kind;
    group->parameters = parameters;
    group->prime_bits = parameters->bits;
    group->value_count = 2;
    group->prefix = 1;
    return 1;
}

#endif
