/* SPDX-License-Identifier: Apache-2.0 */
#include "storage/protected_call.h"

#include "dispatch/dispatch.h"
#include "storage/object.h"
#include "util/reason.h"
#include "util/zeroise.h"

/* ---- Begin and end ---- */

static psa_status_t version_of(const uint8_t *root, const struct psacrypto_store_name *name, uint64_t *version)
{
    struct protected_object object;
    psa_status_t status = protected_load(&object, root, name);

    *version = object.version;
    protected_release(&object);
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
}

static psa_status_t load_root(struct protected_call *call, enum call_kind kind)
{
    if (kind == CALL_WRITE || (kind == CALL_REMOVE && rollback_is_active())) {
        return seal_root_make(call->root);
    }
    return kind == CALL_READ ? seal_root_load(call->root) : PSA_SUCCESS;
}

psa_status_t call_begin(struct protected_call *call, int32_t owner, psa_storage_uid_t uid, enum call_kind kind)
{
    call->name = object_name(PSACRYPTO_SPACE_PS, owner, uid);
    call->counts = 0;
    call->locked = 0;
    psa_status_t status = dispatch_ensure_open(); /* takes a lock that is outside of ours */
    if (status == PSA_SUCCESS) {
        status = storage_open();
    }
    if (status == PSA_SUCCESS && (kind != CALL_READ || rollback_is_active())) {
        status = storage_lock();
        call->locked = status == PSA_SUCCESS;
    }
    if (status == PSA_SUCCESS) {
        status = load_root(call, kind);
    }
    if (status == PSA_SUCCESS && rollback_is_active()) {
        status = rollback_open(&call->rollback, call->root, version_of);
        call->counts = status == PSA_SUCCESS;
    }
    return status;
}

/* What the interface has no status for: no AEAD or hash in this build, no entropy, no library. The reason stays. */
static psa_status_t generic(psa_status_t status)
{
    const struct reason_record why = reason_last();

    if (why.status == status) {
        return reason(PSA_ERROR_GENERIC_ERROR, (enum reason)why.code, why.a, why.b);
    }
    return reason(PSA_ERROR_GENERIC_ERROR, REASON_STATUS, 0, 0);
}

psa_status_t call_end(struct protected_call *call, psa_status_t status)
{
    if (call->counts) {
        rollback_close(&call->rollback);
    }
    if (call->locked) {
        storage_unlock();
    }
    ZEROISE(call->root);
    switch (status) {
    case PSA_ERROR_NOT_SUPPORTED:
    case PSA_ERROR_INSUFFICIENT_ENTROPY:
    case PSA_ERROR_BAD_STATE:
        return generic(status);
    case PSA_ERROR_DATA_INVALID:
        return reason(PSA_ERROR_DATA_CORRUPT, REASON_STORE_DAMAGED, PSACRYPTO_SPACE_PS, call->name.uid);
    default:
        return status;
    }
}

/* ---- The entry ---- */

/* Whether this version of the entry, or its absence, is the last one. */
static psa_status_t check_version(struct protected_call *call, psa_status_t found, const struct protected_object *object)
{
    if (!call->counts || (found != PSA_SUCCESS && found != PSA_ERROR_DOES_NOT_EXIST)) {
        return found;
    }
    const struct rollback_entry *entry = rollback_find(&call->rollback, &call->name);
    int right;
    if (found == PSA_ERROR_DOES_NOT_EXIST) {
        right = entry == NULL && !call->rollback.lost;
    } else if (entry == NULL) {
        right = (object->flags & PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION) != 0 && object->version == 0;
    } else {
        right = object->version == entry->version || (entry->next != 0 && object->version == entry->next);
    }
    return right ? found : reason(PSA_ERROR_INVALID_SIGNATURE, REASON_STORE_DAMAGED, PSACRYPTO_SPACE_PS, call->name.uid);
}

psa_status_t call_load(struct protected_call *call, struct protected_object *object)
{
    psa_status_t found = protected_load(object, call->root, &call->name);
    psa_status_t status = check_version(call, found, object);

    if (status != PSA_SUCCESS) {
        protected_release(object);
    }
    return status;
}

psa_status_t call_load_after(struct protected_call *call, psa_status_t begin, struct protected_object *object)
{
    struct psacrypto_store_info info;

    if (begin == PSA_SUCCESS) {
        return call_load(call, object);
    }
    if (begin == PSA_ERROR_DOES_NOT_EXIST && object_info(&call->name, &info) != PSA_ERROR_DOES_NOT_EXIST) {
        return reason(PSA_ERROR_GENERIC_ERROR, REASON_STORE_DAMAGED, PSACRYPTO_SPACE_SYSTEM, SYSTEM_ROOT);
    }
    return begin;
}

/*
 * Whether the entry may be replaced or removed. What the store says of its flags is enough: who can change that can
 * remove the entry as well, unless there is a state, which then decides. For the same reason a damaged entry may.
 */
psa_status_t call_check_changeable(struct protected_call *call)
{
    struct psacrypto_store_info info;
    const struct rollback_entry *entry = call->counts ? rollback_find(&call->rollback, &call->name) : NULL;
    psa_status_t status = object_info(&call->name, &info);

    if ((info.flags & PSA_STORAGE_FLAG_WRITE_ONCE) != 0 || (entry != NULL && (entry->flags & PSA_STORAGE_FLAG_WRITE_ONCE) != 0)) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_STORE_WRITE_ONCE, call->name.uid, 0);
    }
    if (status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID) {
        return PSA_SUCCESS;
    }
    /* Gone behind our back: setting or removing it puts the state right. */
    return status == PSA_ERROR_DOES_NOT_EXIST && entry != NULL ? PSA_SUCCESS : status;
}

static int is_counted(struct protected_call *call, uint32_t flags)
{
    return call->counts && ((flags & PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION) == 0 || rollback_find(&call->rollback, &call->name) != NULL);
}

psa_status_t call_save(struct protected_call *call, struct protected_object *object, uint32_t put_flags)
{
    const int counted = is_counted(call, object->flags);
    size_t length = 0;
    psa_status_t status = PSA_SUCCESS;

    object->version = 0;
    if (counted) {
        status = rollback_begin(&call->rollback, &call->name, object->flags, &object->version);
    }
    if (status == PSA_SUCCESS) {
        status = protected_seal(object, call->root, &call->name, &length);
        if (status == PSA_SUCCESS) {
            status = object_put(&call->name, object->flags, object->memory, length, put_flags);
        }
        /* The failure counts more than what becomes of the state, which the next call settles. */
        psa_status_t ended = counted ? rollback_end(&call->rollback, &call->name, status == PSA_SUCCESS) : PSA_SUCCESS;
        status = status == PSA_SUCCESS ? ended : status;
    }
    return status;
}

psa_status_t call_remove(struct protected_call *call)
{
    const int counted = is_counted(call, PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION);
    psa_status_t status = PSA_SUCCESS;

    if (counted) {
        status = rollback_begin(&call->rollback, &call->name, 0, NULL);
    }
    if (status == PSA_SUCCESS) {
        status = object_remove(&call->name);
        if (counted && status == PSA_ERROR_DOES_NOT_EXIST) {
            status = PSA_SUCCESS;
        }
        psa_status_t ended = counted ? rollback_end(&call->rollback, &call->name, status == PSA_SUCCESS) : PSA_SUCCESS;
        status = status == PSA_SUCCESS ? ended : status;
    }
    return status;
}
