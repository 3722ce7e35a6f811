/* SPDX-License-Identifier: Apache-2.0 */
/* GCM: the test cases of its specification (McGrew and Viega, appendix B), every cut, GHASH by its definition, the limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/aead/aead.h"
#include "software/software.h"
#include "support/aead_ways.h"
#include "support/kernel_choice.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define ZEROS "00000000000000000000000000000000"
#define KEY "feffe9928665731c6d6a8f9467308308"
#define TEXT_60 \
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
#define AD "feedfacedeadbeeffeedfacedeadbeefabaddad2"

static const struct {
    const char *name, *key, *nonce, *ad, *plaintext, *ciphertext;
} cases[] = {
    { "test case 1", ZEROS, "000000000000000000000000", "", "", "58e2fccefa7e3061367f1d57a4e7455a" },
    { "test case 2", ZEROS, "000000000000000000000000", "", ZEROS, "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf" },
    { "test case 3", KEY, "cafebabefacedbaddecaf888", "", TEXT_60 "1aafd255",
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985"
      "4d5c2af327cd64a62cf35abd2ba6fab4" },
    { "test case 4", KEY, "cafebabefacedbaddecaf888", AD, TEXT_60,
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
      "5bc94fbc3221a5db94fae95ae7121a47" },
    { "test case 5", KEY, "cafebabefacedbad", AD, TEXT_60,
      "61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c742373806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f4598"
      "3612d2e79e3b0785561be14aaca2fccb" },
    { "test case 6", KEY,
      "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b", AD,
      TEXT_60,
      "8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca701e4a9a4fba43c90ccdcb281d48c7c6fd62875d2aca417034c34aee5"
      "619cc5aefffe0bfa462af43c1699d050" },
};

static void test_cases_of_the_specification(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct aead_case test = { cases[i].name, PSA_ALG_GCM, PSA_KEY_TYPE_AES, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 16 };
        size_t length;
        uint8_t *key = vectors_decode_hex(cases[i].key, &test.key_length);
        uint8_t *nonce = vectors_decode_hex(cases[i].nonce, &test.nonce_length);
        uint8_t *ad = vectors_decode_hex(cases[i].ad, &test.ad_length);
        uint8_t *plaintext = vectors_decode_hex(cases[i].plaintext, &test.length);
        uint8_t *ciphertext = vectors_decode_hex(cases[i].ciphertext, &length);
        test.key = key;
        test.nonce = nonce;
        test.ad = ad;
        test.plaintext = plaintext;
        test.ciphertext = ciphertext;
        assert_int_equal(length, test.length + 16);
        for (size_t choice = 0; kernel_choice(choice); choice++) {
            aead_ways(&test);
        }
        free(key);
        free(nonce);
        free(ad);
        free(plaintext);
        free(ciphertext);
    }
}

/* ---- Every cut of a message ---- */

static void every_cut(void **state)
{
    struct random_source random = { 12 };
    uint8_t key[16], nonce[12], ad[35], plaintext[67], ciphertext[67 + 16];
    struct aead_case test = { "cut", PSA_ALG_GCM, PSA_KEY_TYPE_AES, key, 16, nonce, 12, ad, 35, plaintext, 67, ciphertext, 16 };
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    const struct psacrypto_key driver_key = { .attributes = &attributes, .blob = key, .length = 16 };
    size_t length;

    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    random_source_bytes(&random, key, sizeof(key));
    random_source_bytes(&random, nonce, sizeof(nonce));
    random_source_bytes(&random, ad, sizeof(ad));
    random_source_bytes(&random, plaintext, sizeof(plaintext));
    assert_int_equal(sw_aead_entries.encrypt(NULL, &driver_key, PSA_ALG_GCM, nonce, 12, ad, 35, plaintext, 67, ciphertext, 83, &length),
                     PSA_SUCCESS);
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t first = 1; first <= 67; first++) {
            for (size_t piece = 1; piece <= 67; piece += 1 + first % 3) {
                aead_parts(&test, first, piece);
            }
        }
    }
}

/* ---- Long messages, whose two passes of decryption share work: around the lengths where that begins and ends ---- */

#define LONG_MAX 40000u

static void open_long(const struct psacrypto_key *key, const uint8_t *ciphertext, const uint8_t *plaintext, size_t length)
{
    static const uint8_t nonce[12] = { 7 };
    static uint8_t output[LONG_MAX + 16], untouched[LONG_MAX];
    size_t n;

    assert_int_equal(sw_aead_entries.decrypt(NULL, key, PSA_ALG_GCM, nonce, 12, NULL, 0, ciphertext, length + 16, output, length, &n),
                     PSA_SUCCESS);
    assert_memory_equal(output, plaintext, length);
    memcpy(output, ciphertext, length + 16);
    assert_int_equal(sw_aead_entries.decrypt(NULL, key, PSA_ALG_GCM, nonce, 12, NULL, 0, output, length + 16, output, length, &n), PSA_SUCCESS);
    assert_memory_equal(output, plaintext, length);
    assert_int_equal(n, length);
    /* of a forgery, no byte */
    memset(output, 0, length);
    assert_int_equal(sw_aead_entries.decrypt(NULL, key, PSA_ALG_GCM, nonce, 12, nonce, 1, ciphertext, length + 16, output, length, &n),
                     PSA_ERROR_INVALID_SIGNATURE);
    assert_memory_equal(output, untouched, length);
}

static void long_messages(void **state)
{
    static const size_t lengths[] = { 500, 511, 512, 527, 528, 1023, 1024, 1039, 1040, 1536, 4100, 16383, 16384, 16399, 16400, LONG_MAX };
    static const uint8_t nonce[12] = { 7 };
    static uint8_t plaintext[LONG_MAX], ciphertext[LONG_MAX + 16];
    struct random_source random = { 22 };
    uint8_t bytes[32];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    struct psacrypto_key key = { .attributes = &attributes, .blob = bytes };

    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    random_source_bytes(&random, bytes, sizeof(bytes));
    random_source_bytes(&random, plaintext, sizeof(plaintext));
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        size_t n;
        key.length = 16 + 8 * (i % 3);
        (void)kernel_choice(0);
        assert_int_equal(sw_aead_entries.encrypt(NULL, &key, PSA_ALG_GCM, nonce, 12, NULL, 0, plaintext, lengths[i], ciphertext,
                                                 sizeof(ciphertext), &n), PSA_SUCCESS);
        for (size_t choice = 0; kernel_choice(choice); choice++) {
            open_long(&key, ciphertext, plaintext, lengths[i]);
        }
    }
}

/* ---- GHASH by SP 800-38D, 6.3, algorithm 1: bit by bit ---- */

static void multiply(uint8_t z[16], const uint8_t x[16], const uint8_t y[16])
{
    uint8_t v[16], sum[16] = { 0 };

    memcpy(v, y, 16);
    for (unsigned i = 0; i < 128; i++) {
        const unsigned low = v[15] & 1u;
        for (unsigned j = 0; j < 16; j++) {
            sum[j] = (uint8_t)(sum[j] ^ (((unsigned)x[i / 8] >> (7 - i % 8) & 1u) != 0 ? v[j] : 0));
        }
        for (unsigned j = 15; j > 0; j--) {
            v[j] = (uint8_t)(v[j] >> 1 | v[j - 1] << 7);
        }
        v[0] = (uint8_t)(v[0] >> 1 ^ (low != 0 ? 0xE1u : 0));
    }
    memcpy(z, sum, 16);
}

static void ghash_by_definition(void **state)
{
    struct random_source random = { 13 };
    struct ghash_key key;
    uint8_t h[16], blocks[16 * 50], y[16], expected[16];

    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t count = 0; count <= 50; count++) {
            random_source_bytes(&random, h, sizeof(h));
            random_source_bytes(&random, y, sizeof(y));
            random_source_bytes(&random, blocks, sizeof(blocks));
            memcpy(expected, y, 16);
            for (size_t i = 0; i < count; i++) {
                for (size_t j = 0; j < 16; j++) {
                    expected[j] ^= blocks[16 * i + j];
                }
                multiply(expected, expected, h);
            }
            sw_kernels.ghash_expand(&key, h);
            sw_kernels.ghash(&key, y, blocks, count);
            assert_memory_equal(y, expected, 16);
        }
    }
}

/* ---- Limits (SP 800-38D, 5.2.1.1) ---- */

static void limits(void **state)
{
    const uint64_t text_max = (UINT64_C(1) << 36) - 32, ad_max = (UINT64_C(1) << 61) - 1;

    (void)state;
    assert_int_equal(sw_gcm.check(12, ad_max, text_max), PSA_SUCCESS);
    assert_int_equal(sw_gcm.check(1, 0, 0), PSA_SUCCESS);
    assert_int_equal(sw_gcm.check(0, 0, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_gcm.check(12, 0, text_max + 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_gcm.check(12, ad_max + 1, 0), PSA_ERROR_INVALID_ARGUMENT);
}

/* The sum over the parts counts. */
static void limit_in_parts(void **state)
{
    const uint8_t bytes[16] = { 1 };
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    const struct psacrypto_key key = { .attributes = &attributes, .blob = bytes, .length = 16 };
    uint64_t context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
    struct sw_aead_context *head = (struct sw_aead_context *)(void *)context;
    uint8_t output[32];
    size_t length = 99;

    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    assert_int_equal(sw_aead_entries.encrypt_setup(NULL, &key, context, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.set_nonce(NULL, &key, context, bytes, 12), PSA_SUCCESS);
    head->length = (UINT64_C(1) << 36) - 32 - 16;
    assert_int_equal(sw_aead_entries.update(NULL, &key, context, bytes, 16, output, 32, &length), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.update(NULL, &key, context, bytes, 1, output, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(sw_aead_entries.encrypt_setup(NULL, &key, context, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.set_nonce(NULL, &key, context, bytes, 12), PSA_SUCCESS);
    head->ad_length = (UINT64_C(1) << 61) - 16;
    assert_int_equal(sw_aead_entries.update_ad(NULL, &key, context, bytes, 15), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.update_ad(NULL, &key, context, bytes, 1), PSA_ERROR_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_of_the_specification),
        cmocka_unit_test(every_cut),
        cmocka_unit_test(long_messages),
        cmocka_unit_test(ghash_by_definition),
        cmocka_unit_test(limits),
        cmocka_unit_test(limit_in_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
