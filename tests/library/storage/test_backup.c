/* SPDX-License-Identifier: Apache-2.0 */
#include "backup.h"

static psa_status_t backup(void)
{
    stream_length = 0;
    return psacrypto_store_backup(stream_write, stream);
}

/* ---- What is in a store ---- */

static void save_key(psa_key_id_t id, const char *blob)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint32_t incarnation;

    psa_set_key_id(&attributes, id);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_bits(&attributes, 64);
    assert_int_equal(storage_key_save(-1, &attributes, (const uint8_t *)blob, strlen(blob), 1, &incarnation), PSA_SUCCESS);
}

static void key_is(psa_key_id_t id, const char *expected)
{
    psa_key_attributes_t attributes;
    uint8_t *blob;
    size_t length;
    uint32_t incarnation;

    assert_int_equal(storage_key_load(-1, id, &attributes, &blob, &length, &incarnation), PSA_SUCCESS);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(blob, expected, length);
    platform_secret_free(blob, length);
}

static void ps_is(psa_storage_uid_t uid, const char *expected)
{
    char data[16];
    size_t length;

    assert_int_equal(psa_ps_get(uid, 0, sizeof(data), data, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(data, expected, length);
}

static void fill(void)
{
    save_key(1, "the key");
    save_key(2, "another key");
    assert_int_equal(psa_its_set(7, 3, "its", PSA_STORAGE_FLAG_WRITE_ONCE), PSA_SUCCESS);
    assert_int_equal(psa_ps_set(7, 2, "ps", 0), PSA_SUCCESS);
    assert_int_equal(psa_ps_set(8, 3, "ps8", PSA_STORAGE_FLAG_NO_CONFIDENTIALITY), PSA_SUCCESS);
    assert_int_equal(storage_driver_put(5, 1, (const uint8_t *)"driver", 6), PSA_SUCCESS);
    assert_int_equal(storage_seed_write((const uint8_t *)"seed", 4), PSA_SUCCESS);
}

static void is_filled(void)
{
    struct psa_storage_info_t info;
    uint8_t data[16];
    size_t length;

    key_is(1, "the key");
    key_is(2, "another key");
    its_is(7, "its");
    assert_int_equal(psa_its_get_info(7, &info), PSA_SUCCESS);
    assert_int_equal(info.flags, PSA_STORAGE_FLAG_WRITE_ONCE);
    ps_is(7, "ps");
    ps_is(8, "ps8");
    assert_int_equal(psa_ps_get_info(8, &info), PSA_SUCCESS);
    assert_int_equal(info.flags, PSA_STORAGE_FLAG_NO_CONFIDENTIALITY);
    assert_int_equal(storage_driver_get(5, 1, data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(length, 6);
}

/* ---- Tests ---- */

static void back_and_forth(void **state)
{
    uint8_t seed[8];
    size_t length;

    (void)state;
    use(&psacrypto_store_ram, &spaces[0]);
    assert_int_equal(backup(), PSA_SUCCESS);
    assert_int_equal(stream_length, 20 + 40); /* of nothing: the start and the end */
    assert_int_equal(restore(stream, stream_length, 0), PSA_SUCCESS);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    use(&psacrypto_store_ram, &spaces[1]);
    assert_int_equal(restore(stream, stream_length, 0), PSA_SUCCESS);
    is_filled();
    /* A seed must never be used twice. */
    assert_int_equal(storage_seed_read(seed, sizeof(seed), &length), PSA_ERROR_DOES_NOT_EXIST);
    /* Once more: all is there already. */
    assert_int_equal(restore(stream, stream_length, 0), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(restore(stream, stream_length, 1), PSA_SUCCESS);
    is_filled();
}

static void a_byte_at_a_time(void **state)
{
    struct reader reader = { stream, 0, 1, PSA_SUCCESS };

    (void)state;
    use(&psacrypto_store_ram, &spaces[0]);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    use(&psacrypto_store_ram, &spaces[1]);
    reader.left = stream_length;
    assert_int_equal(psacrypto_store_restore(stream_read, &reader, 0), PSA_SUCCESS);
    is_filled();
}

/* What is there stays, or goes, as the caller says. What psa_ps_*() has is sealed under another root key here. */
static void into_a_store_in_use(void **state)
{
    (void)state;
    use(&psacrypto_store_ram, &spaces[0]);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    use(&psacrypto_store_ram, &spaces[1]);
    save_key(1, "mine");
    assert_int_equal(psa_its_set(7, 4, "mine", PSA_STORAGE_FLAG_WRITE_ONCE), PSA_SUCCESS);
    assert_int_equal(psa_ps_set(7, 4, "mine", 0), PSA_SUCCESS);
    assert_int_equal(psa_ps_set(9, 4, "mine", 0), PSA_SUCCESS);
    assert_int_equal(restore(stream, stream_length, 0), PSA_ERROR_ALREADY_EXISTS);
    key_is(1, "mine");
    key_is(2, "another key");
    its_is(7, "mine");
    ps_is(7, "mine");
    ps_is(8, "ps8");
    ps_is(9, "mine");
    assert_int_equal(restore(stream, stream_length, 1), PSA_SUCCESS);
    is_filled();
    ps_is(9, "mine"); /* the root key was not exchanged */
}

static void damage(void **state)
{
    (void)state;
    use(&psacrypto_store_ram, &spaces[0]);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    use(&psacrypto_store_ram, &spaces[1]);
    for (size_t length = 0; length < stream_length; length++) {
        assert_int_equal(restore(stream, length, 0), PSA_ERROR_DATA_CORRUPT);
        assert_true(is_empty(&spaces[1]));
    }
    for (size_t bit = 0; bit < 8 * stream_length; bit++) {
        stream[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        assert_int_equal(restore(stream, stream_length, 0), PSA_ERROR_DATA_CORRUPT);
        assert_true(is_empty(&spaces[1]));
        stream[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
    stream[stream_length] = 0;
    assert_int_equal(restore(stream, stream_length + 1, 0), PSA_ERROR_DATA_CORRUPT);
    assert_true(is_empty(&spaces[1]));
    assert_int_equal(restore(stream, stream_length, 0), PSA_SUCCESS);
    is_filled();
}

/* A seal of another device opens on no other; on the same one all comes back, though its counter has gone on. */
static void devices_differ(void **state)
{
    (void)state;
    use(&device_store, &devices[0]);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    use(&device_store, &devices[1]);
    assert_int_equal(restore(stream, stream_length, 0), PSA_ERROR_DATA_CORRUPT); /* the first object is a key */
    assert_true(is_empty(&devices[1].space));
    use(&psacrypto_store_ram, &spaces[0]);
    assert_int_equal(restore(stream, stream_length, 0), PSA_ERROR_DATA_INVALID);
    assert_true(is_empty(&spaces[0]));
    use(&device_store, &devices[0]);
    assert_int_equal(psa_ps_set(7, 5, "later", 0), PSA_SUCCESS);
    assert_int_equal(psa_ps_remove(8), PSA_SUCCESS);
    assert_int_equal(restore(stream, stream_length, 1), PSA_SUCCESS);
    is_filled();
    assert_int_equal(psacrypto_store_check(NULL, NULL, NULL), PSA_SUCCESS);
}

static void failures(void **state)
{
    struct reader reader = { stream, 0, 0, PSA_ERROR_COMMUNICATION_FAILURE };
    const struct psacrypto_store_name damaged = object_name(PSACRYPTO_SPACE_KEY, 0, 9);

    (void)state;
    use(&psacrypto_store_ram, &spaces[0]);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    const size_t whole = stream_length;
    for (stream_limit = 0; stream_limit < whole; stream_limit++) {
        assert_int_equal(backup(), PSA_ERROR_INSUFFICIENT_STORAGE);
    }
    stream_limit = sizeof(stream);
    assert_int_equal(backup(), PSA_SUCCESS);
    use(&psacrypto_store_ram, &spaces[1]);
    for (size_t length = 0; length <= whole; length++) {
        reader.data = stream;
        reader.left = length;
        assert_int_equal(psacrypto_store_restore(stream_read, &reader, 0), PSA_ERROR_COMMUNICATION_FAILURE);
        assert_true(is_empty(&spaces[1]));
    }
    /* A store whose objects are whole, but not as keys, can be kept and not be put back. */
    assert_int_equal(object_put(&damaged, 0, "x", 1, 0), PSA_SUCCESS);
    assert_int_equal(backup(), PSA_SUCCESS);
    assert_int_equal(restore(stream, stream_length, 1), PSA_ERROR_DATA_CORRUPT);
}

/* The store fails at each write of a restore: again, and all is there. */
static void restore_is_repeated(void **state)
{
    (void)state;
    use(&device_store, &devices[0]);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    psa_status_t status = PSA_ERROR_STORAGE_FAILURE;
    long at;
    for (at = 1; status != PSA_SUCCESS; at++) {
        psacrypto_store_ram_clear(&devices[0].space);
        devices[0].counter = 0;
        devices[0].writes = 0;
        devices[0].fail_at = at;
        status = restore(stream, stream_length, 0);
        assert_true(status == PSA_SUCCESS || status == PSA_ERROR_STORAGE_FAILURE);
        devices[0].fail_at = 0;
        assert_int_equal(restore(stream, stream_length, 1), PSA_SUCCESS);
        is_filled();
    }
    assert_true(at > 10);
}

static void out_of_memory(void **state)
{
    psa_status_t status = PSA_ERROR_INSUFFICIENT_MEMORY;
    long k;

    (void)state;
    use(&psacrypto_store_ram, &spaces[0]);
    fill();
    assert_int_equal(backup(), PSA_SUCCESS);
    const size_t whole = stream_length;
    for (k = 1; status != PSA_SUCCESS; k++) {
        platform_test_fail_allocation(k);
        status = backup();
        platform_test_fail_allocation(0);
        assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INSUFFICIENT_MEMORY);
    }
    assert_true(k > 7);
    assert_int_equal(stream_length, whole);
    use(&psacrypto_store_ram, &spaces[1]);
    assert_int_equal(restore(stream, stream_length, 0), PSA_SUCCESS);
    for (k = 1;; k++) {
        psacrypto_store_ram_clear(&spaces[1]);
        const long secrets = platform_test_secrets_in_use();
        platform_test_fail_allocation(k);
        status = restore(stream, stream_length, 0);
        const long asked = platform_test_allocations();
        platform_test_fail_allocation(0);
        assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INSUFFICIENT_MEMORY);
        if (status == PSA_SUCCESS) {
            is_filled();
        }
        psacrypto_store_ram_clear(&spaces[1]);
        assert_int_equal(platform_test_secrets_in_use(), secrets);
        if (asked < k) {
            break;
        }
    }
    assert_true(k > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(back_and_forth, teardown),
        cmocka_unit_test_teardown(a_byte_at_a_time, teardown),
        cmocka_unit_test_teardown(into_a_store_in_use, teardown),
        cmocka_unit_test_teardown(damage, teardown),
        cmocka_unit_test_teardown(devices_differ, teardown),
        cmocka_unit_test_teardown(failures, teardown),
        cmocka_unit_test_teardown(restore_is_repeated, teardown),
        cmocka_unit_test_teardown(out_of_memory, teardown),
    };
    (void)teardown(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
