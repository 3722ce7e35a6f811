/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-1 and SHA-2 kernels for x86-64. The caller has seen the features in platform_cpu_features(). */
#ifndef X86_64_SHA_H
#define X86_64_SHA_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

/* CPU_X86_SHA, CPU_X86_SSSE3 and CPU_X86_SSE41. */
#define SHA256_SHANI_FEATURES (CPU_X86_SHA | CPU_X86_SSSE3 | CPU_X86_SSE41)
void sha256_compress_shani(uint32_t state[8], const uint8_t *blocks, size_t count);
void sha256_nested_shani(const uint32_t inner[8], const uint32_t outer[8], const uint8_t *input, size_t length, uint8_t hash[32]);
void sha256_compress_lanes_shani(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes);

#define SHA256_LANES_AVX2_FEATURES CPU_X86_AVX2
void sha256_compress_lanes_avx2(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes);

#define SHA1_SHANI_FEATURES SHA256_SHANI_FEATURES
void sha1_compress_shani(uint32_t state[5], const uint8_t *blocks, size_t count);

#define SHA512_AVX2_FEATURES (CPU_X86_AVX2 | CPU_X86_BMI1 | CPU_X86_BMI2)
void sha512_compress_avx2(uint64_t state[8], const uint8_t *blocks, size_t count);

#define SHA512_AVX512_FEATURES (SHA512_AVX2_FEATURES | CPU_X86_AVX512)
void sha512_compress_avx512(uint64_t state[8], const uint8_t *blocks, size_t count);

#endif
