/* SPDX-License-Identifier: Apache-2.0 */
/* Camellia for CPUs with AES-NI and AVX2. */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#define LANES_TARGET "aes,avx2"

#include "x86_64/lanes_256.h"

#include "x86_64/sboxes_aes.h"

#include "x86_64/camellia_lanes.h"

TARGET_LANES void camellia_aesni(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count)
{
    lanes_message(all_lanes, NULL, subkeys, groups, input, output, count);
}

#endif
