/* SPDX-License-Identifier: Apache-2.0 */
#include "software/mac/hmac_chain.h"

#include "software/cipher/block_cipher.h"
#include "software/hash/md.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_PBKDF2_HMAC

/* ---- Any hash ---- */

static void chain_one(const struct sw_hmac_key *hmac, uint8_t *sum, uint8_t *value, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        sw_hmac_compute(hmac, value, hmac->hash->length, value);
        sw_block_xor(sum, sum, value, hmac->hash->length);
    }
}

/* ---- Hashes after Merkle and Damgard: a hash behind its padded key is one block, whose end never changes, so each MAC is the
 * compression function twice, from the states after the key ---- */

#define BLOCK_MAX 128u
#define STATE_MAX 64u

struct lanes {
    uint64_t states[SW_HMAC_LANES * STATE_MAX / 8u];
    uint8_t blocks[SW_HMAC_LANES * BLOCK_MAX];
};

/* One of the two hashes: what the blocks begin with, under the key that `context` has taken. */
static void hash_lanes(struct lanes *lanes, const struct sw_hash *hash, const void *context, size_t count)
{
    const struct sw_md *md = hash->md;
    const size_t size = (size_t)md->word * md->words;
    uint8_t *states = (uint8_t *)lanes->states;

    for (size_t i = 0; i < count; i++) {
        memcpy(states + i * size, ((const struct sw_md_context *)context)->memory, size);
    }
    sw_md_compress_lanes(md, states, lanes->blocks, count);
    for (size_t i = 0; i < count; i++) {
        sw_md_words_to_bytes(md, states + i * size, lanes->blocks + i * md->block, hash->length);
    }
}

static void chain_lanes(const struct sw_hmac_key *hmac, uint8_t (*sums)[SW_HASH_LENGTH_MAX], uint8_t (*values)[SW_HASH_LENGTH_MAX],
                        size_t lane_count, uint32_t count)
{
    const struct sw_hash *hash = hmac->hash;
    const size_t block = hash->md->block;
    struct lanes lanes;

    for (size_t i = 0; i < lane_count; i++) {
        memcpy(lanes.blocks + i * block, values[i], hash->length);
        sw_md_pad(hash->md, lanes.blocks + i * block, hash->length, block + hash->length);
    }
    for (uint32_t n = 0; n < count; n++) {
        hash_lanes(&lanes, hash, hmac->inner, lane_count);
        hash_lanes(&lanes, hash, hmac->outer, lane_count);
        for (size_t i = 0; i < lane_count; i++) {
            sw_block_xor(sums[i], sums[i], lanes.blocks + i * block, hash->length);
        }
    }
    for (size_t i = 0; i < lane_count; i++) {
        memcpy(values[i], lanes.blocks + i * block, hash->length);
    }
    ZEROISE(lanes);
}

void sw_hmac_chain(const struct sw_hmac_key *hmac, uint8_t (*sums)[SW_HASH_LENGTH_MAX], uint8_t (*values)[SW_HASH_LENGTH_MAX],
                   size_t lanes, uint32_t count)
{
    if (hmac->hash->md != NULL) {
        chain_lanes(hmac, sums, values, lanes, count);
        return;
    }
    for (size_t i = 0; i < lanes; i++) {
        chain_one(hmac, sums[i], values[i], count);
    }
}

#endif
