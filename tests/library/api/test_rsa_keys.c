/* SPDX-License-Identifier: Apache-2.0 */
/* RSA keys of every size through the API: the modulus of a key that others made need not fill its bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/rsa.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>

#include "support/quick.h"

#define PSS PSA_ALG_RSA_PSS(PSA_ALG_SHA_256)
#define OAEP PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256)
#define USAGE                                                                                                            \
    (PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE |             \
     PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT)

static const uint8_t message[50] = { 7, 6, 5 };

static psa_key_attributes_t attributes_of(psa_key_type_t type, size_t bits, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, USAGE);
    return attributes;
}

/* The size is that of the modulus, whether the attributes say it or not, and no other will do. */
static psa_key_id_t import(psa_key_type_t type, size_t bits, psa_algorithm_t alg, const uint8_t *der, size_t length)
{
    psa_key_attributes_t attributes = attributes_of(type, bits, alg);
    psa_key_id_t key;
    assert_int_equal(psa_import_key(&attributes, der, length, &key), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    psa_set_key_bits(&attributes, bits + 1);
    assert_int_equal(psa_import_key(&attributes, der, length, &key), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_bits(&attributes, 0);
    assert_int_equal(psa_import_key(&attributes, der, length, &key), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_bits(&attributes), bits);
    return key;
}

static void check_exports(psa_key_id_t pair, size_t bits, const uint8_t *pair_der, size_t pair_length, const uint8_t *public_der,
                          size_t public_length)
{
    uint8_t out[PSA_EXPORT_KEY_PAIR_MAX_SIZE];
    size_t length;
    assert_int_equal(psa_export_key(pair, out, PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits), &length), PSA_SUCCESS);
    assert_int_equal(length, pair_length);
    assert_memory_equal(out, pair_der, length);
    assert_int_equal(psa_export_public_key(pair, out, PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits), &length),
                     PSA_SUCCESS);
    assert_int_equal(length, public_length);
    assert_memory_equal(out, public_der, length);
}

static void check_signature(psa_key_id_t pair, psa_key_id_t public_key, size_t bits)
{
    uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
    size_t length, size = PSA_SIGN_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits, PSS);
    assert_int_equal(psa_sign_message(pair, PSS, message, sizeof message, signature, size - 1, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_sign_message(pair, PSS, message, sizeof message, signature, size, &length), PSA_SUCCESS);
    assert_int_equal(length, (bits + 7) / 8);
    assert_int_equal(psa_verify_message(public_key, PSS, message, sizeof message, signature, length), PSA_SUCCESS);
    signature[length / 2] ^= 1;
    assert_int_equal(psa_verify_message(public_key, PSS, message, sizeof message, signature, length), PSA_ERROR_INVALID_SIGNATURE);
}

static void check_encryption(psa_key_id_t pair, psa_key_id_t public_key, size_t bits)
{
    uint8_t ciphertext[PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE], output[PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE];
    size_t length;
    assert_int_equal(psa_asymmetric_encrypt(public_key, OAEP, message, sizeof message, NULL, 0, ciphertext,
                                            PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits, OAEP), &length),
                     PSA_SUCCESS);
    assert_int_equal(psa_asymmetric_decrypt(pair, OAEP, ciphertext, length, NULL, 0, output,
                                            PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits, OAEP), &length),
                     PSA_SUCCESS);
    assert_int_equal(length, sizeof message);
    assert_memory_equal(output, message, length);
}

static void sizes(void **state)
{
    static const int bits_of[] = { 1024, 1025, 1026, 1031, 1033, 1535, 2047 };
    uint8_t pair_der[PSA_EXPORT_KEY_PAIR_MAX_SIZE], public_der[1100];
    (void)state;
    for (size_t i = 0; i < sizeof bits_of / sizeof bits_of[0]; i += quick_step(3)) {
        size_t bits = (size_t)bits_of[i];
        BIGNUM *e = BN_new();
        RSA *rsa = RSA_new();
        uint8_t *at = pair_der;
        assert_int_equal(BN_set_word(e, 65537), 1);
        assert_int_equal(RSA_generate_key_ex(rsa, bits_of[i], e, NULL), 1);
        size_t pair_length = (size_t)i2d_RSAPrivateKey(rsa, &at);
        at = public_der;
        size_t public_length = (size_t)i2d_RSAPublicKey(rsa, &at);

        psa_key_id_t signer = import(PSA_KEY_TYPE_RSA_KEY_PAIR, bits, PSS, pair_der, pair_length);
        psa_key_id_t verifier = import(PSA_KEY_TYPE_RSA_PUBLIC_KEY, bits, PSS, public_der, public_length);
        psa_key_id_t receiver = import(PSA_KEY_TYPE_RSA_KEY_PAIR, bits, OAEP, pair_der, pair_length);
        psa_key_id_t sender = import(PSA_KEY_TYPE_RSA_PUBLIC_KEY, bits, OAEP, public_der, public_length);
        check_exports(signer, bits, pair_der, pair_length, public_der, public_length);
        check_signature(signer, verifier, bits);
        check_encryption(receiver, sender, bits);
        psacrypto_shutdown();
        assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
        RSA_free(rsa);
        BN_free(e);
    }
}

/* What is made here fills its bytes. */
static void generated_sizes(void **state)
{
    static const size_t refused[] = { 0, 1, 1016, 1023, 1025, 1028, 8191, 8193, 65535 };
    psa_key_attributes_t attributes = attributes_of(PSA_KEY_TYPE_RSA_KEY_PAIR, 1032, PSS);
    psa_key_id_t key;
    (void)state;
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        psa_set_key_bits(&attributes, refused[i]);
        assert_int_equal(psa_generate_key(&attributes, &key), PSA_ERROR_INVALID_ARGUMENT);
    }
}

static int open_library(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes), cmocka_unit_test(generated_sizes),
    };
    return cmocka_run_group_tests(tests, open_library, NULL);
}
