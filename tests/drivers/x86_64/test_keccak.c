/* SPDX-License-Identifier: Apache-2.0 */
/* The Keccak kernels for x86-64 beside the portable code, and that beside the value of Keccak's authors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/hash/keccak.h"
#include "software/kernels.h"
#include "support/kernel_choice.h"
#include "support/random_source.h"
#include "x86_64/keccak.h"

#if SW_HAS_KECCAK

/* The first lanes of the permutation of all zeros, once and twice (KeccakF-1600-IntermediateValues.txt). */
static void test_known_answer(void **state)
{
    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        uint64_t lanes[25] = {0};
        sw_kernels.keccak_f1600(lanes);
        assert_int_equal(lanes[0], 0xf1258f7940e1dde7);
        assert_int_equal(lanes[24], 0xeaf1ff7b5ceca249);
        sw_kernels.keccak_f1600(lanes);
        assert_int_equal(lanes[0], 0x2d5c954df96ecb3c);
    }
}

static void test_one_state(void **state)
{
    struct random_source source = {1};
    uint64_t lanes[25], expected[25];

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (int round = 0; round < 500; round++) {
            random_source_bytes(&source, (uint8_t *)lanes, sizeof lanes);
            memcpy(expected, lanes, sizeof lanes);
            keccak_f1600_portable(expected);
            sw_kernels.keccak_f1600(lanes);
            assert_memory_equal(lanes, expected, sizeof lanes);
        }
    }
}

static void test_eight_states(void **state)
{
    struct random_source source = {2};
    uint64_t lanes[25][8], expected[8][25];

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (int round = 0; round < 100; round++) {
            random_source_bytes(&source, (uint8_t *)lanes, sizeof lanes);
            for (size_t i = 0; i < 25 * 8; i++) {
                expected[i % 8][i / 8] = lanes[i / 8][i % 8];
            }
            for (size_t i = 0; i < 8; i++) {
                keccak_f1600_portable(expected[i]);
            }
            sw_kernels.keccak_f1600_x8(lanes);
            for (size_t i = 0; i < 25 * 8; i++) {
                assert_int_equal(lanes[i / 8][i % 8], expected[i % 8][i / 8]);
            }
        }
    }
}

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

static int has(uint32_t features)
{
    return (platform_cpu_features() & features) == features;
}

static void test_choice(void **state)
{
    static const uint32_t masks[] = { 0xffffffffu, ~CPU_X86_AVX512, ~(CPU_X86_AVX512 | CPU_X86_AVX2), ~CPU_X86_BMI1, 0 };

    (void)state;
    for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
        platform_cpu_mask(masks[i]);
        sw_kernels_init();
        assert_true((sw_kernels.keccak_f1600 == keccak_f1600_bmi) == has(KECCAK_BMI_FEATURES));
        assert_true((sw_kernels.keccak_f1600_x8 == keccak_f1600_x8_avx512) == has(KECCAK_X8_AVX512_FEATURES));
        assert_true((sw_kernels.keccak_f1600_x8 == keccak_f1600_x8_avx2) ==
                    (has(KECCAK_X8_AVX2_FEATURES) && !has(KECCAK_X8_AVX512_FEATURES)));
    }
    assert_true(sw_kernels.keccak_f1600 == keccak_f1600_portable);
    assert_true(sw_kernels.keccak_f1600_x8 == keccak_f1600_x8_portable);
    platform_cpu_mask(0xffffffffu);
    sw_kernels_init();
}

#else

static void test_choice(void **state)
{
    (void)state;
    skip(); /* no kernels for x86-64 in this build */
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answer),
        cmocka_unit_test(test_one_state),
        cmocka_unit_test(test_eight_states),
        cmocka_unit_test(test_choice),
    };
    return cmocka_run_group_tests_name("drivers/x86_64/keccak", tests, NULL, NULL);
}

#else

int main(void)
{
    return 0;
}

#endif
