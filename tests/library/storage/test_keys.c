/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include "../../support/allocation.h"
#include "storage/object.h"
#include "storage/storage.h"

#include <psacrypto/library.h>

static struct psacrypto_store_ram_space ram;
static struct device_store device;

static int setup_ram(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &ram);
}

static int setup_device(void **state)
{
    (void)state;
    memset(&device, 0, sizeof(device));
    return psacrypto_set_store(&device_store, &device) || psa_crypto_init();
}

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    storage_close();
    psacrypto_store_ram_clear(&ram);
    psacrypto_store_ram_clear(&device.space);
    return psacrypto_set_store(NULL, NULL);
}

static psa_key_attributes_t attributes_of(psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

    psa_set_key_id(&attributes, id);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_bits(&attributes, 64);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    return attributes;
}

static psa_status_t save(int32_t owner, psa_key_id_t id, const char *blob, int create_only, uint32_t *incarnation)
{
    const psa_key_attributes_t attributes = attributes_of(id);

    return storage_key_save(owner, &attributes, (const uint8_t *)blob, strlen(blob), create_only, incarnation);
}

static uint32_t holds(int32_t owner, psa_key_id_t id, const char *expected)
{
    const psa_key_attributes_t expected_attributes = attributes_of(id);
    psa_key_attributes_t attributes;
    uint8_t *blob = NULL;
    size_t length = 0;
    uint32_t incarnation = 0;

    assert_int_equal(storage_key_load(owner, id, &attributes, &blob, &length, &incarnation), PSA_SUCCESS);
    assert_memory_equal(&attributes, &expected_attributes, sizeof(attributes));
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(blob, expected, length);
    platform_secret_free(blob, length);
    return incarnation;
}

static void life_of_a_key(void **state)
{
    uint32_t first = 0;
    uint32_t second = 0;
    psa_key_attributes_t attributes;
    uint8_t *blob;
    size_t length;

    (void)state;
    assert_int_equal(storage_key_exists(7, 1), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(storage_key_remove(7, 1), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(save(7, 1, "the key", 1, &first), PSA_SUCCESS);
    assert_int_not_equal(first, 0);
    assert_int_equal(holds(7, 1, "the key"), first);
    assert_int_equal(storage_key_exists(7, 1), PSA_SUCCESS);
    assert_int_equal(storage_key_exists(0, 1), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(save(7, 1, "another", 1, &second), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(second, 0);
    assert_int_equal(holds(7, 1, "the key"), first);
    assert_int_equal(save(7, 1, "another", 0, &second), PSA_SUCCESS);
    assert_int_equal(holds(7, 1, "another"), second);
    assert_int_not_equal(first, second);
    assert_int_equal(storage_key_remove(7, 1), PSA_SUCCESS);
    assert_int_equal(storage_key_load(7, 1, &attributes, &blob, &length, &second), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(second, 0);
    assert_int_equal(save(7, 1, "the key", 1, &second), PSA_SUCCESS);
    assert_int_not_equal(first, second);
    assert_int_equal(save(7, 2, "", 1, &second), PSA_SUCCESS);
    assert_int_equal(holds(7, 2, ""), second);
}

static void listing(void **state)
{
    static const struct {
        int32_t owner;
        psa_key_id_t id;
    } keys[] = { { -1, 9 }, { 0, 1 }, { 0, 5 }, { 0, 0x3fffffff }, { 2, 1 } };
    const struct psacrypto_store_name strange = object_name(PSACRYPTO_SPACE_KEY, 0, 0x100000005u);
    int32_t owner = INT32_MIN;
    psa_key_id_t id = 0;
    uint32_t incarnation;

    (void)state;
    assert_int_equal(storage_key_next(&owner, &id), PSA_ERROR_DOES_NOT_EXIST);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(save(keys[i].owner, keys[i].id, "key", 1, &incarnation), PSA_SUCCESS);
    }
    assert_int_equal(object_put(&strange, 0, "x", 1, 0), PSA_SUCCESS);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(storage_key_next(&owner, &id), PSA_SUCCESS);
        assert_int_equal(owner, keys[i].owner);
        assert_int_equal(id, keys[i].id);
    }
    assert_int_equal(storage_key_next(&owner, &id), PSA_ERROR_DOES_NOT_EXIST);
}

/* A record of any other content exists, cannot be loaded, and can be removed. */
static void damaged(void **state)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_KEY, 0, 1);
    psa_key_attributes_t attributes;
    uint8_t *blob;
    size_t length;
    uint32_t incarnation;

    (void)state;
    assert_int_equal(object_put(&name, 0, "x", 1, 0), PSA_SUCCESS);
    assert_int_equal(storage_key_exists(0, 1), PSA_SUCCESS);
    assert_int_equal(storage_key_load(0, 1, &attributes, &blob, &length, &incarnation), PSA_ERROR_DATA_CORRUPT);
    assert_null(blob);
    assert_int_equal(length, 0);
    assert_int_equal(incarnation, 0);
    assert_int_equal(psa_get_key_type(&attributes), PSA_KEY_TYPE_NONE);
    assert_int_equal(storage_key_remove(0, 1), PSA_SUCCESS);
}

static psa_status_t save_and_load(void *context)
{
    psa_key_attributes_t attributes;
    uint8_t *blob = NULL;
    size_t length = 0;
    uint32_t incarnation = 0;

    (void)context;
    psa_status_t status = save(0, 3, "eight by", 0, &incarnation);
    if (status == PSA_SUCCESS) {
        status = storage_key_load(0, 3, &attributes, &blob, &length, &incarnation);
        platform_secret_free(blob, length);
    }
    if (status != PSA_SUCCESS) {
        assert_int_equal(incarnation, 0);
        assert_int_equal(length, 0);
    }
    return status;
}

static void out_of_memory(void **state)
{
    uint32_t incarnation;

    (void)state;
    assert_int_equal(save(0, 3, "eight by", 0, &incarnation), PSA_SUCCESS);
    assert_true(allocation_fails_each(save_and_load, NULL) >= 5);
}

/* ---- Small objects ---- */

static void driver_state(void **state)
{
    uint8_t data[4];
    size_t length = 9;

    (void)state;
    assert_int_equal(storage_driver_get(0x7f, 1, data, 4, &length), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(length, 0);
    assert_int_equal(storage_driver_put(0x7f, 1, (const uint8_t *)"abcd", 4), PSA_SUCCESS);
    assert_int_equal(storage_driver_put(0x7f, 2, (const uint8_t *)"ef", 2), PSA_SUCCESS);
    assert_int_equal(storage_driver_put(0x80, 1, (const uint8_t *)"g", 1), PSA_SUCCESS);
    assert_int_equal(storage_driver_get(0x7f, 1, data, 4, &length), PSA_SUCCESS);
    assert_int_equal(length, 4);
    assert_memory_equal(data, "abcd", 4);
    memset(data, 0xa5, sizeof(data));
    assert_int_equal(storage_driver_get(0x7f, 1, data, 3, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_memory_equal(data, "\0\0\0\xa5", 4);
    assert_int_equal(storage_driver_get(0x80, 1, data, 4, &length), PSA_SUCCESS);
    assert_int_equal(length, 1);
    assert_int_equal(storage_driver_remove(0x7f, 1), PSA_SUCCESS);
    assert_int_equal(storage_driver_remove(0x7f, 1), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(storage_driver_get(0x7f, 2, data, 4, &length), PSA_SUCCESS);
    assert_int_equal(storage_driver_put(0, 0, data, 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(storage_driver_get(0, 0, data, 4, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(storage_driver_remove(0, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(storage_driver_put(0xffffff, 0xffffffffu, data, 1), PSA_SUCCESS);
}

static void seed(void **state)
{
    uint8_t data[48];
    size_t length = 9;

    (void)state;
    assert_int_equal(storage_seed_read(data, sizeof(data), &length), PSA_ERROR_DOES_NOT_EXIST);
    memset(data, 7, sizeof(data));
    assert_int_equal(storage_seed_write(data, sizeof(data)), PSA_SUCCESS);
    memset(data, 8, sizeof(data));
    assert_int_equal(storage_seed_write(data, sizeof(data)), PSA_SUCCESS);
    memset(data, 0, sizeof(data));
    assert_int_equal(storage_seed_read(data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(data));
    assert_int_equal(data[47], 8);
    assert_int_equal(storage_seed_read(data, 47, &length), PSA_ERROR_BUFFER_TOO_SMALL);
}

/* ---- An object that changes while it is loaded ---- */

static struct psacrypto_store changing;
static int changes_left;

static psa_status_t changing_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                                 void *data, size_t data_size, size_t *data_length)
{
    if (changes_left > 0) {
        changes_left--;
        assert_int_equal(psacrypto_store_ram.put(instance, name, 0, "a longer object", changes_left % 2 ? 15 : 3, 0), PSA_SUCCESS);
    }
    return psacrypto_store_ram.get(instance, name, offset, data, data_size, data_length);
}

static void replaced_while_loaded(void **state)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_ITS, 0, 1);
    uint8_t *data = NULL;
    uint8_t small[3];
    size_t length = 0;

    (void)state;
    changing = psacrypto_store_ram;
    changing.get = changing_get;
    assert_int_equal(psacrypto_set_store(NULL, NULL), PSA_SUCCESS);
    assert_int_equal(psacrypto_set_store(&changing, &ram), PSA_SUCCESS);
    assert_int_equal(object_put(&name, 0, "object", 6, 0), PSA_SUCCESS);
    changes_left = 3;
    assert_int_equal(object_load(&name, &data, &length, NULL), PSA_SUCCESS);
    assert_int_equal(changes_left, 0);
    assert_int_equal(length, 3);
    assert_memory_equal(data, "a l", 3);
    object_release(data, length);
    changes_left = 1;
    assert_int_equal(object_get_small(&name, small, sizeof(small), &length), PSA_SUCCESS);
    changes_left = 2;
    assert_int_equal(object_get_small(&name, small, sizeof(small), &length), PSA_ERROR_BUFFER_TOO_SMALL);
    changes_left = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(life_of_a_key, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(life_of_a_key, setup_device, teardown),
        cmocka_unit_test_setup_teardown(listing, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(damaged, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(damaged, setup_device, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup_device, teardown),
        cmocka_unit_test_setup_teardown(driver_state, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(seed, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(replaced_while_loaded, setup_ram, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
