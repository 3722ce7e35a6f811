/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-512 for CPUs with AVX2. */
#include "x86_64/sha.h"

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)

#include "util/bytes.h"

#define SHA512_TARGET "avx2,bmi,bmi2"

#include "x86_64/sha512_blocks.h"

__attribute__((target(SHA512_TARGET))) void sha512_compress_avx2(uint64_t state[8], const uint8_t *blocks, size_t count)
{
    compress_blocks(state, blocks, count);
}

#endif
