/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES, its modes and the AEADs with keys and texts marked secret: memcheck counts every branch and address that depends on them.
 * The portable kernels, and those of x86-64 that Valgrind knows. Nonces, lengths and whether a message is authentic are public.
 * Has something to say when built with -DCT_CHECK_VALGRIND and run under Valgrind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/kernels.h"
#include "software/software.h"
#include "support/constant_time.h"
#include "util/ct.h"

#define LENGTH_MAX 300u

static const uint8_t nonce[32] = { 1, 2, 3 };
static const uint8_t ad[37] = { 4, 5, 6 };
static const size_t lengths[] = { 0, 1, 15, 16, 17, 63, 64, 65, 129, LENGTH_MAX };

static uint8_t key_bytes[32], text[LENGTH_MAX + 16], output[LENGTH_MAX + 32], back[LENGTH_MAX + 32];
static uint64_t prepared[512]; /* what is prepared for 64 bytes takes 8 as well */
static psa_key_attributes_t attributes;

static struct psacrypto_key secret_key(psa_key_type_t type, size_t length)
{
    const struct psacrypto_key key = { .attributes = &attributes, .blob = key_bytes, .length = length };

    memset(&attributes, 0, sizeof(attributes));
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, 8 * length);
    memset(key_bytes, 7, sizeof(key_bytes));
    memset(text, 8, sizeof(text));
    CT_SECRET(key_bytes, sizeof(key_bytes));
    CT_SECRET(text, sizeof(text));
    return key;
}

/* ---- AEADs ---- */

static void aead_whole(const struct psacrypto_key *key, psa_algorithm_t alg, size_t nonce_length, size_t length)
{
    size_t n;

    assert_int_equal(sw_aead_entries.encrypt(NULL, key, alg, nonce, nonce_length, ad, sizeof(ad), text, length, output, sizeof(output), &n),
                     PSA_SUCCESS);
    assert_int_equal(sw_aead_entries.decrypt(NULL, key, alg, nonce, nonce_length, ad, sizeof(ad), output, n, back, sizeof(back), &n),
                     PSA_SUCCESS);
    assert_int_equal(n, length);
    output[length] ^= 1;
    assert_int_equal(sw_aead_entries.decrypt(NULL, key, alg, nonce, nonce_length, ad, sizeof(ad), output, length + 16, back, sizeof(back), &n),
                     PSA_ERROR_INVALID_SIGNATURE);
}

static void aead_parts(const struct psacrypto_key *key, psa_algorithm_t alg, size_t nonce_length, size_t length)
{
    const struct psacrypto_aead_entries *e = &sw_aead_entries;
    uint64_t context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
    const size_t half = length / 2;
    size_t n, tag_length;
    uint8_t tag[16];

    for (int decrypt = 0; decrypt < 2; decrypt++) {
        const uint8_t *input = decrypt ? output : text;
        uint8_t *result = decrypt ? back : output;
        assert_int_equal((decrypt ? e->decrypt_setup : e->encrypt_setup)(NULL, key, context, alg), PSA_SUCCESS);
        assert_int_equal(e->set_lengths(NULL, key, context, sizeof(ad), length), PSA_SUCCESS);
        assert_int_equal(e->set_nonce(NULL, key, context, nonce, nonce_length), PSA_SUCCESS);
        assert_int_equal(e->update_ad(NULL, key, context, ad, 5), PSA_SUCCESS);
        assert_int_equal(e->update_ad(NULL, key, context, ad + 5, sizeof(ad) - 5), PSA_SUCCESS);
        assert_int_equal(e->update(NULL, key, context, input, half, result, half, &n), PSA_SUCCESS);
        assert_int_equal(e->update(NULL, key, context, input + half, length - half, result + half, length - half, &n), PSA_SUCCESS);
        if (decrypt) {
            assert_int_equal(e->verify(NULL, key, context, NULL, 0, &n, tag, 16), PSA_SUCCESS);
        } else {
            assert_int_equal(e->finish(NULL, key, context, NULL, 0, &n, tag, 16, &tag_length), PSA_SUCCESS);
        }
    }
}

static void aead(psa_algorithm_t alg, psa_key_type_t type, size_t key_length, size_t nonce_length)
{
    struct psacrypto_key key = secret_key(type, key_length);

    for (int with_prepared = 0; with_prepared < 2; with_prepared++) {
        if (with_prepared && sw_aead_prepared_size(&key, alg) != 0) {
            assert_in_range(sw_aead_prepared_size(&key, alg), 1, sizeof(prepared));
            assert_int_equal(sw_aead_prepare(&key, alg, prepared), PSA_SUCCESS);
            key.prepared = prepared;
        }
        for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
            aead_whole(&key, alg, nonce_length, lengths[i]);
            aead_parts(&key, alg, nonce_length, lengths[i]);
        }
    }
}

/* ---- Ciphers ---- */

static void cipher(psa_algorithm_t alg, psa_key_type_t type, size_t key_length, size_t iv_length)
{
    struct psacrypto_key key = secret_key(type, key_length);

    for (int with_prepared = 0; with_prepared < 2; with_prepared++) {
        for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
            const size_t length = PSA_ALG_IS_STREAM_CIPHER(alg) || alg == PSA_ALG_CBC_PKCS7 ? lengths[i] :
                                  alg == PSA_ALG_XTS ? lengths[i] + 16 : lengths[i] / 16 * 16;
            size_t n;
            assert_int_equal(sw_cipher_entries.encrypt(NULL, &key, alg, nonce, iv_length, text, length, output, sizeof(output), &n),
                             PSA_SUCCESS);
            assert_int_equal(sw_cipher_entries.decrypt(NULL, &key, alg, nonce, iv_length, output, n, back, sizeof(back), &n), PSA_SUCCESS);
            assert_int_equal(n, length);
            if (alg == PSA_ALG_CBC_PKCS7) {
                memset(output, 1, 32);
                CT_SECRET(output, 32);
                assert_int_equal(sw_cipher_entries.decrypt(NULL, &key, alg, nonce, iv_length, output, 32, back, sizeof(back), &n),
                                 PSA_ERROR_INVALID_PADDING);
            }
        }
        if (sw_cipher_prepared_size(&key, alg) == 0) {
            return;
        }
        assert_in_range(sw_cipher_prepared_size(&key, alg), 1, sizeof(prepared));
        assert_int_equal(sw_cipher_prepare(&key, alg, prepared), PSA_SUCCESS);
        key.prepared = prepared;
    }
}

static void everything(uint32_t features)
{
    constant_time_require();
    platform_cpu_mask(features);
    sw_kernels_init();
    const unsigned before = constant_time_errors();
    for (size_t key_length = 16; key_length <= 32; key_length += 8) {
        aead(PSA_ALG_GCM, PSA_KEY_TYPE_AES, key_length, 12);
        aead(PSA_ALG_GCM, PSA_KEY_TYPE_AES, key_length, 20); /* the counter is a secret of its own then */
        aead(PSA_ALG_CCM, PSA_KEY_TYPE_AES, key_length, 13);
        cipher(PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, key_length, 0);
        cipher(PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_AES, key_length, 16);
        cipher(PSA_ALG_CBC_PKCS7, PSA_KEY_TYPE_AES, key_length, 16);
        cipher(PSA_ALG_CTR, PSA_KEY_TYPE_AES, key_length, 16);
    }
    static const psa_key_type_t others[] = { PSA_KEY_TYPE_ARIA, PSA_KEY_TYPE_CAMELLIA, PSA_KEY_TYPE_SM4 };
    for (size_t i = 0; i < 3; i++) {
        aead(PSA_ALG_GCM, others[i], 16, 12);
        cipher(PSA_ALG_CBC_PKCS7, others[i], 16, 16);
    }
    cipher(PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_ARIA, 32, 16);
    cipher(PSA_ALG_CBC_NO_PADDING, PSA_KEY_TYPE_CAMELLIA, 24, 16);
    cipher(PSA_ALG_CFB, PSA_KEY_TYPE_AES, 16, 16);
    cipher(PSA_ALG_OFB, PSA_KEY_TYPE_AES, 16, 16);
    cipher(PSA_ALG_CCM_STAR_NO_TAG, PSA_KEY_TYPE_AES, 16, 13);
    cipher(PSA_ALG_XTS, PSA_KEY_TYPE_AES, 32, 16);
    aead(PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 32, 12);
    aead(PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20, 32, 24);
    aead(PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 16, 16);
    aead(PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 32, 16);
    cipher(PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_CHACHA20, 32, 16);
    cipher(PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_XCHACHA20, 32, 32);
    platform_cpu_mask(0xFFFFFFFFu);
    sw_kernels_init();
    assert_int_equal(constant_time_errors(), before);
}

static void portable_kernels(void **state)
{
    (void)state;
    everything(0);
}

static void aes_ni_kernels(void **state)
{
    (void)state;
    everything(CPU_X86_SSSE3 | CPU_X86_SSE41 | CPU_X86_AESNI | CPU_X86_PCLMUL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(portable_kernels),
        cmocka_unit_test(aes_ni_kernels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
