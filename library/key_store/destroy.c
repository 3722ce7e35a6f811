/* SPDX-License-Identifier: Apache-2.0 */
#include "key_store/internal.h"

#include "storage/storage.h"
#include "util/seldom.h"

static psa_status_t no_such_key(psa_key_id_t id)
{
    return reason(PSA_ERROR_INVALID_HANDLE, REASON_KEY_ID, id, 0);
}

static psa_status_t destroy_volatile(uint64_t tag, psa_key_id_t id)
{
    struct key_object *object = slot_find(id);
    uint64_t expected = tag;
    if (object == NULL || !ATOMIC_CAS(&object->tag, &expected, (uint64_t)0)) {
        return no_such_key(id);
    }
    ATOMIC_FENCE_BEHIND();
    readers_wait(tag);
    psa_status_t status = (object->flags & OBJECT_ATTACHED) != 0 ? dispatch_key_detach(&object->dispatch.key)
                                                                 : dispatch_key_destroy(&object->dispatch.key);
    object_clear(object);
    slot_give(object);
    return status;
}

/* A key in a device: the record goes first, then the place, and the journal brings a crash in between to that end. */
static psa_status_t destroy_in_device(struct key_object *object)
{
    psa_key_id_t id = psa_get_key_id(&object->attributes);
    int32_t owner = object->dispatch.key.owner;
    struct storage_journal_entry entry = { STORAGE_JOURNAL_DESTROY, owner, object->attributes,
                                           object->dispatch.key.blob, object->dispatch.key.length };
    struct storage_journal_ticket ticket = { 0 };
    psa_status_t status = storage_journal_begin(&entry, &ticket);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = storage_key_remove(owner, id);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_destroy(&object->dispatch.key);
    }
    if (status != PSA_SUCCESS) {
        storage_journal_keep(&ticket); /* recovery tries again */
        return status;
    }
    return storage_journal_end(&ticket);
}

static psa_status_t destroy_loaded(struct key_object *object)
{
    psa_key_lifetime_t lifetime = psa_get_key_lifetime(&object->attributes);
    psa_key_location_t location = PSA_KEY_LIFETIME_GET_LOCATION(lifetime);
    psa_key_id_t id = psa_get_key_id(&object->attributes);
    if (PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) == PSA_KEY_PERSISTENCE_READ_ONLY) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_READ_ONLY, id, 0);
    }
    if (!dispatch_has_location(location)) {
        /* Its place in the device would be lost with the record. */
        return reason(PSA_ERROR_COMMUNICATION_FAILURE, REASON_KEY_LOCATION, location, 0);
    }
    if (dispatch_key_has_allocate(location)) {
        dispatch_enter(location);
        psa_status_t status = destroy_in_device(object);
        dispatch_leave(location);
        return status;
    }
    psa_status_t status = storage_key_remove(object->dispatch.key.owner, id);
    psa_status_t erased = dispatch_key_destroy(&object->dispatch.key);
    return status == PSA_SUCCESS ? erased : status;
}

static psa_status_t destroy_persistent(int32_t owner, psa_key_id_t id)
{
    struct key_object *object = object_allocate();
    if (object == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(*object), 0);
    }
    psa_status_t status = persist_load(object, owner, id);
    if (status == PSA_SUCCESS) {
        status = destroy_loaded(object);
    } else if (status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID) {
        /* Nothing can use this record any more; erasing it is what was asked for, saying so what is owed. */
        (void)storage_key_remove(owner, id);
    } else if (status == PSA_ERROR_DOES_NOT_EXIST) {
        status = no_such_key(id);
    }
    object_free(object);
    return status;
}

SELDOM psa_status_t destroy_other(const struct caller *caller, psa_key_id_t id)
{
    uint64_t tag = key_tag(caller->owner, id);
    if (id_is_builtin(id)) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        psa_status_t status = key_store_attributes(caller, id, &attributes);
        return status == PSA_SUCCESS ? reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_READ_ONLY, id, 0) : status;
    }
    if (!id_is_user(id)) {
        return no_such_key(id);
    }
    psa_status_t status = persist_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    reservation_close(tag);
    cache_drop(tag);
    status = destroy_persistent(caller->owner, id);
    reservation_open(tag);
    return status;
}

psa_status_t key_store_destroy(const struct caller *caller, psa_key_id_t id)
{
    return id_is_volatile(id) ? destroy_volatile(key_tag(caller->owner, id), id) : destroy_other(caller, id);
}

psa_status_t key_store_purge(const struct caller *caller, psa_key_id_t id)
{
    uint64_t tag = key_tag(caller->owner, id);
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    if (!id_is_user(id)) {
        return key_store_attributes(caller, id, &attributes);
    }
    psa_status_t status = persist_open();
    if (status != PSA_SUCCESS) {
        return status;
    }
    reservation_close(tag);
    cache_drop(tag);
    status = storage_key_exists(caller->owner, id);
    reservation_open(tag);
    return status == PSA_ERROR_DOES_NOT_EXIST ? no_such_key(id) : status;
}
