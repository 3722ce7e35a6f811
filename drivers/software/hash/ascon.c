/* SPDX-License-Identifier: Apache-2.0 */
#include "software/hash/ascon.h"

#include "software/hash/ascon_rounds.h"
#include "util/bytes.h"

#if SW_HAS_ASCON

void sw_ascon_permute(uint64_t state[5], unsigned rounds)
{
    uint64_t x[5] = {state[0], state[1], state[2], state[3], state[4]};

    ascon_rounds(x, rounds);
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
