/* SPDX-License-Identifier: Apache-2.0 */
/* CMAC and CBC-MAC: RFC 4493, every block cipher of the build against OpenSSL, every way to the same MAC. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "software/mac/block_mac.h"
#include "software/software.h"
#include "support/kernel_choice.h"
#include "support/mac_ways.h"
#include "support/quick.h"
#include "support/random_source.h"

#define ENTRIES (&sw_mac_entries)

struct cipher {
    psa_key_type_t type;
    size_t key_length, block;
    const char *openssl;   /* its CBC mode */
};

static const struct cipher ciphers[] = {
    {PSA_KEY_TYPE_AES, 16, 16, "AES-128-CBC"},       {PSA_KEY_TYPE_AES, 24, 16, "AES-192-CBC"},
    {PSA_KEY_TYPE_AES, 32, 16, "AES-256-CBC"},       {PSA_KEY_TYPE_ARIA, 16, 16, "ARIA-128-CBC"},
    {PSA_KEY_TYPE_ARIA, 24, 16, "ARIA-192-CBC"},     {PSA_KEY_TYPE_ARIA, 32, 16, "ARIA-256-CBC"},
    {PSA_KEY_TYPE_CAMELLIA, 16, 16, "CAMELLIA-128-CBC"}, {PSA_KEY_TYPE_CAMELLIA, 24, 16, "CAMELLIA-192-CBC"},
    {PSA_KEY_TYPE_CAMELLIA, 32, 16, "CAMELLIA-256-CBC"}, {PSA_KEY_TYPE_SM4, 16, 16, "SM4-CBC"},
    {PSA_KEY_TYPE_DES, 16, 8, "DES-EDE-CBC"},        {PSA_KEY_TYPE_DES, 24, 8, "DES-EDE3-CBC"},
};

#define CIPHERS (sizeof ciphers / sizeof ciphers[0])

static int missing(const struct cipher *cipher, psa_algorithm_t alg)
{
    return sw_mac_context_size(alg, cipher->type) == 0;
}

/* ---- What OpenSSL says ---- */

static void openssl_cmac(const struct cipher *cipher, const uint8_t *key, const uint8_t *message, size_t length, uint8_t *mac)
{
    char name[32];
    size_t mac_length = 0;
    EVP_MAC *cmac = EVP_MAC_fetch(NULL, "CMAC", NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(cmac);

    (void)snprintf(name, sizeof name, "%s", cipher->openssl);
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("cipher", name, 0), OSSL_PARAM_construct_end()};
    assert_int_equal(EVP_MAC_init(context, key, cipher->key_length, parameters), 1);
    assert_int_equal(EVP_MAC_update(context, message, length), 1);
    assert_int_equal(EVP_MAC_final(context, mac, &mac_length, 16), 1);
    assert_int_equal(mac_length, cipher->block);
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(cmac);
}

/* The last block of CBC with an IV of zeros, of the message with zeros behind it. */
static void openssl_cbc_mac(const struct cipher *cipher, const uint8_t *key, const uint8_t *message, size_t length, uint8_t *mac)
{
    static const uint8_t iv[16];
    uint8_t padded[512] = {0}, output[528];
    int written = 0;
    size_t whole = length == 0 ? cipher->block : (length + cipher->block - 1) / cipher->block * cipher->block;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

    assert_in_range(whole, 8, sizeof padded);
    memcpy(padded, message, length);
    assert_int_equal(EVP_EncryptInit_ex(context, EVP_get_cipherbyname(cipher->openssl), NULL, key, iv), 1);
    assert_int_equal(EVP_EncryptUpdate(context, output, &written, padded, (int)whole), 1);
    assert_int_equal(written, whole);
    memcpy(mac, output + whole - cipher->block, cipher->block);
    EVP_CIPHER_CTX_free(context);
}

static void openssl_mac(const struct cipher *cipher, psa_algorithm_t alg, const uint8_t *key, const uint8_t *message, size_t length,
                        uint8_t *mac)
{
    (alg == PSA_ALG_CMAC ? openssl_cmac : openssl_cbc_mac)(cipher, key, message, length, mac);
}

/* ---- RFC 4493, section 4 ---- */

static void test_rfc4493(void **state)
{
    static const uint8_t bytes[16] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};
    static const uint8_t message[64] = {
        0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a, 0xae, 0x2d, 0x8a, 0x57, 0x1e, 0x03,
        0xac, 0x9c, 0x9e, 0xb7, 0x6f, 0xac, 0x45, 0xaf, 0x8e, 0x51, 0x30, 0xc8, 0x1c, 0x46, 0xa3, 0x5c, 0xe4, 0x11, 0xe5, 0xfb, 0xc1, 0x19,
        0x1a, 0x0a, 0x52, 0xef, 0xf6, 0x9f, 0x24, 0x45, 0xdf, 0x4f, 0x9b, 0x17, 0xad, 0x2b, 0x41, 0x7b, 0xe6, 0x6c, 0x37, 0x10,
    };
    static const struct {
        size_t length;
        uint8_t mac[16];
    } cases[] = {
        {0, {0xbb, 0x1d, 0x69, 0x29, 0xe9, 0x59, 0x37, 0x28, 0x7f, 0xa3, 0x7d, 0x12, 0x9b, 0x75, 0x67, 0x46}},
        {16, {0x07, 0x0a, 0x16, 0xb4, 0x6b, 0x4d, 0x41, 0x44, 0xf7, 0x9b, 0xdd, 0x9d, 0xd0, 0x4a, 0x28, 0x7c}},
        {40, {0xdf, 0xa6, 0x67, 0x47, 0xde, 0x9a, 0xe6, 0x30, 0x30, 0xca, 0x32, 0x61, 0x14, 0x97, 0xc8, 0x27}},
        {64, {0x51, 0xf0, 0xbe, 0xbf, 0x7e, 0x3b, 0x9d, 0x92, 0xfc, 0x49, 0x74, 0x17, 0x79, 0x36, 0x3c, 0xfe}},
    };
    struct mac_key key;

    (void)state;
    if (missing(&ciphers[0], PSA_ALG_CMAC)) {
        skip();
    }
    mac_key_make(&key, PSA_KEY_TYPE_AES, bytes, sizeof bytes);
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            mac_check_whole(&key.key, PSA_ALG_CMAC, message, cases[i].length, cases[i].mac, 16);
        }
    }
}

/* ---- Every cipher ---- */

static void all_ways(const struct cipher *cipher, psa_algorithm_t full, struct mac_key *key, const uint8_t *message, size_t length)
{
    uint8_t expected[16];

    openssl_mac(cipher, full, key->bytes, message, length, expected);
    mac_check_whole(&key->key, full, message, length, expected, cipher->block);
    for (size_t mac_length = 4; mac_length <= cipher->block && length % 8 == 1; mac_length += slow_step(3)) {
        mac_check_whole(&key->key, PSA_ALG_TRUNCATED_MAC(full, mac_length), message, length, expected, mac_length);
    }
    for (size_t cut = 0; cut <= length; cut += (length < 40 ? 1 : 11) * quick_step(5)) {
        mac_check_parts(&key->key, full, message, length, cut, expected, cipher->block);
    }
    if (length % 8 == 1) {
        mac_check_refusals(&key->key, full, message, length, expected, cipher->block);
        mac_check_parts(&key->key, PSA_ALG_TRUNCATED_MAC(full, 5), message, length, 1, expected, 5);
    }
}

/* Around the blocks. */
static const size_t lengths[] = {0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 150, 299};

static size_t with_cipher(const struct cipher *cipher, psa_algorithm_t alg)
{
    uint8_t bytes[32], message[300];
    struct random_source source = {cipher->type + cipher->key_length};
    struct mac_key key;

    if (missing(cipher, alg)) {
        return 0;
    }
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        const size_t n = lengths[i];
        random_source_bytes(&source, bytes, sizeof bytes);
        random_source_bytes(&source, message, n);
        mac_key_make(&key, cipher->type, bytes, cipher->key_length);
        all_ways(cipher, alg, &key, message, n);
        mac_key_prepare(&key, alg);
        all_ways(cipher, alg, &key, message, n);
        mac_key_free(&key);
    }
    return 1;
}

static void with_every_cipher(psa_algorithm_t alg)
{
    size_t tested = 0;

    for (size_t i = 0; i < CIPHERS; i++) {
        for (size_t k = 0; kernel_choice_of(k, ciphers[i].type); k++) {
            tested += with_cipher(&ciphers[i], alg);
        }
    }
    if (tested == 0) {
        skip(); /* not in this build */
    }
}

static void test_cmac(void **state)
{
    (void)state;
    with_every_cipher(PSA_ALG_CMAC);
}

static void test_cbc_mac(void **state)
{
    (void)state;
    with_every_cipher(PSA_ALG_CBC_MAC);
}

/* Keys of lengths that the cipher does not have are refused in every call that takes them. */
static void test_wrong_keys(void **state)
{
    static const uint8_t bytes[40] = {1};
    uint64_t context[MAC_WAYS_CONTEXT_WORDS] = {0}, memory[SW_MAC_PREPARED_MAX / 8u];
    uint8_t mac[16];
    size_t mac_length = 77;

    (void)state;
    if (missing(&ciphers[0], PSA_ALG_CMAC)) {
        skip();
    }
    for (size_t length = 0; length <= sizeof bytes; length++) {
        struct mac_key key;
        psa_status_t expected = length == 16 || length == 24 || length == 32 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
        mac_key_make(&key, PSA_KEY_TYPE_AES, bytes, length);
        assert_int_equal(sw_mac_prepare(&key.key, PSA_ALG_CMAC, memory), expected);
        assert_int_equal(ENTRIES->compute(NULL, &key.key, PSA_ALG_CMAC, bytes, 3, mac, 16, &mac_length), expected);
        assert_int_equal(ENTRIES->sign_setup(NULL, &key.key, context, PSA_ALG_CMAC), expected);
    }
}

#if PSA_WANT_ALG_CMAC

/* For other families. */
static void test_cmac_by_itself(void **state)
{
    uint8_t bytes[32], message[100], expected[16], mac[16];
    struct random_source source = {9};

    (void)state;
    for (size_t i = 0; i < CIPHERS; i++) {
        struct sw_block_mac_key cmac;
        if (missing(&ciphers[i], PSA_ALG_CMAC)) {
            assert_int_equal(sw_cmac_expand(&cmac, ciphers[i].type, bytes, ciphers[i].key_length), 0);
            continue;
        }
        assert_int_equal(sw_cmac_expand(&cmac, ciphers[i].type, bytes, 17), 0);
        for (size_t n = 0; n <= sizeof message; n++) {
            random_source_bytes(&source, bytes, sizeof bytes);
            random_source_bytes(&source, message, n);
            openssl_cmac(&ciphers[i], bytes, message, n, expected);
            assert_int_equal(sw_cmac_expand(&cmac, ciphers[i].type, bytes, ciphers[i].key_length), 1);
            sw_cmac_compute(&cmac, message, n, mac);
            assert_memory_equal(mac, expected, ciphers[i].block);
        }
    }
}

#else

static void test_cmac_by_itself(void **state)
{
    (void)state;
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc4493),
        cmocka_unit_test(test_cmac),
        cmocka_unit_test(test_cbc_mac),
        cmocka_unit_test(test_wrong_keys),
        cmocka_unit_test(test_cmac_by_itself),
    };
    return cmocka_run_group_tests_name("drivers/software/mac/block_mac", tests, NULL, NULL);
}
