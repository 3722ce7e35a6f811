/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The field of Curve25519 and the table of edwards25519 against OpenSSL's integers. The field in each way that it is
 * compiled: with the kernels of the CPU, the portable ones, limbs of 32 bits. X25519 itself: test_montgomery.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <openssl/bn.h>

#include "edwards_affine.h"
#include "field.h"
#include "montgomery_limbs32.h"

#include "software/ecc/edwards25519_table.h"

/* ---- The field ---- */

/* Operands up to 2^256 - 1: limbs of zeros and ones, near multiples of p, random. */
static void operand(uint8_t *bytes, unsigned number)
{
    if (number < 16) {
        for (int i = 0; i < 32; i++) {
            bytes[i] = (number >> (i / 8)) & 1u ? 0xff : 0;
        }
    } else if (number < 64) {
        memset(bytes, 0xff, 32);
        bytes[0] = (uint8_t)(0xff - (number - 16));
        bytes[31] = number % 2 == 0 ? 0xff : 0x7f;
    } else {
        static struct random_source source = { 41 };
        random_source_bytes(&source, bytes, 32);
    }
}

#if defined(__SIZEOF_INT128__)
static void kernel(uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    uint64_t x[4] = { 0 }, y[4] = { 0 };
    for (int i = 0; i < 32; i++) {
        x[i / 8] |= (uint64_t)a[i] << (8 * (i % 8));
        y[i / 8] |= (uint64_t)b[i] << (8 * (i % 8));
    }
    if (memcmp(a, b, 32) == 0) {
        sw_kernels.f25519_square(x, x, 1);
    } else {
        sw_kernels.f25519_multiply(x, x, y);
    }
    for (int i = 0; i < 32; i++) {
        r[i] = (uint8_t)(x[i / 8] >> (8 * (i % 8)));
    }
}
#else
static void kernel(uint8_t *r, const uint8_t *a, const uint8_t *b)
{
    f25519_limbs32_multiply(r, a, b);
}
#endif

static BIGNUM *prime_25519(void)
{
    BIGNUM *p = BN_new();
    BN_one(p);
    BN_lshift(p, p, 255);
    BN_sub_word(p, 19);
    return p;
}

static void multiplication(void **state)
{
    static const struct field field = { 32, operand, kernel, f25519_limbs32_multiply };
    BIGNUM *p = prime_25519();
    (void)state;
    field_check_multiplication(&field, p);
    BN_free(p);
}

/* ---- The ladder of the CPU ---- */

#if defined(__SIZEOF_INT128__)
static BIGNUM *integer_of(const uint64_t words[4])
{
    uint8_t bytes[32];
    for (int i = 0; i < 32; i++) {
        bytes[i] = (uint8_t)(words[i / 8] >> (8 * (i % 8)));
    }
    return BN_lebin2bn(bytes, 32, NULL);
}

/* x / z for a u of any 256 bits, against the ladder on limbs of 32 bits for the same residue. */
static void check_ladder(const uint8_t k[32], const uint8_t u_bytes[32], const BIGNUM *p, BN_CTX *ctx)
{
    uint64_t u[4] = { 0 }, x_words[4], z_words[4];
    uint8_t residue[32], expected[32] = { 0 }, got[32];
    for (int i = 0; i < 32; i++) {
        u[i / 8] |= (uint64_t)u_bytes[i] << (8 * (i % 8));
    }
    sw_kernels.x25519_ladder(x_words, z_words, k, u);
    BIGNUM *x = integer_of(x_words), *z = integer_of(z_words), *e = BN_dup(p);
    BN_sub_word(e, 2);
    BN_mod_exp(z, z, e, p, ctx); /* 0 for 0 */
    BN_mod_mul(x, x, z, p, ctx);
    BN_bn2lebinpad(x, got, 32);
    BN_lebin2bn(u_bytes, 32, x);
    BN_mod(x, x, p, ctx);
    BN_bn2lebinpad(x, residue, 32);
    const struct sw_curve *curve = sw_curve_find(PSA_ECC_FAMILY_MONTGOMERY, 255);
    psa_status_t status = sw_x25519_limbs32.agree(curve, expected, k, residue);
    assert_true(status == PSA_SUCCESS || memcmp(got, (const uint8_t[32]){ 0 }, 32) == 0);
    assert_true(status != PSA_SUCCESS || memcmp(got, expected, 32) == 0);
    BN_free(x);
    BN_free(z);
    BN_free(e);
}

static void ladder(void **state)
{
    struct random_source source = { 43 };
    BIGNUM *p = prime_25519();
    BN_CTX *ctx = BN_CTX_new();
    uint8_t k[32], u[32];
    (void)state;
    platform_cpu_mask(0xffffffffu);
    sw_kernels_init();
    for (unsigned i = 0; i < FIELD_OPERANDS && sw_kernels.x25519_ladder != NULL; i++) {
        random_source_bytes(&source, k, 32);
        k[0] &= 0xf8;
        k[31] = (uint8_t)((k[31] & 0x7f) | 0x40);
        operand(u, i);
        check_ladder(k, u, p, ctx);
    }
    BN_free(p);
    BN_CTX_free(ctx);
}
#else
static void ladder(void **state)
{
    (void)state;
    skip();
}
#endif

/* ---- The table, by sums of points in affine coordinates ---- */

static void check_entry(const uint64_t entry[12], const struct affine *point, const BIGNUM *d, const BIGNUM *p, BN_CTX *ctx)
{
    BIGNUM *expected[3] = { BN_new(), BN_new(), BN_new() };
    uint8_t got[32], bytes[32];
    BN_mod_add(expected[0], point->y, point->x, p, ctx);
    BN_mod_sub(expected[1], point->y, point->x, p, ctx);
    BN_mod_mul(expected[2], point->x, point->y, p, ctx);
    BN_mod_mul(expected[2], expected[2], d, p, ctx);
    BN_mod_add(expected[2], expected[2], expected[2], p, ctx);
    for (int c = 0; c < 3; c++) {
        for (int i = 0; i < 32; i++) {
            got[i] = (uint8_t)(entry[4 * c + i / 8] >> (8 * (i % 8)));
        }
        BN_bn2lebinpad(expected[c], bytes, 32);
        assert_memory_equal(got, bytes, 32);
        BN_free(expected[c]);
    }
}

static void table(void **state)
{
    struct affine_curve curve = { -1, NULL, prime_25519(), BN_CTX_new() };
    struct affine base = { NULL, NULL }, twice, point;
    (void)state;
    affine_new(&twice);
    affine_new(&point);
    /* RFC 8032, 5.1 */
    BN_dec2bn(&curve.d, "37095705934669439343138083508754565189542113879843219016388785533085940283555");
    BN_dec2bn(&base.x, "15112221349535400772501151409588531511454012693041857206046113283949847762202");
    BN_dec2bn(&base.y, "46316835694926478169428394003475163141307993866256225615783033603165251855960");
    for (unsigned t = 0; t < 13; t++) {
        affine_add(&twice, &base, &base, &curve);
        affine_copy(&point, &base);
        for (unsigned j = 0; j < 16; j++) {
            check_entry(ed25519_table[t][j], &point, curve.d, curve.p, curve.ctx);
            affine_add(&point, &point, &twice, &curve);
        }
        for (int i = 0; i < 20; i++) {
            affine_add(&base, &base, &base, &curve);
        }
    }
    affine_free(&base);
    affine_free(&twice);
    affine_free(&point);
    BN_free(curve.d);
    BN_free(curve.p);
    BN_CTX_free(curve.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(multiplication),
        cmocka_unit_test(ladder),
        cmocka_unit_test(table),
    };
    return cmocka_run_group_tests(tests, NULL, field_teardown);
}
