/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES and GHASH four blocks to a vector of 512 bits: building blocks of the VAES and VPCLMULQDQ kernels. Keys are those of
 * aes_ni_expand() and ghash_pclmul_expand(), whose comments say how they lie.
 */
#ifndef X86_64_VAES_BLOCKS_H
#define X86_64_VAES_BLOCKS_H

#include <immintrin.h>

#include "software/kernels.h"

#define VAES_TARGET "aes,pclmul,sse4.1,avx512f,avx512bw,avx512dq,avx512vl,vaes,vpclmulqdq"
#define TARGET_VAES __attribute__((target(VAES_TARGET)))
#define INLINE_VAES static inline __attribute__((always_inline, target(VAES_TARGET)))

/* Sixteen blocks. */
struct quad {
    __m512i a, b, c, d;
};

/* Sums of products, lane by lane, before reduction: low + middle * 2^64 + high * 2^128. */
struct wide_sum {
    __m512i low, middle, high;
};

INLINE_VAES __m512i wide_load(const void *p)
{
    return _mm512_loadu_si512(p);
}

INLINE_VAES void wide_store(void *p, __m512i x)
{
    _mm512_storeu_si512(p, x);
}

INLINE_VAES __m512i wide_xor3(__m512i x, __m512i y, __m512i z)
{
    return _mm512_ternarylogic_epi64(x, y, z, 0x96);
}

/* In each lane the sixteen bytes in the other order. */
INLINE_VAES __m512i wide_reverse(__m512i x)
{
    return _mm512_shuffle_epi8(x, _mm512_set4_epi32(0x00010203, 0x04050607, 0x08090A0B, 0x0C0D0E0F));
}

INLINE_VAES __m512i wide_key(const struct aes_key *key, uint32_t round)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)key->words + round));
}

/* ---- Masks for the last 0 to 15 blocks, or 0 to 255 bytes ---- */

/* Of n bytes those that fall into vector i: the lowest min(max(n - 64i, 0), 64) bits. */
INLINE_VAES __mmask64 byte_mask(size_t n, size_t i)
{
    const size_t first = 64 * i;

    return n <= first ? 0 : n - first >= 64 ? ~(uint64_t)0 : ~(uint64_t)0 >> (64 - (n - first));
}

INLINE_VAES struct quad quad_load_bytes(const uint8_t *p, size_t n)
{
    const struct quad x = {
        _mm512_maskz_loadu_epi8(byte_mask(n, 0), p), _mm512_maskz_loadu_epi8(byte_mask(n, 1), p + 64),
        _mm512_maskz_loadu_epi8(byte_mask(n, 2), p + 128), _mm512_maskz_loadu_epi8(byte_mask(n, 3), p + 192),
    };
    return x;
}

INLINE_VAES void quad_store_bytes(uint8_t *p, size_t n, struct quad x)
{
    _mm512_mask_storeu_epi8(p, byte_mask(n, 0), x.a);
    _mm512_mask_storeu_epi8(p + 64, byte_mask(n, 1), x.b);
    _mm512_mask_storeu_epi8(p + 128, byte_mask(n, 2), x.c);
    _mm512_mask_storeu_epi8(p + 192, byte_mask(n, 3), x.d);
}

INLINE_VAES struct quad quad_load(const uint8_t *p)
{
    const struct quad x = { wide_load(p), wide_load(p + 64), wide_load(p + 128), wide_load(p + 192) };
    return x;
}

INLINE_VAES void quad_store(uint8_t *p, struct quad x)
{
    wide_store(p, x.a);
    wide_store(p + 64, x.b);
    wide_store(p + 128, x.c);
    wide_store(p + 192, x.d);
}

INLINE_VAES struct quad quad_xor(struct quad x, struct quad y)
{
    x.a = _mm512_xor_si512(x.a, y.a);
    x.b = _mm512_xor_si512(x.b, y.b);
    x.c = _mm512_xor_si512(x.c, y.c);
    x.d = _mm512_xor_si512(x.d, y.d);
    return x;
}

INLINE_VAES struct quad quad_reverse(struct quad x)
{
    x.a = wide_reverse(x.a);
    x.b = wide_reverse(x.b);
    x.c = wide_reverse(x.c);
    x.d = wide_reverse(x.d);
    return x;
}

/* ---- AES ---- */

INLINE_VAES struct quad quad_add_key(struct quad x, __m512i k)
{
    x.a = _mm512_xor_si512(x.a, k);
    x.b = _mm512_xor_si512(x.b, k);
    x.c = _mm512_xor_si512(x.c, k);
    x.d = _mm512_xor_si512(x.d, k);
    return x;
}

INLINE_VAES struct quad quad_round(struct quad x, __m512i k)
{
    x.a = _mm512_aesenc_epi128(x.a, k);
    x.b = _mm512_aesenc_epi128(x.b, k);
    x.c = _mm512_aesenc_epi128(x.c, k);
    x.d = _mm512_aesenc_epi128(x.d, k);
    return x;
}

INLINE_VAES struct quad quad_last_round(struct quad x, __m512i k)
{
    x.a = _mm512_aesenclast_epi128(x.a, k);
    x.b = _mm512_aesenclast_epi128(x.b, k);
    x.c = _mm512_aesenclast_epi128(x.c, k);
    x.d = _mm512_aesenclast_epi128(x.d, k);
    return x;
}

INLINE_VAES struct quad quad_encrypt(const struct aes_key *key, struct quad x)
{
    x = quad_add_key(x, wide_key(key, 0));
    for (uint32_t round = 1; round < key->rounds; round++) {
        x = quad_round(x, wide_key(key, round));
    }
    return quad_last_round(x, wide_key(key, key->rounds));
}

INLINE_VAES __m512i wide_inverse_key(const struct aes_key *key, uint32_t round)
{
    return wide_key(key, 15 + round);
}

INLINE_VAES struct quad quad_decrypt(const struct aes_key *key, struct quad x)
{
    __m512i k;

    x = quad_add_key(x, wide_inverse_key(key, 0));
    for (uint32_t round = 1; round < key->rounds; round++) {
        k = wide_inverse_key(key, round);
        x.a = _mm512_aesdec_epi128(x.a, k);
        x.b = _mm512_aesdec_epi128(x.b, k);
        x.c = _mm512_aesdec_epi128(x.c, k);
        x.d = _mm512_aesdec_epi128(x.d, k);
    }
    k = wide_inverse_key(key, key->rounds);
    x.a = _mm512_aesdeclast_epi128(x.a, k);
    x.b = _mm512_aesdeclast_epi128(x.b, k);
    x.c = _mm512_aesdeclast_epi128(x.c, k);
    x.d = _mm512_aesdeclast_epi128(x.d, k);
    return x;
}

/* Counters: the block reversed in each lane, so that the number is its lowest 32 bits; n, n + 1, n + 2, n + 3. */
INLINE_VAES __m512i counter_load(const uint8_t counter[16])
{
    const __m512i all = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)counter));

    return _mm512_add_epi32(wide_reverse(all), _mm512_set_epi32(0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0));
}

INLINE_VAES __m512i counter_add(__m512i value, int n)
{
    return _mm512_add_epi32(value, _mm512_set_epi32(0, 0, 0, n, 0, 0, 0, n, 0, 0, 0, n, 0, 0, 0, n));
}

INLINE_VAES void counter_store(uint8_t counter[16], __m512i value)
{
    _mm_storeu_si128((__m128i *)(void *)counter, _mm512_castsi512_si128(wide_reverse(value)));
}

INLINE_VAES struct quad counter_blocks(__m512i value)
{
    const struct quad x = {
        wide_reverse(value), wide_reverse(counter_add(value, 4)), wide_reverse(counter_add(value, 8)),
        wide_reverse(counter_add(value, 12)),
    };
    return x;
}

/* ---- GHASH ---- */

INLINE_VAES struct wide_sum wide_zero(void)
{
    const struct wide_sum zero = { _mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512() };
    return zero;
}

/* sum += x * h, lane by lane */
INLINE_VAES void wide_add(struct wide_sum *sum, __m512i x, __m512i h)
{
    sum->low = _mm512_xor_si512(sum->low, _mm512_clmulepi64_epi128(x, h, 0x00));
    sum->middle = wide_xor3(sum->middle, _mm512_clmulepi64_epi128(x, h, 0x01), _mm512_clmulepi64_epi128(x, h, 0x10));
    sum->high = _mm512_xor_si512(sum->high, _mm512_clmulepi64_epi128(x, h, 0x11));
}

/* As ghash_reduce(), in each lane. */
INLINE_VAES __m512i wide_reduce(struct wide_sum sum)
{
    const __m512i c = _mm512_set1_epi64((long long)0xC200000000000000u);
    const __m512i middle = wide_xor3(sum.middle, _mm512_shuffle_epi32(sum.low, 0x4E), _mm512_clmulepi64_epi128(sum.low, c, 0x10));

    return wide_xor3(sum.high, _mm512_shuffle_epi32(middle, 0x4E), _mm512_clmulepi64_epi128(middle, c, 0x10));
}

INLINE_VAES __m128i wide_fold(__m512i x)
{
    const __m256i y = _mm256_xor_si256(_mm512_castsi512_si256(x), _mm512_extracti64x4_epi64(x, 1));

    return _mm_xor_si128(_mm256_castsi256_si128(y), _mm256_extracti128_si256(y, 1));
}

/* Powers of H for four blocks of which the first is multiplied by H^exponent. */
INLINE_VAES __m512i wide_powers(const struct ghash_key *key, size_t exponent)
{
    return wide_load((const __m128i *)(const void *)key->words + (16 - exponent));
}

/* H^exponent for all four. */
INLINE_VAES __m512i wide_power(const struct ghash_key *key, size_t exponent)
{
    return _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)key->words + (16 - exponent)));
}

/*
 * Sixteen blocks and sixteen again: lane i keeps a sum of its own, of the blocks i, i + 4, i + 8, ..., whose next one is
 * always four blocks on. So all lanes take the same powers. Only in the last sixteen blocks do the lanes differ, by
 * their distance from the end; then the sums are added up.
 */
INLINE_VAES struct quad quad_powers(const struct ghash_key *key)
{
    const struct quad h = { wide_power(key, 16), wide_power(key, 12), wide_power(key, 8), wide_power(key, 4) };
    return h;
}

INLINE_VAES struct quad quad_last_powers(const struct ghash_key *key)
{
    const struct quad h = { wide_powers(key, 16), wide_powers(key, 12), wide_powers(key, 8), wide_powers(key, 4) };
    return h;
}

/* Sixteen blocks, already reversed. What is added last waits for the reduction before. */
INLINE_VAES __m512i quad_hash(struct quad h, struct quad x, __m512i y)
{
    struct wide_sum sum = wide_zero();

    wide_add(&sum, x.b, h.b);
    wide_add(&sum, x.c, h.c);
    wide_add(&sum, x.d, h.d);
    wide_add(&sum, _mm512_xor_si512(x.a, y), h.a);
    return wide_reduce(sum);
}

/* n blocks, 0 < n <= 16, already reversed, zero beyond. */
INLINE_VAES __m128i quad_hash_some(const struct ghash_key *key, struct quad x, __m128i y, size_t n)
{
    struct wide_sum sum = wide_zero();

    wide_add(&sum, _mm512_xor_si512(x.a, _mm512_zextsi128_si512(y)), wide_powers(key, n));
    if (n > 4) {
        wide_add(&sum, x.b, wide_powers(key, n - 4));
    }
    if (n > 8) {
        wide_add(&sum, x.c, wide_powers(key, n - 8));
    }
    if (n > 12) {
        wide_add(&sum, x.d, wide_powers(key, n - 12));
    }
    return wide_fold(wide_reduce(sum));
}

INLINE_VAES __m128i narrow_reverse(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

INLINE_VAES __m128i narrow_load(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

INLINE_VAES void narrow_store(uint8_t *p, __m128i x)
{
    _mm_storeu_si128((__m128i *)(void *)p, x);
}

#endif
