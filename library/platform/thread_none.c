/* SPDX-License-Identifier: Apache-2.0 */
/* A build without threads: one caller at a time, interrupts included. */
#include "platform/internal.h"

#if !PSACRYPTO_THREADS

void platform_mutex_lock(struct platform_mutex *mutex)
{
    (void)mutex;
}

void platform_mutex_unlock(struct platform_mutex *mutex)
{
    (void)mutex;
}

void platform_condition_wait(struct platform_condition *condition, struct platform_mutex *mutex)
{
    (void)condition;
    (void)mutex;
}

void platform_condition_wake_all(struct platform_condition *condition)
{
    (void)condition;
}

void platform_yield(void)
{
}

/* The one thread ends with the program. */
psa_status_t platform_at_thread_exit(void (*function)(void *argument), void *argument)
{
    (void)function;
    (void)argument;
    return PSA_SUCCESS;
}

/* Nobody sleeps. */
void platform_park_before_fork(void)
{
}

void platform_park_after_fork(void)
{
}

#else

typedef int thread_none_unused; /* a translation unit may not be empty */

#endif
