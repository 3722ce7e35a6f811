/* SPDX-License-Identifier: Apache-2.0 */
/* The key store as a whole: open, close, list. */
#include "key_store/internal.h"

#include "storage/storage.h"

static void after_fork_child(void)
{
    slots_after_fork();
    readers_after_fork();
    reservations_after_fork();
    cache_after_fork();
    persist_after_fork();
}

psa_status_t key_store_open(void)
{
    static int watching; /* one call at a time: psa_crypto_init() */
    psa_status_t status = PSA_SUCCESS;
    if (!watching) {
        status = platform_at_fork(slots_before_fork, slots_after_fork, after_fork_child);
        watching = status == PSA_SUCCESS;
    }
    return status;
}

static void wipe_slot(struct key_object *object)
{
    if (ATOMIC_LOAD(&object->tag) == 0) {
        return;
    }
    ATOMIC_STORE(&object->tag, (uint64_t)0);
    if ((object->flags & OBJECT_ATTACHED) != 0) {
        (void)dispatch_key_detach(&object->dispatch.key);
    } else {
        (void)dispatch_key_destroy(&object->dispatch.key);
    }
    object_clear(object);
    slot_give(object);
}

void key_store_close(void)
{
    struct key_object *object;
    uint32_t index = 0;
    while ((object = slot_next(&index)) != NULL) {
        wipe_slot(object);
    }
    cache_clear();
    persist_close();
}

/* cursor: volatile keys first, by slot (cursor = index + 1); then the store's, by id (cursor = 2^32 | id). */
#define IN_STORE (UINT64_C(1) << 32)

static psa_status_t next_volatile(const struct caller *caller, uint64_t *cursor, psa_key_id_t *id)
{
    uint32_t index = (uint32_t)*cursor;
    const struct key_object *object;
    while ((object = slot_next(&index)) != NULL) {
        uint64_t tag = ATOMIC_LOAD(&object->tag);
        if (tag != 0 && (int32_t)(uint32_t)(tag >> 32) == caller->owner) {
            *cursor = index;
            *id = (psa_key_id_t)tag;
            return PSA_SUCCESS;
        }
    }
    *cursor = IN_STORE;
    return PSA_ERROR_DOES_NOT_EXIST;
}

psa_status_t key_store_next(const struct caller *caller, uint64_t *cursor, psa_key_id_t *id)
{
    if (*cursor < IN_STORE && next_volatile(caller, cursor, id) == PSA_SUCCESS) {
        return PSA_SUCCESS;
    }
    int32_t owner = caller->owner;
    psa_key_id_t next = (psa_key_id_t)*cursor;
    psa_status_t status = persist_open();
    if (status == PSA_SUCCESS) {
        status = storage_key_next(&owner, &next);
    }
    if (status == PSA_SUCCESS && owner != caller->owner) {
        status = PSA_ERROR_DOES_NOT_EXIST;
    }
    *id = status == PSA_SUCCESS ? next : PSA_KEY_ID_NULL;
    *cursor = IN_STORE | next;
    return status;
}
