/* SPDX-License-Identifier: Apache-2.0 */
/* MACs beside every other library that has them. CBC-MAC is made from the others' CBC (peers.c). */
#include "differential/differential.h"

#define LONGEST 2000
#define HMAC(alg, block, others) \
    {"HMAC " #alg, PSA_ALG_HMAC(PSA_ALG_##alg), PSA_KEY_TYPE_HMAC, 1, 200, 0, 0, 0, block, 0, LONGEST, 0, others}

static const struct subject hmacs[] = {
    HMAC(MD2, 16, NETTLE),
    HMAC(MD4, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(MD5, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(RIPEMD160, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA_1, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA_224, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA_256, 64, OPENSSL | GCRYPT | NETTLE | BOTAN | SODIUM),
    HMAC(SHA_384, 128, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA_512, 128, OPENSSL | GCRYPT | NETTLE | BOTAN | SODIUM),
    HMAC(SHA_512_224, 128, OPENSSL | GCRYPT | NETTLE),
    HMAC(SHA_512_256, 128, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SM3, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA3_224, 144, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA3_256, 136, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA3_384, 104, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(SHA3_512, 72, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HMAC(BLAKE2B_HASH512, 128, OPENSSL | GCRYPT | BOTAN),
    HMAC(BLAKE2S_HASH256, 64, OPENSSL | GCRYPT),
};

#define BLOCK_MAC(mac, cipher, key, block, others) \
    {#mac " " #cipher " " #key, PSA_ALG_##mac, PSA_KEY_TYPE_##cipher, key, key, 0, 0, 0, block, 0, LONGEST, 0, others}
#define BLOCK_MACS(mac) \
    BLOCK_MAC(mac, AES, 16, 16, OPENSSL | GCRYPT | NETTLE | BOTAN), \
    BLOCK_MAC(mac, AES, 24, 16, OPENSSL | GCRYPT | NETTLE | BOTAN), \
    BLOCK_MAC(mac, AES, 32, 16, OPENSSL | GCRYPT | NETTLE | BOTAN), \
    BLOCK_MAC(mac, ARIA, 16, 16, OPENSSL | BOTAN), \
    BLOCK_MAC(mac, ARIA, 24, 16, OPENSSL | BOTAN), \
    BLOCK_MAC(mac, ARIA, 32, 16, OPENSSL | BOTAN), \
    BLOCK_MAC(mac, CAMELLIA, 16, 16, OPENSSL | GCRYPT | NETTLE | BOTAN), \
    BLOCK_MAC(mac, CAMELLIA, 24, 16, OPENSSL | GCRYPT | NETTLE | BOTAN), \
    BLOCK_MAC(mac, CAMELLIA, 32, 16, OPENSSL | GCRYPT | NETTLE | BOTAN), \
    BLOCK_MAC(mac, SM4, 16, 16, OPENSSL | GCRYPT | BOTAN), \
    BLOCK_MAC(mac, DES, 16, 8, OPENSSL | GCRYPT | NETTLE | BOTAN), \
    BLOCK_MAC(mac, DES, 24, 8, OPENSSL | GCRYPT | NETTLE | BOTAN)

static const struct subject block_macs[] = {
    BLOCK_MACS(CMAC),
    BLOCK_MACS(CBC_MAC),
    BLOCK_MAC(CMAC, DES, 8, 8, OPENSSL | NETTLE | BOTAN),
    BLOCK_MAC(CBC_MAC, DES, 8, 8, OPENSSL | GCRYPT | NETTLE | BOTAN),
};

#define BLAKE2(alg, key, block, others) \
    {"keyed " #alg, PSA_ALG_BLAKE2_MAC(PSA_ALG_##alg), PSA_KEY_TYPE_BLAKE2, 16, key, 0, 0, 0, block, 0, LONGEST, 0, others}

static const struct subject blake2s[] = {
    BLAKE2(BLAKE2B_HASH512, 64, 128, OPENSSL | GCRYPT | SODIUM | B2),
    BLAKE2(BLAKE2S_HASH256, 32, 64, OPENSSL | GCRYPT | B2),
    BLAKE2(BLAKE2BP_HASH512, 64, 128, B2),
    BLAKE2(BLAKE2SP_HASH256, 32, 64, B2),
};

static void test_hmac(void **state)
{
    (void)state;
    differential(PEER_MAC, hmacs, sizeof hmacs / sizeof hmacs[0]);
}

static void test_block_macs(void **state)
{
    (void)state;
    differential(PEER_MAC, block_macs, sizeof block_macs / sizeof block_macs[0]);
}

static void test_blake2(void **state)
{
    (void)state;
    differential(PEER_MAC, blake2s, sizeof blake2s / sizeof blake2s[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hmac), cmocka_unit_test(test_block_macs), cmocka_unit_test(test_blake2)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
