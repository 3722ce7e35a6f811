/* SPDX-License-Identifier: Apache-2.0 */
/* The example of WPA3-SAE ends as it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define main example_main
#include "../../../../examples/wpa3_sae.c"
#undef main

static int run(int count, const char *first, const char *second)
{
    char *arguments[] = { (char *)(uintptr_t) "wpa3_sae", (char *)(uintptr_t)first, (char *)(uintptr_t)second, NULL };
    return example_main(count, arguments);
}

static void passwords(void **state)
{
    (void)state;
    assert_int_equal(run(1, NULL, NULL), 0);
    assert_int_equal(run(3, "a password", "a password"), 0);
    assert_int_equal(run(3, "a password", "another"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(passwords) };
    return cmocka_run_group_tests_name("pake/example_sae", tests, NULL, NULL);
}
