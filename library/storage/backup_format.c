/* SPDX-License-Identifier: Apache-2.0 */
#include "storage/backup_format.h"

#include "storage/object.h"
#include "util/bytes.h"
#include "util/crc32c.h"

static const uint8_t magic_start[8] = { 'P', 'S', 'A', 'B', 'A', 'C', 'K', '\n' };
static const uint8_t magic_object[4] = { 'O', 'B', 'J', '\n' };
static const uint8_t magic_end[4] = { 'E', 'N', 'D', '\n' };

const uint32_t backup_spaces[BACKUP_SPACES] = {
    PSACRYPTO_SPACE_SYSTEM, PSACRYPTO_SPACE_KEY, PSACRYPTO_SPACE_ITS, PSACRYPTO_SPACE_PS, PSACRYPTO_SPACE_DRIVER,
};

int backup_includes(const struct psacrypto_store_name *name)
{
    for (size_t i = 0; i < BACKUP_SPACES; i++) {
        if (name->space == backup_spaces[i]) {
            return name->uid != 0 && (name->space != PSACRYPTO_SPACE_SYSTEM || (name->uid == SYSTEM_ROOT && name->owner == 0));
        }
    }
    return 0;
}

void backup_pack_start(uint8_t start[BACKUP_START_LENGTH], uint32_t capabilities)
{
    memcpy(start, magic_start, sizeof(magic_start));
    store32_le(start + 8, BACKUP_VERSION);
    store32_le(start + 12, capabilities);
    store32_le(start + 16, crc32c(0, start, 16));
}

psa_status_t backup_unpack_start(const uint8_t start[BACKUP_START_LENGTH], uint32_t capabilities)
{
    if (load32_le(start + 16) != crc32c(0, start, 16) || memcmp(start, magic_start, sizeof(magic_start)) != 0) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    if (load32_le(start + 8) != BACKUP_VERSION || load32_le(start + 12) != capabilities) {
        return PSA_ERROR_DATA_INVALID;
    }
    return PSA_SUCCESS;
}

void backup_pack_header(uint8_t bytes[BACKUP_HEADER_LENGTH], const struct backup_header *header)
{
    memcpy(bytes, header->end ? magic_end : magic_object, sizeof(magic_object));
    store32_le(bytes + 4, header->name.space);
    store32_le(bytes + 8, (uint32_t)header->name.owner);
    store32_le(bytes + 12, header->flags);
    store64_le(bytes + 16, header->name.uid);
    store64_le(bytes + 24, header->size);
    store32_le(bytes + 32, crc32c(0, bytes, 32));
}

psa_status_t backup_unpack_header(const uint8_t bytes[BACKUP_HEADER_LENGTH], struct backup_header *header)
{
    if (load32_le(bytes + 32) != crc32c(0, bytes, 32)) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    header->end = memcmp(bytes, magic_end, sizeof(magic_end)) == 0;
    if (!header->end && memcmp(bytes, magic_object, sizeof(magic_object)) != 0) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    header->name.space = load32_le(bytes + 4);
    header->name.owner = (int32_t)load32_le(bytes + 8);
    header->flags = load32_le(bytes + 12);
    header->name.uid = load64_le(bytes + 16);
    header->size = load64_le(bytes + 24);
    return PSA_SUCCESS;
}
