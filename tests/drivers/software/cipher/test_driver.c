/* SPDX-License-Identifier: Apache-2.0 */
/* What the cipher entries refuse, and the rules of IVs and padding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"
#include "support/cipher_ways.h"
#include "support/kernel_choice.h"

#define ENTRIES (&sw_cipher_entries)

static const uint8_t key_bytes[64] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
static const uint8_t iv[17] = { 0xF0, 0xE1, 0xD2, 0xC3, 0xB4, 0xA5 };

static psa_key_attributes_t attributes;

static struct psacrypto_key key_of(psa_key_type_t type, size_t length)
{
    const struct psacrypto_key key = { .attributes = &attributes, .blob = key_bytes, .length = length };

    memset(&attributes, 0, sizeof(attributes));
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, 8 * length);
    return key;
}

struct operation {
    uint64_t context[PSACRYPTO_CIPHER_CONTEXT_SIZE / 8u];
};

static psa_status_t begin(struct operation *operation, const struct psacrypto_key *key, psa_algorithm_t alg, int decrypt, size_t iv_length)
{
    memset(operation, 0, sizeof(*operation));
    const psa_status_t status = (decrypt ? ENTRIES->decrypt_setup : ENTRIES->encrypt_setup)(NULL, key, operation, alg);
    return status != PSA_SUCCESS || alg == PSA_ALG_ECB_NO_PADDING ? status : ENTRIES->set_iv(NULL, key, operation, iv, iv_length);
}

static void keys_and_algorithms_that_are_not_there(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_GCM, PSA_ALG_STREAM_CIPHER, 0 };
    struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 16);
    struct operation operation;
    uint8_t text[32] = { 0 };
    size_t length;

    (void)state;
    for (size_t i = 0; i < sizeof(algs) / sizeof(algs[0]); i++) {
        assert_int_equal(begin(&operation, &key, algs[i], 0, 16), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(ENTRIES->encrypt(NULL, &key, algs[i], iv, 16, text, 16, text, 32, &length), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(sw_cipher_context_size(algs[i], PSA_KEY_TYPE_AES, 128), 0);
        assert_int_equal(sw_cipher_prepared_size(&key, algs[i]), 0);
        assert_int_equal(sw_cipher_prepare(&key, algs[i], text), PSA_ERROR_NOT_SUPPORTED);
    }
    key = key_of(PSA_KEY_TYPE_CHACHA20, 32);
    assert_int_equal(begin(&operation, &key, PSA_ALG_CTR, 0, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_cipher_context_size(PSA_ALG_CTR, PSA_KEY_TYPE_CHACHA20, 256), 0);
    for (size_t n = 0; n <= 32; n++) {
        key = key_of(PSA_KEY_TYPE_AES, n);
        const psa_status_t expected = n == 16 || n == 24 || n == 32 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
        assert_int_equal(begin(&operation, &key, PSA_ALG_CTR, 0, 16), expected);
        assert_int_equal(ENTRIES->decrypt(NULL, &key, PSA_ALG_CTR, iv, 16, text, 16, text, 32, &length), expected);
        assert_int_equal(sw_cipher_context_size(PSA_ALG_CTR, PSA_KEY_TYPE_AES, 8 * n) != 0, n == 0 || expected == PSA_SUCCESS);
        /* Not with two-key 3DES. */
        key = key_of(PSA_KEY_TYPE_DES, n);
        const psa_status_t with_des = n == 8 || n == 24 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
        assert_int_equal(begin(&operation, &key, PSA_ALG_CTR, 0, 8), with_des);
        assert_int_equal(sw_cipher_context_size(PSA_ALG_CTR, PSA_KEY_TYPE_DES, 8 * n) != 0, n == 0 || with_des == PSA_SUCCESS);
    }
}

static void iv_lengths(void **state)
{
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 16);
    struct operation operation;
    uint8_t text[16] = { 0 };
    size_t length;

    (void)state;
    for (size_t n = 0; n <= 17; n++) {
        const psa_status_t ctr = n >= 1 && n <= 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        const psa_status_t cbc = n == 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        const psa_status_t ecb = n == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(begin(&operation, &key, PSA_ALG_CTR, 0, n), ctr);
        assert_int_equal(begin(&operation, &key, PSA_ALG_CBC_NO_PADDING, 0, n), cbc);
        assert_int_equal(begin(&operation, &key, PSA_ALG_CBC_PKCS7, 1, n), cbc);
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_CTR, iv, n, text, 16, text, 16, &length), ctr);
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_CBC_NO_PADDING, iv, n, text, 16, text, 16, &length), cbc);
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_ECB_NO_PADDING, iv, n, text, 16, text, 16, &length), ecb);
    }
    assert_int_equal(begin(&operation, &key, PSA_ALG_ECB_NO_PADDING, 0, 0), PSA_SUCCESS);
    assert_int_equal(ENTRIES->set_iv(NULL, &key, &operation, iv, 0), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->abort(NULL, &operation), PSA_SUCCESS);
}

/* A short IV of CTR is the one with zeros behind it. */
static void short_iv_of_ctr(void **state)
{
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 16);
    const uint8_t text[40] = { 3 };

    (void)state;
    for (size_t n = 1; n <= 16; n++) {
        uint8_t padded[16] = { 0 }, one[40], two[40];
        size_t length;
        memcpy(padded, iv, n);
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_CTR, iv, n, text, 40, one, 40, &length), PSA_SUCCESS);
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_CTR, padded, 16, text, 40, two, 40, &length), PSA_SUCCESS);
        assert_memory_equal(one, two, 40);
    }
}

static void texts_that_are_not_whole_blocks(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_ECB_NO_PADDING, PSA_ALG_CBC_NO_PADDING, PSA_ALG_CBC_PKCS7 };
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 16);
    struct operation operation;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const size_t iv_length = algs[i] == PSA_ALG_ECB_NO_PADDING ? 0 : 16;
        for (int decrypt = 0; decrypt < 2; decrypt++) {
            for (size_t n = 0; n <= 50; n++) {
                uint8_t text[64] = { 0 }, output[64];
                size_t length = 99, last = 99;
                const int padded = algs[i] == PSA_ALG_CBC_PKCS7;
                if ((padded && !decrypt) || (n % 16 == 0 && !(padded && n == 0))) {
                    continue;
                }
                memset(output, 0xA5, sizeof(output));
                assert_int_equal((decrypt ? ENTRIES->decrypt : ENTRIES->encrypt)(NULL, &key, algs[i], iv, iv_length, text, n,
                                                                                 output, 64, &length),
                                 PSA_ERROR_INVALID_ARGUMENT);
                assert_int_equal(length, 0);
                assert_int_equal(output[0], 0xA5); /* known before anything is written */
                assert_int_equal(begin(&operation, &key, algs[i], decrypt, 16), PSA_SUCCESS);
                assert_int_equal(ENTRIES->update(NULL, &key, &operation, text, n, output, 64, &length), PSA_SUCCESS);
                assert_int_equal(ENTRIES->finish(NULL, &key, &operation, output, 64, &last), PSA_ERROR_INVALID_ARGUMENT);
                assert_int_equal(last, 0);
            }
        }
    }
}

/* The last block of a text that ends in any byte, with every number of right bytes before it. */
static void every_padding(void **state)
{
    struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 16);

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (unsigned value = 0; value < 256; value++) {
            for (unsigned right = 1; right <= 16; right++) {
                uint8_t plaintext[32], ciphertext[32];
                size_t length;
                memset(plaintext, (int)value ^ 0x55, sizeof(plaintext));
                memset(plaintext + 32 - right, (int)value, right);
                assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_CBC_NO_PADDING, iv, 16, plaintext, 32, ciphertext, 32, &length),
                                 PSA_SUCCESS);
                struct cipher_case test = { "padding", PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, key_bytes, 16, iv, 16, plaintext,
                                            value <= 16 ? 32 - value : 0, ciphertext, 32 };
                if (value >= 1 && value <= 16 && right >= value) {
                    cipher_parts(&test, 16, 16);
                    uint8_t output[32];
                    assert_int_equal(ENTRIES->decrypt(NULL, &key, PSA_ALG_CBC_PKCS7, iv, 16, ciphertext, 32, output, 32, &length),
                                     PSA_SUCCESS);
                    assert_int_equal(length, 32 - value);
                } else {
                    cipher_ways_refused(&test, PSA_ERROR_INVALID_PADDING);
                }
            }
        }
    }
}

/* XTS takes two keys of AES, a block of text at the least, an IV of a block. CCM* has two bytes of length. */
static void limits_of_xts_and_ccm_star(void **state)
{
    static uint8_t text[0x10000];
    struct operation operation;
    size_t length;

    (void)state;
    for (size_t n = 0; n <= 64; n++) {
        const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, n);
        const psa_status_t expected = n == 32 || n == 48 || n == 64 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_XTS, iv, 16, text, 16, text, 16, &length), expected);
        assert_int_equal(sw_cipher_prepared_size(&key, PSA_ALG_XTS) != 0, expected == PSA_SUCCESS);
    }
    const struct psacrypto_key two_keys = key_of(PSA_KEY_TYPE_AES, 32);
    for (size_t n = 0; n <= 17; n++) {
        assert_int_equal(ENTRIES->encrypt(NULL, &two_keys, PSA_ALG_XTS, iv, n, text, 16, text, 16, &length),
                         n == 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->decrypt(NULL, &two_keys, PSA_ALG_XTS, iv, 16, text, n, text, 32, &length),
                         n >= 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(begin(&operation, &two_keys, PSA_ALG_XTS, 0, 16), PSA_SUCCESS);
        assert_int_equal(ENTRIES->update(NULL, &two_keys, &operation, text, n, text, 32, &length), PSA_SUCCESS);
        assert_int_equal(ENTRIES->finish(NULL, &two_keys, &operation, text, 31, &length),
                         n >= 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->encrypt(NULL, &two_keys, PSA_ALG_CCM_STAR_NO_TAG, iv, n, text, 16, text, 16, &length),
                         n == 13 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(ENTRIES->encrypt(NULL, &two_keys, PSA_ALG_CCM_STAR_NO_TAG, iv, 13, text, 0xFFFF, text, sizeof(text), &length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->encrypt(NULL, &two_keys, PSA_ALG_CCM_STAR_NO_TAG, iv, 13, text, 0x10000, text, sizeof(text), &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(begin(&operation, &two_keys, PSA_ALG_CCM_STAR_NO_TAG, 1, 13), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &two_keys, &operation, text, 0xFFF0, text, sizeof(text), &length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &two_keys, &operation, text, 16, text, sizeof(text), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(ENTRIES->update(NULL, &two_keys, &operation, text, 15, text, sizeof(text), &length), PSA_SUCCESS);
}

/* CBC-PKCS7: encryption gives a block when it is full; decryption keeps the last one until finish. */
static void output_of_each_step(void **state)
{
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 32);
    struct operation operation;
    uint8_t text[32] = { 9 }, ciphertext[48], output[48];
    size_t length;

    (void)state;
    assert_int_equal(begin(&operation, &key, PSA_ALG_CBC_PKCS7, 0, 16), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &key, &operation, text, 15, ciphertext, 0, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    assert_int_equal(ENTRIES->update(NULL, &key, &operation, text + 15, 1, ciphertext, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(ENTRIES->update(NULL, &key, &operation, text + 15, 1, ciphertext, 16, &length), PSA_SUCCESS);
    assert_int_equal(length, 16);
    assert_int_equal(ENTRIES->finish(NULL, &key, &operation, ciphertext + 16, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(ENTRIES->finish(NULL, &key, &operation, ciphertext + 16, 16, &length), PSA_SUCCESS);
    assert_int_equal(length, 16);

    assert_int_equal(begin(&operation, &key, PSA_ALG_CBC_PKCS7, 1, 16), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &key, &operation, ciphertext, 16, output, 0, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    assert_int_equal(ENTRIES->update(NULL, &key, &operation, ciphertext + 16, 1, output, 16, &length), PSA_SUCCESS);
    assert_int_equal(length, 16);
    assert_memory_equal(output, text, 16);
    assert_int_equal(ENTRIES->update(NULL, &key, &operation, ciphertext + 17, 15, output, 0, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    assert_int_equal(ENTRIES->finish(NULL, &key, &operation, NULL, 0, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
}

/* The counter block is a number of 128 bits, also across parts. */
static void counter_that_wraps(void **state)
{
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 16);
    uint8_t ones[16], zeros[64] = { 0 }, stream[64], expected[64], counters[64];
    size_t length;

    (void)state;
    memset(ones, 0xFF, 16);
    memset(counters, 0, 64);
    memset(counters, 0xFF, 16);
    for (unsigned i = 1; i < 4; i++) {
        counters[16 * i + 15] = (uint8_t)(i - 1);
    }
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_ECB_NO_PADDING, NULL, 0, counters, 64, expected, 64, &length), PSA_SUCCESS);
        assert_int_equal(ENTRIES->encrypt(NULL, &key, PSA_ALG_CTR, ones, 16, zeros, 64, stream, 64, &length), PSA_SUCCESS);
        assert_memory_equal(stream, expected, 64);
        struct cipher_case test = { "counter", PSA_ALG_CTR, PSA_KEY_TYPE_AES, key_bytes, 16, ones, 16, zeros, 64, expected, 64 };
        cipher_ways(&test);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_and_algorithms_that_are_not_there),
        cmocka_unit_test(iv_lengths),
        cmocka_unit_test(short_iv_of_ctr),
        cmocka_unit_test(texts_that_are_not_whole_blocks),
        cmocka_unit_test(every_padding),
        cmocka_unit_test(limits_of_xts_and_ccm_star),
        cmocka_unit_test(output_of_each_step),
        cmocka_unit_test(counter_that_wraps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
