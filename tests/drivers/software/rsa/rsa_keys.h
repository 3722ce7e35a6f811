/* SPDX-License-Identifier: Apache-2.0 */
/* RSA keys of OpenSSL and of vector files, as the driver is given them. */
#ifndef TESTS_DRIVERS_SOFTWARE_RSA_RSA_KEYS_H
#define TESTS_DRIVERS_SOFTWARE_RSA_RSA_KEYS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "../services.h"

#define TEST_RSA_DER_MAX 4700

struct test_rsa {
    EVP_PKEY *openssl;
    size_t bits;
    uint8_t pair[TEST_RSA_DER_MAX];
    size_t pair_length; /* 0: a public key */
    uint8_t public_key[1100];
    size_t public_length;
};

static inline void test_rsa_encode(struct test_rsa *key)
{
    RSA *rsa = EVP_PKEY_get1_RSA(key->openssl);
    uint8_t *at = key->public_key;
    assert_non_null(rsa);
    key->bits = (size_t)RSA_bits(rsa);
    key->public_length = (size_t)i2d_RSAPublicKey(rsa, &at);
    at = key->pair;
    key->pair_length = RSA_get0_d(rsa) == NULL ? 0 : (size_t)i2d_RSAPrivateKey(rsa, &at);
    RSA_free(rsa);
}

static inline void test_rsa_take(struct test_rsa *key, RSA *rsa)
{
    assert_non_null(rsa);
    key->openssl = EVP_PKEY_new();
    assert_int_equal(EVP_PKEY_assign_RSA(key->openssl, rsa), 1);
    test_rsa_encode(key);
}

static inline void test_rsa_generate(struct test_rsa *key, int bits, unsigned long exponent)
{
    BIGNUM *e = BN_new();
    RSA *rsa = RSA_new();
    assert_int_equal(BN_set_word(e, exponent), 1);
    assert_int_equal(RSA_generate_key_ex(rsa, bits, e, NULL), 1);
    BN_free(e);
    test_rsa_take(key, rsa);
}

/* PKCS#8, or RSAPrivateKey. */
static inline void test_rsa_from_private(struct test_rsa *key, const uint8_t *der, size_t length)
{
    const uint8_t *at = der;
    key->openssl = d2i_AutoPrivateKey(NULL, &at, (long)length);
    assert_non_null(key->openssl);
    test_rsa_encode(key);
}

static inline void test_rsa_from_public(struct test_rsa *key, const uint8_t *der, size_t length)
{
    const uint8_t *at = der;
    test_rsa_take(key, d2i_RSAPublicKey(NULL, &at, (long)length));
}

/* From e, p and q in decimal, or hexadecimal with 0x in front. */
static inline void test_rsa_from_primes(struct test_rsa *key, const char *e_text, const char *p_text, const char *q_text)
{
    BIGNUM *e = NULL, *p = NULL, *q = NULL;
    BIGNUM *n = BN_new(), *d = BN_new(), *dp = BN_new(), *dq = BN_new(), *qinv = BN_new(), *p1 = BN_new(), *q1 = BN_new(), *phi = BN_new();
    BN_CTX *context = BN_CTX_new();
    RSA *rsa = RSA_new();
    assert_true(BN_asc2bn(&e, e_text) && BN_asc2bn(&p, p_text) && BN_asc2bn(&q, q_text));
    assert_true(BN_mul(n, p, q, context) && BN_sub(p1, p, BN_value_one()) && BN_sub(q1, q, BN_value_one()) &&
                BN_mul(phi, p1, q1, context));
    assert_true(BN_mod_inverse(d, e, phi, context) && BN_mod(dp, d, p1, context) && BN_mod(dq, d, q1, context) &&
                BN_mod_inverse(qinv, q, p, context));
    assert_true(RSA_set0_key(rsa, n, e, d) && RSA_set0_factors(rsa, p, q) && RSA_set0_crt_params(rsa, dp, dq, qinv));
    BN_free(p1);
    BN_free(q1);
    BN_free(phi);
    BN_CTX_free(context);
    test_rsa_take(key, rsa);
}

static inline void test_rsa_free(struct test_rsa *key)
{
    EVP_PKEY_free(key->openssl);
}

static inline struct psacrypto_key test_rsa_pair(const struct test_rsa *key, psa_key_attributes_t *attributes)
{
    return test_key(attributes, PSA_KEY_TYPE_RSA_KEY_PAIR, key->bits, key->pair, key->pair_length);
}

static inline struct psacrypto_key test_rsa_public(const struct test_rsa *key, psa_key_attributes_t *attributes)
{
    return test_key(attributes, PSA_KEY_TYPE_RSA_PUBLIC_KEY, key->bits, key->public_key, key->public_length);
}

/* ---- Hashes ---- */

struct test_hash {
    const char *name; /* in vector files */
    const char *openssl;
    psa_algorithm_t alg;
};

static const struct test_hash test_hashes[] = {
    { "MD5", "MD5", PSA_ALG_MD5 },
    { "RIPEMD-160", "RIPEMD-160", PSA_ALG_RIPEMD160 },
    { "SHA-1", "SHA1", PSA_ALG_SHA_1 },
    { "SHA-224", "SHA224", PSA_ALG_SHA_224 },
    { "SHA-256", "SHA256", PSA_ALG_SHA_256 },
    { "SHA-384", "SHA384", PSA_ALG_SHA_384 },
    { "SHA-512", "SHA512", PSA_ALG_SHA_512 },
    { "SHA-512/224", "SHA512-224", PSA_ALG_SHA_512_224 },
    { "SHA-512/256", "SHA512-256", PSA_ALG_SHA_512_256 },
    { "SHA3-224", "SHA3-224", PSA_ALG_SHA3_224 },
    { "SHA3-256", "SHA3-256", PSA_ALG_SHA3_256 },
    { "SHA3-384", "SHA3-384", PSA_ALG_SHA3_384 },
    { "SHA3-512", "SHA3-512", PSA_ALG_SHA3_512 },
};

#define TEST_HASHES (sizeof test_hashes / sizeof test_hashes[0])

static inline const struct test_hash *test_hash_find(const char *name)
{
    for (size_t i = 0; i < TEST_HASHES; i++) {
        if (strcmp(test_hashes[i].name, name) == 0) {
            return &test_hashes[i];
        }
    }
    fail_msg("no hash %s", name);
    return NULL;
}

static inline size_t test_hash(psa_algorithm_t alg, uint8_t *digest, const uint8_t *message, size_t length)
{
    size_t digest_length = 0;
    assert_int_equal(sw_hash_entries.compute(NULL, alg, message, length, digest, 64, &digest_length), PSA_SUCCESS);
    return digest_length;
}

static inline int test_quick(void)
{
    return getenv("PSACRYPTO_TEST_QUICK") != NULL;
}

#endif
