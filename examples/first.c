/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first program: a key that can encrypt and decrypt with AES-GCM and nothing else; a message sealed and opened.
 *
 *     cc first.c $(pkg-config --cflags --libs psacrypto) -o first       (installed)
 *     cc -Iinclude examples/first.c build/libpsacrypto.a -o first       (from the source tree)
 */
#include <stdio.h>

#include <psa/crypto.h>

#define NONCE_LENGTH PSA_AEAD_NONCE_LENGTH(PSA_KEY_TYPE_AES, PSA_ALG_GCM)

static const uint8_t message[] = "The first program.";

int main(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = PSA_KEY_ID_NULL;
    uint8_t nonce[NONCE_LENGTH];
    uint8_t sealed[PSA_AEAD_ENCRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_GCM, sizeof(message))];
    uint8_t opened[sizeof(message)];
    size_t sealed_length, opened_length;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);

    psa_status_t status = psa_crypto_init();
    if (status == PSA_SUCCESS) {
        status = psa_generate_key(&attributes, &key);
    }
    if (status == PSA_SUCCESS) {
        status = psa_generate_random(nonce, sizeof(nonce)); /* never the same nonce twice with one key */
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_encrypt(key, PSA_ALG_GCM, nonce, sizeof(nonce), NULL, 0, message, sizeof(message), sealed, sizeof(sealed),
                                  &sealed_length);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_decrypt(key, PSA_ALG_GCM, nonce, sizeof(nonce), NULL, 0, sealed, sealed_length, opened, sizeof(opened),
                                  &opened_length);
    }
    if (status != PSA_SUCCESS) {
        fprintf(stderr, "status %d\n", (int)status);
        return 1;
    }
    printf("%zu bytes sealed, %zu bytes opened: %s\n", sealed_length, opened_length, (const char *)opened);

    return psa_destroy_key(key) == PSA_SUCCESS ? 0 : 1;
}
