/* SPDX-License-Identifier: Apache-2.0 */
/* Streams that no backup wrote: of other versions, out of order, with what a backup does not hold. */
#include "backup.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(made_streams, teardown),
    };
    (void)teardown(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
