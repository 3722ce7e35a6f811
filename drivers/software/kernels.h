/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kernels: the inner loops that a CPU may do better than portable C. A mode is written once in
 * drivers/software/ and calls these pointers, which are set once before any key exists. Each has a portable
 * function as its first value; drivers/x86_64/kernels.c replaces those that the CPU can do.
 *
 * All are constant-time in keys and data, and take any alignment unless said otherwise.
 */
#ifndef SOFTWARE_KERNELS_H
#define SOFTWARE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

/* AES round keys: what the kernel that expanded them wants. Opaque outside of the kernels. */
struct aes_key {
    /* 15 round keys of 16 bytes, encryption; portable code keeps its bitsliced form here: 15 * 64 bytes. */
    uint64_t encrypt[15 * 8];
    uint64_t decrypt[15 * 8];
    uint32_t rounds; /* 10, 12 or 14 */
    uint32_t reserved;
};

/* Powers of H for GHASH, as the kernel wants them. 64-byte aligned within prepared memory. */
struct ghash_key {
    uint64_t powers[2 * 2 * 16];
};

struct sw_kernels {
    /* state: 8 words of SHA-256 (FIPS 180-4, 6.2.2); blocks of 64 bytes. */
    void (*sha256_compress)(uint32_t state[8], const uint8_t *blocks, size_t count);
    void (*sha512_compress)(uint64_t state[8], const uint8_t *blocks, size_t count);

    /* key_length 16, 24 or 32 bytes. decrypt is filled only if with_decrypt. */
    void (*aes_expand)(struct aes_key *key, const uint8_t *bytes, size_t key_length, int with_decrypt);
    /* count blocks of 16 bytes; input and output are disjoint or the same. */
    void (*aes_encrypt)(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_decrypt)(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
    /* CBC: iv is updated to the last ciphertext block. */
    void (*aes_cbc_encrypt)(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_cbc_decrypt)(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
    /* CTR with a big-endian counter of 128 bits; counter is advanced by count. */
    void (*aes_ctr)(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count);

    void (*ghash_expand)(struct ghash_key *key, const uint8_t h[16]);
    /* y = (y ^ block) * H for each block (SP 800-38D, 6.4). */
    void (*ghash)(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count);
    /* CTR with a 32-bit counter (GCM's inc32) and GHASH over the ciphertext in one pass, whole blocks. counter: the
     * first counter block to use, advanced by count. decrypt: the input is what is hashed. */
    void (*aes_gcm_encrypt)(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                            const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_gcm_decrypt)(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                            const uint8_t *input, uint8_t *output, size_t count);

    /* ChaCha20 (RFC 8439, 2.3): state holds the constants, key, counter and nonce as words; whole blocks of 64 bytes are
     * XORed; the counter in state[12] is advanced by count (and carries into state[13] where the caller uses 64 bits). */
    void (*chacha20)(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count);
    /* Poly1305 blocks of 16 bytes, high bit 2^128 set (RFC 8439, 2.5); state is the implementation's. */
    void (*poly1305)(void *state, const uint8_t *blocks, size_t count);
};

/* Set by sw_kernels_init(); the portable ones before. */
extern struct sw_kernels sw_kernels;

/* Chooses by platform_cpu_features(). Called once by the software driver's open. */
void sw_kernels_init(void);

#if PSACRYPTO_KERNELS_X86_64
/* drivers/x86_64/kernels.c: replaces what the CPU does better. */
void x86_64_kernels(struct sw_kernels *kernels, uint32_t features);
#endif

#endif
