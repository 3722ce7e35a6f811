/* SPDX-License-Identifier: Apache-2.0 */
/*
 * BLAKE2b and BLAKE2s (RFC 7693), as nodes of a tree (BLAKE2, section 2.10: the parameter block), for the hashes, the parallel
 * ones and the MACs. What is called b works on 64-bit words, s on 32-bit words; else they are the same.
 */
#ifndef SOFTWARE_HASH_BLAKE2_H
#define SOFTWARE_HASH_BLAKE2_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#define SW_HAS_BLAKE2B (PSA_WANT_ALG_BLAKE2B_HASH512 || PSA_WANT_ALG_BLAKE2BP_HASH512)
#define SW_HAS_BLAKE2S (PSA_WANT_ALG_BLAKE2S_HASH256 || PSA_WANT_ALG_BLAKE2SP_HASH256)

/* What compress() is told of its last block. */
#define SW_BLAKE2_LAST_BLOCK 1u  /* of the message */
#define SW_BLAKE2_LAST_NODE 2u   /* and this node is the last one at its depth */

/* Place of a node in the tree; the length of hash and of inner hashes is 64 (s: 32) everywhere. */
struct sw_blake2_node {
    uint8_t key_length;
    uint8_t fanout, depth;       /* 1, 1: no tree */
    uint8_t offset, node_depth;
    uint8_t in_tree;             /* 0: no tree, and the length of inner hashes is 0 */
    uint8_t is_last;
};

/* A last block is known as such only at the end: a full one waits here. */
struct sw_blake2b {
    uint64_t h[8];
    uint64_t compressed;         /* bytes; the format has 128 bits, of which nobody reaches the upper half */
    uint8_t block[128];
    uint8_t fill;                /* bytes in block, up to all */
    uint8_t is_last;
    uint8_t reserved[6];
};

struct sw_blake2s {
    uint32_t h[8];
    uint64_t compressed;
    uint8_t block[64];
    uint8_t fill;
    uint8_t is_last;
    uint8_t reserved[6];
};

#define SW_BLAKE2BP_LEAVES 4u
#define SW_BLAKE2SP_LEAVES 8u

/* Blocks go to the leaves in turn. */
struct sw_blake2bp {
    uint64_t length;             /* of the message, in bytes */
    uint64_t key_length;
    struct sw_blake2b leaves[SW_BLAKE2BP_LEAVES];
};

struct sw_blake2sp {
    uint64_t length;
    uint64_t key_length;
    struct sw_blake2s leaves[SW_BLAKE2SP_LEAVES];
};

#if SW_HAS_BLAKE2B

void sw_blake2b_init(struct sw_blake2b *blake2b, const struct sw_blake2_node *node);
/* A hash under a key of 1 to 64 bytes: the key, padded to a block, comes first (RFC 7693, section 2.9). */
void sw_blake2b_init_keyed(struct sw_blake2b *blake2b, const uint8_t *key, size_t key_length);
void sw_blake2b_update(struct sw_blake2b *blake2b, const uint8_t *input, size_t input_length);
/* Writes 64 bytes. */
void sw_blake2b_finish(struct sw_blake2b *blake2b, uint8_t *hash);

/* key_length: of the key, 0: none. */
void sw_blake2bp_init(struct sw_blake2bp *blake2bp, size_t key_length);
/* Each leaf begins with the key. */
void sw_blake2bp_init_keyed(struct sw_blake2bp *blake2bp, const uint8_t *key, size_t key_length);
void sw_blake2bp_update(struct sw_blake2bp *blake2bp, const uint8_t *input, size_t input_length);
void sw_blake2bp_finish(struct sw_blake2bp *blake2bp, uint8_t *hash);

/* RFC 7693, section 3.2, for `count` blocks of 128 bytes. length: of the message up to the end of the first of them, each
 * further one adds 128. flags: of the last of them. */
void blake2b_compress_portable(uint64_t h[8], const uint8_t *blocks, size_t count, uint64_t length, uint32_t flags);

#else
#define blake2b_compress_portable NULL
#endif

#if SW_HAS_BLAKE2S

void sw_blake2s_init(struct sw_blake2s *blake2s, const struct sw_blake2_node *node);
/* A hash under a key of 1 to 32 bytes: the key, padded to a block, comes first (RFC 7693, section 2.9). */
void sw_blake2s_init_keyed(struct sw_blake2s *blake2s, const uint8_t *key, size_t key_length);
void sw_blake2s_update(struct sw_blake2s *blake2s, const uint8_t *input, size_t input_length);
/* Writes 32 bytes. */
void sw_blake2s_finish(struct sw_blake2s *blake2s, uint8_t *hash);

void sw_blake2sp_init(struct sw_blake2sp *blake2sp, size_t key_length);
void sw_blake2sp_init_keyed(struct sw_blake2sp *blake2sp, const uint8_t *key, size_t key_length);
void sw_blake2sp_update(struct sw_blake2sp *blake2sp, const uint8_t *input, size_t input_length);
void sw_blake2sp_finish(struct sw_blake2sp *blake2sp, uint8_t *hash);

/* As above, with blocks of 64 bytes. */
void blake2s_compress_portable(uint32_t h[8], const uint8_t *blocks, size_t count, uint64_t length, uint32_t flags);

#else
#define blake2s_compress_portable NULL
#endif

#endif
