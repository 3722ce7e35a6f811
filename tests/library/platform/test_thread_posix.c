/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes, conditions and the end of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>

#include "platform/internal.h"

#define THREADS 4
#define ROUNDS 20000

static struct platform_mutex mutex;
static long counter;

static void *count(void *argument)
{
    (void)argument;
    for (int i = 0; i < ROUNDS; i++) {
        platform_mutex_lock(&mutex);
        const long before = counter; /* not atomic: what the mutex protects */
        if (i % 64 == 0) {
            platform_yield();        /* so that others come while it is held */
        }
        counter = before + 1;
        platform_mutex_unlock(&mutex);
    }
    return NULL;
}

static void run_threads(void *(*function)(void *argument), void *argument)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, function, argument), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
}

static void a_mutex_excludes(void **state)
{
    (void)state;
    counter = 0;
    run_threads(count, NULL);
    assert_int_equal(counter, THREADS * ROUNDS);
    assert_int_equal(mutex.of.word, 0); /* free again, and nobody is thought to sleep */
}

/* ---- A queue of one place ---- */

static struct platform_condition changed;
static int place;    /* 0: empty */
static long received;

static void *put_numbers(void *argument)
{
    (void)argument;
    for (int i = 1; i <= 2000; i++) {
        platform_mutex_lock(&mutex);
        while (place != 0) {
            platform_condition_wait(&changed, &mutex);
        }
        place = i;
        platform_condition_wake_all(&changed);
        platform_mutex_unlock(&mutex);
    }
    return NULL;
}

static void *take_numbers(void *argument)
{
    (void)argument;
    for (int i = 1; i <= 2000; i++) {
        platform_mutex_lock(&mutex);
        while (place == 0) {
            platform_condition_wait(&changed, &mutex);
        }
        received += place;
        place = 0;
        platform_condition_wake_all(&changed);
        platform_mutex_unlock(&mutex);
    }
    return NULL;
}

static void a_condition_loses_no_wake(void **state)
{
    (void)state;
    pthread_t threads[4];
    received = 0;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, i % 2 ? put_numbers : take_numbers, NULL), 0);
    }
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(received, 2L * 2000 * 2001 / 2);
}

/* ---- The end of a thread ---- */

static int order[8];
static size_t calls;

static void note(void *argument)
{
    order[calls++] = (int)(intptr_t)argument;
}

static void note_and_register(void *argument)
{
    order[calls++] = (int)(intptr_t)argument;
    (void)platform_at_thread_exit(note, (void *)9); /* what ends later may need it again */
}

static void *register_three(void *argument)
{
    (void)argument;
    assert_int_equal(platform_at_thread_exit(note, (void *)1), PSA_SUCCESS);
    assert_int_equal(platform_at_thread_exit(note_and_register, (void *)2), PSA_SUCCESS);
    assert_int_equal(platform_at_thread_exit(note, (void *)3), PSA_SUCCESS);
    return NULL;
}

static void what_a_thread_registered_is_called_at_its_end(void **state)
{
    (void)state;
    static const int expected[] = { 3, 2, 1, 9 };
    pthread_t thread;
    calls = 0;
    assert_int_equal(pthread_create(&thread, NULL, register_three, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(calls, 4);
    assert_memory_equal(order, expected, sizeof(expected));
}

static void *register_without_memory(void *argument)
{
    (void)argument;
    platform_test_fail_allocation(1);
    assert_int_equal(platform_at_thread_exit(note, (void *)1), PSA_ERROR_INSUFFICIENT_MEMORY);
    platform_test_fail_allocation(0);
    return NULL;
}

static void no_memory_is_said(void **state)
{
    (void)state;
    pthread_t thread;
    calls = 0;
    assert_int_equal(pthread_create(&thread, NULL, register_without_memory, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(calls, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mutex_excludes),
        cmocka_unit_test(a_condition_loses_no_wake),
        cmocka_unit_test(what_a_thread_registered_is_called_at_its_end),
        cmocka_unit_test(no_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
