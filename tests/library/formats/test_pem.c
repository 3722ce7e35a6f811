/* SPDX-License-Identifier: Apache-2.0 */
/* Textual encoding: beside OpenSSL, around other text, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/bio.h>
#include <openssl/pem.h>

#include "formats/base64.h"
#include "formats/pem.h"
#include "support/random_source.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void base64_alphabet(void **state)
{
    (void)state;
    for (uint32_t c = 0; c < 256; c++) {
        const char *found = c != 0 ? strchr(alphabet, (int)c) : NULL;
        uint32_t valid, value = base64_value(c, &valid);
        assert_int_equal(valid, found != NULL ? 0xffffffffu : 0);
        if (found != NULL) {
            assert_int_equal(value, found - alphabet);
        }
    }
    for (uint32_t value = 0; value < 64; value++) {
        assert_int_equal(base64_character(value), alphabet[value]);
    }
}

/* Decodes the first block of a text; memory is exact, for sanitizers. */
static psa_status_t decode(const char *text, size_t text_length, const char *label, uint8_t *output, size_t size, size_t *length)
{
    char *copy = malloc(text_length != 0 ? text_length : 1);
    struct pem_block block;
    size_t at = 0;
    memcpy(copy, text, text_length);
    *length = 0;
    psa_status_t status = pem_next(&block, copy, text_length, &at);
    if (status == PSA_SUCCESS) {
        assert_true(pem_has_label(&block, label));
        status = pem_decode(output, size, length, &block);
    }
    free(copy);
    return status;
}

static void same_as_openssl(void **state)
{
    struct random_source source = { 4 };
    (void)state;
    for (size_t length = 1; length <= 300; length++) {
        uint8_t data[300], decoded[304];
        char *text, *theirs;
        size_t decoded_length;
        random_source_bytes(&source, data, length);
        BIO *bio = BIO_new(BIO_s_mem());
        assert_true(PEM_write_bio(bio, "PRIVATE KEY", "", data, (long)length) > 0);
        size_t theirs_length = (size_t)BIO_get_mem_data(bio, &theirs);

        assert_int_equal(pem_encoded_length("PRIVATE KEY", length), theirs_length);
        text = malloc(theirs_length);
        pem_encode(text, "PRIVATE KEY", data, length);
        assert_memory_equal(text, theirs, theirs_length);
        assert_int_equal(decode(text, theirs_length, "PRIVATE KEY", decoded, sizeof decoded, &decoded_length), PSA_SUCCESS);
        assert_int_equal(decoded_length, length);
        assert_memory_equal(decoded, data, length);
        /* Exactly enough room, and one byte too few. */
        assert_int_equal(decode(text, theirs_length, "PRIVATE KEY", decoded, length, &decoded_length), PSA_SUCCESS);
        assert_int_equal(decode(text, theirs_length, "PRIVATE KEY", decoded, length - 1, &decoded_length), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(decoded_length, 0);
        BIO_free(bio);
        free(text);
    }
}

#define BEGIN "-----BEGIN X-----\n"
#define END "-----END X-----\n"

static const struct {
    const char *what, *text;
    psa_status_t status;
    size_t length;
} cases[] = {
    { "plain", BEGIN "TWFu\n" END, PSA_SUCCESS, 3 },
    { "no final newline", BEGIN "TWFu\n-----END X-----", PSA_SUCCESS, 3 },
    { "one pad", BEGIN "TWE=\n" END, PSA_SUCCESS, 2 },
    { "two pads", BEGIN "TQ==\n" END, PSA_SUCCESS, 1 },
    { "pads on the next line", BEGIN "TQ\n==\n" END, PSA_SUCCESS, 1 },
    { "carriage returns", "-----BEGIN X-----\r\nTWFu\r\nTWFu\r\n-----END X-----\r\n", PSA_SUCCESS, 6 },
    { "white space", BEGIN " \t T W F u \v\f\n\n\n" END, PSA_SUCCESS, 3 },
    { "space behind boundaries", "-----BEGIN X----- \nTWFu\n-----END X----- \t\r\n", PSA_SUCCESS, 3 },
    { "one long line", BEGIN "TWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFuTWFu\n" END,
      PSA_SUCCESS, 63 },
    { "text around", "Subject: a key\n\n" BEGIN "TWFu\n" END "the end\n", PSA_SUCCESS, 3 },
    { "dashes before", "------\n-----\n----- BEGIN X-----\n" BEGIN "TWFu\n" END, PSA_SUCCESS, 3 },
    { "empty body", BEGIN END, PSA_SUCCESS, 0 },
    { "nothing", "", PSA_ERROR_DOES_NOT_EXIST, 0 },
    { "no boundary", "TWFu\n", PSA_ERROR_DOES_NOT_EXIST, 0 },
    { "boundary not at the start of a line", " -----BEGIN X-----\nTWFu\n" END, PSA_ERROR_DOES_NOT_EXIST, 0 },
    { "no end", BEGIN "TWFu\n", PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "begin alone", "-----BEGIN X-----", PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "other end", BEGIN "TWFu\n-----END Y-----\n", PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "longer end", BEGIN "TWFu\n-----END X2-----\n", PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "end within a line", BEGIN "TWFu-----END X-----\n", PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "begin twice", BEGIN BEGIN "TWFu\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "broken end", BEGIN "TWFu\n-----END X----\n", PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "a character left over", BEGIN "TWFuT\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "no padding", BEGIN "TWE\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "half the padding", BEGIN "TQ=\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "too much padding", BEGIN "TWE==\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "padding of nothing", BEGIN "TWFu=\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "three pads", BEGIN "T===\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "text behind padding", BEGIN "TQ==TWFu\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "text within padding", BEGIN "TQ=T=\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "unused bits set, one pad", BEGIN "TWF=\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "unused bits set, two pads", BEGIN "TR==\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "not in the alphabet", BEGIN "TW-u\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "of the URL alphabet", BEGIN "TW_u\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "eight bits", BEGIN "TW\xc3\xa4u\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
    { "encrypted", BEGIN "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nTWFu\n" END, PSA_ERROR_NOT_SUPPORTED, 0 },
    { "another header", BEGIN "Comment: x\n\nTWFu\n" END, PSA_ERROR_INVALID_ARGUMENT, 0 },
};

static void texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t output[64];
        size_t length;
        psa_status_t status = decode(cases[i].text, strlen(cases[i].text), "X", output, sizeof output, &length);
        if (status != cases[i].status || length != cases[i].length) {
            fail_msg("%s: %d, %zu bytes", cases[i].what, (int)status, length);
        }
    }
}

static void several_blocks(void **state)
{
    static const char text[] = "-----BEGIN EC PARAMETERS-----\nBggq\n-----END EC PARAMETERS-----\n"
                               "between\n-----BEGIN A-----\nTQ==\n-----END A-----\n-----BEGIN A B-----\nTWE=\n-----END A B-----";
    static const char *const labels[] = { "EC PARAMETERS", "A", "A B" };
    static const size_t lengths[] = { 3, 1, 2 };
    struct pem_block block;
    uint8_t output[8];
    size_t at = 0, length;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pem_next(&block, text, sizeof text - 1, &at), PSA_SUCCESS);
        assert_true(pem_has_label(&block, labels[i]));
        assert_false(pem_has_label(&block, labels[(i + 1) % 3]));
        assert_int_equal(pem_decode(output, sizeof output, &length, &block), PSA_SUCCESS);
        assert_int_equal(length, lengths[i]);
    }
    assert_int_equal(pem_next(&block, text, sizeof text - 1, &at), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(at, sizeof text - 1);
    assert_int_equal(pem_next(&block, NULL, 0, &(size_t){ 0 }), PSA_ERROR_DOES_NOT_EXIST);
}

/* Every cut of a text ends, and none but those that keep the last boundary whole is a block. */
static void cuts(void **state)
{
    static const char text[] = "-----BEGIN X-----\nTWFuTWFu\n-----END X-----\n";
    (void)state;
    for (size_t cut = 0; cut < sizeof text; cut++) {
        uint8_t output[8];
        size_t length;
        psa_status_t status = decode(text, cut, "X", output, sizeof output, &length);
        assert_int_equal(status == PSA_SUCCESS, cut >= sizeof text - 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64_alphabet), cmocka_unit_test(same_as_openssl), cmocka_unit_test(texts),
        cmocka_unit_test(several_blocks),  cmocka_unit_test(cuts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
