/* SPDX-License-Identifier: Apache-2.0 */
/* ARIA by GFNI, byte-sliced on vectors of 512 or of 256 bits (kernels.h). */
#ifndef X86_64_ARIA_H
#define X86_64_ARIA_H

#include "software/kernels.h"

#define ARIA_AVX2_FEATURES (CPU_X86_GFNI | CPU_X86_AVX | CPU_X86_AVX2)
#define ARIA_AVX512_FEATURES (ARIA_AVX2_FEATURES | CPU_X86_AVX512)

void aria_avx2(const uint8_t (*round_keys)[16], uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);
void aria_avx512(const uint8_t (*round_keys)[16], uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);

/* Two blocks at once: what the others leave the last few to. */
void aria_gfni_few(const uint8_t (*round_keys)[16], uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);

#endif
