/* SPDX-License-Identifier: Apache-2.0 */
/* Key agreement by the element: two keys of it agree, as far as their policies go. */
#include "fixture.h"

#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define ECDH_HKDF PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256))

struct party {
    struct test_key key;
    uint8_t point[65];
};

static void make_party(struct fixture *fixture, struct party *party, psa_key_usage_t usage, psa_algorithm_t alg)
{
    size_t length = 0;
    test_key_init(&party->key, PERSISTENT, P256, 256, usage, alg);
    assert_int_equal(test_key_generate(fixture, &party->key), PSA_SUCCESS);
    assert_int_equal(se_key_management_entries.export_public_key(&fixture->element, &party->key.key, party->point, 65, &length), PSA_SUCCESS);
    assert_int_equal(length, 65);
}

static psa_status_t agree(struct fixture *fixture, const struct party *us, const struct party *them, psa_algorithm_t alg, uint8_t secret[32])
{
    size_t length = 0;
    psa_status_t status = se_key_agreement_entries.agree(&fixture->element, &us->key.key, alg, them->point, 65, secret, 32, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? 32 : 0);
    return status;
}

static void both_sides(void **state)
{
    struct party a, b, c;
    uint8_t ab[32], ba[32], ac[32];
    make_party(*state, &a, PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH);
    make_party(*state, &b, PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH);
    make_party(*state, &c, PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH);
    assert_int_equal(agree(*state, &a, &b, PSA_ALG_ECDH, ab), PSA_SUCCESS);
    assert_int_equal(agree(*state, &b, &a, ECDH_HKDF, ba), PSA_SUCCESS);
    assert_int_equal(agree(*state, &a, &c, PSA_ALG_ECDH, ac), PSA_SUCCESS);
    assert_memory_equal(ab, ba, 32);
    assert_memory_not_equal(ab, ac, 32);
    b.point[64] ^= 1;
    assert_int_equal(agree(*state, &a, &b, PSA_ALG_ECDH, ab), PSA_ERROR_INVALID_ARGUMENT);
}

static void policy_is_enforced(void **state)
{
    struct party a, b;
    uint8_t secret[32];
    make_party(*state, &a, PSA_KEY_USAGE_DERIVE, ECDH_HKDF);
    make_party(*state, &b, PSA_KEY_USAGE_EXPORT, PSA_ALG_ECDH);
    assert_int_equal(agree(*state, &a, &b, ECDH_HKDF, secret), PSA_SUCCESS);
    assert_int_equal(agree(*state, &a, &b, PSA_ALG_ECDH, secret), PSA_ERROR_NOT_PERMITTED); /* the secret itself */
    assert_int_equal(agree(*state, &a, &b, PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_512)), secret),
                     PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(agree(*state, &b, &a, PSA_ALG_ECDH, secret), PSA_ERROR_NOT_PERMITTED);
}

/* The engine hears of the agreement alone. */
static psa_status_t heard(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *peer_key,
                          size_t peer_key_length, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    (void)key, (void)peer_key, (void)peer_key_length, (void)secret, (void)secret_size;
    *(psa_algorithm_t *)instance = alg;
    *secret_length = 32;
    return PSA_SUCCESS;
}

static void engine_hears_the_base(void **state)
{
    static const struct psacrypto_key_agreement_entries entries = { .agree = heard };
    struct fixture *fixture = *state;
    struct psacrypto_driver engine = psacrypto_software_driver;
    psa_algorithm_t alg = PSA_ALG_NONE;
    struct party a;
    uint8_t secret[32];
    make_party(fixture, &a, PSA_KEY_USAGE_DERIVE, ECDH_HKDF);
    engine.key_agreement = &entries;
    fixture->element.engine = &engine;
    fixture->element.engine_instance = &alg;
    assert_int_equal(agree(fixture, &a, &a, ECDH_HKDF, secret), PSA_SUCCESS);
    assert_int_equal(alg, PSA_ALG_ECDH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_sides, fixture_setup_wrapped, fixture_teardown),
        { "both_sides, in slots", both_sides, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(engine_hears_the_base, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(policy_is_enforced, fixture_setup_wrapped, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
