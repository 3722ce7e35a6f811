/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The generator with entropy and state marked secret, and the health tests with noise marked so, portable kernels: memcheck
 * counts every branch and address that depends on them. Has something to say when built with -DCT_CHECK_VALGRIND and run
 * under Valgrind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/health.h"
#include "platform/platform.h"
#include "software/kernels.h"
#include "software/random/drbg.h"
#include "support/constant_time.h"
#include "support/random_source.h"
#include "util/ct.h"

static struct random_source numbers = { 11 };

static void the_generator(void **state)
{
    (void)state;
    struct drbg drbg;
    uint8_t entropy[100];
    uint8_t seed[DRBG_SEED_SIZE];
    uint8_t output[1000];
    const uint8_t none[1000] = { 0 };
    const struct drbg_part parts[] = { { entropy, 37 }, { entropy + 37, 63 } };
    constant_time_require();
    const unsigned before = constant_time_errors();
    random_source_bytes(&numbers, entropy, sizeof(entropy));
    CT_SECRET(entropy, sizeof(entropy));
    drbg_condition(seed, parts, 2);
    drbg_instantiate(&drbg, seed, none, 5);
    for (size_t size = 1; size < sizeof(output); size += 111) {
        drbg_generate(&drbg, output, size);
    }
    drbg_reseed(&drbg, seed);
    drbg_generate(&drbg, output, sizeof(output));
    CT_PUBLIC(output, sizeof(output)); /* the test is over */
    assert_memory_not_equal(output, none, sizeof(output));
    assert_int_equal(constant_time_errors(), before);
}

static void the_health_tests(void **state)
{
    (void)state;
    struct health health;
    uint8_t samples[1500];
    constant_time_require();
    const unsigned before = constant_time_errors();
    memset(&health, 0, sizeof(health));
    random_source_bytes(&numbers, samples, sizeof(samples));
    CT_SECRET(samples, sizeof(samples));
    assert_true(health_check(&health, HEALTH_DENSITY_FULL, samples, sizeof(samples)));
    memset(samples, 1, sizeof(samples));
    CT_SECRET(samples, sizeof(samples));
    assert_false(health_check(&health, 1, samples, sizeof(samples)));
    assert_int_equal(constant_time_errors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator),
        cmocka_unit_test(the_health_tests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
