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

/* The key, plus one; 0: not made yet. No mutex: a fork() could leave one locked in the child for good. */
static uintptr_t exit_key;

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

/* Of threads that come here together one keeps its key. */
static int get_exit_key(pthread_key_t *key)
{
    uintptr_t made = ATOMIC_LOAD(&exit_key);
    if (made == 0) {
        if (pthread_key_create(key, run_exits) != 0) {
            return 0;
        }
        if (ATOMIC_CAS(&exit_key, &made, (uintptr_t)*key + 1u)) {
            return 1;
        }
        (void)pthread_key_delete(*key);
    }
    *key = (pthread_key_t)(made - 1u);
    return 1;
}

psa_status_t platform_at_thread_exit(void (*function)(void *argument), void *argument)
{
    pthread_key_t key;
    if (!get_exit_key(&key)) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    struct thread_exit *node = platform_allocate(sizeof(*node));
    if (node == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    node->function = function;
    node->argument = argument;
    node->next = pthread_getspecific(key);
    if (pthread_setspecific(key, node) != 0) {
        platform_free(node);
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    return PSA_SUCCESS;
}

#else

typedef int thread_posix_unused; /* a translation unit may not be empty */

#endif
