/* SPDX-License-Identifier: Apache-2.0 */
#include "x86_64/ghash_pclmul.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/ghash_pclmul_blocks.h"

INLINE_GCM void set_power(struct ghash_key *key, size_t exponent, __m128i h)
{
    __m128i *powers = (__m128i *)(void *)key->words;

    _mm_storeu_si128(powers + (16 - exponent), h);
    _mm_storeu_si128(powers + (32 - exponent), ghash_halves(h));
}

/* In doubling steps, so that at most four products wait for each other. */
TARGET_GCM void ghash_pclmul_expand(struct ghash_key *key, const uint8_t h[16])
{
    set_power(key, 1, ghash_twist(ghash_load(h)));
    for (size_t have = 1; have < 16; have *= 2) {
        const __m128i top = ghash_power(key, have);
        for (size_t i = 1; i <= have; i++) {
            set_power(key, have + i, ghash_multiply(top, key, i));
        }
    }
}

/* Eight blocks, or the 1 to 7 that are left, and one reduction. */
INLINE_GCM __m128i hash_some(const struct ghash_key *key, __m128i y, const uint8_t *blocks, size_t n)
{
    struct ghash_sum sum = ghash_zero();

    ghash_add(&sum, _mm_xor_si128(y, ghash_load(blocks)), key, n);
    for (size_t i = 1; i < n; i++) {
        ghash_add(&sum, ghash_load(blocks + 16 * i), key, n - i);
    }
    return ghash_reduce(sum);
}

INLINE_GCM __m128i hash_eight(const struct ghash_key *key, __m128i y, const uint8_t *blocks)
{
    struct ghash_sum sum = ghash_zero();

#define HASH(i) ghash_add(&sum, ghash_load(blocks + 16 * (i)), key, 8 - (i));
    HASH(1) HASH(2) HASH(3) HASH(4) HASH(5) HASH(6) HASH(7)
#undef HASH
    /* last, as it waits for the reduction before */
    ghash_add(&sum, _mm_xor_si128(y, ghash_load(blocks)), key, 8);
    return ghash_reduce(sum);
}

TARGET_GCM void ghash_pclmul(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count)
{
    __m128i x = ghash_load(y);

    for (; count >= 8; count -= 8) {
        x = hash_eight(key, x, blocks);
        blocks += 128;
    }
    if (count != 0) {
        x = hash_some(key, x, blocks, count);
    }
    ghash_store(y, x);
}

#endif
