/* SPDX-License-Identifier: Apache-2.0 */
/* Signatures by the element: RFC 6979's example, and what a key permits. */
#include "fixture.h"

#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)
#define DETERMINISTIC PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256)
#define RANDOM PSA_ALG_ECDSA(PSA_ALG_SHA_256)

/* RFC 6979, A.2.5: P-256, SHA-256, "sample". */
static const uint8_t private_key[32] = {
    0xc9, 0xaf, 0xa9, 0xd8, 0x45, 0xba, 0x75, 0x16, 0x6b, 0x5c, 0x21, 0x57, 0x67, 0xb1, 0xd6, 0x93,
    0x4e, 0x50, 0xc3, 0xdb, 0x36, 0xe8, 0x9b, 0x12, 0x7b, 0x8a, 0x62, 0x2b, 0x12, 0x0f, 0x67, 0x21,
};
static const uint8_t expected[64] = {
    0xef, 0xd4, 0x8b, 0x2a, 0xac, 0xb6, 0xa8, 0xfd, 0x11, 0x40, 0xdd, 0x9c, 0xd4, 0x5e, 0x81, 0xd6,
    0x9d, 0x2c, 0x87, 0x7b, 0x56, 0xaa, 0xf9, 0x91, 0xc3, 0x4d, 0x0e, 0xa8, 0x4e, 0xaf, 0x37, 0x16,
    0xf7, 0xcb, 0x1c, 0x94, 0x2d, 0x65, 0x7c, 0x41, 0xd4, 0x36, 0xc7, 0xa1, 0xb6, 0xe2, 0x9f, 0x65,
    0xf3, 0xe9, 0x00, 0xdb, 0xb9, 0xaf, 0xf4, 0x06, 0x4d, 0xc4, 0xab, 0x2f, 0x84, 0x3a, 0xcd, 0xa8,
};
static const uint8_t sample[6] = { 's', 'a', 'm', 'p', 'l', 'e' };

static void hash_of_sample(uint8_t hash[32])
{
    unsigned length = 0;
    assert_int_equal(EVP_Digest(sample, sizeof(sample), hash, &length, EVP_sha256(), NULL), 1);
}

static void make_key(struct fixture *fixture, struct test_key *key, psa_key_usage_t usage, psa_algorithm_t alg)
{
    test_key_init(key, PERSISTENT, P256, 0, usage, alg);
    assert_int_equal(test_key_import(fixture, key, private_key, sizeof(private_key)), PSA_SUCCESS);
}

static psa_status_t sign_hash(struct fixture *fixture, const struct test_key *key, psa_algorithm_t alg, uint8_t signature[64])
{
    uint8_t hash[32];
    size_t length = 0;
    hash_of_sample(hash);
    return se_sign_entries.sign_hash(&fixture->element, &key->key, alg, hash, 32, NULL, 0, signature, 64, &length);
}

static psa_status_t sign_message(struct fixture *fixture, const struct test_key *key, psa_algorithm_t alg, uint8_t signature[64])
{
    size_t length = 0;
    return se_sign_entries.sign_message(&fixture->element, &key->key, alg, sample, sizeof(sample), NULL, 0, signature, 64, &length);
}

static psa_status_t verify_hash(struct fixture *fixture, const struct test_key *key, psa_algorithm_t alg, const uint8_t signature[64])
{
    uint8_t hash[32];
    hash_of_sample(hash);
    return se_sign_entries.verify_hash(&fixture->element, &key->key, alg, hash, 32, NULL, 0, signature, 64);
}

static psa_status_t verify_message(struct fixture *fixture, const struct test_key *key, psa_algorithm_t alg, const uint8_t signature[64])
{
    return se_sign_entries.verify_message(&fixture->element, &key->key, alg, sample, sizeof(sample), NULL, 0, signature, 64);
}

static void known_answer(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t signature[64];
    size_t size = 0;
    make_key(fixture, &key, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH, DETERMINISTIC);
    for (unsigned round = 0; round < 2; round++) { /* unprepared, then prepared */
        memset(signature, 0, sizeof(signature));
        assert_int_equal(sign_hash(fixture, &key, DETERMINISTIC, signature), PSA_SUCCESS);
        assert_memory_equal(signature, expected, 64);
        memset(signature, 0, sizeof(signature));
        assert_int_equal(sign_message(fixture, &key, DETERMINISTIC, signature), PSA_SUCCESS);
        assert_memory_equal(signature, expected, 64);
        assert_int_equal(verify_hash(fixture, &key, DETERMINISTIC, signature), PSA_SUCCESS);
        assert_int_equal(verify_message(fixture, &key, RANDOM, signature), PSA_SUCCESS); /* verifies alike */
        signature[63] ^= 1;
        assert_int_equal(verify_hash(fixture, &key, DETERMINISTIC, signature), PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(verify_message(fixture, &key, DETERMINISTIC, signature), PSA_ERROR_INVALID_SIGNATURE);
        if (round == 0) {
            size = test_key_prepare(fixture, &key, DETERMINISTIC);
            assert_true(size != 0);
        }
    }
    test_key_unprepare(fixture, &key, DETERMINISTIC, size);
}

static void public_key_verifies(void **state)
{
    struct fixture *fixture = *state;
    struct test_key pair, public_key;
    uint8_t point[65], signature[64];
    size_t length = 0;
    make_key(fixture, &pair, PSA_KEY_USAGE_SIGN_HASH, RANDOM);
    assert_int_equal(sign_message(fixture, &pair, RANDOM, signature), PSA_SUCCESS);
    assert_int_equal(verify_message(fixture, &pair, RANDOM, signature), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_key_management_entries.export_public_key(&fixture->element, &pair.key, point, sizeof(point), &length), PSA_SUCCESS);
    test_key_init(&public_key, VOLATILE, P256_PUBLIC, 0, PSA_KEY_USAGE_VERIFY_MESSAGE, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH));
    assert_int_equal(test_key_import(fixture, &public_key, point, length), PSA_SUCCESS);
    assert_int_equal(verify_message(fixture, &public_key, RANDOM, signature), PSA_SUCCESS);
    assert_int_equal(verify_message(fixture, &public_key, DETERMINISTIC, signature), PSA_SUCCESS);
}

static void policy_is_enforced(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t signature[64];
    make_key(fixture, &key, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE, DETERMINISTIC);
    assert_int_equal(sign_message(fixture, &key, RANDOM, signature), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(sign_hash(fixture, &key, RANDOM, signature), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(sign_message(fixture, &key, DETERMINISTIC, signature), PSA_SUCCESS);
    assert_int_equal(sign_hash(fixture, &key, DETERMINISTIC, signature), PSA_SUCCESS); /* the end of an operation in parts */
    (void)test_key_destroy(fixture, &key);
    make_key(fixture, &key, PSA_KEY_USAGE_VERIFY_HASH, DETERMINISTIC);
    assert_int_equal(sign_message(fixture, &key, DETERMINISTIC, signature), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(sign_hash(fixture, &key, DETERMINISTIC, signature), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(verify_hash(fixture, &key, PSA_ALG_ECDSA(PSA_ALG_SHA_384), expected), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(verify_hash(fixture, &key, DETERMINISTIC, expected), PSA_SUCCESS);
}

static void hash_is_missing(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t signature[64];
    psa_algorithm_t alg = PSA_ALG_ECDSA(PSA_ALG_SHA3_256); /* which the services do not have */
    make_key(fixture, &key, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    assert_int_equal(sign_message(fixture, &key, alg, signature), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(verify_message(fixture, &key, alg, expected), PSA_ERROR_NOT_SUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(known_answer, fixture_setup_wrapped, fixture_teardown),
        { "known_answer, in slots", known_answer, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(public_key_verifies, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(policy_is_enforced, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(hash_is_missing, fixture_setup_wrapped, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
