/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

/* Writes count; the one that is to fail does, and with lose_power all after it do. */
static int fails(struct device_store *device)
{
    device->writes++;
    return device->fail_at != 0 && (device->lose_power ? device->writes >= device->fail_at : device->writes == device->fail_at);
}

static psa_status_t device_open(void *instance)
{
    struct device_store *device = instance;
    return psacrypto_store_ram.open(&device->space);
}

static void device_close(void *instance)
{
    struct device_store *device = instance;
    psacrypto_store_ram.close(&device->space);
}

static psa_status_t device_info(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    struct device_store *device = instance;
    return psacrypto_store_ram.info(&device->space, name, info);
}

static psa_status_t device_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                               void *data, size_t data_size, size_t *data_length)
{
    struct device_store *device = instance;
    return psacrypto_store_ram.get(&device->space, name, offset, data, data_size, data_length);
}

static psa_status_t device_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                               const void *data, size_t data_length, uint32_t put_flags)
{
    struct device_store *device = instance;
    return fails(device) ? PSA_ERROR_STORAGE_FAILURE
                         : psacrypto_store_ram.put(&device->space, name, object_flags, data, data_length, put_flags);
}

static psa_status_t device_remove(void *instance, const struct psacrypto_store_name *name)
{
    struct device_store *device = instance;
    return fails(device) ? PSA_ERROR_STORAGE_FAILURE : psacrypto_store_ram.remove(&device->space, name);
}

static psa_status_t device_next(void *instance, struct psacrypto_store_name *name)
{
    struct device_store *device = instance;
    return psacrypto_store_ram.next(&device->space, name);
}

static psa_status_t device_counter(void *instance, uint32_t index, int increment, uint64_t *value)
{
    struct device_store *device = instance;

    assert_int_equal(index, 0);
    if (increment && fails(device)) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    device->counter += increment != 0;
    *value = device->counter;
    return PSA_SUCCESS;
}

static psa_status_t device_root_key(void *instance, uint8_t key[32])
{
    const struct device_store *device = instance;
    memcpy(key, device->root, sizeof(device->root));
    return PSA_SUCCESS;
}

const struct psacrypto_store device_store = {
    .abi = PSACRYPTO_STORE_ABI,
    .size = sizeof(struct psacrypto_store),
    .flags = PSACRYPTO_STORE_CAN_ENUMERATE | PSACRYPTO_STORE_CAN_COUNT | PSACRYPTO_STORE_CAN_ROOT_KEY,
    .name = "device",
    .open = device_open,
    .close = device_close,
    .info = device_info,
    .get = device_get,
    .put = device_put,
    .remove = device_remove,
    .next = device_next,
    .counter = device_counter,
    .root_key = device_root_key,
};
