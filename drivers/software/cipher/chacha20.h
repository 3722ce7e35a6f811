/* SPDX-License-Identifier: Apache-2.0 */
/* ChaCha20 (RFC 8439, 2.3). */
#ifndef SOFTWARE_CIPHER_CHACHA20_H
#define SOFTWARE_CIPHER_CHACHA20_H

#include "software/kernels.h"

#define CHACHA20_BLOCK 64u

/* The state for a block: constants, key, counter, nonce. */
void chacha20_init(uint32_t state[16], const uint8_t key[32], uint32_t counter, const uint8_t nonce[12]);

/* HChaCha20 (draft-irtf-cfrg-xchacha-03, 2.2): the subkey for a key and the first 16 bytes of a long nonce. */
void hchacha20(uint8_t subkey[32], const uint8_t key[32], const uint8_t nonce[16]);

/* The portable kernel (kernels.h). */
void chacha20_portable(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count);

#endif
