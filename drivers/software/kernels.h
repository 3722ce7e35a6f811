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

/* AES round keys as the kernel that expanded them wants them; opaque to everybody else. The portable kernel keeps 15
 * bitsliced round keys of 64 bytes; AES-NI keeps 15 of 16 bytes for encryption and as many for decryption. */
struct aes_key {
    uint64_t words[15 * 8];
    uint32_t rounds; /* 10, 12 or 14 */
    uint32_t reserved;
};

/* Blocks of key stream that aes_gcm_hash_ahead makes at most: half of a record of TLS. Other CPUs have no such kernel. */
#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)
#define AES_GCM_AHEAD_MAX 512u
#else
#define AES_GCM_AHEAD_MAX 1u
#endif

/* H of GHASH and its powers, as the kernel that expanded them wants them. */
struct ghash_key {
    uint64_t words[64];
};

/* An S-box that is an inversion between affine maps; software/cipher/sbox.h says how matrices are written. The third form has
 * the S-box of AES in place of the inversion. */
struct sw_sbox {
    uint64_t in, out, out_of_aes;
    uint8_t in_constant, out_constant, out_of_aes_constant;
};

/* Poly1305 (RFC 8439, 2.5), the same for all kernels: h < 2^131, r clamped, words from least to most significant. */
struct poly1305 {
    uint64_t h[3];
    uint64_t r[2];
    uint64_t s[2];
};

/* One message of an AEAD, whole. Where the tag lies is said apart. */
struct aead_message {
    const uint8_t *nonce;
    size_t nonce_length;
    const uint8_t *ad;
    size_t ad_length;
    const uint8_t *input;
    size_t length;       /* of input and of output */
    uint8_t *output;     /* disjoint from input, or the same */
    size_t tag_length;
};

/* Words that multiplication modulo n words takes beside its operands. */
#define MODULAR_ROOM(n) (2u * (n) + 32u)

/* SHA-256: what one block holds beside one bit and the length (FIPS 180-4, 5.1.1). */
#define SHA256_SHORT_MAX 55u

struct sw_kernels {
    /* state: the words of SHA-1, SHA-256, SHA-512 (FIPS 180-4, 6); blocks of 64 (SHA-512: 128) bytes. */
    void (*sha1_compress)(uint32_t state[5], const uint8_t *blocks, size_t count);
    void (*sha256_compress)(uint32_t state[8], const uint8_t *blocks, size_t count);
    /* One block each for `lanes` states that do not depend on each other: two take little longer than one. */
    void (*sha256_compress_lanes)(uint32_t (*states)[8], const uint8_t (*blocks)[64], size_t lanes);
    /* HMAC of a short message, at most SHA256_SHORT_MAX bytes: its hash behind 64 bytes that gave `inner` is hashed behind 64 that
     * gave `outer`. */
    void (*sha256_nested)(const uint32_t inner[8], const uint32_t outer[8], const uint8_t *input, size_t length, uint8_t hash[32]);
    void (*sha512_compress)(uint64_t state[8], const uint8_t *blocks, size_t count);
    /* Keccak-f[1600] (FIPS 202, 3.4), lane (x, y) at x + 5 y; of one state, and of eight at once: [lane][state]. */
    void (*keccak_f1600)(uint64_t lanes[25]);
    void (*keccak_f1600_x8)(uint64_t lanes[25][8]);
    /* BLAKE2 (RFC 7693, 3.2); blocks of 128 (s: 64) bytes. length: of the message up to the end of the first block; flags:
     * SW_BLAKE2_LAST_BLOCK and _LAST_NODE, of the last one. */
    void (*blake2b_compress)(uint64_t h[8], const uint8_t *blocks, size_t count, uint64_t length, uint32_t flags);
    void (*blake2s_compress)(uint32_t h[8], const uint8_t *blocks, size_t count, uint64_t length, uint32_t flags);

    /* key_length 16, 24 or 32 bytes. decrypt works afterwards only if with_decrypt. */
    void (*aes_expand)(struct aes_key *key, const uint8_t *bytes, size_t key_length, int with_decrypt);
    /* count blocks of 16 bytes; input and output are disjoint or the same, here and below. */
    void (*aes_encrypt)(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_decrypt)(const struct aes_key *key, const uint8_t *input, uint8_t *output, size_t count);
    /* CBC: iv is updated to the last ciphertext block. */
    void (*aes_cbc_encrypt)(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_cbc_decrypt)(const struct aes_key *key, uint8_t iv[16], const uint8_t *input, uint8_t *output, size_t count);
    /* CTR: the last four bytes of counter count, big-endian and modulo 2^32 (GCM's inc32), and are advanced by count. */
    void (*aes_ctr32)(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count);
    /* XTS (IEEE 1619, 5.3): tweak is the one of the first block, T = E(K2, i) * x^j, and is advanced by count. */
    void (*aes_xts_encrypt)(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_xts_decrypt)(const struct aes_key *key, uint8_t tweak[16], const uint8_t *input, uint8_t *output, size_t count);
    /* CCM (SP 800-38C, 6): CTR, and CBC-MAC over the plaintext; the last eight bytes of counter count. decrypt: output may
     * be NULL, then only mac and counter move. */
    void (*aes_ccm_encrypt)(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16],
                            const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_ccm_decrypt)(const struct aes_key *key, uint8_t counter[16], uint8_t mac[16],
                            const uint8_t *input, uint8_t *output, size_t count);

    /* 64 bytes through an S-box, in place. */
    void (*substitute)(const struct sw_sbox *sbox, uint8_t bytes[64]);
    /* ARIA with its rounds + 1 round keys of 16 bytes, in which byte p is at 4 (p mod 4) + p / 4. Perhaps NULL in a build without. */
    void (*aria)(const uint8_t *round_keys, uint32_t rounds, const uint8_t *input, uint8_t *output, size_t count);
    /* Camellia with `groups` of six rounds; subkeys: two for whitening, then six for rounds at a time with two for FL and FL^-1
     * between, two for whitening. Perhaps NULL in a build without. */
    void (*camellia)(const uint64_t *subkeys, uint32_t groups, const uint8_t *input, uint8_t *output, size_t count);
    /* SM4; the round keys in the order of their use. Perhaps NULL in a build without. */
    void (*sm4)(const uint32_t round_keys[32], const uint8_t *input, uint8_t *output, size_t count);

    void (*ghash_expand)(struct ghash_key *key, const uint8_t h[16]);
    /* y = (y ^ block) * H for each block (SP 800-38D, 6.4). */
    void (*ghash)(const struct ghash_key *key, uint8_t y[16], const uint8_t *blocks, size_t count);
    /* CTR with a 32-bit counter (GCM's inc32) and GHASH over the ciphertext in one pass, whole blocks. counter: the
     * first counter block to use, advanced by count. decrypt: the input is what is hashed. */
    void (*aes_gcm_encrypt)(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                            const uint8_t *input, uint8_t *output, size_t count);
    void (*aes_gcm_decrypt)(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                            const uint8_t *input, uint8_t *output, size_t count);
    /* Decryption in two passes, as nothing is written before the tag is known to be right; NULL where that is as fast by ghash and
     * aes_ctr32. The first hashes count blocks, and makes the key stream of the first `ahead` of them, which are at most half of
     * them, at most AES_GCM_AHEAD_MAX, not 0 and a multiple of 16; the second adds the key stream to all. counter: advanced by
     * ahead, and then by what is left. */
    void (*aes_gcm_hash_ahead)(const struct aes_key *key, const struct ghash_key *hash_key, uint8_t counter[16], uint8_t y[16],
                               const uint8_t *input, size_t count, uint8_t *stream, size_t ahead);
    void (*aes_gcm_open_text)(const struct aes_key *key, uint8_t counter[16], const uint8_t *input, uint8_t *output, size_t count,
                              const uint8_t *stream, size_t ahead);
    /* Whole messages with a nonce of 12 bytes, ad_length and length each at most aes_gcm_short_max (0: there is no such
     * kernel). seal writes tag_length bytes of tag; open answers all-ones where the tag is right, else 0 and writes nothing. */
    size_t aes_gcm_short_max;
    void (*aes_gcm_seal_short)(const struct aes_key *key, const struct ghash_key *hash_key,
                               const struct aead_message *message, uint8_t *tag);
    uint32_t (*aes_gcm_open_short)(const struct aes_key *key, const struct ghash_key *hash_key,
                                   const struct aead_message *message, const uint8_t *tag);

    /* ChaCha20 (RFC 8439, 2.3): state holds the constants, key, counter and nonce as words; whole blocks of 64 bytes are
     * XORed; the counter in state[12] is advanced by count, modulo 2^32. */
    void (*chacha20)(uint32_t state[16], const uint8_t *input, uint8_t *output, size_t count);
    /* Blocks of 16 bytes, each with the high bit 2^128 set (RFC 8439, 2.5.1). */
    void (*poly1305)(struct poly1305 *state, const uint8_t *blocks, size_t count);

#if defined(__SIZEOF_INT128__)
    /* Modulo the prime p of P-256, words from least to most significant: r = a b / 2^256 in 0..p-1, for a < 2^256, b < p;
     * p256_square multiplies a by itself so, count > 0 times over. Operands may be the same, here and below. */
    void (*p256_multiply)(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
    void (*p256_square)(uint64_t r[4], const uint64_t a[4], unsigned count);
    /* The same modulo the order of P-256. */
    void (*p256_order_multiply)(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
    /* Modulo 2^255 - 19, where any integer below 2^256 stands for its residue: a b, and a squared count times, count > 0. */
    void (*f25519_multiply)(uint64_t r[4], const uint64_t a[4], const uint64_t b[4]);
    void (*f25519_square)(uint64_t r[4], const uint64_t a[4], unsigned count);
    /* x / z is the u-coordinate of k times the point that has u, for a k of 255 bits, the lowest 0. NULL: there is no such kernel. */
    void (*x25519_ladder)(uint64_t x[4], uint64_t z[4], const uint8_t k[32], const uint64_t u[4]);
    /* The same modulo 2^448 - 2^224 - 1, in limbs of 56 bits with room for carries (software/ecc/f448_portable.h). */
    void (*f448_multiply)(uint64_t r[8], const uint64_t a[8], const uint64_t b[8]);
    void (*f448_square)(uint64_t r[8], const uint64_t a[8], unsigned count);
    /* Modulo any odd m of n words (RSA, finite fields): r = a b / 2^(64 n) in 0..m-1, for a b < 2^(64 n) m; m_inverse is
     * -1/m mod 2^64, t has room for MODULAR_ROOM(n) words. */
    void (*modular_multiply)(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m,
                                uint64_t m_inverse, uint64_t *t);
    void (*modular_square)(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *m, uint64_t m_inverse, uint64_t *t);
#endif
};

/* The portable kernel, which those on vectors leave a few blocks to. */
void poly1305_portable(struct poly1305 *state, const uint8_t *blocks, size_t count);

#if defined(__SIZEOF_INT128__)
/* The portable kernels, for moduli that others have no use for. */
void modular_multiply_portable(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *b, const uint64_t *m, uint64_t m_inverse,
                               uint64_t *t);
void modular_square_portable(size_t n, uint64_t *r, const uint64_t *a, const uint64_t *m, uint64_t m_inverse, uint64_t *t);
#endif

/* Set by sw_kernels_init(); the portable ones before. */
extern struct sw_kernels sw_kernels;

/* Chooses by platform_cpu_features(). Called once by the software driver's open. */
void sw_kernels_init(void);

#if PSACRYPTO_KERNELS_X86_64 && defined(__x86_64__)
/* drivers/x86_64/kernels.c: replaces what the CPU does better. */
void x86_64_kernels(struct sw_kernels *kernels, uint32_t features);
#endif

#endif
