/* SPDX-License-Identifier: Apache-2.0 */
/* The shared cipher vectors for AES in the modes that there are, each case through every way of enciphering. */
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

static void with_every_kernel(const struct cipher_case *test)
{
    for (size_t i = 0; kernel_choice(i); i++) {
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

/* ---- Botan: CTR ---- */

/* counter += blocks */
static void advance(uint8_t counter[16], size_t blocks)
{
    for (size_t i = 16; i > 0; i--) {
        blocks += counter[i - 1];
        counter[i - 1] = (uint8_t)blocks;
        blocks >>= 8;
    }
}

/* Seek is an offset into the key stream: whole blocks of it are added to the counter, and for the rest there are zeros in front
 * of the text, of which the file does not say what becomes. Without an In, Out is the key stream itself. */
static void ctr_case(struct vectors *v)
{
    struct cipher_case test = { vectors_where(v), PSA_ALG_CTR, PSA_KEY_TYPE_AES, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t plaintext[8300] = { 0 }, ciphertext[8300], counter[16] = { 0 };
    const size_t offset = vectors_has(v, "Seek") ? (size_t)vectors_number(v, "Seek") : 0, seek = offset % 16;
    size_t length, written;
    const uint8_t *output = vectors_hex(v, "Out", &length);

    test.key = vectors_hex(v, "Key", &test.key_length);
    test.iv = vectors_hex(v, "Nonce", &test.iv_length);
    assert_in_range(test.iv_length, 1, 16);
    if (offset >= 16) {
        memcpy(counter, test.iv, test.iv_length);
        advance(counter, offset / 16);
        test.iv = counter;
        test.iv_length = 16;
    }
    assert_true(seek + length <= sizeof(plaintext));
    if (vectors_has(v, "In")) {
        memcpy(plaintext + seek, vectors_hex(v, "In", &written), length);
        assert_int_equal(written, length);
    }
    const struct psacrypto_key key = { .attributes = &attributes, .blob = test.key, .length = test.key_length };
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    assert_int_equal(sw_cipher_entries.encrypt(NULL, &key, PSA_ALG_CTR, test.iv, test.iv_length, plaintext, seek + length, ciphertext,
                                               sizeof(ciphertext), &written), PSA_SUCCESS);
    if (memcmp(ciphertext + seek, output, length) != 0) {
        fail_msg("%s, kernels %s: wrong output", vectors_where(v), kernel_choice_name());
    }
    test.plaintext = plaintext;
    test.ciphertext = ciphertext;
    test.length = test.ciphertext_length = seek + length;
    with_every_kernel(&test);
}

static void botan_ctr(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("cipher/botan-stream-ctr.txt", "Out");
    while (vectors_next(v)) {
        if (strstr(vectors_section(v), "AES") == NULL) {
            vectors_unused(v, "DES, TripleDES, ARIA: the cipher is not implemented");
        } else {
            ctr_case(v);
        }
    }
    vectors_close(v, 448);
}

/* ---- Wycheproof: CBC-PKCS7 ---- */

static void wycheproof_cbc_pkcs7(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("cipher/wycheproof-aes_cbc_pkcs5.json", NULL);
    while (vectors_next(v)) {
        struct cipher_case test = { vectors_where(v), PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cavp_files),
        cmocka_unit_test(botan_ctr),
        cmocka_unit_test(wycheproof_cbc_pkcs7),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
