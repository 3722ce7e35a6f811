/* SPDX-License-Identifier: Apache-2.0 */
/* Every AES and GHASH kernel for x86-64 beside the portable code, at the level of the kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/kernels.h"
#include "support/random_source.h"
#include "x86_64/aes_ni.h"
#include "x86_64/aes_vaes.h"
#include "x86_64/ghash_pclmul.h"

#define COUNT_MAX 75u
#define SIZE (16 * COUNT_MAX)

#define NI AES_NI_FEATURES
#define CLMUL GHASH_PCLMUL_FEATURES
#define WIDE AES_VAES_FEATURES
#define WIDE256 AES_VAES256_FEATURES

static const struct {
    const char *name;
    uint32_t features;
} choices[] = {
    { "AES-NI alone", NI },
    { "PCLMULQDQ alone", CLMUL },
    { "AES-NI and PCLMULQDQ", NI | CLMUL },
    { "VAES without VPCLMULQDQ", (NI | CLMUL | WIDE) & ~CPU_X86_VPCLMUL },
    { "VAES and VPCLMULQDQ on 256 bits", NI | CLMUL | WIDE256 },
    { "VAES and VPCLMULQDQ", NI | CLMUL | WIDE },
};
#define CHOICES (sizeof(choices) / sizeof(choices[0]))


struct input {
    uint8_t key[32], iv[16], mac[16], h[16], text[SIZE + 16];
    size_t key_length, offset, count;
};

#define TEXTS 18
#define VALUES 24

/* What all kernels make of one input: outputs, and the values that they move. */
struct result {
    uint8_t text[TEXTS][SIZE];
    uint8_t value[VALUES][16];
};

static void blocks_and_cbc(const struct aes_key *key, const struct input *in, struct result *out)
{
    const uint8_t *text = in->text + in->offset;

    sw_kernels.aes_encrypt(key, text, out->text[0], in->count);
    sw_kernels.aes_decrypt(key, text, out->text[1], in->count);
    memcpy(out->value[0], in->iv, 16);
    sw_kernels.aes_cbc_encrypt(key, out->value[0], text, out->text[2], in->count);
    memcpy(out->value[1], in->iv, 16);
    sw_kernels.aes_cbc_decrypt(key, out->value[1], text, out->text[3], in->count);
    /* in place */
    memcpy(out->text[4], text, 16 * in->count);
    memcpy(out->value[2], in->iv, 16);
    sw_kernels.aes_cbc_decrypt(key, out->value[2], out->text[4], out->text[4], in->count);
    memcpy(out->text[5], text, 16 * in->count);
    memcpy(out->value[3], in->iv, 16);
    sw_kernels.aes_cbc_encrypt(key, out->value[3], out->text[5], out->text[5], in->count);
}

static void ctr_and_ccm(const struct aes_key *key, const struct input *in, struct result *out)
{
    const uint8_t *text = in->text + in->offset;

    memcpy(out->value[4], in->iv, 16);
    sw_kernels.aes_ctr32(key, out->value[4], text, out->text[6], in->count);
    memcpy(out->text[7], text, 16 * in->count);
    memcpy(out->value[5], in->iv, 16);
    sw_kernels.aes_ctr32(key, out->value[5], out->text[7], out->text[7], in->count);
    memcpy(out->value[6], in->iv, 16);
    memcpy(out->value[7], in->mac, 16);
    sw_kernels.aes_ccm_encrypt(key, out->value[6], out->value[7], text, out->text[8], in->count);
    memcpy(out->value[8], in->iv, 16);
    memcpy(out->value[9], in->mac, 16);
    memcpy(out->text[9], text, 16 * in->count);
    sw_kernels.aes_ccm_decrypt(key, out->value[8], out->value[9], out->text[9], out->text[9], in->count);
    memcpy(out->value[10], in->iv, 16);
    memcpy(out->value[11], in->mac, 16);
    sw_kernels.aes_ccm_decrypt(key, out->value[10], out->value[11], text, NULL, in->count);
    assert_memory_equal(out->value[10], out->value[8], 16);
    assert_memory_equal(out->value[11], out->value[9], 16);
}

static void xts(const struct aes_key *key, const struct input *in, struct result *out)
{
    const uint8_t *text = in->text + in->offset;

    memcpy(out->value[20], in->iv, 16);
    sw_kernels.aes_xts_encrypt(key, out->value[20], text, out->text[14], in->count);
    memcpy(out->value[21], in->iv, 16);
    sw_kernels.aes_xts_decrypt(key, out->value[21], text, out->text[15], in->count);
    /* in place */
    memcpy(out->text[16], text, 16 * in->count);
    memcpy(out->value[22], in->iv, 16);
    sw_kernels.aes_xts_encrypt(key, out->value[22], out->text[16], out->text[16], in->count);
    memcpy(out->text[17], text, 16 * in->count);
    memcpy(out->value[23], in->iv, 16);
    sw_kernels.aes_xts_decrypt(key, out->value[23], out->text[17], out->text[17], in->count);
}

static void ghash_and_gcm(const struct aes_key *key, const struct input *in, struct result *out)
{
    struct ghash_key hash_key;
    const uint8_t *text = in->text + in->offset;

    sw_kernels.ghash_expand(&hash_key, in->h);
    memcpy(out->value[12], in->mac, 16);
    sw_kernels.ghash(&hash_key, out->value[12], text, in->count);
    memcpy(out->value[13], in->iv, 16);
    memcpy(out->value[14], in->mac, 16);
    sw_kernels.aes_gcm_encrypt(key, &hash_key, out->value[13], out->value[14], text, out->text[10], in->count);
    memcpy(out->value[15], in->iv, 16);
    memcpy(out->value[16], in->mac, 16);
    sw_kernels.aes_gcm_decrypt(key, &hash_key, out->value[15], out->value[16], text, out->text[11], in->count);
    memcpy(out->text[12], text, 16 * in->count);
    memcpy(out->value[17], in->iv, 16);
    memcpy(out->value[18], in->mac, 16);
    sw_kernels.aes_gcm_encrypt(key, &hash_key, out->value[17], out->value[18], out->text[12], out->text[12], in->count);
    memcpy(out->text[13], text, 16 * in->count);
    memcpy(out->value[17], in->iv, 16);
    memcpy(out->value[19], in->mac, 16);
    sw_kernels.aes_gcm_decrypt(key, &hash_key, out->value[17], out->value[19], out->text[13], out->text[13], in->count);
}

static void run(uint32_t features, const struct input *in, struct result *out)
{
    struct aes_key key;

    memset(out, 0, sizeof(*out));
    platform_cpu_mask(features);
    sw_kernels_init();
    sw_kernels.aes_expand(&key, in->key, in->key_length, 1);
    blocks_and_cbc(&key, in, out);
    ctr_and_ccm(&key, in, out);
    xts(&key, in, out);
    /* a key without the inverse cipher */
    memset(&key, 0xEE, sizeof(key));
    sw_kernels.aes_expand(&key, in->key, in->key_length, 0);
    ghash_and_gcm(&key, in, out);
    platform_cpu_mask(0xFFFFFFFFu);
    sw_kernels_init();
}

static void compare(const char *name, const struct input *in, const struct result *out, const struct result *expected)
{
    for (size_t i = 0; i < TEXTS; i++) {
        if (memcmp(out->text[i], expected->text[i], SIZE) != 0) {
            fail_msg("%s, %zu blocks, key of %zu bytes: text %zu", name, in->count, in->key_length, i);
        }
    }
    for (size_t i = 0; i < VALUES; i++) {
        if (memcmp(out->value[i], expected->value[i], 16) != 0) {
            fail_msg("%s, %zu blocks, key of %zu bytes: value %zu", name, in->count, in->key_length, i);
        }
    }
}

static void fill(struct random_source *random, struct input *in, size_t count)
{
    random_source_bytes(random, in->key, sizeof(in->key));
    random_source_bytes(random, in->iv, sizeof(in->iv));
    random_source_bytes(random, in->mac, sizeof(in->mac));
    random_source_bytes(random, in->h, sizeof(in->h));
    random_source_bytes(random, in->text, sizeof(in->text));
    in->key_length = 16 + 8 * random_source_below(random, 3);
    in->offset = random_source_below(random, 16);
    in->count = count;
}

static void every_count(void **state)
{
    static struct input in;
    static struct result out, expected;
    struct random_source random = { 64 };

    (void)state;
    for (size_t count = 0; count <= COUNT_MAX; count++) {
        fill(&random, &in, count);
        if (count % 2 == 0) {
            /* the 32 bits of the counter wrap somewhere in the text */
            memset(in.iv + 12, 0xFF, 4);
            in.iv[15] = (uint8_t)(0x100u - random_source_below(&random, count + 1));
        }
        run(0, &in, &expected);
        for (size_t i = 0; i < CHOICES; i++) {
            run(choices[i].features, &in, &out);
            compare(choices[i].name, &in, &out, &expected);
        }
    }
}

/* GCM's decryption in two passes, with as much of the work in the first as there may be: beside GHASH and CTR. */
static void two_passes(void **state)
{
    static struct input in;
    static uint8_t expected[SIZE], output[SIZE], stream[SIZE];
    struct random_source random = { 65 };

    (void)state;
    if (sw_kernels.aes_gcm_hash_ahead == NULL) {
        skip();
    }
    for (size_t count = 32; count <= COUNT_MAX; count++) {
        for (size_t ahead = 16; 2 * ahead <= count; ahead += 16) {
            uint8_t y[2][16], counter[2][16];
            struct aes_key key;
            struct ghash_key hash_key;
            fill(&random, &in, count);
            memset(in.iv + 12, 0xFF, 3); /* the counter wraps */
            sw_kernels.aes_expand(&key, in.key, in.key_length, 0);
            sw_kernels.ghash_expand(&hash_key, in.h);
            for (size_t i = 0; i < 2; i++) {
                memcpy(y[i], in.mac, 16);
                memcpy(counter[i], in.iv, 16);
            }
            sw_kernels.ghash(&hash_key, y[0], in.text + in.offset, count);
            sw_kernels.aes_ctr32(&key, counter[0], in.text + in.offset, expected, count);
            sw_kernels.aes_gcm_hash_ahead(&key, &hash_key, counter[1], y[1], in.text + in.offset, count, stream, ahead);
            assert_memory_equal(y[1], y[0], 16);
            sw_kernels.aes_gcm_open_text(&key, counter[1], in.text + in.offset, output, count, stream, ahead);
            assert_memory_equal(output, expected, 16 * count);
            assert_memory_equal(counter[1], counter[0], 16);
        }
    }
}

/* Elements with single bits, and H = 0, 1 and all ones: what a reduction could get wrong. */
static void ghash_of_odd_elements(void **state)
{
    static struct input in;
    static struct result out, expected;

    (void)state;
    memset(&in, 0, sizeof(in));
    in.key_length = 16;
    in.count = 1;
    for (unsigned bit = 0; bit < 130; bit++) {
        memset(in.h, bit == 128 ? 0xFF : 0, 16);
        if (bit < 128) {
            in.h[bit / 8] = (uint8_t)(0x80u >> bit % 8);
        }
        for (unsigned other = 0; other < 128; other += 1 + bit % 3) {
            memset(in.text, 0, 16);
            in.text[other / 8] = (uint8_t)(0x80u >> other % 8);
            run(0, &in, &expected);
            for (size_t i = CHOICES - 2; i < CHOICES; i++) {
                run(choices[i].features, &in, &out);
                compare(choices[i].name, &in, &out, &expected);
            }
        }
    }
}

/* The library takes a kernel exactly where the CPU has all that it needs. */
static void choice(void **state)
{
    const uint32_t all = platform_cpu_features();
    const int ni = (all & NI) == NI, clmul = (all & CLMUL) == CLMUL, wide = ni && clmul && (all & WIDE) == WIDE;
    const int wide256 = ni && clmul && (all & WIDE256) == WIDE256;

    (void)state;
    sw_kernels_init();
    assert_int_equal(sw_kernels.aes_expand == aes_ni_expand, ni);
    assert_int_equal(sw_kernels.ghash_expand == ghash_pclmul_expand, clmul);
    assert_int_equal(sw_kernels.aes_gcm_encrypt == aes_gcm_vaes_encrypt, wide);
    assert_int_equal(sw_kernels.aes_gcm_encrypt == aes_gcm_vaes256_encrypt, wide256 && !wide);
    assert_int_equal(sw_kernels.aes_gcm_short_max != 0, ni && clmul);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        platform_cpu_mask(~bit);
        sw_kernels_init();
        assert_int_equal(sw_kernels.aes_expand == aes_ni_expand, ni && (NI & bit) == 0);
        assert_int_equal(sw_kernels.ghash_expand == ghash_pclmul_expand, clmul && (CLMUL & bit) == 0);
        const int still_wide = wide && ((NI | CLMUL | WIDE) & bit) == 0;
        assert_int_equal(sw_kernels.aes_gcm_encrypt == aes_gcm_vaes_encrypt, still_wide);
        assert_int_equal(sw_kernels.aes_gcm_encrypt == aes_gcm_vaes256_encrypt,
                         !still_wide && wide256 && ((NI | CLMUL | WIDE256) & bit) == 0);
    }
    platform_cpu_mask(0xFFFFFFFFu);
    sw_kernels_init();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_count),
        cmocka_unit_test(two_passes),
        cmocka_unit_test(ghash_of_odd_elements),
        cmocka_unit_test(choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
