/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of integers modulo a prime p of up to 521 bits that is known only at run time: for curves that have no arithmetic of
 * their own, and for their orders. Constant-time in the elements; p is public.
 *
 * Integers are in n limbs without gaps, in 0..p-1. Elements are the same in Montgomery form: x stands for x / 2^(n LIMB_BITS); but
 * a prime that has arithmetic of its own keeps them as it likes. Outputs may be inputs.
 */
#ifndef SOFTWARE_ECC_GENERIC_FIELD_H
#define SOFTWARE_ECC_GENERIC_FIELD_H

#include <stddef.h>

#include "software/ecc/limbs.h"

#define GENERIC_LENGTH_MAX 66u /* bytes */

/* Limbs of less than LIMB_BITS bits are more of them: 18 of 29 for 521 bits. */
#define GENERIC_LIMBS_MAX (LIMB_BITS == 64 ? LIMBS_MAX : LIMBS_MAX + 1)

struct generic_element {
    limb v[GENERIC_LIMBS_MAX];
};

struct generic_field;

/* What depends on the form of the elements. 0 is zeroes, but not in that form alone. */
struct generic_arithmetic {
    int limbs; /* of an element; 0: as many as p has */
    void (*add)(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                const struct generic_element *b);
    void (*subtract)(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                     const struct generic_element *b);
    void (*multiply)(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                     const struct generic_element *b);
    /* r = a^(2^count), count > 0. */
    void (*square_times)(const struct generic_field *f, struct generic_element *r, const struct generic_element *a, unsigned count);
    /* All-ones if it is so. */
    limb (*is_zero)(const struct generic_field *f, const struct generic_element *a);
    /* Any integer of f->length bytes; and the one in 0..p-1. */
    void (*from_integer)(const struct generic_field *f, struct generic_element *r, const limb *integer);
    void (*to_integer)(const struct generic_field *f, limb *integer, const struct generic_element *a);
};

/* For every prime; and for p = 2^521 - 1. */
extern const struct generic_arithmetic generic_montgomery, generic_p521;

struct generic_field {
    const struct generic_arithmetic *arithmetic;
    int n;
    int limbs;       /* of an element */
    unsigned length; /* of an element as bytes */
    unsigned bits;   /* of p */
    limb inverse;    /* -1/p modulo 2^LIMB_BITS */
    limb p[LIMBS_MAX];
    struct generic_element square; /* leads into the Montgomery form: 2^(2 n LIMB_BITS) mod p */
    struct generic_element one;
};

/* p: length bytes, big-endian, an odd prime. */
void generic_field_init(struct generic_field *f, const struct generic_arithmetic *arithmetic, const uint8_t *p, size_t length);

static inline void generic_add(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                               const struct generic_element *b)
{
    f->arithmetic->add(f, r, a, b);
}

static inline void generic_subtract(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                                    const struct generic_element *b)
{
    f->arithmetic->subtract(f, r, a, b);
}

static inline void generic_multiply(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                                    const struct generic_element *b)
{
    f->arithmetic->multiply(f, r, a, b);
}

static inline void generic_square(const struct generic_field *f, struct generic_element *r, const struct generic_element *a)
{
    f->arithmetic->square_times(f, r, a, 1);
}

void generic_negate(const struct generic_field *f, struct generic_element *r, const struct generic_element *a);

/* r = 1 / a, 0 for 0. */
void generic_invert(const struct generic_field *f, struct generic_element *r, const struct generic_element *a);
/* All-ones, and r^2 = a, if a is a square; else 0. p = 3 mod 4. */
limb generic_root(const struct generic_field *f, struct generic_element *r, const struct generic_element *a);

/* All-ones if it is so. */
static inline limb generic_is_zero(const struct generic_field *f, const struct generic_element *a)
{
    return f->arithmetic->is_zero(f, a);
}

limb generic_is_equal(const struct generic_field *f, const struct generic_element *a, const struct generic_element *b);
/* The lowest bit of the integer. */
limb generic_is_odd(const struct generic_field *f, const struct generic_element *a);
/* r = a where mask is all-ones, b where it is 0. */
void generic_select(const struct generic_field *f, struct generic_element *r, limb mask, const struct generic_element *a,
                    const struct generic_element *b);

/* f->length bytes, big-endian; all-ones if they are an integer below p, else r is another one that is. */
limb generic_read(const struct generic_field *f, struct generic_element *r, const uint8_t *bytes);
void generic_write(const struct generic_field *f, uint8_t *bytes, const struct generic_element *a);
/* r = the integer of any length, modulo p. */
void generic_reduce(const struct generic_field *f, struct generic_element *r, const uint8_t *bytes, size_t length);
/* A small integer of either sign. */
void generic_small(const struct generic_field *f, struct generic_element *r, int small);

#endif
