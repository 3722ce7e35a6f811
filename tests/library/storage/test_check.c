/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <psa/internal_trusted_storage.h>
#include <psa/protected_storage.h>
#include <psacrypto/library.h>

#include "platform/platform.h"
#include "storage/object.h"
#include "storage/storage.h"

static char *path;

static int setup(void **state)
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
    directory_remove(path);
    return psacrypto_set_store(NULL, NULL);
}

static void save_key(psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint32_t incarnation;

    psa_set_key_id(&attributes, id);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_bits(&attributes, 64);
    assert_int_equal(storage_key_save(0, &attributes, (const uint8_t *)"12345678", 8, 1, &incarnation), PSA_SUCCESS);
}

static struct {
    size_t count;
    struct psacrypto_store_name names[16];
    psa_status_t statuses[16];
} problems;

static void note(void *context, const struct psacrypto_store_name *name, psa_status_t status)
{
    assert_ptr_equal(context, &problems);
    assert_true(problems.count < 16);
    problems.names[problems.count] = *name;
    problems.statuses[problems.count] = status;
    problems.count++;
}

static psa_status_t check(size_t expected)
{
    size_t objects = 99;

    memset(&problems, 0, sizeof(problems));
    psa_status_t status = psacrypto_store_check(note, &problems, &objects);
    assert_int_equal(objects, expected);
    assert_int_equal(psacrypto_store_check(NULL, NULL, NULL), status);
    return status;
}

/* A key, an entry of either kind with the root key, the state of a driver, a seed, a step of the journal: seven. */
static void fill(void)
{
    struct storage_journal_entry entry;
    struct storage_journal_ticket ticket;

    save_key(1);
    assert_int_equal(psa_its_set(1, 3, "its", 0), PSA_SUCCESS);
    assert_int_equal(psa_ps_set(1, 2, "ps", 0), PSA_SUCCESS);
    assert_int_equal(storage_driver_put(5, 1, (const uint8_t *)"driver", 6), PSA_SUCCESS);
    assert_int_equal(storage_seed_write((const uint8_t *)"seed", 4), PSA_SUCCESS);
    memset(&entry, 0, sizeof(entry));
    entry.operation = STORAGE_JOURNAL_CREATE;
    entry.blob = (const uint8_t *)"slot";
    entry.blob_length = 4;
    assert_int_equal(storage_journal_begin(&entry, &ticket), PSA_SUCCESS);
    storage_journal_keep(&ticket);
}

static void sound(void **state)
{
    (void)state;
    assert_int_equal(check(0), PSA_SUCCESS);
    assert_int_equal(directory_count(path, ""), 0);
    fill();
    assert_int_equal(check(7), PSA_SUCCESS);
    assert_int_equal(problems.count, 0);
}

/* Each file in turn loses a byte at its end. */
static void each_damaged(void **state)
{
    static const char *const files[] = {
        "keys/00000000-0000000000000001", "its/00000000-0000000000000001", "ps/00000000-0000000000000001",
        "drivers/00000000-0000000500000001", "journal/00000000-0000000000000001", "system/00000000-0000000000000001",
    };

    (void)state;
    fill();
    for (uint32_t i = 0; i < 6; i++) {
        size_t length = 0;
        uint8_t *data = file_read(path_join(path, files[i]), &length);
        assert_non_null(data);
        file_write(path_join(path, files[i]), data, length - 1);
        assert_int_equal(check(7), PSA_ERROR_DATA_CORRUPT);
        assert_int_equal(problems.count, 1);
        assert_int_equal(problems.names[0].space, i + 1);
        assert_int_equal(problems.statuses[0], PSA_ERROR_DATA_CORRUPT);
        file_write(path_join(path, files[i]), data, length);
        free(data);
        assert_int_equal(check(7), PSA_SUCCESS);
    }
}

/* Whole as objects, wrong as what they should be. */
static void wrong_content(void **state)
{
    const struct psacrypto_store_name key = object_name(PSACRYPTO_SPACE_KEY, 0, 9);
    const struct psacrypto_store_name step = object_name(PSACRYPTO_SPACE_JOURNAL, 0, 9);
    const struct psacrypto_store_name entry = object_name(PSACRYPTO_SPACE_PS, 0, 9);
    const struct psacrypto_store_name root = object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_ROOT);

    (void)state;
    fill();
    assert_int_equal(object_put(&key, 0, "x", 1, 0), PSA_SUCCESS);
    assert_int_equal(object_put(&step, 0, "x", 1, 0), PSA_SUCCESS);
    assert_int_equal(object_put(&entry, 0, "x", 1, 0), PSA_SUCCESS);
    assert_int_equal(check(10), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(problems.count, 3);
    assert_int_equal(problems.names[0].space, PSACRYPTO_SPACE_KEY);
    assert_int_equal(problems.names[1].space, PSACRYPTO_SPACE_PS);
    assert_int_equal(problems.names[2].space, PSACRYPTO_SPACE_JOURNAL);
    assert_true(problems.names[2].uid == 9);
    assert_int_equal(object_remove(&key), PSA_SUCCESS);
    assert_int_equal(object_remove(&step), PSA_SUCCESS);
    assert_int_equal(object_remove(&entry), PSA_SUCCESS);
    assert_int_equal(check(7), PSA_SUCCESS);
    /* Another root key: the entry sealed under the old one shows. */
    uint8_t other[32] = { 1 };
    assert_int_equal(object_put(&root, 0, other, 32, 0), PSA_SUCCESS);
    assert_int_equal(check(7), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.statuses[0], PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(object_put(&root, 0, other, 31, 0), PSA_SUCCESS);
    assert_int_equal(check(7), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(problems.count, 2);
}

static void unsafe_file(void **state)
{
    (void)state;
    fill();
    assert_int_equal(chmod(path_join(path, "keys/00000000-0000000000000001"), 0644), 0);
    assert_int_equal(check(7), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.statuses[0], PSA_ERROR_STORAGE_FAILURE);
}

static void no_list(void **state)
{
    static struct psacrypto_store_ram_space space;
    static struct psacrypto_store store;

    (void)state;
    store = psacrypto_store_ram;
    store.next = NULL;
    store.flags = 0;
    assert_int_equal(psacrypto_set_store(&store, &space), PSA_SUCCESS);
    assert_int_equal(psacrypto_store_check(NULL, NULL, NULL), PSA_ERROR_NOT_SUPPORTED);
}

static void out_of_memory(void **state)
{
    psa_status_t status = PSA_ERROR_INSUFFICIENT_MEMORY;
    long k;

    (void)state;
    fill();
    assert_int_equal(check(7), PSA_SUCCESS);
    for (k = 1; status != PSA_SUCCESS; k++) {
        platform_test_fail_allocation(k);
        status = psacrypto_store_check(NULL, NULL, NULL);
        const long asked = platform_test_allocations();
        platform_test_fail_allocation(0);
        if (asked >= k) {
            /* Never a problem of the store. */
            assert_true(status == PSA_ERROR_INSUFFICIENT_MEMORY || status == PSA_SUCCESS);
            status = PSA_ERROR_INSUFFICIENT_MEMORY;
        }
    }
    assert_true(k > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sound, setup, teardown),
        cmocka_unit_test_setup_teardown(each_damaged, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_content, setup, teardown),
        cmocka_unit_test_setup_teardown(unsafe_file, setup, teardown),
        cmocka_unit_test_setup_teardown(no_list, setup, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
