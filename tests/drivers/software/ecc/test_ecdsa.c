/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA: RFC 6979, shared vectors, OpenSSL in both directions, refusals, what happens when randomness is broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "curves.h"

#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include "../services.h"
#include "platform/platform.h"
#include "software/ecc/ecdsa.h"
#include "software/ecc/rfc6979.h"
#include "software/ecc/generic_base.h"
#include "support/quick.h"
#include "support/random_source.h"
#include "support/vectors.h"

#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)

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

/* ---- Calls: through the driver's entries ---- */

static psa_status_t sign(const struct test_curve *row, psa_algorithm_t alg, const uint8_t *private_key, const uint8_t *hash,
                         size_t hash_length, uint8_t *signature)
{
    const struct sw_curve *curve = &row->curve;
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), curve->bits, private_key,
                                        curve->order_length);
    size_t length = 0;
    psa_status_t status = sw_sign_entries.sign_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature,
                                                    2u * curve->order_length, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? 2u * curve->order_length : 0u);
    return status;
}

/*
 * As a key is verified with that the library keeps: the second time makes its table, if it has one, the third uses it. Gives the
 * size of what is kept.
 */
static size_t expect_verify_prepared(const struct psacrypto_key *given, psa_algorithm_t alg, const uint8_t *hash,
                                     size_t hash_length, const uint8_t *signature, size_t signature_length, psa_status_t expected)
{
    psa_key_attributes_t attributes = *given->attributes;
    struct psacrypto_key key = *given;
    uint64_t memory[512];
    key.attributes = &attributes;
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
    size_t size = psacrypto_software_driver.prepared_size(NULL, &key, alg);
    assert_in_range(size, 0, sizeof memory);
    if (size == 0) {
        return 0;
    }
    memset(memory, 0xa5, sizeof memory);
    assert_int_equal(psacrypto_software_driver.prepare(NULL, &key, alg, memory), PSA_SUCCESS);
    key.prepared = memory;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(sw_sign_entries.verify_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, signature_length),
                         expected);
    }
    for (size_t i = (size + 7u) / 8u; i < sizeof memory / sizeof memory[0]; i++) {
        assert_true(memory[i] == UINT64_C(0xa5a5a5a5a5a5a5a5));
    }
    return size;
}

static psa_status_t verify(const struct test_curve *row, psa_algorithm_t alg, const uint8_t *public_key, const uint8_t *hash,
                           size_t hash_length, const uint8_t *signature, size_t signature_length)
{
    const struct sw_curve *curve = &row->curve;
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve->family), curve->bits, public_key,
                                        curve->public_length);
    psa_status_t status = sw_sign_entries.verify_hash(NULL, &key, alg, hash, hash_length, NULL, 0, signature, signature_length);
    (void)expect_verify_prepared(&key, alg, hash, hash_length, signature, signature_length, status);
    return status;
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

static const char rfc6979_key[] = "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";

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

/* An integer in hexadecimal, 0x in front or an odd number of digits allowed, in length bytes. */
static void decode(uint8_t *output, size_t length, const char *hex)
{
    BIGNUM *integer = NULL;
    assert_true(BN_hex2bn(&integer, strncmp(hex, "0x", 2) == 0 ? hex + 2 : hex) > 0);
    assert_true(BN_bn2binpad(integer, output, (int)length) > 0);
    BN_free(integer);
}

static void rfc6979(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    uint8_t private_key[32], expected[64];
    (void)state;
    decode(private_key, 32, rfc6979_key);
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
    decode(private_key, 32, rfc6979_key);
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

/* ---- Refusals ---- */

static void verify_refusals(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    const struct sw_curve *curve = &row->curve;
    uint8_t private_key[32], public_key[65], hash[32] = { 1, 2, 3 }, good[65], bad[65];
    (void)state;
    decode(private_key, 32, rfc6979_key);
    assert_int_equal(curve->arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, good), PSA_SUCCESS);
    good[64] = 0;

    for (size_t length = 0; length <= 65; length++) {
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, good, length),
                         length == 64 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
    }
    for (size_t half = 0; half < 64; half += 32) { /* r, then s: 0, n, all-ones */
        memcpy(bad, good, 65);
        memset(bad + half, 0, 32);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
        memcpy(bad + half, curve->order, 32);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
        memset(bad + half, 0xff, 32);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
    }
    for (size_t bit = 0; bit < 512; bit += 5 * slow_step(7)) {
        memcpy(bad, good, 65);
        bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
        assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, bad, 64), PSA_ERROR_INVALID_SIGNATURE);
    }
}

/* (r, n - s) is the same signature: ECDSA of FIPS 186-5 accepts both. */
static void verify_negated_s(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    const struct sw_curve *curve = &row->curve;
    uint8_t private_key[32], public_key[65], hash[32] = { 9 }, signature[64];
    (void)state;
    decode(private_key, 32, rfc6979_key);
    assert_int_equal(curve->arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, signature), PSA_SUCCESS);
    unsigned borrow = 0;
    for (size_t i = 32; i-- > 0;) {
        unsigned x = (unsigned)curve->order[i] - signature[32 + i] - borrow;
        signature[32 + i] = (uint8_t)x;
        borrow = (x >> 8) & 1u;
    }
    assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, signature, 64), PSA_SUCCESS);
}

/* What the entries refuse, and what they accept of key pairs. */
static void entries(void **state)
{
    uint8_t private_key[32], public_key[65], hash[32] = { 7 }, signature[64];
    psa_key_attributes_t pair_attributes, public_attributes;
    size_t length = 99;
    (void)state;
    decode(private_key, 32, rfc6979_key);
    const struct sw_curve *curve = sw_curve_find(PSA_ECC_FAMILY_SECP_R1, 256);
    assert_int_equal(curve->arithmetic->public_key(curve, public_key, private_key), PSA_SUCCESS);
    struct psacrypto_key pair = test_key(&pair_attributes, P256_PAIR, 256, private_key, 32);
    struct psacrypto_key public = test_key(&public_attributes, P256_PUBLIC, 256, public_key, 65);
    const struct psacrypto_sign_entries *e = &sw_sign_entries;
    const psa_algorithm_t alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);

    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 63, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(e->sign_hash(NULL, &public, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, hash, 1, signature, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(e->sign_hash(NULL, &pair, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, hash, 32, NULL, 0, signature, 64, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(e->sign_hash(NULL, &pair, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHAKE128_256), hash, 32, NULL, 0,
                                  signature, 64, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(length, 99);
    pair.length = 31;
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_ERROR_INVALID_ARGUMENT);
    pair.length = 32;
    psa_set_key_bits(&pair_attributes, 255);
    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_ERROR_NOT_SUPPORTED);
    psa_set_key_bits(&pair_attributes, 256);

    assert_int_equal(e->sign_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64, &length), PSA_SUCCESS);
    assert_int_equal(length, 64);
    assert_int_equal(e->verify_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64), PSA_SUCCESS);
    assert_int_equal(e->verify_hash(NULL, &public, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), hash, 32, NULL, 0, signature, 64),
                     PSA_SUCCESS);
    signature[5] ^= 1;
    assert_int_equal(e->verify_hash(NULL, &pair, alg, hash, 32, NULL, 0, signature, 64), PSA_ERROR_INVALID_SIGNATURE);
}

/* With a pair, whose public key is kept too; what has been kept is what is read. */
static void prepared_pairs(void **state)
{
    static const uint8_t hash[32] = { 9, 8, 7 };
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct sw_curve *curve = &test_curves[i].curve;
        uint8_t private_key[SW_CURVE_LENGTH_MAX] = { 0 }, signature[SW_CURVE_SIGNATURE_MAX];
        psa_key_attributes_t attributes;
        memset(private_key + curve->order_length - 8, 0x5a, 8);
        assert_int_equal(sign(&test_curves[i], PSA_ALG_ECDSA_ANY, private_key, hash, sizeof hash, signature), PSA_SUCCESS);
        struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(curve->family), curve->bits, private_key,
                                            curve->order_length);
        assert_true(expect_verify_prepared(&key, PSA_ALG_ECDSA_ANY, hash, sizeof hash, signature, 2u * curve->order_length,
                                           PSA_SUCCESS) > 0);
        signature[3] ^= 1;
        assert_true(expect_verify_prepared(&key, PSA_ALG_ECDSA_ANY, hash, sizeof hash, signature, 2u * curve->order_length,
                                           PSA_ERROR_INVALID_SIGNATURE) > 0);
    }
}

/* Neither signing alone nor a public key without multiples has something to keep. */
static void nothing_prepared(void **state)
{
    static const uint8_t bytes[97] = { 4 };
    psa_key_attributes_t attributes;
    struct psacrypto_key pair = test_key(&attributes, P256_PAIR, 256, bytes, 32);
    (void)state;
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH);
    assert_int_equal(psacrypto_software_driver.prepared_size(NULL, &pair, PSA_ALG_ECDSA_ANY), 0);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_true(psacrypto_software_driver.prepared_size(NULL, &pair, PSA_ALG_ECDSA_ANY) > 0);
    struct psacrypto_key public_key = test_key(&attributes, P256_PUBLIC, 384, bytes, 97);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
    assert_int_equal(psacrypto_software_driver.prepared_size(NULL, &public_key, PSA_ALG_ECDSA_ANY), 0);
}

/* The signature may be written over the hash. */
static void overlap(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    const psa_algorithm_t alg = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);
    uint8_t private_key[32], apart[64], buffer[64 + 32];
    (void)state;
    decode(private_key, 32, rfc6979_key);
    for (size_t offset = 0; offset <= 64; offset += 8) {
        memset(buffer, 0x5a, sizeof buffer);
        assert_int_equal(sign(row, alg, private_key, buffer + offset, 32, apart), PSA_SUCCESS);
        assert_int_equal(sign(row, alg, private_key, buffer + offset, 32, buffer), PSA_SUCCESS);
        assert_memory_equal(apart, buffer, 64);
    }
}

/* ---- Randomness that fails ---- */

static void random_fails(void **state)
{
    const struct test_curve *row = test_curve_find("P-256");
    uint8_t private_key[32], public_key[65], hash[32] = { 3 }, signature[64];
    (void)state;
    decode(private_key, 32, rfc6979_key);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, signature), PSA_SUCCESS);
    assert_int_equal(row->curve.arithmetic->public_key(&row->curve, public_key, private_key), PSA_SUCCESS);

    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    uint8_t untouched[64];
    memset(untouched, 0xa5, 64);
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, untouched), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(untouched[0], 0xa5);
    /* Where the nonce is no question, nothing is blinded either. */
    uint8_t key_384[48] = { 0x44 }, signature_384[96];
    assert_int_equal(sign(test_curve_find("P-384"), PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), key_384, hash, 32, signature_384),
                     PSA_SUCCESS);
    assert_int_equal(sign(row, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), private_key, hash, 32, untouched), PSA_SUCCESS);
    /* A public operation needs none. */
    assert_int_equal(verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, signature, 64), PSA_SUCCESS);
    test_random.status = PSA_SUCCESS;

    /* A source that is stuck where no candidate is in range ends in an error, not in a loop. */
    test_random.stuck = 0xff;
    assert_int_equal(sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, untouched), PSA_ERROR_CORRUPTION_DETECTED);
    test_random.stuck = -1;
}

/* ---- r = 0 or s = 0, which no real curve shows: arithmetic that answers as told ---- */

static int zeros_left;
static uint8_t nonces_seen[16][32];
static int signs;

static psa_status_t fake_sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key, const uint8_t *nonce,
                              const uint8_t *e)
{
    (void)private_key;
    (void)e;
    memcpy(nonces_seen[signs++], nonce, 32);
    memset(signature, 0x11, 2u * curve->order_length);
    if (zeros_left > 0) {
        memset(signature + (size_t)(zeros_left % 2) * curve->order_length, 0, curve->order_length);
        zeros_left--;
    }
    return PSA_SUCCESS;
}

static psa_status_t fake_sign_run(int zeros, const struct sw_hash *nonce_hash, uint8_t *signature)
{
    struct sw_curve curve = test_curve_find("P-256")->curve;
    struct sw_curve_arithmetic arithmetic = *curve.arithmetic;
    uint8_t private_key[32] = { 0 }, hash[32] = { 5 };
    private_key[31] = 1;
    arithmetic.sign = fake_sign;
    curve.arithmetic = &arithmetic;
    zeros_left = zeros;
    signs = 0;
    return sw_ecdsa_sign(&curve, signature, private_key, nonce_hash, hash, 32);
}

static void zero_is_retried(void **state)
{
    const struct sw_hash *hashes[] = { NULL, sw_hash_find(PSA_ALG_SHA_256) };
    uint8_t signature[64];
    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(fake_sign_run(2, hashes[i], signature), PSA_SUCCESS);
        assert_int_equal(signs, 3);
        assert_memory_not_equal(nonces_seen[0], nonces_seen[1], 32);
        assert_memory_not_equal(nonces_seen[1], nonces_seen[2], 32);
        assert_int_equal(signature[0], 0x11);
        memset(signature, 0xa5, sizeof signature);
        assert_int_equal(fake_sign_run(1000, hashes[i], signature), PSA_ERROR_CORRUPTION_DETECTED);
        assert_int_equal(signature[0], 0xa5);
    }
}

/* ---- Out of memory ---- */

static psa_status_t sign_and_verify(const struct test_curve *row)
{
    const struct sw_curve *curve = &row->curve;
    uint8_t private_key[SW_CURVE_LENGTH_MAX] = { 0 }, public_key[SW_CURVE_POINT_MAX], hash[32] = { 4 };
    uint8_t signature[SW_CURVE_SIGNATURE_MAX];
    private_key[1] = 0x21;
    generic_base_close(); /* from a clean start: the multiples of the base point are made again */
    psa_status_t status = curve->arithmetic->public_key(curve, public_key, private_key);
    if (status == PSA_SUCCESS) {
        generic_base_close();
        status = sign(row, PSA_ALG_ECDSA_ANY, private_key, hash, 32, signature);
    }
    if (status == PSA_SUCCESS) {
        generic_base_close();
        status = verify(row, PSA_ALG_ECDSA_ANY, public_key, hash, 32, signature, 2u * curve->order_length);
    }
    return status;
}

/* Without the memory for them it works all the same. */
static void out_of_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i += slow_step(4)) {
        const struct test_curve *row = test_curve_find(test_curves[i].names[0]);
        if (row->curve.arithmetic != &sw_generic) {
            continue;
        }
        for (long k = 0; k <= 3; k++) {
            platform_test_fail_allocation(k);
            assert_int_equal(sign_and_verify(row), PSA_SUCCESS);
            assert_true(k == 0 || platform_test_allocations() >= k);
            platform_test_fail_allocation(0);
        }
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
        cmocka_unit_test(verify_refusals),
        cmocka_unit_test(verify_negated_s),
        cmocka_unit_test(entries),
        cmocka_unit_test(prepared_pairs),
        cmocka_unit_test(nothing_prepared),
        cmocka_unit_test(overlap),
        cmocka_unit_test(random_fails),
        cmocka_unit_test(zero_is_retried),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
