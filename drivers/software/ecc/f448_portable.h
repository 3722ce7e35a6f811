/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Multiplication modulo p = 2^448 - 2^224 - 1 (f448.h), and the portable kernels for limbs of 64 bits.
 *
 * An element is the sum of v[i] 2^(W i) with limbs of W = 56 (28) bits in words of 64 (32), so that sums need no carry.
 * T = 2^W + 2^10; an element is tight if its limbs are at most T, and n T where that is said. With phi = 2^224 and
 * phi^2 = phi + 1, and halves a = a0 + a1 phi, b = b0 + b1 phi of H limbs,
 *
 *     a b = P + Q + (S - P) phi    where    P = a0 b0, Q = a1 b1, S = (a0 + a1) (b0 + b1).
 *
 * Column i of P is P[i]; what is at H + i belongs to phi times column i:
 *
 *     c[i]     = P[i] + Q[i] + S[H + i] - P[H + i]
 *     c[H + i] = S[i] - P[i] + S[H + i] + Q[H + i]
 *
 * for 0 <= i < H, where the terms of P[H + i] + ... cancel. Written as products of limbs of a and b, no column has more than
 * 5 (H - 1) + 3 of them: 38 of 32 bits, 18 of 64. Limbs up to m T and n T with m n <= 6 (32 bits) or m n <= 14 (64 bits) thus
 * give columns below 2^64 - 2^37, or below 2^120 - 2^64; the difference is for carries. Whatever the unsigned sums on the
 * way do is right modulo 2^64 or 2^128.
 */
#ifndef SOFTWARE_ECC_F448_PORTABLE_H
#define SOFTWARE_ECC_F448_PORTABLE_H

#include "software/ecc/limbs.h"

#define F448_LIMBS (512 / LIMB_BITS)
#define F448_HALF (F448_LIMBS / 2)
#define F448_LIMB_BITS (448 / F448_LIMBS)
#define F448_LIMB_MASK (((limb)1 << F448_LIMB_BITS) - 1u)

/* r = the sum of c[i] 2^(W i), tight. A carry is below 2^37 (32 bits) or 2^64: what is left of it after the last limb goes
 * to limbs 0 and H, whose own carry is below 2^10. */
static inline void f448_reduce_columns(limb *r, const limb2 *c)
{
    uint64_t low = 0, high = 0;
    for (int i = 0; i < F448_HALF; i++) {
        limb2 x = c[i] + low, y = c[F448_HALF + i] + high;
        r[i] = (limb)x & F448_LIMB_MASK;
        r[F448_HALF + i] = (limb)y & F448_LIMB_MASK;
        low = (uint64_t)(x >> F448_LIMB_BITS);
        high = (uint64_t)(y >> F448_LIMB_BITS);
    }
    limb2 x = (limb2)r[0] + high, y = (limb2)r[F448_HALF] + low + high;
    r[0] = (limb)x & F448_LIMB_MASK;
    r[F448_HALF] = (limb)y & F448_LIMB_MASK;
    r[1] += (limb)(x >> F448_LIMB_BITS);
    r[F448_HALF + 1] += (limb)(y >> F448_LIMB_BITS);
}

/* The products a[j] b[sum - j] for j from `first` to `last`. */
static inline limb2 f448_column(const limb *a, const limb *b, int first, int last, int sum)
{
    limb2 x = 0;
    for (int j = first; j <= last; j++) {
        x += (limb2)a[j] * b[sum - j];
    }
    return x;
}

/* Columns i and H + i of a b; as, bs: the sums of the halves. */
static inline void f448_multiply_columns(limb2 *c, const limb *a, const limb *b, const limb *as, const limb *bs, int i)
{
    const limb *a1 = a + F448_HALF, *b1 = b + F448_HALF;
    const int next = i + 1, last = F448_HALF - 1, sum = F448_HALF + i;
    limb2 p = f448_column(a, b, 0, i, i);
    limb2 s = f448_column(as, bs, next, last, sum);
    c[i] = p + s + f448_column(a1, b1, 0, i, i) - f448_column(a, b, next, last, sum);
    c[sum] = s - p + f448_column(as, bs, 0, i, i) + f448_column(a1, b1, next, last, sum);
}

/* The same for b = a: the products a[j] a[sum - j] for j from `first` on to the middle, twice, and that of the middle once. */
static inline limb2 f448_square_column(const limb *a, int first, int sum)
{
    limb2 x = sum % 2 == 0 ? (limb2)a[sum / 2] * a[sum / 2] : 0;
    for (int j = first; 2 * j < sum; j++) {
        x += (limb2)(2u * a[j]) * a[sum - j];
    }
    return x;
}

static inline void f448_square_columns(limb2 *c, const limb *a, const limb *as, int i)
{
    const limb *a1 = a + F448_HALF;
    const int next = i + 1, sum = F448_HALF + i;
    limb2 p = f448_square_column(a, 0, i);
    limb2 s = f448_square_column(as, next, sum);
    c[i] = p + s + f448_square_column(a1, 0, i) - f448_square_column(a, next, sum);
    c[sum] = s - p + f448_square_column(as, 0, i) + f448_square_column(a1, next, sum);
}

static inline void f448_add_halves(limb *sums, const limb *a)
{
    for (int i = 0; i < F448_HALF; i++) {
        sums[i] = a[i] + a[F448_HALF + i];
    }
}

#if LIMB_BITS == 64

/* Compilers unroll what is written out. */
static inline void f448_multiply_limbs(limb *r, const limb *a, const limb *b)
{
    limb as[F448_HALF], bs[F448_HALF];
    limb2 c[F448_LIMBS];
    f448_add_halves(as, a);
    f448_add_halves(bs, b);
    f448_multiply_columns(c, a, b, as, bs, 0);
    f448_multiply_columns(c, a, b, as, bs, 1);
    f448_multiply_columns(c, a, b, as, bs, 2);
    f448_multiply_columns(c, a, b, as, bs, 3);
    f448_reduce_columns(r, c);
}

static inline void f448_square_limbs(limb *r, const limb *a)
{
    limb as[F448_HALF];
    limb2 c[F448_LIMBS];
    f448_add_halves(as, a);
    f448_square_columns(c, a, as, 0);
    f448_square_columns(c, a, as, 1);
    f448_square_columns(c, a, as, 2);
    f448_square_columns(c, a, as, 3);
    f448_reduce_columns(r, c);
}

#else

static inline void f448_multiply_limbs(limb *r, const limb *a, const limb *b)
{
    limb as[F448_HALF], bs[F448_HALF];
    limb2 c[F448_LIMBS];
    f448_add_halves(as, a);
    f448_add_halves(bs, b);
    for (int i = 0; i < F448_HALF; i++) {
        f448_multiply_columns(c, a, b, as, bs, i);
    }
    f448_reduce_columns(r, c);
}

static inline void f448_square_limbs(limb *r, const limb *a)
{
    limb as[F448_HALF];
    limb2 c[F448_LIMBS];
    f448_add_halves(as, a);
    for (int i = 0; i < F448_HALF; i++) {
        f448_square_columns(c, a, as, i);
    }
    f448_reduce_columns(r, c);
}

#endif

#if defined(__SIZEOF_INT128__)
/* The kernels of the same names (kernels.h). */
void f448_multiply_portable(uint64_t r[8], const uint64_t a[8], const uint64_t b[8]);
void f448_square_portable(uint64_t r[8], const uint64_t a[8], unsigned count);
#endif

#endif
