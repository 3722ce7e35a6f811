/* SPDX-License-Identifier: Apache-2.0 */
/* The driver as a whole: what opens, what does not, and what an instance keeps. */
#include "fixture.h"

#define DRIVER psacrypto_secure_element_driver

static psa_status_t open_it(struct fixture *fixture)
{
    return DRIVER.open(&fixture->element, &fixture->services);
}

static void instances(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(DRIVER.abi, PSACRYPTO_DRIVER_ABI);
    assert_int_equal(DRIVER.size, sizeof(struct psacrypto_driver));
    assert_int_equal(DRIVER.open(NULL, &fixture->services), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(open_it(fixture), PSA_SUCCESS);
    fixture->element.engine = NULL;
    assert_int_equal(open_it(fixture), PSA_ERROR_INVALID_ARGUMENT);
    fixture->element.engine = &psacrypto_software_driver;
    fixture->element.options = PSACRYPTO_SECURE_ELEMENT_SLOTS;
    assert_int_equal(open_it(fixture), PSA_ERROR_INVALID_ARGUMENT);
    fixture->element.slot_count = PSACRYPTO_SECURE_ELEMENT_SLOTS_MAX + 1u;
    assert_int_equal(open_it(fixture), PSA_ERROR_INVALID_ARGUMENT);
    fixture->element.slot_count = PSACRYPTO_SECURE_ELEMENT_SLOTS_MAX;
    assert_int_equal(open_it(fixture), PSA_SUCCESS);
}

static void the_default(void **state)
{
    (void)state;
    assert_ptr_equal(psacrypto_secure_element_default.engine, &psacrypto_software_driver);
    assert_null(psacrypto_secure_element_default.engine_instance);
    assert_int_equal(psacrypto_secure_element_default.options, 0);
    assert_int_equal(psacrypto_secure_element_default.provisioned_count, 0);
}

/* The secrets of an instance do not outlive close(). */
static void close_wipes(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(open_it(fixture), PSA_SUCCESS);
    assert_int_equal(fixture->puts, 0); /* opening touches no state */
    assert_int_equal(se_device_key_open(&fixture->element), PSA_SUCCESS);
    assert_int_equal(se_state(&fixture->element)->has_key, 1);
    DRIVER.close(&fixture->element);
    for (size_t i = 0; i < sizeof(fixture->element.private_data) / 8u; i++) {
        assert_true(fixture->element.private_data[i] == 0);
    }
}

/* One module, two tokens: neither can use the other's keys. */
static void two_instances(void **state)
{
    struct fixture *fixture = *state;
    struct fixture *second;
    struct test_key key;
    uint8_t data[16];
    size_t length = 0;
    void *other = NULL;
    assert_int_equal(open_it(fixture), PSA_SUCCESS);
    (void)fixture_setup(&other);
    second = other;
    second->random_state = 0x1234567;
    fixture_open(second);
    test_key_init(&key, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(test_key_export(second, &key, data, sizeof(data), &length), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(test_key_export(fixture, &key, data, sizeof(data), &length), PSA_SUCCESS);
    (void)fixture_teardown(&other);
}

static void context_sizes(void **state)
{
    struct fixture *fixture = *state;
    const struct psacrypto_driver *engine = fixture->element.engine;
    assert_int_equal(DRIVER.context_size(&fixture->element, PSACRYPTO_FAMILY_MAC, PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 256),
                     engine->context_size(NULL, PSACRYPTO_FAMILY_MAC, PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_KEY_TYPE_HMAC, 256));
    assert_int_equal(DRIVER.context_size(&fixture->element, PSACRYPTO_FAMILY_KEY_DERIVATION, PSA_ALG_HKDF(PSA_ALG_SHA_256), 0, 0),
                     engine->context_size(NULL, PSACRYPTO_FAMILY_KEY_DERIVATION, PSA_ALG_HKDF(PSA_ALG_SHA_256), 0, 0) + SE_DERIVATION_HEADER);
    assert_int_equal(DRIVER.context_size(&fixture->element, PSACRYPTO_FAMILY_KEY_DERIVATION, PSA_ALG_CTR, 0, 0), 0);
    assert_int_equal(DRIVER.context_size(&fixture->element, PSACRYPTO_FAMILY_HASH, PSA_ALG_SHA_256, 0, 0), 0);
    psa_key_type_t p256 = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    assert_int_not_equal(DRIVER.context_size(&fixture->element, PSACRYPTO_FAMILY_SIGN, PSA_ALG_ECDSA(PSA_ALG_SHA_256), p256, 256), 0);
    assert_int_not_equal(DRIVER.context_size(&fixture->element, PSACRYPTO_FAMILY_KEY_AGREEMENT, PSA_ALG_ECDH, p256, 256), 0);
    assert_int_equal(DRIVER.context_size(&fixture->element, PSACRYPTO_FAMILY_SIGN, PSA_ALG_ECDSA(PSA_ALG_SHA_256), PSA_KEY_TYPE_AES, 256), 0);
}

/* An engine that has nothing but keys: the element has no more. */
static void poor_engine(void **state)
{
    struct fixture *fixture = *state;
    se_t *element = &fixture->element;
    struct psacrypto_driver engine = psacrypto_software_driver;
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    struct test_key key;
    uint8_t data[32] = { 0 };
    size_t length = 0;
    assert_int_equal(open_it(fixture), PSA_SUCCESS);
    test_key_init(&key, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP, PSA_ALG_KW);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    engine.asymmetric_encryption = NULL;
    engine.key_wrap = NULL;
    engine.sign = NULL;
    engine.pake = NULL;
    element->engine = &engine;
    assert_int_equal(DRIVER.asymmetric_encryption->encrypt(element, &key.key, PSA_ALG_RSA_PKCS1V15_CRYPT, data, 16, NULL, 0, data, 32, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(DRIVER.asymmetric_encryption->decrypt(element, &key.key, PSA_ALG_RSA_PKCS1V15_CRYPT, data, 16, NULL, 0, data, 32, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(DRIVER.key_wrap->wrap(element, &key.key, PSA_ALG_KW, data, 16, data, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(DRIVER.key_wrap->unwrap(element, &key.key, PSA_ALG_KW, data, 24, data, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(DRIVER.sign->verify_setup(element, &key.key, data, PSA_ALG_PURE_EDDSA, NULL, 0, data, 32), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(DRIVER.sign->verify_abort(element, data), PSA_SUCCESS);
    assert_int_equal(DRIVER.pake->setup(element, &key.key, data, &suite), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(DRIVER.pake->set_user(element, data, data, 1), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(DRIVER.pake->abort(element, data), PSA_SUCCESS);
    element->engine = &psacrypto_software_driver;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(instances, fixture_setup, fixture_teardown),
        cmocka_unit_test(the_default),
        cmocka_unit_test_setup_teardown(close_wipes, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(two_instances, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(poor_engine, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(context_sizes, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
