/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A transparent driver with the prefix "acme", written to the signatures of the PSA Crypto Driver Interface and to nothing
 * else. What it computes is computed by the software driver. It keeps the key of an operation in its own context, as such
 * drivers do, and notes how often it was asked to abort.
 */
#ifndef TESTS_ADAPTER_ACME_H
#define TESTS_ADAPTER_ACME_H

#include <string.h>

#include "adapter_engine.h"

static unsigned acme_aborts;
static unsigned acme_inits;

/* ---- The back end ---- */

struct acme_key {
    psa_key_attributes_t attributes;
    uint8_t bytes[72];
    size_t length;
};

static struct psacrypto_key acme_view(const struct acme_key *key)
{
    struct psacrypto_key view = { &key->attributes, 0, key->bytes, key->length, NULL };
    return view;
}

static struct psacrypto_key acme_borrow(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size)
{
    struct psacrypto_key view = { attributes, 0, key_buffer, key_buffer_size, NULL };
    return view;
}

static psa_status_t acme_keep(struct acme_key *key, const psa_key_attributes_t *attributes,
                              const uint8_t *key_buffer, size_t key_buffer_size)
{
    if (key_buffer_size > sizeof(key->bytes)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    key->attributes = *attributes;
    key->length = key_buffer_size;
    memcpy(key->bytes, key_buffer, key_buffer_size);
    return PSA_SUCCESS;
}

static psa_status_t acme_init(void)
{
    acme_inits++;
    return PSA_SUCCESS;
}

static psa_status_t acme_get_entropy(psa_driver_get_entropy_flags_t flags, size_t *estimate_bits, uint8_t *output, size_t output_size)
{
    if (flags != 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    memset(output, 0xa5, output_size);
    *estimate_bits = 3;
    return PSA_SUCCESS;
}

/* ---- Hash ---- */

typedef struct {
    uint64_t space[64];
} acme_hash_operation_t;

static psa_status_t acme_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                      uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    return ENGINE->hash->compute(NULL, alg, input, input_length, hash, hash_size, hash_length);
}

static psa_status_t acme_hash_setup(acme_hash_operation_t *operation, psa_algorithm_t alg)
{
    return ENGINE->hash->setup(NULL, operation->space, alg);
}

static psa_status_t acme_hash_update(acme_hash_operation_t *operation, const uint8_t *input, size_t input_length)
{
    return ENGINE->hash->update(NULL, operation->space, input, input_length);
}

static psa_status_t acme_hash_finish(acme_hash_operation_t *operation, uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    return hash_size < 32 ? PSA_ERROR_BUFFER_TOO_SMALL : ENGINE->hash->finish(NULL, operation->space, hash, hash_size, hash_length);
}

static psa_status_t acme_hash_abort(acme_hash_operation_t *operation)
{
    acme_aborts++;
    memset(operation, 0, sizeof(*operation));
    return PSA_SUCCESS;
}

/* ---- MAC ---- */

typedef struct {
    struct acme_key key;
    uint64_t space[64];
} acme_mac_operation_t;

static psa_status_t acme_mac_compute(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                     psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                     uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    return ENGINE->mac->compute(NULL, &key, alg, input, input_length, mac, mac_size, mac_length);
}

static psa_status_t acme_mac_verify(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                    psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                    const uint8_t *mac, size_t mac_length)
{
    uint8_t actual[64];
    size_t length = 0;
    psa_status_t status = acme_mac_compute(attributes, key_buffer, key_buffer_size, alg, input, input_length,
                                           actual, mac_length, &length);
    return status != PSA_SUCCESS ? status : memcmp(actual, mac, mac_length) == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
}

static psa_status_t acme_mac_sign_setup(acme_mac_operation_t *operation, const psa_key_attributes_t *attributes,
                                        const uint8_t *key_buffer, size_t key_buffer_size, psa_algorithm_t alg)
{
    psa_status_t status = acme_keep(&operation->key, attributes, key_buffer, key_buffer_size);
    struct psacrypto_key key = acme_view(&operation->key);
    return status != PSA_SUCCESS ? status : ENGINE->mac->sign_setup(NULL, &key, operation->space, alg);
}

static psa_status_t acme_mac_verify_setup(acme_mac_operation_t *operation, const psa_key_attributes_t *attributes,
                                          const uint8_t *key_buffer, size_t key_buffer_size, psa_algorithm_t alg)
{
    psa_status_t status = acme_keep(&operation->key, attributes, key_buffer, key_buffer_size);
    struct psacrypto_key key = acme_view(&operation->key);
    return status != PSA_SUCCESS ? status : ENGINE->mac->verify_setup(NULL, &key, operation->space, alg);
}

static psa_status_t acme_mac_update(acme_mac_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->mac->update(NULL, &key, operation->space, input, input_length);
}

static psa_status_t acme_mac_sign_finish(acme_mac_operation_t *operation, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->mac->sign_finish(NULL, &key, operation->space, mac, mac_size, mac_length);
}

static psa_status_t acme_mac_verify_finish(acme_mac_operation_t *operation, const uint8_t *mac, size_t mac_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->mac->verify_finish(NULL, &key, operation->space, mac, mac_length);
}

static psa_status_t acme_mac_abort(acme_mac_operation_t *operation)
{
    acme_aborts++;
    memset(operation, 0, sizeof(*operation));
    return PSA_SUCCESS;
}

/* ---- Cipher ---- */

typedef struct {
    struct acme_key key;
    uint64_t space[80];
} acme_cipher_operation_t;

static psa_status_t acme_cipher_encrypt(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                        psa_algorithm_t alg, const uint8_t *iv, size_t iv_length,
                                        const uint8_t *input, size_t input_length,
                                        uint8_t *output, size_t output_size, size_t *output_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    return ENGINE->cipher->encrypt(NULL, &key, alg, iv, iv_length, input, input_length, output, output_size, output_length);
}

/* The IV is the beginning of the input. */
static psa_status_t acme_cipher_decrypt(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                        psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                        uint8_t *output, size_t output_size, size_t *output_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    size_t iv_length = alg == PSA_ALG_ECB_NO_PADDING ? 0 : 16;
    return ENGINE->cipher->decrypt(NULL, &key, alg, input, iv_length, input + iv_length, input_length - iv_length,
                                   output, output_size, output_length);
}

static psa_status_t acme_cipher_encrypt_setup(acme_cipher_operation_t *operation, const psa_key_attributes_t *attributes,
                                              const uint8_t *key_buffer, size_t key_buffer_size, psa_algorithm_t alg)
{
    psa_status_t status = acme_keep(&operation->key, attributes, key_buffer, key_buffer_size);
    struct psacrypto_key key = acme_view(&operation->key);
    return status != PSA_SUCCESS ? status : ENGINE->cipher->encrypt_setup(NULL, &key, operation->space, alg);
}

static psa_status_t acme_cipher_decrypt_setup(acme_cipher_operation_t *operation, const psa_key_attributes_t *attributes,
                                              const uint8_t *key_buffer, size_t key_buffer_size, psa_algorithm_t alg)
{
    psa_status_t status = acme_keep(&operation->key, attributes, key_buffer, key_buffer_size);
    struct psacrypto_key key = acme_view(&operation->key);
    return status != PSA_SUCCESS ? status : ENGINE->cipher->decrypt_setup(NULL, &key, operation->space, alg);
}

static psa_status_t acme_cipher_set_iv(acme_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->cipher->set_iv(NULL, &key, operation->space, iv, iv_length);
}

static psa_status_t acme_cipher_update(acme_cipher_operation_t *operation, const uint8_t *input, size_t input_length,
                                       uint8_t *output, size_t output_size, size_t *output_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->cipher->update(NULL, &key, operation->space, input, input_length, output, output_size, output_length);
}

static psa_status_t acme_cipher_finish(acme_cipher_operation_t *operation, uint8_t *output, size_t output_size, size_t *output_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->cipher->finish(NULL, &key, operation->space, output, output_size, output_length);
}

static psa_status_t acme_cipher_abort(acme_cipher_operation_t *operation)
{
    acme_aborts++;
    memset(operation, 0, sizeof(*operation));
    return PSA_SUCCESS;
}

/* ---- AEAD ---- */

typedef struct {
    struct acme_key key;
    uint64_t space[160];
} acme_aead_operation_t;

static psa_status_t acme_aead_encrypt(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                      psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                      const uint8_t *additional_data, size_t additional_data_length,
                                      const uint8_t *plaintext, size_t plaintext_length,
                                      uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    return ENGINE->aead->encrypt(NULL, &key, alg, nonce, nonce_length, additional_data, additional_data_length,
                                 plaintext, plaintext_length, ciphertext, ciphertext_size, ciphertext_length);
}

static psa_status_t acme_aead_decrypt(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                      psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                      const uint8_t *additional_data, size_t additional_data_length,
                                      const uint8_t *ciphertext, size_t ciphertext_length,
                                      uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    return ENGINE->aead->decrypt(NULL, &key, alg, nonce, nonce_length, additional_data, additional_data_length,
                                 ciphertext, ciphertext_length, plaintext, plaintext_size, plaintext_length);
}

static psa_status_t acme_aead_encrypt_setup(acme_aead_operation_t *operation, const psa_key_attributes_t *attributes,
                                            const uint8_t *key_buffer, size_t key_buffer_size, psa_algorithm_t alg)
{
    psa_status_t status = acme_keep(&operation->key, attributes, key_buffer, key_buffer_size);
    struct psacrypto_key key = acme_view(&operation->key);
    return status != PSA_SUCCESS ? status : ENGINE->aead->encrypt_setup(NULL, &key, operation->space, alg);
}

static psa_status_t acme_aead_decrypt_setup(acme_aead_operation_t *operation, const psa_key_attributes_t *attributes,
                                            const uint8_t *key_buffer, size_t key_buffer_size, psa_algorithm_t alg)
{
    psa_status_t status = acme_keep(&operation->key, attributes, key_buffer, key_buffer_size);
    struct psacrypto_key key = acme_view(&operation->key);
    return status != PSA_SUCCESS ? status : ENGINE->aead->decrypt_setup(NULL, &key, operation->space, alg);
}

static psa_status_t acme_aead_set_lengths(acme_aead_operation_t *operation, size_t ad_length, size_t plaintext_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->aead->set_lengths(NULL, &key, operation->space, ad_length, plaintext_length);
}

static psa_status_t acme_aead_set_nonce(acme_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->aead->set_nonce(NULL, &key, operation->space, nonce, nonce_length);
}

static psa_status_t acme_aead_update_ad(acme_aead_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->aead->update_ad(NULL, &key, operation->space, input, input_length);
}

static psa_status_t acme_aead_update(acme_aead_operation_t *operation, const uint8_t *input, size_t input_length,
                                     uint8_t *output, size_t output_size, size_t *output_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->aead->update(NULL, &key, operation->space, input, input_length, output, output_size, output_length);
}

static psa_status_t acme_aead_finish(acme_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size,
                                     size_t *ciphertext_length, uint8_t *tag, size_t tag_size, size_t *tag_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->aead->finish(NULL, &key, operation->space, ciphertext, ciphertext_size, ciphertext_length,
                                tag, tag_size, tag_length);
}

static psa_status_t acme_aead_verify(acme_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size,
                                     size_t *plaintext_length, const uint8_t *tag, size_t tag_length)
{
    struct psacrypto_key key = acme_view(&operation->key);
    return ENGINE->aead->verify(NULL, &key, operation->space, plaintext, plaintext_size, plaintext_length, tag, tag_length);
}

static psa_status_t acme_aead_abort(acme_aead_operation_t *operation)
{
    acme_aborts++;
    memset(operation, 0, sizeof(*operation));
    return PSA_SUCCESS;
}

/* ---- Asymmetric ---- */

static psa_status_t acme_sign_hash(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                   psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                   uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    return ENGINE->sign->sign_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, signature_size, signature_length);
}

static psa_status_t acme_verify_hash(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                     psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                     const uint8_t *signature, size_t signature_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    return ENGINE->sign->verify_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, signature_length);
}

static psa_status_t acme_sign_message(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                      psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                      uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    uint8_t hash[64];
    size_t length = 0;
    psa_status_t status = acme_hash_compute(PSA_ALG_GET_HASH(alg), input, input_length, hash, sizeof(hash), &length);
    return status != PSA_SUCCESS ? status : acme_sign_hash(attributes, key_buffer, key_buffer_size, alg, hash, length,
                                                           signature, signature_size, signature_length);
}

static psa_status_t acme_verify_message(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                        psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                        const uint8_t *signature, size_t signature_length)
{
    uint8_t hash[64];
    size_t length = 0;
    psa_status_t status = acme_hash_compute(PSA_ALG_GET_HASH(alg), input, input_length, hash, sizeof(hash), &length);
    return status != PSA_SUCCESS ? status : acme_verify_hash(attributes, key_buffer, key_buffer_size, alg, hash, length,
                                                             signature, signature_length);
}

/* No encryption at all: shows in which order the arguments come. */
static psa_status_t acme_asymmetric_encrypt(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                            psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                            const uint8_t *salt, size_t salt_length,
                                            uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)attributes, (void)alg;
    if (output_size < key_buffer_size + input_length + salt_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memcpy(output, key_buffer, key_buffer_size);
    memcpy(output + key_buffer_size, input, input_length);
    memcpy(output + key_buffer_size + input_length, salt, salt_length);
    *output_length = key_buffer_size + input_length + salt_length;
    return PSA_SUCCESS;
}

static psa_status_t acme_asymmetric_decrypt(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                            psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                            const uint8_t *salt, size_t salt_length,
                                            uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)attributes, (void)alg, (void)key_buffer, (void)salt;
    size_t length = input_length - key_buffer_size - salt_length;
    if (output_size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memcpy(output, input + key_buffer_size, length);
    *output_length = length;
    return PSA_SUCCESS;
}

static psa_status_t acme_key_agreement(psa_algorithm_t alg, const psa_key_attributes_t *our_attributes, const uint8_t *our_key_buffer,
                                       size_t our_key_buffer_length, const uint8_t *peer_key, size_t peer_key_length,
                                       uint8_t *output, size_t output_size, size_t *output_length)
{
    struct psacrypto_key key = acme_borrow(our_attributes, our_key_buffer, our_key_buffer_length);
    return ENGINE->key_agreement->agree(NULL, &key, alg, peer_key, peer_key_length, output, output_size, output_length);
}

/* ---- Keys ---- */

static psa_status_t acme_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                                    uint8_t *key_buffer, size_t key_buffer_size, size_t *key_buffer_length, size_t *bits)
{
    return ENGINE->key_management->import(NULL, attributes, 0, data, data_length, key_buffer, key_buffer_size, key_buffer_length, bits);
}

static psa_status_t acme_generate_key(const psa_key_attributes_t *attributes, uint8_t *key_buffer, size_t key_buffer_size,
                                      size_t *key_buffer_length)
{
    return ENGINE->key_management->generate(NULL, attributes, 0, NULL, NULL, 0, key_buffer, key_buffer_size, key_buffer_length);
}

static psa_status_t acme_export_public_key(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                           uint8_t *data, size_t data_size, size_t *data_length)
{
    struct psacrypto_key key = acme_borrow(attributes, key_buffer, key_buffer_size);
    return ENGINE->key_management->export_public_key(NULL, &key, data, data_size, data_length);
}

#endif
