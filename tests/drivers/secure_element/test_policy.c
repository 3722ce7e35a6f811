/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy covers, one row per rule of "Permitted algorithms" in the specification. */
#include "fixture.h"

#define HMAC PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define CUT(n) PSA_ALG_TRUNCATED_MAC(HMAC, n)
#define LEAST(n) PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC, n)
#define GCM_TAG(n) PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, n)
#define GCM_LEAST(n) PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, n)
#define CCM_TAG(n) PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, n)
#define ECDSA PSA_ALG_ECDSA(PSA_ALG_SHA_256)
#define ECDSA_WILD PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)
#define DETERMINISTIC PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256)
#define DETERMINISTIC_WILD PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_ANY_HASH)
#define RSA_WILD PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH)
#define HKDF PSA_ALG_HKDF(PSA_ALG_SHA_256)
#define ECDH_HKDF PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF)

struct row {
    psa_algorithm_t policy, alg;
    int using, verifying; /* whether it is covered */
};

static const struct row rows[] = {
    { PSA_ALG_NONE, PSA_ALG_CTR, 0, 0 },
    { PSA_ALG_CTR, PSA_ALG_CTR, 1, 1 },
    { PSA_ALG_CTR, PSA_ALG_CBC_PKCS7, 0, 0 },
    /* lengths of MACs */
    { HMAC, HMAC, 1, 1 },
    { HMAC, CUT(16), 0, 0 },
    { CUT(16), HMAC, 0, 0 },
    { LEAST(16), CUT(16), 1, 1 },
    { LEAST(16), CUT(15), 0, 0 },
    { LEAST(16), CUT(31), 1, 1 },
    { LEAST(16), HMAC, 1, 1 },
    { LEAST(33), HMAC, 0, 0 },
    { LEAST(16), LEAST(16), 0, 0 },
    { LEAST(16), PSA_ALG_HMAC(PSA_ALG_SHA_512), 0, 0 },
    { PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 16), PSA_ALG_CMAC, 1, 1 },
    { PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 8), PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 4), 0, 0 },
    /* lengths of tags */
    { PSA_ALG_GCM, GCM_TAG(12), 0, 0 },
    { GCM_LEAST(12), GCM_TAG(12), 1, 1 },
    { GCM_LEAST(12), PSA_ALG_GCM, 1, 1 },
    { GCM_LEAST(12), GCM_TAG(8), 0, 0 },
    { GCM_LEAST(12), PSA_ALG_CCM, 0, 0 },
    { GCM_LEAST(12), GCM_LEAST(14), 0, 0 },
    /* CCM* with any tag */
    { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM, 1, 1 },
    { PSA_ALG_CCM_STAR_ANY_TAG, CCM_TAG(8), 1, 1 },
    { PSA_ALG_CCM_STAR_ANY_TAG, CCM_TAG(4), 1, 1 },
    { PSA_ALG_CCM_STAR_ANY_TAG, CCM_TAG(6), 0, 0 },
    { PSA_ALG_CCM_STAR_ANY_TAG, CCM_TAG(12), 0, 0 },
    { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM_STAR_NO_TAG, 1, 1 },
    { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM_STAR_ANY_TAG, 0, 0 },
    /* signatures: any hash */
    { ECDSA_WILD, ECDSA, 1, 1 },
    { ECDSA_WILD, PSA_ALG_ECDSA(PSA_ALG_SHA_512), 1, 1 },
    { ECDSA_WILD, PSA_ALG_ECDSA_ANY, 0, 0 },
    { ECDSA_WILD, ECDSA_WILD, 0, 0 },
    { PSA_ALG_ECDSA_ANY, ECDSA, 0, 0 },
    { PSA_ALG_ECDSA_ANY, PSA_ALG_ECDSA_ANY, 1, 1 },
    { RSA_WILD, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, 1, 1 },
    { RSA_WILD, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), 0, 0 },
    { PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), PSA_ALG_RSA_PKCS1V15_SIGN_RAW, 0, 0 },
    /* signatures: pairs that verify alike */
    { ECDSA, DETERMINISTIC, 0, 1 },
    { DETERMINISTIC, ECDSA, 0, 1 },
    { ECDSA_WILD, DETERMINISTIC, 0, 1 },
    { DETERMINISTIC_WILD, ECDSA, 0, 1 },
    { ECDSA, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_384), 0, 0 },
    { PSA_ALG_ML_DSA, PSA_ALG_DETERMINISTIC_ML_DSA, 0, 1 },
    { PSA_ALG_DETERMINISTIC_SLH_DSA, PSA_ALG_SLH_DSA, 0, 1 },
    { PSA_ALG_HASH_ML_DSA(PSA_ALG_ANY_HASH), PSA_ALG_DETERMINISTIC_HASH_ML_DSA(PSA_ALG_SHA_256), 0, 1 },
    { PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(PSA_ALG_ANY_HASH), PSA_ALG_HASH_SLH_DSA(PSA_ALG_SHA_256), 0, 1 },
    { PSA_ALG_ML_DSA, PSA_ALG_SLH_DSA, 0, 0 },
    /* key agreement with and without a derivation */
    { PSA_ALG_ECDH, PSA_ALG_ECDH, 1, 1 },
    { PSA_ALG_ECDH, ECDH_HKDF, 1, 1 },
    { ECDH_HKDF, PSA_ALG_ECDH, 0, 0 },
    { ECDH_HKDF, PSA_ALG_FFDH, 0, 0 },
    { ECDH_HKDF, PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_512)), 0, 0 },
    { PSA_ALG_FFDH, ECDH_HKDF, 0, 0 },
    { HKDF, ECDH_HKDF, 0, 0 },
    /* WPA3-SAE */
    { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), 1, 1 },
    { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_384), 1, 1 },
    { PSA_ALG_WPA3_SAE_H2E(PSA_ALG_ANY_HASH), PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_384), 1, 1 },
    { PSA_ALG_WPA3_SAE_H2E(PSA_ALG_ANY_HASH), PSA_ALG_WPA3_SAE_H2E(PSA_ALG_ANY_HASH), 0, 0 },
    { PSA_ALG_WPA3_SAE_H2E(PSA_ALG_ANY_HASH), PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_384), 0, 0 },
    { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_JPAKE(PSA_ALG_SHA_256), 0, 0 },
    { PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_384), 0, 0 },
};

static void covers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        if (se_policy_covers(row->policy, row->alg, 0) != row->using ||
            se_policy_covers(row->policy, row->alg, 1) != row->verifying) {
            fail_msg("policy %08x, algorithm %08x (row %u)", (unsigned)row->policy, (unsigned)row->alg, (unsigned)i);
        }
    }
}

static void intersection(void **state)
{
    static const struct {
        psa_algorithm_t a, b, both;
    } pairs[] = {
        { PSA_ALG_GCM, PSA_ALG_GCM, PSA_ALG_GCM },
        { PSA_ALG_GCM, PSA_ALG_CCM, PSA_ALG_NONE },
        { PSA_ALG_GCM, PSA_ALG_NONE, PSA_ALG_NONE },
        { LEAST(8), LEAST(20), LEAST(20) },
        { LEAST(8), CUT(20), CUT(20) },
        { LEAST(24), CUT(20), PSA_ALG_NONE },
        { LEAST(24), HMAC, HMAC },
        { GCM_LEAST(8), GCM_LEAST(12), GCM_LEAST(12) },
        { GCM_LEAST(8), PSA_ALG_GCM, PSA_ALG_GCM },
        { ECDSA_WILD, ECDSA_WILD, ECDSA_WILD },
        { ECDSA_WILD, ECDSA, ECDSA },
        { ECDSA_WILD, DETERMINISTIC, PSA_ALG_NONE },
        { PSA_ALG_ECDH, ECDH_HKDF, ECDH_HKDF },
        { PSA_ALG_CCM_STAR_ANY_TAG, CCM_TAG(8), CCM_TAG(8) },
        { PSA_ALG_CCM_STAR_ANY_TAG, CCM_TAG(6), PSA_ALG_NONE },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        assert_int_equal(se_policy_intersect(pairs[i].a, pairs[i].b), pairs[i].both);
        assert_int_equal(se_policy_intersect(pairs[i].b, pairs[i].a), pairs[i].both);
    }
}

static void usage(void **state)
{
    psa_key_usage_t sign = PSA_KEY_USAGE_SIGN_HASH;
    (void)state;
    assert_int_equal(se_usage_extend(sign), PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(se_usage_extend(PSA_KEY_USAGE_VERIFY_HASH), PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_int_equal(se_usage_extend(PSA_KEY_USAGE_SIGN_MESSAGE), PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(se_usage_limit(PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_CACHE, PSA_KEY_USAGE_SIGN_MESSAGE),
                     PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_CACHE);

    assert_int_equal(se_policy_check(sign, ECDSA, PSA_ALG_NONE, PSA_KEY_USAGE_SIGN_MESSAGE, ECDSA), PSA_SUCCESS);
    assert_int_equal(se_policy_check(sign, PSA_ALG_ECDH, ECDSA, PSA_KEY_USAGE_SIGN_HASH, ECDSA), PSA_SUCCESS);
    assert_int_equal(se_policy_check(sign, ECDSA, PSA_ALG_NONE, PSA_KEY_USAGE_VERIFY_HASH, ECDSA), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_policy_check(sign, ECDSA, PSA_ALG_NONE, PSA_KEY_USAGE_SIGN_HASH, DETERMINISTIC), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_policy_check(PSA_KEY_USAGE_VERIFY_HASH, ECDSA, PSA_ALG_NONE, PSA_KEY_USAGE_VERIFY_MESSAGE, DETERMINISTIC),
                     PSA_SUCCESS);
    assert_int_equal(se_policy_check(PSA_KEY_USAGE_COPY, PSA_ALG_NONE, PSA_ALG_NONE, PSA_KEY_USAGE_COPY, PSA_ALG_NONE), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(covers),
        cmocka_unit_test(intersection),
        cmocka_unit_test(usage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
