/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The element as programs see it: through psa_*(), at three locations. The build's own at 1; one with slots and one with
 * provisioned keys that are registered here. Crashes are real ones: a child process dies inside of the driver, and the
 * next start of the library finds what it left in the store and in the journal.
 */
#define _GNU_SOURCE /* mkdtemp(), fork() */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/secure_element.h>
#include <psacrypto/store.h>

#define WRAPPED PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT
#define SLOTS ((psa_key_location_t)0x800001)
#define FACTORY ((psa_key_location_t)0x800002)
#define SLOT_COUNT 3u
#define BUILT_IN_ID ((psa_key_id_t)0x7fff0010)
#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define HMAC PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define ECDSA PSA_ALG_ECDSA(PSA_ALG_SHA_256)
#define HKDF PSA_ALG_HKDF(PSA_ALG_SHA_256)

static const uint8_t message[] = "what is signed, sealed and delivered";
static const uint8_t secret[32] = "thirty-one bytes of a test key.";

static const struct psacrypto_secure_element_key factory_keys[] = {
    { 1, PSA_KEY_ID_NULL, (const uint8_t *)"vendor", 6, PSA_KEY_TYPE_HMAC, 256, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_COPY,
      HMAC, PSA_ALG_NONE, secret, sizeof(secret) },
    { 2, BUILT_IN_ID, NULL, 0, PSA_KEY_TYPE_AES, 256, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT,
      PSA_ALG_GCM, PSA_ALG_NONE, secret, sizeof(secret) },
};

static struct psacrypto_secure_element slots_element;
static struct psacrypto_secure_element factory_element;

/* ---- The driver, with places to die at ---- */

enum moment { NEVER, AFTER_ALLOCATE, BEFORE_FILL, AFTER_FILL, BEFORE_DESTROY, AFTER_DESTROY };
static enum moment dies;
static struct psacrypto_key_management_entries mortal_entries;
static struct psacrypto_driver mortal_driver;

#define ORIGINAL (psacrypto_secure_element_driver.key_management)
#define DEAD 77

static void die_at(enum moment moment)
{
    if (dies == moment) {
        _exit(DEAD); /* nothing is flushed, unlocked or undone */
    }
}

static psa_status_t mortal_allocate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                                    uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    psa_status_t status = ORIGINAL->allocate(instance, attributes, owner, blob, blob_size, blob_length);
    die_at(AFTER_ALLOCATE);
    return status;
}

static psa_status_t mortal_generate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                                    const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                                    uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    die_at(BEFORE_FILL);
    psa_status_t status = ORIGINAL->generate(instance, attributes, owner, custom, custom_data, custom_data_length,
                                             blob, blob_size, blob_length);
    die_at(AFTER_FILL);
    return status;
}

static psa_status_t mortal_destroy(void *instance, const struct psacrypto_key *key)
{
    die_at(BEFORE_DESTROY);
    psa_status_t status = ORIGINAL->destroy(instance, key);
    die_at(AFTER_DESTROY);
    return status;
}

static void register_drivers(void)
{
    mortal_entries = *ORIGINAL;
    mortal_entries.allocate = mortal_allocate;
    mortal_entries.generate = mortal_generate;
    mortal_entries.destroy = mortal_destroy;
    mortal_driver = psacrypto_secure_element_driver;
    mortal_driver.key_management = &mortal_entries;
    psacrypto_secure_element_init(&slots_element, &psacrypto_software_driver, NULL);
    slots_element.options = PSACRYPTO_SECURE_ELEMENT_SLOTS;
    slots_element.slot_count = SLOT_COUNT;
    psacrypto_secure_element_init(&factory_element, &psacrypto_software_driver, NULL);
    factory_element.provisioned = factory_keys;
    factory_element.provisioned_count = sizeof(factory_keys) / sizeof(factory_keys[0]);
    assert_int_equal(psacrypto_register_driver(SLOTS, &mortal_driver, &slots_element), PSA_SUCCESS);
    assert_int_equal(psacrypto_register_driver(FACTORY, &psacrypto_secure_element_driver, &factory_element), PSA_SUCCESS);
    assert_int_equal(psacrypto_register_driver(SLOTS, &mortal_driver, &slots_element), PSA_ERROR_ALREADY_EXISTS);
}

/* ---- A store per test ---- */

static char directory[64];

static int open_library(void **state)
{
    (void)state;
    strcpy(directory, "/tmp/psacrypto-test-XXXXXX");
    assert_non_null(mkdtemp(directory));
    assert_int_equal(psacrypto_set_store_directory(directory), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    return 0;
}

static int close_library(void **state)
{
    char command[96];
    (void)state;
    psacrypto_shutdown();
    (void)snprintf(command, sizeof(command), "rm -rf %s", directory);
    return system(command);
}

static void restart(void)
{
    psacrypto_shutdown();
    assert_int_equal(psacrypto_set_store_directory(directory), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

/* ---- Keys ---- */

static psa_key_attributes_t attributes_of(psa_key_location_t location, psa_key_id_t id, psa_key_type_t type, size_t bits,
                                          psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_persistence_t persistence = id == 0 ? PSA_KEY_PERSISTENCE_VOLATILE : PSA_KEY_PERSISTENCE_DEFAULT;
    if (id != 0) {
        psa_set_key_id(&attributes, id);
    }
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(persistence, location));
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    return attributes;
}

static psa_status_t make_aes(psa_key_location_t location, psa_key_id_t id, psa_key_usage_t usage, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = attributes_of(location, id, PSA_KEY_TYPE_AES, 256, usage, PSA_ALG_GCM);
    return psa_generate_key(&attributes, key);
}

/* Whether all slots can be filled: none leaked. */
static void expect_slots_free(unsigned count)
{
    psa_key_id_t keys[SLOT_COUNT], extra;
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(make_aes(SLOTS, 0x1000 + i, 0, &keys[i]), PSA_SUCCESS);
    }
    assert_int_equal(make_aes(SLOTS, 0x2000, 0, &extra), PSA_ERROR_INSUFFICIENT_STORAGE);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(psa_destroy_key(keys[i]), PSA_SUCCESS);
    }
}

static const psa_key_location_t locations[] = { WRAPPED, SLOTS };

/* ---- What a key does ---- */

static void aead_with(psa_key_id_t key)
{
    static const uint8_t nonce[12] = { 1 };
    uint8_t sealed[64], text[64];
    size_t length = 0, text_length = 0;
    assert_int_equal(psa_aead_encrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, message, sizeof(message), sealed, sizeof(sealed), &length),
                     PSA_SUCCESS);
    assert_int_equal(psa_aead_decrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, sealed, length, text, sizeof(text), &text_length), PSA_SUCCESS);
    assert_int_equal(text_length, sizeof(message));
    assert_memory_equal(text, message, sizeof(message));
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    uint8_t tag[16], parts[64];
    size_t tag_length = 0, part = 0;
    assert_int_equal(psa_aead_encrypt_setup(&operation, key, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&operation, nonce, 12), PSA_SUCCESS);
    assert_int_equal(psa_aead_update(&operation, message, sizeof(message), parts, sizeof(parts), &part), PSA_SUCCESS);
    assert_int_equal(psa_aead_finish(&operation, parts + part, sizeof(parts) - part, &text_length, tag, 16, &tag_length), PSA_SUCCESS);
    assert_memory_equal(parts, sealed, sizeof(message));
    assert_memory_equal(tag, sealed + sizeof(message), 16);
}

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

/* ---- Crashes ---- */

/* What a child does until it dies at moment. It has the store of the test, in which key 80 lies. */
static void child(enum moment moment)
{
    psa_key_id_t key;
    if (psacrypto_set_store_directory(directory) != PSA_SUCCESS || psa_crypto_init() != PSA_SUCCESS) {
        _exit(1);
    }
    dies = moment;
    if (moment == BEFORE_DESTROY || moment == AFTER_DESTROY) {
        (void)psa_destroy_key(80);
    } else {
        (void)make_aes(SLOTS, 81, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, &key);
    }
    _exit(2);
}

static void crash_at(enum moment moment)
{
    int status = 0;
    psacrypto_shutdown();
    pid_t pid = fork();
    if (pid == 0) {
        child(moment);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), DEAD);
    restart();
}

/* Key 80 is untouched, key 81 came not to be, its slot is free again. */
static void crash_while_creating(void **state)
{
    static const enum moment moments[] = { AFTER_ALLOCATE, BEFORE_FILL, AFTER_FILL };
    psa_key_id_t key;
    (void)state;
    assert_int_equal(make_aes(SLOTS, 80, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, &key), PSA_SUCCESS);
    for (unsigned i = 0; i < 3; i++) {
        psa_key_attributes_t got = PSA_KEY_ATTRIBUTES_INIT;
        crash_at(moments[i]);
        assert_int_equal(psa_get_key_attributes(81, &got), PSA_ERROR_INVALID_HANDLE);
        aead_with(80);
        expect_slots_free(SLOT_COUNT - 1u);
        assert_int_equal(make_aes(SLOTS, 81, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, &key), PSA_SUCCESS);
        aead_with(81);
        assert_int_equal(psa_destroy_key(81), PSA_SUCCESS);
    }
}

/* Destruction that was begun is completed. */
static void crash_while_destroying(void **state)
{
    static const enum moment moments[] = { BEFORE_DESTROY, AFTER_DESTROY };
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_attributes_t got = PSA_KEY_ATTRIBUTES_INIT;
        psa_key_id_t key;
        assert_int_equal(make_aes(SLOTS, 80, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, &key), PSA_SUCCESS);
        crash_at(moments[i]);
        assert_int_equal(psa_get_key_attributes(80, &got), PSA_ERROR_INVALID_HANDLE);
        expect_slots_free(SLOT_COUNT);
    }
}

/* ---- Several at a time ---- */

static void *create_and_destroy(void *argument)
{
    psa_key_id_t id = *(const psa_key_id_t *)argument;
    for (unsigned i = 0; i < 5; i++) {
        psa_key_id_t key;
        if (make_aes(SLOTS, id, PSA_KEY_USAGE_ENCRYPT, &key) != PSA_SUCCESS || psa_destroy_key(key) != PSA_SUCCESS) {
            return argument;
        }
    }
    return NULL;
}

static void threads(void **state)
{
    pthread_t thread[SLOT_COUNT];
    psa_key_id_t id[SLOT_COUNT];
    (void)state;
    for (unsigned i = 0; i < SLOT_COUNT; i++) {
        id[i] = 90 + i;
        assert_int_equal(pthread_create(&thread[i], NULL, create_and_destroy, &id[i]), 0);
    }
    for (unsigned i = 0; i < SLOT_COUNT; i++) {
        void *failed = NULL;
        assert_int_equal(pthread_join(thread[i], &failed), 0);
        assert_null(failed);
    }
    expect_slots_free(SLOT_COUNT);
}

/* Each makes one key; the first of them makes the device key for all. */
static void processes(void **state)
{
    pid_t pid[SLOT_COUNT];
    psa_key_id_t extra;
    (void)state;
    psacrypto_shutdown();
    for (unsigned i = 0; i < SLOT_COUNT; i++) {
        pid[i] = fork();
        if (pid[i] == 0) {
            psa_key_id_t key;
            psa_key_usage_t usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
            _exit(psacrypto_set_store_directory(directory) == PSA_SUCCESS && psa_crypto_init() == PSA_SUCCESS &&
                          make_aes(SLOTS, 100 + i, usage, &key) == PSA_SUCCESS ? 0 : 1);
        }
    }
    for (unsigned i = 0; i < SLOT_COUNT; i++) {
        int status = 0;
        assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    restart();
    for (unsigned i = 0; i < SLOT_COUNT; i++) {
        aead_with(100 + i);
    }
    assert_int_equal(make_aes(SLOTS, 110, 0, &extra), PSA_ERROR_INSUFFICIENT_STORAGE);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, open_library, close_library)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(generate_and_use), TEST(volatile_keys), TEST(import_and_export), TEST(sign_and_verify), TEST(derivation),
        TEST(derive_a_key), TEST(agreement), TEST(copies), TEST(attached), TEST(attach_refused), TEST(built_in),
        TEST(crash_while_creating), TEST(crash_while_destroying), TEST(threads), TEST(processes),
    };
    register_drivers();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
