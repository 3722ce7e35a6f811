/* SPDX-License-Identifier: Apache-2.0 */
/* AES, GHASH and GCM by VAES and VPCLMULQDQ on vectors of 512 or of 256 bits (kernels.h). Keys as AES-NI and PCLMULQDQ expand them. */
#ifndef X86_64_AES_VAES_H
#define X86_64_AES_VAES_H

#include "software/kernels.h"

/* With those of AES-NI and PCLMULQDQ. */
#define AES_VAES_FEATURES (CPU_X86_VAES | CPU_X86_VPCLMUL | CPU_X86_AVX | CPU_X86_AVX2 | CPU_X86_AVX512)

void aes_vaes_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes_ctr32(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_xts_vaes_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_xts_vaes_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
void ghash_vpclmul(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count);
void aes_gcm_vaes_encrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                          const uint8_t *input, uint8_t *output, size_t count);
void aes_gcm_vaes_decrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                          const uint8_t *input, uint8_t *output, size_t count);

void aes_gcm_vaes_hash_ahead(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                             const uint8_t *input, size_t count, uint8_t *stream, size_t ahead);
void aes_gcm_vaes_open_text(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count,
                            const uint8_t *stream, size_t ahead);

/* For CPUs without AVX-512. */
#define AES_VAES256_FEATURES (CPU_X86_VAES | CPU_X86_VPCLMUL | CPU_X86_AVX | CPU_X86_AVX2)

void aes_vaes256_encrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes256_decrypt(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes256_cbc_decrypt(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes256_ctr32(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes256_xts_encrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
void aes_vaes256_xts_decrypt(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
void ghash_vpclmul256(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count);
void aes_gcm_vaes256_encrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                             const uint8_t *input, uint8_t *output, size_t count);
void aes_gcm_vaes256_decrypt(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                             const uint8_t *input, uint8_t *output, size_t count);

#endif
