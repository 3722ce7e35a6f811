/* SPDX-License-Identifier: Apache-2.0 */
/* The private operation with primes of all lengths, in limbs of both widths; those of 32 bits with the short tables of builds without a
 * heap. Its check of the result is the proof: what is not the power is PSA_ERROR_CORRUPTION_DETECTED. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/bn.h>
#include <openssl/rand.h>

#include "montgomery_ways.h"
#include "support/quick.h"

struct pair {
    uint8_t n[MATH_BIGNUM_MAX], d[MATH_BIGNUM_MAX], p[MATH_BIGNUM_MAX / 2u], q[MATH_BIGNUM_MAX / 2u];
    uint8_t dp[MATH_BIGNUM_MAX / 2u], dq[MATH_BIGNUM_MAX / 2u], qinv[MATH_BIGNUM_MAX / 2u];
};

static const uint8_t e[3] = { 1, 0, 1 };

static BN_CTX *context;

static struct math_integer take(uint8_t *bytes, const BIGNUM *number)
{
    return (struct math_integer){ bytes, (size_t)BN_bn2bin(number, bytes) };
}

/* p and q do not have e in p - 1 and q - 1. */
static void draw_prime(BIGNUM *prime, BIGNUM *less_one, int bits)
{
    do {
        assert_int_equal(BN_generate_prime_ex(prime, bits, 0, NULL, NULL, NULL), 1);
        assert_true(BN_sub(less_one, prime, BN_value_one()));
    } while (BN_mod_word(less_one, 65537) == 0);
}

static struct math_rsa_key draw_pair(struct pair *pair, int p_bits, int q_bits)
{
    BN_CTX_start(context);
    BIGNUM *p = BN_CTX_get(context), *q = BN_CTX_get(context), *p1 = BN_CTX_get(context), *q1 = BN_CTX_get(context);
    BIGNUM *n = BN_CTX_get(context), *d = BN_CTX_get(context), *x = BN_CTX_get(context), *exponent = BN_CTX_get(context);
    assert_non_null(exponent);
    draw_prime(p, p1, p_bits);
    draw_prime(q, q1, q_bits);
    BN_mul(n, p, q, context);
    BN_mul(x, p1, q1, context);
    BN_bin2bn(e, sizeof e, exponent);
    assert_non_null(BN_mod_inverse(d, exponent, x, context));
    struct math_rsa_key key = { .n = take(pair->n, n), .e = { e, sizeof e }, .d = take(pair->d, d), .p = take(pair->p, p), .q = take(pair->q, q) };
    BN_mod(x, d, p1, context);
    key.dp = take(pair->dp, x);
    BN_mod(x, d, q1, context);
    key.dq = take(pair->dq, x);
    assert_non_null(BN_mod_inverse(x, q, p, context));
    key.qinv = take(pair->qinv, x);
    BN_CTX_end(context);
    return key;
}

/* input^d mod n */
static void expected_power(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input)
{
    BN_CTX_start(context);
    BIGNUM *n = BN_CTX_get(context), *d = BN_CTX_get(context), *x = BN_CTX_get(context);
    BN_bin2bn(key->n.data, (int)key->n.length, n);
    BN_bin2bn(key->d.data, (int)key->d.length, d);
    BN_bin2bn(input, (int)key->n.length, x);
    assert_int_equal(BN_mod_exp(x, x, d, n, context), 1);
    assert_int_equal(BN_bn2binpad(x, output, (int)key->n.length), (int)key->n.length);
    BN_CTX_end(context);
}

static void check_pair(int p_bits, int q_bits)
{
    static struct pair pair;
    uint8_t input[MATH_BIGNUM_MAX], output[MATH_BIGNUM_MAX], expected[MATH_BIGNUM_MAX];
    struct math_rsa_key key = draw_pair(&pair, p_bits, q_bits);
    assert_int_equal(RAND_bytes(input, (int)key.n.length), 1);
    input[0] = 0;
    expected_power(&key, expected, input);
    assert_int_equal(math_rsa_private(&key, output, input), PSA_SUCCESS);
    assert_memory_equal(output, expected, key.n.length);
    assert_int_equal(montgomery_limbs32.rsa_private(&key, output, input), PSA_SUCCESS);
    assert_memory_equal(output, expected, key.n.length);
}

/* On both sides of the lengths at which tables become shorter: 512, 1024 and 2048 bits, and far apart. */
static void primes_of_two_lengths(void **state)
{
    static const int lengths[][2] = {
        { 1028, 1020 }, { 511, 513 }, { 520, 504 }, { 513, 511 }, { 1020, 1028 }, { 1025, 1024 }, { 700, 324 }, { 324, 700 }, { 64, 960 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i += quick_step(3)) {
        check_pair(lengths[i][0], lengths[i][1]);
    }
    if (!quick()) {
        check_pair(2056, 2040);
    }
}

/* A store that was damaged: e may not keep the CPU busy for long. */
static void exponents_longer_than_the_modulus(void **state)
{
    static struct pair pair;
    uint8_t long_e[129] = { 1 }, input[128] = { 0, 2 }, output[128];
    struct math_rsa_key key = draw_pair(&pair, 512, 512);
    (void)state;
    assert_true(key.n.length < sizeof long_e);
    long_e[sizeof long_e - 1u] = 1;
    key.e = (struct math_integer){ long_e, sizeof long_e };
    assert_int_equal(math_rsa_private(&key, output, input), PSA_ERROR_CORRUPTION_DETECTED);
    assert_int_equal(math_rsa_public_vartime(&key, output, input), PSA_ERROR_CORRUPTION_DETECTED);
}

static int setup(void **state)
{
    (void)state;
    context = BN_CTX_new();
    return context == NULL;
}

static int teardown(void **state)
{
    (void)state;
    BN_CTX_free(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(primes_of_two_lengths),
        cmocka_unit_test(exponents_longer_than_the_modulus),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
