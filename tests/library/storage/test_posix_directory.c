/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/posix.h"
#include "util/reason.h"

static const struct psacrypto_store *const store = &psacrypto_store_posix;
static const struct psacrypto_store_name name = { 2, 0, 1 };
static char *parent;
static char path[512];
static struct psacrypto_store_directory directory;

static int setup(void **state)
{
    (void)state;
    parent = directory_make();
    strcpy(path, path_join(parent, "store"));
    memset(&directory, 0, sizeof(directory));
    directory.path = path;
    return store->open(&directory);
}

static int teardown(void **state)
{
    (void)state;
    store->close(&directory);
    directory_remove(parent);
    return 0;
}

static psa_status_t put(void)
{
    return store->put(&directory, &name, 0, "x", 1, 0);
}

static psa_status_t get(void)
{
    uint8_t byte;
    size_t length;

    return store->get(&directory, &name, 0, &byte, 1, &length);
}

static void is_unsafe(void)
{
    assert_int_equal(put(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(reason_last().code, REASON_STORE_UNSAFE);
    assert_int_equal(store->lock(&directory), PSA_ERROR_STORAGE_FAILURE);
}

/* Once it is right, the store works without being opened again. */
static void modes(void **state)
{
    static const mode_t refused[] = { 0701, 0702, 0704, 0710, 0720, 0740, 0755, 01777 };

    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        if (i == 0) {
            assert_int_equal(mkdir(path, 0700), 0);
        }
        assert_int_equal(chmod(path, refused[i]), 0);
        is_unsafe();
    }
    assert_int_equal(chmod(path, 0700), 0);
    assert_int_equal(put(), PSA_SUCCESS);
    assert_int_equal(get(), PSA_SUCCESS);
}

static void mode_of_a_space(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(mkdir(path_join(path, "its"), 0700), 0);
    assert_int_equal(chmod(path_join(path, "its"), 0750), 0);
    assert_int_equal(put(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
}

static uid_t somebody_else(void)
{
    return geteuid() + 1u;
}

static void owner(void **state)
{
    struct posix_calls calls = posix_calls_system;

    (void)state;
    assert_int_equal(mkdir(path, 0700), 0);
    calls.geteuid = somebody_else;
    posix_calls = &calls;
    is_unsafe();
    posix_calls = &posix_calls_system;
    assert_int_equal(put(), PSA_SUCCESS);
}

static void links(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_join(parent, "elsewhere"), 0700), 0);
    assert_int_equal(symlink("elsewhere", path), 0);
    is_unsafe();
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(symlink("../elsewhere", path_join(path, "its")), 0);
    assert_int_equal(put(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(unlink(path_join(path, "its")), 0);
    /* The files beside the spaces, too. */
    const uint8_t zeros[16] = { 0 };
    file_write(path_join(parent, "file"), zeros, sizeof(zeros));
    assert_int_equal(symlink("../file", path_join(path, "lock")), 0);
    assert_int_equal(put(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(unlink(path_join(path, "lock")), 0);
    assert_int_equal(symlink("../file", path_join(path, "changes")), 0);
    assert_int_equal(put(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(unlink(path_join(path, "changes")), 0);
    assert_int_equal(put(), PSA_SUCCESS);
    assert_int_equal(directory_count(path_join(parent, "elsewhere"), ""), 0);
}

static void a_file_in_its_place(void **state)
{
    (void)state;
    file_write(path, (const uint8_t *)"x", 1);
    assert_int_equal(put(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
}

/* One level is made for a path that the program gives. */
static void parents_are_not_made(void **state)
{
    struct psacrypto_store_directory deeper = { NULL, { 0 } };

    (void)state;
    deeper.path = path_join(parent, "a/b");
    assert_int_equal(store->open(&deeper), PSA_SUCCESS);
    assert_int_equal(store->put(&deeper, &name, 0, "x", 1, 0), PSA_ERROR_STORAGE_FAILURE);
    store->close(&deeper);
    assert_int_equal(directory_count(parent, ""), 0);
}

static const char *home;

static char *home_only(const char *variable)
{
    return strcmp(variable, "HOME") == 0 ? (char *)(uintptr_t)home : NULL;
}

/* Below $HOME all of .local/state/psacrypto is; $HOME itself is not. */
static void parents_of_the_state_directory(void **state)
{
    struct posix_calls calls = posix_calls_system;
    struct psacrypto_store_directory by_default = { NULL, { 0 } };
    struct stat s;

    (void)state;
    calls.getenv = home_only;
    posix_calls = &calls;
    home = parent;
    assert_int_equal(store->open(&by_default), PSA_SUCCESS);
    assert_int_equal(store->put(&by_default, &name, 0, "x", 1, 0), PSA_SUCCESS);
    store->close(&by_default);
    assert_int_equal(directory_count(path_join(parent, ".local/state/psacrypto/its"), ""), 1);
    assert_int_equal(stat(path_join(parent, ".local"), &s), 0);
    assert_int_equal(s.st_mode & 07777, 0700);

    home = path_join(parent, "nobody");
    assert_int_equal(store->open(&by_default), PSA_SUCCESS);
    assert_int_equal(store->put(&by_default, &name, 0, "x", 1, 0), PSA_ERROR_STORAGE_FAILURE);
    store->close(&by_default);
    posix_calls = &posix_calls_system;
    assert_int_equal(directory_count(parent, "nobody"), 0);
}

/* A program may have closed its standard streams: what it prints must not end in the store. */
static void low_descriptors(void **state)
{
    struct stat s;
    const int input = dup(0);

    (void)state;
    assert_true(input > 2);
    close(0);
    assert_int_equal(put(), PSA_SUCCESS);
    assert_int_equal(get(), PSA_SUCCESS);
    assert_int_not_equal(fstat(0, &s), 0);

    faults_begin();
    faults.error = EMFILE;
    faults.fail_first[FAULT_DUPLICATE] = 1;
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(faults.failed[FAULT_DUPLICATE], 1);
    faults_end();
    assert_int_not_equal(fstat(0, &s), 0);
    assert_int_equal(dup2(input, 0), 0);
    close(input);
}

static void errors_as_statuses(void **state)
{
    (void)state;
    assert_int_equal(posix_failure(ENOENT), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(posix_failure(ENOSPC), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(reason_last().code, REASON_STORE_FULL);
    assert_int_equal(posix_failure(EDQUOT), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(posix_failure(ENOMEM), PSA_ERROR_INSUFFICIENT_MEMORY);
    assert_int_equal(posix_failure(ELOOP), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(reason_last().code, REASON_STORE_UNSAFE);
    assert_int_equal(posix_failure(EACCES), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(reason_last().code, REASON_STORE_ACCESS);
    assert_int_equal(reason_last().a, EACCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(modes, setup, teardown),
        cmocka_unit_test_setup_teardown(mode_of_a_space, setup, teardown),
        cmocka_unit_test_setup_teardown(owner, setup, teardown),
        cmocka_unit_test_setup_teardown(links, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_in_its_place, setup, teardown),
        cmocka_unit_test_setup_teardown(parents_are_not_made, setup, teardown),
        cmocka_unit_test_setup_teardown(parents_of_the_state_directory, setup, teardown),
        cmocka_unit_test_setup_teardown(low_descriptors, setup, teardown),
        cmocka_unit_test(errors_as_statuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
