/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SOFTWARE_CIPHER_ARIA_H
#define SOFTWARE_CIPHER_ARIA_H

#include "software/kernels.h"

/* The portable kernel (kernels.h). */
void aria_portable(const uint8_t *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);

#endif
