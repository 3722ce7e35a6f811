/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels for x86-64 of ARIA, Camellia and SM4 beside the portable code: every count of blocks from none to three passes of the widest. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/cipher/block_cipher.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "x86_64/block_ciphers.h"

#define COUNT_MAX 200u
#define SIZE (16u * COUNT_MAX)

static const struct {
    const char *name;
    uint32_t features;
} choices[] = {
    { "AES-NI and SSSE3", CPU_X86_AESNI | CPU_X86_SSSE3 },
    { "GFNI alone", CPU_X86_GFNI },
    { "AES-NI and AVX2", LANES_AESNI_FEATURES },
    { "GFNI and AVX2", LANES_AVX2_FEATURES },
    { "all that the CPU has", 0xFFFFFFFFu },
};
#define CHOICES (sizeof(choices) / sizeof(choices[0]))

static const struct sw_block_cipher *const ciphers[] = {
#if PSA_WANT_KEY_TYPE_ARIA
    &sw_aria,
#endif
#if PSA_WANT_KEY_TYPE_CAMELLIA
    &sw_camellia,
#endif
#if PSA_WANT_KEY_TYPE_SM4
    &sw_sm4,
#endif
    NULL,
};

struct input {
    uint8_t key[32], text[SIZE + 16];
    size_t offset, count;
};

/* Both directions, to elsewhere and in place; whoever writes too much spoils what lies behind. */
struct result {
    uint8_t disjoint[2][SIZE + 16], in_place[2][SIZE + 16];
};

static void run(const struct sw_block_cipher *cipher, size_t key_length, uint32_t features, const struct input *in, struct result *out)
{
    struct sw_block_key key;

    memset(out, 0xEE, sizeof(*out));
    platform_cpu_mask(features);
    sw_kernels_init();
    cipher->expand(&key, in->key, key_length, 1);
    for (int i = 0; i < 2; i++) {
        void (*blocks)(const void *, const uint8_t *, uint8_t *, size_t) = i == 0 ? cipher->encrypt : cipher->decrypt;
        blocks(&key, in->text + in->offset, out->disjoint[i], in->count);
        memcpy(out->in_place[i], in->text + in->offset, 16 * in->count);
        blocks(&key, out->in_place[i], out->in_place[i], in->count);
    }
    platform_cpu_mask(0xFFFFFFFFu);
    sw_kernels_init();
}

static void every_count(void **state)
{
    static struct input in;
    static struct result out, expected;
    struct random_source random = { 66 };
    const size_t step = quick_step(7);

    (void)state;
    for (size_t c = 0; ciphers[c] != NULL; c++) {
        for (size_t count = 0; count <= COUNT_MAX; count += count < 20 ? 1 : step) {
            const size_t longer = 8 * random_source_below(&random, 3);
            const size_t key_length = sw_block_key_length_ok(ciphers[c], 16 + longer) ? 16 + longer : 16;
            random_source_bytes(&random, (uint8_t *)&in, sizeof(in));
            in.offset = random_source_below(&random, 16);
            in.count = count;
            run(ciphers[c], key_length, 0, &in, &expected);
            assert_memory_equal(expected.disjoint, expected.in_place, sizeof(expected.disjoint));
            for (size_t i = 0; i < CHOICES; i++) {
                run(ciphers[c], key_length, choices[i].features, &in, &out);
                if (memcmp(&out, &expected, sizeof(out)) != 0) {
                    fail_msg("cipher %zu, %s, %zu blocks, key of %zu bytes", c, choices[i].name, count, key_length);
                }
            }
        }
    }
}

/* Each byte through each S-box: blocks of equal bytes give every place all values. */
static void every_byte(void **state)
{
    static uint8_t text[16 * 256], expected[16 * 256], output[16 * 256];
    static const uint8_t bytes[32] = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++) {
        text[i] = (uint8_t)(i / 16);
    }
    for (size_t c = 0; ciphers[c] != NULL; c++) {
        for (size_t i = 0; i <= CHOICES; i++) {
            struct sw_block_key key;
            platform_cpu_mask(i == 0 ? 0 : choices[i - 1].features);
            sw_kernels_init();
            ciphers[c]->expand(&key, bytes, 16, 1);
            ciphers[c]->encrypt(&key, text, i == 0 ? expected : output, 256);
            if (i != 0) {
                assert_memory_equal(output, expected, sizeof(output));
            }
        }
    }
    platform_cpu_mask(0xFFFFFFFFu);
    sw_kernels_init();
}

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__) && PSA_WANT_KEY_TYPE_ARIA && PSA_WANT_KEY_TYPE_CAMELLIA && \
    PSA_WANT_KEY_TYPE_SM4

#define FEW_MAX 33u

/* What the wide kernels leave the last blocks to, on more of them. */
static void few(void **state)
{
    static uint8_t text[16 * FEW_MAX], expected[16 * FEW_MAX], output[16 * FEW_MAX];
    static uint8_t round_keys[17 * 16];
    static uint64_t subkeys[34];
    static uint32_t words[32];
    struct random_source random = { 67 };

    (void)state;
    if ((platform_cpu_features() & LANES_AVX2_FEATURES) != LANES_AVX2_FEATURES) {
        skip();
    }
    platform_cpu_mask(0);
    sw_kernels_init();
    for (uint32_t count = 0; count <= FEW_MAX; count++) {
        random_source_bytes(&random, text, sizeof(text));
        random_source_bytes(&random, round_keys, sizeof(round_keys));
        random_source_bytes(&random, (uint8_t *)subkeys, sizeof(subkeys));
        random_source_bytes(&random, (uint8_t *)words, sizeof(words));
        sw_kernels.aria(round_keys, 12 + 2 * (count % 3), text, expected, count);
        aria_gfni_few(round_keys, 12 + 2 * (count % 3), text, output, count);
        assert_memory_equal(output, expected, sizeof(output));
        sw_kernels.camellia(subkeys, 3 + count % 2, text, expected, count);
        camellia_gfni_few(subkeys, 3 + count % 2, text, output, count);
        assert_memory_equal(output, expected, sizeof(output));
        sw_kernels.sm4(words, text, expected, count);
        sm4_gfni_few(words, 32, text, output, count);
        assert_memory_equal(output, expected, sizeof(output));
    }
    platform_cpu_mask(0xFFFFFFFFu);
    sw_kernels_init();
}

/* The library takes a kernel exactly where the CPU has all that it needs. */
static void choice(void **state)
{
    const uint32_t all = platform_cpu_features();

    (void)state;
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        const uint32_t left = all & ~bit;
        const int wide = (left & LANES_AVX512_FEATURES) == LANES_AVX512_FEATURES;
        const int narrow = !wide && (left & LANES_AVX2_FEATURES) == LANES_AVX2_FEATURES;
        const int aes = !wide && !narrow && (left & LANES_AESNI_FEATURES) == LANES_AESNI_FEATURES;
        platform_cpu_mask(~bit);
        sw_kernels_init();
        assert_int_equal(sw_kernels.aria == aria_avx512, wide);
        assert_int_equal(sw_kernels.aria == aria_avx2, narrow);
        assert_int_equal(sw_kernels.camellia == camellia_avx512, wide);
        assert_int_equal(sw_kernels.camellia == camellia_avx2, narrow);
        assert_int_equal(sw_kernels.aria == aria_aesni, aes);
        assert_int_equal(sw_kernels.camellia == camellia_aesni, aes);
        assert_int_equal(sw_kernels.sm4 == sm4_avx512, wide);
        assert_int_equal(sw_kernels.sm4 == sm4_avx2, narrow);
        assert_int_equal(sw_kernels.sm4 == sm4_aesni, aes);
    }
    platform_cpu_mask(0xFFFFFFFFu);
    sw_kernels_init();
}

#else

static void few(void **state)
{
    (void)state;
    skip(); /* no kernels for x86-64 in this build, or not all ciphers */
}

static void choice(void **state)
{
    (void)state;
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_count),
        cmocka_unit_test(every_byte),
        cmocka_unit_test(few),
        cmocka_unit_test(choice),
    };
    return cmocka_run_group_tests_name("drivers/x86_64/block_ciphers", tests, NULL, NULL);
}
