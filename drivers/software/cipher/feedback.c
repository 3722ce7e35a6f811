/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CFB with segments of a block (SP 800-38A, 6.3) and OFB (6.4); a last block may be short. The context's iv is what is enciphered
 * next; of an unfinished block, of which held bytes are done, CFB collects the ciphertext there, and has the key stream in buffer.
 */
#include "software/cipher/mode.h"
#include "util/zeroise.h"

/* ---- CFB ---- */

/* length bytes of a block whose key stream is there. */
static void within_block(struct sw_cipher_context *context, const uint8_t *input, size_t length, uint8_t *output)
{
    for (size_t i = 0; i < length; i++) {
        const size_t at = context->held + i;
        const uint8_t text = input[i];
        output[i] = (uint8_t)(text ^ context->buffer[at]);
        context->iv[at] = context->decrypt ? text : output[i];
    }
}

static void encrypt_blocks(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                           const uint8_t *input, uint8_t *output, size_t count)
{
    const size_t block = cipher->block_length;

    for (; count != 0; count--) {
        cipher->encrypt(key, context->iv, context->iv, 1);
        sw_block_xor_one(context->iv, context->iv, input, block);
        sw_block_copy(output, context->iv, block);
        input += block;
        output += block;
    }
}

/* The key stream of a block is the enciphered ciphertext before it: all of these are known. */
static void decrypt_blocks(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                           const uint8_t *input, uint8_t *output, size_t count)
{
    const size_t block = cipher->block_length;
    uint8_t batch[SW_BLOCK_BATCH * SW_BLOCK_MAX];
    const size_t used = sw_block_batch(count) * block;

    while (count != 0) {
        const size_t n = sw_block_batch(count);
        memcpy(batch, context->iv, block);
        memcpy(batch + block, input, (n - 1) * block);
        memcpy(context->iv, input + (n - 1) * block, block);
        cipher->encrypt(key, batch, batch, n);
        sw_block_xor(output, input, batch, n * block);
        input += n * block;
        output += n * block;
        count -= n;
    }
    zeroise(batch, used);
}

static void cfb_update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                       const uint8_t *input, size_t length, uint8_t *output)
{
    const size_t block = cipher->block_length;

    if (context->held != 0) {
        const size_t n = length < block - context->held ? length : block - context->held;
        within_block(context, input, n, output);
        context->held = (uint8_t)((context->held + n) % block);
        input += n;
        output += n;
        length -= n;
    }
    const size_t tail = length % block;
    (context->decrypt ? decrypt_blocks : encrypt_blocks)(cipher, key, context, input, output, length / block);
    if (tail != 0) {
        cipher->encrypt(key, context->iv, context->buffer, 1);
        within_block(context, input + (length - tail), tail, output + (length - tail));
        context->held = (uint8_t)tail;
    }
}

const struct sw_cipher_mode sw_cfb = {
    .alg = PSA_ALG_CFB,
    .context_size = sizeof(struct sw_cipher_context),
    .set_iv = sw_block_set_iv,
    .update_length = sw_stream_length,
    .update = cfb_update,
    .finish = sw_stream_finish,
};

/* ---- OFB ---- */

static void ofb_update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                       const uint8_t *input, size_t length, uint8_t *output)
{
    const size_t block = cipher->block_length;

    while (length != 0) {
        if (context->held == 0) {
            cipher->encrypt(key, context->iv, context->iv, 1);
        }
        const size_t n = length < block - context->held ? length : block - context->held;
        sw_block_xor(output, input, context->iv + context->held, n);
        context->held = (uint8_t)((context->held + n) % block);
        input += n;
        output += n;
        length -= n;
    }
}

const struct sw_cipher_mode sw_ofb = {
    .alg = PSA_ALG_OFB,
    .context_size = sizeof(struct sw_cipher_context),
    .set_iv = sw_block_set_iv,
    .update_length = sw_stream_length,
    .update = ofb_update,
    .finish = sw_stream_finish,
};
