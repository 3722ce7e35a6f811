/* SPDX-License-Identifier: Apache-2.0 */
/* Ascon-AEAD128: every cut, nonce masking, shortened tags, the limits. The known answers are among the shared vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/aead/aead.h"
#include "software/software.h"
#include "support/aead_ways.h"
#include "support/quick.h"
#include "support/random_source.h"

/* SP 800-232 has no examples; this is by a second implementation, made of its tables, that gives the shared known answers. */
static const uint8_t example_ciphertext[27 + 16] = {
    0xBB, 0xAF, 0xA5, 0x3A, 0x9F, 0xAF, 0x8B, 0x72, 0x50, 0x76, 0x6D, 0xC9, 0xFE, 0xDD, 0xE4, 0x4D, 0x0D, 0x8C, 0x87,
    0x15, 0x28, 0xFA, 0x2C, 0x2F, 0xC0, 0x80, 0xC9, 0x36, 0x34, 0xCE, 0x31, 0x88, 0x1B, 0xC9, 0x6A, 0x7B, 0x0A, 0x74,
    0xFB, 0x64, 0xD6, 0x57, 0x8A,
};

static uint8_t key_bytes[32], nonce[16], ad[35], plaintext[67];

static struct psacrypto_key key_of(size_t length)
{
    static psa_key_attributes_t attributes;
    const struct psacrypto_key key = { .attributes = &attributes, .blob = key_bytes, .length = length };

    psa_set_key_type(&attributes, PSA_KEY_TYPE_ASCON);
    psa_set_key_bits(&attributes, 8 * length);
    return key;
}

static void counting(uint8_t *bytes, unsigned first, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(first + i);
    }
}

static int setup(void **state)
{
    struct random_source random = { 128 };

    (void)state;
    random_source_bytes(&random, key_bytes, sizeof(key_bytes));
    random_source_bytes(&random, nonce, sizeof(nonce));
    random_source_bytes(&random, ad, sizeof(ad));
    random_source_bytes(&random, plaintext, sizeof(plaintext));
    return 0;
}

static void seal(size_t key_length, size_t tag_length, const uint8_t *with_nonce, uint8_t *ciphertext)
{
    const struct psacrypto_key key = key_of(key_length);
    const psa_algorithm_t alg = PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_ASCON_AEAD128, tag_length);
    size_t length;

    assert_int_equal(sw_aead_entries.encrypt(NULL, &key, alg, with_nonce, 16, ad, sizeof(ad), plaintext, sizeof(plaintext), ciphertext,
                                             sizeof(plaintext) + tag_length, &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(plaintext) + tag_length);
}

static void example(void **state)
{
    uint8_t key[16], its_nonce[16], text[27], its_ad[21];
    const struct aead_case test = { "example", PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, key, 16, its_nonce, 16, its_ad, 21,
                                    text, 27, example_ciphertext, 16 };

    (void)state;
    counting(key, 0x40, sizeof(key));
    counting(its_nonce, 0x10, sizeof(its_nonce));
    counting(text, 0x60, sizeof(text));
    counting(its_ad, 0xA0, sizeof(its_ad));
    aead_ways(&test);
}

/* Under both kinds of key. The ciphertext is that of one call. */
static void every_cut(void **state)
{
    (void)state;
    for (size_t key_length = 16; key_length <= 32; key_length += 16) {
        uint8_t ciphertext[sizeof(plaintext) + 16];
        const struct aead_case test = { "cut", PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, key_bytes, key_length, nonce, 16, ad, sizeof(ad),
                                        plaintext, sizeof(plaintext), ciphertext, 16 };
        seal(key_length, 16, nonce, ciphertext);
        for (size_t first = 1; first <= sizeof(plaintext); first += quick_step(6)) {
            for (size_t piece = 1; piece <= sizeof(plaintext); piece += 1 + first % 3) {
                aead_parts(&test, first, piece);
            }
        }
    }
}

/* Around the length from which decryption takes two passes; the ciphertext is that of many parts. */
static void long_messages(void **state)
{
    static uint8_t text[600], ciphertext[600 + 16];
    const struct psacrypto_key key = key_of(16);
    struct random_source random = { 129 };

    (void)state;
    random_source_bytes(&random, text, sizeof(text));
    for (size_t n = 240; n <= sizeof(text); n += n < 260 ? 1 : 85) {
        const struct aead_case test = { "long", PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, key_bytes, 16, nonce, 16, ad, sizeof(ad),
                                        text, n, ciphertext, 16 };
        size_t length;
        assert_int_equal(sw_aead_entries.encrypt(NULL, &key, PSA_ALG_ASCON_AEAD128, nonce, 16, ad, sizeof(ad), text, n, ciphertext, n + 16,
                                                 &length), PSA_SUCCESS);
        aead_ways(&test);
    }
}

/* 4.2.2: the second half of the key masks the nonce of the first half's cipher. */
static void nonce_masking(void **state)
{
    uint8_t masked[16], expected[sizeof(plaintext) + 16], ciphertext[sizeof(plaintext) + 16];

    (void)state;
    for (size_t i = 0; i < sizeof(masked); i++) {
        masked[i] = nonce[i] ^ key_bytes[16 + i];
    }
    seal(16, 16, masked, expected);
    seal(32, 16, nonce, ciphertext);
    assert_memory_equal(ciphertext, expected, sizeof(ciphertext));
}

/* 4.2.1: a shortened tag is the beginning of the whole one, and the ciphertext is the same. */
static void shortened_tags(void **state)
{
    uint8_t whole[sizeof(plaintext) + 16], ciphertext[sizeof(plaintext) + 16];

    (void)state;
    seal(16, 16, nonce, whole);
    for (size_t n = 4; n < 16; n++) {
        const struct aead_case test = { "shortened", PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_ASCON_AEAD128, n), PSA_KEY_TYPE_ASCON,
                                        key_bytes, 16, nonce, 16, ad, sizeof(ad), plaintext, sizeof(plaintext), ciphertext, n };
        seal(16, n, nonce, ciphertext);
        assert_memory_equal(ciphertext, whole, sizeof(plaintext) + n);
        aead_ways(&test);
    }
}

static void limits(void **state)
{
    (void)state;
    for (size_t n = 0; n < 40; n++) {
        assert_int_equal(sw_ascon_aead128.check(n, UINT64_MAX, UINT64_MAX), n == 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* ---- With a key id: a policy of at least so long a tag, a drawn nonce ---- */

static psa_key_id_t import(size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 0;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_ASCON);
    psa_set_key_algorithm(&attributes, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_ASCON_AEAD128, 8));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    assert_int_equal(psa_import_key(&attributes, key_bytes, length, &key), PSA_SUCCESS);
    return key;
}

static psa_status_t seal_by_id(psa_key_id_t key, size_t tag_length, uint8_t *ciphertext, size_t *length)
{
    return psa_aead_encrypt(key, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_ASCON_AEAD128, tag_length), nonce, sizeof(nonce), ad, sizeof(ad),
                            plaintext, sizeof(plaintext), ciphertext, sizeof(plaintext) + 16, length);
}

static void by_id(void **state)
{
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    for (size_t key_length = 16; key_length <= 32; key_length += 16) {
        const psa_key_id_t key = import(key_length);
        uint8_t expected[sizeof(plaintext) + 16], ciphertext[sizeof(plaintext) + 16], drawn[16];
        psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
        size_t length;
        for (size_t n = 4; n <= 16; n++) {
            assert_int_equal(seal_by_id(key, n, ciphertext, &length), n < 8 ? PSA_ERROR_NOT_PERMITTED : PSA_SUCCESS);
            if (n >= 8) {
                seal(key_length, n, nonce, expected);
                assert_int_equal(length, sizeof(plaintext) + n);
                assert_memory_equal(ciphertext, expected, length);
            }
        }
        assert_int_equal(psa_aead_encrypt_setup(&operation, key, PSA_ALG_ASCON_AEAD128), PSA_SUCCESS);
        assert_int_equal(psa_aead_generate_nonce(&operation, drawn, sizeof(drawn), &length), PSA_SUCCESS);
        assert_int_equal(length, 16);
        assert_int_equal(psa_aead_abort(&operation), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example),
        cmocka_unit_test(every_cut),
        cmocka_unit_test(long_messages),
        cmocka_unit_test(nonce_masking),
        cmocka_unit_test(shortened_tags),
        cmocka_unit_test(limits),
        cmocka_unit_test(by_id),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
