/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <psa/protected_storage.h>
#include <psacrypto/library.h>

#include "../../support/allocation.h"
#include "storage/its.h"
#include "storage/object.h"
#include "storage/protected_object.h"
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
    memset(device.root, 1, sizeof(device.root));
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
    psacrypto_shutdown();
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

static void holds(const char *text, size_t capacity, uint32_t flags)
{
    struct psa_storage_info_t info = { 9, 9, 9 };
    char data[64];
    size_t length = 99;

    assert_int_equal(psa_ps_get_info(UID, &info), PSA_SUCCESS);
    assert_int_equal(info.size, strlen(text));
    assert_int_equal(info.capacity, capacity);
    assert_int_equal(info.flags, flags);
    assert_int_equal(psa_ps_get(UID, 0, sizeof(data), data, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(data, text, length);
}

static void lacks(void)
{
    struct psa_storage_info_t info = { 9, 9, 9 };
    char data[4] = "abc";
    size_t length = 99;

    assert_int_equal(psa_ps_get(UID, 0, 4, data, &length), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(length, 0);
    assert_string_equal(data, "abc");
    assert_int_equal(psa_ps_get_info(UID, &info), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(info.size | info.capacity | info.flags, 0);
    assert_int_equal(psa_ps_remove(UID), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(psa_ps_set_extended(UID, 0, 1, "x"), PSA_ERROR_DOES_NOT_EXIST);
}

/* Nobody has called psa_crypto_init(). */
static void life_of_an_entry(void **state)
{
    (void)state;
    lacks();
    assert_int_equal(psa_ps_set(UID, 5, "first", PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    holds("first", 5, 0);
    assert_int_equal(psa_ps_set(UID, 6, "second", PSA_STORAGE_FLAG_NO_CONFIDENTIALITY), PSA_SUCCESS);
    holds("second", 6, PSA_STORAGE_FLAG_NO_CONFIDENTIALITY);
    assert_int_equal(psa_ps_set(UID, 0, NULL, PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION), PSA_SUCCESS);
    holds("", 0, PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION);
    assert_int_equal(psa_ps_remove(UID), PSA_SUCCESS);
    lacks();
    assert_int_equal(psa_ps_set(UID, 3, "new", PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    /* The next process reads it. */
    psacrypto_shutdown();
    holds("new", 3, 0);
}

static void write_once(void **state)
{
    (void)state;
    assert_int_equal(psa_ps_set(UID, 4, "once", PSA_STORAGE_FLAG_WRITE_ONCE), PSA_SUCCESS);
    assert_int_equal(psa_ps_set(UID, 4, "more", PSA_STORAGE_FLAG_NONE), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(reason_last().code, REASON_STORE_WRITE_ONCE);
    assert_int_equal(psa_ps_set_extended(UID, 0, 1, "x"), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_ps_remove(UID), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_ps_create(UID, 4, PSA_STORAGE_FLAG_NONE), PSA_ERROR_ALREADY_EXISTS);
    holds("once", 4, PSA_STORAGE_FLAG_WRITE_ONCE);
    assert_int_equal(ps_set(1, UID, 4, "free", PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    assert_int_equal(ps_remove(1, UID), PSA_SUCCESS);
}

static void arguments(void **state)
{
    struct psa_storage_info_t info = { 9, 9, 9 };
    char data[4];
    size_t length = 99;

    (void)state;
    assert_int_equal(psa_ps_set(0, 1, "x", 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_get(0, 0, 1, data, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(psa_ps_get_info(0, &info), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(info.size, 0);
    assert_int_equal(psa_ps_remove(0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_create(0, 1, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set_extended(0, 0, 1, "x"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set(UID, 1, NULL, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set_extended(UID, 0, 1, NULL), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set(UID, 1, "x", 8), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_ps_create(UID, 1, 8), PSA_ERROR_NOT_SUPPORTED);
    lacks();
    assert_int_equal(psa_ps_set(UID, 1, "x", 7), PSA_SUCCESS);
    length = 99;
    assert_int_equal(psa_ps_get(UID, 0, 1, NULL, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(psa_ps_get(UID, 0, 1, data, NULL), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_get_info(UID, NULL), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_get_support(), PSA_STORAGE_SUPPORT_SET_EXTENDED);
}

static void parts(void **state)
{
    char data[8];
    size_t length;

    (void)state;
    assert_int_equal(psa_ps_set(UID, 6, "abcdef", 0), PSA_SUCCESS);
    for (size_t offset = 0; offset <= 7; offset++) {
        for (size_t size = 0; size <= 8; size++) {
            length = 99;
            memset(data, '.', sizeof(data));
            psa_status_t status = psa_ps_get(UID, offset, size, data, &length);
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
    assert_int_equal(psa_ps_get(UID, 1, 0xffffffffu, data, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_get(UID, 0xffffffffu, 1, data, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_get(UID, SIZE_MAX, 2, data, &length), PSA_ERROR_INVALID_ARGUMENT);
}

/* create and set_extended, as the specification and the conformance suite have them. */
static void extended(void **state)
{
    char data[4];
    size_t length = 99;

    (void)state;
    assert_int_equal(psa_ps_create(UID, 10, PSA_STORAGE_FLAG_WRITE_ONCE), PSA_ERROR_NOT_SUPPORTED);
    lacks();
    assert_int_equal(psa_ps_create(UID, 10, PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    holds("", 10, 0);
    assert_int_equal(psa_ps_get(UID, 0, 4, data, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
    assert_int_equal(psa_ps_create(UID, 10, PSA_STORAGE_FLAG_NONE), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(psa_ps_create(UID, 11, PSA_STORAGE_FLAG_NONE), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(psa_ps_create(UID, 10, PSA_STORAGE_FLAG_WRITE_ONCE), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psa_ps_create(UID, 0xffffffffu, PSA_STORAGE_FLAG_NONE), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(psa_ps_set_extended(UID, 0, 5, "hello"), PSA_SUCCESS);
    holds("hello", 10, 0);
    assert_int_equal(psa_ps_set_extended(UID, 6, 1, "x"), PSA_ERROR_INVALID_ARGUMENT);        /* a gap */
    assert_int_equal(psa_ps_set_extended(UID, 6, 0, "x"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set_extended(UID, 5, 6, "123456"), PSA_ERROR_INVALID_ARGUMENT);   /* too far */
    assert_int_equal(psa_ps_set_extended(UID, 1, 0xffffffffu, "x"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set_extended(UID, SIZE_MAX, 1, "x"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set_extended(UID, 1, SIZE_MAX, "x"), PSA_ERROR_INVALID_ARGUMENT);
    holds("hello", 10, 0);
    assert_int_equal(psa_ps_set_extended(UID, 5, 0, NULL), PSA_SUCCESS);
    assert_int_equal(psa_ps_set_extended(UID, 5, 5, "12345"), PSA_SUCCESS);
    holds("hello12345", 10, 0);
    assert_int_equal(psa_ps_set_extended(UID, 1, 4, "ELLO"), PSA_SUCCESS);
    holds("hELLO12345", 10, 0);
    assert_int_equal(psa_ps_set_extended(UID, 10, 0, ""), PSA_SUCCESS);
    assert_int_equal(psa_ps_set_extended(UID, 10, 1, "x"), PSA_ERROR_INVALID_ARGUMENT);
    /* set() starts anew, with its own capacity. */
    assert_int_equal(psa_ps_set(UID, 4, "four", PSA_STORAGE_FLAG_NO_CONFIDENTIALITY), PSA_SUCCESS);
    holds("four", 4, PSA_STORAGE_FLAG_NO_CONFIDENTIALITY);
    assert_int_equal(psa_ps_set_extended(UID, 0, 10, "0123456789"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_ps_set_extended(UID, 2, 2, "UR"), PSA_SUCCESS);
    holds("foUR", 4, PSA_STORAGE_FLAG_NO_CONFIDENTIALITY);
    assert_int_equal(psa_ps_remove(UID), PSA_SUCCESS);
    assert_int_equal(psa_ps_create(UID, 0, PSA_STORAGE_FLAG_NONE), PSA_SUCCESS);
    holds("", 0, 0);
}

static void sizes(void **state)
{
    const size_t most = 0x1000000;
    uint8_t *data = calloc(1, most + 1);
    struct psa_storage_info_t info;

    (void)state;
    assert_non_null(data);
    assert_int_equal(psa_ps_set(UID, most + 1, data, 0), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(psa_ps_create(UID, most + 1, 0), PSA_ERROR_INSUFFICIENT_STORAGE);
    lacks();
    data[100000] = 7;
    assert_int_equal(psa_ps_set(UID, 100001, data, 0), PSA_SUCCESS);
    data[100000] = 0;
    size_t length = 0;
    assert_int_equal(psa_ps_get(UID, 99999, 5, data, &length), PSA_SUCCESS);
    assert_int_equal(length, 2);
    assert_int_equal(data[1], 7);
    assert_int_equal(psa_ps_get_info(UID, &info), PSA_SUCCESS);
    assert_int_equal(info.size, 100001);
    free(data);
}

/* The interface is full as often after all has been removed; what was reserved is there. */
static void quota(void **state)
{
    static const uint8_t data[512];
    unsigned counts[2] = { 0, 0 };

    (void)state;
    ram.quota = 50000;
    for (int i = 0; i < 2; i++) {
        psa_status_t status;
        while ((status = psa_ps_set(counts[i] + 1u, sizeof(data), data, 0)) == PSA_SUCCESS) {
            counts[i]++;
        }
        assert_int_equal(status, PSA_ERROR_INSUFFICIENT_STORAGE);
        for (unsigned uid = 1; uid <= counts[i]; uid++) {
            assert_int_equal(psa_ps_remove(uid), PSA_SUCCESS);
        }
    }
    assert_true(counts[0] > 50);
    assert_int_equal(counts[0], counts[1]);
    assert_int_equal(psa_ps_create(UID, 30000, 0), PSA_SUCCESS);
    assert_int_equal(psa_its_set(1, sizeof(data), data, 0), PSA_SUCCESS);
    assert_int_equal(psa_ps_create(UID + 1, 30000, 0), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(psa_ps_set_extended(UID, 0, 512, data), PSA_SUCCESS);
}

/* ---- What lies in the store ---- */

static struct psacrypto_store_name entry_name(void)
{
    return object_name(PSACRYPTO_SPACE_PS, 0, UID);
}

static void seal_and_clear(void **state)
{
    const char text[] = "nobody should read this";
    const struct psacrypto_store_name name = entry_name();
    uint8_t *data = NULL;
    size_t length = 0;
    uint32_t flags = 0;

    (void)state;
    for (uint32_t clear = 0; clear < 2; clear++) {
        assert_int_equal(psa_ps_set(UID, sizeof(text), text, clear ? PSA_STORAGE_FLAG_NO_CONFIDENTIALITY : 0), PSA_SUCCESS);
        assert_int_equal(object_load(&name, &data, &length, &flags), PSA_SUCCESS);
        assert_int_equal(length, 52 + sizeof(text) + 16);
        assert_int_equal(flags, clear ? PSA_STORAGE_FLAG_NO_CONFIDENTIALITY : 0);
        assert_int_equal(memmem(data, length, text, 4) != NULL, clear);
        object_release(data, length);
    }
}

/* Every bit of both forms, and of the flags that the store keeps beside it, where the attacker can make checksums fit. */
static void every_bit(void **state)
{
    const struct psacrypto_store_name name = entry_name();

    (void)state;
    for (uint32_t clear = 0; clear < 2; clear++) {
        const uint32_t flags = clear ? PSA_STORAGE_FLAG_NO_CONFIDENTIALITY : 0;
        uint8_t *data = NULL;
        size_t length = 0;
        assert_int_equal(psa_ps_create(UID, 9, flags), PSA_SUCCESS);
        assert_int_equal(psa_ps_set_extended(UID, 0, 4, "data"), PSA_SUCCESS);
        assert_int_equal(object_load(&name, &data, &length, NULL), PSA_SUCCESS);
        for (size_t bit = 0; bit < 8 * length; bit++) {
            struct psa_storage_info_t info = { 9, 9, 9 };
            char out[8];
            size_t out_length = 99;
            data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
            assert_int_equal(object_put(&name, flags, data, length, 0), PSA_SUCCESS);
            memset(out, '.', sizeof(out));
            psa_status_t status = psa_ps_get(UID, 0, 8, out, &out_length);
            assert_true(status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_INVALID_SIGNATURE);
            assert_int_equal(out_length, 0);
            assert_memory_equal(out, "........", 8);
            assert_int_equal(psa_ps_get_info(UID, &info), status);
            assert_int_equal(info.size, 0);
            assert_int_equal(psa_ps_set_extended(UID, 0, 1, "x"), status);
            data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        }
        for (unsigned bit = 0; bit < 32; bit++) {
            if (bit != 0) { /* write-once is what the store says; see check_changeable() */
                char out[8];
                size_t out_length = 99;
                assert_int_equal(object_put(&name, flags ^ (1u << bit), data, length, 0), PSA_SUCCESS);
                assert_int_equal(psa_ps_get(UID, 0, 8, out, &out_length), PSA_ERROR_INVALID_SIGNATURE);
            }
        }
        for (size_t cut = 0; cut < length; cut++) {
            char out[8];
            size_t out_length = 99;
            assert_int_equal(object_put(&name, flags, data, cut, 0), PSA_SUCCESS);
            assert_int_equal(psa_ps_get(UID, 0, 8, out, &out_length), PSA_ERROR_DATA_CORRUPT);
        }
        /* What is damaged can be replaced. */
        assert_int_equal(psa_ps_set(UID, 4, "good", 0), PSA_SUCCESS);
        holds("good", 4, 0);
        object_release(data, length);
        assert_int_equal(psa_ps_remove(UID), PSA_SUCCESS);
    }
}

/* An entry in the place of another one. */
static void exchanged(void **state)
{
    const struct psacrypto_store_name name = entry_name();
    const struct psacrypto_store_name others[] = { { 3, 0, UID + 1 }, { 3, 1, UID } };
    uint8_t *data = NULL;
    size_t length = 0;
    char out[4];

    (void)state;
    assert_int_equal(psa_ps_set(UID, 4, "data", 0), PSA_SUCCESS);
    assert_int_equal(object_load(&name, &data, &length, NULL), PSA_SUCCESS);
    for (size_t i = 0; i < 2; i++) {
        size_t out_length = 99;
        assert_int_equal(object_put(&others[i], 0, data, length, 0), PSA_SUCCESS);
        assert_int_equal(ps_get(others[i].owner, others[i].uid, 0, 4, out, &out_length), PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(out_length, 0);
    }
    object_release(data, length);
}

/* ---- The root key ---- */

static void root_key_is_lost(void **state)
{
    const struct psacrypto_store_name root = object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_ROOT);
    struct psacrypto_store_info info;
    char out[4];
    size_t length = 99;

    (void)state;
    assert_int_equal(object_info(&root, &info), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(psa_ps_set(UID, 4, "data", 0), PSA_SUCCESS);
    assert_int_equal(object_info(&root, &info), PSA_SUCCESS);
    assert_int_equal(info.size, 32);
    assert_int_equal(object_remove(&root), PSA_SUCCESS);
    assert_int_equal(psa_ps_get(UID, 0, 4, out, &length), PSA_ERROR_GENERIC_ERROR);
    assert_int_equal(length, 0);
    assert_int_equal(psa_ps_get(UID + 1, 0, 4, out, &length), PSA_ERROR_DOES_NOT_EXIST);
    /* A new one is no key to the old entry. */
    assert_int_equal(psa_ps_set(UID + 1, 4, "data", 0), PSA_SUCCESS);
    assert_int_equal(psa_ps_get(UID, 0, 4, out, &length), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_ps_set(UID, 4, "data", 0), PSA_SUCCESS);
    holds("data", 4, 0);
    /* Of another length, it is damaged. */
    assert_int_equal(object_put(&root, 0, "short", 5, 0), PSA_SUCCESS);
    assert_int_equal(psa_ps_get(UID, 0, 4, out, &length), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(psa_ps_set(UID, 4, "data", 0), PSA_ERROR_DATA_CORRUPT);
}

static void root_key_of_the_device(void **state)
{
    const struct psacrypto_store_name root = object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_ROOT);
    struct psacrypto_store_info info;

    (void)state;
    assert_int_equal(psa_ps_set(UID, 4, "data", 0), PSA_SUCCESS);
    assert_int_equal(object_info(&root, &info), PSA_ERROR_DOES_NOT_EXIST);
    holds("data", 4, 0);
}

/* ---- Failures ---- */

static psa_status_t whole_life(void *context)
{
    char data[8];
    size_t length = 0;

    (void)context;
    psa_status_t status = psa_ps_set(UID, 4, "data", 0);
    if (status == PSA_SUCCESS) {
        status = psa_ps_set_extended(UID, 0, 2, "DA");
    }
    if (status == PSA_SUCCESS) {
        status = psa_ps_get(UID, 0, sizeof(data), data, &length);
    }
    if (status == PSA_SUCCESS) {
        status = psa_ps_remove(UID);
    }
    /* The store is of memory for secrets, too, which the caller counts. */
    psacrypto_store_ram_clear(&ram);
    psacrypto_store_ram_clear(&device.space);
    device.counter = 0;
    return status;
}

static void out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(whole_life(NULL), PSA_SUCCESS);
    assert_true(allocation_fails_each(whole_life, NULL) >= 8);
}

static void removing_nothing_creates_nothing(void **state)
{
    (void)state;
    lacks();
    assert_int_equal(directory_count(path, ""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(life_of_an_entry, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(life_of_an_entry, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(life_of_an_entry, setup_device, teardown),
        cmocka_unit_test_setup_teardown(write_once, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(write_once, setup_device, teardown),
        cmocka_unit_test_setup_teardown(arguments, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(parts, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(parts, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(extended, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(extended, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(extended, setup_device, teardown),
        cmocka_unit_test_setup_teardown(sizes, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(quota, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(seal_and_clear, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(every_bit, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(exchanged, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(root_key_is_lost, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(root_key_of_the_device, setup_device, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup_device, teardown),
        cmocka_unit_test_setup_teardown(removing_nothing_creates_nothing, setup_posix, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
