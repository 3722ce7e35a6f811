/* SPDX-License-Identifier: Apache-2.0 */
/* The MAC entries: in parts and whole, with a prepared key and without, truncated, and what they refuse. */
#define _POSIX_C_SOURCE 200809L

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
#include "support/random_source.h"

#define ENTRIES (&sw_mac_entries)
#define CONTEXT_WORDS (PSACRYPTO_MAC_CONTEXT_SIZE / 8u)

/* A key, and the memory for its prepared form. */
struct test_key {
    psa_key_attributes_t attributes;
    struct psacrypto_key key;
    uint8_t bytes[200];
    void *memory;
};

static void make_key(struct test_key *k, psa_key_type_t type, const uint8_t *bytes, size_t length)
{
    k->attributes = psa_key_attributes_init();
    psa_set_key_type(&k->attributes, type);
    psa_set_key_bits(&k->attributes, 8 * length);
    memcpy(k->bytes, bytes, length);
    k->key = (struct psacrypto_key){.attributes = &k->attributes, .blob = k->bytes, .length = length};
    k->memory = NULL;
}

static void prepare_key(struct test_key *k, psa_algorithm_t alg)
{
    size_t size = sw_mac_prepared_size(&k->key, alg);
    assert_in_range(size, 1, SW_MAC_PREPARED_MAX);
    assert_int_equal(posix_memalign(&k->memory, 64, size), 0);
    assert_int_equal(sw_mac_prepare(&k->key, alg, k->memory), PSA_SUCCESS);
    k->key.prepared = k->memory;
}

static void free_key(struct test_key *k)
{
    free(k->memory);
    k->memory = NULL;
    k->key.prepared = NULL;
}

/* ---- Ways to the same MAC ---- */

static void check_whole(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                        const uint8_t *expected, size_t mac_length)
{
    uint8_t mac[SW_MAC_LENGTH_MAX + 1] = {0};
    size_t length = 0;

    assert_int_equal(ENTRIES->compute(NULL, key, alg, message, message_length, mac, mac_length, &length), PSA_SUCCESS);
    assert_int_equal(length, mac_length);
    assert_memory_equal(mac, expected, mac_length);
    assert_int_equal(mac[mac_length], 0);
    assert_int_equal(ENTRIES->verify(NULL, key, alg, message, message_length, mac, mac_length), PSA_SUCCESS);
}

static void begin(uint64_t *context, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message,
                  size_t message_length, size_t cut, int verify)
{
    memset(context, 0, sizeof(uint64_t) * CONTEXT_WORDS);
    assert_int_equal((verify ? ENTRIES->verify_setup : ENTRIES->sign_setup)(NULL, key, context, alg), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, key, context, message, cut), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, key, context, message + cut, message_length - cut), PSA_SUCCESS);
}

static void check_parts(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                        size_t cut, const uint8_t *expected, size_t mac_length)
{
    uint64_t context[CONTEXT_WORDS];
    uint8_t mac[SW_MAC_LENGTH_MAX + 1] = {0};
    size_t length = 0;

    begin(context, key, alg, message, message_length, cut, 0);
    assert_int_equal(ENTRIES->sign_finish(NULL, key, context, mac, mac_length, &length), PSA_SUCCESS);
    assert_int_equal(length, mac_length);
    assert_memory_equal(mac, expected, mac_length);
    assert_int_equal(mac[mac_length], 0);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    begin(context, key, alg, message, message_length, cut, 1);
    assert_int_equal(ENTRIES->verify_finish(NULL, key, context, mac, mac_length), PSA_SUCCESS);
}

/* Every flipped bit and every other length is refused. */
static void check_refusals(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                           const uint8_t *expected, size_t mac_length)
{
    uint64_t context[CONTEXT_WORDS];
    uint8_t mac[SW_MAC_LENGTH_MAX + 1] = {0};

    memcpy(mac, expected, mac_length);
    for (size_t bit = 0; bit < 8 * mac_length; bit += 3) {
        mac[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(ENTRIES->verify(NULL, key, alg, message, message_length, mac, mac_length), PSA_ERROR_INVALID_SIGNATURE);
        begin(context, key, alg, message, message_length, 1, 1);
        assert_int_equal(ENTRIES->verify_finish(NULL, key, context, mac, mac_length), PSA_ERROR_INVALID_SIGNATURE);
        mac[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t length = 0; length <= mac_length + 1; length++) {
        psa_status_t status = ENTRIES->verify(NULL, key, alg, message, message_length, mac, length);
        assert_int_equal(status, length == mac_length ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
    }
}

/* ---- HMAC with every hash ---- */

static void one_hmac(const struct hash_info *info, struct test_key *k, const uint8_t *message, size_t message_length)
{
    uint8_t expected[EVP_MAX_MD_SIZE];
    unsigned whole;
    psa_algorithm_t full = PSA_ALG_HMAC(info->alg);

    assert_non_null(HMAC(EVP_get_digestbyname(info->openssl), k->bytes, (int)k->key.length, message, message_length,
                         expected, &whole));
    for (size_t mac_length = 4; mac_length <= whole; mac_length++) {
        psa_algorithm_t alg = mac_length == whole ? full : PSA_ALG_TRUNCATED_MAC(full, mac_length);
        check_whole(&k->key, alg, message, message_length, expected, mac_length);
    }
    for (size_t cut = 0; cut <= message_length; cut++) {
        check_parts(&k->key, full, message, message_length, cut, expected, whole);
    }
    check_parts(&k->key, PSA_ALG_TRUNCATED_MAC(full, 8), message, message_length, message_length, expected, 8);
    check_parts(&k->key, PSA_ALG_TRUNCATED_MAC(full, whole), message, message_length, 0, expected, whole);
    check_refusals(&k->key, full, message, message_length, expected, whole);
    check_refusals(&k->key, PSA_ALG_TRUNCATED_MAC(full, 7), message, message_length, expected, 7);
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
            struct test_key k;
            make_key(&k, PSA_KEY_TYPE_HMAC, bytes, key_length);
            one_hmac(&list[i], &k, message, sizeof message);
            prepare_key(&k, PSA_ALG_HMAC(list[i].alg));
            one_hmac(&list[i], &k, message, sizeof message);
            free_key(&k);
        }
        tested++;
    }
    assert_true(tested > 0);
}

/* ---- What is refused ---- */

static void expect_unsupported(psa_key_type_t type, psa_algorithm_t alg)
{
    static const uint8_t bytes[16] = {1};
    uint64_t context[CONTEXT_WORDS] = {0}, memory[64];
    uint8_t mac[SW_MAC_LENGTH_MAX] = {0};
    size_t length = 77;
    struct test_key k;

    make_key(&k, type, bytes, sizeof bytes);
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
}

static void test_wrong_uses(void **state)
{
    static const uint8_t bytes[16] = {1};
    uint64_t context[CONTEXT_WORDS] = {0};
    uint8_t mac[SW_MAC_LENGTH_MAX] = {0};
    size_t length = 77;
    psa_algorithm_t alg = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    struct test_key k;

    (void)state;
    if (sw_mac_find(alg) == NULL || sw_hmac_hash(PSA_ALG_SHA_256) == NULL) {
        skip();
    }
    make_key(&k, PSA_KEY_TYPE_HMAC, bytes, sizeof bytes);
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
    struct test_key k;

    (void)state;
    random_source_bytes(&source, message, sizeof message);
    make_key(&k, PSA_KEY_TYPE_HMAC, message, 20);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hmac),
        cmocka_unit_test(test_unsupported),
        cmocka_unit_test(test_wrong_uses),
        cmocka_unit_test(test_mac_over_message),
    };
    return cmocka_run_group_tests_name("drivers/software/mac/driver", tests, NULL, NULL);
}
