/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets on a plain heap, as on a platform without pages; compiled into this test under other names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define platform_secret_allocate heap_secret_allocate
#define platform_secret_free heap_secret_free
#define platform_pages_allocate heap_pages_allocate
#define platform_pages_free heap_pages_free
#define platform_memory_shutdown heap_memory_shutdown
#define platform_memory_before_fork heap_memory_before_fork
#define platform_memory_after_fork heap_memory_after_fork
#include "platform/internal.h"
#undef PLATFORM_POSIX
#define PLATFORM_POSIX 0
#undef PSACRYPTO_HEAPLESS
#define PSACRYPTO_HEAPLESS 0
#include "platform/memory_heap.c"

#include <string.h>

static void blocks_are_zero_and_aligned(void **state)
{
    (void)state;
    uint8_t *blocks[200];
    for (size_t size = 0; size < 200u; size++) {
        blocks[size] = platform_secret_allocate(size);
        assert_non_null(blocks[size]);
        assert_int_equal((uintptr_t)blocks[size] % 64u, 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(blocks[size][i], 0);
        }
        memset(blocks[size], 0xff, size);
    }
    assert_int_equal(platform_test_secrets_in_use(), 200);
    for (size_t size = 0; size < 200u; size++) {
        platform_secret_free(blocks[size], size);
    }
    assert_int_equal(platform_test_secrets_in_use(), 0);
}

static void no_memory_is_said(void **state)
{
    (void)state;
    int wiped = 1;
    assert_null(platform_secret_allocate(SIZE_MAX));
    assert_null(platform_secret_allocate(SIZE_MAX / 2u + 1u));
    platform_test_fail_allocation(1);
    assert_null(platform_pages_allocate(10, 1, &wiped));
    assert_int_equal(wiped, 0);
    platform_test_fail_allocation(0);
    void *pages = platform_pages_allocate(10, 1, NULL);
    assert_non_null(pages);
    platform_pages_free(pages, 10);
    platform_pages_free(NULL, 10);
    platform_secret_free(NULL, 10);
    platform_memory_before_fork();
    platform_memory_after_fork();
    platform_memory_shutdown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zero_and_aligned),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
