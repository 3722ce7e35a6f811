/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keys, ECDH and ECDSA on curves by their parameters. From the limbs up: limbs.h integers, limbs_invert.c their inverses,
 * generic_field.c modulo p and modulo the order, p521_field.c modulo 2^521 - 1, generic_curve.c points, generic_multiply.c their
 * multiples, generic_base.c those of the base point, generic_vartime.c the sums that verifications need.
 */
#include "software/ecc/generic_base.h"
#include "util/zeroise.h"

#define UNCOMPRESSED 0x04u /* SEC 1, 2.3.3 */

/* SP 800-56A, 5.6.2.3.4: coordinates below p, on the curve. O has no such encoding; the cofactor is 1. */
static psa_status_t point_read(const struct generic_base *base, struct generic_point *point, const uint8_t *encoded)
{
    limb valid = generic_read_point(&base->c, point, encoded + 1);
    CT_PUBLIC(&valid, sizeof valid); /* the answer to the caller */
    return encoded[0] == UNCOMPRESSED && valid != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t check_point(const struct sw_curve *curve, const uint8_t *encoded)
{
    struct generic_base own;
    struct generic_point point;
    return point_read(generic_base_get(&own, curve), &point, encoded);
}

/* Z tells more of the scalar than the point does. */
static psa_status_t public_key(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *private_key)
{
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point product;
    generic_multiply_base(base, &product, private_key);
    encoded[0] = UNCOMPRESSED;
    (void)generic_write_point(&base->c, encoded + 1, &product);
    ZEROISE(product);
    return PSA_SUCCESS;
}

/* SP 800-56A, 5.7.1.2: the x-coordinate of the product. */
static psa_status_t agree(const struct sw_curve *curve, uint8_t *secret, const uint8_t *private_key, const uint8_t *encoded)
{
    uint8_t xy[SW_CURVE_POINT_MAX];
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point point;
    psa_status_t status = point_read(base, &point, encoded);
    if (status != PSA_SUCCESS) {
        return status;
    }
    generic_multiply_point(&base->c, &point, private_key, curve->order_length, &point);
    (void)generic_write_point(&base->c, xy, &point);
    memcpy(secret, xy, curve->field_length);
    ZEROISE(xy);
    ZEROISE(point);
    return PSA_SUCCESS;
}

/* ---- ECDSA ---- */

/* r = x mod n for the first coordinate of x || y, which is read as integers of the order's length are: no order has fewer bytes
 * than its field, that of secp224k1 has one more. */
static void read_r(const struct generic_base *base, struct generic_element *r, const uint8_t *xy)
{
    uint8_t x[SW_CURVE_LENGTH_MAX] = { 0 };
    memcpy(x + (base->order.length - base->c.f.length), xy, base->c.f.length);
    (void)generic_read(&base->order, r, x);
    ZEROISE(x);
}

/* s = (e + r d) / k */
static void finish_signature(const struct generic_field *n, uint8_t *signature, const struct generic_element *r,
                             const uint8_t *private_key, const uint8_t *nonce, const uint8_t *e)
{
    struct generic_element d, k, sum;
    (void)generic_read(n, &d, private_key);
    (void)generic_read(n, &k, nonce);
    (void)generic_read(n, &sum, e);
    generic_multiply(n, &d, &d, r);
    generic_add(n, &sum, &sum, &d);
    generic_invert(n, &k, &k);
    generic_multiply(n, &sum, &sum, &k);
    generic_write(n, signature, r);
    generic_write(n, signature + n->length, &sum);
    ZEROISE(d);
    ZEROISE(k);
    ZEROISE(sum);
}

static psa_status_t sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key, const uint8_t *nonce,
                         const uint8_t *e)
{
    uint8_t xy[SW_CURVE_POINT_MAX];
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point product;
    struct generic_element r;
    generic_multiply_base(base, &product, nonce);
    (void)generic_write_point(&base->c, xy, &product);
    read_r(base, &r, xy);
    finish_signature(&base->order, signature, &r, private_key, nonce, e);
    ZEROISE(product);
    ZEROISE(xy);
    return PSA_SUCCESS;
}

/* sum = (e / s) G + (r / s) Q */
static void verify_sum_vartime(const struct generic_base *base, struct generic_point *sum, const struct generic_point *q,
                       const struct generic_element *r, const uint8_t *e, const uint8_t *s)
{
    const struct generic_field *n = &base->order;
    uint8_t u[SW_CURVE_LENGTH_MAX], v[SW_CURVE_LENGTH_MAX];
    struct generic_element inverse, product;
    (void)generic_read(n, &inverse, s);
    generic_invert(n, &inverse, &inverse);
    (void)generic_read(n, &product, e);
    generic_multiply(n, &product, &product, &inverse);
    generic_write(n, u, &product);
    generic_multiply(n, &product, r, &inverse);
    generic_write(n, v, &product);
    generic_multiply_both_vartime(base, sum, u, v, q);
}

static psa_status_t verify_vartime(const struct sw_curve *curve, const uint8_t *encoded, const uint8_t *e,
                                   const uint8_t *signature)
{
    uint8_t xy[SW_CURVE_POINT_MAX];
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_point q, sum;
    struct generic_element r, x;
    psa_status_t status = point_read(base, &q, encoded);
    if (status != PSA_SUCCESS) {
        return status;
    }
    (void)generic_read(&base->order, &r, signature);
    verify_sum_vartime(base, &sum, &q, &r, e, signature + curve->order_length);
    if (generic_write_point(&base->c, xy, &sum) == 0) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    read_r(base, &x, xy);
    return generic_is_equal(&base->order, &x, &r) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

const struct sw_curve_arithmetic sw_generic = {
    .public_key = public_key,
    .check_point = check_point,
    .agree = agree,
    .sign = sign,
    .verify_vartime = verify_vartime,
    .group = &sw_generic_group,
};
