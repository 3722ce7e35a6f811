/* SPDX-License-Identifier: Apache-2.0 */
/* A platform without entropy, for tests of what stands in for it. Linux. */
#ifndef TESTS_SUPPORT_NO_ENTROPY_H
#define TESTS_SUPPORT_NO_ENTROPY_H

#include <errno.h>

#include <psacrypto/config.h>

#include "platform/entropy_linux.h"

static struct entropy_system no_entropy_before;

static inline long no_entropy_getrandom(uint8_t *output, size_t size)
{
    (void)output;
    (void)size;
    errno = ENOSYS;
    return -1;
}

static inline int no_entropy_open(const char *path)
{
    (void)path;
    errno = ENOENT;
    return -1;
}

/* platform_entropy() answers PSA_ERROR_INSUFFICIENT_ENTROPY from now on. */
static inline void no_entropy_begin(void)
{
    no_entropy_before = entropy_system;
    entropy_system.getrandom = no_entropy_getrandom;
    entropy_system.open = no_entropy_open;
}

static inline void no_entropy_end(void)
{
    entropy_system = no_entropy_before;
}

#endif
