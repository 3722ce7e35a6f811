/* SPDX-License-Identifier: Apache-2.0 */
/* fork() while other threads are inside: what they hold, the child does not wait for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <psa/crypto.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "key_store/internal.h"
#include "support/quick.h"

#define FORKS 200u
#define LATEST 60u /* seconds after which a child hangs */
#define DEVICE ((psa_key_location_t)0x800010)
#define IN_DEVICE PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, DEVICE)
#define IN_ELEMENT \
    PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT)

static struct psacrypto_store_ram_space space;
static const uint8_t bytes[16] = { 1, 2, 3 };

/* ---- A device that one thread at a time may call ---- */

static uint32_t waiting; /* atomic: 1: the next import is to wait; 2: it waits; 0: it may go on */
static const struct psacrypto_services *services;
static int with_lock;

static psa_status_t device_open(void *instance, const struct psacrypto_services *offered)
{
    (void)instance;
    services = offered;
    return PSA_SUCCESS;
}

static size_t device_blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length)
{
    (void)instance, (void)attributes, (void)data_length;
    return 16;
}

static psa_status_t device_import(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                                  const uint8_t *data, size_t data_length,
                                  uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits)
{
    uint32_t expected = 1;
    (void)instance, (void)attributes, (void)owner, (void)blob_size;
    if (with_lock) {
        services->lock(services->core);
    }
    if (ATOMIC_CAS(&waiting, &expected, (uint32_t)2)) {
        while (ATOMIC_LOAD(&waiting) != 0) {
            platform_yield();
        }
    }
    if (with_lock) {
        services->unlock(services->core);
    }
    memcpy(blob, data, data_length);
    *blob_length = data_length;
    *bits = 8u * data_length;
    return PSA_SUCCESS;
}

static const struct psacrypto_key_management_entries device_keys = { .import = device_import };
static const struct psacrypto_driver device = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .flags = PSACRYPTO_DRIVER_SERIALISED,
    .name = "one at a time",
    .open = device_open,
    .blob_size = device_blob_size,
    .key_management = &device_keys,
};

/* ---- Keys ---- */

static psa_status_t import(psa_key_lifetime_t lifetime, psa_key_id_t id, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_CACHE);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    psa_set_key_lifetime(&attributes, lifetime);
    if (id != 0) {
        psa_set_key_id(&attributes, id);
    }
    return psa_import_key(&attributes, bytes, sizeof(bytes), key);
}

static psa_status_t use(psa_key_id_t key)
{
    uint8_t out[32];
    size_t length;
    return psa_aead_encrypt(key, PSA_ALG_GCM, bytes, 12, NULL, 0, bytes, 16, out, sizeof(out), &length);
}

/* One key from its creation to its end; id 0: volatile. */
static int live(psa_key_lifetime_t lifetime, psa_key_id_t id)
{
    psa_key_id_t key;
    return import(lifetime, id, &key) == PSA_SUCCESS && (lifetime == IN_DEVICE || use(key) == PSA_SUCCESS) &&
           psa_destroy_key(key) == PSA_SUCCESS;
}

/*
 * The child's verdict is the exit status of another program: a checker of leaks would report, as the child exits, what only
 * the stacks of the parent's other threads held, which the child does not have.
 */
static void end_child(int fine)
{
    const char *program = fine ? "true" : "false";
    (void)execlp(program, program, (char *)NULL);
    _exit(2);
}

static void in_child(int (*work)(void))
{
    pid_t child = fork();
    int result = -1;
    if (child == 0) {
        (void)alarm(LATEST);
        end_child(work());
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), 0);
}

/* ---- Tests ---- */

/* The allocators of sanitizers do not survive a fork() while another thread is in them. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ALLOCATOR_FORKS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define ALLOCATOR_FORKS 0
#endif
#endif
#ifndef ALLOCATOR_FORKS
#define ALLOCATOR_FORKS 1
#endif

static uint32_t stop_threads; /* atomic */

static void *lives(void *argument)
{
    psa_key_id_t id = *(psa_key_id_t *)argument;
    int fine = 1;
    while (fine && ATOMIC_LOAD(&stop_threads) == 0) {
        fine = live(PSA_KEY_LIFETIME_VOLATILE, 0) && use(1) == PSA_SUCCESS && live(PSA_KEY_LIFETIME_PERSISTENT, id) &&
               live(IN_ELEMENT, 0);
    }
    return fine ? argument : NULL;
}

static int child_lives(void)
{
    return live(PSA_KEY_LIFETIME_VOLATILE, 0) && use(1) == PSA_SUCCESS && live(PSA_KEY_LIFETIME_PERSISTENT, 4) &&
           live(PSA_KEY_LIFETIME_VOLATILE, 0) && live(IN_ELEMENT, 0) && psa_destroy_key(1) == PSA_SUCCESS;
}

static void keys_come_and_go_in_the_child(void **state)
{
    pthread_t threads[2];
    psa_key_id_t ids[2] = { 2, 3 };
    psa_key_id_t key;
    (void)state;
    if (!ALLOCATOR_FORKS) {
        print_message("not under this sanitizer\n");
        skip();
    }
    assert_int_equal(import(PSA_KEY_LIFETIME_PERSISTENT, 1, &key), PSA_SUCCESS);
    ATOMIC_STORE(&stop_threads, 0u);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, lives, &ids[i]), 0);
    }
    for (unsigned i = 0; i < FORKS / quick_step(5); i++) {
        in_child(child_lives);
    }
    ATOMIC_STORE(&stop_threads, 1u);
    for (unsigned i = 0; i < 2; i++) {
        void *fine = NULL;
        assert_int_equal(pthread_join(threads[i], &fine), 0);
        assert_non_null(fine);
    }
    assert_int_equal(psa_destroy_key(1), PSA_SUCCESS);
}

static psa_key_id_t id_in_creation;

static void *wait_in_device(void *argument)
{
    psa_key_id_t key;
    psa_key_lifetime_t lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
        id_in_creation == 0 ? PSA_KEY_PERSISTENCE_VOLATILE : PSA_KEY_PERSISTENCE_DEFAULT, DEVICE);
    return import(lifetime, id_in_creation, &key) == PSA_SUCCESS && psa_destroy_key(key) == PSA_SUCCESS ? argument : NULL;
}

static int child_in_device(void)
{
    return live(IN_DEVICE, 0);
}

/* The id that another thread of the parent was creating is nobody's in the child. */
static int child_takes_id(void)
{
    return live(PSA_KEY_LIFETIME_PERSISTENT, id_in_creation);
}

static void fork_while_inside(psa_key_id_t id, int locked, int (*work)(void))
{
    pthread_t thread;
    void *fine = NULL;
    id_in_creation = id;
    with_lock = locked;
    ATOMIC_STORE(&waiting, 1u);
    assert_int_equal(pthread_create(&thread, NULL, wait_in_device, &id_in_creation), 0);
    while (ATOMIC_LOAD(&waiting) != 2u) {
        platform_yield();
    }
    in_child(work);
    ATOMIC_STORE(&waiting, 0u);
    assert_int_equal(pthread_join(thread, &fine), 0);
    assert_non_null(fine);
}

static void a_serialised_driver_is_free_in_the_child(void **state)
{
    (void)state;
    fork_while_inside(0, 0, child_in_device);
}

static void a_drivers_mutex_is_free_in_the_child(void **state)
{
    (void)state;
    fork_while_inside(0, 1, child_in_device);
}

static void an_id_in_creation_is_free_in_the_child(void **state)
{
    (void)state;
    fork_while_inside(7, 0, child_takes_id);
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
        cmocka_unit_test(keys_come_and_go_in_the_child),
        cmocka_unit_test(a_serialised_driver_is_free_in_the_child),
        cmocka_unit_test(a_drivers_mutex_is_free_in_the_child),
        cmocka_unit_test(an_id_in_creation_is_free_in_the_child),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
