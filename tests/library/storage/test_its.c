/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <string.h>
#include <sys/stat.h>

#include <psa/internal_trusted_storage.h>
#include <psacrypto/library.h>

#include "storage/its.h"
#include "storage/storage.h"
#include "util/reason.h"

static struct psacrypto_store_ram_space ram;
static struct device_store device;
static char *path;

static int setup_ram(void **state)
{
    (void)state;
    ram.quota = 0;
    return psacrypto_set_store(&psacrypto_store_ram, &ram);
}

static int setup_device(void **state)
{
    (void)state;
    memset(&device, 0, sizeof(device));
    return psacrypto_set_store(&device_store, &device);
}

static int setup_posix(void **state)
{
    (void)state;
    path = directory_make();
    return psacrypto_set_store_directory(path);
}

static int teardown(void **state)
{
    (void)state;
    storage_close();
    psacrypto_store_ram_clear(&ram);
    psacrypto_store_ram_clear(&device.space);
    if (path != NULL) {
        directory_remove(path);
        path = NULL;
    }
    return psacrypto_set_store(NULL, NULL);
}

#define UID 0x8000000000000005u

static void holds(const char *text, uint32_t flags)
{
    struct psa_storage_info_t info = { 9, 9, 9 };
    char data[32];
    size_t length = 99;

    assert_int_equal(psa_its_get_info(UID, &info), PSA_SUCCESS);
    assert_int_equal(info.size, strlen(text));
    assert_int_equal(info.capacity, strlen(text));
    assert_int_equal(info.flags, flags);
    assert_int_equal(psa_its_get(UID, 0, sizeof(data), data, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(data, text, length);
}

static void lacks(void)
{
    struct psa_storage_info_t info = { 9, 9, 9 };
    char data[4] = "abc";
    size_t length = 99;

    assert_int_equal(psa_its_get(UID, 0, 4, data, &length), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(length, 0);
    assert_string_equal(data, "abc");
    assert_int_equal(psa_its_get_info(UID, &info), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(info.size | info.capacity | info.flags, 0);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_DOES_NOT_EXIST);
}

/* Nobody has called psa_crypto_init(). */
static void life_of_an_entry(void **state)
{
    (void)state;
    lacks();
    assert_int_equal(psa_its_set(UID, 5, "first", PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    holds("first", 0);
    assert_int_equal(psa_its_set(UID, 6, "second", PSA_STORAGE_FLAG_NO_CONFIDENTIALITY), PSA_SUCCESS);
    holds("second", PSA_STORAGE_FLAG_NO_CONFIDENTIALITY);
    assert_int_equal(psa_its_set(UID, 0, NULL, PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION), PSA_SUCCESS);
    holds("", PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION);
    assert_int_equal(psa_its_remove(UID), PSA_SUCCESS);
    lacks();
}

static void write_once(void **state)
{
    (void)state;
    assert_int_equal(psa_its_set(UID, 4, "free", PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    assert_int_equal(psa_its_set(UID, 4, "once", PSA_STORAGE_FLAG_WRITE_ONCE), PSA_SUCCESS);
    assert_int_equal(psa_its_set(UID, 4, "more", PSA_STORAGE_FLAG_NONE), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(reason_last().code, REASON_STORE_WRITE_ONCE);
    assert_int_equal(psa_its_set(UID, 4, "once", PSA_STORAGE_FLAG_WRITE_ONCE), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_NOT_PERMITTED);
    holds("once", PSA_STORAGE_FLAG_WRITE_ONCE);
    /* Another owner's entry of the same name is another one. */
    assert_int_equal(its_set(1, UID, 4, "free", PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    assert_int_equal(its_remove(1, UID), PSA_SUCCESS);
    holds("once", PSA_STORAGE_FLAG_WRITE_ONCE);
}

static void arguments(void **state)
{
    struct psa_storage_info_t info = { 9, 9, 9 };
    char data[4];
    size_t length = 99;

    (void)state;
    assert_int_equal(psa_its_set(0, 1, "x", 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(0, 0, 1, data, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(psa_its_get_info(0, &info), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(info.size, 0);
    assert_int_equal(psa_its_remove(0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_set(UID, 1, NULL, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_set(UID, 1, "x", 8), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_its_set(UID, 1, "x", 0x80000001u), PSA_ERROR_NOT_SUPPORTED);
    lacks();
    assert_int_equal(psa_its_set(UID, 1, "x", 7), PSA_SUCCESS);
    length = 99;
    assert_int_equal(psa_its_get(UID, 0, 1, NULL, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(psa_its_get(UID, 0, 1, data, NULL), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get_info(UID, NULL), PSA_ERROR_INVALID_ARGUMENT);
}

static void parts(void **state)
{
    char data[8];
    size_t length;

    (void)state;
    assert_int_equal(psa_its_set(UID, 6, "abcdef", 0), PSA_SUCCESS);
    for (size_t offset = 0; offset <= 7; offset++) {
        for (size_t size = 0; size <= 8; size++) {
            length = 99;
            memset(data, '.', sizeof(data));
            psa_status_t status = psa_its_get(UID, offset, size, data, &length);
            if (offset > 6) {
                assert_int_equal(status, PSA_ERROR_INVALID_ARGUMENT);
                assert_int_equal(length, 0);
                continue;
            }
            const size_t expected = 6 - offset < size ? 6 - offset : size;
            assert_int_equal(status, PSA_SUCCESS);
            assert_int_equal(length, expected);
            assert_memory_equal(data, &"abcdef"[offset], expected);
            assert_memory_equal(data + expected, "........", 8 - expected);
        }
    }
    assert_int_equal(psa_its_get(UID, 6, 0, NULL, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    /* What the conformance suite asks of sums that do not fit. */
    assert_int_equal(psa_its_get(UID, 1, 0xffffffffu, data, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(UID, 0xffffffffu, 1, data, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(UID, SIZE_MAX, 2, data, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_its_get(UID, 0, 0xffffffffu, data, &length), PSA_SUCCESS);
    assert_int_equal(length, 6);
}

/* As often after all has been removed. */
static void quota(void **state)
{
    static const uint8_t data[512];
    unsigned counts[2] = { 0, 0 };

    (void)state;
    ram.quota = 50000;
    for (int i = 0; i < 2; i++) {
        psa_status_t status;
        while ((status = psa_its_set(counts[i] + 1u, sizeof(data), data, 0)) == PSA_SUCCESS) {
            counts[i]++;
        }
        assert_int_equal(status, PSA_ERROR_INSUFFICIENT_STORAGE);
        for (unsigned uid = 1; uid <= counts[i]; uid++) {
            assert_int_equal(psa_its_remove(uid), PSA_SUCCESS);
        }
    }
    assert_true(counts[0] > 50);
    assert_int_equal(counts[0], counts[1]);
}

/* A damaged entry: the interface says that the medium failed, and the flags that nobody can read still protect it. */
static void damaged(void **state)
{
    struct psa_storage_info_t info = { 9, 9, 9 };
    char data[4];
    size_t length = 99;

    (void)state;
    assert_int_equal(psa_its_set(UID, 4, "data", PSA_STORAGE_FLAG_WRITE_ONCE), PSA_SUCCESS);
    const char *file = path_join(path, "its/00000000-8000000000000005");
    file_write(file, (const uint8_t *)"PSASTORE", 8);
    assert_int_equal(psa_its_get(UID, 0, 4, data, &length), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(length, 0);
    assert_int_equal(reason_last().code, REASON_STORE_DAMAGED);
    assert_int_equal(psa_its_get_info(UID, &info), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(info.size, 0);
    assert_int_equal(psa_its_set(UID, 4, "more", 0), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_STORAGE_FAILURE);
}

static void removing_nothing_creates_nothing(void **state)
{
    (void)state;
    lacks();
    assert_int_equal(directory_count(path, ""), 0);
}

static void writes_fail(void **state)
{
    (void)state;
    assert_int_equal(psa_its_set(UID, 3, "old", 0), PSA_SUCCESS);
    device.fail_at = device.writes + 1;
    assert_int_equal(psa_its_set(UID, 3, "new", 0), PSA_ERROR_STORAGE_FAILURE);
    holds("old", 0);
    device.fail_at = device.writes + 1;
    assert_int_equal(psa_its_remove(UID), PSA_ERROR_STORAGE_FAILURE);
    holds("old", 0);
    assert_int_equal(psa_its_remove(UID), PSA_SUCCESS); /* the lock is not held by a call that failed */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(life_of_an_entry, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(life_of_an_entry, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(write_once, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(write_once, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(arguments, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(parts, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(parts, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(quota, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(damaged, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(removing_nothing_creates_nothing, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(writes_fail, setup_device, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
