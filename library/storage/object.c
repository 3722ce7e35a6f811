/* SPDX-License-Identifier: Apache-2.0 */
#include "storage/object.h"

#include "platform/platform.h"
#include "util/reason.h"
#include "util/zeroise.h"

/* The stores of a program know nothing of reasons: say here what their status says. */
static psa_status_t explain(psa_status_t status, const struct psacrypto_store_name *name)
{
    switch (status) {
    case PSA_ERROR_DATA_CORRUPT:
    case PSA_ERROR_DATA_INVALID:
        return reason(status, REASON_STORE_DAMAGED, name->space, name->uid);
    case PSA_ERROR_DOES_NOT_EXIST:
        return reason(status, REASON_STORE_ABSENT, name->space, name->uid);
    default:
        return status;
    }
}

psa_status_t object_info(const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    info->size = 0;
    info->flags = 0;
    psa_status_t status = storage_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    return explain(storage_store()->info(storage_instance(), name, info), name);
}

psa_status_t object_get(const struct psacrypto_store_name *name, size_t offset, void *data, size_t data_size, size_t *data_length)
{
    *data_length = 0;
    psa_status_t status = storage_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    return explain(storage_store()->get(storage_instance(), name, offset, data, data_size, data_length), name);
}

psa_status_t object_put(const struct psacrypto_store_name *name, uint32_t object_flags,
                        const void *data, size_t data_length, uint32_t put_flags)
{
    psa_status_t status = storage_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    return storage_store()->put(storage_instance(), name, object_flags, data, data_length, put_flags);
}

psa_status_t object_remove(const struct psacrypto_store_name *name)
{
    psa_status_t status = storage_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    return explain(storage_store()->remove(storage_instance(), name), name);
}

psa_status_t object_next(struct psacrypto_store_name *name)
{
    psa_status_t status = storage_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (storage_store()->next == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return storage_store()->next(storage_instance(), name);
}

/* One byte more than the object had when it was asked: an object that has grown since shows. */
static psa_status_t load_once(const struct psacrypto_store_name *name, size_t size,
                              uint8_t **data, size_t *data_length, int *changed)
{
    uint8_t *memory = platform_secret_allocate(size + 1u);
    if (memory == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, size, 0);
    }
    size_t length = 0;
    psa_status_t status = object_get(name, 0, memory, size + 1u, &length);
    *changed = status == PSA_SUCCESS && length != size;
    if (status != PSA_SUCCESS || *changed) {
        platform_secret_free(memory, size + 1u);
        return status;
    }
    *data = memory;
    *data_length = size;
    return PSA_SUCCESS;
}

psa_status_t object_load(const struct psacrypto_store_name *name, uint8_t **data, size_t *data_length, uint32_t *flags)
{
    struct psacrypto_store_info info;
    psa_status_t status;
    int changed;

    *data = NULL;
    *data_length = 0;
    /* get() gives one version of the object, but not necessarily the one that info() saw. */
    do {
        changed = 0;
        status = object_info(name, &info);
        if (status == PSA_SUCCESS && info.size >= SIZE_MAX - 1u) {
            return reason(PSA_ERROR_DATA_CORRUPT, REASON_STORE_DAMAGED, name->space, name->uid);
        }
        if (status == PSA_SUCCESS) {
            status = load_once(name, info.size, data, data_length, &changed);
        }
    } while (status == PSA_SUCCESS && changed);
    if (flags != NULL) {
        *flags = status == PSA_SUCCESS ? info.flags : 0;
    }
    return status;
}

void object_release(uint8_t *data, size_t data_length)
{
    platform_secret_free(data, data_length + 1u);
}

psa_status_t object_get_small(const struct psacrypto_store_name *name, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct psacrypto_store_info info;
    psa_status_t status;

    /* get() may have cut a longer object: info() tells. Again where it was replaced in between. */
    do {
        status = object_get(name, 0, data, data_size, data_length);
        if (status == PSA_SUCCESS) {
            status = object_info(name, &info);
        }
        if (status == PSA_SUCCESS && info.size > data_size) {
            status = reason(PSA_ERROR_BUFFER_TOO_SMALL, REASON_BUFFER, info.size, data_size);
        }
    } while (status == PSA_SUCCESS && info.size != *data_length);
    if (status != PSA_SUCCESS) {
        zeroise(data, data_size);
        *data_length = 0;
    }
    return status;
}
