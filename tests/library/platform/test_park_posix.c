/* SPDX-License-Identifier: Apache-2.0 */
/* The portable way to sleep on a word, compiled into this test together with the mutex that stands on it. */
#define platform_park posix_park
#define platform_unpark_one posix_unpark_one
#define platform_unpark_all posix_unpark_all
#define platform_park_before_fork posix_park_before_fork
#define platform_park_after_fork posix_park_after_fork
#define platform_mutex_lock posix_mutex_lock
#define platform_mutex_unlock posix_mutex_unlock
#define platform_condition_wait posix_condition_wait
#define platform_condition_wake_all posix_condition_wake_all
#define platform_yield posix_yield
#define platform_at_thread_exit posix_at_thread_exit
#include "platform/thread_posix.c"
#undef __linux__
#include "platform/park_posix.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define THREADS 4
#define ROUNDS 5000

static struct platform_mutex lock;
static struct platform_condition turned;
static long counter;
static uintptr_t turn;

static void *count(void *argument)
{
    (void)argument;
    for (int i = 0; i < ROUNDS; i++) {
        platform_mutex_lock(&lock);
        const long before = counter;
        if (i % 64 == 0) {
            platform_yield();
        }
        counter = before + 1;
        platform_mutex_unlock(&lock);
    }
    return NULL;
}

static void *take_turns(void *argument)
{
    const uintptr_t own = (uintptr_t)argument;
    for (int i = 0; i < 200; i++) {
        platform_mutex_lock(&lock);
        while (turn % THREADS != own) {
            platform_condition_wait(&turned, &lock);
        }
        turn++;
        platform_condition_wake_all(&turned);
        platform_mutex_unlock(&lock);
    }
    return NULL;
}

static void run_threads(void *(*function)(void *argument))
{
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, function, (void *)i), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
}

static void a_mutex_excludes(void **state)
{
    (void)state;
    run_threads(count);
    assert_int_equal(counter, THREADS * ROUNDS);
}

static void a_condition_loses_no_wake(void **state)
{
    (void)state;
    run_threads(take_turns);
    assert_int_equal(turn, THREADS * 200);
}

static void a_changed_word_is_not_slept_on(void **state)
{
    (void)state;
    uint32_t word = 1;
    platform_park(&word, 2);
    platform_unpark_one(&word);
    platform_park_before_fork();
    platform_park_after_fork();
    platform_unpark_all(&word); /* would wait for ever, were the mutex still held */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mutex_excludes),
        cmocka_unit_test(a_condition_loses_no_wake),
        cmocka_unit_test(a_changed_word_is_not_slept_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
