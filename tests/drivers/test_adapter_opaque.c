/* SPDX-License-Identifier: Apache-2.0 */
/* An opaque driver with slots and a persistent state, written to the Driver Interface and fitted by psacrypto/driver_adapter.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <psacrypto/driver_adapter.h>

#include "adapter_engine.h"

/* ---- The glue: what an integrator writes ---- */

static int vault_can(psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)alg, (void)bits;
    return type == PSA_KEY_TYPE_HMAC && (family == PSACRYPTO_FAMILY_MAC || family == PSACRYPTO_ADAPT_KEYS);
}

#define psa_crypto_driver_get_persistent_state vault_get_persistent_state
#define psa_crypto_driver_commit_persistent_state vault_commit_persistent_state
#include "adapter_vault.h"

#define VAULT_STATE (VAULT_SLOTS * sizeof(struct vault_slot))
PSACRYPTO_ADAPT_INIT_WITH_STATE(vault, vault, VAULT_STATE)
PSACRYPTO_ADAPT_MAC_ONE_SHOT(vault, vault)
PSACRYPTO_ADAPT_KEY_MANAGEMENT_STORED(vault, vault)
PSACRYPTO_ADAPT_KEY_CONTEXT(vault, sizeof(vault_key_context_t), 0, 0, 0, 0)

static const struct psacrypto_driver vault_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .flags = PSACRYPTO_DRIVER_SERIALISED,
    .name = "vault",
    .open = vault_open,
    .blob_size = vault_blob_size,
    .key_management = &vault_key_management_entries,
    .mac = &vault_mac_entries,
};

/* ---- Keys and state ---- */

/* The state that the core keeps for the driver. */
static struct {
    uint8_t data[VAULT_STATE];
    size_t length;
    psa_status_t get_status, put_status;
} kept;

static psa_status_t state_get(void *core, uint32_t uid, uint8_t *data, size_t data_size, size_t *data_length)
{
    (void)core;
    assert_int_equal(uid, 0);
    if (kept.get_status != PSA_SUCCESS) {
        return kept.get_status;
    }
    assert_true(data_size >= kept.length);
    memcpy(data, kept.data, kept.length);
    *data_length = kept.length;
    return kept.length == 0 ? PSA_ERROR_DOES_NOT_EXIST : PSA_SUCCESS;
}

static psa_status_t state_put(void *core, uint32_t uid, const uint8_t *data, size_t data_length)
{
    (void)core;
    assert_int_equal(uid, 0);
    assert_int_equal(data_length, VAULT_STATE);
    if (kept.put_status == PSA_SUCCESS) {
        memcpy(kept.data, data, data_length);
        kept.length = data_length;
    }
    return kept.put_status;
}

static const struct psacrypto_services vault_services = { .state_get = state_get, .state_put = state_put };

static int open_vault(void **state)
{
    memset(&kept, 0, sizeof(kept));
    assert_int_equal(vault_driver.open(NULL, &vault_services), PSA_SUCCESS);
    return engine_open(state);
}

struct vault_key {
    psa_key_attributes_t attributes;
    uint8_t blob[sizeof(vault_key_context_t)];
    struct psacrypto_key key;
};

static void vault_attributes(struct vault_key *key, psa_key_usage_t usage)
{
    memset(key, 0, sizeof(*key));
    psa_set_key_type(&key->attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_bits(&key->attributes, 128);
    psa_set_key_usage_flags(&key->attributes, usage);
    key->key.attributes = &key->attributes;
    key->key.blob = key->blob;
}

static void vault_import(struct vault_key *key, psa_key_usage_t usage)
{
    const struct psacrypto_key_management_entries *entries = vault_driver.key_management;
    size_t bits = 0;
    vault_attributes(key, usage);
    memset(key->blob, 0xee, sizeof(key->blob));
    assert_int_equal(entries->allocate(NULL, &key->attributes, 0, key->blob, sizeof(key->blob), &key->key.length), PSA_SUCCESS);
    assert_int_equal(key->key.length, sizeof(vault_key_context_t));
    assert_int_equal(key->blob[7], 0); /* what the driver does not write is not left to chance */
    assert_int_equal(entries->import(NULL, &key->attributes, 0, message, 16, key->blob, sizeof(key->blob), &key->key.length, &bits),
                     PSA_SUCCESS);
    assert_int_equal(bits, 128);
}

static void opaque_keys(void **state)
{
    const struct psacrypto_key_management_entries *entries = vault_driver.key_management;
    struct vault_key one, two, copy;
    uint8_t data[32], mac[32], expected[32];
    size_t length = 0;
    (void)state;
    vault_import(&one, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_SIGN_MESSAGE);
    vault_import(&two, PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_not_equal(one.blob[0], two.blob[0]);
    assert_int_equal(entries->export_key(NULL, &one.key, data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(length, 16);
    assert_memory_equal(data, message, 16);
    assert_int_equal(entries->export_key(NULL, &two.key, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);

    struct psacrypto_key plain = { &one.attributes, 0, message, 16, NULL };
    assert_int_equal(ENGINE->mac->compute(NULL, &plain, HMAC, message, 50, expected, 32, &length), PSA_SUCCESS);
    assert_int_equal(vault_driver.mac->compute(NULL, &two.key, HMAC, message, 50, mac, 32, &length), PSA_SUCCESS);
    assert_memory_equal(mac, expected, 32);

    vault_attributes(&copy, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(entries->allocate(NULL, &copy.attributes, 0, copy.blob, sizeof(copy.blob), &copy.key.length), PSA_SUCCESS);
    assert_int_equal(entries->copy(NULL, &one.key, &copy.attributes, 0, copy.blob, sizeof(copy.blob), &copy.key.length), PSA_SUCCESS);
    assert_int_equal(entries->destroy(NULL, &one.key), PSA_SUCCESS);
    assert_int_equal(entries->destroy(NULL, &one.key), PSA_SUCCESS); /* gone already, says the driver: that will do */
    assert_int_equal(entries->export_key(NULL, &one.key, data, sizeof(data), &length), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(entries->export_key(NULL, &copy.key, data, sizeof(data), &length), PSA_SUCCESS);
    assert_memory_equal(data, message, 16);
    one.key.length = 0; /* a key that failed before it had a place */
    assert_int_equal(entries->destroy(NULL, &one.key), PSA_SUCCESS);
}

static void opaque_generate_and_refuse(void **state)
{
    const struct psacrypto_key_management_entries *entries = vault_driver.key_management;
    struct vault_key key;
    size_t bits = 0;
    (void)state;
    vault_attributes(&key, 0);
    assert_int_equal(entries->allocate(NULL, &key.attributes, 0, key.blob, sizeof(key.blob), &key.key.length), PSA_SUCCESS);
    assert_int_equal(entries->generate(NULL, &key.attributes, 0, NULL, NULL, 0, key.blob, sizeof(key.blob), &key.key.length), PSA_SUCCESS);
    assert_int_equal(entries->generate(NULL, &key.attributes, 0, NULL, message, 1, key.blob, sizeof(key.blob), &key.key.length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(vault_driver.blob_size(NULL, &key.attributes, 16), sizeof(vault_key_context_t));
    psa_set_key_type(&key.attributes, PSA_KEY_TYPE_AES);
    assert_int_equal(vault_driver.blob_size(NULL, &key.attributes, 16), 0);
    assert_int_equal(entries->allocate(NULL, &key.attributes, 0, key.blob, sizeof(key.blob), &key.key.length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(entries->import(NULL, &key.attributes, 0, message, 16, key.blob, sizeof(key.blob), &key.key.length, &bits),
                     PSA_ERROR_NOT_SUPPORTED);
}

static void opaque_builtin(void **state)
{
    const struct psacrypto_key_management_entries *entries = vault_driver.key_management;
    struct vault_key key;
    psa_key_lifetime_t lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_READ_ONLY, 5);
    (void)state;
    memset(&key, 0, sizeof(key));
    psa_set_key_id(&key.attributes, PSACRYPTO_ADAPT_BUILTIN_MIN + VAULT_BUILTIN);
    psa_set_key_lifetime(&key.attributes, lifetime);
    assert_int_equal(entries->builtin(NULL, &key.attributes, 0, key.blob, sizeof(key.blob), &key.key.length), PSA_SUCCESS);
    assert_int_equal(key.blob[0], VAULT_BUILTIN);
    assert_int_equal(psa_get_key_id(&key.attributes), PSACRYPTO_ADAPT_BUILTIN_MIN + VAULT_BUILTIN);
    assert_int_equal(psa_get_key_lifetime(&key.attributes), lifetime);
    assert_int_equal(psa_get_key_bits(&key.attributes), 128);
    static const psa_key_id_t others[] = { 1, PSACRYPTO_ADAPT_BUILTIN_MIN - 1u, PSACRYPTO_ADAPT_BUILTIN_MIN, PSACRYPTO_ADAPT_BUILTIN_MAX + 1u };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        psa_set_key_id(&key.attributes, others[i]);
        assert_int_equal(entries->builtin(NULL, &key.attributes, 0, key.blob, sizeof(key.blob), &key.key.length), PSA_ERROR_DOES_NOT_EXIST);
    }
}

static void persistent_state(void **state)
{
    const struct psacrypto_key_management_entries *entries = vault_driver.key_management;
    struct vault_key key;
    uint8_t data[32];
    size_t length = 0;
    (void)state;
    vault_import(&key, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(vault_driver.open(NULL, &vault_services), PSA_SUCCESS); /* another start */
    assert_int_equal(entries->export_key(NULL, &key.key, data, sizeof(data), &length), PSA_SUCCESS);
    assert_memory_equal(data, message, 16);

    assert_int_equal(vault_driver.open(NULL, &vault_services), PSA_SUCCESS);
    kept.get_status = PSA_ERROR_STORAGE_FAILURE;
    assert_int_equal(entries->export_key(NULL, &key.key, data, sizeof(data), &length), PSA_ERROR_STORAGE_FAILURE);
    kept.get_status = PSA_SUCCESS; /* the store came later */
    assert_int_equal(entries->export_key(NULL, &key.key, data, sizeof(data), &length), PSA_SUCCESS);
    kept.put_status = PSA_ERROR_INSUFFICIENT_STORAGE;
    assert_int_equal(entries->destroy(NULL, &key.key), PSA_ERROR_INSUFFICIENT_STORAGE);
    kept.put_status = PSA_SUCCESS;

    kept.length = sizeof(struct vault_slot); /* written by an older driver, with less of it */
    assert_int_equal(vault_driver.open(NULL, &vault_services), PSA_SUCCESS);
    assert_int_equal(entries->export_key(NULL, &key.key, data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(vault_commit_persistent_state(VAULT_STATE, 0), PSA_SUCCESS);
    assert_int_equal(vault_commit_persistent_state(VAULT_STATE + 1u, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(vault_commit_persistent_state(1, VAULT_STATE), PSA_ERROR_INVALID_ARGUMENT);
}

/* ---- Sizes of key contexts ---- */

static int sized_can(psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)alg, (void)bits;
    return family == PSACRYPTO_ADAPT_KEYS && type != PSA_KEY_TYPE_RAW_DATA;
}

static size_t twice_the_bits(psa_key_type_t key_type, size_t key_bits)
{
    return key_type == PSA_KEY_TYPE_AES ? 2u * key_bits : 1;
}

PSACRYPTO_ADAPT_KEY_CONTEXT(sized, 10, 100, 1000, 2, 1)
#define function_can sized_can
PSACRYPTO_ADAPT_SIZE_FUNCTION(function, twice_the_bits)

static void key_context_sizes(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    (void)state;
    assert_int_equal(sized_blob_size(NULL, &attributes, 0), 10); /* attached or built in */
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    assert_int_equal(sized_blob_size(NULL, &attributes, 16), 10 + 2 * 16);
    assert_int_equal(function_blob_size(NULL, &attributes, 16), 256);
    psa_set_key_bits(&attributes, 192);
    assert_int_equal(sized_blob_size(NULL, &attributes, 0), 10 + 2 * 24);
    assert_int_equal(function_blob_size(NULL, &attributes, 0), 384);
    psa_set_key_type(&attributes, P256);
    assert_int_equal(sized_blob_size(NULL, &attributes, 0), 110 + PSA_EXPORT_PUBLIC_KEY_MAX_SIZE);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(P256));
    assert_int_equal(sized_blob_size(NULL, &attributes, 0), 1010);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    assert_int_equal(sized_blob_size(NULL, &attributes, 0), 0);
    assert_int_equal(function_blob_size(NULL, &attributes, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(opaque_keys, open_vault, engine_close),
        cmocka_unit_test_setup_teardown(opaque_generate_and_refuse, open_vault, engine_close),
        cmocka_unit_test_setup_teardown(opaque_builtin, open_vault, engine_close),
        cmocka_unit_test_setup_teardown(persistent_state, open_vault, engine_close),
        cmocka_unit_test(key_context_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
