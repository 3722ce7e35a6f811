/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Poly1305 (RFC 8439, 2.5) by AVX2: numbers of five limbs of 26 bits, four in a vector, one for every fourth block. Each step
 * multiplies by r^4; at the end each lane is multiplied by the power of r that it lacks.
 */
#include "x86_64/chacha20.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline, target("avx2")))

#define MASK_26 ((UINT64_C(1) << 26) - 1)

/* Below this the powers of r take longer than they save. A multiple of 4. */
#define BLOCKS_MIN 16u

struct limbs {
    __m256i l0, l1, l2, l3, l4;
};

/* What a number is multiplied by, and five times its upper limbs, as 2^130 = 5 modulo p. */
struct factor {
    struct limbs r;
    __m256i s1, s2, s3, s4;
};

INLINE __m256i times_5(__m256i x)
{
    return _mm256_add_epi64(x, _mm256_slli_epi64(x, 2));
}

INLINE struct factor factor_of(struct limbs r)
{
    const struct factor f = { r, times_5(r.l1), times_5(r.l2), times_5(r.l3), times_5(r.l4) };
    return f;
}

#define SUM(a, b) _mm256_add_epi64(a, b)
#define TIMES(a, b) _mm256_mul_epu32(a, b)
#define PRODUCTS(a, b, c, d, e, f, g, h, i, j) \
    SUM(SUM(SUM(TIMES(a, b), TIMES(c, d)), SUM(TIMES(e, f), TIMES(g, h))), TIMES(i, j))

/* *to += what is above the 26 bits of *from. */
INLINE void carry(__m256i *to, __m256i *from)
{
    *to = SUM(*to, _mm256_srli_epi64(*from, 26));
    *from = _mm256_and_si256(*from, _mm256_set1_epi64x((long long)MASK_26));
}

/* Limbs of h < 2^28, of r < 2^27, s < 2^30: five products < 2^58 to a weight, sums < 2^61. Two chains of carries, a limb
 * apart, bring all limbs below 2^27. */
INLINE struct limbs multiply(struct limbs h, struct factor f)
{
    const struct limbs r = f.r;
    struct limbs d = {
        PRODUCTS(h.l0, r.l0, h.l1, f.s4, h.l2, f.s3, h.l3, f.s2, h.l4, f.s1),
        PRODUCTS(h.l0, r.l1, h.l1, r.l0, h.l2, f.s4, h.l3, f.s3, h.l4, f.s2),
        PRODUCTS(h.l0, r.l2, h.l1, r.l1, h.l2, r.l0, h.l3, f.s4, h.l4, f.s3),
        PRODUCTS(h.l0, r.l3, h.l1, r.l2, h.l2, r.l1, h.l3, r.l0, h.l4, f.s4),
        PRODUCTS(h.l0, r.l4, h.l1, r.l3, h.l2, r.l2, h.l3, r.l1, h.l4, r.l0),
    };

    carry(&d.l4, &d.l3);
    carry(&d.l1, &d.l0);
    d.l0 = SUM(d.l0, times_5(_mm256_srli_epi64(d.l4, 26))); /* < 2^26 + 5 * 2^36 */
    d.l4 = _mm256_and_si256(d.l4, _mm256_set1_epi64x((long long)MASK_26));
    carry(&d.l2, &d.l1);
    carry(&d.l3, &d.l2);
    carry(&d.l1, &d.l0);
    carry(&d.l4, &d.l3);
    return d;
}

#define EACH_LIMB(OF) { OF(l0), OF(l1), OF(l2), OF(l3), OF(l4) }

INLINE struct limbs add(struct limbs a, struct limbs b)
{
#define OF(l) SUM(a.l, b.l)
    const struct limbs x = EACH_LIMB(OF);
#undef OF
    return x;
}

INLINE struct limbs limbs_of(uint64_t x0, uint64_t x1, uint64_t x2)
{
    const struct limbs x = {
        _mm256_set1_epi64x((long long)(x0 & MASK_26)),
        _mm256_set1_epi64x((long long)(x0 >> 26 & MASK_26)),
        _mm256_set1_epi64x((long long)((x0 >> 52 | x1 << 12) & MASK_26)),
        _mm256_set1_epi64x((long long)(x1 >> 14 & MASK_26)),
        _mm256_set1_epi64x((long long)(x1 >> 40 | x2 << 24)),
    };
    return x;
}

struct powers {
    struct limbs r4; /* in each lane */
    struct limbs last; /* r^4, r^2, r^3, r^1 */
};

INLINE struct powers powers_of(const uint64_t r[2])
{
    const struct limbs r1 = limbs_of(r[0], r[1], 0);
    const struct limbs r2 = multiply(r1, factor_of(r1));
    const struct factor square = factor_of(r2);
#define OF(l) _mm256_blend_epi32(r1.l, r2.l, 0x0F)
    const struct limbs r2211 = EACH_LIMB(OF); /* lanes 0 and 1: r^2 */
#undef OF
    const struct limbs r4433 = multiply(r2211, square);
#define OF(l) _mm256_blend_epi32(r4433.l, r2211.l, 0xCC)
    const struct limbs last = EACH_LIMB(OF); /* r^4, r^2, r^3, r^1 */
#undef OF
#define OF(l) _mm256_permute4x64_epi64(r4433.l, 0)
    const struct powers powers = { EACH_LIMB(OF), last };
#undef OF
    return powers;
}

/* Four blocks; lane by lane these are 0, 2, 1, 3. */
INLINE struct limbs four_blocks(const uint8_t *blocks)
{
    const __m256i mask = _mm256_set1_epi64x((long long)MASK_26);
    const __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)blocks);
    const __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(blocks + 32));
    const __m256i low = _mm256_unpacklo_epi64(a, b), high = _mm256_unpackhi_epi64(a, b);
    const struct limbs m = {
        _mm256_and_si256(low, mask),
        _mm256_and_si256(_mm256_srli_epi64(low, 26), mask),
        _mm256_and_si256(_mm256_or_si256(_mm256_srli_epi64(low, 52), _mm256_slli_epi64(high, 12)), mask),
        _mm256_and_si256(_mm256_srli_epi64(high, 14), mask),
        _mm256_or_si256(_mm256_srli_epi64(high, 40), _mm256_set1_epi64x(1 << 24)), /* 2^128 */
    };
    return m;
}

INLINE uint64_t sum_of_lanes(__m256i x)
{
    const __m128i pair = _mm_add_epi64(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
    return (uint64_t)_mm_cvtsi128_si64(pair) + (uint64_t)_mm_extract_epi64(pair, 1);
}

/* The sum of the lanes, each limb < 2^29, as words < 2^131. */
INLINE void to_words(uint64_t h[3], struct limbs x)
{
    uint64_t l0 = sum_of_lanes(x.l0), l1 = sum_of_lanes(x.l1), l2 = sum_of_lanes(x.l2), l3 = sum_of_lanes(x.l3);
    uint64_t l4 = sum_of_lanes(x.l4);

    l1 += l0 >> 26;
    l2 += l1 >> 26;
    l3 += l2 >> 26;
    l4 += l3 >> 26;
    l0 = (l0 & MASK_26) + 5 * (l4 >> 26);
    l1 = (l1 & MASK_26) + (l0 >> 26); /* <= 2^26 */
    l2 = (l2 & MASK_26) + (l1 >> 26); /* the carry of that one ends here: <= 2^26 */
    l4 &= MASK_26;
    /* Words from limbs of 26 bits of which l2 may be 2^26. */
    const uint64_t low = (l0 & MASK_26) | (l1 & MASK_26) << 26;
    h[0] = low + (l2 << 52);
    const uint64_t middle = (l2 >> 12) + ((l3 & MASK_26) << 14);
    h[1] = middle + (l4 << 40);
    h[2] = (l4 >> 24) + (uint64_t)(h[1] < middle);
}

/* A multiple of four blocks. */
TARGET static void many_blocks(struct poly1305 *state, const uint8_t *blocks, size_t count)
{
    const struct powers powers = powers_of(state->r);
    const struct factor r4 = factor_of(powers.r4);
    const struct limbs h = limbs_of(state->h[0], state->h[1], state->h[2]);
    const __m256i zero = _mm256_setzero_si256();
#define OF(l) _mm256_blend_epi32(zero, h.l, 0x03)
    const struct limbs first = EACH_LIMB(OF);
#undef OF
    struct limbs sum = add(first, four_blocks(blocks));

    for (count -= 4; count != 0; count -= 4) {
        blocks += 64;
        sum = add(multiply(sum, r4), four_blocks(blocks));
    }
    to_words(state->h, multiply(sum, factor_of(powers.last)));
}

void poly1305_avx2(struct poly1305 *state, const uint8_t *blocks, size_t count)
{
    const size_t many = count < BLOCKS_MIN ? 0 : count & ~(size_t)3;

    if (many != 0) {
        many_blocks(state, blocks, many);
    }
    poly1305_portable(state, blocks + 16 * many, count - many);
}

#endif
