/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/driver_adapter_cipher.h
 * \brief Adapters for ciphers and AEADs. Include <psacrypto/driver_adapter.h>, never this file.
 */
#ifndef PSACRYPTO_DRIVER_ADAPTER_CIPHER_H
#define PSACRYPTO_DRIVER_ADAPTER_CIPHER_H

#include <psacrypto/driver_adapter.h>

/* ---- Cipher ---- */

#define PSACRYPTO_ADAPT_ENTRY_CIPHER_ENCRYPT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, CIPHER, cipher_encrypt, IV_TEXT)

/* cipher_decrypt takes the IV in front of the ciphertext, in one buffer. The library mostly has them like that; a copy
 * is made where it has not, and where the output would begin inside of that buffer. */
#define PSACRYPTO_ADAPT_ENTRY_CIPHER_DECRYPT(name, prefix) \
    static psa_status_t name##_adapted_cipher_decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, \
                                                      PSACRYPTO_ADAPT_P_IV_TEXT) \
    { \
        (void)instance; \
        if (!PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_FAMILY_CIPHER, alg, key->attributes)) { \
            return PSA_ERROR_NOT_SUPPORTED; \
        } \
        if (iv_length == 0 || (iv + iv_length == input && output != input)) { \
            return prefix##_cipher_decrypt(PSACRYPTO_ADAPT_KEY(key), alg, iv_length == 0 ? input : iv, \
                                           iv_length + input_length, PSACRYPTO_ADAPT_A_OUTPUT); \
        } \
        uint8_t *whole = PSACRYPTO_ADAPTER_ALLOCATE(iv_length + input_length); \
        if (whole == NULL) { \
            return PSA_ERROR_INSUFFICIENT_MEMORY; \
        } \
        memcpy(whole, iv, iv_length); \
        if (input_length != 0) { \
            memcpy(whole + iv_length, input, input_length); \
        } \
        psa_status_t status = prefix##_cipher_decrypt(PSACRYPTO_ADAPT_KEY(key), alg, whole, iv_length + input_length, \
                                                      PSACRYPTO_ADAPT_A_OUTPUT); \
        PSACRYPTO_ADAPTER_FREE(whole); \
        return status; \
    }

#define PSACRYPTO_ADAPT_ENTRIES_CIPHER_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_CONTEXT(name, prefix, cipher) \
    PSACRYPTO_ADAPT_ENTRY_SETUP(name, prefix, cipher, CIPHER, encrypt) \
    PSACRYPTO_ADAPT_ENTRY_SETUP(name, prefix, cipher, CIPHER, decrypt) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, cipher, set_iv, INPUT, 1) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, cipher, update, INPUT_OUTPUT, 1) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, cipher, finish, OUTPUT, 0) \
    PSACRYPTO_ADAPT_ENTRY_ABORT(name, prefix, cipher)

/* direction is encrypt or decrypt. */
#define PSACRYPTO_ADAPT_ENTRY_CIPHER_BY_PARTS(name, direction) \
    static psa_status_t name##_adapted_cipher_##direction(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, \
                                                          PSACRYPTO_ADAPT_P_IV_TEXT) \
    { \
        struct name##_adapted_cipher context; \
        size_t length = 0; \
        size_t rest = 0; \
        memset(&context, 0, sizeof(context)); \
        psa_status_t status = name##_adapted_cipher_##direction##_setup(instance, key, &context, alg); \
        if (status == PSA_SUCCESS && iv_length != 0) { \
            status = name##_adapted_cipher_set_iv(instance, key, &context, iv, iv_length); \
        } \
        if (status == PSA_SUCCESS) { \
            status = name##_adapted_cipher_update(instance, key, &context, input, input_length, output, output_size, &length); \
        } \
        if (status == PSA_SUCCESS) { \
            status = name##_adapted_cipher_finish(instance, key, &context, length == 0 ? output : output + length, \
                                                  output_size - length, &rest); \
        } \
        *output_length = length + rest; \
        (void)name##_adapted_cipher_abort(instance, &context); \
        psacrypto_adapter_wipe(&context, sizeof(context)); \
        return status; \
    }

#define PSACRYPTO_ADAPT_TABLE_CIPHER(name) \
    static const struct psacrypto_cipher_entries name##_cipher_entries = { \
        .encrypt = name##_adapted_cipher_encrypt, \
        .decrypt = name##_adapted_cipher_decrypt, \
        .encrypt_setup = name##_adapted_cipher_encrypt_setup, \
        .decrypt_setup = name##_adapted_cipher_decrypt_setup, \
        .set_iv = name##_adapted_cipher_set_iv, \
        .update = name##_adapted_cipher_update, \
        .finish = name##_adapted_cipher_finish, \
        .abort = name##_adapted_cipher_abort, \
    };

/** cipher_encrypt, cipher_decrypt, "cipher_encrypt_multipart", "cipher_decrypt_multipart". Defines `<name>_cipher_entries`. */
#define PSACRYPTO_ADAPT_CIPHER(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_CIPHER_ENCRYPT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_CIPHER_DECRYPT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_CIPHER_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_TABLE_CIPHER(name)

/** "cipher_encrypt_multipart" and "cipher_decrypt_multipart" alone. */
#define PSACRYPTO_ADAPT_CIPHER_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_CIPHER_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_CIPHER_BY_PARTS(name, encrypt) \
    PSACRYPTO_ADAPT_ENTRY_CIPHER_BY_PARTS(name, decrypt) \
    PSACRYPTO_ADAPT_TABLE_CIPHER(name)

/** cipher_encrypt and cipher_decrypt alone. */
#define PSACRYPTO_ADAPT_CIPHER_ONE_SHOT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_CIPHER_ENCRYPT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_CIPHER_DECRYPT(name, prefix) \
    static const struct psacrypto_cipher_entries name##_cipher_entries = { \
        .encrypt = name##_adapted_cipher_encrypt, \
        .decrypt = name##_adapted_cipher_decrypt, \
    };

/* ---- AEAD ---- */

#define PSACRYPTO_ADAPT_ENTRIES_AEAD_ONE_SHOT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, AEAD, aead_encrypt, NONCE_AD_TEXT) \
    PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, AEAD, aead_decrypt, NONCE_AD_TEXT)

#define PSACRYPTO_ADAPT_ENTRIES_AEAD_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_CONTEXT(name, prefix, aead) \
    PSACRYPTO_ADAPT_ENTRY_SETUP(name, prefix, aead, AEAD, encrypt) \
    PSACRYPTO_ADAPT_ENTRY_SETUP(name, prefix, aead, AEAD, decrypt) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, aead, set_lengths, LENGTHS, 1) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, aead, set_nonce, INPUT, 1) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, aead, update_ad, INPUT, 1) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, aead, update, INPUT_OUTPUT, 1) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, aead, finish, OUTPUT_TAG, 0) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, aead, verify, OUTPUT_CHECK, 0) \
    PSACRYPTO_ADAPT_ENTRY_ABORT(name, prefix, aead)

/** aead_encrypt, aead_decrypt, "aead_encrypt_multipart" and "aead_decrypt_multipart". Defines `<name>_aead_entries`. A driver
 *  with the parts alone has no adapter: one-shot decryption must not show plaintext before the tag is verified. */
#define PSACRYPTO_ADAPT_AEAD(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_AEAD_ONE_SHOT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_AEAD_PARTS(name, prefix) \
    static const struct psacrypto_aead_entries name##_aead_entries = { \
        .encrypt = name##_adapted_aead_encrypt, \
        .decrypt = name##_adapted_aead_decrypt, \
        .encrypt_setup = name##_adapted_aead_encrypt_setup, \
        .decrypt_setup = name##_adapted_aead_decrypt_setup, \
        .set_lengths = name##_adapted_aead_set_lengths, \
        .set_nonce = name##_adapted_aead_set_nonce, \
        .update_ad = name##_adapted_aead_update_ad, \
        .update = name##_adapted_aead_update, \
        .finish = name##_adapted_aead_finish, \
        .verify = name##_adapted_aead_verify, \
        .abort = name##_adapted_aead_abort, \
    };

/** aead_encrypt and aead_decrypt alone. */
#define PSACRYPTO_ADAPT_AEAD_ONE_SHOT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_AEAD_ONE_SHOT(name, prefix) \
    static const struct psacrypto_aead_entries name##_aead_entries = { \
        .encrypt = name##_adapted_aead_encrypt, \
        .decrypt = name##_adapted_aead_decrypt, \
    };

#endif /* PSACRYPTO_DRIVER_ADAPTER_CIPHER_H */
