/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key record of Mbed TLS (version 0). Little-endian; ours beside it is in record.c.
 *
 *    0  8  "PSA\0KEY\0"
 *    8  4  version, 0
 *   12  4  lifetime
 *   16  2  type
 *   18  2  size in bits
 *   20  4  usage flags
 *   24  4  permitted algorithm
 *   28  4  second permitted algorithm
 *   32  4  length of the key data
 *   36     key data: the export format, or an opaque driver's blob
 */
#include "storage/record.h"

#include "util/bytes.h"
#include "util/crc32c.h"

static const uint8_t magic[8] = { 'P', 'S', 'A', 0, 'K', 'E', 'Y', 0 };

void record_mbed_pack(const struct key_record *record, uint8_t *data)
{
    const psa_key_attributes_t *attributes = &record->attributes;

    memcpy(data, magic, sizeof(magic));
    store32_le(data + 8, 0);
    store32_le(data + 12, attributes->private_lifetime);
    store16_le(data + 16, attributes->private_type);
    store16_le(data + 18, attributes->private_bits);
    store32_le(data + 20, attributes->private_usage);
    store32_le(data + 24, attributes->private_alg);
    store32_le(data + 28, attributes->private_alg2);
    store32_le(data + 32, (uint32_t)record->blob_length);
    bytes_copy(data + RECORD_MBED_HEADER, record->blob, record->blob_length);
}

psa_status_t record_mbed_unpack(const uint8_t *data, size_t length, const struct psacrypto_store_name *name, struct key_record *record)
{
    psa_key_attributes_t *attributes = &record->attributes;

    if (length < RECORD_MBED_HEADER || memcmp(data, magic, sizeof(magic)) != 0 || load32_le(data + 8) != 0 ||
        load32_le(data + 32) != length - RECORD_MBED_HEADER) {
        return PSA_ERROR_DATA_INVALID;
    }
    record->state = RECORD_LIVE;
    record->owner = name->owner;
    attributes->private_lifetime = load32_le(data + 12);
    attributes->private_type = load16_le(data + 16);
    attributes->private_bits = load16_le(data + 18);
    attributes->private_usage = load32_le(data + 20);
    attributes->private_alg = load32_le(data + 24);
    attributes->private_alg2 = load32_le(data + 28);
    attributes->private_id = (psa_key_id_t)name->uid;
    record->blob_length = length - RECORD_MBED_HEADER;
    record->blob = record->blob_length == 0 ? NULL : data + RECORD_MBED_HEADER;
    /* There is no place for a number of its own: two records that differ in anything have different ones. */
    record->incarnation = crc32c(0, data, length);
    record->incarnation += record->incarnation == 0;
    return PSA_SUCCESS;
}
