/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2 with a key: OpenSSL's where it has it, every way to the same MAC, keys of every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "software/software.h"
#include "support/kernel_choice.h"
#include "support/mac_ways.h"
#include "support/quick.h"
#include "support/random_source.h"

#define ENTRIES (&sw_mac_entries)

struct variant {
    psa_algorithm_t hash;
    size_t length;
    const char *openssl;   /* NULL: it has none */
    uint8_t abc[64];       /* the MAC of "abc" under the key 00 01 02 .. of the full length, by a model of the papers */
};

static const struct variant variants[] = {
    {PSA_ALG_BLAKE2S_HASH256, 32, "BLAKE2SMAC",
     {0xa2, 0x81, 0xf7, 0x25, 0x75, 0x49, 0x69, 0xa7, 0x02, 0xf6, 0xfe, 0x36, 0xfc, 0x59, 0x1b, 0x7d,
      0xef, 0x86, 0x6e, 0x4b, 0x70, 0x17, 0x3e, 0xce, 0x40, 0x2f, 0xc0, 0x1c, 0x06, 0x4d, 0x6b, 0x65}},
    {PSA_ALG_BLAKE2SP_HASH256, 32, NULL,
     {0xb3, 0x34, 0xa2, 0x69, 0x23, 0x41, 0x0d, 0xc5, 0x86, 0x08, 0x8f, 0x36, 0x5c, 0xe3, 0x6a, 0x12,
      0xbe, 0xdd, 0x33, 0xe0, 0x3c, 0x0f, 0x4a, 0x38, 0x08, 0xa7, 0x16, 0xdc, 0xa3, 0xa7, 0x21, 0xf0}},
    {PSA_ALG_BLAKE2B_HASH512, 64, "BLAKE2BMAC",
     {0x06, 0xbb, 0xc3, 0xde, 0xdf, 0x13, 0xa3, 0x11, 0x39, 0x49, 0x86, 0x55, 0x25, 0x1b, 0x75, 0x88,
      0xcc, 0xd3, 0xbb, 0x5a, 0xaa, 0x07, 0x1b, 0x2d, 0x44, 0xd8, 0xe0, 0xa0, 0x40, 0x95, 0x57, 0x9e,
      0xd5, 0x90, 0xfb, 0xfd, 0xcf, 0x94, 0x1f, 0x43, 0x70, 0xce, 0x5c, 0xe6, 0x23, 0x62, 0x4e, 0x7a,
      0x76, 0xd3, 0x3e, 0x7a, 0x81, 0x09, 0xdc, 0xda, 0x9b, 0x57, 0xd7, 0x2f, 0x8f, 0x8e, 0xfa, 0x51}},
    {PSA_ALG_BLAKE2BP_HASH512, 64, NULL,
     {0x89, 0x43, 0xf4, 0x0e, 0x65, 0xe4, 0x1f, 0xdb, 0xbe, 0x79, 0xb7, 0x01, 0xb2, 0x62, 0x79, 0x12,
      0x5b, 0xbe, 0x12, 0x03, 0x79, 0xdd, 0x77, 0xd7, 0x4f, 0xdb, 0x5f, 0xaf, 0x66, 0x2e, 0xd6, 0xa3,
      0x97, 0x4a, 0xa1, 0xdc, 0xe9, 0x9a, 0x33, 0x49, 0xa4, 0x92, 0x15, 0x9f, 0xa0, 0xde, 0xd8, 0x24,
      0x5a, 0x51, 0x67, 0xc1, 0x18, 0x86, 0x17, 0x0a, 0x3a, 0xf1, 0x28, 0x88, 0x44, 0x8f, 0xa8, 0xb2}},
};

#define VARIANTS (sizeof variants / sizeof variants[0])

static int missing(const struct variant *variant)
{
    return sw_mac_context_size(PSA_ALG_BLAKE2_MAC(variant->hash), PSA_KEY_TYPE_BLAKE2) == 0;
}

static void test_known_answers(void **state)
{
    uint8_t bytes[64];

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)i;
    }
    for (size_t k = 0; kernel_choice(k); k++) {
        for (const struct variant *v = variants; v < variants + VARIANTS; v++) {
            struct mac_key key;
            if (!missing(v)) {
                mac_key_make(&key, PSA_KEY_TYPE_BLAKE2, bytes, v->length);
                mac_check_whole(&key.key, PSA_ALG_BLAKE2_MAC(v->hash), (const uint8_t *)"abc", 3, v->abc, v->length);
            }
        }
    }
}

/* By OpenSSL, or else by the driver in one call. */
static void expected_mac(const struct variant *v, const struct mac_key *key, const uint8_t *message, size_t length, uint8_t *mac)
{
    size_t mac_length = 0;

    if (v->openssl == NULL) {
        assert_int_equal(ENTRIES->compute(NULL, &key->key, PSA_ALG_BLAKE2_MAC(v->hash), message, length, mac, v->length, &mac_length),
                         PSA_SUCCESS);
        return;
    }
    EVP_MAC *blake2 = EVP_MAC_fetch(NULL, v->openssl, NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(blake2);
    assert_int_equal(EVP_MAC_init(context, key->bytes, key->key.length, NULL), 1);
    assert_int_equal(EVP_MAC_update(context, message, length), 1);
    assert_int_equal(EVP_MAC_final(context, mac, &mac_length, 64), 1);
    assert_int_equal(mac_length, v->length);
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(blake2);
}

static void all_ways(const struct variant *v, struct mac_key *key, const uint8_t *message, size_t length)
{
    psa_algorithm_t full = PSA_ALG_BLAKE2_MAC(v->hash);
    uint8_t expected[64];

    expected_mac(v, key, message, length, expected);
    mac_check_whole(&key->key, full, message, length, expected, v->length);
    for (size_t mac_length = 1; mac_length < v->length; mac_length += slow_step(7)) {
        mac_check_whole(&key->key, PSA_ALG_TRUNCATED_MAC(full, mac_length), message, length, expected, mac_length);
    }
    for (size_t cut = 0; cut <= length; cut += (1 + length / 60) * quick_step(3)) {
        mac_check_parts(&key->key, full, message, length, cut, expected, v->length);
    }
    if (length != 0) {
        mac_check_refusals(&key->key, full, message, length, expected, v->length);
        mac_check_parts(&key->key, PSA_ALG_TRUNCATED_MAC(full, 5), message, length, 1, expected, 5);
    }
}

static void with_variant(const struct variant *v)
{
    uint8_t bytes[64], message[1200];
    struct random_source source = {v->hash};
    struct mac_key key;

    for (size_t key_length = 1; key_length <= v->length; key_length += slow_step(5)) {
        size_t length = key_length % 8 == 0 ? random_source_below(&source, sizeof message) : 16 * key_length;
        random_source_bytes(&source, bytes, sizeof bytes);
        random_source_bytes(&source, message, length);
        mac_key_make(&key, PSA_KEY_TYPE_BLAKE2, bytes, key_length);
        all_ways(v, &key, message, length);
        mac_key_prepare(&key, PSA_ALG_BLAKE2_MAC(v->hash));
        all_ways(v, &key, message, key_length % 4 == 0 ? 0 : length);
        mac_key_free(&key);
    }
}

static void test_every_variant(void **state)
{
    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t i = 0; i < VARIANTS; i++) {
            if (!missing(&variants[i])) {
                with_variant(&variants[i]);
            }
        }
    }
}

/* RFC 7693, section 2.9: a key has at most as many bytes as the hash. */
static void test_wrong_keys(void **state)
{
    static const uint8_t bytes[65] = {1};
    uint64_t context[MAC_WAYS_CONTEXT_WORDS] = {0}, memory[SW_MAC_PREPARED_MAX / 8u];
    uint8_t mac[64];
    size_t mac_length = 77;

    (void)state;
    for (const struct variant *v = variants; v < variants + VARIANTS; v++) {
        for (size_t length = 0; length <= sizeof bytes && !missing(v); length++) {
            psa_algorithm_t alg = PSA_ALG_BLAKE2_MAC(v->hash);
            psa_status_t expected = length >= 1 && length <= v->length ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
            struct mac_key key;
            mac_key_make(&key, PSA_KEY_TYPE_BLAKE2, bytes, length);
            assert_int_equal(sw_mac_prepare(&key.key, alg, memory), expected);
            assert_int_equal(ENTRIES->compute(NULL, &key.key, alg, bytes, 3, mac, v->length, &mac_length), expected);
            assert_int_equal(ENTRIES->sign_setup(NULL, &key.key, context, alg), expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_every_variant),
        cmocka_unit_test(test_wrong_keys),
    };
    return cmocka_run_group_tests_name("drivers/software/mac/blake2_mac", tests, NULL, NULL);
}
