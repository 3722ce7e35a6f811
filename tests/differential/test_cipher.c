/* SPDX-License-Identifier: Apache-2.0 */
/* Unauthenticated ciphers beside every other library that has them. */
#include "differential/differential.h"

#define LONGEST 2500
#define ALL (OPENSSL | GCRYPT | NETTLE | BOTAN)

/* One row for each key size. */
#define ROW(alg, cipher, key, iv, block, shortest, granularity, others) \
    {#alg " " #cipher " " #key " IV " #iv, PSA_ALG_##alg, PSA_KEY_TYPE_##cipher, key, key, iv, iv, 0, block, shortest, LONGEST, granularity, others}
#define SIZES(alg, cipher, iv, shortest, granularity, others) \
    ROW(alg, cipher, 16, iv, 16, shortest, granularity, others), ROW(alg, cipher, 24, iv, 16, shortest, granularity, others), \
        ROW(alg, cipher, 32, iv, 16, shortest, granularity, others)

/* A mode over the 128-bit ciphers; nettle has neither ARIA nor SM4, libgcrypt no ARIA. */
#define WIDE(alg, iv, granularity, without) \
    SIZES(alg, AES, iv, 0, granularity, ALL & ~(without)), SIZES(alg, ARIA, iv, 0, granularity, (OPENSSL | BOTAN) & ~(without)), \
        SIZES(alg, CAMELLIA, iv, 0, granularity, ALL & ~(without)), ROW(alg, SM4, 16, iv, 16, 0, granularity, (OPENSSL | GCRYPT | BOTAN) & ~(without))
#define NARROW(alg, iv, granularity, without) \
    ROW(alg, DES, 8, iv, 8, 0, granularity, ALL & ~(without)), ROW(alg, DES, 16, iv, 8, 0, granularity, ALL & ~(without)), \
        ROW(alg, DES, 24, iv, 8, 0, granularity, ALL & ~(without))

static const struct subject block_modes[] = {
    WIDE(ECB_NO_PADDING, 0, 16, 0u), NARROW(ECB_NO_PADDING, 0, 8, 0u), WIDE(CBC_NO_PADDING, 16, 16, 0u), NARROW(CBC_NO_PADDING, 8, 8, 0u),
    WIDE(CBC_PKCS7, 16, 0, 0u),      NARROW(CBC_PKCS7, 8, 0, 0u),
};

/* OpenSSL has no CTR of DES, this library none of two-key triple DES; nettle has no OFB. */
static const struct subject stream_modes[] = {
    WIDE(CTR, 16, 0, 0u),         ROW(CTR, DES, 8, 8, 8, 0, 0, ALL & ~OPENSSL), ROW(CTR, DES, 24, 8, 8, 0, 0, ALL & ~OPENSSL), WIDE(CFB, 16, 0, 0u), NARROW(CFB, 8, 0, 0u),
    WIDE(OFB, 16, 0, NETTLE),     NARROW(OFB, 8, 0, NETTLE),
};

static const struct subject ccm_star[] = {
    SIZES(CCM_STAR_NO_TAG, AES, 13, 0, 0, ALL), SIZES(CCM_STAR_NO_TAG, ARIA, 13, 0, 0, OPENSSL | BOTAN),
    SIZES(CCM_STAR_NO_TAG, CAMELLIA, 13, 0, 0, GCRYPT | NETTLE | BOTAN), ROW(CCM_STAR_NO_TAG, SM4, 16, 13, 16, 0, 0, GCRYPT | BOTAN),
};

/* Two keys; OpenSSL has AES-128 and AES-256 alone here. */
static const struct subject xts[] = {
    ROW(XTS, AES, 32, 16, 16, 16, 0, ALL),
    ROW(XTS, AES, 48, 16, 16, 16, 0, GCRYPT | NETTLE | BOTAN),
    ROW(XTS, AES, 64, 16, 16, 16, 0, ALL),
    ROW(XTS, ARIA, 32, 16, 16, 16, 0, BOTAN),
    ROW(XTS, ARIA, 48, 16, 16, 16, 0, BOTAN),
    ROW(XTS, ARIA, 64, 16, 16, 16, 0, BOTAN),
    ROW(XTS, CAMELLIA, 32, 16, 16, 16, 0, GCRYPT | NETTLE | BOTAN),
    ROW(XTS, CAMELLIA, 48, 16, 16, 16, 0, GCRYPT | NETTLE | BOTAN),
    ROW(XTS, CAMELLIA, 64, 16, 16, 16, 0, GCRYPT | NETTLE | BOTAN),
    ROW(XTS, SM4, 32, 16, 16, 16, 0, GCRYPT | BOTAN),
};

/* Each form of the IV: nonce alone, of the original or of RFC 8439, and with a counter. */
static const struct subject streams[] = {
    {"ARC4", PSA_ALG_STREAM_CIPHER, PSA_KEY_TYPE_ARC4, 5, 250, 0, 0, 0, 64, 0, LONGEST, 0, ALL},
    ROW(STREAM_CIPHER, CHACHA20, 32, 8, 64, 0, 0, ALL | SODIUM),
    ROW(STREAM_CIPHER, CHACHA20, 32, 12, 64, 0, 0, ALL | SODIUM),
    ROW(STREAM_CIPHER, CHACHA20, 32, 16, 64, 0, 0, OPENSSL | GCRYPT | NETTLE | SODIUM),
    ROW(STREAM_CIPHER, XCHACHA20, 32, 24, 64, 0, 0, BOTAN | SODIUM),
    ROW(STREAM_CIPHER, XCHACHA20, 32, 32, 64, 0, 0, SODIUM),
};

#define TEST(name) \
    static void test_##name(void **state) \
    { \
        (void)state; \
        differential(PEER_CIPHER, name, sizeof name / sizeof name[0]); \
    }

TEST(block_modes)
TEST(stream_modes)
TEST(ccm_star)
TEST(xts)
TEST(streams)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_block_modes), cmocka_unit_test(test_stream_modes), cmocka_unit_test(test_ccm_star),
        cmocka_unit_test(test_xts),         cmocka_unit_test(test_streams),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
