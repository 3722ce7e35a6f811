/* SPDX-License-Identifier: Apache-2.0 */
/* Camellia for CPUs with GFNI and AVX2. */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#define LANES_TARGET "gfni,avx2"

#include "x86_64/lanes_256.h"

#include "x86_64/sboxes_gfni.h"

#include "x86_64/camellia_lanes.h"

TARGET_LANES void camellia_avx2(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count)
{
    lanes_message(all_lanes, camellia_gfni_few, subkeys, groups, input, output, count);
}

#endif
