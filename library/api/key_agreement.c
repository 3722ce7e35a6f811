/* SPDX-License-Identifier: Apache-2.0 */
/* Key agreement alone; with a derivation behind it: key_derivation.c. */
#include "api/operations.h"

#include "api/keys.h"

psa_status_t api_agree_held(const struct key_ref *ref, psa_algorithm_t alg, const uint8_t *peer_key, size_t peer_key_length,
                            uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
    }
    return dispatch_key_agreement(ref->key, alg, peer_key, peer_key_length, secret, secret_size, secret_length);
}

static psa_status_t acquire(struct key_ref *ref, const struct caller *caller, psa_algorithm_t alg, psa_key_id_t private_key,
                            const uint8_t *peer_key, size_t peer_key_length)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS && !PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(peer_key, peer_key_length, 3);
    }
    return status == PSA_SUCCESS ? key_store_acquire(ref, caller, private_key, PSA_KEY_USAGE_DERIVE, alg) : status;
}

static size_t secret_size_of(const struct key_ref *ref)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    return PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes));
}

psa_status_t api_raw_key_agreement(const struct caller *caller, psa_algorithm_t alg, psa_key_id_t private_key,
                                   const uint8_t *peer_key, size_t peer_key_length,
                                   uint8_t *output, size_t output_size, size_t *output_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = acquire(&ref, caller, alg, private_key, peer_key, peer_key_length);
    if (status == PSA_SUCCESS) {
        status = api_check_size(output_size, secret_size_of(&ref));
    }
    if (status == PSA_SUCCESS) {
        status = api_agree_held(&ref, alg, peer_key, peer_key_length, output, output_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, output, output_size, length, output_length);
}

psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                                   uint8_t *output, size_t output_size, size_t *output_length)
{
    return reason_close(api_raw_key_agreement(CALLER_SELF, alg, private_key, peer_key, peer_key_length,
                                              output, output_size, output_length));
}

/* A shared secret has biases: it becomes nothing that a cipher would take as its key. */
static psa_status_t check_output_type(const psa_key_attributes_t *attributes)
{
    switch (psa_get_key_type(attributes)) {
    case PSA_KEY_TYPE_DERIVE:
    case PSA_KEY_TYPE_RAW_DATA:
    case PSA_KEY_TYPE_HMAC:
    case PSA_KEY_TYPE_PASSWORD:
        return PSA_SUCCESS;
    default:
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, psa_get_key_type(attributes), 0);
    }
}

psa_status_t api_key_agreement(const struct caller *caller, psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                               psa_algorithm_t alg, const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t size = 0;
    size_t length = 0;
    uint8_t *secret = NULL;
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = acquire(&ref, caller, alg, private_key, peer_key, peer_key_length);
    if (status == PSA_SUCCESS) {
        status = check_output_type(attributes);
    }
    if (status == PSA_SUCCESS) {
        size = secret_size_of(&ref);
        secret = platform_secret_allocate(size);
        status = secret == NULL ? api_no_memory(size) : api_agree_held(&ref, alg, peer_key, peer_key_length, secret, size, &length);
    }
    status = key_store_release(&ref, status);
    if (status == PSA_SUCCESS) {
        status = api_key_from_secret(caller, attributes, secret, length, key);
    }
    if (secret != NULL) {
        platform_secret_free(secret, size);
    }
    return status;
}

psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length, psa_algorithm_t alg,
                               const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    return reason_close(api_key_agreement(CALLER_SELF, private_key, peer_key, peer_key_length, alg, attributes, key));
}
