/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Groups of prime order q for PAKEs, written additively: short Weierstrass curves, the subgroup of order q of a twisted
 * Edwards curve, and the squares modulo a safe prime, where the sum of two elements is their product.
 *
 * For the protocols in this folder. Everything is a string of bytes that the caller owns, so that contexts stay flat; nothing
 * is allocated that outlives a call, and struct sw_group may be copied. Lengths are those in struct sw_group:
 * - A scalar has scalar_length bytes, big-endian in every group, and is below q.
 * - An element has element_length bytes and is encoded as PSA encodes public keys in this group. The neutral element, of which
 *   PSA has no encoding on Weierstrass curves, is zeroes there, elsewhere its encoding in the standard.
 * What comes from outside passes sw_group_check() (elements) or sw_group_scalar_is_valid() before anything else is done with
 * it; the other functions take that for granted. Outputs may lie over inputs, and are unspecified on failure.
 *
 * Constant-time in scalars and elements on curves, in finite fields as far as math/bignum.h says. Whether a scalar is 0, or an
 * element neutral, is public: by chance that does not happen. Functions that blind fail for want of randomness or memory.
 */
#ifndef SOFTWARE_PAKE_GROUP_H
#define SOFTWARE_PAKE_GROUP_H

#include "software/ecc/curve.h"
#include "software/ffdh/group.h"

/* Bytes of the longest element and scalar of this build. */
#if SW_HAS_FFDH
#define SW_GROUP_ELEMENT_MAX SW_FFDH_LENGTH_MAX
#define SW_GROUP_SCALAR_MAX SW_FFDH_LENGTH_MAX
#else
#define SW_GROUP_ELEMENT_MAX SW_CURVE_POINT_MAX
#define SW_GROUP_SCALAR_MAX SW_CURVE_LENGTH_MAX
#endif

struct sw_group {
    psa_pake_primitive_t primitive;
    uint16_t element_length;
    uint16_t scalar_length;
    uint8_t cofactor; /* of the subgroup in the curve; 1 for all but Edwards curves (and for finite fields, where none is used) */
    const struct sw_curve *curve;       /* NULL: a finite field */
    const struct sw_ffdh_group *field;  /* NULL: a curve */
};

/* PSA_ERROR_NOT_SUPPORTED where this build has no such group, or nobody can add in it (Montgomery curves). */
psa_status_t sw_group_find(struct sw_group *group, psa_pake_primitive_t primitive);

/* ---- Elements ---- */

/* PSA_ERROR_INVALID_ARGUMENT unless the string, which is public, is an element of the group other than the neutral one. */
psa_status_t sw_group_check(const struct sw_group *group, const uint8_t *element);

/* All-ones for the neutral element, else 0. */
uint32_t sw_group_is_neutral(const struct sw_group *group, const uint8_t *element);

/* product = scalar * element, and scalar * the generator. */
psa_status_t sw_group_multiply(const struct sw_group *group, uint8_t *product, const uint8_t *scalar, const uint8_t *element);
psa_status_t sw_group_multiply_base(const struct sw_group *group, uint8_t *product, const uint8_t *scalar);

/* sum = a + b, for any two. To subtract, negate the scalar that made one of them. */
psa_status_t sw_group_add(const struct sw_group *group, uint8_t *sum, const uint8_t *a, const uint8_t *b);

/* The generator. */
psa_status_t sw_group_base(const struct sw_group *group, uint8_t *element);

/* ---- Scalars: integers modulo q ---- */

void sw_group_order(const struct sw_group *group, uint8_t *order);

/* All-ones if scalar is in 1..q-1, else 0. */
uint32_t sw_group_scalar_is_valid(const struct sw_group *group, const uint8_t *scalar);

/* Uniform in 1..q-1. */
psa_status_t sw_group_scalar_random(const struct sw_group *group, uint8_t *scalar);

/* scalar = the bytes, any number of them, as a big-endian integer modulo q. Time depends on the length alone. */
void sw_group_scalar_reduce(const struct sw_group *group, uint8_t *scalar, const uint8_t *bytes, size_t length);

void sw_group_scalar_add(const struct sw_group *group, uint8_t *sum, const uint8_t *a, const uint8_t *b);
void sw_group_scalar_multiply(const struct sw_group *group, uint8_t *product, const uint8_t *a, const uint8_t *b);
/* negative = -a */
void sw_group_scalar_negate(const struct sw_group *group, uint8_t *negative, const uint8_t *a);

#endif
