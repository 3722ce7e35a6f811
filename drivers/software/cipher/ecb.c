/* SPDX-License-Identifier: Apache-2.0 */
/* ECB (SP 800-38A, 6.1). */
#include "software/cipher/mode.h"

static void blocks(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, uint8_t *output, size_t count)
{
    (context->decrypt ? cipher->decrypt : cipher->encrypt)(key, input, output, count);
}

static size_t update_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length)
{
    return sw_blockwise_length(cipher, context, 0, length);
}

static void update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    sw_blockwise_update(cipher, key, context, 0, blocks, input, length, output);
}

const struct sw_cipher_mode sw_ecb_no_padding = {
    .alg = PSA_ALG_ECB_NO_PADDING,
    .context_size = sizeof(struct sw_cipher_context),
    .inverse = 1,
    .length_ok = sw_blockwise_length_ok,
    .update_length = update_length,
    .update = update,
    .finish = sw_blockwise_finish,
};
