/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SOFTWARE_CIPHER_CAMELLIA_H
#define SOFTWARE_CIPHER_CAMELLIA_H

#include "software/kernels.h"

/* The portable kernel (kernels.h). */
void camellia_portable(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count);

#endif
