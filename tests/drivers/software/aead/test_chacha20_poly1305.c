/* SPDX-License-Identifier: Apache-2.0 */
/* ChaCha20, Poly1305 and their AEAD: the examples of RFC 8439, every cut, the limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/aead/aead.h"
#include "software/aead/poly1305.h"
#include "software/cipher/chacha20.h"
#include "support/aead_ways.h"
#include "support/kernel_choice.h"
#include "support/random_source.h"
#include "support/vectors.h"

/* ---- ChaCha20: RFC 8439, 2.3.2 and 2.4.2 ---- */

static const char sunscreen[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";

static const uint8_t sunscreen_ciphertext[114] = {
    0x6E, 0x2E, 0x35, 0x9A, 0x25, 0x68, 0xF9, 0x80, 0x41, 0xBA, 0x07, 0x28, 0xDD, 0x0D, 0x69, 0x81, 0xE9, 0x7E, 0x7A, 0xEC,
    0x1D, 0x43, 0x60, 0xC2, 0x0A, 0x27, 0xAF, 0xCC, 0xFD, 0x9F, 0xAE, 0x0B, 0xF9, 0x1B, 0x65, 0xC5, 0x52, 0x47, 0x33, 0xAB,
    0x8F, 0x59, 0x3D, 0xAB, 0xCD, 0x62, 0xB3, 0x57, 0x16, 0x39, 0xD6, 0x24, 0xE6, 0x51, 0x52, 0xAB, 0x8F, 0x53, 0x0C, 0x35,
    0x9F, 0x08, 0x61, 0xD8, 0x07, 0xCA, 0x0D, 0xBF, 0x50, 0x0D, 0x6A, 0x61, 0x56, 0xA3, 0x8E, 0x08, 0x8A, 0x22, 0xB6, 0x5E,
    0x52, 0xBC, 0x51, 0x4D, 0x16, 0xCC, 0xF8, 0x06, 0x81, 0x8C, 0xE9, 0x1A, 0xB7, 0x79, 0x37, 0x36, 0x5A, 0xF9, 0x0B, 0xBF,
    0x74, 0xA3, 0x5B, 0xE6, 0xB4, 0x0B, 0x8E, 0xED, 0xF2, 0x78, 0x5E, 0x42, 0x87, 0x4D,
};

static void key_stream(void **state)
{
    static const uint8_t nonce[12] = { 0, 0, 0, 0, 0, 0, 0, 0x4A };
    uint8_t key[32], text[128] = { 0 };

    (void)state;
    for (unsigned i = 0; i < 32; i++) {
        key[i] = (uint8_t)i;
    }
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        uint32_t words[16];
        memcpy(text, sunscreen, 114);
        chacha20_init(words, key, 1, nonce);
        sw_kernels.chacha20(words, text, text, 2);
        assert_int_equal(words[12], 3);
        assert_memory_equal(text, sunscreen_ciphertext, 114);
    }
}

/* Many blocks at once are as many single ones, and the counter wraps without touching the nonce. */
static void blocks_at_once(void **state)
{
    struct random_source random = { 20 };
    uint8_t key[32], nonce[12], text[64 * 40], output[64 * 40], single[64];

    (void)state;
    random_source_bytes(&random, key, sizeof(key));
    random_source_bytes(&random, nonce, sizeof(nonce));
    random_source_bytes(&random, text, sizeof(text));
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (uint32_t count = 0; count <= 40; count++) {
            uint32_t words[16], one[16];
            chacha20_init(words, key, 0u - count / 2, nonce);
            memcpy(one, words, sizeof(one));
            sw_kernels.chacha20(words, text, output, count);
            for (uint32_t i = 0; i < count; i++) {
                chacha20_portable(one, text + 64 * i, single, 1);
                assert_memory_equal(output + 64 * i, single, 64);
            }
            assert_memory_equal(words, one, sizeof(one));
            memcpy(output, text, sizeof(output));
            chacha20_init(words, key, 0u - count / 2, nonce);
            sw_kernels.chacha20(words, output, output, count);
            if (count != 0) {
                assert_memory_equal(output + 64 * (count - 1), single, 64);
            }
        }
    }
}

/* ---- Poly1305: RFC 8439, A.3, the cases of whole blocks, which are those on the borders of the reduction ---- */

static const struct {
    const char *r, *s, *text, *tag;
} macs[] = {
    { "00000000000000000000000000000000", "00000000000000000000000000000000",
      "0000000000000000000000000000000000000000000000000000000000000000"
      "0000000000000000000000000000000000000000000000000000000000000000",
      "00000000000000000000000000000000" },
    { "02000000000000000000000000000000", "00000000000000000000000000000000",
      "ffffffffffffffffffffffffffffffff",
      "03000000000000000000000000000000" },
    { "02000000000000000000000000000000", "ffffffffffffffffffffffffffffffff",
      "02000000000000000000000000000000",
      "03000000000000000000000000000000" },
    { "01000000000000000000000000000000", "00000000000000000000000000000000",
      "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff"
      "11000000000000000000000000000000",
      "05000000000000000000000000000000" },
    { "01000000000000000000000000000000", "00000000000000000000000000000000",
      "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe"
      "01010101010101010101010101010101",
      "00000000000000000000000000000000" },
    { "02000000000000000000000000000000", "00000000000000000000000000000000",
      "fdffffffffffffffffffffffffffffff",
      "faffffffffffffffffffffffffffffff" },
    { "01000000000000000400000000000000", "00000000000000000000000000000000",
      "e33594d7505e43b900000000000000003394d7505e4379cd0100000000000000"
      "0000000000000000000000000000000001000000000000000000000000000000",
      "14000000000000005500000000000000" },
    { "01000000000000000400000000000000", "00000000000000000000000000000000",
      "e33594d7505e43b900000000000000003394d7505e4379cd0100000000000000"
      "00000000000000000000000000000000",
      "13000000000000000000000000000000" },
};

static void macs_of_whole_blocks(void **state)
{
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t i = 0; i < sizeof(macs) / sizeof(macs[0]); i++) {
            struct poly1305 mac;
            uint8_t key[32], tag[16];
            size_t length;
            uint8_t *r = vectors_decode_hex(macs[i].r, &length), *s = vectors_decode_hex(macs[i].s, &length);
            uint8_t *expected = vectors_decode_hex(macs[i].tag, &length), *text = vectors_decode_hex(macs[i].text, &length);
            assert_int_equal(length % 16, 0);
            memcpy(key, r, 16);
            memcpy(key + 16, s, 16);
            poly1305_init(&mac, key);
            sw_kernels.poly1305(&mac, text, length / 16);
            poly1305_finish(&mac, tag);
            assert_memory_equal(tag, expected, 16);
            /* the same in single blocks */
            poly1305_init(&mac, key);
            for (size_t j = 0; j < length; j += 16) {
                sw_kernels.poly1305(&mac, text + j, 1);
            }
            poly1305_finish(&mac, tag);
            assert_memory_equal(tag, expected, 16);
            free(r);
            free(s);
            free(expected);
            free(text);
        }
    }
}

/* h may have any value below 2^131 when the end comes: p - 1, p, p + 1, 2p, ..., added to s = 0. */
static void reduction_at_the_end(void **state)
{
    static const struct {
        uint64_t h[3], low, high;
    } values[] = {
        { { 0, 0, 0 }, 0, 0 },
        { { UINT64_MAX - 5, UINT64_MAX, 3 }, UINT64_MAX - 5, UINT64_MAX },  /* p - 1 */
        { { UINT64_MAX - 4, UINT64_MAX, 3 }, 0, 0 },                        /* p */
        { { UINT64_MAX - 3, UINT64_MAX, 3 }, 1, 0 },                        /* p + 1 */
        { { UINT64_MAX, UINT64_MAX, 3 }, 4, 0 },                            /* 2^130 - 1 */
        { { 0, 0, 4 }, 5, 0 },                                              /* 2^130 */
        { { UINT64_MAX - 9, UINT64_MAX, 7 }, 0, 0 },                        /* 2p */
        { { UINT64_MAX, UINT64_MAX, 7 }, 9, 0 },                            /* 2^131 - 1 */
        { { 7, 0, 5 }, 12, 0 },                                             /* 2^130 + 2^128 + 7, the 2^128 cut off */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct poly1305 mac = { { values[i].h[0], values[i].h[1], values[i].h[2] }, { 0, 0 }, { 0, 0 } };
        uint8_t tag[16], expected[16];
        poly1305_finish(&mac, tag);
        for (unsigned j = 0; j < 8; j++) {
            expected[j] = (uint8_t)(values[i].low >> 8 * j);
            expected[8 + j] = (uint8_t)(values[i].high >> 8 * j);
        }
        assert_memory_equal(tag, expected, 16);
    }
}

/* ---- The AEAD: RFC 8439, 2.8.2 ---- */

static const uint8_t aead_nonce[12] = { 7, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47 };
static const uint8_t aead_ad[12] = { 0x50, 0x51, 0x52, 0x53, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7 };
static const uint8_t aead_ciphertext[114 + 16] = {
    0xD3, 0x1A, 0x8D, 0x34, 0x64, 0x8E, 0x60, 0xDB, 0x7B, 0x86, 0xAF, 0xBC, 0x53, 0xEF, 0x7E, 0xC2, 0xA4, 0xAD, 0xED, 0x51,
    0x29, 0x6E, 0x08, 0xFE, 0xA9, 0xE2, 0xB5, 0xA7, 0x36, 0xEE, 0x62, 0xD6, 0x3D, 0xBE, 0xA4, 0x5E, 0x8C, 0xA9, 0x67, 0x12,
    0x82, 0xFA, 0xFB, 0x69, 0xDA, 0x92, 0x72, 0x8B, 0x1A, 0x71, 0xDE, 0x0A, 0x9E, 0x06, 0x0B, 0x29, 0x05, 0xD6, 0xA5, 0xB6,
    0x7E, 0xCD, 0x3B, 0x36, 0x92, 0xDD, 0xBD, 0x7F, 0x2D, 0x77, 0x8B, 0x8C, 0x98, 0x03, 0xAE, 0xE3, 0x28, 0x09, 0x1B, 0x58,
    0xFA, 0xB3, 0x24, 0xE4, 0xFA, 0xD6, 0x75, 0x94, 0x55, 0x85, 0x80, 0x8B, 0x48, 0x31, 0xD7, 0xBC, 0x3F, 0xF4, 0xDE, 0xF0,
    0x8E, 0x4B, 0x7A, 0x9D, 0xE5, 0x76, 0xD2, 0x65, 0x86, 0xCE, 0xC6, 0x4B, 0x61, 0x16, 0x1A, 0xE1, 0x0B, 0x59, 0x4F, 0x09,
    0xE2, 0x6A, 0x7E, 0x90, 0x2E, 0xCB, 0xD0, 0x60, 0x06, 0x91,
};

static void example_of_the_aead(void **state)
{
    uint8_t key[32], plaintext[114];
    const struct aead_case test = { "RFC 8439, 2.8.2", PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, key, 32, aead_nonce, 12, aead_ad,
                                    12, plaintext, 114, aead_ciphertext, 16 };
    (void)state;
    for (unsigned i = 0; i < 32; i++) {
        key[i] = (uint8_t)(0x80 + i);
    }
    memcpy(plaintext, sunscreen, 114);
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        aead_ways(&test);
        for (size_t first = 1; first <= 114; first++) {
            for (size_t piece = 1; piece <= 114; piece += 1 + first % 5) {
                aead_parts(&test, first, piece);
            }
        }
    }
}

static void limits(void **state)
{
    const uint64_t text_max = (UINT64_C(1) << 38) - 64;

    (void)state;
    for (size_t n = 0; n < 30; n++) {
        assert_int_equal(sw_chacha20_poly1305.check(n, 0, 0),
                         n == 12 ? PSA_SUCCESS : n == 8 ? PSA_ERROR_NOT_SUPPORTED : PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(sw_chacha20_poly1305.check(12, UINT64_MAX, text_max), PSA_SUCCESS);
    assert_int_equal(sw_chacha20_poly1305.check(12, 0, text_max + 1), PSA_ERROR_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_stream),
        cmocka_unit_test(blocks_at_once),
        cmocka_unit_test(macs_of_whole_blocks),
        cmocka_unit_test(reduction_at_the_end),
        cmocka_unit_test(example_of_the_aead),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
