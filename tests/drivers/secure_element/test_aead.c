/* SPDX-License-Identifier: Apache-2.0 */
/* AEADs by the element, against OpenSSL: whole and in parts, with keys prepared and not, wrapped and in slots. */
#include "fixture.h"

#define ENCRYPT PSA_KEY_USAGE_ENCRYPT
#define DECRYPT PSA_KEY_USAGE_DECRYPT

static const uint8_t secret[32] = "thirty-two bytes, for AES or so";
static const uint8_t nonce[12] = "eleven byte";
static const uint8_t ad[20] = "nineteen bytes here";
static const uint8_t message[50] = "Three blocks of sixteen bytes, and two more of it";

struct mode {
    psa_key_type_t type;
    psa_algorithm_t alg;
    const EVP_CIPHER *(*reference)(void);
    int tag_length;
};

static const struct mode modes[] = {
    { PSA_KEY_TYPE_AES, PSA_ALG_GCM, EVP_aes_256_gcm, 16 },
    { PSA_KEY_TYPE_AES, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12), EVP_aes_256_gcm, 12 },
    { PSA_KEY_TYPE_AES, PSA_ALG_CCM, EVP_aes_256_ccm, 16 },
    { PSA_KEY_TYPE_AES, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 8), EVP_aes_256_ccm, 8 },
    { PSA_KEY_TYPE_CHACHA20, PSA_ALG_CHACHA20_POLY1305, EVP_chacha20_poly1305, 16 },
};

static size_t reference(const struct mode *mode, uint8_t output[80])
{
    int length = 0, ccm = mode->reference == EVP_aes_256_ccm;
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    assert_int_equal(EVP_EncryptInit_ex(ctx, mode->reference(), NULL, NULL, NULL), 1);
    assert_int_equal(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_IVLEN, sizeof(nonce), NULL), 1);
    if (ccm) {
        assert_int_equal(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, mode->tag_length, NULL), 1);
    }
    assert_int_equal(EVP_EncryptInit_ex(ctx, NULL, NULL, secret, nonce), 1);
    if (ccm) {
        assert_int_equal(EVP_EncryptUpdate(ctx, NULL, &length, NULL, sizeof(message)), 1);
    }
    assert_int_equal(EVP_EncryptUpdate(ctx, NULL, &length, ad, sizeof(ad)), 1);
    assert_int_equal(EVP_EncryptUpdate(ctx, output, &length, message, sizeof(message)), 1);
    assert_int_equal(EVP_EncryptFinal_ex(ctx, output + sizeof(message), &length), 1);
    assert_int_equal(EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, mode->tag_length, output + sizeof(message)), 1);
    EVP_CIPHER_CTX_free(ctx);
    return sizeof(message) + (size_t)mode->tag_length;
}

static void make_key(struct fixture *fixture, struct test_key *key, psa_key_usage_t usage, const struct mode *mode)
{
    test_key_init(key, PERSISTENT, mode->type, 0, usage, mode->alg);
    assert_int_equal(test_key_import(fixture, key, secret, sizeof(secret)), PSA_SUCCESS);
}

/* Everything up to the end; answers the bytes of output. */
static size_t parts(struct fixture *fixture, const struct test_key *key, void *context, const uint8_t *input, uint8_t *output)
{
    se_t *element = &fixture->element;
    size_t length = 0, done = 0;
    assert_int_equal(se_aead_entries.set_lengths(element, &key->key, context, sizeof(ad), sizeof(message)), PSA_SUCCESS);
    assert_int_equal(se_aead_entries.set_nonce(element, &key->key, context, nonce, sizeof(nonce)), PSA_SUCCESS);
    assert_int_equal(se_aead_entries.update_ad(element, &key->key, context, ad, 7), PSA_SUCCESS);
    assert_int_equal(se_aead_entries.update_ad(element, &key->key, context, ad + 7, sizeof(ad) - 7u), PSA_SUCCESS);
    assert_int_equal(se_aead_entries.update(element, &key->key, context, input, 19, output, 80, &length), PSA_SUCCESS);
    done = length;
    assert_int_equal(se_aead_entries.update(element, &key->key, context, input + 19, sizeof(message) - 19u, output + done, 80u - done,
                                            &length), PSA_SUCCESS);
    return done + length;
}

static void encrypt_in_parts(struct fixture *fixture, const struct test_key *key, const struct mode *mode, const uint8_t *expected)
{
    uint8_t output[96], tag[16];
    size_t length = 0, tag_length = 0;
    void *context = test_context(fixture, PSACRYPTO_FAMILY_AEAD, mode->alg, key);
    assert_int_equal(se_aead_entries.encrypt_setup(&fixture->element, &key->key, context, mode->alg), PSA_SUCCESS);
    size_t done = parts(fixture, key, context, message, output);
    assert_int_equal(se_aead_entries.finish(&fixture->element, &key->key, context, output + done, 80u - done, &length,
                                            tag, sizeof(tag), &tag_length), PSA_SUCCESS);
    assert_int_equal(done + length, sizeof(message));
    assert_memory_equal(output, expected, sizeof(message));
    assert_int_equal(tag_length, mode->tag_length);
    assert_memory_equal(tag, expected + sizeof(message), tag_length);
    assert_int_equal(se_aead_entries.abort(&fixture->element, context), PSA_SUCCESS);
    test_free(context);
}

static psa_status_t decrypt_in_parts(struct fixture *fixture, const struct test_key *key, const struct mode *mode, const uint8_t *sealed)
{
    uint8_t output[96];
    size_t length = 0;
    void *context = test_context(fixture, PSACRYPTO_FAMILY_AEAD, mode->alg, key);
    assert_int_equal(se_aead_entries.decrypt_setup(&fixture->element, &key->key, context, mode->alg), PSA_SUCCESS);
    size_t done = parts(fixture, key, context, sealed, output);
    psa_status_t status = se_aead_entries.verify(&fixture->element, &key->key, context, output + done, 80u - done, &length,
                                                 sealed + sizeof(message), (size_t)mode->tag_length);
    if (status == PSA_SUCCESS) {
        assert_int_equal(done + length, sizeof(message));
        assert_memory_equal(output, message, sizeof(message));
    }
    assert_int_equal(se_aead_entries.abort(&fixture->element, context), PSA_SUCCESS);
    test_free(context);
    return status;
}

static psa_status_t decrypt(struct fixture *fixture, const struct test_key *key, const struct mode *mode,
                            const uint8_t *sealed, size_t sealed_length)
{
    uint8_t output[64];
    size_t length = 0;
    psa_status_t status = se_aead_entries.decrypt(&fixture->element, &key->key, mode->alg, nonce, sizeof(nonce), ad, sizeof(ad),
                                                  sealed, sealed_length, output, sizeof(output), &length);
    if (status == PSA_SUCCESS) {
        assert_int_equal(length, sizeof(message));
        assert_memory_equal(output, message, sizeof(message));
    }
    return status;
}

static void round_trip(struct fixture *fixture, const struct test_key *key, const struct mode *mode)
{
    uint8_t expected[80], output[80];
    size_t length = 0, expected_length = reference(mode, expected);
    assert_int_equal(se_aead_entries.encrypt(&fixture->element, &key->key, mode->alg, nonce, sizeof(nonce), ad, sizeof(ad),
                                             message, sizeof(message), output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(length, expected_length);
    assert_memory_equal(output, expected, length);
    assert_int_equal(decrypt(fixture, key, mode, output, length), PSA_SUCCESS);
    encrypt_in_parts(fixture, key, mode, expected);
    assert_int_equal(decrypt_in_parts(fixture, key, mode, expected), PSA_SUCCESS);
    output[length - 1u] ^= 0x80;
    assert_int_equal(decrypt(fixture, key, mode, output, length), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(decrypt_in_parts(fixture, key, mode, output), PSA_ERROR_INVALID_SIGNATURE);
}

static void all_modes(void **state)
{
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        struct test_key key;
        make_key(*state, &key, ENCRYPT | DECRYPT, &modes[i]);
        round_trip(*state, &key, &modes[i]);
        size_t size = test_key_prepare(*state, &key, modes[i].alg);
        assert_true(size != 0);
        round_trip(*state, &key, &modes[i]);
        test_key_unprepare(*state, &key, modes[i].alg, size);
        assert_int_equal(test_key_destroy(*state, &key), PSA_SUCCESS);
    }
}

static void usage_is_enforced(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t output[96], tag[16], context[2048] = { 0 };
    size_t length = 0, tag_length = 0;
    make_key(fixture, &key, ENCRYPT, &modes[0]);
    assert_int_equal(se_aead_entries.decrypt_setup(&fixture->element, &key.key, context, PSA_ALG_GCM), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(decrypt(fixture, &key, &modes[0], message, 50), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_aead_entries.encrypt_setup(&fixture->element, &key.key, context, PSA_ALG_CCM), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_aead_entries.verify(&fixture->element, &key.key, context, output, 80, &length, tag, 16), PSA_ERROR_NOT_PERMITTED);
    (void)test_key_destroy(fixture, &key);
    make_key(fixture, &key, DECRYPT, &modes[0]);
    assert_int_equal(se_aead_entries.encrypt_setup(&fixture->element, &key.key, context, PSA_ALG_GCM), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_aead_entries.encrypt(&fixture->element, &key.key, PSA_ALG_GCM, nonce, 12, ad, 1, message, 1, output, 96, &length),
                     PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_aead_entries.finish(&fixture->element, &key.key, context, output, 80, &length, tag, 16, &tag_length),
                     PSA_ERROR_NOT_PERMITTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_modes, fixture_setup_wrapped, fixture_teardown),
        { "all_modes, in slots", all_modes, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(usage_is_enforced, fixture_setup_wrapped, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
