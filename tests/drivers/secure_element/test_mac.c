/* SPDX-License-Identifier: Apache-2.0 */
/* MACs by the element, against OpenSSL: whole and in parts, with keys prepared and not, wrapped and in slots. */
#include "fixture.h"

#define HMAC PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define SIGN PSA_KEY_USAGE_SIGN_MESSAGE
#define VERIFY PSA_KEY_USAGE_VERIFY_MESSAGE

static const uint8_t secret[40] = "a key longer than half a block of hash.";
static const uint8_t message[100] = "What is to be authenticated, in parts of any size.";

static void reference(uint8_t mac[32])
{
    size_t length = 0;
    assert_non_null(EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, secret, sizeof(secret), message, sizeof(message), mac, 32, &length));
    assert_int_equal(length, 32);
}

static void make_key(struct fixture *fixture, struct test_key *key, psa_key_usage_t usage, psa_algorithm_t alg)
{
    test_key_init(key, PERSISTENT, PSA_KEY_TYPE_HMAC, 0, usage, alg);
    assert_int_equal(test_key_import(fixture, key, secret, sizeof(secret)), PSA_SUCCESS);
}

static void in_parts(struct fixture *fixture, const struct test_key *key, size_t part, const uint8_t expected[32])
{
    uint8_t mac[32];
    size_t length = 0;
    void *context = test_context(fixture, PSACRYPTO_FAMILY_MAC, HMAC, key);
    assert_int_equal(se_mac_entries.sign_setup(&fixture->element, &key->key, context, HMAC), PSA_SUCCESS);
    for (size_t done = 0; done < sizeof(message); done += part) {
        size_t now = sizeof(message) - done < part ? sizeof(message) - done : part;
        assert_int_equal(se_mac_entries.update(&fixture->element, &key->key, context, message + done, now), PSA_SUCCESS);
    }
    assert_int_equal(se_mac_entries.sign_finish(&fixture->element, &key->key, context, mac, sizeof(mac), &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(mac, expected, 32);
    assert_int_equal(se_mac_entries.abort(&fixture->element, context), PSA_SUCCESS);
    test_free(context);
}

static psa_status_t verify_in_parts(struct fixture *fixture, const struct test_key *key, const uint8_t *mac)
{
    void *context = test_context(fixture, PSACRYPTO_FAMILY_MAC, HMAC, key);
    assert_int_equal(se_mac_entries.verify_setup(&fixture->element, &key->key, context, HMAC), PSA_SUCCESS);
    assert_int_equal(se_mac_entries.update(&fixture->element, &key->key, context, message, sizeof(message)), PSA_SUCCESS);
    psa_status_t status = se_mac_entries.verify_finish(&fixture->element, &key->key, context, mac, 32);
    assert_int_equal(se_mac_entries.abort(&fixture->element, context), PSA_SUCCESS);
    test_free(context);
    return status;
}

static void compute_and_verify(struct fixture *fixture, const struct test_key *key)
{
    uint8_t expected[32], mac[32];
    size_t length = 0;
    reference(expected);
    assert_int_equal(se_mac_entries.compute(&fixture->element, &key->key, HMAC, message, sizeof(message), mac, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(mac, expected, 32);
    in_parts(fixture, key, 1, expected);
    in_parts(fixture, key, 64, expected);
    in_parts(fixture, key, 100, expected);
    assert_int_equal(se_mac_entries.verify(&fixture->element, &key->key, HMAC, message, sizeof(message), mac, 32), PSA_SUCCESS);
    assert_int_equal(verify_in_parts(fixture, key, mac), PSA_SUCCESS);
    mac[31] ^= 1;
    assert_int_equal(se_mac_entries.verify(&fixture->element, &key->key, HMAC, message, sizeof(message), mac, 32),
                     PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(verify_in_parts(fixture, key, mac), PSA_ERROR_INVALID_SIGNATURE);
}

static void unprepared(void **state)
{
    struct test_key key;
    make_key(*state, &key, SIGN | VERIFY, HMAC);
    compute_and_verify(*state, &key);
}

static void prepared(void **state)
{
    struct test_key key;
    make_key(*state, &key, SIGN | VERIFY, HMAC);
    size_t size = test_key_prepare(*state, &key, HMAC);
    assert_true(size != 0);
    compute_and_verify(*state, &key);
    test_key_unprepare(*state, &key, HMAC, size);
}

static void usage_is_enforced(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t mac[32], context[512] = { 0 };
    size_t length = 0;
    make_key(fixture, &key, VERIFY, HMAC);
    assert_int_equal(se_mac_entries.compute(&fixture->element, &key.key, HMAC, message, 1, mac, 32, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_mac_entries.sign_setup(&fixture->element, &key.key, context, HMAC), PSA_ERROR_NOT_PERMITTED);
    reference(mac);
    assert_int_equal(se_mac_entries.verify(&fixture->element, &key.key, HMAC, message, sizeof(message), mac, 32), PSA_SUCCESS);
    void *verifying = test_context(fixture, PSACRYPTO_FAMILY_MAC, HMAC, &key);
    assert_int_equal(se_mac_entries.verify_setup(&fixture->element, &key.key, verifying, HMAC), PSA_SUCCESS);
    assert_int_equal(se_mac_entries.sign_finish(&fixture->element, &key.key, verifying, mac, 32, &length), PSA_ERROR_NOT_PERMITTED);
    test_free(verifying);
    (void)test_key_destroy(fixture, &key);

    make_key(fixture, &key, SIGN, HMAC);
    assert_int_equal(se_mac_entries.verify(&fixture->element, &key.key, HMAC, message, 1, mac, 32), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_mac_entries.verify_setup(&fixture->element, &key.key, context, HMAC), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_mac_entries.compute(&fixture->element, &key.key, PSA_ALG_TRUNCATED_MAC(HMAC, 16), message, 1, mac, 16, &length),
                     PSA_ERROR_NOT_PERMITTED);
}

static void lengths(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t expected[32], mac[32];
    size_t length = 0;
    make_key(fixture, &key, SIGN | VERIFY, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC, 8));
    reference(expected);
    for (size_t n = 8; n < 32; n++) {
        psa_algorithm_t alg = PSA_ALG_TRUNCATED_MAC(HMAC, n);
        assert_int_equal(se_mac_entries.compute(&fixture->element, &key.key, alg, message, sizeof(message), mac, n, &length), PSA_SUCCESS);
        assert_int_equal(length, n);
        assert_memory_equal(mac, expected, n);
        assert_int_equal(se_mac_entries.verify(&fixture->element, &key.key, alg, message, sizeof(message), expected, n), PSA_SUCCESS);
    }
    uint8_t longer[PSA_MAC_MAX_SIZE + 1u] = { 0 };
    assert_int_equal(se_mac_entries.verify(&fixture->element, &key.key, HMAC, message, sizeof(message), longer, sizeof(longer)),
                     PSA_ERROR_INVALID_SIGNATURE);
}

#define BOTH(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup_wrapped, fixture_teardown), \
    { #test ", in slots", test, fixture_setup_slots, fixture_teardown, NULL }

int main(void)
{
    const struct CMUnitTest tests[] = { BOTH(unprepared), BOTH(prepared), BOTH(usage_is_enforced), BOTH(lengths) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
