/* SPDX-License-Identifier: Apache-2.0 */
/* Keys in a device whose creation or destruction was interrupted: the next start completes it, and harms no other key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "storage/storage.h"

#define DEVICE ((psa_key_location_t)0x800030)
#define IN_DEVICE PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, DEVICE)
#define KEY ((psa_key_id_t)9)

static struct psacrypto_store_ram_space space;
static const uint8_t bytes[16] = { 1, 2, 3 };

/* ---- A device: places are numbered, and no number comes twice ---- */

static int in_use[256];
static uint8_t next_place;
static int unreachable; /* the device does not answer when a key is to be destroyed */

static psa_status_t allocate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    (void)instance, (void)attributes, (void)owner, (void)blob_size;
    blob[0] = next_place++;
    in_use[blob[0]] = 1;
    *blob_length = 1;
    return PSA_SUCCESS;
}

static psa_status_t import(void *instance, const psa_key_attributes_t *attributes, int32_t owner, const uint8_t *data, size_t data_length,
                           uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits)
{
    (void)instance, (void)attributes, (void)owner, (void)data, (void)blob, (void)blob_size, (void)blob_length;
    *bits = 8u * data_length;
    return PSA_SUCCESS;
}

static psa_status_t destroy(void *instance, const struct psacrypto_key *key)
{
    (void)instance;
    if (unreachable) {
        return PSA_ERROR_COMMUNICATION_FAILURE;
    }
    in_use[key->blob[0]] = 0;
    return PSA_SUCCESS;
}

static size_t blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length)
{
    (void)instance, (void)attributes, (void)data_length;
    return 1;
}

static const struct psacrypto_key_management_entries management = { .allocate = allocate, .import = import, .destroy = destroy };
static const struct psacrypto_driver device = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "device",
    .blob_size = blob_size,
    .key_management = &management,
};

static unsigned places_in_use(void)
{
    unsigned n = 0;
    for (unsigned i = 0; i < 256; i++) {
        n += in_use[i] != 0;
    }
    return n;
}

/* ---- Keys ---- */

static void create(psa_key_lifetime_t lifetime)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_lifetime(&attributes, lifetime);
    psa_set_key_id(&attributes, KEY);
    assert_int_equal(psa_import_key(&attributes, bytes, sizeof(bytes), &key), PSA_SUCCESS);
}

static psa_key_lifetime_t lifetime_of_key(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    assert_int_equal(psa_get_key_attributes(KEY, &attributes), PSA_SUCCESS);
    return psa_get_key_lifetime(&attributes);
}

static psa_status_t count_entry(void *context, const struct storage_journal_entry *entry)
{
    (void)entry;
    ++*(unsigned *)context;
    return PSA_ERROR_GENERIC_ERROR; /* it stays */
}

static unsigned entries(void)
{
    unsigned n = 0;
    (void)storage_journal_recover(count_entry, &n);
    return n;
}

/* Another process: what is in memory is gone. */
static void start_again(void)
{
    psacrypto_shutdown();
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psa_purge_key(1000), PSA_ERROR_INVALID_HANDLE); /* the first look into the store */
}

static void left_behind(void)
{
    create(IN_DEVICE);
    unreachable = 1;
    assert_int_equal(psa_destroy_key(KEY), PSA_ERROR_COMMUNICATION_FAILURE);
    assert_int_equal(entries(), 1);
    assert_int_equal(places_in_use(), 1);
}

static void destruction_is_completed(void **state)
{
    (void)state;
    left_behind();
    start_again(); /* still out of reach */
    assert_int_equal(entries(), 1);
    unreachable = 0;
    start_again();
    assert_int_equal(entries(), 0);
    assert_int_equal(places_in_use(), 0);
    assert_int_equal(psa_destroy_key(KEY), PSA_ERROR_INVALID_HANDLE);
}

/* A key that took the id in between is another key, wherever it lies. */
static void a_later_key_stays(psa_key_lifetime_t lifetime, unsigned places)
{
    left_behind();
    create(lifetime);
    unreachable = 0;
    start_again();
    assert_int_equal(lifetime_of_key(), lifetime);
    assert_int_equal(entries(), 0);
    assert_int_equal(places_in_use(), places);
    assert_int_equal(psa_destroy_key(KEY), PSA_SUCCESS);
    assert_int_equal(places_in_use(), 0);
}

static void a_later_local_key_stays(void **state)
{
    (void)state;
    a_later_key_stays(PSA_KEY_LIFETIME_PERSISTENT, 0);
}

static void a_later_key_in_the_device_stays(void **state)
{
    (void)state;
    a_later_key_stays(IN_DEVICE, 1);
}

/* The journal knew more than the store: the record is still there, and goes. */
static void a_record_that_was_to_go_goes(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    struct storage_journal_ticket ticket;
    uint8_t blob = next_place;
    (void)state;
    create(IN_DEVICE);
    assert_int_equal(psa_get_key_attributes(KEY, &attributes), PSA_SUCCESS);
    struct storage_journal_entry entry = { STORAGE_JOURNAL_DESTROY, 0, attributes, &blob, 1 };
    assert_int_equal(storage_journal_begin(&entry, &ticket), PSA_SUCCESS);
    storage_journal_keep(&ticket);
    start_again();
    assert_int_equal(entries(), 0);
    assert_int_equal(places_in_use(), 0);
    assert_int_equal(psa_get_key_attributes(KEY, &attributes), PSA_ERROR_INVALID_HANDLE);
}

/* ---- A store that fails once, before or after it did what it was asked for ---- */

static struct psacrypto_store flaky;
static int calls_left; /* until the failure; negative: none to come */
static int fails_late;

static psa_status_t failing(psa_status_t (*call)(void *arguments), void *arguments)
{
    if (calls_left < 0 || calls_left-- > 0) {
        return call(arguments);
    }
    if (fails_late) {
        (void)call(arguments);
    }
    return PSA_ERROR_STORAGE_FAILURE;
}

struct put_arguments {
    void *instance;
    const struct psacrypto_store_name *name;
    uint32_t object_flags;
    const void *data;
    size_t data_length;
    uint32_t put_flags;
};

static psa_status_t call_put(void *arguments)
{
    const struct put_arguments *a = arguments;
    return psacrypto_store_ram.put(a->instance, a->name, a->object_flags, a->data, a->data_length, a->put_flags);
}

static psa_status_t flaky_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                              const void *data, size_t data_length, uint32_t put_flags)
{
    struct put_arguments arguments = { instance, name, object_flags, data, data_length, put_flags };
    return failing(call_put, &arguments);
}

static psa_status_t call_remove(void *arguments)
{
    const struct put_arguments *a = arguments;
    return psacrypto_store_ram.remove(a->instance, a->name);
}

static psa_status_t flaky_remove(void *instance, const struct psacrypto_store_name *name)
{
    struct put_arguments arguments = { instance, name, 0, NULL, 0, 0 };
    return failing(call_remove, &arguments);
}

static psa_status_t flaky_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                              void *data, size_t data_size, size_t *data_length)
{
    if (calls_left == 0) {
        calls_left = -1;
        return PSA_ERROR_STORAGE_FAILURE;
    }
    calls_left -= calls_left > 0;
    return psacrypto_store_ram.get(instance, name, offset, data, data_size, data_length);
}

static void use_store(const struct psacrypto_store *store)
{
    psacrypto_shutdown();
    assert_int_equal(psacrypto_set_store(store, &space), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psa_purge_key(1000), PSA_ERROR_INVALID_HANDLE);
}

static int key_is_there(psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_status_t status = psa_get_key_attributes(id, &attributes);
    assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_HANDLE);
    return status == PSA_SUCCESS;
}

static psa_status_t try_import(psa_key_lifetime_t lifetime)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_lifetime(&attributes, lifetime);
    psa_set_key_id(&attributes, KEY + 1u);
    return psa_import_key(&attributes, bytes, sizeof(bytes), &key);
}

/* Whatever the answer was, the next start finds the store and the device of one mind, and the answer kept. */
static void check_both(psa_status_t status, int created, unsigned others)
{
    use_store(&psacrypto_store_ram);
    int there = key_is_there(KEY + 1u);
    if (status == PSA_SUCCESS) {
        assert_int_equal(there, created);
    }
    assert_int_equal(places_in_use(), others + (there ? 1u : 0u));
    assert_int_equal(entries(), 0);
    assert_true(key_is_there(KEY));
    if (there) {
        assert_int_equal(psa_destroy_key(KEY + 1u), PSA_SUCCESS);
    }
    assert_int_equal(places_in_use(), others);
}

/* Failure after failure, until one call is made without. */
static void each_failure_of_the_store(void **state)
{
    (void)state;
    flaky = psacrypto_store_ram;
    flaky.put = flaky_put;
    flaky.remove = flaky_remove;
    flaky.get = flaky_get;
    create(IN_DEVICE);
    for (fails_late = 0; fails_late < 2; fails_late++) {
        for (int step = 0, done = 0; !done; step++) {
            use_store(&flaky);
            calls_left = step;
            psa_status_t status = try_import(IN_DEVICE);
            done = calls_left >= 0 && status == PSA_SUCCESS;
            calls_left = -1;
            check_both(status, 1, 1);
            assert_true(step < 100);
        }
        for (int step = 0, done = 0; !done; step++) {
            use_store(&flaky);
            assert_int_equal(try_import(IN_DEVICE), PSA_SUCCESS);
            calls_left = step;
            psa_status_t status = psa_destroy_key(KEY + 1u);
            done = calls_left >= 0 && status == PSA_SUCCESS;
            calls_left = -1;
            check_both(status, 0, 1);
            assert_true(step < 100);
        }
    }
    assert_int_equal(psa_destroy_key(KEY), PSA_SUCCESS);
}

static int start(void **state)
{
    (void)state;
    calls_left = -1;
    return psacrypto_set_store(&psacrypto_store_ram, &space) == PSA_SUCCESS &&
           psacrypto_register_driver(DEVICE, &device, NULL) == PSA_SUCCESS && psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(destruction_is_completed),
        cmocka_unit_test(a_record_that_was_to_go_goes),
        cmocka_unit_test(a_later_local_key_stays),
        cmocka_unit_test(a_later_key_in_the_device_stays),
        cmocka_unit_test(each_failure_of_the_store),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
