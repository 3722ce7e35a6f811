/* SPDX-License-Identifier: Apache-2.0 */
/* Hashes and XOFs beside every other library that has them. */
#include "differential/differential.h"

#define LONGEST 6000
#define HASH(alg, block, others) {#alg, PSA_ALG_##alg, 0, 0, 0, 0, 0, 0, block, 0, LONGEST, 0, others}

static const struct subject hashes[] = {
    HASH(MD2, 16, NETTLE),
    HASH(MD4, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(MD5, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(RIPEMD160, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHA_1, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHA_224, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHA_256, 64, OPENSSL | GCRYPT | NETTLE | BOTAN | SODIUM),
    HASH(SHA_256_192, 64, OPENSSL | GCRYPT | NETTLE | BOTAN | SODIUM),
    HASH(SHA_384, 128, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHA_512, 128, OPENSSL | GCRYPT | NETTLE | BOTAN | SODIUM),
    HASH(SHA_512_224, 128, OPENSSL | GCRYPT | NETTLE),
    HASH(SHA_512_256, 128, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SM3, 64, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(BLAKE2B_HASH512, 128, OPENSSL | GCRYPT | BOTAN | SODIUM | B2),
    HASH(BLAKE2S_HASH256, 64, OPENSSL | GCRYPT | B2),
    HASH(BLAKE2BP_HASH512, 128, B2),
    HASH(BLAKE2SP_HASH256, 64, B2),
};

static const struct subject sponges[] = {
    HASH(SHA3_224, 144, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHA3_256, 136, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHA3_384, 104, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHA3_512, 72, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHAKE128_256, 168, OPENSSL | GCRYPT | BOTAN),
    HASH(SHAKE256_192, 136, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHAKE256_256, 136, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHAKE256_512, 136, OPENSSL | GCRYPT | NETTLE | BOTAN),
    HASH(SHAKE128, 168, OPENSSL | GCRYPT | BOTAN),
    HASH(SHAKE256, 136, OPENSSL | GCRYPT | NETTLE | BOTAN),
};

static void test_hashes(void **state)
{
    (void)state;
    differential(PEER_HASH, hashes, sizeof hashes / sizeof hashes[0]);
}

static void test_sponges(void **state)
{
    (void)state;
    differential(PEER_HASH, sponges, sizeof sponges / sizeof sponges[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hashes), cmocka_unit_test(test_sponges)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
