/* SPDX-License-Identifier: Apache-2.0 */
/* The shared cipher vectors, each case through every way of enciphering. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"
#include "support/cipher_ways.h"
#include "support/kernel_choice.h"
#include "support/vectors.h"
#include "util/bytes.h"

static void with_every_kernel(const struct cipher_case *test)
{
    for (size_t i = 0; kernel_choice_of(i, test->type); i++) {
        cipher_ways(test);
    }
}

/* ---- CAVP ---- */

static void cavp(const char *mode, psa_algorithm_t alg, const char *file, size_t count)
{
    char path[80];

    snprintf(path, sizeof(path), "cipher/cavp-aes-%s%s.rsp", mode, file);
    struct vectors *v = vectors_open(path, "CIPHERTEXT");
    while (vectors_next(v)) {
        struct cipher_case test = { vectors_where(v), alg, PSA_KEY_TYPE_AES, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
        test.key = vectors_hex(v, "KEY", &test.key_length);
        if (alg != PSA_ALG_ECB_NO_PADDING) {
            test.iv = vectors_hex(v, "IV", &test.iv_length);
        }
        test.plaintext = vectors_hex(v, "PLAINTEXT", &test.length);
        test.ciphertext = vectors_hex(v, "CIPHERTEXT", &test.ciphertext_length);
        with_every_kernel(&test);
    }
    vectors_close(v, count);
}

static void cavp_files(void **state)
{
    static const struct {
        const char *file;
        size_t count;
    } both[] = {
        { "GFSbox128", 14 }, { "GFSbox192", 12 }, { "GFSbox256", 10 }, { "KeySbox128", 42 }, { "KeySbox192", 48 },
        { "KeySbox256", 32 }, { "MMT128", 20 }, { "MMT192", 20 }, { "MMT256", 20 },
    }, ecb[] = {
        { "VarKey128", 256 }, { "VarKey192", 384 }, { "VarKey256", 512 }, { "VarTxt128", 256 }, { "VarTxt192", 256 },
        { "VarTxt256", 256 },
    };
    (void)state;
    vectors_require();
    for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
        cavp("CBC", PSA_ALG_CBC_NO_PADDING, both[i].file, both[i].count);
        cavp("ECB", PSA_ALG_ECB_NO_PADDING, both[i].file, both[i].count);
    }
    for (size_t i = 0; i < sizeof(ecb) / sizeof(ecb[0]); i++) {
        cavp("ECB", PSA_ALG_ECB_NO_PADDING, ecb[i].file, ecb[i].count);
    }
}

/* ---- Botan: key streams ---- */

#define STREAM_MAX 8300u

/* counter += blocks */
static void advance(uint8_t *counter, size_t size, size_t blocks)
{
    for (size_t i = size; i > 0; i--) {
        blocks += counter[i - 1];
        counter[i - 1] = (uint8_t)blocks;
        blocks >>= 8;
    }
}

/* The IV for a place `blocks` further on. 12 bytes or 24 of nonce, and 8 bytes of ChaCha20's original: with the counter before. */
static size_t chacha_iv(uint8_t iv[32], const uint8_t *nonce, size_t nonce_length, size_t blocks)
{
    const size_t length = nonce_length == 24 ? 32 : 16;

    memset(iv, 0, 32);
    store32_le(iv, (uint32_t)blocks);
    memcpy(iv + length - nonce_length, nonce, nonce_length);
    return length;
}

/* `rest` bytes of key stream are skipped by zeros in front of the text, of which the file does not say what becomes. Without an
 * In, Out is the key stream itself. */
static void stream_case(struct vectors *v, struct cipher_case *test, size_t rest)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t plaintext[STREAM_MAX] = { 0 }, ciphertext[STREAM_MAX];
    size_t length, written;
    const uint8_t *output = vectors_hex(v, "Out", &length);

    assert_true(rest + length <= sizeof(plaintext));
    if (vectors_has(v, "In")) {
        memcpy(plaintext + rest, vectors_hex(v, "In", &written), length);
        assert_int_equal(written, length);
    }
    const struct psacrypto_key key = { .attributes = &attributes, .blob = test->key, .length = test->key_length };
    psa_set_key_type(&attributes, test->type);
    assert_int_equal(sw_cipher_entries.encrypt(NULL, &key, test->alg, test->iv, test->iv_length, plaintext, rest + length, ciphertext,
                                               sizeof(ciphertext), &written), PSA_SUCCESS);
    if (memcmp(ciphertext + rest, output, length) != 0) {
        fail_msg("%s, kernels %s: wrong output", vectors_where(v), kernel_choice_name());
    }
    test->plaintext = plaintext;
    test->ciphertext = ciphertext;
    test->length = test->ciphertext_length = rest + length;
    with_every_kernel(test);
}

/* Seek is an offset into the key stream. */
static uint64_t seek_of(struct vectors *v)
{
    return vectors_has(v, "Seek") ? strtoull(vectors_string(v, "Seek"), NULL, 10) : 0;
}

static void ctr_case(struct vectors *v, psa_key_type_t type, size_t block)
{
    struct cipher_case test = { vectors_where(v), PSA_ALG_CTR, type, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
    uint8_t counter[16] = { 0 };

    test.key = vectors_hex(v, "Key", &test.key_length);
    test.iv = vectors_hex(v, "Nonce", &test.iv_length);
    assert_in_range(test.iv_length, 1, block);
    if (seek_of(v) >= block) {
        memcpy(counter, test.iv, test.iv_length);
        advance(counter, block, (size_t)(seek_of(v) / block));
        test.iv = counter;
        test.iv_length = block;
    }
    stream_case(v, &test, (size_t)(seek_of(v) % block));
}

static void botan_ctr(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("cipher/botan-stream-ctr.txt", "Out");
    while (vectors_next(v)) {
        const char *section = vectors_section(v);
        const int is_des = strstr(section, "DES") != NULL;
        ctr_case(v, is_des ? PSA_KEY_TYPE_DES : strstr(section, "ARIA") != NULL ? PSA_KEY_TYPE_ARIA : PSA_KEY_TYPE_AES, is_des ? 8 : 16);
    }
    vectors_close(v, 448);
}

static void botan_chacha20(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("cipher/botan-stream-chacha20.txt", "Out");
    while (vectors_next(v)) {
        struct cipher_case test = { vectors_where(v), PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_CHACHA20, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
        size_t nonce_length = 8;
        uint8_t iv[32], zeros[8] = { 0 };
        const uint8_t *nonce = vectors_has(v, "Nonce") ? vectors_hex(v, "Nonce", &nonce_length) : zeros;
        test.key = vectors_hex(v, "Key", &test.key_length);
        if (test.key_length != 32) {
            vectors_unused(v, "ChaCha20 keys of the specification have 256 bits");
            continue;
        }
        size_t length;
        vectors_hex(v, "Out", &length);
        if (nonce_length != 24 && seek_of(v) + length > UINT64_C(1) << 38) {
            vectors_unused(v, "an IV of the specification has 32 bits of counter, which end");
            continue;
        }
        test.type = nonce_length == 24 ? PSA_KEY_TYPE_XCHACHA20 : PSA_KEY_TYPE_CHACHA20;
        test.iv = nonce;
        test.iv_length = nonce_length;
        if (seek_of(v) != 0) {
            test.iv_length = chacha_iv(iv, nonce, nonce_length, (size_t)(seek_of(v) / 64));
            test.iv = iv;
        }
        stream_case(v, &test, (size_t)(seek_of(v) % 64));
    }
    vectors_close(v, 87);
}

static void botan_arc4(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("cipher/botan-stream-rc4.txt", "Out");
    while (vectors_next(v)) {
        struct cipher_case test = { vectors_where(v), PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_ARC4, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
        test.key = vectors_hex(v, "Key", &test.key_length);
        if (strcmp(vectors_section(v), "RC4") != 0) {
            vectors_unused(v, "ARC4 of the specification skips none of its key stream");
        } else if (test.key_length < 5) {
            vectors_unused(v, "ARC4 keys of the specification have 40 bits at least");
        } else {
            stream_case(v, &test, (size_t)seek_of(v));
        }
    }
    vectors_close(v, 75);
}

/* ---- Wycheproof: CBC-PKCS7 ---- */

static void wycheproof(const char *path, psa_key_type_t type)
{
    struct vectors *v = vectors_open(path, NULL);

    while (vectors_next(v)) {
        struct cipher_case test = { vectors_where(v), PSA_ALG_CBC_PKCS7, type, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
        test.key = vectors_hex(v, "key", &test.key_length);
        test.iv = vectors_hex(v, "iv", &test.iv_length);
        test.plaintext = vectors_hex(v, "msg", &test.length);
        test.ciphertext = vectors_hex(v, "ct", &test.ciphertext_length);
        if (vectors_result(v) == VECTORS_VALID) {
            with_every_kernel(&test);
        } else {
            cipher_ways_refused(&test, test.ciphertext_length == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_ERROR_INVALID_PADDING);
        }
    }
    vectors_close(v, 216);
}

static void wycheproof_cbc_pkcs7(void **state)
{
    (void)state;
    vectors_require();
    wycheproof("cipher/wycheproof-aes_cbc_pkcs5.json", PSA_KEY_TYPE_AES);
    wycheproof("cipher/wycheproof-aria_cbc_pkcs5.json", PSA_KEY_TYPE_ARIA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cavp_files),
        cmocka_unit_test(botan_ctr),
        cmocka_unit_test(botan_chacha20),
        cmocka_unit_test(botan_arc4),
        cmocka_unit_test(wycheproof_cbc_pkcs7),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
