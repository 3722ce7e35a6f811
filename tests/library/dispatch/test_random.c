/* SPDX-License-Identifier: Apache-2.0 */
/* Random bytes: every size, no byte twice, threads, fork(), clone(), vfork(), seeds that come late, no memory. */
#define _GNU_SOURCE /* syscall() */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dispatch/random.h"
#include "platform/platform.h"
#include "support/allocation.h"
#include "support/random_source.h"
#include "support/emulator.h"

#define BLOCK 16u
#define BUFFER_SIZE 1024u      /* of random.c */
#define RESEED_INTERVAL 4096u

static int compare_blocks(const void *a, const void *b)
{
    return memcmp(a, b, BLOCK);
}

/* Two of 2^20 blocks of 16 bytes are the same by chance once in 2^89. */
static int all_differ(uint8_t *blocks, size_t count)
{
    qsort(blocks, count, BLOCK, compare_blocks);
    for (size_t i = 1; i < count; i++) {
        if (memcmp(blocks + BLOCK * i, blocks + BLOCK * (i - 1u), BLOCK) == 0) {
            return 0;
        }
    }
    return 1;
}

static int all_zero(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++) {
        any |= bytes[i];
    }
    return any == 0;
}

/* ---- Bytes ---- */

static void every_size_is_filled_and_not_more(void **state)
{
    (void)state;
    static uint8_t output[200001];
    const size_t large[] = { 65535, 65536, 65537, 131072, 200000 };
    for (size_t i = 0; i < 3000u + 5u; i++) {
        const size_t size = i < 3000u ? i : large[i - 3000u];
        memset(output, 0, size + 1u);
        output[size] = 0x5a;
        assert_int_equal(dispatch_random(output, size), PSA_SUCCESS);
        assert_int_equal(output[size], 0x5a);
        for (size_t j = 0; j + BLOCK <= size; j += BLOCK) {
            assert_false(all_zero(output + j, BLOCK));
        }
    }
    assert_int_equal(dispatch_random(NULL, 0), PSA_SUCCESS);
    assert_int_equal(random_self_test(), PSA_SUCCESS);
}

static void no_block_comes_twice(void **state)
{
    (void)state;
    const size_t count = 40000;
    uint8_t *blocks = malloc(count * BLOCK);
    assert_non_null(blocks);
    /* Small ones out of the buffer, large ones past it, by turns. */
    for (size_t i = 0; i < count;) {
        const size_t piece = i % 7u == 0 ? 128u : 1u;
        const size_t now = piece < count - i ? piece : count - i;
        assert_int_equal(dispatch_random(blocks + BLOCK * i, BLOCK * now), PSA_SUCCESS);
        i += now;
    }
    assert_true(all_differ(blocks, count));
    free(blocks);
}

/* Bounds of more than seven standard deviations: less than once in 10^11 runs by chance. */
static void bytes_look_even(void **state)
{
    (void)state;
    enum { SIZE = 1048576 };
    static uint8_t bytes[SIZE];
    long counts[256] = { 0 };
    long ones = 0;
    long runs = 0;
    for (size_t i = 0; i < SIZE; i += 64u) {
        assert_int_equal(dispatch_random(bytes + i, 64), PSA_SUCCESS);
    }
    for (size_t i = 0; i < SIZE; i++) {
        counts[bytes[i]]++;
        ones += __builtin_popcount(bytes[i]);
        runs += __builtin_popcount((unsigned)(bytes[i] ^ (bytes[i] >> 1)) & 0x7fu); /* neighbours that differ */
    }
    const double bits = 8.0 * SIZE;
    assert_true((double)ones > bits / 2 - 7 * 1449 && (double)ones < bits / 2 + 7 * 1449);       /* sqrt(bits) / 2 = 1448.2 */
    assert_true((double)runs > 3.5 * SIZE - 7 * 1355 && (double)runs < 3.5 * SIZE + 7 * 1355);   /* sqrt(7 * SIZE) / 2 */
    double chi = 0;
    for (int i = 0; i < 256; i++) {
        const double off = (double)counts[i] - SIZE / 256.0;
        chi += off * off / (SIZE / 256.0);
    }
    assert_true(chi > 255 - 7 * 23 && chi < 255 + 9 * 23); /* 255 degrees: mean 255, standard deviation 22.6 */
}

/* ---- Threads ---- */

#define THREADS 4
#define PER_THREAD 5000u

static void *draw_blocks(void *blocks)
{
    uint8_t *output = blocks;
    for (size_t i = 0; i < PER_THREAD; i++) {
        if (dispatch_random(output + BLOCK * i, BLOCK) != PSA_SUCCESS) {
            return blocks;
        }
    }
    return NULL;
}

static void threads_have_streams_of_their_own(void **state)
{
    (void)state;
    uint8_t *blocks = malloc(2u * THREADS * PER_THREAD * BLOCK);
    assert_non_null(blocks);
    for (size_t round = 0; round < 2u; round++) { /* the second round has what the first one put aside */
        pthread_t threads[THREADS];
        for (size_t i = 0; i < THREADS; i++) {
            uint8_t *part = blocks + (round * THREADS + i) * PER_THREAD * BLOCK;
            assert_int_equal(pthread_create(&threads[i], NULL, draw_blocks, part), 0);
        }
        for (size_t i = 0; i < THREADS; i++) {
            void *failed;
            assert_int_equal(pthread_join(threads[i], &failed), 0);
            assert_null(failed);
        }
    }
    assert_true(all_differ(blocks, 2u * THREADS * PER_THREAD));
    free(blocks);
}

/* ---- Processes ---- */

enum how { FORK, CLONE, VFORK };

static uint8_t child_bytes[64];

static pid_t start_child(enum how how)
{
    switch (how) {
    case FORK:
        return fork();
    case CLONE: /* the system call itself: libc's hooks are not called */
        return (pid_t)syscall(SYS_clone, (unsigned long)SIGCHLD, NULL, NULL, NULL, NULL);
    default:
        return -1;
    }
}

/* What a child draws right after it was made, into bytes. */
static void draw_in_child(enum how how, uint8_t bytes[64])
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const pid_t child = how == VFORK ? vfork() : start_child(how);
    if (child == 0) {
        const int fine = dispatch_random(child_bytes, 64) == PSA_SUCCESS && write(ends[1], child_bytes, 64) == 64;
        _exit(fine ? 0 : 1);
    }
    assert_true(child > 0);
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(read(ends[0], bytes, 64), 64);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

static void children_differ(enum how how)
{
    uint8_t drawn[12 * 64];
    for (size_t i = 0; i < 4u; i++) {
        /* Bytes made in advance are there when the child is made, more or fewer. */
        assert_int_equal(dispatch_random(drawn + 192u * i, 64), PSA_SUCCESS);
        draw_in_child(how, drawn + 192u * i + 64u);
        assert_int_equal(dispatch_random(drawn + 192u * i + 128u, 64), PSA_SUCCESS);
    }
    assert_true(all_differ(drawn, sizeof(drawn) / BLOCK));
}

static void a_child_of_fork_draws_other_bytes(void **state)
{
    (void)state;
    children_differ(FORK);
}

static int pages_are_wiped(void)
{
    int wiped = 0;
    void *page = platform_pages_allocate(1, 1, &wiped);
    platform_pages_free(page, 1);
    return wiped;
}

static void a_child_of_clone_draws_other_bytes(void **state)
{
    (void)state;
    if (!pages_are_wiped()) {
        print_message("this system does not wipe pages in a child\n");
        skip();
    }
    children_differ(CLONE);
}

/* It shares the memory: what it draws is gone for the parent. */
static void a_child_of_vfork_draws_other_bytes(void **state)
{
    (void)state;
    skip_when_emulated("vfork() with the memory of the parent");
    children_differ(VFORK);
}

/* A child of a child, threads in the child, its end and its random_close(): the lists hold together. */
static void *draw_once(void *bytes)
{
    return dispatch_random(bytes, 64) == PSA_SUCCESS ? NULL : bytes;
}

static int live_in_child(enum how how, int generations)
{
    pthread_t thread;
    uint8_t bytes[64];
    void *failed = bytes;
    const pid_t child = start_child(how);
    if (child != 0) {
        int status = -1;
        return waitpid(child, &status, 0) == child && status == 0;
    }
    (void)alarm(30);
    int fine = dispatch_random(bytes, 64) == PSA_SUCCESS;
    if (how == FORK) { /* threads of a bare clone() are beyond libc */
        fine &= pthread_create(&thread, NULL, draw_once, bytes) == 0 && pthread_join(thread, &failed) == 0 && failed == NULL;
    }
    fine &= generations == 0 || live_in_child(how, generations - 1);
    random_close();
    fine &= dispatch_random(bytes, 64) == PSA_SUCCESS;
    _exit(fine ? 0 : 1);
}

static void children_live_on(void **state)
{
    (void)state;
    uint8_t bytes[64];
    assert_int_equal(dispatch_random(bytes, sizeof(bytes)), PSA_SUCCESS);
    assert_true(live_in_child(FORK, 2));
    assert_true(!pages_are_wiped() || live_in_child(CLONE, 2));
    assert_int_equal(dispatch_random(bytes, sizeof(bytes)), PSA_SUCCESS);
}

/* ---- Seeds ---- */

static struct random_source numbers = { 2026 };
static psa_status_t source_status;
static int source_calls;

static psa_status_t source(void *context, uint8_t *output, size_t output_size)
{
    assert_ptr_equal(context, &numbers);
    source_calls++;
    if (source_status == PSA_SUCCESS) {
        random_source_bytes(&numbers, output, output_size);
    }
    return source_status;
}

static psa_status_t source_that_asks_back(void *context, uint8_t *output, size_t output_size)
{
    (void)context;
    source_calls++;
    return dispatch_random(output, output_size);
}

static int source_end(void **state)
{
    (void)state;
    assert_int_equal(random_set_source(NULL, NULL, 0), PSA_SUCCESS);
    random_close();
    return 0;
}

static void source_begin(psacrypto_entropy_source_t function, uint32_t density)
{
    random_close();
    source_calls = 0;
    source_status = PSA_SUCCESS;
    assert_int_equal(random_set_source(function, &numbers, density), PSA_SUCCESS);
}

static void expect_failure(psa_status_t status)
{
    uint8_t output[3000];
    for (size_t size = 1; size < sizeof(output); size += 1499u) {
        memset(output, 0xff, sizeof(output));
        assert_int_equal(dispatch_random(output, size), status);
        assert_true(all_zero(output, size));
        assert_int_equal(output[size], 0xff);
    }
}

static void entropy_may_come_later(void **state)
{
    (void)state;
    uint8_t output[100];
    source_begin(source, PSACRYPTO_ENTROPY_FULL);
    source_status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    expect_failure(PSA_ERROR_INSUFFICIENT_ENTROPY);
    source_status = PSA_ERROR_COMMUNICATION_FAILURE;
    expect_failure(PSA_ERROR_COMMUNICATION_FAILURE);
    source_status = PSA_SUCCESS;
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
    source_status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS); /* the seed serves on */
}

static void a_generator_is_seeded_anew(void **state)
{
    (void)state;
    uint8_t output[BUFFER_SIZE];
    source_begin(source, PSACRYPTO_ENTROPY_FULL);
    for (size_t i = 0; i < RESEED_INTERVAL; i++) {
        assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
    }
    assert_int_equal(source_calls, 1);
    source_status = PSA_ERROR_HARDWARE_FAILURE;
    expect_failure(PSA_ERROR_HARDWARE_FAILURE); /* no seed, no bytes */
    source_status = PSA_SUCCESS;
    source_calls = 0;
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
    assert_int_equal(source_calls, 1);
}

/* A request so large that a seed is due in its midst. */
static void what_fails_in_its_midst_is_wiped_whole(void **state)
{
    (void)state;
    uint8_t output[BUFFER_SIZE];
    const size_t large = 3u * 65536u;
    uint8_t *bytes = malloc(large);
    assert_non_null(bytes);
    source_begin(source, PSACRYPTO_ENTROPY_FULL);
    for (size_t i = 0; i + 1u < RESEED_INTERVAL; i++) {
        assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
    }
    source_status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    memset(bytes, 0xff, large);
    assert_int_equal(dispatch_random(bytes, large), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_true(all_zero(bytes, large));
    free(bytes);
}

static void a_source_that_asks_back_gets_nothing(void **state)
{
    (void)state;
    source_begin(source_that_asks_back, PSACRYPTO_ENTROPY_FULL);
    expect_failure(PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_true(source_calls > 0);
}

/* The same entropy in two threads: a generator is told apart by its number. */
static psa_status_t constant_source(void *context, uint8_t *output, size_t output_size)
{
    struct random_source same = { 7 };
    (void)context;
    random_source_bytes(&same, output, output_size);
    return PSA_SUCCESS;
}

static void generators_differ_even_on_one_seed(void **state)
{
    (void)state;
    uint8_t drawn[128];
    pthread_t thread;
    void *failed;
    source_begin(constant_source, PSACRYPTO_ENTROPY_FULL);
    assert_int_equal(dispatch_random(drawn, 64), PSA_SUCCESS);
    assert_int_equal(pthread_create(&thread, NULL, draw_once, drawn + 64), 0);
    assert_int_equal(pthread_join(thread, &failed), 0);
    assert_null(failed);
    assert_true(all_differ(drawn, sizeof(drawn) / BLOCK));
}

/* ---- The end, and no memory ---- */

static pthread_barrier_t barrier;

static void *draw_close_draw(void *bytes)
{
    uint8_t *output = bytes;
    psa_status_t status = dispatch_random(output, 64);
    (void)pthread_barrier_wait(&barrier);
    (void)pthread_barrier_wait(&barrier); /* random_close() between the two */
    return status == PSA_SUCCESS && dispatch_random(output + 64, 64) == PSA_SUCCESS ? NULL : bytes;
}

static void threads_go_on_after_a_close(void **state)
{
    (void)state;
    uint8_t drawn[256];
    pthread_t thread;
    void *failed;
    assert_int_equal(pthread_barrier_init(&barrier, NULL, 2), 0);
    assert_int_equal(pthread_create(&thread, NULL, draw_close_draw, drawn), 0);
    assert_int_equal(dispatch_random(drawn + 128, 64), PSA_SUCCESS);
    (void)pthread_barrier_wait(&barrier);
    random_close();
    random_close();
    (void)pthread_barrier_wait(&barrier);
    assert_int_equal(dispatch_random(drawn + 192, 64), PSA_SUCCESS);
    assert_int_equal(pthread_join(thread, &failed), 0);
    assert_null(failed);
    assert_true(all_differ(drawn, sizeof(drawn) / BLOCK));
}

static void *draw_without_memory(void *answer)
{
    uint8_t output[16];
    *(psa_status_t *)answer = dispatch_random(output, sizeof(output));
    return NULL;
}

static psa_status_t draw_in_fresh_thread(void *context)
{
    pthread_t thread;
    psa_status_t status = PSA_ERROR_GENERIC_ERROR;
    (void)context;
    assert_int_equal(pthread_create(&thread, NULL, draw_without_memory, &status), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    const long asked = platform_test_allocations();
    random_close(); /* so that the next one finds nothing put aside */
    assert_int_equal(platform_test_allocations(), asked);
    return status;
}

static void no_memory_is_said(void **state)
{
    (void)state;
    random_close();
    assert_int_equal(draw_in_fresh_thread(NULL), PSA_SUCCESS);
    assert_int_equal(allocation_fails_each(draw_in_fresh_thread, NULL), 2); /* the pages, and the thread's end */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_is_filled_and_not_more),
        cmocka_unit_test(no_block_comes_twice),
        cmocka_unit_test(bytes_look_even),
        cmocka_unit_test(threads_have_streams_of_their_own),
        cmocka_unit_test(a_child_of_fork_draws_other_bytes),
        cmocka_unit_test(a_child_of_clone_draws_other_bytes),
        cmocka_unit_test(a_child_of_vfork_draws_other_bytes),
        cmocka_unit_test(children_live_on),
        cmocka_unit_test_teardown(entropy_may_come_later, source_end),
        cmocka_unit_test_teardown(a_generator_is_seeded_anew, source_end),
        cmocka_unit_test_teardown(what_fails_in_its_midst_is_wiped_whole, source_end),
        cmocka_unit_test_teardown(a_source_that_asks_back_gets_nothing, source_end),
        cmocka_unit_test_teardown(generators_differ_even_on_one_seed, source_end),
        cmocka_unit_test(threads_go_on_after_a_close),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
