/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ARC4, as in B. Schneier, "Applied Cryptography", 17.1, for data of old. Its state is looked up at places that depend on the
 * key: its time is not constant (SECURITY.md).
 */
#include "software/cipher/mode.h"
#include "util/atomic.h"

#if PSA_WANT_ALG_STREAM_CIPHER && PSA_WANT_KEY_TYPE_ARC4

struct arc4_context {
    struct sw_cipher_context head;
    uint8_t i, j;
    uint8_t s[256];
};
STATIC_ASSERT(sizeof(struct arc4_context) <= SW_CIPHER_CONTEXT_MAX, arc4_context_fits);

static void swap(uint8_t *a, uint8_t *b)
{
    const uint8_t x = *a;
    *a = *b;
    *b = x;
}

static void begin_vartime(struct sw_cipher_context *head, const uint8_t *key, size_t key_length)
{
    struct arc4_context *context = (struct arc4_context *)(void *)head;
    uint8_t j = 0;

    for (unsigned i = 0; i < 256; i++) {
        context->s[i] = (uint8_t)i;
    }
    for (unsigned i = 0; i < 256; i++) {
        j = (uint8_t)(j + context->s[i] + key[i % key_length]);
        swap(&context->s[i], &context->s[j]);
    }
    context->i = 0;
    context->j = 0;
}

static void update_vartime(const struct sw_block_cipher *cipher, const void *key, struct sw_cipher_context *head,
                           const uint8_t *input, size_t length, uint8_t *output)
{
    struct arc4_context *context = (struct arc4_context *)(void *)head;
    uint8_t *s = context->s;
    uint32_t i = (context->i + 1u) & 0xFF, j = context->j;
    uint32_t a = s[i];

    (void)cipher;
    (void)key;
    for (size_t n = 0; n < length; n++) {
        j = (j + a) & 0xFF;
        const uint32_t b = s[j], next = (i + 1) & 0xFF;
        /* Read ahead of the writes: else it waits for their places, on which the next ones depend. */
        const uint32_t after = next == j ? a : s[next];
        s[i] = (uint8_t)b;
        s[j] = (uint8_t)a;
        output[n] = input[n] ^ s[(a + b) & 0xFF];
        i = next;
        a = after;
    }
    context->i = (uint8_t)(i - 1);
    context->j = (uint8_t)j;
}

const struct sw_cipher_mode sw_arc4 = {
    .alg = PSA_ALG_STREAM_CIPHER,
    .key_type = PSA_KEY_TYPE_ARC4,
    .context_size = sizeof(struct arc4_context),
    .key_min = 5,
    .key_max = 256,
    .begin = begin_vartime,
    .update_length = sw_stream_length,
    .update = update_vartime,
    .finish = sw_stream_finish,
};

#endif
