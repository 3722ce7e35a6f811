/* SPDX-License-Identifier: Apache-2.0 */
/* Poly1305 (RFC 8439, 2.5) over whole blocks: all that ChaCha20-Poly1305 needs, which pads with zeros. */
#ifndef SOFTWARE_AEAD_POLY1305_H
#define SOFTWARE_AEAD_POLY1305_H

#include "software/kernels.h"

/* key: r, then s. The blocks go through sw_kernels.poly1305. */
void poly1305_init(struct poly1305 *state, const uint8_t key[32]);
void poly1305_finish(const struct poly1305 *state, uint8_t tag[16]);

#endif
