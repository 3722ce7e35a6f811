/* SPDX-License-Identifier: Apache-2.0 */
/* Damaged and foreign files: never the wrong bytes. */
#define _GNU_SOURCE

#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct psacrypto_store *const store = &psacrypto_store_posix;
static const struct psacrypto_store_name name = { 2, 0, 1 };
static char *parent;
static char *path;        /* of the store */
static char file[512];    /* of the object */
static struct psacrypto_store_directory directory;
static uint8_t *original;
static size_t original_length;

#define TEXT "twenty-four bytes of data"

static int setup(void **state)
{
    (void)state;
    parent = directory_make();
    path = strdup(path_join(parent, "store"));
    memset(&directory, 0, sizeof(directory));
    directory.path = path;
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    assert_int_equal(store->put(&directory, &name, 9, TEXT, strlen(TEXT), 0), PSA_SUCCESS);
    strcpy(file, path_join(path, "its/00000000-0000000000000001"));
    original = file_read(file, &original_length);
    return original == NULL;
}

static int teardown(void **state)
{
    (void)state;
    store->close(&directory);
    free(original);
    free(path);
    directory_remove(parent);
    return 0;
}

static psa_status_t get(void)
{
    uint8_t data[64];
    size_t length = 99;

    memset(data, 0xa5, sizeof(data));
    psa_status_t status = store->get(&directory, &name, 0, data, sizeof(data), &length);
    if (status == PSA_SUCCESS) {
        assert_int_equal(length, strlen(TEXT));
        assert_memory_equal(data, TEXT, length);
    } else {
        assert_int_equal(length, 0);
        /* Nothing of the damaged data stays in the caller's buffer. */
        for (size_t i = 0; i < sizeof(data); i++) {
            assert_true(data[i] == 0xa5 || data[i] == 0);
        }
    }
    return status;
}

static void every_bit(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < 8u * original_length; bit++) {
        original[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        file_write(file, original, original_length);
        original[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        assert_int_equal(get(), PSA_ERROR_DATA_CORRUPT);
    }
    file_write(file, original, original_length);
    assert_int_equal(get(), PSA_SUCCESS);
}

/* A part of the data alone is checked as the whole is. */
static void every_bit_for_a_part(void **state)
{
    (void)state;
    for (size_t bit = 0; bit < 8u * original_length; bit++) {
        uint8_t data[2];
        size_t length = 99;
        original[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        file_write(file, original, original_length);
        original[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        assert_int_equal(store->get(&directory, &name, 5, data, 2, &length), PSA_ERROR_DATA_CORRUPT);
        assert_int_equal(length, 0);
        assert_int_equal(store->get(&directory, &name, 0, NULL, 0, &length), PSA_ERROR_DATA_CORRUPT);
    }
}

static void every_length(void **state)
{
    uint8_t longer[200] = { 0 };
    struct psacrypto_store_info info;

    (void)state;
    memcpy(longer, original, original_length);
    for (size_t length = 0; length < sizeof(longer); length++) {
        file_write(file, longer, length);
        assert_int_equal(get(), length == original_length ? PSA_SUCCESS : PSA_ERROR_DATA_CORRUPT);
        assert_int_equal(store->info(&directory, &name, &info), length == original_length ? PSA_SUCCESS : PSA_ERROR_DATA_CORRUPT);
    }
}

/* info reads the header alone, and knows when it is damaged. */
static void header_of_info(void **state)
{
    struct psacrypto_store_info info;

    (void)state;
    for (size_t bit = 0; bit < 8u * 44u; bit++) {
        original[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        file_write(file, original, original_length);
        original[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        assert_int_equal(store->info(&directory, &name, &info), PSA_ERROR_DATA_CORRUPT);
        assert_int_equal(info.size, 0);
        assert_int_equal(info.flags, 0);
    }
}

/* A sound file under the name of another object. */
static void exchanged_files(void **state)
{
    const struct psacrypto_store_name names[] = { { 2, 0, 2 }, { 2, 1, 1 }, { 3, 0, 1 } };
    static const char *const files[] = { "its/00000000-0000000000000002", "its/00000001-0000000000000001", "ps/00000000-0000000000000001" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        size_t length = 9;
        uint8_t byte;
        assert_int_equal(store->put(&directory, &names[i], 0, "other", 5, 0), PSA_SUCCESS);
        file_write(path_join(path, files[i]), original, original_length);
        assert_int_equal(store->get(&directory, &names[i], 0, &byte, 1, &length), PSA_ERROR_DATA_CORRUPT);
    }
}

/* A damaged object can be replaced, and removed. */
static void repair(void **state)
{
    (void)state;
    file_write(file, original, original_length - 1u);
    assert_int_equal(get(), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(store->put(&directory, &name, 9, TEXT, strlen(TEXT), PSACRYPTO_STORE_CREATE), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(store->put(&directory, &name, 9, TEXT, strlen(TEXT), 0), PSA_SUCCESS);
    assert_int_equal(get(), PSA_SUCCESS);
    file_write(file, original, 3);
    assert_int_equal(store->remove(&directory, &name), PSA_SUCCESS);
    assert_int_equal(get(), PSA_ERROR_DOES_NOT_EXIST);
}

/* A sound file elsewhere, reached by a symbolic link; a FIFO; a directory. */
static void no_regular_file(void **state)
{
    const char *elsewhere = path_join(parent, "elsewhere");

    (void)state;
    file_write(elsewhere, original, original_length);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(symlink(elsewhere, file), 0);
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(mkfifo(file, 0600), 0);
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(mkdir(file, 0700), 0);
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(store->remove(&directory, &name), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(rmdir(file), 0);
    assert_int_equal(symlink(elsewhere, file), 0);
    /* Replacing replaces the link, not what it points to. */
    assert_int_equal(store->put(&directory, &name, 0, "x", 1, 0), PSA_SUCCESS);
    size_t length = 0;
    uint8_t *target = file_read(path_join(parent, "elsewhere"), &length);
    assert_int_equal(length, original_length);
    free(target);
}

static uid_t somebody_else(void)
{
    return geteuid() + 1u;
}

static void modes_and_owner(void **state)
{
    static const mode_t refused[] = { 0601, 0602, 0604, 0610, 0620, 0640, 0666, 0777 };
    struct posix_calls calls = posix_calls_system;

    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        assert_int_equal(chmod(file, refused[i]), 0);
        assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
    }
    assert_int_equal(chmod(file, 0400), 0);
    assert_int_equal(get(), PSA_SUCCESS);
    calls.geteuid = somebody_else;
    posix_calls = &calls;
    assert_int_equal(get(), PSA_ERROR_STORAGE_FAILURE);
    posix_calls = &posix_calls_system;
    assert_int_equal(get(), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_bit, setup, teardown),
        cmocka_unit_test_setup_teardown(every_bit_for_a_part, setup, teardown),
        cmocka_unit_test_setup_teardown(every_length, setup, teardown),
        cmocka_unit_test_setup_teardown(header_of_info, setup, teardown),
        cmocka_unit_test_setup_teardown(exchanged_files, setup, teardown),
        cmocka_unit_test_setup_teardown(repair, setup, teardown),
        cmocka_unit_test_setup_teardown(no_regular_file, setup, teardown),
        cmocka_unit_test_setup_teardown(modes_and_owner, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
