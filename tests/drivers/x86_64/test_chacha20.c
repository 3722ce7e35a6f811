/* SPDX-License-Identifier: Apache-2.0 */
/* The ChaCha20 and Poly1305 kernels for x86-64 beside the portable code. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/aead/poly1305.h"
#include "software/cipher/chacha20.h"
#include "support/random_source.h"
#include "x86_64/chacha20.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#define BLOCKS 70u

static int has(uint32_t features)
{
    return (platform_cpu_features() & features) == features;
}

typedef void (*chacha_kernel)(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count);
typedef void (*poly_kernel)(struct poly1305 *state, const uint8_t *blocks, size_t count);

/* Every count, at changing alignments, apart and in place; the counter goes over its end; nothing behind the end changes. */
static void compare_chacha(chacha_kernel kernel, uint32_t features)
{
    static uint8_t input[64 * BLOCKS + 16], expected[64 * BLOCKS], output[64 * BLOCKS + 64];
    struct random_source random = { 20 };

    if (!has(features)) {
        print_message("this CPU has no such vectors\n");
        skip();
    }
    for (size_t count = 0; count <= BLOCKS; count++) {
        uint32_t first[16], one[16], two[16];
        uint8_t *text = input + count % 16;
        random_source_bytes(&random, (uint8_t *)first, sizeof(first));
        random_source_bytes(&random, input, sizeof(input));
        first[12] = (uint32_t)(count % 3 == 0 ? 0 - count / 2 : first[12]);
        memcpy(one, first, sizeof(first));
        memcpy(two, first, sizeof(first));
        chacha20_portable(one, text, expected, count);
        memset(output, 0xA5, sizeof(output));
        kernel(two, text, output, count);
        assert_memory_equal(output, expected, 64 * count);
        assert_memory_equal(one, two, sizeof(one));
        for (size_t i = 0; i < 64; i++) {
            assert_int_equal(output[64 * count + i], 0xA5);
        }
        kernel(first, text, text, count);
        assert_memory_equal(text, expected, 64 * count);
    }
}

/* The state after so many blocks is not the same words (it may be reduced more or less), but the same number. */
static void expect_same_tag(const struct poly1305 *a, const struct poly1305 *b)
{
    uint8_t one[16], two[16];

    assert_in_range(a->h[2], 0, 7);
    poly1305_finish(a, one);
    poly1305_finish(b, two);
    assert_memory_equal(one, two, 16);
}

/* Random input, and input of all ones, whose limbs are the largest; the largest r and the largest h too. */
static void compare_poly(poly_kernel kernel, uint32_t features)
{
    static uint8_t input[16 * BLOCKS + 16];
    struct random_source random = { 13 };
    uint8_t key[32];

    if (!has(features)) {
        print_message("this CPU has no such vectors\n");
        skip();
    }
    for (size_t round = 0; round < 40; round++) {
        for (size_t count = 0; count <= BLOCKS; count++) {
            struct poly1305 one, two;
            const uint8_t *blocks = input + round % 16;
            random_source_bytes(&random, key, sizeof(key));
            random_source_bytes(&random, input, sizeof(input));
            if (round % 4 == 1) {
                memset(input, 0xFF, sizeof(input));
            }
            if (round % 4 == 2) {
                memset(key, 0xFF, 16);
            }
            if (round % 8 == 3) {
                memset(input, 0xFF, sizeof(input));
                memset(key, 0xFF, 16);
            }
            poly1305_init(&one, key);
            if (round % 2 == 1) {
                one.h[0] = one.h[1] = UINT64_MAX;
                one.h[2] = round % 16 == 15 ? 7 : 3;
            }
            two = one;
            poly1305_portable(&one, blocks, count);
            kernel(&two, blocks, count);
            expect_same_tag(&two, &one);
        }
    }
}

static void chacha20_by_avx2(void **state)
{
    (void)state;
    compare_chacha(chacha20_avx2, CHACHA20_AVX2_FEATURES);
}

static void chacha20_by_avx512(void **state)
{
    (void)state;
    compare_chacha(chacha20_avx512, CHACHA20_AVX512_FEATURES);
}

static void poly1305_by_avx2(void **state)
{
    (void)state;
    compare_poly(poly1305_avx2, CHACHA20_AVX2_FEATURES);
}

static void poly1305_by_ifma(void **state)
{
    (void)state;
    compare_poly(poly1305_ifma, POLY1305_IFMA_FEATURES);
}

/* The library chooses what the CPU has, and nothing that it has not. */
static void choice(void **state)
{
    (void)state;
    platform_cpu_mask(0xffffffffu);
    sw_kernels_init();
    assert_true((sw_kernels.chacha20 == chacha20_avx512) == has(CHACHA20_AVX512_FEATURES));
    assert_true((sw_kernels.poly1305 == poly1305_ifma) == has(POLY1305_IFMA_FEATURES));
    platform_cpu_mask(0xffffffffu & ~CPU_X86_AVX512);
    sw_kernels_init();
    assert_true((sw_kernels.chacha20 == chacha20_avx2) == has(CHACHA20_AVX2_FEATURES));
    assert_true((sw_kernels.poly1305 == poly1305_avx2) == has(CHACHA20_AVX2_FEATURES));
    platform_cpu_mask(0xffffffffu & ~CPU_X86_AVX2);
    sw_kernels_init();
    assert_true(sw_kernels.chacha20 == chacha20_portable);
    assert_true(sw_kernels.poly1305 == poly1305_portable);
    platform_cpu_mask(0xffffffffu);
    sw_kernels_init();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chacha20_by_avx2), cmocka_unit_test(chacha20_by_avx512), cmocka_unit_test(poly1305_by_avx2),
        cmocka_unit_test(poly1305_by_ifma), cmocka_unit_test(choice),
    };
    return cmocka_run_group_tests_name("drivers/x86_64/chacha20", tests, NULL, NULL);
}

#else

int main(void)
{
    return 0;
}

#endif
