/* SPDX-License-Identifier: Apache-2.0 */
/* The builds with the program's own generator and with none, compiled into this test under other names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <psacrypto/config.h>
#undef PSACRYPTO_RANDOM_EXTERNAL
#define PSACRYPTO_RANDOM_EXTERNAL 1

#define dispatch_random external_random
#define random_open external_open
#define random_close external_close
#define random_set_source external_set_source
#define random_self_test external_self_test
#include "dispatch/random_external.c"
#undef dispatch_random
#undef random_open
#undef random_close
#undef random_set_source
#undef random_self_test

#define dispatch_random no_random
#define random_open no_open
#define random_close no_close
#define random_set_source no_set_source
#define random_self_test no_self_test
#undef RANDOM_NONE
#define RANDOM_NONE 1
psa_status_t no_random(uint8_t *output, size_t size);
psa_status_t no_open(void);
void no_close(void);
psa_status_t no_self_test(void);
psa_status_t no_set_source(psacrypto_entropy_source_t source, void *context, uint32_t density);
#include "dispatch/random_none.c"

static psa_status_t answer;
static size_t asked;

psa_status_t psacrypto_external_random(uint8_t *output, size_t output_size)
{
    asked += output_size;
    memset(output, 0x42, output_size);
    return answer;
}

static psa_status_t unused_source(void *context, uint8_t *output, size_t output_size)
{
    (void)context;
    (void)output;
    (void)output_size;
    return PSA_SUCCESS;
}

static void the_program_gives_the_bytes(void **state)
{
    (void)state;
    uint8_t output[20];
    uint8_t none[20] = { 0 };
    answer = PSA_SUCCESS;
    assert_int_equal(external_random(output, sizeof(output)), PSA_SUCCESS);
    assert_int_equal(output[19], 0x42);
    assert_int_equal(asked, 20);
    assert_int_equal(external_random(NULL, 0), PSA_SUCCESS);
    assert_int_equal(asked, 20);
    answer = PSA_ERROR_HARDWARE_FAILURE;
    assert_int_equal(external_random(output, sizeof(output)), PSA_ERROR_HARDWARE_FAILURE);
    assert_memory_equal(output, none, sizeof(none));
    assert_int_equal(external_set_source(unused_source, NULL, 64), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(external_self_test(), PSA_SUCCESS);
    external_close();
}

static void a_build_without_says_so(void **state)
{
    (void)state;
    uint8_t output[20];
    uint8_t none[20] = { 0 };
    memset(output, 0xff, sizeof(output));
    assert_int_equal(no_random(output, sizeof(output)), PSA_ERROR_NOT_SUPPORTED);
    assert_memory_equal(output, none, sizeof(none));
    assert_int_equal(no_set_source(unused_source, NULL, 64), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(no_self_test(), PSA_SUCCESS);
    no_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_gives_the_bytes),
        cmocka_unit_test(a_build_without_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
