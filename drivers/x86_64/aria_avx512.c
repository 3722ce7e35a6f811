/* SPDX-License-Identifier: Apache-2.0 */
/* ARIA for CPUs with GFNI and AVX-512. */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "x86_64/lanes_512.h"

#include "x86_64/sboxes_gfni.h"

#include "x86_64/aria_lanes.h"

TARGET_LANES void aria_avx512(const uint8_t *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count)
{
    lanes_message(all_lanes, aria_gfni_few, round_keys, rounds, input, output, count);
}

#endif
