/* SPDX-License-Identifier: Apache-2.0 */
/* SM4 for CPUs with GFNI and AVX-512. */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/lanes_512.h"

#include "x86_64/sboxes_gfni.h"

#include "x86_64/sm4_lanes.h"

TARGET_LANES void sm4_avx512(const uint32_t round_keys[32], const uint8_t *input, uint8_t *output, size_t count)
{
    lanes_message(all_lanes, sm4_gfni_few, round_keys, 32, input, output, count);
}

#endif
