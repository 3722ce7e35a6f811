/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include "dispatch/dispatch.h"
#include "platform/platform.h"
#include "storage/record.h"
#include "storage/storage.h"
#include "util/bytes.h"
#include "util/crc32c.h"

#include <psacrypto/library.h>

#define HEADER 64u
#define BLOB "the key itself, 27 bytes..."
#define BLOB_LENGTH 27u

static const struct psacrypto_store_name name = { PSACRYPTO_SPACE_KEY, -5, 0x12345678u };
static struct psacrypto_store_ram_space ram;
static struct device_store device;

static int setup_plain(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &ram) || storage_open();
}

static int setup_sealed(void **state)
{
    (void)state;
    memset(&device, 0, sizeof(device));
    memset(device.root, 0x5a, sizeof(device.root));
    return psacrypto_set_store(&device_store, &device) || psa_crypto_init() || storage_open();
}

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    storage_close();
    return psacrypto_set_store(NULL, NULL);
}

static struct key_record sample(void)
{
    struct key_record record;

    memset(&record, 0, sizeof(record));
    record.state = RECORD_LIVE;
    record.owner = -5;
    record.incarnation = 0xaabbccddu;
    record.attributes.private_id = 0x12345678u;
    record.attributes.private_type = 0x2400;
    record.attributes.private_bits = 216;
    record.attributes.private_lifetime = 0x01020301u;
    record.attributes.private_usage = 0x00000301u;
    record.attributes.private_alg = 0x04c01000u;
    record.attributes.private_alg2 = 0x05500200u;
    record.blob = (const uint8_t *)BLOB;
    record.blob_length = BLOB_LENGTH;
    return record;
}

static void is_sample(const struct key_record *record)
{
    const struct key_record expected = sample();

    assert_int_equal(record->state, expected.state);
    assert_int_equal(record->owner, expected.owner);
    assert_int_equal(record->incarnation, expected.incarnation);
    assert_memory_equal(&record->attributes, &expected.attributes, sizeof(expected.attributes));
    assert_int_equal(record->blob_length, expected.blob_length);
    assert_memory_equal(record->blob, expected.blob, expected.blob_length);
}

static uint8_t packed[200];
static size_t packed_length;

static void pack_sample(void)
{
    const struct key_record record = sample();
    uint8_t *data = NULL;

    assert_int_equal(record_pack(&record, &name, &data, &packed_length), PSA_SUCCESS);
    assert_in_range(packed_length, 1, sizeof(packed));
    memcpy(packed, data, packed_length);
    platform_secret_free(data, packed_length);
}

static void fix_checksum(uint8_t *data, size_t length)
{
    store32_le(data + 60, crc32c(crc32c(0, data, 60), data + HEADER, length - HEADER));
}

/* Unpacking works on a copy, as it may open it in place. */
static psa_status_t unpack(const uint8_t *data, size_t length, const struct psacrypto_store_name *its_name, struct key_record *record)
{
    static uint8_t copy[256];

    memcpy(copy, data, length);
    return record_unpack(copy, length, its_name, record);
}

/* Its description in record.c and docs/storage.md, byte for byte. */
static void golden(void **state)
{
    const uint8_t expected[HEADER] = {
        'P', 'S', 'A', 'K', 'E', 'Y', '\r', '\n', 1, 0, 0, 3, 0xfb, 0xff, 0xff, 0xff, 0x78, 0x56, 0x34, 0x12,
        0xdd, 0xcc, 0xbb, 0xaa, 0x01, 0x03, 0x02, 0x01, 0x00, 0x24, 216, 0, 0x01, 0x03, 0, 0, 0x00, 0x10, 0xc0, 0x04,
        0x00, 0x02, 0x50, 0x05, 27, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    };
    struct key_record record;

    (void)state;
    pack_sample();
    assert_int_equal(packed_length, HEADER + BLOB_LENGTH);
    assert_memory_equal(packed, expected, 60);
    assert_memory_equal(packed + HEADER, BLOB, BLOB_LENGTH);
    assert_int_equal(load32_le(packed + 60), crc32c(crc32c(0, packed, 60), BLOB, BLOB_LENGTH));
    assert_int_equal(unpack(packed, packed_length, &name, &record), PSA_SUCCESS);
    is_sample(&record);
}

static void empty_blob(void **state)
{
    struct key_record record = sample();
    uint8_t *data = NULL;
    size_t length = 0;

    (void)state;
    record.blob = NULL;
    record.blob_length = 0;
    assert_int_equal(record_pack(&record, &name, &data, &length), PSA_SUCCESS);
    assert_int_equal(record_unpack(data, length, &name, &record), PSA_SUCCESS);
    assert_null(record.blob);
    assert_int_equal(record.blob_length, 0);
    platform_secret_free(data, length);
}

static void every_bit(void **state)
{
    struct key_record record;

    (void)state;
    pack_sample();
    for (size_t bit = 0; bit < 8u * packed_length; bit++) {
        packed[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        assert_int_equal(unpack(packed, packed_length, &name, &record), PSA_ERROR_DATA_CORRUPT);
        assert_null(record.blob);
        packed[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
    }
}

/* Of exactly that many bytes, so that a read behind them shows under a sanitizer. */
static void every_length(void **state)
{
    struct key_record record;

    (void)state;
    pack_sample();
    for (size_t length = 0; length < packed_length; length++) {
        uint8_t *exact = platform_allocate(length);
        memcpy(exact, packed, length);
        assert_int_equal(record_unpack(exact, length, &name, &record), PSA_ERROR_DATA_CORRUPT);
        /* Even if somebody makes the checksum fit. */
        if (length >= HEADER) {
            fix_checksum(exact, length);
            assert_int_equal(record_unpack(exact, length, &name, &record), PSA_ERROR_DATA_INVALID);
        }
        platform_free(exact);
    }
    fix_checksum(packed, packed_length + 1u);
    assert_int_equal(unpack(packed, packed_length + 1u, &name, &record), PSA_ERROR_DATA_INVALID);
}

static psa_status_t unpack_changed(size_t offset, uint8_t value)
{
    struct key_record record;
    uint8_t changed[sizeof(packed)];

    memcpy(changed, packed, packed_length);
    changed[offset] = value;
    fix_checksum(changed, packed_length);
    return unpack(changed, packed_length, &name, &record);
}

/* Intact, but not what belongs here. */
static void contradictions(void **state)
{
    (void)state;
    pack_sample();
    assert_int_equal(unpack_changed(0, 'P'), PSA_SUCCESS);
    assert_int_equal(unpack_changed(0, 'Q'), PSA_ERROR_DATA_INVALID);    /* magic */
    assert_int_equal(unpack_changed(7, 0), PSA_ERROR_DATA_INVALID);
    assert_int_equal(unpack_changed(8, 2), PSA_ERROR_DATA_INVALID);      /* version */
    assert_int_equal(unpack_changed(9, 1), PSA_ERROR_DATA_INVALID);
    assert_int_equal(unpack_changed(10, 1), PSA_ERROR_DATA_INVALID);     /* sealed, where nothing seals */
    assert_int_equal(unpack_changed(10, 2), PSA_ERROR_DATA_INVALID);
    assert_int_equal(unpack_changed(10, 3), PSA_ERROR_DATA_INVALID);
    assert_int_equal(unpack_changed(11, 1), PSA_ERROR_DATA_INVALID);     /* a step of the journal */
    assert_int_equal(unpack_changed(11, 0), PSA_ERROR_DATA_INVALID);
    assert_int_equal(unpack_changed(12, 0), PSA_ERROR_DATA_INVALID);     /* owner */
    assert_int_equal(unpack_changed(16, 0x79), PSA_ERROR_DATA_INVALID);  /* id */
    assert_int_equal(unpack_changed(24, 0), PSA_ERROR_DATA_INVALID);     /* volatile */
    assert_int_equal(unpack_changed(44, 26), PSA_ERROR_DATA_INVALID);    /* length of the blob */
    assert_int_equal(unpack_changed(47, 0xff), PSA_ERROR_DATA_INVALID);
    memset(packed + 20, 0, 4);
    assert_int_equal(unpack_changed(0, 'P'), PSA_ERROR_DATA_INVALID);    /* incarnation 0 */
    pack_sample();
    memset(packed + 28, 0, 2);
    assert_int_equal(unpack_changed(0, 'P'), PSA_ERROR_DATA_INVALID);    /* type 0 */
}

static void too_long(void **state)
{
    struct key_record record = sample();
    uint8_t *data = packed;
    size_t length = 9;

    (void)state;
    record.blob_length = (size_t)UINT32_MAX - HEADER;
    assert_int_equal(record_pack(&record, &name, &data, &length), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_null(data);
    assert_int_equal(length, 0);
    record.blob_length = BLOB_LENGTH;
    platform_test_fail_allocation(1);
    assert_int_equal(record_pack(&record, &name, &data, &length), PSA_ERROR_INSUFFICIENT_MEMORY);
    platform_test_fail_allocation(0);
    assert_null(data);
}

/* ---- Sealed ---- */

static void sealed(void **state)
{
    struct key_record record;
    uint8_t first[sizeof(packed)];

    (void)state;
    pack_sample();
    assert_int_equal(packed_length, HEADER + BLOB_LENGTH + 16u);
    assert_in_range(packed[10], 1, 2);
    for (size_t i = 0; i + 4u <= packed_length; i++) {
        assert_true(memcmp(packed + i, BLOB, 4) != 0);
    }
    assert_int_equal(unpack(packed, packed_length, &name, &record), PSA_SUCCESS);
    is_sample(&record);
    /* A nonce of its own each time. */
    memcpy(first, packed, packed_length);
    pack_sample();
    assert_memory_not_equal(first + 48, packed + 48, 12);
    assert_memory_not_equal(first + HEADER, packed + HEADER, BLOB_LENGTH);
}

/* Whoever can write to the store can make a checksum, but not a seal. */
static void sealed_every_bit(void **state)
{
    struct key_record record;

    (void)state;
    pack_sample();
    for (size_t bit = 0; bit < 8u * packed_length; bit++) {
        psa_status_t status;
        if (bit / 8u >= 60u && bit / 8u < HEADER) {
            continue; /* the checksum itself */
        }
        packed[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
        assert_int_equal(unpack(packed, packed_length, &name, &record), PSA_ERROR_DATA_CORRUPT);
        const uint32_t before = load32_le(packed + 60);
        fix_checksum(packed, packed_length);
        status = unpack(packed, packed_length, &name, &record);
        assert_true(status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID);
        assert_null(record.blob);
        store32_le(packed + 60, before);
        packed[bit / 8u] ^= (uint8_t)(1u << (bit % 8u));
    }
}

static void sealed_for_one_name_and_root(void **state)
{
    struct psacrypto_store_name other = name;
    struct key_record record;

    (void)state;
    pack_sample();
    other.uid++;
    store32_le(packed + 16, (uint32_t)other.uid);
    fix_checksum(packed, packed_length);
    assert_int_equal(unpack(packed, packed_length, &other, &record), PSA_ERROR_DATA_CORRUPT);
    pack_sample();
    device.root[31] ^= 1u;
    assert_int_equal(unpack(packed, packed_length, &name, &record), PSA_ERROR_DATA_CORRUPT);
    device.root[31] ^= 1u;
    assert_int_equal(unpack(packed, packed_length, &name, &record), PSA_SUCCESS);
}

/* A plain record is not accepted where records are sealed. */
static void plain_is_refused(void **state)
{
    struct key_record record;

    (void)state;
    pack_sample();
    packed[10] = 0;
    packed_length = HEADER + BLOB_LENGTH;
    memset(packed + 48, 0, 12);
    memcpy(packed + HEADER, BLOB, BLOB_LENGTH);
    fix_checksum(packed, packed_length);
    assert_int_equal(unpack(packed, packed_length, &name, &record), PSA_ERROR_DATA_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(golden, setup_plain, teardown),
        cmocka_unit_test_setup_teardown(empty_blob, setup_plain, teardown),
        cmocka_unit_test_setup_teardown(every_bit, setup_plain, teardown),
        cmocka_unit_test_setup_teardown(every_length, setup_plain, teardown),
        cmocka_unit_test_setup_teardown(contradictions, setup_plain, teardown),
        cmocka_unit_test_setup_teardown(too_long, setup_plain, teardown),
        cmocka_unit_test_setup_teardown(empty_blob, setup_sealed, teardown),
        cmocka_unit_test_setup_teardown(sealed, setup_sealed, teardown),
        cmocka_unit_test_setup_teardown(sealed_every_bit, setup_sealed, teardown),
        cmocka_unit_test_setup_teardown(sealed_for_one_name_and_root, setup_sealed, teardown),
        cmocka_unit_test_setup_teardown(plain_is_refused, setup_sealed, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
