/* SPDX-License-Identifier: Apache-2.0 */
/* Two blocks of sixteen bytes in a vector of 256 bits, for block ciphers with GFNI and AVX2. */
#ifndef X86_64_GFNI_H
#define X86_64_GFNI_H

#include <immintrin.h>

#include "software/kernels.h"

#define TARGET __attribute__((target("gfni,avx2")))
#define INLINE static inline __attribute__((always_inline, target("gfni,avx2")))

INLINE __m128i load(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

INLINE void store(uint8_t *p, __m128i x)
{
    _mm_storeu_si128((__m128i *)(void *)p, x);
}

INLINE __m256i load_two(const uint8_t *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

INLINE void store_two(uint8_t *p, __m256i x)
{
    _mm256_storeu_si256((__m256i *)(void *)p, x);
}

/* One block, and zeros. */
INLINE __m256i load_one(const uint8_t *p)
{
    return _mm256_zextsi128_si256(load(p));
}

INLINE void store_one(uint8_t *p, __m256i x)
{
    store(p, _mm256_castsi256_si128(x));
}

/* The same sixteen bytes for each block. */
INLINE __m256i twice(const uint8_t *p)
{
    return _mm256_broadcastsi128_si256(load(p));
}

/* A matrix for the lower and one for the higher eight bytes of each block. */
INLINE __m256i matrices(uint64_t low, uint64_t high)
{
    return _mm256_set_epi64x((long long)high, (long long)low, (long long)high, (long long)low);
}

#endif
