/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of Curve448 against OpenSSL's integers, in each way that it is compiled: with the kernels of the CPU, the
 * portable ones, limbs of 32 bits; the ranges that f448.h allows, at their ends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/bn.h>

#include "f448_operations.h"
#include "field.h"

#include "support/quick.h"

static BIGNUM *prime;
static BN_CTX *ctx;

static void product(uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    f448_operate(r, F448_PRODUCT, a, b);
}

static void product_limbs32(uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    f448_limbs32_operate(r, F448_PRODUCT, a, b);
}

/* Operands up to 2^448 - 1: limbs of zeros and ones, around 0, p and 2^224, random. */
static void operand(uint8_t *bytes, unsigned number)
{
    static struct random_source source = { 48 };
    if (number < 32) {
        for (unsigned i = 0; i < 56; i++) {
            bytes[i] = (number >> (i / 14)) & 1u ? 0xff : 0;
        }
        bytes[number] ^= (uint8_t)(number / 16);
    } else if (number < 64) {
        memset(bytes, number % 2 == 0 ? 0xff : 0, 56);
        bytes[28] = (uint8_t)(number < 48 ? 0xfe : 0xff);
        bytes[0] = (uint8_t)(number + 0xd8);
    } else {
        random_source_bytes(&source, bytes, 56);
    }
}

static void multiplication(void **state)
{
    static const struct field field = { 56, operand, product, product_limbs32 };
    (void)state;
    field_check_multiplication(&field, prime);
}

/* r = base^((p - 3) / 4) */
static void power_sqrt(BIGNUM *r, const BIGNUM *base)
{
    BIGNUM *exponent = BN_dup(prime);
    BN_sub_word(exponent, 3);
    BN_rshift(exponent, exponent, 2);
    BN_mod_exp(r, base, exponent, prime, ctx);
    BN_free(exponent);
}

static void expect(BIGNUM *r, enum f448_operation operation, const BIGNUM *a, const BIGNUM *b)
{
    BIGNUM *sum = BN_new(), *difference = BN_new();
    BN_mod_add(sum, a, b, prime, ctx);
    BN_mod_sub(difference, a, b, prime, ctx);
    switch (operation) {
    case F448_PRODUCT:
        BN_mod_mul(r, a, b, prime, ctx);
        break;
    case F448_SUM_BY_DIFFERENCE:
        BN_mod_mul(r, sum, difference, prime, ctx);
        break;
    case F448_DIFFERENCE_SQUARED:
        BN_mod_sqr(r, difference, prime, ctx);
        break;
    case F448_SUM_SQUARED:
        BN_mod_sqr(r, sum, prime, ctx);
        break;
    case F448_DIFFERENCE_BY_REVERSE:
        BN_mod_sqr(r, difference, prime, ctx);
        BN_sub(r, prime, r);
        break;
    case F448_BOTH:
        BN_copy(r, difference);
        break;
    case F448_SMALL:
        BN_copy(r, difference);
        BN_mul_word(r, 39081);
        break;
    case F448_NEGATED:
        BN_sub(r, prime, a);
        break;
    case F448_NOT_NEGATED:
        BN_copy(r, a);
        break;
    case F448_INVERSE:
        BN_mod(r, a, prime, ctx);
        if (!BN_is_zero(r)) {
            BN_mod_inverse(r, a, prime, ctx);
        }
        break;
    default:
        power_sqrt(r, a);
        break;
    }
    BN_nnmod(r, r, prime, ctx);
    BN_free(sum);
    BN_free(difference);
}

/* Results are canonical: strings are the same. */
static void operations(void **state)
{
    uint8_t a[56], b[56], expected[56], got[56];
    BIGNUM *x = BN_new(), *y = BN_new(), *r = BN_new();
    (void)state;
    for (unsigned i = 0; i < 80 * 80; i += (unsigned)quick_step(7)) {
        operand(a, i % 80);
        operand(b, i / 80);
        BN_lebin2bn(a, 56, x);
        BN_lebin2bn(b, 56, y);
        for (int operation = 0; operation < F448_OPERATIONS; operation++) {
            if ((operation == F448_INVERSE || operation == F448_ROOT) && i >= 80) {
                continue; /* a alone: eighty times is all of them */
            }
            expect(r, (enum f448_operation)operation, x, y);
            BN_bn2lebinpad(r, expected, 56);
            f448_operate(got, (enum f448_operation)operation, a, b);
            assert_memory_equal(got, expected, 56);
            f448_limbs32_operate(got, (enum f448_operation)operation, a, b);
            assert_memory_equal(got, expected, 56);
        }
    }
    BN_free(x);
    BN_free(y);
    BN_free(r);
}

static void limits(void **state)
{
    static const uint32_t masks[] = { 0xffffffffu, 0 };
    (void)state;
    for (size_t m = 0; m < 2; m++) {
        platform_cpu_mask(masks[m]);
        sw_kernels_init();
        for (uint32_t pattern = 0; pattern < 0x10000; pattern += (uint32_t)quick_step(5)) {
            assert_true(f448_limits_hold(pattern ^ 0xffff));
        }
    }
    for (uint32_t pattern = 0; pattern < 0x10000; pattern += 3) {
        assert_true(f448_limbs32_limits_hold(pattern ^ 0xffff));
    }
}

static int setup(void **state)
{
    (void)state;
    ctx = BN_CTX_new();
    prime = BN_new();
    BN_set_bit(prime, 448);
    BIGNUM *middle = BN_new();
    BN_set_bit(middle, 224);
    BN_sub(prime, prime, middle);
    BN_sub_word(prime, 1);
    BN_free(middle);
    return 0;
}

static int teardown(void **state)
{
    BN_free(prime);
    BN_CTX_free(ctx);
    return field_teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiplication),
        cmocka_unit_test(operations),
        cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
