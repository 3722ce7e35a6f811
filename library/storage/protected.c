/* SPDX-License-Identifier: Apache-2.0 */
/* Protected Storage (Secure Storage API 1.0): sealed objects, and the rollback state where the store counts. */
#include <psa/protected_storage.h>

#include "storage/its.h"
#include "storage/object.h"
#include "storage/protected_call.h"
#include "util/bytes.h"
#include "util/reason.h"

#define FLAGS (PSA_STORAGE_FLAG_WRITE_ONCE | PSA_STORAGE_FLAG_NO_CONFIDENTIALITY | PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION)

static psa_status_t check_uid(psa_storage_uid_t uid)
{
    return uid != 0 ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_UID, PSACRYPTO_SPACE_PS, 0);
}

psa_status_t storage_check_range(size_t offset, size_t size)
{
    if (offset > UINT32_MAX || size > UINT32_MAX - offset) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_TOO_LONG, UINT32_MAX, size);
    }
    return PSA_SUCCESS;
}

static psa_status_t check_capacity(size_t capacity)
{
    if (capacity > PROTECTED_CAPACITY_MAX) {
        return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_INPUT_TOO_LONG, PROTECTED_CAPACITY_MAX, capacity);
    }
    return PSA_SUCCESS;
}

static psa_status_t set_entry(struct protected_call *call, size_t data_length, const void *p_data, uint32_t flags)
{
    struct protected_object object;
    psa_status_t status = call_check_changeable(call);

    if (status != PSA_SUCCESS && status != PSA_ERROR_DOES_NOT_EXIST) {
        return status;
    }
    status = protected_new(&object, data_length);
    if (status == PSA_SUCCESS) {
        bytes_copy(object.data, p_data, data_length);
        object.size = data_length;
        object.flags = flags;
        status = call_save(call, &object, 0);
    }
    protected_release(&object);
    return status;
}

psa_status_t ps_set(int32_t owner, psa_storage_uid_t uid, size_t data_length, const void *p_data, psa_storage_create_flags_t create_flags)
{
    struct protected_call call;
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
    status = check_capacity(data_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = call_begin(&call, owner, uid, CALL_WRITE);
    if (status == PSA_SUCCESS) {
        status = set_entry(&call, data_length, p_data, create_flags);
    }
    return call_end(&call, status);
}

/* What lies between offset and the end of the data, as far as it fits. */
static psa_status_t copy_out(const struct protected_object *object, size_t offset, size_t size, void *p_data, size_t *p_data_length)
{
    if (offset > object->size) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_OFFSET, offset, object->size);
    }
    const size_t left = object->size - offset;
    *p_data_length = left < size ? left : size;
    bytes_copy(p_data, object->data + offset, *p_data_length);
    return PSA_SUCCESS;
}

psa_status_t ps_get(int32_t owner, psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data, size_t *p_data_length)
{
    struct protected_call call;
    struct protected_object object;
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
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = call_load_after(&call, call_begin(&call, owner, uid, CALL_READ), &object);
    if (status == PSA_SUCCESS) {
        status = copy_out(&object, data_offset, data_size, p_data, p_data_length);
        protected_release(&object);
    }
    return call_end(&call, status);
}

psa_status_t ps_get_info(int32_t owner, psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    struct protected_call call;
    struct protected_object object;

    if (p_info == NULL) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 2, 0);
    }
    memset(p_info, 0, sizeof(*p_info));
    psa_status_t status = check_uid(uid);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = call_load_after(&call, call_begin(&call, owner, uid, CALL_READ), &object);
    if (status == PSA_SUCCESS) {
        p_info->capacity = object.capacity;
        p_info->size = object.size;
        p_info->flags = object.flags;
        protected_release(&object);
    }
    return call_end(&call, status);
}

/* Before the lock, which makes directories: what changes nothing should leave none. With a state, only that knows. */
static psa_status_t check_exists(int32_t owner, psa_storage_uid_t uid)
{
    const struct psacrypto_store_name name = object_name(PSACRYPTO_SPACE_PS, owner, uid);
    struct psacrypto_store_info info;
    psa_status_t status = storage_open();

    if (status == PSA_SUCCESS && !rollback_is_active() && object_info(&name, &info) == PSA_ERROR_DOES_NOT_EXIST) {
        status = PSA_ERROR_DOES_NOT_EXIST;
    }
    return status;
}

psa_status_t ps_remove(int32_t owner, psa_storage_uid_t uid)
{
    struct protected_call call;
    psa_status_t status = check_uid(uid);

    if (status == PSA_SUCCESS) {
        status = check_exists(owner, uid);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = call_begin(&call, owner, uid, CALL_REMOVE);
    if (status == PSA_SUCCESS) {
        status = call_check_changeable(&call);
    }
    if (status == PSA_SUCCESS) {
        status = call_remove(&call);
    }
    return call_end(&call, status);
}

static psa_status_t create_entry(struct protected_call *call, size_t capacity, uint32_t flags)
{
    struct psacrypto_store_info info;
    struct protected_object object;
    psa_status_t status = object_info(&call->name, &info);

    if (status != PSA_ERROR_DOES_NOT_EXIST) {
        return status == PSA_SUCCESS ? reason(PSA_ERROR_ALREADY_EXISTS, REASON_STORE_EXISTS, call->name.uid, 0) : status;
    }
    status = protected_new(&object, capacity);
    if (status == PSA_SUCCESS) {
        object.flags = flags;
        status = call_save(call, &object, PSACRYPTO_STORE_CREATE);
    }
    protected_release(&object);
    return status;
}

psa_status_t ps_create(int32_t owner, psa_storage_uid_t uid, size_t capacity, psa_storage_create_flags_t create_flags)
{
    struct protected_call call;
    psa_status_t status = check_uid(uid);

    if (status != PSA_SUCCESS) {
        return status;
    }
    if ((create_flags & ~(FLAGS & ~PSA_STORAGE_FLAG_WRITE_ONCE)) != 0) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_STORE_FLAGS, create_flags, 0);
    }
    status = check_capacity(capacity);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = call_begin(&call, owner, uid, CALL_WRITE);
    if (status == PSA_SUCCESS) {
        status = create_entry(&call, capacity, create_flags);
    }
    return call_end(&call, status);
}

static psa_status_t write_into(struct protected_call *call, struct protected_object *object,
                               size_t data_offset, size_t data_length, const void *p_data)
{
    if ((object->flags & PSA_STORAGE_FLAG_WRITE_ONCE) != 0) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_STORE_WRITE_ONCE, call->name.uid, 0);
    }
    if (data_offset > object->size || data_length > object->capacity - data_offset) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_OFFSET, data_offset, object->size);
    }
    if (data_length == 0) {
        return PSA_SUCCESS;
    }
    bytes_copy(object->data + data_offset, p_data, data_length);
    if (object->size < data_offset + data_length) {
        object->size = data_offset + data_length;
    }
    return call_save(call, object, 0);
}

psa_status_t ps_set_extended(int32_t owner, psa_storage_uid_t uid, size_t data_offset, size_t data_length, const void *p_data)
{
    struct protected_call call;
    struct protected_object object;
    psa_status_t status = check_uid(uid);

    if (status == PSA_SUCCESS && p_data == NULL && data_length != 0) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 4, 0);
    }
    if (status == PSA_SUCCESS) {
        status = check_exists(owner, uid);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = call_begin(&call, owner, uid, CALL_WRITE);
    if (status == PSA_SUCCESS) {
        status = call_load(&call, &object);
    }
    if (status == PSA_SUCCESS) {
        status = write_into(&call, &object, data_offset, data_length, p_data);
        protected_release(&object);
    }
    return call_end(&call, status);
}

/* ---- For check and restore ---- */

psa_status_t protected_check(const struct psacrypto_store_name *name)
{
    struct protected_call call;
    struct protected_object object;
    psa_status_t status = call_load_after(&call, call_begin(&call, name->owner, name->uid, CALL_READ), &object);

    if (status == PSA_SUCCESS) {
        protected_release(&object);
    }
    return call_end(&call, status);
}

psa_status_t protected_restore(const struct psacrypto_store_name *name, struct protected_object *object, int replace)
{
    struct protected_call call;
    psa_status_t status = call_begin(&call, name->owner, name->uid, CALL_WRITE);

    if (status == PSA_SUCCESS) {
        status = call_save(&call, object, replace ? 0u : PSACRYPTO_STORE_CREATE);
    }
    return call_end(&call, status);
}

/* ---- The API ---- */

psa_status_t psa_ps_set(psa_storage_uid_t uid, size_t data_length, const void *p_data, psa_storage_create_flags_t create_flags)
{
    return reason_close(ps_set(0, uid, data_length, p_data, create_flags));
}

psa_status_t psa_ps_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data, size_t *p_data_length)
{
    return reason_close(ps_get(0, uid, data_offset, data_size, p_data, p_data_length));
}

psa_status_t psa_ps_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    return reason_close(ps_get_info(0, uid, p_info));
}

psa_status_t psa_ps_remove(psa_storage_uid_t uid)
{
    return reason_close(ps_remove(0, uid));
}

psa_status_t psa_ps_create(psa_storage_uid_t uid, size_t capacity, psa_storage_create_flags_t create_flags)
{
    return reason_close(ps_create(0, uid, capacity, create_flags));
}

psa_status_t psa_ps_set_extended(psa_storage_uid_t uid, size_t data_offset, size_t data_length, const void *p_data)
{
    return reason_close(ps_set_extended(0, uid, data_offset, data_length, p_data));
}

uint32_t psa_ps_get_support(void)
{
    return PSA_STORAGE_SUPPORT_SET_EXTENDED;
}
