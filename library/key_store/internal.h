/* SPDX-License-Identifier: Apache-2.0 */
/* The key store's parts, among themselves. */
#ifndef KEY_STORE_INTERNAL_H
#define KEY_STORE_INTERNAL_H

#include "key_store/key_store.h"

#include "platform/platform.h"
#include "util/atomic.h"
#include "util/reason.h"

/* Most symmetric keys and private keys of curves lie beside their attributes. */
#define OBJECT_INLINE_BLOB 64u

#define OBJECT_ATTACHED 0x00000001u /* psa_attach_key(): let go, never destroyed */
#define OBJECT_BUILTIN 0x00000002u

/* A key in memory. Written by its creator alone until the tag is set, constant from then on until it is 0 again. What comes
 * before dispatch is the slot's own and outlives the key. */
struct key_object {
    uint64_t tag;                    /* atomic; 0: nobody may look */
    uint32_t next;                   /* free slots: index + 1 of the next */
    uint32_t index;                  /* of the slot */
    uint16_t slot_generation;
    uint16_t home;                   /* the shard that the slot belongs to */
    uint32_t blob_size;              /* of memory outside, 0: inline */
    struct dispatch_key dispatch;
    psa_key_attributes_t attributes;
    uint32_t generation;             /* persistent keys: of the record */
    uint32_t flags;
    uint8_t *blob;
    uint8_t inline_blob[OBJECT_INLINE_BLOB];
};

/* What names a key: owner and id. Never 0. */
static inline uint64_t key_tag(int32_t owner, psa_key_id_t id)
{
    return ((uint64_t)(uint32_t)owner << 32) | id;
}

/* ---- object.c ---- */

/* Memory for a blob of size bytes in an object that has none; NULL where there is none. */
uint8_t *object_blob(struct key_object *object, size_t size);
/* Sets attributes, owner and the driver's view; blob memory as object_blob() gave, or adopted from storage. */
void object_fill(struct key_object *object, const psa_key_attributes_t *attributes, int32_t owner, size_t blob_length);
/* Takes over platform_secret_allocate() memory of exactly size bytes. */
void object_adopt_blob(struct key_object *object, uint8_t *blob, size_t size);
/* Lets go of plans and wipes blob and attributes; the slot's own numbers stay. */
void object_clear(struct key_object *object);
/* An object outside of the slots. */
struct key_object *object_allocate(void);
void object_free(struct key_object *object);

/* ---- readers_hazard.c, readers_count.c: who uses a key now ---- */

/* Announces that this thread uses tag; *place is for leaving. A full barrier: what is read later is read later. */
psa_status_t readers_enter(uint64_t tag, uint32_t *place);
void readers_leave(uint32_t place);
/* How many announcements of this thread stand. */
unsigned readers_own(void);
/* Whether another announcement of tag stands; own: how many of this thread's own do not count. */
int readers_busy(uint64_t tag, unsigned own);
/* Returns when nobody uses tag any more. The caller has made it unreachable, and a full barrier since. */
void readers_wait(uint64_t tag);
/* A small number that spreads threads over shards. */
uint32_t readers_shard(void);
/* Free slots that this thread has for itself. */
struct own_slots {
    uint32_t count;
    uint32_t index[3];
};
/* NULL: this build, or this thread for want of memory, has none. */
struct own_slots *readers_own_slots(void);

/* ---- slot_slabs.c, slot_fixed.c: volatile keys ---- */

/* An unused slot, its id for this owner chosen; NULL where there is no room. */
struct key_object *slot_take(psa_key_id_t *id);
/* Back to the free slots; the object was cleared. */
void slot_give(struct key_object *object);
/* The slot that an id of the volatile range names, whatever it holds; NULL if there is none. */
struct key_object *slot_find(psa_key_id_t id);
/* Every slot there is: *index counts up from 0; NULL at the end. */
struct key_object *slot_next(uint32_t *index);

/* ---- reservation.c: creation, loading and destruction of one persistent id exclude each other ---- */

/* For creation. */
void reservation_take(uint64_t tag);
void reservation_give(uint64_t tag);
/* For destruction: no use begins any more, those that have begun are over, and the tag is reserved. */
void reservation_close(uint64_t tag);
void reservation_open(uint64_t tag);
/* Whether a use must not begin. inside: the thread uses another key, or this one, already, and whoever closed the tag may be
 * waiting for that; it waits for this use too. */
int reservation_holds(uint64_t tag, int inside);
/* Returns when it may. */
void reservation_wait(uint64_t tag, int inside);

/* ---- cache.c: persistent keys with PSA_KEY_USAGE_CACHE ---- */

/* The caller has announced tag. NULL: not there, or out of date. */
struct key_object *cache_find(uint64_t tag);
/* Takes the object over, which is shared from then on; 0: it stays the caller's own. */
int cache_insert(struct key_object *object, uint64_t tag, uint64_t store_generation);
/* Nobody uses tag. */
void cache_drop(uint64_t tag);
void cache_clear(void);

/*
 * ---- fork() ----
 *
 * The child has this thread alone. Slots are copied while nobody changes them; the rest, which may be held for long, is whole
 * at any moment: the child forgets what other threads held of it.
 */

void slots_before_fork(void);
void slots_after_fork(void); /* in parent and child */
void readers_after_fork(void);
void reservations_after_fork(void);
void cache_after_fork(void);
void persist_after_fork(void);

/* ---- lifetime.c ---- */

/* Built-in keys, at the end of the vendor's range (their place in Mbed TLS too). */
#define BUILTIN_MIN ((psa_key_id_t)0x7fff0000)
#define BUILTIN_MAX ((psa_key_id_t)0x7fffefff)

static inline int id_is_volatile(psa_key_id_t id)
{
    return id >= PSA_KEY_ID_VENDOR_MIN && id < BUILTIN_MIN;
}

static inline int id_is_builtin(psa_key_id_t id)
{
    return id >= BUILTIN_MIN && id <= BUILTIN_MAX;
}

static inline int id_is_user(psa_key_id_t id)
{
    return id >= PSA_KEY_ID_USER_MIN && id <= PSA_KEY_ID_USER_MAX;
}

/* Lifetime and id of a key to be created. */
psa_status_t lifetime_check(const psa_key_attributes_t *attributes, int attaching);

/* ---- persist.c, builtin.c: into a fresh object ---- */

psa_status_t persist_load(struct key_object *object, int32_t owner, psa_key_id_t id);
psa_status_t builtin_load(struct key_object *object, int32_t owner, psa_key_id_t id);
struct storage_journal_entry;
/* Removes the record of the key that entry is about, if the store has it. */
psa_status_t persist_take_back(const struct storage_journal_entry *entry);
/* Before any use of the store: opens it and, the first time, completes the steps that a crash interrupted. */
psa_status_t persist_open(void);
void persist_close(void);

#endif
