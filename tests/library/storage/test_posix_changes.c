/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "storage/posix.h"

static char *parent;
static char path[512];
static const struct psacrypto_store *store;

static int setup(void **state)
{
    (void)state;
    parent = directory_make();
    strcpy(path, path_join(parent, "store"));
    store = &psacrypto_store_posix;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    directory_remove(parent);
    return 0;
}

static void open_store(struct psacrypto_store_directory *directory)
{
    memset(directory, 0, sizeof(*directory));
    directory->path = path;
    assert_int_equal(store->open(directory), PSA_SUCCESS);
}

enum change { CHANGE_CREATE, CHANGE_REPLACE, CHANGE_REMOVE, CHANGE_ITS };

/* In another process, and in another one that opened the store anew. */
static void change_elsewhere(struct psacrypto_store_directory *inherited, enum change change, int anew)
{
    const struct psacrypto_store_name name = { change == CHANGE_ITS ? 2 : 1, 0, 5 };
    struct psacrypto_store_directory own;
    struct psacrypto_store_directory *directory = inherited;
    psa_status_t status;
    int result;

    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (anew) {
            open_store(&own);
            directory = &own;
        }
        if (change == CHANGE_REMOVE) {
            status = store->remove(directory, &name);
        } else {
            status = store->put(directory, &name, 0, "x", 1, change == CHANGE_CREATE ? PSACRYPTO_STORE_CREATE : 0);
        }
        _exit(status != PSA_SUCCESS);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
}

static void notices(struct psacrypto_store_directory *directory, enum change change, int anew)
{
    const uint64_t before = store->generation(directory);

    assert_true(store->generation(directory) == before);
    change_elsewhere(directory, change, anew);
    const uint64_t after = store->generation(directory);
    assert_true(after != before);
    assert_true(store->generation(directory) == after);
}

static void other_processes(void **state)
{
    struct psacrypto_store_directory directory;

    (void)state;
    open_store(&directory);
    for (int anew = 0; anew < 2; anew++) {
        const struct psacrypto_store_name name = { 1, 0, 6 };
        struct psacrypto_store_info info;
        /* The process knows of a key: so it looks at the store already. */
        assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
        assert_int_equal(store->info(&directory, &name, &info), PSA_SUCCESS);
        notices(&directory, CHANGE_CREATE, anew);
        notices(&directory, CHANGE_REPLACE, anew);
        notices(&directory, CHANGE_REMOVE, anew);
    }
    /* What is no key leaves keys alone. */
    const uint64_t before = store->generation(&directory);
    change_elsewhere(&directory, CHANGE_ITS, 1);
    assert_true(store->generation(&directory) == before);
    store->close(&directory);
}

/* Before there is a store at all, and once somebody has made it. */
static void made_by_another(void **state)
{
    const struct psacrypto_store_name name = { 1, 0, 5 };
    struct psacrypto_store_directory directory;
    struct psacrypto_store_info info;

    (void)state;
    open_store(&directory);
    assert_true(store->generation(&directory) == 0);
    change_elsewhere(&directory, CHANGE_CREATE, 1);
    assert_int_equal(store->info(&directory, &name, &info), PSA_SUCCESS);
    assert_true(store->generation(&directory) != 0);
    notices(&directory, CHANGE_REPLACE, 1);
    store->close(&directory);
}

/* No system call once it is open. */
static void costs_nothing(void **state)
{
    const struct psacrypto_store_name name = { 1, 0, 5 };
    struct psacrypto_store_directory directory;

    (void)state;
    open_store(&directory);
    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
    faults_begin();
    for (int i = 0; i < 10; i++) {
        assert_true(store->generation(&directory) != 0);
    }
    assert_int_equal(faults.calls, 0);
    faults_end();
    store->close(&directory);
}

/* Where telling fails, nothing was changed. */
static void cannot_tell(void **state)
{
    const struct psacrypto_store_name name = { 1, 0, 5 };
    struct psacrypto_store_directory directory;
    char byte;
    size_t length;

    (void)state;
    open_store(&directory);
    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
    faults_begin();
    faults.error = ENOSPC; /* as a copying file system has it */
    faults.fail_first[FAULT_PWRITE] = 1;
    assert_int_equal(store->put(&directory, &name, 0, "y", 1, 0), PSA_ERROR_INSUFFICIENT_STORAGE);
    faults.fail_first[FAULT_PWRITE] = 1;
    assert_int_equal(store->remove(&directory, &name), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(faults.failed[FAULT_PWRITE], 2);
    faults_end();
    assert_int_equal(store->get(&directory, &name, 0, &byte, 1, &length), PSA_SUCCESS);
    assert_int_equal(byte, 'x');
    store->close(&directory);
}

/* A file that is too short to be mapped is refused before it can hurt. */
static void short_file(void **state)
{
    const struct psacrypto_store_name name = { 1, 0, 5 };
    struct psacrypto_store_directory directory;

    (void)state;
    open_store(&directory);
    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
    store->close(&directory);
    file_write(path_join(path, "changes"), (const uint8_t *)"123456789012345", 15);
    open_store(&directory);
    assert_int_equal(store->put(&directory, &name, 0, "y", 1, 0), PSA_ERROR_STORAGE_FAILURE);
    assert_true(store->generation(&directory) == 0);
    store->close(&directory);
}

static int read_only_openat(int directory, const char *file, int flags, mode_t mode)
{
    if ((flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0) {
        errno = EROFS;
        return -1;
    }
    return posix_calls_system.openat(directory, file, flags, mode);
}

/* A medium that cannot be written can be read, and keys on it be used. */
static void read_only_medium(void **state)
{
    const struct psacrypto_store_name name = { 1, 0, 5 };
    struct psacrypto_store_name next = { 1, INT32_MIN, 0 };
    struct psacrypto_store_directory directory;
    struct posix_calls calls = posix_calls_system;
    char byte;
    size_t length;

    (void)state;
    open_store(&directory);
    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
    store->close(&directory);
    calls.openat = read_only_openat;
    posix_calls = &calls;
    open_store(&directory);
    assert_int_equal(store->get(&directory, &name, 0, &byte, 1, &length), PSA_SUCCESS);
    assert_int_equal(store->next(&directory, &next), PSA_SUCCESS);
    const uint64_t before = store->generation(&directory);
    assert_int_equal(store->put(&directory, &name, 0, "y", 1, 0), PSA_ERROR_STORAGE_FAILURE);
    assert_true(store->generation(&directory) == before);
    store->close(&directory);
    posix_calls = &posix_calls_system;
}

/* Mbed TLS tells nobody: the directory's time stamp does, and while it is fresh nothing is trusted. */
static void mbed_changes(void **state)
{
    struct psacrypto_store_directory directory;
    struct timespec times[2] = { { 1600000000, 5 }, { 1600000000, 5 } };

    (void)state;
    store = &psacrypto_store_mbed;
    assert_int_equal(mkdir(path, 0755), 0);
    open_store(&directory);
    struct psacrypto_store_name name = { 1, 0, 5 };
    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
    assert_true(store->generation(&directory) != store->generation(&directory));
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    const uint64_t before = store->generation(&directory);
    assert_true(store->generation(&directory) == before);
    times[1].tv_nsec++;
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    const uint64_t after = store->generation(&directory);
    assert_true(after != before);
    /* A change of ours shows as well. */
    assert_int_equal(store->put(&directory, &name, 0, "y", 1, 0), PSA_SUCCESS);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_true(store->generation(&directory) != after);
    store->close(&directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(other_processes, setup, teardown),
        cmocka_unit_test_setup_teardown(made_by_another, setup, teardown),
        cmocka_unit_test_setup_teardown(costs_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(cannot_tell, setup, teardown),
        cmocka_unit_test_setup_teardown(short_file, setup, teardown),
        cmocka_unit_test_setup_teardown(read_only_medium, setup, teardown),
        cmocka_unit_test_setup_teardown(mbed_changes, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
