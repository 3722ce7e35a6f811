/* SPDX-License-Identifier: Apache-2.0 */
/* ChaCha20 and Poly1305 on vectors (kernels.h). The caller has seen the features in platform_cpu_features(). */
#ifndef X86_64_CHACHA20_H
#define X86_64_CHACHA20_H

#include "software/kernels.h"

#define CHACHA20_AVX2_FEATURES (CPU_X86_AVX | CPU_X86_AVX2)
void chacha20_avx2(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count);
void poly1305_avx2(struct poly1305 *state, const uint8_t *blocks, size_t count);

#define CHACHA20_AVX512_FEATURES (CHACHA20_AVX2_FEATURES | CPU_X86_AVX512)
void chacha20_avx512(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count);

#define POLY1305_IFMA_FEATURES (CHACHA20_AVX512_FEATURES | CPU_X86_AVX512_IFMA)
void poly1305_ifma(struct poly1305 *state, const uint8_t *blocks, size_t count);

#endif
