/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/bytes.h"
#include "util/crc32c.h"

static const struct psacrypto_store *const store = &psacrypto_store_posix;
static char *parent;
static struct psacrypto_store_directory directory;

static int setup(void **state)
{
    (void)state;
    parent = directory_make();
    memset(&directory, 0, sizeof(directory));
    directory.path = strdup(path_join(parent, "store"));
    return directory.path == NULL;
}

static int teardown(void **state)
{
    (void)state;
    free((void *)(uintptr_t)directory.path);
    directory_remove(parent);
    return 0;
}

static void contract(void **state)
{
    (void)state;
    store_contract(store, &directory);
}

/* From the first use on: the directories are opened, and made, by whoever comes first. */
static void threads(void **state)
{
    (void)state;
    skip_under_valgrind();
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    store_threads(store, &directory);
    store->close(&directory);
}

static void reading_creates_nothing(void **state)
{
    const struct psacrypto_store_name name = { PSACRYPTO_SPACE_KEY, 0, 1 };
    struct psacrypto_store_name next = { PSACRYPTO_SPACE_KEY, INT32_MIN, 0 };
    struct psacrypto_store_info info;
    uint8_t data[4];
    size_t length;

    (void)state;
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    assert_int_equal(store->info(&directory, &name, &info), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(store->get(&directory, &name, 0, data, sizeof(data), &length), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(store->next(&directory, &next), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(store->remove(&directory, &name), PSA_ERROR_DOES_NOT_EXIST);
    (void)store->generation(&directory);
    store->close(&directory);
    assert_int_equal(directory_count(parent, ""), 0);
}

static void check_mode(const char *path, mode_t mode)
{
    struct stat s;

    assert_int_equal(lstat(path, &s), 0);
    assert_int_equal(s.st_mode, mode);
    assert_int_equal(s.st_uid, geteuid());
}

/* Whatever the umask. */
static void modes_and_names(void **state)
{
    static const struct {
        struct psacrypto_store_name name;
        const char *space;
        const char *file;
    } cases[] = {
        { { 1, 0, 5 }, "keys", "keys/00000000-0000000000000005" },
        { { 2, -1, 0xfedcba9876543210u }, "its", "its/ffffffff-fedcba9876543210" },
        { { 3, 0, 5 }, "ps", "ps/00000000-0000000000000005" },
        { { 4, 0, 0x0000007f00000001u }, "drivers", "drivers/00000000-0000007f00000001" },
        { { 5, 0, 8 }, "journal", "journal/00000000-0000000000000008" },
        { { 6, 0, 2 }, "system", "system/00000000-0000000000000002" },
    };
    const mode_t mask = umask(0);

    (void)state;
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        umask(i % 2 == 0 ? 0 : 022);
        assert_int_equal(store->put(&directory, &cases[i].name, 0, "x", 1, 0), PSA_SUCCESS);
        check_mode(path_join(directory.path, cases[i].space), S_IFDIR | 0700);
        check_mode(path_join(directory.path, cases[i].file), S_IFREG | 0600);
        assert_int_equal(directory_count(path_join(directory.path, cases[i].space), ""), 1);
    }
    check_mode(directory.path, S_IFDIR | 0700);
    check_mode(path_join(directory.path, "lock"), S_IFREG | 0600);
    check_mode(path_join(directory.path, "changes"), S_IFREG | 0600);
    assert_int_equal(directory_count(directory.path, ""), 8);
    umask(mask);
    store->close(&directory);
}

/* The file, byte for byte, from its description in docs/storage.md. */
static void golden_file(void **state)
{
    const struct psacrypto_store_name name = { 2, -2, 0x1122334455667788u };
    const uint8_t expected[51] = {
        'P', 'S', 'A', 'S', 'T', 'O', 'R', 'E', 1, 0, 0, 0, 2, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0xd4, 0xc3, 0xb2, 0xa1,
        0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'a', 'b', 'c', 0, 0, 0, 0,
    };
    uint8_t golden[51];
    size_t length = 0;

    (void)state;
    memcpy(golden, expected, sizeof(golden));
    store32_le(golden + 40, crc32c(0, golden, 40));
    store32_le(golden + 47, crc32c(0, golden, 47));
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    assert_int_equal(store->put(&directory, &name, 0xa1b2c3d4u, "abc", 3, 0), PSA_SUCCESS);
    uint8_t *file = file_read(path_join(directory.path, "its/fffffffe-1122334455667788"), &length);
    assert_non_null(file);
    assert_int_equal(length, sizeof(golden));
    assert_memory_equal(file, golden, length);
    free(file);
    store->close(&directory);
}

static void names_without_a_file(void **state)
{
    const struct psacrypto_store_name names[] = { { 0, 0, 1 }, { 7, 0, 1 }, { 0xffffffffu, 0, 1 }, { 1, 0, 0 } };
    struct psacrypto_store_info info;
    size_t length = 9;

    (void)state;
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct psacrypto_store_name next = names[i];
        assert_int_equal(store->put(&directory, &names[i], 0, "x", 1, 0), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(store->info(&directory, &names[i], &info), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(store->get(&directory, &names[i], 0, &info, 1, &length), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(store->remove(&directory, &names[i]), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(store->next(&directory, &next), names[i].uid == 0 ? PSA_ERROR_DOES_NOT_EXIST : PSA_ERROR_INVALID_ARGUMENT);
    }
    store->close(&directory);
    assert_int_equal(directory_count(parent, ""), 0);
}

/* A relative path is taken from where the program was when it opened the store. */
static void working_directory_may_change(void **state)
{
    const struct psacrypto_store_name name = { 2, 0, 1 };
    char before[512];

    (void)state;
    free((void *)(uintptr_t)directory.path);
    directory.path = strdup("store");
    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(parent), 0);
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
    assert_int_equal(directory_count(path_join(parent, "store/its"), ""), 1);
    store->close(&directory);
    assert_int_equal(chdir(before), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(contract, setup, teardown),
        cmocka_unit_test_setup_teardown(threads, setup, teardown),
        cmocka_unit_test_setup_teardown(reading_creates_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(modes_and_names, setup, teardown),
        cmocka_unit_test_setup_teardown(golden_file, setup, teardown),
        cmocka_unit_test_setup_teardown(names_without_a_file, setup, teardown),
        cmocka_unit_test_setup_teardown(working_directory_may_change, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
