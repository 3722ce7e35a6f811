/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Poly1305 (RFC 8439, 2.5) by AVX-512 IFMA: numbers of three limbs of 44, 44 and 42 bits, eight in a vector. Two vectors take
 * every second group of eight blocks and are multiplied by r^16 for each; at the end each lane is multiplied by the power of r
 * that it lacks.
 */
#include "x86_64/chacha20.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512vl,avx512ifma")))
#define INLINE static inline __attribute__((always_inline, target("avx512f,avx512vl,avx512ifma")))

#define MASK_44 ((UINT64_C(1) << 44) - 1)
#define MASK_42 ((UINT64_C(1) << 42) - 1)

/* Below this the powers of r take longer than they save. A multiple of 16. */
#define BLOCKS_MIN 32u

struct limbs {
    __m512i l0, l1, l2;
};

/* What a number is multiplied by; s1 = 20 r1 and s2 = 20 r2, as 2^132 = 4 * 2^130 = 20 modulo p. */
struct factor {
    __m512i r0, r1, r2, s1, s2;
};

/* Products of limbs by weight: their low 52 bits and what is above these. */
struct product {
    __m512i low0, low1, low2, high0, high1, high2;
};

INLINE __m512i times_20(__m512i x)
{
    return _mm512_add_epi64(_mm512_slli_epi64(x, 4), _mm512_slli_epi64(x, 2));
}

INLINE struct factor factor_of(struct limbs r)
{
    const struct factor f = { r.l0, r.l1, r.l2, times_20(r.l1), times_20(r.l2) };
    return f;
}

#define LOW(sum, a, b) _mm512_madd52lo_epu64(sum, a, b)
#define HIGH(sum, a, b) _mm512_madd52hi_epu64(sum, a, b)

/* p += h * r. Limbs of h < 2^46, of r < 2^45, s < 2^50: three products < 2^96 to a weight, twice at most, so the high parts
 * stay < 2^47 and the low ones < 2^55. */
INLINE void multiply_add(struct product *p, const struct limbs *h, const struct factor *r)
{
    p->low0 = LOW(p->low0, h->l0, r->r0);
    p->low1 = LOW(p->low1, h->l0, r->r1);
    p->low2 = LOW(p->low2, h->l0, r->r2);
    p->high0 = HIGH(p->high0, h->l0, r->r0);
    p->high1 = HIGH(p->high1, h->l0, r->r1);
    p->high2 = HIGH(p->high2, h->l0, r->r2);
    p->low0 = LOW(p->low0, h->l1, r->s2);
    p->low1 = LOW(p->low1, h->l1, r->r0);
    p->low2 = LOW(p->low2, h->l1, r->r1);
    p->high0 = HIGH(p->high0, h->l1, r->s2);
    p->high1 = HIGH(p->high1, h->l1, r->r0);
    p->high2 = HIGH(p->high2, h->l1, r->r1);
    p->low0 = LOW(p->low0, h->l2, r->s1);
    p->low1 = LOW(p->low1, h->l2, r->s2);
    p->low2 = LOW(p->low2, h->l2, r->r0);
    p->high0 = HIGH(p->high0, h->l2, r->s1);
    p->high1 = HIGH(p->high1, h->l2, r->s2);
    p->high2 = HIGH(p->high2, h->l2, r->r0);
}

/* Carries: 2^52 is 2^8 of the next limb, of 44 bits, and 2^10 of the one above 2^130. Each carry < 2^58; the last brings
 * l0 < 2^44 + 5 * 2^58 to l0 < 2^44 and l1 < 2^44 + 2^17. */
INLINE struct limbs reduce(struct product p)
{
    const __m512i mask_44 = _mm512_set1_epi64((long long)MASK_44), mask_42 = _mm512_set1_epi64((long long)MASK_42);
    struct limbs h;
    __m512i carry = _mm512_add_epi64(_mm512_srli_epi64(p.low0, 44), _mm512_slli_epi64(p.high0, 8));

    h.l0 = _mm512_and_si512(p.low0, mask_44);
    p.low1 = _mm512_add_epi64(p.low1, carry);
    carry = _mm512_add_epi64(_mm512_srli_epi64(p.low1, 44), _mm512_slli_epi64(p.high1, 8));
    h.l1 = _mm512_and_si512(p.low1, mask_44);
    p.low2 = _mm512_add_epi64(p.low2, carry);
    carry = _mm512_add_epi64(_mm512_srli_epi64(p.low2, 42), _mm512_slli_epi64(p.high2, 10));
    h.l2 = _mm512_and_si512(p.low2, mask_42);
    h.l0 = _mm512_add_epi64(h.l0, _mm512_add_epi64(carry, _mm512_slli_epi64(carry, 2)));
    h.l1 = _mm512_add_epi64(h.l1, _mm512_srli_epi64(h.l0, 44));
    h.l0 = _mm512_and_si512(h.l0, mask_44);
    return h;
}

INLINE struct product no_product(void)
{
    const __m512i zero = _mm512_setzero_si512();
    const struct product p = { zero, zero, zero, zero, zero, zero };

    return p;
}

INLINE struct limbs multiply(struct limbs h, struct factor r)
{
    struct product p = no_product();

    multiply_add(&p, &h, &r);
    return reduce(p);
}

/* Lanes of a where the mask has zeros, of b where it has ones. */
INLINE struct limbs blend(__mmask8 mask, struct limbs a, struct limbs b)
{
    const struct limbs x = { _mm512_mask_blend_epi64(mask, a.l0, b.l0), _mm512_mask_blend_epi64(mask, a.l1, b.l1),
                             _mm512_mask_blend_epi64(mask, a.l2, b.l2) };
    return x;
}

INLINE struct limbs permute(__m512i lanes, struct limbs a)
{
    const struct limbs x = { _mm512_permutexvar_epi64(lanes, a.l0), _mm512_permutexvar_epi64(lanes, a.l1),
                             _mm512_permutexvar_epi64(lanes, a.l2) };
    return x;
}

struct powers {
    struct limbs low, high; /* r^1 .. r^8, r^9 .. r^16 */
};

INLINE struct limbs limbs_of(uint64_t x0, uint64_t x1, uint64_t x2)
{
    const struct limbs x = { _mm512_set1_epi64((long long)(x0 & MASK_44)),
                             _mm512_set1_epi64((long long)((x0 >> 44 | x1 << 20) & MASK_44)),
                             _mm512_set1_epi64((long long)(x1 >> 24 | x2 << 40)) };
    return x;
}

INLINE struct powers powers_of(const uint64_t r[2])
{
    const __m512i lane_3 = _mm512_set1_epi64(3), lane_7 = _mm512_set1_epi64(7);
    struct powers powers;
    const struct limbs r1 = limbs_of(r[0], r[1], 0);
    const struct limbs r2 = multiply(r1, factor_of(r1));
    const struct limbs r12 = blend(0xAA, r1, r2);
    const struct limbs r1234 = blend(0xCC, r12, multiply(r12, factor_of(r2)));

    powers.low = blend(0xF0, r1234, multiply(r1234, factor_of(permute(lane_3, r1234))));
    powers.high = multiply(powers.low, factor_of(permute(lane_7, powers.low)));
    return powers;
}

/* Eight blocks; lane by lane these are 0, 4, 1, 5, 2, 6, 3, 7. */
INLINE struct limbs eight_blocks(const uint8_t *blocks)
{
    const __m512i mask_44 = _mm512_set1_epi64((long long)MASK_44);
    const __m512i a = _mm512_loadu_si512(blocks), b = _mm512_loadu_si512(blocks + 64);
    const __m512i low = _mm512_unpacklo_epi64(a, b), high = _mm512_unpackhi_epi64(a, b);
    const struct limbs m = {
        _mm512_and_si512(low, mask_44),
        _mm512_and_si512(_mm512_or_si512(_mm512_srli_epi64(low, 44), _mm512_slli_epi64(high, 20)), mask_44),
        _mm512_or_si512(_mm512_srli_epi64(high, 24), _mm512_set1_epi64(INT64_C(1) << 40)), /* 2^128 */
    };
    return m;
}

INLINE struct limbs add(struct limbs a, struct limbs b)
{
    const struct limbs x = { _mm512_add_epi64(a.l0, b.l0), _mm512_add_epi64(a.l1, b.l1), _mm512_add_epi64(a.l2, b.l2) };
    return x;
}

/* The sum of the lanes, each limb < 2^49, as words < 2^131. */
INLINE void to_words(uint64_t h[3], struct limbs x)
{
    uint64_t l0 = (uint64_t)_mm512_reduce_add_epi64(x.l0), l1 = (uint64_t)_mm512_reduce_add_epi64(x.l1);
    uint64_t l2 = (uint64_t)_mm512_reduce_add_epi64(x.l2);

    l1 += l0 >> 44;
    l2 += l1 >> 44;
    l0 = (l0 & MASK_44) + 5 * (l2 >> 42);
    l1 = (l1 & MASK_44) + (l0 >> 44); /* <= 2^44 */
    l2 &= MASK_42;
    h[0] = (l0 & MASK_44) | l1 << 44;
    h[1] = (l2 << 24) + (l1 >> 20);
    h[2] = (l2 >> 40) + (uint64_t)(h[1] < l1 >> 20);
}

/* A multiple of sixteen blocks. */
TARGET static void many_blocks(struct poly1305 *state, const uint8_t *blocks, size_t count)
{
    const __m512i order = _mm512_set_epi64(0, 4, 1, 5, 2, 6, 3, 7); /* r^8 for block 0 in lane 0, r^4 for block 4, .. */
    const struct powers powers = powers_of(state->r);
    const struct factor r16 = factor_of(permute(_mm512_set1_epi64(7), powers.high));
    const struct factor last_even = factor_of(permute(order, powers.high)), last_odd = factor_of(permute(order, powers.low));
    const struct limbs h = limbs_of(state->h[0], state->h[1], state->h[2]);
    const struct limbs zero = { _mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512() };
    struct limbs even = add(blend(1, zero, h), eight_blocks(blocks)), odd = eight_blocks(blocks + 128);
    struct product sum = no_product();

    for (count -= 16; count != 0; count -= 16) {
        blocks += 256;
        even = add(multiply(even, r16), eight_blocks(blocks));
        odd = add(multiply(odd, r16), eight_blocks(blocks + 128));
    }
    multiply_add(&sum, &even, &last_even);
    multiply_add(&sum, &odd, &last_odd);
    to_words(state->h, reduce(sum));
}

void poly1305_ifma(struct poly1305 *state, const uint8_t *blocks, size_t count)
{
    const size_t many = count < BLOCKS_MIN ? 0 : count & ~(size_t)15;

    if (many != 0) {
        many_blocks(state, blocks, many);
    }
    poly1305_portable(state, blocks + 16 * many, count - many);
}

#endif
