/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The modes as they are made of single blocks, for ciphers that have no kernels of their own: AES without its kernels gives
 * what AES gives with them; a cipher with blocks of eight bytes gives what the definition of the mode says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/cipher/block_cipher.h"
#include "support/random_source.h"
#include "util/bytes.h"

#define COUNT_MAX 70u

/* A permutation of eight bytes, of no other worth. */
static void small_encrypt(const void *key, const uint8_t *input, uint8_t *output, size_t count)
{
    for (size_t i = 0; i < 8 * count; i += 8) {
        const uint64_t x = load64_be(input + i) ^ *(const uint64_t *)key;
        store64_be(output + i, rotl64(x * UINT64_C(0x9E3779B97F4A7C15), 23));
    }
}

static void small_decrypt(const void *key, const uint8_t *input, uint8_t *output, size_t count)
{
    for (size_t i = 0; i < 8 * count; i += 8) {
        const uint64_t x = rotr64(load64_be(input + i), 23) * UINT64_C(0xF1DE83E19937733D);
        store64_be(output + i, x ^ *(const uint64_t *)key);
    }
}

static const struct sw_block_cipher small = {
    .block_length = 8,
    .encrypt = small_encrypt,
    .decrypt = small_decrypt,
};

static void cbc_of_small_blocks(void **state)
{
    const uint64_t key = 77;
    struct random_source random = { 8 };
    uint8_t text[8 * COUNT_MAX], iv[8], chain[8], expected[8 * COUNT_MAX], output[8 * COUNT_MAX];

    (void)state;
    for (size_t count = 0; count <= COUNT_MAX; count++) {
        random_source_bytes(&random, text, sizeof(text));
        random_source_bytes(&random, iv, sizeof(iv));
        memcpy(chain, iv, 8);
        for (size_t i = 0; i < count; i++) {
            uint8_t block[8];
            sw_block_xor(block, text + 8 * i, chain, 8);
            small_encrypt(&key, block, expected + 8 * i, 1);
            memcpy(chain, expected + 8 * i, 8);
        }
        uint8_t moved[8];
        memcpy(moved, iv, 8);
        sw_block_cbc_encrypt(&small, &key, moved, text, output, count);
        assert_memory_equal(output, expected, 8 * count);
        assert_memory_equal(moved, chain, 8);
        memcpy(moved, iv, 8);
        sw_block_cbc_mac(&small, &key, moved, text, count);
        assert_memory_equal(moved, chain, 8);
        memcpy(moved, iv, 8);
        sw_block_cbc_decrypt(&small, &key, moved, output, output, count);
        assert_memory_equal(output, text, 8 * count);
        assert_memory_equal(moved, chain, 8);
    }
}

/* The whole block counts: the carry goes from the last four bytes into the others, and out of the block. */
static void ctr_of_small_blocks(void **state)
{
    const uint64_t key = 99;
    static const uint64_t starts[] = { 0, UINT64_C(0xFFFFFFFF) - 5, UINT64_C(0x00000012FFFFFFF0), UINT64_MAX - 20 };
    struct random_source random = { 9 };
    uint8_t text[8 * COUNT_MAX], output[8 * COUNT_MAX], counter[8];

    (void)state;
    for (size_t s = 0; s < sizeof(starts) / sizeof(starts[0]); s++) {
        random_source_bytes(&random, text, sizeof(text));
        store64_be(counter, starts[s]);
        sw_block_ctr(&small, &key, counter, text, output, COUNT_MAX);
        assert_int_equal(load64_be(counter), starts[s] + COUNT_MAX);
        for (size_t i = 0; i < COUNT_MAX; i++) {
            uint8_t block[8];
            store64_be(block, starts[s] + i);
            small_encrypt(&key, block, block, 1);
            sw_block_xor(block, block, text + 8 * i, 8);
            assert_memory_equal(output + 8 * i, block, 8);
        }
    }
}

/* 128 bits of counter: every carry. */
static void ctr_of_aes(void **state)
{
    struct aes_key key;
    uint8_t bytes[16] = { 5 }, text[16 * COUNT_MAX], output[16 * COUNT_MAX];

    (void)state;
    memset(text, 0, sizeof(text));
    sw_aes.expand(&key, bytes, 16, 0);
    for (size_t ones = 1; ones <= 16; ones++) {
        uint8_t counter[16] = { 0 }, value[16];
        memset(counter + 16 - ones, 0xFF, ones);
        counter[15] = 0xE0;
        memcpy(value, counter, 16);
        sw_block_ctr(&sw_aes, &key, counter, text, output, COUNT_MAX);
        for (size_t i = 0; i < COUNT_MAX; i++) {
            uint8_t block[16];
            sw_aes.encrypt(&key, value, block, 1);
            assert_memory_equal(output + 16 * i, block, 16);
            for (size_t j = 16; j > 0 && ++value[j - 1] == 0; j--) {
            }
        }
        assert_memory_equal(counter, value, 16);
    }
}

/* AES, whose row has nothing but single blocks. */
static const struct sw_block_cipher *bare_aes(void)
{
    static struct sw_block_cipher bare;

    bare.type = sw_aes.type;
    bare.block_length = sw_aes.block_length;
    bare.encrypt = sw_aes.encrypt;
    bare.decrypt = sw_aes.decrypt;
    return &bare;
}

struct state {
    uint8_t counter[16], mac[16], text[16 * COUNT_MAX];
};

static void ccm_and_gcm(const struct sw_block_cipher *cipher, const struct aes_key *key, const struct ghash_key *hash_key,
                        size_t count, struct state out[5])
{
    sw_block_ccm_encrypt(cipher, key, out[0].counter, out[0].mac, out[0].text, out[0].text, count);
    sw_block_ccm_decrypt(cipher, key, out[1].counter, out[1].mac, out[1].text, out[1].text, count);
    sw_block_ccm_decrypt(cipher, key, out[2].counter, out[2].mac, out[2].text, NULL, count);
    sw_block_gcm_encrypt(cipher, key, hash_key, out[3].counter, out[3].mac, out[3].text, out[3].text, count);
    sw_block_gcm_decrypt(cipher, key, hash_key, out[4].counter, out[4].mac, out[4].text, out[4].text, count);
}

static void modes_without_kernels(void **state)
{
    static struct state with[5], without[5];
    struct random_source random = { 10 };
    struct aes_key key;
    struct ghash_key hash_key;
    uint8_t bytes[16];

    (void)state;
    sw_kernels_init();
    for (size_t count = 0; count <= COUNT_MAX; count++) {
        random_source_bytes(&random, bytes, sizeof(bytes));
        sw_aes.expand(&key, bytes, 16, 0);
        sw_kernels.ghash_expand(&hash_key, bytes);
        random_source_bytes(&random, (uint8_t *)with, sizeof(with));
        memcpy(without, with, sizeof(with));
        ccm_and_gcm(&sw_aes, &key, &hash_key, count, with);
        ccm_and_gcm(bare_aes(), &key, &hash_key, count, without);
        assert_memory_equal(with, without, sizeof(with));
    }
}

static void rows(void **state)
{
    (void)state;
    assert_ptr_equal(sw_block_cipher_find(PSA_KEY_TYPE_AES), &sw_aes);
    assert_null(sw_block_cipher_find(PSA_KEY_TYPE_CHACHA20));
    assert_null(sw_block_cipher_find(0));
    for (size_t length = 0; length < 300; length++) {
        assert_int_equal(sw_block_key_length_ok(&sw_aes, length), length == 16 || length == 24 || length == 32);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cbc_of_small_blocks),
        cmocka_unit_test(ctr_of_small_blocks),
        cmocka_unit_test(ctr_of_aes),
        cmocka_unit_test(modes_without_kernels),
        cmocka_unit_test(rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
