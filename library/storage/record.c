/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The native key record. Little-endian.
 *
 *    0  8  "PSAKEY\r\n"
 *    8  2  version, 1
 *   10  1  form: 0 plain, else the algorithm of the seal (seal.h)
 *   11  1  state
 *   12  4  owner
 *   16  4  id
 *   20  4  incarnation
 *   24  4  lifetime
 *   28  2  type
 *   30  2  size in bits
 *   32  4  usage flags
 *   36  4  permitted algorithm
 *   40  4  second permitted algorithm
 *   44  4  length of the blob
 *   48 12  nonce; zero in the plain form
 *   60  4  CRC-32C of all other bytes
 *   64     blob; sealed: encrypted, and the tag of 16 bytes, with bytes 0 to 47 as associated data
 *
 * Records are sealed where the store has a root key that does not lie in it. There a plain one is refused, or an attacker who
 * can write to the store could make keys.
 */
#include "storage/record.h"

#include "dispatch/random.h"
#include "platform/platform.h"
#include "storage/seal.h"
#include "storage/storage.h"
#include "util/bytes.h"
#include "util/crc32c.h"
#include "util/reason.h"
#include "util/zeroise.h"

#define VERSION 1u
#define HEADER 64u
#define AD_LENGTH 48u
#define NONCE 48u
#define CHECKSUM 60u
#define FORM 10u
#define FORM_PLAIN 0u

static const uint8_t magic[8] = { 'P', 'S', 'A', 'K', 'E', 'Y', '\r', '\n' };

static int is_mbed(const struct psacrypto_store_name *name)
{
    return name->space == PSACRYPTO_SPACE_KEY && (storage_store()->flags & PSACRYPTO_STORE_MBED_RECORDS) != 0;
}

static int is_sealed_store(void)
{
    return (storage_store()->flags & PSACRYPTO_STORE_CAN_ROOT_KEY) != 0;
}

static uint32_t checksum(const uint8_t *data, size_t length)
{
    return crc32c(crc32c(0, data, CHECKSUM), data + HEADER, length - HEADER);
}

/* ---- Writing ---- */

static void pack_header(const struct key_record *record, uint8_t *data)
{
    const psa_key_attributes_t *attributes = &record->attributes;

    memcpy(data, magic, sizeof(magic));
    store16_le(data + 8, VERSION);
    data[FORM] = FORM_PLAIN;
    data[11] = record->state;
    store32_le(data + 12, (uint32_t)record->owner);
    store32_le(data + 16, attributes->private_id);
    store32_le(data + 20, record->incarnation);
    store32_le(data + 24, attributes->private_lifetime);
    store16_le(data + 28, attributes->private_type);
    store16_le(data + 30, attributes->private_bits);
    store32_le(data + 32, attributes->private_usage);
    store32_le(data + 36, attributes->private_alg);
    store32_le(data + 40, attributes->private_alg2);
    store32_le(data + 44, (uint32_t)record->blob_length);
    memset(data + NONCE, 0, SEAL_NONCE_LENGTH);
}

static struct seal seal_of(const uint8_t *data, const uint8_t *root, const struct psacrypto_store_name *name)
{
    struct seal seal;

    seal.algorithm = data[FORM];
    seal.root = root;
    seal.purpose = SEAL_FOR_RECORD;
    seal.name = name;
    seal.nonce = data + NONCE;
    seal.ad = data;
    seal.ad_length = AD_LENGTH;
    return seal;
}

static psa_status_t seal_record(uint8_t *data, const struct psacrypto_store_name *name, const uint8_t *blob, size_t blob_length)
{
    uint8_t root[SEAL_ROOT_LENGTH];
    psa_status_t status = seal_root_load(root);

    if (status == PSA_SUCCESS) {
        status = dispatch_random(data + NONCE, SEAL_NONCE_LENGTH);
    }
    if (status == PSA_SUCCESS) {
        status = PSA_ERROR_NOT_SUPPORTED;
    }
    for (uint8_t algorithm = 1; algorithm <= SEAL_ALGORITHMS && status == PSA_ERROR_NOT_SUPPORTED; algorithm++) {
        data[FORM] = algorithm;
        const struct seal seal = seal_of(data, root, name);
        status = seal_encrypt(&seal, blob, blob_length, data + HEADER);
    }
    ZEROISE(root);
    return status;
}

static psa_status_t pack_native(const struct key_record *record, const struct psacrypto_store_name *name, uint8_t *data, size_t length)
{
    psa_status_t status = PSA_SUCCESS;

    pack_header(record, data);
    if (is_sealed_store()) {
        status = seal_record(data, name, record->blob, record->blob_length);
    } else {
        bytes_copy(data + HEADER, record->blob, record->blob_length);
    }
    store32_le(data + CHECKSUM, checksum(data, length));
    return status;
}

static size_t packed_length(const struct key_record *record, const struct psacrypto_store_name *name)
{
    if (is_mbed(name)) {
        return RECORD_MBED_HEADER + record->blob_length;
    }
    return HEADER + record->blob_length + (is_sealed_store() ? SEAL_TAG_LENGTH : 0u);
}

psa_status_t record_pack(const struct key_record *record, const struct psacrypto_store_name *name, uint8_t **data, size_t *length)
{
    psa_status_t status = PSA_SUCCESS;

    *data = NULL;
    *length = 0;
    if (record->blob_length > UINT32_MAX - HEADER - SEAL_TAG_LENGTH) {
        return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_INPUT_TOO_LONG, UINT32_MAX, record->blob_length);
    }
    const size_t size = packed_length(record, name);
    uint8_t *memory = platform_secret_allocate(size);
    if (memory == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, size, 0);
    }
    if (is_mbed(name)) {
        record_mbed_pack(record, memory);
    } else {
        status = pack_native(record, name, memory, size);
    }
    if (status != PSA_SUCCESS) {
        platform_secret_free(memory, size);
        return status;
    }
    *data = memory;
    *length = size;
    return PSA_SUCCESS;
}

/* ---- Reading ---- */

/* The parts have the lengths that they announce, and the record is in the form that belongs here. */
static psa_status_t check_form(const uint8_t *data, size_t length)
{
    if (length < HEADER || load32_le(data + CHECKSUM) != checksum(data, length)) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    const uint8_t form = data[FORM];
    const size_t overhead = HEADER + (form == FORM_PLAIN ? 0u : SEAL_TAG_LENGTH);
    if (memcmp(data, magic, sizeof(magic)) != 0 || load16_le(data + 8) != VERSION || form > SEAL_ALGORITHMS ||
        (form != FORM_PLAIN) != is_sealed_store() || length < overhead || load32_le(data + 44) != length - overhead) {
        return PSA_ERROR_DATA_INVALID;
    }
    return PSA_SUCCESS;
}

static void unpack_header(const uint8_t *data, struct key_record *record)
{
    psa_key_attributes_t *attributes = &record->attributes;

    record->state = data[11];
    record->owner = (int32_t)load32_le(data + 12);
    attributes->private_id = load32_le(data + 16);
    record->incarnation = load32_le(data + 20);
    attributes->private_lifetime = load32_le(data + 24);
    attributes->private_type = load16_le(data + 28);
    attributes->private_bits = load16_le(data + 30);
    attributes->private_usage = load32_le(data + 32);
    attributes->private_alg = load32_le(data + 36);
    attributes->private_alg2 = load32_le(data + 40);
    record->blob_length = load32_le(data + 44);
    record->blob = record->blob_length == 0 ? NULL : data + HEADER;
}

static psa_status_t open_record(uint8_t *data, size_t blob_length, const struct psacrypto_store_name *name)
{
    uint8_t root[SEAL_ROOT_LENGTH];
    const struct seal seal = seal_of(data, root, name);

    if (data[FORM] == FORM_PLAIN) {
        return PSA_SUCCESS;
    }
    psa_status_t status = seal_root_load(root);
    if (status == PSA_SUCCESS) {
        status = seal_decrypt(&seal, data + HEADER, blob_length, data + HEADER);
    }
    ZEROISE(root);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_ERROR_DATA_CORRUPT : status;
}

/* A key in the space of keys, under its own name, which is not volatile; a step in the journal. */
static psa_status_t check_content(const struct key_record *record, const struct psacrypto_store_name *name)
{
    const psa_key_attributes_t *attributes = &record->attributes;

    if (name->space != PSACRYPTO_SPACE_KEY) {
        return record->state == RECORD_LIVE ? PSA_ERROR_DATA_INVALID : PSA_SUCCESS;
    }
    if (record->state != RECORD_LIVE || record->owner != name->owner || attributes->private_id != name->uid ||
        record->incarnation == 0 || attributes->private_type == PSA_KEY_TYPE_NONE ||
        PSA_KEY_LIFETIME_IS_VOLATILE(attributes->private_lifetime)) {
        return PSA_ERROR_DATA_INVALID;
    }
    return PSA_SUCCESS;
}

static psa_status_t unpack_native(uint8_t *data, size_t length, const struct psacrypto_store_name *name, struct key_record *record)
{
    psa_status_t status = check_form(data, length);

    if (status == PSA_SUCCESS) {
        unpack_header(data, record);
        status = open_record(data, record->blob_length, name);
    }
    return status;
}

psa_status_t record_unpack(uint8_t *data, size_t length, const struct psacrypto_store_name *name, struct key_record *record)
{
    static const struct key_record empty;
    psa_status_t status;

    *record = empty;
    status = is_mbed(name) ? record_mbed_unpack(data, length, name, record) : unpack_native(data, length, name, record);
    if (status == PSA_SUCCESS) {
        status = check_content(record, name);
    }
    if (status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID) {
        (void)reason(status, REASON_STORE_DAMAGED, name->space, name->uid);
    }
    if (status != PSA_SUCCESS) {
        *record = empty;
    }
    return status;
}
