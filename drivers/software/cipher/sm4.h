/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SOFTWARE_CIPHER_SM4_H
#define SOFTWARE_CIPHER_SM4_H

#include "software/kernels.h"

/* The portable kernel (kernels.h). */
void sm4_portable(const uint32_t round_keys[32], const uint8_t *input, uint8_t *output, size_t count);

#endif
