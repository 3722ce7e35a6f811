/* SPDX-License-Identifier: Apache-2.0 */
/* XTS (IEEE 1619, 5.3) with AES by VAES: sixteen blocks at once, their tweaks in four vectors, each multiplied by x^16 in a step. */
#include "x86_64/aes_vaes.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/vaes_blocks.h"

#define STEP 16u

/* x^128 = x^7 + x^2 + x + 1, the bits from least to most significant (IEEE 1619, 5.2). */
#define POLYNOMIAL 0x87

/* Lane by lane x * 2^(8 bytes). What leaves a lane at the top, at most two bytes, comes back times the polynomial. */
#define WIDE_TIMES(x, bytes) \
    _mm512_xor_si512(_mm512_bslli_epi128(x, bytes), \
                     _mm512_clmulepi64_epi128(_mm512_bsrli_epi128(x, 16 - (bytes)), _mm512_set1_epi64(POLYNOMIAL), 0x00))

/* The tweaks T, T x, T x^2, T x^3. */
INLINE_VAES __m512i first_tweaks(const uint8_t tweak[16])
{
    const __m512i t = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)tweak));
    /* Each half shifted by 0 to 3 bits; what leaves it goes into the other, from the upper one times the polynomial. */
    const __m512i up = _mm512_set_epi64(3, 3, 2, 2, 1, 1, 0, 0), down = _mm512_set_epi64(61, 61, 62, 62, 63, 63, 64, 64);
    const __m512i left = _mm512_srlv_epi64(t, down);
    const __m512i into_high = _mm512_bslli_epi128(left, 8);
    const __m512i into_low = _mm512_clmulepi64_epi128(left, _mm512_set1_epi64(POLYNOMIAL), 0x01);

    return wide_xor3(_mm512_sllv_epi64(t, up), into_high, into_low);
}

/* Times x^4: half a byte. */
INLINE_VAES __m512i times_x4(__m512i t)
{
    const __m512i left = _mm512_srli_epi64(t, 60);
    const __m512i into_low = _mm512_clmulepi64_epi128(left, _mm512_set1_epi64(POLYNOMIAL), 0x01);

    return wide_xor3(_mm512_slli_epi64(t, 4), _mm512_bslli_epi128(left, 8), into_low);
}

INLINE_VAES struct quad tweaks_of(const uint8_t tweak[16])
{
    struct quad t;

    t.a = first_tweaks(tweak);
    t.b = times_x4(t.a);
    t.c = WIDE_TIMES(t.a, 1);
    t.d = WIDE_TIMES(t.b, 1);
    return t;
}

INLINE_VAES struct quad next_tweaks(struct quad t)
{
    t.a = WIDE_TIMES(t.a, 2);
    t.b = WIDE_TIMES(t.b, 2);
    t.c = WIDE_TIMES(t.c, 2);
    t.d = WIDE_TIMES(t.d, 2);
    return t;
}

/* The tweak of block n, 0 to 15. */
INLINE_VAES void tweak_store(uint8_t tweak[16], struct quad t, size_t n)
{
    const __m512i four = n < 8 ? (n < 4 ? t.a : t.b) : (n < 12 ? t.c : t.d);
    const long long first = (long long)(2 * (n % 4));
    const __m512i lane = _mm512_permutexvar_epi64(_mm512_set_epi64(0, 0, 0, 0, 0, 0, first + 1, first), four);

    _mm_storeu_si128((__m128i *)(void *)tweak, _mm512_castsi512_si128(lane));
}

TARGET_VAES void aes_xts_vaes_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    struct quad t = tweaks_of(tweak);

    for (; count >= STEP; count -= STEP) {
        quad_store(output, quad_xor(quad_encrypt(key, quad_xor(quad_load(input), t)), t));
        t = next_tweaks(t);
        input += 16 * STEP;
        output += 16 * STEP;
    }
    if (count != 0) {
        const struct quad text = quad_xor(quad_load_bytes(input, 16 * count), t);
        quad_store_bytes(output, 16 * count, quad_xor(quad_encrypt(key, text), t));
    }
    tweak_store(tweak, t, count);
}

TARGET_VAES void aes_xts_vaes_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                                      size_t count)
{
    struct quad t = tweaks_of(tweak);

    for (; count >= STEP; count -= STEP) {
        quad_store(output, quad_xor(quad_decrypt(key, quad_xor(quad_load(input), t)), t));
        t = next_tweaks(t);
        input += 16 * STEP;
        output += 16 * STEP;
    }
    if (count != 0) {
        const struct quad text = quad_xor(quad_load_bytes(input, 16 * count), t);
        quad_store_bytes(output, 16 * count, quad_xor(quad_decrypt(key, text), t));
    }
    tweak_store(tweak, t, count);
}

#endif
