/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Keccak-f[1600] with BMI1 and BMI2: chi's step takes an instruction less, and so does a rotation into another register. The 32
 * registers of AVX-512, which hold all lanes, are no faster for one state.
 */
#include "x86_64/keccak.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#define TARGET __attribute__((target("bmi,bmi2")))
#define KECCAK_INLINE TARGET static inline __attribute__((always_inline))
#define KECCAK_LANE uint64_t
#define KECCAK_SETTLE keep_in_memory

#include "software/kernels_keccak.h"

TARGET void keccak_f1600_bmi(uint64_t lanes[25])
{
    uint64_t e[25];

    keccak_rounds(lanes, e);
    ZEROISE(e);
}

#endif
