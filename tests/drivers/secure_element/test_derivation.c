/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation from keys of the element: HKDF and PBKDF2, against OpenSSL. */
#include "fixture.h"

#include <openssl/kdf.h>

#define HKDF PSA_ALG_HKDF(PSA_ALG_SHA_256)
#define PBKDF2 PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)

static const uint8_t secret[20] = "not to leave here.";
static const uint8_t salt[9] = "some salt";
static const uint8_t info[5] = "info.";

static void make_key(struct fixture *fixture, struct test_key *key, psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg)
{
    test_key_init(key, PERSISTENT, type, 0, usage, alg);
    assert_int_equal(test_key_import(fixture, key, secret, sizeof(secret)), PSA_SUCCESS);
}

static void reference_hkdf(uint8_t output[77])
{
    size_t length = 77;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
    assert_int_equal(EVP_PKEY_derive_init(ctx), 1);
    assert_int_equal(EVP_PKEY_CTX_set_hkdf_md(ctx, EVP_sha256()), 1);
    assert_int_equal(EVP_PKEY_CTX_set1_hkdf_salt(ctx, salt, sizeof(salt)), 1);
    assert_int_equal(EVP_PKEY_CTX_set1_hkdf_key(ctx, secret, sizeof(secret)), 1);
    assert_int_equal(EVP_PKEY_CTX_add1_hkdf_info(ctx, info, sizeof(info)), 1);
    assert_int_equal(EVP_PKEY_derive(ctx, output, &length), 1);
    EVP_PKEY_CTX_free(ctx);
}

static void hkdf(void **state)
{
    struct fixture *fixture = *state;
    se_t *element = &fixture->element;
    struct test_key key;
    uint8_t expected[77], output[77];
    make_key(fixture, &key, PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_DERIVE, HKDF);
    void *context = test_context(fixture, PSACRYPTO_FAMILY_KEY_DERIVATION, HKDF, &key);
    assert_int_equal(se_key_derivation_entries.setup(element, context, HKDF), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.input_bytes(element, context, PSA_KEY_DERIVATION_INPUT_SALT, salt, sizeof(salt)), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.input_key(element, context, PSA_KEY_DERIVATION_INPUT_SECRET, &key.key), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.input_bytes(element, context, PSA_KEY_DERIVATION_INPUT_INFO, info, sizeof(info)), PSA_SUCCESS);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS); /* it went in: it is not needed any more */
    assert_int_equal(se_key_derivation_entries.output_bytes(element, context, output, 33), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.output_bytes(element, context, output + 33, 44), PSA_SUCCESS);
    reference_hkdf(expected);
    assert_memory_equal(output, expected, sizeof(expected));
    assert_int_equal(se_key_derivation_entries.abort(element, context), PSA_SUCCESS);
    test_free(context);
}

static void pbkdf2(void **state)
{
    struct fixture *fixture = *state;
    se_t *element = &fixture->element;
    struct test_key key;
    uint8_t expected[40], output[40];
    make_key(fixture, &key, PSA_KEY_TYPE_PASSWORD, PSA_KEY_USAGE_VERIFY_DERIVATION, PBKDF2);
    void *context = test_context(fixture, PSACRYPTO_FAMILY_KEY_DERIVATION, PBKDF2, &key);
    assert_int_equal(se_key_derivation_entries.setup(element, context, PBKDF2), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.input_integer(element, context, PSA_KEY_DERIVATION_INPUT_COST, 30), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.input_bytes(element, context, PSA_KEY_DERIVATION_INPUT_SALT, salt, sizeof(salt)), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.input_key(element, context, PSA_KEY_DERIVATION_INPUT_PASSWORD, &key.key), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.output_bytes(element, context, output, sizeof(output)), PSA_SUCCESS);
    assert_int_equal(PKCS5_PBKDF2_HMAC((const char *)secret, sizeof(secret), salt, sizeof(salt), 30, EVP_sha256(),
                                       sizeof(expected), expected), 1);
    assert_memory_equal(output, expected, sizeof(expected));
    assert_int_equal(se_key_derivation_entries.abort(element, context), PSA_SUCCESS);
    test_free(context);
}

static psa_status_t give_to(struct fixture *fixture, const struct test_key *key, psa_algorithm_t alg)
{
    void *context = test_context(fixture, PSACRYPTO_FAMILY_KEY_DERIVATION, HKDF, key);
    assert_int_equal(se_key_derivation_entries.setup(&fixture->element, context, alg), PSA_SUCCESS);
    psa_status_t status = se_key_derivation_entries.input_key(&fixture->element, context, PSA_KEY_DERIVATION_INPUT_SECRET, &key->key);
    assert_int_equal(se_key_derivation_entries.abort(&fixture->element, context), PSA_SUCCESS);
    test_free(context);
    return status;
}

static psa_status_t give(struct fixture *fixture, const struct test_key *key)
{
    return give_to(fixture, key, HKDF);
}

static void expected_output(void **state)
{
    struct fixture *fixture = *state;
    const uint8_t other[20] = "not to leave here!";
    struct test_key key;
    make_key(fixture, &key, PSA_KEY_TYPE_PASSWORD_HASH, PSA_KEY_USAGE_VERIFY_DERIVATION, PBKDF2);
    assert_int_equal(se_key_derivation_entries.verify_key(&fixture->element, &key.key, PBKDF2, secret, sizeof(secret)), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.verify_key(&fixture->element, &key.key, PBKDF2, secret, sizeof(secret) - 1), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(se_key_derivation_entries.verify_key(&fixture->element, &key.key, PBKDF2, other, sizeof(other)), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(se_key_derivation_entries.verify_key(&fixture->element, &key.key, HKDF, secret, sizeof(secret)), PSA_ERROR_NOT_PERMITTED);
    make_key(fixture, &key, PSA_KEY_TYPE_PASSWORD_HASH, PSA_KEY_USAGE_DERIVE, PBKDF2);
    assert_int_equal(se_key_derivation_entries.verify_key(&fixture->element, &key.key, PBKDF2, secret, sizeof(secret)), PSA_ERROR_NOT_PERMITTED);
}

/* A policy with a key agreement is met where the operation has that agreement. */
static void agreement_in_front(void **state)
{
    const psa_algorithm_t both = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF);
    struct test_key key;
    make_key(*state, &key, PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_DERIVE, both);
    assert_int_equal(give_to(*state, &key, both), PSA_SUCCESS);
    assert_int_equal(give_to(*state, &key, HKDF), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(give_to(*state, &key, PSA_ALG_KEY_AGREEMENT(PSA_ALG_FFDH, HKDF)), PSA_ERROR_NOT_PERMITTED);
    make_key(*state, &key, PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_DERIVE, HKDF);
    assert_int_equal(give_to(*state, &key, both), PSA_ERROR_NOT_PERMITTED);
}

static void policy_is_enforced(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    make_key(fixture, &key, PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_EXPORT, HKDF);
    assert_int_equal(give(fixture, &key), PSA_ERROR_NOT_PERMITTED);
    make_key(fixture, &key, PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_DERIVE, PSA_ALG_HKDF(PSA_ALG_SHA_512));
    assert_int_equal(give(fixture, &key), PSA_ERROR_NOT_PERMITTED);
    make_key(fixture, &key, PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_DERIVE, HKDF);
    assert_int_equal(give(fixture, &key), PSA_SUCCESS);
    psa_set_key_algorithm(&key.attributes, PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256));
    assert_int_equal(give(fixture, &key), PSA_ERROR_NOT_PERMITTED);
    key.attributes.private_alg2 = HKDF;
    assert_int_equal(give(fixture, &key), PSA_ERROR_DATA_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hkdf, fixture_setup_wrapped, fixture_teardown),
        { "pbkdf2, in slots", pbkdf2, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(pbkdf2, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(expected_output, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(agreement_in_front, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(policy_is_enforced, fixture_setup_wrapped, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
