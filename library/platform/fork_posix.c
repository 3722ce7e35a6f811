/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fork(): hooks, and a number that tells a child from its parent. The number lies in a page that the kernel wipes in
 * every child with a memory of its own, whoever made it (a bare clone() calls no hooks); the hook clears it where the
 * kernel does not. Zero therefore means: we have been forked, take a new number.
 */
#include "platform/internal.h"

#if PLATFORM_POSIX

#include <pthread.h>

/* ---- Hooks ---- */

#define HOOKS_MAX 8u

static struct {
    void (*before)(void);
    void (*parent)(void);
    void (*child)(void);
} hooks[HOOKS_MAX];
static uint32_t hook_count;
static uint32_t hooks_now;          /* how many were called before the fork that is under way */
static int registered;
static struct platform_mutex mutex; /* of the four above; held while the process is copied */

static void (*outer_before)(void);  /* atomic, set once, behind outer_after */
static void (*outer_after)(void);
static THREAD_LOCAL int outer_called;

static uint32_t number_elsewhere;              /* where there is no page */
static uint32_t *number = &number_elsewhere;   /* set to a page once */
static uint32_t numbers_given;

static void call_outer_before(void)
{
    void (*before)(void) = ATOMIC_LOAD(&outer_before);
    if (before != NULL && !outer_called) {
        before();
        outer_called = 1;
    }
}

static void call_outer_after(void)
{
    if (outer_called) {
        outer_called = 0;
        outer_after();
    }
}

/* The mutex, behind the outer hook, which may come while we wait. */
static void lock_behind_outer(void)
{
    call_outer_before();
    platform_mutex_lock(&mutex);
    while (ATOMIC_LOAD(&outer_before) != NULL && !outer_called) {
        platform_mutex_unlock(&mutex);
        call_outer_before();
        platform_mutex_lock(&mutex);
    }
}

/* The allocator's locks come last, so that hooks may allocate. */
static void before_fork(void)
{
    (void)platform_fork_count(); /* so that no hook is the first to ask, which takes the mutex */
    lock_behind_outer();
    hooks_now = hook_count;
    for (uint32_t i = hooks_now; i-- > 0;) {
        if (hooks[i].before != NULL) {
            hooks[i].before();
        }
    }
    platform_memory_before_fork();
    platform_park_before_fork();
}

/* Answers how many hooks to call. */
static uint32_t release(void)
{
    const uint32_t count = hooks_now;
    platform_park_after_fork();
    platform_memory_after_fork();
    platform_mutex_unlock(&mutex);
    return count;
}

static void after_fork_parent(void)
{
    const uint32_t count = release();
    for (uint32_t i = 0; i < count; i++) {
        if (hooks[i].parent != NULL) {
            hooks[i].parent();
        }
    }
    call_outer_after();
}

static void after_fork_child(void)
{
    ATOMIC_STORE(number, 0u);
    const uint32_t count = release();
    for (uint32_t i = 0; i < count; i++) {
        if (hooks[i].child != NULL) {
            hooks[i].child();
        }
    }
    call_outer_after();
}

/* The mutex is locked. */
static int registered_or_register(void)
{
    if (!registered) {
        registered = pthread_atfork(before_fork, after_fork_parent, after_fork_child) == 0;
    }
    return registered;
}

psa_status_t platform_at_fork(void (*before)(void), void (*parent)(void), void (*child)(void))
{
    psa_status_t status = PSA_ERROR_INSUFFICIENT_MEMORY;
    platform_mutex_lock(&mutex);
    if (hook_count < HOOKS_MAX && registered_or_register()) {
        hooks[hook_count].before = before;
        hooks[hook_count].parent = parent;
        hooks[hook_count].child = child;
        hook_count++;
        status = PSA_SUCCESS;
    }
    platform_mutex_unlock(&mutex);
    return status;
}

psa_status_t platform_at_fork_child(void (*function)(void))
{
    return platform_at_fork(NULL, NULL, function);
}

psa_status_t platform_around_fork(void (*before)(void), void (*after)(void))
{
    platform_mutex_lock(&mutex);
    const int ready = registered_or_register();
    if (ready && outer_before == NULL) {
        outer_after = after;
        ATOMIC_STORE(&outer_before, before);
    }
    platform_mutex_unlock(&mutex);
    return ready ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_MEMORY;
}

/* Before threads can be there: a fork() beside the first call of a thread finds the hooks registered. */
__attribute__((constructor)) static void register_early(void)
{
    (void)registered_or_register();
}

/* ---- The number ---- */

#if PSACRYPTO_HEAPLESS
static uint32_t *wiped_page(void)
{
    return NULL;
}
#else
static uint32_t *wiped_page(void)
{
    const size_t size = platform_page_size();
    void *page = platform_pages_map(size, 1);
    if (page != NULL && !platform_pages_wipe_on_fork(page, size)) {
        platform_pages_unmap(page, size);
        page = NULL;
    }
    return page;
}
#endif

/* The page is taken once, and stays for the life of the process. */
static void prepare(void)
{
    static int prepared;
    if (ATOMIC_LOAD(&prepared)) {
        return;
    }
    platform_mutex_lock(&mutex);
    if (!prepared) {
        uint32_t *page = wiped_page();
        if (page != NULL) {
            ATOMIC_STORE(&number, page);
        }
        (void)registered_or_register();
        ATOMIC_STORE(&prepared, 1);
    }
    platform_mutex_unlock(&mutex);
}

/* Threads that come here together agree on one number. */
static uint32_t take_number(void)
{
    prepare();
    uint32_t fresh = ATOMIC_ADD(&numbers_given, 1u);
    fresh += fresh == 0;
    uint32_t *place = ATOMIC_LOAD(&number);
    uint32_t expected = 0;
    return ATOMIC_CAS(place, &expected, fresh) ? fresh : expected;
}

uint32_t platform_fork_count(void)
{
    const uint32_t value = ATOMIC_LOAD(ATOMIC_LOAD(&number));
    return value != 0 ? value : take_number();
}

#else

typedef int fork_posix_unused; /* a translation unit may not be empty */

#endif
