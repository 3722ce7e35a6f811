/* SPDX-License-Identifier: Apache-2.0 */
/* Quick runs (make check, and where a checker makes everything slow): loops over all lengths take every step-th. */
#ifndef TESTS_SUPPORT_QUICK_H
#define TESTS_SUPPORT_QUICK_H

#include <stddef.h>
#include <stdlib.h>

static inline int quick(void)
{
    return getenv("PSACRYPTO_TEST_QUICK") != NULL;
}

static inline size_t quick_step(size_t step)
{
    return quick() ? step : 1;
}

#endif
