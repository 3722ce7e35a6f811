/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2b (RFC 7693) and BLAKE2bp (BLAKE2: simpler, smaller, fast as MD5; 2013, sections 2.10 and 2.11). */
#include "software/hash/blake2.h"
#include "software/hash/hash.h"
#include "software/kernels.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if SW_HAS_BLAKE2B

#define BLOCK 128u
#define LENGTH 64u

/* RFC 7693, section 2.6. */
static const uint64_t iv[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

/* The parameter block (RFC 7693, section 2.5; BLAKE2, section 2.10), of which the rest is zero here. */
void sw_blake2b_init(struct sw_blake2b *blake2b, const struct sw_blake2_node *node)
{
    memset(blake2b, 0, sizeof *blake2b);
    memcpy(blake2b->h, iv, sizeof iv);
    blake2b->h[0] ^= LENGTH | (uint64_t)node->key_length << 8 | (uint64_t)node->fanout << 16 | (uint64_t)node->depth << 24;
    blake2b->h[1] ^= node->offset;
    blake2b->h[2] ^= node->node_depth | (node->in_tree ? (uint64_t)LENGTH << 8 : 0);
    blake2b->is_last = node->is_last;
}

static void compress(struct sw_blake2b *blake2b, const uint8_t *blocks, size_t count)
{
    sw_kernels.blake2b_compress(blake2b->h, blocks, count, blake2b->compressed + BLOCK, 0);
    blake2b->compressed += BLOCK * (uint64_t)count;
}

void sw_blake2b_update(struct sw_blake2b *blake2b, const uint8_t *input, size_t input_length)
{
    size_t room = BLOCK - blake2b->fill;

    if (input_length > room) {
        if (blake2b->fill != 0) {
            memcpy(blake2b->block + blake2b->fill, input, room);
            compress(blake2b, blake2b->block, 1);
            input += room;
            input_length -= room;
            blake2b->fill = 0;
        }
        size_t whole = (input_length - 1u) / BLOCK;
        if (whole != 0) {
            compress(blake2b, input, whole);
        }
        input += whole * BLOCK;
        input_length -= whole * BLOCK;
    }
    bytes_copy(blake2b->block + blake2b->fill, input, input_length);
    blake2b->fill = (uint8_t)(blake2b->fill + input_length);
}

void sw_blake2b_finish(struct sw_blake2b *blake2b, uint8_t *hash)
{
    uint32_t flags = SW_BLAKE2_LAST_BLOCK | (blake2b->is_last ? SW_BLAKE2_LAST_NODE : 0);

    memset(blake2b->block + blake2b->fill, 0, BLOCK - blake2b->fill);
    sw_kernels.blake2b_compress(blake2b->h, blake2b->block, 1, blake2b->compressed + blake2b->fill, flags);
    for (size_t i = 0; i < LENGTH / 8u; i++) {
        store64_le(hash + 8u * i, blake2b->h[i]);
    }
}

void sw_blake2b_init_keyed(struct sw_blake2b *blake2b, const uint8_t *key, size_t key_length)
{
    const struct sw_blake2_node node = {.key_length = (uint8_t)key_length, .fanout = 1, .depth = 1};
    uint8_t block[BLOCK] = {0};

    memcpy(block, key, key_length);
    sw_blake2b_init(blake2b, &node);
    sw_blake2b_update(blake2b, block, BLOCK);
    ZEROISE(block);
}

/* ---- BLAKE2bp: the leaves take a block in turn, the root hashes what they give ---- */

static struct sw_blake2_node leaf_or_root(size_t key_length)
{
    return (struct sw_blake2_node){
        .key_length = (uint8_t)key_length, .fanout = SW_BLAKE2BP_LEAVES, .depth = 2, .in_tree = 1,
    };
}

void sw_blake2bp_init(struct sw_blake2bp *blake2bp, size_t key_length)
{
    struct sw_blake2_node node = leaf_or_root(key_length);

    blake2bp->length = 0;
    blake2bp->key_length = key_length;
    for (size_t i = 0; i < SW_BLAKE2BP_LEAVES; i++) {
        node.offset = (uint8_t)i;
        node.is_last = i + 1 == SW_BLAKE2BP_LEAVES;
        sw_blake2b_init(&blake2bp->leaves[i], &node);
    }
}

void sw_blake2bp_init_keyed(struct sw_blake2bp *blake2bp, const uint8_t *key, size_t key_length)
{
    uint8_t block[BLOCK] = {0};

    memcpy(block, key, key_length);
    sw_blake2bp_init(blake2bp, key_length);
    for (size_t i = 0; i < SW_BLAKE2BP_LEAVES; i++) {
        sw_blake2b_update(&blake2bp->leaves[i], block, BLOCK);
    }
    ZEROISE(block);
}

void sw_blake2bp_update(struct sw_blake2bp *blake2bp, const uint8_t *input, size_t input_length)
{
    while (input_length != 0) {
        size_t room = BLOCK - (size_t)(blake2bp->length % BLOCK);
        size_t take = input_length < room ? input_length : room;
        sw_blake2b_update(&blake2bp->leaves[blake2bp->length / BLOCK % SW_BLAKE2BP_LEAVES], input, take);
        blake2bp->length += take;
        input += take;
        input_length -= take;
    }
}

void sw_blake2bp_finish(struct sw_blake2bp *blake2bp, uint8_t *hash)
{
    struct sw_blake2_node node = leaf_or_root((size_t)blake2bp->key_length);
    struct sw_blake2b root;
    uint8_t inner[LENGTH];

    node.node_depth = 1;
    node.is_last = 1;
    sw_blake2b_init(&root, &node);
    for (size_t i = 0; i < SW_BLAKE2BP_LEAVES; i++) {
        sw_blake2b_finish(&blake2bp->leaves[i], inner);
        sw_blake2b_update(&root, inner, LENGTH);
    }
    sw_blake2b_finish(&root, hash);
    ZEROISE(root);
    ZEROISE(inner);
}

#endif

#if PSA_WANT_ALG_BLAKE2B_HASH512

static void blake2b_init(void *context)
{
    sw_blake2b_init(context, &(const struct sw_blake2_node){.fanout = 1, .depth = 1});
}

static void blake2b_init_keyed(void *context, const uint8_t *key, size_t key_length)
{
    sw_blake2b_init_keyed(context, key, key_length);
}

static void blake2b_update(void *context, const uint8_t *input, size_t input_length)
{
    sw_blake2b_update(context, input, input_length);
}

static void blake2b_finish(void *context, uint8_t *hash)
{
    sw_blake2b_finish(context, hash);
}

const struct sw_hash sw_blake2b_512 = {
    .alg = PSA_ALG_BLAKE2B_HASH512,
    .length = LENGTH,
    .block = BLOCK,
    .context_size = sizeof(struct sw_blake2b),
    .init = blake2b_init,
    .init_keyed = blake2b_init_keyed,
    .update = blake2b_update,
    .finish = blake2b_finish,
};

#endif

#if PSA_WANT_ALG_BLAKE2BP_HASH512

static void blake2bp_init(void *context)
{
    sw_blake2bp_init(context, 0);
}

static void blake2bp_init_keyed(void *context, const uint8_t *key, size_t key_length)
{
    sw_blake2bp_init_keyed(context, key, key_length);
}

static void blake2bp_update(void *context, const uint8_t *input, size_t input_length)
{
    sw_blake2bp_update(context, input, input_length);
}

static void blake2bp_finish(void *context, uint8_t *hash)
{
    sw_blake2bp_finish(context, hash);
}

const struct sw_hash sw_blake2bp_512 = {
    .alg = PSA_ALG_BLAKE2BP_HASH512,
    .length = LENGTH,
    .context_size = sizeof(struct sw_blake2bp),
    .init = blake2bp_init,
    .init_keyed = blake2bp_init_keyed,
    .update = blake2bp_update,
    .finish = blake2bp_finish,
};

#endif
