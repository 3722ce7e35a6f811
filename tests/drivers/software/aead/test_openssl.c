/* SPDX-License-Identifier: Apache-2.0 */
/* AEADs against OpenSSL: random keys, nonces and texts of many lengths, every implementation of the kernels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "software/cipher/chacha20.h"
#include "support/aead_ways.h"
#include "support/kernel_choice.h"
#include "support/quick.h"
#include "support/random_source.h"

#define LENGTH_MAX 6000u

struct kind {
    const char *name;
    psa_algorithm_t alg;
    psa_key_type_t type;
    const char *ciphers[3];          /* of OpenSSL, by key length 16, 24, 32 */
    size_t nonce_min, nonce_max;
    size_t tags[7];
};

static const struct kind gcm = {
    "GCM", PSA_ALG_GCM, PSA_KEY_TYPE_AES, { "AES-128-GCM", "AES-192-GCM", "AES-256-GCM" }, 1, 40, { 16, 12, 4, 13, 8, 15, 14 },
};
static const struct kind ccm = {
    "CCM", PSA_ALG_CCM, PSA_KEY_TYPE_AES, { "AES-128-CCM", "AES-192-CCM", "AES-256-CCM" }, 7, 13, { 16, 4, 6, 8, 10, 12, 14 },
};
/* Camellia and SM4 in OpenSSL have neither mode. */
static const struct kind aria_gcm = {
    "ARIA-GCM", PSA_ALG_GCM, PSA_KEY_TYPE_ARIA, { "ARIA-128-GCM", "ARIA-192-GCM", "ARIA-256-GCM" }, 1, 40, { 16, 12, 4, 13, 8, 15, 14 },
};
static const struct kind aria_ccm = {
    "ARIA-CCM", PSA_ALG_CCM, PSA_KEY_TYPE_ARIA, { "ARIA-128-CCM", "ARIA-192-CCM", "ARIA-256-CCM" }, 7, 13, { 16, 4, 6, 8, 10, 12, 14 },
};
static const struct kind chacha = {
    "ChaCha20-Poly1305", PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, { NULL, NULL, "ChaCha20-Poly1305" }, 12, 12,
    { 16, 16, 16, 16, 16, 16, 16 },
};

/* OpenSSL has no XChaCha20: it is ChaCha20 under a subkey, whose published example is in ../cipher/test_stream.c. */
static const struct kind xchacha = {
    "XChaCha20-Poly1305", PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20, { NULL, NULL, "ChaCha20-Poly1305" }, 24, 24,
    { 16, 16, 16, 16, 16, 16, 16 },
};

/* ciphertext: length bytes and the tag. */
static void openssl_seal(const EVP_CIPHER *cipher, const struct aead_case *test, uint8_t *ciphertext)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    const int is_ccm = EVP_CIPHER_get_mode(cipher) == EVP_CIPH_CCM_MODE;
    const int is_long = test->nonce_length == 24 && test->type == PSA_KEY_TYPE_XCHACHA20;
    const uint8_t *key = test->key, *nonce = test->nonce;
    uint8_t subkey[32], rest_of_nonce[12] = { 0 };
    int n = 0, rest = 0;

    if (is_long) {
        hchacha20(subkey, test->key, test->nonce);
        memcpy(rest_of_nonce + 4, test->nonce + 16, 8);
        key = subkey;
        nonce = rest_of_nonce;
    }
    assert_non_null(context);
    assert_int_equal(EVP_EncryptInit_ex(context, cipher, NULL, NULL, NULL), 1);
    assert_int_equal(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, is_long ? 12 : (int)test->nonce_length, NULL), 1);
    if (is_ccm) {
        assert_int_equal(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)test->tag_length, NULL), 1);
    }
    assert_int_equal(EVP_EncryptInit_ex(context, NULL, NULL, key, nonce), 1);
    if (is_ccm) {
        assert_int_equal(EVP_EncryptUpdate(context, NULL, &n, NULL, (int)test->length), 1);
    }
    if (test->ad_length != 0) {
        assert_int_equal(EVP_EncryptUpdate(context, NULL, &n, test->ad, (int)test->ad_length), 1);
    }
    if (test->length != 0 || is_ccm) {
        assert_int_equal(EVP_EncryptUpdate(context, ciphertext, &n, test->plaintext, (int)test->length), 1);
    }
    assert_int_equal(EVP_EncryptFinal_ex(context, ciphertext + test->length, &rest), 1);
    assert_int_equal(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, (int)test->tag_length, ciphertext + test->length), 1);
    EVP_CIPHER_CTX_free(context);
}

struct buffers {
    uint8_t key[32], nonce[64], ad[LENGTH_MAX], plaintext[LENGTH_MAX], ciphertext[LENGTH_MAX + 16];
    char name[100];
};

static void one_case(const struct kind *kind, struct random_source *random, struct buffers *buffers, size_t key_length,
                     size_t nonce_length, size_t ad_length, size_t length, size_t tag_length)
{
    const struct aead_case test = {
        buffers->name, PSA_ALG_AEAD_WITH_SHORTENED_TAG(kind->alg, tag_length), kind->type, buffers->key, key_length,
        buffers->nonce, nonce_length, buffers->ad, ad_length, buffers->plaintext, length, buffers->ciphertext, tag_length,
    };
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, kind->ciphers[key_length / 8 - 2], NULL);

    assert_non_null(cipher);
    random_source_bytes(random, buffers->key, key_length);
    random_source_bytes(random, buffers->nonce, nonce_length);
    random_source_bytes(random, buffers->ad, ad_length);
    random_source_bytes(random, buffers->plaintext, length);
    openssl_seal(cipher, &test, buffers->ciphertext);
    snprintf(buffers->name, sizeof(buffers->name), "%s key %zu nonce %zu ad %zu text %zu tag %zu", kind->name, key_length,
             nonce_length, ad_length, length, tag_length);
    aead_ways(&test);
    EVP_CIPHER_free(cipher);
}

static size_t pick_key_length(const struct kind *kind, struct random_source *random)
{
    return kind->ciphers[0] == NULL ? 32 : 16 + 8 * random_source_below(random, 3);
}

static size_t ordinary_nonce(const struct kind *kind)
{
    return kind->nonce_min > 12 ? kind->nonce_min : 12;
}

/* Every length up to 17 blocks, then some up to the largest. */
static void lengths(const struct kind *kind)
{
    static struct buffers buffers;
    struct random_source random = { kind->alg };

    for (size_t i = 0; kernel_choice_of(i, kind->type); i++) {
        for (size_t length = 0; length < 330; length += (1 + random_source_below(&random, 3)) * quick_step(8)) {
            const size_t ad_length = length % 4 == 0 ? length : random_source_below(&random, 70);
            one_case(kind, &random, &buffers, pick_key_length(kind, &random), ordinary_nonce(kind),
                     ad_length, length, 16);
        }
        for (size_t j = 0; j < 24; j += quick_step(8)) {
            const size_t length = random_source_below(&random, LENGTH_MAX);
            one_case(kind, &random, &buffers, pick_key_length(kind, &random), ordinary_nonce(kind), random_source_below(&random, 600), length, 16);
        }
    }
}

/* Every nonce length with every tag length. */
static void nonces_and_tags(const struct kind *kind)
{
    static struct buffers buffers;
    struct random_source random = { kind->alg + 1u };

    for (size_t i = 0; kernel_choice_of(i, kind->type); i++) {
        for (size_t nonce_length = kind->nonce_min; nonce_length <= kind->nonce_max; nonce_length++) {
            const size_t tag_length = kind->tags[nonce_length % 7];
            one_case(kind, &random, &buffers, pick_key_length(kind, &random), nonce_length, 20, 61, tag_length);
            one_case(kind, &random, &buffers, pick_key_length(kind, &random), nonce_length, 0, 48, kind->tags[(nonce_length + 3) % 7]);
        }
    }
}

static void gcm_lengths(void **state)
{
    (void)state;
    lengths(&gcm);
}

static void gcm_nonces_and_tags(void **state)
{
    (void)state;
    nonces_and_tags(&gcm);
}

static void ccm_lengths(void **state)
{
    (void)state;
    lengths(&ccm);
}

static void ccm_nonces_and_tags(void **state)
{
    (void)state;
    nonces_and_tags(&ccm);
}

static void aria(void **state)
{
    (void)state;
    nonces_and_tags(&aria_gcm);
    nonces_and_tags(&aria_ccm);
}

static void chacha_lengths(void **state)
{
    (void)state;
    lengths(&chacha);
}

static void chacha_nonces_and_tags(void **state)
{
    (void)state;
    nonces_and_tags(&chacha);
}

static void xchacha_lengths(void **state)
{
    (void)state;
    lengths(&xchacha);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gcm_lengths),
        cmocka_unit_test(gcm_nonces_and_tags),
        cmocka_unit_test(ccm_lengths),
        cmocka_unit_test(ccm_nonces_and_tags),
        cmocka_unit_test(aria),
        cmocka_unit_test(chacha_lengths),
        cmocka_unit_test(chacha_nonces_and_tags),
        cmocka_unit_test(xchacha_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
