/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ChaCha20 (RFC 8439, 2.3) on vectors of 256 bits: eight blocks at once, a vector for each word of the state; what is left
 * four blocks at once, two vectors for each row of their states.
 */
#include "x86_64/chacha20.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline, target("avx2")))

/* A macro argument each and no loop: so the vectors stay in registers. */
#define EACH_OF_16(DO) \
    DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14) DO(15)

INLINE __m256i load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

INLINE __m256i rotate_16(__m256i x)
{
    const __m256i bytes = _mm256_set_epi8(13, 12, 15, 14, 9, 8, 11, 10, 5, 4, 7, 6, 1, 0, 3, 2,
                                          13, 12, 15, 14, 9, 8, 11, 10, 5, 4, 7, 6, 1, 0, 3, 2);
    return _mm256_shuffle_epi8(x, bytes);
}

INLINE __m256i rotate_8(__m256i x)
{
    const __m256i bytes = _mm256_set_epi8(14, 13, 12, 15, 10, 9, 8, 11, 6, 5, 4, 7, 2, 1, 0, 3,
                                          14, 13, 12, 15, 10, 9, 8, 11, 6, 5, 4, 7, 2, 1, 0, 3);
    return _mm256_shuffle_epi8(x, bytes);
}

INLINE __m256i rotate(__m256i x, int n)
{
    return _mm256_or_si256(_mm256_slli_epi32(x, n), _mm256_srli_epi32(x, 32 - n));
}

/* RFC 8439, 2.1, in each lane. */
INLINE void quarter_round(__m256i *a, __m256i *b, __m256i *c, __m256i *d)
{
    *a = _mm256_add_epi32(*a, *b);
    *d = rotate_16(_mm256_xor_si256(*d, *a));
    *c = _mm256_add_epi32(*c, *d);
    *b = rotate(_mm256_xor_si256(*b, *c), 12);
    *a = _mm256_add_epi32(*a, *b);
    *d = rotate_8(_mm256_xor_si256(*d, *a));
    *c = _mm256_add_epi32(*c, *d);
    *b = rotate(_mm256_xor_si256(*b, *c), 7);
}

/* ---- Eight blocks: lane i of x[w] is word w of block i ---- */

INLINE void double_round_8(__m256i x[16])
{
    quarter_round(&x[0], &x[4], &x[8], &x[12]);
    quarter_round(&x[1], &x[5], &x[9], &x[13]);
    quarter_round(&x[2], &x[6], &x[10], &x[14]);
    quarter_round(&x[3], &x[7], &x[11], &x[15]);
    quarter_round(&x[0], &x[5], &x[10], &x[15]);
    quarter_round(&x[1], &x[6], &x[11], &x[12]);
    quarter_round(&x[2], &x[7], &x[8], &x[13]);
    quarter_round(&x[3], &x[4], &x[9], &x[14]);
}

/* Four words of eight blocks: afterwards x[k] has in its i-th half the four words of block 4 i + k. */
INLINE void transpose_words(__m256i *x0, __m256i *x1, __m256i *x2, __m256i *x3)
{
    const __m256i a = _mm256_unpacklo_epi32(*x0, *x1), b = _mm256_unpacklo_epi32(*x2, *x3);
    const __m256i c = _mm256_unpackhi_epi32(*x0, *x1), d = _mm256_unpackhi_epi32(*x2, *x3);

    *x0 = _mm256_unpacklo_epi64(a, b);
    *x1 = _mm256_unpackhi_epi64(a, b);
    *x2 = _mm256_unpacklo_epi64(c, d);
    *x3 = _mm256_unpackhi_epi64(c, d);
}

INLINE void xor_half(uint8_t *output, const uint8_t *input, __m256i half)
{
    _mm256_storeu_si256((__m256i *)(void *)output, _mm256_xor_si256(load(input), half));
}

/* Rows of words 0 to 3, 4 to 7, 8 to 11, 12 to 15 of two blocks, which begin at 0 and at `second`. */
INLINE void xor_two_blocks(uint8_t *output, const uint8_t *input, size_t second, __m256i a, __m256i b, __m256i c, __m256i d)
{
    xor_half(output, input, _mm256_permute2x128_si256(a, b, 0x20));
    xor_half(output + 32, input + 32, _mm256_permute2x128_si256(c, d, 0x20));
    xor_half(output + second, input + second, _mm256_permute2x128_si256(a, b, 0x31));
    xor_half(output + second + 32, input + second + 32, _mm256_permute2x128_si256(c, d, 0x31));
}

TARGET static void eight_blocks(const uint32_t state[16], const uint8_t *input, uint8_t *output)
{
    const __m256i counters = _mm256_add_epi32(_mm256_set1_epi32((int)state[12]), _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0));
    __m256i x[16];

#define DO(w) x[w] = w == 12 ? counters : _mm256_set1_epi32((int)state[w]);
    EACH_OF_16(DO)
#undef DO
    for (unsigned i = 0; i < 10; i++) {
        double_round_8(x);
    }
#define DO(w) x[w] = _mm256_add_epi32(x[w], w == 12 ? counters : _mm256_set1_epi32((int)state[w]));
    EACH_OF_16(DO)
#undef DO
    transpose_words(&x[0], &x[1], &x[2], &x[3]);
    transpose_words(&x[4], &x[5], &x[6], &x[7]);
    transpose_words(&x[8], &x[9], &x[10], &x[11]);
    transpose_words(&x[12], &x[13], &x[14], &x[15]);
    xor_two_blocks(output, input, 256, x[0], x[4], x[8], x[12]);
    xor_two_blocks(output + 64, input + 64, 256, x[1], x[5], x[9], x[13]);
    xor_two_blocks(output + 128, input + 128, 256, x[2], x[6], x[10], x[14]);
    xor_two_blocks(output + 192, input + 192, 256, x[3], x[7], x[11], x[15]);
}

/* ---- Two blocks: half i of a row is that row of block i ---- */

struct rows {
    __m256i a, b, c, d;
};

/* A round of columns, the rows turned so that the diagonals are columns, a round, and back. */
INLINE void double_round_rows(struct rows *x)
{
    quarter_round(&x->a, &x->b, &x->c, &x->d);
    x->b = _mm256_shuffle_epi32(x->b, 0x39);
    x->c = _mm256_shuffle_epi32(x->c, 0x4E);
    x->d = _mm256_shuffle_epi32(x->d, 0x93);
    quarter_round(&x->a, &x->b, &x->c, &x->d);
    x->b = _mm256_shuffle_epi32(x->b, 0x93);
    x->c = _mm256_shuffle_epi32(x->c, 0x4E);
    x->d = _mm256_shuffle_epi32(x->d, 0x39);
}

INLINE __m256i row_of(const uint32_t *words)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)words));
}

INLINE struct rows rows_of(const uint32_t state[16], int first)
{
    const __m256i numbers = _mm256_set_epi32(0, 0, 0, 1 + first, 0, 0, 0, first);
    const struct rows x = { row_of(state), row_of(state + 4), row_of(state + 8), _mm256_add_epi32(row_of(state + 12), numbers) };

    return x;
}

/* Adds the state where the rounds began, and XORs one or two blocks. */
INLINE void finish_rows(struct rows x, const struct rows *start, const uint8_t *input, uint8_t *output, size_t count)
{
    x.a = _mm256_add_epi32(x.a, start->a);
    x.b = _mm256_add_epi32(x.b, start->b);
    x.c = _mm256_add_epi32(x.c, start->c);
    x.d = _mm256_add_epi32(x.d, start->d);
    if (count == 1) {
        xor_half(output, input, _mm256_permute2x128_si256(x.a, x.b, 0x20));
        xor_half(output + 32, input + 32, _mm256_permute2x128_si256(x.c, x.d, 0x20));
    } else {
        xor_two_blocks(output, input, 64, x.a, x.b, x.c, x.d);
    }
}

TARGET static void one_or_two_blocks(const uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count)
{
    const struct rows start = rows_of(state, 0);
    struct rows x = start;

    for (unsigned i = 0; i < 10; i++) {
        double_round_rows(&x);
    }
    finish_rows(x, &start, input, output, count);
}

/* Two pairs, the one in the time that the other waits. */
TARGET static void three_or_four_blocks(const uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count)
{
    const struct rows start = rows_of(state, 0), start2 = rows_of(state, 2);
    struct rows x = start, y = start2;

    for (unsigned i = 0; i < 10; i++) {
        double_round_rows(&x);
        double_round_rows(&y);
    }
    finish_rows(x, &start, input, output, 2);
    finish_rows(y, &start2, input + 128, output + 128, count - 2);
}

TARGET void chacha20_avx2(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count)
{
    while (count != 0) {
        const size_t n = count >= 8 ? 8 : count > 4 ? 4 : count;
        (n == 8  ? eight_blocks(state, input, output)
         : n > 2 ? three_or_four_blocks(state, input, output, n)
                 : one_or_two_blocks(state, input, output, n));
        state[12] += (uint32_t)n;
        input += 64 * n;
        output += 64 * n;
        count -= n;
    }
}

#endif
