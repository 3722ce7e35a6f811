/* SPDX-License-Identifier: Apache-2.0 */
/*
 * P-256 of our own against OpenSSL's points: multiples, refusals, signatures, the sums in which points meet. Everything
 * through the driver is in the other tests here, integers are in test_p256_integers.c.
 */
#include "p256_ways.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
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
