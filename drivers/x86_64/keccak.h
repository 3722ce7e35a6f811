/* SPDX-License-Identifier: Apache-2.0 */
/* Keccak kernels for x86-64. The caller has seen the features in platform_cpu_features(). */
#ifndef X86_64_KECCAK_H
#define X86_64_KECCAK_H

#include <stdint.h>

#include <psacrypto/config.h>

#define KECCAK_BMI_FEATURES (CPU_X86_BMI1 | CPU_X86_BMI2)
void keccak_f1600_bmi(uint64_t lanes[25]);

#define KECCAK_X8_AVX2_FEATURES CPU_X86_AVX2
void keccak_f1600_x8_avx2(uint64_t lanes[25][8]);

#define KECCAK_X8_AVX512_FEATURES CPU_X86_AVX512
void keccak_f1600_x8_avx512(uint64_t lanes[25][8]);

#endif
