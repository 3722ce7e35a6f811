/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-512 for CPUs with AVX-512, which rotates words in one instruction. */
#include "x86_64/sha.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "util/bytes.h"

#define SHA512_TARGET "avx2,bmi,bmi2,avx512f,avx512vl"

#include "x86_64/sha512_blocks.h"

__attribute__((target(SHA512_TARGET))) void sha512_compress_avx512(uint64_t state[8], const uint8_t *blocks, size_t count)
{
    compress_blocks(state, blocks, count);
}

#endif
