/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much a test does: PSACRYPTO_TEST_QUICK is not set: everything; 1: a quick run (make check), whose loops over all lengths take every
 * step-th; 2: a quick run where a checker or an emulator makes everything thirty times slower.
 */
#ifndef TESTS_SUPPORT_QUICK_H
#define TESTS_SUPPORT_QUICK_H

#include <stddef.h>
#include <stdlib.h>

static inline int quick(void)
{
    const char *text = getenv("PSACRYPTO_TEST_QUICK");
    return text == NULL ? 0 : text[0] == '2' ? 2 : 1;
}

/* Where every run under a checker takes too long, but a quick one does not. */
static inline size_t slow_step(size_t step)
{
    return quick() == 2 ? step : 1;
}

static inline size_t quick_step(size_t step)
{
    return quick() == 0 ? 1 : step * slow_step(4);
}

#endif
