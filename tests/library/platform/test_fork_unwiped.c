/* SPDX-License-Identifier: Apache-2.0 */
/* fork() on a system that does not wipe pages in a child: the hook alone tells a child from its parent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/wait.h>
#include <unistd.h>

#define platform_at_fork unwiped_at_fork
#define platform_at_fork_child unwiped_at_fork_child
#define platform_fork_count unwiped_fork_count
#define platform_pages_wipe_on_fork unwiped_wipe_on_fork
#include "platform/fork_posix.c"

int unwiped_wipe_on_fork(void *memory, size_t size)
{
    (void)memory;
    (void)size;
    return 0;
}

static int count_in_child;

static void count(void)
{
    count_in_child++;
}

static void a_child_has_another_number(void **state)
{
    (void)state;
    assert_int_equal(platform_at_fork_child(count), PSA_SUCCESS);
    const uint32_t own = platform_fork_count();
    assert_ptr_equal(number, &number_elsewhere);
    assert_int_not_equal(own, 0);
    for (int i = 0; i < 3; i++) {
        const pid_t child = fork();
        if (child == 0) {
            const uint32_t other = platform_fork_count();
            _exit(other != own && other != 0 && platform_fork_count() == other && count_in_child == 1 ? 0 : 1);
        }
        int status = -1;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        assert_int_equal(platform_fork_count(), own);
    }
    assert_int_equal(count_in_child, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_has_another_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
