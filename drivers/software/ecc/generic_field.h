/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of integers modulo a prime p of up to 521 bits that is known only at run time: for curves that have no arithmetic of
 * their own, and for their orders. Constant-time in the elements; p is public.
 *
 * Elements are in n limbs, in 0..p-1, in Montgomery form: x stands for x / 2^(n LIMB_BITS). For a Mersenne prime,
 * modulo which nothing needs to be divided, as they are. Outputs may be inputs.
 */
#ifndef SOFTWARE_ECC_GENERIC_FIELD_H
#define SOFTWARE_ECC_GENERIC_FIELD_H

#include <stddef.h>

#include "software/ecc/limbs.h"

#define GENERIC_LENGTH_MAX 66u /* bytes */

struct generic_element {
    limb v[LIMBS_MAX];
};

struct generic_field {
    int n;
    unsigned length; /* of an element as bytes */
    unsigned bits;   /* of p */
    limb inverse;    /* -1/p modulo 2^LIMB_BITS */
    int is_mersenne; /* p = 2^bits - 1, and does not fill its limbs */
    limb p[LIMBS_MAX];
    struct generic_element square; /* leads into the Montgomery form: 2^(2 n LIMB_BITS) mod p, or 1 */
    struct generic_element one;
};

/* p: length bytes, big-endian, an odd prime. */
void generic_field_init(struct generic_field *f, const uint8_t *p, size_t length);

void generic_add(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                 const struct generic_element *b);
void generic_subtract(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                      const struct generic_element *b);
void generic_negate(const struct generic_field *f, struct generic_element *r, const struct generic_element *a);
void generic_multiply(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                      const struct generic_element *b);

/* r = 1 / a, 0 for 0. */
void generic_invert(const struct generic_field *f, struct generic_element *r, const struct generic_element *a);
/* All-ones, and r^2 = a, if a is a square; else 0. p = 3 mod 4. */
limb generic_root(const struct generic_field *f, struct generic_element *r, const struct generic_element *a);

/* All-ones if it is so. */
limb generic_is_zero(const struct generic_field *f, const struct generic_element *a);
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
