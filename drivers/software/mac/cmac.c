/* SPDX-License-Identifier: Apache-2.0 */
/* CMAC (SP 800-38B) over every block cipher. */
#include "software/mac/block_mac.h"
#include "util/ct.h"
#include "util/zeroise.h"

#if SW_HAS_CMAC

/* Section 5.3: the polynomials of GF(2^128) and of GF(2^64), less their highest term. */
#define R128 0x87u
#define R64 0x1bu

/* Twice the block, as an element of the field; in constant time. */
static void double_block(uint8_t *output, const uint8_t *input, size_t block)
{
    const uint32_t carry = ct_barrier32((uint32_t)0 - (uint32_t)(input[0] >> 7));

    for (size_t i = 0; i + 1 < block; i++) {
        output[i] = (uint8_t)(input[i] << 1 | input[i + 1] >> 7);
    }
    output[block - 1] = (uint8_t)((uint32_t)input[block - 1] << 1 ^ (carry & (block == 16 ? R128 : R64)));
}

/* Section 6.1. */
static void make_subkeys(struct sw_block_mac_key *cmac)
{
    uint8_t l[SW_BLOCK_MAX] = {0};

    cmac->cipher->encrypt(&cmac->key, l, l, 1);
    double_block(cmac->subkeys[0], l, cmac->cipher->block_length);
    double_block(cmac->subkeys[1], cmac->subkeys[0], cmac->cipher->block_length);
    ZEROISE(l);
}

static psa_status_t prepare(void *prepared, psa_algorithm_t alg, const struct psacrypto_key *key)
{
    psa_status_t status = sw_block_mac_prepare(prepared, alg, key);
    if (status == PSA_SUCCESS) {
        make_subkeys(prepared);
    }
    return status;
}

int sw_cmac_expand(struct sw_block_mac_key *cmac, psa_key_type_t type, const uint8_t *key, size_t key_length)
{
    const struct sw_block_cipher *cipher = sw_block_cipher_find(type);

    if (cipher == NULL || !sw_block_key_length_ok(cipher, key_length)) {
        return 0;
    }
    cmac->cipher = cipher;
    cipher->expand(&cmac->key, key, key_length, 0);
    make_subkeys(cmac);
    return 1;
}

/* Section 6.2, steps 3 and 4: which subkey depends on the length of the message, which is public. */
void sw_cmac_finish(struct sw_block_mac *context, const struct sw_block_mac_key *cmac, uint8_t *mac)
{
    const size_t block = cmac->cipher->block_length;
    const size_t fill = (size_t)context->fill;

    if (fill < block) {
        context->block[fill] = 0x80;
        memset(context->block + fill + 1, 0, block - fill - 1);
    }
    for (size_t i = 0; i < block; i++) {
        context->block[i] ^= cmac->subkeys[fill < block][i];
    }
    sw_block_mac_end(context, cmac, mac);
}

void sw_cmac_compute(const struct sw_block_mac_key *cmac, const uint8_t *input, size_t input_length, uint8_t *mac)
{
    struct sw_block_mac context;

    sw_block_mac_start(&context, cmac);
    sw_block_mac_update(&context, cmac, PSA_ALG_CMAC, input, input_length);
    sw_cmac_finish(&context, cmac, mac);
    ZEROISE(context);
}

static void finish(void *context, const void *prepared, uint8_t *mac)
{
    sw_cmac_finish(context, prepared, mac);
}

const struct sw_mac sw_mac_cmac = {
    .base = PSA_ALG_CMAC,
    .length = sw_block_mac_length,
    .context_size = sw_block_mac_context_size,
    .prepared_size = sw_block_mac_prepared_size,
    .prepare = prepare,
    .start = sw_block_mac_start,
    .update = sw_block_mac_update,
    .finish = finish,
    .update_takes_key = 1,
};

#endif
