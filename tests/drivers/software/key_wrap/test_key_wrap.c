/* SPDX-License-Identifier: Apache-2.0 */
/* KW and KWP: published examples, OpenSSL with each block cipher, what is altered or too short, the shared vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/modes.h>

#include "software/software.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define ENTRIES (&sw_key_wrap_entries)
#define LENGTH_MAX 600u
#define FILL 0xA5

static psa_key_attributes_t attributes;

static struct psacrypto_key key_of(psa_key_type_t type, const uint8_t *bytes, size_t length)
{
    const struct psacrypto_key key = { .attributes = &attributes, .blob = bytes, .length = length };

    memset(&attributes, 0, sizeof(attributes));
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, 8 * length);
    return key;
}

/* Both directions, with outputs of exactly their size and over the input; every implementation. */
static void round_trip(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *plain, size_t length, const uint8_t *wrapped,
                       size_t wrapped_length)
{
    for (size_t choice = 0; kernel_choice_of(choice, psa_get_key_type(key->attributes)); choice++) {
        uint8_t *output = malloc(wrapped_length), place[LENGTH_MAX + 16];
        size_t n = 99;
        assert_non_null(output);
        assert_int_equal(ENTRIES->wrap(NULL, key, alg, plain, length, output, wrapped_length, &n), PSA_SUCCESS);
        assert_int_equal(n, wrapped_length);
        assert_memory_equal(output, wrapped, n);
        assert_int_equal(ENTRIES->unwrap(NULL, key, alg, output, n, output, wrapped_length - 8, &n), PSA_SUCCESS);
        assert_int_equal(n, length);
        assert_memory_equal(output, plain, n);
        memcpy(place, plain, length);
        assert_int_equal(ENTRIES->wrap(NULL, key, alg, place, length, place, wrapped_length, &n), PSA_SUCCESS);
        assert_memory_equal(place, wrapped, wrapped_length);
        assert_int_equal(ENTRIES->wrap(NULL, key, alg, plain, length, place, wrapped_length - 1, &n), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(n, 0);
        assert_int_equal(ENTRIES->unwrap(NULL, key, alg, wrapped, wrapped_length, place, wrapped_length - 9, &n), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(n, 0);
        free(output);
    }
}

/* ---- Examples ---- */

static const struct {
    psa_algorithm_t alg;
    const char *key, *plain, *wrapped;
} examples[] = {
    /* RFC 3394, 4.1 and 4.6; RFC 5649, 6 */
    { PSA_ALG_KW, "000102030405060708090A0B0C0D0E0F", "00112233445566778899AABBCCDDEEFF",
      "1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5" },
    { PSA_ALG_KW, "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
      "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
      "28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21" },
    { PSA_ALG_KWP, "5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8", "c37b7e6492584340bed12207808941155068f738",
      "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a" },
    { PSA_ALG_KWP, "5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8", "466f7250617369", "afbeb0f07dfbf5419200f2ccb50bb24f" },
};

static void published_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        size_t key_length, length, wrapped_length;
        uint8_t *bytes = vectors_decode_hex(examples[i].key, &key_length), *plain = vectors_decode_hex(examples[i].plain, &length);
        uint8_t *wrapped = vectors_decode_hex(examples[i].wrapped, &wrapped_length);
        const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, bytes, key_length);
        round_trip(&key, examples[i].alg, plain, length, wrapped, wrapped_length);
        free(bytes);
        free(plain);
        free(wrapped);
    }
}

/* ---- OpenSSL ---- */

static const struct {
    psa_key_type_t type;
    size_t key_length;
    const char *ecb;
} ciphers[] = {
    { PSA_KEY_TYPE_AES, 16, "AES-128-ECB" },           { PSA_KEY_TYPE_AES, 32, "AES-256-ECB" },
    { PSA_KEY_TYPE_ARIA, 24, "ARIA-192-ECB" },         { PSA_KEY_TYPE_CAMELLIA, 16, "CAMELLIA-128-ECB" },
    { PSA_KEY_TYPE_CAMELLIA, 32, "CAMELLIA-256-ECB" }, { PSA_KEY_TYPE_SM4, 16, "SM4-ECB" },
};

static void openssl_block(const unsigned char in[16], unsigned char out[16], const void *key)
{
    union {
        const void *in;
        void *out;
    } context = { key };
    int n = 0;

    assert_int_equal(EVP_EncryptUpdate(context.out, out, &n, in, 16), 1);
}

static void against_openssl(void **state)
{
    struct random_source random = { 38 };
    uint8_t bytes[32], plain[LENGTH_MAX], wrapped[LENGTH_MAX + 16];

    (void)state;
    for (size_t i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++) {
        const struct psacrypto_key key = key_of(ciphers[i].type, bytes, ciphers[i].key_length);
        EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, ciphers[i].ecb, NULL);
        EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
        assert_non_null(cipher);
        for (size_t length = 1; length < LENGTH_MAX; length += (length < 80 ? 1 : 97) * slow_step(5)) {
            random_source_bytes(&random, bytes, sizeof(bytes));
            random_source_bytes(&random, plain, length);
            assert_int_equal(EVP_EncryptInit_ex(context, cipher, NULL, bytes, NULL), 1);
            EVP_CIPHER_CTX_set_padding(context, 0);
            size_t n = CRYPTO_128_wrap_pad(context, NULL, wrapped, plain, length, openssl_block);
            assert_int_equal(n, (length + 7) / 8 * 8 + 8);
            round_trip(&key, PSA_ALG_KWP, plain, length, wrapped, n);
            if (length % 8 == 0 && length >= 16) {
                n = CRYPTO_128_wrap(context, NULL, wrapped, plain, length, openssl_block);
                round_trip(&key, PSA_ALG_KW, plain, length, wrapped, n);
            }
        }
        EVP_CIPHER_CTX_free(context);
        EVP_CIPHER_free(cipher);
    }
}

/* ---- What is refused ---- */

static void expect_refused(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *wrapped, size_t length)
{
    uint8_t output[LENGTH_MAX];
    size_t n = 99;

    memset(output, FILL, sizeof(output));
    assert_int_equal(ENTRIES->unwrap(NULL, key, alg, wrapped, length, output, sizeof(output), &n), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(n, 0);
    for (size_t i = 0; i < length; i++) {
        assert_true(output[i] == 0 || output[i] == FILL); /* nothing of a key */
    }
}

static void every_bit_counts(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_KW, PSA_ALG_KWP };
    static const size_t lengths[] = { 16, 24, 5, 8, 13 };
    const uint8_t bytes[16] = { 3 }, plain[24] = { 1, 2, 3 };
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, bytes, 16);
    uint8_t wrapped[40];
    size_t n;

    (void)state;
    for (size_t i = 0; i < 10; i++) {
        const psa_algorithm_t alg = algs[i % 2];
        const size_t length = lengths[i / 2];
        if (alg == PSA_ALG_KW && i / 2 > 1) {
            continue;
        }
        assert_int_equal(ENTRIES->wrap(NULL, &key, alg, plain, length, wrapped, sizeof(wrapped), &n), PSA_SUCCESS);
        for (size_t bit = 0; bit < 8 * n; bit += slow_step(5)) {
            wrapped[bit / 8] ^= (uint8_t)(1u << bit % 8);
            expect_refused(&key, alg, wrapped, n);
            wrapped[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
        for (size_t shorter = 0; shorter < n; shorter++) {
            expect_refused(&key, alg, wrapped, shorter);
        }
        expect_refused(&key, alg == PSA_ALG_KW ? PSA_ALG_KWP : PSA_ALG_KW, wrapped, n);
    }
}

/* What a wrong length or padding looks like under the right key: made with the block cipher itself. */
static void padding_of_kwp(void **state)
{
    const uint8_t bytes[16] = { 9 };
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, bytes, 16);

    (void)state;
    for (unsigned said = 0; said <= 20; said++) {
        for (unsigned used = 0; used <= 8; used++) {
            uint8_t block[16] = { 0xA6, 0x59, 0x59, 0xA6, 0, 0, 0, (uint8_t)said }, output[8];
            size_t n;
            memset(block + 8, 7, used);
            assert_int_equal(sw_cipher_entries.encrypt(NULL, &key, PSA_ALG_ECB_NO_PADDING, NULL, 0, block, 16, block, 16, &n), PSA_SUCCESS);
            const psa_status_t expected = said >= 1 && said <= 8 && used <= said ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE;
            assert_int_equal(ENTRIES->unwrap(NULL, &key, PSA_ALG_KWP, block, 16, output, 8, &n), expected);
            assert_int_equal(n, expected == PSA_SUCCESS ? said : 0);
        }
    }
}

static void lengths_and_keys(void **state)
{
    const uint8_t bytes[64] = { 1 };
    uint8_t plain[40] = { 0 }, output[64];
    size_t n;

    (void)state;
    for (size_t length = 0; length <= 40; length++) {
        const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, bytes, 16);
        assert_int_equal(ENTRIES->wrap(NULL, &key, PSA_ALG_KW, plain, length, output, sizeof(output), &n),
                         length >= 16 && length % 8 == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(ENTRIES->wrap(NULL, &key, PSA_ALG_KWP, plain, length, output, sizeof(output), &n),
                         length != 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        const struct psacrypto_key other = key_of(PSA_KEY_TYPE_AES, bytes, length);
        assert_int_equal(ENTRIES->wrap(NULL, &other, PSA_ALG_KW, plain, 16, output, sizeof(output), &n),
                         length == 16 || length == 24 || length == 32 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(sw_key_wrap_supports(PSA_ALG_KWP, PSA_KEY_TYPE_AES, 8 * length) != 0,
                         length == 0 || length == 16 || length == 24 || length == 32);
    }
    const struct psacrypto_key chacha = key_of(PSA_KEY_TYPE_CHACHA20, bytes, 32);
    assert_int_equal(ENTRIES->wrap(NULL, &chacha, PSA_ALG_KW, plain, 16, output, sizeof(output), &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(ENTRIES->unwrap(NULL, &chacha, PSA_ALG_KW, plain, 24, output, sizeof(output), &n), PSA_ERROR_NOT_SUPPORTED);
    const struct psacrypto_key aes = key_of(PSA_KEY_TYPE_AES, bytes, 16);
    assert_int_equal(ENTRIES->wrap(NULL, &aes, PSA_ALG_GCM, plain, 16, output, sizeof(output), &n), PSA_ERROR_NOT_SUPPORTED);
}

/* ---- Shared vectors ---- */

static void wycheproof(const char *path, psa_algorithm_t alg, psa_key_type_t type, size_t count)
{
    struct vectors *v = vectors_open(path, NULL);

    while (vectors_next(v)) {
        size_t key_length, length, wrapped_length, n = 0;
        const uint8_t *bytes = vectors_hex(v, "key", &key_length), *plain = vectors_hex(v, "msg", &length);
        const uint8_t *wrapped = vectors_hex(v, "ct", &wrapped_length);
        const struct psacrypto_key key = key_of(type, bytes, key_length);
        uint8_t output[LENGTH_MAX];
        if (vectors_result(v) == VECTORS_VALID) {
            round_trip(&key, alg, plain, length, wrapped, wrapped_length);
        } else if (vectors_result(v) == VECTORS_INVALID) {
            expect_refused(&key, alg, wrapped, wrapped_length);
        } else {
            /* Acceptable: keys shorter than RFC 5649 was made for; it goes one way or the other, but right. */
            const psa_status_t status = ENTRIES->unwrap(NULL, &key, alg, wrapped, wrapped_length, output, sizeof(output), &n);
            assert_true(status == PSA_ERROR_INVALID_SIGNATURE || (status == PSA_SUCCESS && n == length && memcmp(output, plain, n) == 0));
        }
    }
    vectors_close(v, count);
}

static void shared_vectors(void **state)
{
    (void)state;
    vectors_require();
    wycheproof("keywrap/wycheproof-aes_wrap.json", PSA_ALG_KW, PSA_KEY_TYPE_AES, 165);
    wycheproof("keywrap/wycheproof-camellia_wrap.json", PSA_ALG_KW, PSA_KEY_TYPE_CAMELLIA, 159);
    wycheproof("keywrap/wycheproof-aes_kwp.json", PSA_ALG_KWP, PSA_KEY_TYPE_AES, 254);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples), cmocka_unit_test(against_openssl),  cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(padding_of_kwp),     cmocka_unit_test(lengths_and_keys), cmocka_unit_test(shared_vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
