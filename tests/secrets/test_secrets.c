/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time and addresses do not depend on secrets. Keys, messages and passwords are marked as secret and go through the API; compiled
 * with CT_CHECK_VALGRIND and run under Valgrind (`make secrets`), a branch or an address that depends on them is an error of the
 * program. In other builds this runs the same calls and compares nothing but statuses.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>

#include "util/ct.h"

/* Lengths around the blocks of every algorithm. */
static const size_t lengths[] = {0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 300};
#define LENGTHS (sizeof(lengths) / sizeof(lengths[0]))
#define LENGTH_MAX 300

static uint8_t secret[LENGTH_MAX], output[LENGTH_MAX + 64], again[LENGTH_MAX + 64];
static const uint8_t nonce[16] = {9, 8, 7};
static const uint8_t ad[20] = {1};

static void fill_secret(void)
{
    for (size_t i = 0; i < sizeof(secret); i++) {
        secret[i] = (uint8_t)(i * 7 + 1);
    }
    CT_SECRET(secret, sizeof(secret));
}

static psa_key_id_t import_secret(psa_key_type_t type, psa_algorithm_t algorithm, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    uint8_t material[64];

    for (size_t i = 0; i < sizeof(material); i++) {
        material[i] = (uint8_t)(i + 1);
    }
    CT_SECRET(material, sizeof(material));
    psa_set_key_type(&attributes, type);
    psa_set_key_algorithm(&attributes, algorithm);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_MESSAGE |
                                             PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY);
    assert_int_equal(psa_import_key(&attributes, material, length, &key), PSA_SUCCESS);
    return key;
}

static void hashes(void **state)
{
    static const psa_algorithm_t algorithms[] = {PSA_ALG_SHA_224, PSA_ALG_SHA_256,     PSA_ALG_SHA_384,
                                                 PSA_ALG_SHA_512, PSA_ALG_SHA_512_224, PSA_ALG_SHA_512_256};
    (void)state;
    fill_secret();
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        for (size_t n = 0; n < LENGTHS; n++) {
            psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
            size_t length, half = lengths[n] / 2;
            assert_int_equal(psa_hash_compute(algorithms[i], secret, lengths[n], output, sizeof(output), &length), PSA_SUCCESS);
            assert_int_equal(psa_hash_setup(&operation, algorithms[i]), PSA_SUCCESS);
            assert_int_equal(psa_hash_update(&operation, secret, half), PSA_SUCCESS);
            assert_int_equal(psa_hash_update(&operation, secret + half, lengths[n] - half), PSA_SUCCESS);
            assert_int_equal(psa_hash_verify(&operation, output, length), PSA_SUCCESS);
        }
    }
}

static void macs(void **state)
{
    static const psa_algorithm_t algorithms[] = {PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_ALG_HMAC(PSA_ALG_SHA_512)};
    (void)state;
    fill_secret();
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        psa_key_id_t key = import_secret(PSA_KEY_TYPE_HMAC, algorithms[i], 48);
        for (size_t n = 0; n < LENGTHS; n++) {
            size_t length;
            assert_int_equal(psa_mac_compute(key, algorithms[i], secret, lengths[n], output, sizeof(output), &length), PSA_SUCCESS);
            assert_int_equal(psa_mac_verify(key, algorithms[i], secret, lengths[n], output, length), PSA_SUCCESS);
            output[0] ^= 1;
            assert_int_equal(psa_mac_verify(key, algorithms[i], secret, lengths[n], output, length), PSA_ERROR_INVALID_SIGNATURE);
        }
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void cipher_in_parts(psa_key_id_t key, psa_algorithm_t algorithm, int encrypt, const uint8_t *input, size_t input_length, uint8_t *result,
                            size_t *result_length)
{
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    size_t length;
    assert_int_equal(encrypt ? psa_cipher_encrypt_setup(&operation, key, algorithm) : psa_cipher_decrypt_setup(&operation, key, algorithm),
                     PSA_SUCCESS);
    if (algorithm != PSA_ALG_ECB_NO_PADDING) {
        assert_int_equal(psa_cipher_set_iv(&operation, nonce, 16), PSA_SUCCESS);
    }
    assert_int_equal(psa_cipher_update(&operation, input, input_length, result, LENGTH_MAX + 64, result_length), PSA_SUCCESS);
    assert_int_equal(psa_cipher_finish(&operation, result + *result_length, 64, &length), PSA_SUCCESS);
    *result_length += length;
}

static void ciphers(void **state)
{
    static const psa_algorithm_t algorithms[] = {PSA_ALG_ECB_NO_PADDING, PSA_ALG_CBC_NO_PADDING, PSA_ALG_CBC_PKCS7, PSA_ALG_CTR};
    (void)state;
    fill_secret();
    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        int blocks = algorithms[i] == PSA_ALG_ECB_NO_PADDING || algorithms[i] == PSA_ALG_CBC_NO_PADDING;
        for (size_t size = 16; size <= 32; size += 8) {
            psa_key_id_t key = import_secret(PSA_KEY_TYPE_AES, algorithms[i], size);
            for (size_t n = 0; n < LENGTHS; n++) {
                size_t length, opened;
                if (blocks && lengths[n] % 16 != 0) {
                    continue;
                }
                cipher_in_parts(key, algorithms[i], 1, secret, lengths[n], output, &length);
                cipher_in_parts(key, algorithms[i], 0, output, length, again, &opened);
                assert_int_equal(opened, lengths[n]);
                assert_int_equal(psa_cipher_encrypt(key, algorithms[i], secret, lengths[n], output, sizeof(output), &length), PSA_SUCCESS);
                assert_int_equal(psa_cipher_decrypt(key, algorithms[i], output, length, again, sizeof(again), &opened), PSA_SUCCESS);
                assert_int_equal(opened, lengths[n]);
            }
            assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        }
    }
}

static void aeads(void **state)
{
    static const struct {
        psa_algorithm_t algorithm;
        psa_key_type_t type;
        size_t key_length;
    } rows[] = {
        {PSA_ALG_GCM, PSA_KEY_TYPE_AES, 16}, {PSA_ALG_GCM, PSA_KEY_TYPE_AES, 32},
        {PSA_ALG_CCM, PSA_KEY_TYPE_AES, 16}, {PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 32},
        {PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 16}, {PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 32},
    };
    (void)state;
    fill_secret();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_id_t key = import_secret(rows[i].type, rows[i].algorithm, rows[i].key_length);
        const size_t nonce_length = PSA_AEAD_NONCE_LENGTH(rows[i].type, rows[i].algorithm);
        for (size_t n = 0; n < LENGTHS; n++) {
            size_t length, opened;
            assert_int_equal(psa_aead_encrypt(key, rows[i].algorithm, nonce, nonce_length, ad, sizeof(ad), secret, lengths[n], output,
                                              sizeof(output), &length),
                             PSA_SUCCESS);
            assert_int_equal(psa_aead_decrypt(key, rows[i].algorithm, nonce, nonce_length, ad, sizeof(ad), output, length, again,
                                              sizeof(again), &opened),
                             PSA_SUCCESS);
            assert_int_equal(opened, lengths[n]);
            output[length - 1] ^= 0x80;
            assert_int_equal(psa_aead_decrypt(key, rows[i].algorithm, nonce, nonce_length, ad, sizeof(ad), output, length, again,
                                              sizeof(again), &opened),
                             PSA_ERROR_INVALID_SIGNATURE);
        }
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void derivations(void **state)
{
    static const struct {
        psa_algorithm_t algorithm;
        psa_key_type_t type;
        psa_key_derivation_step_t step;
    } rows[] = {
        {PSA_ALG_HKDF(PSA_ALG_SHA_256), PSA_KEY_TYPE_DERIVE, PSA_KEY_DERIVATION_INPUT_SECRET},
        {PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_PASSWORD, PSA_KEY_DERIVATION_INPUT_PASSWORD},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
        psa_key_id_t key = import_secret(rows[i].type, rows[i].algorithm, 40);
        assert_int_equal(psa_key_derivation_setup(&operation, rows[i].algorithm), PSA_SUCCESS);
        if (PSA_ALG_IS_PBKDF2_HMAC(rows[i].algorithm)) {
            assert_int_equal(psa_key_derivation_input_integer(&operation, PSA_KEY_DERIVATION_INPUT_COST, 3), PSA_SUCCESS);
        }
        assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, nonce, sizeof(nonce)), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_input_key(&operation, rows[i].step, key), PSA_SUCCESS);
        if (PSA_ALG_IS_HKDF(rows[i].algorithm)) {
            assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, ad, sizeof(ad)), PSA_SUCCESS);
        }
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 100), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

/* ---- Curves ---- */

/* The same bytes are a private key in each: with the bits set that Montgomery curves want, and below the orders of the others. */
static psa_key_id_t import_private(psa_ecc_family_t family, size_t bits, psa_algorithm_t algorithm, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    uint8_t material[66];
    memset(material, 0x5b, sizeof(material));
    material[0] = bits == 521 ? 0x01 : 0x58;
    material[length - 1] = bits == 448 ? 0xdb : 0x5b;
    CT_SECRET(material, sizeof(material));
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(family));
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, algorithm);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_DERIVE);
    assert_int_equal(psa_import_key(&attributes, material, length, &key), PSA_SUCCESS);
    return key;
}

static void agreements(void **state)
{
    static const struct {
        psa_ecc_family_t family;
        size_t bits, length;
    } rows[] = {
        {PSA_ECC_FAMILY_SECP_R1, 256, 32},    {PSA_ECC_FAMILY_SECP_R1, 384, 48},         {PSA_ECC_FAMILY_SECP_R1, 521, 66},
        {PSA_ECC_FAMILY_SECP_K1, 256, 32},    {PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, 32},  {PSA_ECC_FAMILY_MONTGOMERY, 255, 32},
        {PSA_ECC_FAMILY_MONTGOMERY, 448, 56},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_id_t key = import_private(rows[i].family, rows[i].bits, PSA_ALG_ECDH, rows[i].length);
        size_t length, secret_length;
        assert_int_equal(psa_export_public_key(key, output, sizeof(output), &length), PSA_SUCCESS);
        CT_PUBLIC(output, length); /* to be published */
        assert_int_equal(psa_raw_key_agreement(PSA_ALG_ECDH, key, output, length, again, sizeof(again), &secret_length), PSA_SUCCESS);
        assert_int_equal(secret_length, rows[i].length);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

/* Of 256 bytes, with a peer whose key is 2^2. */
static void finite_field(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t material[256], peer[256] = {0}, shared[256];
    psa_key_id_t key;
    size_t length;
    (void)state;
    memset(material, 0x5b, sizeof(material));
    CT_SECRET(material, sizeof(material));
    peer[255] = 4;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919));
    psa_set_key_algorithm(&attributes, PSA_ALG_FFDH);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE);
    assert_int_equal(psa_import_key(&attributes, material, sizeof(material), &key), PSA_SUCCESS);
    assert_int_equal(psa_raw_key_agreement(PSA_ALG_FFDH, key, peer, sizeof(peer), shared, sizeof(shared), &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(shared));
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* The public key of a pair, for everybody to see. */
static psa_key_id_t publish(psa_key_id_t pair)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    uint8_t point[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
    size_t length;
    assert_int_equal(psa_export_public_key(pair, point, sizeof(point), &length), PSA_SUCCESS);
    CT_PUBLIC(point, length);
    assert_int_equal(psa_get_key_attributes(pair, &attributes), PSA_SUCCESS);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(psa_get_key_type(&attributes)));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_int_equal(psa_import_key(&attributes, point, length, &key), PSA_SUCCESS);
    return key;
}

static void signatures(void **state)
{
    static const struct {
        psa_ecc_family_t family;
        size_t bits, length;
        psa_algorithm_t algorithm;
    } rows[] = {
        {PSA_ECC_FAMILY_SECP_R1, 256, 32, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256)},
        {PSA_ECC_FAMILY_SECP_R1, 384, 48, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_384)},
        {PSA_ECC_FAMILY_SECP_R1, 521, 66, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_512)},
        {PSA_ECC_FAMILY_SECP_K1, 256, 32, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256)},
        {PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, 32, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256)},
        {PSA_ECC_FAMILY_TWISTED_EDWARDS, 255, 32, PSA_ALG_PURE_EDDSA},
        {PSA_ECC_FAMILY_TWISTED_EDWARDS, 448, 57, PSA_ALG_PURE_EDDSA},
        {PSA_ECC_FAMILY_TWISTED_EDWARDS, 448, 57, PSA_ALG_ED448PH},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_id_t key = import_private(rows[i].family, rows[i].bits, rows[i].algorithm, rows[i].length);
        psa_key_id_t public_key = publish(key);
        size_t length;
        fill_secret();
        assert_int_equal(psa_sign_message(key, rows[i].algorithm, secret, 100, output, sizeof(output), &length), PSA_SUCCESS);
        CT_PUBLIC(output, length); /* to be published */
        CT_PUBLIC(secret, sizeof(secret)); /* a verification keeps nothing secret */
        assert_int_equal(psa_verify_message(public_key, rows[i].algorithm, secret, 100, output, length), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(public_key), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void key_management(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = import_secret(PSA_KEY_TYPE_AES, PSA_ALG_GCM, 32), copy;
    size_t length;

    (void)state;
    assert_int_equal(psa_export_key(key, output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_copy_key(key, &attributes, &copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* That the check finds what it looks for: `make secrets` wants this run to fail. */
static int branch_on_secret(void)
{
    uint8_t volatile byte = 3;
    CT_SECRET((void *)(uintptr_t)&byte, sizeof(byte));
    return byte > 2 ? puts("a branch that depends on a secret") : 0;
}

static int open_library(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    if (getenv("PSACRYPTO_SECRETS_CANARY") != NULL) {
        return branch_on_secret() < 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes), cmocka_unit_test(macs),        cmocka_unit_test(ciphers),
        cmocka_unit_test(aeads),  cmocka_unit_test(derivations), cmocka_unit_test(agreements),
        cmocka_unit_test(signatures), cmocka_unit_test(key_management), cmocka_unit_test(finite_field),
    };
    return cmocka_run_group_tests(tests, open_library, NULL);
}
