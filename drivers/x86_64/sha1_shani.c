/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-1's compression function (FIPS 180-4, section 6.1.2) with the SHA extensions.
 *
 * sha1rnds4 does four steps on a, b, c, d, highest word first; E comes with the words. What E is after four steps, sha1nexte
 * makes of the A before them and adds it to the next words. sha1msg1 and sha1msg2 are the two halves of the message schedule.
 */
#include "x86_64/sha.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("sha,ssse3,sse4.1")))
#define GROUP TARGET static inline __attribute__((always_inline))

struct working {
    __m128i abcd;
    __m128i before; /* abcd four steps ago */
};

GROUP __m128i load_words(const uint8_t *bytes)
{
    const __m128i swap = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)bytes), swap);
}

/* Section 4.1.1: which function and constant is a part of the instruction. */

GROUP void four_steps_ch(struct working *v, __m128i words)
{
    const __m128i sum = _mm_sha1nexte_epu32(v->before, words);
    v->before = v->abcd;
    v->abcd = _mm_sha1rnds4_epu32(v->abcd, sum, 0);
}

GROUP void four_steps_parity(struct working *v, __m128i words)
{
    const __m128i sum = _mm_sha1nexte_epu32(v->before, words);
    v->before = v->abcd;
    v->abcd = _mm_sha1rnds4_epu32(v->abcd, sum, 1);
}

GROUP void four_steps_maj(struct working *v, __m128i words)
{
    const __m128i sum = _mm_sha1nexte_epu32(v->before, words);
    v->before = v->abcd;
    v->abcd = _mm_sha1rnds4_epu32(v->abcd, sum, 2);
}

GROUP void four_steps_parity_again(struct working *v, __m128i words)
{
    const __m128i sum = _mm_sha1nexte_epu32(v->before, words);
    v->before = v->abcd;
    v->abcd = _mm_sha1rnds4_epu32(v->abcd, sum, 3);
}

/* The next four words, in the place of the oldest ones. */
GROUP __m128i next(__m128i w[4], unsigned i)
{
    const __m128i sum = _mm_xor_si128(_mm_sha1msg1_epu32(w[i], w[(i + 1) % 4]), w[(i + 2) % 4]);
    w[i] = _mm_sha1msg2_epu32(sum, w[(i + 3) % 4]);
    return w[i];
}

GROUP void eighty_steps(struct working *v, __m128i w[4], __m128i e)
{
    /* E is the state's own at first. */
    const __m128i sum = _mm_add_epi32(e, w[0]);
    v->before = v->abcd;
    v->abcd = _mm_sha1rnds4_epu32(v->abcd, sum, 0);
    four_steps_ch(v, w[1]);
    four_steps_ch(v, w[2]);
    four_steps_ch(v, w[3]);
    four_steps_ch(v, next(w, 0));
    four_steps_parity(v, next(w, 1));
    four_steps_parity(v, next(w, 2));
    four_steps_parity(v, next(w, 3));
    four_steps_parity(v, next(w, 0));
    four_steps_parity(v, next(w, 1));
    four_steps_maj(v, next(w, 2));
    four_steps_maj(v, next(w, 3));
    four_steps_maj(v, next(w, 0));
    four_steps_maj(v, next(w, 1));
    four_steps_maj(v, next(w, 2));
    four_steps_parity_again(v, next(w, 3));
    four_steps_parity_again(v, next(w, 0));
    four_steps_parity_again(v, next(w, 1));
    four_steps_parity_again(v, next(w, 2));
    four_steps_parity_again(v, next(w, 3));
}

TARGET void sha1_compress_shani(uint32_t state[5], const uint8_t *blocks, size_t count)
{
    __m128i abcd = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0x1b);
    __m128i e = _mm_set_epi32((int)state[4], 0, 0, 0);

    for (; count != 0; count--, blocks += 64) {
        struct working v = {abcd, abcd};
        __m128i w[4] = {load_words(blocks), load_words(blocks + 16), load_words(blocks + 32), load_words(blocks + 48)};
        eighty_steps(&v, w, e);
        e = _mm_sha1nexte_epu32(v.before, e);
        abcd = _mm_add_epi32(abcd, v.abcd);
    }
    _mm_storeu_si128((__m128i *)(void *)state, _mm_shuffle_epi32(abcd, 0x1b));
    state[4] = (uint32_t)_mm_extract_epi32(e, 3);
}

#endif
