/* SPDX-License-Identifier: Apache-2.0 */
/* PSA_ALG_ECDH: the x-coordinate of the product (SEC 1, 3.3.2; for the curves of cofactor 1 that is 3.3.1). */
#include <string.h>

#include "software/ecc/curve.h"
#include "software/key_agreement.h"
#include "util/zeroise.h"

static int matches(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) == PSA_ALG_ECDH && PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type);
}

static psa_status_t agree(const struct psacrypto_key *key, const uint8_t *peer_key, size_t peer_key_length,
                          uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    uint8_t x[SW_CURVE_LENGTH_MAX]; /* secret may lie over peer_key */
    const struct sw_curve *curve = sw_curve_of(key->attributes);
    if (curve == NULL || curve->arithmetic->agree == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (key->length != curve->order_length || peer_key_length != curve->public_length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (secret_size < curve->field_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    /* agree() checks the point before the private key meets it: one of another curve would tell of the key. */
    psa_status_t status = curve->arithmetic->agree(curve, x, key->blob, peer_key);
    if (status == PSA_SUCCESS) {
        memcpy(secret, x, curve->field_length);
        *secret_length = curve->field_length;
    }
    ZEROISE(x);
    return status;
}

static int supports(psa_key_type_t type, size_t bits)
{
    const struct sw_curve *curve = sw_curve_find(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits);
    return curve != NULL && curve->arithmetic->agree != NULL;
}

const struct sw_key_agreement sw_key_agreement_ecdh = {
    .matches = matches,
    .supports = supports,
    .agree = agree,
};
