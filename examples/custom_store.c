/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A store of one's own: objects in the blocks of an EEPROM. The rules are in psacrypto/store.h; docs/storage.md explains how this
 * store keeps them.
 *
 *     cc -std=c99 -Iinclude examples/custom_store.c build/libpsacrypto.a -pthread -o /tmp/custom-store
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

/* ---- The medium ---- */

#ifndef EEPROM_BLOCK_SIZE
#define EEPROM_BLOCK_SIZE 512u
#endif
#ifndef EEPROM_BLOCKS
#define EEPROM_BLOCKS 16u
#endif

/* In the place of these two stands the driver of a device. Here the EEPROM is memory. */
#ifndef EEPROM_DRIVER
static uint8_t eeprom[EEPROM_BLOCKS][EEPROM_BLOCK_SIZE];

static int eeprom_read(unsigned block, size_t offset, void *data, size_t length)
{
    memcpy(data, eeprom[block] + offset, length);
    return 0;
}

static int eeprom_write(unsigned block, size_t offset, const void *data, size_t length)
{
    memcpy(eeprom[block] + offset, data, length);
    return 0;
}
#endif

/* ---- One object per block ---- */

/*
 * A block is in use when its mark and its checksum are right. put() fills another block, the header last, before it
 * erases the one that held the object: when power is lost in between, both are there, and the higher sequence is the
 * object. What was being written has no right checksum, and counts as free.
 */
#define MARK 0x53504531u

struct header {
    uint32_t mark;
    uint32_t sequence;
    struct psacrypto_store_name name;
    uint32_t flags;
    uint32_t size;
    uint32_t checksum; /* of the header above, and of the data */
};

#define DATA_SIZE (EEPROM_BLOCK_SIZE - sizeof(struct header))

struct eeprom_store {
    uint32_t sequence; /* of the last object that was written */
    struct header headers[EEPROM_BLOCKS]; /* mark 0: free */
    uint8_t buffer[DATA_SIZE];            /* for reading a whole object */
};

/* CRC-32C. No table: the data may be a key, and a key must not select addresses. */
static uint32_t checksum(uint32_t crc, const void *data, size_t length)
{
    const uint8_t *p = data;

    for (size_t i = 0; i < length; i++) {
        crc ^= p[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (0x82f63b78u & (0u - (crc & 1u)));
        }
    }
    return crc;
}

static uint32_t object_checksum(const struct header *header, const void *data)
{
    uint32_t crc = checksum(0xffffffffu, header, offsetof(struct header, checksum));

    return checksum(crc, data, header->size);
}

static int compare(const struct psacrypto_store_name *a, const struct psacrypto_store_name *b)
{
    if (a->space != b->space) {
        return a->space < b->space ? -1 : 1;
    }
    if (a->owner != b->owner) {
        return a->owner < b->owner ? -1 : 1;
    }
    return a->uid == b->uid ? 0 : a->uid < b->uid ? -1 : 1;
}

/* The block's data into the buffer. */
static psa_status_t read_block(struct eeprom_store *store, unsigned block, struct header *header)
{
    if (eeprom_read(block, 0, header, sizeof(*header)) != 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    if (header->mark != MARK || header->size > DATA_SIZE) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    if (eeprom_read(block, sizeof(*header), store->buffer, header->size) != 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    return header->checksum == object_checksum(header, store->buffer) ? PSA_SUCCESS : PSA_ERROR_DATA_CORRUPT;
}

static psa_status_t erase_block(struct eeprom_store *store, unsigned block)
{
    static const uint8_t zeros[EEPROM_BLOCK_SIZE];

    /* The header goes first: half an object must not look whole. Then what may have been a key. */
    if (eeprom_write(block, 0, zeros, sizeof(struct header)) != 0 || eeprom_write(block, 0, zeros, sizeof(zeros)) != 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    store->headers[block].mark = 0;
    return PSA_SUCCESS;
}

/* EEPROM_BLOCKS where there is none. */
static unsigned find(const struct eeprom_store *store, const struct psacrypto_store_name *name)
{
    unsigned block = 0;

    while (block < EEPROM_BLOCKS && (store->headers[block].mark == 0 || compare(&store->headers[block].name, name) != 0)) {
        block++;
    }
    return block;
}

static unsigned find_free(const struct eeprom_store *store)
{
    unsigned block = 0;

    while (block < EEPROM_BLOCKS && store->headers[block].mark != 0) {
        block++;
    }
    return block;
}

/* ---- The contract ---- */

/* Of two blocks of one name, the older one goes: power was lost between writing the one and erasing the other. */
static psa_status_t add_block(struct eeprom_store *store, unsigned block, const struct header *header)
{
    const unsigned other = find(store, &header->name);

    store->sequence = header->sequence > store->sequence ? header->sequence : store->sequence;
    if (other < EEPROM_BLOCKS && store->headers[other].sequence > header->sequence) {
        return erase_block(store, block);
    }
    store->headers[block] = *header;
    return other < EEPROM_BLOCKS ? erase_block(store, other) : PSA_SUCCESS;
}

static psa_status_t eeprom_open(void *instance)
{
    struct eeprom_store *store = instance;

    memset(store, 0, sizeof(*store));
    for (unsigned block = 0; block < EEPROM_BLOCKS; block++) {
        struct header header;
        psa_status_t status = read_block(store, block, &header);
        if (status == PSA_SUCCESS) {
            status = add_block(store, block, &header);
        }
        if (status != PSA_SUCCESS && status != PSA_ERROR_DATA_CORRUPT) {
            return status;
        }
    }
    return PSA_SUCCESS;
}

static void eeprom_close(void *instance)
{
    memset(instance, 0, sizeof(struct eeprom_store));
}

static psa_status_t eeprom_info(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    const struct eeprom_store *store = instance;
    const unsigned block = find(store, name);

    if (block == EEPROM_BLOCKS) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    info->size = store->headers[block].size;
    info->flags = store->headers[block].flags;
    return PSA_SUCCESS;
}

static psa_status_t eeprom_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                               void *data, size_t data_size, size_t *data_length)
{
    struct eeprom_store *store = instance;
    const unsigned block = find(store, name);
    struct header header;

    *data_length = 0;
    if (block == EEPROM_BLOCKS) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    psa_status_t status = read_block(store, block, &header); /* all of it, for the checksum */
    if (status == PSA_SUCCESS && offset > header.size) {
        status = PSA_ERROR_INVALID_ARGUMENT;
    }
    if (status == PSA_SUCCESS) {
        const size_t left = header.size - offset;
        *data_length = left < data_size ? left : data_size;
        if (*data_length != 0) {
            memcpy(data, store->buffer + offset, *data_length);
        }
    }
    memset(store->buffer, 0, sizeof(store->buffer));
    return status;
}

static psa_status_t write_block(unsigned block, const struct header *header, const void *data)
{
    if (header->size != 0 && eeprom_write(block, sizeof(*header), data, header->size) != 0) {
        return PSA_ERROR_STORAGE_FAILURE;
    }
    return eeprom_write(block, 0, header, sizeof(*header)) == 0 ? PSA_SUCCESS : PSA_ERROR_STORAGE_FAILURE;
}

static psa_status_t eeprom_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                               const void *data, size_t data_length, uint32_t put_flags)
{
    struct eeprom_store *store = instance;
    const unsigned old = find(store, name);
    const unsigned block = find_free(store);
    struct header header;

    if (name->uid == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (old < EEPROM_BLOCKS && (put_flags & PSACRYPTO_STORE_CREATE) != 0) {
        return PSA_ERROR_ALREADY_EXISTS;
    }
    if (block == EEPROM_BLOCKS || data_length > DATA_SIZE) {
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    memset(&header, 0, sizeof(header)); /* padding is in the checksum, too */
    header.mark = MARK;
    header.sequence = store->sequence + 1;
    header.name = *name;
    header.flags = object_flags;
    header.size = (uint32_t)data_length;
    header.checksum = object_checksum(&header, data);
    psa_status_t status = write_block(block, &header, data);
    if (status != PSA_SUCCESS) {
        return status;
    }
    store->sequence = header.sequence;
    store->headers[block] = header;
    return old < EEPROM_BLOCKS ? erase_block(store, old) : PSA_SUCCESS;
}

static psa_status_t eeprom_remove(void *instance, const struct psacrypto_store_name *name)
{
    struct eeprom_store *store = instance;
    const unsigned block = find(store, name);

    return block < EEPROM_BLOCKS ? erase_block(store, block) : PSA_ERROR_DOES_NOT_EXIST;
}

static psa_status_t eeprom_next(void *instance, struct psacrypto_store_name *name)
{
    const struct eeprom_store *store = instance;
    const struct psacrypto_store_name *next = NULL;

    for (unsigned block = 0; block < EEPROM_BLOCKS; block++) {
        const struct psacrypto_store_name *candidate = &store->headers[block].name;
        if (store->headers[block].mark != 0 && candidate->space == name->space && compare(candidate, name) > 0 &&
            (next == NULL || compare(candidate, next) < 0)) {
            next = candidate;
        }
    }
    if (next == NULL) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    *name = *next;
    return PSA_SUCCESS;
}

/*
 * No lock: there is one process. For several threads each function would begin and end with a mutex. No counter and no
 * root key: a device that has them says so in flags, and then psa_ps_*() resists old versions and keys are sealed.
 */
static const struct psacrypto_store eeprom_store = {
    .abi = PSACRYPTO_STORE_ABI,
    .size = sizeof(struct psacrypto_store),
    .flags = PSACRYPTO_STORE_CAN_ENUMERATE,
    .name = "eeprom",
    .open = eeprom_open,
    .close = eeprom_close,
    .info = eeprom_info,
    .get = eeprom_get,
    .put = eeprom_put,
    .remove = eeprom_remove,
    .next = eeprom_next,
};

/* ---- The program ---- */

#define KEY_ID 1u

static psa_status_t make_key(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;

    psa_set_key_id(&attributes, KEY_ID); /* makes it persistent */
    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE);
    psa_set_key_algorithm(&attributes, PSA_ALG_HMAC(PSA_ALG_SHA_256));
    return psa_generate_key(&attributes, &key);
}

int main(void)
{
    static struct eeprom_store instance;
    static const uint8_t message[] = "kept across a restart";
    uint8_t mac[PSA_HASH_LENGTH(PSA_ALG_SHA_256)];
    size_t mac_length = 0;

    psa_status_t status = psacrypto_set_store(&eeprom_store, &instance);
    if (status == PSA_SUCCESS) {
        status = psa_crypto_init();
    }
    if (status == PSA_SUCCESS) {
        status = make_key();
    }
    if (status == PSA_SUCCESS) {
        status = psa_mac_compute(KEY_ID, PSA_ALG_HMAC(PSA_ALG_SHA_256), message, sizeof(message), mac, sizeof(mac), &mac_length);
    }
    psacrypto_shutdown(); /* nothing of the key is in memory now but in the EEPROM */
    if (status == PSA_SUCCESS) {
        status = psa_crypto_init();
    }
    if (status == PSA_SUCCESS) {
        status = psa_mac_verify(KEY_ID, PSA_ALG_HMAC(PSA_ALG_SHA_256), message, sizeof(message), mac, mac_length);
    }
    if (status != PSA_SUCCESS) {
        fprintf(stderr, "status %d\n", (int)status);
        return 1;
    }
    printf("key %u verified after a restart\n", (unsigned)KEY_ID);
    return 0;
}
