/* SPDX-License-Identifier: Apache-2.0 */
/* Internal Trusted Storage (Secure Storage API 1.0): the space of psa_its_*() in the store, as it is. */
#include <psa/internal_trusted_storage.h>

#include "storage/its.h"

#if !PSACRYPTO_STORE_PSA_ITS

#include "storage/object.h"
#include "util/reason.h"

#include <string.h>

#define FLAGS (PSA_STORAGE_FLAG_WRITE_ONCE | PSA_STORAGE_FLAG_NO_CONFIDENTIALITY | PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION)

static struct psacrypto_store_name its_name(int32_t owner, psa_storage_uid_t uid)
{
    return object_name(PSACRYPTO_SPACE_ITS, owner, uid);
}

static psa_status_t check_uid(psa_storage_uid_t uid)
{
    return uid != 0 ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_UID, PSACRYPTO_SPACE_ITS, 0);
}

/* The interface has one status for a medium that failed and for what it damaged; the reason tells them apart. */
static psa_status_t its_status(psa_status_t status)
{
    if (status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID) {
        return reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_DAMAGED, PSACRYPTO_SPACE_ITS, 0);
    }
    return status;
}

/* The lock is held: nobody makes the entry write-once before it is changed. One whose flags cannot be read stays. */
static psa_status_t check_changeable(const struct psacrypto_store_name *name)
{
    struct psacrypto_store_info info;
    psa_status_t status = object_info(name, &info);

    if (status == PSA_SUCCESS && (info.flags & PSA_STORAGE_FLAG_WRITE_ONCE) != 0) {
        status = reason(PSA_ERROR_NOT_PERMITTED, REASON_STORE_WRITE_ONCE, name->uid, 0);
    }
    return status;
}

psa_status_t its_set(int32_t owner, psa_storage_uid_t uid, size_t data_length, const void *p_data, psa_storage_create_flags_t create_flags)
{
    const struct psacrypto_store_name name = its_name(owner, uid);
    psa_status_t status = check_uid(uid);

    if (status != PSA_SUCCESS) {
        return status;
    }
    if (p_data == NULL && data_length != 0) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 3, 0);
    }
    if ((create_flags & ~FLAGS) != 0) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_STORE_FLAGS, create_flags, 0);
    }
    status = storage_lock();
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = check_changeable(&name);
    if (status == PSA_SUCCESS || status == PSA_ERROR_DOES_NOT_EXIST) {
        status = object_put(&name, create_flags, p_data, data_length, 0);
    }
    storage_unlock();
    return its_status(status);
}

psa_status_t its_get(int32_t owner, psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data, size_t *p_data_length)
{
    const struct psacrypto_store_name name = its_name(owner, uid);
    psa_status_t status = check_uid(uid);

    if (p_data_length == NULL) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 5, 0);
    }
    *p_data_length = 0;
    if (status == PSA_SUCCESS && p_data == NULL && data_size != 0) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 4, 0);
    }
    if (status == PSA_SUCCESS) {
        status = storage_check_range(data_offset, data_size);
    }
    return status == PSA_SUCCESS ? its_status(object_get(&name, data_offset, p_data, data_size, p_data_length)) : status;
}

psa_status_t its_get_info(int32_t owner, psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    const struct psacrypto_store_name name = its_name(owner, uid);
    struct psacrypto_store_info info;

    if (p_info == NULL) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 2, 0);
    }
    memset(p_info, 0, sizeof(*p_info));
    psa_status_t status = check_uid(uid);
    if (status == PSA_SUCCESS) {
        status = its_status(object_info(&name, &info));
    }
    if (status == PSA_SUCCESS) {
        p_info->capacity = info.size;
        p_info->size = info.size;
        p_info->flags = info.flags;
    }
    return status;
}

psa_status_t its_remove(int32_t owner, psa_storage_uid_t uid)
{
    const struct psacrypto_store_name name = its_name(owner, uid);
    struct psacrypto_store_info info;
    psa_status_t status = check_uid(uid);

    if (status == PSA_SUCCESS) {
        status = object_info(&name, &info); /* the lock makes directories, which removing nothing should not */
    }
    if (status == PSA_SUCCESS) {
        status = storage_lock();
    }
    if (status != PSA_SUCCESS) {
        return its_status(status);
    }
    status = check_changeable(&name);
    if (status == PSA_SUCCESS) {
        status = object_remove(&name);
    }
    storage_unlock();
    return its_status(status);
}

/* ---- The API ---- */

psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data, psa_storage_create_flags_t create_flags)
{
    return reason_close(its_set(0, uid, data_length, p_data, create_flags));
}

psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data, size_t *p_data_length)
{
    return reason_close(its_get(0, uid, data_offset, data_size, p_data, p_data_length));
}

psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    return reason_close(its_get_info(0, uid, p_info));
}

psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    return reason_close(its_remove(0, uid));
}

#else

typedef int its_unused; /* a translation unit may not be empty */

#endif
