/* SPDX-License-Identifier: Apache-2.0 */
/* Generators in memory that a child inherits whole, as on a system that wipes no pages: none is drawn from there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/platform.h"

static void *plain_pages_allocate(size_t size, int wipe_on_fork, int *wiped)
{
    (void)wipe_on_fork;
    (void)wiped;
    return calloc(1, size);
}

static void plain_pages_free(void *memory, size_t size)
{
    (void)size;
    free(memory);
}

#define platform_pages_allocate plain_pages_allocate
#define platform_pages_free plain_pages_free
#define dispatch_random unwiped_random
#define random_open unwiped_open
#define random_close unwiped_close
#define random_self_test unwiped_self_test
#include "dispatch/random.c"

static int in_child(uint8_t *bytes)
{
    int fine = own != NULL && own->process != 0 && own->available != 0; /* it is all there */
    fine &= dispatch_random(bytes, 64) == PSA_SUCCESS;
    fine &= own->process == platform_fork_count();
    random_close();
    return fine && dispatch_random(bytes + 64, 64) == PSA_SUCCESS;
}

static void an_inherited_generator_is_not_drawn_from(void **state)
{
    (void)state;
    uint8_t bytes[4][64];
    for (int i = 0; i < 3; i++) {
        int ends[2];
        assert_int_equal(dispatch_random(bytes[0], 64), PSA_SUCCESS);
        assert_int_equal(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            uint8_t drawn[128];
            _exit(in_child(drawn) && write(ends[1], drawn, 128) == 128 ? 0 : 1);
        }
        int status = -1;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        assert_int_equal(read(ends[0], bytes[1], 64), 64);
        assert_int_equal(read(ends[0], bytes[2], 64), 64);
        assert_int_equal(dispatch_random(bytes[3], 64), PSA_SUCCESS);
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < a; b++) {
                assert_memory_not_equal(bytes[a], bytes[b], 64);
            }
        }
        assert_int_equal(close(ends[0]), 0);
        assert_int_equal(close(ends[1]), 0);
    }
    random_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inherited_generator_is_not_drawn_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
