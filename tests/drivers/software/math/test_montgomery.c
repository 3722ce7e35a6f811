/* SPDX-License-Identifier: Apache-2.0 */
/* Modular arithmetic beside OpenSSL's, in limbs of both widths and by every kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/bn.h>
#include <openssl/rand.h>

#include "montgomery_way.h"
#include "software/kernels.h"
#include "support/kernel_choice.h"
#include "support/quick.h"

static const struct montgomery_way native = { way_power, way_multiply, way_subtract, math_rsa_private };

static const struct montgomery_way *const ways[] = { &native, &montgomery_limbs32 };

/* Whole limbs and blocks of eight and not, one bit more or less. */
static const size_t sizes[] = { 512, 511, 513, 519, 544, 576, 640, 768, 1000, 1023, 1024, 1025, 1031, 1280, 1536, 2047, 2048, 2055, 3072, 3080,
                                4096, 4103, 6144, 8185, 8192 };

#define SIZES (sizeof sizes / sizeof sizes[0])

/* What a modulus looks like: it decides which carries there are. */
enum shape { RANDOM, BELOW_POWER, ABOVE_POWER, ONES, SPARSE, SHAPES };

struct number {
    uint8_t bytes[MATH_BIGNUM_MAX + 8];
    size_t length;
};

static struct math_integer integer(const struct number *number)
{
    return (struct math_integer){ number->bytes, number->length };
}

static void random_number(struct number *x, size_t length)
{
    x->length = length;
    assert_int_equal(RAND_bytes(x->bytes, (int)length), 1);
}

static void draw_modulus(struct number *m, size_t bits, enum shape shape)
{
    size_t length = (bits + 7u) / 8u;
    uint8_t top = (uint8_t)(1u << (bits - 1u) % 8u);
    random_number(m, length);
    if (shape == BELOW_POWER || shape == ONES) {
        memset(m->bytes, 0xff, shape == ONES ? length : length - 7u);
    } else if (shape == ABOVE_POWER) {
        memset(m->bytes, 0, length - 7u);
    } else if (shape == SPARSE) {
        memset(m->bytes + 1, 0, length - 1u);
        memset(m->bytes + length / 2u, 0xff, 9);
    }
    m->bytes[0] = (uint8_t)((m->bytes[0] & (top - 1u)) | top);
    m->bytes[length - 1u] |= 1u;
}

/* 0, 1, m - 1, m - 2, all ones (which may be above m), random. */
#define VALUES 6u

static void draw_value(struct number *x, const struct number *m, size_t kind)
{
    random_number(x, m->length);
    if (kind < 2) {
        memset(x->bytes, 0, x->length);
        x->bytes[x->length - 1u] = (uint8_t)kind;
    } else if (kind < 4) {
        memcpy(x->bytes, m->bytes, m->length);
        for (size_t i = x->length; x->bytes[--i]-- == 0;) { /* m is odd: 1 leaves no borrow, 2 may */
        }
        for (size_t i = x->length; kind == 3 && x->bytes[--i]-- == 0;) {
        }
    } else if (kind == 4) {
        memset(x->bytes, 0xff, x->length);
    }
}

static BN_CTX *context;

struct openssl {
    BIGNUM *m, *a, *b, *r;
};

static struct openssl openssl_new(const struct number *m, const struct number *a, const struct number *b)
{
    return (struct openssl){ BN_bin2bn(m->bytes, (int)m->length, NULL), BN_bin2bn(a->bytes, (int)a->length, NULL),
                             BN_bin2bn(b->bytes, (int)b->length, NULL), BN_new() };
}

/* Writes the result and frees all. */
static void openssl_end(struct openssl *of, uint8_t *r, size_t length)
{
    assert_int_equal(BN_bn2binpad(of->r, r, (int)length), (int)length);
    BN_free(of->m);
    BN_free(of->a);
    BN_free(of->b);
    BN_free(of->r);
}

static void check(const char *what, const struct number *m, const uint8_t *ours, const uint8_t *theirs, size_t way, size_t shape)
{
    if (memcmp(ours, theirs, m->length) != 0) {
        fail_msg("%s modulo %zu bytes, first %02x, shape %zu, limbs of %d bits, kernel %s", what, m->length, m->bytes[0], shape,
                 way == 0 ? LIMB_BITS : 32, kernel_choice_name());
    }
}

static void check_power(const struct number *m, const struct number *base, const struct number *exponent, size_t shape)
{
    uint8_t ours[MATH_BIGNUM_MAX], theirs[MATH_BIGNUM_MAX];
    struct openssl of = openssl_new(m, base, exponent);
    int is_zero = BN_is_zero(of.b);
    assert_int_equal(BN_mod_exp(of.r, of.a, of.b, of.m, context), 1);
    openssl_end(&of, theirs, m->length);
    for (size_t way = 0; way < 2; way++) {
        ways[way]->power(ours, integer(m), integer(base), integer(exponent), 0);
        check("power", m, ours, theirs, way, shape);
        if (!is_zero) {
            ways[way]->power(ours, integer(m), integer(base), integer(exponent), 1);
            check("power in variable time", m, ours, theirs, way, shape);
        }
    }
}

static void check_products(const struct number *m, const struct number *a, const struct number *b, size_t shape)
{
    uint8_t ours[MATH_BIGNUM_MAX], product[MATH_BIGNUM_MAX], difference[MATH_BIGNUM_MAX];
    struct openssl of = openssl_new(m, a, b);
    assert_int_equal(BN_mod_mul(of.r, of.a, of.b, of.m, context), 1);
    openssl_end(&of, product, m->length);
    of = openssl_new(m, a, b);
    assert_int_equal(BN_mod_sub(of.r, of.a, of.b, of.m, context), 1);
    openssl_end(&of, difference, m->length);
    for (size_t way = 0; way < 2; way++) {
        ways[way]->multiply(ours, integer(m), integer(a), integer(b));
        check(a == b ? "square" : "product", m, ours, product, way, shape);
        ways[way]->subtract(ours, integer(m), integer(a), integer(b));
        check("difference", m, ours, difference, way, shape);
    }
}

/* Whether the choice is another one than the last for what is tested here. */
static int is_new(size_t choice)
{
#if LIMB_BITS == 64
    static void (*last)(size_t, uint64_t *, const uint64_t *, const uint64_t *, const uint64_t *, uint64_t, uint64_t *);
    int same = last == sw_kernels.modular_multiply;
    last = sw_kernels.modular_multiply;
    return choice == 0 || !same;
#else
    return choice == 0;
#endif
}

static void products(void **state)
{
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        if (!is_new(choice)) {
            continue;
        }
        for (size_t i = 0; i < SIZES; i += slow_step(5)) {
            for (size_t shape = 0; shape < SHAPES; shape++) {
                struct number m, a, b;
                draw_modulus(&m, sizes[i], (enum shape)shape);
                for (size_t k = 0; k < VALUES * VALUES; k += sizes[i] > 1100 ? 5 : quick_step(1)) {
                    draw_value(&a, &m, k / VALUES);
                    draw_value(&b, &m, k % VALUES);
                    check_products(&m, &a, k % VALUES == k / VALUES ? &a : &b, shape);
                }
            }
        }
    }
}

/* A power with a full exponent takes seconds under an emulator. */
static size_t exponent_length(const struct number *m)
{
    return m->length <= 128 && quick() != 2 ? m->length : 17;
}

static void powers(void **state)
{
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        if (!is_new(choice)) {
            continue;
        }
        for (size_t i = 0; i < SIZES; i += quick_step(2)) {
            for (size_t shape = 0; shape < SHAPES; shape++) {
                struct number m, base, exponent;
                draw_modulus(&m, sizes[i], (enum shape)shape);
                draw_value(&base, &m, shape == 0 ? VALUES - 1u : shape);
                random_number(&exponent, exponent_length(&m));
                check_power(&m, &base, &exponent, shape);
            }
        }
    }
}

/* Exponents of few bits, of none, of ones, of bytes that are 0 before and behind. */
static void exponents(void **state)
{
    static const struct number rows[] = {
        { { 0 }, 1 }, { { 1 }, 1 }, { { 2 }, 1 }, { { 31 }, 1 }, { { 32 }, 1 }, { { 0xff }, 1 }, { { 0, 0, 0 }, 3 }, { { 0, 0, 5 }, 3 },
        { { 1, 0, 1 }, 3 }, { { 0x80, 0, 0, 0 }, 4 }, { { 0xff, 0xff, 0xff, 0xff, 0xff }, 5 }, { { 0x84, 0x21, 0x08, 0x42, 0x10 }, 5 },
    };
    struct number m, base, ones;
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        if (!is_new(choice)) {
            continue;
        }
        draw_modulus(&m, choice == 0 ? 1024 : 520, RANDOM);
        for (size_t value = 0; value < VALUES; value++) {
            draw_value(&base, &m, value);
            for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
                check_power(&m, &base, &rows[i], value);
            }
            memset(ones.bytes, 0xff, ones.length = 33);
            check_power(&m, &base, &ones, value);
        }
    }
}

/* Bases of other lengths than the modulus: what RSA takes modulo its primes. */
static void bases(void **state)
{
    static const size_t lengths[] = { 0, 1, 7, 63, 64, 65, 127, 128, 129, 192, 200, 1024 };
    static const struct number three = { { 3 }, 1 };
    (void)state;
    for (size_t choice = 0; kernel_choice(choice); choice++) {
        if (!is_new(choice)) {
            continue;
        }
        for (size_t shape = 0; shape < SHAPES; shape++) {
            for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
                struct number m, base;
                draw_modulus(&m, 505 + 8 * shape, (enum shape)shape);
                base.length = lengths[i];
                memset(base.bytes, 0xff, sizeof base.bytes);
                check_power(&m, &base, &three, shape);
                assert_int_equal(RAND_bytes(base.bytes, (int)sizeof base.bytes), 1);
                check_power(&m, &base, &three, shape);
            }
        }
    }
}

static int setup(void **state)
{
    (void)state;
    context = BN_CTX_new();
    return context == NULL;
}

static int teardown(void **state)
{
    (void)state;
    BN_CTX_free(context);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products),
        cmocka_unit_test(powers),
        cmocka_unit_test(exponents),
        cmocka_unit_test(bases),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
