/* SPDX-License-Identifier: Apache-2.0 */
/* Out of memory at every allocation: for use inside cmocka tests. */
#ifndef TESTS_SUPPORT_ALLOCATION_H
#define TESTS_SUPPORT_ALLOCATION_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/platform.h"

/*
 * Runs body with the first allocation failing, then the second, and so on until a run asks for no more memory
 * than it gets. body does one piece of work from a clean start, cleans up after itself whatever happens, and answers the
 * status of the work. With memory missing that is PSA_ERROR_INSUFFICIENT_MEMORY, or PSA_SUCCESS where the library can do
 * without (a cache); with all memory there, PSA_SUCCESS. Memory for secrets is all given back after each run.
 * Answers the number of allocations that were made to fail; a test says how many it expects at least.
 */
static inline long allocation_fails_each(psa_status_t (*body)(void *context), void *context)
{
    for (long k = 1;; k++) {
        long secrets = platform_test_secrets_in_use();
        platform_test_fail_allocation(k);
        psa_status_t status = body(context);
        long asked = platform_test_allocations();
        platform_test_fail_allocation(0);
        if (asked < k) {
            assert_int_equal(status, PSA_SUCCESS);
            return k - 1;
        }
        if (status != PSA_SUCCESS && status != PSA_ERROR_INSUFFICIENT_MEMORY) {
            fail_msg("allocation %ld fails: status %d", k, (int)status);
        }
        if (platform_test_secrets_in_use() != secrets) {
            fail_msg("allocation %ld fails: memory of secrets is not given back", k);
        }
    }
}

#endif
