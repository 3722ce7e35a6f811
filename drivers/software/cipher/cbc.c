/* SPDX-License-Identifier: Apache-2.0 */
/* CBC (SP 800-38A, 6.2), without padding and with that of PKCS #7 (RFC 2315, 10.3). */
#include "software/cipher/mode.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

static void blocks(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, uint8_t *output, size_t count)
{
    if (context->decrypt) {
        sw_block_cbc_decrypt(cipher, key, context->iv, input, output, count);
    } else {
        sw_block_cbc_encrypt(cipher, key, context->iv, input, output, count);
    }
}

static size_t no_padding_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length)
{
    return sw_blockwise_length(cipher, context, 0, length);
}

static void no_padding_update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                              const uint8_t *input, size_t length, uint8_t *output)
{
    sw_blockwise_update(cipher, key, context, 0, blocks, input, length, output);
}

const struct sw_cipher_mode sw_cbc_no_padding = {
    .alg = PSA_ALG_CBC_NO_PADDING,
    .context_size = sizeof(struct sw_cipher_context),
    .inverse = 1,
    .length_ok = sw_blockwise_length_ok,
    .set_iv = sw_block_set_iv,
    .update_length = no_padding_length,
    .update = no_padding_update,
    .finish = sw_blockwise_finish,
};

/* Decryption keeps the last block back: it may be the one with the padding. */
static size_t pkcs7_length(const struct sw_block_cipher *cipher, const struct sw_cipher_context *context, size_t length)
{
    return sw_blockwise_length(cipher, context, context->decrypt, length);
}

static void pkcs7_update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                         const uint8_t *input, size_t length, uint8_t *output)
{
    sw_blockwise_update(cipher, key, context, context->decrypt, blocks, input, length, output);
}

/* A ciphertext has the padding at least. */
static int pkcs7_length_ok(const struct sw_block_cipher *cipher, int decrypt, size_t length)
{
    return !decrypt || (length != 0 && length % cipher->block_length == 0);
}

static psa_status_t pkcs7_pad(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                              uint8_t *output, size_t output_size, size_t *output_length)
{
    const size_t block = cipher->block_length;
    const size_t padding = block - context->held;

    if (output_size < block) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memset(context->buffer + context->held, (int)padding, padding);
    sw_block_cbc_encrypt(cipher, key, context->iv, context->buffer, output, 1);
    *output_length = block;
    return PSA_SUCCESS;
}

/* All-ones and the length of the text if the block ends with n bytes of value n, 0 < n <= block; else 0. */
static uint32_t pkcs7_check(const uint8_t *text, size_t block, size_t *text_length)
{
    const uint32_t padding = text[block - 1];
    uint32_t bad = ct_mask_zero32(padding) | ct_mask_less32((uint32_t)block, padding);

    for (size_t i = 0; i < block; i++) {
        const uint32_t is_padding = ct_mask_less32((uint32_t)(block - 1 - i), padding);
        bad |= is_padding & (text[i] ^ padding);
    }
    const uint32_t good = ct_mask_zero32(bad);
    *text_length = block - (size_t)(padding & good);
    return good;
}

static psa_status_t pkcs7_unpad(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                                uint8_t *output, size_t output_size, size_t *output_length)
{
    uint8_t text[SW_BLOCK_MAX];
    size_t length;
    psa_status_t status = PSA_SUCCESS;

    if (context->held != cipher->block_length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    sw_block_cbc_decrypt(cipher, key, context->iv, context->buffer, text, 1);
    uint32_t good = pkcs7_check(text, cipher->block_length, &length);
    /* The status and the length of the text are what the caller asks for. */
    CT_PUBLIC(&good, sizeof(good));
    CT_PUBLIC(&length, sizeof(length));
    if (good == 0) {
        status = PSA_ERROR_INVALID_PADDING;
    } else if (output_size < length) {
        status = PSA_ERROR_BUFFER_TOO_SMALL;
    } else {
        bytes_copy(output, text, length);
        *output_length = length;
    }
    ZEROISE(text);
    return status;
}

static psa_status_t pkcs7_finish(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                                 uint8_t *output, size_t output_size, size_t *output_length)
{
    *output_length = 0;
    return (context->decrypt ? pkcs7_unpad : pkcs7_pad)(cipher, key, context, output, output_size, output_length);
}

const struct sw_cipher_mode sw_cbc_pkcs7 = {
    .alg = PSA_ALG_CBC_PKCS7,
    .context_size = sizeof(struct sw_cipher_context),
    .inverse = 1,
    .length_ok = pkcs7_length_ok,
    .set_iv = sw_block_set_iv,
    .update_length = pkcs7_length,
    .update = pkcs7_update,
    .finish = pkcs7_finish,
};
