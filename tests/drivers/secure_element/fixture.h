/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the library would offer to the element, made by hand: OpenSSL for the cryptography, a few objects in memory for
 * the state, a lock that complains when it is taken twice. Each service can be told to fail.
 */
#ifndef TESTS_SECURE_ELEMENT_FIXTURE_H
#define TESTS_SECURE_ELEMENT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "platform/platform.h"
#include "secure_element/element.h"

#define FIXTURE_OBJECTS 16u
#define FIXTURE_OBJECT_SIZE 4400u
#define FIXTURE_LOCATION 0x800123u
#define NEVER 0xffffffffu

struct fixture {
    se_t element;
    struct psacrypto_services services;
    struct {
        int present;
        size_t length;
        uint8_t data[FIXTURE_OBJECT_SIZE];
    } object[FIXTURE_OBJECTS];  /* uid is the index */
    uint32_t puts_left;     /* state_put() that still work */
    uint32_t randoms_left;  /* random() that still work */
    psa_status_t get_status; /* what state_get() answers if not PSA_SUCCESS */
    uint32_t puts;
    uint64_t random_state;
    int locked;
};

/* ---- Services ---- */

/* Bytes of a generator that is good enough to tell one nonce from another (xorshift64*). */
static inline psa_status_t fixture_random(void *core, uint8_t *output, size_t output_size)
{
    struct fixture *fixture = core;
    if (fixture->randoms_left == 0) {
        return PSA_ERROR_INSUFFICIENT_ENTROPY;
    }
    fixture->randoms_left -= fixture->randoms_left != NEVER;
    for (size_t i = 0; i < output_size; i++) {
        fixture->random_state ^= fixture->random_state >> 12;
        fixture->random_state ^= fixture->random_state << 25;
        fixture->random_state ^= fixture->random_state >> 27;
        output[i] = (uint8_t)((fixture->random_state * 0x2545f4914f6cdd1du) >> 56);
    }
    return PSA_SUCCESS;
}

static inline psa_status_t fixture_hash(void *core, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                        uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    unsigned length = 0;
    (void)core;
    const EVP_MD *md = alg == PSA_ALG_SHA_256 ? EVP_sha256() : alg == PSA_ALG_SHA_384 ? EVP_sha384() : NULL;
    if (md == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    assert_true(hash_size >= (size_t)EVP_MD_get_size(md));
    assert_int_equal(EVP_Digest(input, input_length, hash, &length, md, NULL), 1);
    *hash_length = length;
    return PSA_SUCCESS;
}

static inline psa_status_t fixture_mac(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                       psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                       uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    (void)core, (void)type, (void)key, (void)key_length, (void)alg, (void)input, (void)input_length;
    (void)mac, (void)mac_size, (void)mac_length;
    return PSA_ERROR_NOT_SUPPORTED;
}

static inline void check_gcm(psa_key_type_t type, size_t key_length, psa_algorithm_t alg, size_t nonce_length)
{
    assert_int_equal(type, PSA_KEY_TYPE_AES);
    assert_int_equal(key_length, 32);
    assert_int_equal(alg, PSA_ALG_GCM);
    assert_int_equal(nonce_length, 12);
}

static inline psa_status_t fixture_aead_encrypt(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                                psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                                const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                                uint8_t *output, size_t output_size, size_t *output_length)
{
    int length = 0;
    (void)core;
    check_gcm(type, key_length, alg, nonce_length);
    assert_true(output_size >= input_length + 16u);
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    assert_int_equal(EVP_EncryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce), 1);
    assert_int_equal(EVP_EncryptUpdate(ctx, NULL, &length, ad, (int)ad_length), 1);
    if (input_length != 0) {
        assert_int_equal(EVP_EncryptUpdate(ctx, output, &length, input, (int)input_length), 1);
    }
    assert_int_equal(EVP_EncryptFinal_ex(ctx, output + input_length, &length), 1);
    assert_int_equal(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, 16, output + input_length), 1);
    EVP_CIPHER_CTX_free(ctx);
    *output_length = input_length + 16u;
    return PSA_SUCCESS;
}

static inline psa_status_t fixture_aead_decrypt(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                                psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                                const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                                uint8_t *output, size_t output_size, size_t *output_length)
{
    int length = 0;
    uint8_t tag[16];
    uint8_t text[FIXTURE_OBJECT_SIZE];
    (void)core;
    check_gcm(type, key_length, alg, nonce_length);
    assert_true(input_length >= 16u && output_size >= input_length - 16u);
    memcpy(tag, input + input_length - 16u, 16);
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    assert_int_equal(EVP_DecryptInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce), 1);
    assert_int_equal(EVP_DecryptUpdate(ctx, NULL, &length, ad, (int)ad_length), 1);
    if (input_length > 16u) {
        assert_int_equal(EVP_DecryptUpdate(ctx, text, &length, input, (int)(input_length - 16u)), 1);
    }
    assert_int_equal(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, 16, tag), 1);
    int good = EVP_DecryptFinal_ex(ctx, text + (input_length - 16u), &length);
    EVP_CIPHER_CTX_free(ctx);
    if (good != 1) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    memcpy(output, text, input_length - 16u);
    *output_length = input_length - 16u;
    return PSA_SUCCESS;
}

static inline psa_status_t fixture_state_get(void *core, uint32_t uid, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct fixture *fixture = core;
    if (fixture->get_status != PSA_SUCCESS) {
        return fixture->get_status;
    }
    assert_true(uid < FIXTURE_OBJECTS);
    if (!fixture->object[uid].present) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    if (data_size < fixture->object[uid].length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memcpy(data, fixture->object[uid].data, fixture->object[uid].length);
    *data_length = fixture->object[uid].length;
    return PSA_SUCCESS;
}

static inline psa_status_t fixture_state_put(void *core, uint32_t uid, const uint8_t *data, size_t data_length)
{
    struct fixture *fixture = core;
    assert_true(uid < FIXTURE_OBJECTS && data_length <= FIXTURE_OBJECT_SIZE);
    assert_int_equal(fixture->locked, 1);
    if (fixture->puts_left == 0) {
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    fixture->puts_left -= fixture->puts_left != NEVER;
    fixture->puts++;
    fixture->object[uid].present = 1;
    fixture->object[uid].length = data_length;
    memcpy(fixture->object[uid].data, data, data_length);
    return PSA_SUCCESS;
}

static inline psa_status_t fixture_state_remove(void *core, uint32_t uid)
{
    struct fixture *fixture = core;
    assert_true(uid < FIXTURE_OBJECTS);
    fixture->object[uid].present = 0;
    return PSA_SUCCESS;
}

static inline void fixture_lock(void *core)
{
    struct fixture *fixture = core;
    assert_int_equal(fixture->locked, 0);
    fixture->locked = 1;
}

static inline void fixture_unlock(void *core)
{
    struct fixture *fixture = core;
    assert_int_equal(fixture->locked, 1);
    fixture->locked = 0;
}

/* ---- Setup ---- */

static inline void fixture_services(struct fixture *fixture)
{
    struct psacrypto_services *services = &fixture->services;
    services->abi = PSACRYPTO_DRIVER_ABI;
    services->size = sizeof(*services);
    services->random = fixture_random;
    services->hash_compute = fixture_hash;
    services->mac_compute = fixture_mac;
    services->aead_encrypt = fixture_aead_encrypt;
    services->aead_decrypt = fixture_aead_decrypt;
    services->state_get = fixture_state_get;
    services->state_put = fixture_state_put;
    services->state_remove = fixture_state_remove;
    services->lock = fixture_lock;
    services->unlock = fixture_unlock;
    services->core = fixture;
}

/* An element on the software driver, not open yet: a test may change its options first. */
static inline int fixture_setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    assert_non_null(fixture);
    fixture->puts_left = NEVER;
    fixture->randoms_left = NEVER;
    fixture->random_state = 0x9e3779b97f4a7c15u;
    fixture_services(fixture);
    psacrypto_secure_element_init(&fixture->element, &psacrypto_software_driver, NULL);
    assert_int_equal(psacrypto_software_driver.open(NULL, &fixture->services), PSA_SUCCESS);
    *state = fixture;
    return 0;
}

static inline void fixture_open(struct fixture *fixture)
{
    assert_int_equal(psacrypto_secure_element_driver.open(&fixture->element, &fixture->services), PSA_SUCCESS);
}

static inline int fixture_setup_wrapped(void **state)
{
    (void)fixture_setup(state);
    fixture_open(*state);
    return 0;
}

static inline int fixture_setup_slots(void **state)
{
    (void)fixture_setup(state);
    struct fixture *fixture = *state;
    fixture->element.options = PSACRYPTO_SECURE_ELEMENT_SLOTS;
    fixture->element.slot_count = 4;
    fixture_open(fixture);
    return 0;
}

static inline int fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(fixture->locked, 0);
    psacrypto_secure_element_driver.close(&fixture->element);
    psacrypto_software_driver.close(NULL);
    free(fixture);
    return 0;
}

/* The power goes and comes back: what is in memory is lost, the state stays. */
static inline void fixture_restart(struct fixture *fixture)
{
    fixture->locked = 0;
    psacrypto_secure_element_driver.close(&fixture->element);
    fixture_open(fixture);
}

/* ---- Keys ---- */

/* What the library keeps of a key. */
struct test_key {
    psa_key_attributes_t attributes;
    uint8_t blob[SE_RECORD_MAX];
    struct psacrypto_key key;
};

#define VOLATILE PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, FIXTURE_LOCATION)
#define PERSISTENT PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, FIXTURE_LOCATION)

static inline void test_key_init(struct test_key *key, psa_key_lifetime_t lifetime, psa_key_type_t type, size_t bits,
                                 psa_key_usage_t usage, psa_algorithm_t alg)
{
    memset(key, 0, sizeof(*key));
    psa_set_key_lifetime(&key->attributes, lifetime);
    psa_set_key_type(&key->attributes, type);
    psa_set_key_bits(&key->attributes, bits);
    psa_set_key_usage_flags(&key->attributes, usage);
    psa_set_key_algorithm(&key->attributes, alg);
    if (!PSA_KEY_LIFETIME_IS_VOLATILE(lifetime)) {
        psa_set_key_id(&key->attributes, 17);
    }
    key->key.attributes = &key->attributes;
    key->key.owner = 0;
    key->key.blob = key->blob;
}

/* allocate as the library calls it, before any key is made. */
static inline psa_status_t test_key_allocate(struct fixture *fixture, struct test_key *key)
{
    return se_key_management_entries.allocate(&fixture->element, &key->attributes, key->key.owner,
                                              key->blob, sizeof(key->blob), &key->key.length);
}

static inline psa_status_t test_key_import(struct fixture *fixture, struct test_key *key, const uint8_t *data, size_t data_length)
{
    size_t bits = psa_get_key_bits(&key->attributes);
    psa_status_t status = test_key_allocate(fixture, key);
    if (status == PSA_SUCCESS) {
        status = se_key_management_entries.import(&fixture->element, &key->attributes, key->key.owner, data, data_length,
                                                  key->blob, sizeof(key->blob), &key->key.length, &bits);
    }
    if (status == PSA_SUCCESS) {
        psa_set_key_bits(&key->attributes, bits);
    }
    return status;
}

static inline psa_status_t test_key_generate(struct fixture *fixture, struct test_key *key)
{
    static const psa_custom_key_parameters_t custom = PSA_CUSTOM_KEY_PARAMETERS_INIT;
    psa_status_t status = test_key_allocate(fixture, key);
    if (status == PSA_SUCCESS) {
        status = se_key_management_entries.generate(&fixture->element, &key->attributes, key->key.owner, &custom, NULL, 0,
                                                    key->blob, sizeof(key->blob), &key->key.length);
    }
    return status;
}

static inline psa_status_t test_key_export(struct fixture *fixture, const struct test_key *key,
                                           uint8_t *data, size_t data_size, size_t *data_length)
{
    return se_key_management_entries.export_key(&fixture->element, &key->key, data, data_size, data_length);
}

/* As the library does at the first use of a key with an algorithm; a key that cannot be prepared stays as it is. */
static inline size_t test_key_prepare(struct fixture *fixture, struct test_key *key, psa_algorithm_t alg)
{
    size_t size = se_prepared_size(&fixture->element, &key->key, alg);
    void *memory = size == 0 ? NULL : platform_secret_allocate(size);
    if (size != 0) {
        assert_non_null(memory);
        assert_int_equal(se_prepare(&fixture->element, &key->key, alg, memory), PSA_SUCCESS);
        key->key.prepared = memory;
    }
    return size;
}

static inline void test_key_unprepare(struct fixture *fixture, struct test_key *key, psa_algorithm_t alg, size_t size)
{
    void *memory = (void *)(uintptr_t)key->key.prepared;
    key->key.prepared = NULL;
    if (memory != NULL) {
        se_unprepare(&fixture->element, &key->key, alg, memory);
        platform_secret_free(memory, size);
    }
}

/* Room for the context of an operation in parts, aligned as the library aligns it. */
static inline void *test_context(struct fixture *fixture, psacrypto_family_t family, psa_algorithm_t alg, const struct test_key *key)
{
    size_t size = psacrypto_secure_element_driver.context_size(&fixture->element, family, alg,
                                                               psa_get_key_type(&key->attributes), psa_get_key_bits(&key->attributes));
    assert_true(size != 0);
    void *context = test_calloc(1, size);
    assert_non_null(context);
    return context;
}

static inline psa_status_t test_key_destroy(struct fixture *fixture, const struct test_key *key)
{
    return se_key_management_entries.destroy(&fixture->element, &key->key);
}

#endif
