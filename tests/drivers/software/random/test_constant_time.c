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
#include "support/random_source.h"
#include "util/ct.h"

#if defined(CT_CHECK_VALGRIND)

static unsigned errors(void)
{
    return VALGRIND_COUNT_ERRORS;
}

static void require_valgrind(void)
{
    if (!RUNNING_ON_VALGRIND) {
        print_message("not under Valgrind\n");
        skip();
    }
    platform_cpu_mask(0);
    sw_kernels_init();
}

#else

static unsigned errors(void)
{
    return 0;
}

static void require_valgrind(void)
{
    print_message("not built with CT_CHECK_VALGRIND\n");
    skip();
}

#endif

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
    require_valgrind();
    const unsigned before = errors();
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
    assert_int_equal(errors(), before);
}

static void the_health_tests(void **state)
{
    (void)state;
    struct health health;
    uint8_t samples[1500];
    require_valgrind();
    const unsigned before = errors();
    memset(&health, 0, sizeof(health));
    random_source_bytes(&numbers, samples, sizeof(samples));
    CT_SECRET(samples, sizeof(samples));
    assert_true(health_check(&health, HEALTH_DENSITY_FULL, samples, sizeof(samples)));
    memset(samples, 1, sizeof(samples));
    CT_SECRET(samples, sizeof(samples));
    assert_false(health_check(&health, 1, samples, sizeof(samples)));
    assert_int_equal(errors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_generator),
        cmocka_unit_test(the_health_tests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
