/* SPDX-License-Identifier: Apache-2.0 */
/* Key wrapping beside every other library that has it: keys of all lengths. */
#include "differential/differential.h"

#define ROW(alg, cipher, key, shortest, granularity, others) \
    {#alg " " #cipher " " #key, PSA_ALG_##alg, PSA_KEY_TYPE_##cipher, key, key, 0, 0, 0, 32, shortest, 512, granularity, others}
#define SIZES(alg, cipher, shortest, granularity, others) \
    ROW(alg, cipher, 16, shortest, granularity, others), ROW(alg, cipher, 24, shortest, granularity, others), \
        ROW(alg, cipher, 32, shortest, granularity, others)

static const struct subject wraps[] = {
    SIZES(KW, AES, 16, 8, OPENSSL | GCRYPT | NETTLE | BOTAN),
    SIZES(KW, ARIA, 16, 8, OPENSSL),
    SIZES(KW, CAMELLIA, 16, 8, OPENSSL | GCRYPT | NETTLE),
    ROW(KW, SM4, 16, 16, 8, OPENSSL | GCRYPT),
    SIZES(KWP, AES, 1, 0, OPENSSL),
    SIZES(KWP, ARIA, 1, 0, OPENSSL),
    SIZES(KWP, CAMELLIA, 1, 0, OPENSSL),
    ROW(KWP, SM4, 16, 1, 0, OPENSSL),
};

static void test_wraps(void **state)
{
    (void)state;
    differential(PEER_WRAP, wraps, sizeof wraps / sizeof wraps[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wraps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
