/* SPDX-License-Identifier: Apache-2.0 */
/* RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017, 8) as the driver's table of signatures wants them. */
#include "software/rsa/rsa.h"

#if SW_HAS_RSA

#include "software/signature/signature.h"
#include "util/ct.h"
#include "util/zeroise.h"

/* ---- Encodings: RSASSA is one of them and the operation with the key ---- */

static psa_status_t encode_pss(uint8_t *encoded, size_t bits, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length)
{
    const struct sw_hash *row = sw_hash_find(PSA_ALG_GET_HASH(alg));
    if (row == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return hash_length == row->length ? sw_rsa_pss_encode(row, encoded, bits, hash) : PSA_ERROR_INVALID_ARGUMENT;
}

static psa_status_t encode_pkcs1(uint8_t *encoded, size_t bits, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length)
{
    return sw_rsa_pkcs1_encode(encoded, (bits + 7u) / 8u, alg, hash, hash_length);
}

typedef psa_status_t encode_function(uint8_t *encoded, size_t bits, psa_algorithm_t alg, const uint8_t *hash,
                                     size_t hash_length);

static psa_status_t sign(encode_function *encode, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                         size_t hash_length, uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    uint8_t encoded[SW_RSA_LENGTH_MAX];
    struct math_rsa_key rsa;
    psa_status_t status = sw_rsa_open(&rsa, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (rsa.p.length == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (signature_size < rsa.n.length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    status = encode(encoded, sw_rsa_bits(rsa.n), alg, hash, hash_length);
    if (status == PSA_SUCCESS) {
        status = math_rsa_private(&rsa, signature, encoded);
    }
    if (status == PSA_SUCCESS) {
        *signature_length = rsa.n.length;
    }
    ZEROISE(encoded);
    return status;
}

/* encoded = signature^e mod n (8.1.2 and 8.2.2, steps 1 and 2). */
static psa_status_t recover(struct math_rsa_key *rsa, uint8_t *encoded, const struct psacrypto_key *key,
                            const uint8_t *signature, size_t signature_length)
{
    psa_status_t status = sw_rsa_open(rsa, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (signature_length != rsa->n.length) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    status = math_rsa_public_vartime(rsa, encoded, signature);
    return status == PSA_ERROR_INVALID_ARGUMENT ? PSA_ERROR_INVALID_SIGNATURE : status;
}

/* ---- PKCS#1 v1.5 ---- */

static int matches_pkcs1(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) && PSA_KEY_TYPE_IS_RSA(type);
}

static int size_is_there(size_t bits)
{
    return bits >= SW_RSA_BITS_MIN && bits <= SW_RSA_BITS_MAX;
}

static int supports_pkcs1(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)type;
    return size_is_there(bits) && sw_rsa_pkcs1_has_hash(alg);
}

static psa_status_t sign_pkcs1(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                               uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    return sign(encode_pkcs1, key, alg, hash, hash_length, signature, signature_size, signature_length);
}

/* 8.2.2: what the signature should have been made of is made again and compared, nothing is parsed. */
static psa_status_t verify_pkcs1(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                                 size_t hash_length, const uint8_t *signature, size_t signature_length)
{
    uint8_t encoded[SW_RSA_LENGTH_MAX];
    uint8_t expected[SW_RSA_LENGTH_MAX];
    struct math_rsa_key rsa;
    psa_status_t status = recover(&rsa, encoded, key, signature, signature_length);
    if (status == PSA_SUCCESS) {
        status = sw_rsa_pkcs1_encode(expected, rsa.n.length, alg, hash, hash_length);
    }
    if (status == PSA_SUCCESS && !ct_verify(encoded, expected, rsa.n.length)) {
        status = PSA_ERROR_INVALID_SIGNATURE;
    }
    return status;
}

/* ---- PSS ---- */

static int matches_pss(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_IS_RSA_PSS_STANDARD_SALT(alg) && PSA_KEY_TYPE_IS_RSA(type);
}

static int matches_pss_any_salt(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_IS_RSA_PSS_ANY_SALT(alg) && PSA_KEY_TYPE_IS_RSA(type);
}

static int supports_pss(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)type;
    return size_is_there(bits) && sw_hash_find(PSA_ALG_GET_HASH(alg)) != NULL;
}

static psa_status_t sign_pss(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    return sign(encode_pss, key, alg, hash, hash_length, signature, signature_size, signature_length);
}

static psa_status_t verify_pss(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                               const uint8_t *signature, size_t signature_length)
{
    uint8_t encoded[SW_RSA_LENGTH_MAX];
    struct math_rsa_key rsa;
    const struct sw_hash *row = sw_hash_find(PSA_ALG_GET_HASH(alg));
    if (row == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (hash_length != row->length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    psa_status_t status = recover(&rsa, encoded, key, signature, signature_length);
    if (status == PSA_SUCCESS) {
        status = sw_rsa_pss_verify_vartime(row, PSA_ALG_IS_RSA_PSS_ANY_SALT(alg), encoded, sw_rsa_bits(rsa.n), hash);
    }
    return status;
}

const struct sw_signature sw_signature_rsa_pkcs1 = {
    .matches = matches_pkcs1,
    .supports = supports_pkcs1,
    .sign_hash = sign_pkcs1,
    .verify_hash = verify_pkcs1,
    .prepared_size = sw_rsa_prepared_size,
    .prepare = sw_rsa_prepare,
};

const struct sw_signature sw_signature_rsa_pss = {
    .matches = matches_pss,
    .supports = supports_pss,
    .sign_hash = sign_pss,
    .verify_hash = verify_pss,
    .prepared_size = sw_rsa_prepared_size,
    .prepare = sw_rsa_prepare,
};

const struct sw_signature sw_signature_rsa_pss_any_salt = {
    .matches = matches_pss_any_salt,
    .supports = supports_pss,
    .sign_hash = sign_pss,
    .verify_hash = verify_pss,
    .prepared_size = sw_rsa_prepared_size,
    .prepare = sw_rsa_prepare,
};

#endif
