/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels for x86-64: each group replaces what it does better where the CPU has all that it needs. */
#include "software/kernels.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "platform/platform.h"
#include "x86_64/sha.h"

static int has(uint32_t features, uint32_t wanted)
{
    return (features & wanted) == wanted;
}

void x86_64_kernels(struct sw_kernels *kernels, uint32_t features)
{
    if (has(features, SHA256_SHANI_FEATURES)) {
        kernels->sha256_compress = sha256_compress_shani;
    }
}

#endif
