/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/generic_field.h"

#include "software/ecc/limbs_invert.h"
#include "util/zeroise.h"

#define WINDOW 4u /* bits of an exponent at once; it divides LIMB_BITS */

/* ---- Setup: nothing of it is secret ---- */

static unsigned bit_length(int n, const limb *p)
{
    unsigned bits = (unsigned)n * LIMB_BITS;
    while (bits > 0 && limbs_bits(n, p, bits - 1u, 1) == 0) {
        bits--;
    }
    return bits;
}

/* -1/p0 for an odd p0: x = p0 is right in 3 bits, and each step doubles them. */
static limb negative_inverse(limb p0)
{
    limb x = p0;
    for (int bits = 3; bits < LIMB_BITS; bits *= 2) {
        x = (limb)(x * (2u - p0 * x));
    }
    return (limb)0 - x;
}

/* 2^(bits - 1) is below p. Doubled until it is 2^exponent. */
static void power_of_two(const struct generic_field *f, limb *r, unsigned exponent)
{
    memset(r, 0, LIMBS_MAX * sizeof *r);
    r[(f->bits - 1u) / LIMB_BITS] = (limb)1 << ((f->bits - 1u) % LIMB_BITS);
    for (unsigned i = f->bits - 1u; i < exponent; i++) {
        limbs_add_mod(f->n, r, r, r, f->p);
    }
}

void generic_field_init(struct generic_field *f, const struct generic_arithmetic *arithmetic, const uint8_t *p, size_t length)
{
    static const limb one[LIMBS_MAX] = { 1 };
    memset(f, 0, sizeof *f);
    f->arithmetic = arithmetic;
    f->length = (unsigned)length;
    f->n = (int)((length + LIMB_BYTES - 1u) / LIMB_BYTES);
    f->limbs = arithmetic->limbs != 0 ? arithmetic->limbs : f->n;
    limbs_load(f->n, f->p, p, length);
    f->bits = bit_length(f->n, f->p);
    f->inverse = negative_inverse(f->p[0]);
    power_of_two(f, f->square.v, 2u * (unsigned)f->n * LIMB_BITS);
    arithmetic->from_integer(f, &f->one, one);
}

/* ---- Montgomery's form ---- */

static void montgomery_add(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                           const struct generic_element *b)
{
    limbs_add_mod(f->n, r->v, a->v, b->v, f->p);
}

static void montgomery_subtract(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                                const struct generic_element *b)
{
    limbs_subtract_mod(f->n, r->v, a->v, b->v, f->p);
}

#if LIMB_BITS == 64

/* One loop for each size that compilers unroll: twice as fast, where there is room for code. */
static void multiply(const struct generic_field *f, limb *r, const limb *a, const limb *b)
{
    switch (f->n) {
    case 3:
        limbs_multiply(3, r, a, b, f->p, f->inverse);
        break;
    case 4:
        limbs_multiply(4, r, a, b, f->p, f->inverse);
        break;
    case 5:
        limbs_multiply(5, r, a, b, f->p, f->inverse);
        break;
    case 6:
        limbs_multiply(6, r, a, b, f->p, f->inverse);
        break;
    case 8:
        limbs_multiply(8, r, a, b, f->p, f->inverse);
        break;
    case 9:
        limbs_multiply(9, r, a, b, f->p, f->inverse);
        break;
    default:
        limbs_multiply(f->n, r, a, b, f->p, f->inverse);
        break;
    }
}

#else

static void multiply(const struct generic_field *f, limb *r, const limb *a, const limb *b)
{
    limbs_multiply(f->n, r, a, b, f->p, f->inverse);
}

#endif

static void montgomery_multiply(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                                const struct generic_element *b)
{
    multiply(f, r->v, a->v, b->v);
}

static void montgomery_square_times(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                                    unsigned count)
{
    multiply(f, r->v, a->v, a->v);
    while (--count != 0) {
        multiply(f, r->v, r->v, r->v);
    }
}

static limb montgomery_is_zero(const struct generic_field *f, const struct generic_element *a)
{
    return limbs_mask_zero(f->n, a->v);
}

/* An integer below 2^(n LIMB_BITS) is enough: the other factor is below p. */
static void montgomery_from_integer(const struct generic_field *f, struct generic_element *r, const limb *integer)
{
    multiply(f, r->v, integer, f->square.v);
}

static void montgomery_to_integer(const struct generic_field *f, limb *integer, const struct generic_element *a)
{
    static const limb one[LIMBS_MAX] = { 1 };
    multiply(f, integer, a->v, one);
}

const struct generic_arithmetic generic_montgomery = {
    .add = montgomery_add,
    .subtract = montgomery_subtract,
    .multiply = montgomery_multiply,
    .square_times = montgomery_square_times,
    .is_zero = montgomery_is_zero,
    .from_integer = montgomery_from_integer,
    .to_integer = montgomery_to_integer,
};

/* ---- For any form ---- */

void generic_negate(const struct generic_field *f, struct generic_element *r, const struct generic_element *a)
{
    static const struct generic_element zero = { { 0 } };
    generic_subtract(f, r, &zero, a);
}

void generic_invert(const struct generic_field *f, struct generic_element *r, const struct generic_element *a)
{
    limb integer[LIMBS_MAX];
    f->arithmetic->to_integer(f, integer, a);
    limbs_invert(f->n, integer, integer, f->p, f->inverse, f->bits);
    f->arithmetic->from_integer(f, r, integer);
    ZEROISE(integer);
}

/* r = a^exponent: the exponent is public, and so are the places that are read. */
static void power(const struct generic_field *f, struct generic_element *r, const struct generic_element *a, const limb *exponent)
{
    struct generic_element powers[1u << WINDOW];
    powers[0] = f->one;
    for (unsigned i = 1; i < 1u << WINDOW; i++) {
        generic_multiply(f, &powers[i], &powers[i - 1u], a);
    }
    *r = f->one;
    for (unsigned at = (f->bits + WINDOW - 1u) / WINDOW * WINDOW; at != 0; at -= WINDOW) {
        f->arithmetic->square_times(f, r, r, WINDOW);
        uint32_t digit = limbs_bits(f->n, exponent, at - WINDOW, WINDOW);
        if (digit != 0) {
            generic_multiply(f, r, r, &powers[digit]);
        }
    }
    ZEROISE(powers);
}

limb generic_root(const struct generic_field *f, struct generic_element *r, const struct generic_element *a)
{
    static const limb one[LIMBS_MAX] = { 1 };
    struct generic_element square = *a, again;
    limb exponent[LIMBS_MAX];
    for (int i = 0; i < f->n; i++) { /* p = 4 k + 3, (p + 1) / 4 = k + 1 */
        limb above = i + 1 < f->n ? f->p[i + 1] : 0;
        exponent[i] = (f->p[i] >> 2) | (above << (LIMB_BITS - 2));
    }
    (void)limbs_add(f->n, exponent, exponent, one);
    power(f, r, a, exponent);
    generic_square(f, &again, r);
    limb is_square = generic_is_equal(f, &again, &square);
    ZEROISE(square);
    ZEROISE(again);
    return is_square;
}

/* ---- Questions ---- */

limb generic_is_equal(const struct generic_field *f, const struct generic_element *a, const struct generic_element *b)
{
    struct generic_element difference;
    generic_subtract(f, &difference, a, b);
    limb is_equal = generic_is_zero(f, &difference);
    ZEROISE(difference);
    return is_equal;
}

limb generic_is_odd(const struct generic_field *f, const struct generic_element *a)
{
    limb integer[LIMBS_MAX];
    f->arithmetic->to_integer(f, integer, a);
    limb is_odd = (limb)0 - (integer[0] & 1u);
    ZEROISE(integer);
    return is_odd;
}

void generic_select(const struct generic_field *f, struct generic_element *r, limb mask, const struct generic_element *a,
                    const struct generic_element *b)
{
    limbs_select(f->limbs, r->v, mask, a->v, b->v);
}

/* ---- Bytes ---- */

limb generic_read(const struct generic_field *f, struct generic_element *r, const uint8_t *bytes)
{
    limb integer[LIMBS_MAX], difference[LIMBS_MAX];
    limbs_load(f->n, integer, bytes, f->length);
    limb below = (limb)0 - limbs_subtract(f->n, difference, integer, f->p);
    f->arithmetic->from_integer(f, r, integer);
    ZEROISE(integer);
    ZEROISE(difference);
    return limb_barrier(below);
}

void generic_write(const struct generic_field *f, uint8_t *bytes, const struct generic_element *a)
{
    limb integer[LIMBS_MAX];
    f->arithmetic->to_integer(f, integer, a);
    limbs_store(bytes, f->length, integer);
    ZEROISE(integer);
}

void generic_reduce(const struct generic_field *f, struct generic_element *r, const uint8_t *bytes, size_t length)
{
    limb integer[LIMBS_MAX], room[LIMBS_MAX];
    limbs_reduce_bytes(f->n, room, integer, bytes, length, f->p);
    f->arithmetic->from_integer(f, r, integer);
    ZEROISE(integer);
    ZEROISE(room);
}

void generic_small(const struct generic_field *f, struct generic_element *r, int small)
{
    limb integer[LIMBS_MAX] = { (limb)(small < 0 ? -small : small) };
    f->arithmetic->from_integer(f, r, integer);
    if (small < 0) {
        generic_negate(f, r, r);
    }
}
