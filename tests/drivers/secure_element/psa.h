/* SPDX-License-Identifier: Apache-2.0 */
/* Elements as programs see them, in a library with a store of its own for each test. Included once, by a file of tests. */
#ifndef TESTS_SECURE_ELEMENT_PSA_H
#define TESTS_SECURE_ELEMENT_PSA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/secure_element.h>
#include <psacrypto/store.h>

#define SLOTS ((psa_key_location_t)0x800001)
#define SLOT_COUNT 3u

static const uint8_t message[] = "what is signed, sealed and delivered";
static struct psacrypto_secure_element slots_element;

/* An element with slots. */
static void register_slots(const struct psacrypto_driver *driver)
{
    psacrypto_secure_element_init(&slots_element, &psacrypto_software_driver, NULL);
    slots_element.options = PSACRYPTO_SECURE_ELEMENT_SLOTS;
    slots_element.slot_count = SLOT_COUNT;
    assert_int_equal(psacrypto_register_driver(SLOTS, driver, &slots_element), PSA_SUCCESS);
    assert_int_equal(psacrypto_register_driver(SLOTS, driver, &slots_element), PSA_ERROR_ALREADY_EXISTS);
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

#define TEST(test) cmocka_unit_test_setup_teardown(test, open_library, close_library)

#endif
