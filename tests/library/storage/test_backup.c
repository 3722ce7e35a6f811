/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include <psa/internal_trusted_storage.h>
#include <psa/protected_storage.h>
#include <psacrypto/library.h>

#include "platform/platform.h"
#include "storage/object.h"
#include "storage/storage.h"
#include "util/bytes.h"
#include "util/crc32c.h"

static struct psacrypto_store_ram_space spaces[2];
static struct device_store devices[2];

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    storage_close();
    for (int i = 0; i < 2; i++) {
        psacrypto_store_ram_clear(&spaces[i]);
        psacrypto_store_ram_clear(&devices[i].space);
        memset(&devices[i], 0, sizeof(devices[i]));
        memset(devices[i].root, 1 + i, sizeof(devices[i].root));
    }
    return psacrypto_set_store(NULL, NULL);
}

static void use(const struct psacrypto_store *store, void *instance)
{
    psacrypto_shutdown();
    storage_close();
    assert_int_equal(psacrypto_set_store(store, instance), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS); /* key records are sealed, too, where there is a root key */
}

/* ---- The stream, in memory ---- */

static uint8_t stream[4096];
static size_t stream_length;
static size_t stream_limit = sizeof(stream);

static psa_status_t stream_write(void *context, const void *data, size_t length)
{
    assert_ptr_equal(context, stream);
    if (length > stream_limit - stream_length) {
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    memcpy(stream + stream_length, data, length);
    stream_length += length;
    return PSA_SUCCESS;
}

struct reader {
    const uint8_t *data;
    size_t left;
    size_t most;          /* at a time */
    psa_status_t failure; /* at the end, instead of the end */
};

static psa_status_t stream_read(void *context, void *data, size_t size, size_t *length)
{
    struct reader *reader = context;
    const size_t most = reader->most != 0 && reader->most < size ? reader->most : size;

    *length = reader->left < most ? reader->left : most;
    if (*length == 0 && reader->failure != PSA_SUCCESS) {
        return reader->failure;
    }
    bytes_copy(data, reader->data, *length);
    reader->data += *length;
    reader->left -= *length;
    return PSA_SUCCESS;
}

static psa_status_t backup(void)
{
    stream_length = 0;
    return psacrypto_store_backup(stream_write, stream);
}

static psa_status_t restore(const uint8_t *data, size_t length, int replace)
{
    struct reader reader = { data, length, 0, PSA_SUCCESS };

    return psacrypto_store_restore(stream_read, &reader, replace);
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

static void its_is(psa_storage_uid_t uid, const char *expected)
{
    char data[16];
    size_t length;

    assert_int_equal(psa_its_get(uid, 0, sizeof(data), data, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(data, expected, length);
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

static int is_empty(void *instance)
{
    for (uint32_t space = 1; space <= 6; space++) {
        struct psacrypto_store_name name = { space, INT32_MIN, 0 };
        if (psacrypto_store_ram.next(instance, &name) != PSA_ERROR_DOES_NOT_EXIST) {
            return 0;
        }
    }
    return 1;
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

/* ---- Streams that were made ---- */

static void put_bytes(const void *data, size_t length)
{
    assert_int_equal(stream_write(stream, data, length), PSA_SUCCESS);
}

static void put_start(uint32_t version, uint32_t capabilities)
{
    uint8_t start[20];

    stream_length = 0;
    memcpy(start, "PSABACK\n", 8);
    store32_le(start + 8, version);
    store32_le(start + 12, capabilities);
    store32_le(start + 16, crc32c(0, start, 16));
    put_bytes(start, sizeof(start));
}

static void put_item(const char *tag, uint32_t space, int32_t owner, uint64_t uid, uint64_t announced, const void *data, size_t length)
{
    uint8_t header[36];
    uint8_t crc[4];

    memcpy(header, tag, 4);
    store32_le(header + 4, space);
    store32_le(header + 8, (uint32_t)owner);
    store32_le(header + 12, 0);
    store64_le(header + 16, uid);
    store64_le(header + 24, announced);
    store32_le(header + 32, crc32c(0, header, 32));
    put_bytes(header, sizeof(header));
    put_bytes(data, length);
    store32_le(crc, crc32c(0, stream, stream_length));
    put_bytes(crc, sizeof(crc));
}

static psa_status_t restore_made(uint64_t count)
{
    put_item("END\n", 0, 0, count, 0, "", 0);
    psa_status_t status = restore(stream, stream_length, 0);
    if (status != PSA_SUCCESS) {
        assert_true(is_empty(&spaces[0]));
    }
    return status;
}

static void made_streams(void **state)
{
    (void)state;
    use(&psacrypto_store_ram, &spaces[0]);
    put_start(1, 0);
    put_item("OBJ\n", 2, 0, 1, 1, "x", 1);
    put_item("OBJ\n", 2, 0, 2, 1, "y", 1);
    put_item("OBJ\n", 2, 1, 1, 0, "", 0);
    put_item("OBJ\n", 4, 0, 1, 1, "z", 1);
    assert_int_equal(restore_made(4), PSA_SUCCESS);
    its_is(1, "x");
    its_is(2, "y");
    psacrypto_store_ram_clear(&spaces[0]);

    put_start(2, 0);
    assert_int_equal(restore_made(0), PSA_ERROR_DATA_INVALID);
    put_start(1, PSACRYPTO_STORE_MBED_RECORDS);
    assert_int_equal(restore_made(0), PSA_ERROR_DATA_INVALID);
    put_start(1, PSACRYPTO_STORE_CAN_ROOT_KEY);
    assert_int_equal(restore_made(0), PSA_ERROR_DATA_INVALID);
    /* The wrong number of objects; twice the same; out of order. */
    put_start(1, 0);
    put_item("OBJ\n", 2, 0, 1, 1, "x", 1);
    assert_int_equal(restore_made(2), PSA_ERROR_DATA_CORRUPT);
    put_start(1, 0);
    put_item("OBJ\n", 2, 0, 1, 1, "x", 1);
    put_item("OBJ\n", 2, 0, 1, 1, "y", 1);
    assert_int_equal(restore_made(2), PSA_ERROR_DATA_CORRUPT);
    put_start(1, 0);
    put_item("OBJ\n", 4, 0, 1, 1, "x", 1);
    put_item("OBJ\n", 2, 0, 1, 1, "y", 1);
    assert_int_equal(restore_made(2), PSA_ERROR_DATA_CORRUPT);
    put_start(1, 0);
    put_item("OBJ\n", 2, 0, 1, 1, "x", 1);
    put_item("OBJ\n", 2, -1, 2, 1, "y", 1);
    assert_int_equal(restore_made(2), PSA_ERROR_DATA_CORRUPT);
    /* No object of a backup. */
    static const struct {
        uint32_t space;
        int32_t owner;
        uint64_t uid;
    } others[] = { { 6, 0, 1 }, { 6, 0, 3 }, { 6, 1, 2 }, { 5, 0, 1 }, { 0, 0, 1 }, { 7, 0, 1 }, { 2, 0, 0 } };
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        put_start(1, 0);
        put_item("OBJ\n", others[i].space, others[i].owner, others[i].uid, 1, "x", 1);
        assert_int_equal(restore_made(1), PSA_ERROR_DATA_CORRUPT);
    }
    /* A size that is a lie asks for no memory to speak of. */
    static const uint64_t sizes[] = { 2, 0x40000000, 0x7fffffffffffffffu, UINT64_MAX };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        put_start(1, 0);
        put_item("OBJ\n", 2, 0, 1, sizes[i], "x", 1);
        assert_int_equal(restore_made(1), PSA_ERROR_DATA_CORRUPT);
    }
    /* A tag that is none. */
    put_start(1, 0);
    put_item("OBX\n", 2, 0, 1, 1, "x", 1);
    assert_int_equal(restore_made(1), PSA_ERROR_DATA_CORRUPT);
    /* A key that is none; a root key of another length; an entry without its root key. */
    put_start(1, 0);
    put_item("OBJ\n", 1, 0, 1, 1, "x", 1);
    assert_int_equal(restore_made(1), PSA_ERROR_DATA_CORRUPT);
    put_start(1, 0);
    put_item("OBJ\n", 6, 0, 2, 1, "x", 1);
    assert_int_equal(restore_made(1), PSA_ERROR_DATA_CORRUPT);
    put_start(1, 0);
    put_item("OBJ\n", 3, 0, 1, 1, "x", 1);
    assert_int_equal(restore_made(1), PSA_ERROR_INVALID_SIGNATURE);
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
        cmocka_unit_test_teardown(made_streams, teardown),
        cmocka_unit_test_teardown(devices_differ, teardown),
        cmocka_unit_test_teardown(failures, teardown),
        cmocka_unit_test_teardown(restore_is_repeated, teardown),
        cmocka_unit_test_teardown(out_of_memory, teardown),
    };
    (void)teardown(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
