/* SPDX-License-Identifier: Apache-2.0 */
/* AES by AES-NI (kernels.h). The caller has seen AES_NI_FEATURES in platform_cpu_features(). */
#ifndef X86_64_AES_NI_H
#define X86_64_AES_NI_H

#include "software/kernels.h"

#define AES_NI_FEATURES (CPU_X86_AESNI | CPU_X86_SSSE3 | CPU_X86_SSE41)

void aes_ni_expand(struct aes_key *key, const uint8_t *bytes, size_t key_length, int with_decrypt);
void aes_ni_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
void aes_ni_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
void aes_ni_cbc_encrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_ni_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_ni_ctr32(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_ni_xts_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_ni_xts_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_ni_ccm_encrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                        uint8_t *output, size_t count);
void aes_ni_ccm_decrypt(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16], const uint8_t *input,
                        uint8_t *output, size_t count);

#endif
