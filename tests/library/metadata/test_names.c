/* SPDX-License-Identifier: Apache-2.0 */
/* Names of key types, statuses and usages both ways; whatever else is written; reasons. */
#include "names.h"

#include "metadata/names.h"

/* ---- Key types ---- */

static void test_every_key_type(void **state)
{
    char name[PSACRYPTO_TEXT_SIZE];
    size_t named = 0, existing = 0, listed = 0;
    (void)state;
    for (uint32_t value = 0; value <= UINT16_MAX; value++) {
        psa_key_type_t back = 1;
        size_t bits = 1;
        size_t length = psacrypto_key_type_name((psa_key_type_t)value, name, sizeof(name));
        assert_int_equal(length, strlen(name));
        assert_int_equal(psacrypto_key_type_from_name(name, &back, &bits), PSA_SUCCESS);
        assert_int_equal(back, value);
        assert_int_equal(bits, 0);
        named += !is_number(name);
        existing += key_type_exists((psa_key_type_t)value) != 0;
        assert_false(key_type_exists((psa_key_type_t)value) && is_number(name));
    }
    assert_true(named >= existing + 1); /* NONE, and families that some structures do not have */
    for (psa_key_type_t type = psacrypto_key_type_next(PSA_KEY_TYPE_NONE); type != PSA_KEY_TYPE_NONE; type = psacrypto_key_type_next(type)) {
        assert_true(key_type_exists(type));
        listed++;
    }
    assert_int_equal(listed, existing);
}

static const struct {
    const char *name;
    psa_key_type_t type;
    size_t bits;
} key_types[] = {
    { "PSA_KEY_TYPE_AES", PSA_KEY_TYPE_AES, 0 },
    { "aes", PSA_KEY_TYPE_AES, 0 },
    { "aes-256", PSA_KEY_TYPE_AES, 256 },
    { "AES:192", PSA_KEY_TYPE_AES, 192 },
    { "AES 128", PSA_KEY_TYPE_AES, 128 },
    { "chacha20", PSA_KEY_TYPE_CHACHA20, 0 },
    { "chacha20-256", PSA_KEY_TYPE_CHACHA20, 256 },
    { "sm4:128", PSA_KEY_TYPE_SM4, 128 },
    { "raw-data", PSA_KEY_TYPE_RAW_DATA, 0 },
    { "password-hash", PSA_KEY_TYPE_PASSWORD_HASH, 0 },
    { "password", PSA_KEY_TYPE_PASSWORD, 0 },
    { "PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 0 },
    { "ecc-key-pair(secp-r1):256", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256 },
    { "ecc-public-key ( montgomery ) 255", PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_MONTGOMERY), 255 },
    { "p-256", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256 },
    { "P-256:256", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256 },
    { "p256 public", PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), 256 },
    { "secp224k1", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_K1), 225 },
    { "prime256v1", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256 },
    { "brainpoolP384r1", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 384 },
    { "X25519-public", PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_MONTGOMERY), 255 },
    { "ed448", PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 448 },
    { "ffdhe3072", PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 3072 },
    { "dh-key-pair(rfc3526) 4096", PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC3526), 4096 },
    { "rsa", PSA_KEY_TYPE_RSA_KEY_PAIR, 0 },
    { "rsa-3072", PSA_KEY_TYPE_RSA_KEY_PAIR, 3072 },
    { "rsa public 2048", PSA_KEY_TYPE_RSA_PUBLIC_KEY, 2048 },
    { "ml-kem-768", PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 768 },
    { "ml-dsa-65", PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 192 },
    { "ml-dsa-87 public", PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY, 256 },
    { "slh-dsa-shake-128f", PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_F), 128 },
    { "spake2p-public-key(twisted-edwards)", PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS), 0 },
    { "wpa3-sae-dh(rfc3526)", PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 0 },
    { "0x2400", PSA_KEY_TYPE_AES, 0 },
    { "0x2400:256", PSA_KEY_TYPE_AES, 256 },
};

static const char *const no_key_types[] = {
    "", "a", "aes-", "aesx", "aes:0", "aes:x", "aes-128:256", "aes:128:128", "aes 70000", "aes()", "p-257", "p-256:384", "p-256 privat",
    "ecc-key-pair", "ecc-key-pair(", "ecc-key-pair()", "ecc-key-pair(secp-r1", "ecc-key-pair(rfc7919)", "dh-key-pair(secp-r1)",
    "ecc-key-pair(secp-r1))", "0x", "0x12345", "2400", "rsa()",
};

static void test_key_type_names(void **state)
{
    psa_key_type_t type;
    size_t bits;
    (void)state;
    for (size_t i = 0; i < COUNT(key_types); i++) {
        if (psacrypto_key_type_from_name(key_types[i].name, &type, &bits) != PSA_SUCCESS) {
            fail_msg("%s", key_types[i].name);
        }
        assert_int_equal(type, key_types[i].type);
        assert_int_equal(bits, key_types[i].bits);
    }
    for (size_t i = 0; i < COUNT(no_key_types); i++) {
        type = 1;
        bits = 1;
        /* "aes-" is taken for "aes": what stands between letters and digits does not matter, not even at the end. */
        if (strcmp(no_key_types[i], "aes-") != 0 && psacrypto_key_type_from_name(no_key_types[i], &type, &bits) == PSA_SUCCESS) {
            fail_msg("%s", no_key_types[i]);
        }
        assert_true(strcmp(no_key_types[i], "aes-") == 0 || (type == PSA_KEY_TYPE_NONE && bits == 0));
    }
}

/* Curves, groups and sets that have names of their own are ones that exist, public or not. */
static void test_curve_names(void **state)
{
    static const char *const names[] = {
        "p-192", "p-224", "p-256", "p-384", "p-521", "secp192k1", "secp256k1", "sect163r2", "sect571k1", "brainpoolp512r1", "frp256v1",
        "x25519", "x448", "ed25519", "ed448", "ffdhe2048", "ffdhe8192", "ml-kem-1024", "ml-dsa-44", "slh-dsa-sha2-256s",
    };
    char public[40];
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        psa_key_type_t type, public_type;
        size_t bits, public_bits;
        (void)strcat(strcpy(public, names[i]), " public");
        assert_int_equal(psacrypto_key_type_from_name(names[i], &type, &bits), PSA_SUCCESS);
        assert_int_equal(psacrypto_key_type_from_name(public, &public_type, &public_bits), PSA_SUCCESS);
        assert_true(key_type_has_bits(type, bits));
        assert_int_equal(public_type, PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type));
        assert_int_equal(public_bits, bits);
    }
}

/* ---- Statuses and usage ---- */

static void test_statuses(void **state)
{
    size_t named = 0;
    (void)state;
    for (psa_status_t status = -400; status <= 10; status++) {
        const char *name = psacrypto_status_name(status);
        psa_status_t back = 1;
        if (name != NULL) {
            assert_int_equal(psacrypto_status_from_name(name, &back), PSA_SUCCESS);
            assert_int_equal(back, status);
            named++;
        }
    }
    assert_int_equal(named, 22);
    assert_string_equal(psacrypto_status_name(PSA_ERROR_NOT_PERMITTED), "PSA_ERROR_NOT_PERMITTED");

    psa_status_t status = 1;
    assert_int_equal(psacrypto_status_from_name("not permitted", &status), PSA_SUCCESS);
    assert_int_equal(status, PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psacrypto_status_from_name("success", &status), PSA_SUCCESS);
    assert_int_equal(status, PSA_SUCCESS);
    assert_int_equal(psacrypto_status_from_name("", &status), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_status_from_name("PSA_ERROR_", &status), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_status_from_name("permitted", &status), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_status_from_name("not permitted)", &status), PSA_ERROR_INVALID_ARGUMENT);
}

static void test_usage(void **state)
{
    char text[PSACRYPTO_TEXT_SIZE];
    psa_key_usage_t usage;
    (void)state;
    for (int i = 0; i < 20000; i += (int)slow_step(5)) {
        psa_key_usage_t flags = i < 32 ? (psa_key_usage_t)1 << i : (psa_key_usage_t)(draw() & draw());
        size_t length = psacrypto_key_usage_name(flags, text, sizeof(text));
        assert_true(length < sizeof(text));
        assert_int_equal(psacrypto_key_usage_from_name(text, &usage), PSA_SUCCESS);
        assert_int_equal(usage, flags);
    }
    (void)psacrypto_key_usage_name(PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | 0x80000000u, text, sizeof(text));
    assert_string_equal(text, "PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | 0x80000000");
    (void)psacrypto_key_usage_name(0, text, sizeof(text));
    assert_string_equal(text, "0");

    assert_int_equal(psacrypto_key_usage_from_name("sign,Verify , export", &usage), PSA_SUCCESS);
    assert_int_equal(usage, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE |
                                PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_EXPORT);
    assert_int_equal(psacrypto_key_usage_from_name("", &usage), PSA_SUCCESS);
    assert_int_equal(usage, 0);
    assert_int_equal(psacrypto_key_usage_from_name("encrypt,fly", &usage), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(usage, 0);
    assert_int_equal(psacrypto_key_usage_from_name("encrypt)", &usage), PSA_ERROR_INVALID_ARGUMENT);
}

/* ---- Whatever is written ---- */

static const char *const fragments[] = {
    "psa_alg_", "hmac", "sha-256", "SHA", "256", "(", ")", ",", ", ", ":", "|", " ", "-", "_", "0x", "0", "16", "aes", "ecc-key-pair", "secp-r1",
    "key-agreement", "ecdh", "hkdf", "truncated-mac", "aead-with-shortened-tag", "gcm", "any", "p", "public", "encrypt", "PSA_", "not", "\t", "\xff",
};

/* No text is too strange; what is taken for a name stands for a value whose own name stands for it. */
static void test_any_text(void **state)
{
    char text[400], name[PSACRYPTO_TEXT_SIZE];
    size_t taken = 0;
    (void)state;
    for (int i = 0; i < 200000; i += (int)slow_step(5)) {
        psa_algorithm_t alg, alg_again;
        psa_key_type_t type, type_again;
        psa_key_usage_t usage;
        psa_status_t status;
        size_t bits, bits_again;
        text[0] = '\0';
        for (uint64_t parts = draw() % 9; parts != 0; parts--) {
            (void)strcat(text, fragments[draw() % COUNT(fragments)]);
        }
        if (psacrypto_algorithm_from_name(text, &alg) == PSA_SUCCESS) {
            (void)psacrypto_algorithm_name(alg, name, sizeof(name));
            assert_int_equal(psacrypto_algorithm_from_name(name, &alg_again), PSA_SUCCESS);
            assert_int_equal(alg_again, alg);
            taken++;
        }
        if (psacrypto_key_type_from_name(text, &type, &bits) == PSA_SUCCESS) {
            (void)psacrypto_key_type_name(type, name, sizeof(name));
            assert_int_equal(psacrypto_key_type_from_name(name, &type_again, &bits_again), PSA_SUCCESS);
            assert_int_equal(type_again, type);
            taken++;
        }
        (void)psacrypto_key_usage_from_name(text, &usage);
        (void)psacrypto_status_from_name(text, &status);
    }
    assert_true(taken > 1000);
}

/* ---- Reasons ---- */

static int is_plain(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text < ' ' || *text > '~' || strchr("$[]{}", *text) != NULL) {
            return 0;
        }
    }
    return 1;
}

static void check_text(uint32_t code, uint64_t a, uint64_t b)
{
    char text[PSACRYPTO_TEXT_SIZE];
    psacrypto_error_t error = { PSA_ERROR_GENERIC_ERROR, code, { a, b } };
    size_t length = psacrypto_error_text(&error, text, sizeof(text));

    assert_in_range(length, 8, sizeof(text) - 1);
    assert_int_equal(length, strlen(text));
    if (!is_plain(text) || text[length - 1] == '.' || strstr(text, "  ") != NULL) {
        fail_msg("reason %u: %s", code, text);
    }
}

/* Every reason has a name of its own, and words, whatever its integers are. */
static void test_every_reason(void **state)
{
    static const uint64_t edges[] = { 0, 1, 5, 255, PSA_ALG_GCM, PSA_KEY_TYPE_AES, UINT32_MAX, UINT64_MAX };
    (void)state;
    for (uint32_t code = 0; code < REASON_COUNT; code++) {
        assert_non_null(psacrypto_reason_name(code));
        for (uint32_t other = 0; other < code; other++) {
            assert_string_not_equal(psacrypto_reason_name(code), psacrypto_reason_name(other));
        }
        for (size_t i = 0; i < COUNT(edges); i++) {
            for (size_t j = 0; j < COUNT(edges); j++) {
                check_text(code, edges[i], edges[j]);
            }
        }
        for (int i = 0; i < 50; i++) {
            check_text(code, draw() >> (draw() % 64), draw() >> (draw() % 64));
        }
    }
    assert_null(psacrypto_reason_name(REASON_COUNT));
    check_text(REASON_COUNT, 1, 1);
    check_text(UINT32_MAX, 1, 1);
}

static const struct {
    uint32_t code;
    uint64_t a, b;
    const char *text;
} texts[] = {
    { REASON_KEY_ALGORITHM, PSA_ALG_GCM, PSA_ALG_CCM, "the key permits PSA_ALG_GCM; PSA_ALG_CCM was asked for" },
    { REASON_KEY_ALGORITHM, 0, PSA_ALG_CCM, "the key permits no algorithm; PSA_ALG_CCM was asked for" },
    { REASON_KEY_USAGE, PSA_KEY_USAGE_ENCRYPT, PSA_KEY_USAGE_DECRYPT,
      "the key permits PSA_KEY_USAGE_DECRYPT; PSA_KEY_USAGE_ENCRYPT was asked for" },
    { REASON_KEY_USAGE, PSA_KEY_USAGE_EXPORT, 0, "the key permits no use; PSA_KEY_USAGE_EXPORT was asked for" },
    { REASON_KEY_ID, 5, 0, "there is no key 5" },
    { REASON_KEY_ID, 0x40000001, 0, "there is no key 0x40000001" },
    { REASON_KEY_BITS, PSA_KEY_TYPE_AES, 100, "keys of type PSA_KEY_TYPE_AES do not have 100 bits" },
    { REASON_KEY_BITS, PSA_KEY_TYPE_AES, 0, "the size of the key, type PSA_KEY_TYPE_AES, must be said" },
    { REASON_OUT_OF_MEMORY, 64, 0, "there is no memory left for 64 bytes" },
    { REASON_OUT_OF_MEMORY, 0, 0, "there is no memory left" },
    { REASON_STORE_DAMAGED, 1, 5, "the store is damaged, at object 5 of the keys" },
    { REASON_STORE_DAMAGED, 1, 0, "the store is damaged, at the keys" },
    { REASON_STORE_DAMAGED, 0, 0, "the store is damaged" },
    { REASON_DERIVATION_MISSING, PSA_KEY_DERIVATION_INPUT_SALT, 0, "PSA_KEY_DERIVATION_INPUT_SALT must come first" },
    { REASON_PAKE_STEP, PSA_PAKE_STEP_CONFIRM, 0, "PSA_PAKE_STEP_CONFIRM is not the step that comes now" },
    { REASON_KEY_COPY_LOCATION, 1, 0, "from location 0x1 to location 0x0 the key needs PSA_KEY_USAGE_EXPORT" },
};

static void test_texts(void **state)
{
    char text[PSACRYPTO_TEXT_SIZE];
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        psacrypto_error_t error = { PSA_ERROR_GENERIC_ERROR, texts[i].code, { texts[i].a, texts[i].b } };
        (void)psacrypto_error_text(&error, text, sizeof(text));
        assert_string_equal(text, texts[i].text);
    }
    assert_string_equal(psacrypto_reason_name(REASON_KEY_ALGORITHM), "KEY_ALGORITHM");
}

/* ---- Memory that is too small ---- */

static void test_cut(void **state)
{
    static const char whole[] = "PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 16)";
    const psa_algorithm_t alg = PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 16);
    char text[sizeof(whole) + 4];
    (void)state;
    for (size_t size = 0; size <= sizeof(whole) + 1; size++) {
        memset(text, '#', sizeof(text));
        assert_int_equal(psacrypto_algorithm_name(alg, size == 0 ? NULL : text, size), sizeof(whole) - 1);
        if (size != 0) {
            size_t kept = size < sizeof(whole) ? size - 1 : sizeof(whole) - 1;
            assert_memory_equal(text, whole, kept);
            assert_int_equal(text[kept], '\0');
        }
        assert_int_equal(text[size], '#');
    }
    /* A name that is given up on half way leaves nothing of itself. */
    assert_int_equal(psacrypto_algorithm_name(PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(0x020000f0), 16), text, 5), 10);
    assert_string_equal(text, "0x03");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_type),
        cmocka_unit_test(test_key_type_names),
        cmocka_unit_test(test_curve_names),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_usage),
        cmocka_unit_test(test_any_text),
        cmocka_unit_test(test_every_reason),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
