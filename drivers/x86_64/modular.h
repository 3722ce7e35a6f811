/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels modulo long odd integers for x86-64. The caller has seen the features in platform_cpu_features(). */
#ifndef X86_64_MODULAR_H
#define X86_64_MODULAR_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

/* Where n is no multiple of 8 these are the portable ones. */
#define MODULAR_ADX_FEATURES (CPU_X86_BMI2 | CPU_X86_ADX)
void modular_multiply_adx(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m, uint64_t m_inverse,
                          uint64_t *t);
void modular_square_adx(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *m, uint64_t m_inverse, uint64_t *t);

#endif
