/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keccak-f[1600] with AVX-512: its 32 registers hold all 25 lanes, a rotation and an XOR of three (or the whole of chi's
 * step) are one instruction each. For one state, half of each register of 128 bits stays unused: that is still faster than
 * general registers, which hold 16 lanes and need two or three instructions for chi.
 */
#include "x86_64/keccak.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include <immintrin.h>

typedef uint64_t pair __attribute__((vector_size(16)));

#define TARGET __attribute__((target("avx512f,avx512vl")))
#define KECCAK_INLINE TARGET static inline __attribute__((always_inline))
#define KECCAK_LANE pair

#include "software/kernels_keccak.h"

TARGET void keccak_f1600_avx512(uint64_t lanes[25])
{
    pair a[25];

#pragma GCC unroll 25
    for (unsigned i = 0; i < 25; i++) {
        a[i] = (pair)_mm_loadl_epi64((const __m128i *)(const void *)&lanes[i]);
    }
    keccak_rounds(a);
#pragma GCC unroll 25
    for (unsigned i = 0; i < 25; i++) {
        _mm_storel_epi64((__m128i *)(void *)&lanes[i], (__m128i)a[i]);
    }
}

#endif
