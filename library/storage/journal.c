/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The journal: an entry, under one of eight names, for each step under way that changes both the store and a device.
 * Whoever writes one holds the store's lock until the step is over, so an entry that is found while holding
 * the lock was left by a crash.
 *
 * An entry is a key record of the native form (record.h) whose state byte says which operation it is about: it is sealed
 * where key records are, since a blob may be all there is to a wrapped key.
 */
#include "storage/storage.h"

#include "platform/platform.h"
#include "storage/object.h"
#include "storage/record.h"
#include "util/reason.h"

#define ENTRIES 8u

static struct psacrypto_store_name entry_name(uint64_t uid)
{
    return object_name(PSACRYPTO_SPACE_JOURNAL, 0, uid);
}

/* A name that is free now; the lock is held. */
static psa_status_t find_free(uint64_t *uid)
{
    struct psacrypto_store_info info;

    for (*uid = 1; *uid <= ENTRIES; (*uid)++) {
        const struct psacrypto_store_name name = entry_name(*uid);
        psa_status_t status = object_info(&name, &info);
        if (status == PSA_ERROR_DOES_NOT_EXIST) {
            return PSA_SUCCESS;
        }
        if (status != PSA_SUCCESS && status != PSA_ERROR_DATA_CORRUPT && status != PSA_ERROR_DATA_INVALID) {
            return status;
        }
    }
    return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_STORE_FULL, 0, 0);
}

static psa_status_t write_entry(const struct storage_journal_entry *entry, uint64_t uid)
{
    struct key_record record;
    uint8_t *data;
    size_t length;
    const struct psacrypto_store_name name = entry_name(uid);

    record.state = (uint8_t)entry->operation;
    record.owner = entry->owner;
    record.incarnation = 0;
    record.attributes = entry->attributes;
    record.blob = entry->blob;
    record.blob_length = entry->blob_length;
    psa_status_t status = record_pack(&record, &name, &data, &length);
    if (status == PSA_SUCCESS) {
        status = object_put(&name, 0, data, length, PSACRYPTO_STORE_CREATE);
        platform_secret_free(data, length);
    }
    return status;
}

psa_status_t storage_journal_begin(const struct storage_journal_entry *entry, struct storage_journal_ticket *ticket)
{
    uint64_t uid = 0;

    ticket->uid = 0;
    psa_status_t status = storage_lock();
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = find_free(&uid);
    if (status == PSA_SUCCESS) {
        status = write_entry(entry, uid);
    }
    if (status != PSA_SUCCESS) {
        storage_unlock();
        return status;
    }
    ticket->uid = uid;
    return PSA_SUCCESS;
}

psa_status_t storage_journal_end(struct storage_journal_ticket *ticket)
{
    if (ticket->uid == 0) {
        return PSA_SUCCESS;
    }
    const struct psacrypto_store_name name = entry_name(ticket->uid);
    psa_status_t status = object_remove(&name);
    storage_journal_keep(ticket);
    return status;
}

void storage_journal_keep(struct storage_journal_ticket *ticket)
{
    if (ticket->uid != 0) {
        ticket->uid = 0;
        storage_unlock();
    }
}

/* ---- Recovery ---- */

/* Without the lock, so that a start does not wait for a slow step of another process. */
static psa_status_t is_empty(int *empty)
{
    struct psacrypto_store_info info;

    *empty = 1;
    for (uint64_t uid = 1; uid <= ENTRIES; uid++) {
        const struct psacrypto_store_name name = entry_name(uid);
        psa_status_t status = object_info(&name, &info);
        if (status == PSA_SUCCESS || status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID) {
            *empty = 0;
        } else if (status != PSA_ERROR_DOES_NOT_EXIST) {
            return status;
        }
    }
    return PSA_SUCCESS;
}

static psa_status_t read_entry(const struct psacrypto_store_name *name, struct key_record *record, uint8_t **data, size_t *length)
{
    psa_status_t status = object_load(name, data, length, NULL);

    if (status != PSA_SUCCESS) {
        return status;
    }
    status = record_unpack(*data, *length, name, record);
    if (status == PSA_SUCCESS && record->state != STORAGE_JOURNAL_CREATE && record->state != STORAGE_JOURNAL_DESTROY) {
        status = reason(PSA_ERROR_DATA_INVALID, REASON_STORE_DAMAGED, name->space, name->uid);
    }
    if (status != PSA_SUCCESS) {
        object_release(*data, *length);
    }
    return status;
}

/* Nothing can be done with an entry that is damaged, and it must not block a name for ever. */
static psa_status_t discard(const struct psacrypto_store_name *name, psa_status_t status)
{
    psa_status_t removed = object_remove(name);

    return removed == PSA_SUCCESS ? reason(PSA_ERROR_DATA_CORRUPT, REASON_STORE_DAMAGED, name->space, name->uid)
                                  : (removed == PSA_ERROR_DOES_NOT_EXIST ? status : removed);
}

static psa_status_t recover_entry(uint64_t uid, storage_journal_callback callback, void *context)
{
    const struct psacrypto_store_name name = entry_name(uid);
    struct storage_journal_entry entry;
    struct key_record record;
    uint8_t *data = NULL;
    size_t length = 0;
    psa_status_t status = read_entry(&name, &record, &data, &length);

    if (status == PSA_ERROR_DOES_NOT_EXIST) {
        return PSA_SUCCESS;
    }
    if (status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID) {
        return discard(&name, status);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    entry.operation = record.state;
    entry.owner = record.owner;
    entry.attributes = record.attributes;
    entry.blob = record.blob;
    entry.blob_length = record.blob_length;
    status = callback(context, &entry);
    object_release(data, length);
    return status == PSA_SUCCESS ? object_remove(&name) : status;
}

psa_status_t storage_journal_recover(storage_journal_callback callback, void *context)
{
    int empty = 0;
    psa_status_t result = is_empty(&empty);

    if (result != PSA_SUCCESS || empty) {
        return result;
    }
    result = storage_lock();
    if (result != PSA_SUCCESS) {
        return result;
    }
    for (uint64_t uid = 1; uid <= ENTRIES; uid++) {
        psa_status_t status = recover_entry(uid, callback, context);
        result = result == PSA_SUCCESS ? status : result;
    }
    storage_unlock();
    return result;
}
