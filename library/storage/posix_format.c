/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two forms of an object's file. All numbers are little-endian.
 *
 * Native: <owner, 8 digits>-<uid, 16 digits>, lower-case hexadecimal.
 *
 *    0  8  "PSASTORE"
 *    8  4  version, 1
 *   12  4  space
 *   16  4  owner
 *   20  4  flags
 *   24  8  uid
 *   32  8  size of the data
 *   40  4  CRC-32C of bytes 0 to 39: what psa_its_get_info() reads is checked without the data
 *   44     data
 *       4  CRC-32C of all before it
 *
 * Mbed TLS (keys of a store that both libraries use): <owner, 8 digits><key id, 8 digits>.psa_its
 *
 *    0  8  "PSA\0ITS\0"
 *    8  4  size of the data
 *   12  4  flags
 *   16     data
 *       4  "PSAC"  } ours, where we wrote the file: Mbed TLS reads nothing behind the data
 *       4  CRC-32C }
 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "util/bytes.h"
#include "util/crc32c.h"

#include <string.h>

/* ---- Names ---- */

static void put_hex(char *text, uint64_t value, unsigned digits)
{
    for (unsigned i = 0; i < digits; i++) {
        text[i] = "0123456789abcdef"[(value >> (4u * (digits - 1u - i))) & 15u];
    }
}

static int get_hex(const char *text, unsigned digits, uint64_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < digits; i++) {
        const char c = text[i];
        unsigned digit;
        if (c >= '0' && c <= '9') {
            digit = (unsigned)(c - '0');
        } else if (c >= 'a' && c <= 'f') {
            digit = (unsigned)(c - 'a') + 10u;
        } else {
            return 0; /* also at the end of a text that is too short */
        }
        *value = (*value << 4) | digit;
    }
    return 1;
}

/* Two's complement, as everywhere since C23. */
static int32_t owner_from(uint64_t value)
{
    return value <= INT32_MAX ? (int32_t)value : (int32_t)((int64_t)value - ((int64_t)1 << 32));
}

static void native_file_name(char file[POSIX_NAME_SIZE], const struct psacrypto_store_name *name)
{
    put_hex(file, (uint32_t)name->owner, 8);
    file[8] = '-';
    put_hex(file + 9, name->uid, 16);
    file[25] = '\0';
}

static int native_parse_name(const char *file, struct psacrypto_store_name *name)
{
    uint64_t owner;
    uint64_t uid;

    if (!get_hex(file, 8, &owner) || file[8] != '-' || !get_hex(file + 9, 16, &uid) || file[25] != '\0' || uid == 0) {
        return 0;
    }
    name->owner = owner_from(owner);
    name->uid = uid;
    return 1;
}

static void mbed_file_name(char file[POSIX_NAME_SIZE], const struct psacrypto_store_name *name)
{
    put_hex(file, (uint32_t)name->owner, 8);
    put_hex(file + 8, name->uid, 8);
    memcpy(file + 16, ".psa_its", 9);
}

/* Above 0x7fffffff lie no keys: 0xffffff52 is Mbed TLS's seed, 0xffffff74 a record of its own. */
static int mbed_parse_name(const char *file, struct psacrypto_store_name *name)
{
    uint64_t owner;
    uint64_t id;

    if (!get_hex(file, 8, &owner) || !get_hex(file + 8, 8, &id) || strcmp(file + 16, ".psa_its") != 0 ||
        id == 0 || id > 0x7fffffffu) {
        return 0;
    }
    name->owner = owner_from(owner);
    name->uid = id;
    return 1;
}

/* ---- Native ---- */

#define NATIVE_VERSION 1u
#define NATIVE_HEADER 44u

static const uint8_t native_magic[8] = { 'P', 'S', 'A', 'S', 'T', 'O', 'R', 'E' };

static void native_pack(uint8_t *header, const struct psacrypto_store_name *name, uint32_t flags, uint64_t size)
{
    memcpy(header, native_magic, sizeof(native_magic));
    store32_le(header + 8, NATIVE_VERSION);
    store32_le(header + 12, name->space);
    store32_le(header + 16, (uint32_t)name->owner);
    store32_le(header + 20, flags);
    store64_le(header + 24, name->uid);
    store64_le(header + 32, size);
    store32_le(header + 40, crc32c(0, header, 40));
}

static psa_status_t native_unpack(const uint8_t *header, const struct psacrypto_store_name *name, uint32_t *flags, uint64_t *size)
{
    if (load32_le(header + 40) != crc32c(0, header, 40)) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    if (memcmp(header, native_magic, sizeof(native_magic)) != 0 || load32_le(header + 8) != NATIVE_VERSION) {
        return PSA_ERROR_DATA_INVALID;
    }
    /* A file under another one's name. */
    if (load32_le(header + 12) != name->space || load32_le(header + 16) != (uint32_t)name->owner ||
        load64_le(header + 24) != name->uid) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    *flags = load32_le(header + 20);
    *size = load64_le(header + 32);
    return PSA_SUCCESS;
}

static void native_pack_trailer(uint8_t *trailer, uint32_t crc)
{
    store32_le(trailer, crc);
}

static int native_trailer_is_right(const uint8_t *trailer, uint32_t crc)
{
    return load32_le(trailer) == crc;
}

const struct posix_format posix_format_native = {
    .header_size = NATIVE_HEADER,
    .trailer_size = 4,
    .size_max = INT64_MAX - NATIVE_HEADER - 4, /* of a file */
    .trailer_optional = 0,
    .refused_mode = 0077,
    .file_name = native_file_name,
    .parse_name = native_parse_name,
    .pack = native_pack,
    .unpack = native_unpack,
    .pack_trailer = native_pack_trailer,
    .trailer_is_right = native_trailer_is_right,
};

/* ---- Mbed TLS ---- */

static const uint8_t mbed_magic[8] = { 'P', 'S', 'A', 0, 'I', 'T', 'S', 0 };
static const uint8_t mbed_trailer_magic[4] = { 'P', 'S', 'A', 'C' };

static void mbed_pack(uint8_t *header, const struct psacrypto_store_name *name, uint32_t flags, uint64_t size)
{
    (void)name;
    memcpy(header, mbed_magic, sizeof(mbed_magic));
    store32_le(header + 8, (uint32_t)size);
    store32_le(header + 12, flags);
}

static psa_status_t mbed_unpack(const uint8_t *header, const struct psacrypto_store_name *name, uint32_t *flags, uint64_t *size)
{
    (void)name;
    if (memcmp(header, mbed_magic, sizeof(mbed_magic)) != 0) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    *size = load32_le(header + 8);
    *flags = load32_le(header + 12);
    return PSA_SUCCESS;
}

static void mbed_pack_trailer(uint8_t *trailer, uint32_t crc)
{
    memcpy(trailer, mbed_trailer_magic, sizeof(mbed_trailer_magic));
    store32_le(trailer + 4, crc);
}

static int mbed_is_trailer(const uint8_t *trailer)
{
    return memcmp(trailer, mbed_trailer_magic, sizeof(mbed_trailer_magic)) == 0;
}

static int mbed_trailer_is_right(const uint8_t *trailer, uint32_t crc)
{
    return mbed_is_trailer(trailer) && load32_le(trailer + 4) == crc;
}

const struct posix_format posix_format_mbed = {
    .header_size = 16,
    .trailer_size = 8,
    .size_max = UINT32_MAX,
    .trailer_optional = 1,
    .refused_mode = 0002, /* Mbed TLS leaves the mode to the umask */
    .file_name = mbed_file_name,
    .parse_name = mbed_parse_name,
    .pack = mbed_pack,
    .unpack = mbed_unpack,
    .pack_trailer = mbed_pack_trailer,
    .trailer_is_right = mbed_trailer_is_right,
    .is_trailer = mbed_is_trailer,
};

#else

typedef int posix_format_unused; /* a translation unit may not be empty */

#endif
