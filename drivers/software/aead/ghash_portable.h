/* SPDX-License-Identifier: Apache-2.0 */
/* The portable GHASH kernel (kernels.h): carry-less products out of integer products, no table. */
#ifndef SOFTWARE_AEAD_GHASH_PORTABLE_H
#define SOFTWARE_AEAD_GHASH_PORTABLE_H

#include "software/kernels.h"

void ghash_portable_expand(struct ghash_key *key, const uint8_t h[16]);
void ghash_portable(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count);

#endif
