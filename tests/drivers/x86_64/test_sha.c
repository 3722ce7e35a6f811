/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA kernels for x86-64 beside the portable code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/hash/sha2.h"
#include "software/kernels.h"
#include "support/random_source.h"
#include "x86_64/sha.h"

#if PSACRYPTO_KERNELS_X86_64 && SW_HAS_SHA256 && defined(__x86_64__)

#define BLOCKS 9

static int has_sha(void)
{
    return (platform_cpu_features() & SHA256_SHANI_FEATURES) == SHA256_SHANI_FEATURES;
}

/* Random states and blocks, at every alignment; blocks behind the count are not read into the state. */
static void test_sha256(void **state)
{
    struct random_source source = {1};
    uint8_t memory[16 + 64 * BLOCKS];
    uint32_t first[8], expected[8], words[8];

    (void)state;
    if (!has_sha()) {
        print_message("this CPU has no SHA extensions\n");
        skip();
    }
    for (int round = 0; round < 2000; round++) {
        size_t count = random_source_below(&source, BLOCKS + 1);
        const uint8_t *blocks = memory + round % 16;
        random_source_bytes(&source, memory, sizeof memory);
        random_source_bytes(&source, (uint8_t *)first, sizeof first);
        memcpy(expected, first, sizeof first);
        memcpy(words, first, sizeof first);
        sha256_compress_portable(expected, blocks, count);
        sha256_compress_shani(words, blocks, count);
        assert_memory_equal(words, expected, sizeof words);
    }
}

/* The library chooses it where the CPU has it, and only there. */
static void test_choice(void **state)
{
    (void)state;
    platform_cpu_mask(0xffffffffu);
    sw_kernels_init();
    assert_true((sw_kernels.sha256_compress == sha256_compress_shani) == has_sha());
    platform_cpu_mask(0xffffffffu & ~CPU_X86_SHA);
    sw_kernels_init();
    assert_true(sw_kernels.sha256_compress == sha256_compress_portable);
    platform_cpu_mask(0xffffffffu);
    sw_kernels_init();
}

#else

static void test_sha256(void **state)
{
    (void)state;
    print_message("not built for x86-64 with its kernels\n");
    skip();
}

static void test_choice(void **state)
{
    test_sha256(state);
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_choice),
    };
    return cmocka_run_group_tests_name("drivers/x86_64/sha", tests, NULL, NULL);
}
