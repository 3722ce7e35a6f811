/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the limbs up: limbs.h integers, p256_field.h modulo p, p256_scalar.h modulo n, p256_point.h sums of points,
 * p256_multiply.h products by secrets, p256_vartime.h by public numbers. What is called here is one translation unit, so
 * that the compiler sees the whole of it; the two multiplications of integers are kernels.
 */
#include <psacrypto/config.h>

#include "software/ecc/p256.h"

#if PSA_WANT_ECC_SECP_R1_256

#include "software/ecc/p256_vartime.h"

static void point_write(uint8_t *encoded, const struct p256_affine *point)
{
    encoded[0] = 0x04;
    p256_write(encoded + 1, &point->x);
    p256_write(encoded + 33, &point->y);
}

/* SP 800-56A, 5.6.2.3.4: coordinates below p, on the curve. O has no such encoding; the cofactor is 1. */
static psa_status_t point_read(struct p256_affine *point, const uint8_t *encoded)
{
    limb valid = p256_read(&point->x, encoded + 1) & p256_read(&point->y, encoded + 33);
    return encoded[0] == 0x04 && (valid & p256_on_curve(point)) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t check_point(const struct sw_curve *curve, const uint8_t *encoded)
{
    struct p256_affine point;
    (void)curve;
    return point_read(&point, encoded);
}

static psa_status_t public_key(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *private_key)
{
    limb k[P256_LIMBS];
    struct p256_point product;
    struct p256_affine affine;
    (void)curve;
    limbs_read(P256_LIMBS, k, private_key);
    p256_multiply_base(&product, k);
    p256_to_affine(&affine, &product);
    point_write(encoded, &affine);
    ZEROISE(k);
    ZEROISE(product); /* Z tells more of k than the point does */
    return PSA_SUCCESS;
}

/* SP 800-56A, 5.7.1.2: the x-coordinate of the product. */
static psa_status_t agree(const struct sw_curve *curve, uint8_t *secret, const uint8_t *private_key, const uint8_t *encoded)
{
    limb k[P256_LIMBS];
    struct p256_point product;
    struct p256_affine point;
    psa_status_t status = point_read(&point, encoded);
    (void)curve;
    if (status != PSA_SUCCESS) {
        return status;
    }
    limbs_read(P256_LIMBS, k, private_key);
    p256_multiply_point(&product, k, &point);
    p256_to_affine(&point, &product);
    p256_write(secret, &point.x);
    ZEROISE(k);
    ZEROISE(product);
    ZEROISE(point);
    return PSA_SUCCESS;
}

/* s = (e + r d) / k. r and e are plain, d and k go into Montgomery form, whose factor the products take out again. */
static void finish_signature(struct p256_scalar *s, const struct p256_scalar *r, const uint8_t *private_key,
                             const struct p256_scalar *k, const uint8_t *e)
{
    struct p256_scalar d, sum, inverse;
    limbs_read(P256_LIMBS, d.v, private_key);
    limbs_read(P256_LIMBS, sum.v, e);
    p256_scalar_to_montgomery(&d, &d);
    p256_scalar_multiply(&d, &d, r);
    p256_scalar_add(&sum, &sum, &d);
    p256_scalar_invert(&inverse, k);
    p256_scalar_multiply(s, &sum, &inverse);
    ZEROISE(d);
    ZEROISE(sum);
    ZEROISE(inverse);
}

static psa_status_t sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key, const uint8_t *nonce,
                         const uint8_t *e)
{
    struct p256_scalar k, r, s;
    struct p256_point product;
    struct p256_affine affine;
    limb x[P256_LIMBS];
    (void)curve;
    limbs_read(P256_LIMBS, k.v, nonce);
    p256_multiply_base(&product, k.v);
    p256_to_affine(&affine, &product);
    p256_from_montgomery(x, &affine.x);
    p256_scalar_reduce(&r, x);
    finish_signature(&s, &r, private_key, &k, e);
    limbs_write(P256_LIMBS, signature, r.v);
    limbs_write(P256_LIMBS, signature + 32, s.v);
    ZEROISE(k);
    ZEROISE(product);
    ZEROISE(affine);
    return PSA_SUCCESS;
}

/* Whether x(point) mod n is r, for a point in Jacobian coordinates: X = r Z^2, or X = (r + n) Z^2 where r + n < p. */
static int has_x_vartime(const struct p256_point *point, const struct p256_scalar *r)
{
    uint8_t bytes[32];
    struct p256_element x, z2;
    limb sum[P256_LIMBS];
    if (p256_mask_zero(&point->z) != 0) {
        return 0;
    }
    p256_square(&z2, &point->z);
    limbs_write(P256_LIMBS, bytes, r->v);
    (void)p256_read(&x, bytes); /* r < n < p */
    p256_multiply(&x, &x, &z2);
    if (memcmp(&x, &point->x, sizeof x) == 0) {
        return 1;
    }
    if (limbs_add(P256_LIMBS, sum, r->v, p256_order) != 0) {
        return 0;
    }
    limbs_write(P256_LIMBS, bytes, sum);
    if (p256_read(&x, bytes) == 0) {
        return 0;
    }
    p256_multiply(&x, &x, &z2);
    return memcmp(&x, &point->x, sizeof x) == 0;
}

/* FIPS 186-5, 6.4.2, steps 5 to 7: u = e / s, v = r / s. */
struct equation {
    struct p256_scalar r, u, v;
};

static void read_equation(struct equation *equation, const uint8_t *e, const uint8_t *signature)
{
    struct p256_scalar s;
    limbs_read(P256_LIMBS, equation->r.v, signature);
    limbs_read(P256_LIMBS, s.v, signature + 32);
    limbs_read(P256_LIMBS, equation->u.v, e);
    p256_scalar_invert(&s, &s);
    p256_scalar_multiply(&equation->u, &equation->u, &s);
    p256_scalar_multiply(&equation->v, &equation->r, &s);
}

static psa_status_t verify_vartime(const struct sw_curve *curve, const uint8_t *encoded, const uint8_t *e,
                                   const uint8_t *signature)
{
    struct equation equation;
    struct p256_point sum;
    struct p256_affine point;
    psa_status_t status = point_read(&point, encoded);
    (void)curve;
    if (status != PSA_SUCCESS) {
        return status;
    }
    read_equation(&equation, e, signature);
    p256_multiply_both_vartime(&sum, equation.u.v, equation.v.v, &point);
    return has_x_vartime(&sum, &equation.r) ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static psa_status_t make_table(const struct sw_curve *curve, void *table, const uint8_t *encoded)
{
    struct p256_affine point;
    psa_status_t status = point_read(&point, encoded);
    (void)curve;
    if (status == PSA_SUCCESS) {
        p256_make_multiples(table, &point);
    }
    return status;
}

static psa_status_t verify_by_table_vartime(const struct sw_curve *curve, const void *table, const uint8_t *e,
                                            const uint8_t *signature)
{
    struct equation equation;
    struct p256_point sum;
    (void)curve;
    read_equation(&equation, e, signature);
    p256_multiply_multiples_vartime(&sum, equation.u.v, equation.v.v, table);
    return has_x_vartime(&sum, &equation.r) ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

/* ---- Sums, for PAKEs ---- */

/* A point that was computed, or checked before. */
static void known_point_read(struct p256_affine *point, const uint8_t *encoded)
{
    (void)p256_read(&point->x, encoded + 1);
    (void)p256_read(&point->y, encoded + 33);
}

static psa_status_t multiply(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *scalar, const uint8_t *point)
{
    limb k[P256_LIMBS];
    struct p256_point product;
    struct p256_affine affine;
    (void)curve;
    limbs_read(P256_LIMBS, k, scalar);
    known_point_read(&affine, point);
    p256_multiply_point(&product, k, &affine);
    p256_to_affine(&affine, &product);
    point_write(encoded, &affine);
    ZEROISE(k);
    ZEROISE(product);
    ZEROISE(affine);
    return PSA_SUCCESS;
}

/* r = a + b; O, which is (X, Y, 0), for opposite points. That points are equal or opposite is public: chance does not do it. */
static void add_affine(struct p256_point *r, const struct p256_affine *a, const struct p256_affine *b)
{
    struct p256_element h, w;
    struct p256_point first;
    p256_from_affine(&first, a);
    p256_add_affine(r, &h, &w, &first, b);
    limb equal = p256_mask_zero(&h) & p256_mask_zero(&w);
    CT_PUBLIC(&equal, sizeof equal);
    if (equal != 0) {
        p256_double(r, &first);
    }
    ZEROISE(first);
}

static psa_status_t add(const struct sw_curve *curve, uint8_t *encoded, const uint8_t *a, const uint8_t *b)
{
    struct p256_affine first, second;
    struct p256_point sum;
    known_point_read(&first, a);
    known_point_read(&second, b);
    add_affine(&sum, &first, &second);
    limb neutral = p256_mask_zero(&sum.z);
    CT_PUBLIC(&neutral, sizeof neutral);
    if (neutral != 0) {
        memset(encoded, 0, curve->public_length);
    } else {
        p256_to_affine(&first, &sum);
        point_write(encoded, &first);
    }
    ZEROISE(first);
    ZEROISE(second);
    ZEROISE(sum);
    return PSA_SUCCESS;
}

static const struct sw_curve_group sums = {
    .cofactor = 1,
    .check = check_point,
    .multiply_base = public_key,
    .multiply = multiply,
    .add = add,
};

const struct sw_curve_arithmetic sw_p256 = {
    .public_key = public_key,
    .check_point = check_point,
    .agree = agree,
    .sign = sign,
    .verify_vartime = verify_vartime,
    .table_size = sizeof(struct p256_multiples),
    .make_table = make_table,
    .verify_by_table_vartime = verify_by_table_vartime,
    .group = &sums,
};

#endif
