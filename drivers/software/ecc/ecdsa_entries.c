/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA as the driver's table of signatures wants it: keys, sizes, which hash. */
#include "software/ecc/ecdsa.h"
#include "software/mac/hmac.h"
#include "software/signature/signature.h"

/* The curve of the key if it is one for ECDSA. */
static psa_status_t find_curve(const struct psacrypto_key *key, const struct sw_curve **curve)
{
    *curve = sw_curve_of(key->attributes);
    return *curve != NULL && (*curve)->arithmetic->sign != NULL ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t sign(const struct psacrypto_key *key, const struct sw_hash *nonce_hash, const uint8_t *hash,
                         size_t hash_length, uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    const struct sw_curve *curve;
    psa_status_t status = find_curve(key, &curve);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (!PSA_KEY_TYPE_IS_ECC_KEY_PAIR(psa_get_key_type(key->attributes)) || key->length != curve->order_length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (signature_size < 2u * curve->order_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    status = sw_ecdsa_sign(curve, signature, key->blob, nonce_hash, hash, hash_length);
    if (status == PSA_SUCCESS) {
        *signature_length = 2u * curve->order_length;
    }
    return status;
}

static psa_status_t sign_randomised(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                                    size_t hash_length, uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    (void)alg;
    return sign(key, NULL, hash, hash_length, signature, signature_size, signature_length);
}

/* RFC 6979 draws from HMAC with the very hash of the algorithm. NULL where there is no such HMAC. */
static const struct sw_hash *find_nonce_hash(psa_algorithm_t alg)
{
    return sw_hmac_hash(PSA_ALG_GET_HASH(alg));
}

static psa_status_t sign_deterministic(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                                       size_t hash_length, uint8_t *signature, size_t signature_size,
                                       size_t *signature_length)
{
    const struct sw_hash *nonce_hash = find_nonce_hash(alg);
    if (nonce_hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return sign(key, nonce_hash, hash, hash_length, signature, signature_size, signature_length);
}

/* A key pair verifies with the public key that belongs to it. */
static psa_status_t verify(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           const uint8_t *signature, size_t signature_length)
{
    uint8_t point[SW_CURVE_POINT_MAX];
    const uint8_t *public_key = key->blob;
    const struct sw_curve *curve;
    psa_status_t status = find_curve(key, &curve);
    (void)alg;
    if (status != PSA_SUCCESS) {
        return status;
    }
    int is_pair = PSA_KEY_TYPE_IS_ECC_KEY_PAIR(psa_get_key_type(key->attributes));
    if (key->length != (is_pair ? curve->order_length : curve->public_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (is_pair) {
        status = curve->arithmetic->public_key(curve, point, key->blob);
        public_key = point;
    }
    if (status == PSA_SUCCESS) {
        status = sw_ecdsa_verify_vartime(curve, public_key, hash, hash_length, signature, signature_length);
    }
    return status;
}

static int matches_randomised(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_IS_RANDOMIZED_ECDSA(alg) && PSA_KEY_TYPE_IS_ECC(type);
}

static int matches_deterministic(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_IS_DETERMINISTIC_ECDSA(alg) && PSA_KEY_TYPE_IS_ECC(type);
}

static int supports_randomised(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct sw_curve *curve = sw_curve_find(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits);
    (void)alg;
    return curve != NULL && curve->arithmetic->sign != NULL;
}

static int supports_deterministic(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    return supports_randomised(alg, type, bits) && find_nonce_hash(alg) != NULL;
}

const struct sw_signature sw_signature_ecdsa = {
    .matches = matches_randomised,
    .supports = supports_randomised,
    .sign_hash = sign_randomised,
    .verify_hash = verify,
};

const struct sw_signature sw_signature_deterministic_ecdsa = {
    .matches = matches_deterministic,
    .supports = supports_deterministic,
    .sign_hash = sign_deterministic,
    .verify_hash = verify,
};
