/* SPDX-License-Identifier: Apache-2.0 */
/* Running out of memory at will: tests make each allocation fail in turn. */
#include "platform/internal.h"

#if PSACRYPTO_TEST_HOOKS

static long asked;     /* since the last choice */
static long fail_at;   /* 0: never */
static long fail_from; /* 0: never */
static long in_use;

static void choose(long at, long from)
{
    ATOMIC_STORE(&fail_at, 0L);
    ATOMIC_STORE(&fail_from, 0L);
    ATOMIC_STORE(&asked, 0L);
    ATOMIC_STORE(&fail_at, at);
    ATOMIC_STORE(&fail_from, from);
}

void platform_test_fail_allocation(long k)
{
    choose(k, 0);
}

void platform_test_fail_allocations_from(long k)
{
    choose(0, k);
}

long platform_test_allocations(void)
{
    return ATOMIC_LOAD(&asked);
}

long platform_test_secrets_in_use(void)
{
    return ATOMIC_LOAD(&in_use);
}

int platform_allocation_permitted(void)
{
    long number = ATOMIC_ADD(&asked, 1L);
    long from = ATOMIC_LOAD(&fail_from);
    return number != ATOMIC_LOAD(&fail_at) && (from == 0 || number < from);
}

void platform_secrets_count(long change)
{
    (void)ATOMIC_ADD(&in_use, change);
}

#else

typedef int memory_test_unused; /* a translation unit may not be empty */

#endif
