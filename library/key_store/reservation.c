/* SPDX-License-Identifier: Apache-2.0 */
/* Persistent ids that are being created or destroyed now. Few at a time: one per thread that does so. */
#include "key_store/internal.h"

#define RESERVATIONS 32u

static struct platform_mutex mutex;
static struct platform_condition changed;
static uint64_t reserved[RESERVATIONS];
static uint32_t reserved_count; /* atomic: uses look here before they take the mutex */

static uint32_t place_of(uint64_t tag)
{
    uint32_t place = 0;
    while (place < RESERVATIONS && reserved[place] != tag) {
        place++;
    }
    return place;
}

void reservation_take(uint64_t tag)
{
    platform_mutex_lock(&mutex);
    while (place_of(tag) < RESERVATIONS || place_of(0) == RESERVATIONS) {
        platform_condition_wait(&changed, &mutex);
    }
    reserved[place_of(0)] = tag;
    (void)ATOMIC_ADD(&reserved_count, (uint32_t)1);
    platform_mutex_unlock(&mutex);
    ATOMIC_FENCE(); /* before the caller looks for readers */
}

void reservation_give(uint64_t tag)
{
    platform_mutex_lock(&mutex);
    reserved[place_of(tag)] = 0;
    (void)ATOMIC_SUB(&reserved_count, (uint32_t)1);
    platform_condition_wake_all(&changed);
    platform_mutex_unlock(&mutex);
}

int reservation_holds(uint64_t tag)
{
    if (ATOMIC_LOAD(&reserved_count) == 0) {
        return 0;
    }
    platform_mutex_lock(&mutex);
    int holds = place_of(tag) < RESERVATIONS;
    platform_mutex_unlock(&mutex);
    return holds;
}

void reservation_wait(uint64_t tag)
{
    platform_mutex_lock(&mutex);
    while (place_of(tag) < RESERVATIONS) {
        platform_condition_wait(&changed, &mutex);
    }
    platform_mutex_unlock(&mutex);
}

void reservations_after_fork(void)
{
    static const struct platform_mutex unlocked;
    mutex = unlocked;
    for (uint32_t place = 0; place < RESERVATIONS; place++) {
        reserved[place] = 0;
    }
    ATOMIC_STORE(&reserved_count, (uint32_t)0);
}
