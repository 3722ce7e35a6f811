/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars as byte strings, beside OpenSSL's integers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"

#include "../services.h"
#include "software/ecc/scalar.h"
#include "support/random_source.h"

/* Bytes as an integer; the caller frees. */
static BIGNUM *integer(const uint8_t *bytes, size_t length)
{
    return BN_bin2bn(bytes, (int)length, NULL);
}

static void in_range(void **state)
{
    struct random_source source = { 2 };
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct sw_curve *curve = &test_curve_find(test_curves[i].names[0])->curve;
        BIGNUM *order = integer(curve->order, curve->order_length);
        for (int repeat = 0; repeat < 300; repeat++) {
            uint8_t scalar[SW_CURVE_LENGTH_MAX];
            memcpy(scalar, curve->order, curve->order_length);
            if (repeat % 3 == 0) { /* near the order: one byte differs */
                scalar[random_source_below(&source, curve->order_length)] ^= (uint8_t)random_source_next(&source);
            } else {
                random_source_bytes(&source, scalar, curve->order_length);
            }
            BIGNUM *x = integer(scalar, curve->order_length);
            uint32_t expected = BN_cmp(x, order) < 0 && !BN_is_zero(x) ? 0xffffffffu : 0;
            assert_int_equal(sw_scalar_in_range(curve, scalar), expected);
            BN_free(x);
        }
        uint8_t zero[SW_CURVE_LENGTH_MAX] = { 0 };
        assert_int_equal(sw_scalar_in_range(curve, zero), 0);
        assert_int_equal(sw_scalar_is_zero(curve, zero), 0xffffffffu);
        assert_int_equal(sw_scalar_in_range(curve, curve->order), 0);
        BN_free(order);
    }
}

/* The leftmost bits of strings of every length, and what remains of them modulo the order. */
static void from_bits(void **state)
{
    struct random_source source = { 3 };
    BN_CTX *context = BN_CTX_new();
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct sw_curve *curve = &test_curve_find(test_curves[i].names[0])->curve;
        BIGNUM *order = integer(curve->order, curve->order_length);
        for (size_t length = 0; length <= 80; length++) {
            uint8_t data[80], scalar[SW_CURVE_LENGTH_MAX], expected[SW_CURVE_LENGTH_MAX];
            random_source_bytes(&source, data, length);
            if (length % 2 != 0) {
                memset(data, 0xff, length); /* not below the order */
            }
            BIGNUM *x = integer(data, length);
            if (8 * length > curve->order_bits) {
                BN_rshift(x, x, (int)(8 * length - curve->order_bits));
            }
            sw_scalar_from_bits(curve, scalar, data, length);
            assert_true(BN_bn2binpad(x, expected, curve->order_length) > 0);
            assert_memory_equal(scalar, expected, curve->order_length);
            sw_scalar_reduce(curve, scalar);
            BN_mod(x, x, order, context);
            assert_true(BN_bn2binpad(x, expected, curve->order_length) > 0);
            assert_memory_equal(scalar, expected, curve->order_length);
            BN_free(x);
        }
        BN_free(order);
    }
    BN_CTX_free(context);
}

static void draws_are_in_range(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct sw_curve *curve = &test_curve_find(test_curves[i].names[0])->curve;
        for (int repeat = 0; repeat < 50; repeat++) {
            uint8_t scalar[SW_CURVE_LENGTH_MAX];
            assert_int_equal(sw_scalar_draw(curve, scalar, sw_scalar_draw_random, NULL), PSA_SUCCESS);
            assert_int_equal(sw_scalar_in_range(curve, scalar), 0xffffffffu);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_range),
        cmocka_unit_test(from_bits),
        cmocka_unit_test(draws_are_in_range),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
