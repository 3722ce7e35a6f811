/* SPDX-License-Identifier: Apache-2.0 */
/* ECB, CBC, CBC-PKCS7 and CTR over AES: the examples of SP 800-38A, every cut, and OpenSSL; every implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "support/cipher_ways.h"
#include "support/kernel_choice.h"
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

static const struct kind {
    const char *name;
    psa_algorithm_t alg;
    const char *ciphers[3]; /* of OpenSSL, by key length 16, 24, 32 */
    int blocks, padding;
} kinds[] = {
    { "ECB", PSA_ALG_ECB_NO_PADDING, { "AES-128-ECB", "AES-192-ECB", "AES-256-ECB" }, 1, 0 },
    { "CBC", PSA_ALG_CBC_NO_PADDING, { "AES-128-CBC", "AES-192-CBC", "AES-256-CBC" }, 1, 0 },
    { "CBC-PKCS7", PSA_ALG_CBC_PKCS7, { "AES-128-CBC", "AES-192-CBC", "AES-256-CBC" }, 0, 1 },
    { "CTR", PSA_ALG_CTR, { "AES-128-CTR", "AES-192-CTR", "AES-256-CTR" }, 0, 0 },
};

struct buffers {
    uint8_t key[32], iv[16], plaintext[LENGTH_MAX], ciphertext[LENGTH_MAX + 16];
    char name[100];
};

static size_t openssl_encrypt(const struct kind *kind, struct buffers *b, size_t key_length, size_t length)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, kind->ciphers[key_length / 8 - 2], NULL);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int n = 0, last = 0;

    assert_non_null(cipher);
    assert_int_equal(EVP_EncryptInit_ex(context, cipher, NULL, b->key, b->iv), 1);
    EVP_CIPHER_CTX_set_padding(context, kind->padding);
    assert_int_equal(EVP_EncryptUpdate(context, b->ciphertext, &n, b->plaintext, (int)length), 1);
    assert_int_equal(EVP_EncryptFinal_ex(context, b->ciphertext + n, &last), 1);
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    return (size_t)(n + last);
}

static void random_case(const struct kind *kind, struct random_source *random, struct buffers *b, struct cipher_case *test, size_t length)
{
    const size_t key_length = 16 + 8 * random_source_below(random, 3);

    length -= kind->blocks ? length % 16 : 0;
    random_source_bytes(random, b->key, sizeof(b->key));
    random_source_bytes(random, b->iv, sizeof(b->iv));
    random_source_bytes(random, b->plaintext, length);
    const size_t ciphertext_length = openssl_encrypt(kind, b, key_length, length);
    snprintf(b->name, sizeof(b->name), "%s, key of %zu bytes, text of %zu", kind->name, key_length, length);
    *test = (struct cipher_case){ b->name, kind->alg, PSA_KEY_TYPE_AES, b->key, key_length, b->iv,
                                  kind->alg == PSA_ALG_ECB_NO_PADDING ? 0 : 16, b->plaintext, length, b->ciphertext, ciphertext_length };
}

static void lengths_against_openssl(void **state)
{
    static struct buffers buffers;
    struct random_source random = { 38 };
    struct cipher_case test;

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
            for (size_t length = 0; length < 300; length += 1 + random_source_below(&random, 4)) {
                random_case(&kinds[i], &random, &buffers, &test, length);
                cipher_ways(&test);
            }
            for (size_t j = 0; j < 12; j++) {
                random_case(&kinds[i], &random, &buffers, &test, random_source_below(&random, LENGTH_MAX));
                cipher_ways(&test);
            }
        }
    }
}

/* All pairs of a first part and the size of the others, for one message of 67 (or 64) bytes. */
static void every_cut(void **state)
{
    static struct buffers buffers;
    struct random_source random = { 39 };
    struct cipher_case test;

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
            random_case(&kinds[i], &random, &buffers, &test, 67);
            for (size_t first = 1; first <= 67; first++) {
                for (size_t piece = 1; piece <= 67; piece += 1 + first % 3) {
                    cipher_parts(&test, first, piece);
                }
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_sp_800_38a),
        cmocka_unit_test(lengths_against_openssl),
        cmocka_unit_test(every_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
