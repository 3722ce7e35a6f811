/* SPDX-License-Identifier: Apache-2.0 */
/* Groups for PAKEs: the laws of a group, OpenSSL's sums and integers, what is no element. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../ecc/curves.h"
#include "../services.h"
#include "groups.h"
#include "limbs32.h"
#include "software/ecc/eddsa.h"
#include "support/quick.h"

/* All, or the first of them in a quick run. */
static size_t quick_count(size_t all, size_t first)
{
    return quick() && first < all ? first : all;
}

struct element {
    uint8_t bytes[SW_GROUP_ELEMENT_MAX];
};

struct scalar {
    uint8_t bytes[SW_GROUP_SCALAR_MAX];
};

static struct sw_group find(psa_pake_primitive_t primitive)
{
    struct sw_group group;
    assert_int_equal(sw_group_find(&group, primitive), PSA_SUCCESS);
    return group;
}

static struct scalar random_scalar(const struct sw_group *group)
{
    struct scalar scalar;
    assert_int_equal(sw_group_scalar_random(group, scalar.bytes), PSA_SUCCESS);
    return scalar;
}

static struct scalar small(const struct sw_group *group, uint8_t value)
{
    struct scalar scalar = { { 0 } };
    scalar.bytes[group->scalar_length - 1u] = value;
    return scalar;
}

static struct element base_times(const struct sw_group *group, struct scalar k)
{
    struct element product;
    assert_int_equal(sw_group_multiply_base(group, product.bytes, k.bytes), PSA_SUCCESS);
    return product;
}

static struct element times(const struct sw_group *group, struct scalar k, struct element element)
{
    struct element product;
    assert_int_equal(sw_group_multiply(group, product.bytes, k.bytes, element.bytes), PSA_SUCCESS);
    return product;
}

static struct element plus(const struct sw_group *group, struct element a, struct element b)
{
    struct element sum;
    assert_int_equal(sw_group_add(group, sum.bytes, a.bytes, b.bytes), PSA_SUCCESS);
    return sum;
}

static struct scalar negative(const struct sw_group *group, struct scalar a)
{
    sw_group_scalar_negate(group, a.bytes, a.bytes);
    return a;
}

static int is_neutral(const struct sw_group *group, struct element a)
{
    uint32_t mask = sw_group_is_neutral(group, a.bytes);
    assert_true(mask == 0 || mask == 0xffffffffu);
    return mask != 0;
}

static void equal(const struct sw_group *group, struct element a, struct element b)
{
    assert_memory_equal(a.bytes, b.bytes, group->element_length);
}

/* ---- The laws ---- */

static void sums_of_multiples(const struct sw_group *group)
{
    struct scalar a = random_scalar(group), b = random_scalar(group), sum, product;
    sw_group_scalar_add(group, sum.bytes, a.bytes, b.bytes);
    sw_group_scalar_multiply(group, product.bytes, a.bytes, b.bytes);
    struct element g_a = base_times(group, a), g_b = base_times(group, b);
    equal(group, plus(group, g_a, g_b), base_times(group, sum));
    equal(group, times(group, b, g_a), base_times(group, product));
    assert_int_equal(sw_group_check(group, g_a.bytes), PSA_SUCCESS);
}

static void neutral_element(const struct sw_group *group)
{
    struct scalar a = random_scalar(group), zero = small(group, 0);
    struct element g_a = base_times(group, a), o = base_times(group, zero);
    assert_true(is_neutral(group, o));
    assert_false(is_neutral(group, g_a));
    equal(group, plus(group, g_a, base_times(group, negative(group, a))), o);
    equal(group, plus(group, g_a, o), g_a);
    equal(group, plus(group, o, g_a), g_a);
    equal(group, plus(group, o, o), o);
    equal(group, times(group, zero, g_a), o);
    equal(group, times(group, a, o), o);
    assert_int_equal(sw_group_check(group, o.bytes), PSA_ERROR_INVALID_ARGUMENT);
}

static void small_multiples(const struct sw_group *group)
{
    struct element base, sum, power = base_times(group, small(group, 1));
    assert_int_equal(sw_group_base(group, base.bytes), PSA_SUCCESS);
    equal(group, base, power);
    sum = base;
    for (uint8_t i = 2; i < 6; i++) {
        sum = plus(group, sum, base); /* equal summands at first */
        equal(group, times(group, small(group, i), base), sum);
        equal(group, base_times(group, small(group, i)), sum);
    }
    equal(group, times(group, negative(group, small(group, 1)), base), base_times(group, negative(group, small(group, 1))));
}

static void laws(const psa_pake_primitive_t *primitives, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sw_group group = find(primitives[i]);
        assert_int_equal(group.element_length, PSA_PAKE_OUTPUT_SIZE(PSA_ALG_JPAKE(PSA_ALG_SHA_256), primitives[i], PSA_PAKE_STEP_KEY_SHARE));
        sums_of_multiples(&group);
        neutral_element(&group);
        small_multiples(&group);
    }
}

static void curve_laws(void **state)
{
    (void)state;
    laws(curve_groups, quick_count(CURVE_GROUPS, 3));
}

static void field_laws(void **state)
{
    (void)state;
    laws(field_groups, quick_count(3, 1));
}

static void every_group_is_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < FIELD_GROUPS; i++) {
        struct sw_group group = find(field_groups[i]);
        uint8_t order[SW_GROUP_SCALAR_MAX], base[SW_GROUP_ELEMENT_MAX];
        sw_group_order(&group, order);
        assert_int_equal(order[0], 0x7f);
        assert_int_equal(order[group.scalar_length - 1u] & 1u, 1);
        assert_int_equal(sw_group_base(&group, base), PSA_SUCCESS);
        assert_int_equal(sw_group_check(&group, base), PSA_SUCCESS);
    }
    struct sw_group group;
    assert_int_equal(sw_group_find(&group, ECC(MONTGOMERY, 255)), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_group_find(&group, ECC(SECP_R1, 257)), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_group_find(&group, DH(RFC7919, 2047)), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(sw_group_find(&group, 0), PSA_ERROR_NOT_SUPPORTED);
}

/* ---- Beside OpenSSL ---- */

static void point_write(const EC_GROUP *group, const EC_POINT *point, uint8_t *encoded, size_t length)
{
    assert_int_equal(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, encoded, length, NULL), length);
}

/* k G + G and k P for P = 2 G. */
static void points_of_openssl(void **state)
{
    (void)state;
    for (size_t i = 0; i < quick_count(TEST_CURVES, 3); i++) {
        const struct test_curve *row = &test_curves[i];
        if (row->nid == 0) {
            continue;
        }
        struct sw_group group = find(PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, row->curve.family, row->curve.bits));
        struct scalar k = random_scalar(&group);
        struct element expected, base;
        EC_GROUP *openssl = EC_GROUP_new_by_curve_name(row->nid);
        EC_POINT *point = EC_POINT_new(openssl);
        BIGNUM *integer = BN_bin2bn(k.bytes, group.scalar_length, NULL);

        assert_int_equal(EC_POINT_mul(openssl, point, integer, NULL, NULL, NULL), 1);
        assert_int_equal(EC_POINT_add(openssl, point, point, EC_GROUP_get0_generator(openssl), NULL), 1);
        point_write(openssl, point, expected.bytes, group.element_length);
        assert_int_equal(sw_group_base(&group, base.bytes), PSA_SUCCESS);
        equal(&group, plus(&group, base_times(&group, k), base), expected);

        assert_int_equal(EC_POINT_dbl(openssl, point, EC_GROUP_get0_generator(openssl), NULL), 1);
        assert_int_equal(EC_POINT_mul(openssl, point, NULL, point, integer, NULL), 1);
        point_write(openssl, point, expected.bytes, group.element_length);
        equal(&group, times(&group, k, base_times(&group, small(&group, 2))), expected);
        BN_free(integer);
        EC_POINT_free(point);
        EC_GROUP_free(openssl);
    }
}

static void expect(const BIGNUM *integer, const uint8_t *bytes, size_t length)
{
    uint8_t expected[SW_GROUP_SCALAR_MAX];
    assert_true(BN_bn2binpad(integer, expected, (int)length) >= 0);
    assert_memory_equal(bytes, expected, length);
}

static void check_integers(const struct sw_group *group, BN_CTX *context)
{
    uint8_t order[SW_GROUP_SCALAR_MAX], wide[2u * SW_GROUP_SCALAR_MAX], r[SW_GROUP_SCALAR_MAX];
    size_t length = group->scalar_length, wide_length = 2u * length - 3u;
    struct scalar a = random_scalar(group), b = random_scalar(group);
    sw_group_order(group, order);
    assert_int_equal(test_random_bytes(NULL, wide, wide_length), PSA_SUCCESS);
    BIGNUM *q = BN_bin2bn(order, (int)length, NULL), *x = BN_bin2bn(a.bytes, (int)length, NULL);
    BIGNUM *y = BN_bin2bn(b.bytes, (int)length, NULL), *t = BN_bin2bn(wide, (int)wide_length, NULL);

    sw_group_scalar_reduce(group, r, wide, wide_length);
    assert_int_equal(BN_mod(t, t, q, context), 1);
    expect(t, r, length);
    sw_group_scalar_add(group, r, a.bytes, b.bytes);
    assert_int_equal(BN_mod_add(t, x, y, q, context), 1);
    expect(t, r, length);
    sw_group_scalar_multiply(group, r, a.bytes, b.bytes);
    assert_int_equal(BN_mod_mul(t, x, y, q, context), 1);
    expect(t, r, length);
    sw_group_scalar_negate(group, r, a.bytes);
    assert_int_equal(BN_sub(t, q, x), 1);
    expect(t, r, length);
    BN_free(q);
    BN_free(x);
    BN_free(y);
    BN_free(t);
}

static void integers_of_openssl(void **state)
{
    BN_CTX *context = BN_CTX_new();
    (void)state;
    for (size_t i = 0; i < CURVE_GROUPS; i++) {
        struct sw_group group = find(curve_groups[i]);
        for (int j = 0; j < 20; j++) {
            check_integers(&group, context);
        }
    }
    for (size_t i = 0; i < quick_count(FIELD_GROUPS, 1); i++) {
        struct sw_group group = find(field_groups[i]);
        check_integers(&group, context);
    }
    BN_CTX_free(context);
}

/* 0, 1, q - 1, q, q + 1, all-ones. */
static void edges_of_integers(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVE_GROUPS; i++) {
        struct sw_group group = find(curve_groups[i]);
        struct scalar order = { { 0 } }, zero = small(&group, 0), one = small(&group, 1), r;
        size_t length = group.scalar_length;
        sw_group_order(&group, order.bytes);
        assert_int_equal(sw_group_scalar_is_valid(&group, order.bytes), 0);
        assert_int_equal(sw_group_scalar_is_valid(&group, zero.bytes), 0);
        assert_int_equal(sw_group_scalar_is_valid(&group, one.bytes), 0xffffffffu);
        sw_group_scalar_reduce(&group, r.bytes, order.bytes, length);
        assert_memory_equal(r.bytes, zero.bytes, length);
        sw_group_scalar_reduce(&group, r.bytes, order.bytes, 0);
        assert_memory_equal(r.bytes, zero.bytes, length);
        r = negative(&group, zero);
        assert_memory_equal(r.bytes, zero.bytes, length);

        order.bytes[length - 1u]--; /* every order is odd */
        assert_int_equal(sw_group_scalar_is_valid(&group, order.bytes), 0xffffffffu);
        sw_group_scalar_add(&group, r.bytes, order.bytes, one.bytes);
        assert_memory_equal(r.bytes, zero.bytes, length);
        sw_group_scalar_multiply(&group, r.bytes, order.bytes, order.bytes); /* -1 squared */
        assert_memory_equal(r.bytes, one.bytes, length);
        memset(r.bytes, 0xff, length);
        assert_int_equal(sw_group_scalar_is_valid(&group, r.bytes), 0);
    }
}

/* ---- Limbs of 32 bits ---- */

static void both_limbs_modular(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVE_GROUPS + 1; i++) {
        struct sw_group group = find(i < CURVE_GROUPS ? curve_groups[i] : field_groups[0]);
        uint8_t order[SW_GROUP_SCALAR_MAX], x[SW_GROUP_SCALAR_MAX], y[SW_GROUP_SCALAR_MAX], wide[200];
        struct sw_modulus modulus = { order, group.scalar_length };
        struct scalar a = random_scalar(&group), b = random_scalar(&group);
        sw_group_order(&group, order);
        assert_int_equal(test_random_bytes(NULL, wide, sizeof wide), PSA_SUCCESS);
        sw_modular_multiply(modulus, x, a.bytes, b.bytes);
        sw_modular_multiply_limbs32(modulus, y, a.bytes, b.bytes);
        assert_memory_equal(x, y, group.scalar_length);
        sw_modular_add(modulus, x, a.bytes, b.bytes);
        sw_modular_add_limbs32(modulus, y, a.bytes, b.bytes);
        assert_memory_equal(x, y, group.scalar_length);
        sw_modular_negate(modulus, x, a.bytes);
        sw_modular_negate_limbs32(modulus, y, a.bytes);
        assert_memory_equal(x, y, group.scalar_length);
        sw_modular_reduce(modulus, x, wide, sizeof wide);
        sw_modular_reduce_limbs32(modulus, y, wide, sizeof wide);
        assert_memory_equal(x, y, group.scalar_length);
    }
}

static void check_both_limbs(struct sw_group group, const struct sw_curve_group *wide, const struct sw_curve_group *narrow)
{
    for (int i = 0; i < 20; i++) {
        struct scalar k = random_scalar(&group), l = random_scalar(&group);
        struct element a, b, c, d;
        assert_int_equal(wide->multiply_base(group.curve, a.bytes, k.bytes), PSA_SUCCESS);
        assert_int_equal(narrow->multiply_base(group.curve, b.bytes, k.bytes), PSA_SUCCESS);
        equal(&group, a, b);
        assert_int_equal(wide->multiply(group.curve, c.bytes, l.bytes, a.bytes), PSA_SUCCESS);
        assert_int_equal(narrow->multiply(group.curve, d.bytes, l.bytes, a.bytes), PSA_SUCCESS);
        equal(&group, c, d);
        assert_int_equal(wide->add(group.curve, b.bytes, a.bytes, c.bytes), PSA_SUCCESS);
        assert_int_equal(narrow->add(group.curve, d.bytes, a.bytes, c.bytes), PSA_SUCCESS);
        equal(&group, b, d);
        assert_int_equal(narrow->check(group.curve, d.bytes), PSA_SUCCESS);
        d.bytes[i % 32] ^= 1;
        assert_int_equal(narrow->check(group.curve, d.bytes), wide->check(group.curve, d.bytes));
    }
}

static void both_limbs_edwards(void **state)
{
    (void)state;
    check_both_limbs(find(ECC(TWISTED_EDWARDS, 255)), &sw_edwards25519_group, &sw_edwards25519_group_limbs32);
    check_both_limbs(find(ECC(TWISTED_EDWARDS, 448)), &sw_edwards448_group, &sw_edwards448_group_limbs32);
}

/* ---- What is no element ---- */

static void foreign_points(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVE_GROUPS; i++) {
        struct sw_group group = find(curve_groups[i]);
        struct element base, other;
        if (group.curve->family == PSA_ECC_FAMILY_TWISTED_EDWARDS) {
            continue;
        }
        assert_int_equal(sw_group_base(&group, base.bytes), PSA_SUCCESS);
        for (uint8_t first = 0; first < 8; first++) { /* compressed, hybrid */
            other = base;
            other.bytes[0] = first;
            assert_int_equal(sw_group_check(&group, other.bytes), first == 4 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        }
        other = base;
        other.bytes[group.element_length - 1u] ^= 1;
        assert_int_equal(sw_group_check(&group, other.bytes), PSA_ERROR_INVALID_ARGUMENT);
        memset(other.bytes + 1, 0xff, group.element_length - 1u);
        assert_int_equal(sw_group_check(&group, other.bytes), PSA_ERROR_INVALID_ARGUMENT);
    }
}

static void edwards_subgroup(void **state)
{
    /* Points of order 8, 4 and 2 (RFC 7748, 7 has their images), y out of range, no point. */
    static const uint8_t order8[32] = { 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
                                        0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05 };
    static const uint8_t order4[32] = { 0 };
    struct sw_group group = find(ECC(TWISTED_EDWARDS, 255));
    struct element order2, beyond, none = { { 2 } }, minus_zero = { { 1 } };
    (void)state;
    memset(order2.bytes, 0xff, 32);
    order2.bytes[0] = 0xec;
    order2.bytes[31] = 0x7f;
    beyond = order2;
    beyond.bytes[0] = 0xee; /* p + 1 */
    minus_zero.bytes[31] = 0x80;
    assert_int_equal(sw_group_check(&group, order8), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, order4), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, order2.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, beyond.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, none.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, minus_zero.bytes), PSA_ERROR_INVALID_ARGUMENT);
    /* A point of order L and one of order 8 are a point of order 8 L. */
    struct element mixed, base;
    assert_int_equal(sw_group_base(&group, base.bytes), PSA_SUCCESS);
    assert_int_equal(sw_group_check(&group, base.bytes), PSA_SUCCESS);
    assert_int_equal(sw_group_add(&group, mixed.bytes, base.bytes, order8), PSA_SUCCESS);
    assert_int_equal(sw_group_check(&group, mixed.bytes), PSA_ERROR_INVALID_ARGUMENT);
    for (int i = 0; i < 3; i++) {
        mixed = plus(&group, mixed, mixed);
    }
    equal(&group, mixed, base_times(&group, small(&group, 8)));
}

static void edwards448_subgroup(void **state)
{
    /* Points of order 4 and 2, y out of range, no point, bits that mean nothing. */
    struct sw_group group = find(ECC(TWISTED_EDWARDS, 448));
    struct element order4 = { { 0 } }, order2, beyond, none = { { 2 } }, minus_zero = { { 1 } }, no_bit = { { 1 } };
    (void)state;
    memset(order2.bytes, 0xff, 56);
    order2.bytes[0] = order2.bytes[28] = 0xfe;
    order2.bytes[56] = 0;
    beyond = order2;
    beyond.bytes[0] = 0xff;
    minus_zero.bytes[56] = 0x80;
    no_bit.bytes[56] = 0x40;
    assert_int_equal(sw_group_check(&group, order4.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, order2.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, beyond.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, none.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, minus_zero.bytes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_group_check(&group, no_bit.bytes), PSA_ERROR_INVALID_ARGUMENT);
    /* A point of order L and one of order 4 are a point of order 4 L. */
    struct element mixed, base;
    assert_int_equal(sw_group_base(&group, base.bytes), PSA_SUCCESS);
    assert_int_equal(sw_group_check(&group, base.bytes), PSA_SUCCESS);
    assert_int_equal(sw_group_add(&group, mixed.bytes, base.bytes, order4.bytes), PSA_SUCCESS);
    assert_int_equal(sw_group_check(&group, mixed.bytes), PSA_ERROR_INVALID_ARGUMENT);
    mixed = plus(&group, mixed, mixed);
    assert_int_equal(sw_group_check(&group, mixed.bytes), PSA_ERROR_INVALID_ARGUMENT);
    mixed = plus(&group, mixed, mixed);
    equal(&group, mixed, base_times(&group, small(&group, 4)));
}

static void foreign_integers(void **state)
{
    struct sw_group group = find(DH(RFC3526, 2048));
    struct element y = { { 0 } }, p;
    (void)state;
    sw_ffdh_prime(group.field, p.bytes);
    assert_int_equal(sw_group_check(&group, y.bytes), PSA_ERROR_INVALID_ARGUMENT); /* 0 */
    assert_int_equal(sw_group_check(&group, p.bytes), PSA_ERROR_INVALID_ARGUMENT);
    p.bytes[group.element_length - 1u]--;
    assert_int_equal(sw_group_check(&group, p.bytes), PSA_ERROR_INVALID_ARGUMENT); /* -1, of order 2 */
    p.bytes[group.element_length - 1u]--;
    assert_int_equal(sw_group_check(&group, p.bytes), PSA_ERROR_INVALID_ARGUMENT); /* -2, no square as -1 is none */
    y.bytes[group.element_length - 1u] = 4;
    assert_int_equal(sw_group_check(&group, y.bytes), PSA_SUCCESS);
}

static void randomness_fails(void **state)
{
    struct sw_group group = find(ECC(SECP_R1, 256));
    struct scalar scalar;
    (void)state;
    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    assert_int_equal(sw_group_scalar_random(&group, scalar.bytes), PSA_ERROR_INSUFFICIENT_ENTROPY);
    test_random.status = PSA_SUCCESS;
    test_random.stuck = 0xff;
    assert_int_equal(sw_group_scalar_random(&group, scalar.bytes), PSA_ERROR_CORRUPTION_DETECTED);
    test_random.stuck = 0;
    assert_int_equal(sw_group_scalar_random(&group, scalar.bytes), PSA_ERROR_CORRUPTION_DETECTED);
    test_random.stuck = -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curve_laws),
        cmocka_unit_test(field_laws),
        cmocka_unit_test(every_group_is_there),
        cmocka_unit_test(points_of_openssl),
        cmocka_unit_test(integers_of_openssl),
        cmocka_unit_test(edges_of_integers),
        cmocka_unit_test(both_limbs_modular),
        cmocka_unit_test(both_limbs_edwards),
        cmocka_unit_test(foreign_points),
        cmocka_unit_test(edwards_subgroup),
        cmocka_unit_test(edwards448_subgroup),
        cmocka_unit_test(foreign_integers),
        cmocka_unit_test(randomness_fails),
    };
    return cmocka_run_group_tests_name("pake/group", tests, driver_setup, driver_teardown);
}
