/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The state, little-endian:
 *
 *    0  8  "PSAROLL\n"
 *    8  2  version, 1
 *   10  1  algorithm of the seal (seal.h)
 *   11  1  0
 *   12  4  number of entries
 *   16  8  counter
 *   24 12  nonce
 *   36     entries of 32 bytes, encrypted: owner 4, flags 4, uid 8, version 8, next 8
 *      16  tag, with bytes 0 to 35 as associated data
 */
#include "storage/rollback.h"

#include "dispatch/random.h"
#include "platform/platform.h"
#include "storage/object.h"
#include "storage/seal.h"
#include "util/bytes.h"
#include "util/reason.h"

#define VERSION 1u
#define ALGORITHM 10u
#define NONCE 24u
#define HEADER 36u
#define ENTRY 32u
#define COUNTER_INDEX 0u

static const uint8_t magic[8] = { 'P', 'S', 'A', 'R', 'O', 'L', 'L', '\n' };

static struct psacrypto_store_name state_name(void)
{
    return object_name(PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_ROLLBACK);
}

static psa_status_t damaged(psa_status_t status)
{
    return reason(status, REASON_STORE_DAMAGED, PSACRYPTO_SPACE_SYSTEM, SYSTEM_ROLLBACK);
}

int rollback_is_active(void)
{
    const struct psacrypto_store *store = storage_store();

    return store != NULL && (store->flags & PSACRYPTO_STORE_CAN_COUNT) != 0;
}

static psa_status_t read_counter(int increment, uint64_t *value)
{
    return storage_store()->counter(storage_instance(), COUNTER_INDEX, increment, value);
}

static struct seal seal_of(const uint8_t *data, const uint8_t *root, const struct psacrypto_store_name *name)
{
    struct seal seal;

    seal.algorithm = data[ALGORITHM];
    seal.root = root;
    seal.purpose = SEAL_FOR_ROLLBACK;
    seal.name = name;
    seal.nonce = data + NONCE;
    seal.ad = data;
    seal.ad_length = HEADER;
    return seal;
}

/* ---- Reading ---- */

static psa_status_t unpack(struct rollback *rollback, const uint8_t *data, size_t count)
{
    if (count != 0) {
        rollback->entries = platform_allocate(count * sizeof(rollback->entries[0]));
        if (rollback->entries == NULL) {
            return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, count, 0);
        }
    }
    rollback->room = count;
    rollback->count = count;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *p = data + HEADER + i * ENTRY;
        rollback->entries[i].owner = (int32_t)load32_le(p);
        rollback->entries[i].flags = load32_le(p + 4);
        rollback->entries[i].uid = load64_le(p + 8);
        rollback->entries[i].version = load64_le(p + 16);
        rollback->entries[i].next = load64_le(p + 24);
    }
    return PSA_SUCCESS;
}

static psa_status_t open_state(struct rollback *rollback, uint8_t *data, size_t length)
{
    const struct psacrypto_store_name name = state_name();

    if (length < HEADER + SEAL_TAG_LENGTH || memcmp(data, magic, sizeof(magic)) != 0) {
        return damaged(PSA_ERROR_DATA_CORRUPT);
    }
    const size_t body = length - HEADER - SEAL_TAG_LENGTH;
    if (load16_le(data + 8) != VERSION || data[ALGORITHM] == 0 || data[ALGORITHM] > SEAL_ALGORITHMS || data[11] != 0) {
        return damaged(PSA_ERROR_DATA_INVALID);
    }
    if (body % ENTRY != 0 || load32_le(data + 12) != body / ENTRY) {
        return damaged(PSA_ERROR_DATA_CORRUPT);
    }
    const struct seal seal = seal_of(data, rollback->root, &name);
    psa_status_t status = seal_decrypt(&seal, data + HEADER, body, data + HEADER);
    if (status != PSA_SUCCESS) {
        return status == PSA_ERROR_INVALID_SIGNATURE ? damaged(status) : status;
    }
    rollback->counter = load64_le(data + 16);
    return unpack(rollback, data, body / ENTRY);
}

static psa_status_t load_state(struct rollback *rollback, int *exists)
{
    const struct psacrypto_store_name name = state_name();
    uint8_t *data = NULL;
    size_t length = 0;
    psa_status_t status = object_load(&name, &data, &length, NULL);

    *exists = status == PSA_SUCCESS;
    if (status == PSA_ERROR_DOES_NOT_EXIST) {
        return PSA_SUCCESS;
    }
    if (status == PSA_SUCCESS) {
        status = open_state(rollback, data, length);
        object_release(data, length);
    }
    return status;
}

/* The state is the current one, or the crash came before the counter followed it. */
static psa_status_t check_counter(struct rollback *rollback, int exists)
{
    uint64_t value = 0;
    psa_status_t status = read_counter(0, &value);

    if (status != PSA_SUCCESS) {
        return status;
    }
    if (!exists) {
        rollback->counter = value;
        rollback->lost = value != 0;
        return PSA_SUCCESS;
    }
    if (rollback->counter == value + 1u) {
        status = read_counter(1, &value);
    }
    if (status == PSA_SUCCESS && rollback->counter != value) {
        status = damaged(PSA_ERROR_INVALID_SIGNATURE);
    }
    return status;
}

/* ---- Writing ---- */

static void pack(const struct rollback *rollback, uint8_t *data)
{
    memcpy(data, magic, sizeof(magic));
    store16_le(data + 8, VERSION);
    store32_le(data + 12, (uint32_t)rollback->count);
    store64_le(data + 16, rollback->counter);
    for (size_t i = 0; i < rollback->count; i++) {
        uint8_t *p = data + HEADER + i * ENTRY;
        store32_le(p, (uint32_t)rollback->entries[i].owner);
        store32_le(p + 4, rollback->entries[i].flags);
        store64_le(p + 8, rollback->entries[i].uid);
        store64_le(p + 16, rollback->entries[i].version);
        store64_le(p + 24, rollback->entries[i].next);
    }
}

static psa_status_t seal_state(const struct rollback *rollback, uint8_t *data, const struct psacrypto_store_name *name)
{
    psa_status_t status = dispatch_random(data + NONCE, SEAL_NONCE_LENGTH);

    if (status != PSA_SUCCESS) {
        return status;
    }
    status = PSA_ERROR_NOT_SUPPORTED;
    for (uint8_t algorithm = 1; algorithm <= SEAL_ALGORITHMS && status == PSA_ERROR_NOT_SUPPORTED; algorithm++) {
        store16_le(data + ALGORITHM, algorithm);
        const struct seal seal = seal_of(data, rollback->root, name);
        status = seal_encrypt(&seal, data + HEADER, rollback->count * ENTRY, data + HEADER);
    }
    return status;
}

/* The state first, for one counter value more, then the counter. */
static psa_status_t save(struct rollback *rollback)
{
    const struct psacrypto_store_name name = state_name();
    const size_t length = HEADER + rollback->count * ENTRY + SEAL_TAG_LENGTH;
    uint8_t *data = platform_secret_allocate(length);
    uint64_t value = 0;

    if (data == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, length, 0);
    }
    rollback->counter++;
    pack(rollback, data);
    psa_status_t status = seal_state(rollback, data, &name);
    if (status == PSA_SUCCESS) {
        status = object_put(&name, 0, data, length, 0);
    }
    platform_secret_free(data, length);
    if (status != PSA_SUCCESS) {
        rollback->counter--;
        return status;
    }
    status = read_counter(1, &value);
    if (status == PSA_SUCCESS && value != rollback->counter) {
        status = damaged(PSA_ERROR_INVALID_SIGNATURE); /* somebody else counts, too */
    }
    return status;
}

/* ---- Entries ---- */

struct rollback_entry *rollback_find(struct rollback *rollback, const struct psacrypto_store_name *name)
{
    for (size_t i = 0; i < rollback->count; i++) {
        if (rollback->entries[i].uid == name->uid && rollback->entries[i].owner == name->owner) {
            return &rollback->entries[i];
        }
    }
    return NULL;
}

static psa_status_t add(struct rollback *rollback, const struct psacrypto_store_name *name, struct rollback_entry **result)
{
    static const struct rollback_entry empty;

    if (rollback->count == rollback->room) {
        const size_t room = 2u * rollback->room + 8u;
        struct rollback_entry *entries = platform_allocate(room * sizeof(*entries));
        if (entries == NULL) {
            return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, room * sizeof(*entries), 0);
        }
        bytes_copy(entries, rollback->entries, rollback->count * sizeof(*entries));
        platform_free(rollback->entries);
        rollback->entries = entries;
        rollback->room = room;
    }
    *result = &rollback->entries[rollback->count++];
    **result = empty;
    (*result)->owner = name->owner;
    (*result)->uid = name->uid;
    return PSA_SUCCESS;
}

static void drop(struct rollback *rollback, struct rollback_entry *entry)
{
    *entry = rollback->entries[--rollback->count];
}

/* The change under way is over. Answers 1 where the entry itself is, so that another one has taken its place. */
static int settle_entry(struct rollback *rollback, struct rollback_entry *entry, int done)
{
    if (done) {
        entry->version = entry->next == ROLLBACK_GONE ? 0 : entry->next;
    }
    entry->next = 0;
    if (entry->version == 0) {
        drop(rollback, entry);
        return 1;
    }
    return 0;
}

/* An entry that cannot be read now keeps both its versions. */
static psa_status_t settle(struct rollback *rollback, rollback_version_t version_of)
{
    int changed = 0;

    for (size_t i = 0; i < rollback->count;) {
        struct rollback_entry *entry = &rollback->entries[i];
        const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_PS, entry->owner, entry->uid);
        uint64_t version = 0;
        int gone = 0;
        if (entry->next != 0 && version_of(rollback->root, &name, &version) == PSA_SUCCESS) {
            const uint64_t next = entry->next == ROLLBACK_GONE ? 0 : entry->next;
            changed = 1;
            gone = settle_entry(rollback, entry, version == next);
        }
        i += !gone;
    }
    return changed ? save(rollback) : PSA_SUCCESS;
}

/* ---- The interface ---- */

psa_status_t rollback_open(struct rollback *rollback, const uint8_t *root, rollback_version_t version_of)
{
    static const struct rollback empty;
    int exists = 0;

    *rollback = empty;
    rollback->root = root;
    psa_status_t status = load_state(rollback, &exists);
    if (status == PSA_SUCCESS) {
        status = check_counter(rollback, exists);
    }
    if (status == PSA_SUCCESS) {
        status = settle(rollback, version_of);
    }
    if (status != PSA_SUCCESS) {
        rollback_close(rollback);
    }
    return status;
}

void rollback_close(struct rollback *rollback)
{
    platform_free(rollback->entries);
    rollback->entries = NULL;
    rollback->count = 0;
    rollback->room = 0;
}

psa_status_t rollback_begin(struct rollback *rollback, const struct psacrypto_store_name *name, uint32_t flags, uint64_t *version)
{
    struct rollback_entry *entry = rollback_find(rollback, name);
    psa_status_t status = PSA_SUCCESS;

    if (entry == NULL) {
        status = add(rollback, name, &entry);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    /* The value that the counter takes now was never a version before. */
    entry->next = version == NULL ? ROLLBACK_GONE : rollback->counter + 1u;
    if (version != NULL) {
        entry->flags = flags;
        *version = entry->next;
    }
    return save(rollback);
}

psa_status_t rollback_end(struct rollback *rollback, const struct psacrypto_store_name *name, int done)
{
    struct rollback_entry *entry = rollback_find(rollback, name);

    if (entry == NULL) {
        return PSA_SUCCESS;
    }
    (void)settle_entry(rollback, entry, done);
    return save(rollback);
}
