/* SPDX-License-Identifier: Apache-2.0 */
/* The sealed form of an entry of psa_ps_*(). */
#ifndef STORAGE_PROTECTED_OBJECT_H
#define STORAGE_PROTECTED_OBJECT_H

#include <stddef.h>
#include <stdint.h>

#include <psa/storage_common.h>
#include <psacrypto/store.h>

/* An entry is sealed whole, in memory. */
#define PROTECTED_CAPACITY_MAX 0x1000000u

struct protected_object {
    uint32_t flags;
    uint64_t version;     /* for the rollback state; 0: none */
    size_t size;
    size_t capacity;
    uint8_t *data;        /* capacity bytes within memory */
    uint8_t *memory;      /* platform_secret_allocate() */
    size_t memory_length;
};

/* Room for an entry of this capacity; data is zero. */
psa_status_t protected_new(struct protected_object *object, size_t capacity);
/* memory may be NULL. Wiped. */
void protected_release(struct protected_object *object);

/* Seals in place: the first *length bytes of memory are then what the store is to keep, and data no longer readable. */
psa_status_t protected_seal(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name, size_t *length);

/*
 * Opens what the store kept, in place: takes over memory, also on failure. PSA_ERROR_INVALID_SIGNATURE where it was not
 * sealed under this root for this name, PSA_ERROR_DATA_CORRUPT or _INVALID where it is nothing that was sealed.
 */
psa_status_t protected_unseal(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name,
                              uint8_t *memory, size_t memory_length, size_t length);

/* From the store, opened. */
psa_status_t protected_load(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name);

/* ---- protected.c ---- */

/* Reads an entry as psa_ps_get() does. */
psa_status_t protected_check(const struct psacrypto_store_name *name);
/* Puts an opened entry back, write-once or not, under the store's root key. replace 0: PSA_ERROR_ALREADY_EXISTS. */
psa_status_t protected_restore(const struct psacrypto_store_name *name, struct protected_object *object, int replace);

#endif
