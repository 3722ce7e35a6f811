/* SPDX-License-Identifier: Apache-2.0 */
/* The example of SPAKE2+ ends as it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define main example_main
#include "../../../../examples/spake2plus.c"
#undef main

static void keys_are_equal(void **state)
{
    char *arguments[] = { (char *)(uintptr_t) "spake2plus", (char *)(uintptr_t) "a code", NULL };
    (void)state;
    assert_int_equal(example_main(1, arguments), 0);
    assert_int_equal(example_main(2, arguments), 0);
}

/* A server that was registered with another code. */
static void codes_differ(void **state)
{
    psa_pake_operation_t client = PSA_PAKE_OPERATION_INIT, server = PSA_PAKE_OPERATION_INIT;
    psa_key_id_t keys[2], verifier;
    (void)state;
    assert_int_equal(make_client_key("one", &keys[0]), 0);
    assert_int_equal(make_client_key("another", &keys[1]), 0);
    assert_int_equal(make_server_key(keys[1], &verifier), 0);
    assert_int_equal(start(&client, keys[0], PSA_PAKE_ROLE_CLIENT, "phone", "lamp"), 0);
    assert_int_equal(start(&server, verifier, PSA_PAKE_ROLE_SERVER, "lamp", "phone"), 0);
    assert_int_not_equal(exchange(&client, &server), 0);
    assert_int_equal(psa_pake_abort(&client), PSA_SUCCESS);
    assert_int_equal(psa_pake_abort(&server), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_equal),
        cmocka_unit_test(codes_differ),
    };
    return cmocka_run_group_tests_name("pake/example", tests, NULL, NULL);
}
