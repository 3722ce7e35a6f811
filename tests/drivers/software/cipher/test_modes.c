/* SPDX-License-Identifier: Apache-2.0 */
/* Modes of block ciphers: the examples of SP 800-38A, every cut, and OpenSSL; every implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include "support/cipher_ways.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"

/* ---- SP 800-38A, appendix F ---- */

#define KEY_128 "2b7e151628aed2a6abf7158809cf4f3c"
#define KEY_192 "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"
#define KEY_256 "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
#define IV "000102030405060708090a0b0c0d0e0f"
#define COUNTER "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"
#define PLAINTEXT \
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"

static const struct {
    const char *name;
    psa_algorithm_t alg;
    const char *key, *iv, *ciphertext;
} examples[] = {
    { "F.1.1 ECB-AES128", PSA_ALG_ECB_NO_PADDING, KEY_128, "",
      "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4" },
    { "F.1.3 ECB-AES192", PSA_ALG_ECB_NO_PADDING, KEY_192, "",
      "bd334f1d6e45f25ff712a214571fa5cc974104846d0ad3ad7734ecb3ecee4eefef7afd2270e2e60adce0ba2face6444e9a4b41ba738d6c72fb16691603c18e0e" },
    { "F.1.5 ECB-AES256", PSA_ALG_ECB_NO_PADDING, KEY_256, "",
      "f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7" },
    { "F.2.1 CBC-AES128", PSA_ALG_CBC_NO_PADDING, KEY_128, IV,
      "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7" },
    { "F.2.3 CBC-AES192", PSA_ALG_CBC_NO_PADDING, KEY_192, IV,
      "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a571b242012fb7ae07fa9baac3df102e008b0e27988598881d920a9e64f5615cd" },
    { "F.2.5 CBC-AES256", PSA_ALG_CBC_NO_PADDING, KEY_256, IV,
      "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b" },
    { "F.3.13 CFB128-AES128", PSA_ALG_CFB, KEY_128, IV,
      "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6" },
    { "F.3.15 CFB128-AES192", PSA_ALG_CFB, KEY_192, IV,
      "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff" },
    { "F.3.17 CFB128-AES256", PSA_ALG_CFB, KEY_256, IV,
      "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407bdf10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471" },
    { "F.4.1 OFB-AES128", PSA_ALG_OFB, KEY_128, IV,
      "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed8259740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e" },
    { "F.4.3 OFB-AES192", PSA_ALG_OFB, KEY_192, IV,
      "cdc80d6fddf18cab34c25909c99a4174fcc28b8d4c63837c09e81700c11004018d9a9aeac0f6596f559c6d4daf59a5f26d9f200857ca6c3e9cac524bd9acc92a" },
    { "F.4.5 OFB-AES256", PSA_ALG_OFB, KEY_256, IV,
      "dc7e84bfda79164b7ecd8486985d38604febdc6740d20b3ac88f6ad82a4fb08d71ab47a086e86eedf39d1c5bba97c4080126141d67f37be8538f5a8be740e484" },
    { "F.5.1 CTR-AES128", PSA_ALG_CTR, KEY_128, COUNTER,
      "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee" },
    { "F.5.3 CTR-AES192", PSA_ALG_CTR, KEY_192, COUNTER,
      "1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e941e36b26bd1ebc670d1bd1d665620abf74f78a7f6d29809585a97daec58c6b050" },
    { "F.5.5 CTR-AES256", PSA_ALG_CTR, KEY_256, COUNTER,
      "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6" },
};

static void examples_of_sp_800_38a(void **state)
{
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
            struct cipher_case test = { examples[i].name, examples[i].alg, PSA_KEY_TYPE_AES, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
            uint8_t *key = vectors_decode_hex(examples[i].key, &test.key_length);
            uint8_t *iv = vectors_decode_hex(examples[i].iv, &test.iv_length);
            uint8_t *plaintext = vectors_decode_hex(PLAINTEXT, &test.length);
            uint8_t *ciphertext = vectors_decode_hex(examples[i].ciphertext, &test.ciphertext_length);
            test.key = key;
            test.iv = iv;
            test.plaintext = plaintext;
            test.ciphertext = ciphertext;
            cipher_ways(&test);
            free(key);
            free(iv);
            free(plaintext);
            free(ciphertext);
        }
    }
}

/* ---- OpenSSL ---- */

#define LENGTH_MAX 3000u

static const struct block_cipher {
    psa_key_type_t type;
    size_t block;
    size_t key_lengths[3];
    const char *names[3]; /* of OpenSSL, by key length */
} ciphers[] = {
    { PSA_KEY_TYPE_AES, 16, { 16, 24, 32 }, { "AES-128", "AES-192", "AES-256" } },
    { PSA_KEY_TYPE_ARIA, 16, { 16, 24, 32 }, { "ARIA-128", "ARIA-192", "ARIA-256" } },
    { PSA_KEY_TYPE_CAMELLIA, 16, { 16, 24, 32 }, { "CAMELLIA-128", "CAMELLIA-192", "CAMELLIA-256" } },
    { PSA_KEY_TYPE_SM4, 16, { 16, 16, 16 }, { "SM4", "SM4", "SM4" } },
    { PSA_KEY_TYPE_DES, 8, { 8, 16, 24 }, { "DES", "DES-EDE", "DES-EDE3" } },
};
#define CIPHERS (sizeof(ciphers) / sizeof(ciphers[0]))

static const struct kind {
    psa_algorithm_t alg;
    const char *suffix; /* NULL: OpenSSL has no such mode, or not with every cipher; it is made of single blocks */
    int whole_blocks, padding;
} kinds[] = {
    { PSA_ALG_ECB_NO_PADDING, "ECB", 1, 0 }, { PSA_ALG_CBC_NO_PADDING, "CBC", 1, 0 }, { PSA_ALG_CBC_PKCS7, "CBC", 0, 1 },
    { PSA_ALG_CTR, NULL, 0, 0 },             { PSA_ALG_CFB, "CFB", 0, 0 },            { PSA_ALG_OFB, "OFB", 0, 0 },
    { PSA_ALG_CCM_STAR_NO_TAG, NULL, 0, 0 }, { PSA_ALG_XTS, NULL, 0, 0 },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct buffers {
    uint8_t key[64], iv[16], plaintext[LENGTH_MAX], ciphertext[LENGTH_MAX + 16];
    char name[100];
};

static size_t openssl(const char *name, const uint8_t *key, const uint8_t *iv, int padding, const uint8_t *input, size_t length, uint8_t *output)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int n = 0, last = 0;

    if (cipher == NULL) {
        fail_msg("OpenSSL has no %s", name);
    }
    assert_int_equal(EVP_EncryptInit_ex(context, cipher, NULL, key, iv), 1);
    EVP_CIPHER_CTX_set_padding(context, padding);
    assert_int_equal(EVP_EncryptUpdate(context, output, &n, input, (int)length), 1);
    assert_int_equal(EVP_EncryptFinal_ex(context, output + n, &last), 1);
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    return (size_t)(n + last);
}

static void xor(uint8_t *output, const uint8_t *a, const uint8_t *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        output[i] = a[i] ^ b[i];
    }
}

/* CTR by its definition, of OpenSSL's single blocks: all counter blocks at once. */
static void counter_mode(const char *ecb, size_t block, const uint8_t *key, const uint8_t *first, const uint8_t *input, size_t length,
                         uint8_t *output)
{
    static uint8_t stream[LENGTH_MAX + 16];
    uint8_t counter[16];
    const size_t count = (length + block - 1) / block;

    memcpy(counter, first, block);
    for (size_t i = 0; i < count; i++) {
        memcpy(stream + i * block, counter, block);
        for (size_t j = block; j > 0 && ++counter[j - 1] == 0; j--) {
        }
    }
    if (count != 0) {
        openssl(ecb, key, NULL, 0, stream, count * block, stream);
    }
    xor(output, input, stream, length);
}

static void double_tweak(uint8_t tweak[16])
{
    unsigned carry = 0;

    for (size_t i = 0; i < 16; i++) {
        const unsigned x = 2u * tweak[i] + carry;
        tweak[i] = (uint8_t)x;
        carry = x >> 8;
    }
    tweak[0] ^= (uint8_t)(0x87 * carry);
}

static void xts_block(const char *ecb, const uint8_t *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output)
{
    uint8_t x[16];

    xor(x, input, tweak, 16);
    openssl(ecb, key, NULL, 0, x, 16, x);
    xor(output, x, tweak, 16);
    double_tweak(tweak);
}

/* XTS by its definition (IEEE 1619, 5.3.2), of OpenSSL's single blocks. */
static void xts(const char *ecb, const uint8_t *key, size_t key_length, const uint8_t *iv, const uint8_t *input, size_t length, uint8_t *output)
{
    uint8_t tweak[16], last[16];
    const size_t whole = length / 16, tail = length % 16;

    openssl(ecb, key + key_length / 2, NULL, 0, iv, 16, tweak);
    for (size_t i = 0; i < whole; i++) {
        xts_block(ecb, key, tweak, input + 16 * i, output + 16 * i);
    }
    if (tail != 0) {
        memcpy(last, input + 16 * whole, tail);
        memcpy(last + tail, output + 16 * (whole - 1) + tail, 16 - tail);
        memcpy(output + 16 * whole, output + 16 * (whole - 1), tail);
        xts_block(ecb, key, tweak, last, output + 16 * (whole - 1));
    }
}

static size_t expected_ciphertext(const struct kind *kind, const struct block_cipher *cipher, size_t which, size_t key_length,
                                  struct buffers *b, size_t iv_length, size_t length)
{
    char name[40], ecb[40];
    uint8_t counter[16] = { (uint8_t)(14 - iv_length) };

    snprintf(ecb, sizeof(ecb), "%s-ECB", cipher->names[which]);
    if (kind->suffix != NULL) {
        snprintf(name, sizeof(name), "%s-%s", cipher->names[which], kind->suffix);
        return openssl(name, b->key, b->iv, kind->padding, b->plaintext, length, b->ciphertext);
    }
    if (kind->alg == PSA_ALG_XTS) {
        xts(ecb, b->key, key_length, b->iv, b->plaintext, length, b->ciphertext);
    } else if (kind->alg == PSA_ALG_CCM_STAR_NO_TAG) {
        memcpy(counter + 1, b->iv, iv_length);
        counter[15] = 1;
        counter_mode(ecb, 16, b->key, counter, b->plaintext, length, b->ciphertext);
    } else {
        counter_mode(ecb, cipher->block, b->key, b->iv, b->plaintext, length, b->ciphertext);
    }
    return length;
}

/* Whether there is such a mode. */
static int fits(const struct kind *kind, const struct block_cipher *cipher)
{
    return cipher->block == 16 || (kind->alg != PSA_ALG_CCM_STAR_NO_TAG && kind->alg != PSA_ALG_XTS);
}

/* Two-key 3DES is not for CTR (ctr.c). */
static size_t which_key(const struct kind *kind, const struct block_cipher *cipher, struct random_source *random)
{
    const size_t which = random_source_below(random, 3);
    return kind->alg == PSA_ALG_CTR && cipher->type == PSA_KEY_TYPE_DES && which == 1 ? 2 : which;
}

static void random_case(const struct kind *kind, const struct block_cipher *cipher, struct random_source *random, struct buffers *b,
                        struct cipher_case *test, size_t length)
{
    const size_t which = which_key(kind, cipher, random);
    const size_t key_length = cipher->key_lengths[which] * (kind->alg == PSA_ALG_XTS ? 2 : 1);
    const size_t iv_length = kind->alg == PSA_ALG_ECB_NO_PADDING    ? 0
                             : kind->alg == PSA_ALG_CCM_STAR_NO_TAG ? 13
                                                                    : cipher->block;

    length -= kind->whole_blocks ? length % cipher->block : 0;
    length += kind->alg == PSA_ALG_XTS && length < 16 ? 16 : 0;
    random_source_bytes(random, b->key, sizeof(b->key));
    random_source_bytes(random, b->iv, sizeof(b->iv));
    random_source_bytes(random, b->plaintext, length);
    const size_t ciphertext_length = expected_ciphertext(kind, cipher, which, key_length, b, iv_length, length);
    snprintf(b->name, sizeof(b->name), "%s, algorithm %08x, text of %zu", cipher->names[which], (unsigned)kind->alg, length);
    *test = (struct cipher_case){ b->name, kind->alg, cipher->type, b->key, key_length, b->iv, iv_length,
                                  b->plaintext, length, b->ciphertext, ciphertext_length };
}

/* Some lengths up to 300, and two (one) up to the largest. */
static void lengths_of(const struct kind *kind, const struct block_cipher *cipher, struct random_source *random)
{
    static struct buffers buffers;
    struct cipher_case test;

    for (size_t length = 0; length < 300; length += (1 + random_source_below(random, 36)) * quick_step(4)) {
        random_case(kind, cipher, random, &buffers, &test, length);
        cipher_ways(&test);
    }
    for (size_t j = 0; j < 4; j += 2 * quick_step(2)) {
        random_case(kind, cipher, random, &buffers, &test, random_source_below(random, LENGTH_MAX));
        cipher_ways(&test);
    }
}

/* Pairs of a first part (of every length modulo 16, but 7 and 12) and the size of the others, for one message of 67 (or 64) bytes. */
static void cuts_of(const struct kind *kind, const struct block_cipher *cipher, struct random_source *random)
{
    static struct buffers buffers;
    struct cipher_case test;

    random_case(kind, cipher, random, &buffers, &test, 67);
    for (size_t first = 1; first <= 67; first += 5 * quick_step(3)) {
        for (size_t piece = 1; piece <= 67; piece += (1 + first % 3) * quick_step(3)) {
            cipher_parts(&test, first, piece);
        }
    }
}

static void with_all(void (*function)(const struct kind *kind, const struct block_cipher *cipher, struct random_source *random), uint64_t seed)
{
    struct random_source random = { seed };

    for (size_t i = 0; i < CIPHERS * KINDS; i++) {
        const struct kind *kind = &kinds[i % KINDS];
        const struct block_cipher *cipher = &ciphers[i / KINDS];
        for (size_t choice = 0; kernel_choice_of(choice, cipher->type); choice++) {
            if (fits(kind, cipher)) {
                function(kind, cipher, &random);
            }
        }
    }
}

static void lengths_against_openssl(void **state)
{
    (void)state;
    with_all(lengths_of, 38);
}

static void every_cut(void **state)
{
    (void)state;
    with_all(cuts_of, 39);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_sp_800_38a),
        cmocka_unit_test(lengths_against_openssl),
        cmocka_unit_test(every_cut),
    };
    OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(NULL, "legacy"); /* single DES */
    OSSL_PROVIDER *standard = OSSL_PROVIDER_load(NULL, "default");
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    OSSL_PROVIDER_unload(legacy);
    OSSL_PROVIDER_unload(standard);
    return failed;
}
