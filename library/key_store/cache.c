/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Persistent keys that may stay in memory between uses, with what was prepared for them: a small table, four ways
 * a set. Found without a lock; changed under one. An entry goes when the store has changed, when another key
 * needs the place and nobody uses it, with psa_purge_key() and with the key.
 */
#include "key_store/internal.h"

#include "storage/storage.h"

#define WAYS 4u
#if PSACRYPTO_HEAPLESS
#define SETS 1u
#else
#define SETS 32u
#endif

struct entry {
    uint64_t tag;               /* atomic: 0 while empty or changing */
    struct key_object *object;
    uint64_t store_generation;
};

static struct platform_mutex mutex;
static struct entry entries[SETS][WAYS];
static uint32_t victim; /* round and round */

static struct entry *set_of(uint64_t tag)
{
    uint64_t mixed = (tag ^ (tag >> 32)) * UINT64_C(0x9e3779b97f4a7c15);
    return entries[(mixed >> 32) % SETS];
}

/* Under the mutex. own: announcements of the caller's own. Answers whether the entry is empty now. */
static int empty(struct entry *entry, unsigned own)
{
    uint64_t tag = entry->tag;
    if (tag == 0) {
        return 1;
    }
    ATOMIC_STORE_SEQ(&entry->tag, (uint64_t)0);
    if (readers_busy(tag, own)) {
        ATOMIC_STORE(&entry->tag, tag);
        return 0;
    }
    object_free(entry->object);
    entry->object = NULL;
    return 1;
}

struct key_object *cache_find(uint64_t tag)
{
    struct entry *set = set_of(tag);
    for (unsigned i = 0; i < WAYS; i++) {
        struct entry *entry = &set[i];
        if (ATOMIC_LOAD(&entry->tag) != tag) {
            continue;
        }
        if (entry->store_generation == storage_generation()) {
            return entry->object;
        }
        platform_mutex_lock(&mutex);
        if (entry->tag == tag) {
            (void)empty(entry, 1);
        }
        platform_mutex_unlock(&mutex);
        return NULL;
    }
    return NULL;
}

int cache_insert(struct key_object *object, uint64_t tag, uint64_t store_generation)
{
    struct entry *set = set_of(tag);
    struct entry *place = NULL;
    platform_mutex_lock(&mutex);
    for (unsigned i = 0; i < WAYS; i++) {
        if (set[i].tag == tag) {
            platform_mutex_unlock(&mutex);
            return 0;
        }
        place = set[i].tag == 0 ? &set[i] : place;
    }
    for (unsigned i = 0; i < WAYS && place == NULL; i++) {
        struct entry *candidate = &set[victim++ % WAYS];
        place = empty(candidate, 0) ? candidate : NULL;
    }
    if (place != NULL) {
        place->object = object;
        place->store_generation = store_generation;
        ATOMIC_STORE(&place->tag, tag);
    }
    platform_mutex_unlock(&mutex);
    return place != NULL;
}

void cache_drop(uint64_t tag)
{
    struct entry *set = set_of(tag);
    platform_mutex_lock(&mutex);
    for (unsigned i = 0; i < WAYS; i++) {
        if (set[i].tag == tag) {
            (void)empty(&set[i], 0);
        }
    }
    platform_mutex_unlock(&mutex);
}

void cache_clear(void)
{
    platform_mutex_lock(&mutex);
    for (unsigned s = 0; s < SETS; s++) {
        for (unsigned i = 0; i < WAYS; i++) {
            (void)empty(&entries[s][i], 0);
        }
    }
    platform_mutex_unlock(&mutex);
}

/* An entry that was changing has no tag, and is empty here. */
void cache_after_fork(void)
{
    static const struct platform_mutex unlocked;
    mutex = unlocked;
}
