/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of this folder. Nobody else includes it. */
#ifndef PLATFORM_INTERNAL_H
#define PLATFORM_INTERNAL_H

#include "platform/platform.h"

#include "util/atomic.h"

/* Whether there are mmap(), fork() and their relatives. */
#if defined(__unix__) || defined(__APPLE__)
#define PLATFORM_POSIX 1
#else
#define PLATFORM_POSIX 0
#endif

/* Whether platform_entropy() has a source; a port says 1 and brings its own file. */
#ifndef PSACRYPTO_PLATFORM_ENTROPY
#if defined(__linux__)
#define PSACRYPTO_PLATFORM_ENTROPY 1
#else
#define PSACRYPTO_PLATFORM_ENTROPY 0
#endif
#endif

/* ---- Memory ---- */

/* The alignment of secrets: a cache line, and the widest vector register. */
#define SECRET_ALIGNMENT 64u

/*
 * Fresh zeroed pages with an unreadable page on either side, locked and not dumped where the system lets us;
 * NULL where there are none. size is a multiple of the page size, alignment a power of two.
 */
void *platform_pages_map(size_t size, size_t alignment);
/* size is what map was given. Not wiped. */
void platform_pages_unmap(void *memory, size_t size);
size_t platform_page_size(void);
/* Children find zeroes in these pages from now on. Answers whether the system does it. */
int platform_pages_wipe_on_fork(void *memory, size_t size);

/* Multiple is a power of two. No overflow: sizes are checked against SIZE_MAX / 2 before. */
static inline size_t round_up(size_t size, size_t multiple)
{
    return (size + multiple - 1u) & ~(multiple - 1u);
}

/* So that no allocation is in progress while the process is copied. */
void platform_memory_before_fork(void);
void platform_memory_after_fork(void);

#if PSACRYPTO_TEST_HOOKS
/* Asked before each allocation; memory_test.c. */
int platform_allocation_permitted(void);
/* +1 or -1 block. */
void platform_secrets_count(long change);
#else
static inline int platform_allocation_permitted(void)
{
    return 1;
}
static inline void platform_secrets_count(long change)
{
    (void)change;
}
#endif

/* ---- Threads ---- */

/* Sleeps while *word == expected; may wake for no reason (park_linux.c, park_posix.c). */
void platform_park(uint32_t *word, uint32_t expected);
void platform_unpark_one(uint32_t *word);
void platform_unpark_all(uint32_t *word);
void platform_park_before_fork(void);
void platform_park_after_fork(void);

#endif
