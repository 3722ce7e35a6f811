/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels for AES modes (kernels.h) made of the kernels for its single blocks and for GHASH that sw_kernels holds. */
#ifndef SOFTWARE_CIPHER_AES_COMPOSED_H
#define SOFTWARE_CIPHER_AES_COMPOSED_H

#include "software/kernels.h"

void aes_composed_cbc_encrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                              size_t count);
void aes_composed_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output,
                              size_t count);
void aes_composed_ctr32(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_composed_xts_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                              size_t count);
void aes_composed_xts_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output,
                              size_t count);
void aes_composed_ccm_encrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                              uint8_t *output, size_t count);
void aes_composed_ccm_decrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                              uint8_t *output, size_t count);
void aes_composed_gcm_encrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16],
                              uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_composed_gcm_decrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16],
                              uint8_t y[16], const uint8_t *input, uint8_t *output, size_t count);

#endif
