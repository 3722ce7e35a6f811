/* SPDX-License-Identifier: Apache-2.0 */
/* GHASH by PCLMULQDQ, and GCM with it and AES-NI (kernels.h). */
#ifndef X86_64_GHASH_PCLMUL_H
#define X86_64_GHASH_PCLMUL_H

#include "software/kernels.h"

#define GHASH_PCLMUL_FEATURES (CPU_X86_PCLMUL | CPU_X86_SSSE3 | CPU_X86_SSE41)

void ghash_pclmul_expand(struct ghash_key *key, const uint8_t h[16]);
void ghash_pclmul(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count);

/* With AES_NI_FEATURES; both keys expanded by these kernels. */
void aes_gcm_ni_encrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                        const uint8_t *input, uint8_t *output, size_t count);
void aes_gcm_ni_decrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                        const uint8_t *input, uint8_t *output, size_t count);
#define AES_GCM_NI_SHORT_MAX 64u
void aes_gcm_ni_seal_short(const struct aes_key *key, const struct ghash_key *hash_key,
                           const struct aead_message *message, uint8_t *tag);
uint32_t aes_gcm_ni_open_short(const struct aes_key *key, const struct ghash_key *hash_key,
                               const struct aead_message *message, const uint8_t *tag);

#endif
