/* SPDX-License-Identifier: Apache-2.0 */
#include "api/operations.h"

#include "api/keys.h"

/* Shared secrets of the schemes that there are: 32 bytes (ML-KEM), a coordinate (ECIES). */
#define SECRET_MAX PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE

static psa_status_t check_kind(psa_algorithm_t alg)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS && !PSA_ALG_IS_KEY_ENCAPSULATION(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    return status;
}

/* A uniform secret may become a block cipher's key; one with the biases of a curve's coordinate only what is derived from. */
static psa_status_t check_output_type(psa_algorithm_t alg, const psa_key_attributes_t *attributes)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    int derivable = type == PSA_KEY_TYPE_DERIVE || type == PSA_KEY_TYPE_HMAC;
    int uniform = alg == PSA_ALG_ML_KEM && key_type_is_plain_bytes(type) && PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) > 1u;
    return derivable || uniform ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
}

psa_status_t api_encapsulate(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    size_t secret_length = 0;
    uint8_t *secret = NULL;
    *output_key = PSA_KEY_ID_NULL;
    psa_status_t status = check_kind(alg);
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, PSA_KEY_USAGE_ENCRYPT, alg);
    }
    if (status == PSA_SUCCESS) {
        status = check_output_type(alg, attributes);
    }
    if (status == PSA_SUCCESS) {
        const psa_key_attributes_t *own = ref.key->key.attributes;
        status = api_check_size(ciphertext_size, PSA_ENCAPSULATE_CIPHERTEXT_SIZE(psa_get_key_type(own), psa_get_key_bits(own), alg));
    }
    if (status == PSA_SUCCESS) {
        secret = platform_secret_allocate(SECRET_MAX);
        status = secret == NULL ? api_no_memory(SECRET_MAX)
                                : dispatch_encapsulate(ref.key, alg, secret, SECRET_MAX, &secret_length,
                                                       ciphertext, ciphertext_size, &length);
    }
    status = key_store_release(&ref, status);
    if (status == PSA_SUCCESS) {
        status = api_key_from_secret(caller, attributes, secret, secret_length, output_key);
    }
    if (secret != NULL) {
        platform_secret_free(secret, SECRET_MAX);
    }
    return api_commit(status, ciphertext, ciphertext_size, length, ciphertext_length);
}

psa_status_t psa_encapsulate(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    return reason_close(api_encapsulate(CALLER_SELF, key, alg, attributes, output_key, ciphertext, ciphertext_size, ciphertext_length));
}

psa_status_t api_decapsulate(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg,
                             const uint8_t *ciphertext, size_t ciphertext_length,
                             const psa_key_attributes_t *attributes, psa_key_id_t *output_key)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t secret_length = 0;
    uint8_t *secret = NULL;
    *output_key = PSA_KEY_ID_NULL;
    psa_status_t status = check_kind(alg);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(ciphertext, ciphertext_length, 3);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, PSA_KEY_USAGE_DECRYPT, alg);
    }
    if (status == PSA_SUCCESS) {
        status = check_output_type(alg, attributes);
    }
    if (status == PSA_SUCCESS) {
        secret = platform_secret_allocate(SECRET_MAX);
        status = secret == NULL ? api_no_memory(SECRET_MAX)
                                : dispatch_decapsulate(ref.key, alg, ciphertext, ciphertext_length, secret, SECRET_MAX, &secret_length);
    }
    status = key_store_release(&ref, status);
    if (status == PSA_SUCCESS) {
        status = api_key_from_secret(caller, attributes, secret, secret_length, output_key);
    }
    if (secret != NULL) {
        platform_secret_free(secret, SECRET_MAX);
    }
    return status;
}

psa_status_t psa_decapsulate(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *ciphertext, size_t ciphertext_length,
                             const psa_key_attributes_t *attributes, psa_key_id_t *output_key)
{
    return reason_close(api_decapsulate(CALLER_SELF, key, alg, ciphertext, ciphertext_length, attributes, output_key));
}
