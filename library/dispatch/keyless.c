/* SPDX-License-Identifier: Apache-2.0 */
/* Cryptography under a key given by its bytes: a key object on the stack, gone with the call. */
#include "dispatch/dispatch.h"

#include "util/zeroise.h"

struct keyless {
    psa_key_attributes_t attributes;
    struct dispatch_key key;
};

static struct dispatch_key *open_keyless(struct keyless *keyless, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                         psa_algorithm_t alg)
{
    static const struct keyless empty;
    *keyless = empty;
    psa_set_key_type(&keyless->attributes, type);
    psa_set_key_bits(&keyless->attributes, 8u * key_length);
    psa_set_key_algorithm(&keyless->attributes, alg);
    keyless->key.key.attributes = &keyless->attributes;
    keyless->key.key.blob = key;
    keyless->key.key.length = key_length;
    return &keyless->key;
}

static psa_status_t close_keyless(struct keyless *keyless, psa_status_t status)
{
    dispatch_key_clear(&keyless->key);
    ZEROISE(*keyless);
    return status;
}

psa_status_t dispatch_keyless_mac(psa_key_type_t type, const uint8_t *key, size_t key_length,
                                  psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                  uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct keyless keyless;
    size_t length = PSA_MAC_LENGTH(type, 8u * key_length, alg);
    *mac_length = 0;
    if (mac_size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    struct dispatch_key *object = open_keyless(&keyless, type, key, key_length, alg);
    return close_keyless(&keyless, dispatch_mac_compute(object, alg, input, input_length, mac, length, mac_length));
}

psa_status_t dispatch_keyless_aead_encrypt(psa_key_type_t type, const uint8_t *key, size_t key_length,
                                           psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                           const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                           uint8_t *output, size_t output_size, size_t *output_length)
{
    struct keyless keyless;
    *output_length = 0;
    if (output_size < PSA_AEAD_ENCRYPT_OUTPUT_SIZE(type, alg, input_length)) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    struct dispatch_key *object = open_keyless(&keyless, type, key, key_length, alg);
    return close_keyless(&keyless, dispatch_aead_encrypt(object, alg, nonce, nonce_length, ad, ad_length,
                                                         input, input_length, output, output_size, output_length));
}

psa_status_t dispatch_keyless_aead_decrypt(psa_key_type_t type, const uint8_t *key, size_t key_length,
                                           psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                           const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                           uint8_t *output, size_t output_size, size_t *output_length)
{
    struct keyless keyless;
    size_t tag_length = PSA_AEAD_TAG_LENGTH(type, 8u * key_length, alg);
    *output_length = 0;
    if (input_length < tag_length) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    if (output_size < input_length - tag_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    struct dispatch_key *object = open_keyless(&keyless, type, key, key_length, alg);
    return close_keyless(&keyless, dispatch_aead_decrypt(object, alg, nonce, nonce_length, ad, ad_length,
                                                         input, input_length, output, output_size, output_length));
}
