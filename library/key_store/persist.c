/* SPDX-License-Identifier: Apache-2.0 */
#include "key_store/internal.h"

#include "metadata/metadata.h"
#include "storage/storage.h"

#include <string.h>

/*
 * Who can write to the store, and a store without checksums, may give a key whose bytes are not what its attributes say: drivers
 * rely on them. Types that are unknown here have no driver, and a blob of a device is the device's own affair.
 */
static int is_consistent(const psa_key_attributes_t *attributes, size_t length)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    if (PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(attributes)) != PSA_KEY_LOCATION_LOCAL_STORAGE || !key_type_exists(type)) {
        return length <= UINT32_MAX;
    }
    return key_type_has_length(type, psa_get_key_bits(attributes), length);
}

psa_status_t persist_load(struct key_object *object, int32_t owner, psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t *blob = NULL;
    size_t length = 0;
    uint32_t incarnation = 0;
    psa_status_t status = storage_key_load(owner, id, &attributes, &blob, &length, &incarnation);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (!is_consistent(&attributes, length)) {
        platform_secret_free(blob, length);
        return reason(PSA_ERROR_DATA_INVALID, REASON_STORE_DAMAGED, PSACRYPTO_SPACE_KEY, id);
    }
    object_adopt_blob(object, blob, length);
    object_fill(object, &attributes, owner, length);
    object->generation = incarnation;
    return PSA_SUCCESS;
}

/*
 * Whether the key that an entry is about is in the store: its record exists, with the blob that was journaled (a
 * driver may have written more behind it). Another key may have taken the id since, and is none of the entry's business.
 */
static psa_status_t find_record(const struct storage_journal_entry *entry, int *found)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t *blob = NULL;
    size_t length = 0;
    uint32_t incarnation = 0;
    *found = 0;
    psa_status_t status = storage_key_load(entry->owner, psa_get_key_id(&entry->attributes), &attributes, &blob, &length, &incarnation);
    if (status == PSA_SUCCESS) {
        *found = psa_get_key_lifetime(&attributes) == psa_get_key_lifetime(&entry->attributes) && length >= entry->blob_length &&
                 memcmp(blob, entry->blob, entry->blob_length) == 0;
        platform_secret_free(blob, length);
    }
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
}

psa_status_t persist_take_back(const struct storage_journal_entry *entry)
{
    int found;
    psa_status_t status = find_record(entry, &found);
    return status == PSA_SUCCESS && found ? storage_key_remove(entry->owner, psa_get_key_id(&entry->attributes)) : status;
}

/* A record that cannot be read now may be the key's: nothing is given back, and nothing removed, on a guess. */
static psa_status_t complete(void *context, const struct storage_journal_entry *entry)
{
    (void)context;
    struct psacrypto_key key = { &entry->attributes, entry->owner, entry->blob, entry->blob_length, NULL };
    int found;
    psa_status_t status = find_record(entry, &found);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (found && entry->operation == STORAGE_JOURNAL_CREATE) {
        return PSA_SUCCESS;
    }
    if (found) {
        status = storage_key_remove(entry->owner, psa_get_key_id(&entry->attributes));
    }
    return status == PSA_SUCCESS ? dispatch_key_destroy(&key) : status;
}

static struct platform_mutex recovery;
static uint32_t recovered; /* atomic */

/* psa_crypto_init() leaves the store alone, so that a program without persistent keys needs none. */
psa_status_t persist_open(void)
{
    if (ATOMIC_LOAD(&recovered) != 0) {
        return PSA_SUCCESS;
    }
    psa_status_t status = storage_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    platform_mutex_lock(&recovery);
    if (recovered == 0) {
        /* An entry whose device does not answer now stays in the journal: it keeps no other key from being used. */
        dispatch_enter(DISPATCH_EVERYWHERE);
        (void)storage_journal_recover(complete, NULL);
        dispatch_leave(DISPATCH_EVERYWHERE);
        ATOMIC_STORE(&recovered, (uint32_t)1);
    }
    platform_mutex_unlock(&recovery);
    return PSA_SUCCESS;
}

void persist_close(void)
{
    ATOMIC_STORE(&recovered, (uint32_t)0);
}

void persist_after_fork(void)
{
    static const struct platform_mutex unlocked;
    recovery = unlocked;
}
