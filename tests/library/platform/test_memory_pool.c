/* SPDX-License-Identifier: Apache-2.0 */
/* The pool of a build without a heap, compiled into this test under other names beside the library's own memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <psacrypto/config.h>
#undef PSACRYPTO_HEAPLESS
#define PSACRYPTO_HEAPLESS 1
#undef PSACRYPTO_POOL_SIZE
#define PSACRYPTO_POOL_SIZE 4096

#define platform_allocate pool_allocate
#define platform_free pool_free
#define platform_secret_allocate pool_secret_allocate
#define platform_secret_free pool_secret_free
#define platform_pages_allocate pool_pages_allocate
#define platform_pages_free pool_pages_free
#define platform_memory_shutdown pool_memory_shutdown
#define platform_memory_before_fork pool_memory_before_fork
#define platform_memory_after_fork pool_memory_after_fork
#include "platform/memory_pool.c"

#include <string.h>

#define UNITS 64u

static void blocks_are_zero_aligned_and_apart(void **state)
{
    (void)state;
    uint8_t *blocks[16];
    for (size_t i = 0; i < 16u; i++) {
        blocks[i] = platform_secret_allocate(1u + 15u * i); /* one to four units */
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 64u, 0);
        for (size_t j = 0; j < 1u + 15u * i; j++) {
            assert_int_equal(blocks[i][j], 0);
        }
        memset(blocks[i], (int)i + 1, 1u + 15u * i);
    }
    for (size_t i = 0; i < 16u; i++) {
        for (size_t j = 0; j < 1u + 15u * i; j++) {
            assert_int_equal(blocks[i][j], i + 1u);
        }
        platform_secret_free(blocks[i], 1u + 15u * i);
    }
}

static void the_pool_is_used_whole_and_wiped(void **state)
{
    (void)state;
    uint8_t *units[UNITS];
    for (size_t i = 0; i < UNITS; i++) {
        units[i] = platform_allocate(64);
        assert_non_null(units[i]);
        memset(units[i], 0xee, 64);
    }
    assert_null(platform_allocate(1));
    for (size_t i = 0; i < UNITS; i++) {
        platform_free(units[i]);
    }
    uint8_t *whole = platform_allocate(UNITS * 64u);
    assert_non_null(whole);
    for (size_t i = 0; i < UNITS * 64u; i++) {
        assert_int_equal(whole[i], 0);
    }
    assert_null(platform_allocate(0));
    platform_free(whole);
    assert_null(platform_allocate(UNITS * 64u + 1u));
    assert_null(platform_allocate(SIZE_MAX));
}

static void holes_are_found_again(void **state)
{
    (void)state;
    uint8_t *first = platform_allocate(640);
    uint8_t *hole = platform_allocate(1280);
    uint8_t *last = platform_allocate(64);
    platform_free(hole);
    assert_null(platform_allocate(64u * UNITS - 640u - 1280u)); /* a unit too many behind the last block */
    uint8_t *fits = platform_allocate(1280);
    assert_ptr_equal(fits, hole);
    platform_free(fits);
    platform_free(first);
    uint8_t *merged = platform_allocate(1920); /* the two neighbours together */
    assert_ptr_equal(merged, first);
    platform_free(merged);
    platform_free(last);
}

static void pages_come_from_the_pool_and_are_not_wiped_by_fork(void **state)
{
    (void)state;
    int wiped = 1;
    void *pages = platform_pages_allocate(100, 1, &wiped);
    assert_non_null(pages);
    assert_int_equal(wiped, 0);
    platform_pages_free(pages, 100);
    platform_pages_free(NULL, 100);
    platform_secret_free(NULL, 100);
    platform_free(NULL);
    platform_memory_before_fork();
    platform_memory_after_fork();
    platform_memory_shutdown();
    platform_test_fail_allocation(1);
    assert_null(platform_secret_allocate(1));
    platform_test_fail_allocation(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_zero_aligned_and_apart),
        cmocka_unit_test(the_pool_is_used_whole_and_wiped),
        cmocka_unit_test(holes_are_found_again),
        cmocka_unit_test(pages_come_from_the_pool_and_are_not_wiped_by_fork),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
