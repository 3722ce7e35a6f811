/* SPDX-License-Identifier: Apache-2.0 */
/* The space of keys. */
#include "storage/storage.h"

#include "dispatch/random.h"
#include "platform/platform.h"
#include "storage/object.h"
#include "storage/record.h"
#include "util/bytes.h"
#include "util/crc32c.h"
#include "util/reason.h"

/* ---- Loading ---- */

static psa_status_t copy_blob(const struct key_record *record, uint8_t **blob, size_t *blob_length)
{
    if (record->blob_length == 0) {
        return PSA_SUCCESS;
    }
    uint8_t *memory = platform_secret_allocate(record->blob_length);
    if (memory == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, record->blob_length, 0);
    }
    memcpy(memory, record->blob, record->blob_length);
    *blob = memory;
    *blob_length = record->blob_length;
    return PSA_SUCCESS;
}

psa_status_t storage_key_load(int32_t owner, psa_key_id_t id, psa_key_attributes_t *attributes,
                              uint8_t **blob, size_t *blob_length, uint32_t *incarnation)
{
    static const psa_key_attributes_t no_attributes;
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_KEY, owner, id);
    struct key_record record;
    uint8_t *data = NULL;
    size_t length = 0;

    *attributes = no_attributes;
    *blob = NULL;
    *blob_length = 0;
    *incarnation = 0;
    psa_status_t status = object_load(&name, &data, &length, NULL);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = record_unpack(data, length, &name, &record);
    if (status == PSA_SUCCESS) {
        status = copy_blob(&record, blob, blob_length);
    }
    if (status == PSA_SUCCESS) {
        *attributes = record.attributes;
        *incarnation = record.incarnation;
    }
    object_release(data, length);
    return status;
}

/* ---- Saving ---- */

/* Random; where there is no randomness (yet), a number that another key has not. Never 0. */
static uint32_t new_incarnation(const struct key_record *record)
{
    uint8_t bytes[4];
    uint32_t value;

    if (dispatch_random(bytes, sizeof(bytes)) == PSA_SUCCESS) {
        value = load32_le(bytes);
    } else {
        value = crc32c(crc32c(0, &record->attributes, sizeof(record->attributes)), record->blob, record->blob_length);
    }
    return value != 0 ? value : 1u;
}

/* Layouts without a place for the number have one of their own. */
static psa_status_t stored_incarnation(uint8_t *data, size_t length, const struct psacrypto_store_name *name, uint32_t *incarnation)
{
    struct key_record record;

    if ((storage_store()->flags & PSACRYPTO_STORE_MBED_RECORDS) == 0) {
        return PSA_SUCCESS;
    }
    psa_status_t status = record_unpack(data, length, name, &record);
    *incarnation = record.incarnation;
    return status;
}

psa_status_t storage_key_save(int32_t owner, const psa_key_attributes_t *attributes,
                              const uint8_t *blob, size_t blob_length, int create_only, uint32_t *incarnation)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_KEY, owner, attributes->private_id);
    struct key_record record;
    uint8_t *data = NULL;
    size_t length = 0;

    *incarnation = 0;
    psa_status_t status = storage_open(); /* its form decides that of the record */
    if (status != PSA_SUCCESS) {
        return status;
    }
    record.state = RECORD_LIVE;
    record.owner = owner;
    record.attributes = *attributes;
    record.blob = blob;
    record.blob_length = blob_length;
    record.incarnation = new_incarnation(&record);
    status = record_pack(&record, &name, &data, &length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = stored_incarnation(data, length, &name, &record.incarnation);
    if (status == PSA_SUCCESS) {
        status = object_put(&name, 0, data, length, create_only ? PSACRYPTO_STORE_CREATE : 0u);
    }
    platform_secret_free(data, length);
    *incarnation = status == PSA_SUCCESS ? record.incarnation : 0;
    return status;
}

/* ---- The rest ---- */

psa_status_t storage_key_remove(int32_t owner, psa_key_id_t id)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_KEY, owner, id);

    return object_remove(&name);
}

/* A damaged record is one that exists. */
psa_status_t storage_key_exists(int32_t owner, psa_key_id_t id)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_KEY, owner, id);
    struct psacrypto_store_info info;
    psa_status_t status = object_info(&name, &info);

    return status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID ? PSA_SUCCESS : status;
}

psa_status_t storage_key_next(int32_t *owner, psa_key_id_t *id)
{
    struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_KEY, *owner, *id);
    psa_status_t status;

    /* Names that no key can have are not ours to list. */
    do {
        status = object_next(&name);
    } while (status == PSA_SUCCESS && name.uid > UINT32_MAX);
    if (status == PSA_SUCCESS) {
        *owner = name.owner;
        *id = (psa_key_id_t)name.uid;
    }
    return status;
}
