/* SPDX-License-Identifier: Apache-2.0 */
#include "software/random/drbg.h"

#include "software/kernels.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define BLOCK 16u

/*
 * 10.2.1: the counter field is the rightmost ctr_len bits of V. Here ctr_len is 32, what the kernel counts: a carry into
 * the rest of V, which is secret, would be a branch on it. A request is far below 2^32 - 4 blocks (table 3).
 */
static void increment(uint8_t block[BLOCK])
{
    store32_be(block + 12, load32_be(block + 12) + 1u);
    /*
     * Kernels count as if the count were public. What they can show is that it went past 2^32 within a request: of less
     * than one request in 2^19, and of a V that this request replaces.
     */
    CT_PUBLIC(block + 12, 4);
}

/* CTR_DRBG_Update (10.2.1.2); schedule is that of drbg->key. */
static void update(struct drbg *drbg, const struct aes_key *schedule, const uint8_t provided[DRBG_SEED_SIZE])
{
    uint8_t next[DRBG_SEED_SIZE];
    sw_kernels.aes_ctr32(schedule, drbg->counter, provided, next, DRBG_SEED_SIZE / BLOCK);
    memcpy(drbg->key, next, sizeof(drbg->key));
    memcpy(drbg->counter, next + sizeof(drbg->key), BLOCK);
    increment(drbg->counter);
    ZEROISE(next);
}

/* 10.2.1.3.1 */
void drbg_instantiate(struct drbg *drbg, const uint8_t seed[DRBG_SEED_SIZE],
                      const uint8_t *personalisation, size_t personalisation_length)
{
    struct aes_key schedule;
    uint8_t material[DRBG_SEED_SIZE];
    memcpy(material, seed, sizeof(material));
    for (size_t i = 0; i < personalisation_length; i++) {
        material[i] ^= personalisation[i];
    }
    memset(drbg, 0, sizeof(*drbg));
    increment(drbg->counter);
    sw_kernels.aes_expand(&schedule, drbg->key, sizeof(drbg->key), 0);
    update(drbg, &schedule, material);
    ZEROISE(schedule);
    ZEROISE(material);
}

/* 10.2.1.4.1 */
void drbg_reseed(struct drbg *drbg, const uint8_t seed[DRBG_SEED_SIZE])
{
    struct aes_key schedule;
    sw_kernels.aes_expand(&schedule, drbg->key, sizeof(drbg->key), 0);
    update(drbg, &schedule, seed);
    ZEROISE(schedule);
    drbg->requests = 0;
}

/* 10.2.1.5.1 */
void drbg_generate(struct drbg *drbg, uint8_t *output, size_t size)
{
    static const uint8_t nothing[DRBG_SEED_SIZE];
    struct aes_key schedule;
    const size_t whole = size / BLOCK;
    const size_t rest = size % BLOCK;
    sw_kernels.aes_expand(&schedule, drbg->key, sizeof(drbg->key), 0);
    if (whole != 0) {
        memset(output, 0, whole * BLOCK);
        sw_kernels.aes_ctr32(&schedule, drbg->counter, output, output, whole);
    }
    if (rest != 0) {
        uint8_t block[BLOCK];
        sw_kernels.aes_ctr32(&schedule, drbg->counter, nothing, block, 1);
        memcpy(output + whole * BLOCK, block, rest);
        ZEROISE(block);
    }
    update(drbg, &schedule, nothing);
    ZEROISE(schedule);
    drbg->requests++;
}
