/* SPDX-License-Identifier: Apache-2.0 */
/* The files of Mbed TLS, byte for byte. */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <psa/crypto.h>

#include "platform/platform.h"
#include "storage/storage.h"
#include "util/bytes.h"
#include "util/crc32c.h"

static char *path;
static struct psacrypto_store_directory directory;

/* Key 0x1a2b of owner 0: AES-128, CTR, a second algorithm, in the persistent default lifetime. */
#define KEY_FILE "0000000000001a2b.psa_its"
static const uint8_t key_file[] = {
    'P', 'S', 'A', 0, 'I', 'T', 'S', 0,
    52, 0, 0, 0,
    0, 0, 0, 0,
    'P', 'S', 'A', 0, 'K', 'E', 'Y', 0,
    0, 0, 0, 0,
    0x01, 0, 0, 0,
    0x00, 0x24,
    0x80, 0x00,
    0x01, 0x03, 0, 0,
    0x00, 0x10, 0xc0, 0x04,
    0x00, 0x40, 0x40, 0x04,
    16, 0, 0, 0,
    0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f,
};

static int setup(void **state)
{
    (void)state;
    path = directory_make();
    memset(&directory, 0, sizeof(directory));
    directory.path = path;
    return psacrypto_set_store(&psacrypto_store_mbed, &directory);
}

static int teardown(void **state)
{
    (void)state;
    storage_close();
    directory_remove(path);
    return psacrypto_set_store(NULL, NULL);
}

static void contract(void **state)
{
    (void)state;
    store_contract(&psacrypto_store_mbed, &directory);
}

/* From the first use on: the directories are opened, and made, by whoever comes first. */
static void threads(void **state)
{
    (void)state;
    skip_under_valgrind();
    assert_int_equal(psacrypto_store_mbed.open(&directory), PSA_SUCCESS);
    store_threads(&psacrypto_store_mbed, &directory);
    psacrypto_store_mbed.close(&directory);
}

static psa_status_t load(int32_t owner, psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t *blob = NULL;
    size_t length = 99;
    uint32_t incarnation = 0;
    psa_status_t status = storage_key_load(owner, id, &attributes, &blob, &length, &incarnation);

    if (status == PSA_SUCCESS) {
        assert_int_equal(psa_get_key_id(&attributes), id);
        assert_int_equal(psa_get_key_type(&attributes), PSA_KEY_TYPE_AES);
        assert_int_equal(psa_get_key_bits(&attributes), 128);
        assert_int_equal(psa_get_key_lifetime(&attributes), PSA_KEY_LIFETIME_PERSISTENT);
        assert_int_equal(psa_get_key_usage_flags(&attributes), PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
        assert_int_equal(psa_get_key_algorithm(&attributes), PSA_ALG_CTR);
        assert_int_equal(attributes.private_alg2, PSA_ALG_CBC_NO_PADDING);
        assert_int_equal(length, 16);
        assert_memory_equal(blob, key_file + sizeof(key_file) - 16, 16);
        assert_int_not_equal(incarnation, 0);
    } else {
        assert_null(blob);
        assert_int_equal(length, 0);
        assert_int_equal(incarnation, 0);
    }
    platform_secret_free(blob, length);
    return status;
}

static void theirs_is_read(void **state)
{
    (void)state;
    file_write(path_join(path, KEY_FILE), key_file, sizeof(key_file));
    assert_int_equal(load(0, 0x1a2b), PSA_SUCCESS);
    /* As they leave it, under a usual umask. */
    assert_int_equal(chmod(path_join(path, KEY_FILE), 0644), 0);
    assert_int_equal(chmod(path, 0755), 0);
    assert_int_equal(load(0, 0x1a2b), PSA_SUCCESS);
    file_write(path_join(path, "fffffffe00000005.psa_its"), key_file, sizeof(key_file));
    assert_int_equal(load(-2, 5), PSA_SUCCESS);
    assert_int_equal(load(0, 5), PSA_ERROR_DOES_NOT_EXIST);
    /* Reading makes nothing. */
    assert_int_equal(directory_count(path, ""), 2);
}

static void ours_is_theirs(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint32_t incarnation = 0;
    size_t length = 0;
    uint8_t *blob;
    uint32_t incarnation_read;
    size_t blob_length;

    (void)state;
    psa_set_key_id(&attributes, 0x1a2b);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 128);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_CTR);
    attributes.private_alg2 = PSA_ALG_CBC_NO_PADDING;
    assert_int_equal(storage_key_save(0, &attributes, key_file + sizeof(key_file) - 16, 16, 1, &incarnation), PSA_SUCCESS);
    uint8_t *file = file_read(path_join(path, KEY_FILE), &length);
    assert_non_null(file);
    /* Theirs, and a trailer that they do not look at. */
    assert_int_equal(length, sizeof(key_file) + 8);
    assert_memory_equal(file, key_file, sizeof(key_file));
    assert_memory_equal(file + sizeof(key_file), "PSAC", 4);
    assert_int_equal(load32_le(file + sizeof(key_file) + 4), crc32c(0, key_file, sizeof(key_file)));
    free(file);
    assert_int_equal(load(0, 0x1a2b), PSA_SUCCESS);
    assert_int_equal(storage_key_load(0, 0x1a2b, &attributes, &blob, &blob_length, &incarnation_read), PSA_SUCCESS);
    assert_int_equal(incarnation_read, incarnation);
    platform_secret_free(blob, blob_length);
    assert_int_equal(storage_key_save(0, &attributes, key_file, 16, 1, &incarnation), PSA_ERROR_ALREADY_EXISTS);
    /* Another key of the same id is another one. */
    assert_int_equal(storage_key_save(0, &attributes, key_file, 16, 0, &incarnation), PSA_SUCCESS);
    assert_int_not_equal(incarnation, incarnation_read);
}

/* Every cut, and every bit where there is a checksum. */
static void damage(void **state)
{
    const char *file = path_join(path, KEY_FILE);
    uint8_t with_trailer[sizeof(key_file) + 8];
    uint8_t longer[sizeof(key_file) + 40] = { 0 };

    (void)state;
    memcpy(with_trailer, key_file, sizeof(key_file));
    memcpy(with_trailer + sizeof(key_file), "PSAC", 4);
    store32_le(with_trailer + sizeof(key_file) + 4, crc32c(0, key_file, sizeof(key_file)));
    for (size_t bit = 0; bit < 8 * sizeof(with_trailer); bit++) {
        with_trailer[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        file_write(file, with_trailer, sizeof(with_trailer));
        with_trailer[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        assert_int_equal(load(0, 0x1a2b), PSA_ERROR_DATA_CORRUPT);
    }
    memcpy(longer, with_trailer, sizeof(with_trailer));
    for (size_t length = 0; length < sizeof(longer); length++) {
        file_write(file, longer, length);
        psa_status_t status = load(0, 0x1a2b);
        /* Without all of the trailer it is a file as they write it. */
        assert_int_equal(status, length == sizeof(key_file) || length == sizeof(with_trailer) ? PSA_SUCCESS : PSA_ERROR_DATA_CORRUPT);
    }
}

static void end_cannot_be_read(void **state)
{
    (void)state;
    file_write(path_join(path, KEY_FILE), key_file, sizeof(key_file));
    faults_begin();
    faults.fail_first[FAULT_PREAD] = 1;
    faults.error = EIO;
    assert_int_equal(load(0, 0x1a2b), PSA_ERROR_STORAGE_FAILURE);
    faults.interrupt = 1;
    assert_int_equal(load(0, 0x1a2b), PSA_SUCCESS);
    faults_end();
    assert_int_equal(faults.failed[FAULT_PREAD], 1);
}

static psa_status_t load_changed(size_t offset, uint8_t value)
{
    uint8_t file[sizeof(key_file)];

    memcpy(file, key_file, sizeof(file));
    file[offset] = value;
    file_write(path_join(path, KEY_FILE), file, sizeof(file));
    return load(0, 0x1a2b);
}

/* A record that is intact but not what we read. */
static void other_versions(void **state)
{
    (void)state;
    assert_int_equal(load_changed(16, 'Q'), PSA_ERROR_DATA_INVALID);  /* not a key: the entry of somebody's ITS */
    assert_int_equal(load_changed(24, 1), PSA_ERROR_DATA_INVALID);    /* version */
    assert_int_equal(load_changed(27, 1), PSA_ERROR_DATA_INVALID);
    assert_int_equal(load_changed(28, 0), PSA_ERROR_DATA_INVALID);    /* a volatile lifetime */
    assert_int_equal(load_changed(33, 0), PSA_ERROR_DATA_INVALID);    /* type 0 */
    assert_int_equal(load_changed(48, 15), PSA_ERROR_DATA_INVALID);   /* length of the key */
    assert_int_equal(load_changed(48, 17), PSA_ERROR_DATA_INVALID);
    assert_int_equal(load_changed(51, 255), PSA_ERROR_DATA_INVALID);
    assert_int_equal(load_changed(0, 'Q'), PSA_ERROR_DATA_CORRUPT);   /* not a file of theirs */
    /* An entry too short for a record. */
    for (uint8_t size = 0; size < 36; size++) {
        uint8_t file[16 + 36];
        memcpy(file, key_file, sizeof(file));
        file[8] = size;
        file_write(path_join(path, KEY_FILE), file, 16u + size);
        assert_int_equal(load(0, 0x1a2b), PSA_ERROR_DATA_INVALID);
    }
}

static void what_is_a_key(void **state)
{
    static const char *const others[] = {
        "00000000ffffff52.psa_its", "00000000ffffff74.psa_its", "0000000000000000.psa_its", "0000000080000000.psa_its",
        "0000000000001A2B.psa_its", "000000000001a2b.psa_its", "00000000000001a2b.psa_its", "0000000000001a2b.psa_it",
        "0000000000001a2b.psa_its~", "tempfile.psa_its",
    };
    int32_t owner = INT32_MIN;
    psa_key_id_t id = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        file_write(path_join(path, others[i]), key_file, sizeof(key_file));
    }
    assert_int_equal(storage_key_next(&owner, &id), PSA_ERROR_DOES_NOT_EXIST);
    file_write(path_join(path, KEY_FILE), key_file, sizeof(key_file));
    file_write(path_join(path, "000000007fffffff.psa_its"), key_file, sizeof(key_file));
    file_write(path_join(path, "ffffffff00000001.psa_its"), key_file, sizeof(key_file));
    owner = INT32_MIN;
    id = 0;
    assert_int_equal(storage_key_next(&owner, &id), PSA_SUCCESS);
    assert_int_equal(owner, -1);
    assert_int_equal(id, 1);
    assert_int_equal(storage_key_next(&owner, &id), PSA_SUCCESS);
    assert_int_equal(owner, 0);
    assert_int_equal(id, 0x1a2b);
    assert_int_equal(storage_key_next(&owner, &id), PSA_SUCCESS);
    assert_int_equal(id, 0x7fffffff);
    assert_int_equal(storage_key_next(&owner, &id), PSA_ERROR_DOES_NOT_EXIST);

    /* Nor can they be reached as keys. */
    assert_int_equal(load(0, 0xffffff52u), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(storage_key_remove(0, 0xffffff52u), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(storage_key_exists(0, 0xffffff74u), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(directory_count(path, "00000000ffffff52"), 1);
}

/* Our entries of ITS and all else stay out of the directory that is shared. */
static void other_spaces(void **state)
{
    (void)state;
    assert_int_equal(storage_driver_put(1, 1, (const uint8_t *)"x", 1), PSA_SUCCESS);
    assert_int_equal(storage_seed_write((const uint8_t *)"seed", 4), PSA_SUCCESS);
    assert_int_equal(directory_count(path, ""), 1);
    assert_int_equal(directory_count(path_join(path, "psacrypto/drivers"), ""), 1);
    assert_int_equal(directory_count(path_join(path, "psacrypto/system"), ""), 1);
}

static uid_t somebody_else(void)
{
    return geteuid() + 1u;
}

static void safety(void **state)
{
    struct posix_calls calls = posix_calls_system;
    const char *file = path_join(path, KEY_FILE);

    (void)state;
    file_write(file, key_file, sizeof(key_file));
    assert_int_equal(chmod(file, 0646), 0);
    assert_int_equal(load(0, 0x1a2b), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(chmod(file, 0600), 0);
    calls.geteuid = somebody_else;
    posix_calls = &calls;
    assert_int_equal(load(0, 0x1a2b), PSA_ERROR_STORAGE_FAILURE);
    posix_calls = &posix_calls_system;
    assert_int_equal(load(0, 0x1a2b), PSA_SUCCESS);
    storage_close();
    assert_int_equal(chmod(path, 0777), 0);
    assert_int_equal(load(0, 0x1a2b), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(chmod(path, 01777), 0); /* as /tmp */
    assert_int_equal(load(0, 0x1a2b), PSA_SUCCESS);
    assert_int_equal(rename(file, path_join(path, "target")), 0);
    assert_int_equal(symlink("target", file), 0);
    assert_int_equal(load(0, 0x1a2b), PSA_ERROR_STORAGE_FAILURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(contract, setup, teardown),
        cmocka_unit_test_setup_teardown(threads, setup, teardown),
        cmocka_unit_test_setup_teardown(theirs_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(ours_is_theirs, setup, teardown),
        cmocka_unit_test_setup_teardown(damage, setup, teardown),
        cmocka_unit_test_setup_teardown(end_cannot_be_read, setup, teardown),
        cmocka_unit_test_setup_teardown(other_versions, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_a_key, setup, teardown),
        cmocka_unit_test_setup_teardown(other_spaces, setup, teardown),
        cmocka_unit_test_setup_teardown(safety, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
