/* SPDX-License-Identifier: Apache-2.0 */
/* Curves by their parameters: OpenSSL's parameters, multiples and sums; the formula's special pairs; roots. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "curves.h"
#include "software/ecc/generic_base.h"
#include "support/quick.h"

#define XY_MAX (2 * GENERIC_LENGTH_MAX)

/* A curve on both sides. */
struct pair {
    EC_GROUP *openssl;
    struct generic_curve curve;
    const struct generic_parameters *parameters;
};

/* 0: this one is not here. */
static int open_pair(struct pair *pair, const struct test_curve *row)
{
    pair->parameters = generic_parameters_find(row->curve.family, row->curve.bits);
    if (pair->parameters == NULL) {
        return 0;
    }
    pair->openssl = test_curve_group(row);
    generic_curve_init(&pair->curve, pair->parameters);
    return 1;
}

static void each(void (*run)(struct pair *pair))
{
    size_t count = 0;
    for (size_t i = 0; i < TEST_CURVES; i++) {
        struct pair pair;
        if (open_pair(&pair, &test_curves[i])) {
            run(&pair);
            EC_GROUP_free(pair.openssl);
            count++;
        }
    }
    assert_int_equal(count, 16);
}

static void assert_integer(const BIGNUM *expected, const uint8_t *bytes, unsigned length)
{
    BIGNUM *integer = BN_bin2bn(bytes, (int)length, NULL);
    assert_int_equal(BN_cmp(integer, expected), 0);
    BN_free(integer);
}

static void parameters_of(struct pair *pair)
{
    BIGNUM *p = BN_new(), *a = BN_new(), *b = BN_new();
    unsigned length = pair->curve.f.length;
    assert_int_equal(EC_GROUP_get_curve(pair->openssl, p, a, b, NULL), 1);
    assert_integer(p, pair->parameters->p, length);
    assert_integer(a, pair->parameters->a, length);
    assert_integer(b, pair->parameters->b, length);
    assert_int_equal(BN_num_bytes(p), pair->parameters->length);
    assert_int_equal(EC_POINT_get_affine_coordinates(pair->openssl, EC_GROUP_get0_generator(pair->openssl), a, b, NULL), 1);
    assert_integer(a, pair->parameters->x, length);
    assert_integer(b, pair->parameters->y, length);
    BN_free(p);
    BN_free(a);
    BN_free(b);
}

static void test_parameters(void **state)
{
    (void)state;
    each(parameters_of);
}

/* x || y, O as zeroes. */
static void write_openssl(const struct pair *pair, uint8_t *xy, const EC_POINT *point)
{
    uint8_t encoded[1 + XY_MAX];
    size_t length = 2u * pair->curve.f.length;
    memset(xy, 0, length);
    if (!EC_POINT_is_at_infinity(pair->openssl, point)) {
        assert_int_equal(EC_POINT_point2oct(pair->openssl, point, POINT_CONVERSION_UNCOMPRESSED, encoded, sizeof encoded, NULL), 1 + length);
        memcpy(xy, encoded + 1, length);
    }
}

static void read_openssl(struct pair *pair, struct generic_point *r, const EC_POINT *point)
{
    uint8_t xy[XY_MAX];
    write_openssl(pair, xy, point);
    limb valid = generic_read_point(&pair->curve, r, xy);
    if (EC_POINT_is_at_infinity(pair->openssl, point)) {
        assert_true(valid == 0);
        memset(r, 0, sizeof *r);
        r->y = pair->curve.f.one;
    } else {
        assert_true(valid == (limb)0 - 1u);
    }
}

static void assert_point(struct pair *pair, const struct generic_point *point, const EC_POINT *expected)
{
    uint8_t xy[XY_MAX], other[XY_MAX];
    limb valid = generic_write_point(&pair->curve, xy, point);
    write_openssl(pair, other, expected);
    assert_memory_equal(xy, other, 2u * pair->curve.f.length);
    assert_true(valid == (EC_POINT_is_at_infinity(pair->openssl, expected) ? 0 : (limb)0 - 1u));
}

static void random_point(const struct pair *pair, EC_POINT *point, BIGNUM *k)
{
    assert_int_equal(BN_rand_range(k, EC_GROUP_get0_order(pair->openssl)), 1);
    assert_int_equal(EC_POINT_mul(pair->openssl, point, k, NULL, NULL, NULL), 1);
}

static void multiples_of(struct pair *pair)
{
    const BIGNUM *order = EC_GROUP_get0_order(pair->openssl);
    int length = BN_num_bytes(order);
    EC_POINT *base = EC_POINT_new(pair->openssl), *product = EC_POINT_new(pair->openssl);
    BIGNUM *k = BN_new();
    for (int i = 0; i < (quick() ? 7 : 20); i++) {
        uint8_t scalar[GENERIC_LENGTH_MAX];
        struct generic_point p;
        random_point(pair, base, k);
        if (i < 7) { /* 0, 1, 2; n - 1, n, n + 1, n + 2 */
            assert_true(i < 3 ? BN_set_word(k, (BN_ULONG)i) : BN_copy(k, order) != NULL && BN_add_word(k, (BN_ULONG)(i - 3)) && BN_sub_word(k, 1));
        }
        assert_int_equal(EC_POINT_mul(pair->openssl, product, NULL, base, k, NULL), 1);
        assert_int_equal(BN_bn2binpad(k, scalar, length), length);
        read_openssl(pair, &p, base);
        generic_multiply_point(&pair->curve, &p, scalar, (size_t)length, &p);
        assert_point(pair, &p, product);
    }
    BN_free(k);
    EC_POINT_free(base);
    EC_POINT_free(product);
}

static void test_multiples(void **state)
{
    (void)state;
    each(multiples_of);
}

/* Multiples of the base point, with and without the table for them. */
static void base_multiples_of(struct pair *pair)
{
    const struct sw_curve *curve = sw_curve_find(pair->parameters->family, pair->parameters->bits);
    const BIGNUM *order = EC_GROUP_get0_order(pair->openssl);
    EC_POINT *product = EC_POINT_new(pair->openssl);
    BIGNUM *k = BN_new();
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_base bare = *base;
    assert_non_null(base->comb);
    assert_ptr_equal(generic_base_get(&own, curve), base);
    bare.comb = NULL;
    for (int i = 0; i < (quick() ? 8 : 24); i++) {
        uint8_t scalar[GENERIC_LENGTH_MAX];
        struct generic_point p;
        random_point(pair, product, k);
        if (i < 4) { /* 0, 1; n - 1, n */
            assert_true(i < 2 ? BN_set_word(k, (BN_ULONG)i) : BN_copy(k, order) != NULL && BN_sub_word(k, (BN_ULONG)(3 - i)));
        }
        assert_int_equal(EC_POINT_mul(pair->openssl, product, k, NULL, NULL, NULL), 1);
        assert_int_equal(BN_bn2binpad(k, scalar, curve->order_length), curve->order_length);
        generic_multiply_base(i % 8 == 7 ? &bare : base, &p, scalar);
        assert_point(pair, &p, product);
    }
    BN_free(k);
    EC_POINT_free(product);
}

static void test_base_multiples(void **state)
{
    (void)state;
    each(base_multiples_of);
    generic_base_close();
}

/* u G + v Q: with and without what is kept of G; scalars of few digits; sums that are twice a point, or O. */
static void both_multiples_of(struct pair *pair)
{
    const struct sw_curve *curve = sw_curve_find(pair->parameters->family, pair->parameters->bits);
    const BIGNUM *order = EC_GROUP_get0_order(pair->openssl);
    EC_POINT *point = EC_POINT_new(pair->openssl), *sum = EC_POINT_new(pair->openssl);
    BIGNUM *u = BN_new(), *v = BN_new();
    struct generic_base own;
    const struct generic_base *base = generic_base_get(&own, curve);
    struct generic_base bare = *base;
    bare.odd = NULL;
    assert_non_null(base->odd);
    for (int i = 0; i < (quick() ? 12 : 30); i++) {
        uint8_t us[GENERIC_LENGTH_MAX], vs[GENERIC_LENGTH_MAX];
        struct generic_point q, r;
        random_point(pair, point, u);
        assert_int_equal(BN_rand_range(v, order), 1);
        if (i < 8) { /* 0 or n - 1 or 5 for either */
            assert_true(BN_set_word(i % 2 == 0 ? u : v, (BN_ULONG)(i < 4 ? 0 : 5)));
            assert_true(i % 4 < 2 || (BN_copy(i % 2 == 0 ? v : u, order) != NULL && BN_sub_word(i % 2 == 0 ? v : u, 1)));
        } else if (i < 12) { /* Q = G or -G */
            assert_true(EC_POINT_copy(point, EC_GROUP_get0_generator(pair->openssl)));
            assert_true(i % 2 == 0 || EC_POINT_invert(pair->openssl, point, NULL));
            assert_true(i >= 10 || BN_copy(v, u));
        }
        assert_int_equal(EC_POINT_mul(pair->openssl, sum, u, point, v, NULL), 1);
        assert_int_equal(BN_bn2binpad(u, us, curve->order_length), curve->order_length);
        assert_int_equal(BN_bn2binpad(v, vs, curve->order_length), curve->order_length);
        read_openssl(pair, &q, point);
        generic_multiply_both_vartime(i % 3 == 0 ? &bare : base, &r, us, vs, &q);
        assert_point(pair, &r, sum);
    }
    BN_free(u);
    BN_free(v);
    EC_POINT_free(point);
    EC_POINT_free(sum);
}

static void test_both_multiples(void **state)
{
    (void)state;
    each(both_multiples_of);
    generic_base_close();
}

/* 2^count P for a P that is not in affine coordinates, and for O. */
static void doublings_of(struct pair *pair)
{
    EC_POINT *point = EC_POINT_new(pair->openssl);
    BIGNUM *k = BN_new();
    for (unsigned count = 0; count < 8; count++) {
        struct generic_point p, o;
        random_point(pair, point, k);
        read_openssl(pair, &p, point);
        assert_int_equal(EC_POINT_dbl(pair->openssl, point, point, NULL), 1);
        generic_add_points(&pair->curve, &p, &p, &p);
        generic_double_times(&pair->curve, &p, &p, count);
        for (unsigned i = 0; i < count; i++) {
            assert_int_equal(EC_POINT_dbl(pair->openssl, point, point, NULL), 1);
        }
        assert_point(pair, &p, point);
        generic_neutral(&pair->curve, &o);
        generic_double_times(&pair->curve, &o, &o, count);
        generic_add_points(&pair->curve, &o, &o, &p);
        assert_point(pair, &o, point);
    }
    BN_free(k);
    EC_POINT_free(point);
}

static void test_doublings(void **state)
{
    (void)state;
    each(doublings_of);
}

static void assert_sum(struct pair *pair, const EC_POINT *a, const EC_POINT *b)
{
    EC_POINT *sum = EC_POINT_new(pair->openssl);
    struct generic_point p, q;
    assert_int_equal(EC_POINT_add(pair->openssl, sum, a, b, NULL), 1);
    read_openssl(pair, &p, a);
    read_openssl(pair, &q, b);
    generic_add_points(&pair->curve, &p, &p, &q);
    assert_point(pair, &p, sum);
    /* The sum is not in affine coordinates any more. */
    assert_int_equal(EC_POINT_add(pair->openssl, sum, sum, b, NULL), 1);
    generic_add_points(&pair->curve, &p, &q, &p);
    assert_point(pair, &p, sum);
    assert_int_equal(EC_POINT_dbl(pair->openssl, sum, sum, NULL), 1);
    generic_double_point(&pair->curve, &p, &p);
    assert_point(pair, &p, sum);
    EC_POINT_free(sum);
}

static void sums_of(struct pair *pair)
{
    EC_POINT *a = EC_POINT_new(pair->openssl), *b = EC_POINT_new(pair->openssl), *o = EC_POINT_new(pair->openssl);
    BIGNUM *k = BN_new();
    assert_int_equal(EC_POINT_set_to_infinity(pair->openssl, o), 1);
    for (int i = 0; i < 10; i++) {
        random_point(pair, a, k);
        random_point(pair, b, k);
        assert_sum(pair, a, b);
        assert_sum(pair, a, a);
        assert_sum(pair, a, o);
        assert_sum(pair, o, b);
        assert_int_equal(EC_POINT_copy(b, a), 1);
        assert_int_equal(EC_POINT_invert(pair->openssl, b, NULL), 1);
        assert_sum(pair, a, b);
    }
    assert_sum(pair, o, o);
    BN_free(k);
    EC_POINT_free(a);
    EC_POINT_free(b);
    EC_POINT_free(o);
}

static void test_sums(void **state)
{
    (void)state;
    each(sums_of);
}

/* Half of all elements have a root; p = 3 mod 4: a or -a has one. */
static void roots_of(struct pair *pair)
{
    const struct generic_field *f = &pair->curve.f;
    for (int i = 0; i < 40 && (f->p[0] & 3u) == 3u; i++) {
        uint8_t bytes[GENERIC_LENGTH_MAX * 2];
        struct generic_element a, negative, r, s;
        BIGNUM *integer = BN_new();
        assert_int_equal(BN_rand(integer, (int)(16u * f->length) - i, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY), 1);
        assert_true(BN_bn2binpad(integer, bytes, (int)(2u * f->length)) > 0);
        BN_free(integer);
        generic_reduce(f, &a, bytes, 2u * f->length);
        generic_negate(f, &negative, &a);
        limb first = generic_root(f, &r, &a), second = generic_root(f, &s, &negative);
        assert_true((first ^ second) == (limb)0 - 1u);
        generic_multiply(f, &r, first != 0 ? &r : &s, first != 0 ? &r : &s);
        assert_true(generic_is_equal(f, &r, first != 0 ? &a : &negative) != 0);
        generic_invert(f, &r, &a);
        generic_multiply(f, &r, &r, &a);
        assert_true(generic_is_equal(f, &r, &f->one) != 0);
        assert_true((generic_is_odd(f, &a) ^ generic_is_odd(f, &negative)) != 0); /* they add up to p */
    }
}

static void zero_and_small(struct pair *pair)
{
    const struct generic_field *f = &pair->curve.f;
    struct generic_element a, b, zero;
    uint8_t bytes[GENERIC_LENGTH_MAX], prime[GENERIC_LENGTH_MAX];
    generic_small(f, &zero, 0);
    assert_true(generic_is_zero(f, &zero) != 0);
    generic_invert(f, &a, &zero);
    assert_true(generic_is_zero(f, &a) != 0);
    assert_true((f->p[0] & 3u) != 3u || (generic_root(f, &a, &zero) != 0 && generic_is_zero(f, &a) != 0));
    generic_small(f, &a, 12);
    generic_small(f, &b, -12);
    generic_add(f, &a, &a, &b);
    assert_true(generic_is_zero(f, &a) != 0);
    memcpy(prime, pair->parameters->p, f->length);
    assert_true(generic_read(f, &a, prime) == 0 && generic_is_zero(f, &a) != 0);
    prime[f->length - 1u] ^= 1; /* p - 1 */
    assert_true(generic_read(f, &a, prime) == (limb)0 - 1u);
    generic_write(f, bytes, &a);
    assert_memory_equal(bytes, prime, f->length);
    generic_add(f, &a, &a, &f->one);
    assert_true(generic_is_zero(f, &a) != 0);
}

static void test_fields(void **state)
{
    (void)state;
    each(roots_of);
    each(zero_and_small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_multiples),
        cmocka_unit_test(test_base_multiples),
        cmocka_unit_test(test_both_multiples),
        cmocka_unit_test(test_doublings),
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
