/* SPDX-License-Identifier: Apache-2.0 */
#include "api/aead.h"

/* The nonces that an algorithm takes at all; drivers may take fewer. CCM's length bounds the message too. */
static int nonce_length_is_valid(psa_algorithm_t alg, psa_key_type_t type, size_t length)
{
    switch (PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg)) {
    case PSA_ALG_CCM:
        return length >= 7u && length <= 13u;
    case PSA_ALG_GCM:
        return length >= 1u;
    case PSA_ALG_CHACHA20_POLY1305:
        return length == 12u || length == 8u; /* 8: the original variant, which is optional */
    default:
        return length == PSA_AEAD_NONCE_LENGTH(type, alg);
    }
}

/* CCM's length field has 15 bytes less the nonce (RFC 3610, 2.1). */
static int message_fits_nonce(psa_algorithm_t alg, size_t nonce_length, uint64_t length)
{
    size_t field = 15u - nonce_length;
    return PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) != PSA_ALG_CCM || field >= 8u || length < (UINT64_C(1) << (8u * field));
}

psa_status_t api_aead_check_nonce(psa_algorithm_t alg, psa_key_type_t type, size_t nonce_length, uint64_t length)
{
    if (!nonce_length_is_valid(alg, type, nonce_length) || !message_fits_nonce(alg, nonce_length, length)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NONCE_LENGTH, alg, nonce_length);
    }
    return PSA_SUCCESS;
}

psa_status_t api_aead_check_kind(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg)
{
    struct key_ref ref = KEY_REF_NONE;
    if (PSA_ALG_IS_AEAD(alg)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = key_store_acquire(&ref, caller, key, 0, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_KIND, alg, 0);
    }
    return key_store_release(&ref, status);
}

static size_t tag_length_of(psa_algorithm_t alg)
{
    return (alg >> 16) & 0x3fu;
}

static psa_status_t encrypt_held(const struct key_ref *ref, psa_algorithm_t alg, const struct api_aead *in,
                                 uint8_t *output, size_t output_size, size_t *length)
{
    struct api_input plaintext, ad, nonce;
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    psa_status_t status = api_aead_check_nonce(alg, type, in->nonce_length, in->length);
    if (status == PSA_SUCCESS && in->length > SIZE_MAX - tag_length_of(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_TOO_LONG, SIZE_MAX - 16u, in->length);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_size(output_size, in->length + tag_length_of(alg));
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = api_inputs_open(&plaintext, &ad, &nonce, in, output, in->length + tag_length_of(alg));
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_encrypt(ref->key, alg, nonce.data, nonce.length, ad.data, ad.length,
                                       plaintext.data, plaintext.length, output, output_size, length);
    }
    api_inputs_close(&plaintext, &ad, &nonce);
    return status;
}

static psa_status_t decrypt_held(const struct key_ref *ref, psa_algorithm_t alg, const struct api_aead *in,
                                 uint8_t *output, size_t output_size, size_t *length)
{
    struct api_input ciphertext, ad, nonce;
    size_t tag_length = tag_length_of(alg);
    size_t text_length = in->length < tag_length ? 0 : in->length - tag_length;
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    psa_status_t status = api_aead_check_nonce(alg, type, in->nonce_length, text_length);
    if (status == PSA_SUCCESS && in->length < tag_length) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_size(output_size, text_length);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = api_inputs_open(&ciphertext, &ad, &nonce, in, output, text_length);
    if (status == PSA_SUCCESS) {
        status = dispatch_aead_decrypt(ref->key, alg, nonce.data, nonce.length, ad.data, ad.length,
                                       ciphertext.data, ciphertext.length, output, output_size, length);
    }
    api_inputs_close(&ciphertext, &ad, &nonce);
    return status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
}

static psa_status_t check_pointers(const struct api_aead *in)
{
    psa_status_t status = api_check_pointer(in->nonce, in->nonce_length, 3);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(in->ad, in->ad_length, 5);
    }
    return status == PSA_SUCCESS ? api_check_pointer(in->data, in->length, 7) : status;
}

typedef psa_status_t (*held_t)(const struct key_ref *ref, psa_algorithm_t alg, const struct api_aead *in,
                               uint8_t *output, size_t output_size, size_t *length);

/* What both directions have in common. Inlined into both, so that neither calls by way of a pointer. */
static inline psa_status_t crypt_message(const struct caller *caller, psa_key_id_t key, psa_key_usage_t usage, psa_algorithm_t alg,
                                         held_t crypt_held, const struct api_aead *in,
                                         uint8_t *output, size_t output_size, size_t *output_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_aead_check_kind(caller, key, alg);
    }
    if (status == PSA_SUCCESS) {
        status = check_pointers(in);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, usage, alg);
    }
    if (status == PSA_SUCCESS) {
        status = crypt_held(&ref, alg, in, output, output_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, output, output_size, length, output_length);
}

psa_status_t api_aead_encrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_aead *in,
                              uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    return crypt_message(caller, key, PSA_KEY_USAGE_ENCRYPT, alg, encrypt_held, in, ciphertext, ciphertext_size, ciphertext_length);
}

psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                              const uint8_t *additional_data, size_t additional_data_length,
                              const uint8_t *plaintext, size_t plaintext_length,
                              uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    const struct api_aead in = { nonce, nonce_length, additional_data, additional_data_length, plaintext, plaintext_length };
    return reason_close(api_aead_encrypt(CALLER_SELF, key, alg, &in, ciphertext, ciphertext_size, ciphertext_length));
}

psa_status_t api_aead_decrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_aead *in,
                              uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    return crypt_message(caller, key, PSA_KEY_USAGE_DECRYPT, alg, decrypt_held, in, plaintext, plaintext_size, plaintext_length);
}

psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                              const uint8_t *additional_data, size_t additional_data_length,
                              const uint8_t *ciphertext, size_t ciphertext_length,
                              uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    const struct api_aead in = { nonce, nonce_length, additional_data, additional_data_length, ciphertext, ciphertext_length };
    return reason_close(api_aead_decrypt(CALLER_SELF, key, alg, &in, plaintext, plaintext_size, plaintext_length));
}
