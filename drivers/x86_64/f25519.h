/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels modulo 2^255 - 19 for x86-64. The caller has seen the features in platform_cpu_features(). */
#ifndef X86_64_F25519_H
#define X86_64_F25519_H

#include <stdint.h>

#include <psacrypto/config.h>

#define F25519_ADX_FEATURES (CPU_X86_BMI2 | CPU_X86_ADX)
void f25519_multiply_adx(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
void f25519_square_adx(uint64_t r[4], const uint64_t a[4], unsigned count);
void x25519_ladder_adx(uint64_t x[4], uint64_t z[4], const uint8_t k[32], const uint64_t u[4]);

#endif
