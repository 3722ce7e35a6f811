/* SPDX-License-Identifier: Apache-2.0 */
/* AEADs beside every other library that has them: every length of nonce and tag that they share. */
#include "differential/differential.h"

#define LONGEST 2500
#define ROW(alg, cipher, key, iv_min, iv_max, block, others) \
    {#alg " " #cipher " " #key, PSA_ALG_##alg, PSA_KEY_TYPE_##cipher, key, key, iv_min, iv_max, 40, block, 0, LONGEST, 0, others}
#define SIZES(alg, cipher, iv_min, iv_max, others) \
    ROW(alg, cipher, 16, iv_min, iv_max, 16, others), ROW(alg, cipher, 24, iv_min, iv_max, 16, others), ROW(alg, cipher, 32, iv_min, iv_max, 16, others)

/* OpenSSL has these modes of AES and ARIA alone, libgcrypt no ARIA, nettle neither ARIA nor SM4. */
#define ALL_CIPHERS(alg, iv_min, iv_max) \
    SIZES(alg, AES, iv_min, iv_max, OPENSSL | GCRYPT | NETTLE | BOTAN), SIZES(alg, ARIA, iv_min, iv_max, OPENSSL | BOTAN), \
        SIZES(alg, CAMELLIA, iv_min, iv_max, GCRYPT | NETTLE | BOTAN), ROW(alg, SM4, 16, iv_min, iv_max, 16, GCRYPT | BOTAN)

static const struct subject gcm[] = {ALL_CIPHERS(GCM, 1, 40)};
static const struct subject ccm[] = {ALL_CIPHERS(CCM, 7, 13)};
static const struct subject chacha[] = {
    ROW(CHACHA20_POLY1305, CHACHA20, 32, 12, 12, 64, OPENSSL | GCRYPT | NETTLE | BOTAN | SODIUM),
    ROW(XCHACHA20_POLY1305, XCHACHA20, 32, 24, 24, 64, BOTAN | SODIUM),
};

static void test_gcm(void **state)
{
    (void)state;
    differential(PEER_AEAD, gcm, sizeof gcm / sizeof gcm[0]);
}

static void test_ccm(void **state)
{
    (void)state;
    differential(PEER_AEAD, ccm, sizeof ccm / sizeof ccm[0]);
}

static void test_chacha(void **state)
{
    (void)state;
    differential(PEER_AEAD, chacha, sizeof chacha / sizeof chacha[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_gcm), cmocka_unit_test(test_ccm), cmocka_unit_test(test_chacha)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
