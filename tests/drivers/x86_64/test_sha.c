/* SPDX-License-Identifier: Apache-2.0 */
/* The SHA kernels that the library chooses beside the portable code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/hash/sha1.h"
#include "software/hash/sha2.h"
#include "software/kernels.h"
#include "support/kernel_choice.h"
#include "support/random_source.h"
#include "x86_64/sha.h"

#define BLOCKS 9
#define ROUNDS 1000

/* Random states and blocks, at every alignment; blocks behind the count are not read into the state. */

#if PSA_WANT_ALG_SHA_1

static void test_sha1(void **state)
{
    struct random_source source = {1};
    uint8_t memory[16 + 64 * BLOCKS];
    uint32_t expected[6], words[6];

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (int round = 0; round < ROUNDS; round++) {
            size_t count = random_source_below(&source, BLOCKS + 1);
            const uint8_t *blocks = memory + round % 16;
            random_source_bytes(&source, memory, sizeof memory);
            random_source_bytes(&source, (uint8_t *)words, sizeof words);
            memcpy(expected, words, sizeof words);
            sha1_compress_portable(expected, blocks, count);
            sw_kernels.sha1_compress(words, blocks, count);
            assert_memory_equal(words, expected, sizeof words);
        }
    }
}

#else

static void test_sha1(void **state)
{
    (void)state;
    skip(); /* not in this build */
}

#endif

#if SW_HAS_SHA256

static void test_sha256(void **state)
{
    struct random_source source = {2};
    uint8_t memory[16 + 64 * BLOCKS];
    uint32_t expected[8], words[8];

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (int round = 0; round < ROUNDS; round++) {
            size_t count = random_source_below(&source, BLOCKS + 1);
            const uint8_t *blocks = memory + round % 16;
            random_source_bytes(&source, memory, sizeof memory);
            random_source_bytes(&source, (uint8_t *)words, sizeof words);
            memcpy(expected, words, sizeof words);
            sha256_compress_portable(expected, blocks, count);
            sw_kernels.sha256_compress(words, blocks, count);
            assert_memory_equal(words, expected, sizeof words);
        }
    }
}

static void test_sha256_nested(void **state)
{
    struct random_source source = {4};
    uint8_t expected[32], hash[32];
    uint32_t words[2][8];

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (size_t length = 0; length <= SHA256_SHORT_MAX; length++) {
            uint8_t *input = test_malloc(length + 1); /* reading behind it would be seen */
            random_source_bytes(&source, input + 1, length);
            random_source_bytes(&source, (uint8_t *)words, sizeof words);
            const uint8_t *message = length == 0 ? NULL : input + 1;
            sha256_nested_portable(words[0], words[1], message, length, expected);
            sw_kernels.sha256_nested(words[0], words[1], message, length, hash);
            assert_memory_equal(hash, expected, sizeof hash);
            test_free(input);
        }
    }
}

/* Lanes behind the last one stay as they are. */
static void test_sha256_lanes(void **state)
{
    struct random_source source = {3};
    uint8_t blocks[BLOCKS][64];
    uint32_t expected[BLOCKS][8], words[BLOCKS][8];

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (int round = 0; round < ROUNDS; round++) {
            size_t lanes = (size_t)round % (BLOCKS + 1);
            random_source_bytes(&source, blocks[0], sizeof blocks);
            random_source_bytes(&source, (uint8_t *)words, sizeof words);
            memcpy(expected, words, sizeof words);
            for (size_t i = 0; i < lanes; i++) {
                sha256_compress_portable(expected[i], blocks[i], 1);
            }
            sw_kernels.sha256_compress_lanes(words, (const uint8_t(*)[64])blocks, lanes);
            assert_memory_equal(words, expected, sizeof words);
        }
    }
}

#else

static void test_sha256(void **state)
{
    (void)state;
    skip(); /* not in this build */
}

static void test_sha256_nested(void **state)
{
    (void)state;
    skip();
}

static void test_sha256_lanes(void **state)
{
    (void)state;
    skip();
}

#endif

#if SW_HAS_SHA512

static void test_sha512(void **state)
{
    struct random_source source = {4};
    uint8_t memory[16 + 128 * BLOCKS];
    uint64_t expected[8], words[8];

    (void)state;
    for (size_t k = 0; kernel_choice(k); k++) {
        for (int round = 0; round < ROUNDS; round++) {
            size_t count = random_source_below(&source, BLOCKS + 1);
            const uint8_t *blocks = memory + round % 16;
            random_source_bytes(&source, memory, sizeof memory);
            random_source_bytes(&source, (uint8_t *)words, sizeof words);
            memcpy(expected, words, sizeof words);
            sha512_compress_portable(expected, blocks, count);
            sw_kernels.sha512_compress(words, blocks, count);
            assert_memory_equal(words, expected, sizeof words);
        }
    }
}

#else

static void test_sha512(void **state)
{
    (void)state;
    skip(); /* not in this build */
}

#endif

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

static int has(uint32_t features)
{
    return (platform_cpu_features() & features) == features;
}

static void choose(uint32_t features)
{
    platform_cpu_mask(features);
    sw_kernels_init();
}

/* The library chooses what the CPU has, and only that. */
static void test_choice(void **state)
{
    (void)state;
    choose(0xffffffffu);
    assert_true((sw_kernels.sha1_compress == sha1_compress_shani) == has(SHA1_SHANI_FEATURES));
    assert_true((sw_kernels.sha256_compress == sha256_compress_shani) == has(SHA256_SHANI_FEATURES));
    assert_true((sw_kernels.sha256_compress_lanes == sha256_compress_lanes_shani) == has(SHA256_SHANI_FEATURES));
    assert_true((sw_kernels.sha256_nested == sha256_nested_shani) == has(SHA256_SHANI_FEATURES));
    assert_true((sw_kernels.sha512_compress == sha512_compress_avx512) == has(SHA512_AVX512_FEATURES));
    choose(0xffffffffu & ~CPU_X86_AVX512);
    assert_true((sw_kernels.sha512_compress == sha512_compress_avx2) == has(SHA512_AVX2_FEATURES));
    choose(0xffffffffu & ~CPU_X86_SHA);
    assert_true((sw_kernels.sha256_compress_lanes == sha256_compress_lanes_avx2) == has(SHA256_LANES_AVX2_FEATURES));
    choose(0xffffffffu & ~CPU_X86_SHA & ~CPU_X86_BMI2 & ~CPU_X86_AVX2);
    assert_true(sw_kernels.sha1_compress == sha1_compress_portable);
    assert_true(sw_kernels.sha256_compress == sha256_compress_portable);
    assert_true(sw_kernels.sha256_compress_lanes == sha256_compress_lanes_portable);
    assert_true(sw_kernels.sha256_nested == sha256_nested_portable);
    assert_true(sw_kernels.sha512_compress == sha512_compress_portable);
    choose(0xffffffffu);
}

#else

static void test_choice(void **state)
{
    (void)state;
    print_message("not built for x86-64 with its kernels\n");
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha1),
        cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_sha256_lanes),
        cmocka_unit_test(test_sha256_nested),
        cmocka_unit_test(test_sha512),
        cmocka_unit_test(test_choice),
    };
    return cmocka_run_group_tests_name("drivers/x86_64/sha", tests, NULL, NULL);
}
