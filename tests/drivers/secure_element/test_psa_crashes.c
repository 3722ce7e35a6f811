/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an element with slots and the store have in common after a crash, and with several threads and processes at a time. Crashes are real
 * ones: a child process dies inside of the driver, and the next start of the library finds what it left in the store and in the journal.
 */
#define _GNU_SOURCE /* mkdtemp(), fork() */

#include "psa.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void make_mortal(void)
{
    mortal_entries = *ORIGINAL;
    mortal_entries.allocate = mortal_allocate;
    mortal_entries.generate = mortal_generate;
    mortal_entries.destroy = mortal_destroy;
    mortal_driver = psacrypto_secure_element_driver;
    mortal_driver.key_management = &mortal_entries;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(crash_while_creating), TEST(crash_while_destroying), TEST(threads), TEST(processes),
    };
    make_mortal();
    register_slots(&mortal_driver);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
