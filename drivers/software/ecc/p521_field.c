/* SPDX-License-Identifier: Apache-2.0 */
/* The field of P-521 as generic_field.h wants it. */
#include <psacrypto/config.h>

#include "software/ecc/p521_field.h"

#include "software/ecc/generic_field.h"

#if PSA_WANT_ECC_SECP_R1_521

static void add(const struct generic_field *f, struct generic_element *r, const struct generic_element *a, const struct generic_element *b)
{
    (void)f;
    p521_add(r->v, a->v, b->v);
}

static void subtract(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                     const struct generic_element *b)
{
    (void)f;
    p521_subtract(r->v, a->v, b->v);
}

static void multiply(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                     const struct generic_element *b)
{
    (void)f;
    p521_multiply(r->v, a->v, b->v);
}

static void square_times(const struct generic_field *f, struct generic_element *r, const struct generic_element *a, unsigned count)
{
    (void)f;
    p521_square_times(r->v, a->v, count);
}

static limb is_zero(const struct generic_field *f, const struct generic_element *a)
{
    (void)f;
    return p521_mask_zero(a->v);
}

static void from_integer(const struct generic_field *f, struct generic_element *r, const limb *integer)
{
    (void)f;
    p521_from_integer(r->v, integer);
}

static void to_integer(const struct generic_field *f, limb *integer, const struct generic_element *a)
{
    (void)f;
    p521_to_integer(integer, a->v);
}

const struct generic_arithmetic generic_p521 = {
    .limbs = P521_LIMBS,
    .add = add,
    .subtract = subtract,
    .multiply = multiply,
    .square_times = square_times,
    .is_zero = is_zero,
    .from_integer = from_integer,
    .to_integer = to_integer,
};

#endif
