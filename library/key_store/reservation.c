/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Persistent ids that are being created or destroyed now. Few at a time: one per thread that does so.
 *
 * Destruction closes its id first, so that no use begins, and reserves it only when the last use has ended: that use may be
 * one that waits for the very id, to create a copy.
 */
#include "key_store/internal.h"

#define RESERVATIONS 32u

struct table {
    uint64_t tags[RESERVATIONS];
};

static struct platform_mutex mutex;
static struct platform_condition changed;
static struct table reserved;
static struct table closed;
static uint32_t count; /* atomic, of both: uses look here before they take the mutex */

static uint32_t place_of(const struct table *table, uint64_t tag)
{
    uint32_t place = 0;
    while (place < RESERVATIONS && table->tags[place] != tag) {
        place++;
    }
    return place;
}

static int has(const struct table *table, uint64_t tag)
{
    return place_of(table, tag) < RESERVATIONS;
}

static void take(struct table *table, uint64_t tag)
{
    platform_mutex_lock(&mutex);
    while (has(table, tag) || !has(table, 0)) {
        platform_condition_wait(&changed, &mutex);
    }
    table->tags[place_of(table, 0)] = tag;
    (void)ATOMIC_ADD(&count, (uint32_t)1);
    platform_mutex_unlock(&mutex);
    ATOMIC_FENCE(); /* before the caller looks for readers */
}

static void give(struct table *table, uint64_t tag)
{
    platform_mutex_lock(&mutex);
    table->tags[place_of(table, tag)] = 0;
    (void)ATOMIC_SUB(&count, (uint32_t)1);
    platform_condition_wake_all(&changed);
    platform_mutex_unlock(&mutex);
}

void reservation_take(uint64_t tag)
{
    take(&reserved, tag);
}

void reservation_give(uint64_t tag)
{
    give(&reserved, tag);
}

void reservation_close(uint64_t tag)
{
    take(&closed, tag);
    readers_wait(tag);
    take(&reserved, tag);
    while (readers_busy(tag, 0)) {
        /* One that was inside already (reservation_holds()) came while we waited. */
        give(&reserved, tag);
        readers_wait(tag);
        take(&reserved, tag);
    }
}

void reservation_open(uint64_t tag)
{
    give(&reserved, tag);
    give(&closed, tag);
}

static int excludes(uint64_t tag, int inside)
{
    return has(&reserved, tag) || (!inside && has(&closed, tag));
}

int reservation_holds(uint64_t tag, int inside)
{
    if (ATOMIC_LOAD(&count) == 0) {
        return 0;
    }
    platform_mutex_lock(&mutex);
    int holds = excludes(tag, inside);
    platform_mutex_unlock(&mutex);
    return holds;
}

void reservation_wait(uint64_t tag, int inside)
{
    platform_mutex_lock(&mutex);
    while (excludes(tag, inside)) {
        platform_condition_wait(&changed, &mutex);
    }
    platform_mutex_unlock(&mutex);
}

void reservations_after_fork(void)
{
    static const struct platform_mutex unlocked;
    static const struct table empty;
    mutex = unlocked;
    reserved = empty;
    closed = empty;
    ATOMIC_STORE(&count, (uint32_t)0);
}
