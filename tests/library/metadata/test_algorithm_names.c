/* SPDX-License-Identifier: Apache-2.0 */
/* Names of algorithms both ways: every value that there is, every way to write it, and what is no name. */
#include "names.h"

static void check_algorithm(psa_algorithm_t alg)
{
    char name[PSACRYPTO_TEXT_SIZE];
    psa_algorithm_t back = 1;
    size_t length = psacrypto_algorithm_name(alg, name, sizeof(name));

    assert_int_equal(length, strlen(name));
    assert_true(length < sizeof(name));
    assert_int_equal(psacrypto_algorithm_from_name(name, &back), PSA_SUCCESS);
    assert_int_equal(back, alg);
}

/* Each algorithm of the specification has a name that stands for it and for no other one, with each length and as a policy. */
static void test_every_algorithm(void **state)
{
    char name[PSACRYPTO_TEXT_SIZE];
    size_t count = 0;
    (void)state;

    for (psa_algorithm_t alg = psacrypto_algorithm_next(PSA_ALG_NONE); alg != PSA_ALG_NONE; alg = psacrypto_algorithm_next(alg)) {
        assert_true(algorithm_is_specific(alg));
        check_algorithm(alg);
        (void)psacrypto_algorithm_name(alg, name, sizeof(name));
        assert_false(is_number(name));
        for (size_t length = 0; PSA_ALG_IS_MAC(alg) && length < 64; length++) {
            check_algorithm(PSA_ALG_TRUNCATED_MAC(alg, length));
            check_algorithm(PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(alg, length));
        }
        for (size_t length = 0; PSA_ALG_IS_AEAD(alg) && length < 64; length++) {
            check_algorithm(PSA_ALG_AEAD_WITH_SHORTENED_TAG(alg, length));
            check_algorithm(PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(alg, length));
        }
        if (PSA_ALG_IS_KEY_DERIVATION(alg)) {
            check_algorithm(PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, alg));
            check_algorithm(PSA_ALG_KEY_AGREEMENT(PSA_ALG_FFDH, alg));
        }
        if (PSA_ALG_IS_SIGN(alg) && PSA_ALG_IS_HASH_AND_SIGN(alg)) {
            check_algorithm((alg & ~(psa_algorithm_t)0xff) | (PSA_ALG_ANY_HASH & 0xff));
        }
        count++;
    }
    /* 28 hashes, their combinations and what stands alone: test_list_is_whole() counts them otherwise. */
    assert_in_range(count, 500, 600);
}

/* The list holds what it is said to hold: all values that are specific, found without it. */
static void test_list_is_whole(void **state)
{
    (void)state;
    size_t expected = 0;
    size_t count = 0;
    /* The fields that matter: all but the length of MACs and tags, and combined agreements. */
    for (psa_algorithm_t category = 0x02; category <= 0x0d; category++) {
        for (psa_algorithm_t kind = 0; kind < 0x10000; kind++) {
            static const psa_algorithm_t lengths[] = { 0x000000, 0x800000, 0xc00000, 0x400000, 0x010000, 0x020000, 0x100000, 0x500000 };
            for (size_t i = 0; i < COUNT(lengths); i++) {
                psa_algorithm_t alg = category << 24 | lengths[i] | kind;
                int cut = PSA_ALG_IS_MAC(alg) && PSA_ALG_FULL_LENGTH_MAC(alg) != alg;
                int combined = PSA_ALG_IS_KEY_AGREEMENT(alg) && !PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg);
                expected += algorithm_is_specific(alg) && !cut && !combined;
            }
        }
    }
    for (psa_algorithm_t alg = psacrypto_algorithm_next(PSA_ALG_NONE); alg != PSA_ALG_NONE; alg = psacrypto_algorithm_next(alg)) {
        count++;
    }
    assert_int_equal(count, expected);
}

/* Values that mean nothing come back as well. */
static void test_any_algorithm_value(void **state)
{
    (void)state;
    for (int i = 0; i < 100000; i += (int)slow_step(5)) {
        psa_algorithm_t alg = (psa_algorithm_t)draw();
        check_algorithm(i % 2 == 0 ? alg : (alg & 0x80ffffffu) | (psa_algorithm_t)(i % 14) << 24);
    }
}

static const struct {
    psa_algorithm_t alg;
    const char *name;
} algorithm_names[] = {
    { PSA_ALG_NONE, "PSA_ALG_NONE" },
    { PSA_ALG_SHA_256, "PSA_ALG_SHA_256" },
    { PSA_ALG_ANY_HASH, "PSA_ALG_ANY_HASH" },
    { PSA_ALG_GCM, "PSA_ALG_GCM" },
    { PSA_ALG_HMAC(PSA_ALG_SHA_384), "PSA_ALG_HMAC(PSA_ALG_SHA_384)" },
    { PSA_ALG_ECDSA_ANY, "PSA_ALG_ECDSA_ANY" },
    { PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), "PSA_ALG_ECDSA(PSA_ALG_ANY_HASH)" },
    { PSA_ALG_RSA_PKCS1V15_SIGN_RAW, "PSA_ALG_RSA_PKCS1V15_SIGN_RAW" },
    { PSA_ALG_ED25519PH, "PSA_ALG_ED25519PH" },
    { PSA_ALG_SPAKE2P_MATTER, "PSA_ALG_SPAKE2P_MATTER" },
    { PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 16), "PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 16)" },
    { PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 8), "PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 8)" },
    { PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_512), 64),
      "PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_512), 64)" },
    { PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12), "PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12)" },
    { PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 16), "PSA_ALG_CCM" },
    { PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_CCM, 4), "PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_CCM, 4)" },
    { PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)),
      "PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256))" },
    { PSA_ALG_KEY_AGREEMENT(PSA_ALG_FFDH, PSA_ALG_PBKDF2_AES_CMAC_PRF_128),
      "PSA_ALG_KEY_AGREEMENT(PSA_ALG_FFDH, PSA_ALG_PBKDF2_AES_CMAC_PRF_128)" },
    { PSA_ALG_HMAC(0x020000f0), "0x038000f0" },
    { PSA_ALG_GCM | 0x80000000, "0x85500200" },
};

static void test_algorithm_names(void **state)
{
    char name[PSACRYPTO_TEXT_SIZE];
    (void)state;
    for (size_t i = 0; i < COUNT(algorithm_names); i++) {
        (void)psacrypto_algorithm_name(algorithm_names[i].alg, name, sizeof(name));
        assert_string_equal(name, algorithm_names[i].name);
        check_algorithm(algorithm_names[i].alg);
    }
}

static const struct {
    const char *name;
    psa_algorithm_t alg;
} short_algorithms[] = {
    { "gcm", PSA_ALG_GCM },
    { " GCM ", PSA_ALG_GCM },
    { "sha256", PSA_ALG_SHA_256 },
    { "SHA-512/256", PSA_ALG_SHA_512_256 },
    { "sha-512", PSA_ALG_SHA_512 },
    { "psa_alg_sha_1", PSA_ALG_SHA_1 },
    { "shake256", PSA_ALG_SHAKE256 },
    { "shake256-256", PSA_ALG_SHAKE256_256 },
    { "cbc-pkcs7", PSA_ALG_CBC_PKCS7 },
    { "ecb", PSA_ALG_ECB_NO_PADDING },
    { "chacha20-poly1305", PSA_ALG_CHACHA20_POLY1305 },
    { "ecdsa(sha-256)", PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
    { "ECDSA ( PSA_ALG_SHA_256 )", PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
    { "ecdsa-sha-256", PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
    { "ecdsa-any", PSA_ALG_ECDSA_ANY },
    { "ecdsa(any)", PSA_ALG_ECDSA(PSA_ALG_ANY_HASH) },
    { "ecdsa-any-hash", PSA_ALG_ECDSA(PSA_ALG_ANY_HASH) },
    { "deterministic-ecdsa-sha-384", PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_384) },
    { "rsa-pss-any-salt-sha-256", PSA_ALG_RSA_PSS_ANY_SALT(PSA_ALG_SHA_256) },
    { "rsa-pss-sha-256", PSA_ALG_RSA_PSS(PSA_ALG_SHA_256) },
    { "hmac-sha512", PSA_ALG_HMAC(PSA_ALG_SHA_512) },
    { "hkdf-expand-sha-256", PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256) },
    { "hkdf(sha-256)", PSA_ALG_HKDF(PSA_ALG_SHA_256) },
    { "pbkdf2-hmac(sha-256)", PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256) },
    { "eddsa", PSA_ALG_PURE_EDDSA },
    { "truncated-mac(hmac-sha-256,16)", PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 16) },
    { "truncated-mac(cmac, 0x8)", PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 8) },
    { "truncated-mac(hmac(sha-512), 64)", PSA_ALG_HMAC(PSA_ALG_SHA_512) },
    { "aead-with-shortened-tag(gcm, 12)", PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12) },
    { "key-agreement(ecdh,hkdf(sha-256))", PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)) },
    { "key agreement(ecdh, hkdf-sha256)", PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)) },
    { "0x05500200", PSA_ALG_GCM },
    { "0X5500200", PSA_ALG_GCM },
};

static const char *const no_algorithms[] = {
    "", " ", "PSA_ALG_", "sha", "sha-2567", "gcm2", "5", "0x", "0x123456789", "0xgg", "hmac", "hmac(", "hmac()", "hmac(gcm)",
    "hmac(sha-256", "hmac(sha-256))", "hmac(sha-256) x", "hmac(hmac(sha-256))", "hmac-gcm", "gcm,", "gcm(12)", "truncated-mac(gcm, 4)",
    "truncated-mac(cmac)", "truncated-mac(cmac, )", "truncated-mac(cmac, 64)", "truncated-mac(cmac, x)",
    "truncated-mac(truncated-mac(truncated-mac(cmac, 4), 4), 4, 4)", "aead-with-shortened-tag(cmac, 4)",
    "aead-with-shortened-tag(gcm, 4294967297)", "key-agreement(ecdh)", "key-agreement(hkdf(sha-256), ecdh)",
    "key-agreement(ecdh, sha-256)", "key-agreement(key-agreement(ecdh, hkdf(sha-256)), hkdf(sha-256))",
    "((((((((((((((((((((((((((((((((", "truncated-mac(truncated-mac(truncated-mac(truncated-mac(truncated-mac(cmac, 4), 4), 4), 4), 4)",
};

static void test_short_algorithms(void **state)
{
    psa_algorithm_t alg;
    (void)state;
    for (size_t i = 0; i < COUNT(short_algorithms); i++) {
        assert_int_equal(psacrypto_algorithm_from_name(short_algorithms[i].name, &alg), PSA_SUCCESS);
        assert_int_equal(alg, short_algorithms[i].alg);
    }
    for (size_t i = 0; i < COUNT(no_algorithms); i++) {
        alg = 1;
        assert_int_equal(psacrypto_algorithm_from_name(no_algorithms[i], &alg), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(alg, PSA_ALG_NONE);
    }
}

/* A name written in small letters, without its prefixes, with other marks between words, stands for the same. */
static void shorten(char *to, const char *from)
{
    while (*from != '\0') {
        if (strncmp(from, "PSA_ALG_", 8) == 0) {
            from += 8;
        }
        *to++ = *from == '_' ? '-' : *from >= 'A' && *from <= 'Z' ? (char)(*from - 'A' + 'a') : *from;
        from++;
    }
    *to = '\0';
}

static void test_every_short_algorithm(void **state)
{
    char name[PSACRYPTO_TEXT_SIZE], other[PSACRYPTO_TEXT_SIZE];
    (void)state;
    for (psa_algorithm_t alg = psacrypto_algorithm_next(PSA_ALG_NONE); alg != PSA_ALG_NONE; alg = psacrypto_algorithm_next(alg)) {
        psa_algorithm_t back;
        (void)psacrypto_algorithm_name(alg, name, sizeof(name));
        shorten(other, name);
        assert_string_not_equal(name, other);
        assert_int_equal(psacrypto_algorithm_from_name(other, &back), PSA_SUCCESS);
        assert_int_equal(back, alg);
        char *bracket = strchr(other, '(');
        if (bracket != NULL) {
            *bracket = '-';
            other[strlen(other) - 1] = '\0';
            assert_int_equal(psacrypto_algorithm_from_name(other, &back), PSA_SUCCESS);
            assert_int_equal(back, alg);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_algorithm),
        cmocka_unit_test(test_list_is_whole),
        cmocka_unit_test(test_any_algorithm_value),
        cmocka_unit_test(test_algorithm_names),
        cmocka_unit_test(test_short_algorithms),
        cmocka_unit_test(test_every_short_algorithm),
    };
    return cmocka_run_group_tests_name("names of algorithms", tests, NULL, NULL);
}
