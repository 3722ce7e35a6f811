/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Volatile keys, hosted: slots in slabs that are only ever added, so that a lookup takes no lock and touches the
 * slab's address and the slot, however many keys there are.
 *
 * An id is 0x40000000 + (generation << 20 | slot). A slot whose generations are used up goes to the end of everything: it
 * comes back, from generation 0, only when no other slot can be had. So the whole range of ids is used before one returns.
 * Freed slots queue first in, first out within their shard; but a thread keeps the last few for itself, so that keys that come
 * and go take no lock.
 */
#include "key_store/internal.h"

#include "util/seldom.h"

#if !PSACRYPTO_HEAPLESS

#define SLOT_BITS 20u
#define SLAB_BITS 8u
#define SLAB_SLOTS (1u << SLAB_BITS)
#define SLABS_MAX (1u << (SLOT_BITS - SLAB_BITS))
#define GENERATIONS 1023u /* the last one would reach into the range of built-in keys */
#define SHARDS 16u

struct queue {
    uint32_t head; /* index + 1; 0: empty */
    uint32_t tail;
};

/* A shard's slots are taken and given back by few threads: each has a lock of its own. */
struct shard {
    struct platform_mutex mutex;
    struct queue unused;
    struct queue retired;
    uint8_t pad[48]; /* no line is shared with the next shard */
};

static struct key_object *slabs[SLABS_MAX]; /* atomic */
static uint32_t slab_count;
static struct platform_mutex growth;
static struct shard shards[SHARDS];

static struct key_object *slot_at(uint32_t index)
{
    struct key_object *slab = ATOMIC_LOAD(&slabs[index >> SLAB_BITS]);
    return slab == NULL ? NULL : &slab[index & (SLAB_SLOTS - 1u)];
}

static void push(struct queue *queue, struct key_object *object)
{
    object->next = 0;
    if (queue->tail == 0) {
        queue->head = object->index + 1u;
    } else {
        slot_at(queue->tail - 1u)->next = object->index + 1u;
    }
    queue->tail = object->index + 1u;
}

static struct key_object *pop(struct queue *queue)
{
    if (queue->head == 0) {
        return NULL;
    }
    struct key_object *object = slot_at(queue->head - 1u);
    queue->head = object->next;
    if (queue->head == 0) {
        queue->tail = 0;
    }
    return object;
}

static struct key_object *take_from(uint32_t number, int retired)
{
    struct shard *shard = &shards[number];
    platform_mutex_lock(&shard->mutex);
    struct key_object *object = pop(retired ? &shard->retired : &shard->unused);
    platform_mutex_unlock(&shard->mutex);
    return object;
}

/* A new slab for the shard; its first slot is the caller's. */
static struct key_object *grow(uint32_t number)
{
    struct key_object *slab = NULL;
    platform_mutex_lock(&growth);
    uint32_t place = slab_count;
    if (place < SLABS_MAX) {
        slab = platform_pages_allocate(SLAB_SLOTS * sizeof(struct key_object), 0, NULL);
    }
    if (slab != NULL) {
        for (uint32_t i = 0; i < SLAB_SLOTS; i++) {
            slab[i].index = (place << SLAB_BITS) + i;
            slab[i].home = (uint16_t)number;
        }
        slab_count++;
        ATOMIC_STORE(&slabs[place], slab);
    }
    platform_mutex_unlock(&growth);
    if (slab != NULL) {
        platform_mutex_lock(&shards[number].mutex);
        for (uint32_t i = 1; i < SLAB_SLOTS; i++) {
            push(&shards[number].unused, &slab[i]);
        }
        platform_mutex_unlock(&shards[number].mutex);
    }
    return slab;
}

static struct key_object *take_anywhere(int retired)
{
    struct key_object *object = NULL;
    for (uint32_t number = 0; number < SHARDS && object == NULL; number++) {
        object = take_from(number, retired);
    }
    return object;
}

SELDOM struct key_object *take_shared(void)
{
    uint32_t number = readers_shard() % SHARDS;
    struct key_object *object = take_from(number, 0);
    if (object == NULL) {
        object = grow(number);
    }
    if (object == NULL) {
        object = take_anywhere(0);
    }
    if (object == NULL) {
        object = take_anywhere(1);
        if (object != NULL) {
            object->slot_generation = 0;
        }
    }
    return object;
}

struct key_object *slot_take(psa_key_id_t *id)
{
    struct own_slots *own = readers_own_slots();
    struct key_object *object = own != NULL && own->count != 0 ? slot_at(own->index[--own->count]) : take_shared();
    if (object != NULL) {
        *id = PSA_KEY_ID_VENDOR_MIN + (((uint32_t)object->slot_generation << SLOT_BITS) | object->index);
    }
    return object;
}

SELDOM void give_shared(struct key_object *object)
{
    struct shard *shard = &shards[object->home];
    platform_mutex_lock(&shard->mutex);
    push(object->slot_generation < GENERATIONS ? &shard->unused : &shard->retired, object);
    platform_mutex_unlock(&shard->mutex);
}

void slot_give(struct key_object *object)
{
    struct own_slots *own = readers_own_slots();
    object->slot_generation++;
    if (own != NULL && own->count < sizeof(own->index) / sizeof(own->index[0]) && object->slot_generation < GENERATIONS) {
        own->index[own->count++] = object->index;
    } else {
        give_shared(object);
    }
}

struct key_object *slot_find(psa_key_id_t id)
{
    return slot_at((id - PSA_KEY_ID_VENDOR_MIN) & ((1u << SLOT_BITS) - 1u));
}

struct key_object *slot_next(uint32_t *index)
{
    return *index >= (SLABS_MAX << SLAB_BITS) ? NULL : slot_at((*index)++);
}

void slots_before_fork(void)
{
    platform_mutex_lock(&growth);
    for (uint32_t number = 0; number < SHARDS; number++) {
        platform_mutex_lock(&shards[number].mutex);
    }
}

void slots_after_fork(void)
{
    for (uint32_t number = SHARDS; number-- > 0;) {
        platform_mutex_unlock(&shards[number].mutex);
    }
    platform_mutex_unlock(&growth);
}

#endif
