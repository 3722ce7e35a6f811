/* SPDX-License-Identifier: Apache-2.0 */
#include "software/ecc/generic_field.h"

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
static void power_of_two(const struct generic_field *f, struct generic_element *r, unsigned exponent)
{
    memset(r, 0, sizeof *r);
    r->v[(f->bits - 1u) / LIMB_BITS] = (limb)1 << ((f->bits - 1u) % LIMB_BITS);
    for (unsigned i = f->bits - 1u; i < exponent; i++) {
        generic_add(f, r, r, r);
    }
}

/* p has no 0 among its bits. */
static int is_mersenne(const struct generic_field *f)
{
    limb rest = ~(f->p[f->n - 1] | (limb)~(((limb)1 << (f->bits % LIMB_BITS)) - 1u));
    for (int i = 0; i < f->n - 1; i++) {
        rest |= ~f->p[i];
    }
    return rest == 0 && f->bits % LIMB_BITS != 0;
}

void generic_field_init(struct generic_field *f, const uint8_t *p, size_t length)
{
    memset(f, 0, sizeof *f);
    f->length = (unsigned)length;
    f->n = (int)((length + LIMB_BYTES - 1u) / LIMB_BYTES);
    limbs_load(f->n, f->p, p, length);
    f->bits = bit_length(f->n, f->p);
    f->inverse = negative_inverse(f->p[0]);
    f->is_mersenne = is_mersenne(f);
    unsigned exponent = f->is_mersenne ? f->bits : (unsigned)f->n * LIMB_BITS; /* 2^bits = 1 */
    power_of_two(f, &f->one, exponent);
    power_of_two(f, &f->square, 2u * exponent);
}

/* ---- Arithmetic ---- */

void generic_add(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                 const struct generic_element *b)
{
    limbs_add_mod(f->n, r->v, a->v, b->v, f->p);
}

void generic_subtract(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                      const struct generic_element *b)
{
    limbs_subtract_mod(f->n, r->v, a->v, b->v, f->p);
}

void generic_negate(const struct generic_field *f, struct generic_element *r, const struct generic_element *a)
{
    static const struct generic_element zero = { { 0 } };
    generic_subtract(f, r, &zero, a);
}

/* r = a b modulo p = 2^bits - 1: what is above bit `bits` counts as much as what is below. For a, b < p that is a sum of two integers
 * up to p of which one is less; for b = 1 and any a in n limbs it is less than p + 2^LIMB_BITS. */
static inline void multiply_mersenne(int n, limb *r, const limb *a, const limb *b, const limb *p, unsigned bits)
{
    limb t[2 * LIMBS_MAX], high[LIMBS_MAX];
    unsigned shift = bits % LIMB_BITS;
    memset(t, 0, (size_t)n * sizeof t[0]);
    for (int i = 0; i < n; i++) {
        limb2 x = 0;
        for (int j = 0; j < n; j++) { /* at most (2^W - 1)^2 + 2 (2^W - 1) = 2^2W - 1 */
            x = (limb2)a[j] * b[i] + t[i + j] + (limb)(x >> LIMB_BITS);
            t[i + j] = (limb)x;
        }
        t[i + n] = (limb)(x >> LIMB_BITS);
    }
    for (int i = 0; i < n; i++) {
        high[i] = (limb)(t[n - 1 + i] >> shift | t[n + i] << (LIMB_BITS - shift));
    }
    t[n - 1] &= p[n - 1];
    (void)limbs_add(n, t, t, high); /* 2^(bits + 1) has room */
    limbs_reduce_once(n, r, 0, t, p);
}

#if LIMB_BITS == 64

/* One loop for each size that compilers unroll: twice as fast, where there is room for code. */
void generic_multiply(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                      const struct generic_element *b)
{
    switch (f->n) {
    case 3:
        limbs_multiply(3, r->v, a->v, b->v, f->p, f->inverse);
        break;
    case 4:
        limbs_multiply(4, r->v, a->v, b->v, f->p, f->inverse);
        break;
    case 5:
        limbs_multiply(5, r->v, a->v, b->v, f->p, f->inverse);
        break;
    case 6:
        limbs_multiply(6, r->v, a->v, b->v, f->p, f->inverse);
        break;
    case 8:
        limbs_multiply(8, r->v, a->v, b->v, f->p, f->inverse);
        break;
    case 9:
        if (f->is_mersenne) {
            multiply_mersenne(9, r->v, a->v, b->v, f->p, f->bits);
        } else {
            limbs_multiply(9, r->v, a->v, b->v, f->p, f->inverse);
        }
        break;
    default:
        limbs_multiply(f->n, r->v, a->v, b->v, f->p, f->inverse);
        break;
    }
}

#else

void generic_multiply(const struct generic_field *f, struct generic_element *r, const struct generic_element *a,
                      const struct generic_element *b)
{
    if (f->is_mersenne) {
        multiply_mersenne(f->n, r->v, a->v, b->v, f->p, f->bits);
    } else {
        limbs_multiply(f->n, r->v, a->v, b->v, f->p, f->inverse);
    }
}

#endif

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
        for (unsigned i = 0; i < WINDOW; i++) {
            generic_multiply(f, r, r, r);
        }
        generic_multiply(f, r, r, &powers[limbs_bits(f->n, exponent, at - WINDOW, WINDOW)]);
    }
    ZEROISE(powers);
}

void generic_invert(const struct generic_field *f, struct generic_element *r, const struct generic_element *a)
{
    static const limb two[LIMBS_MAX] = { 2 };
    limb exponent[LIMBS_MAX];
    (void)limbs_subtract(f->n, exponent, f->p, two);
    power(f, r, a, exponent);
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
    generic_multiply(f, &again, r, r);
    limb is_square = generic_is_equal(f, &again, &square);
    ZEROISE(square);
    ZEROISE(again);
    return is_square;
}

/* ---- Questions ---- */

limb generic_is_zero(const struct generic_field *f, const struct generic_element *a)
{
    return limbs_mask_zero(f->n, a->v);
}

limb generic_is_equal(const struct generic_field *f, const struct generic_element *a, const struct generic_element *b)
{
    struct generic_element difference;
    generic_subtract(f, &difference, a, b);
    return generic_is_zero(f, &difference);
}

/* Out of Montgomery form. */
static void to_integer(const struct generic_field *f, struct generic_element *r, const struct generic_element *a)
{
    static const struct generic_element one = { { 1 } };
    generic_multiply(f, r, a, &one);
}

limb generic_is_odd(const struct generic_field *f, const struct generic_element *a)
{
    struct generic_element integer;
    to_integer(f, &integer, a);
    return (limb)0 - (integer.v[0] & 1u);
}

void generic_select(const struct generic_field *f, struct generic_element *r, limb mask, const struct generic_element *a,
                    const struct generic_element *b)
{
    limbs_select(f->n, r->v, mask, a->v, b->v);
}

/* ---- Bytes ---- */

/* An integer below 2^(n LIMB_BITS) is enough: the other factor is below p. */
static void from_integer(const struct generic_field *f, struct generic_element *r, const struct generic_element *integer)
{
    generic_multiply(f, r, integer, &f->square);
}

limb generic_read(const struct generic_field *f, struct generic_element *r, const uint8_t *bytes)
{
    struct generic_element integer, difference;
    limbs_load(f->n, integer.v, bytes, f->length);
    limb below = (limb)0 - limbs_subtract(f->n, difference.v, integer.v, f->p);
    from_integer(f, r, &integer);
    ZEROISE(integer);
    ZEROISE(difference);
    return limb_barrier(below);
}

void generic_write(const struct generic_field *f, uint8_t *bytes, const struct generic_element *a)
{
    struct generic_element integer;
    to_integer(f, &integer, a);
    limbs_store(bytes, f->length, integer.v);
    ZEROISE(integer);
}

void generic_reduce(const struct generic_field *f, struct generic_element *r, const uint8_t *bytes, size_t length)
{
    struct generic_element integer, room;
    limbs_reduce_bytes(f->n, room.v, integer.v, bytes, length, f->p);
    from_integer(f, r, &integer);
    ZEROISE(integer);
    ZEROISE(room);
}

void generic_small(const struct generic_field *f, struct generic_element *r, int small)
{
    struct generic_element integer = { { (limb)(small < 0 ? -small : small) } };
    from_integer(f, r, &integer);
    if (small < 0) {
        generic_negate(f, r, r);
    }
}
