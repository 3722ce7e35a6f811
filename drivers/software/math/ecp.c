/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short Weierstrass curves over Mbed TLS. A multiplication by a secret has a fixed sequence of point operations, a scan of
 * the whole table at each step, and random projective coordinates; a secret scalar is inverted only as a product with a
 * random one. The limbs below that are not constant-time, see ecp.h.
 */
#include "software/math/ecp.h"

#if SW_HAS_MATH_ECP

#include <string.h>

#include "software/ecc/generic_curve.h"
#include "software/math/ecp_group.h"
#include "software/math/mbedtls.h"
#include "util/zeroise.h"

/* ---- Points ---- */

static int point_write(const mbedtls_ecp_group *group, const struct sw_curve *curve, uint8_t *encoded,
                       const mbedtls_ecp_point *point)
{
    size_t length = 0;
    int error = mbedtls_ecp_point_write_binary(group, point, MBEDTLS_ECP_PF_UNCOMPRESSED, &length, encoded,
                                               curve->public_length);
    /* The neutral element is one byte. */
    return error == 0 && length != curve->public_length ? MBEDTLS_ERR_ECP_BAD_INPUT_DATA : error;
}

/* PSA_ERROR_INVALID_ARGUMENT unless the point is on the curve (SP 800-56A, 5.6.2.3.4; the cofactor of these curves is 1). */
static psa_status_t point_read(const mbedtls_ecp_group *group, const struct sw_curve *curve, mbedtls_ecp_point *point,
                               const uint8_t *encoded)
{
    int error = mbedtls_ecp_point_read_binary(group, point, encoded, curve->public_length);
    if (error == 0) {
        error = mbedtls_ecp_check_pubkey(group, point);
    }
    switch (error) {
    case MBEDTLS_ERR_ECP_BAD_INPUT_DATA:
    case MBEDTLS_ERR_ECP_FEATURE_UNAVAILABLE:
    case MBEDTLS_ERR_ECP_INVALID_KEY:
        return PSA_ERROR_INVALID_ARGUMENT;
    default:
        return math_status(error, PSA_SUCCESS);
    }
}

static psa_status_t check_point(const struct sw_curve *curve, const uint8_t *encoded)
{
    mbedtls_ecp_group *group;
    psa_status_t status = math_ecp_group(curve, &group);
    if (status != PSA_SUCCESS) {
        return status;
    }
    mbedtls_ecp_point point;
    mbedtls_ecp_point_init(&point);
    status = point_read(group, curve, &point, encoded);
    mbedtls_ecp_point_free(&point);
    return status;
}

/* encoded = scalar * point, blinded. */
static psa_status_t multiply(mbedtls_ecp_group *group, const struct sw_curve *curve, uint8_t *encoded,
                             const uint8_t *scalar, const mbedtls_ecp_point *point)
{
    psa_status_t blinding = PSA_SUCCESS;
    mbedtls_mpi k;
    mbedtls_ecp_point product;

    mbedtls_mpi_init(&k);
    mbedtls_ecp_point_init(&product);
    int error = mbedtls_mpi_read_binary(&k, scalar, curve->order_length);
    if (error == 0) {
        error = mbedtls_ecp_mul(group, &product, &k, point, math_blind, &blinding);
    }
    if (error == 0) {
        error = point_write(group, curve, encoded, &product);
    }
    mbedtls_ecp_point_free(&product);
    mbedtls_mpi_free(&k);
    return math_status(error, blinding);
}

static psa_status_t public_key(const struct sw_curve *curve, uint8_t *point, const uint8_t *private_key)
{
    mbedtls_ecp_group *group;
    psa_status_t status = math_ecp_group(curve, &group);
    if (status == PSA_SUCCESS) {
        status = multiply(group, curve, point, private_key, &group->G);
    }
    return status;
}

/* SP 800-56A, 5.7.1.2: the x-coordinate of the product. */
static psa_status_t agree(const struct sw_curve *curve, uint8_t *secret, const uint8_t *private_key, const uint8_t *encoded)
{
    uint8_t product[SW_CURVE_POINT_MAX];
    mbedtls_ecp_group *group;
    psa_status_t status = math_ecp_group(curve, &group);
    if (status != PSA_SUCCESS) {
        return status;
    }
    mbedtls_ecp_point peer;
    mbedtls_ecp_point_init(&peer);
    status = point_read(group, curve, &peer, encoded);
    if (status == PSA_SUCCESS) {
        status = multiply(group, curve, product, private_key, &peer);
    }
    if (status == PSA_SUCCESS) {
        memcpy(secret, product + 1, curve->field_length);
    }
    ZEROISE(product);
    mbedtls_ecp_point_free(&peer);
    return status;
}

/* ---- ECDSA: integers modulo the order ---- */

static int multiply_mod(const mbedtls_ecp_group *group, mbedtls_mpi *product, const mbedtls_mpi *a, const mbedtls_mpi *b)
{
    int error = mbedtls_mpi_mul_mpi(product, a, b);
    return error != 0 ? error : mbedtls_mpi_mod_mpi(product, product, &group->N);
}

/* r = x mod n for the point (x, y). */
static int read_r(const mbedtls_ecp_group *group, const struct sw_curve *curve, mbedtls_mpi *r, const uint8_t *point)
{
    int error = mbedtls_mpi_read_binary(r, point + 1, curve->field_length);
    return error != 0 ? error : mbedtls_mpi_mod_mpi(r, r, &group->N);
}

struct sign_integers {
    mbedtls_mpi d, k, e, r, s;
    mbedtls_mpi t; /* random, hides d and k from the arithmetic */
};

static void sign_integers_init(struct sign_integers *i)
{
    mbedtls_mpi_init(&i->d);
    mbedtls_mpi_init(&i->k);
    mbedtls_mpi_init(&i->e);
    mbedtls_mpi_init(&i->r);
    mbedtls_mpi_init(&i->s);
    mbedtls_mpi_init(&i->t);
}

static void sign_integers_free(struct sign_integers *i)
{
    mbedtls_mpi_free(&i->d); /* wipes */
    mbedtls_mpi_free(&i->k);
    mbedtls_mpi_free(&i->e);
    mbedtls_mpi_free(&i->r);
    mbedtls_mpi_free(&i->s);
    mbedtls_mpi_free(&i->t);
}

/* s = (t e + r (t d)) / (t k) mod n, which is (e + r d) / k. */
static int blinded_s(const mbedtls_ecp_group *group, struct sign_integers *i)
{
    int error;
    if ((error = multiply_mod(group, &i->d, &i->d, &i->t)) != 0 || (error = multiply_mod(group, &i->d, &i->d, &i->r)) != 0 ||
        (error = multiply_mod(group, &i->e, &i->e, &i->t)) != 0 || (error = multiply_mod(group, &i->k, &i->k, &i->t)) != 0 ||
        (error = mbedtls_mpi_add_mpi(&i->e, &i->e, &i->d)) != 0 ||
        (error = mbedtls_mpi_inv_mod(&i->k, &i->k, &group->N)) != 0) {
        return error;
    }
    return multiply_mod(group, &i->s, &i->e, &i->k);
}

static psa_status_t sign_write(const mbedtls_ecp_group *group, const struct sw_curve *curve, uint8_t *signature,
                               const uint8_t *private_key, const uint8_t *nonce, const uint8_t *e, const uint8_t *point)
{
    psa_status_t blinding = PSA_SUCCESS;
    size_t length = curve->order_length;
    struct sign_integers i;
    int error;

    sign_integers_init(&i);
    if ((error = mbedtls_mpi_read_binary(&i.d, private_key, length)) == 0 &&
        (error = mbedtls_mpi_read_binary(&i.k, nonce, length)) == 0 &&
        (error = mbedtls_mpi_read_binary(&i.e, e, length)) == 0 &&
        (error = mbedtls_mpi_random(&i.t, 1, &group->N, math_blind, &blinding)) == 0 &&
        (error = read_r(group, curve, &i.r, point)) == 0 && (error = blinded_s(group, &i)) == 0 &&
        (error = mbedtls_mpi_write_binary(&i.r, signature, length)) == 0) {
        error = mbedtls_mpi_write_binary(&i.s, signature + length, length);
    }
    sign_integers_free(&i);
    return math_status(error, blinding);
}

static psa_status_t sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key, const uint8_t *nonce,
                         const uint8_t *e)
{
    uint8_t point[SW_CURVE_POINT_MAX];
    mbedtls_ecp_group *group;
    psa_status_t status = math_ecp_group(curve, &group);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = multiply(group, curve, point, nonce, &group->G);
    if (status == PSA_SUCCESS) {
        status = sign_write(group, curve, signature, private_key, nonce, e, point);
    }
    ZEROISE(point);
    return status;
}

struct verify_integers {
    mbedtls_mpi r, s, u1, u2;
    mbedtls_ecp_point q, sum;
};

static void verify_integers_init(struct verify_integers *i)
{
    mbedtls_mpi_init(&i->r);
    mbedtls_mpi_init(&i->s);
    mbedtls_mpi_init(&i->u1);
    mbedtls_mpi_init(&i->u2);
    mbedtls_ecp_point_init(&i->q);
    mbedtls_ecp_point_init(&i->sum);
}

static void verify_integers_free(struct verify_integers *i)
{
    mbedtls_mpi_free(&i->r);
    mbedtls_mpi_free(&i->s);
    mbedtls_mpi_free(&i->u1);
    mbedtls_mpi_free(&i->u2);
    mbedtls_ecp_point_free(&i->q);
    mbedtls_ecp_point_free(&i->sum);
}

/* sum = (e / s) G + (r / s) Q */
static int verify_sum(mbedtls_ecp_group *group, const struct sw_curve *curve, struct verify_integers *i, const uint8_t *e,
                      const uint8_t *signature)
{
    size_t length = curve->order_length;
    int error;
    if ((error = mbedtls_mpi_read_binary(&i->r, signature, length)) != 0 ||
        (error = mbedtls_mpi_read_binary(&i->s, signature + length, length)) != 0 ||
        (error = mbedtls_mpi_read_binary(&i->u1, e, length)) != 0 ||
        (error = mbedtls_mpi_inv_mod(&i->s, &i->s, &group->N)) != 0 ||
        (error = multiply_mod(group, &i->u1, &i->u1, &i->s)) != 0 ||
        (error = multiply_mod(group, &i->u2, &i->r, &i->s)) != 0) {
        return error;
    }
    return mbedtls_ecp_muladd(group, &i->sum, &i->u1, &group->G, &i->u2, &i->q);
}

/* Whether x(sum) mod n is r. */
static psa_status_t verify_compare(const mbedtls_ecp_group *group, const struct sw_curve *curve, struct verify_integers *i)
{
    uint8_t point[SW_CURVE_POINT_MAX];
    if (mbedtls_ecp_is_zero(&i->sum)) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    int error = point_write(group, curve, point, &i->sum);
    if (error == 0) {
        error = read_r(group, curve, &i->s, point);
    }
    if (error != 0) {
        return math_status(error, PSA_SUCCESS);
    }
    return mbedtls_mpi_cmp_mpi(&i->s, &i->r) == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static psa_status_t verify_vartime(const struct sw_curve *curve, const uint8_t *point, const uint8_t *e,
                                   const uint8_t *signature)
{
    mbedtls_ecp_group *group;
    psa_status_t status = math_ecp_group(curve, &group);
    if (status != PSA_SUCCESS) {
        return status;
    }
    struct verify_integers i;
    verify_integers_init(&i);
    status = point_read(group, curve, &i.q, point);
    if (status == PSA_SUCCESS) {
        status = math_status(verify_sum(group, curve, &i, e, signature), PSA_SUCCESS);
    }
    if (status == PSA_SUCCESS) {
        status = verify_compare(group, curve, &i);
    }
    verify_integers_free(&i);
    return status;
}

const struct sw_curve_arithmetic math_ecp = {
    .public_key = public_key,
    .check_point = check_point,
    .agree = agree,
    .sign = sign,
    .verify_vartime = verify_vartime,
    .group = &sw_generic_group,
};

#endif
