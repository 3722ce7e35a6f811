/* SPDX-License-Identifier: Apache-2.0 */
/* The shared vectors of the block ciphers and their modes, each case through every way of enciphering. */
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
    for (size_t i = 0; kernel_choice_of(i, test->type); i++) {
        cipher_ways(test);
    }
}

/* ---- Fields of a case by name; iv NULL: the mode has none ---- */

struct fields {
    const char *key, *iv, *plaintext, *ciphertext;
};

static void plain_case(struct vectors *v, psa_algorithm_t alg, psa_key_type_t type, const struct fields *fields)
{
    struct cipher_case test = { vectors_where(v), alg, type, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };

    test.key = vectors_hex(v, fields->key, &test.key_length);
    if (alg != PSA_ALG_ECB_NO_PADDING) {
        test.iv = vectors_hex(v, fields->iv, &test.iv_length);
    }
    test.plaintext = vectors_hex(v, fields->plaintext, &test.length);
    test.ciphertext = vectors_hex(v, fields->ciphertext, &test.ciphertext_length);
    with_every_kernel(&test);
}

/* A whole file of one algorithm. */
static void file(const char *path, const char *last, psa_algorithm_t alg, psa_key_type_t type, const struct fields *fields, size_t count)
{
    struct vectors *v = vectors_open(path, last);

    while (vectors_next(v)) {
        plain_case(v, alg, type, fields);
    }
    vectors_close(v, count);
}

static const struct fields cavp = { "KEY", "IV", "PLAINTEXT", "CIPHERTEXT" };
static const struct fields botan = { "Key", "Nonce", "In", "Out" };

static void cavp_cfb_and_ofb(void **state)
{
    static const unsigned sizes[] = { 128, 192, 256 };
    char path[60];

    (void)state;
    vectors_require();
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof(path), "cipher/cavp-aes-CFB128MMT%u.rsp", sizes[i]);
        file(path, "CIPHERTEXT", PSA_ALG_CFB, PSA_KEY_TYPE_AES, &cavp, 20);
        snprintf(path, sizeof(path), "cipher/cavp-aes-OFBMMT%u.rsp", sizes[i]);
        file(path, "CIPHERTEXT", PSA_ALG_OFB, PSA_KEY_TYPE_AES, &cavp, 20);
    }
}

/* ---- Botan: the cipher is in the section's name ---- */

static psa_key_type_t type_of(const char *section)
{
    static const struct {
        const char *name;
        psa_key_type_t type;
    } names[] = {
        { "AES", PSA_KEY_TYPE_AES }, { "ARIA", PSA_KEY_TYPE_ARIA }, { "Camellia", PSA_KEY_TYPE_CAMELLIA }, { "SM4", PSA_KEY_TYPE_SM4 },
        { "DES", PSA_KEY_TYPE_DES },
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strstr(section, names[i].name) != NULL) {
            return names[i].type;
        }
    }
    return PSA_KEY_TYPE_NONE;
}

static void botan_file(const char *path, psa_algorithm_t alg, size_t count)
{
    struct vectors *v = vectors_open(path, "Out");

    while (vectors_next(v)) {
        const char *section = vectors_section(v);
        if (strstr(section, "CFB(") != NULL) {
            vectors_unused(v, "CFB of the specification has segments of a whole block");
        } else {
            plain_case(v, alg, type_of(section), &botan);
        }
    }
    vectors_close(v, count);
}

static void botan_modes(void **state)
{
    (void)state;
    vectors_require();
    botan_file("cipher/botan-modes-cfb.txt", PSA_ALG_CFB, 79);
    botan_file("cipher/botan-stream-ofb.txt", PSA_ALG_OFB, 17);
    botan_file("cipher/botan-block-aria.txt", PSA_ALG_ECB_NO_PADDING, 9);
    botan_file("cipher/botan-block-camellia.txt", PSA_ALG_ECB_NO_PADDING, 17);
    botan_file("cipher/botan-block-sm4.txt", PSA_ALG_ECB_NO_PADDING, 22);
    botan_file("cipher/botan-block-des.txt", PSA_ALG_ECB_NO_PADDING, 315);
}

/* ---- CAVP: triple DES, with one key (KEYs: thrice the same), two or three ---- */

static void tdes_case(struct vectors *v, psa_algorithm_t alg)
{
    struct cipher_case test = { vectors_where(v), alg, PSA_KEY_TYPE_DES, NULL, 0, NULL, 0, NULL, 0, NULL, 0 };
    uint8_t key[24];
    size_t length;

    test.key = key;
    test.key_length = 8;
    if (vectors_has(v, "KEYs")) {
        memcpy(key, vectors_hex(v, "KEYs", &length), 8);
    } else {
        memcpy(key, vectors_hex(v, "KEY1", &length), 8);
        memcpy(key + 8, vectors_hex(v, "KEY2", &length), 8);
        memcpy(key + 16, vectors_hex(v, "KEY3", &length), 8);
        test.key_length = memcmp(key, key + 16, 8) == 0 ? 16 : 24;
    }
    if (alg != PSA_ALG_ECB_NO_PADDING) {
        test.iv = vectors_hex(v, "IV", &test.iv_length);
    }
    test.plaintext = vectors_hex(v, "PLAINTEXT", &test.length);
    test.ciphertext = vectors_hex(v, "CIPHERTEXT", &test.ciphertext_length);
    cipher_ways(&test);
    if (test.key_length == 8) {
        memcpy(key + 8, key, 8);
        memcpy(key + 16, key, 8);
        test.key_length = 24;
        cipher_ways(&test);
    }
}

static void cavp_tdes(void **state)
{
    static const struct {
        const char *mode;
        psa_algorithm_t alg;
        const char *file;
        size_t count;
    } files[] = {
        { "TECB", PSA_ALG_ECB_NO_PADDING, "MMT1", 20 },      { "TECB", PSA_ALG_ECB_NO_PADDING, "MMT2", 20 },
        { "TECB", PSA_ALG_ECB_NO_PADDING, "MMT3", 20 },      { "TECB", PSA_ALG_ECB_NO_PADDING, "invperm", 128 },
        { "TECB", PSA_ALG_ECB_NO_PADDING, "permop", 64 },    { "TECB", PSA_ALG_ECB_NO_PADDING, "subtab", 38 },
        { "TECB", PSA_ALG_ECB_NO_PADDING, "varkey", 112 },   { "TECB", PSA_ALG_ECB_NO_PADDING, "vartext", 128 },
        { "TCBC", PSA_ALG_CBC_NO_PADDING, "MMT1", 20 },      { "TCBC", PSA_ALG_CBC_NO_PADDING, "MMT2", 20 },
        { "TCBC", PSA_ALG_CBC_NO_PADDING, "MMT3", 20 },      { "TCBC", PSA_ALG_CBC_NO_PADDING, "invperm", 128 },
        { "TCBC", PSA_ALG_CBC_NO_PADDING, "permop", 64 },    { "TCBC", PSA_ALG_CBC_NO_PADDING, "subtab", 38 },
        { "TCBC", PSA_ALG_CBC_NO_PADDING, "varkey", 112 },   { "TCBC", PSA_ALG_CBC_NO_PADDING, "vartext", 128 },
        { "TCFB64", PSA_ALG_CFB, "MMT1", 20 },               { "TCFB64", PSA_ALG_CFB, "MMT2", 20 },
        { "TCFB64", PSA_ALG_CFB, "MMT3", 20 },               { "TOFB", PSA_ALG_OFB, "MMT1", 20 },
        { "TOFB", PSA_ALG_OFB, "MMT2", 20 },                 { "TOFB", PSA_ALG_OFB, "MMT3", 20 },
    };
    (void)state;
    vectors_require();
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[60];
        snprintf(path, sizeof(path), "cipher/cavp-tdes-%s%s.rsp", files[i].mode, files[i].file);
        struct vectors *v = vectors_open(path, "CIPHERTEXT");
        while (vectors_next(v)) {
            tdes_case(v, files[i].alg);
        }
        vectors_close(v, files[i].count);
    }
}

/* ---- Crypto++: the mode is in the name ---- */

static void cryptopp_file(const char *path, psa_key_type_t type, size_t count)
{
    static const struct fields fields = { "Key", "IV", "Plaintext", "Ciphertext" };
    struct vectors *v = vectors_open(path, "Test");

    while (vectors_next(v)) {
        const int is_cbc = strstr(vectors_inherited(v, "Name"), "/CBC") != NULL;
        plain_case(v, is_cbc ? PSA_ALG_CBC_NO_PADDING : PSA_ALG_ECB_NO_PADDING, type, &fields);
    }
    vectors_close(v, count);
}

static void cryptopp(void **state)
{
    (void)state;
    vectors_require();
    cryptopp_file("cipher/cryptopp-sm4.txt", PSA_KEY_TYPE_SM4, 51);
    cryptopp_file("cipher/cryptopp-camellia-nessie.txt", PSA_KEY_TYPE_CAMELLIA, 1728);
}

/* ---- Wycheproof: XTS. The IV is a number of eight bytes, least significant first, of the sixteen ---- */

static void wycheproof_xts(void **state)
{
    (void)state;
    vectors_require();
    struct vectors *v = vectors_open("cipher/wycheproof-aes_xts.json", NULL);
    while (vectors_next(v)) {
        struct cipher_case test = { vectors_where(v), PSA_ALG_XTS, PSA_KEY_TYPE_AES, NULL, 0, NULL, 16, NULL, 0, NULL, 0 };
        uint8_t iv[16] = { 0 };
        size_t length;
        const uint8_t *number = vectors_hex(v, "iv", &length);
        assert_in_range(length, 1, 16);
        memcpy(iv, number, length);
        test.iv = iv;
        test.key = vectors_hex(v, "key", &test.key_length);
        test.plaintext = vectors_hex(v, "msg", &test.length);
        test.ciphertext = vectors_hex(v, "ct", &test.ciphertext_length);
        assert_int_equal(vectors_result(v), VECTORS_VALID);
        with_every_kernel(&test);
    }
    vectors_close(v, 123);
}

/* ---- TF-PSA-Crypto: CCM* without a tag. Lines function:arg:arg... ---- */

#define ARGUMENTS 12

struct line {
    char *name;
    char *arguments[ARGUMENTS]; /* after the algorithm and the key type */
};

static void split(struct line *line, char *text)
{
    size_t n = 0;
    char *rest = NULL;

    memset(line, 0, sizeof(*line));
    line->name = strtok_r(text, ":", &rest);
    assert_non_null(strtok_r(NULL, ":", &rest));
    assert_string_equal(strtok_r(NULL, ":", &rest), "PSA_KEY_TYPE_AES");
    for (char *word = strtok_r(NULL, ":", &rest); word != NULL && n < ARGUMENTS; word = strtok_r(NULL, ":", &rest)) {
        line->arguments[n++] = word;
    }
}

static size_t quoted(uint8_t *bytes, size_t size, const char *text)
{
    char digits[200];
    size_t length = strlen(text);

    assert_true(text[0] == '"' && length >= 2 && length - 2 < sizeof(digits));
    memcpy(digits, text + 1, length - 2);
    digits[length - 2] = 0;
    uint8_t *decoded = vectors_decode_hex(digits, &length);
    assert_non_null(decoded);
    assert_true(length <= size);
    memcpy(bytes, decoded, length);
    free(decoded);
    return length;
}

static void with_expected_output(const struct line *line)
{
    uint8_t key[32], iv[16], input[64], output[64];
    const int multipart = strstr(line->name, "multipart") != NULL;
    const int decrypt = strncmp(line->name, "cipher_decrypt", 14) == 0;
    struct cipher_case test = { line->name, PSA_ALG_CCM_STAR_NO_TAG, PSA_KEY_TYPE_AES, key, 0, iv, 0, input, 0, output, 0 };

    test.key_length = quoted(key, sizeof(key), line->arguments[0]);
    test.iv_length = quoted(iv, sizeof(iv), line->arguments[1]);
    test.length = quoted(input, sizeof(input), line->arguments[2]);
    test.ciphertext_length = quoted(output, sizeof(output), line->arguments[multipart ? 6 : 3]);
    test.plaintext = decrypt ? output : input;
    test.ciphertext = decrypt ? input : output;
    with_every_kernel(&test);
}

/* Only a key and a text, or what must be refused: a text comes back, an IV is accepted or not. */
static void without_output(const struct line *line)
{
    uint8_t key[32], text[32], output[32], iv[32] = { 5 };
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    struct psacrypto_key k = { .attributes = &attributes, .blob = key };
    const struct psacrypto_cipher_entries *e = &sw_cipher_entries;
    const int about_iv = strcmp(line->name, "cipher_encrypt_validate_iv_length") == 0;
    const size_t iv_length = about_iv ? strtoul(line->arguments[2], NULL, 10) : 13;
    const psa_status_t expected = about_iv && strcmp(line->arguments[3], "PSA_SUCCESS") != 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS;
    size_t n;

    k.length = quoted(key, sizeof(key), line->arguments[0]);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    const size_t length = quoted(text, sizeof(text), line->arguments[1]);
    assert_int_equal(e->encrypt(NULL, &k, PSA_ALG_CCM_STAR_NO_TAG, iv, iv_length, text, length, output, sizeof(output), &n), expected);
    if (expected == PSA_SUCCESS) {
        assert_int_equal(e->decrypt(NULL, &k, PSA_ALG_CCM_STAR_NO_TAG, iv, iv_length, output, n, output, sizeof(output), &n), PSA_SUCCESS);
        assert_int_equal(n, length);
        assert_memory_equal(output, text, length);
    }
}

/* Whole messages with the IV in front are the API's. */
static void shorter_than_the_iv(const struct line *line)
{
    uint8_t bytes[32], input[32], output[32];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    size_t length;

    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DECRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_CCM_STAR_NO_TAG);
    assert_int_equal(psa_import_key(&attributes, bytes, quoted(bytes, sizeof(bytes), line->arguments[0]), &key), PSA_SUCCESS);
    const size_t input_length = quoted(input, sizeof(input), line->arguments[1]);
    assert_int_equal(psa_cipher_decrypt(key, PSA_ALG_CCM_STAR_NO_TAG, input, input_length, output, sizeof(output), &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void tf_psa_ccm_star(void **state)
{
    size_t size, ran = 0;
    char *rest = NULL;

    (void)state;
    vectors_require();
    char *text = vectors_file("cipher/tf-psa-ccm-star-no-tag.txt", &size);
    for (char *each = strtok_r(text, "\n", &rest); each != NULL; each = strtok_r(NULL, "\n", &rest)) {
        struct line line;
        if (strncmp(each, "cipher_", 7) != 0) {
            continue;
        }
        split(&line, each);
        (strcmp(line.name, "cipher_decrypt_fail") == 0                     ? shorter_than_the_iv
         : line.arguments[3] != NULL && line.arguments[3][0] != 'P' ? with_expected_output
                                                                           : without_output)(&line);
        ran++;
    }
    free(text);
    vectors_report("cipher/tf-psa-ccm-star-no-tag.txt", ran, 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cavp_cfb_and_ofb),
        cmocka_unit_test(botan_modes),
        cmocka_unit_test(cavp_tdes),
        cmocka_unit_test(cryptopp),
        cmocka_unit_test(wycheproof_xts),
        cmocka_unit_test(tf_psa_ccm_star),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
