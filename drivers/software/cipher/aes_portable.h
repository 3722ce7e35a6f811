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

/* Exchanges the bits of a under mask << shift with those of b under mask. */
static inline void aes_portable_exchange(uint64_t *a, uint64_t *b, unsigned shift, uint64_t mask)
{
    const uint64_t t = ((*a >> shift) ^ *b) & mask;
    *b ^= t;
    *a ^= t << shift;
}

/* Transposes the 8x8 bits that each byte position makes over the eight words; its own inverse. */
static inline void aes_portable_transpose(uint64_t q[8])
{
    for (unsigned i = 0; i < 8; i += 2) {
        aes_portable_exchange(&q[i], &q[i + 1], 1, 0x5555555555555555u);
    }
    for (unsigned i = 0; i < 8; i += 4) {
        aes_portable_exchange(&q[i], &q[i + 2], 2, 0x3333333333333333u);
        aes_portable_exchange(&q[i + 1], &q[i + 3], 2, 0x3333333333333333u);
    }
    for (unsigned i = 0; i < 4; i++) {
        aes_portable_exchange(&q[i], &q[i + 4], 4, 0x0F0F0F0F0F0F0F0Fu);
    }
}

#endif
