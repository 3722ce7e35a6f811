/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Integers of 256 bits in limbs of the size that the compiler multiplies best, and Montgomery multiplication for any odd
 * modulus. Limbs go from least to most significant. Constant-time, but for names that end in _vartime.
 */
#ifndef SOFTWARE_ECC_P256_LIMBS_H
#define SOFTWARE_ECC_P256_LIMBS_H

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "util/ct.h"

/* A test asks for 32 where 64 would be taken. */
#if !defined(P256_LIMB_BITS)
#if defined(__SIZEOF_INT128__)
#define P256_LIMB_BITS 64
#else
#define P256_LIMB_BITS 32
#endif
#endif

#if P256_LIMB_BITS == 64
typedef uint64_t p256_limb;
__extension__ typedef unsigned __int128 p256_limb2;

static inline p256_limb p256_limb_barrier(p256_limb x)
{
    return ct_barrier64(x);
}

/* What a 64-bit word is in limbs, in initialisers. */
#define P256_WORD(x) UINT64_C(x)
#else
typedef uint32_t p256_limb;
typedef uint64_t p256_limb2;

static inline p256_limb p256_limb_barrier(p256_limb x)
{
    return ct_barrier32(x);
}

#define P256_WORD(x) (uint32_t)(UINT64_C(x) & 0xffffffffu), (uint32_t)(UINT64_C(x) >> 32)
#endif

#define P256_LIMBS (256 / P256_LIMB_BITS)

/* r = a + b, the carry returned (0 or 1); r = a - b, the borrow returned. Compilers do not find ADC and SBB by themselves. */
#if P256_LIMB_BITS == 64 && defined(__x86_64__)

static inline p256_limb p256_limbs_add(p256_limb *r, const p256_limb *a, const p256_limb *b)
{
    unsigned char carry = 0;
    for (int i = 0; i < 4; i++) {
        unsigned long long x;
        carry = _addcarry_u64(carry, a[i], b[i], &x);
        r[i] = x;
    }
    return carry;
}

static inline p256_limb p256_limbs_subtract(p256_limb *r, const p256_limb *a, const p256_limb *b)
{
    unsigned char borrow = 0;
    for (int i = 0; i < 4; i++) {
        unsigned long long x;
        borrow = _subborrow_u64(borrow, a[i], b[i], &x);
        r[i] = x;
    }
    return borrow;
}

#else

static inline p256_limb p256_limbs_add(p256_limb *r, const p256_limb *a, const p256_limb *b)
{
    p256_limb carry = 0;
    for (int i = 0; i < P256_LIMBS; i++) {
        p256_limb2 x = (p256_limb2)a[i] + b[i] + carry;
        r[i] = (p256_limb)x;
        carry = (p256_limb)(x >> P256_LIMB_BITS);
    }
    return carry;
}

static inline p256_limb p256_limbs_subtract(p256_limb *r, const p256_limb *a, const p256_limb *b)
{
    p256_limb borrow = 0;
    for (int i = 0; i < P256_LIMBS; i++) {
        p256_limb2 x = (p256_limb2)a[i] - b[i] - borrow;
        r[i] = (p256_limb)x;
        borrow = (p256_limb)(x >> P256_LIMB_BITS) & 1u;
    }
    return borrow;
}

#endif

/* r = a where mask is all-ones, b where it is 0. A barrier for each limb: a loop on vectors would read what was just written
 * in halves, and wait for it. */
static inline void p256_limbs_select(p256_limb *r, p256_limb mask, const p256_limb *a, const p256_limb *b)
{
    for (int i = 0; i < P256_LIMBS; i++) {
        r[i] = b[i] ^ (p256_limb_barrier(mask) & (a[i] ^ b[i]));
    }
}

/* All-ones if x is 0. */
static inline p256_limb p256_limbs_mask_zero(const p256_limb *a)
{
    p256_limb x = 0;
    for (int i = 0; i < P256_LIMBS; i++) {
        x |= a[i];
    }
    x = p256_limb_barrier(x);
    return (p256_limb)0 - ((~x & (x - 1u)) >> (P256_LIMB_BITS - 1));
}

/* r = high 2^256 + a - m if that is not negative, else a: in 0..m-1 for an input in 0..2m-1. */
static inline void p256_limbs_reduce_once(p256_limb *r, p256_limb high, const p256_limb *a, const p256_limb *m)
{
    p256_limb t[P256_LIMBS];
    p256_limb borrow = p256_limbs_subtract(t, a, m);
    /* high = 1 comes with borrow = 1: the input is below 2m < 2^257. It stays as it is where high = 0 and borrow = 1. */
    p256_limbs_select(r, (p256_limb)0 - (borrow & (high ^ 1u)), a, t);
}

/* r = a + b mod m, for a, b < m. */
static inline void p256_limbs_add_mod(p256_limb *r, const p256_limb *a, const p256_limb *b, const p256_limb *m)
{
    p256_limb t[P256_LIMBS];
    p256_limb carry = p256_limbs_add(t, a, b);
    p256_limbs_reduce_once(r, carry, t, m);
}

/* r = a - b mod m, for a, b < m. */
static inline void p256_limbs_subtract_mod(p256_limb *r, const p256_limb *a, const p256_limb *b, const p256_limb *m)
{
    p256_limb t[P256_LIMBS], masked[P256_LIMBS];
    p256_limb mask = (p256_limb)0 - p256_limbs_subtract(t, a, b);
    for (int i = 0; i < P256_LIMBS; i++) {
        masked[i] = m[i] & p256_limb_barrier(mask);
    }
    (void)p256_limbs_add(r, t, masked);
}

/*
 * r = a b / 2^256 mod m, for a b < 2^256 m (one factor below m is enough), 2^255 < m, m_inverse = -1/m mod 2^P256_LIMB_BITS.
 *
 * Each round keeps t < 2^256 + m: (t + a b[i] + q m) / 2^W < (2^256 + m + (2^W - 1) 2^256 + (2^W - 1) m) / 2^W = 2^256 + m,
 * so that one bit above the 256, top, is enough. After the last t = (a b + Q m) / 2^256 with Q < 2^256, hence t < 2m.
 */
static inline void p256_limbs_multiply(p256_limb *r, const p256_limb *a, const p256_limb *b, const p256_limb *m,
                                       p256_limb m_inverse)
{
    p256_limb t[P256_LIMBS] = { 0 }, top = 0;
    for (int i = 0; i < P256_LIMBS; i++) {
        p256_limb2 x = (p256_limb2)a[0] * b[i] + t[0];
        p256_limb q = (p256_limb)x * m_inverse;
        p256_limb2 y = (p256_limb2)q * m[0] + (p256_limb)x;
        for (int j = 1; j < P256_LIMBS; j++) {
            /* At most (2^W - 1)^2 + 2 (2^W - 1) = 2^2W - 1. */
            x = (p256_limb2)a[j] * b[i] + t[j] + (p256_limb)(x >> P256_LIMB_BITS);
            y = (p256_limb2)q * m[j] + (p256_limb)x + (p256_limb)(y >> P256_LIMB_BITS);
            t[j - 1] = (p256_limb)y;
        }
        x = (p256_limb2)top + (p256_limb)(x >> P256_LIMB_BITS) + (p256_limb)(y >> P256_LIMB_BITS);
        t[P256_LIMBS - 1] = (p256_limb)x;
        top = (p256_limb)(x >> P256_LIMB_BITS);
    }
    p256_limbs_reduce_once(r, top, t, m);
}

/* 32 bytes, big-endian. */
static inline void p256_limbs_read(p256_limb *r, const uint8_t *bytes)
{
    for (int i = 0; i < P256_LIMBS; i++) {
        p256_limb x = 0;
        for (int j = 0; j < P256_LIMB_BITS / 8; j++) {
            x = (p256_limb)(x << 8) | bytes[(P256_LIMBS - 1 - i) * (P256_LIMB_BITS / 8) + j];
        }
        r[i] = x;
    }
}

static inline void p256_limbs_write(uint8_t *bytes, const p256_limb *a)
{
    for (int i = 0; i < 32; i++) {
        bytes[31 - i] = (uint8_t)(a[i / (P256_LIMB_BITS / 8)] >> (8 * (i % (P256_LIMB_BITS / 8))));
    }
}

/* count bits (at most 8) from bit at on; those above 255 are 0. */
static inline uint32_t p256_limbs_bits(const p256_limb *a, unsigned at, unsigned count)
{
    unsigned limb = at / P256_LIMB_BITS, shift = at % P256_LIMB_BITS;
    p256_limb x = a[limb] >> shift;
    if (shift + count > P256_LIMB_BITS && limb + 1u < P256_LIMBS) { /* both are public positions */
        x |= a[limb + 1u] << (P256_LIMB_BITS - shift);
    }
    return (uint32_t)x & ((1u << count) - 1u);
}

#endif
