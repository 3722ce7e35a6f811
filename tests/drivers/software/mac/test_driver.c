/* SPDX-License-Identifier: Apache-2.0 */
/* The MAC entries: in parts and whole, with a prepared key and without, truncated, and what they refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "software/mac/mac.h"
#include "software/software.h"
#include "support/hash_list.h"
#include "support/mac_ways.h"
#include "support/random_source.h"

#define ENTRIES (&sw_mac_entries)
#define CONTEXT_WORDS MAC_WAYS_CONTEXT_WORDS

/* ---- HMAC with every hash ---- */

static void one_hmac(const struct hash_info *info, struct mac_key *k, const uint8_t *message, size_t message_length)
{
    uint8_t expected[EVP_MAX_MD_SIZE];
    unsigned whole;
    psa_algorithm_t full = PSA_ALG_HMAC(info->alg);

    assert_non_null(HMAC(EVP_get_digestbyname(info->openssl), k->bytes, (int)k->key.length, message, message_length,
                         expected, &whole));
    for (size_t mac_length = 4; mac_length <= whole; mac_length++) {
        psa_algorithm_t alg = mac_length == whole ? full : PSA_ALG_TRUNCATED_MAC(full, mac_length);
        mac_check_whole(&k->key, alg, message, message_length, expected, mac_length);
    }
    for (size_t cut = 0; cut <= message_length; cut++) {
        mac_check_parts(&k->key, full, message, message_length, cut, expected, whole);
    }
    mac_check_parts(&k->key, PSA_ALG_TRUNCATED_MAC(full, 8), message, message_length, message_length, expected, 8);
    mac_check_parts(&k->key, PSA_ALG_TRUNCATED_MAC(full, whole), message, message_length, 0, expected, whole);
    mac_check_refusals(&k->key, full, message, message_length, expected, whole);
    mac_check_refusals(&k->key, PSA_ALG_TRUNCATED_MAC(full, 7), message, message_length, expected, 7);
}

static void test_hmac(void **state)
{
    uint8_t bytes[200], message[150];
    struct random_source source = {1};
    size_t count, tested = 0;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    random_source_bytes(&source, bytes, sizeof bytes);
    random_source_bytes(&source, message, sizeof message);
    for (size_t i = 0; i < count; i++) {
        if (sw_hmac_hash(list[i].alg) == NULL || list[i].openssl == NULL || EVP_get_digestbyname(list[i].openssl) == NULL) {
            continue;
        }
        for (size_t key_length = 16; key_length <= sizeof bytes; key_length += 92) {
            struct mac_key k;
            mac_key_make(&k, PSA_KEY_TYPE_HMAC, bytes, key_length);
            one_hmac(&list[i], &k, message, sizeof message);
            mac_key_prepare(&k, PSA_ALG_HMAC(list[i].alg));
            one_hmac(&list[i], &k, message, sizeof message);
            mac_key_free(&k);
        }
        tested++;
    }
    assert_true(tested > 0);
}

/* ---- What is refused ---- */

static void expect_unsupported(psa_key_type_t type, psa_algorithm_t alg)
{
    static const uint8_t bytes[16] = {1};
    uint64_t context[CONTEXT_WORDS] = {0}, memory[SW_MAC_PREPARED_MAX / 8u];
    uint8_t mac[SW_MAC_LENGTH_MAX] = {0};
    size_t length = 77;
    struct mac_key k;

    mac_key_make(&k, type, bytes, sizeof bytes);
    assert_int_equal(sw_mac_context_size(alg, type), 0);
    assert_int_equal(sw_mac_prepared_size(&k.key, alg), 0);
    assert_int_equal(sw_mac_prepare(&k.key, alg, memory), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(ENTRIES->compute(NULL, &k.key, alg, bytes, 1, mac, sizeof mac, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(ENTRIES->verify(NULL, &k.key, alg, bytes, 1, mac, sizeof mac), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(ENTRIES->sign_setup(NULL, &k.key, context, alg), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(ENTRIES->verify_setup(NULL, &k.key, context, alg), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(length, 77);
}

static void test_unsupported(void **state)
{
    psa_algorithm_t hmac = PSA_ALG_HMAC(PSA_ALG_SHA_256);

    (void)state;
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_NONE);
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_SHA_256);
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_NONE));
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_256_192));  /* no HMAC is specified with these */
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHAKE256_512));
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_ASCON_HASH256));
    expect_unsupported(PSA_KEY_TYPE_AES, hmac);
    expect_unsupported(PSA_KEY_TYPE_RAW_DATA, hmac);
    expect_unsupported(PSA_KEY_TYPE_DERIVE, hmac);
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_TRUNCATED_MAC(hmac, 33));
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(hmac, 8));
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_CMAC);
    expect_unsupported(PSA_KEY_TYPE_AES, PSA_ALG_CMAC | 9u);
    expect_unsupported(PSA_KEY_TYPE_AES, PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 17));
    expect_unsupported(PSA_KEY_TYPE_AES, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CBC_MAC, 8));
    expect_unsupported(PSA_KEY_TYPE_HMAC, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512));
    expect_unsupported(PSA_KEY_TYPE_BLAKE2, PSA_ALG_BLAKE2_MAC(PSA_ALG_SHA_256));
    expect_unsupported(PSA_KEY_TYPE_BLAKE2, PSA_ALG_HMAC(PSA_ALG_BLAKE2B_HASH512));
    expect_unsupported(PSA_KEY_TYPE_BLAKE2, PSA_ALG_TRUNCATED_MAC(PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2S_HASH256), 33));
}

static void test_wrong_uses(void **state)
{
    static const uint8_t bytes[16] = {1};
    uint64_t context[CONTEXT_WORDS] = {0};
    uint8_t mac[SW_MAC_LENGTH_MAX] = {0};
    size_t length = 77;
    psa_algorithm_t alg = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    struct mac_key k;

    (void)state;
    if (sw_mac_find(alg) == NULL || sw_hmac_hash(PSA_ALG_SHA_256) == NULL) {
        skip();
    }
    mac_key_make(&k, PSA_KEY_TYPE_HMAC, bytes, sizeof bytes);
    assert_int_equal(ENTRIES->update(NULL, &k.key, context, bytes, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->sign_finish(NULL, &k.key, context, mac, sizeof mac, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->verify_finish(NULL, &k.key, context, mac, 32), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    for (size_t size = 0; size < 32; size++) {
        assert_int_equal(ENTRIES->compute(NULL, &k.key, alg, bytes, 1, mac, size, &length), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(ENTRIES->sign_setup(NULL, &k.key, context, alg), PSA_SUCCESS);
        assert_int_equal(ENTRIES->sign_finish(NULL, &k.key, context, mac, size, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    }
    assert_int_equal(length, 77);
}

static void test_mac_over_message(void **state)
{
    uint8_t message[100], buffer[100], expected[SW_MAC_LENGTH_MAX];
    struct random_source source = {3};
    size_t count, length;
    const struct hash_info *list = hash_list(&count);
    struct mac_key k;

    (void)state;
    random_source_bytes(&source, message, sizeof message);
    mac_key_make(&k, PSA_KEY_TYPE_HMAC, message, 20);
    for (size_t i = 0; i < count; i++) {
        psa_algorithm_t alg = PSA_ALG_HMAC(list[i].alg);
        if (sw_mac_context_size(alg, PSA_KEY_TYPE_HMAC) == 0) {
            continue;
        }
        assert_in_range(sw_mac_context_size(alg, PSA_KEY_TYPE_HMAC), 9, PSACRYPTO_MAC_CONTEXT_SIZE);
        assert_int_equal(ENTRIES->compute(NULL, &k.key, alg, message, sizeof message, expected, sizeof expected, &length), PSA_SUCCESS);
        for (size_t offset = 0; offset + length <= sizeof buffer; offset++) {
            memcpy(buffer, message, sizeof buffer);
            assert_int_equal(ENTRIES->compute(NULL, &k.key, alg, buffer, sizeof buffer, buffer + offset, length, &length), PSA_SUCCESS);
            assert_memory_equal(buffer + offset, expected, length);
        }
    }
}

/* A message that is too long with the block of the key before it: nothing of it is read. */
static void test_longest_message(void **state)
{
    static const uint8_t bytes[16] = {1};
    uint64_t context[CONTEXT_WORDS] = {0};
    uint8_t mac[SW_MAC_LENGTH_MAX] = {0};
    size_t length = 77;
    const psa_algorithm_t alg = PSA_ALG_HMAC(PSA_ALG_AES_MMO_ZIGBEE);
    struct mac_key k;

    (void)state;
    if (sw_mac_context_size(alg, PSA_KEY_TYPE_HMAC) == 0) {
        skip();
    }
    const struct sw_hash *hash = sw_hmac_hash(PSA_ALG_AES_MMO_ZIGBEE);
    const size_t longest = hash->longest - hash->block;
    mac_key_make(&k, PSA_KEY_TYPE_HMAC, bytes, sizeof bytes);
    assert_int_equal(ENTRIES->compute(NULL, &k.key, alg, bytes, longest + 1, mac, 16, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(ENTRIES->verify(NULL, &k.key, alg, bytes, longest + 1, mac, 16), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 77);
    assert_int_equal(ENTRIES->sign_setup(NULL, &k.key, context, alg), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &k.key, context, bytes, 16), PSA_SUCCESS);
    assert_true(sw_mac_find(alg)->accepts(context + 1, alg, longest - 16)); /* context[0] is the algorithm */
    assert_int_equal(ENTRIES->update(NULL, &k.key, context, bytes, longest - 15), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(ENTRIES->update(NULL, &k.key, context, bytes, SIZE_MAX), PSA_ERROR_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hmac),
        cmocka_unit_test(test_unsupported),
        cmocka_unit_test(test_wrong_uses),
        cmocka_unit_test(test_mac_over_message),
        cmocka_unit_test(test_longest_message),
    };
    return cmocka_run_group_tests_name("drivers/software/mac/driver", tests, NULL, NULL);
}
