/* SPDX-License-Identifier: Apache-2.0 */
/* The last 0 to 15 blocks by the masks of AVX-512, for the kernels on vectors of 512 bits. */
#ifndef X86_64_VAES_MASKS_H
#define X86_64_VAES_MASKS_H

#include "x86_64/vaes_512.h"

#include "x86_64/vaes_blocks.h"

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

/* n blocks, 0 < n <= 16, already reversed, zero beyond. */
INLINE_VAES __m128i quad_hash_some(const struct ghash_key *key, struct quad x, __m128i y, size_t n)
{
    struct wide_sum sum = wide_zero();

    wide_add(&sum, wide_xor(x.a, wide_first(y)), wide_powers(key, n));
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

#endif
