/* SPDX-License-Identifier: Apache-2.0 */
/* Unauthenticated ciphers, one-shot. */
#include "api/operations.h"

#include "dispatch/random.h"

static psa_status_t check_kind(psa_algorithm_t alg)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS && !PSA_ALG_IS_CIPHER(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    return status;
}

static size_t iv_length_of(const struct key_ref *ref, psa_algorithm_t alg)
{
    return PSA_CIPHER_IV_LENGTH(psa_get_key_type(ref->key->key.attributes), alg);
}

/* Bytes of ciphertext without the IV; what does not fit the algorithm is found out by the driver. */
static size_t ciphertext_length_of(const struct key_ref *ref, psa_algorithm_t alg, size_t plaintext_length)
{
    size_t block = PSA_BLOCK_CIPHER_BLOCK_LENGTH(psa_get_key_type(ref->key->key.attributes));
    return alg == PSA_ALG_CBC_PKCS7 ? (plaintext_length / block + 1u) * block : plaintext_length;
}

/* What does not pad takes whole blocks, as does what unpads. */
static psa_status_t check_blocks(const struct key_ref *ref, psa_algorithm_t alg, int decrypt, size_t length)
{
    size_t block = PSA_BLOCK_CIPHER_BLOCK_LENGTH(psa_get_key_type(ref->key->key.attributes));
    int whole = alg == PSA_ALG_ECB_NO_PADDING || alg == PSA_ALG_CBC_NO_PADDING || (alg == PSA_ALG_CBC_PKCS7 && decrypt);
    return whole && length % block != 0 ? reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, 0, length) : PSA_SUCCESS;
}

static psa_status_t encrypt_held(const struct key_ref *ref, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                 uint8_t *output, size_t output_size, size_t *length)
{
    struct api_input in;
    size_t iv_length = iv_length_of(ref, alg);
    uint8_t iv[PSA_CIPHER_IV_MAX_SIZE];
    if (input_length > SIZE_MAX - 2u * PSA_CIPHER_IV_MAX_SIZE - PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_TOO_LONG, 0, input_length);
    }
    psa_status_t status = api_check_size(output_size, iv_length + ciphertext_length_of(ref, alg, input_length));
    if (status == PSA_SUCCESS) {
        status = check_blocks(ref, alg, 0, input_length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_random(iv, iv_length);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    /* In place is where the ciphertext starts, behind the IV. */
    status = api_input_open(&in, input, input_length, output, output_size, iv_length == 0);
    if (status != PSA_SUCCESS) {
        return status;
    }
    bytes_copy(output, iv, iv_length);
    size_t written = 0;
    uint8_t *text = iv_length == 0 ? output : output + iv_length; /* which may be NULL where nothing comes out */
    status = dispatch_cipher_crypt(ref->key, alg, 0, iv, iv_length, in.data, in.length, text, output_size - iv_length, &written);
    *length = iv_length + written;
    api_input_close(&in);
    return status;
}

static psa_status_t decrypt_held(const struct key_ref *ref, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                 uint8_t *output, size_t output_size, size_t *length)
{
    struct api_input in;
    size_t iv_length = iv_length_of(ref, alg);
    if (input_length < iv_length) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, iv_length, input_length);
    }
    /* With padding only the driver learns how much comes out. */
    psa_status_t status = alg == PSA_ALG_CBC_PKCS7 ? PSA_SUCCESS : api_check_size(output_size, input_length - iv_length);
    if (status == PSA_SUCCESS) {
        status = check_blocks(ref, alg, 1, input_length - iv_length);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = api_input_open(&in, input, input_length, output, output_size, iv_length == 0);
    if (status == PSA_SUCCESS) {
        status = dispatch_cipher_crypt(ref->key, alg, 1, in.data, iv_length, iv_length == 0 ? in.data : in.data + iv_length,
                                       in.length - iv_length, output, output_size, length);
        api_input_close(&in);
    }
    return status == PSA_ERROR_INVALID_PADDING ? reason(status, REASON_PADDING, 0, 0) : status;
}

typedef psa_status_t (*held_t)(const struct key_ref *ref, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *length);

/* What both directions have in common. */
static inline psa_status_t crypt_message(const struct caller *caller, psa_key_id_t key, psa_key_usage_t usage, psa_algorithm_t alg,
                                         held_t crypt_held, const uint8_t *input, size_t input_length,
                                         uint8_t *output, size_t output_size, size_t *output_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = check_kind(alg);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 3);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, usage, alg);
    }
    if (status == PSA_SUCCESS) {
        status = crypt_held(&ref, alg, input, input_length, output, output_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, output, output_size, length, output_length);
}

psa_status_t api_cipher_encrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    return crypt_message(caller, key, PSA_KEY_USAGE_ENCRYPT, alg, encrypt_held, input, input_length, output, output_size, output_length);
}

psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    return reason_close(api_cipher_encrypt(CALLER_SELF, key, alg, input, input_length, output, output_size, output_length));
}

psa_status_t api_cipher_decrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    return crypt_message(caller, key, PSA_KEY_USAGE_DECRYPT, alg, decrypt_held, input, input_length, output, output_size, output_length);
}

psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    return reason_close(api_cipher_decrypt(CALLER_SELF, key, alg, input, input_length, output, output_size, output_length));
}
