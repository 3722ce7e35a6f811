/* SPDX-License-Identifier: Apache-2.0 */
/* Points of edwards448 against sums in affine coordinates by OpenSSL's integers: all pairs of points of all orders, the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "edwards448_operations.h"
#include "edwards_affine.h"

#include "software/ecc/edwards448_table.h"
#include "support/quick.h"

static struct affine_curve curve = { 1, NULL, NULL, NULL };
static struct affine base;

static int setup(void **state)
{
    (void)state;
    curve.ctx = BN_CTX_new();
    /* RFC 8032, 5.2 */
    BN_dec2bn(&curve.p, "726838724295606890549323807888004534353641360687318060281490199180612328166730772686396383698676545930088884461843637361053498018365439");
    curve.d = BN_dup(curve.p);
    BN_sub_word(curve.d, 39081);
    BN_dec2bn(&base.x, "224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710");
    BN_dec2bn(&base.y, "298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    affine_free(&base);
    BN_free(curve.d);
    BN_free(curve.p);
    BN_CTX_free(curve.ctx);
    return 0;
}

/* RFC 8032, 5.2.2 */
static void encode(uint8_t encoded[57], const struct affine *point)
{
    BN_bn2lebinpad(point->y, encoded, 57);
    encoded[56] = BN_is_odd(point->x) ? 0x80 : 0;
}

static void negate(struct affine *r, const struct affine *a)
{
    BN_sub(r->x, curve.p, a->x);
    BN_nnmod(r->x, r->x, curve.p, curve.ctx);
    BN_copy(r->y, a->y);
}

/* Orders 1, 2, 4, 4; B and its multiples; those plus a point of order 4; the opposite of each. */
#define POINTS 16

static void make_points(struct affine points[POINTS])
{
    for (int i = 0; i < POINTS; i++) {
        affine_new(&points[i]);
    }
    BN_zero(points[0].x);
    BN_one(points[0].y);
    BN_one(points[1].x); /* (1, 0), of order 4 */
    BN_zero(points[1].y);
    affine_add(&points[2], &points[1], &points[1], &curve);
    affine_add(&points[3], &points[2], &points[1], &curve);
    affine_copy(&points[4], &base);
    for (int i = 5; i < 8; i++) { /* 3 B, 9 B, 27 B */
        affine_add(&points[i], &points[i - 1], &points[i - 1], &curve);
        affine_add(&points[i], &points[i], &points[i - 1], &curve);
    }
    for (int i = 8; i < 12; i++) {
        affine_add(&points[i], &points[i - 4], &points[1], &curve);
    }
    for (int i = 12; i < POINTS; i++) {
        negate(&points[i], &points[i - 6]);
    }
}

static void expect(struct affine *r, enum ed448_operation operation, const struct affine *a, const struct affine *b)
{
    struct affine t;
    affine_new(&t);
    affine_add(&t, a, b, &curve);
    switch (operation) {
    case ED448_SUM:
    case ED448_SUM_AFFINE:
        affine_copy(r, &t);
        break;
    case ED448_DIFFERENCE:
        negate(&t, b);
        affine_add(r, a, &t, &curve);
        break;
    case ED448_DOUBLE:
        affine_add(r, a, a, &curve);
        break;
    case ED448_SUM_OF_SUMS:
        affine_add(r, &t, a, &curve);
        affine_add(r, r, a, &curve);
        break;
    case ED448_SUM_AND_AFFINE:
        affine_add(r, &t, b, &curve);
        break;
    default:
        affine_add(r, &t, &t, &curve);
        affine_add(r, r, r, &curve);
        break;
    }
    affine_free(&t);
}

static void check_pair(const struct affine *a, const struct affine *b)
{
    uint8_t first[57], second[57], expected[57], got[57];
    struct affine r;
    affine_new(&r);
    encode(first, a);
    encode(second, b);
    for (int i = 0; i < ED448_OPERATIONS; i++) {
        enum ed448_operation operation = (enum ed448_operation)i;
        int neutral = -1, is_neutral;
        expect(&r, operation, a, b);
        encode(expected, &r);
        is_neutral = BN_is_zero(r.x) && BN_is_one(r.y);
        assert_true(ed448_operate(got, &neutral, operation, first, second));
        assert_memory_equal(got, expected, 57);
        assert_int_equal(neutral, is_neutral);
        assert_true(ed448_limbs32_operate(got, &neutral, operation, first, second));
        assert_memory_equal(got, expected, 57);
        assert_int_equal(neutral, is_neutral);
    }
    affine_free(&r);
}

static void sums(void **state)
{
    struct affine points[POINTS];
    (void)state;
    make_points(points);
    for (size_t i = 0; i < POINTS * POINTS; i += quick_step(5)) {
        check_pair(&points[i / POINTS], &points[i % POINTS]);
    }
    for (int i = 0; i < POINTS; i++) {
        affine_free(&points[i]);
    }
}

/* ---- The table ---- */

static void check_coordinate(const uint64_t words[8], const BIGNUM *value)
{
    uint8_t bytes[56];
    BN_bn2lebinpad(value, bytes, 56);
    for (int i = 0; i < 56; i++) {
        assert_int_equal((uint8_t)(words[i / 7] >> (8 * (i % 7))), bytes[i]);
    }
    for (int i = 0; i < 8; i++) {
        assert_int_equal(words[i] >> 56, 0);
    }
}

static void check_entry(const uint64_t entry[24], const struct affine *point)
{
    BIGNUM *t = BN_new();
    check_coordinate(entry, point->x);
    check_coordinate(entry + 8, point->y);
    BN_mod_mul(t, point->x, point->y, curve.p, curve.ctx);
    BN_mul_word(t, 39081);
    BN_nnmod(t, t, curve.p, curve.ctx);
    check_coordinate(entry + 16, t);
    BN_free(t);
}

static void table(void **state)
{
    struct affine teeth[5], minus, entry, next;
    (void)state;
    affine_new(&minus);
    affine_new(&entry);
    affine_new(&next);
    affine_copy(&next, &base);
    for (int j = 0; j < 5; j++) {
        affine_new(&teeth[j]);
    }
    for (unsigned c = 0; c < 5; c++) {
        for (int j = 0; j < 5; j++) { /* 2^(90 c + 18 j) B */
            affine_copy(&teeth[j], &next);
            for (int i = 0; i < 18; i++) {
                affine_add(&next, &next, &next, &curve);
            }
        }
        for (unsigned m = 0; m < 16; m++) {
            affine_copy(&entry, &teeth[4]);
            for (int j = 0; j < 4; j++) {
                negate(&minus, &teeth[j]);
                affine_add(&entry, &entry, (m >> j & 1u) != 0 ? &teeth[j] : &minus, &curve);
            }
            check_entry(ed448_table[c][m], &entry);
        }
    }
    for (int j = 0; j < 5; j++) {
        affine_free(&teeth[j]);
    }
    affine_free(&minus);
    affine_free(&entry);
    affine_free(&next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums),
        cmocka_unit_test(table),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
