/* SPDX-License-Identifier: Apache-2.0 */
#include <psacrypto/config.h>

#include "software/math/bignum.h"
#include "software/signature/signature.h"
#include "software/software.h"

static const struct sw_signature *const signatures[] = {
#if PSA_WANT_ALG_ECDSA
    &sw_signature_ecdsa,
#endif
#if PSA_WANT_ALG_DETERMINISTIC_ECDSA
    &sw_signature_deterministic_ecdsa,
#endif
#if SW_HAS_RSA && PSA_WANT_ALG_RSA_PKCS1V15_SIGN
    &sw_signature_rsa_pkcs1,
#endif
#if SW_HAS_RSA && PSA_WANT_ALG_RSA_PSS
    &sw_signature_rsa_pss,
#endif
#if SW_HAS_RSA && PSA_WANT_ALG_RSA_PSS_ANY_SALT
    &sw_signature_rsa_pss_any_salt,
#endif
    NULL,
};

static const struct sw_signature *find_by_type(psa_algorithm_t alg, psa_key_type_t type)
{
    const struct sw_signature *const *row = signatures;
    while (*row != NULL && !(*row)->matches(alg, type)) {
        row++;
    }
    return *row;
}

static const struct sw_signature *find(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    return find_by_type(alg, psa_get_key_type(key->attributes));
}

int sw_sign_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct sw_signature *row = find_by_type(alg, type);
    return row != NULL && row->supports(alg, type, bits);
}

/* None of the algorithms here takes a context string. */
static psa_status_t sign_hash(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                              size_t hash_length, const uint8_t *context, size_t context_length, uint8_t *signature,
                              size_t signature_size, size_t *signature_length)
{
    const struct sw_signature *row = find(key, alg);
    (void)instance;
    (void)context;
    if (row == NULL || row->sign_hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (context_length != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return row->sign_hash(key, alg, hash, hash_length, signature, signature_size, signature_length);
}

static psa_status_t verify_hash(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                                size_t hash_length, const uint8_t *context, size_t context_length,
                                const uint8_t *signature, size_t signature_length)
{
    const struct sw_signature *row = find(key, alg);
    (void)instance;
    (void)context;
    if (row == NULL || row->verify_hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (context_length != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return row->verify_hash(key, alg, hash, hash_length, signature, signature_length);
}

const struct psacrypto_sign_entries sw_sign_entries = {
    .sign_hash = sign_hash,
    .verify_hash = verify_hash,
};

size_t sw_sign_prepared_size(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct sw_signature *row = find(key, alg);
    return row != NULL && row->prepared_size != NULL ? row->prepared_size(key) : 0;
}

psa_status_t sw_sign_prepare(const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    const struct sw_signature *row = find(key, alg);
    return row != NULL && row->prepare != NULL ? row->prepare(key, memory) : PSA_ERROR_NOT_SUPPORTED;
}
