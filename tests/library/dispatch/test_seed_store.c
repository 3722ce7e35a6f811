/* SPDX-License-Identifier: Apache-2.0 */
/* A device without a source: the stored seed serves once, is replaced before it is used, and a failure gives no bytes. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dispatch/random.h"
#include "platform/platform.h"
#include "support/no_entropy.h"

/* ---- A store with one seed, shared with child processes ---- */

struct seed_cell {
    uint8_t seed[PSACRYPTO_SEED_SIZE_MAX];
    size_t length;        /* 0: none */
    int reads;
    int writes;
    int locked;
    psa_status_t lock_status;
    psa_status_t read_status;
    psa_status_t write_status;
    psa_status_t asked;   /* what a store was told that wanted random bytes itself */
};

static struct seed_cell *cell;
static struct platform_mutex cell_mutex;

static psa_status_t cell_lock(void)
{
    if (cell->lock_status != PSA_SUCCESS) {
        return cell->lock_status;
    }
    platform_mutex_lock(&cell_mutex);
    cell->locked++;
    return PSA_SUCCESS;
}

static void cell_unlock(void)
{
    cell->locked--;
    platform_mutex_unlock(&cell_mutex);
}

static psa_status_t cell_read(uint8_t *seed, size_t seed_size, size_t *seed_length)
{
    assert_int_equal(cell->locked, 1);
    cell->reads++;
    *seed_length = 0;
    if (cell->read_status != PSA_SUCCESS) {
        return cell->read_status;
    }
    if (cell->length == 0) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    assert_true(cell->length <= seed_size);
    memcpy(seed, cell->seed, cell->length);
    *seed_length = cell->length;
    return PSA_SUCCESS;
}

static psa_status_t cell_write(const uint8_t *seed, size_t seed_length)
{
    uint8_t nonce[12]; /* a store that seals wants one */
    assert_int_equal(cell->locked, 1);
    cell->writes++;
    cell->asked = dispatch_random(nonce, sizeof(nonce));
    if (cell->write_status == PSA_SUCCESS) {
        memcpy(cell->seed, seed, seed_length);
        cell->length = seed_length;
    }
    return cell->write_status;
}

static const struct random_seed_store cell_store = { cell_lock, cell_unlock, cell_read, cell_write };

static int begin(void **state)
{
    (void)state;
    cell = mmap(NULL, sizeof(*cell), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(cell != MAP_FAILED);
    for (size_t i = 0; i < PSACRYPTO_SEED_SIZE_MIN; i++) {
        cell->seed[i] = (uint8_t)(i * 7u + 1u);
    }
    cell->length = PSACRYPTO_SEED_SIZE_MIN;
    random_close();
    random_set_seed_store(&cell_store);
    no_entropy_begin();
    return 0;
}

static int end(void **state)
{
    (void)state;
    no_entropy_end();
    random_set_seed_store(NULL);
    random_close();
    return munmap(cell, sizeof(*cell));
}

static void expect_failure(psa_status_t status)
{
    uint8_t output[40];
    uint8_t none[40] = { 0 };
    memset(output, 0xff, sizeof(output));
    assert_int_equal(dispatch_random(output, sizeof(output)), status);
    assert_memory_equal(output, none, sizeof(none));
    assert_int_equal(cell->locked, 0);
}

/* ---- Tests ---- */

static void the_seed_is_replaced_before_it_is_used(void **state)
{
    (void)state;
    const struct seed_cell before = *cell;
    uint8_t output[2][64];
    assert_int_equal(dispatch_random(output[0], 64), PSA_SUCCESS);
    assert_int_equal(cell->reads, 1);
    assert_int_equal(cell->writes, 1);
    assert_int_equal(cell->length, PSACRYPTO_SEED_SIZE_MIN);
    assert_memory_not_equal(cell->seed, before.seed, PSACRYPTO_SEED_SIZE_MIN);
    assert_memory_not_equal(cell->seed, output[0], PSACRYPTO_SEED_SIZE_MIN);
    assert_int_equal(cell->asked, PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(dispatch_random(output[1], 64), PSA_SUCCESS);
    assert_int_equal(cell->reads, 1); /* once per process */
}

static void each_start_is_another(void **state)
{
    (void)state;
    uint8_t output[8][64];
    uint8_t seeds[8][PSACRYPTO_SEED_SIZE_MIN];
    for (int i = 0; i < 8; i++) {
        random_close(); /* the device is switched on */
        assert_int_equal(dispatch_random(output[i], 64), PSA_SUCCESS);
        memcpy(seeds[i], cell->seed, PSACRYPTO_SEED_SIZE_MIN);
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(output[i], output[j], 64);
            assert_memory_not_equal(seeds[i], seeds[j], PSACRYPTO_SEED_SIZE_MIN);
        }
    }
    assert_int_equal(cell->writes, 8);
}

static void what_cannot_be_replaced_is_not_used(void **state)
{
    (void)state;
    uint8_t output[64];
    cell->write_status = PSA_ERROR_STORAGE_FAILURE;
    expect_failure(PSA_ERROR_STORAGE_FAILURE);
    expect_failure(PSA_ERROR_STORAGE_FAILURE);
    cell->write_status = PSA_SUCCESS;
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
    assert_int_equal(cell->writes, 3);
}

static void a_seed_that_is_not_there_gives_no_bytes(void **state)
{
    (void)state;
    uint8_t output[64];
    cell->length = 0;
    expect_failure(PSA_ERROR_INSUFFICIENT_ENTROPY);
    cell->length = PSACRYPTO_SEED_SIZE_MIN - 1u;
    expect_failure(PSA_ERROR_INSUFFICIENT_ENTROPY);
    cell->lock_status = PSA_ERROR_STORAGE_FAILURE;
    expect_failure(PSA_ERROR_INSUFFICIENT_ENTROPY);
    cell->lock_status = PSA_SUCCESS;
    cell->read_status = PSA_ERROR_DATA_CORRUPT;
    expect_failure(PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(cell->writes, 0);
    cell->read_status = PSA_SUCCESS;
    cell->length = PSACRYPTO_SEED_SIZE_MAX;
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
}

static void a_child_takes_the_next_seed(void **state)
{
    (void)state;
    uint8_t output[64];
    uint8_t other[64];
    int ends[2];
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        const int fine = dispatch_random(output, sizeof(output)) == PSA_SUCCESS && write(ends[1], output, 64) == 64;
        _exit(fine && cell->writes == 2 ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(read(ends[0], other, 64), 64);
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
    assert_memory_not_equal(output, other, 64);
    assert_int_equal(cell->writes, 2); /* the parent's generator goes on */
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

static void *draw_with_the_store_locked(void *bytes)
{
    uint8_t *output = bytes;
    int fine = cell_lock() == PSA_SUCCESS; /* as psa_ps_set() does, which then wants a nonce */
    cell_unlock();
    for (size_t i = 0; i < 64u; i++) {
        fine &= dispatch_random(output + i, 1) == PSA_SUCCESS;
    }
    return fine ? NULL : bytes;
}

static void threads_share_one_seed(void **state)
{
    (void)state;
    uint8_t output[4][64];
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, draw_with_the_store_locked, output[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *failed;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(output[i], output[j], 64);
        }
    }
    assert_int_equal(cell->writes, 1);
}

static void no_memory_is_said(void **state)
{
    (void)state;
    uint8_t output[16];
    int failed = 0;
    for (long k = 1; k <= 3; k++) { /* the thread's generator, its end, the process's generator */
        random_close();
        platform_test_fail_allocation(k);
        failed += dispatch_random(output, sizeof(output)) == PSA_ERROR_INSUFFICIENT_MEMORY;
        platform_test_fail_allocation(0);
    }
    assert_int_equal(failed, 3);
    assert_int_equal(dispatch_random(output, sizeof(output)), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_seed_is_replaced_before_it_is_used, begin, end),
        cmocka_unit_test_setup_teardown(each_start_is_another, begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_replaced_is_not_used, begin, end),
        cmocka_unit_test_setup_teardown(a_seed_that_is_not_there_gives_no_bytes, begin, end),
        cmocka_unit_test_setup_teardown(a_child_takes_the_next_seed, begin, end),
        cmocka_unit_test_setup_teardown(threads_share_one_seed, begin, end),
        cmocka_unit_test_setup_teardown(no_memory_is_said, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
