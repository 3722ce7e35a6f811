/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stream of psacrypto_store_backup(), little-endian:
 *
 *   start    0  8  "PSABACK\n"
 *            8  4  version, 1
 *           12  4  the capabilities of the store that its objects depend on
 *           16  4  CRC-32C of bytes 0 to 15
 *
 *   object   0  4  "OBJ\n"
 *            4  4  space
 *            8  4  owner
 *           12  4  flags
 *           16  8  uid
 *           24  8  size of the data
 *           32  4  CRC-32C of bytes 0 to 31
 *           36     data
 *               4  CRC-32C of the whole stream so far
 *
 *   end      as an object with "END\n", all numbers 0 but uid: the number of objects
 *
 * Objects come in the order of the spaces below, then of owner and uid.
 */
#ifndef STORAGE_BACKUP_FORMAT_H
#define STORAGE_BACKUP_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/store.h>

#define BACKUP_VERSION 1u
#define BACKUP_START_LENGTH 20u
#define BACKUP_HEADER_LENGTH 36u
#define BACKUP_CRC_LENGTH 4u
#define BACKUP_CAPABILITIES (PSACRYPTO_STORE_MBED_RECORDS | PSACRYPTO_STORE_CAN_ROOT_KEY)

struct backup_header {
    int end;
    struct psacrypto_store_name name;
    uint32_t flags;
    uint64_t size;
};

/* The root key comes first: what psa_ps_*() keeps is sealed under it. */
#define BACKUP_SPACES 5u
extern const uint32_t backup_spaces[BACKUP_SPACES];

/* Whether an object is in a backup: not the seed, which must never be used twice, nor the state of a moment. */
int backup_includes(const struct psacrypto_store_name *name);

void backup_pack_start(uint8_t start[BACKUP_START_LENGTH], uint32_t capabilities);
psa_status_t backup_unpack_start(const uint8_t start[BACKUP_START_LENGTH], uint32_t capabilities);
void backup_pack_header(uint8_t bytes[BACKUP_HEADER_LENGTH], const struct backup_header *header);
psa_status_t backup_unpack_header(const uint8_t bytes[BACKUP_HEADER_LENGTH], struct backup_header *header);

#endif
