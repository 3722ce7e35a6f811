/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operations in parts: the order of their calls, what an error leaves behind, and that an operation can be moved.
 * An operation that failed does nothing but fail until it is aborted; a setup that failed leaves it inactive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>

#define HMAC256 PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define ECDSA256 PSA_ALG_ECDSA(PSA_ALG_SHA_256)
#define CRYPT (PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT)
#define SIGN_VERIFY (PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH)

static const uint8_t data[64] = { 1, 2, 3, 4, 5 };
static uint8_t out[128];
static size_t length;

static psa_key_id_t key_of(psa_key_type_t type, size_t bits, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 0;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

static psa_key_id_t aes(psa_algorithm_t alg)
{
    return key_of(PSA_KEY_TYPE_AES, 128, alg, CRYPT);
}

/* ---- Hash ---- */

static void hash_errors(void **state)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT, other = psa_hash_operation_init();
    uint8_t hash[64];
    (void)state;
    assert_int_equal(psa_hash_compute(0x02ffffff, data, 3, out, sizeof(out), &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_hash_compute(0xffffffff, data, 3, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_hash_compute(PSA_ALG_CTR, data, 3, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_hash_compute(PSA_ALG_ANY_HASH, data, 3, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_hash_compute(PSA_ALG_SHA_256, data, 3, out, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_int_equal(psa_hash_compute(PSA_ALG_SHA_256, NULL, 3, out, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, out, 32, &length), PSA_SUCCESS);
    assert_int_equal(psa_hash_compare(PSA_ALG_SHA_256, NULL, 0, out, 32), PSA_SUCCESS);
    assert_int_equal(psa_hash_compare(PSA_ALG_SHA_256, NULL, 0, out, 31), PSA_ERROR_INVALID_SIGNATURE);
    out[31] ^= 1;
    assert_int_equal(psa_hash_compare(PSA_ALG_SHA_256, NULL, 0, out, 32), PSA_ERROR_INVALID_SIGNATURE);

    assert_int_equal(psa_hash_update(&operation, data, 3), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_hash_finish(&operation, hash, sizeof(hash), &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_hash_verify(&operation, hash, 32), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_hash_clone(&operation, &other), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_hash_setup(&operation, 0x02ffffff), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    assert_int_equal(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_hash_clone(&operation, &other), PSA_SUCCESS);
    assert_int_equal(psa_hash_clone(&operation, &other), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_hash_finish(&operation, hash, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_hash_finish(&operation, hash, 32, &length), PSA_ERROR_BAD_STATE); /* the error state */
    assert_int_equal(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_hash_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_hash_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_hash_finish(&other, hash, 32, &length), PSA_SUCCESS); /* the clone lives on */
    assert_int_equal(psa_hash_update(&other, data, 1), PSA_ERROR_BAD_STATE);
}

static void hash_can_be_moved_and_suspended(void **state)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT, moved;
    uint8_t expected[64], suspended[PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE];
    size_t suspended_length;
    (void)state;
    assert_int_equal(psa_hash_compute(PSA_ALG_SHA_512, data, 50, expected, sizeof(expected), &length), PSA_SUCCESS);
    assert_int_equal(psa_hash_setup(&operation, PSA_ALG_SHA_512), PSA_SUCCESS);
    assert_int_equal(psa_hash_update(&operation, data, 20), PSA_SUCCESS);
    memcpy(&moved, &operation, sizeof(moved));
    memset(&operation, 0xaa, sizeof(operation));
    assert_int_equal(psa_hash_suspend(&moved, suspended, PSA_HASH_SUSPEND_OUTPUT_SIZE(PSA_ALG_SHA_512) - 1, &suspended_length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_hash_abort(&moved), PSA_SUCCESS);
    assert_int_equal(psa_hash_setup(&moved, PSA_ALG_SHA_512), PSA_SUCCESS);
    assert_int_equal(psa_hash_update(&moved, data, 20), PSA_SUCCESS);
    assert_int_equal(psa_hash_suspend(&moved, suspended, sizeof(suspended), &suspended_length), PSA_SUCCESS);
    memset(&operation, 0, sizeof(operation)); /* all-zero is a fresh operation */
    assert_int_equal(psa_hash_resume(&operation, suspended, 3), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_hash_resume(&operation, suspended, suspended_length), PSA_SUCCESS);
    assert_int_equal(psa_hash_update(&operation, data + 20, 30), PSA_SUCCESS);
    assert_int_equal(psa_hash_verify(&operation, expected, 64), PSA_SUCCESS);
    assert_int_equal(psa_hash_resume(&operation, suspended, suspended_length - 1), PSA_ERROR_INVALID_ARGUMENT);
}

/* ---- MAC ---- */

static void mac_errors(void **state)
{
    psa_key_id_t key = key_of(PSA_KEY_TYPE_HMAC, 256, HMAC256, SIGN_VERIFY);
    psa_key_id_t cut = key_of(PSA_KEY_TYPE_HMAC, 256, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC256, 8), SIGN_VERIFY);
    psa_key_id_t raw = key_of(PSA_KEY_TYPE_RAW_DATA, 256, HMAC256, SIGN_VERIFY);
    psa_mac_operation_t operation = PSA_MAC_OPERATION_INIT;
    uint8_t mac[32];
    (void)state;
    assert_int_equal(psa_mac_compute(key, PSA_ALG_CBC_NO_PADDING, data, 3, out, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_mac_compute(key, PSA_ALG_HMAC(PSA_ALG_SHA_512), data, 3, out, 64, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_mac_compute(raw, HMAC256, data, 3, out, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_mac_compute(key, HMAC256, data, 3, out, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_mac_compute(key, HMAC256, data, 3, mac, 32, &length), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify(key, HMAC256, data, 3, mac, 32), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify(key, HMAC256, data, 3, mac, 31), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_mac_verify(key, HMAC256, data, 2, mac, 32), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_mac_compute(cut, PSA_ALG_TRUNCATED_MAC(HMAC256, 8), data, 3, out, 8, &length), PSA_SUCCESS);
    assert_int_equal(length, 8);
    assert_int_equal(psa_mac_compute(cut, PSA_ALG_TRUNCATED_MAC(HMAC256, 7), data, 3, out, 8, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_mac_compute(cut, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC256, 8), data, 3, out, 32, &length), PSA_ERROR_NOT_PERMITTED);

    assert_int_equal(psa_mac_update(&operation, data, 3), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_mac_sign_setup(&operation, raw, HMAC256), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_mac_sign_setup(&operation, key, HMAC256), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify_setup(&operation, key, HMAC256), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_mac_verify_finish(&operation, mac, 32), PSA_ERROR_BAD_STATE); /* it signs */
    assert_int_equal(psa_mac_update(&operation, data, 3), PSA_ERROR_BAD_STATE);        /* the error state */
    assert_int_equal(psa_mac_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify_setup(&operation, key, HMAC256), PSA_SUCCESS);
    assert_int_equal(psa_mac_update(&operation, data, 2), PSA_SUCCESS);
    assert_int_equal(psa_mac_update(&operation, data + 2, 1), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify_finish(&operation, mac, 32), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify_finish(&operation, mac, 32), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_mac_verify_setup(&operation, key, HMAC256), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify_finish(&operation, mac, 32), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_mac_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_mac_sign_setup(&operation, key, HMAC256), PSA_SUCCESS);
    assert_int_equal(psa_mac_sign_finish(&operation, out, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_mac_abort(&operation), PSA_SUCCESS);
}

/* ---- Cipher ---- */

static void cipher_errors(void **state)
{
    psa_key_id_t ctr = aes(PSA_ALG_CTR), ecb = aes(PSA_ALG_ECB_NO_PADDING), cbc = aes(PSA_ALG_CBC_NO_PADDING),
                 padded = aes(PSA_ALG_CBC_PKCS7);
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT, moved;
    (void)state;
    assert_int_equal(psa_cipher_update(&operation, NULL, 0, NULL, 0, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, ctr, PSA_ALG_GCM), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, ctr, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, ctr, PSA_ALG_CTR), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_cipher_update(&operation, data, 16, out, sizeof(out), &length), PSA_ERROR_BAD_STATE); /* no IV */
    assert_int_equal(psa_cipher_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, ctr, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_cipher_generate_iv(&operation, out, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_cipher_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, ctr, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&operation, data, 17), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_cipher_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_cipher_decrypt_setup(&operation, ctr, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_cipher_generate_iv(&operation, out, 16, &length), PSA_ERROR_BAD_STATE); /* it decrypts */
    assert_int_equal(psa_cipher_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, ctr, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&operation, data, 16), PSA_SUCCESS);
    assert_int_equal(psa_cipher_update(&operation, data, 5, out, 5, &length), PSA_SUCCESS);
    memcpy(&moved, &operation, sizeof(moved));
    memset(&operation, 0xaa, sizeof(operation));
    assert_int_equal(psa_cipher_update(&moved, data, 16, out, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_cipher_finish(&moved, out, sizeof(out), &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_cipher_abort(&moved), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&moved, ecb, PSA_ALG_ECB_NO_PADDING), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&moved, data, 16), PSA_ERROR_BAD_STATE); /* takes none */
    assert_int_equal(psa_cipher_abort(&moved), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&moved, cbc, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&moved, data, 16), PSA_SUCCESS);
    assert_int_equal(psa_cipher_update(&moved, data, 15, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    assert_int_equal(psa_cipher_finish(&moved, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_cipher_abort(&moved), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt(cbc, PSA_ALG_CBC_NO_PADDING, data, 15, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_cipher_decrypt(cbc, PSA_ALG_CBC_NO_PADDING, data, 15, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_cipher_decrypt(padded, PSA_ALG_CBC_PKCS7, data, 16, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_cipher_decrypt_setup(&moved, padded, PSA_ALG_CBC_PKCS7), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&moved, data, 16), PSA_SUCCESS);
    assert_int_equal(psa_cipher_update(&moved, data, 16, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(length, 0); /* the last block is held back for its padding */
    assert_int_equal(psa_cipher_abort(&moved), PSA_SUCCESS);
}

/* ---- AEAD ---- */

static void aead_begin(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg, size_t ad, size_t body)
{
    assert_int_equal(psa_aead_encrypt_setup(operation, key, alg), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_lengths(operation, ad, body), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(operation, data, 12), PSA_SUCCESS);
}

static void aead_order(void **state)
{
    psa_key_id_t gcm = aes(PSA_ALG_GCM), ccm = aes(PSA_ALG_CCM);
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    uint8_t tag[16];
    size_t tag_length;
    (void)state;
    assert_int_equal(psa_aead_set_nonce(&operation, data, 12), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_aead_encrypt_setup(&operation, gcm, PSA_ALG_CFB), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_aead_encrypt_setup(&operation, 11, PSA_ALG_CFB), PSA_ERROR_INVALID_HANDLE); /* the key comes first */
    assert_int_equal(psa_aead_decrypt(11, PSA_ALG_CFB, data, 12, NULL, 0, data, 16, out, sizeof(out), &length), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_aead_encrypt_setup(&operation, ccm, PSA_ALG_CCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&operation, data, 12), PSA_ERROR_BAD_STATE); /* CCM: lengths first */
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_aead_encrypt_setup(&operation, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_update_ad(&operation, data, 3), PSA_ERROR_BAD_STATE); /* no nonce */
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_aead_encrypt_setup(&operation, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&operation, data, 12), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_lengths(&operation, 1, 1), PSA_ERROR_BAD_STATE); /* too late */
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_aead_encrypt_setup(&operation, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&operation, data, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    aead_begin(&operation, gcm, PSA_ALG_GCM, 4, 8);
    assert_int_equal(psa_aead_update(&operation, data, 8, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT); /* AD missing */
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    aead_begin(&operation, gcm, PSA_ALG_GCM, 4, 8);
    assert_int_equal(psa_aead_update_ad(&operation, data, 5), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    aead_begin(&operation, gcm, PSA_ALG_GCM, 4, 8);
    assert_int_equal(psa_aead_update_ad(&operation, data, 4), PSA_SUCCESS);
    assert_int_equal(psa_aead_update(&operation, data, 9, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    aead_begin(&operation, ccm, PSA_ALG_CCM, 4, 8);
    assert_int_equal(psa_aead_update_ad(&operation, data, 4), PSA_SUCCESS);
    assert_int_equal(psa_aead_update(&operation, data, 7, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(psa_aead_update_ad(&operation, data, 0), PSA_ERROR_BAD_STATE); /* the text has begun */
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    aead_begin(&operation, ccm, PSA_ALG_CCM, 0, 8);
    assert_int_equal(psa_aead_update(&operation, data, 7, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(psa_aead_finish(&operation, NULL, 0, &length, tag, sizeof(tag), &tag_length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_aead_finish(&operation, NULL, 0, &length, tag, sizeof(tag), &tag_length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    aead_begin(&operation, gcm, PSA_ALG_GCM, 0, 0);
    assert_int_equal(psa_aead_finish(&operation, NULL, 0, &length, tag, 15, &tag_length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    aead_begin(&operation, gcm, PSA_ALG_GCM, 0, 0);
    assert_int_equal(psa_aead_verify(&operation, NULL, 0, &length, tag, 16), PSA_ERROR_BAD_STATE); /* it encrypts */
    assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
}

static void aead_one_shot_errors(void **state)
{
    static const size_t ccm_nonces[] = { 6, 14 };
    psa_key_id_t gcm = aes(PSA_ALG_GCM), ccm = aes(PSA_ALG_CCM);
    psa_key_id_t least = aes(PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12));
    uint8_t sealed[64], plain[64];
    size_t sealed_length;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(psa_aead_encrypt(ccm, PSA_ALG_CCM, data, ccm_nonces[i], NULL, 0, data, 8, out, sizeof(out), &length),
                         PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(psa_aead_encrypt(gcm, PSA_ALG_GCM, data, 12, NULL, 0, data, 8, out, 23, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_int_equal(psa_aead_encrypt(least, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 8), data, 12, NULL, 0, data, 8, out,
                                      sizeof(out), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_aead_encrypt(gcm, PSA_ALG_GCM, data, 12, data, 5, data, 8, sealed, sizeof(sealed), &sealed_length), PSA_SUCCESS);
    assert_int_equal(psa_aead_decrypt(gcm, PSA_ALG_GCM, data, 12, data, 5, sealed, 15, plain, sizeof(plain), &length),
                     PSA_ERROR_INVALID_SIGNATURE); /* shorter than a tag */
    assert_int_equal(psa_aead_decrypt(gcm, PSA_ALG_GCM, data, 12, data, 5, sealed, sealed_length, plain, 7, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    /* Whatever is changed: refused, and not a byte of plaintext is written. */
    for (size_t i = 0; i < sealed_length; i++) {
        memset(plain, 0x77, sizeof(plain));
        sealed[i] ^= 0x40;
        assert_int_equal(psa_aead_decrypt(gcm, PSA_ALG_GCM, data, 12, data, 5, sealed, sealed_length, plain, sizeof(plain), &length),
                         PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(length, 0);
        for (size_t j = 0; j < sizeof(plain); j++) {
            assert_int_equal(plain[j], 0x77);
        }
        sealed[i] ^= 0x40;
    }
    assert_int_equal(psa_aead_decrypt(gcm, PSA_ALG_GCM, data, 12, data, 5, sealed, sealed_length, plain, 8, &length), PSA_SUCCESS);
    assert_int_equal(length, 8);
    assert_memory_equal(plain, data, 8);
}

/* CCM's nonce of 13 bytes leaves two for the length of the text, of which the tag is no part. */
static void aead_longest_text(void **state)
{
    enum { LONGEST = 65535 };
    static uint8_t text[LONGEST + 1], sealed[LONGEST + 1 + 16];
    psa_key_id_t key = aes(PSA_ALG_CCM);
    (void)state;
    memset(text, 0x5a, LONGEST);
    assert_int_equal(psa_aead_encrypt(key, PSA_ALG_CCM, data, 13, NULL, 0, text, LONGEST, sealed, sizeof(sealed), &length), PSA_SUCCESS);
    assert_int_equal(psa_aead_decrypt(key, PSA_ALG_CCM, data, 13, NULL, 0, sealed, LONGEST + 16, text, LONGEST, &length), PSA_SUCCESS);
    assert_int_equal(length, LONGEST);
    assert_int_equal(text[0], 0x5a);
    assert_int_equal(text[LONGEST - 1], 0x5a);
    assert_int_equal(psa_aead_encrypt(key, PSA_ALG_CCM, data, 13, NULL, 0, text, LONGEST + 1, sealed, sizeof(sealed), &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_aead_decrypt(key, PSA_ALG_CCM, data, 13, NULL, 0, sealed, sizeof(sealed), text, sizeof(text), &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* ChaCha20-Poly1305 has nonces of 12 bytes, and of 8 where a driver has its original variant. */
static void aead_nonce_lengths(void **state)
{
    psa_key_id_t key = key_of(PSA_KEY_TYPE_CHACHA20, 256, PSA_ALG_CHACHA20_POLY1305, CRYPT);
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    (void)state;
    for (size_t n = 0; n <= 24; n++) {
        const psa_status_t expected = n == 12 ? PSA_SUCCESS : n == 8 ? PSA_ERROR_NOT_SUPPORTED : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(psa_aead_encrypt(key, PSA_ALG_CHACHA20_POLY1305, data, n, NULL, 0, data, 8, out, sizeof(out), &length), expected);
        assert_int_equal(psa_aead_decrypt(key, PSA_ALG_CHACHA20_POLY1305, data, n, NULL, 0, out, 24, out + 32, 8, &length), expected);
        assert_int_equal(psa_aead_encrypt_setup(&operation, key, PSA_ALG_CHACHA20_POLY1305), PSA_SUCCESS);
        assert_int_equal(psa_aead_set_nonce(&operation, data, n), expected);
        assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
    }
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* ---- Signatures ---- */

static psa_key_id_t ecc(psa_algorithm_t alg, psa_key_usage_t usage)
{
    return key_of(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, alg, usage);
}

static void sign_errors(void **state)
{
    psa_key_id_t key = ecc(ECDSA256, SIGN_VERIFY), aes_key = key_of(PSA_KEY_TYPE_AES, 128, ECDSA256, SIGN_VERIFY);
    uint8_t signature[64];
    (void)state;
    assert_int_equal(psa_sign_hash(key, PSA_ALG_SHA_256, data, 32, out, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_sign_hash(key, ECDSA256, data, 31, out, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_sign_hash(key, ECDSA256, data, 64, out, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_sign_hash(key, ECDSA256, data, 32, out, 63, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_sign_hash(aes_key, ECDSA256, data, 32, out, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_verify_hash(aes_key, ECDSA256, data, 32, out, 64), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_sign_message(key, PSA_ALG_ECDSA_ANY, data, 32, out, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_sign_hash_with_context(key, ECDSA256, data, 32, data, 1, out, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_sign_hash_with_context(key, ECDSA256, data, 32, NULL, 0, signature, 64, &length), PSA_SUCCESS);
    assert_int_equal(psa_verify_hash_with_context(key, ECDSA256, data, 32, NULL, 0, signature, 64), PSA_SUCCESS);
    assert_int_equal(psa_verify_hash(key, ECDSA256, data, 32, signature, 63), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_verify_hash(key, ECDSA256, data, 32, signature, 0), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_sign_message(key, ECDSA256, data, 10, signature, 64, &length), PSA_SUCCESS);
    assert_int_equal(psa_verify_message(key, ECDSA256, data, 10, signature, 64), PSA_SUCCESS);
    assert_int_equal(psa_verify_message(key, ECDSA256, data, 11, signature, 64), PSA_ERROR_INVALID_SIGNATURE);
}

static void sign_in_parts(void **state)
{
    psa_key_id_t key = ecc(ECDSA256, SIGN_VERIFY), other = ecc(PSA_ALG_ECDH, SIGN_VERIFY);
    psa_sign_operation_t sign = PSA_SIGN_OPERATION_INIT, moved;
    psa_verify_operation_t verify = PSA_VERIFY_OPERATION_INIT;
    uint8_t signature[64];
    (void)state;
    assert_int_equal(psa_sign_update(&sign, data, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_sign_setup(&sign, key, PSA_ALG_ECDSA_ANY), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_sign_setup(&sign, other, ECDSA256), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_sign_setup(&sign, key, ECDSA256), PSA_SUCCESS);
    assert_int_equal(psa_sign_setup(&sign, key, ECDSA256), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_sign_set_context(&sign, data, 1), PSA_ERROR_INVALID_ARGUMENT); /* ECDSA takes none */
    assert_int_equal(psa_sign_update(&sign, data, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_sign_abort(&sign), PSA_SUCCESS);
    assert_int_equal(psa_sign_setup(&sign, key, ECDSA256), PSA_SUCCESS);
    assert_int_equal(psa_sign_set_context(&sign, NULL, 0), PSA_SUCCESS);
    assert_int_equal(psa_sign_update(&sign, data, 10), PSA_SUCCESS);
    memcpy(&moved, &sign, sizeof(moved));
    memset(&sign, 0xaa, sizeof(sign));
    assert_int_equal(psa_sign_update(&moved, data + 10, 20), PSA_SUCCESS);
    assert_int_equal(psa_sign_finish(&moved, signature, sizeof(signature), &length), PSA_SUCCESS);
    assert_int_equal(psa_sign_finish(&moved, signature, sizeof(signature), &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_sign_abort(&moved), PSA_SUCCESS);
    assert_int_equal(psa_sign_setup(&moved, key, ECDSA256), PSA_SUCCESS);
    assert_int_equal(psa_sign_finish(&moved, out, 63, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_sign_abort(&moved), PSA_SUCCESS);
    assert_int_equal(psa_sign_setup(&moved, key, ECDSA256), PSA_SUCCESS);
    assert_int_equal(psa_sign_update(&moved, data, 30), PSA_SUCCESS);
    assert_int_equal(psa_sign_finish(&moved, signature, sizeof(signature), &length), PSA_SUCCESS);

    assert_int_equal(psa_verify_finish(&verify), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_verify_setup(&verify, key, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), signature, 64), PSA_SUCCESS);
    assert_int_equal(psa_verify_update(&verify, data, 7), PSA_SUCCESS);
    assert_int_equal(psa_verify_set_context(&verify, NULL, 0), PSA_ERROR_BAD_STATE); /* too late */
    assert_int_equal(psa_verify_abort(&verify), PSA_SUCCESS);
    assert_int_equal(psa_verify_setup(&verify, key, ECDSA256, signature, 64), PSA_SUCCESS);
    assert_int_equal(psa_verify_update(&verify, data, 7), PSA_SUCCESS);
    assert_int_equal(psa_verify_update(&verify, data + 7, 23), PSA_SUCCESS);
    assert_int_equal(psa_verify_finish(&verify), PSA_SUCCESS);
    assert_int_equal(psa_verify_finish(&verify), PSA_ERROR_BAD_STATE);
    signature[9] ^= 1;
    assert_int_equal(psa_verify_setup(&verify, key, ECDSA256, signature, 64), PSA_SUCCESS);
    assert_int_equal(psa_verify_update(&verify, data, 30), PSA_SUCCESS);
    assert_int_equal(psa_verify_finish(&verify), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_verify_abort(&verify), PSA_SUCCESS);
}

static void usages_are_needed(void **state)
{
    psa_key_id_t sign_only = ecc(ECDSA256, PSA_KEY_USAGE_SIGN_MESSAGE), verify_only = ecc(ECDSA256, PSA_KEY_USAGE_VERIFY_HASH);
    psa_key_id_t encrypt_only = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT);
    psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
    (void)state;
    assert_int_equal(psa_sign_message(sign_only, ECDSA256, data, 3, out, 64, &length), PSA_SUCCESS);
    assert_int_equal(psa_sign_hash(sign_only, ECDSA256, data, 32, out, 64, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_verify_message(sign_only, ECDSA256, data, 3, out, 64), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_sign_message(verify_only, ECDSA256, data, 3, out, 64, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_aead_decrypt(encrypt_only, PSA_ALG_GCM, data, 12, NULL, 0, data, 32, out, sizeof(out), &length),
                     PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_aead_decrypt_setup(&aead, encrypt_only, PSA_ALG_GCM), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_aead_encrypt_setup(&aead, encrypt_only, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
}

static int start(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_errors),          cmocka_unit_test(hash_can_be_moved_and_suspended),
        cmocka_unit_test(mac_errors),           cmocka_unit_test(cipher_errors),
        cmocka_unit_test(aead_order),           cmocka_unit_test(aead_one_shot_errors),
        cmocka_unit_test(aead_longest_text),    cmocka_unit_test(aead_nonce_lengths),
        cmocka_unit_test(sign_errors),          cmocka_unit_test(sign_in_parts),
        cmocka_unit_test(usages_are_needed),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
