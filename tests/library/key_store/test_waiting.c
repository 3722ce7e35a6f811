/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever waits for a key's users, or for an id, lets those go on for whom it waits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <unistd.h>

#include <psa/crypto.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "key_store/internal.h"

#define LATEST 20u /* seconds after which a test hangs */

static struct psacrypto_store_ram_space space;
static const uint8_t bytes[16] = { 1, 2, 3 };

static psa_key_attributes_t kept(psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_CACHE);
    psa_set_key_id(&attributes, id);
    return attributes;
}

static void import(psa_key_id_t id)
{
    psa_key_attributes_t attributes = kept(id);
    psa_key_id_t key;
    assert_int_equal(psa_import_key(&attributes, bytes, sizeof(bytes), &key), PSA_SUCCESS);
}

static void *destroy(void *argument)
{
    return psa_destroy_key(*(psa_key_id_t *)argument) == PSA_SUCCESS ? argument : NULL;
}

static void *purge(void *argument)
{
    return psa_purge_key(*(psa_key_id_t *)argument) == PSA_SUCCESS ? argument : NULL;
}

/* While a copy holds key 1, another thread wants it gone; only then the copy asks for its own id. */
static void copy_beside(void *(*work)(void *), psa_key_id_t target, psa_status_t expected)
{
    struct key_ref ref = KEY_REF_NONE;
    struct key_creation creation;
    psa_key_attributes_t attributes = kept(target);
    psa_key_id_t source = 1;
    psa_key_id_t copy;
    pthread_t thread;
    void *fine = NULL;
    key_creation_none(&creation);

    (void)alarm(LATEST);
    assert_int_equal(key_store_acquire(&ref, CALLER_SELF, source, PSA_KEY_USAGE_COPY, PSA_ALG_NONE), PSA_SUCCESS);
    assert_int_equal(pthread_create(&thread, NULL, work, &source), 0);
    while (!reservation_holds(key_tag(0, source), 0)) {
        platform_yield();
    }
    psa_status_t status = key_creation_start(&creation, CALLER_SELF, &attributes, KEY_CREATION_COPY, ref.key->key.length);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_copy(ref.key, &creation.attributes, 0, creation.blob, creation.blob_size, &creation.blob_length);
        psa_set_key_bits(&creation.attributes, 128);
    }
    status = key_creation_finish(&creation, status, &copy);
    assert_int_equal(key_store_release(&ref, status), expected);
    assert_int_equal(pthread_join(thread, &fine), 0);
    assert_non_null(fine);
    (void)alarm(0);
}

static void a_copy_onto_itself_beside_a_purge(void **state)
{
    (void)state;
    import(1);
    copy_beside(purge, 1, PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(psa_destroy_key(1), PSA_SUCCESS);
}

static void a_copy_onto_itself_beside_its_destruction(void **state)
{
    (void)state;
    import(1);
    copy_beside(destroy, 1, PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(psa_purge_key(1), PSA_ERROR_INVALID_HANDLE);
}

static void a_copy_outlives_its_source(void **state)
{
    (void)state;
    import(1);
    copy_beside(destroy, 2, PSA_SUCCESS);
    assert_int_equal(psa_purge_key(1), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_destroy_key(2), PSA_SUCCESS);
}

/* A call that takes two keys (psa_wrap_key()), the same one twice even: whoever waits for the first use lets the second begin. */
static void a_second_use(psa_key_id_t second)
{
    struct key_ref refs[2] = { KEY_REF_NONE, KEY_REF_NONE };
    psa_key_id_t ids[2] = { 1, second };
    pthread_t threads[2];
    void *fine[2] = { NULL, NULL };

    (void)alarm(LATEST);
    assert_int_equal(key_store_acquire(&refs[0], CALLER_SELF, ids[0], PSA_KEY_USAGE_COPY, PSA_ALG_NONE), PSA_SUCCESS);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, purge, &ids[i]), 0);
    }
    while (!reservation_holds(key_tag(0, ids[0]), 0)) {
        platform_yield();
    }
    assert_int_equal(key_store_acquire(&refs[1], CALLER_SELF, ids[1], PSA_KEY_USAGE_COPY, PSA_ALG_NONE), PSA_SUCCESS);
    assert_int_equal(key_store_release(&refs[1], PSA_SUCCESS), PSA_SUCCESS);
    assert_int_equal(key_store_release(&refs[0], PSA_SUCCESS), PSA_SUCCESS);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], &fine[i]), 0);
        assert_non_null(fine[i]);
    }
    (void)alarm(0);
}

static void two_uses_beside_two_purges(void **state)
{
    (void)state;
    import(1);
    import(2);
    for (unsigned i = 0; i < 100; i++) {
        a_second_use(1);
        a_second_use(2);
    }
    assert_int_equal(psa_destroy_key(1), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(2), PSA_SUCCESS);
}

/* ---- A device that is called by one thread at a time, and keeps others out between processes too ---- */

#define DEVICE ((psa_key_location_t)0x800040)
#define ROUNDS 3000

static const struct psacrypto_services *services;
static uint8_t next_place;

static psa_status_t device_open(void *instance, const struct psacrypto_services *offered)
{
    (void)instance;
    services = offered;
    return PSA_SUCCESS;
}

static size_t blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length)
{
    (void)instance, (void)attributes, (void)data_length;
    return 1;
}

static psa_status_t allocate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             uint8_t *blob, size_t size, size_t *blob_length)
{
    (void)instance, (void)attributes, (void)owner, (void)size;
    services->lock(services->core);
    blob[0] = next_place++;
    *blob_length = 1;
    services->unlock(services->core);
    return PSA_SUCCESS;
}

static psa_status_t device_import(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                                  const uint8_t *data, size_t data_length,
                                  uint8_t *blob, size_t size, size_t *blob_length, size_t *bits)
{
    (void)instance, (void)attributes, (void)owner, (void)data, (void)blob, (void)size, (void)blob_length;
    services->lock(services->core);
    *bits = 8u * data_length;
    services->unlock(services->core);
    return PSA_SUCCESS;
}

static psa_status_t device_destroy(void *instance, const struct psacrypto_key *key)
{
    (void)instance, (void)key;
    services->lock(services->core);
    services->unlock(services->core);
    return PSA_SUCCESS;
}

static const struct psacrypto_key_management_entries management = {
    .allocate = allocate, .import = device_import, .destroy = device_destroy,
};
static const struct psacrypto_driver device = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .flags = PSACRYPTO_DRIVER_SERIALISED,
    .name = "device",
    .open = device_open,
    .blob_size = blob_size,
    .key_management = &management,
};

/* argument: the id, 0 for a volatile key. */
static void *come_and_go(void *argument)
{
    psa_key_id_t id = *(psa_key_id_t *)argument;
    psa_key_persistence_t persistence = id == 0 ? PSA_KEY_PERSISTENCE_VOLATILE : PSA_KEY_PERSISTENCE_DEFAULT;
    psa_key_attributes_t attributes = kept(id == 0 ? 1 : id);
    int fine = 1;
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(persistence, DEVICE));
    for (int i = 0; i < ROUNDS && fine; i++) {
        psa_key_id_t key;
        fine = psa_import_key(&attributes, bytes, sizeof(bytes), &key) == PSA_SUCCESS && psa_destroy_key(key) == PSA_SUCCESS;
    }
    return fine ? argument : NULL;
}

/* One holds the journal and wants the device, the other is in the device and wants the store. */
static void a_device_that_locks(void **state)
{
    psa_key_id_t ids[3] = { 0, 5, 6 };
    pthread_t threads[3];
    (void)state;
    (void)alarm(LATEST);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, come_and_go, &ids[i]), 0);
    }
    for (unsigned i = 0; i < 3; i++) {
        void *fine = NULL;
        assert_int_equal(pthread_join(threads[i], &fine), 0);
        assert_non_null(fine);
    }
    (void)alarm(0);
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
        cmocka_unit_test(a_copy_outlives_its_source),
        cmocka_unit_test(a_copy_onto_itself_beside_a_purge),
        cmocka_unit_test(a_copy_onto_itself_beside_its_destruction),
        cmocka_unit_test(two_uses_beside_two_purges),
        cmocka_unit_test(a_device_that_locks),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
