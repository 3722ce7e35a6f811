/* SPDX-License-Identifier: Apache-2.0 */
/* AES itself: the S-box circuit for every byte, the examples of FIPS 197, blocks in every lane; every implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/cipher/aes_portable.h"
#include "software/kernels.h"
#include "support/kernel_choice.h"
#include "support/random_source.h"

/* ---- The S-box by its definition (FIPS 197, 5.1.1) ---- */

static uint8_t field_multiply(uint8_t a, uint8_t b)
{
    unsigned product = 0, x = a;

    for (unsigned i = 0; i < 8; i++) {
        product ^= (b >> i & 1u) != 0 ? x : 0;
        x = x << 1 ^ ((x & 0x80) != 0 ? 0x11B : 0);
    }
    return (uint8_t)product;
}

static uint8_t inverse(uint8_t a)
{
    for (unsigned b = 1; b < 256; b++) {
        if (field_multiply(a, (uint8_t)b) == 1) {
            return (uint8_t)b;
        }
    }
    return 0;
}

static uint8_t sbox(uint8_t a)
{
    const unsigned b = inverse(a);
    unsigned result = 0;

    for (unsigned i = 0; i < 8; i++) {
        const unsigned bit = b >> i ^ b >> (i + 4) % 8 ^ b >> (i + 5) % 8 ^ b >> (i + 6) % 8 ^ b >> (i + 7) % 8 ^ 0x63u >> i;
        result |= (bit & 1u) << i;
    }
    return (uint8_t)result;
}

/* Bytes 64 * group ... as planes. */
static void to_planes(uint64_t q[8], const uint8_t bytes[64])
{
    memset(q, 0, 8 * sizeof(q[0]));
    for (unsigned j = 0; j < 64; j++) {
        for (unsigned i = 0; i < 8; i++) {
            q[i] |= (uint64_t)(bytes[j] >> i & 1u) << j;
        }
    }
}

static uint8_t from_planes(const uint64_t q[8], unsigned j)
{
    unsigned byte = 0;

    for (unsigned i = 0; i < 8; i++) {
        byte |= (unsigned)(q[i] >> j & 1u) << i;
    }
    return (uint8_t)byte;
}

static void sbox_of_every_byte(void **state)
{
    (void)state;
    for (unsigned group = 0; group < 4; group++) {
        uint64_t q[8];
        uint8_t bytes[64];
        for (unsigned j = 0; j < 64; j++) {
            bytes[j] = (uint8_t)(64 * group + j);
        }
        to_planes(q, bytes);
        aes_portable_sbox(q);
        for (unsigned j = 0; j < 64; j++) {
            assert_int_equal(from_planes(q, j), sbox(bytes[j]));
        }
        aes_portable_inverse_sbox(q);
        for (unsigned j = 0; j < 64; j++) {
            assert_int_equal(from_planes(q, j), bytes[j]);
        }
    }
}

/* ---- Examples ---- */

struct example {
    size_t key_length;
    uint8_t key[32], plaintext[16], ciphertext[16];
};

#define COUNTING 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
#define COUNTING_ON 16, 17, 18, 19, 20, 21, 22, 23
#define DOUBLES { 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF }

static const struct example examples[] = {
    /* FIPS 197, appendix B */
    { 16,
      { 0x2B, 0x7E, 0x15, 0x16, 0x28, 0xAE, 0xD2, 0xA6, 0xAB, 0xF7, 0x15, 0x88, 0x09, 0xCF, 0x4F, 0x3C },
      { 0x32, 0x43, 0xF6, 0xA8, 0x88, 0x5A, 0x30, 0x8D, 0x31, 0x31, 0x98, 0xA2, 0xE0, 0x37, 0x07, 0x34 },
      { 0x39, 0x25, 0x84, 0x1D, 0x02, 0xDC, 0x09, 0xFB, 0xDC, 0x11, 0x85, 0x97, 0x19, 0x6A, 0x0B, 0x32 } },
    /* appendix C.1, C.2, C.3 */
    { 16, { COUNTING }, DOUBLES,
      { 0x69, 0xC4, 0xE0, 0xD8, 0x6A, 0x7B, 0x04, 0x30, 0xD8, 0xCD, 0xB7, 0x80, 0x70, 0xB4, 0xC5, 0x5A } },
    { 24, { COUNTING, COUNTING_ON }, DOUBLES,
      { 0xDD, 0xA9, 0x7C, 0xA4, 0x86, 0x4C, 0xDF, 0xE0, 0x6E, 0xAF, 0x70, 0xA0, 0xEC, 0x0D, 0x71, 0x91 } },
    { 32, { COUNTING, COUNTING_ON, 24, 25, 26, 27, 28, 29, 30, 31 }, DOUBLES,
      { 0x8E, 0xA2, 0xB7, 0xCA, 0x51, 0x67, 0x45, 0xBF, 0xEA, 0xFC, 0x49, 0x90, 0x4B, 0x49, 0x60, 0x89 } },
};

static void examples_of_fips_197(void **state)
{
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
            struct aes_key key;
            uint8_t block[16];
            sw_kernels.aes_expand(&key, examples[i].key, examples[i].key_length, 1);
            sw_kernels.aes_encrypt(&key, examples[i].plaintext, block, 1);
            assert_memory_equal(block, examples[i].ciphertext, 16);
            sw_kernels.aes_decrypt(&key, block, block, 1);
            assert_memory_equal(block, examples[i].plaintext, 16);
        }
    }
}

/* ---- Many blocks at once are as many single ones, in place and apart, at every alignment ---- */

#define COUNT_MAX 40u

static void blocks_in_every_lane(void **state)
{
    struct random_source random = { 197 };
    uint8_t bytes[32], memory[16 * COUNT_MAX + 16], apart[16 * COUNT_MAX], single[16];

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t count = 0; count <= COUNT_MAX; count++) {
            struct aes_key key;
            uint8_t *text = memory + count % 16;
            random_source_bytes(&random, bytes, sizeof(bytes));
            random_source_bytes(&random, memory, sizeof(memory));
            sw_kernels.aes_expand(&key, bytes, 16 + 8 * (count % 3), 1);
            sw_kernels.aes_encrypt(&key, text, apart, count);
            for (size_t i = 0; i < count; i++) {
                sw_kernels.aes_encrypt(&key, text + 16 * i, single, 1);
                assert_memory_equal(apart + 16 * i, single, 16);
                sw_kernels.aes_decrypt(&key, single, single, 1);
                assert_memory_equal(text + 16 * i, single, 16);
            }
            sw_kernels.aes_encrypt(&key, text, text, count);
            assert_memory_equal(text, apart, 16 * count);
            sw_kernels.aes_decrypt(&key, text, text, count);
            sw_kernels.aes_decrypt(&key, apart, apart, count);
            assert_memory_equal(text, apart, 16 * count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sbox_of_every_byte),
        cmocka_unit_test(examples_of_fips_197),
        cmocka_unit_test(blocks_in_every_lane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
