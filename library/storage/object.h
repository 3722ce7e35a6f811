/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects of the store in use, by name. Between the files of this folder. What each function answers is what
 * psacrypto/store.h says of the store's own; the store is opened first.
 */
#ifndef STORAGE_OBJECT_H
#define STORAGE_OBJECT_H

#include "storage/storage.h"

/* uids of PSACRYPTO_SPACE_SYSTEM */
#define SYSTEM_SEED 1u
#define SYSTEM_ROOT 2u
#define SYSTEM_ROLLBACK 3u

static inline struct psacrypto_store_name object_name(uint32_t space, int32_t owner, uint64_t uid)
{
    struct psacrypto_store_name name;
    name.space = space;
    name.owner = owner;
    name.uid = uid;
    return name;
}

psa_status_t object_info(const struct psacrypto_store_name *name, struct psacrypto_store_info *info);
psa_status_t object_get(const struct psacrypto_store_name *name, size_t offset, void *data, size_t data_size, size_t *data_length);
psa_status_t object_put(const struct psacrypto_store_name *name, uint32_t object_flags,
                        const void *data, size_t data_length, uint32_t put_flags);
psa_status_t object_remove(const struct psacrypto_store_name *name);
/* PSA_ERROR_NOT_SUPPORTED where the store cannot enumerate. */
psa_status_t object_next(struct psacrypto_store_name *name);

/*
 * The whole object, as one version of it: memory of platform_secret_allocate(), one byte larger than *data_length
 * and freed by object_release(). flags may be NULL.
 */
psa_status_t object_load(const struct psacrypto_store_name *name, uint8_t **data, size_t *data_length, uint32_t *flags);
void object_release(uint8_t *data, size_t data_length);

/* For an object of a few bytes: PSA_ERROR_BUFFER_TOO_SMALL where it is longer than data_size. Wipes data on failure. */
psa_status_t object_get_small(const struct psacrypto_store_name *name, uint8_t *data, size_t data_size, size_t *data_length);

#endif
