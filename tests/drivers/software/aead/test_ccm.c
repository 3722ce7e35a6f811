/* SPDX-License-Identifier: Apache-2.0 */
/* CCM: the examples of SP 800-38C, every cut, the encodings of long associated data, the limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "software/aead/aead.h"
#include "software/software.h"
#include "support/aead_ways.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"

/* count bytes from first on */
static void counting(uint8_t *bytes, unsigned first, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(first + i);
    }
}

static struct psacrypto_key key_of(const uint8_t *bytes, psa_key_attributes_t *attributes)
{
    const struct psacrypto_key key = { .attributes = attributes, .blob = bytes, .length = 16 };

    memset(attributes, 0, sizeof(*attributes));
    psa_set_key_type(attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(attributes, 128);
    return key;
}

/* ---- SP 800-38C, appendix C: keys, nonces, data and texts count up from 0x40, 0x10, 0, 0x20 ---- */

static const struct {
    const char *name;
    size_t nonce_length, ad_length, length, tag_length;
    uint8_t ciphertext[48];
} examples[] = {
    { "example 1", 7, 8, 4, 4, { 0x71, 0x62, 0x01, 0x5B, 0x4D, 0xAC, 0x25, 0x5D } },
    { "example 2", 8, 16, 16, 6,
      { 0xD2, 0xA1, 0xF0, 0xE0, 0x51, 0xEA, 0x5F, 0x62, 0x08, 0x1A, 0x77, 0x92, 0x07, 0x3D, 0x59, 0x3D,
        0x1F, 0xC6, 0x4F, 0xBF, 0xAC, 0xCD } },
    { "example 3", 12, 20, 24, 8,
      { 0xE3, 0xB2, 0x01, 0xA9, 0xF5, 0xB7, 0x1A, 0x7A, 0x9B, 0x1C, 0xEA, 0xEC, 0xCD, 0x97, 0xE7, 0x0B,
        0x61, 0x76, 0xAA, 0xD9, 0xA4, 0x42, 0x8A, 0xA5, 0x48, 0x43, 0x92, 0xFB, 0xC1, 0xB0, 0x99, 0x51 } },
    /* example 4: the associated data are 256 times the bytes 0 to 255, and their length takes six bytes */
    { "example 4", 13, 65536, 32, 14,
      { 0x69, 0x91, 0x5D, 0xAD, 0x1E, 0x84, 0xC6, 0x37, 0x6A, 0x68, 0xC2, 0x96, 0x7E, 0x4D, 0xAB, 0x61,
        0x5A, 0xE0, 0xFD, 0x1F, 0xAE, 0xC4, 0x4C, 0xC4, 0x84, 0x82, 0x85, 0x29, 0x46, 0x3C, 0xCF, 0x72,
        0xB4, 0xAC, 0x6B, 0xEC, 0x93, 0xE8, 0x59, 0x8E, 0x7F, 0x0D, 0xAD, 0xBC, 0xEA, 0x5B } },
};

static void examples_of_sp_800_38c(void **state)
{
    static uint8_t ad[65536];
    uint8_t key[16], nonce[13], plaintext[32];

    (void)state;
    counting(key, 0x40, 16);
    counting(nonce, 0x10, 13);
    counting(ad, 0, sizeof(ad));
    counting(plaintext, 0x20, 32);
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        const struct aead_case test = { examples[i].name, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, examples[i].tag_length),
                                        PSA_KEY_TYPE_AES, key, 16, nonce, examples[i].nonce_length, ad, examples[i].ad_length,
                                        plaintext, examples[i].length, examples[i].ciphertext, examples[i].tag_length };
        for (size_t choice = 0; kernel_choice(choice); choice++) {
            aead_ways(&test);
        }
    }
}

/* ---- Associated data around the lengths where their encoding changes, against OpenSSL ---- */

static void openssl_seal(const uint8_t key[16], const uint8_t nonce[12], const uint8_t *ad, size_t ad_length, const uint8_t *text,
                         size_t length, uint8_t *ciphertext)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int n;

    assert_int_equal(EVP_EncryptInit_ex(context, EVP_aes_128_ccm(), NULL, NULL, NULL), 1);
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, 12, NULL);
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, NULL);
    assert_int_equal(EVP_EncryptInit_ex(context, NULL, NULL, key, nonce), 1);
    assert_int_equal(EVP_EncryptUpdate(context, NULL, &n, NULL, (int)length), 1);
    assert_int_equal(EVP_EncryptUpdate(context, NULL, &n, ad, (int)ad_length), 1);
    assert_int_equal(EVP_EncryptUpdate(context, ciphertext, &n, text, (int)length), 1);
    assert_int_equal(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, ciphertext + length), 1);
    EVP_CIPHER_CTX_free(context);
}

static void long_associated_data(void **state)
{
    static const size_t lengths[] = { 0xFEFE, 0xFEFF, 0xFF00, 0xFF01, 0x10000, 0x12345 };
    static uint8_t ad[0x12345];
    struct random_source random = { 14 };
    uint8_t key[16], nonce[12], text[20], ciphertext[36];

    (void)state;
    random_source_bytes(&random, ad, sizeof(ad));
    random_source_bytes(&random, key, sizeof(key));
    random_source_bytes(&random, nonce, sizeof(nonce));
    random_source_bytes(&random, text, sizeof(text));
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        const struct aead_case test = { "long associated data", PSA_ALG_CCM, PSA_KEY_TYPE_AES, key, 16, nonce, 12, ad, lengths[i],
                                        text, sizeof(text), ciphertext, 16 };
        openssl_seal(key, nonce, ad, lengths[i], text, sizeof(text), ciphertext);
        aead_ways(&test);
    }
}

/* ---- Every cut of a message ---- */

static void every_cut(void **state)
{
    uint8_t key[16], nonce[12], ad[35], plaintext[67], ciphertext[67 + 16];
    const struct aead_case test = { "cut", PSA_ALG_CCM, PSA_KEY_TYPE_AES, key, 16, nonce, 12, ad, 35, plaintext, 67, ciphertext, 16 };

    (void)state;
    counting(key, 7, sizeof(key));
    counting(nonce, 77, sizeof(nonce));
    counting(ad, 50, sizeof(ad));
    counting(plaintext, 100, sizeof(plaintext));
    openssl_seal(key, nonce, ad, sizeof(ad), plaintext, sizeof(plaintext), ciphertext);
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        for (size_t first = 1; first <= 67; first += quick_step(6)) {
            for (size_t piece = 1; piece <= 67; piece += 1 + first % 3) {
                aead_parts(&test, first, piece);
            }
        }
    }
}

/* ---- Nonces and the lengths that they leave room for ---- */

static void limits(void **state)
{
    (void)state;
    for (size_t n = 0; n < 20; n++) {
        if (n < 7 || n > 13) {
            assert_int_equal(sw_ccm.check(n, 0, 0), PSA_ERROR_INVALID_ARGUMENT);
        } else if (n == 7) {
            assert_int_equal(sw_ccm.check(n, UINT64_MAX, UINT64_MAX), PSA_SUCCESS);
        } else {
            const uint64_t beyond = UINT64_C(1) << 8 * (15 - n);
            assert_int_equal(sw_ccm.check(n, UINT64_MAX, beyond - 1), PSA_SUCCESS);
            assert_int_equal(sw_ccm.check(n, 0, beyond), PSA_ERROR_INVALID_ARGUMENT);
        }
    }
}

/* The longest message of a nonce of 13 bytes, and one byte more. */
static void longest_message(void **state)
{
    static uint8_t text[65536], ciphertext[65536 + 16], back[65536];
    const uint8_t bytes[16] = { 1 };
    psa_key_attributes_t attributes;
    const struct psacrypto_key key = key_of(bytes, &attributes);
    size_t length;

    (void)state;
    assert_int_equal(sw_aead_entries.encrypt(NULL, &key, PSA_ALG_CCM, bytes, 13, NULL, 0, text, 65535, ciphertext, sizeof(ciphertext),
                                             &length), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.decrypt(NULL, &key, PSA_ALG_CCM, bytes, 13, NULL, 0, ciphertext, length, back, sizeof(back), &length),
                     PSA_SUCCESS);
    assert_int_equal(length, 65535);
    assert_memory_equal(back, text, 65535);
    assert_int_equal(sw_aead_entries.encrypt(NULL, &key, PSA_ALG_CCM, bytes, 13, NULL, 0, text, 65536, ciphertext, sizeof(ciphertext),
                                             &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
}

static void lengths_come_before_the_nonce(void **state)
{
    const uint8_t bytes[16] = { 1 };
    psa_key_attributes_t attributes;
    const struct psacrypto_key key = key_of(bytes, &attributes);
    uint64_t context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];

    (void)state;
    assert_int_equal(sw_aead_entries.encrypt_setup(NULL, &key, context, PSA_ALG_CCM), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.set_nonce(NULL, &key, context, bytes, 13), PSA_ERROR_BAD_STATE);
    assert_int_equal(sw_aead_entries.set_lengths(NULL, &key, context, 0, 65536), PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.set_nonce(NULL, &key, context, bytes, 13), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_aead_entries.set_nonce(NULL, &key, context, bytes, 12), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_of_sp_800_38c),
        cmocka_unit_test(long_associated_data),
        cmocka_unit_test(every_cut),
        cmocka_unit_test(limits),
        cmocka_unit_test(longest_message),
        cmocka_unit_test(lengths_come_before_the_nonce),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
