/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ChaCha20 (RFC 8439, 2.3) on vectors of 512 bits: sixteen blocks at once, a vector for each word of the state; what is left
 * four blocks at once, a vector for each row of their states.
 */
#include "x86_64/chacha20.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl")))
#define INLINE static inline __attribute__((always_inline, target("avx512f,avx512bw,avx512vl")))

/* A macro argument each and no loop: so the vectors stay in registers. */
#define EACH_OF_16(DO) \
    DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11) DO(12) DO(13) DO(14) DO(15)

INLINE __m512i load(const void *p)
{
    return _mm512_loadu_si512(p);
}

/* RFC 8439, 2.1, in each lane. */
INLINE void quarter_round(__m512i *a, __m512i *b, __m512i *c, __m512i *d)
{
    *a = _mm512_add_epi32(*a, *b);
    *d = _mm512_rol_epi32(_mm512_xor_si512(*d, *a), 16);
    *c = _mm512_add_epi32(*c, *d);
    *b = _mm512_rol_epi32(_mm512_xor_si512(*b, *c), 12);
    *a = _mm512_add_epi32(*a, *b);
    *d = _mm512_rol_epi32(_mm512_xor_si512(*d, *a), 8);
    *c = _mm512_add_epi32(*c, *d);
    *b = _mm512_rol_epi32(_mm512_xor_si512(*b, *c), 7);
}

/* ---- Sixteen blocks: lane i of x[w] is word w of block i ---- */

INLINE void double_round_16(__m512i x[16])
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

/* Four words of sixteen blocks: afterwards x[k] has in its i-th part of 128 bits the four words of block 4 i + k. */
INLINE void transpose_words(__m512i *x0, __m512i *x1, __m512i *x2, __m512i *x3)
{
    const __m512i a = _mm512_unpacklo_epi32(*x0, *x1), b = _mm512_unpacklo_epi32(*x2, *x3);
    const __m512i c = _mm512_unpackhi_epi32(*x0, *x1), d = _mm512_unpackhi_epi32(*x2, *x3);

    *x0 = _mm512_unpacklo_epi64(a, b);
    *x1 = _mm512_unpackhi_epi64(a, b);
    *x2 = _mm512_unpacklo_epi64(c, d);
    *x3 = _mm512_unpackhi_epi64(c, d);
}

/* A matrix of four by four parts of 128 bits. */
INLINE void transpose_parts(__m512i *x0, __m512i *x1, __m512i *x2, __m512i *x3)
{
    const __m512i a = _mm512_shuffle_i32x4(*x0, *x1, 0x44), b = _mm512_shuffle_i32x4(*x2, *x3, 0x44);
    const __m512i c = _mm512_shuffle_i32x4(*x0, *x1, 0xEE), d = _mm512_shuffle_i32x4(*x2, *x3, 0xEE);

    *x0 = _mm512_shuffle_i32x4(a, b, 0x88);
    *x1 = _mm512_shuffle_i32x4(a, b, 0xDD);
    *x2 = _mm512_shuffle_i32x4(c, d, 0x88);
    *x3 = _mm512_shuffle_i32x4(c, d, 0xDD);
}

INLINE void xor_block(uint8_t *output, const uint8_t *input, __m512i block)
{
    _mm512_storeu_si512(output, _mm512_xor_si512(load(input), block));
}

TARGET static void sixteen_blocks(const uint32_t state[16], const uint8_t *input, uint8_t *output)
{
    const __m512i counters = _mm512_add_epi32(_mm512_set1_epi32((int)state[12]),
                                              _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    __m512i x[16];

#define DO(w) x[w] = w == 12 ? counters : _mm512_set1_epi32((int)state[w]);
    EACH_OF_16(DO)
#undef DO
    for (unsigned i = 0; i < 10; i++) {
        double_round_16(x);
    }
#define DO(w) x[w] = _mm512_add_epi32(x[w], w == 12 ? counters : _mm512_set1_epi32((int)state[w]));
    EACH_OF_16(DO)
#undef DO
    transpose_words(&x[0], &x[1], &x[2], &x[3]);
    transpose_words(&x[4], &x[5], &x[6], &x[7]);
    transpose_words(&x[8], &x[9], &x[10], &x[11]);
    transpose_words(&x[12], &x[13], &x[14], &x[15]);
    /* x[k], x[4 + k], x[8 + k], x[12 + k]: blocks k, 4 + k, 8 + k, 12 + k */
    transpose_parts(&x[0], &x[4], &x[8], &x[12]);
    transpose_parts(&x[1], &x[5], &x[9], &x[13]);
    transpose_parts(&x[2], &x[6], &x[10], &x[14]);
    transpose_parts(&x[3], &x[7], &x[11], &x[15]);
#define DO(i) xor_block(output + 64 * i, input + 64 * i, x[i]);
    EACH_OF_16(DO)
#undef DO
}

/* ---- Four blocks: part i of 128 bits of a row is that row of block i ---- */

struct rows {
    __m512i a, b, c, d;
};

/* A round of columns, the rows turned so that the diagonals are columns, a round, and back. */
INLINE void double_round_rows(struct rows *x)
{
    quarter_round(&x->a, &x->b, &x->c, &x->d);
    x->b = _mm512_shuffle_epi32(x->b, _MM_PERM_ADCB);
    x->c = _mm512_shuffle_epi32(x->c, _MM_PERM_BADC);
    x->d = _mm512_shuffle_epi32(x->d, _MM_PERM_CBAD);
    quarter_round(&x->a, &x->b, &x->c, &x->d);
    x->b = _mm512_shuffle_epi32(x->b, _MM_PERM_CBAD);
    x->c = _mm512_shuffle_epi32(x->c, _MM_PERM_BADC);
    x->d = _mm512_shuffle_epi32(x->d, _MM_PERM_ADCB);
}

INLINE struct rows rows_of(const uint32_t state[16], int first)
{
    const __m512i row = load(state);
    const __m512i numbers = _mm512_set_epi32(0, 0, 0, 3 + first, 0, 0, 0, 2 + first, 0, 0, 0, 1 + first, 0, 0, 0, first);
    const struct rows x = {
        _mm512_shuffle_i32x4(row, row, 0x00), _mm512_shuffle_i32x4(row, row, 0x55), _mm512_shuffle_i32x4(row, row, 0xAA),
        _mm512_add_epi32(_mm512_shuffle_i32x4(row, row, 0xFF), numbers),
    };

    return x;
}

/* Adds the state where the rounds began, and XORs 1 to 4 blocks. */
INLINE void finish_rows(struct rows x, const struct rows *start, const uint8_t *input, uint8_t *output, size_t count)
{
    x.a = _mm512_add_epi32(x.a, start->a);
    x.b = _mm512_add_epi32(x.b, start->b);
    x.c = _mm512_add_epi32(x.c, start->c);
    x.d = _mm512_add_epi32(x.d, start->d);
    transpose_parts(&x.a, &x.b, &x.c, &x.d);
    xor_block(output, input, x.a);
    if (count > 1) {
        xor_block(output + 64, input + 64, x.b);
    }
    if (count > 2) {
        xor_block(output + 128, input + 128, x.c);
    }
    if (count > 3) {
        xor_block(output + 192, input + 192, x.d);
    }
}

TARGET static void one_to_four_blocks(const uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count)
{
    const struct rows start = rows_of(state, 0);
    struct rows x = start;

    for (unsigned i = 0; i < 10; i++) {
        double_round_rows(&x);
    }
    finish_rows(x, &start, input, output, count);
}

/* Two groups of four, the one in the time that the other waits. */
TARGET static void five_to_eight_blocks(const uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count)
{
    const struct rows start = rows_of(state, 0), start2 = rows_of(state, 4);
    struct rows x = start, y = start2;

    for (unsigned i = 0; i < 10; i++) {
        double_round_rows(&x);
        double_round_rows(&y);
    }
    finish_rows(x, &start, input, output, 4);
    finish_rows(y, &start2, input + 256, output + 256, count - 4);
}

TARGET void chacha20_avx512(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count)
{
    while (count != 0) {
        const size_t n = count >= 16 ? 16 : count > 8 ? 8 : count;
        (n == 16  ? sixteen_blocks(state, input, output)
         : n > 4 ? five_to_eight_blocks(state, input, output, n)
                 : one_to_four_blocks(state, input, output, n));
        state[12] += (uint32_t)n;
        input += 64 * n;
        output += 64 * n;
        count -= n;
    }
}

#endif
