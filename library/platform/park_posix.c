/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sleeping on a word of memory where there is no futex: all sleepers share one condition variable. Only a
 * contended mutex comes here, and a wake for no reason is permitted.
 */
#include "platform/internal.h"

#if PSACRYPTO_THREADS && PLATFORM_POSIX && !defined(__linux__)

#include <pthread.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

/* The word is looked at under the mutex, and wakers take it after they changed the word: no wake is missed. */
void platform_park(uint32_t *word, uint32_t expected)
{
    (void)pthread_mutex_lock(&mutex);
    if (ATOMIC_LOAD(word) == expected) {
        (void)pthread_cond_wait(&condition, &mutex);
    }
    (void)pthread_mutex_unlock(&mutex);
}

void platform_unpark_one(uint32_t *word)
{
    platform_unpark_all(word); /* one alone could be a sleeper on another word */
}

void platform_unpark_all(uint32_t *word)
{
    (void)word;
    (void)pthread_mutex_lock(&mutex);
    (void)pthread_cond_broadcast(&condition);
    (void)pthread_mutex_unlock(&mutex);
}

void platform_park_before_fork(void)
{
    (void)pthread_mutex_lock(&mutex);
}

void platform_park_after_fork(void)
{
    (void)pthread_mutex_unlock(&mutex);
}

#else

typedef int park_posix_unused; /* a translation unit may not be empty */

#endif
