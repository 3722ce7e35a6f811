/* SPDX-License-Identifier: Apache-2.0 */
/* Sums on curves by their parameters, as PAKEs want them (curve.h). */
#include "software/ecc/generic_base.h"
#include "util/zeroise.h"

#define UNCOMPRESSED 0x04u /* SEC 1, 2.3.3 */

/* The neutral element is zeroes altogether. */
static void write(const struct generic_base *base, uint8_t *encoded, const struct generic_point *point)
{
    limb valid = generic_write_point(&base->c, encoded + 1, point);
    encoded[0] = (uint8_t)(valid & UNCOMPRESSED);
}

static psa_status_t check(const struct sw_curve *curve, const uint8_t *encoded)
{
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point point;
    limb valid = generic_read_point(&base->c, &point, encoded + 1);
    CT_PUBLIC(&valid, sizeof valid); /* the answer to the caller */
    ZEROISE(point);
    return encoded[0] == UNCOMPRESSED && valid != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t multiply(const struct sw_curve *curve, uint8_t *product, const uint8_t *scalar, const uint8_t *encoded)
{
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point point;
    (void)generic_read_point(&base->c, &point, encoded + 1);
    generic_multiply_point(&base->c, &point, scalar, curve->order_length, &point);
    write(base, product, &point);
    ZEROISE(point);
    return PSA_SUCCESS;
}

static psa_status_t multiply_base(const struct sw_curve *curve, uint8_t *product, const uint8_t *scalar)
{
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point point;
    generic_multiply_base(base, &point, scalar);
    write(base, product, &point);
    ZEROISE(point);
    return PSA_SUCCESS;
}

static psa_status_t add(const struct sw_curve *curve, uint8_t *sum, const uint8_t *a, const uint8_t *b)
{
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point p, q;
    (void)generic_read_point(&base->c, &p, a + 1);
    (void)generic_read_point(&base->c, &q, b + 1);
    generic_add_points(&base->c, &p, &p, &q);
    write(base, sum, &p);
    ZEROISE(p);
    ZEROISE(q);
    return PSA_SUCCESS;
}

const struct sw_curve_group sw_generic_group = {
    .cofactor = 1,
    .check = check,
    .multiply_base = multiply_base,
    .multiply = multiply,
    .add = add,
};
