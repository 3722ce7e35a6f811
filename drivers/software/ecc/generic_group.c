/* SPDX-License-Identifier: Apache-2.0 */
/* Sums on curves by their parameters, as PAKEs want them (curve.h). */
#include "software/ecc/generic_curve.h"
#include "util/zeroise.h"

#define UNCOMPRESSED 0x04u /* SEC 1, 2.3.3 */

static void init(struct generic_curve *c, const struct sw_curve *curve)
{
    generic_curve_init(c, generic_parameters_find(curve->family, curve->bits));
}

/* The neutral element is zeroes altogether. */
static void write(const struct generic_curve *c, uint8_t *encoded, const struct generic_point *point)
{
    limb valid = generic_write_point(c, encoded + 1, point);
    encoded[0] = (uint8_t)(valid & UNCOMPRESSED);
}

static psa_status_t check(const struct sw_curve *curve, const uint8_t *encoded)
{
    struct generic_curve c;
    struct generic_point point;
    init(&c, curve);
    limb valid = generic_read_point(&c, &point, encoded + 1);
    CT_PUBLIC(&valid, sizeof valid); /* the answer to the caller */
    ZEROISE(point);
    return encoded[0] == UNCOMPRESSED && valid != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t multiply(const struct sw_curve *curve, uint8_t *product, const uint8_t *scalar, const uint8_t *encoded)
{
    struct generic_curve c;
    struct generic_point point;
    init(&c, curve);
    (void)generic_read_point(&c, &point, encoded + 1);
    generic_multiply_point(&c, &point, scalar, curve->order_length, &point);
    write(&c, product, &point);
    ZEROISE(point);
    return PSA_SUCCESS;
}

static psa_status_t multiply_base(const struct sw_curve *curve, uint8_t *product, const uint8_t *scalar)
{
    const struct generic_parameters *parameters = generic_parameters_find(curve->family, curve->bits);
    uint8_t base[SW_CURVE_POINT_MAX] = { UNCOMPRESSED };
    memcpy(base + 1, parameters->x, curve->field_length);
    memcpy(base + 1 + curve->field_length, parameters->y, curve->field_length);
    return multiply(curve, product, scalar, base);
}

static psa_status_t add(const struct sw_curve *curve, uint8_t *sum, const uint8_t *a, const uint8_t *b)
{
    struct generic_curve c;
    struct generic_point p, q;
    init(&c, curve);
    (void)generic_read_point(&c, &p, a + 1);
    (void)generic_read_point(&c, &q, b + 1);
    generic_add_points(&c, &p, &p, &q);
    write(&c, sum, &p);
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
