/* SPDX-License-Identifier: Apache-2.0 */
/* psa_asymmetric_encrypt(), psa_asymmetric_decrypt(): algorithms, keys, salts, buffers, overlap, failures. */
#include "toy.h"

#include <psacrypto/diagnostics.h>

#define PKCS1 PSA_ALG_RSA_PKCS1V15_CRYPT
#define OAEP PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256)
#define PAIR PSA_KEY_TYPE_RSA_KEY_PAIR
#define PUBLIC PSA_KEY_TYPE_RSA_PUBLIC_KEY
#define ENCRYPT PSA_KEY_USAGE_ENCRYPT
#define DECRYPT PSA_KEY_USAGE_DECRYPT

#define SIZE 128u /* of the modulus */

static const uint8_t message[200] = "a message that is short enough for the modulus";

static psa_key_id_t rsa(psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg)
{
    return toy_key(type, 1024, usage, alg, message, SIZE);
}

static psa_status_t encrypt(psa_key_id_t key, psa_algorithm_t alg, size_t input_length, size_t salt_length, uint8_t *output, size_t size)
{
    size_t length = 999;
    uint8_t first = size != 0 ? output[0] : 0;
    psa_status_t status = psa_asymmetric_encrypt(key, alg, message, input_length, message, salt_length, output, size, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? SIZE : 0);
    if (status != PSA_SUCCESS && size != 0) {
        assert_int_equal(output[0], first);
    }
    return status;
}

/* ---- There and back ---- */

static void every_length(void **state)
{
    static const psa_algorithm_t algs[] = { PKCS1, OAEP };
    (void)state;
    for (unsigned a = 0; a < 2; a++) {
        psa_key_id_t pair = rsa(PAIR, ENCRYPT | DECRYPT, algs[a]), public_key = rsa(PUBLIC, ENCRYPT, algs[a]);
        for (size_t length = 0; length <= SIZE - TOY_OVERHEAD; length++) {
            uint8_t ciphertext[SIZE], output[SIZE];
            size_t salt = a == 0 ? 0 : length, output_length = 999;
            assert_int_equal(encrypt(length % 2 == 0 ? pair : public_key, algs[a], length, salt, ciphertext, SIZE), PSA_SUCCESS);
            assert_int_equal(psa_asymmetric_decrypt(pair, algs[a], ciphertext, SIZE, message, salt, output, SIZE, &output_length),
                             PSA_SUCCESS);
            assert_int_equal(output_length, length);
            assert_memory_equal(output, message, length);
        }
        toy_destroy(pair);
        toy_destroy(public_key);
    }
}

/* NULL says that there is no message, no label. */
static void nothing(void **state)
{
    uint8_t ciphertext[SIZE], output[SIZE];
    size_t length;
    psa_key_id_t pair = rsa(PAIR, ENCRYPT | DECRYPT, OAEP);
    (void)state;
    assert_int_equal(psa_asymmetric_encrypt(pair, OAEP, NULL, 0, NULL, 0, ciphertext, SIZE, &length), PSA_SUCCESS);
    assert_int_equal(psa_asymmetric_decrypt(pair, OAEP, ciphertext, SIZE, NULL, 0, output, SIZE, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    assert_int_equal(psa_asymmetric_encrypt(pair, OAEP, NULL, 1, NULL, 0, ciphertext, SIZE, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_asymmetric_encrypt(pair, OAEP, message, 1, NULL, 1, ciphertext, SIZE, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_asymmetric_decrypt(pair, OAEP, NULL, SIZE, NULL, 0, output, SIZE, &length), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(pair);
}

/* Input and output in one buffer, at every distance. */
static void in_one_buffer(void **state)
{
    psa_key_id_t pair = rsa(PAIR, ENCRYPT | DECRYPT, PKCS1);
    (void)state;
    for (size_t at = 0; at <= 60; at += 5) {
        uint8_t buffer[2 * SIZE];
        size_t length;
        memcpy(buffer + at, message, 40);
        assert_int_equal(psa_asymmetric_encrypt(pair, PKCS1, buffer + at, 40, NULL, 0, buffer + 30, SIZE, &length), PSA_SUCCESS);
        assert_int_equal(psa_asymmetric_decrypt(pair, PKCS1, buffer + 30, SIZE, NULL, 0, buffer + at, SIZE, &length), PSA_SUCCESS);
        assert_int_equal(length, 40);
        assert_memory_equal(buffer + at, message, 40);
    }
    toy_destroy(pair);
}

/* ---- Refusals ---- */

static psa_status_t try_both(psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t policy, psa_algorithm_t alg, int decrypt)
{
    uint8_t output[SIZE] = { 0x5a };
    size_t length = 999;
    psa_key_id_t key = type == PSA_KEY_TYPE_AES ? toy_key(type, 0, usage, policy, message, 16)
        : type == PAIR || type == PUBLIC        ? rsa(type, usage, policy)
                                                : toy_key(type, 0, usage, policy, message, 32);
    psa_status_t status = decrypt ? psa_asymmetric_decrypt(key, alg, message, SIZE, NULL, 0, output, SIZE, &length)
                                  : encrypt(key, alg, 10, 0, output, SIZE);
    if (decrypt) {
        assert_int_equal(length, 0);
    }
    toy_destroy(key);
    return status;
}

static void keys_and_algorithms(void **state)
{
    const psa_key_type_t curve = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    (void)state;
    for (int decrypt = 0; decrypt < 2; decrypt++) {
        psa_key_usage_t usage = decrypt ? DECRYPT : ENCRYPT;
        assert_int_equal(try_both(PAIR, usage, PKCS1, PKCS1, decrypt), decrypt ? PSA_ERROR_INVALID_PADDING : PSA_SUCCESS);
        assert_int_equal(try_both(PAIR, usage, PKCS1, PSA_ALG_SHA_256, decrypt), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_both(PAIR, usage, PSA_ALG_SHA_256, PSA_ALG_SHA_256, decrypt), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_both(PAIR, usage, PKCS1, OAEP, decrypt), PSA_ERROR_NOT_PERMITTED);
        assert_int_equal(try_both(PAIR, usage, PSA_ALG_NONE, PKCS1, decrypt), PSA_ERROR_NOT_PERMITTED);
        assert_int_equal(try_both(PAIR, decrypt ? ENCRYPT : DECRYPT, PKCS1, PKCS1, decrypt), PSA_ERROR_NOT_PERMITTED);
        assert_int_equal(try_both(PSA_KEY_TYPE_AES, usage, PKCS1, PKCS1, decrypt), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_both(curve, usage, PKCS1, PKCS1, decrypt), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(try_both(curve, 0, PKCS1, PKCS1, decrypt), PSA_ERROR_NOT_PERMITTED);
        assert_int_equal(try_both(curve, usage, PSA_ALG_ECDSA_ANY, PSA_ALG_ECDSA_ANY, decrypt), PSA_ERROR_NOT_SUPPORTED);
        /* A modulus of 1024 bits has no room for two hashes of 512. */
        assert_int_equal(try_both(PAIR, usage, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512), PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512), decrypt),
                         PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(try_both(PUBLIC, ENCRYPT, PKCS1, PKCS1, 0), PSA_SUCCESS);
    assert_int_equal(try_both(PUBLIC, DECRYPT, PKCS1, PKCS1, 1), PSA_ERROR_INVALID_ARGUMENT);
}

static void lengths_and_buffers(void **state)
{
    uint8_t ciphertext[SIZE], output[SIZE];
    size_t length = 999;
    psa_key_id_t pair = rsa(PAIR, ENCRYPT | DECRYPT, PKCS1);
    (void)state;
    memset(output, 0x5a, sizeof output);
    assert_int_equal(encrypt(pair, PKCS1, SIZE, 0, output, SIZE), PSA_ERROR_INVALID_ARGUMENT); /* too long */
    assert_int_equal(encrypt(pair, PKCS1, 10, 1, output, SIZE), PSA_ERROR_INVALID_ARGUMENT);   /* takes no salt */
    assert_int_equal(encrypt(pair, PKCS1, 10, 0, output, SIZE - 1), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(encrypt(pair, PKCS1, 10, 0, NULL, 0), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(encrypt(PSA_KEY_ID_NULL, PKCS1, 10, 0, output, SIZE), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(encrypt(pair, PKCS1, 10, 0, ciphertext, SIZE), PSA_SUCCESS);
    assert_int_equal(psa_asymmetric_decrypt(pair, PKCS1, ciphertext, SIZE, message, 1, output, SIZE, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(psa_asymmetric_decrypt(pair, PKCS1, ciphertext, SIZE - 1, NULL, 0, output, SIZE, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_asymmetric_decrypt(PSA_KEY_ID_NULL, PKCS1, ciphertext, SIZE, NULL, 0, output, SIZE, &length),
                     PSA_ERROR_INVALID_HANDLE);
    /* As small as the message is, and no smaller. */
    assert_int_equal(psa_asymmetric_decrypt(pair, PKCS1, ciphertext, SIZE, NULL, 0, output, 9, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_int_equal(output[0], 0x5a);
    assert_int_equal(psa_asymmetric_decrypt(pair, PKCS1, ciphertext, SIZE, NULL, 0, output, 10, &length), PSA_SUCCESS);
    assert_int_equal(length, 10);
    toy_destroy(pair);
}

static void wrong_label(void **state)
{
    uint8_t ciphertext[SIZE], output[SIZE] = { 0x5a };
    size_t length = 999;
    psa_key_id_t pair = rsa(PAIR, ENCRYPT | DECRYPT, OAEP);
    (void)state;
    assert_int_equal(encrypt(pair, OAEP, 10, 7, ciphertext, SIZE), PSA_SUCCESS);
    assert_int_equal(psa_asymmetric_decrypt(pair, OAEP, ciphertext, SIZE, message, 6, output, SIZE, &length), PSA_ERROR_INVALID_PADDING);
    assert_string_equal(psacrypto_reason_name(psacrypto_last_error().reason), "PADDING");
    assert_int_equal(length, 0);
    assert_int_equal(output[0], 0x5a);
    toy_destroy(pair);
}

static void driver_fails(void **state)
{
    static const uint8_t zeroes[SIZE];
    uint8_t ciphertext[SIZE], output[2 * SIZE];
    size_t length = 999;
    psa_key_id_t pair = rsa(PAIR, ENCRYPT | DECRYPT, PKCS1);
    (void)state;
    memset(output, 0x5a, sizeof output);
    toy_fail(PSA_ERROR_INSUFFICIENT_ENTROPY, 0);
    assert_int_equal(psa_asymmetric_encrypt(pair, PKCS1, message, 10, NULL, 0, output, sizeof output, &length),
                     PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(length, 0);
    assert_memory_equal(output, zeroes, SIZE);
    assert_int_equal(output[SIZE], 0x5a);
    assert_int_equal(encrypt(pair, PKCS1, 10, 0, ciphertext, SIZE), PSA_SUCCESS);
    memset(output, 0x5a, sizeof output);
    toy_fail(PSA_ERROR_CORRUPTION_DETECTED, 0);
    assert_int_equal(psa_asymmetric_decrypt(pair, PKCS1, ciphertext, SIZE, NULL, 0, output, sizeof output, &length),
                     PSA_ERROR_CORRUPTION_DETECTED);
    assert_int_equal(length, 0);
    assert_memory_equal(output, zeroes, 10);
    assert_int_equal(output[10], 0x5a);
    toy_destroy(pair);
}

static void library_is_closed(void **state)
{
    uint8_t output[SIZE];
    size_t length = 999;
    (void)state;
    toy_close();
    assert_int_equal(psa_asymmetric_encrypt(1, PKCS1, message, 10, NULL, 0, output, SIZE, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(length, 0);
    assert_int_equal(psa_asymmetric_decrypt(1, PKCS1, message, SIZE, NULL, 0, output, SIZE, &length), PSA_ERROR_BAD_STATE);
    toy_reopen();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(every_length),        TOY_TEST(nothing),     TOY_TEST(in_one_buffer), TOY_TEST(keys_and_algorithms),
        TOY_TEST(lengths_and_buffers), TOY_TEST(wrong_label), TOY_TEST(driver_fails),  TOY_TEST(library_is_closed),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
