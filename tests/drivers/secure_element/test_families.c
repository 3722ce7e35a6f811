/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the element does through its engine, beside local storage: the same key in both places gives the same, or each takes
 * what the other made; the element holds its key to the policy.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>
#include <psacrypto/secure_element.h>
#include <psacrypto/store.h>

#include "support/quick.h"

#define ELEMENT PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT)
#define LOCAL PSA_KEY_LIFETIME_VOLATILE
#define CRYPT (PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT)
#define SIGN (PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_SIGN_HASH)
#define VERIFY (PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH)

static const uint8_t bytes[64] = {
    0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10,
    0x0f, 0x1e, 0x2d, 0x3c, 0x4b, 0x5a, 0x69, 0x78, 0x87, 0x96, 0xa5, 0xb4, 0xc3, 0xd2, 0xe1, 0xf0, 0x77,
};
static const uint8_t text[48] = "as long as three blocks: what the element is for";
static const uint8_t nonce[16] = "used once";

static psa_key_attributes_t attributes_of(psa_key_lifetime_t lifetime, psa_key_type_t type, size_t bits, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_lifetime(&attributes, lifetime);
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    return attributes;
}

static psa_key_id_t import(psa_key_lifetime_t lifetime, psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg, const uint8_t *data, size_t length)
{
    const psa_key_attributes_t attributes = attributes_of(lifetime, type, 0, usage, alg);
    psa_key_id_t key;
    assert_int_equal(psa_import_key(&attributes, data, length, &key), PSA_SUCCESS);
    return key;
}

static void destroy(psa_key_id_t a, psa_key_id_t b)
{
    assert_int_equal(psa_destroy_key(a), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(b), PSA_SUCCESS);
}

/* ---- Symmetric ---- */

static const struct row {
    psa_key_type_t type;
    psa_algorithm_t alg;
    uint8_t key_length;
    uint8_t nonce_length; /* of ciphers and AEADs */
} rows[] = {
    { PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA3_256), 32, 0 },
    { PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SM3), 20, 0 },
    { PSA_KEY_TYPE_HMAC, PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_RIPEMD160), 12), 64, 0 },
    { PSA_KEY_TYPE_BLAKE2, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), 24, 0 },
    { PSA_KEY_TYPE_AES, PSA_ALG_CMAC, 24, 0 },
    { PSA_KEY_TYPE_SM4, PSA_ALG_CBC_MAC, 16, 0 },
    { PSA_KEY_TYPE_DES, PSA_ALG_CMAC, 24, 0 },
    { PSA_KEY_TYPE_AES, PSA_ALG_ECB_NO_PADDING, 32, 0 },
    { PSA_KEY_TYPE_AES, PSA_ALG_XTS, 64, 16 },
    { PSA_KEY_TYPE_ARIA, PSA_ALG_CTR, 16, 16 },
    { PSA_KEY_TYPE_CAMELLIA, PSA_ALG_CBC_PKCS7, 24, 16 },
    { PSA_KEY_TYPE_SM4, PSA_ALG_OFB, 16, 16 },
    { PSA_KEY_TYPE_DES, PSA_ALG_CBC_NO_PADDING, 16, 8 },
    { PSA_KEY_TYPE_CHACHA20, PSA_ALG_STREAM_CIPHER, 32, 12 },
    { PSA_KEY_TYPE_ARIA, PSA_ALG_GCM, 32, 12 },
    { PSA_KEY_TYPE_CAMELLIA, PSA_ALG_CCM, 16, 13 },
    { PSA_KEY_TYPE_XCHACHA20, PSA_ALG_XCHACHA20_POLY1305, 32, 24 },
    { PSA_KEY_TYPE_AES, PSA_ALG_KW, 16, 0 },
    { PSA_KEY_TYPE_ARIA, PSA_ALG_KWP, 24, 0 },
};

static void mac_row(const struct row *row)
{
    const psa_key_id_t ours = import(ELEMENT, row->type, PSA_KEY_USAGE_SIGN_MESSAGE, row->alg, bytes, row->key_length);
    const psa_key_id_t theirs = import(LOCAL, row->type, PSA_KEY_USAGE_VERIFY_MESSAGE, row->alg, bytes, row->key_length);
    uint8_t mac[PSA_MAC_MAX_SIZE];
    size_t length;
    assert_int_equal(psa_mac_compute(ours, row->alg, text, sizeof(text), mac, sizeof(mac), &length), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify(theirs, row->alg, text, sizeof(text), mac, length), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify(ours, row->alg, text, sizeof(text), mac, length), PSA_ERROR_NOT_PERMITTED);
    destroy(ours, theirs);
}

static void cipher_row(const struct row *row)
{
    const psa_key_id_t ours = import(ELEMENT, row->type, PSA_KEY_USAGE_ENCRYPT, row->alg, bytes, row->key_length);
    const psa_key_id_t theirs = import(LOCAL, row->type, PSA_KEY_USAGE_DECRYPT, row->alg, bytes, row->key_length);
    uint8_t ciphertext[96], output[96];
    size_t length, last, total;
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    assert_int_equal(psa_cipher_encrypt(ours, row->alg, text, sizeof(text), ciphertext, sizeof(ciphertext), &length), PSA_SUCCESS);
    assert_int_equal(psa_cipher_decrypt(theirs, row->alg, ciphertext, length, output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(text));
    assert_memory_equal(output, text, sizeof(text));
    assert_int_equal(psa_cipher_decrypt(ours, row->alg, ciphertext, length, output, sizeof(output), &length), PSA_ERROR_NOT_PERMITTED);

    assert_int_equal(psa_cipher_encrypt_setup(&operation, ours, row->alg), PSA_SUCCESS);
    if (row->nonce_length != 0) {
        assert_int_equal(psa_cipher_set_iv(&operation, nonce, row->nonce_length), PSA_SUCCESS);
    }
    memcpy(ciphertext, nonce, row->nonce_length);
    total = row->nonce_length;
    assert_int_equal(psa_cipher_update(&operation, text, 31, ciphertext + total, sizeof(ciphertext) - total, &length), PSA_SUCCESS);
    assert_int_equal(psa_cipher_update(&operation, text + 31, 17, ciphertext + total + length, sizeof(ciphertext) - total - length, &last), PSA_SUCCESS);
    total += length + last;
    assert_int_equal(psa_cipher_finish(&operation, ciphertext + total, sizeof(ciphertext) - total, &length), PSA_SUCCESS);
    assert_int_equal(psa_cipher_decrypt(theirs, row->alg, ciphertext, total + length, output, sizeof(output), &length), PSA_SUCCESS);
    assert_memory_equal(output, text, sizeof(text));
    destroy(ours, theirs);
}

static void aead_row(const struct row *row)
{
    const psa_key_id_t ours = import(ELEMENT, row->type, PSA_KEY_USAGE_DECRYPT, row->alg, bytes, row->key_length);
    const psa_key_id_t theirs = import(LOCAL, row->type, PSA_KEY_USAGE_ENCRYPT, row->alg, bytes, row->key_length);
    uint8_t ciphertext[64], output[64], long_nonce[24] = { 5 };
    size_t length;
    assert_int_equal(psa_aead_encrypt(theirs, row->alg, long_nonce, row->nonce_length, bytes, 3, text, sizeof(text),
                                      ciphertext, sizeof(ciphertext), &length), PSA_SUCCESS);
    assert_int_equal(psa_aead_decrypt(ours, row->alg, long_nonce, row->nonce_length, bytes, 3, ciphertext, length,
                                      output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(text));
    assert_memory_equal(output, text, sizeof(text));
    assert_int_equal(psa_aead_encrypt(ours, row->alg, long_nonce, row->nonce_length, bytes, 3, text, sizeof(text),
                                      ciphertext, sizeof(ciphertext), &length), PSA_ERROR_NOT_PERMITTED);
    destroy(ours, theirs);
}

/* A key of local storage goes out under one of the element, and into the element again. */
static void wrap_row(const struct row *row)
{
    const psa_key_id_t ours = import(ELEMENT, row->type, PSA_KEY_USAGE_WRAP, row->alg, bytes, row->key_length);
    const psa_key_id_t theirs = import(LOCAL, row->type, PSA_KEY_USAGE_UNWRAP, row->alg, bytes, row->key_length);
    const psa_key_id_t secret = import(LOCAL, PSA_KEY_TYPE_HMAC, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE, text, 24);
    const psa_key_attributes_t attributes = attributes_of(ELEMENT, PSA_KEY_TYPE_HMAC, 0, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    uint8_t wrapped[48], output[24];
    psa_key_id_t again;
    size_t length;
    assert_int_equal(psa_wrap_key(ours, row->alg, secret, wrapped, sizeof(wrapped), &length), PSA_SUCCESS);
    assert_int_equal(psa_unwrap_key(&attributes, ours, row->alg, wrapped, length, &again), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_unwrap_key(&attributes, theirs, row->alg, wrapped, length, &again), PSA_SUCCESS);
    assert_int_equal(psa_export_key(again, output, sizeof(output), &length), PSA_SUCCESS);
    assert_memory_equal(output, text, sizeof(output));
    destroy(secret, again);
    destroy(ours, theirs);
}

static void symmetric(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        (PSA_ALG_IS_MAC(row->alg) ? mac_row : PSA_ALG_IS_CIPHER(row->alg) ? cipher_row : PSA_ALG_IS_AEAD(row->alg) ? aead_row : wrap_row)(row);
    }
}

/* ---- Ed25519: RFC 8032, 7.1, test 2 ---- */

static const uint8_t seed[32] = {
    0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11, 0x4e, 0x0f,
    0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed, 0x4f, 0xb8, 0xa6, 0xfb,
};
static const uint8_t point[32] = {
    0x3d, 0x40, 0x17, 0xc3, 0xe8, 0x43, 0x89, 0x5a, 0x92, 0xb7, 0x0a, 0xa7, 0x4d, 0x1b, 0x7e, 0xbc,
    0x9c, 0x98, 0x2c, 0xcf, 0x2e, 0xc4, 0x96, 0x8c, 0xc0, 0xcd, 0x55, 0xf1, 0x2a, 0xf4, 0x66, 0x0c,
};
static const uint8_t signature_of_72[64] = {
    0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8, 0x72, 0x0e, 0x82, 0x0b, 0x5f, 0x64, 0x25, 0x40,
    0xa2, 0xb2, 0x7b, 0x54, 0x16, 0x50, 0x3f, 0x8f, 0xb3, 0x76, 0x22, 0x23, 0xeb, 0xdb, 0x69, 0xda,
    0x08, 0x5a, 0xc1, 0xe4, 0x3e, 0x15, 0x99, 0x6e, 0x45, 0x8f, 0x36, 0x13, 0xd0, 0xf1, 0x1d, 0x8c,
    0x38, 0x7b, 0x2e, 0xae, 0xb4, 0x30, 0x2a, 0xee, 0xb0, 0x0d, 0x29, 0x16, 0x12, 0xbb, 0x0c, 0x00,
};

#define ED25519 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)

static psa_status_t verify_in_parts(psa_key_id_t key, const uint8_t *message, size_t length, const uint8_t signature[64])
{
    psa_verify_operation_t operation = PSA_VERIFY_OPERATION_INIT;
    psa_status_t status = psa_verify_setup(&operation, key, PSA_ALG_PURE_EDDSA, signature, 64);
    for (size_t i = 0; i < length && status == PSA_SUCCESS; i++) {
        status = psa_verify_update(&operation, message + i, 1);
    }
    return status == PSA_SUCCESS ? psa_verify_finish(&operation) : status;
}

static void ed25519(void **state)
{
    static const uint8_t message[1] = { 0x72 };
    const psa_key_id_t key = import(ELEMENT, ED25519, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE, PSA_ALG_PURE_EDDSA, seed, 32);
    const psa_key_attributes_t attributes = attributes_of(ELEMENT, ED25519, 255, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_PURE_EDDSA);
    uint8_t output[64];
    psa_key_id_t fresh;
    size_t length;
    (void)state;
    assert_int_equal(psa_export_public_key(key, output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(output, point, 32);
    assert_int_equal(psa_sign_message(key, PSA_ALG_PURE_EDDSA, message, 1, output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(length, 64);
    assert_memory_equal(output, signature_of_72, 64);
    assert_int_equal(psa_verify_message(key, PSA_ALG_PURE_EDDSA, message, 1, output, 64), PSA_SUCCESS);
    assert_int_equal(verify_in_parts(key, message, 1, output), PSA_SUCCESS);
    output[3] ^= 1;
    assert_int_equal(verify_in_parts(key, message, 1, output), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_export_key(key, output, sizeof(output), &length), PSA_ERROR_NOT_PERMITTED);

    assert_int_equal(psa_generate_key(&attributes, &fresh), PSA_SUCCESS);
    assert_int_equal(psa_sign_message(fresh, PSA_ALG_PURE_EDDSA, text, 40, output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(verify_in_parts(fresh, text, 40, output), PSA_ERROR_NOT_PERMITTED);
    uint8_t public_key[32];
    assert_int_equal(psa_export_public_key(fresh, public_key, sizeof(public_key), &length), PSA_SUCCESS);
    const psa_key_id_t verifier = import(LOCAL, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS),
                                         PSA_KEY_USAGE_VERIFY_MESSAGE, PSA_ALG_PURE_EDDSA, public_key, 32);
    assert_int_equal(verify_in_parts(verifier, text, 40, output), PSA_SUCCESS);
    destroy(key, fresh);
    assert_int_equal(psa_destroy_key(verifier), PSA_SUCCESS);
}

/* ---- RSA: generated in the element, exported and imported again with other policies ---- */

static uint8_t rsa_key[PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, 2048)];
static uint8_t rsa_public[PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_PUBLIC_KEY, 2048)];
static size_t rsa_length, rsa_public_length;

static void rsa_made(void **state)
{
    const psa_key_attributes_t attributes = attributes_of(ELEMENT, PSA_KEY_TYPE_RSA_KEY_PAIR, quick() == 2 ? 1024 : 2048,
                                                          PSA_KEY_USAGE_EXPORT, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_1));
    psa_key_id_t key;
    (void)state;
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, rsa_key, sizeof(rsa_key), &rsa_length), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(key, rsa_public, sizeof(rsa_public), &rsa_public_length), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void rsa_signs(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), PSA_ALG_RSA_PSS(PSA_ALG_SHA_384) };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const psa_key_id_t ours = import(ELEMENT, PSA_KEY_TYPE_RSA_KEY_PAIR, SIGN, algs[i], rsa_key, rsa_length);
        const psa_key_id_t theirs = import(LOCAL, PSA_KEY_TYPE_RSA_PUBLIC_KEY, VERIFY, algs[i], rsa_public, rsa_public_length);
        uint8_t signature[256];
        size_t length;
        assert_int_equal(psa_sign_message(ours, algs[i], text, sizeof(text), signature, sizeof(signature), &length), PSA_SUCCESS);
        assert_int_equal(psa_verify_message(theirs, algs[i], text, sizeof(text), signature, length), PSA_SUCCESS);
        assert_int_equal(psa_verify_message(ours, algs[i], text, sizeof(text), signature, length), PSA_ERROR_NOT_PERMITTED);
        assert_int_equal(psa_sign_message(ours, algs[1 - i], text, sizeof(text), signature, sizeof(signature), &length), PSA_ERROR_NOT_PERMITTED);
        destroy(ours, theirs);
    }
}

static void rsa_crypts(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_RSA_PKCS1V15_CRYPT, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_1) };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const psa_key_id_t pair = import(ELEMENT, PSA_KEY_TYPE_RSA_KEY_PAIR, PSA_KEY_USAGE_DECRYPT, algs[i], rsa_key, rsa_length);
        const psa_key_id_t public_key = import(ELEMENT, PSA_KEY_TYPE_RSA_PUBLIC_KEY, PSA_KEY_USAGE_ENCRYPT, algs[i], rsa_public, rsa_public_length);
        const psa_key_id_t local = import(LOCAL, PSA_KEY_TYPE_RSA_KEY_PAIR, CRYPT, algs[i], rsa_key, rsa_length);
        uint8_t ciphertext[256], output[256];
        size_t length;
        assert_int_equal(psa_asymmetric_encrypt(public_key, algs[i], text, 20, NULL, 0, ciphertext, sizeof(ciphertext), &length), PSA_SUCCESS);
        assert_int_equal(psa_asymmetric_decrypt(local, algs[i], ciphertext, length, NULL, 0, output, sizeof(output), &length), PSA_SUCCESS);
        assert_int_equal(length, 20);
        assert_memory_equal(output, text, 20);
        assert_int_equal(psa_asymmetric_encrypt(local, algs[i], text, 20, NULL, 0, ciphertext, sizeof(ciphertext), &length), PSA_SUCCESS);
        assert_int_equal(psa_asymmetric_decrypt(pair, algs[i], ciphertext, length, NULL, 0, output, sizeof(output), &length), PSA_SUCCESS);
        assert_int_equal(length, 20);
        assert_memory_equal(output, text, 20);
        assert_int_equal(psa_asymmetric_encrypt(pair, algs[i], text, 20, NULL, 0, ciphertext, sizeof(ciphertext), &length), PSA_ERROR_NOT_PERMITTED);
        assert_int_equal(psa_asymmetric_decrypt(pair, algs[1 - i], ciphertext, length, NULL, 0, output, sizeof(output), &length), PSA_ERROR_NOT_PERMITTED);
        destroy(pair, public_key);
        assert_int_equal(psa_destroy_key(local), PSA_SUCCESS);
    }
}

/* ---- J-PAKE, one side with its password in the element ---- */

#define JPAKE PSA_ALG_JPAKE(PSA_ALG_SHA_256)

static psa_pake_operation_t begin_jpake(psa_key_id_t password, const char *user, const char *peer)
{
    psa_pake_operation_t operation = PSA_PAKE_OPERATION_INIT;
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, JPAKE);
    psa_pake_cs_set_primitive(&suite, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256));
    psa_pake_cs_set_key_confirmation(&suite, PSA_PAKE_UNCONFIRMED_KEY);
    assert_int_equal(psa_pake_setup(&operation, password, &suite), PSA_SUCCESS);
    assert_int_equal(psa_pake_set_user(&operation, (const uint8_t *)user, strlen(user)), PSA_SUCCESS);
    assert_int_equal(psa_pake_set_peer(&operation, (const uint8_t *)peer, strlen(peer)), PSA_SUCCESS);
    return operation;
}

static void proven_key(psa_pake_operation_t *from, psa_pake_operation_t *to)
{
    static const psa_pake_step_t steps[] = { PSA_PAKE_STEP_KEY_SHARE, PSA_PAKE_STEP_ZK_PUBLIC, PSA_PAKE_STEP_ZK_PROOF };
    for (size_t i = 0; i < 3; i++) {
        uint8_t message[PSA_PAKE_OUTPUT_MAX_SIZE];
        size_t length;
        assert_int_equal(psa_pake_output(from, steps[i], message, sizeof(message), &length), PSA_SUCCESS);
        assert_int_equal(psa_pake_input(to, steps[i], message, length), PSA_SUCCESS);
    }
}

static void secret_of(psa_pake_operation_t *operation, psa_key_lifetime_t lifetime, uint8_t secret[32])
{
    const psa_key_attributes_t attributes = attributes_of(lifetime, PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_DERIVE, PSA_ALG_HKDF(PSA_ALG_SHA_256));
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t key;
    assert_int_equal(psa_pake_get_shared_key(operation, &attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_setup(&derivation, PSA_ALG_HKDF(PSA_ALG_SHA_256)), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(&derivation, PSA_KEY_DERIVATION_INPUT_SECRET, key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&derivation, PSA_KEY_DERIVATION_INPUT_INFO, text, 4), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_bytes(&derivation, secret, 32), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&derivation), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void jpake(void **state)
{
    const psa_key_id_t ours = import(ELEMENT, PSA_KEY_TYPE_PASSWORD, PSA_KEY_USAGE_DERIVE, JPAKE, bytes, 17);
    const psa_key_id_t theirs = import(LOCAL, PSA_KEY_TYPE_PASSWORD, PSA_KEY_USAGE_DERIVE, JPAKE, bytes, 17);
    psa_pake_operation_t a = begin_jpake(ours, "element", "local"), b = begin_jpake(theirs, "local", "element");
    uint8_t secret[2][32];
    (void)state;
    proven_key(&a, &b);
    proven_key(&a, &b);
    proven_key(&b, &a);
    proven_key(&b, &a);
    proven_key(&a, &b);
    proven_key(&b, &a);
    secret_of(&a, ELEMENT, secret[0]);
    secret_of(&b, LOCAL, secret[1]);
    assert_memory_equal(secret[0], secret[1], 32);
    destroy(ours, theirs);
}

/* ---- A hash of a password that never leaves the element ---- */

#define PBKDF2 PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)

static psa_status_t check_password(psa_key_id_t expected, const char *password)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    assert_int_equal(psa_key_derivation_setup(&operation, PBKDF2), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_integer(&operation, PSA_KEY_DERIVATION_INPUT_COST, 2), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, text, 10), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_PASSWORD, (const uint8_t *)password, strlen(password)), PSA_SUCCESS);
    const psa_status_t status = psa_key_derivation_verify_key(&operation, expected);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    return status;
}

static void password_hash(void **state)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    const psa_key_id_t password = import(LOCAL, PSA_KEY_TYPE_PASSWORD, PSA_KEY_USAGE_DERIVE, PBKDF2, (const uint8_t *)"secret", 6);
    const psa_key_attributes_t attributes = attributes_of(ELEMENT, PSA_KEY_TYPE_PASSWORD_HASH, 512, PSA_KEY_USAGE_VERIFY_DERIVATION, PBKDF2);
    uint8_t data[64];
    psa_key_id_t expected;
    size_t length;
    (void)state;
    assert_int_equal(psa_key_derivation_setup(&operation, PBKDF2), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_integer(&operation, PSA_KEY_DERIVATION_INPUT_COST, 2), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, text, 10), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_PASSWORD, password), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &expected), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_export_key(expected, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(check_password(expected, "secret"), PSA_SUCCESS);
    assert_int_equal(check_password(expected, "Secret"), PSA_ERROR_INVALID_SIGNATURE);
    destroy(password, expected);

    expected = import(ELEMENT, PSA_KEY_TYPE_PASSWORD_HASH, PSA_KEY_USAGE_VERIFY_DERIVATION, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_512), bytes, 64);
    assert_int_equal(check_password(expected, "secret"), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(expected), PSA_SUCCESS);
}

/* ---- Not there ---- */

/* Key encapsulation, and keys of more bytes than it has room for. */
static void refused(void **state)
{
    psa_key_attributes_t attributes = attributes_of(ELEMENT, PSA_KEY_TYPE_RAW_DATA, 0, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    const psa_key_id_t pair = import(ELEMENT, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), CRYPT, PSA_ALG_ECIES_SEC1, bytes, 32);
    uint8_t *large = calloc(1, PSACRYPTO_SECURE_ELEMENT_KEY_SIZE + 1);
    psa_key_id_t key = 1;
    uint8_t ciphertext[65];
    size_t length;
    (void)state;
    assert_non_null(large);
    assert_int_equal(psa_import_key(&attributes, large, PSACRYPTO_SECURE_ELEMENT_KEY_SIZE + 1, &key), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    free(large);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    assert_int_equal(psa_encapsulate(pair, PSA_ALG_ECIES_SEC1, &attributes, &key, ciphertext, sizeof(ciphertext), &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_decapsulate(pair, PSA_ALG_ECIES_SEC1, ciphertext, sizeof(ciphertext), &attributes, &key), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_destroy_key(pair), PSA_SUCCESS);
}

static int open_library(void **state)
{
    static struct psacrypto_store_ram_space space;
    (void)state;
    assert_int_equal(psacrypto_set_store(&psacrypto_store_ram, &space), PSA_SUCCESS);
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symmetric), cmocka_unit_test(ed25519), cmocka_unit_test(rsa_made), cmocka_unit_test(rsa_signs),
        cmocka_unit_test(rsa_crypts), cmocka_unit_test(jpake), cmocka_unit_test(password_hash), cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, open_library, NULL);
}
