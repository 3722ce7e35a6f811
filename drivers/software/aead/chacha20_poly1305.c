/* SPDX-License-Identifier: Apache-2.0 */
/* AEAD_CHACHA20_POLY1305 (RFC 8439, 2.8) and AEAD_XCHACHA20_POLY1305 (draft-irtf-cfrg-xchacha-03, 2). */
#include "software/aead/aead.h"
#include "software/aead/poly1305.h"
#include "software/cipher/chacha20.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define BLOCK 16u
/* Text that is enciphered before it is hashed: it is still in the first cache. A multiple of both block lengths. */
#define STRETCH 8192u
/* Whole messages up to SHORT_MAX: the blocks of the key stream for the text are made with the one for the key of the MAC, which
 * costs vectors hardly more than that one. */
#define SHORT_BLOCKS 8u
#define SHORT_MAX ((SHORT_BLOCKS - 1u) * CHACHA20_BLOCK)

struct chacha_context {
    struct sw_aead_context head;
    uint8_t nonce[12];
    uint32_t counter;                    /* of the next block */
    uint8_t keystream[CHACHA20_BLOCK];   /* for an unfinished block */
    struct poly1305 mac;
    uint8_t pending[BLOCK];              /* an unfinished block of the MAC */
};
STATIC_ASSERT(sizeof(struct chacha_context) <= PSACRYPTO_AEAD_CONTEXT_SIZE, chacha_context_lies_inline);

/* RFC 8439, 2.8: 2^32 - 1 blocks, as the first is for the key of the MAC. */
#define LENGTH_MAX ((UINT64_C(1) << 38) - 64)

static psa_status_t check(size_t nonce_length, uint64_t ad_length, uint64_t length)
{
    (void)ad_length; /* below 2^64 */
    if (nonce_length == 8) {
        return PSA_ERROR_NOT_SUPPORTED; /* the original variant, which the specification leaves optional */
    }
    return nonce_length == 12 && length <= LENGTH_MAX ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static void blocks(const uint8_t *key, struct chacha_context *context, const uint8_t *input, uint8_t *output, size_t count)
{
    uint32_t state[16];

    chacha20_init(state, key, context->counter, context->nonce);
    sw_kernels.chacha20(state, input, output, count);
    context->counter = state[12];
    ZEROISE(state);
}

/* The first blocks of the key stream; that of number 0 begins with the key of the MAC (2.6). */
static void first_blocks(const uint8_t *key, struct chacha_context *context, const uint8_t nonce[12], uint8_t *stream, size_t count)
{
    memcpy(context->nonce, nonce, sizeof(context->nonce));
    context->counter = 0;
    memset(stream, 0, count * CHACHA20_BLOCK);
    blocks(key, context, stream, stream, count);
    poly1305_init(&context->mac, stream);
}

static void start(const struct sw_block_cipher *cipher, const void *key, void *memory, const uint8_t *nonce, size_t nonce_length)
{
    struct chacha_context *context = memory;

    (void)cipher;
    (void)nonce_length; /* 12 */
    first_blocks(key, context, nonce, context->keystream, 1);
}

/* More input to the MAC, `before` bytes after a block boundary or later. */
static void mac_input(struct chacha_context *context, uint64_t before, const uint8_t *input, size_t length)
{
    const size_t offset = (size_t)(before % BLOCK);

    if (offset != 0) {
        const size_t n = length < BLOCK - offset ? length : BLOCK - offset;
        memcpy(context->pending + offset, input, n);
        if (offset + n < BLOCK) {
            return;
        }
        sw_kernels.poly1305(&context->mac, context->pending, 1);
        input += n;
        length -= n;
    }
    sw_kernels.poly1305(&context->mac, input, length / BLOCK);
    memcpy(context->pending, input + length / BLOCK * BLOCK, length % BLOCK);
}

/* Zeros up to the end of the block. */
static void mac_pad(struct chacha_context *context, uint64_t before)
{
    const size_t offset = (size_t)(before % BLOCK);

    if (offset != 0) {
        memset(context->pending + offset, 0, BLOCK - offset);
        sw_kernels.poly1305(&context->mac, context->pending, 1);
    }
}

/* `before`: bytes of text that the key stream has served. */
static void crypt(const uint8_t *key, struct chacha_context *context, uint64_t before,
                  const uint8_t *input, size_t length, uint8_t *output)
{
    const size_t offset = (size_t)(before % CHACHA20_BLOCK);

    if (offset != 0) {
        const size_t n = length < CHACHA20_BLOCK - offset ? length : CHACHA20_BLOCK - offset;
        sw_block_xor(output, input, context->keystream + offset, n);
        input += n;
        output += n;
        length -= n;
    }
    const size_t count = length / CHACHA20_BLOCK;
    const size_t tail = length % CHACHA20_BLOCK;
    blocks(key, context, input, output, count);
    if (tail != 0) {
        memset(context->keystream, 0, CHACHA20_BLOCK);
        blocks(key, context, context->keystream, context->keystream, 1);
        sw_block_xor(output + count * CHACHA20_BLOCK, input + count * CHACHA20_BLOCK, context->keystream, tail);
    }
}

static void update_ad(const struct sw_block_cipher *cipher, const void *key, void *memory, const uint8_t *input, size_t length)
{
    struct chacha_context *context = memory;

    (void)cipher;
    (void)key;
    mac_input(context, context->head.ad_length, input, length);
}

/* Pads the associated data with zeros, once, before anything else is hashed. */
static void end_ad(struct chacha_context *context)
{
    if (context->head.length == 0) {
        mac_pad(context, context->head.ad_length);
    }
}

static void update(const struct sw_block_cipher *cipher, const void *key, void *memory,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    struct chacha_context *context = memory;
    uint64_t before = context->head.length;

    (void)cipher;
    end_ad(context);
    while (length != 0) {
        const size_t n = length < STRETCH ? length : STRETCH;
        if (context->head.decrypt) {
            mac_input(context, before, input, n);
            crypt(key, context, before, input, n, output);
        } else {
            crypt(key, context, before, input, n, output);
            mac_input(context, before, output, n);
        }
        before += n;
        input += n;
        output += n;
        length -= n;
    }
}

static void finish(const struct sw_block_cipher *cipher, const void *key, void *memory, uint8_t tag[16])
{
    struct chacha_context *context = memory;
    uint8_t lengths[BLOCK];

    (void)cipher;
    (void)key;
    end_ad(context);
    mac_pad(context, context->head.length);
    store64_le(lengths, context->head.ad_length);
    store64_le(lengths + 8, context->head.length);
    sw_kernels.poly1305(&context->mac, lengths, 1);
    poly1305_finish(&context->mac, tag);
}

/* ---- One message ---- */

struct message_state {
    struct chacha_context context;
    size_t made;                                        /* bytes of stream; 0: the message is not short */
    uint8_t stream[SHORT_BLOCKS * CHACHA20_BLOCK];
};

static void begin_message(struct message_state *state, const void *key, const struct aead_message *message)
{
    struct chacha_context *context = &state->context;

    memset(&context->head, 0, sizeof(context->head));
    state->made = 0;
    if (message->length <= SHORT_MAX) {
        const size_t count = 1u + (message->length + CHACHA20_BLOCK - 1u) / CHACHA20_BLOCK;
        state->made = count * CHACHA20_BLOCK;
        first_blocks(key, context, message->nonce, state->stream, count);
    } else {
        first_blocks(key, context, message->nonce, context->keystream, 1);
    }
    mac_input(context, 0, message->ad, message->ad_length);
    context->head.ad_length = message->ad_length;
}

static void end_message(struct message_state *state)
{
    zeroise(state->stream, state->made);
    ZEROISE(state->context);
}

static void crypt_short(const struct message_state *state, const struct aead_message *message)
{
    sw_block_xor(message->output, message->input, state->stream + CHACHA20_BLOCK, message->length);
}

static void encrypt(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message, uint8_t *tag)
{
    struct message_state state;

    begin_message(&state, key, message);
    if (message->length != 0 && state.made != 0) {
        end_ad(&state.context);
        crypt_short(&state, message);
        mac_input(&state.context, 0, message->output, message->length);
    } else if (message->length != 0) {
        update(cipher, key, &state.context, message->input, message->length, message->output);
    }
    state.context.head.length = message->length;
    finish(cipher, key, &state.context, tag);
    end_message(&state);
}

static uint32_t decrypt(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message,
                        const uint8_t *tag)
{
    struct message_state state;
    uint8_t expected[16];

    begin_message(&state, key, message);
    if (message->length != 0) {
        end_ad(&state.context);
        mac_input(&state.context, 0, message->input, message->length);
        state.context.head.length = message->length;
    }
    finish(cipher, key, &state.context, expected);
    uint32_t verified = ct_mask_equal(expected, tag, sizeof(expected));
    CT_PUBLIC(&verified, sizeof(verified)); /* whether the message is authentic is the answer */
    if (verified != 0 && state.made != 0) {
        crypt_short(&state, message);
    } else if (verified != 0) {
        crypt(key, &state.context, 0, message->input, message->length, message->output);
    }
    end_message(&state);
    ZEROISE(expected);
    return verified;
}

const struct sw_aead sw_chacha20_poly1305 = {
    .alg = SW_AEAD_BASE(PSA_ALG_CHACHA20_POLY1305),
    .key_type = PSA_KEY_TYPE_CHACHA20,
    .tag_lengths = 1u << 16,
    .key_lengths = 1u << 4,
    .context_size = sizeof(struct chacha_context),
    .check = check,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .start = start,
    .update_ad = update_ad,
    .update = update,
    .finish = finish,
};

/* ---- With a nonce of 24 bytes: the first 16 and the key give a subkey, the others a nonce of 12 bytes ---- */

struct xchacha_context {
    struct chacha_context inner;
    uint8_t subkey[32];
};
STATIC_ASSERT(sizeof(struct xchacha_context) <= PSACRYPTO_AEAD_CONTEXT_SIZE, xchacha_context_lies_inline);

static psa_status_t check_long(size_t nonce_length, uint64_t ad_length, uint64_t length)
{
    (void)ad_length;
    return nonce_length == 24 && length <= LENGTH_MAX ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static void short_nonce(uint8_t nonce[12], const uint8_t long_nonce[24])
{
    memset(nonce, 0, 4);
    memcpy(nonce + 4, long_nonce + 16, 8);
}

static void encrypt_long(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message, uint8_t *tag)
{
    struct aead_message inner = *message;
    uint8_t subkey[32], nonce[12];

    hchacha20(subkey, key, message->nonce);
    short_nonce(nonce, message->nonce);
    inner.nonce = nonce;
    inner.nonce_length = sizeof(nonce);
    encrypt(cipher, subkey, &inner, tag);
    ZEROISE(subkey);
}

static uint32_t decrypt_long(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message,
                             const uint8_t *tag)
{
    struct aead_message inner = *message;
    uint8_t subkey[32], nonce[12];

    hchacha20(subkey, key, message->nonce);
    short_nonce(nonce, message->nonce);
    inner.nonce = nonce;
    inner.nonce_length = sizeof(nonce);
    const uint32_t verified = decrypt(cipher, subkey, &inner, tag);
    ZEROISE(subkey);
    return verified;
}

static void start_long(const struct sw_block_cipher *cipher, const void *key, void *memory, const uint8_t *nonce,
                       size_t nonce_length)
{
    struct xchacha_context *context = memory;
    uint8_t rest[12];

    (void)nonce_length;
    hchacha20(context->subkey, key, nonce);
    short_nonce(rest, nonce);
    start(cipher, context->subkey, &context->inner, rest, sizeof(rest));
}

static void update_long(const struct sw_block_cipher *cipher, const void *key, void *memory,
                        const uint8_t *input, size_t length, uint8_t *output)
{
    struct xchacha_context *context = memory;

    (void)key;
    update(cipher, context->subkey, &context->inner, input, length, output);
}

const struct sw_aead sw_xchacha20_poly1305 = {
    .alg = SW_AEAD_BASE(PSA_ALG_XCHACHA20_POLY1305),
    .key_type = PSA_KEY_TYPE_XCHACHA20,
    .tag_lengths = 1u << 16,
    .key_lengths = 1u << 4,
    .context_size = sizeof(struct xchacha_context),
    .check = check_long,
    .encrypt = encrypt_long,
    .decrypt = decrypt_long,
    .start = start_long,
    .update_ad = update_ad,
    .update = update_long,
    .finish = finish,
};
