/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integers in n limbs of the size that the compiler multiplies best, n known where it is called, and Montgomery
 * multiplication for any odd modulus. Limbs go from least to most significant; B is 2^(n LIMB_BITS). Constant-time.
 */
#ifndef SOFTWARE_ECC_LIMBS_H
#define SOFTWARE_ECC_LIMBS_H

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "util/ct.h"

/* A test asks for 32 where 64 would be taken. */
#if !defined(LIMB_BITS)
#if defined(__SIZEOF_INT128__)
#define LIMB_BITS 64
#else
#define LIMB_BITS 32
#endif
#endif

#if LIMB_BITS == 64
typedef uint64_t limb;
typedef int64_t limb_signed;
__extension__ typedef unsigned __int128 limb2;
__extension__ typedef __int128 limb2_signed;

static inline limb limb_barrier(limb x)
{
    return ct_barrier64(x);
}

/* What a 64-bit word is in limbs, in initialisers. */
#define LIMB_WORD(x) UINT64_C(x)
#else
typedef uint32_t limb;
typedef int32_t limb_signed;
typedef uint64_t limb2;
typedef int64_t limb2_signed;

static inline limb limb_barrier(limb x)
{
    return ct_barrier32(x);
}

#define LIMB_WORD(x) (uint32_t)(UINT64_C(x) & 0xffffffffu), (uint32_t)(UINT64_C(x) >> 32)
#endif

/* A field's multiplication where limbs are small: called, for inlined a hundred times over it would fill a microcontroller. */
#if defined(__GNUC__)
#define LIMBS_CALLED static __attribute__((noinline, unused))
#else
#define LIMBS_CALLED static inline
#endif

/* The most limbs that are multiplied here: 521 bits. */
#define LIMBS_MAX ((521 + LIMB_BITS - 1) / LIMB_BITS)
#define LIMB_BYTES (LIMB_BITS / 8)

/* r = a + b, the carry returned (0 or 1); r = a - b, the borrow returned. Compilers do not find ADC and SBB by themselves. */
#if LIMB_BITS == 64 && defined(__x86_64__)

static inline limb limbs_add(int n, limb *r, const limb *a, const limb *b)
{
    unsigned char carry = 0;
    for (int i = 0; i < n; i++) {
        unsigned long long x;
        carry = _addcarry_u64(carry, a[i], b[i], &x);
        r[i] = x;
    }
    return carry;
}

static inline limb limbs_subtract(int n, limb *r, const limb *a, const limb *b)
{
    unsigned char borrow = 0;
    for (int i = 0; i < n; i++) {
        unsigned long long x;
        borrow = _subborrow_u64(borrow, a[i], b[i], &x);
        r[i] = x;
    }
    return borrow;
}

#else

static inline limb limbs_add(int n, limb *r, const limb *a, const limb *b)
{
    limb carry = 0;
    for (int i = 0; i < n; i++) {
        limb2 x = (limb2)a[i] + b[i] + carry;
        r[i] = (limb)x;
        carry = (limb)(x >> LIMB_BITS);
    }
    return carry;
}

static inline limb limbs_subtract(int n, limb *r, const limb *a, const limb *b)
{
    limb borrow = 0;
    for (int i = 0; i < n; i++) {
        limb2 x = (limb2)a[i] - b[i] - borrow;
        r[i] = (limb)x;
        borrow = (limb)(x >> LIMB_BITS) & 1u;
    }
    return borrow;
}

#endif

/* r = a where mask is all-ones, b where it is 0. A barrier for each limb: a loop on vectors would read what was just written
 * in halves, and wait for it. */
static inline void limbs_select(int n, limb *r, limb mask, const limb *a, const limb *b)
{
    for (int i = 0; i < n; i++) {
        r[i] = b[i] ^ (limb_barrier(mask) & (a[i] ^ b[i]));
    }
}

/* All-ones if x is 0. */
static inline limb limbs_mask_zero(int n, const limb *a)
{
    limb x = 0;
    for (int i = 0; i < n; i++) {
        x |= a[i];
    }
    x = limb_barrier(x);
    return (limb)0 - ((~x & (x - 1u)) >> (LIMB_BITS - 1));
}

/* r = high B + a - m if that is not negative, else a: in 0..m-1 for an input in 0..2m-1. t has room for n limbs, where n may be more
 * than LIMBS_MAX. */
static inline void limbs_reduce_in(int n, limb *t, limb *r, limb high, const limb *a, const limb *m)
{
    limb borrow = limbs_subtract(n, t, a, m);
    /* high = 1 comes with borrow = 1: the input is below 2m < 2B. It stays as it is where high = 0 and borrow = 1. */
    limbs_select(n, r, (limb)0 - (borrow & (high ^ 1u)), a, t);
}

static inline void limbs_reduce_once(int n, limb *r, limb high, const limb *a, const limb *m)
{
    limb t[LIMBS_MAX];
    limbs_reduce_in(n, t, r, high, a, m);
}

/* r = a + b mod m, for a, b < m. */
static inline void limbs_add_mod(int n, limb *r, const limb *a, const limb *b, const limb *m)
{
    limb t[LIMBS_MAX];
    limb carry = limbs_add(n, t, a, b);
    limbs_reduce_once(n, r, carry, t, m);
}

/* r = a - b mod m, for a, b < m. */
static inline void limbs_subtract_mod(int n, limb *r, const limb *a, const limb *b, const limb *m)
{
    limb t[LIMBS_MAX], masked[LIMBS_MAX];
    limb mask = (limb)0 - limbs_subtract(n, t, a, b);
    for (int i = 0; i < n; i++) {
        masked[i] = m[i] & limb_barrier(mask);
    }
    (void)limbs_add(n, r, t, masked);
}

/*
 * t = a b / B mod m in 0..2m-1 for a b < B m (one factor below m is enough), m_inverse = -1/m mod 2^W, W = LIMB_BITS; what is above B
 * of it, 0 or 1, is returned. n may be more than LIMBS_MAX.
 *
 * Each round keeps t < B + m: (t + a b[i] + q m) / 2^W < (B + m + (2^W - 1) B + (2^W - 1) m) / 2^W = B + m, so that one bit
 * above B, top, is enough. After the last t = (a b + Q m) / B with Q < B, hence t < 2m.
 */
static inline limb limbs_multiply_in(int n, limb *t, const limb *a, const limb *b, const limb *m, limb m_inverse)
{
    limb top = 0;
    memset(t, 0, (size_t)n * sizeof t[0]);
    for (int i = 0; i < n; i++) {
        limb2 x = (limb2)a[0] * b[i] + t[0];
        limb q = (limb)x * m_inverse;
        limb2 y = (limb2)q * m[0] + (limb)x;
        for (int j = 1; j < n; j++) {
            /* At most (2^W - 1)^2 + 2 (2^W - 1) = 2^2W - 1. */
            x = (limb2)a[j] * b[i] + t[j] + (limb)(x >> LIMB_BITS);
            y = (limb2)q * m[j] + (limb)x + (limb)(y >> LIMB_BITS);
            t[j - 1] = (limb)y;
        }
        x = (limb2)top + (limb)(x >> LIMB_BITS) + (limb)(y >> LIMB_BITS);
        t[n - 1] = (limb)x;
        top = (limb)(x >> LIMB_BITS);
    }
    return top;
}

/* r = a b / B mod m, likewise, in 0..m-1. */
static inline void limbs_multiply(int n, limb *r, const limb *a, const limb *b, const limb *m, limb m_inverse)
{
    limb t[LIMBS_MAX];
    limb top = limbs_multiply_in(n, t, a, b, m, m_inverse);
    limbs_reduce_once(n, r, top, t, m);
}

/* r = 2 r + bit mod m, for r < m: 2 r + 1 is at most 2 m - 1. t as in limbs_reduce_in(). */
static inline void limbs_append_mod(int n, limb *t, limb *r, limb bit, const limb *m)
{
    limb carry = limbs_add(n, r, r, r);
    r[0] |= bit;
    limbs_reduce_in(n, t, r, carry, r, m);
}

/* r = the bytes, any number of them, as a big-endian integer mod m. */
static inline void limbs_reduce_bytes(int n, limb *t, limb *r, const uint8_t *bytes, size_t length, const limb *m)
{
    memset(r, 0, (size_t)n * sizeof *r);
    for (size_t i = 0; i < 8u * length; i++) {
        limbs_append_mod(n, t, r, (limb)bytes[i / 8u] >> (7u - i % 8u) & 1u, m);
    }
}

/* n limbs from big-endian bytes that have room there; and the lowest bytes of them. */
static inline void limbs_load(int n, limb *r, const uint8_t *bytes, size_t length)
{
    memset(r, 0, (size_t)n * sizeof *r);
    for (size_t i = 0; i < length; i++) {
        r[i / LIMB_BYTES] |= (limb)bytes[length - 1u - i] << (8u * (i % LIMB_BYTES));
    }
}

static inline void limbs_store(uint8_t *bytes, size_t length, const limb *a)
{
    for (size_t i = 0; i < length; i++) {
        bytes[length - 1u - i] = (uint8_t)(a[i / LIMB_BYTES] >> (8u * (i % LIMB_BYTES)));
    }
}

/* n limbs as bytes, big-endian; and little-endian. */
static inline void limbs_read(int n, limb *r, const uint8_t *bytes)
{
    for (int i = 0; i < n; i++) {
        limb x = 0;
        for (int j = 0; j < LIMB_BYTES; j++) {
            x = (limb)(x << 8) | bytes[(n - 1 - i) * LIMB_BYTES + j];
        }
        r[i] = x;
    }
}

static inline void limbs_write(int n, uint8_t *bytes, const limb *a)
{
    for (int i = 0; i < n * LIMB_BYTES; i++) {
        bytes[n * LIMB_BYTES - 1 - i] = (uint8_t)(a[i / LIMB_BYTES] >> (8 * (i % LIMB_BYTES)));
    }
}

static inline void limbs_read_little(int n, limb *r, const uint8_t *bytes)
{
    for (int i = 0; i < n; i++) {
        limb x = 0;
        for (int j = LIMB_BYTES; j-- > 0;) {
            x = (limb)(x << 8) | bytes[i * LIMB_BYTES + j];
        }
        r[i] = x;
    }
}

static inline void limbs_write_little(int n, uint8_t *bytes, const limb *a)
{
    for (int i = 0; i < n * LIMB_BYTES; i++) {
        bytes[i] = (uint8_t)(a[i / LIMB_BYTES] >> (8 * (i % LIMB_BYTES)));
    }
}

/* count bits (at most 8) from bit at on; those of B and above are 0. */
static inline uint32_t limbs_bits(int n, const limb *a, unsigned at, unsigned count)
{
    int first = (int)(at / LIMB_BITS);
    unsigned shift = at % LIMB_BITS;
    limb x = a[first] >> shift;
    if (shift + count > LIMB_BITS && first + 1 < n) { /* both are public positions */
        x |= a[first + 1] << (LIMB_BITS - shift);
    }
    return (uint32_t)x & ((1u << count) - 1u);
}

/* The same for count < LIMB_BITS. */
static inline limb limbs_slice(int n, const limb *a, unsigned at, unsigned count)
{
    int first = (int)(at / LIMB_BITS);
    limb2 two = first < n ? a[first] : 0; /* all positions are public */
    if (first + 1 < n) {
        two |= (limb2)a[first + 1] << LIMB_BITS;
    }
    return (limb)(two >> (at % LIMB_BITS)) & (((limb)1 << count) - 1u);
}

/* Back: r |= x 2^at, whatever there is of it below B. */
static inline void limbs_put_slice(int n, limb *r, unsigned at, limb x)
{
    int first = (int)(at / LIMB_BITS);
    limb2 two = (limb2)x << (at % LIMB_BITS);
    if (first < n) {
        r[first] |= (limb)two;
    }
    if (first + 1 < n) {
        r[first + 1] |= (limb)(two >> LIMB_BITS);
    }
}

/* From words of 64 bits, as tables have them. */
static inline void limbs_from_words(int n, limb *r, const uint64_t *words)
{
    for (int i = 0; i < n; i++) {
        r[i] = (limb)(words[i * LIMB_BITS / 64] >> (i * LIMB_BITS % 64));
    }
}

#endif
