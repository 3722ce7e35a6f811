/* SPDX-License-Identifier: Apache-2.0 */
/* Sleeping on a word of memory: futex(2). */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* syscall() */
#endif

#include "platform/internal.h"

#if PSACRYPTO_THREADS && defined(__linux__)

#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's numbers, with FUTEX_PRIVATE_FLAG: <linux/futex.h> is not there for every libc. */
#define WAIT_PRIVATE (0 | 128)
#define WAKE_PRIVATE (1 | 128)

/* 32-bit systems that were born with a 64-bit time have the second name alone; without a timeout they are the same. */
#if !defined(SYS_futex) && defined(SYS_futex_time64)
#define SYS_futex SYS_futex_time64
#endif

/* Errors (EAGAIN: the word has changed; EINTR) are wakes for no reason. */
void platform_park(uint32_t *word, uint32_t expected)
{
    (void)syscall(SYS_futex, word, WAIT_PRIVATE, expected, NULL, NULL, 0);
}

void platform_unpark_one(uint32_t *word)
{
    (void)syscall(SYS_futex, word, WAKE_PRIVATE, 1, NULL, NULL, 0);
}

void platform_unpark_all(uint32_t *word)
{
    (void)syscall(SYS_futex, word, WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

void platform_park_before_fork(void)
{
}

void platform_park_after_fork(void)
{
}

#else

typedef int park_linux_unused; /* a translation unit may not be empty */

#endif
