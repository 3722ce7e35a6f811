/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA: RFC 6979, shared vectors, OpenSSL in both directions. */
#include "ecdsa_calls.h"

#include <stdio.h>

#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include "software/ecc/rfc6979.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"

/* ---- Hashes: OpenSSL's, so that a test of ECDSA is no test of our hashes ---- */

struct hash_name {
    const char *names[3];
    const char *openssl;
    psa_algorithm_t alg;
};

static const struct hash_name hash_names[] = {
    { { "SHA-1", "SHA1" }, "SHA1", PSA_ALG_SHA_1 },
    { { "SHA-224", "SHA224" }, "SHA224", PSA_ALG_SHA_224 },
    { { "SHA-256", "SHA256" }, "SHA256", PSA_ALG_SHA_256 },
    { { "SHA-384", "SHA384" }, "SHA384", PSA_ALG_SHA_384 },
    { { "SHA-512", "SHA512" }, "SHA512", PSA_ALG_SHA_512 },
    { { "SHAKE128" }, "SHAKE128", PSA_ALG_SHAKE128_256 },
};

static const struct hash_name *hash_find(const char *name)
{
    for (size_t i = 0; i < sizeof hash_names / sizeof hash_names[0]; i++) {
        for (size_t n = 0; n < 3 && hash_names[i].names[n] != NULL; n++) {
            if (strcmp(hash_names[i].names[n], name) == 0) {
                return &hash_names[i];
            }
        }
    }
    return NULL;
}

static size_t hash_message(const struct hash_name *name, uint8_t *hash, const uint8_t *message, size_t length)
{
    EVP_MD *md = EVP_MD_fetch(NULL, name->openssl, NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned size = 32;
    assert_int_equal(EVP_DigestInit_ex(context, md, NULL), 1);
    assert_int_equal(EVP_DigestUpdate(context, message, length), 1);
    if (name->alg == PSA_ALG_SHAKE128_256) {
        assert_int_equal(EVP_DigestFinalXOF(context, hash, size), 1);
    } else {
        assert_int_equal(EVP_DigestFinal_ex(context, hash, &size), 1);
    }
    EVP_MD_CTX_free(context);
    EVP_MD_free(md);
    return size;
}

/* Signs deterministically, expects this signature, verifies it with the public key that belongs to the private one. */
static void check_deterministic(const struct test_curve *row, const struct hash_name *hash_name, const uint8_t *private_key,
                                const uint8_t *message, size_t message_length, const uint8_t *expected)
{
    const struct sw_curve *curve = &row->curve;
    psa_algorithm_t alg = PSA_ALG_DETERMINISTIC_ECDSA(hash_name->alg);
    uint8_t hash[64], signature[SW_CURVE_SIGNATURE_MAX], public_key[SW_CURVE_POINT_MAX];
    size_t hash_length = hash_message(hash_name, hash, message, message_length);

    assert_int_equal(sign(row, alg, private_key, hash, hash_length, signature), PSA_SUCCESS);
    assert_memory_equal(signature, expected, 2u * curve->order_length);
    assert_int_equal(curve->arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
    assert_int_equal(verify(row, alg, public_key, hash, hash_length, signature, 2u * curve->order_length), PSA_SUCCESS);
}

/* ---- RFC 6979, A.2.5 ---- */

static const struct {
    const char *hash, *message, *r, *s;
} rfc6979_cases[] = {
    { "SHA-224", "sample", "53B2FFF5D1752B2C689DF257C04C40A587FABABB3F6FC2702F1343AF7CA9AA3F",
      "B9AFB64FDC03DC1A131C7D2386D11E349F070AA432A4ACC918BEA988BF75C74C" },
    { "SHA-256", "sample", "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
      "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8" },
    { "SHA-384", "sample", "0EAFEA039B20E9B42309FB1D89E213057CBF973DC0CFC8F129EDDDC800EF7719",
      "4861F0491E6998B9455193E34E7B0D284DDD7149A74B95B9261F13ABDE940954" },
    { "SHA-512", "sample", "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00",
      "2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE" },
    { "SHA-224", "test", "C37EDB6F0AE79D47C3C27E962FA269BB4F441770357E114EE511F662EC34A692",
      "C820053A05791E521FCAAD6042D40AEA1D6B1A540138558F47D0719800E18F2D" },
    { "SHA-256", "test", "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
      "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083" },
    { "SHA-384", "test", "83910E8B48BB0C74244EBDF7F07A1C5413D61472BD941EF3920E623FBCCEBEB6",
      "8DDBEC54CF8CD5874883841D712142A56A8D0F218F5003CB0296B6B509619F2C" },
    { "SHA-512", "test", "461D93F31B6540894788FD206C07CFA0CC35F46FA3C91816FFF1040AD1581A04",
      "39AF9F15DE0DB8D97E72719C74820D304CE5226E32DEDAE67519E840D1194E55" },
};

static void rfc6979(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    uint8_t private_key[32], expected[64];
    (void)state;
    decode(private_key, 32, RFC6979_KEY);
    for (size_t i = 0; i < sizeof rfc6979_cases / sizeof rfc6979_cases[0]; i++) {
        decode(expected, 32, rfc6979_cases[i].r);
        decode(expected + 32, 32, rfc6979_cases[i].s);
        check_deterministic(row, hash_find(rfc6979_cases[i].hash), private_key, (const uint8_t *)rfc6979_cases[i].message,
                            strlen(rfc6979_cases[i].message), expected);
    }
}

/* The appendix's nonces, for SHA-256 "sample" and "test": the generator by itself. */
static void rfc6979_nonces(void **state)
{
    static const char *const nonces[] = { "A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60",
                                          "D16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0" };
    static const char *const messages[] = { "sample", "test" };
    const struct sw_curve *curve = &test_curve_find("P-256")->curve;
    uint8_t private_key[32], expected[32], nonce[32], again[32], e[32];
    (void)state;
    decode(private_key, 32, RFC6979_KEY);
    for (int i = 0; i < 2; i++) {
        struct sw_rfc6979 generator;
        hash_message(hash_find("SHA-256"), e, (const uint8_t *)messages[i], strlen(messages[i]));
        sw_rfc6979_start(&generator, curve, sw_hash_find(PSA_ALG_SHA_256), private_key, e);
        sw_rfc6979_next(&generator, curve, nonce);
        decode(expected, 32, nonces[i]);
        assert_memory_equal(nonce, expected, 32);
        sw_rfc6979_next(&generator, curve, again);
        assert_memory_not_equal(nonce, again, 32);
    }
}

/* ---- Shared vectors ---- */

static const char no_curve[] = "curve is not implemented";
static const char no_hash[] = "hash of the nonce not in this build";

/* rfc6979-vectors.json: an object per curve, each with its cases. */
static void vectors_rfc6979(void **state)
{
    (void)state;
    vectors_require();
    json_t *curves = vectors_json("ecdsa/rfc6979-vectors.json");
    size_t ran = 0, unused_curve = 0, unused_hash = 0, i, j;
    json_t *entry, *one;
    json_array_foreach(curves, i, entry) {
        const struct test_curve *row = test_curve_find(json_string_value(json_object_get(entry, "curve")));
        json_array_foreach(json_object_get(entry, "cases"), j, one) {
            const struct hash_name *hash = hash_find(json_string_value(json_object_get(one, "hash")));
            const char *message = json_string_value(json_object_get(one, "message"));
            uint8_t private_key[SW_CURVE_LENGTH_MAX], expected[SW_CURVE_SIGNATURE_MAX];
            if (row == NULL) {
                unused_curve++;
                continue;
            }
            if (sw_hash_find(hash->alg) == NULL) {
                unused_hash++;
                continue;
            }
            size_t length = row->curve.order_length;
            decode(private_key, length, json_string_value(json_object_get(entry, "private")));
            decode(expected, length, json_string_value(json_object_get(one, "r")));
            decode(expected + length, length, json_string_value(json_object_get(one, "s")));
            check_deterministic(row, hash, private_key, (const uint8_t *)message, strlen(message), expected);
            ran++;
        }
    }
    json_decref(curves);
    print_message("vectors ecdsa/rfc6979-vectors.json: %zu of 150 cases not used: %s\n", unused_curve, no_curve);
    print_message("vectors ecdsa/rfc6979-vectors.json: %zu of 150 cases not used: %s\n", unused_hash, no_hash);
    vectors_report("ecdsa/rfc6979-vectors.json", ran, 150 - unused_curve - unused_hash);
    assert_int_equal(unused_curve, 100); /* K- and B- curves */
}

/* Most cases of a file under a checker that makes everything thirty times slower. */
static int left_out(struct vectors *v, size_t number)
{
    int left = number % slow_step(5) != 0;
    if (left) {
        vectors_unused(v, "not in a quick run under a checker");
    }
    return left;
}

/* Message, hash and key stay until the file gives others. */
static void vectors_botan(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ecdsa/botan-pubkey-ecdsa_rfc6979.txt", "Signature");
    size_t number = 0;
    while (vectors_next(v)) {
        const struct test_curve *row = test_curve_find(vectors_inherited(v, "Group"));
        const struct hash_name *hash = hash_find(vectors_inherited(v, "Hash"));
        uint8_t private_key[SW_CURVE_LENGTH_MAX];
        uint8_t expected[SW_CURVE_SIGNATURE_MAX];
        size_t message_length;
        if (row == NULL) {
            vectors_unused(v, no_curve);
            continue;
        }
        if (hash == NULL || sw_hash_find(hash->alg) == NULL) {
            vectors_unused(v, no_hash);
            continue;
        }
        if (left_out(v, number++)) {
            continue;
        }
        const uint8_t *message = vectors_hex(v, "Msg", &message_length);
        decode(private_key, row->curve.order_length, vectors_inherited(v, "X"));
        decode(expected, 2u * row->curve.order_length, vectors_string(v, "Signature"));
        check_deterministic(row, hash, private_key, message, message_length, expected);
    }
    vectors_close(v, 104);
}

/* SigVer: Qx, Qy, R, S, SHA-1; Result = P or F with the reason. */
static void vectors_sigver(void **state)
{
    (void)state;
    struct vectors *v = vectors_open("ecdsa/cavp-186-2-SigVer.rsp", "Result");
    size_t number = 0;
    while (vectors_next(v)) {
        const struct test_curve *row = test_curve_find(vectors_section(v));
        uint8_t hash[64], public_key[SW_CURVE_POINT_MAX], signature[SW_CURVE_SIGNATURE_MAX];
        size_t message_length;
        if (row == NULL) {
            vectors_unused(v, no_curve);
            continue;
        }
        if (left_out(v, number++)) {
            continue;
        }
        const struct sw_curve *curve = &row->curve;
        const uint8_t *message = vectors_hex(v, "Msg", &message_length);
        size_t hash_length = hash_message(hash_find("SHA-1"), hash, message, message_length);
        public_key[0] = 0x04;
        decode(public_key + 1, curve->field_length, vectors_string(v, "Qx"));
        decode(public_key + 1 + curve->field_length, curve->field_length, vectors_string(v, "Qy"));
        decode(signature, curve->order_length, vectors_string(v, "R"));
        decode(signature + curve->order_length, curve->order_length, vectors_string(v, "S"));
        psa_status_t status = verify(row, PSA_ALG_ECDSA(PSA_ALG_SHA_1), public_key, hash, hash_length, signature,
                                     2u * curve->order_length);
        int good = vectors_string(v, "Result")[0] == 'P';
        if (good != (status == PSA_SUCCESS)) {
            fail_msg("%s: %d", vectors_where(v), (int)status);
        }
    }
    vectors_close(v, 225);
}

static void wycheproof(const char *path, size_t cases)
{
    struct vectors *v = vectors_open(path, NULL);
    size_t number = 0;
    while (vectors_next(v)) {
        if (left_out(v, number++)) {
            continue;
        }
        json_t *public_json = json_object_get(vectors_json_group(v), "publicKey");
        const struct test_curve *row = test_curve_find(json_string_value(json_object_get(public_json, "curve")));
        const struct hash_name *hash_name = hash_find(vectors_string(v, "sha"));
        uint8_t hash[64];
        size_t message_length, signature_length, public_length;
        const uint8_t *message = vectors_hex(v, "msg", &message_length);
        const uint8_t *signature = vectors_hex(v, "sig", &signature_length);
        uint8_t *public_key = vectors_decode_hex(json_string_value(json_object_get(public_json, "uncompressed")), &public_length);

        assert_non_null(row);
        assert_non_null(hash_name);
        assert_int_equal(public_length, row->curve.public_length);
        size_t hash_length = hash_message(hash_name, hash, message, message_length);
        psa_status_t status = verify(row, PSA_ALG_ECDSA(hash_name->alg), public_key, hash, hash_length, signature, signature_length);
        enum vectors_result wanted = vectors_result(v);
        if ((wanted == VECTORS_VALID && status != PSA_SUCCESS) ||
            (wanted == VECTORS_INVALID && status != PSA_ERROR_INVALID_SIGNATURE) ||
            (status != PSA_SUCCESS && status != PSA_ERROR_INVALID_SIGNATURE)) {
            fail_msg("%s: %d", vectors_where(v), (int)status);
        }
        free(public_key);
    }
    vectors_close(v, cases);
}

static void vectors_wycheproof(void **state)
{
    (void)state;
    wycheproof("ecdsa/wycheproof-ecdsa_secp256r1_sha256_p1363.json", 262);
    wycheproof("ecdsa/wycheproof-ecdsa_secp256r1_shake128_p1363.json", 258);
}

static void vectors_wycheproof_other(void **state)
{
    (void)state;
    if (quick() != 0) {
        skip();
    }
    wycheproof("ecdsa/wycheproof-ecdsa_secp192k1_sha256_p1363.json", 228);
    wycheproof("ecdsa/wycheproof-ecdsa_secp192r1_sha256_p1363.json", 230);
    wycheproof("ecdsa/wycheproof-ecdsa_secp224r1_sha224_p1363.json", 229);
    wycheproof("ecdsa/wycheproof-ecdsa_secp256k1_sha256_p1363.json", 252);
    wycheproof("ecdsa/wycheproof-ecdsa_secp384r1_sha384_p1363.json", 280);
    wycheproof("ecdsa/wycheproof-ecdsa_secp521r1_sha512_p1363.json", 318);
    wycheproof("ecdsa/wycheproof-ecdsa_brainpoolP256r1_sha256_p1363.json", 261);
    wycheproof("ecdsa/wycheproof-ecdsa_brainpoolP384r1_sha384_p1363.json", 292);
}

/* ---- OpenSSL ---- */

/* A new key of OpenSSL, its private and public bytes. */
static EC_KEY *openssl_key(const struct test_curve *row, uint8_t *private_key, uint8_t *public_key)
{
    const struct sw_curve *curve = &row->curve;
    EC_KEY *key = test_curve_key(row);
    assert_int_equal(EC_KEY_generate_key(key), 1);
    assert_true(BN_bn2binpad(EC_KEY_get0_private_key(key), private_key, curve->order_length) > 0);
    assert_int_equal(EC_POINT_point2oct(EC_KEY_get0_group(key), EC_KEY_get0_public_key(key), POINT_CONVERSION_UNCOMPRESSED,
                                        public_key, curve->public_length, NULL), curve->public_length);
    return key;
}

static int openssl_verify(EC_KEY *key, const struct sw_curve *curve, const uint8_t *hash, size_t hash_length,
                          const uint8_t *signature)
{
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(signature, curve->order_length, NULL);
    BIGNUM *s = BN_bin2bn(signature + curve->order_length, curve->order_length, NULL);
    assert_int_equal(ECDSA_SIG_set0(sig, r, s), 1);
    int result = ECDSA_do_verify(hash, (int)hash_length, sig, key);
    ECDSA_SIG_free(sig);
    return result == 1;
}

static void openssl_sign(EC_KEY *key, const struct sw_curve *curve, const uint8_t *hash, size_t hash_length, uint8_t *signature)
{
    ECDSA_SIG *sig = ECDSA_do_sign(hash, (int)hash_length, key);
    const BIGNUM *r, *s;
    assert_non_null(sig);
    ECDSA_SIG_get0(sig, &r, &s);
    assert_true(BN_bn2binpad(r, signature, curve->order_length) > 0);
    assert_true(BN_bn2binpad(s, signature + curve->order_length, curve->order_length) > 0);
    ECDSA_SIG_free(sig);
}

static void openssl_both_ways(void **state)
{
    struct random_source source = { 1 };
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct test_curve *row = test_curve_find(test_curves[i].names[0]);
        const struct sw_curve *curve = &row->curve;
        uint8_t private_key[SW_CURVE_LENGTH_MAX], public_key[SW_CURVE_POINT_MAX];
        EC_KEY *key = openssl_key(row, private_key, public_key);
        /* Every length of a hash on P-256, a few on the others. */
        for (size_t hash_length = 1; hash_length <= 70; hash_length += (row->nid == NID_X9_62_prime256v1 ? 1 : 23) * slow_step(5)) {
            uint8_t hash[70], signature[SW_CURVE_SIGNATURE_MAX];
            random_source_bytes(&source, hash, hash_length);
            assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, hash_length, signature), PSA_SUCCESS);
            assert_true(openssl_verify(key, curve, hash, hash_length, signature));
            openssl_sign(key, curve, hash, hash_length, signature);
            assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, hash_length, signature,
                                    2u * curve->order_length), PSA_SUCCESS);
            hash[0] ^= 0x80;
            assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, hash_length, signature,
                                    2u * curve->order_length), PSA_ERROR_INVALID_SIGNATURE);
        }
        EC_KEY_free(key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc6979),
        cmocka_unit_test(rfc6979_nonces),
        cmocka_unit_test(vectors_rfc6979),
        cmocka_unit_test(vectors_botan),
        cmocka_unit_test(vectors_sigver),
        cmocka_unit_test(vectors_wycheproof),
        cmocka_unit_test(vectors_wycheproof_other),
        cmocka_unit_test(openssl_both_ways),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
