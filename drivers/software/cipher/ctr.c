/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CTR (SP 800-38A, 6.5), and CCM* without a tag (IEEE 802.15.4, B.4), which is CTR from a counter block of its own. The
 * context's iv is the next counter block, buffer a block of key stream of which held are used.
 */
#include "software/cipher/mode.h"

/* One byte to a block (Crypto API, PSA_ALG_CTR), or a build's own lower limit. */
static int iv_length_ok(const struct sw_block_cipher *cipher, size_t length)
{
    const size_t least = cipher->block_length < PSACRYPTO_CTR_IV_MIN ? cipher->block_length : PSACRYPTO_CTR_IV_MIN;
    return length >= least && length <= cipher->block_length;
}

/* Two-key 3DES is for reading what is old (the specification's warning), and the official suite wants it refused here. */
static int key_length_ok(const struct sw_block_cipher *cipher, size_t key_length)
{
    return cipher->type != PSA_KEY_TYPE_DES || key_length != 16;
}

/* A shorter IV has zeros behind it (Crypto API, PSA_ALG_CTR). */
static psa_status_t set_iv(const struct sw_block_cipher *cipher, const uint8_t *key, struct sw_cipher_context *context,
                           const uint8_t *iv, size_t iv_length)
{
    (void)key;
    if (!iv_length_ok(cipher, iv_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    memset(context->iv, 0, sizeof(context->iv));
    memcpy(context->iv, iv, iv_length);
    return PSA_SUCCESS;
}

static void update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    const size_t block = cipher->block_length;

    if (context->held != 0) {
        const size_t n = length < block - context->held ? length : block - context->held;
        sw_block_xor(output, input, context->buffer + context->held, n);
        context->held = (uint8_t)((context->held + n) % block);
        input += n;
        output += n;
        length -= n;
    }
    const size_t whole = length / block * block;
    sw_block_ctr(cipher, key, context->iv, input, output, whole / block);
    if (whole != length) {
        memset(context->buffer, 0, block);
        sw_block_ctr(cipher, key, context->iv, context->buffer, context->buffer, 1);
        sw_block_xor(output + whole, input + whole, context->buffer, length - whole);
        context->held = (uint8_t)(length - whole);
    }
}

const struct sw_cipher_mode sw_ctr = {
    .alg = PSA_ALG_CTR,
    .context_size = sizeof(struct sw_cipher_context),
    .key_length_ok = key_length_ok,
    .set_iv = set_iv,
    .update_length = sw_stream_length,
    .update = update,
    .finish = sw_stream_finish,
};

/* SP 800-38C, A.3: the length of the counter less one, the nonce, the counter, which has the two bytes that a nonce of 13 leaves.
 * Key stream begins with counter 1. (Crypto API, PSA_ALG_CCM_STAR_NO_TAG: other lengths of nonce are optional.) */
static psa_status_t set_nonce(const struct sw_block_cipher *cipher, const uint8_t *key, struct sw_cipher_context *context,
                              const uint8_t *iv, size_t iv_length)
{
    (void)cipher;
    (void)key;
    if (iv_length != 13) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    context->iv[0] = 1;
    memcpy(context->iv + 1, iv, iv_length);
    context->iv[14] = 0;
    context->iv[15] = 1;
    context->left = 0xFFFF; /* the length of a text is said in two bytes as well */
    return PSA_SUCCESS;
}

const struct sw_cipher_mode sw_ccm_star_no_tag = {
    .alg = PSA_ALG_CCM_STAR_NO_TAG,
    .context_size = sizeof(struct sw_cipher_context),
    .block_length = 16,
    .set_iv = set_nonce,
    .update_length = sw_stream_length,
    .update = update,
    .finish = sw_stream_finish,
};
