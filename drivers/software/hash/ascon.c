/* SPDX-License-Identifier: Apache-2.0 */
#include "software/hash/ascon.h"

#include "util/bytes.h"

#if SW_HAS_ASCON

/* SP 800-232, sections 3.2 to 3.4: the constant, the S-box of all 64 columns at once, the linear layer. */
static inline void one_round(uint64_t x[5], uint64_t constant)
{
    const uint64_t x0 = x[0] ^ x[4];
    const uint64_t x1 = x[1];
    const uint64_t x2 = x[2] ^ x[1] ^ constant;
    const uint64_t x3 = x[3];
    const uint64_t x4 = x[4] ^ x[3];
    const uint64_t t0 = x0 ^ (~x1 & x2);
    const uint64_t t1 = x1 ^ (~x2 & x3);
    const uint64_t t2 = x2 ^ (~x3 & x4);
    const uint64_t t3 = x3 ^ (~x4 & x0);
    const uint64_t t4 = x4 ^ (~x0 & x1);
    const uint64_t s0 = t0 ^ t4;
    const uint64_t s1 = t1 ^ t0;
    const uint64_t s2 = ~t2;
    const uint64_t s3 = t3 ^ t2;

    x[0] = s0 ^ rotr64(s0, 19) ^ rotr64(s0, 28);
    x[1] = s1 ^ rotr64(s1, 61) ^ rotr64(s1, 39);
    x[2] = s2 ^ rotr64(s2, 1) ^ rotr64(s2, 6);
    x[3] = s3 ^ rotr64(s3, 10) ^ rotr64(s3, 17);
    x[4] = t4 ^ rotr64(t4, 7) ^ rotr64(t4, 41);
}

/* Table 5: the constant of the last round is 0x4b, and those before it are each 0x0f more. */
void sw_ascon_permute(uint64_t state[5], unsigned rounds)
{
    uint64_t x[5] = {state[0], state[1], state[2], state[3], state[4]};

    for (unsigned i = rounds; i != 0; i--) {
        one_round(x, 0x4bu + 0x0fu * (i - 1u));
    }
#pragma GCC unroll 5
    for (unsigned i = 0; i < 5; i++) {
        state[i] = x[i];
    }
}

#endif

#if SW_HAS_ASCON_SPONGE

#define RATE 8u
#define ROUNDS 12u

void sw_ascon_init(struct sw_ascon *ascon, uint64_t iv)
{
    memset(ascon, 0, sizeof *ascon);
    ascon->state[0] = iv;
    sw_ascon_permute(ascon->state, ROUNDS);
}

void sw_ascon_absorb(struct sw_ascon *ascon, const uint8_t *input, size_t input_length)
{
    for (; input_length != 0 && ascon->position != 0; input_length--) {
        ascon->state[0] ^= (uint64_t)*input++ << (8u * ascon->position++);
        if (ascon->position == RATE) {
            sw_ascon_permute(ascon->state, ROUNDS);
            ascon->position = 0;
        }
    }
    for (; input_length >= RATE; input_length -= RATE) {
        ascon->state[0] ^= load64_le(input);
        sw_ascon_permute(ascon->state, ROUNDS);
        input += RATE;
    }
    for (; input_length != 0; input_length--) {
        ascon->state[0] ^= (uint64_t)*input++ << (8u * ascon->position++);
    }
}

void sw_ascon_pad(struct sw_ascon *ascon)
{
    ascon->state[0] ^= (uint64_t)1 << (8u * ascon->position);
    sw_ascon_permute(ascon->state, ROUNDS);
    ascon->position = 0;
}

void sw_ascon_squeeze(struct sw_ascon *ascon, uint8_t *output, size_t output_length)
{
    for (size_t i = 0; i < output_length; i++) {
        if (ascon->position == RATE) {
            sw_ascon_permute(ascon->state, ROUNDS);
            ascon->position = 0;
        }
        output[i] = (uint8_t)(ascon->state[0] >> (8u * ascon->position++));
    }
}

#endif

#if PSA_WANT_ALG_ASCON_HASH256

#include "software/hash/hash.h"

static void init(void *context)
{
    sw_ascon_init(context, SW_ASCON_HASH256_IV);
}

static void update(void *context, const uint8_t *input, size_t input_length)
{
    sw_ascon_absorb(context, input, input_length);
}

static void finish(void *context, uint8_t *hash)
{
    sw_ascon_pad(context);
    sw_ascon_squeeze(context, hash, 32);
}

/* Section 5.1. */
const struct sw_hash sw_ascon_hash256 = {
    .alg = PSA_ALG_ASCON_HASH256,
    .length = 32,
    .context_size = sizeof(struct sw_ascon),
    .init = init,
    .update = update,
    .finish = finish,
};

#endif
