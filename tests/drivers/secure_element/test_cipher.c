/* SPDX-License-Identifier: Apache-2.0 */
/* Ciphers by the element, against OpenSSL: whole and in parts, with keys prepared and not, wrapped and in slots. */
#include "fixture.h"

#define ENCRYPT PSA_KEY_USAGE_ENCRYPT
#define DECRYPT PSA_KEY_USAGE_DECRYPT

static const uint8_t secret[32] = "thirty-two bytes of an AES key.";
static const uint8_t iv[16] = "fifteen of them";
static const uint8_t message[48] = "Three blocks of sixteen bytes of plain English.";

struct mode {
    psa_algorithm_t alg;
    const EVP_CIPHER *(*reference)(void);
    size_t iv_length;
    int padded;
};

static const struct mode modes[] = {
    { PSA_ALG_ECB_NO_PADDING, EVP_aes_256_ecb, 0, 0 },
    { PSA_ALG_CBC_NO_PADDING, EVP_aes_256_cbc, 16, 0 },
    { PSA_ALG_CBC_PKCS7, EVP_aes_256_cbc, 16, 1 },
    { PSA_ALG_CTR, EVP_aes_256_ctr, 16, 0 },
};

static size_t reference(const struct mode *mode, uint8_t output[64])
{
    int length = 0, rest = 0;
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    assert_int_equal(EVP_EncryptInit_ex(ctx, mode->reference(), NULL, secret, iv), 1);
    assert_int_equal(EVP_CIPHER_CTX_set_padding(ctx, mode->padded), 1);
    assert_int_equal(EVP_EncryptUpdate(ctx, output, &length, message, sizeof(message)), 1);
    assert_int_equal(EVP_EncryptFinal_ex(ctx, output + length, &rest), 1);
    EVP_CIPHER_CTX_free(ctx);
    return (size_t)(length + rest);
}

static void make_key(struct fixture *fixture, struct test_key *key, psa_key_usage_t usage, psa_algorithm_t alg)
{
    test_key_init(key, PERSISTENT, PSA_KEY_TYPE_AES, 0, usage, alg);
    assert_int_equal(test_key_import(fixture, key, secret, sizeof(secret)), PSA_SUCCESS);
}

typedef psa_status_t (*setup_t)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);

static size_t in_parts(struct fixture *fixture, const struct test_key *key, const struct mode *mode, setup_t setup,
                       const uint8_t *input, size_t input_length, uint8_t output[80])
{
    size_t length = 0, done = 0;
    void *context = test_context(fixture, PSACRYPTO_FAMILY_CIPHER, mode->alg, key);
    assert_int_equal(setup(&fixture->element, &key->key, context, mode->alg), PSA_SUCCESS);
    if (mode->iv_length != 0) {
        assert_int_equal(se_cipher_entries.set_iv(&fixture->element, &key->key, context, iv, mode->iv_length), PSA_SUCCESS);
    }
    for (size_t i = 0; i < input_length; i += 7) {
        size_t now = input_length - i < 7 ? input_length - i : 7;
        assert_int_equal(se_cipher_entries.update(&fixture->element, &key->key, context, input + i, now,
                                                  output + done, 80u - done, &length), PSA_SUCCESS);
        done += length;
    }
    assert_int_equal(se_cipher_entries.finish(&fixture->element, &key->key, context, output + done, 80u - done, &length), PSA_SUCCESS);
    assert_int_equal(se_cipher_entries.abort(&fixture->element, context), PSA_SUCCESS);
    test_free(context);
    return done + length;
}

static void round_trip(struct fixture *fixture, const struct test_key *key, const struct mode *mode)
{
    uint8_t expected[64], output[80], back[80];
    size_t length = 0, expected_length = reference(mode, expected);
    assert_int_equal(se_cipher_entries.encrypt(&fixture->element, &key->key, mode->alg, iv, mode->iv_length,
                                               message, sizeof(message), output, 64, &length), PSA_SUCCESS);
    assert_int_equal(length, expected_length);
    assert_memory_equal(output, expected, length);
    assert_int_equal(se_cipher_entries.decrypt(&fixture->element, &key->key, mode->alg, iv, mode->iv_length,
                                               output, length, back, 64, &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(message));
    assert_memory_equal(back, message, length);

    assert_int_equal(in_parts(fixture, key, mode, se_cipher_entries.encrypt_setup, message, sizeof(message), output), expected_length);
    assert_memory_equal(output, expected, expected_length);
    assert_int_equal(in_parts(fixture, key, mode, se_cipher_entries.decrypt_setup, output, expected_length, back), sizeof(message));
    assert_memory_equal(back, message, sizeof(message));
}

static void all_modes(void **state)
{
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
        struct test_key key;
        make_key(*state, &key, ENCRYPT | DECRYPT, modes[i].alg);
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
    uint8_t output[64], context[1024] = { 0 };
    size_t length = 0;
    make_key(fixture, &key, ENCRYPT, PSA_ALG_CTR);
    assert_int_equal(se_cipher_entries.decrypt(&fixture->element, &key.key, PSA_ALG_CTR, iv, 16, message, 16, output, 64, &length),
                     PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_cipher_entries.decrypt_setup(&fixture->element, &key.key, context, PSA_ALG_CTR), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_cipher_entries.encrypt_setup(&fixture->element, &key.key, context, PSA_ALG_CBC_PKCS7), PSA_ERROR_NOT_PERMITTED);
    (void)test_key_destroy(fixture, &key);
    make_key(fixture, &key, DECRYPT, PSA_ALG_CTR);
    assert_int_equal(se_cipher_entries.encrypt(&fixture->element, &key.key, PSA_ALG_CTR, iv, 16, message, 16, output, 64, &length),
                     PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_cipher_entries.encrypt_setup(&fixture->element, &key.key, context, PSA_ALG_CTR), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_cipher_entries.decrypt(&fixture->element, &key.key, PSA_ALG_CTR, iv, 16, message, 16, output, 64, &length),
                     PSA_SUCCESS);
}

/* A key that is destroyed while an operation goes on: the operation ends. */
static void destroyed_in_between(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t output[64];
    size_t length = 0;
    make_key(fixture, &key, ENCRYPT, PSA_ALG_CTR);
    void *context = test_context(fixture, PSACRYPTO_FAMILY_CIPHER, PSA_ALG_CTR, &key);
    assert_int_equal(se_cipher_entries.encrypt_setup(&fixture->element, &key.key, context, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(se_cipher_entries.set_iv(&fixture->element, &key.key, context, iv, 16), PSA_SUCCESS);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
    assert_int_equal(se_cipher_entries.update(&fixture->element, &key.key, context, message, 16, output, 64, &length),
                     PSA_ERROR_DOES_NOT_EXIST);
    test_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_modes, fixture_setup_wrapped, fixture_teardown),
        { "all_modes, in slots", all_modes, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(usage_is_enforced, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(destroyed_in_between, fixture_setup_slots, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
