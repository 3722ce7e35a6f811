/* SPDX-License-Identifier: Apache-2.0 */
/* Volatile keys without a heap: PSACRYPTO_SLOTS slots, first in, first out; an id returns after 2^20 uses of its slot or so. */
#include "key_store/internal.h"

#if PSACRYPTO_HEAPLESS

/* 0x40000000 .. 0x7ffeffff in steps of the number of slots. */
#define GENERATIONS (0x3fff0000u / PSACRYPTO_SLOTS)

static struct platform_mutex mutex;
static struct key_object slots[PSACRYPTO_SLOTS];
static uint32_t generations[PSACRYPTO_SLOTS];
static uint8_t taken[PSACRYPTO_SLOTS];
static uint32_t turn; /* where the search starts: what was freed last is taken last */

struct key_object *slot_take(psa_key_id_t *id)
{
    struct key_object *object = NULL;
    platform_mutex_lock(&mutex);
    for (uint32_t i = 0; i < PSACRYPTO_SLOTS && object == NULL; i++) {
        uint32_t place = (turn + i) % PSACRYPTO_SLOTS;
        if (!taken[place]) {
            taken[place] = 1;
            turn = (place + 1u) % PSACRYPTO_SLOTS;
            object = &slots[place];
            object->index = place;
            *id = PSA_KEY_ID_VENDOR_MIN + generations[place] * PSACRYPTO_SLOTS + place;
        }
    }
    platform_mutex_unlock(&mutex);
    return object;
}

void slot_give(struct key_object *object)
{
    platform_mutex_lock(&mutex);
    taken[object->index] = 0;
    generations[object->index] = (generations[object->index] + 1u) % GENERATIONS;
    platform_mutex_unlock(&mutex);
}

struct key_object *slot_find(psa_key_id_t id)
{
    return &slots[(id - PSA_KEY_ID_VENDOR_MIN) % PSACRYPTO_SLOTS];
}

struct key_object *slot_next(uint32_t *index)
{
    return *index >= PSACRYPTO_SLOTS ? NULL : &slots[(*index)++];
}

void slots_before_fork(void)
{
    platform_mutex_lock(&mutex);
}

void slots_after_fork(void)
{
    platform_mutex_unlock(&mutex);
}

#endif
