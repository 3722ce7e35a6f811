/* SPDX-License-Identifier: Apache-2.0 */
#include "software/math/montgomery.h"

#if SW_HAS_MATH_BIGNUM

#define WINDOW_MAX 5u

/* Bytes of a table of powers: five bits of the exponent at a time for every modulus, fewer where all memory is a pool. */
#ifndef MONTGOMERY_TABLE_MAX /* tests have both */
#if PSACRYPTO_HEAPLESS
#define MONTGOMERY_TABLE_MAX 4096u
#else
#define MONTGOMERY_TABLE_MAX ((size_t)MATH_BIGNUM_MAX << WINDOW_MAX)
#endif
#endif

static const limb *modulus_of(const struct montgomery *m)
{
    return m->values;
}

static const limb *square_of(const struct montgomery *m)
{
    return m->values + m->n;
}

/* ---- Sums and products ---- */

#if LIMB_BITS == 64

void montgomery_multiply(const struct montgomery *m, limb *r, const limb *a, const limb *b, limb *t)
{
    sw_kernels.modular_multiply((size_t)m->n, r, a, b, modulus_of(m), m->inverse, t);
}

void montgomery_square(const struct montgomery *m, limb *r, const limb *a, limb *t)
{
    sw_kernels.modular_square((size_t)m->n, r, a, modulus_of(m), m->inverse, t);
}

#else

void montgomery_multiply(const struct montgomery *m, limb *r, const limb *a, const limb *b, limb *t)
{
    int n = (int)m->n;
    limb top = limbs_multiply_in(n, t, a, b, modulus_of(m), (limb)m->inverse);
    limbs_reduce_in(n, t + n, r, top, t, modulus_of(m));
}

void montgomery_square(const struct montgomery *m, limb *r, const limb *a, limb *t)
{
    montgomery_multiply(m, r, a, a, t);
}

#endif

static void add(const struct montgomery *m, limb *r, const limb *a, const limb *b, limb *t)
{
    limb carry = limbs_add((int)m->n, r, a, b);
    limbs_reduce_in((int)m->n, t, r, carry, r, modulus_of(m));
}

void montgomery_subtract(const struct montgomery *m, limb *r, const limb *a, const limb *b, limb *t)
{
    limb mask = limb_barrier((limb)0 - limbs_subtract((int)m->n, r, a, b));
    for (size_t i = 0; i < m->n; i++) {
        t[i] = modulus_of(m)[i] & mask;
    }
    (void)limbs_add((int)m->n, r, r, t);
}

/* ---- Into the form and out of it ---- */

/* -1/x mod 2^LIMB_BITS for an odd x: x is its own inverse modulo 8, and each step doubles the bits that are right. */
static limb negated_inverse(limb x)
{
    limb y = x;
    for (unsigned bits = 3; bits < LIMB_BITS; bits *= 2u) {
        y *= 2u - x * y;
    }
    return (limb)0 - y;
}

/*
 * R^2 mod m from the power of 2 below m that its length tells: doubled until it is 2^k R with k 2^s = n LIMB_BITS, then squared s
 * times, which doubles k, as (2^k R)^2 / R = 2^2k R. A squaring costs as much as some ten doublings.
 */
static void write_square(struct montgomery *m, size_t length, limb *t)
{
    limb *x = m->values + m->n;
    size_t bits = (size_t)m->n * LIMB_BITS, k = bits, squarings = 0;
    while (k % 2u == 0 && k > 16) {
        k /= 2u;
        squarings++;
    }
    memset(x, 0, (size_t)m->n * sizeof *x);
    x[(length - 1u) / LIMB_BYTES] = (limb)1 << (8u * ((length - 1u) % LIMB_BYTES));
    for (size_t i = 8u * (length - 1u); i < bits + k; i++) {
        add(m, x, x, x, t);
    }
    while (squarings-- > 0) {
        montgomery_square(m, x, x, t);
    }
}

void montgomery_prepare(struct montgomery *m, const uint8_t *modulus, size_t length, limb *t)
{
    m->n = montgomery_limbs(length);
    limbs_load((int)m->n, m->values, modulus, length);
    m->inverse = negated_inverse(m->values[0]);
    write_square(m, length, t);
}

/* By chunks c of n limbs from the top: x R + c, both products by R^2 in Montgomery form. */
void montgomery_enter(const struct montgomery *m, limb *r, const uint8_t *bytes, size_t length, limb *t)
{
    size_t n = (size_t)m->n, size = n * LIMB_BYTES;
    limb *chunk = t + MODULAR_ROOM(n);
    size_t first = (length + size - 1u) / size * size;
    memset(r, 0, n * sizeof *r);
    for (size_t from = first; from > 0; from -= size) { /* a chunk ends `from - size` bytes before the end */
        size_t count = from > length ? length - (from - size) : size;
        if (from != first) {
            montgomery_multiply(m, r, r, square_of(m), t);
        }
        limbs_load((int)n, chunk, bytes + (length - (from - size) - count), count);
        montgomery_multiply(m, chunk, chunk, square_of(m), t);
        add(m, r, r, chunk, t);
    }
}

void montgomery_leave(const struct montgomery *m, limb *r, const limb *a, limb *t)
{
    size_t n = (size_t)m->n;
    limb *one = t + MODULAR_ROOM(n);
    memset(one, 0, n * sizeof *one);
    one[0] = 1;
    montgomery_multiply(m, r, a, one, t);
}

/* ---- Powers ---- */

static unsigned window_of(size_t n)
{
    unsigned window = WINDOW_MAX;
    while (window > 2 && n * sizeof(limb) << window > MONTGOMERY_TABLE_MAX) {
        window--;
    }
    return window;
}

/* The table, what is taken from it, and t. */
size_t montgomery_power_room(size_t n)
{
    return (n << window_of(n)) + n + montgomery_scratch(n);
}

/* The powers 0 to 2^window - 1. */
static void write_table(const struct montgomery *m, limb *table, const limb *base, unsigned window, limb *t)
{
    size_t n = (size_t)m->n;
    montgomery_leave(m, table, square_of(m), t); /* R^2 / R, which is 1 */
    memcpy(table + n, base, n * sizeof *table);
    for (size_t i = 2; i < (size_t)1 << window; i += 2u) {
        montgomery_square(m, table + i * n, table + i / 2u * n, t);
        montgomery_multiply(m, table + (i + 1u) * n, table + i * n, base, t);
    }
}

static limb is(uint32_t index, uint32_t entry)
{
    return limb_barrier((limb)0 - (ct_mask_equal32(index, entry) & 1u));
}

/* All of the table is read. Its entries are a multiple of four. */
static void look_up(size_t n, limb *restrict r, const limb *restrict table, unsigned window, uint32_t index)
{
    memset(r, 0, n * sizeof *r);
    for (uint32_t k = 0; k < 1u << window; k += 4u) {
        const limb *e0 = table + k * n, *e1 = e0 + n, *e2 = e1 + n, *e3 = e2 + n;
        limb m0 = is(index, k), m1 = is(index, k + 1u), m2 = is(index, k + 2u), m3 = is(index, k + 3u);
        for (size_t i = 0; i < n; i++) {
            r[i] |= (e0[i] & m0) | (e1[i] & m1) | (e2[i] & m2) | (e3[i] & m3);
        }
    }
}

/* count bits (at most 8) from bit at on; those above the first byte are 0. */
static uint32_t exponent_bits(const uint8_t *exponent, size_t length, size_t at, unsigned count)
{
    size_t i = length - 1u - at / 8u;
    uint32_t x = exponent[i];
    if (i > 0) { /* a public position */
        x |= (uint32_t)exponent[i - 1u] << 8;
    }
    return x >> at % 8u & ((1u << count) - 1u);
}

void montgomery_power(const struct montgomery *m, limb *r, const limb *base, const uint8_t *exponent, size_t length, limb *room)
{
    size_t n = (size_t)m->n;
    unsigned window = window_of(n);
    limb *table = room, *entry = table + (n << window), *t = entry + n;
    write_table(m, table, base, window, t);
    memcpy(r, table, n * sizeof *r);
    for (size_t at = (8u * length + window - 1u) / window * window; at > 0;) {
        at -= window;
        for (unsigned i = 0; i < window; i++) {
            montgomery_square(m, r, r, t);
        }
        look_up(n, entry, table, window, exponent_bits(exponent, length, at, window));
        montgomery_multiply(m, r, r, entry, t);
    }
}

void montgomery_power_vartime(const struct montgomery *m, limb *r, const limb *base, struct math_integer exponent, limb *t)
{
    size_t bit = 8u * exponent.length;
    do {
        bit--;
    } while (exponent_bits(exponent.data, exponent.length, bit, 1) == 0);
    memcpy(r, base, (size_t)m->n * sizeof *r);
    while (bit-- > 0) {
        montgomery_square(m, r, r, t);
        if (exponent_bits(exponent.data, exponent.length, bit, 1) != 0) {
            montgomery_multiply(m, r, r, base, t);
        }
    }
}

#endif
