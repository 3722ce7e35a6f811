/* SPDX-License-Identifier: Apache-2.0 */
/* Keccak-f[1600] of eight states with AVX2: a register holds the same lane of four, so the permutation runs twice. */
#include "x86_64/keccak.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

typedef uint64_t four __attribute__((vector_size(32)));

#define TARGET __attribute__((target("avx2")))
#define KECCAK_INLINE TARGET static inline __attribute__((always_inline))
#define KECCAK_LANE four
#define KECCAK_SETTLE keep_in_memory

#include "software/kernels_keccak.h"

TARGET void keccak_f1600_x8_avx2(uint64_t lanes[25][8])
{
    four a[25], e[25];

    for (unsigned half = 0; half < 8; half += 4) {
#pragma GCC unroll 25
        for (unsigned i = 0; i < 25; i++) {
            a[i] = (four)_mm256_loadu_si256((const __m256i *)(const void *)(lanes[i] + half));
        }
        keep_in_memory(a);
        keccak_rounds(a, e);
#pragma GCC unroll 25
        for (unsigned i = 0; i < 25; i++) {
            _mm256_storeu_si256((__m256i *)(void *)(lanes[i] + half), (__m256i)a[i]);
        }
    }
    ZEROISE(a);
    ZEROISE(e);
}

#endif
