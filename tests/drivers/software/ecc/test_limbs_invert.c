/* SPDX-License-Identifier: Apache-2.0 */
/* Inverses against OpenSSL's, in limbs of either size, modulo primes of 46 to 521 bits: the curves' and any others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <openssl/bn.h>

#include "limbs_invert_ways.h"
#include "support/quick.h"

static BN_CTX *ctx;

static void check(const BIGNUM *a, const BIGNUM *m)
{
    uint8_t bytes[INVERT_LENGTH], modulus[INVERT_LENGTH], expected[INVERT_LENGTH], got[INVERT_LENGTH];
    BIGNUM *inverse = BN_new();
    if (!BN_is_zero(a)) {
        assert_non_null(BN_mod_inverse(inverse, a, m, ctx));
    }
    assert_int_equal(BN_bn2lebinpad(inverse, expected, INVERT_LENGTH), INVERT_LENGTH);
    assert_int_equal(BN_bn2lebinpad(a, bytes, INVERT_LENGTH), INVERT_LENGTH);
    assert_int_equal(BN_bn2lebinpad(m, modulus, INVERT_LENGTH), INVERT_LENGTH);
    invert_bytes(got, bytes, modulus, (unsigned)BN_num_bits(m));
    assert_memory_equal(got, expected, INVERT_LENGTH);
    invert_bytes_limbs32(got, bytes, modulus, (unsigned)BN_num_bits(m));
    assert_memory_equal(got, expected, INVERT_LENGTH);
    BN_free(inverse);
}

/* 0, 1, 2, 3, (m - 1) / 2, (m + 1) / 2, m - 3 to m - 1; 2^i and its opposite; random ones. */
static void check_modulus(const BIGNUM *m)
{
    BIGNUM *a = BN_new(), *opposite = BN_new();
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(BN_set_word(a, i), 1);
        check(a, m);
        assert_int_equal(BN_sub(opposite, m, a), 1);
        if (i != 0) {
            check(opposite, m);
        }
    }
    assert_int_equal(BN_rshift1(a, m), 1);
    check(a, m);
    assert_int_equal(BN_add_word(a, 1), 1);
    check(a, m);
    for (int i = 2; i < BN_num_bits(m) - 1; i += (int)quick_step(3)) {
        assert_int_equal(BN_set_word(a, 0), 1);
        assert_int_equal(BN_set_bit(a, i), 1);
        check(a, m);
        assert_int_equal(BN_sub(opposite, m, a), 1);
        check(opposite, m);
        assert_int_equal(BN_rand_range(a, m), 1);
        check(a, m);
    }
    BN_free(a);
    BN_free(opposite);
}

static void primes_of_curves(void **state)
{
    static const char *const moduli[] = {
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
        "FFFF",
        "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91"
        "386409",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        "010000000000000000000000000001DCE8D2EC6184CAF0A971769FB1F7", /* 225 bits */
    };
    (void)state;
    for (size_t i = 0; i < sizeof moduli / sizeof moduli[0]; i++) {
        BIGNUM *m = NULL;
        assert_true(BN_hex2bn(&m, moduli[i]) > 0);
        assert_int_equal(BN_check_prime(m, ctx, NULL), 1);
        check_modulus(m);
        BN_free(m);
    }
}

/* Sizes around those where words and limbs end. */
static void primes_of_any_size(void **state)
{
    static const int sizes[] = { 46, 59, 60, 61, 62, 63, 64, 65, 89, 90, 91, 123, 124, 125, 127, 128, 129, 247, 248, 249, 512, 520, 521 };
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i += quick_step(2)) {
        BIGNUM *m = BN_new();
        assert_int_equal(BN_generate_prime_ex(m, sizes[i], 0, NULL, NULL, NULL), 1);
        check_modulus(m);
        BN_free(m);
    }
}

static int setup(void **state)
{
    (void)state;
    ctx = BN_CTX_new();
    return ctx != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    BN_CTX_free(ctx);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(primes_of_curves),
        cmocka_unit_test(primes_of_any_size),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
