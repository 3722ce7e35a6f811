/* SPDX-License-Identifier: Apache-2.0 */
/* S-boxes by AES-NI: that of AES between affine maps, which PSHUFB looks up in registers, four bits at a time (kernels.h). */
#include "x86_64/sbox.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("aes,ssse3")))
#define INLINE static inline __attribute__((always_inline, target("aes,ssse3")))

/* What a map makes of the lower and of the higher four bits. */
struct tables {
    __m128i low, high;
};

/* Eight rows of eight bits become columns: byte j has of each row, the last one first, bit j. */
static uint64_t transposed(uint64_t x)
{
    uint64_t t = (x ^ x >> 7) & 0x00AA00AA00AA00AA;
    x ^= t ^ t << 7;
    t = (x ^ x >> 14) & 0x0000CCCC0000CCCC;
    x ^= t ^ t << 14;
    t = (x ^ x >> 28) & 0x00000000F0F0F0F0;
    return x ^ t ^ t << 28;
}

/* In place x of the result, four bits, the sum of the columns from `first` on that x has. */
INLINE __m128i sums_of_columns(__m128i columns, char first)
{
    const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m128i sum = _mm_setzero_si128();

#define DO(j) \
    { \
        const __m128i bit = _mm_set1_epi8(1 << j), with = _mm_cmpeq_epi8(_mm_and_si128(places, bit), bit); \
        sum = _mm_xor_si128(sum, _mm_and_si128(with, _mm_shuffle_epi8(columns, _mm_set1_epi8((char)(first + j))))); \
    }
    DO(0) DO(1) DO(2) DO(3)
#undef DO
    return sum;
}

/* Byte 7 - i of a matrix is row i, so that the columns have their bits the other way: the rows are put in order first. */
INLINE struct tables tables_of(uint64_t matrix, uint8_t constant)
{
    const __m128i columns = _mm_cvtsi64_si128((long long)transposed(__builtin_bswap64(matrix)));
    const struct tables tables = {
        _mm_xor_si128(sums_of_columns(columns, 0), _mm_set1_epi8((char)constant)), sums_of_columns(columns, 4),
    };
    return tables;
}

INLINE __m128i affine(const struct tables *tables, __m128i x)
{
    const __m128i mask = _mm_set1_epi8(0x0F);
    const __m128i low = _mm_and_si128(x, mask), high = _mm_and_si128(_mm_srli_epi16(x, 4), mask);

    return _mm_xor_si128(_mm_shuffle_epi8(tables->low, low), _mm_shuffle_epi8(tables->high, high));
}

TARGET void sbox_substitute_aesni(const struct sw_sbox *sbox, uint8_t bytes[64])
{
    /* AESENCLAST moves bytes besides (FIPS 197, 5.1.2): they are moved back before. */
    const __m128i moved = _mm_setr_epi8(0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3);
    const struct tables in = tables_of(sbox->in, sbox->in_constant);
    const struct tables out = tables_of(sbox->out_of_aes, sbox->out_of_aes_constant);
    __m128i *vectors = (__m128i *)(void *)bytes;

    for (unsigned i = 0; i < 4; i++) {
        const __m128i x = _mm_shuffle_epi8(affine(&in, _mm_loadu_si128(vectors + i)), moved);
        _mm_storeu_si128(vectors + i, affine(&out, _mm_aesenclast_si128(x, _mm_setzero_si128())));
    }
}

#endif
