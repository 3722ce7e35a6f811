/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-2 kernels for x86-64. The caller has seen the features in platform_cpu_features(). */
#ifndef X86_64_SHA_H
#define X86_64_SHA_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

/* CPU_X86_SHA, CPU_X86_SSSE3 and CPU_X86_SSE41. */
#define SHA256_SHANI_FEATURES (CPU_X86_SHA | CPU_X86_SSSE3 | CPU_X86_SSE41)
void sha256_compress_shani(uint32_t state[8], const uint8_t *blocks, size_t count);

#endif
