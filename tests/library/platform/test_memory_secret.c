/* SPDX-License-Identifier: Apache-2.0 */
/* The allocator of secrets: alignment, zeroes, every size, threads, guards, shutdown, no memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/internal.h"
#include "platform/poison.h"
#include "support/allocation.h"
#include "support/emulator.h"

#define LARGEST_BLOCK 8128u

static int all_are(const uint8_t *memory, uint8_t value, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (memory[i] != value) {
            return 0;
        }
    }
    return 1;
}

static void check_size(size_t size)
{
    uint8_t *memory = platform_secret_allocate(size);
    assert_non_null(memory);
    assert_int_equal((uintptr_t)memory % 64u, 0);
    assert_true(all_are(memory, 0, size));
    memset(memory, 0xa5, size);
    platform_secret_free(memory, size);
}

static void every_size_is_zero_and_aligned(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) { /* the second one meets what the first one freed */
        for (size_t size = 0; size <= LARGEST_BLOCK + 64u; size += size < 300u ? 1u : 61u) {
            check_size(size);
        }
        check_size(65536u);
        check_size(1000003u);
    }
    assert_int_equal(platform_test_secrets_in_use(), 0);
}

#if defined(POISON_ASAN)
static void freed_memory_is_wiped(void **state)
{
    (void)state;
    skip(); /* the checker forbids the look */
}
#else
static void freed_memory_is_wiped(void **state)
{
    (void)state;
    uint8_t *other = platform_secret_allocate(96); /* keeps the region mapped */
    uint8_t *memory = platform_secret_allocate(96);
    memset(memory, 0x77, 96);
    platform_secret_free(memory, 96);
    const volatile uint8_t *after = memory;
    for (size_t i = 0; i < 96u; i++) {
        assert_int_equal(after[i], 0);
    }
    platform_secret_free(other, 96);
}
#endif

struct block {
    uint8_t *memory;
    size_t size;
    uint8_t value;
};

/* xorshift: the same on every run */
static uint32_t next_number(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static size_t draw_size(uint32_t *number)
{
    const uint32_t kind = next_number(number) % 64u;
    return kind == 0 ? 8000u + next_number(number) % 9000u : 1u + next_number(number) % (kind < 48u ? 200u : 5000u);
}

static void block_fill(struct block *block, uint32_t *number)
{
    block->size = draw_size(number);
    block->value = (uint8_t)(1u + next_number(number) % 255u);
    block->memory = platform_secret_allocate(block->size);
    assert_non_null(block->memory);
    assert_true(all_are(block->memory, 0, block->size));
    memset(block->memory, block->value, block->size);
}

static void block_empty(struct block *block)
{
    assert_true(all_are(block->memory, block->value, block->size));
    platform_secret_free(block->memory, block->size);
    block->memory = NULL;
}

static void churn(struct block *blocks, size_t count, uint32_t *number, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        struct block *block = &blocks[next_number(number) % count];
        if (block->memory != NULL) {
            block_empty(block);
        } else {
            block_fill(block, number);
        }
    }
}

static void empty_all(struct block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].memory != NULL) {
            block_empty(&blocks[i]);
        }
    }
}

static void blocks_never_overlap(void **state)
{
    (void)state;
    static struct block blocks[2000];
    uint32_t number = 2463534242u;
    churn(blocks, 2000, &number, 20000);
    empty_all(blocks, 2000);
    assert_int_equal(platform_test_secrets_in_use(), 0);
    platform_memory_shutdown();
    churn(blocks, 2000, &number, 4000); /* works on as before */
    empty_all(blocks, 2000);
    platform_memory_shutdown();
}

/* ---- Threads ---- */

#define THREADS 4
#define SHARED 64u

static struct block shared_blocks[SHARED];
static struct platform_mutex shared_mutex;

/* Takes a block that another thread may have filled, and leaves one for others. */
static void swap_shared(uint32_t *number)
{
    struct block mine;
    struct block theirs;
    block_fill(&mine, number);
    platform_mutex_lock(&shared_mutex);
    struct block *place = &shared_blocks[next_number(number) % SHARED];
    theirs = *place;
    *place = mine;
    platform_mutex_unlock(&shared_mutex);
    if (theirs.memory != NULL) {
        block_empty(&theirs);
    }
}

static void *churn_thread(void *argument)
{
    struct block *blocks = calloc(200, sizeof(*blocks));
    uint32_t number = 12345u + (uint32_t)(uintptr_t)argument;
    assert_non_null(blocks);
    for (int i = 0; i < 1500; i++) {
        churn(blocks, 200, &number, 3);
        swap_shared(&number);
    }
    empty_all(blocks, 200);
    free(blocks);
    return NULL;
}

static void threads_free_what_others_allocated(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, churn_thread, (void *)i), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    empty_all(shared_blocks, SHARED);
    assert_int_equal(platform_test_secrets_in_use(), 0);
    platform_memory_shutdown();
}

/* ---- What must end the process ---- */

/* The signal that ends a child which does this; 0: none did. */
static int signal_of(void (*act)(void))
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)signal(SIGABRT, SIG_DFL);
        (void)signal(SIGSEGV, SIG_DFL);
        (void)close(STDERR_FILENO);
        act();
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status) != 0 ? SIGABRT : 0; /* a checker exits */
}

static uint8_t *volatile hidden;

static void free_twice(void)
{
    uint8_t *keeps_region = platform_secret_allocate(100);
    hidden = platform_secret_allocate(100);
    platform_secret_free(hidden, 100);
    platform_secret_free(hidden, 100);
    platform_secret_free(keeps_region, 100);
}

static void free_with_another_size(void)
{
    hidden = platform_secret_allocate(100);
    platform_secret_free(hidden, 500);
}

static void free_from_within(void)
{
    hidden = platform_secret_allocate(256);
    platform_secret_free(hidden + 64, 256);
}

static void overrun_large(void)
{
    hidden = platform_secret_allocate(100000);
    hidden[100000 + 63] = 1; /* beyond the alignment of the end lies the guard */
}

static void underrun_pages(void)
{
    hidden = platform_pages_allocate(100, 0, NULL);
    hidden[-1] = 1;
}

static void abuse_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(signal_of(free_twice), SIGABRT);
    assert_int_equal(signal_of(free_with_another_size), SIGABRT);
    assert_int_equal(signal_of(free_from_within), SIGABRT);
    assert_true(signal_of(overrun_large) != 0);
    assert_true(signal_of(underrun_pages) != 0);
}

/* ---- No memory ---- */

static psa_status_t allocate_each_kind(void *context)
{
    (void)context;
    void *ordinary = platform_allocate(0);
    void *small = platform_secret_allocate(0);
    void *large = platform_secret_allocate(20000);
    void *pages = platform_pages_allocate(1, 1, NULL);
    const int all = ordinary != NULL && small != NULL && large != NULL && pages != NULL;
    platform_free(ordinary);
    platform_secret_free(small, 0);
    platform_secret_free(large, 20000);
    platform_pages_free(pages, 1);
    return all ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_MEMORY;
}

static void each_allocation_can_fail(void **state)
{
    (void)state;
    assert_int_equal(allocation_fails_each(allocate_each_kind, NULL), 4);

    platform_test_fail_allocations_from(3);
    void *first = platform_allocate(1);
    void *second = platform_allocate(1);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(platform_allocate(1));
    assert_null(platform_secret_allocate(1));
    assert_null(platform_pages_allocate(1, 0, NULL));
    assert_int_equal(platform_test_allocations(), 5);
    platform_test_fail_allocation(0);
    platform_free(first);
    platform_free(second);
}

/* The system gives no more: NULL, and what is freed serves again. */
static void allocate_until_the_end(void)
{
    static void *blocks[100000];
    const struct rlimit none = { 1, 1 };
    size_t count = 0;
    void *first = platform_secret_allocate(4000);
    int fine = first != NULL && setrlimit(RLIMIT_AS, &none) == 0;
    while (fine && count < 100000u && (blocks[count] = platform_secret_allocate(4000)) != NULL) {
        count++;
    }
    fine &= count < 100000u && platform_secret_allocate(100000) == NULL && platform_pages_allocate(1, 1, NULL) == NULL;
    for (size_t i = 0; i < count; i++) {
        platform_secret_free(blocks[i], 4000);
    }
    platform_secret_free(first, 4000);
    first = platform_secret_allocate(4000);
    fine &= first != NULL;
    _exit(fine ? 0 : 1);
}

static void a_system_without_memory_is_borne(void **state)
{
    (void)state;
    skip_when_emulated("a limit of the address space");
    assert_int_equal(signal_of(allocate_until_the_end), 0);
}

static void sizes_without_end_are_refused(void **state)
{
    (void)state;
    int wiped = 1;
    assert_null(platform_secret_allocate(SIZE_MAX));
    assert_null(platform_secret_allocate(SIZE_MAX / 2u));
    assert_null(platform_secret_allocate(SIZE_MAX / 2u + 1u));
    assert_null(platform_pages_allocate(SIZE_MAX, 1, &wiped));
    assert_int_equal(wiped, 0);
    assert_null(platform_pages_allocate(SIZE_MAX / 2u, 1, NULL));
    platform_secret_free(NULL, 5);
    platform_pages_free(NULL, 5);
    platform_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_is_zero_and_aligned),
        cmocka_unit_test(freed_memory_is_wiped),
        cmocka_unit_test(blocks_never_overlap),
        cmocka_unit_test(threads_free_what_others_allocated),
        cmocka_unit_test(abuse_ends_the_process),
        cmocka_unit_test(each_allocation_can_fail),
        cmocka_unit_test(a_system_without_memory_is_borne),
        cmocka_unit_test(sizes_without_end_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
