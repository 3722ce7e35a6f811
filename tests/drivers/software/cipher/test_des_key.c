/* SPDX-License-Identifier: Apache-2.0 */
/* DES keys: lengths on import; parity and weak keys when they are derived and generated. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "software/cipher/block_cipher.h"
#include "software/key_type.h"

static psa_status_t import(const uint8_t *data, size_t length, size_t *bits)
{
    return sw_key_type_des.import(PSA_KEY_TYPE_DES, data, length, bits);
}

static void lengths(void **state)
{
    uint8_t key[33];

    (void)state;
    memset(key, 0x01, sizeof(key)); /* odd, and weak: that is no matter here */
    for (size_t n = 1; n <= 33; n++) {
        size_t bits = 0;
        const psa_status_t expected = n == 8 || n == 16 || n == 24 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(import(key, n, &bits), expected);
        assert_int_equal(bits, expected == PSA_SUCCESS ? 8 * n : 0);
        bits = 64;
        assert_int_equal(import(key, n, &bits), n == 8 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* Parity is not asked for on import. */
static void any_parity(void **state)
{
    uint8_t key[24];

    (void)state;
    for (unsigned value = 0; value < 256; value++) {
        size_t bits = 192;
        memset(key, (int)value, sizeof(key));
        assert_int_equal(import(key, 24, &bits), PSA_SUCCESS);
        assert_int_equal(bits, 192);
    }
}

/* Nor in use: the lowest bit of each byte changes nothing. */
static void parity_changes_nothing(void **state)
{
    static const uint8_t text[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    uint8_t key[24], expected[8], output[8];
    struct sw_block_key expanded;

    (void)state;
    for (size_t i = 0; i < sizeof(key); i++) {
        key[i] = (uint8_t)(2 * (7 * i + 5));
    }
    sw_des.expand(&expanded, key, sizeof(key), 0);
    sw_des.encrypt(&expanded, text, expected, 1);
    for (size_t i = 0; i < sizeof(key); i++) {
        key[i] ^= 1u;
        sw_des.expand(&expanded, key, sizeof(key), 0);
        sw_des.encrypt(&expanded, text, output, 1);
        assert_memory_equal(output, expected, sizeof(output));
    }
}

/* Gives out what it has, and PSA_ERROR_INSUFFICIENT_DATA afterwards. */
struct tape {
    const uint8_t *data;
    size_t left;
};

static psa_status_t read_tape(void *source, uint8_t *output, size_t length)
{
    struct tape *tape = source;

    if (length > tape->left) {
        return PSA_ERROR_INSUFFICIENT_DATA;
    }
    memcpy(output, tape->data, length);
    tape->data += length;
    tape->left -= length;
    return PSA_SUCCESS;
}

/* Weak keys, each with its parity bits as they should be and all wrong, are passed over. */
static void derivation(void **state)
{
    static const uint8_t weak[][8] = {
        { 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01 }, { 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE, 0xFE },
        { 0xE0, 0xE0, 0xE0, 0xE0, 0xF1, 0xF1, 0xF1, 0xF1 }, { 0x1F, 0x1F, 0x1F, 0x1F, 0x0E, 0x0E, 0x0E, 0x0E },
        { 0x01, 0x1F, 0x01, 0x1F, 0x01, 0x0E, 0x01, 0x0E }, { 0x1F, 0x01, 0x1F, 0x01, 0x0E, 0x01, 0x0E, 0x01 },
        { 0x01, 0xE0, 0x01, 0xE0, 0x01, 0xF1, 0x01, 0xF1 }, { 0xE0, 0x01, 0xE0, 0x01, 0xF1, 0x01, 0xF1, 0x01 },
        { 0x01, 0xFE, 0x01, 0xFE, 0x01, 0xFE, 0x01, 0xFE }, { 0xFE, 0x01, 0xFE, 0x01, 0xFE, 0x01, 0xFE, 0x01 },
        { 0x1F, 0xE0, 0x1F, 0xE0, 0x0E, 0xF1, 0x0E, 0xF1 }, { 0xE0, 0x1F, 0xE0, 0x1F, 0xF1, 0x0E, 0xF1, 0x0E },
        { 0x1F, 0xFE, 0x1F, 0xFE, 0x0E, 0xFE, 0x0E, 0xFE }, { 0xFE, 0x1F, 0xFE, 0x1F, 0xFE, 0x0E, 0xFE, 0x0E },
        { 0xE0, 0xFE, 0xE0, 0xFE, 0xF1, 0xFE, 0xF1, 0xFE }, { 0xFE, 0xE0, 0xFE, 0xE0, 0xFE, 0xF1, 0xFE, 0xF1 },
    };
    static const uint8_t expected[8] = { 0x10, 0x20, 0x31, 0x40, 0x51, 0x61, 0x70, 0x80 };
    uint8_t bytes[48], key[24];

    (void)state;
    for (size_t i = 0; i < 32; i++) {
        for (size_t j = 0; j < 8; j++) {
            bytes[j] = (uint8_t)(weak[i / 2][j] ^ (i % 2));
            bytes[8 + j] = (uint8_t)(0x10 * (j + 1)); /* 0x10, 0x20, 0x30, ..: some of even parity */
        }
        memcpy(bytes + 16, bytes, 16);
        memcpy(bytes + 32, bytes, 16);
        for (size_t n = 1; n <= 3; n++) {
            struct tape tape = { bytes, 16 * n };
            struct sw_blob blob = { key, 8 * n, 0 };
            assert_int_equal(sw_key_type_des.derive(PSA_KEY_TYPE_DES, 64 * n, read_tape, &tape, &blob), PSA_SUCCESS);
            assert_int_equal(tape.left, 0);
            assert_int_equal(blob.length, 8 * n);
            for (size_t k = 0; k < n; k++) {
                assert_memory_equal(key + 8 * k, expected, 8);
            }
            tape = (struct tape){ bytes, 16 * n - 1 };
            assert_int_equal(sw_key_type_des.derive(PSA_KEY_TYPE_DES, 64 * n, read_tape, &tape, &blob), PSA_ERROR_INSUFFICIENT_DATA);
        }
    }
    for (size_t bits = 0; bits < 300; bits++) {
        struct tape tape = { bytes, sizeof(bytes) };
        struct sw_blob blob = { key, sizeof(key), 0 };
        if (bits != 64 && bits != 128 && bits != 192) {
            assert_int_equal(sw_key_type_des.derive(PSA_KEY_TYPE_DES, bits, read_tape, &tape, &blob), PSA_ERROR_INVALID_ARGUMENT);
        }
    }
    struct tape tape = { bytes, sizeof(bytes) };
    struct sw_blob small = { key, 15, 0 };
    assert_int_equal(sw_key_type_des.derive(PSA_KEY_TYPE_DES, 128, read_tape, &tape, &small), PSA_ERROR_BUFFER_TOO_SMALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths),
        cmocka_unit_test(any_parity),
        cmocka_unit_test(parity_changes_nothing),
        cmocka_unit_test(derivation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
