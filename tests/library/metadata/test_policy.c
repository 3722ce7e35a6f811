/* SPDX-License-Identifier: Apache-2.0 */
/* What each policy permits (Crypto API, "Permitted algorithms"), and what two policies have in common. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "metadata/metadata.h"

#define SIGN PSA_KEY_USAGE_SIGN_HASH
#define VERIFY PSA_KEY_USAGE_VERIFY_HASH
#define VERIFY_MESSAGE PSA_KEY_USAGE_VERIFY_MESSAGE
#define ENCRYPT PSA_KEY_USAGE_ENCRYPT
#define MAC PSA_KEY_USAGE_SIGN_MESSAGE
#define DERIVE PSA_KEY_USAGE_DERIVE

#define SHA256 PSA_ALG_SHA_256
#define ANY PSA_ALG_ANY_HASH
#define SHORT(alg, n) PSA_ALG_AEAD_WITH_SHORTENED_TAG(alg, n)
#define AT_LEAST(alg, n) PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(alg, n)
#define CUT(alg, n) PSA_ALG_TRUNCATED_MAC(alg, n)
#define MAC_AT_LEAST(alg, n) PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(alg, n)
#define HMAC256 PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define HMAC512 PSA_ALG_HMAC(PSA_ALG_SHA_512)
#define AGREE(kdf) PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, kdf)

struct row {
    psa_algorithm_t policy;
    psa_algorithm_t alg;
    psa_key_usage_t usage;
    int permitted;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (policy_permits(rows[i].policy, rows[i].alg, rows[i].usage) != rows[i].permitted) {
            fail_msg("row %zu: policy %08x, algorithm %08x, usage %x", i, (unsigned)rows[i].policy,
                     (unsigned)rows[i].alg, (unsigned)rows[i].usage);
        }
    }
}

#define CHECK(rows) check((rows), sizeof(rows) / sizeof((rows)[0]))

static void exactly_the_algorithm(void **state)
{
    static const struct row rows[] = {
        { PSA_ALG_GCM, PSA_ALG_GCM, ENCRYPT, 1 },
        { PSA_ALG_GCM, PSA_ALG_CCM, ENCRYPT, 0 },
        { PSA_ALG_GCM, SHORT(PSA_ALG_GCM, 12), ENCRYPT, 0 },
        { SHORT(PSA_ALG_GCM, 12), PSA_ALG_GCM, ENCRYPT, 0 },
        { SHORT(PSA_ALG_GCM, 16), PSA_ALG_GCM, ENCRYPT, 1 },
        { PSA_ALG_NONE, PSA_ALG_GCM, ENCRYPT, 0 },
        { PSA_ALG_NONE, PSA_ALG_NONE, ENCRYPT, 0 },
        { PSA_ALG_CTR, PSA_ALG_CBC_NO_PADDING, ENCRYPT, 0 },
        { PSA_ALG_RSA_PSS(SHA256), PSA_ALG_RSA_PSS_ANY_SALT(SHA256), VERIFY, 0 },
        { PSA_ALG_HKDF(SHA256), PSA_ALG_HKDF(PSA_ALG_SHA_384), DERIVE, 0 },
    };
    (void)state;
    CHECK(rows);
}

static void any_hash(void **state)
{
    static const struct row rows[] = {
        { PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(SHA256), SIGN, 1 },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(PSA_ALG_SHA3_512), SIGN, 1 },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA_ANY, SIGN, 0 },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA_ANY, VERIFY, 0 },
        { PSA_ALG_DETERMINISTIC_ECDSA(ANY), PSA_ALG_ECDSA_ANY, VERIFY, 0 },
        { PSA_ALG_ECDSA_ANY, PSA_ALG_ECDSA(SHA256), SIGN, 0 },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(ANY), SIGN, 0 },
        { PSA_ALG_RSA_PKCS1V15_SIGN(ANY), PSA_ALG_RSA_PKCS1V15_SIGN_RAW, SIGN, 1 },
        { PSA_ALG_RSA_PKCS1V15_SIGN(ANY), PSA_ALG_RSA_PKCS1V15_SIGN(SHA256), SIGN, 1 },
        { PSA_ALG_RSA_PKCS1V15_SIGN_RAW, PSA_ALG_RSA_PKCS1V15_SIGN(SHA256), SIGN, 0 },
        { PSA_ALG_RSA_PSS(ANY), PSA_ALG_RSA_PSS(SHA256), SIGN, 1 },
        { PSA_ALG_RSA_PSS(ANY), PSA_ALG_RSA_PSS_ANY_SALT(SHA256), SIGN, 0 },
        { PSA_ALG_RSA_PSS(ANY), PSA_ALG_RSA_PKCS1V15_SIGN(SHA256), SIGN, 0 },
        { PSA_ALG_HASH_ML_DSA(ANY), PSA_ALG_HASH_ML_DSA(SHA256), SIGN, 1 },
        { PSA_ALG_HASH_ML_DSA(ANY), PSA_ALG_ML_DSA, SIGN, 0 },
        { PSA_ALG_HASH_SLH_DSA(ANY), PSA_ALG_HASH_SLH_DSA(SHA256), SIGN, 1 },
        { PSA_ALG_WPA3_SAE_H2E(ANY), PSA_ALG_WPA3_SAE_H2E(SHA256), DERIVE, 1 },
        /* Nothing else has "any hash". */
        { PSA_ALG_HMAC(ANY), HMAC256, MAC, 0 },
        { PSA_ALG_HKDF(ANY), PSA_ALG_HKDF(SHA256), DERIVE, 0 },
        { PSA_ALG_PBKDF2_HMAC(ANY), PSA_ALG_PBKDF2_HMAC(SHA256), DERIVE, 0 },
        { AGREE(PSA_ALG_HKDF(ANY)), AGREE(PSA_ALG_HKDF(SHA256)), DERIVE, 0 },
        { PSA_ALG_RSA_OAEP(ANY), PSA_ALG_RSA_OAEP(SHA256), ENCRYPT, 0 },
        { PSA_ALG_JPAKE(ANY), PSA_ALG_JPAKE(SHA256), DERIVE, 0 },
    };
    (void)state;
    CHECK(rows);
}

static void verification_is_lenient(void **state)
{
    static const struct row rows[] = {
        { PSA_ALG_ECDSA(SHA256), PSA_ALG_DETERMINISTIC_ECDSA(SHA256), VERIFY, 1 },
        { PSA_ALG_ECDSA(SHA256), PSA_ALG_DETERMINISTIC_ECDSA(SHA256), VERIFY_MESSAGE, 1 },
        { PSA_ALG_ECDSA(SHA256), PSA_ALG_DETERMINISTIC_ECDSA(SHA256), SIGN, 0 },
        { PSA_ALG_ECDSA(SHA256), PSA_ALG_DETERMINISTIC_ECDSA(SHA256), MAC, 0 },
        { PSA_ALG_DETERMINISTIC_ECDSA(SHA256), PSA_ALG_ECDSA(SHA256), VERIFY, 1 },
        { PSA_ALG_DETERMINISTIC_ECDSA(SHA256), PSA_ALG_ECDSA(PSA_ALG_SHA_384), VERIFY, 0 },
        { PSA_ALG_DETERMINISTIC_ECDSA(ANY), PSA_ALG_ECDSA(SHA256), VERIFY, 1 },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_DETERMINISTIC_ECDSA(SHA256), VERIFY, 1 },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_DETERMINISTIC_ECDSA(SHA256), SIGN, 0 },
        { PSA_ALG_ML_DSA, PSA_ALG_DETERMINISTIC_ML_DSA, VERIFY_MESSAGE, 1 },
        { PSA_ALG_ML_DSA, PSA_ALG_DETERMINISTIC_ML_DSA, MAC, 0 },
        { PSA_ALG_DETERMINISTIC_SLH_DSA, PSA_ALG_SLH_DSA, VERIFY_MESSAGE, 1 },
        { PSA_ALG_DETERMINISTIC_SLH_DSA, PSA_ALG_SLH_DSA, MAC, 0 },
        { PSA_ALG_HASH_ML_DSA(SHA256), PSA_ALG_DETERMINISTIC_HASH_ML_DSA(SHA256), VERIFY, 1 },
        { PSA_ALG_HASH_ML_DSA(ANY), PSA_ALG_DETERMINISTIC_HASH_ML_DSA(SHA256), VERIFY, 1 },
        { PSA_ALG_HASH_ML_DSA(ANY), PSA_ALG_DETERMINISTIC_HASH_ML_DSA(SHA256), SIGN, 0 },
        { PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(ANY), PSA_ALG_HASH_SLH_DSA(SHA256), VERIFY, 1 },
        { PSA_ALG_HASH_ML_DSA(ANY), PSA_ALG_HASH_SLH_DSA(SHA256), VERIFY, 0 },
        { PSA_ALG_ML_DSA, PSA_ALG_SLH_DSA, VERIFY_MESSAGE, 0 },
    };
    (void)state;
    CHECK(rows);
}

static void lengths(void **state)
{
    static const struct row rows[] = {
        { AT_LEAST(PSA_ALG_GCM, 12), PSA_ALG_GCM, ENCRYPT, 1 },
        { AT_LEAST(PSA_ALG_GCM, 12), SHORT(PSA_ALG_GCM, 12), ENCRYPT, 1 },
        { AT_LEAST(PSA_ALG_GCM, 12), SHORT(PSA_ALG_GCM, 8), ENCRYPT, 0 },
        { AT_LEAST(PSA_ALG_GCM, 12), PSA_ALG_CCM, ENCRYPT, 0 },
        { AT_LEAST(PSA_ALG_GCM, 12), AT_LEAST(PSA_ALG_GCM, 12), ENCRYPT, 0 },
        { MAC_AT_LEAST(HMAC256, 16), HMAC256, MAC, 1 },
        { MAC_AT_LEAST(HMAC256, 16), CUT(HMAC256, 16), MAC, 1 },
        { MAC_AT_LEAST(HMAC256, 16), CUT(HMAC256, 15), MAC, 0 },
        { MAC_AT_LEAST(HMAC256, 16), PSA_ALG_HMAC(PSA_ALG_SHA_384), MAC, 0 },
        { MAC_AT_LEAST(HMAC256, 16), MAC_AT_LEAST(HMAC256, 16), MAC, 0 },
        { MAC_AT_LEAST(PSA_ALG_CMAC, 4), PSA_ALG_CMAC, MAC, 1 },
        { MAC_AT_LEAST(PSA_ALG_CMAC, 4), PSA_ALG_CBC_MAC, MAC, 0 },
        { MAC_AT_LEAST(HMAC512, 63), CUT(HMAC512, 62), MAC, 0 },
        { MAC_AT_LEAST(HMAC512, 63), CUT(HMAC512, 63), MAC, 1 },
        { MAC_AT_LEAST(HMAC512, 63), HMAC512, MAC, 1 },
        { MAC_AT_LEAST(HMAC512, 64), CUT(HMAC512, 4), MAC, 0 }, /* 64 does not fit the field */
        { MAC_AT_LEAST(HMAC512, 64), CUT(HMAC512, 63), MAC, 0 },
        { MAC_AT_LEAST(HMAC512, 64), HMAC512, MAC, 1 },
        { MAC_AT_LEAST(HMAC512, 64), CUT(HMAC512, 64), MAC, 1 },
        { MAC_AT_LEAST(PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), 64), PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), MAC, 1 },
        { MAC_AT_LEAST(HMAC256, 64), CUT(HMAC256, 8), MAC, 0 },
        { AT_LEAST(PSA_ALG_GCM, 64), PSA_ALG_GCM, ENCRYPT, 0 },
        { CUT(HMAC256, 32), HMAC256, MAC, 1 },
        { HMAC256, CUT(HMAC256, 32), MAC, 1 },
        { HMAC256, CUT(HMAC256, 16), MAC, 0 },
        { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM_STAR_NO_TAG, ENCRYPT, 1 },
        { PSA_ALG_CCM_STAR_ANY_TAG, SHORT(PSA_ALG_CCM, 4), ENCRYPT, 1 },
        { PSA_ALG_CCM_STAR_ANY_TAG, SHORT(PSA_ALG_CCM, 6), ENCRYPT, 0 },
        { PSA_ALG_CCM_STAR_ANY_TAG, SHORT(PSA_ALG_CCM, 8), ENCRYPT, 1 },
        { PSA_ALG_CCM_STAR_ANY_TAG, SHORT(PSA_ALG_CCM, 10), ENCRYPT, 0 },
        { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM, ENCRYPT, 1 },
        { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_GCM, ENCRYPT, 0 },
        { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM_STAR_ANY_TAG, ENCRYPT, 0 },
        { PSA_ALG_CCM_STAR_NO_TAG, PSA_ALG_CCM, ENCRYPT, 0 },
    };
    (void)state;
    CHECK(rows);
}

/* With blocks of 8 bytes the whole MAC is shorter than a policy may ask for. */
static void lengths_with_keys(void **state)
{
    static const struct {
        psa_algorithm_t policy, alg;
        psa_key_type_t type;
        int permitted;
    } rows[] = {
        { MAC_AT_LEAST(PSA_ALG_CMAC, 8), PSA_ALG_CMAC, PSA_KEY_TYPE_DES, 1 },
        { MAC_AT_LEAST(PSA_ALG_CMAC, 9), PSA_ALG_CMAC, PSA_KEY_TYPE_DES, 0 },
        { MAC_AT_LEAST(PSA_ALG_CBC_MAC, 16), PSA_ALG_CBC_MAC, PSA_KEY_TYPE_DES, 0 },
        { MAC_AT_LEAST(PSA_ALG_CMAC, 16), PSA_ALG_CMAC, PSA_KEY_TYPE_AES, 1 },
        { MAC_AT_LEAST(PSA_ALG_CMAC, 8), CUT(PSA_ALG_CMAC, 7), PSA_KEY_TYPE_AES, 0 },
        { MAC_AT_LEAST(HMAC256, 32), HMAC256, PSA_KEY_TYPE_HMAC, 1 },
        { MAC_AT_LEAST(HMAC512, 64), HMAC512, PSA_KEY_TYPE_HMAC, 1 },
        { HMAC256, HMAC256, PSA_KEY_TYPE_HMAC, 1 },
        { AT_LEAST(PSA_ALG_GCM, 16), PSA_ALG_GCM, PSA_KEY_TYPE_AES, 1 },
        { PSA_ALG_NONE, PSA_ALG_CMAC, PSA_KEY_TYPE_DES, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(policy_permits_with_key(rows[i].policy, rows[i].type, rows[i].alg, MAC), rows[i].permitted);
    }
}

static void agreements_and_passwords(void **state)
{
    static const struct row rows[] = {
        { PSA_ALG_ECDH, PSA_ALG_ECDH, DERIVE, 1 },
        { PSA_ALG_ECDH, AGREE(PSA_ALG_HKDF(SHA256)), DERIVE, 1 },
        { PSA_ALG_ECDH, AGREE(PSA_ALG_TLS12_PSK_TO_MS(SHA256)), DERIVE, 1 },
        { AGREE(PSA_ALG_HKDF(SHA256)), PSA_ALG_ECDH, DERIVE, 0 },
        { AGREE(PSA_ALG_HKDF(SHA256)), AGREE(PSA_ALG_HKDF(SHA256)), DERIVE, 1 },
        { AGREE(PSA_ALG_HKDF(SHA256)), AGREE(PSA_ALG_HKDF(PSA_ALG_SHA_384)), DERIVE, 0 },
        { PSA_ALG_FFDH, AGREE(PSA_ALG_HKDF(SHA256)), DERIVE, 0 },
        { PSA_ALG_ECDH, PSA_ALG_HKDF(SHA256), DERIVE, 0 },
        { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_WPA3_SAE_FIXED(SHA256), DERIVE, 1 },
        { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_384), DERIVE, 1 },
        { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_WPA3_SAE_H2E(SHA256), DERIVE, 1 },
        { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_JPAKE(SHA256), DERIVE, 0 },
        { PSA_ALG_WPA3_SAE_ANY, PSA_ALG_WPA3_SAE_ANY, DERIVE, 0 },
    };
    (void)state;
    CHECK(rows);
}

static void in_common(void **state)
{
    static const struct {
        psa_algorithm_t a, b, both; /* 0xffffffff: nothing */
    } rows[] = {
        { PSA_ALG_GCM, PSA_ALG_GCM, PSA_ALG_GCM },
        { PSA_ALG_NONE, PSA_ALG_NONE, PSA_ALG_NONE },
        { PSA_ALG_GCM, PSA_ALG_NONE, 0xffffffff },
        { PSA_ALG_GCM, PSA_ALG_CCM, 0xffffffff },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(SHA256), PSA_ALG_ECDSA(SHA256) },
        { PSA_ALG_ECDSA(ANY), PSA_ALG_DETERMINISTIC_ECDSA(SHA256), 0xffffffff },
        { AT_LEAST(PSA_ALG_GCM, 8), AT_LEAST(PSA_ALG_GCM, 12), AT_LEAST(PSA_ALG_GCM, 12) },
        { AT_LEAST(PSA_ALG_GCM, 8), AT_LEAST(PSA_ALG_CCM, 8), 0xffffffff },
        { AT_LEAST(PSA_ALG_GCM, 8), SHORT(PSA_ALG_GCM, 4), 0xffffffff },
        { AT_LEAST(PSA_ALG_GCM, 8), SHORT(PSA_ALG_GCM, 8), SHORT(PSA_ALG_GCM, 8) },
        { MAC_AT_LEAST(HMAC256, 10), MAC_AT_LEAST(HMAC256, 20), MAC_AT_LEAST(HMAC256, 20) },
        { MAC_AT_LEAST(HMAC512, 64), MAC_AT_LEAST(HMAC512, 20), MAC_AT_LEAST(HMAC512, 64) },
        { MAC_AT_LEAST(HMAC512, 64), CUT(HMAC512, 20), 0xffffffff },
        { MAC_AT_LEAST(HMAC256, 10), CUT(HMAC256, 20), CUT(HMAC256, 20) },
        { MAC_AT_LEAST(HMAC256, 10), HMAC256, HMAC256 },
        { MAC_AT_LEAST(HMAC256, 10), MAC_AT_LEAST(PSA_ALG_CMAC, 10), 0xffffffff },
        { PSA_ALG_ECDH, AGREE(PSA_ALG_HKDF(SHA256)), AGREE(PSA_ALG_HKDF(SHA256)) },
        { PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM_STAR_NO_TAG, PSA_ALG_CCM_STAR_NO_TAG },
        { PSA_ALG_CCM_STAR_ANY_TAG, SHORT(PSA_ALG_CCM, 8), SHORT(PSA_ALG_CCM, 8) },
        { PSA_ALG_CCM_STAR_ANY_TAG, AT_LEAST(PSA_ALG_CCM, 10), PSA_ALG_CCM },
        { PSA_ALG_RSA_PKCS1V15_SIGN(ANY), PSA_ALG_RSA_PKCS1V15_SIGN_RAW, PSA_ALG_RSA_PKCS1V15_SIGN_RAW },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_algorithm_t both = 0;
        int common = policy_intersect(rows[i].a, rows[i].b, &both);
        assert_int_equal(common, rows[i].both != 0xffffffff);
        assert_int_equal(common ? both : 0xffffffff, rows[i].both);
        common = policy_intersect(rows[i].b, rows[i].a, &both);
        assert_int_equal(common ? both : 0xffffffff, rows[i].both);
    }
}

/* What both have in common, each permits. */
static void common_is_permitted_by_both(void **state)
{
    static const psa_algorithm_t algs[] = {
        PSA_ALG_GCM, SHORT(PSA_ALG_GCM, 4), SHORT(PSA_ALG_GCM, 12), AT_LEAST(PSA_ALG_GCM, 8), AT_LEAST(PSA_ALG_GCM, 13),
        PSA_ALG_CCM, SHORT(PSA_ALG_CCM, 4), SHORT(PSA_ALG_CCM, 8), SHORT(PSA_ALG_CCM, 12), AT_LEAST(PSA_ALG_CCM, 9),
        PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM_STAR_NO_TAG, HMAC256, CUT(HMAC256, 8), MAC_AT_LEAST(HMAC256, 9),
        MAC_AT_LEAST(HMAC256, 32), PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(SHA256), PSA_ALG_ECDSA_ANY, PSA_ALG_ECDH,
        AGREE(PSA_ALG_HKDF(SHA256)), PSA_ALG_HKDF(SHA256),
    };
    size_t count = sizeof(algs) / sizeof(algs[0]);
    (void)state;
    for (size_t i = 0; i < count * count; i++) {
        psa_algorithm_t a = algs[i / count];
        psa_algorithm_t b = algs[i % count];
        psa_algorithm_t both = 0;
        for (size_t j = 0; j < count && policy_intersect(a, b, &both); j++) {
            if (policy_permits(both, algs[j], ENCRYPT)) {
                assert_true(policy_permits(a, algs[j], ENCRYPT));
                assert_true(policy_permits(b, algs[j], ENCRYPT));
            }
        }
    }
}

static void usage_implications(void **state)
{
    (void)state;
    assert_int_equal(usage_implied(PSA_KEY_USAGE_SIGN_HASH), PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(usage_implied(PSA_KEY_USAGE_VERIFY_HASH), PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_int_equal(usage_implied(PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DERIVE), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_the_algorithm),  cmocka_unit_test(any_hash),
        cmocka_unit_test(verification_is_lenient), cmocka_unit_test(lengths), cmocka_unit_test(lengths_with_keys),
        cmocka_unit_test(agreements_and_passwords), cmocka_unit_test(in_common),
        cmocka_unit_test(common_is_permitted_by_both), cmocka_unit_test(usage_implications),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
