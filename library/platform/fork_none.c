/* SPDX-License-Identifier: Apache-2.0 */
/* A platform without fork(). */
#include "platform/internal.h"

#if !PLATFORM_POSIX

psa_status_t platform_at_fork(void (*before)(void), void (*parent)(void), void (*child)(void))
{
    (void)before;
    (void)parent;
    (void)child;
    return PSA_SUCCESS;
}

psa_status_t platform_at_fork_child(void (*function)(void))
{
    (void)function;
    return PSA_SUCCESS;
}

psa_status_t platform_around_fork(void (*before)(void), void (*after)(void))
{
    (void)before;
    (void)after;
    return PSA_SUCCESS;
}

uint32_t platform_fork_count(void)
{
    return 1;
}

#else

typedef int fork_none_unused; /* a translation unit may not be empty */

#endif
