/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA as the driver's table of signatures wants it: keys, sizes, which hash. */
#include <string.h>

#include "software/ecc/ecdsa.h"
#include "software/ecc/point_table.h"
#include "software/mac/hmac.h"
#include "software/signature/signature.h"

/* The curve of the key if it is one for ECDSA. */
static psa_status_t find_curve(const struct psacrypto_key *key, const struct sw_curve **curve)
{
    *curve = sw_curve_of(key->attributes);
    return *curve != NULL && (*curve)->arithmetic->sign != NULL ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
}

static int is_pair(const struct psacrypto_key *key)
{
    return PSA_KEY_TYPE_IS_ECC_KEY_PAIR(psa_get_key_type(key->attributes));
}

static psa_status_t sign(const struct psacrypto_key *key, const struct sw_hash *nonce_hash, const uint8_t *hash,
                         size_t hash_length, uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    const struct sw_curve *curve;
    psa_status_t status = find_curve(key, &curve);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (!is_pair(key) || key->length != curve->order_length) {
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

/* A key pair verifies with the public key that belongs to it, which is computed into point. */
static psa_status_t find_public_key(const uint8_t **public_key, uint8_t *point, const struct psacrypto_key *key,
                                    const struct sw_curve *curve)
{
    *public_key = is_pair(key) ? point : key->blob;
    return is_pair(key) ? curve->arithmetic->public_key(curve, point, key->blob) : PSA_SUCCESS;
}

/* ---- What is kept of a public key: the curve's multiples; of a pair of a curve without them the point itself ---- */

static int has_multiples(const struct sw_curve *curve)
{
    return SW_POINT_TABLES && curve->arithmetic->table_size != 0;
}

static size_t prepared_size(const struct psacrypto_key *key)
{
    const struct sw_curve *curve;
    if (find_curve(key, &curve) != PSA_SUCCESS ||
        (psa_get_key_usage_flags(key->attributes) & (PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE)) == 0) {
        return 0;
    }
    size_t size = has_multiples(curve) ? curve->arithmetic->table_size : is_pair(key) ? curve->public_length : 0;
    return size == 0 ? 0 : sizeof(struct sw_point_table) + size;
}

static psa_status_t prepare(const struct psacrypto_key *key, void *memory)
{
    struct sw_point_table *table = memory;
    (void)key;
    table->state = SW_POINT_TABLE_UNUSED;
    return PSA_SUCCESS;
}

static void make_table(struct sw_point_table *table, const struct psacrypto_key *key, const struct sw_curve *curve)
{
    uint8_t point[SW_CURVE_POINT_MAX];
    const uint8_t *public_key;
    psa_status_t status = find_public_key(&public_key, point, key, curve);
    if (status == PSA_SUCCESS && has_multiples(curve)) {
        status = curve->arithmetic->make_table(curve, table->words, public_key);
    } else if (status == PSA_SUCCESS) {
        memcpy(table->words, public_key, curve->public_length);
    }
    sw_point_table_end(table, status == PSA_SUCCESS);
}

/* NULL where there is none yet. */
static const void *find_table(const struct psacrypto_key *key, const struct sw_curve *curve)
{
    struct sw_point_table *table = (struct sw_point_table *)(uintptr_t)key->prepared; /* filled when it pays */
    if (table == NULL) {
        return NULL;
    }
    if (sw_point_table_begin(table)) {
        make_table(table, key, curve);
    }
    return sw_point_table_words(table);
}

static psa_status_t verify(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           const uint8_t *signature, size_t signature_length)
{
    uint8_t point[SW_CURVE_POINT_MAX];
    const struct sw_curve *curve;
    psa_status_t status = find_curve(key, &curve);
    (void)alg;
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (key->length != (is_pair(key) ? curve->order_length : curve->public_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    const void *table = find_table(key, curve);
    const uint8_t *public_key = table;
    if (table == NULL) {
        status = find_public_key(&public_key, point, key, curve);
    } else if (!has_multiples(curve)) {
        table = NULL; /* it was the point */
    }
    return status != PSA_SUCCESS ? status
                                 : sw_ecdsa_verify_vartime(curve, public_key, table, hash, hash_length, signature, signature_length);
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
    .prepared_size = prepared_size,
    .prepare = prepare,
};

const struct sw_signature sw_signature_deterministic_ecdsa = {
    .matches = matches_deterministic,
    .supports = supports_deterministic,
    .sign_hash = sign_deterministic,
    .verify_hash = verify,
    .prepared_size = prepared_size,
    .prepare = prepare,
};
