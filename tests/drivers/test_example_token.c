/* SPDX-License-Identifier: Apache-2.0 */
/* The opaque driver of docs/drivers.md, through the API and with the journal's calls by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../examples/driver/token.c"

#include <psacrypto/library.h>
#include <psacrypto/store.h>

#define LOCATION ((psa_key_location_t)0x800042)
#define ALG PSA_ALG_HMAC(PSA_ALG_SHA_256)

static struct token token;
static struct psacrypto_store_ram_space space;
static const uint8_t secret[20] = "twenty bytes of key";

static int open_library(void **state)
{
    (void)state;
    assert_int_equal(psacrypto_set_store(&psacrypto_store_ram, &space), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    return 0;
}

static int close_library(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

static psa_key_attributes_t attributes_of(psa_key_id_t id, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_id(&attributes, id);
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, LOCATION));
    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_bits(&attributes, 160);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, ALG);
    return attributes;
}

static void import_use_export(void **state)
{
    psa_key_attributes_t attributes = attributes_of(1, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE);
    psa_key_attributes_t local = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key, same;
    uint8_t mac[32], expected[32];
    size_t length = 0;
    (void)state;
    assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &key), PSA_SUCCESS);
    psa_set_key_type(&local, PSA_KEY_TYPE_HMAC);
    psa_set_key_usage_flags(&local, PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_set_key_algorithm(&local, ALG);
    assert_int_equal(psa_import_key(&local, secret, sizeof(secret), &same), PSA_SUCCESS);
    assert_int_equal(psa_mac_compute(same, ALG, secret, 7, expected, 32, &length), PSA_SUCCESS);
    assert_int_equal(psa_mac_compute(key, ALG, secret, 7, mac, 32, &length), PSA_SUCCESS);
    assert_memory_equal(mac, expected, 32);
    assert_int_equal(psa_mac_verify(key, ALG, secret, 7, mac, 32), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, mac, sizeof(mac), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(same), PSA_SUCCESS);

    attributes = attributes_of(2, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, mac, sizeof(mac), &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(secret));
    assert_memory_equal(mac, secret, length);
    assert_int_equal(psa_mac_compute(key, ALG, secret, 7, mac, 32, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* Eight keys and no ninth; each took three calls to make. */
static void slots(void **state)
{
    psa_key_id_t key;
    (void)state;
    for (psa_key_id_t id = 1; id <= SLOTS; id++) {
        psa_key_attributes_t attributes = attributes_of(id, PSA_KEY_USAGE_SIGN_MESSAGE);
        assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    }
    psa_key_attributes_t attributes = attributes_of(9, PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_ERROR_INSUFFICIENT_STORAGE);
    for (psa_key_id_t id = 1; id <= SLOTS; id++) {
        uint8_t mac[32];
        size_t length = 0;
        assert_int_equal(psa_mac_compute(id, ALG, secret, 7, mac, 32, &length), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(id), PSA_SUCCESS);
    }
}

static void what_it_does_not_have(void **state)
{
    psa_key_attributes_t attributes = attributes_of(1, PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_mac_operation_t operation = PSA_MAC_OPERATION_INIT;
    psa_key_id_t key;
    (void)state;
    psa_set_key_bits(&attributes, 8 * (KEY_MAX + 1));
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 128);
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_ERROR_NOT_SUPPORTED);
    attributes = attributes_of(1, PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(psa_import_key(&attributes, secret, 19, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_import_key(&attributes, secret, 20, &key), PSA_SUCCESS);
    assert_int_equal(psa_mac_sign_setup(&operation, key, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, LOCATION));
    assert_int_equal(psa_import_key(&attributes, secret, 20, &key), PSA_ERROR_NOT_SUPPORTED);
}

/* ---- By hand ---- */

static void places(void **state)
{
    psa_key_attributes_t attributes = attributes_of(1, PSA_KEY_USAGE_EXPORT);
    uint8_t one[sizeof(struct blob)], two[sizeof(struct blob)], data[64];
    size_t length = 0, bits = 0;
    (void)state;
    assert_int_equal(allocate(&token, &attributes, 0, one, sizeof(one) - 1, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(allocate(&token, &attributes, 0, one, sizeof(one), &length), PSA_SUCCESS);
    struct psacrypto_key key = { &attributes, 0, one, sizeof(one), NULL };
    assert_int_equal(export_key(&token, &key, data, sizeof(data), &length), PSA_ERROR_DOES_NOT_EXIST); /* not filled */
    assert_int_equal(destroy(&token, &key), PSA_SUCCESS);
    assert_int_equal(destroy(&token, &key), PSA_SUCCESS); /* gone already */
    length = sizeof(one);
    assert_int_equal(import(&token, &attributes, 0, secret, 20, one, sizeof(one), &length, &bits), PSA_ERROR_DOES_NOT_EXIST);

    assert_int_equal(allocate(&token, &attributes, 0, two, sizeof(two), &length), PSA_SUCCESS);
    assert_int_equal(two[0], one[0]); /* the same slot, not the same key */
    bits = 0;
    assert_int_equal(import(&token, &attributes, 0, secret, 20, two, sizeof(two), &length, &bits), PSA_SUCCESS);
    assert_int_equal(destroy(&token, &key), PSA_SUCCESS);
    key.blob = two;
    assert_int_equal(export_key(&token, &key, data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(export_key(&token, &key, data, 19, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(destroy(&token, &key), PSA_SUCCESS);
    key.length--;
    assert_int_equal(destroy(&token, &key), PSA_ERROR_DATA_CORRUPT);
}

/* Attributes that say more than the token was told. */
static void forged_attributes(void **state)
{
    psa_key_attributes_t attributes = attributes_of(1, PSA_KEY_USAGE_SIGN_MESSAGE);
    uint8_t blob[sizeof(struct blob)], data[64];
    size_t length = 0, bits = 0;
    (void)state;
    assert_int_equal(allocate(&token, &attributes, 0, blob, sizeof(blob), &length), PSA_SUCCESS);
    assert_int_equal(import(&token, &attributes, 0, secret, 20, blob, sizeof(blob), &length, &bits), PSA_SUCCESS);
    struct psacrypto_key key = { &attributes, 0, blob, sizeof(blob), NULL };
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_set_key_algorithm(&attributes, PSA_ALG_HMAC(PSA_ALG_SHA_512));
    assert_int_equal(export_key(&token, &key, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(compute(&token, &key, PSA_ALG_HMAC(PSA_ALG_SHA_512), secret, 1, data, 64, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(destroy(&token, &key), PSA_SUCCESS);
}

static void takes_its_time(void **state)
{
    psa_key_attributes_t attributes = attributes_of(1, PSA_KEY_USAGE_SIGN_MESSAGE);
    uint8_t blob[sizeof(struct blob)];
    size_t length = 0;
    (void)state;
    assert_int_equal(allocate(&token, &attributes, 0, blob, sizeof(blob), &length), PSA_SUCCESS);
    for (unsigned call = 1; call <= 3; call++) {
        assert_int_equal(generate(&token, &attributes, 0, NULL, NULL, 0, blob, sizeof(blob), &length),
                         call < 3 ? PSA_OPERATION_INCOMPLETE : PSA_SUCCESS);
    }
    struct psacrypto_key key = { &attributes, 0, blob, sizeof(blob), NULL };
    assert_int_equal(destroy(&token, &key), PSA_SUCCESS);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, open_library, close_library)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(import_use_export), TEST(slots), TEST(what_it_does_not_have), TEST(places), TEST(forged_attributes), TEST(takes_its_time),
    };
    if (psacrypto_register_driver(LOCATION, &token_driver, &token) != PSA_SUCCESS) {
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
