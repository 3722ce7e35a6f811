/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the key store, the drivers' services, psa_its_*() and psa_ps_*() keep across restarts: typed access to the
 * one store in use (psacrypto/store.h).
 *
 * Every function opens the store when it is not open yet, so none needs psa_crypto_init() for it. What comes
 * back where the store cannot be opened is PSA_ERROR_STORAGE_FAILURE with its reason; the next call tries
 * again. psa_crypto_init() need not fail for it: a program that only hashes needs no store.
 *
 * Thread-safe, except storage_close(). Statuses beside those named at a function: PSA_ERROR_STORAGE_FAILURE,
 * PSA_ERROR_INSUFFICIENT_MEMORY, PSA_ERROR_DATA_CORRUPT (a checksum or a seal does not hold),
 * PSA_ERROR_DATA_INVALID (intact, but not what this version reads). On failure outputs are zero.
 */
#ifndef STORAGE_STORAGE_H
#define STORAGE_STORAGE_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>
#include <psacrypto/store.h>

/* ---- The store in use ---- */

/* Idempotent and cheap once open. */
psa_status_t storage_open(void);
/* At shutdown, when no other thread is in the library. What the program chose is kept for the next opening. */
void storage_close(void);
/* NULL before it is open. */
const struct psacrypto_store *storage_store(void);
void *storage_instance(void);
/* The directory of an open store that is in one, else NULL (place.c). */
const char *storage_path(void);

/*
 * The store's lock: between threads and, where the store can, between processes. Recursive per thread. It is the
 * outermost lock but for that of psa_crypto_init(): take it before a mutex of a driver or of a key slot, never while
 * one is held. It alone serves as psacrypto_services.lock.
 */
psa_status_t storage_lock(void);
void storage_unlock(void);

/*
 * Changes whenever another process (or this one) changes a key record; 0 while the store is not open. No system
 * call with the stores that say so. Read it before the load whose result is to be cached.
 */
uint64_t storage_generation(void);

/* ---- Key records ---- */

/*
 * attributes: complete, the id set. *blob: platform_secret_allocate() memory of *blob_length bytes, for the caller
 * to free with platform_secret_free(); NULL where *blob_length is 0. *incarnation is never 0 and tells this key
 * from another one that had the same id.
 *
 * PSA_ERROR_DOES_NOT_EXIST: no such key.
 */
psa_status_t storage_key_load(int32_t owner, psa_key_id_t id, psa_key_attributes_t *attributes,
                              uint8_t **blob, size_t *blob_length, uint32_t *incarnation);

/*
 * Writes the record, durably when it answers PSA_SUCCESS. create_only: PSA_ERROR_ALREADY_EXISTS where a key has the
 * id, also one that another process made meanwhile. The id is taken from attributes.
 *
 * PSA_ERROR_INSUFFICIENT_STORAGE: the store is full.
 */
psa_status_t storage_key_save(int32_t owner, const psa_key_attributes_t *attributes,
                              const uint8_t *blob, size_t blob_length, int create_only, uint32_t *incarnation);

/* PSA_ERROR_DOES_NOT_EXIST: no such key. A damaged record is removed like any other. */
psa_status_t storage_key_remove(int32_t owner, psa_key_id_t id);

/* PSA_SUCCESS or PSA_ERROR_DOES_NOT_EXIST, without reading the record. */
psa_status_t storage_key_exists(int32_t owner, psa_key_id_t id);

/*
 * Steps through the keys in the order (owner, id): *id 0 with *owner INT32_MIN starts. The listed record may be
 * gone when it is loaded.
 *
 * PSA_ERROR_DOES_NOT_EXIST: the end. PSA_ERROR_NOT_SUPPORTED: the store cannot enumerate.
 */
psa_status_t storage_key_next(int32_t *owner, psa_key_id_t *id);

/* ---- Journal: steps that change both the store and a device ---- */

enum storage_journal_operation {
    STORAGE_JOURNAL_CREATE = 1,  /* a place in the device is reserved; the record is not written yet */
    STORAGE_JOURNAL_DESTROY = 2  /* the record goes; the place in the device is not yet given back */
};

struct storage_journal_entry {
    uint32_t operation;          /* enum storage_journal_operation */
    int32_t owner;
    psa_key_attributes_t attributes; /* id and lifetime (location) above all */
    const uint8_t *blob;
    size_t blob_length;
};

struct storage_journal_ticket {
    uint64_t uid;                /* 0: none */
};

/*
 * Writes the entry and holds the store's lock until storage_journal_end() or storage_journal_keep(), in the
 * same thread: so whoever holds the lock knows that each entry in the journal is what a crash left behind. On
 * failure nothing is held.
 *
 * PSA_ERROR_INSUFFICIENT_STORAGE: the store or the journal (8 entries) is full.
 */
psa_status_t storage_journal_begin(const struct storage_journal_entry *entry, struct storage_journal_ticket *ticket);

/* The step is complete, forwards or backwards: the entry goes. If it cannot be removed, recovery will see it again. */
psa_status_t storage_journal_end(struct storage_journal_ticket *ticket);

/* The step could be neither completed nor undone (the device does not answer): the entry stays for a later recovery. */
void storage_journal_keep(struct storage_journal_ticket *ticket);

/* Completes or undoes the step. PSA_SUCCESS: the entry goes; anything else: it stays for the next recovery. It is
 * called under the store's lock, must bear being called twice for one entry, and must look at the key record: after
 * a CREATE whose record exists with this blob, nothing is left to undo. */
typedef psa_status_t (*storage_journal_callback)(void *context, const struct storage_journal_entry *entry);

/*
 * Calls the callback for each entry. Answers the first failure, the others having been tried nevertheless. Takes
 * the lock only where there is an entry. An entry that is damaged itself is removed and answered as
 * PSA_ERROR_DATA_CORRUPT.
 */
psa_status_t storage_journal_recover(storage_journal_callback callback, void *context);

/* ---- State of drivers ---- */

/* Location 0 has no number 0: PSA_ERROR_INVALID_ARGUMENT. */
/* PSA_ERROR_DOES_NOT_EXIST: never put. PSA_ERROR_BUFFER_TOO_SMALL: the state is longer than data_size. */
psa_status_t storage_driver_get(psa_key_location_t location, uint32_t number,
                                uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t storage_driver_put(psa_key_location_t location, uint32_t number, const uint8_t *data, size_t data_length);
psa_status_t storage_driver_remove(psa_key_location_t location, uint32_t number);

/* ---- Non-volatile seed ---- */

/* PSA_ERROR_DOES_NOT_EXIST: none was written yet. PSA_ERROR_BUFFER_TOO_SMALL: it is longer than seed_size. */
psa_status_t storage_seed_read(uint8_t *seed, size_t seed_size, size_t *seed_length);
psa_status_t storage_seed_write(const uint8_t *seed, size_t seed_length);

#endif
