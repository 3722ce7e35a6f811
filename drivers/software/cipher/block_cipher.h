/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Block ciphers, one row each: a new one is a source that defines a `const struct sw_block_cipher`, and one line in
 * block_cipher.c. The modes of this folder and GCM, CCM, CMAC, key wrap work on any row. What only AES has, kernels that do
 * a whole mode, may be NULL in a row: sw_block_*() then make the mode of encrypt and decrypt.
 */
#ifndef SOFTWARE_CIPHER_BLOCK_CIPHER_H
#define SOFTWARE_CIPHER_BLOCK_CIPHER_H

#include <string.h>

#include <psacrypto/driver.h>

#include "software/kernels.h"

#define SW_BLOCK_MAX 16u

/* Blocks that a mode gives one call of encrypt or decrypt at most: as many as the widest code has lanes. */
#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)
#define SW_BLOCK_BATCH 64u
#else
#define SW_BLOCK_BATCH 16u
#endif

/* Room for the expanded key of any block cipher, on a stack or in prepared memory. */
struct sw_block_key {
    struct aes_key space;
};

struct sw_block_cipher {
    psa_key_type_t type;
    uint8_t block_length;    /* 8 or 16, in bytes */
    uint8_t key_lengths;     /* bit n: keys of 8n bytes exist */
    uint16_t key_size;       /* of the expanded key, at most sizeof(struct sw_block_key) */
    /* decrypt works afterwards only if with_decrypt. */
    void (*expand)(void *key, const uint8_t *bytes, size_t key_length, int with_decrypt);
    /* count blocks; input and output are disjoint or the same, here and below. */
    void (*encrypt)(const void *key, const uint8_t *input, uint8_t *output, size_t count);
    void (*decrypt)(const void *key, const uint8_t *input, uint8_t *output, size_t count);

    /* As in struct sw_kernels. */
    void (*cbc_encrypt)(const void *key, uint8_t *iv, const uint8_t *input, uint8_t *output, size_t count);
    void (*cbc_decrypt)(const void *key, uint8_t *iv, const uint8_t *input, uint8_t *output, size_t count);
    void (*ctr32)(const void *key, uint8_t *counter, const uint8_t *input, uint8_t *output, size_t count);
    void (*xts_encrypt)(const void *key, uint8_t *tweak, const uint8_t *input, uint8_t *output, size_t count);
    void (*xts_decrypt)(const void *key, uint8_t *tweak, const uint8_t *input, uint8_t *output, size_t count);
    void (*ccm_encrypt)(const void *key, uint8_t *counter, uint8_t *mac,
                        const uint8_t *input, uint8_t *output, size_t count);
    void (*ccm_decrypt)(const void *key, uint8_t *counter, uint8_t *mac,
                        const uint8_t *input, uint8_t *output, size_t count);
    void (*gcm_encrypt)(const void *key, const struct ghash_key *hash_key, uint8_t *counter, uint8_t *y,
                        const uint8_t *input, uint8_t *output, size_t count);
    void (*gcm_decrypt)(const void *key, const struct ghash_key *hash_key, uint8_t *counter, uint8_t *y,
                        const uint8_t *input, uint8_t *output, size_t count);
    /* Answers 0 where there is no such kernel; then nothing is done, and gcm_open_text is not called. */
    int (*gcm_hash_ahead)(const void *key, const struct ghash_key *hash_key, uint8_t *counter, uint8_t *y,
                          const uint8_t *input, size_t count, uint8_t *stream, size_t ahead);
    void (*gcm_open_text)(const void *key, uint8_t *counter, const uint8_t *input, uint8_t *output, size_t count,
                          const uint8_t *stream, size_t ahead);
    /* Both answer 0 where the message is not for them (too long, another nonce): then nothing is done. */
    int (*gcm_seal_short)(const void *key, const struct ghash_key *hash_key, const struct aead_message *message, uint8_t *tag);
    int (*gcm_open_short)(const void *key, const struct ghash_key *hash_key, const struct aead_message *message,
                          const uint8_t *tag, uint32_t *verified);
};

extern const struct sw_block_cipher sw_aes;
extern const struct sw_block_cipher sw_aria;
extern const struct sw_block_cipher sw_camellia;
extern const struct sw_block_cipher sw_sm4;
extern const struct sw_block_cipher sw_des;

/* The row for a key type; NULL where this build has none. */
const struct sw_block_cipher *sw_block_cipher_find(psa_key_type_t type);

/* Whether the cipher has keys of that many bytes. */
static inline int sw_block_key_length_ok(const struct sw_block_cipher *cipher, size_t key_length)
{
    return key_length % 8 == 0 && key_length <= 32 && ((uint32_t)cipher->key_lengths >> (key_length / 8) & 1u) != 0;
}

void sw_block_cbc_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *iv,
                          const uint8_t *input, uint8_t *output, size_t count);
void sw_block_cbc_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *iv,
                          const uint8_t *input, uint8_t *output, size_t count);
/* CBC-MAC: mac = E(mac ^ block) for each block. */
void sw_block_cbc_mac(const struct sw_block_cipher *cipher, const void *key, uint8_t *mac, const uint8_t *blocks, size_t count);
/* CTR (SP 800-38A, 6.5): the whole counter block is one big-endian number, advanced by count. Its value is public: the
 * carry decides a branch. */
void sw_block_ctr(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter,
                  const uint8_t *input, uint8_t *output, size_t count);
/* The last four bytes of the counter block count and wrap alone; no branch on its value. */
void sw_block_ctr32(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter,
                    const uint8_t *input, uint8_t *output, size_t count);
/* Blocks of 16 bytes, from here on. */
/* IEEE 1619, 5.2: tweak * x in GF(2^128), the bytes from least to most significant. */
void sw_block_next_tweak(uint8_t *tweak);
void sw_block_xts_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *tweak,
                          const uint8_t *input, uint8_t *output, size_t count);
void sw_block_xts_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *tweak,
                          const uint8_t *input, uint8_t *output, size_t count);
void sw_block_ccm_encrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter, uint8_t *mac,
                          const uint8_t *input, uint8_t *output, size_t count);
/* output may be NULL: only mac and counter move. */
void sw_block_ccm_decrypt(const struct sw_block_cipher *cipher, const void *key, uint8_t *counter, uint8_t *mac,
                          const uint8_t *input, uint8_t *output, size_t count);
void sw_block_gcm_encrypt(const struct sw_block_cipher *cipher, const void *key, const struct ghash_key *hash_key,
                          uint8_t *counter, uint8_t *y, const uint8_t *input, uint8_t *output, size_t count);
void sw_block_gcm_decrypt(const struct sw_block_cipher *cipher, const void *key, const struct ghash_key *hash_key,
                          uint8_t *counter, uint8_t *y, const uint8_t *input, uint8_t *output, size_t count);

/* How many of count blocks are given at once. */
static inline size_t sw_block_batch(size_t count)
{
    return count < SW_BLOCK_BATCH ? count : SW_BLOCK_BATCH;
}

/* output = a ^ b; output may be a or b. */
static inline void sw_block_xor(uint8_t *output, const uint8_t *a, const uint8_t *b, size_t length)
{
    size_t i = 0;

    for (; length - i >= 8; i += 8) {
        uint64_t x, y;
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        x ^= y;
        memcpy(output + i, &x, 8);
    }
    for (; i < length; i++) {
        output[i] = (uint8_t)(a[i] ^ b[i]);
    }
}

/* The same, and a copy, for one block of 8 or 16 bytes: without a loop, and in whole words, which the next one to read the block may
 * still find in the CPU's store buffer. */
static inline void sw_block_xor_one(uint8_t *output, const uint8_t *a, const uint8_t *b, size_t block)
{
    sw_block_xor(output, a, b, 8);
    if (block == 16) {
        sw_block_xor(output + 8, a + 8, b + 8, 8);
    }
}

static inline void sw_block_copy(uint8_t *output, const uint8_t *input, size_t block)
{
    memcpy(output, input, 8);
    if (block == 16) {
        memcpy(output + 8, input + 8, 8);
    }
}

#endif
