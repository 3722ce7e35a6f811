/* SPDX-License-Identifier: Apache-2.0 */
/* Small builds: one short table of the keys in use, under a mutex. */
#include "key_store/internal.h"

#if !PSACRYPTO_THREADS || PSACRYPTO_HEAPLESS

#define READERS_MAX (4u * KEY_REFS_PER_THREAD)

static struct platform_mutex mutex;
static struct platform_condition changed;
static uint64_t tags[READERS_MAX];
static THREAD_LOCAL unsigned own;

static unsigned announced(uint64_t tag)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < READERS_MAX; i++) {
        n += tags[i] == tag ? 1u : 0u;
    }
    return n;
}

psa_status_t readers_enter(uint64_t tag, uint32_t *place)
{
    psa_status_t status = reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(tags), 0);
    platform_mutex_lock(&mutex);
    for (uint32_t i = 0; i < READERS_MAX && status != PSA_SUCCESS; i++) {
        if (tags[i] == 0) {
            tags[i] = tag;
            *place = i;
            status = PSA_SUCCESS;
        }
    }
    platform_mutex_unlock(&mutex);
    own += status == PSA_SUCCESS ? 1u : 0u;
    return status;
}

void readers_leave(uint32_t place)
{
    platform_mutex_lock(&mutex);
    tags[place] = 0;
    platform_condition_wake_all(&changed);
    platform_mutex_unlock(&mutex);
    own--;
}

struct own_slots *readers_own_slots(void)
{
    return NULL;
}

unsigned readers_own(void)
{
    return own;
}

int readers_busy(uint64_t tag, unsigned not_counted)
{
    platform_mutex_lock(&mutex);
    int busy = announced(tag) > not_counted;
    platform_mutex_unlock(&mutex);
    return busy;
}

void readers_wait(uint64_t tag)
{
    platform_mutex_lock(&mutex);
    while (announced(tag) != 0) {
        platform_condition_wait(&changed, &mutex);
    }
    platform_mutex_unlock(&mutex);
}

uint32_t readers_shard(void)
{
    return 0;
}

void readers_after_fork(void)
{
    static const struct platform_mutex unlocked;
    mutex = unlocked;
    for (uint32_t i = 0; i < READERS_MAX; i++) {
        tags[i] = 0;
    }
}

#endif
