/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads of POSIX. POSIX does not say that an all-zero pthread_mutex_t is valid, and has no static initialiser
 * for one inside of allocated memory; so the mutex is a word of our own, and the system only puts
 * threads to sleep (park_linux.c, park_posix.c). Zero is valid, nothing needs to be destroyed, and locking without
 * contention is one atomic instruction.
 */
#include "platform/internal.h"

#if PSACRYPTO_THREADS && PLATFORM_POSIX

#include <pthread.h>
#include <sched.h>

/* ---- Mutex: 0 free, 1 locked, 2 locked and somebody may sleep ---- */

#define FREE 0u
#define LOCKED 1u
#define CONTENDED 2u

/* About as long as the critical sections of this library: shorter than going to sleep and being woken. */
#define SPINS 64

#if defined(__x86_64__) || defined(__i386__)
static inline void relax(void)
{
    __builtin_ia32_pause();
}
#else
static inline void relax(void)
{
}
#endif

static int try_lock(uint32_t *word)
{
    uint32_t expected = FREE;
    return ATOMIC_CAS(word, &expected, LOCKED);
}

static void lock_contended(uint32_t *word)
{
    for (int i = 0; i < SPINS; i++) {
        relax();
        if (ATOMIC_LOAD_RELAXED(word) == FREE && try_lock(word)) {
            return;
        }
    }
    /* Whoever has slept takes the mutex as contended: there may be more sleepers. */
    while (__atomic_exchange_n(word, CONTENDED, __ATOMIC_ACQUIRE) != FREE) {
        platform_park(word, CONTENDED);
    }
}

void platform_mutex_lock(struct platform_mutex *mutex)
{
    if (!try_lock(&mutex->of.word)) {
        lock_contended(&mutex->of.word);
    }
}

void platform_mutex_unlock(struct platform_mutex *mutex)
{
    if (__atomic_exchange_n(&mutex->of.word, FREE, __ATOMIC_RELEASE) == CONTENDED) {
        platform_unpark_one(&mutex->of.word);
    }
}

/* ---- Condition: a word that each wake changes ---- */

void platform_condition_wait(struct platform_condition *condition, struct platform_mutex *mutex)
{
    const uint32_t before = ATOMIC_LOAD(&condition->of.word);
    platform_mutex_unlock(mutex);
    platform_park(&condition->of.word, before);
    platform_mutex_lock(mutex);
}

void platform_condition_wake_all(struct platform_condition *condition)
{
    (void)ATOMIC_ADD(&condition->of.word, 1u);
    platform_unpark_all(&condition->of.word);
}

void platform_yield(void)
{
    (void)sched_yield();
}

/* ---- The end of a thread ---- */

struct thread_exit {
    struct thread_exit *next;
    void (*function)(void *argument);
    void *argument;
};

static pthread_key_t exit_key;
static int exit_key_made; /* under exit_mutex until it is 1 */
static struct platform_mutex exit_mutex;

/* A function that registers again is called in the system's next round. */
static void run_exits(void *list)
{
    struct thread_exit *node = list;
    while (node != NULL) {
        struct thread_exit *next = node->next;
        node->function(node->argument);
        platform_free(node);
        node = next;
    }
}

static int exit_key_ready(void)
{
    if (ATOMIC_LOAD(&exit_key_made)) {
        return 1;
    }
    platform_mutex_lock(&exit_mutex);
    if (!exit_key_made && pthread_key_create(&exit_key, run_exits) == 0) {
        ATOMIC_STORE(&exit_key_made, 1);
    }
    platform_mutex_unlock(&exit_mutex);
    return ATOMIC_LOAD(&exit_key_made);
}

psa_status_t platform_at_thread_exit(void (*function)(void *argument), void *argument)
{
    if (!exit_key_ready()) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    struct thread_exit *node = platform_allocate(sizeof(*node));
    if (node == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    node->function = function;
    node->argument = argument;
    node->next = pthread_getspecific(exit_key);
    if (pthread_setspecific(exit_key, node) != 0) {
        platform_free(node);
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    return PSA_SUCCESS;
}

#else

typedef int thread_posix_unused; /* a translation unit may not be empty */

#endif
