/* SPDX-License-Identifier: Apache-2.0 */
/* Keccak-f[1600] in portable C. */
#include "software/hash/keccak.h"

#if SW_HAS_KECCAK

#if defined(__GNUC__)
#define KECCAK_INLINE static inline __attribute__((always_inline))
#else
#define KECCAK_INLINE static inline
#endif
#define KECCAK_LANE uint64_t
#define KECCAK_SETTLE keep_in_memory

#include "software/kernels_keccak.h"

void keccak_f1600_portable(uint64_t lanes[25])
{
    uint64_t e[25];

    keccak_rounds(lanes, e);
    ZEROISE(e);
}

void keccak_f1600_x8_portable(uint64_t lanes[25][8])
{
    uint64_t a[25], e[25];

    for (unsigned state = 0; state < 8; state++) {
#pragma GCC unroll 25
        for (unsigned i = 0; i < 25; i++) {
            a[i] = lanes[i][state];
        }
        keep_in_memory(a);
        keccak_rounds(a, e);
#pragma GCC unroll 25
        for (unsigned i = 0; i < 25; i++) {
            lanes[i][state] = a[i];
        }
    }
    ZEROISE(a);
    ZEROISE(e);
}

#endif
