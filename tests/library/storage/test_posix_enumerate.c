/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/platform.h"

static const struct psacrypto_store *const store = &psacrypto_store_posix;
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

static void put(uint64_t uid)
{
    const struct psacrypto_store_name name = { 2, 0, uid };

    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
}

/* All uids from 1 to count, and nothing else. */
static void lists(uint64_t count)
{
    struct psacrypto_store_name name = { 2, INT32_MIN, 0 };

    for (uint64_t uid = 1; uid <= count; uid++) {
        assert_int_equal(store->next(&directory, &name), PSA_SUCCESS);
        assert_true(name.uid == uid);
    }
    assert_int_equal(store->next(&directory, &name), PSA_ERROR_DOES_NOT_EXIST);
}

/* More than the first room of the list; the directory is read once. */
static void many(void **state)
{
    (void)state;
    for (uint64_t uid = 200; uid >= 1; uid--) {
        put(uid);
    }
    faults_begin();
    lists(200);
    faults_end();
    assert_true(faults.calls < 200 + 250 + 20); /* a look at each that is listed, 200 names read, and a little */
}

/* Files that are none of ours. */
static void other_files(void **state)
{
    static const char *const files[] = {
        "its/.psacrypto-00000001-00000001",
        "its/00000000-000000000000000",    /* a digit short */
        "its/00000000-00000000000000020",  /* a digit long */
        "its/00000000-000000000000000G",
        "its/00000000-000000000000000A",   /* upper case */
        "its/00000000_0000000000000002",
        "its/0000000-00000000000000002",
        "its/00000000-0000000000000000",   /* no name */
        "its/notes.txt",
        "its/00000000-0000000000000002.bak",
    };

    (void)state;
    put(1);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        file_write(path_join(path, files[i]), (const uint8_t *)"x", 1);
    }
    lists(1);
}

/* What another process adds while we list is listed if it lies ahead. */
static void added_by_another(void **state)
{
    struct psacrypto_store_name name = { 2, INT32_MIN, 0 };
    int result;

    (void)state;
    put(1);
    put(2);
    assert_int_equal(store->next(&directory, &name), PSA_SUCCESS);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct psacrypto_store_name third = { 2, 0, 3 };
        _exit(store->put(&directory, &third, 0, "x", 1, PSACRYPTO_STORE_CREATE) != PSA_SUCCESS);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    assert_int_equal(store->next(&directory, &name), PSA_SUCCESS);
    assert_true(name.uid == 2);
    assert_int_equal(store->next(&directory, &name), PSA_SUCCESS);
    assert_true(name.uid == 3);
    assert_int_equal(store->next(&directory, &name), PSA_ERROR_DOES_NOT_EXIST);
}

/* Two who list at once, in two spaces. */
static void interleaved(void **state)
{
    const struct psacrypto_store_name other = { 3, 0, 9 };
    struct psacrypto_store_name a = { 2, INT32_MIN, 0 };
    struct psacrypto_store_name b = { 3, INT32_MIN, 0 };

    (void)state;
    put(1);
    put(2);
    assert_int_equal(store->put(&directory, &other, 0, "x", 1, 0), PSA_SUCCESS);
    assert_int_equal(store->next(&directory, &a), PSA_SUCCESS);
    assert_int_equal(store->next(&directory, &b), PSA_SUCCESS);
    assert_true(b.uid == 9);
    assert_int_equal(store->next(&directory, &a), PSA_SUCCESS);
    assert_true(a.uid == 2);
    assert_int_equal(store->next(&directory, &b), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(store->next(&directory, &a), PSA_ERROR_DOES_NOT_EXIST);
}

static void out_of_memory(void **state)
{
    (void)state;
    for (uint64_t uid = 1; uid <= 70; uid++) {
        put(uid);
    }
    for (long k = 1; k <= 3; k++) {
        struct psacrypto_store_name name = { 2, INT32_MIN, 0 };
        platform_test_fail_allocation(k);
        assert_int_equal(store->next(&directory, &name), PSA_ERROR_INSUFFICIENT_MEMORY);
        platform_test_fail_allocation(0);
        assert_true(name.uid == 0);
        lists(70); /* leaves a snapshot, which the next round gives up first */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(many, setup, teardown),
        cmocka_unit_test_setup_teardown(other_files, setup, teardown),
        cmocka_unit_test_setup_teardown(added_by_another, setup, teardown),
        cmocka_unit_test_setup_teardown(interleaved, setup, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
