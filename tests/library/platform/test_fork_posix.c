/* SPDX-License-Identifier: Apache-2.0 */
/* Hooks around fork(), and the number that tells a child from its parent: also of a bare clone(). */
#define _GNU_SOURCE /* syscall() */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/internal.h"

/* What the child answers: its exit status. */
static int status_of(pid_t child)
{
    int status = -1;
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* ---- The number ---- */

static void the_number_stays_within_a_process(void **state)
{
    (void)state;
    const uint32_t number = platform_fork_count();
    assert_int_not_equal(number, 0);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(platform_fork_count(), number);
    }
}

static void a_child_has_another_number(void **state)
{
    (void)state;
    const uint32_t number = platform_fork_count();
    const pid_t child = fork();
    if (child == 0) {
        const uint32_t own = platform_fork_count();
        const pid_t grandchild = own != number && platform_fork_count() == own ? fork() : -1;
        if (grandchild == 0) {
            _exit(platform_fork_count() != own && platform_fork_count() != number ? 0 : 2);
        }
        int status = 1;
        (void)waitpid(grandchild, &status, 0);
        _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
    }
    assert_int_equal(status_of(child), 0);
    assert_int_equal(platform_fork_count(), number);
}

static int pages_are_wiped(void)
{
    int wiped = 0;
    void *page = platform_pages_allocate(1, 1, &wiped);
    platform_pages_free(page, 1);
    return wiped;
}

/* The system call itself: libc's hooks are not called. */
static void a_bare_clone_has_another_number(void **state)
{
    (void)state;
    const uint32_t number = platform_fork_count();
    if (!pages_are_wiped()) {
        print_message("this system does not wipe pages in a child\n");
        skip();
    }
    const pid_t child = (pid_t)syscall(SYS_clone, (unsigned long)SIGCHLD, NULL, NULL, NULL, NULL);
    if (child == 0) {
        _exit(platform_fork_count() != number ? 0 : 1);
    }
    assert_int_equal(status_of(child), 0);
    assert_int_equal(platform_fork_count(), number);
}

static void *ask(void *argument)
{
    *(uint32_t *)argument = platform_fork_count();
    return NULL;
}

static void threads_of_a_child_agree(void **state)
{
    (void)state;
    const uint32_t number = platform_fork_count();
    const pid_t child = fork();
    if (child == 0) {
        pthread_t threads[4];
        uint32_t numbers[4];
        int same = 1;
        for (int i = 0; i < 4; i++) {
            same &= pthread_create(&threads[i], NULL, ask, &numbers[i]) == 0;
        }
        for (int i = 0; i < 4; i++) {
            same &= pthread_join(threads[i], NULL) == 0 && numbers[i] == numbers[0];
        }
        _exit(same && numbers[0] != number ? 0 : 1);
    }
    assert_int_equal(status_of(child), 0);
}

/* ---- Hooks ---- */

static char called[32];

static void note(char c)
{
    const size_t length = strlen(called);
    called[length] = c;
}

/* The allocator works in each of them. */
static void use_memory(void)
{
    void *memory = platform_secret_allocate(50);
    platform_secret_free(memory, 50);
}

static void before_first(void)
{
    note('b');
    use_memory();
}

static void parent_first(void)
{
    note('p');
    use_memory();
}

static void child_first(void)
{
    note('c');
    use_memory();
}

static void before_second(void)
{
    note('B');
}

static void parent_second(void)
{
    note('P');
}

static void child_second(void)
{
    note('C');
}

static void child_alone(void)
{
    note('x');
}

static void hooks_are_called_in_order(void **state)
{
    (void)state;
    assert_int_equal(platform_at_fork(before_first, parent_first, child_first), PSA_SUCCESS);
    assert_int_equal(platform_at_fork_child(child_alone), PSA_SUCCESS);
    assert_int_equal(platform_at_fork(before_second, parent_second, child_second), PSA_SUCCESS);
    const pid_t child = fork();
    if (child == 0) {
        _exit(strcmp(called, "BbcxC") == 0 ? 0 : 1);
    }
    assert_int_equal(status_of(child), 0);
    assert_string_equal(called, "BbpP");
    memset(called, 0, sizeof(called));
}

static void there_is_an_end_to_hooks(void **state)
{
    (void)state;
    int more = 0;
    while (more < 100 && platform_at_fork_child(use_memory) == PSA_SUCCESS) {
        more++;
    }
    assert_int_equal(more, 8 - 3);
    assert_int_equal(platform_at_fork(NULL, NULL, NULL), PSA_ERROR_INSUFFICIENT_MEMORY);
}

/* ---- fork() while other threads hold the allocator's locks ---- */

static int stop;

static void *allocate_all_the_time(void *argument)
{
    (void)argument;
    while (!ATOMIC_LOAD(&stop)) {
        use_memory();
    }
    return NULL;
}

static void a_child_can_allocate_whatever_threads_did(void **state)
{
    (void)state;
    pthread_t threads[2];
    ATOMIC_STORE(&stop, 0);
    memset(called, 0, sizeof(called));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, allocate_all_the_time, NULL), 0);
    }
    for (int i = 0; i < 50; i++) {
        memset(called, 0, sizeof(called));
        const pid_t child = fork();
        if (child == 0) {
            (void)alarm(20); /* a deadlock ends here */
            for (size_t size = 1; size < 10000u; size += 500u) {
                void *memory = platform_secret_allocate(size);
                platform_secret_free(memory, size);
            }
            platform_memory_shutdown();
            _exit(0);
        }
        assert_int_equal(status_of(child), 0);
    }
    ATOMIC_STORE(&stop, 1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_stays_within_a_process),
        cmocka_unit_test(a_child_has_another_number),
        cmocka_unit_test(a_bare_clone_has_another_number),
        cmocka_unit_test(threads_of_a_child_agree),
        cmocka_unit_test(hooks_are_called_in_order),
        cmocka_unit_test(there_is_an_end_to_hooks),
        cmocka_unit_test(a_child_can_allocate_whatever_threads_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
