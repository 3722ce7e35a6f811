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
    struct key_creation creation = KEY_CREATION_NONE;
    psa_key_attributes_t attributes = kept(target);
    psa_key_id_t source = 1;
    psa_key_id_t copy;
    pthread_t thread;
    void *fine = NULL;

    (void)alarm(LATEST);
    assert_int_equal(key_store_acquire(&ref, CALLER_SELF, source, PSA_KEY_USAGE_COPY, PSA_ALG_NONE), PSA_SUCCESS);
    assert_int_equal(pthread_create(&thread, NULL, work, &source), 0);
    while (!reservation_holds(key_tag(0, source))) {
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

static int start(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &space) == PSA_SUCCESS && psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
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
    };
    return cmocka_run_group_tests(tests, start, stop);
}
