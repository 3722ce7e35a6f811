/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What EdDSA computes on either twisted Edwards curve alike: the second half of a signature, and its verification (RFC 8032, 5.1.6,
 * 5.1.7, 5.2.6 and 5.2.7). Before it is included,
 *   EDWARDS_LENGTH are the bytes of a point and of a scalar, EDWARDS_LIMBS the limbs of a scalar; EDWARDS_POINT and EDWARDS_DIGIT_STRINGS are
 *   types, and there are
 *   edwards_multiply_base, edwards_encode, edwards_decode, edwards_digits_vartime, edwards_multiply_both_vartime, edwards_make_multiples
 *   and edwards_multiply_multiples_vartime, each like the curve's own function of that name, edwards_order,
 *   read_scalar(k, scalar), write_scalar(scalar, k), fits_limbs(scalar) for whether the limbs take all of it, multiply(r, a, b) for
 *   r = a b / B mod L, B being 2^(LIMB_BITS EDWARDS_LIMBS), and r2 = B^2 mod L.
 */

static void multiply_add(uint8_t *s, const uint8_t *r, const uint8_t *k, const uint8_t *a)
{
    limb x[EDWARDS_LIMBS], y[EDWARDS_LIMBS];
    read_scalar(x, a);
    read_scalar(y, k);
    multiply(x, x, r2); /* a B mod L */
    multiply(x, x, y);
    read_scalar(y, r);
    limbs_add_mod(EDWARDS_LIMBS, x, x, y, edwards_order);
    write_scalar(s, x);
    ZEROISE(x);
    ZEROISE(y);
}

static void multiply_base(uint8_t *encoded, const uint8_t *scalar)
{
    limb k[EDWARDS_LIMBS];
    EDWARDS_POINT product;
    read_scalar(k, scalar);
    edwards_multiply_base(&product, k);
    edwards_encode(encoded, &product);
    ZEROISE(k);
    ZEROISE(product);
}

/* ---- S B - k A ---- */

/* The digits of S and of -k. 0 where S is not below L. */
static int read_equation_vartime(EDWARDS_DIGIT_STRINGS *digits, const uint8_t *s, const uint8_t *k)
{
    limb x[EDWARDS_LIMBS], y[EDWARDS_LIMBS], t[EDWARDS_LIMBS];
    read_scalar(x, s);
    if (!fits_limbs(s) || limbs_subtract(EDWARDS_LIMBS, t, x, edwards_order) == 0) {
        return 0;
    }
    read_scalar(y, k);
    edwards_digits_vartime(digits, x, y);
    for (size_t i = 0; i < sizeof digits->point; i++) {
        digits->point[i] = (int8_t)-digits->point[i];
    }
    return 1;
}

/* S B = R + k A as it stands, not times the cofactor: R is compared as a string. RFC 8032 (5.1.7, step 3, and 5.2.7, step 3) allows
 * either; this one never accepts what another verifier of the kind refuses. */
static int is_encoding_of(const uint8_t *r, const EDWARDS_POINT *sum)
{
    uint8_t encoded[EDWARDS_LENGTH];
    edwards_encode(encoded, sum);
    return memcmp(encoded, r, EDWARDS_LENGTH) == 0;
}

static int verify_vartime(const uint8_t *r, const uint8_t *s, const uint8_t *k, const uint8_t *a)
{
    EDWARDS_DIGIT_STRINGS digits;
    EDWARDS_POINT point, sum;
    if (!read_equation_vartime(&digits, s, k) || edwards_decode(&point, a) == 0) {
        return 0;
    }
    edwards_multiply_both_vartime(&sum, &digits, &point);
    return is_encoding_of(r, &sum);
}

static int make_table_vartime(void *table, const uint8_t *a)
{
    EDWARDS_POINT point;
    if (edwards_decode(&point, a) == 0) {
        return 0;
    }
    edwards_make_multiples(table, &point);
    return 1;
}

static int verify_by_table_vartime(const uint8_t *r, const uint8_t *s, const uint8_t *k, const void *table)
{
    EDWARDS_DIGIT_STRINGS digits;
    EDWARDS_POINT sum;
    if (!read_equation_vartime(&digits, s, k)) {
        return 0;
    }
    edwards_multiply_multiples_vartime(&sum, &digits, table);
    return is_encoding_of(r, &sum);
}

static psa_status_t check_point(const struct sw_curve *curve, const uint8_t *encoded)
{
    EDWARDS_POINT point;
    (void)curve;
    return edwards_decode(&point, encoded) != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}
