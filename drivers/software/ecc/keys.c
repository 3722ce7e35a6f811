/* SPDX-License-Identifier: Apache-2.0 */
/* Elliptic curve keys as the driver's table of key types wants them. */
#include <psacrypto/config.h>

#include "software/ecc/curve.h"
#include "software/key_type.h"

static int matches(psa_key_type_t type)
{
    return (PSA_WANT_KEY_TYPE_ECC_KEY_PAIR && PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)) ||
           (PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY && PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type));
}

/* *curve: the one of this size; where the size is not given, the one whose keys have this length. */
static psa_status_t find_curve(const struct sw_curve **curve, psa_key_type_t type, size_t bits, size_t length)
{
    psa_ecc_family_t family = PSA_KEY_TYPE_ECC_GET_FAMILY(type);
    int is_public = PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type);
    if (!sw_curve_has_family(family)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (bits != 0) {
        *curve = sw_curve_find(family, bits);
        return *curve != NULL ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
    }
    *curve = sw_curve_find_by_length(family, is_public, length);
    return *curve != NULL ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    int is_public = PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type);
    const struct sw_curve *curve;
    psa_status_t status = find_curve(&curve, type, *bits, data_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (data_length != (is_public ? curve->public_length : curve->order_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *bits = curve->bits;
    return is_public ? curve->arithmetic->check_point(curve, data) : curve->keys->check_private(curve, data);
}

static psa_status_t derive(psa_key_type_t type, size_t bits, psacrypto_draw_t draw, void *source, struct sw_blob *blob)
{
    const struct sw_curve *curve = sw_curve_find(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits);
    if (!PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (curve == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (blob->size < curve->order_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    psa_status_t status = curve->keys->draw_private(curve, blob->data, draw, source);
    if (status == PSA_SUCCESS) {
        blob->length = curve->order_length;
    }
    return status;
}

static psa_status_t generate(psa_key_type_t type, size_t bits, const struct sw_custom *custom, struct sw_blob *blob)
{
    return sw_generate_by_derive(&sw_key_type_ecc, type, bits, custom, blob);
}

static psa_status_t export_public(const struct psacrypto_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    const struct sw_curve *curve = sw_curve_of(key->attributes);
    if (curve == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (key->length != curve->order_length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (data_size < curve->public_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    psa_status_t status = curve->arithmetic->public_key(curve, data, key->blob);
    if (status == PSA_SUCCESS) {
        *data_length = curve->public_length;
    }
    return status;
}

const struct sw_key_type sw_key_type_ecc = {
    .matches = matches,
    .import = import,
    .generate = generate,
    .derive = derive,
    .export_public = export_public,
};
