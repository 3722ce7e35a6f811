/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting a message into whole blocks, for the modes that take nothing else. */
#include "software/cipher/mode.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#define STAGE (SW_BLOCK_BATCH * SW_BLOCK_MAX)

size_t sw_blockwise_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t keep,
                           size_t length)
{
    const size_t block = cipher->block_length;
    /* held + length could exceed a size_t */
    const size_t whole = length / block * block;
    const size_t rest = context->held + length % block;

    if (rest >= keep) {
        return whole + (rest - keep) / block * block;
    }
    /* The last block of the whole ones is kept with the rest: keep is a block at most. */
    return whole == 0 ? 0 : whole - block;
}

static void hold(struct sw_cipher_context *context, const uint8_t *input, size_t length)
{
    bytes_copy(context->buffer + context->held, input, length);
    context->held = (uint8_t)(context->held + length);
}

void sw_blockwise_update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                         size_t keep, sw_blockwise blocks, const uint8_t *input, size_t length, uint8_t *output)
{
    const size_t block = cipher->block_length;
    size_t left = sw_blockwise_length(cipher, context, keep, length);
    uint8_t stage[STAGE];

    if (context->held == 0) {
        blocks(cipher, key, context, input, output, left / block);
        hold(context, input + left, length - left);
        return;
    }
    /* The output runs ahead of the input by the bytes held, and may lie over it: as many bytes of input as that are taken
     * out of its way before each piece of output is written. */
    const size_t held = context->held, used = left < STAGE ? left : STAGE;
    while (left != 0) {
        const size_t n = left < STAGE ? left : STAGE;
        const size_t first = n < held ? n : held; /* of the bytes held; the others move up */
        const size_t taken = n - first;
        const size_t ahead = length - taken < first ? length - taken : first;

        memcpy(stage, context->buffer, first);
        memcpy(stage + first, input, taken);
        memmove(context->buffer, context->buffer + first, held - first);
        memcpy(context->buffer + held - first, input + taken, ahead);
        context->held = (uint8_t)(held - first + ahead);
        blocks(cipher, key, context, stage, output, n / block);
        input += taken + ahead;
        length -= taken + ahead;
        output += n;
        left -= n;
        if (left == 0) {
            zeroise(stage, used);
        }
    }
    hold(context, input, length);
}

int sw_blockwise_length_ok(const struct sw_block_cipher *cipher, int decrypt, size_t length)
{
    (void)decrypt;
    return length % cipher->block_length == 0;
}

psa_status_t sw_blockwise_finish(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                                 uint8_t *output, size_t output_size, size_t *output_length)
{
    (void)cipher;
    (void)key;
    (void)output;
    (void)output_size;
    *output_length = 0;
    return context->held == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}
