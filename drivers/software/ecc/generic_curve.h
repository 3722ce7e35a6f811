/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Curves y^2 = x^3 + a x + b modulo p with a prime number of points, their parameters a table. Constant-time in points
 * and scalars: one formula for sums is right for all pairs of points, so that nothing asks which points they are.
 *
 * Points are projective, (X : Y : Z) for (X / Z, Y / Z); Z = 0 is the neutral element O. Outputs may be inputs.
 */
#ifndef SOFTWARE_ECC_GENERIC_CURVE_H
#define SOFTWARE_ECC_GENERIC_CURVE_H

#include "software/ecc/curve.h"
#include "software/ecc/generic_field.h"

/* Integers are big-endian, as long as p. */
struct generic_parameters {
    psa_ecc_family_t family;
    uint16_t bits;   /* the size of keys in PSA: that of p but for secp224k1 */
    uint8_t length;  /* bytes of p */
    int8_t z;        /* of a curve for WPA3-SAE, see generic_curve_table.c; else 0 */
    const struct generic_arithmetic *arithmetic; /* modulo p, where it has its own; else NULL */
    uint8_t p[GENERIC_LENGTH_MAX], a[GENERIC_LENGTH_MAX], b[GENERIC_LENGTH_MAX];
    uint8_t x[GENERIC_LENGTH_MAX], y[GENERIC_LENGTH_MAX]; /* the base point */
};

/* NULL where this build does not have the curve, or it is of another form. */
const struct generic_parameters *generic_parameters_find(psa_ecc_family_t family, size_t bits);

/* Most curves have an a by which multiplying costs nothing. */
enum generic_a { GENERIC_A_ANY, GENERIC_A_ZERO, GENERIC_A_MINUS_3 };

struct generic_curve {
    struct generic_field f;
    struct generic_element a, b, b3; /* b3 = 3 b */
    enum generic_a a_is;
};

struct generic_point {
    struct generic_element x, y, z;
};

void generic_curve_init(struct generic_curve *c, const struct generic_parameters *parameters);

/* r = x^3 + a x + b */
void generic_right_side(const struct generic_curve *c, struct generic_element *r, const struct generic_element *x);

void generic_add_points(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p,
                        const struct generic_point *q);
void generic_double_point(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p);
/* r = 2^count p */
void generic_double_times(const struct generic_curve *c, struct generic_point *r, const struct generic_point *p, unsigned count);

/* The neutral element. */
void generic_neutral(const struct generic_curve *c, struct generic_point *r);

/* r = table[index], all count entries of it read. */
void generic_look_up(const struct generic_field *f, struct generic_point *r, const struct generic_point *table, uint32_t count,
                     uint32_t index);

/* r = scalar p; scalar: length bytes, big-endian, in any range. */
void generic_multiply_point(const struct generic_curve *c, struct generic_point *r, const uint8_t *scalar, size_t length,
                            const struct generic_point *p);

/* x || y. All-ones if that is a point, which O is not. */
limb generic_read_point(const struct generic_curve *c, struct generic_point *r, const uint8_t *bytes);
/* All-ones unless it is O, which is written as zeroes. */
limb generic_write_point(const struct generic_curve *c, uint8_t *bytes, const struct generic_point *p);

/* Sums for PAKEs on all of these curves. */
extern const struct sw_curve_group sw_generic_group; /* generic_group.c */

/* Keys, ECDH and ECDSA. */
extern const struct sw_curve_arithmetic sw_generic; /* generic.c */

/* table[i] = (2 i + 1) p */
void generic_odd_multiples(const struct generic_curve *c, struct generic_point *table, unsigned count, const struct generic_point *p);

#endif
