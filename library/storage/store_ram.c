/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects in memory, in a list sorted by name. One mutex for all instances: what is done under it is short.
 */
#include "storage/store_ram.h"

#include <psacrypto/store.h>

#if PSACRYPTO_STORE_RAM

#include "platform/platform.h"
#include "util/bytes.h"
#include "util/reason.h"

struct object {
    struct object *next;
    struct psacrypto_store_name name;
    uint32_t flags;
    size_t size;
    uint8_t *data; /* memory for secrets */
};

static struct platform_mutex mutex;

void store_ram_before_fork(void)
{
    platform_mutex_lock(&mutex);
}

void store_ram_after_fork(void)
{
    platform_mutex_unlock(&mutex);
}

/* private_data of the instance: the first object, and the bytes in use. */
static struct object *first_of(const struct psacrypto_store_ram_space *space)
{
    return (struct object *)(uintptr_t)space->private_data[0];
}

static size_t cost(size_t size)
{
    return sizeof(struct object) + size;
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

/* The last object before this name, or NULL. */
static struct object *find_before(const struct psacrypto_store_ram_space *space, const struct psacrypto_store_name *name)
{
    struct object *before = NULL;

    for (struct object *o = first_of(space); o != NULL && compare(&o->name, name) < 0; o = o->next) {
        before = o;
    }
    return before;
}

static struct object *behind(const struct psacrypto_store_ram_space *space, const struct object *before)
{
    return before == NULL ? first_of(space) : before->next;
}

static void set_behind(struct psacrypto_store_ram_space *space, struct object *before, struct object *object)
{
    if (before == NULL) {
        space->private_data[0] = (uintptr_t)object;
    } else {
        before->next = object;
    }
}

static struct object *find(const struct psacrypto_store_ram_space *space, const struct psacrypto_store_name *name)
{
    struct object *object = behind(space, find_before(space, name));

    return object != NULL && compare(&object->name, name) == 0 ? object : NULL;
}

static void free_object(struct object *object)
{
    platform_secret_free(object->data, object->size);
    platform_free(object);
}

static struct object *make_object(const struct psacrypto_store_name *name, uint32_t flags, const void *data, size_t size)
{
    struct object *object = platform_allocate(sizeof(*object));

    if (object == NULL) {
        return NULL;
    }
    object->data = platform_secret_allocate(size);
    if (object->data == NULL) {
        platform_free(object);
        return NULL;
    }
    object->name = *name;
    object->flags = flags;
    object->size = size;
    bytes_copy(object->data, data, size);
    return object;
}

/* ---- The contract; the mutex is held in the ..._locked functions ---- */

static psa_status_t ram_open(void *instance)
{
    /* the second argument of psacrypto_set_store() */
    return instance != NULL ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 2, 0);
}

/* Objects stay for the next opening. */
static void ram_close(void *instance)
{
    (void)instance;
}

static psa_status_t check_name(const struct psacrypto_store_name *name)
{
    return name->uid != 0 ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_UID, name->space, 0);
}

static psa_status_t ram_info(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    psa_status_t status = check_name(name);

    platform_mutex_lock(&mutex);
    const struct object *object = find(instance, name);
    info->size = object == NULL ? 0 : object->size;
    info->flags = object == NULL ? 0 : object->flags;
    if (status == PSA_SUCCESS && object == NULL) {
        status = PSA_ERROR_DOES_NOT_EXIST;
    }
    platform_mutex_unlock(&mutex);
    return status;
}

static psa_status_t get_locked(const struct object *object, size_t offset, void *data, size_t data_size, size_t *data_length)
{
    if (object == NULL) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    if (offset > object->size) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_OFFSET, offset, object->size);
    }
    const size_t left = object->size - offset;
    *data_length = left < data_size ? left : data_size;
    bytes_copy(data, object->data + offset, *data_length);
    return PSA_SUCCESS;
}

static psa_status_t ram_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                            void *data, size_t data_size, size_t *data_length)
{
    psa_status_t status = check_name(name);

    *data_length = 0;
    if (status == PSA_SUCCESS) {
        platform_mutex_lock(&mutex);
        status = get_locked(find(instance, name), offset, data, data_size, data_length);
        platform_mutex_unlock(&mutex);
    }
    return status;
}

/* The new object takes the place of the old one, if there is one. */
static psa_status_t put_locked(struct psacrypto_store_ram_space *space, struct object *object, uint32_t put_flags)
{
    struct object *before = find_before(space, &object->name);
    struct object *old = behind(space, before);

    if (old != NULL && compare(&old->name, &object->name) != 0) {
        object->next = old;
        old = NULL;
    } else if (old != NULL) {
        object->next = old->next;
    }
    if (old != NULL && (put_flags & PSACRYPTO_STORE_CREATE) != 0) {
        return PSA_ERROR_ALREADY_EXISTS;
    }
    const uint64_t used = space->private_data[1] - (old == NULL ? 0 : cost(old->size)) + cost(object->size);
    if (space->quota != 0 && used > space->quota) {
        return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_STORE_FULL, 0, 0);
    }
    space->private_data[1] = used;
    set_behind(space, before, object);
    if (old != NULL) {
        free_object(old);
    }
    return PSA_SUCCESS;
}

static psa_status_t ram_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                            const void *data, size_t data_length, uint32_t put_flags)
{
    struct psacrypto_store_ram_space *space = instance;
    psa_status_t status = check_name(name);

    if (status != PSA_SUCCESS) {
        return status;
    }
    /* Before the memory is asked for: the quota may be all that keeps a large object away. */
    if (data_length > SIZE_MAX - sizeof(struct object) || (space->quota != 0 && cost(data_length) > space->quota)) {
        return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_STORE_FULL, 0, 0);
    }
    struct object *object = make_object(name, object_flags, data, data_length);
    if (object == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, data_length, 0);
    }
    platform_mutex_lock(&mutex);
    status = put_locked(space, object, put_flags);
    platform_mutex_unlock(&mutex);
    if (status != PSA_SUCCESS) {
        free_object(object);
    }
    return status;
}

static psa_status_t remove_locked(struct psacrypto_store_ram_space *space, const struct psacrypto_store_name *name)
{
    struct object *before = find_before(space, name);
    struct object *object = behind(space, before);

    if (object == NULL || compare(&object->name, name) != 0) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    set_behind(space, before, object->next);
    space->private_data[1] -= cost(object->size);
    free_object(object);
    return PSA_SUCCESS;
}

static psa_status_t ram_remove(void *instance, const struct psacrypto_store_name *name)
{
    psa_status_t status = check_name(name);

    if (status == PSA_SUCCESS) {
        platform_mutex_lock(&mutex);
        status = remove_locked(instance, name);
        platform_mutex_unlock(&mutex);
    }
    return status;
}

static psa_status_t ram_next(void *instance, struct psacrypto_store_name *name)
{
    psa_status_t status = PSA_ERROR_DOES_NOT_EXIST;

    platform_mutex_lock(&mutex);
    const struct object *object = behind(instance, find_before(instance, name));
    if (object != NULL && compare(&object->name, name) == 0) {
        object = object->next;
    }
    if (object != NULL && object->name.space == name->space) {
        *name = object->name;
        status = PSA_SUCCESS;
    }
    platform_mutex_unlock(&mutex);
    return status;
}

void psacrypto_store_ram_clear(struct psacrypto_store_ram_space *space)
{
    platform_mutex_lock(&mutex);
    for (struct object *object = first_of(space); object != NULL;) {
        struct object *next = object->next;
        free_object(object);
        object = next;
    }
    space->private_data[0] = 0;
    space->private_data[1] = 0;
    platform_mutex_unlock(&mutex);
}

const struct psacrypto_store psacrypto_store_ram = {
    .abi = PSACRYPTO_STORE_ABI,
    .size = sizeof(struct psacrypto_store),
    .flags = PSACRYPTO_STORE_CAN_ENUMERATE,
    .name = "ram",
    .open = ram_open,
    .close = ram_close,
    .info = ram_info,
    .get = ram_get,
    .put = ram_put,
    .remove = ram_remove,
    .next = ram_next,
};

#else

typedef int store_ram_unused; /* a translation unit may not be empty */

#endif
