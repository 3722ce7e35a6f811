/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Powers modulo an odd m of any length up to MATH_BIGNUM_MAX bytes, in Montgomery form: n limbs, R = 2^(n LIMB_BITS), and x stands as
 * x R mod m. Time and addresses depend on lengths alone (and, where _vartime says so, on the exponent): m may be secret too.
 *
 * Elements are n limbs in 0..m-1. Outputs may lie over inputs; t and room are no inputs, lie apart, and are left for the caller to wipe.
 */
#ifndef SOFTWARE_MATH_MONTGOMERY_H
#define SOFTWARE_MATH_MONTGOMERY_H

#include "software/ecc/limbs.h"
#include "software/kernels.h"
#include "software/math/bignum.h"

struct montgomery {
    uint64_t inverse; /* -1/m mod 2^LIMB_BITS */
    uint64_t n;
    limb values[]; /* m, then R^2 mod m */
};

static inline size_t montgomery_limbs(size_t length)
{
    return (length + LIMB_BYTES - 1u) / LIMB_BYTES;
}

/* Bytes of the structure for a modulus of so many; a multiple of 8. It wants to be aligned to 8. */
static inline size_t montgomery_size(size_t length)
{
    return sizeof(struct montgomery) + 2u * montgomery_limbs(length) * sizeof(limb);
}

/* Limbs of t below. */
static inline size_t montgomery_scratch(size_t n)
{
    return MODULAR_ROOM(n) + n;
}

/* modulus is odd, above 1, and its first byte is not 0. */
void montgomery_prepare(struct montgomery *m, const uint8_t *modulus, size_t length, limb *t);

/* r = the bytes, any number of them, as an integer mod m, in Montgomery form, and back: a plain integer below m. */
void montgomery_enter(const struct montgomery *m, limb *r, const uint8_t *bytes, size_t length, limb *t);
void montgomery_leave(const struct montgomery *m, limb *r, const limb *a, limb *t);

/* r = a b / R mod m, where one factor may be any n limbs. */
void montgomery_multiply(const struct montgomery *m, limb *r, const limb *a, const limb *b, limb *t);
void montgomery_square(const struct montgomery *m, limb *r, const limb *a, limb *t);
void montgomery_subtract(const struct montgomery *m, limb *r, const limb *a, const limb *b, limb *t);

/* r = base^exponent, both in Montgomery form, the exponent of so many bytes, whatever they are. room: so many limbs, which
 * may be fewer for a larger n. */
size_t montgomery_power_room(size_t n);
void montgomery_power(const struct montgomery *m, limb *r, const limb *base, const uint8_t *exponent, size_t length, limb *room);
/* The same for an exponent that is public and not 0, with t; r lies apart from base. */
void montgomery_power_vartime(const struct montgomery *m, limb *r, const limb *base, struct math_integer exponent, limb *t);

#endif
