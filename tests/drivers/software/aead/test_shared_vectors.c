/* SPDX-License-Identifier: Apache-2.0 */
/* The shared AEAD vectors, each case through every way of encrypting and decrypting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"
#include "support/aead_ways.h"
#include "support/kernel_choice.h"
#include "support/vectors.h"

static void with_every_kernel(void (*function)(const struct aead_case *test), const struct aead_case *test)
{
    for (size_t i = 0; kernel_choice_of(i, test->type); i++) {
        function(test);
    }
}

/* ---- Wycheproof ---- */

/* A nonce that the algorithm has not: nothing is enciphered with it. */
static void expect_refused_nonce(const struct aead_case *test)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    const struct psacrypto_key key = { .attributes = &attributes, .blob = test->key, .length = test->key_length };
    uint64_t context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
    uint8_t output[600];
    size_t length = 99;

    psa_set_key_type(&attributes, test->type);
    psa_set_key_bits(&attributes, 8 * test->key_length);
    const psa_status_t expected = test->alg == PSA_ALG_CHACHA20_POLY1305 && test->nonce_length == 8 ? PSA_ERROR_NOT_SUPPORTED
                                                                                                  : PSA_ERROR_INVALID_ARGUMENT;
    assert_true(test->length + 16 <= sizeof(output));
    assert_int_equal(sw_aead_entries.encrypt(NULL, &key, test->alg, test->nonce, test->nonce_length, test->ad, test->ad_length,
                                             test->plaintext, test->length, output, sizeof(output), &length), expected);
    assert_int_equal(length, 0);
    assert_int_equal(sw_aead_entries.decrypt(NULL, &key, test->alg, test->nonce, test->nonce_length, test->ad, test->ad_length,
                                             test->ciphertext, test->length + 16, output, sizeof(output), &length), expected);
    assert_int_equal(length, 0);
    assert_int_equal(sw_aead_entries.encrypt_setup(NULL, &key, context, test->alg), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.set_lengths(NULL, &key, context, test->ad_length, test->length), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.set_nonce(NULL, &key, context, test->nonce, test->nonce_length), expected);
}

static int nonce_is_invalid(const struct aead_case *test)
{
    return test->alg == PSA_ALG_CHACHA20_POLY1305 ? test->nonce_length != 12 : test->nonce_length == 0;
}

static void wycheproof(const char *path, psa_algorithm_t alg, psa_key_type_t type, size_t count)
{
    struct vectors *v = vectors_open(path, NULL);

    while (vectors_next(v)) {
        struct aead_case test = { vectors_where(v), alg, type, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
        size_t tag_length, ciphertext_length;
        test.key = vectors_hex(v, "key", &test.key_length);
        test.nonce = vectors_hex(v, "iv", &test.nonce_length);
        test.ad = vectors_hex(v, "aad", &test.ad_length);
        test.plaintext = vectors_hex(v, "msg", &test.length);
        const uint8_t *ciphertext = vectors_hex(v, "ct", &ciphertext_length);
        const uint8_t *tag = vectors_hex(v, "tag", &tag_length);
        uint8_t *joined = calloc(1, ciphertext_length + 16);
        assert_non_null(joined);
        assert_true(tag_length == 16 || nonce_is_invalid(&test));
        memcpy(joined, ciphertext, ciphertext_length);
        memcpy(joined + ciphertext_length, tag, tag_length);
        test.ciphertext = joined;
        test.tag_length = 16;
        if (nonce_is_invalid(&test)) {
            assert_int_equal(vectors_result(v), VECTORS_INVALID);
            test.length = ciphertext_length;
            expect_refused_nonce(&test);
        } else if (vectors_result(v) == VECTORS_INVALID) {
            test.length = ciphertext_length;
            with_every_kernel(aead_ways_forged, &test);
        } else {
            assert_int_equal(test.length, ciphertext_length);
            with_every_kernel(aead_ways, &test);
        }
        free(joined);
    }
    vectors_close(v, count);
}

static void wycheproof_gcm(void **state)
{
    (void)state;
    vectors_require();
    wycheproof("aead/wycheproof-aes_gcm.json", PSA_ALG_GCM, PSA_KEY_TYPE_AES, 316);
}

static void wycheproof_gcm_of_other_ciphers(void **state)
{
    (void)state;
    vectors_require();
    wycheproof("aead/wycheproof-aria_gcm.json", PSA_ALG_GCM, PSA_KEY_TYPE_ARIA, 311);
    wycheproof("aead/wycheproof-sm4_gcm.json", PSA_ALG_GCM, PSA_KEY_TYPE_SM4, 104);
}

/* Also tags and nonces of lengths that CCM has not. */
static void wycheproof_camellia_ccm(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("aead/wycheproof-camellia_ccm.json", NULL);
    while (vectors_next(v)) {
        struct aead_case test = { vectors_where(v), PSA_ALG_CCM, PSA_KEY_TYPE_CAMELLIA, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 16 };
        uint8_t joined[600];
        size_t ciphertext_length;
        test.key = vectors_hex(v, "key", &test.key_length);
        test.nonce = vectors_hex(v, "iv", &test.nonce_length);
        test.ad = vectors_hex(v, "aad", &test.ad_length);
        test.plaintext = vectors_hex(v, "msg", &test.length);
        const uint8_t *ciphertext = vectors_hex(v, "ct", &ciphertext_length), *tag = vectors_hex(v, "tag", &test.tag_length);
        assert_true(ciphertext_length + 16 <= sizeof(joined));
        memcpy(joined, ciphertext, ciphertext_length);
        memcpy(joined + ciphertext_length, tag, test.tag_length);
        test.ciphertext = joined;
        test.alg = PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, test.tag_length);
        if (vectors_result(v) == VECTORS_VALID) {
            with_every_kernel(aead_ways, &test);
        } else if (test.tag_length < 4 || test.tag_length % 2 != 0) {
            assert_int_equal(sw_aead_context_size(test.alg, PSA_KEY_TYPE_CAMELLIA), 0);
        } else if (test.nonce_length < 7 || test.nonce_length > 13) {
            test.length = ciphertext_length;
            test.alg = PSA_ALG_CCM;
            expect_refused_nonce(&test);
        } else {
            test.length = ciphertext_length;
            with_every_kernel(aead_ways_forged, &test);
        }
    }
    vectors_close(v, 552);
}

/* ---- Botan: GCM, the tag behind the ciphertext ---- */

static void botan_gcm(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("aead/botan-aead-gcm-aria-sm4.txt", "Out");
    while (vectors_next(v)) {
        const psa_key_type_t type = strstr(vectors_section(v), "ARIA") != NULL ? PSA_KEY_TYPE_ARIA : PSA_KEY_TYPE_SM4;
        struct aead_case test = { vectors_where(v), PSA_ALG_GCM, type, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 16 };
        size_t length;
        test.key = vectors_hex(v, "Key", &test.key_length);
        test.nonce = vectors_hex(v, "Nonce", &test.nonce_length);
        if (vectors_has(v, "AD")) {
            test.ad = vectors_hex(v, "AD", &test.ad_length);
        }
        test.plaintext = vectors_hex(v, "In", &test.length);
        test.ciphertext = vectors_hex(v, "Out", &length);
        assert_int_equal(length, test.length + 16);
        with_every_kernel(aead_ways, &test);
    }
    vectors_close(v, 8);
}

static void wycheproof_chacha20_poly1305(void **state)
{
    (void)state;
    vectors_require();
    wycheproof("aead/wycheproof-chacha20_poly1305.json", PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 325);
}

/* ---- AWS-LC: XChaCha20-Poly1305 ---- */

static void awslc_xchacha20_poly1305(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("aead/awslc-xchacha20_poly1305.txt", "TAG");
    while (vectors_next(v)) {
        struct aead_case test = { vectors_where(v), PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20,
                                  NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 16 };
        uint8_t joined[1024];
        size_t ciphertext_length, tag_length;
        test.key = vectors_hex(v, "KEY", &test.key_length);
        test.nonce = vectors_hex(v, "NONCE", &test.nonce_length);
        test.ad = vectors_hex(v, "AD", &test.ad_length);
        test.plaintext = vectors_hex(v, "IN", &test.length);
        const uint8_t *ciphertext = vectors_hex(v, "CT", &ciphertext_length), *tag = vectors_hex(v, "TAG", &tag_length);
        assert_true(ciphertext_length == test.length && tag_length == 16 && ciphertext_length + 16 <= sizeof(joined));
        memcpy(joined, ciphertext, ciphertext_length);
        memcpy(joined + ciphertext_length, tag, tag_length);
        test.ciphertext = joined;
        with_every_kernel(aead_ways, &test);
    }
    vectors_close(v, 52);
}

/* ---- Ascon-AEAD128 ---- */

static void ascon_known_answers(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("aead/ascon-aead128-LWC_AEAD_KAT.txt", "CT");
    while (vectors_next(v)) {
        struct aead_case test = { vectors_where(v), PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 16 };
        size_t length;
        test.key = vectors_hex(v, "Key", &test.key_length);
        test.nonce = vectors_hex(v, "Nonce", &test.nonce_length);
        test.ad = vectors_hex(v, "AD", &test.ad_length);
        test.plaintext = vectors_hex(v, "PT", &test.length);
        test.ciphertext = vectors_hex(v, "CT", &length);
        assert_int_equal(length, test.length + 16);
        aead_ways(&test);
    }
    vectors_close(v, 1089);
}

/* With nonce masking. The tag has 83 bits there, of which whole bytes can be had. */
static void ascon_acvp(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("aead/acvp-Ascon-AEAD128-SP800-232.json", NULL);
    while (vectors_next(v)) {
        const size_t tag_length = (size_t)vectors_number(v, "tagLen") / 8;
        struct aead_case test = { vectors_where(v), PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_ASCON_AEAD128, tag_length), PSA_KEY_TYPE_ASCON,
                                  NULL, 32, NULL, 0, NULL, 0, NULL, 0, NULL, tag_length };
        uint8_t key[32], joined[64];
        size_t length;
        const uint8_t *first = vectors_hex(v, "key", &length), *second = vectors_hex(v, "secondKey", &length);
        assert_int_equal(length, 16);
        memcpy(key, first, 16);
        memcpy(key + 16, second, 16);
        test.key = key;
        test.nonce = vectors_hex(v, "nonce", &test.nonce_length);
        test.ad = vectors_hex(v, "ad", &test.ad_length);
        test.plaintext = vectors_hex(v, "pt", &test.length);
        const uint8_t *ciphertext = vectors_hex(v, "ct", &length), *tag = vectors_hex(v, "tag", &length);
        assert_true(length >= tag_length && test.length + tag_length <= sizeof(joined));
        memcpy(joined, ciphertext, test.length);
        memcpy(joined + test.length, tag, tag_length);
        test.ciphertext = joined;
        aead_ways(&test);
    }
    vectors_close(v, 1);
}

/* ---- CAVP: CCM. No bytes are written as one zero byte; the lengths are in the headers or in a block before. ---- */

static void cavp_ccm(const char *path, size_t count)
{
    struct vectors *v = vectors_open(path, "CT");

    while (vectors_next(v)) {
        const size_t tag_length = (size_t)vectors_number(v, "Tlen");
        struct aead_case test = { vectors_where(v), PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, tag_length), PSA_KEY_TYPE_AES,
                                  NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, tag_length };
        size_t length;
        test.key = vectors_hex(v, "Key", &test.key_length);
        test.nonce = vectors_hex(v, "Nonce", &test.nonce_length);
        test.ad = vectors_hex(v, "Adata", &length);
        test.ad_length = (size_t)vectors_number(v, "Alen");
        test.ciphertext = vectors_hex(v, "CT", &length);
        test.length = (size_t)vectors_number(v, "Plen");
        assert_int_equal(test.nonce_length, vectors_number(v, "Nlen"));
        assert_int_equal(length, test.length + tag_length);
        if (vectors_result(v) == VECTORS_INVALID) {
            with_every_kernel(aead_ways_forged, &test);
        } else {
            test.plaintext = vectors_hex(v, "Payload", &length);
            with_every_kernel(aead_ways, &test);
        }
    }
    vectors_close(v, count);
}

static void cavp_ccm_files(void **state)
{
    static const struct {
        const char *path;
        size_t count;
    } files[] = {
        { "aead/cavp-ccm-DVPT128.rsp", 240 }, { "aead/cavp-ccm-DVPT256.rsp", 240 }, { "aead/cavp-ccm-VADT128.rsp", 330 },
        { "aead/cavp-ccm-VNT128.rsp", 70 },   { "aead/cavp-ccm-VNT192.rsp", 70 },   { "aead/cavp-ccm-VPT256.rsp", 250 },
        { "aead/cavp-ccm-VTT128.rsp", 70 },   { "aead/cavp-ccm-VTT256.rsp", 70 },
    };
    (void)state;
    vectors_require();
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        cavp_ccm(files[i].path, files[i].count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wycheproof_gcm),
        cmocka_unit_test(wycheproof_gcm_of_other_ciphers),
        cmocka_unit_test(wycheproof_camellia_ccm),
        cmocka_unit_test(botan_gcm),
        cmocka_unit_test(wycheproof_chacha20_poly1305),
        cmocka_unit_test(awslc_xchacha20_poly1305),
        cmocka_unit_test(cavp_ccm_files),
        cmocka_unit_test(ascon_known_answers),
        cmocka_unit_test(ascon_acvp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
