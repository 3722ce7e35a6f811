/* SPDX-License-Identifier: Apache-2.0 */
/*
 * P-256 of our own against OpenSSL's integers and points, in each way that it is compiled: this machine's limbs with the
 * kernels of its CPU and with the portable ones, and limbs of 32 bits. Everything through the driver is in the other
 * tests here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"
#include "p256_limbs32.h"

#include "../services.h"
#include "platform/platform.h"
#include "software/ecc/p256.h"
#include "software/ecc/p256_table.h"
#include "software/kernels.h"
#include "support/quick.h"
#include "support/random_source.h"

/* ---- Ways ---- */

struct way {
    const char *name;
    const struct sw_curve_arithmetic *arithmetic;
    uint32_t cpu_mask;
};

static const struct way ways[] = {
    { "kernels of the CPU", &sw_p256, 0xffffffffu },
    { "portable kernels", &sw_p256, 0 },
    { "limbs of 32 bits", &sw_p256_limbs32, 0 },
};
#define WAYS (sizeof ways / sizeof ways[0])

static void choose(const struct way *way)
{
    platform_cpu_mask(way->cpu_mask);
    sw_kernels_init();
}

/* ---- OpenSSL's side ---- */

static EC_GROUP *group;
static BN_CTX *ctx;
static BIGNUM *prime, *order;
static const struct sw_curve *curve;

/* Of the multiples of a public key. */
static uint64_t multiples[512];

/* With the point and with its multiples: the same answer. */
static psa_status_t verify(const struct sw_curve_arithmetic *a, const uint8_t *point, const uint8_t *hash, const uint8_t *signature)
{
    assert_in_range(a->table_size, 1, sizeof multiples);
    assert_int_equal(a->make_table(curve, multiples, point), PSA_SUCCESS);
    psa_status_t status = a->verify_vartime(curve, point, hash, signature);
    assert_int_equal(a->verify_by_table_vartime(curve, multiples, hash, signature), status);
    return status;
}

static int setup(void **state)
{
    group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    ctx = BN_CTX_new();
    prime = BN_new();
    order = BN_new();
    EC_GROUP_get_curve(group, prime, NULL, NULL, ctx);
    EC_GROUP_get_order(group, order, ctx);
    curve = sw_curve_find(PSA_ECC_FAMILY_SECP_R1, 256);
    return driver_setup(state);
}

static int teardown(void **state)
{
    EC_GROUP_free(group);
    BN_CTX_free(ctx);
    BN_free(prime);
    BN_free(order);
    platform_cpu_mask(0xffffffffu);
    return driver_teardown(state);
}

static void write32(uint8_t bytes[32], const BIGNUM *x)
{
    assert_int_equal(BN_bn2binpad(x, bytes, 32), 32);
}

static void encode(uint8_t encoded[65], const EC_POINT *point)
{
    assert_int_equal(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, encoded, 65, ctx), 65);
}

/* encoded = k P, P the base point if NULL. */
static void multiply(uint8_t encoded[65], const BIGNUM *k, const EC_POINT *p)
{
    EC_POINT *product = EC_POINT_new(group);
    assert_int_equal(EC_POINT_mul(group, product, p == NULL ? k : NULL, p, p == NULL ? NULL : k, ctx), 1);
    encode(encoded, product);
    EC_POINT_free(product);
}

/* ---- Scalars ---- */

#define SCALARS 420

/* Scalars at which carries, digits and exceptions would show: small, near n, near n / 2, runs of ones, single bits, random. */
static void scalar_number(BIGNUM *k, unsigned number)
{
    static struct random_source source = { 77 };
    uint8_t bytes[40];
    if (number < 70) {
        BN_set_word(k, number + 1);
    } else if (number < 140) {
        BN_copy(k, order);
        BN_sub_word(k, number - 70 + 1);
    } else if (number < 160) {
        BN_rshift1(k, order);
        BN_sub_word(k, 10);
        BN_add_word(k, number - 140);
    } else if (number < 290) {
        BN_one(k);
        BN_lshift(k, k, (int)(number - 160) * 255 / 130);
        if (number % 2 == 1) {
            BN_sub_word(k, 1);
        }
    } else {
        random_source_bytes(&source, bytes, sizeof bytes);
        BN_bin2bn(bytes, sizeof bytes, k);
    }
    BN_mod(k, k, order, ctx);
    if (BN_is_zero(k)) {
        BN_one(k);
    }
}

static void base_point(void **state)
{
    BIGNUM *k = BN_new();
    uint8_t private_key[32], expected[65], point[65];
    (void)state;
    for (unsigned number = 0; number < SCALARS; number += (unsigned)slow_step(7)) {
        scalar_number(k, number);
        write32(private_key, k);
        multiply(expected, k, NULL);
        for (size_t w = 0; w < WAYS; w++) {
            choose(&ways[w]);
            assert_int_equal(ways[w].arithmetic->public_key(curve, point, private_key), PSA_SUCCESS);
            assert_memory_equal(point, expected, 65);
        }
    }
    BN_free(k);
}

/* The point with an x as near as can be to the one given; y even or odd. */
static EC_POINT *point_near(const BIGNUM *x, int odd)
{
    EC_POINT *point = EC_POINT_new(group);
    BIGNUM *candidate = BN_dup(x);
    while (EC_POINT_set_compressed_coordinates(group, point, candidate, odd, ctx) != 1) {
        BN_add_word(candidate, 1);
        BN_nnmod(candidate, candidate, prime, ctx);
    }
    BN_free(candidate);
    return point;
}

/* Points whose coordinates are small, just below p, above n, with limbs of zeros and ones; the rest random. */
static EC_POINT *point_number(unsigned number)
{
    static struct random_source source = { 78 };
    uint8_t bytes[40];
    BIGNUM *x = BN_new();
    switch (number % 6) {
    case 0: BN_set_word(x, number); break;
    case 1: BN_copy(x, prime); BN_sub_word(x, number + 1); break;
    case 2: BN_copy(x, order); BN_add_word(x, number); break;
    case 3: BN_one(x); BN_lshift(x, x, (int)number); break;
    case 4: BN_one(x); BN_lshift(x, x, 255 - (int)number); BN_sub_word(x, 1); break;
    default: random_source_bytes(&source, bytes, sizeof bytes); BN_bin2bn(bytes, sizeof bytes, x); BN_mod(x, x, prime, ctx); break;
    }
    EC_POINT *point = point_near(x, (int)number / 6 % 2);
    BN_free(x);
    return point;
}

static void other_points(void **state)
{
    BIGNUM *k = BN_new();
    uint8_t private_key[32], expected[65], peer[65], secret[32];
    (void)state;
    for (unsigned number = 0; number < SCALARS; number += (unsigned)slow_step(7)) {
        EC_POINT *point = point_number(number % 190);
        scalar_number(k, number);
        write32(private_key, k);
        encode(peer, point);
        multiply(expected, k, point);
        for (size_t w = 0; w < WAYS; w++) {
            choose(&ways[w]);
            assert_int_equal(ways[w].arithmetic->check_point(curve, peer), PSA_SUCCESS);
            assert_int_equal(ways[w].arithmetic->agree(curve, secret, private_key, peer), PSA_SUCCESS);
            assert_memory_equal(secret, expected + 1, 32);
        }
        EC_POINT_free(point);
    }
    BN_free(k);
}

static void points_refused(void **state)
{
    uint8_t peer[65] = { 4 }, bad[65], one[32] = { 0 }, secret[32];
    EC_POINT *point = point_number(5);
    (void)state;
    one[31] = 1;
    encode(peer, point);
    for (size_t w = 0; w < WAYS; w++) {
        const struct sw_curve_arithmetic *a = ways[w].arithmetic;
        choose(&ways[w]);
        for (unsigned bit = 0; bit < 65 * 8; bit++) {
            memcpy(bad, peer, 65);
            bad[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_int_equal(a->check_point(curve, bad), PSA_ERROR_INVALID_ARGUMENT);
            assert_int_equal(a->agree(curve, secret, one, bad), PSA_ERROR_INVALID_ARGUMENT);
            assert_int_equal(a->verify_vartime(curve, bad, one, peer + 1), PSA_ERROR_INVALID_ARGUMENT);
            assert_int_equal(a->make_table(curve, multiples, bad), PSA_ERROR_INVALID_ARGUMENT);
        }
        memset(bad + 1, 0, 64);
        bad[0] = 4;
        assert_int_equal(a->check_point(curve, bad), PSA_ERROR_INVALID_ARGUMENT);
        write32(bad + 1, prime);
        assert_int_equal(a->check_point(curve, bad), PSA_ERROR_INVALID_ARGUMENT);
        memset(bad + 1, 0xff, 64);
        assert_int_equal(a->check_point(curve, bad), PSA_ERROR_INVALID_ARGUMENT);
    }
    EC_POINT_free(point);
}

/* A coordinate with p added, where that still has 256 bits: the same residue, no encoding. */
static void coordinates_not_reduced(void **state)
{
    uint8_t peer[65];
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        BIGNUM *x = BN_new();
        EC_POINT *point = point_number(6);
        choose(&ways[w]);
        encode(peer, point);
        assert_int_equal(ways[w].arithmetic->check_point(curve, peer), PSA_SUCCESS);
        BN_bin2bn(peer + 1, 32, x);
        BN_add(x, x, prime);
        write32(peer + 1, x);
        assert_int_equal(ways[w].arithmetic->check_point(curve, peer), PSA_ERROR_INVALID_ARGUMENT);
        BN_free(x);
        EC_POINT_free(point);
    }
}

/* ---- ECDSA ---- */

/* r || s as FIPS 186-5, 6.4.1 says. */
static void signature_of(uint8_t signature[64], const BIGNUM *d, const BIGNUM *k, const BIGNUM *e)
{
    BIGNUM *r = BN_new(), *s = BN_new(), *inverse = BN_mod_inverse(NULL, k, order, ctx);
    uint8_t point[65];
    multiply(point, k, NULL);
    BN_bin2bn(point + 1, 32, r);
    BN_mod(r, r, order, ctx);
    BN_mod_mul(s, r, d, order, ctx);
    BN_mod_add(s, s, e, order, ctx);
    BN_mod_mul(s, s, inverse, order, ctx);
    write32(signature, r);
    write32(signature + 32, s);
    BN_free(r);
    BN_free(s);
    BN_free(inverse);
}

static void signatures(void **state)
{
    BIGNUM *d = BN_new(), *k = BN_new(), *e = BN_new();
    uint8_t expected[64], signature[64], key[32], nonce[32], hash[32], point[65];
    (void)state;
    for (unsigned number = 0; number < SCALARS; number += (unsigned)slow_step(7)) {
        scalar_number(d, number);
        scalar_number(k, (number * 17 + 5) % SCALARS);
        scalar_number(e, (number * 29 + 11) % SCALARS);
        if (number % 16 == 0) {
            BN_zero(e);
        }
        signature_of(expected, d, k, e);
        write32(key, d);
        write32(nonce, k);
        write32(hash, e);
        multiply(point, d, NULL);
        for (size_t w = 0; w < WAYS; w++) {
            const struct sw_curve_arithmetic *a = ways[w].arithmetic;
            choose(&ways[w]);
            assert_int_equal(a->sign(curve, signature, key, nonce, hash), PSA_SUCCESS);
            assert_memory_equal(signature, expected, 64);
            static const uint8_t zero[32];
            if (memcmp(signature + 32, zero, 32) == 0) {
                continue; /* what a caller of sign() does not give away */
            }
            assert_int_equal(verify(a, point, hash, signature), PSA_SUCCESS);
            signature[number % 64] ^= 0x10;
            assert_int_equal(verify(a, point, hash, signature), PSA_ERROR_INVALID_SIGNATURE);
        }
    }
    BN_free(d);
    BN_free(k);
    BN_free(e);
}

/* Verification computes u G + v Q. For chosen u and v, and Q = q G, a signature and a hash that lead to them. */
static psa_status_t verify_sum(const struct way *way, const BIGNUM *u, const BIGNUM *v, const BIGNUM *q, int *infinite)
{
    BIGNUM *sum = BN_new(), *r = BN_new(), *s = BN_new(), *e = BN_new();
    uint8_t signature[64], hash[32], point[65];
    BN_mod_mul(sum, v, q, order, ctx);
    BN_mod_add(sum, sum, u, order, ctx);
    *infinite = BN_is_zero(sum);
    if (*infinite) {
        BN_set_word(r, 5);
    } else {
        multiply(point, sum, NULL);
        BN_bin2bn(point + 1, 32, r);
        BN_mod(r, r, order, ctx);
    }
    BN_mod_inverse(s, v, order, ctx); /* v = r / s, u = e / s */
    BN_mod_mul(s, s, r, order, ctx);
    BN_mod_mul(e, u, s, order, ctx);
    write32(signature, r);
    write32(signature + 32, s);
    write32(hash, e);
    multiply(point, q, NULL);
    psa_status_t status = verify(way->arithmetic, point, hash, signature);
    BN_free(sum);
    BN_free(r);
    BN_free(s);
    BN_free(e);
    return status;
}

/* Small u, v and q of both signs: equal and opposite points meet in the sum, which may be the neutral element. */
static void exceptional_sums(void **state)
{
    BIGNUM *numbers[3] = { BN_new(), BN_new(), BN_new() };
    unsigned neutral = 0;
    (void)state;
    for (size_t w = 0; w < WAYS; w++) {
        choose(&ways[w]);
        for (int i = 0; i < 9 * 8 * 8; i++) {
            int values[3] = { i % 9 - 4, i / 9 % 8 - 4, i / 72 - 4 }, infinite;
            for (int n = 0; n < 3; n++) {
                values[n] += n > 0 && values[n] >= 0; /* v and q are not 0 */
                BN_set_word(numbers[n], (BN_ULONG)(values[n] < 0 ? -values[n] : values[n]));
                BN_set_negative(numbers[n], values[n] < 0);
                BN_nnmod(numbers[n], numbers[n], order, ctx);
            }
            psa_status_t status = verify_sum(&ways[w], numbers[0], numbers[1], numbers[2], &infinite);
            assert_int_equal(status, infinite ? PSA_ERROR_INVALID_SIGNATURE : PSA_SUCCESS);
            neutral += (unsigned)infinite;
        }
    }
    assert_true(neutral > 20);
    for (int n = 0; n < 3; n++) {
        BN_free(numbers[n]);
    }
}

/* x of the sum is not below n: r = x - n, which x = r + n tells from x = r. */
static void x_above_the_order(void **state)
{
    BIGNUM *x = BN_dup(order), *r = BN_new(), *u = BN_new(), *v = BN_new(), *s = BN_new(), *e = BN_new();
    EC_POINT *sum, *q = EC_POINT_new(group);
    uint8_t signature[64], hash[32], point[65];
    (void)state;
    BN_add_word(x, 3);
    sum = point_near(x, 1);
    EC_POINT_get_affine_coordinates(group, sum, x, NULL, ctx);
    assert_true(BN_cmp(x, order) > 0);
    BN_mod(r, x, order, ctx);
    BN_set_word(s, 12345);
    BN_set_word(e, 6789);
    /* Q = (s R - e G) / r */
    BN_mod_inverse(v, r, order, ctx);
    BN_mod_mul(u, v, s, order, ctx);
    BN_mod_mul(v, v, e, order, ctx);
    BN_sub(v, order, v);
    assert_int_equal(EC_POINT_mul(group, q, v, sum, u, ctx), 1);
    write32(signature, r);
    write32(signature + 32, s);
    write32(hash, e);
    encode(point, q);
    for (size_t w = 0; w < WAYS; w++) {
        choose(&ways[w]);
        assert_int_equal(verify(ways[w].arithmetic, point, hash, signature), PSA_SUCCESS);
        BN_add_word(r, 1);
        write32(signature, r);
        assert_int_equal(verify(ways[w].arithmetic, point, hash, signature), PSA_ERROR_INVALID_SIGNATURE);
        BN_sub_word(r, 1);
        write32(signature, r);
    }
    BN_free(x);
    BN_free(r);
    BN_free(u);
    BN_free(v);
    BN_free(s);
    BN_free(e);
    EC_POINT_free(sum);
    EC_POINT_free(q);
}

/* ---- Integers ---- */

/* Limbs of zeros and ones in every pattern, near the modulus, and random. */
static void operand_number(BIGNUM *x, unsigned number, const BIGNUM *modulus)
{
    static struct random_source source = { 79 };
    uint8_t bytes[32];
    if (number < 16) {
        for (int i = 0; i < 32; i++) {
            bytes[i] = (number >> (i / 8)) & 1u ? 0xff : 0;
        }
        BN_bin2bn(bytes, 32, x);
    } else if (number < 32) {
        BN_copy(x, modulus);
        BN_sub_word(x, number - 15);
    } else if (number < 48) {
        BN_set_word(x, number - 32);
    } else {
        random_source_bytes(&source, bytes, 32);
        BN_bin2bn(bytes, 32, x);
    }
}

#if defined(__SIZEOF_INT128__)
static void words(uint64_t r[4], const BIGNUM *x)
{
    uint8_t bytes[32];
    write32(bytes, x);
    for (int i = 0; i < 4; i++) {
        r[i] = 0;
        for (int j = 0; j < 8; j++) {
            r[i] = r[i] << 8 | bytes[8 * (3 - i) + j];
        }
    }
}

static void kernel_multiply(uint8_t r[32], const BIGNUM *a, const BIGNUM *b, int modulo_order)
{
    uint64_t x[4], y[4];
    words(x, a);
    words(y, b);
    if (modulo_order) {
        sw_kernels.p256_order_multiply(x, x, y);
    } else {
        sw_kernels.p256_multiply(x, x, y);
    }
    for (int i = 0; i < 32; i++) {
        r[31 - i] = (uint8_t)(x[i / 8] >> (8 * (i % 8)));
    }
}
#else
static void kernel_multiply(uint8_t r[32], const BIGNUM *a, const BIGNUM *b, int modulo_order)
{
    uint8_t x[32], y[32];
    write32(x, a);
    write32(y, b);
    p256_limbs32_multiply(r, x, y, modulo_order);
}
#endif

static void multiplication(void **state)
{
    BIGNUM *a = BN_new(), *b = BN_new(), *product = BN_new(), *r_inverse = BN_new();
    uint8_t x[32], y[32], got[32], expected[32];
    (void)state;
    for (unsigned i = 0; i < 2 * 70 * 70; i += (unsigned)slow_step(7)) {
        int modulo_order = i & 1;
        const BIGNUM *m = modulo_order ? order : prime;
        BN_one(r_inverse);
        BN_lshift(r_inverse, r_inverse, 256);
        BN_mod_inverse(r_inverse, r_inverse, m, ctx);
        operand_number(a, i / 2 % 70, m);
        operand_number(b, i / 140, m);
        BN_nnmod(b, b, m, ctx); /* the other may be above the modulus */
        BN_mod_mul(product, a, b, m, ctx);
        BN_mod_mul(product, product, r_inverse, m, ctx);
        write32(expected, product);
        write32(x, a);
        write32(y, b);
        p256_limbs32_multiply(got, x, y, modulo_order);
        assert_memory_equal(got, expected, 32);
        for (size_t w = 0; w < 2; w++) {
            choose(&ways[w]);
            kernel_multiply(got, a, b, modulo_order);
            assert_memory_equal(got, expected, 32);
        }
    }
    BN_free(a);
    BN_free(b);
    BN_free(product);
    BN_free(r_inverse);
}

/* ---- The table ---- */

static void montgomery(uint8_t bytes[32], const uint8_t coordinate[32])
{
    BIGNUM *x = BN_bin2bn(coordinate, 32, NULL);
    BN_lshift(x, x, 256);
    BN_mod(x, x, prime, ctx);
    write32(bytes, x);
    BN_free(x);
}

static void table_coordinate(uint8_t bytes[32], const uint64_t *coordinate)
{
    for (int i = 0; i < 32; i++) {
        bytes[31 - i] = (uint8_t)(coordinate[i / 8] >> (8 * (i % 8)));
    }
}

static void table(void **state)
{
    BIGNUM *k = BN_new();
    uint8_t point[65], got[32], expected[32];
    (void)state;
    for (unsigned t = 0; t < 26; t++) {
        for (unsigned j = 0; j < 16; j++) {
            BN_set_word(k, 2 * j + 1);
            BN_lshift(k, k, 10 * (int)t);
            multiply(point, k, NULL);
            for (unsigned c = 0; c < 2; c++) {
                montgomery(expected, point + 1 + 32 * c);
                table_coordinate(got, p256_table[t][j] + 4 * c);
                assert_memory_equal(got, expected, 32);
            }
        }
    }
    BN_free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(multiplication),
        cmocka_unit_test(base_point),
        cmocka_unit_test(other_points),
        cmocka_unit_test(points_refused),
        cmocka_unit_test(coordinates_not_reduced),
        cmocka_unit_test(signatures),
        cmocka_unit_test(exceptional_sums),
        cmocka_unit_test(x_above_the_order),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
