/* SPDX-License-Identifier: Apache-2.0 */
/* The transparent driver of docs/drivers.md: every length and every cut, against the software driver; then through the API. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../examples/driver/accelerator.c"
#include "../../examples/driver/coprocessor.c"

#include <psacrypto/library.h>

#define ALG PSA_ALG_HMAC(PSA_ALG_SHA_256)

static uint8_t text[300];

struct any_key {
    psa_key_attributes_t attributes;
    struct psacrypto_key key;
    struct midstates prepared;
};

static const struct psacrypto_key *make(struct any_key *any, size_t length)
{
    memset(any, 0, sizeof(*any));
    psa_set_key_type(&any->attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_bits(&any->attributes, 8 * length);
    any->key.attributes = &any->attributes;
    any->key.blob = text + 3;
    any->key.length = length;
    return &any->key;
}

static void expected_mac(const struct psacrypto_key *key, size_t input_length, uint8_t mac[32])
{
    struct psacrypto_key plain = *key;
    size_t length = 0;
    plain.prepared = NULL;
    assert_int_equal(psacrypto_software_driver.mac->compute(NULL, &plain, ALG, text, input_length, mac, 32, &length), PSA_SUCCESS);
}

static void in_parts(const struct psacrypto_key *key, size_t first, size_t input_length, const uint8_t expected[32])
{
    struct running running;
    uint8_t mac[32];
    size_t length = 0;
    memset(&running, 0, sizeof(running));
    assert_int_equal(mac_entries.sign_setup(NULL, key, &running, ALG), PSA_SUCCESS);
    assert_int_equal(mac_entries.update(NULL, key, &running, text, first), PSA_SUCCESS);
    struct running moved = running;
    memset(&running, 0xee, sizeof(running));
    assert_int_equal(mac_entries.update(NULL, key, &moved, text + first, input_length - first), PSA_SUCCESS);
    struct running again = moved;
    assert_int_equal(mac_entries.sign_finish(NULL, key, &moved, mac, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(mac, expected, 32);
    assert_int_equal(mac_entries.verify_finish(NULL, key, &again, mac, 32), PSA_SUCCESS);
}

static void every_length(void **state)
{
    static const size_t key_lengths[] = { 1, 32, 63, 64, 65, 128, 150 };
    (void)state;
    for (size_t k = 0; k < sizeof(key_lengths) / sizeof(key_lengths[0]); k++) {
        struct any_key any;
        struct psacrypto_key key = *make(&any, key_lengths[k]);
        assert_int_equal(prepared_size(NULL, &key, ALG), sizeof(any.prepared));
        assert_int_equal(prepare(NULL, &key, ALG, &any.prepared), PSA_SUCCESS);
        for (size_t n = 0; n < 200; n++) {
            uint8_t expected[32], mac[32];
            size_t length = 0;
            expected_mac(&key, n, expected);
            key.prepared = n % 2 != 0 ? &any.prepared : NULL;
            assert_int_equal(compute(NULL, &key, ALG, text, n, mac, 32, &length), PSA_SUCCESS);
            assert_int_equal(length, 32);
            assert_memory_equal(mac, expected, 32);
            in_parts(&key, n / 3, n, expected);
            in_parts(&key, n, n, expected);
        }
    }
}

static void every_cut(void **state)
{
    struct any_key any;
    const struct psacrypto_key *key = make(&any, 20);
    uint8_t expected[32];
    (void)state;
    expected_mac(key, 130, expected);
    for (size_t first = 0; first <= 130; first++) {
        in_parts(key, first, 130, expected);
    }
}

static void truncated(void **state)
{
    struct any_key any;
    const struct psacrypto_key *key = make(&any, 20);
    uint8_t expected[32], mac[32];
    size_t length = 0;
    (void)state;
    expected_mac(key, 50, expected);
    for (size_t n = 4; n <= 32; n++) {
        struct running running;
        psa_algorithm_t alg = PSA_ALG_TRUNCATED_MAC(ALG, n);
        memset(mac, 0, sizeof(mac));
        assert_int_equal(compute(NULL, key, alg, text, 50, mac, n, &length), PSA_SUCCESS);
        assert_int_equal(length, n);
        assert_memory_equal(mac, expected, n);
        assert_true(n == 32 || mac[n] == 0);
        assert_int_equal(setup(NULL, key, &running, alg), PSA_SUCCESS);
        assert_int_equal(update(NULL, key, &running, text, 50), PSA_SUCCESS);
        mac[n - 1] ^= 1;
        assert_int_equal(verify_finish(NULL, key, &running, mac, n), PSA_ERROR_INVALID_SIGNATURE);
    }
}

static void unsupported(void **state)
{
    struct any_key any;
    const struct psacrypto_key *key = make(&any, 20);
    struct running running;
    uint8_t mac[64];
    size_t length = 0;
    (void)state;
    assert_int_equal(compute(NULL, key, PSA_ALG_HMAC(PSA_ALG_SHA_512), text, 5, mac, 64, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(compute(NULL, key, PSA_ALG_TRUNCATED_MAC(ALG, 40), text, 5, mac, 40, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(setup(NULL, key, &running, PSA_ALG_CMAC), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(prepared_size(NULL, key, PSA_ALG_CMAC), 0);
    assert_int_equal(context_size(NULL, PSACRYPTO_FAMILY_MAC, ALG, PSA_KEY_TYPE_HMAC, 128), sizeof(struct running));
    assert_int_equal(context_size(NULL, PSACRYPTO_FAMILY_MAC, ALG, PSA_KEY_TYPE_AES, 128), 0);
    assert_int_equal(context_size(NULL, PSACRYPTO_FAMILY_HASH, PSA_ALG_SHA_256, 0, 0), 0);
}

/* The driver is asked first, what it does not have goes on to the next, and a key is expanded once. */
static void through_the_api(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    uint8_t mac[64];
    size_t length = 0;
    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_set_key_algorithm(&attributes, ALG);
    assert_int_equal(psa_import_key(&attributes, text, 20, &key), PSA_SUCCESS);
    unsigned long before = coprocessor_done();
    assert_int_equal(psa_mac_compute(key, ALG, text, 10, mac, 32, &length), PSA_SUCCESS);
    assert_int_equal(coprocessor_done() - before, 4);
    before = coprocessor_done();
    assert_int_equal(psa_mac_compute(key, ALG, text, 10, mac, 32, &length), PSA_SUCCESS);
    assert_int_equal(coprocessor_done() - before, 2);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    psa_set_key_algorithm(&attributes, PSA_ALG_HMAC(PSA_ALG_SHA_512));
    assert_int_equal(psa_import_key(&attributes, text, 20, &key), PSA_SUCCESS);
    before = coprocessor_done();
    assert_int_equal(psa_mac_compute(key, PSA_ALG_HMAC(PSA_ALG_SHA_512), text, 10, mac, 64, &length), PSA_SUCCESS);
    assert_int_equal(coprocessor_done() - before, 0);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length), cmocka_unit_test(every_cut), cmocka_unit_test(truncated),
        cmocka_unit_test(unsupported),  cmocka_unit_test(through_the_api),
    };
    for (size_t i = 0; i < sizeof(text); i++) {
        text[i] = (uint8_t)(i * 11 + 5);
    }
    if (psacrypto_register_driver(PSA_KEY_LOCATION_LOCAL_STORAGE, &accelerator_driver, NULL) != PSA_SUCCESS ||
        psa_crypto_init() != PSA_SUCCESS) {
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    psacrypto_shutdown();
    return failed;
}
