/* SPDX-License-Identifier: Apache-2.0 */
/* Pages from the system, for secrets: guarded, locked, kept out of core dumps. With PSACRYPTO_TEST_HOOKS tests have a say. */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* mlock2(), MAP_ANONYMOUS */
#endif

#include "platform/internal.h"

#if PLATFORM_POSIX && !PSACRYPTO_HEAPLESS

#include "platform/poison.h"
#include "util/zeroise.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

size_t platform_page_size(void)
{
    static size_t known; /* several threads may find it out: the same value */
    size_t size = ATOMIC_LOAD_RELAXED(&known);
    if (size == 0) {
        size = (size_t)sysconf(_SC_PAGESIZE);
        ATOMIC_STORE_RELAXED(&known, size);
    }
    return size;
}

/* Failure is tolerated: RLIMIT_MEMLOCK is small, and a secret that can be swapped is better than none. */
#if defined(MLOCK_ONFAULT)
static void lock_pages(void *memory, size_t size)
{
    /*
     * On fault: a large region takes no more memory than what is used of it. Kernels before 4.4 do not know it, for which
     * glibc says EINVAL.
     */
    static int unknown;
    if (ATOMIC_LOAD_RELAXED(&unknown) == 0 && mlock2(memory, size, MLOCK_ONFAULT) != 0) {
        ATOMIC_STORE_RELAXED(&unknown, errno == ENOSYS || errno == EINVAL);
    }
    if (ATOMIC_LOAD_RELAXED(&unknown) != 0) {
        (void)mlock(memory, size);
    }
}
#else
static void lock_pages(void *memory, size_t size)
{
    (void)mlock(memory, size);
}
#endif

#if defined(MADV_DONTDUMP)
static void keep_out_of_dumps(void *memory, size_t size)
{
    (void)madvise(memory, size, MADV_DONTDUMP);
}
#elif defined(MADV_NOCORE)
static void keep_out_of_dumps(void *memory, size_t size)
{
    (void)madvise(memory, size, MADV_NOCORE);
}
#else
static void keep_out_of_dumps(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}
#endif

#if defined(MADV_WIPEONFORK)
int platform_pages_wipe_on_fork(void *memory, size_t size)
{
    /* Emulators have answered 0 to every advice: one that takes nonsense is not believed. */
    return madvise(memory, size, -1) != 0 && madvise(memory, size, MADV_WIPEONFORK) == 0;
}
#else
int platform_pages_wipe_on_fork(void *memory, size_t size)
{
    (void)memory;
    (void)size;
    return 0;
}
#endif

void *platform_pages_map(size_t size, size_t alignment)
{
    const size_t page = platform_page_size();
    const size_t slack = alignment > page ? alignment : 0;
    if (size > SIZE_MAX / 2u || size == 0) {
        return NULL;
    }

    /* Reserved without access first: what is not opened below stays as the guards. */
    const size_t reserved = size + slack + 2u * page;
    uint8_t *start = mmap(NULL, reserved, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) {
        return NULL;
    }
    const size_t skip = slack != 0 ? (size_t)(0u - ((uintptr_t)start + page)) & (alignment - 1u) : 0;
    uint8_t *memory = start + page + skip;
    if (skip != 0) {
        (void)munmap(start, skip);
    }
    if (slack != skip) {
        (void)munmap(memory + size + page, slack - skip);
    }
    if (mprotect(memory, size, PROT_READ | PROT_WRITE) != 0) {
        (void)munmap(memory - page, size + 2u * page);
        return NULL;
    }
    lock_pages(memory, size);
    keep_out_of_dumps(memory, size);
    poison_root(memory, size);
    return memory;
}

void platform_pages_unmap(void *memory, size_t size)
{
    const size_t page = platform_page_size();
    poison_root_end(memory, size);
    (void)munmap((uint8_t *)memory - page, size + 2u * page);
}

void *platform_pages_allocate(size_t size, int wipe_on_fork, int *wiped)
{
    int wipes = 0;
    void *memory = NULL;
    if (size <= SIZE_MAX / 2u && platform_allocation_permitted()) {
        const size_t whole = round_up(size != 0 ? size : 1u, platform_page_size());
        memory = platform_pages_map(whole, 1);
        wipes = memory != NULL && wipe_on_fork && platform_pages_wipe_on_fork(memory, whole);
    }
    if (wiped != NULL) {
        *wiped = wipes;
    }
    return memory;
}

void platform_pages_free(void *memory, size_t size)
{
    if (memory != NULL) {
        zeroise(memory, size);
        platform_pages_unmap(memory, round_up(size != 0 ? size : 1u, platform_page_size()));
    }
}

#else

typedef int memory_pages_unused; /* a translation unit may not be empty */

#endif
