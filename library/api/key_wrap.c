/* SPDX-License-Identifier: Apache-2.0 */
/* psa_wrap_key() exports under another key, psa_unwrap_key() imports from there. */
#include "api/operations.h"

#include "api/keys.h"

static psa_status_t check_kind(psa_algorithm_t alg)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS && !PSA_ALG_IS_KEY_WRAP(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    return status;
}

/* A public key may always leave. */
static psa_status_t acquire_to_export(struct key_ref *ref, const struct caller *caller, psa_key_id_t key)
{
    psa_status_t status = key_store_acquire(ref, caller, key, 0, PSA_ALG_NONE);
    if (status == PSA_SUCCESS && !PSA_KEY_TYPE_IS_PUBLIC_KEY(psa_get_key_type(ref->key->key.attributes))) {
        status = key_store_permits(ref, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    }
    return status;
}

/* KW takes multiples of 8 bytes from 16 up (SP 800-38F, 5.3.1); KWP any. */
static psa_status_t check_wrapped_length(psa_algorithm_t alg, size_t length)
{
    if (alg == PSA_ALG_KW && (length < 16u || length % 8u != 0)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, 16u, length);
    }
    return PSA_SUCCESS;
}

static psa_status_t wrap_held(const struct key_ref *wrapping, psa_algorithm_t alg, const struct key_ref *key,
                              uint8_t *data, size_t data_size, size_t *length)
{
    const psa_key_attributes_t *attributes = key->key->key.attributes;
    psa_key_type_t type = psa_get_key_type(attributes);
    size_t bits = psa_get_key_bits(attributes);
    size_t size = PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits);
    size_t plain_length = 0;
    uint8_t *plain = platform_secret_allocate(size);
    if (plain == NULL) {
        return api_no_memory(size);
    }
    psa_status_t status = dispatch_key_export(key->key, plain, size, &plain_length);
    if (status == PSA_SUCCESS) {
        status = check_wrapped_length(alg, plain_length);
    }
    if (status == PSA_SUCCESS) {
        /* Eight bytes more, rounded up: what both algorithms write for exactly this key. */
        status = api_check_size(data_size, (plain_length + 7u) / 8u * 8u + 8u);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_wrap(wrapping->key, alg, plain, plain_length, data, data_size, length);
    }
    platform_secret_free(plain, size);
    return status;
}

psa_status_t api_wrap_key(const struct caller *caller, psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key,
                          uint8_t *data, size_t data_size, size_t *data_length)
{
    struct key_ref wrapping = KEY_REF_NONE;
    struct key_ref wrapped = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = check_kind(alg);
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&wrapping, caller, wrapping_key, PSA_KEY_USAGE_WRAP, alg);
    }
    if (status == PSA_SUCCESS) {
        status = acquire_to_export(&wrapped, caller, key);
    }
    if (status == PSA_SUCCESS) {
        status = wrap_held(&wrapping, alg, &wrapped, data, data_size, &length);
    }
    status = key_store_release(&wrapped, status);
    status = key_store_release(&wrapping, status);
    return api_commit(status, data, data_size, length, data_length);
}

psa_status_t psa_wrap_key(psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key,
                          uint8_t *data, size_t data_size, size_t *data_length)
{
    return reason_close(api_wrap_key(CALLER_SELF, wrapping_key, alg, key, data, data_size, data_length));
}

psa_status_t api_unwrap_key(const struct caller *caller, const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key,
                            psa_algorithm_t alg, const uint8_t *data, size_t data_length, psa_key_id_t *key)
{
    struct key_ref wrapping = KEY_REF_NONE;
    size_t length = 0;
    uint8_t *plain = NULL;
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = check_kind(alg);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(data, data_length, 4);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&wrapping, caller, wrapping_key, PSA_KEY_USAGE_UNWRAP, alg);
    }
    if (status == PSA_SUCCESS && (data_length < 16u || data_length % 8u != 0)) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0); /* nothing that wrapping gives */
    }
    if (status == PSA_SUCCESS) {
        plain = platform_secret_allocate(data_length);
        status = plain == NULL ? api_no_memory(data_length)
                               : dispatch_unwrap(wrapping.key, alg, data, data_length, plain, data_length, &length);
        status = status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
    }
    status = key_store_release(&wrapping, status);
    if (status == PSA_SUCCESS) {
        status = api_import_key(caller, attributes, plain, length, key);
    }
    if (plain != NULL) {
        platform_secret_free(plain, data_length);
    }
    return status;
}

psa_status_t psa_unwrap_key(const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key, psa_algorithm_t alg,
                            const uint8_t *data, size_t data_length, psa_key_id_t *key)
{
    return reason_close(api_unwrap_key(CALLER_SELF, attributes, wrapping_key, alg, data, data_length, key));
}
