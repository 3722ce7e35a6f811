/* SPDX-License-Identifier: Apache-2.0 */
/* BLAKE2s (RFC 7693) and BLAKE2sp (BLAKE2: simpler, smaller, fast as MD5; 2013, sections 2.10 and 2.11). */
#include "software/hash/blake2.h"
#include "software/hash/hash.h"
#include "software/kernels.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if SW_HAS_BLAKE2S

#define BLOCK 64u
#define LENGTH 32u

/* RFC 7693, section 2.6. */
static const uint32_t iv[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* The parameter block (RFC 7693, section 2.5; BLAKE2, section 2.10), of which the rest is zero here. */
void sw_blake2s_init(struct sw_blake2s *blake2s, const struct sw_blake2_node *node)
{
    memset(blake2s, 0, sizeof *blake2s);
    memcpy(blake2s->h, iv, sizeof iv);
    blake2s->h[0] ^= LENGTH | (uint32_t)node->key_length << 8 | (uint32_t)node->fanout << 16 | (uint32_t)node->depth << 24;
    blake2s->h[2] ^= node->offset;
    blake2s->h[3] ^= (uint32_t)node->node_depth << 16 | (node->in_tree ? (uint32_t)LENGTH << 24 : 0);
    blake2s->is_last = node->is_last;
}

static void compress(struct sw_blake2s *blake2s, const uint8_t *blocks, size_t count)
{
    sw_kernels.blake2s_compress(blake2s->h, blocks, count, blake2s->compressed + BLOCK, 0);
    blake2s->compressed += BLOCK * (uint64_t)count;
}

void sw_blake2s_update(struct sw_blake2s *blake2s, const uint8_t *input, size_t input_length)
{
    size_t room = BLOCK - blake2s->fill;

    if (input_length > room) {
        if (blake2s->fill != 0) {
            memcpy(blake2s->block + blake2s->fill, input, room);
            compress(blake2s, blake2s->block, 1);
            input += room;
            input_length -= room;
            blake2s->fill = 0;
        }
        size_t whole = (input_length - 1u) / BLOCK;
        if (whole != 0) {
            compress(blake2s, input, whole);
        }
        input += whole * BLOCK;
        input_length -= whole * BLOCK;
    }
    bytes_copy(blake2s->block + blake2s->fill, input, input_length);
    blake2s->fill = (uint8_t)(blake2s->fill + input_length);
}

void sw_blake2s_finish(struct sw_blake2s *blake2s, uint8_t *hash)
{
    uint32_t flags = SW_BLAKE2_LAST_BLOCK | (blake2s->is_last ? SW_BLAKE2_LAST_NODE : 0);

    memset(blake2s->block + blake2s->fill, 0, BLOCK - blake2s->fill);
    sw_kernels.blake2s_compress(blake2s->h, blake2s->block, 1, blake2s->compressed + blake2s->fill, flags);
    for (size_t i = 0; i < LENGTH / 4u; i++) {
        store32_le(hash + 4u * i, blake2s->h[i]);
    }
}

void sw_blake2s_init_keyed(struct sw_blake2s *blake2s, const uint8_t *key, size_t key_length)
{
    const struct sw_blake2_node node = {.key_length = (uint8_t)key_length, .fanout = 1, .depth = 1};
    uint8_t block[BLOCK] = {0};

    memcpy(block, key, key_length);
    sw_blake2s_init(blake2s, &node);
    sw_blake2s_update(blake2s, block, BLOCK);
    ZEROISE(block);
}

/* ---- BLAKE2sp: the leaves take a block in turn, the root hashes what they give ---- */

static struct sw_blake2_node leaf_or_root(size_t key_length)
{
    return (struct sw_blake2_node){
        .key_length = (uint8_t)key_length, .fanout = SW_BLAKE2SP_LEAVES, .depth = 2, .in_tree = 1,
    };
}

void sw_blake2sp_init(struct sw_blake2sp *blake2sp, size_t key_length)
{
    struct sw_blake2_node node = leaf_or_root(key_length);

    blake2sp->length = 0;
    blake2sp->key_length = key_length;
    for (size_t i = 0; i < SW_BLAKE2SP_LEAVES; i++) {
        node.offset = (uint8_t)i;
        node.is_last = i + 1 == SW_BLAKE2SP_LEAVES;
        sw_blake2s_init(&blake2sp->leaves[i], &node);
    }
}

void sw_blake2sp_init_keyed(struct sw_blake2sp *blake2sp, const uint8_t *key, size_t key_length)
{
    uint8_t block[BLOCK] = {0};

    memcpy(block, key, key_length);
    sw_blake2sp_init(blake2sp, key_length);
    for (size_t i = 0; i < SW_BLAKE2SP_LEAVES; i++) {
        sw_blake2s_update(&blake2sp->leaves[i], block, BLOCK);
    }
    ZEROISE(block);
}

void sw_blake2sp_update(struct sw_blake2sp *blake2sp, const uint8_t *input, size_t input_length)
{
    while (input_length != 0) {
        size_t room = BLOCK - (size_t)(blake2sp->length % BLOCK);
        size_t take = input_length < room ? input_length : room;
        sw_blake2s_update(&blake2sp->leaves[blake2sp->length / BLOCK % SW_BLAKE2SP_LEAVES], input, take);
        blake2sp->length += take;
        input += take;
        input_length -= take;
    }
}

void sw_blake2sp_finish(struct sw_blake2sp *blake2sp, uint8_t *hash)
{
    struct sw_blake2_node node = leaf_or_root((size_t)blake2sp->key_length);
    struct sw_blake2s root;
    uint8_t inner[LENGTH];

    node.node_depth = 1;
    node.is_last = 1;
    sw_blake2s_init(&root, &node);
    for (size_t i = 0; i < SW_BLAKE2SP_LEAVES; i++) {
        sw_blake2s_finish(&blake2sp->leaves[i], inner);
        sw_blake2s_update(&root, inner, LENGTH);
    }
    sw_blake2s_finish(&root, hash);
    ZEROISE(root);
    ZEROISE(inner);
}

#endif

#if PSA_WANT_ALG_BLAKE2S_HASH256

static void blake2s_init(void *context)
{
    sw_blake2s_init(context, &(const struct sw_blake2_node){.fanout = 1, .depth = 1});
}

static void blake2s_init_keyed(void *context, const uint8_t *key, size_t key_length)
{
    sw_blake2s_init_keyed(context, key, key_length);
}

static void blake2s_update(void *context, const uint8_t *input, size_t input_length)
{
    sw_blake2s_update(context, input, input_length);
}

static void blake2s_finish(void *context, uint8_t *hash)
{
    sw_blake2s_finish(context, hash);
}

const struct sw_hash sw_blake2s_256 = {
    .alg = PSA_ALG_BLAKE2S_HASH256,
    .length = LENGTH,
    .block = BLOCK,
    .context_size = sizeof(struct sw_blake2s),
    .init = blake2s_init,
    .init_keyed = blake2s_init_keyed,
    .update = blake2s_update,
    .finish = blake2s_finish,
};

#endif

#if PSA_WANT_ALG_BLAKE2SP_HASH256

static void blake2sp_init(void *context)
{
    sw_blake2sp_init(context, 0);
}

static void blake2sp_init_keyed(void *context, const uint8_t *key, size_t key_length)
{
    sw_blake2sp_init_keyed(context, key, key_length);
}

static void blake2sp_update(void *context, const uint8_t *input, size_t input_length)
{
    sw_blake2sp_update(context, input, input_length);
}

static void blake2sp_finish(void *context, uint8_t *hash)
{
    sw_blake2sp_finish(context, hash);
}

const struct sw_hash sw_blake2sp_256 = {
    .alg = PSA_ALG_BLAKE2SP_HASH256,
    .length = LENGTH,
    .context_size = sizeof(struct sw_blake2sp),
    .init = blake2sp_init,
    .init_keyed = blake2sp_init_keyed,
    .update = blake2sp_update,
    .finish = blake2sp_finish,
};

#endif
