/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For tests that mark secrets: memcheck counts every branch and address that depends on them. Such a test has something to say when
 * it is built with -DCT_CHECK_VALGRIND and run under Valgrind; else it is skipped.
 */
#ifndef TESTS_SUPPORT_CONSTANT_TIME_H
#define TESTS_SUPPORT_CONSTANT_TIME_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/kernels.h"
#include "util/ct.h"

#if defined(CT_CHECK_VALGRIND)

static inline unsigned constant_time_errors(void)
{
    return VALGRIND_COUNT_ERRORS;
}

/* Portable kernels from then on. */
static inline void constant_time_require(void)
{
    if (!RUNNING_ON_VALGRIND) {
        print_message("not under Valgrind\n");
        skip();
    }
    platform_cpu_mask(0);
    sw_kernels_init();
}

#else

static inline unsigned constant_time_errors(void)
{
    return 0;
}

static inline void constant_time_require(void)
{
    print_message("not built with CT_CHECK_VALGRIND\n");
    skip();
}

#endif

#endif
