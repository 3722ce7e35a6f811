/* SPDX-License-Identifier: Apache-2.0 */
#include "api/operations.h"

static psa_status_t check(psa_algorithm_t alg, const struct api_asymmetric *in)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(in->data, in->length, 3);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(in->salt, in->salt_length, 5);
    }
    if (status == PSA_SUCCESS && in->salt_length != 0 && !PSA_ALG_IS_RSA_OAEP(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_SALT, alg, in->salt_length);
    }
    return status;
}

static psa_status_t permits(const struct key_ref *ref, psa_key_usage_t usage, psa_algorithm_t alg)
{
    return PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) ? key_store_permits(ref, usage, alg)
                                                 : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
}

/* A curve's key could encrypt, in a scheme that nobody has defined here: it is unsupported, where others are wrong. */
static psa_status_t acquire(struct key_ref *ref, const struct caller *caller, psa_key_id_t key, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_status_t status = key_store_acquire(ref, caller, key, 0, PSA_ALG_NONE);
    if (status != PSA_SUCCESS) {
        return status;
    }
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    status = permits(ref, usage, alg);
    if (status == PSA_ERROR_INVALID_ARGUMENT && PSA_KEY_TYPE_IS_ECC(type)) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_FOR_ALGORITHM, type, alg);
    }
    return status == PSA_SUCCESS ? status : key_store_release(ref, status);
}

static psa_status_t crypt_held(const struct key_ref *ref, psa_algorithm_t alg, int decrypt, const struct api_asymmetric *in,
                               uint8_t *output, size_t output_size, size_t *length)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    size_t needed = PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes), alg);
    if (!decrypt) {
        psa_status_t status = api_check_size(output_size, needed);
        if (status != PSA_SUCCESS) {
            return status;
        }
    }
    psa_status_t status = dispatch_asymmetric_crypt(ref->key, alg, decrypt, in->data, in->length, in->salt, in->salt_length,
                                                    output, output_size, length);
    return status == PSA_ERROR_INVALID_PADDING ? reason(status, REASON_PADDING, 0, 0) : status;
}

psa_status_t api_asymmetric_crypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, int decrypt,
                                  const struct api_asymmetric *in, uint8_t *output, size_t output_size, size_t *output_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = check(alg, in);
    if (status == PSA_SUCCESS) {
        status = acquire(&ref, caller, key, decrypt ? PSA_KEY_USAGE_DECRYPT : PSA_KEY_USAGE_ENCRYPT, alg);
    }
    if (status == PSA_SUCCESS) {
        status = crypt_held(&ref, alg, decrypt, in, output, output_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, output, output_size, length, output_length);
}

psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                    const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    const struct api_asymmetric in = { input, input_length, salt, salt_length };
    return reason_close(api_asymmetric_crypt(CALLER_SELF, key, alg, 0, &in, output, output_size, output_length));
}

psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                    const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    const struct api_asymmetric in = { input, input_length, salt, salt_length };
    return reason_close(api_asymmetric_crypt(CALLER_SELF, key, alg, 1, &in, output, output_size, output_length));
}
