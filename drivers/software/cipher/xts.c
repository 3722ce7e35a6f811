/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XTS (IEEE 1619-2018, 5.3) with ciphertext stealing. The first key enciphers the text, the second the IV, once, before the first
 * block; then the context's iv is the tweak of the next block, and mark says so. The last whole block is kept back in any case:
 * only the end says whether it gives up bytes to a short one behind it.
 */
#include "software/cipher/mode.h"
#include "util/zeroise.h"

#define BLOCK 16u

static void begin_tweaks(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context)
{
    if (!context->mark) {
        cipher->encrypt((const uint8_t *)key + cipher->key_size, context->iv, context->iv, 1);
        context->mark = 1;
    }
}

static void blocks(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, uint8_t *output, size_t count)
{
    if (context->decrypt) {
        sw_block_xts_decrypt(cipher, key, context->iv, input, output, count);
    } else {
        sw_block_xts_encrypt(cipher, key, context->iv, input, output, count);
    }
}

static int length_ok(const struct sw_block_cipher *cipher, int decrypt, size_t length)
{
    (void)cipher;
    (void)decrypt;
    return length >= BLOCK;
}

static size_t update_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length)
{
    return sw_blockwise_length(cipher, context, BLOCK, length);
}

static void update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    begin_tweaks(cipher, key, context);
    sw_blockwise_update(cipher, key, context, BLOCK, blocks, input, length, output);
}

/* A whole block and a short one of `tail` bytes, in place. The whole one is enciphered; its first bytes are the short block of
 * ciphertext, its others fill up the short plaintext, which is enciphered in its turn. Deciphering has the tweaks in the other
 * order: that of the short block comes first. */
static void steal(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context, uint8_t *text,
                  size_t tail)
{
    uint8_t first[BLOCK], tweak[BLOCK];

    memcpy(tweak, context->iv, BLOCK);
    if (context->decrypt) {
        sw_block_next_tweak(context->iv);
    }
    blocks(cipher, key, context, text, first, 1);
    memcpy(text, text + BLOCK, tail);
    memcpy(text + tail, first + tail, BLOCK - tail);
    memcpy(text + BLOCK, first, tail);
    if (context->decrypt) {
        memcpy(context->iv, tweak, BLOCK);
    }
    blocks(cipher, key, context, text, text, 1);
    ZEROISE(first);
    ZEROISE(tweak);
}

static psa_status_t finish(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    *output_length = 0;
    if (context->held < BLOCK) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (output_size < context->held) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    if (context->held == BLOCK) {
        blocks(cipher, key, context, context->buffer, context->buffer, 1);
    } else {
        steal(cipher, key, context, context->buffer, context->held - BLOCK);
    }
    memcpy(output, context->buffer, context->held);
    *output_length = context->held;
    return PSA_SUCCESS;
}

/* Nothing need be kept back: the end is known. */
static void whole(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                  const uint8_t *input, size_t length, uint8_t *output)
{
    const size_t tail = length % BLOCK;
    const size_t before = tail == 0 ? length : length - tail - BLOCK;

    begin_tweaks(cipher, key, context);
    blocks(cipher, key, context, input, output, before / BLOCK);
    if (tail != 0) {
        memcpy(context->buffer, input + before, BLOCK + tail);
        steal(cipher, key, context, context->buffer, tail);
        memcpy(output + before, context->buffer, BLOCK + tail);
    }
}

const struct sw_cipher_mode sw_xts = {
    .alg = PSA_ALG_XTS,
    .context_size = sizeof(struct sw_cipher_context),
    .inverse = 1,
    .two_keys = 1,
    .block_length = BLOCK,
    .length_ok = length_ok,
    .set_iv = sw_block_set_iv,
    .update_length = update_length,
    .update = update,
    .finish = finish,
    .whole = whole,
};
