/* SPDX-License-Identifier: Apache-2.0 */
#include <psacrypto/config.h>

#include "software/math/bignum.h"
#include "software/signature/signature.h"
#include "software/software.h"

static const struct sw_signature *const signatures[] = {
#if PSA_WANT_ALG_PURE_EDDSA
    &sw_signature_pure_eddsa,
#endif
#if PSA_WANT_ALG_EDDSA_CTX
    &sw_signature_eddsa_context,
#endif
#if PSA_WANT_ALG_ED25519PH || PSA_WANT_ALG_ED448PH
    &sw_signature_eddsa_prehashed,
#endif
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

/* What goes before the state of a verification in parts, so that the later calls find their way. */
struct verification {
    const struct psacrypto_sign_entries *entries;
    uint64_t state[];
};

size_t sw_sign_context_size(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct sw_signature *row = find_by_type(alg, type);
    return row == NULL || !row->supports(alg, type, bits) ? 0 : sizeof(struct verification) + row->verification_size;
}

/* Algorithms without entries of their own take no context string. */
static psa_status_t sign_hash(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *hash,
                              size_t hash_length, const uint8_t *context, size_t context_length, uint8_t *signature,
                              size_t signature_size, size_t *signature_length)
{
    const struct sw_signature *row = find(key, alg);
    if (row != NULL && row->entries != NULL) {
        return row->entries->sign_hash == NULL
                   ? PSA_ERROR_NOT_SUPPORTED
                   : row->entries->sign_hash(instance, key, alg, hash, hash_length, context, context_length, signature, signature_size, signature_length);
    }
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
    if (row != NULL && row->entries != NULL) {
        return row->entries->verify_hash == NULL
                   ? PSA_ERROR_NOT_SUPPORTED
                   : row->entries->verify_hash(instance, key, alg, hash, hash_length, context, context_length, signature, signature_length);
    }
    if (row == NULL || row->verify_hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (context_length != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return row->verify_hash(key, alg, hash, hash_length, signature, signature_length);
}

static const struct psacrypto_sign_entries *entries_of(const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct sw_signature *row = find(key, alg);
    return row != NULL ? row->entries : NULL;
}

static psa_status_t sign_message(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input,
                                 size_t input_length, const uint8_t *context, size_t context_length, uint8_t *signature,
                                 size_t signature_size, size_t *signature_length)
{
    const struct psacrypto_sign_entries *entries = entries_of(key, alg);
    return entries == NULL || entries->sign_message == NULL
               ? PSA_ERROR_NOT_SUPPORTED
               : entries->sign_message(instance, key, alg, input, input_length, context, context_length, signature,
                                       signature_size, signature_length);
}

static psa_status_t verify_message(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                   const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                   const uint8_t *signature, size_t signature_length)
{
    const struct psacrypto_sign_entries *entries = entries_of(key, alg);
    return entries == NULL || entries->verify_message == NULL
               ? PSA_ERROR_NOT_SUPPORTED
               : entries->verify_message(instance, key, alg, input, input_length, context, context_length, signature,
                                         signature_length);
}

static psa_status_t verify_setup(void *instance, const struct psacrypto_key *key, void *operation, psa_algorithm_t alg,
                                 const uint8_t *context, size_t context_length, const uint8_t *signature,
                                 size_t signature_length)
{
    struct verification *verification = operation;
    const struct psacrypto_sign_entries *entries = entries_of(key, alg);
    if (entries == NULL || entries->verify_setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    verification->entries = entries;
    return entries->verify_setup(instance, key, verification->state, alg, context, context_length, signature, signature_length);
}

static psa_status_t verify_update(void *instance, const struct psacrypto_key *key, void *operation, const uint8_t *input,
                                  size_t input_length)
{
    struct verification *verification = operation;
    return verification->entries->verify_update(instance, key, verification->state, input, input_length);
}

static psa_status_t verify_finish(void *instance, const struct psacrypto_key *key, void *operation, const uint8_t *signature,
                                  size_t signature_length)
{
    struct verification *verification = operation;
    return verification->entries->verify_finish(instance, key, verification->state, signature, signature_length);
}

const struct psacrypto_sign_entries sw_sign_entries = {
    .sign_hash = sign_hash,
    .verify_hash = verify_hash,
    .sign_message = sign_message,
    .verify_message = verify_message,
    .verify_setup = verify_setup,
    .verify_update = verify_update,
    .verify_finish = verify_finish,
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
