/* SPDX-License-Identifier: Apache-2.0 */
/* Block ciphers other than AES by GFNI or AES-NI, byte-sliced on vectors of 512 or of 256 bits (kernels.h). */
#ifndef X86_64_BLOCK_CIPHERS_H
#define X86_64_BLOCK_CIPHERS_H

#include "software/kernels.h"

#define LANES_AESNI_FEATURES (CPU_X86_AESNI | CPU_X86_AVX | CPU_X86_AVX2)
#define LANES_AVX2_FEATURES (CPU_X86_GFNI | CPU_X86_AVX | CPU_X86_AVX2)
#define LANES_AVX512_FEATURES (LANES_AVX2_FEATURES | CPU_X86_AVX512)

void aria_aesni(const uint8_t *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);
void aria_avx2(const uint8_t *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);
void aria_avx512(const uint8_t *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);
void camellia_aesni(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count);
void camellia_avx2(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count);
void camellia_avx512(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count);
void sm4_aesni(const uint32_t round_keys[32], const uint8_t *input, uint8_t *output, size_t count);
void sm4_avx2(const uint32_t round_keys[32], const uint8_t *input, uint8_t *output, size_t count);
void sm4_avx512(const uint32_t round_keys[32], const uint8_t *input, uint8_t *output, size_t count);

/* Two blocks, of SM4 eight, at once: what the others leave the last few to. The same keys. */
void aria_gfni_few(const void *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);
void camellia_gfni_few(const void *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count);
void sm4_gfni_few(const void *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);

#endif
