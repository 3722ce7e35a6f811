/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivations beside every other library that has them: every cut of the output. */
#include "differential/differential.h"

/* A row for each hash that HMAC takes; others: of those that have the construction. */
#define HASHES(ROW, others) \
    ROW(MD2, 16, (others) & NETTLE), ROW(MD4, 16, others), ROW(MD5, 16, others), ROW(RIPEMD160, 20, others), ROW(SHA_1, 20, others), \
        ROW(SHA_224, 28, others), ROW(SHA_256, 32, others), ROW(SHA_384, 48, others), ROW(SHA_512, 64, others), \
        ROW(SHA_512_224, 28, (others) & ~(unsigned)BOTAN), ROW(SHA_512_256, 32, others), ROW(SM3, 32, others), ROW(SHA3_224, 28, others), \
        ROW(SHA3_256, 32, others), ROW(SHA3_384, 48, others), ROW(SHA3_512, 64, others), \
        ROW(BLAKE2B_HASH512, 64, (others) & ~(unsigned)NETTLE), ROW(BLAKE2S_HASH256, 32, (others) & (OPENSSL | GCRYPT))

/* The output's lengths go around the hash's. */
#define HKDF(hash, length, others) \
    {"HKDF " #hash, PSA_ALG_HKDF(PSA_ALG_##hash), PSA_KEY_TYPE_DERIVE, 1, 100, 0, 90, 70, length, 1, 600, 0, others}
#define EXTRACT(hash, length, others) \
    {"HKDF-Extract " #hash, PSA_ALG_HKDF_EXTRACT(PSA_ALG_##hash), PSA_KEY_TYPE_DERIVE, 1, 100, 0, 90, 0, length, length, length, 0, others}
#define EXPAND(hash, length, others) \
    {"HKDF-Expand " #hash, PSA_ALG_HKDF_EXPAND(PSA_ALG_##hash), PSA_KEY_TYPE_DERIVE, length, length, 0, 0, 70, length, 1, 600, 0, others}
#define PBKDF2(hash, length, others) \
    {"PBKDF2 " #hash, PSA_ALG_PBKDF2_HMAC(PSA_ALG_##hash), PSA_KEY_TYPE_PASSWORD, 1, 150, 1, 90, 0, length, 1, 400, 0, others}
#define PRF(hash, length, others) \
    {"TLS 1.2 PRF " #hash, PSA_ALG_TLS12_PRF(PSA_ALG_##hash), PSA_KEY_TYPE_DERIVE, 1, 100, 1, 20, 70, length, 1, 400, 0, others}
#define PSK(hash, length, others) \
    {"TLS 1.2 PSK " #hash, PSA_ALG_TLS12_PSK_TO_MS(PSA_ALG_##hash), PSA_KEY_TYPE_DERIVE, 1, 100, 1, 20, 70, length, 48, 48, 0, others}
#define COUNTER(hash, length, others) \
    {"SP 800-108 " #hash, PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_##hash), PSA_KEY_TYPE_HMAC, 1, 100, 1, 20, 70, length, 1, 400, 0, others}
#define COUNTER_CMAC(cipher, key) \
    {"SP 800-108 CMAC " #cipher, PSA_ALG_SP800_108_COUNTER_CMAC, PSA_KEY_TYPE_##cipher, key, key, 1, 20, 70, 16, 1, 400, 0, OPENSSL}

static const struct subject hkdf[] = {HASHES(HKDF, OPENSSL | NETTLE | BOTAN), HASHES(EXTRACT, OPENSSL | NETTLE | BOTAN), HASHES(EXPAND, OPENSSL | NETTLE | BOTAN)};
static const struct subject pbkdf2[] = {
    HASHES(PBKDF2, OPENSSL | GCRYPT | NETTLE | BOTAN),
    {"PBKDF2 AES-CMAC", PSA_ALG_PBKDF2_AES_CMAC_PRF_128, PSA_KEY_TYPE_PASSWORD, 1, 40, 1, 90, 0, 16, 1, 400, 0, NETTLE | BOTAN},
};
static const struct subject tls12[] = {HASHES(PRF, OPENSSL | BOTAN), HASHES(PSK, OPENSSL | BOTAN)};
static const struct subject sp800_108[] = {
    HASHES(COUNTER, OPENSSL | BOTAN), COUNTER_CMAC(AES, 16),      COUNTER_CMAC(AES, 24),      COUNTER_CMAC(AES, 32),
    COUNTER_CMAC(ARIA, 16),           COUNTER_CMAC(ARIA, 24),     COUNTER_CMAC(ARIA, 32),     COUNTER_CMAC(CAMELLIA, 16),
    COUNTER_CMAC(CAMELLIA, 24),       COUNTER_CMAC(CAMELLIA, 32), COUNTER_CMAC(SM4, 16),
};

#define TEST(name) \
    static void test_##name(void **state) \
    { \
        (void)state; \
        differential(PEER_DERIVATION, name, sizeof name / sizeof name[0]); \
    }

TEST(hkdf)
TEST(pbkdf2)
TEST(tls12)
TEST(sp800_108)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hkdf),
        cmocka_unit_test(test_pbkdf2),
        cmocka_unit_test(test_tls12),
        cmocka_unit_test(test_sp800_108),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
