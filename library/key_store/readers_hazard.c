/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each thread announces the keys that it uses in a record of its own (hazard pointers, with the key's name in place
 * of its address): a use writes no memory that another thread writes, so that one key serves many threads at
 * full speed. Whoever wants a key gone unpublishes it first and then waits until no record names it. Announcing and
 * unpublishing are full barriers: either the user sees that the key is gone, or the destroyer sees the user.
 */
#include "key_store/internal.h"

#if PSACRYPTO_THREADS && !PSACRYPTO_HEAPLESS

#define CACHE_LINE 64u

/* What other threads read when they destroy a key, then what is written with every key that comes or goes. */
struct reader {
    uint64_t tags[KEY_REFS_PER_THREAD]; /* atomic; 0: free */
    struct reader *next;                /* constant once published */
    uint32_t taken;                     /* atomic: a thread owns the record */
    uint32_t shard;
    uint8_t pad[CACHE_LINE - KEY_REFS_PER_THREAD * sizeof(uint64_t) - sizeof(void *) - 2u * sizeof(uint32_t)];
    struct own_slots slots;             /* of the thread that owns the record, or will */
};
STATIC_ASSERT(offsetof(struct reader, slots) % CACHE_LINE == 0, own_slots_share_no_cache_line);

static struct reader *readers;          /* atomic; records are never freed, ended threads leave theirs to others */
static uint32_t reader_count;           /* atomic */
static THREAD_LOCAL struct reader *self;

static void thread_ended(void *argument)
{
    struct reader *reader = argument;
    for (unsigned i = 0; i < KEY_REFS_PER_THREAD; i++) {
        ATOMIC_STORE(&reader->tags[i], (uint64_t)0);
    }
    self = NULL;
    ATOMIC_STORE(&reader->taken, (uint32_t)0);
}

static struct reader *adopt(void)
{
    for (struct reader *reader = ATOMIC_LOAD(&readers); reader != NULL; reader = reader->next) {
        uint32_t expected = 0;
        if (ATOMIC_CAS(&reader->taken, &expected, (uint32_t)1)) {
            return reader;
        }
    }
    struct reader *reader = platform_secret_allocate(sizeof(*reader)); /* aligned to a cache line */
    if (reader == NULL) {
        return NULL;
    }
    reader->taken = 1;
    reader->shard = ATOMIC_ADD(&reader_count, (uint32_t)1) - 1u;
    struct reader *head = ATOMIC_LOAD(&readers);
    do {
        reader->next = head;
    } while (!ATOMIC_CAS(&readers, &head, reader));
    return reader;
}

static struct reader *own_record(void)
{
    if (self == NULL) {
        struct reader *reader = adopt();
        if (reader != NULL && platform_at_thread_exit(thread_ended, reader) != PSA_SUCCESS) {
            thread_ended(reader);
            reader = NULL;
        }
        self = reader;
    }
    return self;
}

psa_status_t readers_enter(uint64_t tag, uint32_t *place)
{
    struct reader *reader = self != NULL ? self : own_record();
    if (reader == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(struct reader), 0);
    }
    for (uint32_t i = 0; i < KEY_REFS_PER_THREAD; i++) {
        if (ATOMIC_LOAD_RELAXED(&reader->tags[i]) == 0) {
            ATOMIC_STORE_SEQ(&reader->tags[i], tag);
            *place = i;
            return PSA_SUCCESS;
        }
    }
    return reason(PSA_ERROR_CORRUPTION_DETECTED, REASON_STATUS, 0, 0); /* more references than any call takes */
}

void readers_leave(uint32_t place)
{
    ATOMIC_STORE(&self->tags[place], (uint64_t)0);
}

unsigned readers_own(void)
{
    unsigned n = 0;
    for (unsigned i = 0; i < KEY_REFS_PER_THREAD && self != NULL; i++) {
        n += ATOMIC_LOAD_RELAXED(&self->tags[i]) != 0;
    }
    return n;
}

static inline unsigned announced(const struct reader *reader, uint64_t tag)
{
    unsigned n = 0;
#pragma GCC unroll 4
    for (unsigned i = 0; i < KEY_REFS_PER_THREAD; i++) {
        n += ATOMIC_LOAD(&reader->tags[i]) == tag ? 1u : 0u;
    }
    return n;
}

int readers_busy(uint64_t tag, unsigned own)
{
    unsigned n = 0;
    ATOMIC_FENCE();
    for (const struct reader *reader = ATOMIC_LOAD(&readers); reader != NULL; reader = reader->next) {
        n += announced(reader, tag);
    }
    return n > own;
}

void readers_wait(uint64_t tag)
{
    for (const struct reader *reader = ATOMIC_LOAD(&readers); reader != NULL; reader = reader->next) {
        while (announced(reader, tag) != 0) {
            platform_yield();
        }
    }
}

uint32_t readers_shard(void)
{
    const struct reader *reader = own_record();
    return reader == NULL ? 0 : reader->shard;
}

struct own_slots *readers_own_slots(void)
{
    struct reader *reader = self != NULL ? self : own_record();
    return reader == NULL ? NULL : &reader->slots;
}

/* The other threads of the parent do not exist here: nobody will take their announcements back, and what they did to their
 * slots may be half done. */
void readers_after_fork(void)
{
    for (struct reader *reader = ATOMIC_LOAD(&readers); reader != NULL; reader = reader->next) {
        if (reader != self) {
            for (unsigned i = 0; i < KEY_REFS_PER_THREAD; i++) {
                ATOMIC_STORE(&reader->tags[i], (uint64_t)0);
            }
            reader->slots.count = 0;
            ATOMIC_STORE(&reader->taken, (uint32_t)0);
        }
    }
}

#endif
