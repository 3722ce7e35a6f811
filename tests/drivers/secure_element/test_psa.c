/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The element as programs see it: through psa_*(), at three locations. The build's own at 1; one with slots and one with
 * provisioned keys that are registered here.
 */
#define _GNU_SOURCE /* mkdtemp() */

#include "psa.h"

#define WRAPPED PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT
#define FACTORY ((psa_key_location_t)0x800002)
#define BUILT_IN_ID ((psa_key_id_t)0x7fff0010)
#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define HMAC PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define ECDSA PSA_ALG_ECDSA(PSA_ALG_SHA_256)
#define HKDF PSA_ALG_HKDF(PSA_ALG_SHA_256)

static const uint8_t secret[32] = "thirty-one bytes of a test key.";

static const struct psacrypto_secure_element_key factory_keys[] = {
    { 1, PSA_KEY_ID_NULL, (const uint8_t *)"vendor", 6, PSA_KEY_TYPE_HMAC, 256, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_COPY,
      HMAC, PSA_ALG_NONE, secret, sizeof(secret) },
    { 2, BUILT_IN_ID, NULL, 0, PSA_KEY_TYPE_AES, 256, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT,
      PSA_ALG_GCM, PSA_ALG_NONE, secret, sizeof(secret) },
};

static struct psacrypto_secure_element factory_element;


static void register_factory(void)
{
    psacrypto_secure_element_init(&factory_element, &psacrypto_software_driver, NULL);
    factory_element.provisioned = factory_keys;
    factory_element.provisioned_count = sizeof(factory_keys) / sizeof(factory_keys[0]);
    assert_int_equal(psacrypto_register_driver(FACTORY, &psacrypto_secure_element_driver, &factory_element), PSA_SUCCESS);
}

static const psa_key_location_t locations[] = { WRAPPED, SLOTS };

/* ---- What a key does ---- */

static void generate_and_use(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_id_t key;
        uint8_t data[32];
        size_t length;
        assert_int_equal(make_aes(locations[i], 10 + i, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, &key), PSA_SUCCESS);
        aead_with(key);
        assert_int_equal(psa_export_key(key, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);
        restart();
        aead_with(key);
        assert_int_equal(psa_purge_key(key), PSA_SUCCESS);
        aead_with(key);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, data, sizeof(data), &length), PSA_ERROR_INVALID_HANDLE);
    }
}

static void volatile_keys(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_id_t keys[2 * SLOT_COUNT]; /* more than there are slots */
        for (unsigned j = 0; j < 2 * SLOT_COUNT; j++) {
            assert_int_equal(make_aes(locations[i], 0, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, &keys[j]), PSA_SUCCESS);
        }
        for (unsigned j = 0; j < 2 * SLOT_COUNT; j++) {
            aead_with(keys[j]);
            assert_int_equal(psa_destroy_key(keys[j]), PSA_SUCCESS);
        }
    }
}

static void import_and_export(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_attributes_t attributes = attributes_of(locations[i], 20 + i, PSA_KEY_TYPE_HMAC, 0,
                                                        PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE, HMAC);
        psa_key_id_t key, local;
        uint8_t data[64], mac[32], same[32];
        size_t length;
        assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &key), PSA_SUCCESS);
        assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &local), PSA_ERROR_ALREADY_EXISTS);
        assert_int_equal(psa_export_key(key, data, sizeof(data), &length), PSA_SUCCESS);
        assert_int_equal(length, sizeof(secret));
        assert_memory_equal(data, secret, length);
        assert_int_equal(psa_mac_compute(key, HMAC, message, sizeof(message), mac, sizeof(mac), &length), PSA_SUCCESS);
        attributes = attributes_of(0, 0, PSA_KEY_TYPE_HMAC, 0, PSA_KEY_USAGE_SIGN_MESSAGE, HMAC);
        assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &local), PSA_SUCCESS);
        assert_int_equal(psa_mac_compute(local, HMAC, message, sizeof(message), same, sizeof(same), &length), PSA_SUCCESS);
        assert_memory_equal(mac, same, sizeof(mac));
        assert_int_equal(psa_mac_verify(key, HMAC, message, sizeof(message), mac, sizeof(mac)), PSA_SUCCESS);
        mac[0] ^= 1;
        assert_int_equal(psa_mac_verify(key, HMAC, message, sizeof(message), mac, sizeof(mac)), PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(local), PSA_SUCCESS);
    }
}

static void sign_and_verify(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_attributes_t attributes = attributes_of(locations[i], 30 + i, P256, 256, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE, ECDSA);
        psa_key_id_t key, public_key;
        uint8_t signature[64], point[65];
        size_t length;
        assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
        assert_int_equal(psa_sign_message(key, ECDSA, message, sizeof(message), signature, sizeof(signature), &length), PSA_SUCCESS);
        assert_int_equal(psa_verify_message(key, ECDSA, message, sizeof(message), signature, length), PSA_SUCCESS);
        assert_int_equal(psa_export_public_key(key, point, sizeof(point), &length), PSA_SUCCESS);
        attributes = attributes_of(0, 0, PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(P256), 0, PSA_KEY_USAGE_VERIFY_MESSAGE, ECDSA);
        assert_int_equal(psa_import_key(&attributes, point, length, &public_key), PSA_SUCCESS);
        assert_int_equal(psa_verify_message(public_key, ECDSA, message, sizeof(message), signature, 64), PSA_SUCCESS);
        assert_int_equal(psa_sign_hash(key, ECDSA, secret, 32, signature, sizeof(signature), &length), PSA_ERROR_NOT_PERMITTED);

        psa_sign_operation_t operation = PSA_SIGN_OPERATION_INIT;
        assert_int_equal(psa_sign_setup(&operation, key, ECDSA), PSA_SUCCESS);
        assert_int_equal(psa_sign_update(&operation, message, 10), PSA_SUCCESS);
        assert_int_equal(psa_sign_update(&operation, message + 10, sizeof(message) - 10), PSA_SUCCESS);
        assert_int_equal(psa_sign_finish(&operation, signature, sizeof(signature), &length), PSA_SUCCESS);
        assert_int_equal(psa_verify_message(public_key, ECDSA, message, sizeof(message), signature, 64), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(public_key), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void derive_with(psa_key_id_t key, uint8_t output[40])
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    assert_int_equal(psa_key_derivation_setup(&operation, HKDF), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, message, 5), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, message, 9), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 40), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
}

static void derivation(void **state)
{
    uint8_t expected[40], output[40];
    psa_key_id_t key;
    (void)state;
    psa_key_attributes_t attributes = attributes_of(0, 0, PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_DERIVE, HKDF);
    assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &key), PSA_SUCCESS);
    derive_with(key, expected);
    for (unsigned i = 0; i < 2; i++) {
        attributes = attributes_of(locations[i], 40 + i, PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_DERIVE, HKDF);
        assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &key), PSA_SUCCESS);
        derive_with(key, output);
        assert_memory_equal(output, expected, sizeof(expected));
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

/* From a key of the element into the element: the key that comes out is as hidden as the one that went in. */
static void derive_a_key(void **state)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_attributes_t attributes = attributes_of(SLOTS, 45, PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_DERIVE, HKDF);
    psa_key_id_t key, derived;
    uint8_t data[32];
    size_t length;
    (void)state;
    assert_int_equal(psa_import_key(&attributes, secret, sizeof(secret), &key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_setup(&operation, HKDF), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, message, 9), PSA_SUCCESS);
    attributes = attributes_of(SLOTS, 46, PSA_KEY_TYPE_AES, 256, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, PSA_ALG_GCM);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &derived), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    aead_with(derived);
    assert_int_equal(psa_export_key(derived, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(derived), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    expect_slots_free(SLOT_COUNT);
}

static void agreement(void **state)
{
    psa_algorithm_t combined = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF);
    psa_key_attributes_t attributes = attributes_of(WRAPPED, 50, P256, 256, PSA_KEY_USAGE_DERIVE, combined);
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t key, other;
    uint8_t point[65], one[32], two[32];
    size_t length;
    (void)state;
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    attributes = attributes_of(SLOTS, 51, P256, 256, PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH);
    assert_int_equal(psa_generate_key(&attributes, &other), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(other, point, sizeof(point), &length), PSA_SUCCESS);
    assert_int_equal(psa_raw_key_agreement(PSA_ALG_ECDH, key, point, length, one, sizeof(one), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_key_derivation_setup(&operation, combined), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_key_agreement(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, key, point, sizeof(point)), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, message, 9), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, one, sizeof(one)), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);

    assert_int_equal(psa_export_public_key(key, point, sizeof(point), &length), PSA_SUCCESS);
    assert_int_equal(psa_raw_key_agreement(PSA_ALG_ECDH, other, point, length, two, sizeof(two), &length), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_setup(&operation, HKDF), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, two, sizeof(two)), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, message, 9), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, two, sizeof(two)), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    assert_memory_equal(one, two, sizeof(one));

    /* A secret of the element in the place of the agreed one. */
    attributes = attributes_of(WRAPPED, 0, PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_DERIVE, combined);
    assert_int_equal(psa_import_key(&attributes, message, 32, &key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_setup(&operation, combined), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, key), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* ---- Copies ---- */

static void copies(void **state)
{
    psa_key_id_t source, target;
    uint8_t data[32];
    size_t length;
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_usage_t usage = PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
        assert_int_equal(make_aes(locations[i], 60, usage, &source), PSA_SUCCESS);
        for (psa_key_id_t id = 0; id < 62; id += 61) { /* into a volatile key and a persistent one */
            psa_key_attributes_t attributes = attributes_of(locations[i], id, 0, 0, usage | PSA_KEY_USAGE_EXPORT, PSA_ALG_GCM);
            assert_int_equal(psa_copy_key(source, &attributes, &target), PSA_SUCCESS);
            aead_with(target);
            assert_int_equal(psa_export_key(target, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);
            assert_int_equal(psa_destroy_key(target), PSA_SUCCESS);
        }
        psa_key_attributes_t outside = attributes_of(0, 0, 0, 0, usage, PSA_ALG_GCM);
        assert_int_equal(psa_copy_key(source, &outside, &target), PSA_ERROR_NOT_PERMITTED);
        outside = attributes_of(locations[1u - i], 0, 0, 0, usage, PSA_ALG_GCM);
        assert_int_equal(psa_copy_key(source, &outside, &target), PSA_ERROR_NOT_PERMITTED);
        assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
        assert_int_equal(make_aes(locations[i], 60, usage | PSA_KEY_USAGE_EXPORT, &source), PSA_SUCCESS);
        assert_int_equal(psa_copy_key(source, &outside, &target), PSA_SUCCESS);
        aead_with(target);
        assert_int_equal(psa_destroy_key(target), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
    }
    expect_slots_free(SLOT_COUNT);
}

/* ---- Keys of the factory ---- */

static void attached(void **state)
{
    psa_key_attributes_t attributes = attributes_of(FACTORY, 0, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_EXPORT, HMAC);
    psa_key_attributes_t got = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key, again, copy;
    uint8_t mac[32], same[32];
    size_t length;
    (void)state;
    assert_int_equal(psa_attach_key(&attributes, (const uint8_t *)"nobody", 6, &key), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(psa_attach_key(&attributes, (const uint8_t *)"vendor", 6, &key), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(key, &got), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&got), PSA_KEY_TYPE_HMAC);
    assert_int_equal(psa_get_key_bits(&got), 256);
    assert_int_equal(psa_get_key_usage_flags(&got), PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(psa_mac_compute(key, HMAC, message, sizeof(message), mac, sizeof(mac), &length), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, same, sizeof(same), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    assert_int_equal(psa_mac_compute(key, HMAC, message, sizeof(message), mac, sizeof(mac), &length), PSA_ERROR_INVALID_HANDLE);

    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_COPY);
    assert_int_equal(psa_attach_key(&attributes, (const uint8_t *)"vendor", 6, &again), PSA_SUCCESS); /* it is still there */
    attributes = attributes_of(FACTORY, 70, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, HMAC);
    assert_int_equal(psa_copy_key(again, &attributes, &copy), PSA_SUCCESS); /* a persistent key out of it */
    restart();
    assert_int_equal(psa_mac_compute(copy, HMAC, message, sizeof(message), same, sizeof(same), &length), PSA_SUCCESS);
    assert_memory_equal(mac, same, sizeof(mac));
}

static void attach_refused(void **state)
{
    psa_key_attributes_t attributes = attributes_of(FACTORY, 71, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, HMAC);
    psa_key_id_t key;
    (void)state;
    assert_int_equal(psa_attach_key(&attributes, (const uint8_t *)"vendor", 6, &key), PSA_ERROR_INVALID_ARGUMENT); /* persistent */
    attributes = attributes_of(FACTORY, 0, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_CMAC);
    assert_int_equal(psa_attach_key(&attributes, (const uint8_t *)"vendor", 6, &key), PSA_ERROR_INVALID_ARGUMENT);
    attributes = attributes_of(FACTORY, 0, PSA_KEY_TYPE_HMAC, 128, PSA_KEY_USAGE_SIGN_MESSAGE, HMAC);
    assert_int_equal(psa_attach_key(&attributes, (const uint8_t *)"vendor", 6, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(key, PSA_KEY_ID_NULL);
}

static void built_in(void **state)
{
    psa_key_attributes_t got = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[32];
    size_t length;
    (void)state;
    assert_int_equal(psa_get_key_attributes(BUILT_IN_ID, &got), PSA_SUCCESS);
    assert_int_equal(PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(&got)), FACTORY);
    assert_int_equal(PSA_KEY_LIFETIME_GET_PERSISTENCE(psa_get_key_lifetime(&got)), PSA_KEY_PERSISTENCE_READ_ONLY);
    assert_int_equal(psa_get_key_id(&got), BUILT_IN_ID);
    assert_int_equal(psa_get_key_bits(&got), 256);
    aead_with(BUILT_IN_ID);
    assert_int_equal(psa_export_key(BUILT_IN_ID, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(BUILT_IN_ID), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_get_key_attributes(BUILT_IN_ID + 1u, &got), PSA_ERROR_INVALID_HANDLE);
    restart();
    aead_with(BUILT_IN_ID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(generate_and_use), TEST(volatile_keys), TEST(import_and_export), TEST(sign_and_verify), TEST(derivation),
        TEST(derive_a_key), TEST(agreement), TEST(copies), TEST(attached), TEST(attach_refused), TEST(built_in),
    };
    register_slots(&psacrypto_secure_element_driver);
    register_factory();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
