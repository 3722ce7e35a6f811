/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key store: which keys there are, what they permit, and who uses them now.
 *
 * A use is
 *
 *     struct key_ref ref = KEY_REF_NONE;
 *     status = key_store_acquire(&ref, caller, id, PSA_KEY_USAGE_ENCRYPT, alg);
 *     if (status == PSA_SUCCESS) status = dispatch_...(ref.key, alg, ...);
 *     return key_store_release(&ref, status);
 *
 * Between the two the key cannot go away: psa_destroy_key() and psa_purge_key() wait. A thread holds at most
 * KEY_REFS_PER_THREAD references. While one is held no key must be created, destroyed or purged by that thread,
 * except through struct key_creation.
 */
#ifndef KEY_STORE_KEY_STORE_H
#define KEY_STORE_KEY_STORE_H

#include "dispatch/dispatch.h"

/* Who calls: a service that acts for several clients passes theirs. */
struct caller {
    int32_t owner;
};

extern const struct caller caller_self;
#define CALLER_SELF (&caller_self)

#define KEY_REFS_PER_THREAD 4

struct key_object;

struct key_ref {
    struct dispatch_key *key;       /* NULL: nothing is held */
    struct key_object *object;
    uint32_t hazard;                /* place in the thread's record */
    uint32_t private_copy;          /* loaded for this use alone: wiped by release */
};

#define KEY_REF_NONE { NULL, NULL, 0, 0 }

psa_status_t key_store_open(void);
/* Wipes everything that lies in memory. No other thread may be in the library. */
void key_store_close(void);

/*
 * Holds the key for usage (one flag) with alg: exists (INVALID_HANDLE), the policy permits (NOT_PERMITTED), the type
 * fits the algorithm (INVALID_ARGUMENT). alg PSA_ALG_NONE: usage alone is checked (EXPORT, COPY). usage 0: nothing.
 */
psa_status_t key_store_acquire(struct key_ref *ref, const struct caller *caller, psa_key_id_t id,
                               psa_key_usage_t usage, psa_algorithm_t alg);
/* The same check for a reference that was acquired with usage 0. */
psa_status_t key_store_permits(const struct key_ref *ref, psa_key_usage_t usage, psa_algorithm_t alg);
/* A step of an operation: the key that setup had (generation as key_store_generation() gave then), else BAD_STATE. */
psa_status_t key_store_acquire_again(struct key_ref *ref, int32_t owner, psa_key_id_t id, uint32_t generation);
/* Tells this key from a later one with the same id. */
uint32_t key_store_generation(const struct key_ref *ref);
/* Lets go, answers status. An empty reference is fine. */
psa_status_t key_store_release(struct key_ref *ref, psa_status_t status);

/* Attributes alone, without loading the material where the store has them apart. */
psa_status_t key_store_attributes(const struct caller *caller, psa_key_id_t id, psa_key_attributes_t *attributes);
psa_status_t key_store_destroy(const struct caller *caller, psa_key_id_t id);
psa_status_t key_store_purge(const struct caller *caller, psa_key_id_t id);

/*
 * Creating a key:
 *
 *     struct key_creation creation;
 *     key_creation_none(&creation);
 *     status = key_creation_start(&creation, caller, attributes, KEY_CREATION_IMPORT, data_length);
 *     if (status == PSA_SUCCESS) status = dispatch_key_...(&creation.attributes, ..., creation.blob, creation.blob_size,
 *                                                          &creation.blob_length, ...);
 *     return key_creation_finish(&creation, status, id);
 *
 * start checks all attributes, reserves the id, and gives memory for the blob (reserved in the device and journaled where
 * its driver reserves first). finish stores and publishes the key, or takes everything back; *id is PSA_KEY_ID_NULL then.
 */
enum key_creation_kind {
    KEY_CREATION_IMPORT,    /* attributes may have 0 bits */
    KEY_CREATION_GENERATE,  /* also derive, agree, encapsulate: bits required, no public key */
    KEY_CREATION_COPY,      /* attributes are those of the copy, complete */
    KEY_CREATION_ATTACH     /* volatile, at a location other than 0 */
};

struct key_creation {
    psa_key_attributes_t attributes; /* complete at finish: type, bits, implied usage */
    int32_t owner;
    uint32_t active;
    size_t bits;                     /* a size that the type is known to have, or 0 */
    uint8_t *blob;                   /* locked memory */
    size_t blob_size;
    size_t blob_length;              /* for the driver to set */
    uint32_t attached;
    uint32_t entered;                /* dispatch_enter() */
    uint32_t in_device;              /* a place in the device is taken */
    uint64_t journal;                /* ticket of the entry that says so */
    struct key_object *object;
};

/* Nothing has begun. No initialiser: start sets the rest, and to clear it first took a tenth of the time of an import. */
static inline void key_creation_none(struct key_creation *creation)
{
    creation->active = 0;
}

psa_status_t key_creation_start(struct key_creation *creation, const struct caller *caller, const psa_key_attributes_t *attributes,
                                enum key_creation_kind kind, size_t data_length);
psa_status_t key_creation_finish(struct key_creation *creation, psa_status_t status, psa_key_id_t *id);

/* The keys of an owner, one by one in no order of meaning; *cursor 0 starts. DOES_NOT_EXIST: the end. */
psa_status_t key_store_next(const struct caller *caller, uint64_t *cursor, psa_key_id_t *id);

#endif
