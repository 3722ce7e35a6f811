/* SPDX-License-Identifier: Apache-2.0 */
/* SM4 for CPUs with AES-NI and AVX2. */
#include "x86_64/block_ciphers.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#define LANES_TARGET "aes,avx2"

#include "x86_64/lanes_256.h"

#include "x86_64/sboxes_aes.h"

#include "x86_64/sm4_lanes.h"

TARGET_LANES void sm4_aesni(const uint32_t round_keys[32], const uint8_t *input, uint8_t *output, size_t count)
{
    lanes_message(all_lanes, NULL, round_keys, 32, input, output, count);
}

#endif
