/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Block_Cipher_df (SP 800-90A Rev. 1, 10.3.2) with AES-256, to 48 bytes; a vetted conditioning component (SP 800-90B,
 * 3.1.5.1.1). Its three runs of BCC (10.3.3) differ in the first block alone: they absorb the input side by side.
 */
#include "software/random/drbg.h"

#include "software/kernels.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#define BLOCK 16u
#define CHAINS (DRBG_SEED_SIZE / BLOCK)

struct conditioner {
    struct aes_key schedule;
    uint8_t chains[CHAINS * BLOCK]; /* chaining_value of each run, one after the other */
    uint8_t block[BLOCK];          /* input not absorbed yet */
    size_t fill;                   /* bytes of it, < BLOCK between calls */
};

static void absorb_block(struct conditioner *conditioner)
{
    for (size_t i = 0; i < CHAINS * BLOCK; i++) {
        conditioner->chains[i] ^= conditioner->block[i % BLOCK];
    }
    sw_kernels.aes_encrypt(&conditioner->schedule, conditioner->chains, conditioner->chains, CHAINS);
    conditioner->fill = 0;
}

static void absorb(struct conditioner *conditioner, const uint8_t *data, size_t length)
{
    while (length != 0) {
        const size_t room = BLOCK - conditioner->fill;
        const size_t piece = length < room ? length : room;
        memcpy(conditioner->block + conditioner->fill, data, piece);
        conditioner->fill += piece;
        data += piece;
        length -= piece;
        if (conditioner->fill == BLOCK) {
            absorb_block(conditioner);
        }
    }
}

/* Step 8: the key is 00 01 02 ... 1f. Steps 9.1 and 9.2: the first block of each run is its number. */
static void start(struct conditioner *conditioner, uint32_t input_length)
{
    uint8_t key[32];
    uint8_t lengths[8];
    for (size_t i = 0; i < sizeof(key); i++) {
        key[i] = (uint8_t)i;
    }
    sw_kernels.aes_expand(&conditioner->schedule, key, sizeof(key), 0);
    memset(conditioner->chains, 0, sizeof(conditioner->chains));
    for (uint32_t chain = 0; chain < CHAINS; chain++) {
        store32_be(conditioner->chains + BLOCK * chain, chain);
    }
    sw_kernels.aes_encrypt(&conditioner->schedule, conditioner->chains, conditioner->chains, CHAINS);
    conditioner->fill = 0;

    /* Step 4: S starts with the lengths of input and output in bytes. */
    store32_be(lengths, input_length);
    store32_be(lengths + 4, DRBG_SEED_SIZE);
    absorb(conditioner, lengths, sizeof(lengths));
}

/* Steps 4 and 5: S ends with 0x80 and zeros up to a whole block. Steps 10 to 15: what came out keys what goes out. */
static void finish(struct conditioner *conditioner, uint8_t seed[DRBG_SEED_SIZE])
{
    static const uint8_t padding[BLOCK] = { 0x80 };
    absorb(conditioner, padding, BLOCK - conditioner->fill);
    memcpy(seed, conditioner->chains, DRBG_SEED_SIZE);
    sw_kernels.aes_expand(&conditioner->schedule, seed, 32, 0);
    sw_kernels.aes_encrypt(&conditioner->schedule, seed + 32, seed, 1);
    sw_kernels.aes_encrypt(&conditioner->schedule, seed, seed + 16, 1);
    sw_kernels.aes_encrypt(&conditioner->schedule, seed + 16, seed + 32, 1);
}

void drbg_condition(uint8_t seed[DRBG_SEED_SIZE], const struct drbg_part *parts, size_t count)
{
    struct conditioner conditioner;
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += parts[i].length;
    }
    start(&conditioner, (uint32_t)length);
    for (size_t i = 0; i < count; i++) {
        absorb(&conditioner, parts[i].data, parts[i].length);
    }
    finish(&conditioner, seed);
    ZEROISE(conditioner);
}
