/* SPDX-License-Identifier: Apache-2.0 */
/* What the AEAD entries refuse, with which error, and what they leave alone when they do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "software/software.h"

#define ENTRIES (&sw_aead_entries)
#define FILL 0xA5

static const uint8_t key_bytes[40] = { 9, 8, 7 };
static const uint8_t nonce[16] = { 1, 2, 3 };
static const uint8_t ad[5] = { 4, 5, 6 };

static psa_key_attributes_t attributes;

static struct psacrypto_key key_of(psa_key_type_t type, size_t length)
{
    const struct psacrypto_key key = { .attributes = &attributes, .blob = key_bytes, .length = length };

    memset(&attributes, 0, sizeof(attributes));
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, 8 * length);
    return key;
}

static const struct kind {
    psa_algorithm_t alg;
    psa_key_type_t type;
    uint32_t key_lengths, tag_lengths; /* bit n: n bytes */
} kinds[] = {
    { PSA_ALG_GCM, PSA_KEY_TYPE_AES, 1u << 16 | 1u << 24, 1u << 4 | 1u << 8 | 0x1Fu << 12 },
    { PSA_ALG_CCM, PSA_KEY_TYPE_AES, 1u << 16 | 1u << 24, 1u << 4 | 1u << 6 | 1u << 8 | 1u << 10 | 1u << 12 | 1u << 14 | 1u << 16 },
    { PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 0, 1u << 16 },
    { PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 1u << 16, 0x1FFF0u },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static size_t nonce_length(psa_algorithm_t alg)
{
    return PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_ASCON_AEAD128 ? 16 : 12;
}

static psa_status_t seal(const struct psacrypto_key *key, psa_algorithm_t alg, size_t length, uint8_t *output, size_t size, size_t *output_length)
{
    const uint8_t text[64] = { 0 };

    return ENTRIES->encrypt(NULL, key, alg, nonce, nonce_length(alg), ad, sizeof(ad), text, length, output, size, output_length);
}

static psa_status_t open_message(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *input, size_t length, uint8_t *output,
                                 size_t size, size_t *output_length)
{
    return ENTRIES->decrypt(NULL, key, alg, nonce, nonce_length(alg), ad, sizeof(ad), input, length, output, size, output_length);
}

static void algorithms_that_are_not_there(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_CHACHA20_POLY1305, PSA_ALG_XCHACHA20_POLY1305, PSA_ALG_ASCON_AEAD128, PSA_ALG_CTR, 0,
                                            PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 8) };
    uint8_t output[64];
    uint64_t context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
    size_t length;

    (void)state;
    for (size_t i = 0; i < sizeof(algs) / sizeof(algs[0]); i++) {
        const struct psacrypto_key key = key_of(PSA_KEY_TYPE_AES, 16);
        assert_int_equal(seal(&key, algs[i], 16, output, 64, &length), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(open_message(&key, algs[i], output, 32, output, 64, &length), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(ENTRIES->encrypt_setup(NULL, &key, context, algs[i]), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(ENTRIES->decrypt_setup(NULL, &key, context, algs[i]), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(sw_aead_context_size(algs[i], PSA_KEY_TYPE_AES), 0);
        assert_int_equal(sw_aead_prepared_size(&key, algs[i]), 0);
        assert_int_equal(sw_aead_prepare(&key, algs[i], output), PSA_ERROR_NOT_SUPPORTED);
    }
}

/* Every tag length from 0 to 63, every key length, and the type of another algorithm. */
static void tags_and_keys(void **state)
{
    uint8_t output[64];
    size_t length;

    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        for (uint32_t n = 0; n < 64; n++) {
            const struct psacrypto_key key = key_of(kinds[i].type, 32);
            const psa_algorithm_t alg = PSA_ALG_AEAD_WITH_SHORTENED_TAG(kinds[i].alg, n);
            const int valid = n < 32 && (kinds[i].tag_lengths >> n & 1u) != 0;
            assert_int_equal(seal(&key, alg, 16, output, 64, &length), valid ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED);
            assert_int_equal(length, valid ? 16 + n : 0);
            assert_int_equal(sw_aead_context_size(alg, kinds[i].type) != 0, valid);
        }
        for (uint32_t n = 0; n <= 40; n++) {
            const struct psacrypto_key key = key_of(kinds[i].type, n);
            const int valid = n == 32 || (n < 32 && (kinds[i].key_lengths >> n & 1u) != 0);
            assert_int_equal(seal(&key, kinds[i].alg, 16, output, 64, &length), valid ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED);
        }
        const struct psacrypto_key key = key_of(kinds[i].type == PSA_KEY_TYPE_AES ? PSA_KEY_TYPE_CHACHA20 : PSA_KEY_TYPE_AES, 32);
        assert_int_equal(seal(&key, kinds[i].alg, 16, output, 64, &length), PSA_ERROR_NOT_SUPPORTED);
    }
}

static void sizes_of_outputs(void **state)
{
    uint8_t ciphertext[64], output[64];
    size_t length;

    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        const struct psacrypto_key key = key_of(kinds[i].type, 32);
        for (size_t n = 0; n <= 40; n++) {
            for (size_t size = 0; size < n + 16; size++) {
                memset(output, FILL, sizeof(output));
                assert_int_equal(seal(&key, kinds[i].alg, n, output, size, &length), PSA_ERROR_BUFFER_TOO_SMALL);
                assert_int_equal(length, 0);
                assert_int_equal(output[0], FILL);
            }
            assert_int_equal(seal(&key, kinds[i].alg, n, ciphertext, n + 16, &length), PSA_SUCCESS);
            assert_int_equal(length, n + 16);
            for (size_t size = 0; size < n; size++) {
                assert_int_equal(open_message(&key, kinds[i].alg, ciphertext, n + 16, output, size, &length), PSA_ERROR_BUFFER_TOO_SMALL);
                assert_int_equal(length, 0);
            }
            assert_int_equal(open_message(&key, kinds[i].alg, ciphertext, n + 16, output, n, &length), PSA_SUCCESS);
            assert_int_equal(length, n);
        }
    }
}

/* Ciphertexts that are shorter than a tag cannot be authentic. */
static void messages_without_a_whole_tag(void **state)
{
    const uint8_t ciphertext[16] = { 0 };
    uint8_t output[16];
    size_t length = 99;

    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        const struct psacrypto_key key = key_of(kinds[i].type, 32);
        for (size_t n = 0; n < 16; n++) {
            assert_int_equal(open_message(&key, kinds[i].alg, n == 0 ? NULL : ciphertext, n, output, 16, &length),
                             PSA_ERROR_INVALID_SIGNATURE);
            assert_int_equal(length, 0);
        }
    }
}

/* Every single bit of a message counts: of its nonce, associated data, text and tag. */
static void every_bit_counts(void **state)
{
    uint8_t message[16 + 5 + 20 + 16], output[20];
    size_t length;

    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        const struct psacrypto_key key = key_of(kinds[i].type, 32);
        const size_t start = nonce_length(kinds[i].alg), end = start + 5 + 36;
        memcpy(message, nonce, start);
        memcpy(message + start, ad, 5);
        assert_int_equal(seal(&key, kinds[i].alg, 20, message + start + 5, 36, &length), PSA_SUCCESS);
        for (size_t bit = 0; bit <= 8 * end; bit++) {
            if (bit < 8 * end) {
                message[bit / 8] ^= (uint8_t)(1u << bit % 8);
            }
            memset(output, FILL, sizeof(output));
            assert_int_equal(ENTRIES->decrypt(NULL, &key, kinds[i].alg, message, start, message + start, 5, message + start + 5, 36, output,
                                              20, &length),
                             bit < 8 * end ? PSA_ERROR_INVALID_SIGNATURE : PSA_SUCCESS);
            assert_int_equal(output[0] == FILL && output[19] == FILL, bit < 8 * end);
            if (bit < 8 * end) {
                message[bit / 8] ^= (uint8_t)(1u << bit % 8);
            }
        }
    }
}

static void begin(const struct psacrypto_key *key, uint64_t *context, psa_algorithm_t alg, int decrypt, size_t length)
{
    memset(context, 0, PSACRYPTO_AEAD_CONTEXT_SIZE);
    assert_int_equal((decrypt ? ENTRIES->decrypt_setup : ENTRIES->encrypt_setup)(NULL, key, context, alg), PSA_SUCCESS);
    assert_int_equal(ENTRIES->set_lengths(NULL, key, context, 0, length), PSA_SUCCESS);
    assert_int_equal(ENTRIES->set_nonce(NULL, key, context, nonce, nonce_length(alg)), PSA_SUCCESS);
}

static void in_parts(void **state)
{
    uint64_t context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
    const uint8_t text[20] = { 0 };
    uint8_t output[20], tag[16];
    size_t length, tag_length;

    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        const struct psacrypto_key key = key_of(kinds[i].type, 32);
        /* output as large as the input, at the least */
        begin(&key, context, kinds[i].alg, 0, 20);
        assert_int_equal(ENTRIES->update(NULL, &key, context, text, 20, output, 19, &length), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(length, 0);
        assert_int_equal(ENTRIES->update(NULL, &key, context, text, 20, output, 20, &length), PSA_SUCCESS);
        assert_int_equal(ENTRIES->finish(NULL, &key, context, NULL, 0, &length, tag, 15, &tag_length), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(tag_length, 0);
        assert_int_equal(ENTRIES->finish(NULL, &key, context, NULL, 0, &length, tag, 16, &tag_length), PSA_SUCCESS);
        assert_int_equal(tag_length, 16);
        /* a tag of another length is a wrong one */
        begin(&key, context, kinds[i].alg, 1, 20);
        assert_int_equal(ENTRIES->update(NULL, &key, context, output, 20, output, 20, &length), PSA_SUCCESS);
        assert_memory_equal(output, text, 20);
        assert_int_equal(ENTRIES->verify(NULL, &key, context, NULL, 0, &length, tag, 12), PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(ENTRIES->verify(NULL, &key, context, NULL, 0, &length, tag, 16), PSA_SUCCESS);
        assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    }
}

static void prepared_sizes(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        const struct psacrypto_key key = key_of(kinds[i].type, 32);
        assert_int_equal(sw_aead_prepared_size(&key, kinds[i].alg) != 0, kinds[i].type != PSA_KEY_TYPE_CHACHA20);
        const struct psacrypto_key other = key_of(kinds[i].type, 31);
        assert_int_equal(sw_aead_prepared_size(&other, kinds[i].alg), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(algorithms_that_are_not_there), cmocka_unit_test(tags_and_keys),
        cmocka_unit_test(sizes_of_outputs),              cmocka_unit_test(messages_without_a_whole_tag),
        cmocka_unit_test(every_bit_counts),              cmocka_unit_test(in_parts),
        cmocka_unit_test(prepared_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
