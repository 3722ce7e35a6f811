/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AEAD beside OpenSSL, where it has the algorithm: one shot and in parts give what OpenSSL gives; what was sealed opens; one bit changed, and it does not.
 * Input: algorithm, tag length, nonce length, length of the additional data, cut, which bit; key, nonce, data, text follow.
 */
#include <openssl/evp.h>
#include <psa/crypto.h>

#include "input.h"

static const struct algorithm {
    psa_algorithm_t algorithm;
    psa_key_type_t type;
    size_t key_length;
    const EVP_CIPHER *(*cipher)(void); /* NULL: OpenSSL has none */
} algorithms[] = {
    {PSA_ALG_GCM, PSA_KEY_TYPE_AES, 16, EVP_aes_128_gcm},
    {PSA_ALG_GCM, PSA_KEY_TYPE_AES, 24, EVP_aes_192_gcm},
    {PSA_ALG_GCM, PSA_KEY_TYPE_AES, 32, EVP_aes_256_gcm},
    {PSA_ALG_CCM, PSA_KEY_TYPE_AES, 16, EVP_aes_128_ccm},
    {PSA_ALG_CCM, PSA_KEY_TYPE_AES, 32, EVP_aes_256_ccm},
    {PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 32, EVP_chacha20_poly1305},
    {PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20, 32, NULL},
    {PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 16, NULL},
    {PSA_ALG_ASCON_AEAD128, PSA_KEY_TYPE_ASCON, 32, NULL},
};

struct message {
    const struct algorithm *row;
    psa_algorithm_t algorithm;
    uint8_t key[32];
    size_t tag_length, nonce_length, ad_length, text_length;
    uint8_t *nonce, *ad, *text;
};

/* sealed: text_length + tag_length bytes. */
static void check_by_openssl(const struct message *m, const uint8_t *sealed)
{
    uint8_t *output = input_memory(m->text_length + m->tag_length);
    uint8_t none[16];
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int length, ccm = m->row->algorithm == PSA_ALG_CCM;

    CHECK(EVP_EncryptInit_ex(context, m->row->cipher(), NULL, NULL, NULL) == 1);
    CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, (int)m->nonce_length, NULL) == 1);
    if (ccm) {
        CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)m->tag_length, NULL) == 1);
    }
    CHECK(EVP_EncryptInit_ex(context, NULL, NULL, m->key, m->nonce) == 1);
    if (ccm) {
        CHECK(EVP_EncryptUpdate(context, NULL, &length, NULL, (int)m->text_length) == 1);
    }
    if (m->ad_length > 0) {
        CHECK(EVP_EncryptUpdate(context, NULL, &length, m->ad, (int)m->ad_length) == 1);
    }
    if (m->text_length > 0 || ccm) {
        CHECK(EVP_EncryptUpdate(context, output == NULL ? none : output, &length, m->text == NULL ? none : m->text, (int)m->text_length) == 1);
    }
    CHECK(EVP_EncryptFinal_ex(context, none, &length) == 1);
    CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, (int)m->tag_length, output + m->text_length) == 1);
    EVP_CIPHER_CTX_free(context);
    CHECK(memcmp(sealed, output, m->text_length + m->tag_length) == 0);
    free(output);
}

static void in_parts(const struct message *m, psa_key_id_t key, size_t cut, const uint8_t *expected)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    size_t done = 0, length, tag_length;
    size_t size = PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(m->text_length) + 16;
    uint8_t *output = input_memory(size), tag[16];
    size_t ad_cut = cut < m->ad_length ? cut : m->ad_length;
    size_t text_cut = cut < m->text_length ? cut : m->text_length;

    CHECK(psa_aead_encrypt_setup(&operation, key, m->algorithm) == PSA_SUCCESS);
    CHECK(psa_aead_set_lengths(&operation, m->ad_length, m->text_length) == PSA_SUCCESS);
    CHECK(psa_aead_set_nonce(&operation, m->nonce, m->nonce_length) == PSA_SUCCESS);
    CHECK(psa_aead_update_ad(&operation, m->ad, ad_cut) == PSA_SUCCESS);
    CHECK(psa_aead_update_ad(&operation, m->ad_length == 0 ? NULL : m->ad + ad_cut, m->ad_length - ad_cut) == PSA_SUCCESS);
    CHECK(psa_aead_update(&operation, m->text, text_cut, output, size, &length) == PSA_SUCCESS);
    done += length;
    CHECK(psa_aead_update(&operation, m->text_length == 0 ? NULL : m->text + text_cut, m->text_length - text_cut, output + done, size - done,
                          &length) == PSA_SUCCESS);
    done += length;
    CHECK(psa_aead_finish(&operation, output + done, size - done, &length, tag, sizeof(tag), &tag_length) == PSA_SUCCESS);
    done += length;
    CHECK(done == m->text_length && tag_length == m->tag_length);
    CHECK(memcmp(output, expected, done) == 0 && memcmp(tag, expected + done, tag_length) == 0);
    free(output);
}

static void check_message(const struct message *m, size_t cut, size_t bit)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    size_t length, sealed_length = m->text_length + m->tag_length;
    uint8_t *sealed = input_memory(sealed_length), *opened = input_memory(m->text_length);

    psa_set_key_type(&attributes, m->row->type);
    psa_set_key_algorithm(&attributes, m->algorithm);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    CHECK(psa_import_key(&attributes, m->key, m->row->key_length, &key) == PSA_SUCCESS);

    CHECK(psa_aead_encrypt(key, m->algorithm, m->nonce, m->nonce_length, m->ad, m->ad_length, m->text, m->text_length, sealed, sealed_length,
                           &length) == PSA_SUCCESS);
    CHECK(length == sealed_length);
    if (m->row->cipher != NULL) {
        check_by_openssl(m, sealed);
    }
    in_parts(m, key, cut, sealed);

    CHECK(psa_aead_decrypt(key, m->algorithm, m->nonce, m->nonce_length, m->ad, m->ad_length, sealed, sealed_length, opened, m->text_length,
                           &length) == PSA_SUCCESS);
    CHECK(length == m->text_length && (length == 0 || memcmp(opened, m->text, length) == 0));

    sealed[bit / 8 % sealed_length] ^= (uint8_t)(1u << bit % 8);
    CHECK(psa_aead_decrypt(key, m->algorithm, m->nonce, m->nonce_length, m->ad, m->ad_length, sealed, sealed_length, opened, m->text_length,
                           &length) == PSA_ERROR_INVALID_SIGNATURE);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    free(sealed);
    free(opened);
}

static size_t tag_length(psa_algorithm_t algorithm, uint8_t choice)
{
    switch (algorithm) {
    case PSA_ALG_GCM:
        return 12u + choice % 5u;
    case PSA_ALG_CCM:
        return 4u + choice % 7u * 2u;
    case PSA_ALG_ASCON_AEAD128:
        return 4u + choice % 13u;
    default:
        return 16;
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct message m = {0};
    size_t length;

    m.row = &algorithms[input_byte(&input) % (sizeof(algorithms) / sizeof(algorithms[0]))];
    uint8_t tag = input_byte(&input), nonce = input_byte(&input);
    size_t ad_length = input_byte(&input);
    size_t cut = input_byte(&input), bit = input_u16(&input);
    m.tag_length = tag_length(m.row->algorithm, tag);
    m.nonce_length = m.row->algorithm == PSA_ALG_CCM ? 7u + nonce % 7u : PSA_AEAD_NONCE_LENGTH(m.row->type, m.row->algorithm);
    m.algorithm = PSA_ALG_AEAD_WITH_SHORTENED_TAG(m.row->algorithm, m.tag_length);

    uint8_t *key = input_take(&input, sizeof(m.key), &length);
    if (length > 0) {
        memcpy(m.key, key, length);
    }
    free(key);
    m.nonce = input_take(&input, m.nonce_length, &length);
    if (length == m.nonce_length) {
        m.ad = input_take(&input, ad_length, &m.ad_length);
        m.text = input_take(&input, 4096, &m.text_length);
        check_message(&m, cut, bit);
        free(m.ad);
        free(m.text);
    }
    free(m.nonce);
    return 0;
}
