/* SPDX-License-Identifier: Apache-2.0 */
/* Signing and verifying in one call. */
#include "api/sign.h"

psa_status_t api_check_sign_context(psa_algorithm_t alg, const uint8_t *context, size_t context_length)
{
    if (context_length != 0 && (!PSA_ALG_SIGN_SUPPORTS_CONTEXT(alg) || context_length > SIGN_CONTEXT_MAX)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_CONTEXT_STRING, alg, context_length);
    }
    return api_check_pointer(context, context_length, 5);
}

static psa_status_t check(psa_algorithm_t alg, const struct api_sign_input *in, int of_hash)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS && !(of_hash ? PSA_ALG_IS_SIGN_HASH(alg) : PSA_ALG_IS_SIGN_MESSAGE(alg))) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(in->data, in->length, 3);
    }
    return status == PSA_SUCCESS ? api_check_sign_context(alg, in->context, in->context_length) : status;
}

static psa_status_t check_hash_length(psa_algorithm_t alg, size_t length)
{
    size_t expected = PSA_ALG_IS_HASH_AND_SIGN(alg) ? PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg)) : length;
    return length == expected ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_HASH_LENGTH, expected, length);
}

psa_status_t api_acquire_for_signature(struct key_ref *ref, const struct caller *caller, psa_key_id_t key,
                                       psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_status_t status = key_store_acquire(ref, caller, key, 0, PSA_ALG_NONE);
    if (status != PSA_SUCCESS) {
        return status;
    }
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    status = key_store_permits(ref, usage, alg);
    if (status == PSA_ERROR_INVALID_ARGUMENT && !usage_needs_private(usage) && !PSA_KEY_TYPE_IS_ASYMMETRIC(type)) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_FOR_ALGORITHM, type, alg);
    }
    return status == PSA_SUCCESS ? status : key_store_release(ref, status);
}

static psa_status_t check_room(const struct key_ref *ref, psa_algorithm_t alg, size_t signature_size)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    return api_check_size(signature_size, PSA_SIGN_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes), alg));
}

static psa_status_t invalid_signature(psa_status_t status)
{
    return status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
}

psa_status_t api_sign_held(const struct key_ref *ref, psa_algorithm_t alg, const struct api_sign_input *hash,
                           uint8_t *signature, size_t signature_size, size_t *length)
{
    psa_status_t status = check_room(ref, alg, signature_size);
    if (status == PSA_SUCCESS) {
        status = dispatch_sign_hash(ref->key, alg, hash->data, hash->length, hash->context, hash->context_length,
                                    signature, signature_size, length);
    }
    return status;
}

psa_status_t api_sign_hash(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                           uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = check(alg, in, 1);
    if (status == PSA_SUCCESS) {
        status = api_acquire_for_signature(&ref, caller, key, PSA_KEY_USAGE_SIGN_HASH, alg);
    }
    if (status == PSA_SUCCESS) {
        status = check_hash_length(alg, in->length);
    }
    if (status == PSA_SUCCESS) {
        status = api_sign_held(&ref, alg, in, signature, signature_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, signature, signature_size, length, signature_length);
}

psa_status_t api_verify_hash(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                             const uint8_t *signature, size_t signature_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = check(alg, in, 1);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(signature, signature_length, 5);
    }
    if (status == PSA_SUCCESS) {
        status = api_acquire_for_signature(&ref, caller, key, PSA_KEY_USAGE_VERIFY_HASH, alg);
    }
    if (status == PSA_SUCCESS) {
        status = check_hash_length(alg, in->length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_verify_hash(ref.key, alg, in->data, in->length, in->context, in->context_length,
                                      signature, signature_length);
    }
    return key_store_release(&ref, invalid_signature(status));
}

/* A key in an element is shown the message, if its driver wants that; all others see the hash. */
static int hashes_here(const struct key_ref *ref, psa_algorithm_t alg)
{
    psa_key_lifetime_t lifetime = psa_get_key_lifetime(ref->key->key.attributes);
    return PSA_ALG_IS_HASH_AND_SIGN(alg) && PSA_KEY_LIFETIME_GET_LOCATION(lifetime) == PSA_KEY_LOCATION_LOCAL_STORAGE;
}

static psa_status_t hash_message(psa_algorithm_t alg, const struct api_sign_input *message, uint8_t *hash, struct api_sign_input *hashed)
{
    *hashed = *message;
    hashed->data = hash;
    return dispatch_hash_compute(PSA_ALG_GET_HASH(alg), message->data, message->length, hash, PSA_HASH_MAX_SIZE, &hashed->length);
}

static psa_status_t sign_message_held(const struct key_ref *ref, psa_algorithm_t alg, const struct api_sign_input *in,
                                      uint8_t *signature, size_t signature_size, size_t *length)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    struct api_sign_input hashed;
    psa_status_t status = check_room(ref, alg, signature_size);
    if (status == PSA_SUCCESS && !hashes_here(ref, alg)) {
        status = dispatch_sign_message(ref->key, alg, in->data, in->length, in->context, in->context_length,
                                       signature, signature_size, length);
        if (status != PSA_ERROR_NOT_SUPPORTED || !PSA_ALG_IS_HASH_AND_SIGN(alg)) {
            return status;
        }
        status = PSA_SUCCESS;
    }
    if (status == PSA_SUCCESS) {
        status = hash_message(alg, in, hash, &hashed);
    }
    if (status == PSA_SUCCESS) {
        status = api_sign_held(ref, alg, &hashed, signature, signature_size, length);
    }
    ZEROISE(hash);
    return status;
}

psa_status_t api_sign_message(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                              uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = check(alg, in, 0);
    if (status == PSA_SUCCESS) {
        status = api_acquire_for_signature(&ref, caller, key, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    }
    if (status == PSA_SUCCESS) {
        status = sign_message_held(&ref, alg, in, signature, signature_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, signature, signature_size, length, signature_length);
}

static psa_status_t verify_message_held(const struct key_ref *ref, psa_algorithm_t alg, const struct api_sign_input *in,
                                        const uint8_t *signature, size_t signature_length)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    struct api_sign_input hashed;
    if (!hashes_here(ref, alg)) {
        psa_status_t status = dispatch_verify_message(ref->key, alg, in->data, in->length, in->context, in->context_length,
                                                      signature, signature_length);
        if (status != PSA_ERROR_NOT_SUPPORTED || !PSA_ALG_IS_HASH_AND_SIGN(alg)) {
            return status;
        }
    }
    psa_status_t status = hash_message(alg, in, hash, &hashed);
    if (status == PSA_SUCCESS) {
        status = dispatch_verify_hash(ref->key, alg, hashed.data, hashed.length, in->context, in->context_length,
                                      signature, signature_length);
    }
    ZEROISE(hash);
    return status;
}

psa_status_t api_verify_message(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                                const uint8_t *signature, size_t signature_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = check(alg, in, 0);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(signature, signature_length, 5);
    }
    if (status == PSA_SUCCESS) {
        status = api_acquire_for_signature(&ref, caller, key, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    }
    if (status == PSA_SUCCESS) {
        status = verify_message_held(&ref, alg, in, signature, signature_length);
    }
    return key_store_release(&ref, invalid_signature(status));
}

/* ---- The specified functions: with and without a context string ---- */

psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    const struct api_sign_input in = { hash, hash_length, NULL, 0 };
    return reason_close(api_sign_hash(CALLER_SELF, key, alg, &in, signature, signature_size, signature_length));
}

psa_status_t psa_sign_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                        const uint8_t *context, size_t context_length,
                                        uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    const struct api_sign_input in = { hash, hash_length, context, context_length };
    return reason_close(api_sign_hash(CALLER_SELF, key, alg, &in, signature, signature_size, signature_length));
}

psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             const uint8_t *signature, size_t signature_length)
{
    const struct api_sign_input in = { hash, hash_length, NULL, 0 };
    return reason_close(api_verify_hash(CALLER_SELF, key, alg, &in, signature, signature_length));
}

psa_status_t psa_verify_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                          const uint8_t *context, size_t context_length,
                                          const uint8_t *signature, size_t signature_length)
{
    const struct api_sign_input in = { hash, hash_length, context, context_length };
    return reason_close(api_verify_hash(CALLER_SELF, key, alg, &in, signature, signature_length));
}

psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    const struct api_sign_input in = { input, input_length, NULL, 0 };
    return reason_close(api_sign_message(CALLER_SELF, key, alg, &in, signature, signature_size, signature_length));
}

psa_status_t psa_sign_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                           const uint8_t *context, size_t context_length,
                                           uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    const struct api_sign_input in = { input, input_length, context, context_length };
    return reason_close(api_sign_message(CALLER_SELF, key, alg, &in, signature, signature_size, signature_length));
}

psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                const uint8_t *signature, size_t signature_length)
{
    const struct api_sign_input in = { input, input_length, NULL, 0 };
    return reason_close(api_verify_message(CALLER_SELF, key, alg, &in, signature, signature_length));
}

psa_status_t psa_verify_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                             const uint8_t *context, size_t context_length,
                                             const uint8_t *signature, size_t signature_length)
{
    const struct api_sign_input in = { input, input_length, context, context_length };
    return reason_close(api_verify_message(CALLER_SELF, key, alg, &in, signature, signature_length));
}
