/* SPDX-License-Identifier: Apache-2.0 */
/* The field of P-521 against OpenSSL's integers, in limbs of either size; the range that p521_field.h allows, at its ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/bn.h>

#include "field.h"
#include "p521_operations.h"

#include "support/quick.h"

static BIGNUM *prime;
static BN_CTX *ctx;

static void product(uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    p521_operate(r, P521_PRODUCT, a, b);
}

static void product_limbs32(uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    p521_limbs32_operate(r, P521_PRODUCT, a, b);
}

/* Operands up to 2^528 - 1: eighths of ones and zeros; around 0, p, 2 p and 2^528; single bits at the ends of limbs; random. */
static void operand(uint8_t *bytes, unsigned number)
{
    static struct random_source source = { 521 };
    static const uint8_t tops[] = { 0, 1, 2, 3, 0xff };
    memset(bytes, 0, 66);
    if (number < 20) {
        for (unsigned i = 0; i < 66; i++) {
            bytes[i] = (number * 13u) >> (i / 9) & 1u ? 0xff : 0;
        }
    } else if (number < 40) { /* ...fffe, ...ffff; ...0000, ...0001 */
        memset(bytes, number % 4u < 2u ? 0xff : 0, 65);
        bytes[0] ^= number % 2u == 0 ? 0 : 1;
        bytes[65] = tops[(number - 20u) / 4u];
    } else if (number < 58) {
        unsigned bit = (number - 39u) * 29u - number % 2u;
        bytes[bit / 8u] = (uint8_t)(1u << (bit % 8u));
    } else {
        random_source_bytes(&source, bytes, 66);
    }
}

static void multiplication(void **state)
{
    static const struct field field = { 66, operand, product, product_limbs32 };
    (void)state;
    field_check_multiplication(&field, prime);
}

static void expect(BIGNUM *r, enum p521_operation operation, const BIGNUM *a, const BIGNUM *b)
{
    BIGNUM *sum = BN_new(), *difference = BN_new();
    BN_mod_add(sum, a, b, prime, ctx);
    BN_mod_sub(difference, a, b, prime, ctx);
    switch (operation) {
    case P521_PRODUCT:
        BN_mod_mul(r, a, b, prime, ctx);
        break;
    case P521_SUM:
        BN_copy(r, sum);
        break;
    case P521_DIFFERENCE:
        BN_copy(r, difference);
        break;
    case P521_SUM_BY_DIFFERENCE:
        BN_mod_mul(r, sum, difference, prime, ctx);
        break;
    case P521_DIFFERENCE_SQUARED:
        BN_mod_sqr(r, difference, prime, ctx);
        break;
    case P521_SQUARES:
        BN_copy(r, a);
        for (int i = 0; i < 5; i++) {
            BN_mod_sqr(r, r, prime, ctx);
        }
        break;
    default:
        BN_mod(r, a, prime, ctx);
        BN_set_word(r, (BN_ULONG)BN_is_zero(r));
        break;
    }
    BN_free(sum);
    BN_free(difference);
}

/* Results are canonical: strings are the same. */
static void operations(void **state)
{
    uint8_t a[66], b[66], expected[66], got[66];
    BIGNUM *x = BN_new(), *y = BN_new(), *r = BN_new();
    (void)state;
    for (unsigned i = 0; i < FIELD_OPERANDS * FIELD_OPERANDS; i += (unsigned)quick_step(7)) {
        operand(a, i % FIELD_OPERANDS);
        operand(b, i / FIELD_OPERANDS);
        BN_lebin2bn(a, 66, x);
        BN_lebin2bn(b, 66, y);
        for (int operation = 0; operation < P521_OPERATIONS; operation++) {
            expect(r, (enum p521_operation)operation, x, y);
            BN_bn2lebinpad(r, expected, 66);
            p521_operate(got, (enum p521_operation)operation, a, b);
            assert_memory_equal(got, expected, 66);
            p521_limbs32_operate(got, (enum p521_operation)operation, a, b);
            assert_memory_equal(got, expected, 66);
        }
    }
    BN_free(x);
    BN_free(y);
    BN_free(r);
}

/* ---- Limbs at their limits ---- */

/* The integer of p521_operate_on_limits(). */
static void integer_of(BIGNUM *r, uint32_t pattern, int limbs, int bits)
{
    BIGNUM *largest = BN_new();
    BN_set_bit(largest, bits);
    if ((pattern >> 18 & 1u) != 0) {
        BN_sub_word(largest, 1);
    } else {
        BN_add_word(largest, 256);
    }
    BN_zero(r);
    for (int i = limbs; i-- > 0;) {
        BN_lshift(r, r, bits);
        if ((pattern >> i & 1u) != 0) {
            BN_add(r, r, largest);
        }
    }
    BN_free(largest);
}

static void check_limits(int (*operate)(uint8_t *, enum p521_operation, uint32_t, uint32_t), int limbs, uint32_t a, uint32_t b)
{
    uint8_t expected[66], got[66];
    BIGNUM *x = BN_new(), *y = BN_new(), *r = BN_new();
    for (int operation = 0; operation < P521_OPERATIONS; operation++) {
        int bits = operate(got, (enum p521_operation)operation, a, b);
        integer_of(x, a, limbs, bits);
        integer_of(y, b, limbs, bits);
        expect(r, (enum p521_operation)operation, x, y);
        BN_bn2lebinpad(r, expected, 66);
        assert_memory_equal(got, expected, 66);
    }
    BN_free(x);
    BN_free(y);
    BN_free(r);
}

/* All limbs at once is what columns are bounded for; p in limbs, 2 p and what lies around them are among the others. */
static void limits(void **state)
{
    static const uint32_t all = 0x3ffff, full = 0x40000;
    (void)state;
    for (uint32_t pattern = 0; pattern < 0x40000; pattern += 97u * (uint32_t)quick_step(5)) {
        uint32_t a = pattern ^ all, b = (pattern * 5u & 0x7ffff) ^ all;
        check_limits(p521_operate_on_limits, 9, a & (full | 0x1ff), b & (full | 0x1ff));
        check_limits(p521_limbs32_operate_on_limits, 18, a, b);
        check_limits(p521_limbs32_operate_on_limits, 18, a | full, a | full);
    }
    for (uint32_t kinds = 0; kinds < 4; kinds++) {
        uint32_t a = all | (kinds & 1u) << 18, b = all | (kinds >> 1) << 18;
        check_limits(p521_operate_on_limits, 9, a & (full | 0x1ff), b & (full | 0x1ff));
        check_limits(p521_limbs32_operate_on_limits, 18, a, b);
    }
}

static int setup(void **state)
{
    (void)state;
    ctx = BN_CTX_new();
    prime = BN_new();
    BN_set_bit(prime, 521);
    BN_sub_word(prime, 1);
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
