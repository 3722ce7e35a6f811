/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hash of Zigbee (Zigbee specification, section B.6): the construction of Merkle and Damgard over that of Matyas, Meyer and
 * Oseas, with AES-128. Each block is enciphered under the hash so far and XORed to the result.
 */
#include "software/hash/hash.h"
#include "software/kernels.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_AES_MMO_ZIGBEE

#define BLOCK 16u

/* The specification ends at messages of 2^32 - 8 bits. */
#define LENGTH_MAX 0x1fffffffu

/* Messages from here on have 6 bytes at the end for their length, shorter ones 2 (sections B.6.1 and B.6.2: 2^16 bits). */
#define LENGTH_LONG 0x2000u

struct aes_mmo {
    uint8_t hash[16];
    uint8_t block[16];
    uint64_t length;      /* of the message, in bytes */
};

static void compress(uint8_t hash[16], const uint8_t *blocks, size_t count)
{
    struct aes_key key;

    for (; count != 0; count--) {
        sw_kernels.aes_expand(&key, hash, 16, 0);
        sw_kernels.aes_encrypt(&key, blocks, hash, 1);
        for (size_t i = 0; i < BLOCK; i++) {
            hash[i] ^= blocks[i];
        }
        blocks += BLOCK;
    }
    ZEROISE(key);
}

static void init(void *context)
{
    memset(context, 0, sizeof(struct aes_mmo));
}

static void update(void *context, const uint8_t *input, size_t input_length)
{
    struct aes_mmo *mmo = context;
    size_t fill = (size_t)(mmo->length % BLOCK);

    mmo->length += input_length;
    if (fill + input_length < BLOCK) {
        bytes_copy(mmo->block + fill, input, input_length);
        return;
    }
    if (fill != 0) {
        memcpy(mmo->block + fill, input, BLOCK - fill);
        compress(mmo->hash, mmo->block, 1);
        input += BLOCK - fill;
        input_length -= BLOCK - fill;
    }
    if (input_length >= BLOCK) {
        compress(mmo->hash, input, input_length / BLOCK);
    }
    bytes_copy(mmo->block, input + input_length / BLOCK * BLOCK, input_length % BLOCK);
}

/* Section B.6: one bit, zeros, and the length in bits in two bytes; of long messages in four, which two zero bytes follow. */
static void finish(void *context, uint8_t *hash)
{
    struct aes_mmo *mmo = context;
    const int is_long = mmo->length >= LENGTH_LONG;
    const size_t field = BLOCK - (is_long ? 6u : 2u);
    size_t fill = (size_t)(mmo->length % BLOCK);

    mmo->block[fill++] = 0x80;
    if (fill > field) {
        memset(mmo->block + fill, 0, BLOCK - fill);
        compress(mmo->hash, mmo->block, 1);
        fill = 0;
    }
    memset(mmo->block + fill, 0, BLOCK - fill);
    if (is_long) {
        store32_be(mmo->block + field, (uint32_t)(8u * mmo->length));
    } else {
        store16_be(mmo->block + field, (uint16_t)(8u * mmo->length));
    }
    compress(mmo->hash, mmo->block, 1);
    memcpy(hash, mmo->hash, 16);
}

static int accepts(const void *context, size_t input_length)
{
    const struct aes_mmo *mmo = context;
    return mmo->length <= LENGTH_MAX && input_length <= LENGTH_MAX - mmo->length;
}

const struct sw_hash sw_aes_mmo = {
    .alg = PSA_ALG_AES_MMO_ZIGBEE,
    .length = 16,
    .block = BLOCK,
    .context_size = sizeof(struct aes_mmo),
    .longest = LENGTH_MAX,
    .init = init,
    .update = update,
    .finish = finish,
    .accepts = accepts,
};

#endif
