/* SPDX-License-Identifier: Apache-2.0 */
/* The portable AES kernels (kernels.h): bitsliced, four blocks at once. */
#ifndef SOFTWARE_CIPHER_AES_PORTABLE_H
#define SOFTWARE_CIPHER_AES_PORTABLE_H

#include "software/kernels.h"

void aes_portable_expand(struct aes_key *key, const uint8_t *bytes, size_t key_length, int with_decrypt);
void aes_portable_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
void aes_portable_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);

/* Eight bit planes of 64 bytes through the S-box (FIPS 197, 5.1.1) and its inverse (5.3.2); q[0] has the bits of weight 1. */
void aes_portable_sbox(uint64_t q[8]);
void aes_portable_inverse_sbox(uint64_t q[8]);

#endif
