/* SPDX-License-Identifier: Apache-2.0 */
#include "storage/storage.h"

#include "storage/backup_format.h"
#include "storage/object.h"
#include "util/bytes.h"
#include "util/crc32c.h"
#include "util/reason.h"

struct output {
    psacrypto_store_write_t write;
    void *context;
    uint32_t crc;      /* of all that was written */
    uint64_t objects;
};

static psa_status_t write_bytes(struct output *output, const uint8_t *data, size_t length)
{
    if (length == 0) {
        return PSA_SUCCESS;
    }
    output->crc = crc32c(output->crc, data, length);
    return output->write(output->context, data, length);
}

static psa_status_t write_item(struct output *output, const struct backup_header *header, const uint8_t *data)
{
    uint8_t bytes[BACKUP_HEADER_LENGTH];
    uint8_t crc[BACKUP_CRC_LENGTH];

    backup_pack_header(bytes, header);
    psa_status_t status = write_bytes(output, bytes, sizeof(bytes));
    if (status == PSA_SUCCESS) {
        status = write_bytes(output, data, (size_t)header->size);
    }
    if (status == PSA_SUCCESS) {
        store32_le(crc, output->crc);
        status = write_bytes(output, crc, sizeof(crc));
    }
    return status;
}

static psa_status_t write_object(struct output *output, const struct psacrypto_store_name *name)
{
    struct backup_header header = { 0, *name, 0, 0 };
    uint8_t *data = NULL;
    size_t length = 0;
    psa_status_t status = object_load(name, &data, &length, &header.flags);

    if (status == PSA_ERROR_DOES_NOT_EXIST) {
        return PSA_SUCCESS; /* removed since it was listed */
    }
    if (status == PSA_SUCCESS) {
        header.size = length;
        status = write_item(output, &header, data);
        object_release(data, length);
        output->objects++;
    }
    return status;
}

static psa_status_t write_space(struct output *output, uint32_t space)
{
    struct psacrypto_store_name name = object_name(space, INT32_MIN, 0);
    psa_status_t status = object_next(&name);

    while (status == PSA_SUCCESS) {
        if (backup_includes(&name)) {
            status = write_object(output, &name);
        }
        if (status == PSA_SUCCESS) {
            status = object_next(&name);
        }
    }
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
}

static psa_status_t write_stream(struct output *output)
{
    uint8_t start[BACKUP_START_LENGTH];
    struct backup_header end = { 1, { 0, 0, 0 }, 0, 0 };

    backup_pack_start(start, storage_store()->flags & BACKUP_CAPABILITIES);
    psa_status_t status = write_bytes(output, start, sizeof(start));
    for (size_t i = 0; i < BACKUP_SPACES && status == PSA_SUCCESS; i++) {
        status = write_space(output, backup_spaces[i]);
    }
    end.name.uid = output->objects;
    return status == PSA_SUCCESS ? write_item(output, &end, NULL) : status;
}

psa_status_t psacrypto_store_backup(psacrypto_store_write_t write, void *context)
{
    struct output output = { write, context, 0, 0 };
    psa_status_t status = storage_open();

    if (status == PSA_SUCCESS && storage_store()->next == NULL) {
        status = PSA_ERROR_NOT_SUPPORTED;
    }
    if (status == PSA_SUCCESS) {
        status = storage_lock();
    }
    if (status == PSA_SUCCESS) {
        status = write_stream(&output);
        storage_unlock();
    }
    return reason_close(status);
}
