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

static int start(void **state)
{
    (void)state;
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
    };
    return cmocka_run_group_tests(tests, start, stop);
}
