/* SPDX-License-Identifier: Apache-2.0 */
/* Keccak-f[1600] of eight states at once with AVX-512: a register holds the same lane of all eight. */
#include "x86_64/keccak.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

typedef uint64_t eight __attribute__((vector_size(64)));

#define TARGET __attribute__((target("avx512f")))
#define KECCAK_INLINE TARGET static inline __attribute__((always_inline))
#define KECCAK_LANE eight
#define KECCAK_SETTLE(lanes) ((void)(lanes))

#include "software/kernels_keccak.h"

TARGET void keccak_f1600_x8_avx512(uint64_t lanes[25][8])
{
    eight a[25], e[25];

#pragma GCC unroll 25
    for (unsigned i = 0; i < 25; i++) {
        a[i] = (eight)_mm512_loadu_si512(lanes[i]);
    }
    keccak_rounds(a, e);
#pragma GCC unroll 25
    for (unsigned i = 0; i < 25; i++) {
        _mm512_storeu_si512(lanes[i], (__m512i)a[i]);
    }
}

#endif
