/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Scalars, nonces and private keys marked secret: memcheck counts every branch and address that depends on them. Has something to say when built with -DCT_CHECK_VALGRIND and run under Valgrind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"
#include "eddsa_limbs32.h"
#include "montgomery_limbs32.h"
#include "p256_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "software/ecc/ecdsa.h"
#include "software/ecc/generic_base.h"
#include "software/ecc/montgomery.h"
#include "software/ecc/p256.h"
#include "software/ecc/rfc6979.h"
#include "software/ecc/scalar.h"
#include "support/constant_time.h"
#include "util/ct.h"

static psa_status_t draw_secret(void *source, uint8_t *output, size_t output_length)
{
    memset(output, *(uint8_t *)source, output_length);
    CT_SECRET(output, output_length);
    *(uint8_t *)source = 0x10; /* what comes after is in range, with bits above the order's cut off */
    return PSA_SUCCESS;
}

/* Candidates that are refused and taken; the range check of an imported key. */
static void drawing(void **state)
{
    uint8_t scalar[SW_CURVE_LENGTH_MAX];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < TEST_CURVES; i++) {
        const struct sw_curve *curve = &test_curve_find(test_curves[i].names[0])->curve;
        uint8_t first = 0xff;
        assert_int_equal(curve->keys->draw_private(curve, scalar, draw_secret, &first), PSA_SUCCESS);
        assert_int_equal(curve->keys->check_private(curve, scalar), PSA_SUCCESS);
        memset(scalar, 0xff, sizeof scalar);
        CT_SECRET(scalar, sizeof scalar);
        assert_int_equal(curve->keys->check_private(curve, scalar), PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(constant_time_errors(), before);
}

/* Signing with arithmetic that only mixes: what is around it sees the private key, the hash and the nonce. */
static psa_status_t mixing_sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key,
                                const uint8_t *nonce, const uint8_t *e)
{
    for (size_t i = 0; i < curve->order_length; i++) {
        signature[i] = (uint8_t)(nonce[i] | 1u);
        signature[curve->order_length + i] = (uint8_t)((private_key[i] ^ e[i]) | 1u);
    }
    return PSA_SUCCESS;
}

static void signing(void **state)
{
    uint8_t private_key[SW_CURVE_LENGTH_MAX], hash[64], signature[SW_CURVE_SIGNATURE_MAX];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < TEST_CURVES; i++) {
        struct sw_curve curve = test_curve_find(test_curves[i].names[0])->curve;
        struct sw_curve_arithmetic arithmetic = *curve.arithmetic;
        arithmetic.sign = mixing_sign;
        curve.arithmetic = &arithmetic;
        memset(private_key, 0x11, sizeof private_key);
        memset(hash, 0xee, sizeof hash);
        CT_SECRET(private_key, sizeof private_key);
        CT_SECRET(hash, sizeof hash);
        for (size_t length = 20; length <= 64; length += 11) {
            assert_int_equal(sw_ecdsa_sign(&curve, signature, private_key, sw_hash_find(PSA_ALG_SHA_256), hash, length), PSA_SUCCESS);
            assert_int_equal(sw_ecdsa_sign(&curve, signature, private_key, NULL, hash, length), PSA_SUCCESS);
        }
    }
    assert_int_equal(constant_time_errors(), before);
}

/* The whole of P-256, with limbs of both sizes: public keys, agreement, signatures. */
static void p256(void **state)
{
    static const struct sw_curve_arithmetic *const arithmetics[] = { &sw_p256, &sw_p256_limbs32 };
    const struct sw_curve *curve = sw_curve_find(PSA_ECC_FAMILY_SECP_R1, 256);
    uint8_t private_key[32], nonce[32], e[32], point[65], secret[32], signature[64];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (unsigned i = 0; i < 2 * 2; i++) { /* even and odd scalars */
        const struct sw_curve_arithmetic *a = arithmetics[i / 2];
        memset(private_key, 0x23 + (int)i, sizeof private_key);
        memset(nonce, 0x42 + (int)i, sizeof nonce);
        memset(e, 0x77, sizeof e);
        CT_SECRET(private_key, sizeof private_key);
        CT_SECRET(nonce, sizeof nonce);
        CT_SECRET(e, sizeof e);
        assert_int_equal(a->public_key(curve, point, private_key), PSA_SUCCESS);
        CT_PUBLIC(point, sizeof point);
        assert_int_equal(a->agree(curve, secret, nonce, point), PSA_SUCCESS);
        assert_int_equal(a->sign(curve, signature, private_key, nonce, e), PSA_SUCCESS);
        assert_int_equal(curve->keys->check_private(curve, private_key), PSA_SUCCESS);
    }
    assert_int_equal(constant_time_errors(), before);
}

/* Curves by their parameters: one for each way of multiplying by a, and for fields that do not fill their limbs. */
static void generic(void **state)
{
    static const char *const names[] = { "P-384", "P-521", "secp224k1", "secp256k1", "brainpoolP256r1" };
    uint8_t private_key[SW_CURVE_LENGTH_MAX], e[SW_CURVE_LENGTH_MAX], nonce[SW_CURVE_LENGTH_MAX];
    uint8_t point[SW_CURVE_POINT_MAX], secret[SW_CURVE_LENGTH_MAX], signature[SW_CURVE_SIGNATURE_MAX];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < 2 * sizeof names / sizeof names[0]; i++) {
        const struct sw_curve *curve = &test_curve_find(names[i / 2])->curve;
        uint8_t first = 0x01;
        assert_int_equal(curve->keys->draw_private(curve, private_key, draw_secret, &first), PSA_SUCCESS);
        assert_int_equal(curve->keys->draw_private(curve, nonce, draw_secret, &first), PSA_SUCCESS);
        memset(e, 0, sizeof e);
        memset(e + 1, 0x77, curve->order_length - 1u);
        CT_SECRET(e, sizeof e);
        platform_test_fail_allocation((long)(i % 2)); /* without and with multiples of the base point */
        generic_base_close();
        assert_int_equal(curve->arithmetic->public_key(curve, point, private_key), PSA_SUCCESS);
        platform_test_fail_allocation(0);
        CT_PUBLIC(point, sizeof point);
        assert_int_equal(curve->arithmetic->agree(curve, secret, nonce, point), PSA_SUCCESS);
        assert_int_equal(curve->arithmetic->sign(curve, signature, private_key, nonce, e), PSA_SUCCESS);
        CT_PUBLIC(e, sizeof e);
        CT_PUBLIC(signature, sizeof signature);
        assert_int_equal(curve->arithmetic->verify_vartime(curve, point, e, signature), PSA_SUCCESS);
    }
    assert_int_equal(constant_time_errors(), before);
}

/* Public keys and agreement; that a secret is not all zeros is for everybody to know. */
static void montgomery(void **state)
{
    static const struct {
        size_t bits;
        const struct sw_curve_arithmetic *arithmetic;
    } rows[] = { { 255, &sw_x25519 }, { 255, &sw_x25519_limbs32 }, { 448, &sw_x448 }, { 448, &sw_x448_limbs32 } };
    uint8_t private_key[56], point[56], secret[56];
    uint8_t first = 0x21;
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct sw_curve *curve = sw_curve_find(PSA_ECC_FAMILY_MONTGOMERY, rows[i].bits);
        assert_int_equal(curve->keys->draw_private(curve, private_key, draw_secret, &first), PSA_SUCCESS);
        assert_int_equal(curve->keys->check_private(curve, private_key), PSA_SUCCESS);
        assert_int_equal(rows[i].arithmetic->public_key(curve, point, private_key), PSA_SUCCESS);
        CT_PUBLIC(point, sizeof point);
        assert_int_equal(rows[i].arithmetic->agree(curve, secret, private_key, point), PSA_SUCCESS);
    }
    assert_int_equal(constant_time_errors(), before);
}

/* Public keys and signatures of a secret message. R and S are for everybody to see. */
static void eddsa(void **state)
{
    static const struct sw_eddsa *const curves[] = { &sw_ed25519, &sw_ed25519_limbs32, &sw_ed448, &sw_ed448_limbs32 };
    struct sw_eddsa_variant variant = { 1, 0, NULL, 0 };
    uint8_t private_key[SW_EDDSA_LENGTH_MAX], message[100], point[SW_EDDSA_LENGTH_MAX], signature[2 * SW_EDDSA_LENGTH_MAX];
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (unsigned i = 0; i < sizeof curves / sizeof curves[0]; i++) {
        memset(private_key, 0x23 + (int)i, sizeof private_key);
        memset(message, 0x42, sizeof message);
        CT_SECRET(private_key, sizeof private_key);
        CT_SECRET(message, sizeof message);
        assert_int_equal(sw_eddsa_public_key(curves[i], point, private_key), PSA_SUCCESS);
        assert_int_equal(sw_eddsa_sign(curves[i], signature, private_key, &variant, message, sizeof message), PSA_SUCCESS);
    }
    assert_int_equal(constant_time_errors(), before);
}

static int setup(void **state)
{
    platform_cpu_mask(0); /* the portable kernels */
    return driver_setup(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drawing),
        cmocka_unit_test(signing),
        cmocka_unit_test(p256),
        cmocka_unit_test(generic),
        cmocka_unit_test(montgomery),
        cmocka_unit_test(eddsa),
    };
    return cmocka_run_group_tests(tests, setup, driver_teardown);
}
