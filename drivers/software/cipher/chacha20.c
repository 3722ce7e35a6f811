/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ChaCha20 (RFC 8439, 2.4; with an IV of 8 bytes D. J. Bernstein's original) and XChaCha20 (draft-irtf-cfrg-xchacha-03, 2.3)
 * as stream ciphers. The context's iv is the last row of the state, counter and nonce; buffer has the subkey of XChaCha20.
 */
#include "software/cipher/chacha20.h"

#include "software/cipher/mode.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_STREAM_CIPHER && (PSA_WANT_KEY_TYPE_CHACHA20 || PSA_WANT_KEY_TYPE_XCHACHA20)

/* head.held: bytes used of the block of key stream; head.mark: the counter has 64 bits. */
struct chacha_context {
    struct sw_cipher_context head;
    uint8_t keystream[CHACHA20_BLOCK];
};
STATIC_ASSERT(sizeof(struct chacha_context) <= PSACRYPTO_CIPHER_CONTEXT_SIZE, chacha_context_lies_inline);

/* The counter of 64 bits carries where the kernel's of 32 bits ends. */
static void blocks(const uint8_t *key, struct sw_cipher_context *context, const uint8_t *input, uint8_t *output, size_t count)
{
    uint32_t state[16];

    chacha20_init(state, key, load32_le(context->iv), context->iv + 4);
    while (count != 0) {
        const uint64_t until = (UINT64_C(1) << 32) - state[12];
        const size_t n = count < until ? count : (size_t)until;
        sw_kernels.chacha20(state, input, output, n);
        state[13] += (uint32_t)(context->mark && n == until);
        input += n * CHACHA20_BLOCK;
        output += n * CHACHA20_BLOCK;
        count -= n;
    }
    store32_le(context->iv, state[12]);
    store32_le(context->iv + 4, state[13]);
    ZEROISE(state);
}

static void crypt(const uint8_t *key, struct sw_cipher_context *head, const uint8_t *input, size_t length, uint8_t *output)
{
    struct chacha_context *context = (struct chacha_context *)(void *)head;

    if (head->held != 0) {
        const size_t n = length < CHACHA20_BLOCK - head->held ? length : CHACHA20_BLOCK - head->held;
        sw_block_xor(output, input, context->keystream + head->held, n);
        head->held = (uint8_t)((head->held + n) % CHACHA20_BLOCK);
        input += n;
        output += n;
        length -= n;
    }
    const size_t tail = length % CHACHA20_BLOCK;
    blocks(key, head, input, output, length / CHACHA20_BLOCK);
    if (tail != 0) {
        memset(context->keystream, 0, CHACHA20_BLOCK);
        blocks(key, head, context->keystream, context->keystream, 1);
        sw_block_xor(output + (length - tail), input + (length - tail), context->keystream, tail);
        head->held = (uint8_t)tail;
    }
}

#endif

#if PSA_WANT_ALG_STREAM_CIPHER && PSA_WANT_KEY_TYPE_CHACHA20

/* Crypto API, PSA_ALG_STREAM_CIPHER: 12 bytes of nonce, the counter begins at 0; 16: counter and nonce; 8: the original. */
static psa_status_t set_iv(const struct sw_block_cipher *cipher, const uint8_t *key, struct sw_cipher_context *context,
                           const uint8_t *iv, size_t iv_length)
{
    (void)cipher;
    (void)key;
    if (iv_length != 8 && iv_length != 12 && iv_length != 16) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    memset(context->iv, 0, sizeof(context->iv));
    memcpy(context->iv + 16 - iv_length, iv, iv_length);
    context->mark = iv_length == 8;
    if (!context->mark) {
        context->left = ((UINT64_C(1) << 32) - load32_le(context->iv)) * CHACHA20_BLOCK; /* until the counter has ended */
    }
    return PSA_SUCCESS;
}

static void update(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    (void)cipher;
    crypt(key, context, input, length, output);
}

const struct sw_cipher_mode sw_chacha20 = {
    .alg = PSA_ALG_STREAM_CIPHER,
    .key_type = PSA_KEY_TYPE_CHACHA20,
    .context_size = sizeof(struct chacha_context),
    .key_min = 32,
    .key_max = 32,
    .set_iv = set_iv,
    .update_length = sw_stream_length,
    .update = update,
    .finish = sw_stream_finish,
};

#endif

#if PSA_WANT_ALG_STREAM_CIPHER && PSA_WANT_KEY_TYPE_XCHACHA20

/* 24 bytes of nonce, the counter begins at 0; 32: eight bytes of counter before it. */
static psa_status_t set_long_iv(const struct sw_block_cipher *cipher, const uint8_t *key, struct sw_cipher_context *context,
                                const uint8_t *iv, size_t iv_length)
{
    (void)cipher;
    if (iv_length != 24 && iv_length != 32) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    const uint8_t *nonce = iv + iv_length - 24;
    hchacha20(context->buffer, key, nonce);
    memset(context->iv, 0, 8);
    memcpy(context->iv, iv, iv_length - 24);
    memcpy(context->iv + 8, nonce + 16, 8);
    context->mark = 1;
    return PSA_SUCCESS;
}

static void update_with_subkey(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *context,
                               const uint8_t *input, size_t length, uint8_t *output)
{
    (void)cipher;
    (void)key;
    crypt(context->buffer, context, input, length, output);
}

const struct sw_cipher_mode sw_xchacha20 = {
    .alg = PSA_ALG_STREAM_CIPHER,
    .key_type = PSA_KEY_TYPE_XCHACHA20,
    .context_size = sizeof(struct chacha_context),
    .key_min = 32,
    .key_max = 32,
    .set_iv = set_long_iv,
    .update_length = sw_stream_length,
    .update = update_with_subkey,
    .finish = sw_stream_finish,
};

#endif
