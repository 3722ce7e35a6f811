/* SPDX-License-Identifier: Apache-2.0 */
/* What both directory stores answer to the contract of psacrypto/store.h. */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "platform/platform.h"
#include "util/reason.h"

/* The open store hangs in the program's object; 0: closed. */
struct posix_store *posix_store_of(void *instance)
{
    const struct psacrypto_store_directory *directory = instance;

    return (struct posix_store *)(uintptr_t)directory->private_data[0];
}

psa_status_t posix_store_open(void *instance, const struct posix_layout *layout)
{
    struct psacrypto_store_directory *directory = instance;

    if (directory == NULL) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, 2, 0); /* of psacrypto_set_store() */
    }
    struct posix_store *store = platform_allocate(sizeof(*store));
    if (store == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(*store), 0);
    }
    store->layout = layout;
    posix_directories_init(store);
    store->lock_fd = -1;
    store->changes_fd = -1;
    psa_status_t status = posix_path_find(layout, directory->path, &store->path, &store->create_levels);
    if (status != PSA_SUCCESS) {
        platform_free(store);
        return status;
    }
    directory->private_data[0] = (uintptr_t)store;
    return PSA_SUCCESS;
}

void posix_store_close(void *instance)
{
    struct psacrypto_store_directory *directory = instance;
    struct posix_store *store = posix_store_of(instance);

    if (store != NULL) {
        posix_changes_close(store);
        posix_directories_close(store);
        posix_snapshot_free(store->snapshot);
        platform_free(store->path);
        platform_free(store);
        directory->private_data[0] = 0;
    }
}

/* Names that have no file of their own. */
static psa_status_t check_name(const struct posix_store *store, const struct psacrypto_store_name *name)
{
    const int is_key = name->space == PSACRYPTO_SPACE_KEY;

    if (name->space == 0 || name->space >= POSIX_SPACES || name->uid == 0 || (is_key && name->uid > store->layout->key_max)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_UID, name->space, name->uid);
    }
    return PSA_SUCCESS;
}

psa_status_t posix_store_info(void *instance, const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    struct posix_store *store = posix_store_of(instance);
    psa_status_t status = check_name(store, name);

    info->size = 0;
    info->flags = 0;
    return status == PSA_SUCCESS ? posix_get_info(store, name, info) : status;
}

psa_status_t posix_store_get(void *instance, const struct psacrypto_store_name *name, size_t offset,
                             void *data, size_t data_size, size_t *data_length)
{
    struct posix_store *store = posix_store_of(instance);
    psa_status_t status = check_name(store, name);

    *data_length = 0;
    return status == PSA_SUCCESS ? posix_read_object(store, name, offset, data, data_size, data_length) : status;
}

psa_status_t posix_store_put(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                             const void *data, size_t data_length, uint32_t put_flags)
{
    struct posix_store *store = posix_store_of(instance);
    psa_status_t status = check_name(store, name);

    if (status == PSA_SUCCESS) {
        status = posix_write_object(store, name, object_flags, data, data_length, (put_flags & PSACRYPTO_STORE_CREATE) != 0);
    }
    return status;
}

psa_status_t posix_store_remove(void *instance, const struct psacrypto_store_name *name)
{
    struct posix_store *store = posix_store_of(instance);
    psa_status_t status = check_name(store, name);

    return status == PSA_SUCCESS ? posix_remove_object(store, name) : status;
}

psa_status_t posix_store_next(void *instance, struct psacrypto_store_name *name)
{
    if (name->space == 0 || name->space >= POSIX_SPACES) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_UID, name->space, name->uid);
    }
    return posix_next(posix_store_of(instance), name);
}

psa_status_t posix_store_lock(void *instance)
{
    return posix_lock(posix_store_of(instance));
}

void posix_store_unlock(void *instance)
{
    posix_unlock(posix_store_of(instance));
}

#else

typedef int posix_store_unused; /* a translation unit may not be empty */

#endif
