/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Key records: what the space of keys and the journal hold. Parsing is strict: PSA_ERROR_DATA_CORRUPT where a checksum
 * or a seal does not hold, PSA_ERROR_DATA_INVALID where the content contradicts itself or is of another version.
 */
#ifndef STORAGE_RECORD_H
#define STORAGE_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>
#include <psacrypto/store.h>

/* state: a key; in the journal, enum storage_journal_operation (1 and 2). */
#define RECORD_LIVE 3u

struct key_record {
    uint8_t state;
    int32_t owner;
    uint32_t incarnation;
    psa_key_attributes_t attributes;
    const uint8_t *blob;
    size_t blob_length;
};

/* In the form that the open store asks for. *data: platform_secret_allocate() memory of *length bytes. */
psa_status_t record_pack(const struct key_record *record, const struct psacrypto_store_name *name, uint8_t **data, size_t *length);

/* A sealed record is opened in place; record->blob points into data. */
psa_status_t record_unpack(uint8_t *data, size_t length, const struct psacrypto_store_name *name, struct key_record *record);

/* ---- The forms, for record.c ---- */

#define RECORD_MBED_HEADER 36u
void record_mbed_pack(const struct key_record *record, uint8_t *data);
psa_status_t record_mbed_unpack(const uint8_t *data, size_t length, const struct psacrypto_store_name *name, struct key_record *record);

#endif
