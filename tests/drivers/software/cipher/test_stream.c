/* SPDX-License-Identifier: Apache-2.0 */
/* ChaCha20, XChaCha20 and ARC4: published examples, the forms of IV, counters that end, every cut, OpenSSL; every implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include "software/cipher/chacha20.h"
#include "software/software.h"
#include "support/cipher_ways.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"
#include "util/bytes.h"

#define ENTRIES (&sw_cipher_entries)
#define LENGTH_MAX 3000u

/* ---- Examples ---- */

#define SUNSCREEN \
    "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a204966204920636f756c64206f6666657220796f75206f" \
    "6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73637265656e20776f756c642062652069742e"
#define COUNTING_KEY "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static const struct {
    const char *name;
    psa_key_type_t type;
    const char *key, *iv, *plaintext, *ciphertext;
} examples[] = {
    { "RFC 8439, 2.4.2", PSA_KEY_TYPE_CHACHA20, COUNTING_KEY, "01000000000000000000004a00000000", SUNSCREEN,
      "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
      "07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42874d" },
    { "RFC 8439, A.1, 1", PSA_KEY_TYPE_CHACHA20, "0000000000000000000000000000000000000000000000000000000000000000",
      "000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000000"
      "0000000000000000000000000000000000000000000000000000000000000000",
      "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee"
      "6586" },
    { "RFC 6229, 40 bits", PSA_KEY_TYPE_ARC4, "0102030405", "", "00000000000000000000000000000000", "b2396305f03dc027ccc3524a0a1118a8" },
    { "RFC 6229, 128 bits", PSA_KEY_TYPE_ARC4, "0102030405060708090a0b0c0d0e0f10", "",
      "0000000000000000000000000000000000000000000000000000000000000000",
      "9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c" },
};

static void published_examples(void **state)
{
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
            struct cipher_case test = { examples[i].name, PSA_ALG_STREAM_CIPHER, examples[i].type, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
            uint8_t *key = vectors_decode_hex(examples[i].key, &test.key_length);
            uint8_t *iv = vectors_decode_hex(examples[i].iv, &test.iv_length);
            uint8_t *plaintext = vectors_decode_hex(examples[i].plaintext, &test.length);
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

/* draft-irtf-cfrg-xchacha-03, 2.2.1. */
static void subkey_of_xchacha20(void **state)
{
    size_t length;
    uint8_t *key = vectors_decode_hex(COUNTING_KEY, &length);
    uint8_t *nonce = vectors_decode_hex("000000090000004a0000000031415927", &length);
    uint8_t *expected = vectors_decode_hex("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc", &length);
    uint8_t subkey[32];

    (void)state;
    hchacha20(subkey, key, nonce);
    assert_memory_equal(subkey, expected, 32);
    free(key);
    free(nonce);
    free(expected);
}

/* ---- Keys, IVs, counters ---- */

static psa_key_attributes_t attributes;
static uint8_t key_bytes[256];

static struct psacrypto_key key_of(psa_key_type_t type, size_t length)
{
    const struct psacrypto_key key = { .attributes = &attributes, .blob = key_bytes, .length = length };

    memset(&attributes, 0, sizeof(attributes));
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, 8 * length);
    for (size_t i = 0; i < sizeof(key_bytes); i++) {
        key_bytes[i] = (uint8_t)(3 * i + 1);
    }
    return key;
}

static psa_status_t encrypt(psa_key_type_t type, size_t key_length, const uint8_t *iv, size_t iv_length, uint8_t *output, size_t length)
{
    const struct psacrypto_key key = key_of(type, key_length);
    size_t written = 99;

    memset(output, 0, length);
    const psa_status_t status =
        ENTRIES->encrypt(NULL, &key, PSA_ALG_STREAM_CIPHER, iv, iv_length, output, length, output, length, &written);
    assert_int_equal(written, status == PSA_SUCCESS ? length : 0);
    return status;
}

static void lengths_of_keys_and_ivs(void **state)
{
    uint8_t iv[40] = { 7 }, output[16];

    (void)state;
    for (size_t n = 0; n <= 256; n++) {
        const struct psacrypto_key key = key_of(PSA_KEY_TYPE_ARC4, n);
        const psa_status_t expected = n >= 5 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
        uint64_t context[64] = { 0 };
        assert_int_equal(encrypt(PSA_KEY_TYPE_ARC4, n, NULL, 0, output, 16), expected);
        assert_int_equal(ENTRIES->decrypt_setup(NULL, &key, context, PSA_ALG_STREAM_CIPHER), expected);
        assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, n, iv, 12, output, 16), n == 32 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(encrypt(PSA_KEY_TYPE_XCHACHA20, n, iv, 24, output, 16), n == 32 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED);
    }
    for (size_t n = 0; n <= 40; n++) {
        assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, 32, iv, n, output, 16),
                         n == 8 || n == 12 || n == 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(encrypt(PSA_KEY_TYPE_XCHACHA20, 32, iv, n, output, 16),
                         n == 24 || n == 32 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(encrypt(PSA_KEY_TYPE_ARC4, 16, iv, n, output, 16), n == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* ARC4 has no IV to set. */
static void no_iv_for_arc4(void **state)
{
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_ARC4, 16);
    uint64_t context[64] = { 0 };

    (void)state;
    assert_int_equal(ENTRIES->encrypt_setup(NULL, &key, context, PSA_ALG_STREAM_CIPHER), PSA_SUCCESS);
    assert_int_equal(ENTRIES->set_iv(NULL, &key, context, key_bytes, 0), PSA_ERROR_BAD_STATE);
}

/* Counter n in front is n blocks further on in the key stream. */
static void counter_in_the_iv(void **state)
{
    uint8_t iv[32] = { 0 }, stream[64 * 6], later[64 * 3];

    (void)state;
    memset(iv + 8, 0x5A, 24);
    assert_int_equal(encrypt(PSA_KEY_TYPE_XCHACHA20, 32, iv + 8, 24, stream, sizeof(stream)), PSA_SUCCESS);
    iv[0] = 3;
    assert_int_equal(encrypt(PSA_KEY_TYPE_XCHACHA20, 32, iv, 32, later, sizeof(later)), PSA_SUCCESS);
    assert_memory_equal(later, stream + 192, sizeof(later));
    iv[1] = iv[2] = iv[3] = 0;
    memset(iv + 4, 0x5A, 12);
    assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, 32, iv + 4, 12, stream, sizeof(stream)), PSA_SUCCESS);
    assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, 32, iv, 16, later, sizeof(later)), PSA_SUCCESS);
    assert_memory_equal(later, stream + 192, sizeof(later));
}

/* The original ChaCha20 is the same block with the nonce in the last two words. */
static void original_variant(void **state)
{
    uint8_t iv[16] = { 0 }, one[200], two[200];

    (void)state;
    memset(iv + 8, 0x3C, 8);
    assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, 32, iv + 8, 8, one, sizeof(one)), PSA_SUCCESS);
    assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, 32, iv, 16, two, sizeof(two)), PSA_SUCCESS);
    assert_memory_equal(one, two, sizeof(one));
}

/* 32 bits of counter end: what needs a block after the last is refused, in one call and in parts. */
static void counter_that_ends(void **state)
{
    const struct psacrypto_key key = key_of(PSA_KEY_TYPE_CHACHA20, 32);
    uint8_t iv[16] = { 0xFE, 0xFF, 0xFF, 0xFF, 1 }, output[160];
    uint64_t context[64] = { 0 };
    size_t length;

    (void)state;
    assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, 32, iv, 16, output, 128), PSA_SUCCESS);
    assert_int_equal(encrypt(PSA_KEY_TYPE_CHACHA20, 32, iv, 16, output, 129), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(ENTRIES->encrypt_setup(NULL, &key, context, PSA_ALG_STREAM_CIPHER), PSA_SUCCESS);
    assert_int_equal(ENTRIES->set_iv(NULL, &key, context, iv, 16), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &key, context, output, 100, output, 100, &length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &key, context, output, 29, output, 29, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(ENTRIES->update(NULL, &key, context, output, 28, output, 28, &length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->update(NULL, &key, context, output, 1, output, 1, &length), PSA_ERROR_INVALID_ARGUMENT);
}

/* 64 bits of counter carry over the kernels' 32. */
static void counter_that_carries(void **state)
{
    uint8_t iv[32] = { 0 }, across[64 * 40], before[64 * 20], after[64 * 20];

    (void)state;
    memset(iv + 8, 0x77, 24);
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        store64_le(iv, UINT64_C(0x12FFFFFFFF) - 19);
        assert_int_equal(encrypt(PSA_KEY_TYPE_XCHACHA20, 32, iv, 32, across, sizeof(across)), PSA_SUCCESS);
        assert_int_equal(encrypt(PSA_KEY_TYPE_XCHACHA20, 32, iv, 32, before, sizeof(before)), PSA_SUCCESS);
        store64_le(iv, UINT64_C(0x1300000000));
        assert_int_equal(encrypt(PSA_KEY_TYPE_XCHACHA20, 32, iv, 32, after, sizeof(after)), PSA_SUCCESS);
        assert_memory_equal(across, before, sizeof(before));
        assert_memory_equal(across + sizeof(before), after, sizeof(after));
        assert_memory_not_equal(before, after, sizeof(before));
    }
}

/* ---- OpenSSL ---- */

struct buffers {
    uint8_t key[256], iv[32], plaintext[LENGTH_MAX], ciphertext[LENGTH_MAX];
    char name[100];
};

static int openssl_encrypt(const char *name, struct buffers *b, size_t key_length, const uint8_t *key, const uint8_t *iv, size_t length)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int n = 0;

    if (cipher == NULL) {
        EVP_CIPHER_CTX_free(context);
        return 0;
    }
    assert_int_equal(EVP_EncryptInit_ex(context, cipher, NULL, NULL, NULL), 1);
    assert_int_equal(EVP_CIPHER_CTX_set_key_length(context, (int)key_length), 1);
    assert_int_equal(EVP_EncryptInit_ex(context, NULL, NULL, key, iv), 1);
    assert_int_equal(EVP_EncryptUpdate(context, b->ciphertext, &n, b->plaintext, (int)length), 1);
    assert_int_equal(n, length);
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    return 1;
}

/* XChaCha20 is ChaCha20 of OpenSSL under the subkey, whose example is above. */
static int random_case(psa_key_type_t type, struct random_source *random, struct buffers *b, struct cipher_case *test, size_t length)
{
    const size_t key_length = type == PSA_KEY_TYPE_ARC4 ? 5 + random_source_below(random, 252) : 32;
    const size_t iv_length = type == PSA_KEY_TYPE_ARC4 ? 0 : type == PSA_KEY_TYPE_CHACHA20 ? 16 : 32;
    uint8_t subkey[32], inner[16];
    int found;

    random_source_bytes(random, b->key, sizeof(b->key));
    random_source_bytes(random, b->iv, sizeof(b->iv));
    random_source_bytes(random, b->plaintext, length);
    b->iv[3] &= 0x7F;
    if (type == PSA_KEY_TYPE_XCHACHA20) {
        hchacha20(subkey, b->key, b->iv + 8);
        memcpy(inner, b->iv, 8);
        memcpy(inner + 8, b->iv + 24, 8);
        found = openssl_encrypt("ChaCha20", b, key_length, subkey, inner, length);
    } else {
        found = openssl_encrypt(type == PSA_KEY_TYPE_ARC4 ? "RC4" : "ChaCha20", b, key_length, b->key, b->iv, length);
    }
    snprintf(b->name, sizeof(b->name), "type %04x, key of %zu bytes, text of %zu", type, key_length, length);
    *test = (struct cipher_case){ b->name, PSA_ALG_STREAM_CIPHER, type, b->key, key_length, b->iv, iv_length,
                                  b->plaintext, length, b->ciphertext, length };
    return found;
}

static const psa_key_type_t types[] = { PSA_KEY_TYPE_CHACHA20, PSA_KEY_TYPE_XCHACHA20, PSA_KEY_TYPE_ARC4 };
#define TYPES (sizeof(types) / sizeof(types[0]))

static void lengths_against_openssl(void **state)
{
    static struct buffers buffers;
    struct random_source random = { 7539 };
    struct cipher_case test;

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < TYPES; i++) {
            for (size_t length = 0; length < LENGTH_MAX; length += (1 + random_source_below(&random, length < 300 ? 9 : 600)) * slow_step(3)) {
                if (random_case(types[i], &random, &buffers, &test, length)) {
                    cipher_ways(&test);
                } else {
                    assert_int_equal(types[i], PSA_KEY_TYPE_ARC4); /* a build of OpenSSL without its legacy provider */
                }
            }
        }
    }
}

static void every_cut(void **state)
{
    static struct buffers buffers;
    struct random_source random = { 7540 };
    struct cipher_case test;

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < TYPES; i++) {
            if (!random_case(types[i], &random, &buffers, &test, 131)) {
                continue;
            }
            for (size_t first = 1; first <= 131; first += quick_step(5)) {
                for (size_t piece = 1; piece <= 131; piece += 3 + first % 7) {
                    cipher_parts(&test, first, piece);
                }
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples), cmocka_unit_test(subkey_of_xchacha20),  cmocka_unit_test(lengths_of_keys_and_ivs),
        cmocka_unit_test(no_iv_for_arc4),     cmocka_unit_test(counter_in_the_iv),    cmocka_unit_test(original_variant),
        cmocka_unit_test(counter_that_ends),  cmocka_unit_test(counter_that_carries), cmocka_unit_test(lengths_against_openssl),
        cmocka_unit_test(every_cut),
    };
    OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(NULL, "legacy");
    OSSL_PROVIDER *standard = OSSL_PROVIDER_load(NULL, "default");
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    OSSL_PROVIDER_unload(legacy);
    OSSL_PROVIDER_unload(standard);
    return failed;
}
