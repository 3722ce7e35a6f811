/* SPDX-License-Identifier: Apache-2.0 */
/* P-256 kernels for x86-64. The caller has seen the features in platform_cpu_features(). */
#ifndef X86_64_P256_H
#define X86_64_P256_H

#include <stdint.h>

#include <psacrypto/config.h>

#define P256_ADX_FEATURES (CPU_X86_BMI2 | CPU_X86_ADX)
void p256_multiply_adx(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
void p256_square_adx(uint64_t r[4], const uint64_t a[4], unsigned count);
void p256_order_multiply_adx(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);

#endif
