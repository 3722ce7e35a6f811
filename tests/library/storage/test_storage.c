/* SPDX-License-Identifier: Apache-2.0 */
/* The choice of the store, its opening, its lock. */
#define _GNU_SOURCE

#include "support.h"

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/platform.h"
#include "storage/storage.h"
#include "util/atomic.h"
#include "util/reason.h"

static char *parent;
static struct psacrypto_store_ram_space space;

static int setup(void **state)
{
    (void)state;
    parent = directory_make();
    memset(&space, 0, sizeof(space));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    storage_close();
    psacrypto_store_ram_clear(&space);
    directory_remove(parent);
    return psacrypto_set_store(NULL, NULL) != PSA_SUCCESS || psacrypto_set_store_directory(NULL) != PSA_SUCCESS;
}

static void incomplete_stores(void **state)
{
    struct psacrypto_store copy;

    (void)state;
#define REFUSED(change)                                                        \
    copy = device_store;                                                       \
    change;                                                                    \
    assert_int_equal(psacrypto_set_store(&copy, &space), PSA_ERROR_INVALID_ARGUMENT)
    REFUSED(copy.abi++);
    REFUSED(copy.size--);
    REFUSED(copy.open = NULL);
    REFUSED(copy.close = NULL);
    REFUSED(copy.info = NULL);
    REFUSED(copy.get = NULL);
    REFUSED(copy.put = NULL);
    REFUSED(copy.remove = NULL);
    REFUSED(copy.next = NULL);
    REFUSED(copy.flags &= ~PSACRYPTO_STORE_CAN_ENUMERATE);
    REFUSED(copy.counter = NULL);
    REFUSED(copy.root_key = NULL);
    REFUSED(copy.flags |= PSACRYPTO_STORE_CAN_LOCK);
    REFUSED(copy.lock = psacrypto_store_posix.lock);
    REFUSED(copy.unlock = psacrypto_store_posix.unlock);
#undef REFUSED
    assert_int_equal(reason_last().status, PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(reason_last().code, REASON_STORE_INCOMPLETE);
    assert_int_equal(psacrypto_set_store(&device_store, &space), PSA_SUCCESS);
}

static void chosen_before_use(void **state)
{
    (void)state;
    assert_null(storage_store());
    assert_true(storage_generation() == 0);
    assert_int_equal(psacrypto_set_store(&psacrypto_store_ram, &space), PSA_SUCCESS);
    assert_null(storage_store());
    assert_int_equal(storage_open(), PSA_SUCCESS);
    assert_ptr_equal(storage_store(), &psacrypto_store_ram);
    assert_ptr_equal(storage_instance(), &space);
    assert_int_equal(storage_open(), PSA_SUCCESS);
    assert_int_equal(psacrypto_set_store(NULL, NULL), PSA_ERROR_BAD_STATE);
    assert_int_equal(reason_last().status, PSA_ERROR_BAD_STATE);
    assert_int_equal(psacrypto_set_store_directory("x"), PSA_ERROR_BAD_STATE);
    assert_int_equal(reason_last().code, REASON_OPERATION_ACTIVE);
    storage_close();
    storage_close();
    /* The choice outlives closing. */
    assert_int_equal(storage_open(), PSA_SUCCESS);
    assert_ptr_equal(storage_store(), &psacrypto_store_ram);
}

/* The library's own stores need an object of the program's. */
static void no_instance(void **state)
{
    static const struct psacrypto_store *const stores[] = { &psacrypto_store_ram, &psacrypto_store_posix, &psacrypto_store_mbed };

    (void)state;
    for (size_t i = 0; i < sizeof(stores) / sizeof(stores[0]); i++) {
        assert_int_equal(psacrypto_set_store(stores[i], NULL), PSA_SUCCESS);
        assert_int_equal(storage_open(), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(reason_last().code, REASON_NULL_POINTER);
    }
}

static void directory_of_the_default(void **state)
{
    char path[PSACRYPTO_STORE_PATH_MAX + 3];

    (void)state;
    assert_int_equal(psacrypto_set_store_directory(""), PSA_ERROR_INVALID_ARGUMENT);
    memset(path, 'x', sizeof(path));
    path[PSACRYPTO_STORE_PATH_MAX + 1] = '\0';
    assert_int_equal(psacrypto_set_store_directory(path), PSA_ERROR_INVALID_ARGUMENT);
    path[PSACRYPTO_STORE_PATH_MAX] = '\0';
    assert_int_equal(psacrypto_set_store_directory(path), PSA_SUCCESS);
    strcpy(path, path_join(parent, "store"));
    assert_int_equal(psacrypto_set_store_directory(path), PSA_SUCCESS);
    memset(path, 0, sizeof(path)); /* it was copied */
    assert_int_equal(storage_seed_write((const uint8_t *)"seed", 4), PSA_SUCCESS);
    assert_ptr_equal(storage_store(), &psacrypto_store_posix);
    assert_int_equal(directory_count(path_join(parent, "store/system"), ""), 1);
}

static char *no_environment(const char *name)
{
    (void)name;
    return NULL;
}

/* A clear reason, and another try once there is a place. */
static void no_place(void **state)
{
    struct posix_calls calls = posix_calls_system;
    uint8_t seed[4];
    size_t length = 9;
    uint8_t *blob;
    uint32_t incarnation;
    psa_key_attributes_t attributes;

    (void)state;
    calls.getenv = no_environment;
    posix_calls = &calls;
    assert_int_equal(storage_open(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(reason_last().code, REASON_STORE_NONE);
    assert_null(storage_store());
    assert_int_equal(storage_seed_read(seed, sizeof(seed), &length), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(length, 0);
    assert_int_equal(storage_key_load(0, 1, &attributes, &blob, &length, &incarnation), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(storage_lock(), PSA_ERROR_STORAGE_FAILURE);
    posix_calls = &posix_calls_system;
    assert_int_equal(psacrypto_set_store_directory(path_join(parent, "store")), PSA_SUCCESS);
    assert_int_equal(storage_seed_read(seed, sizeof(seed), &length), PSA_ERROR_DOES_NOT_EXIST);
}

/* ---- The lock ---- */

static uint32_t inside; /* atomic */
static int most;

static void *enter_often(void *argument)
{
    (void)argument;
    for (int i = 0; i < 2000; i++) {
        if (storage_lock() != PSA_SUCCESS || storage_lock() != PSA_SUCCESS) {
            return &inside;
        }
        const int now = (int)ATOMIC_ADD(&inside, 1u);
        most = now > most ? now : most;
        storage_unlock(); /* recursive: still inside */
        (void)ATOMIC_SUB(&inside, 1u);
        storage_unlock();
    }
    return NULL;
}

static void threads_exclude(void **state)
{
    pthread_t threads[3];
    void *result;

    (void)state;
    assert_int_equal(psacrypto_set_store(&psacrypto_store_ram, &space), PSA_SUCCESS);
    most = 0;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, enter_often, NULL), 0);
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_null(result);
    }
    assert_int_equal(most, 1);
}

static void *hold_a_while(void *argument)
{
    struct timespec pause = { 0, 50000000 };

    assert_int_equal(storage_lock(), PSA_SUCCESS);
    ATOMIC_STORE((uint32_t *)argument, 1u);
    nanosleep(&pause, NULL);
    storage_unlock();
    return NULL;
}

/* Another thread is inside while this one forks: the child waits for it, as any process does, and then enters. */
static void fork_beside_the_lock(void **state)
{
    pthread_t thread;
    uint32_t held = 0;
    int result;

    (void)state;
    assert_int_equal(psacrypto_set_store_directory(path_join(parent, "store")), PSA_SUCCESS);
    assert_int_equal(pthread_create(&thread, NULL, hold_a_while, &held), 0);
    while (ATOMIC_LOAD(&held) == 0) {
        platform_yield();
    }
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        alarm(20);
        psa_status_t status = storage_lock();
        if (status == PSA_SUCCESS) {
            storage_unlock();
            status = storage_lock(); /* and can again */
        }
        _exit(status != PSA_SUCCESS);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

/* A store whose lock fails holds nothing back. */
static psa_status_t failing_lock(void *instance)
{
    (void)instance;
    return PSA_ERROR_STORAGE_FAILURE;
}

static void nothing_to_unlock(void *instance)
{
    (void)instance;
    fail();
}

static void lock_fails(void **state)
{
    static struct psacrypto_store copy;

    (void)state;
    copy = psacrypto_store_ram;
    copy.lock = failing_lock;
    copy.unlock = nothing_to_unlock;
    assert_int_equal(psacrypto_set_store(&copy, &space), PSA_SUCCESS);
    assert_int_equal(storage_lock(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(storage_lock(), PSA_ERROR_STORAGE_FAILURE); /* would wait for ever */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(incomplete_stores, setup, teardown),
        cmocka_unit_test_setup_teardown(chosen_before_use, setup, teardown),
        cmocka_unit_test_setup_teardown(no_instance, setup, teardown),
        cmocka_unit_test_setup_teardown(directory_of_the_default, setup, teardown),
        cmocka_unit_test_setup_teardown(no_place, setup, teardown),
        cmocka_unit_test_setup_teardown(threads_exclude, setup, teardown),
        cmocka_unit_test_setup_teardown(fork_beside_the_lock, setup, teardown),
        cmocka_unit_test_setup_teardown(lock_fails, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
