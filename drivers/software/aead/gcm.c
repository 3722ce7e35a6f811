/* SPDX-License-Identifier: Apache-2.0 */
/* GCM (SP 800-38D) over any block cipher with blocks of 16 bytes. */
#include "software/aead/aead.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define BLOCK 16u

/* The expanded key. The cipher's part is as long as the cipher wants it. */
struct gcm_key {
    struct ghash_key hash;
    struct sw_block_key cipher;
};

struct gcm_context {
    struct sw_aead_context head;
    uint8_t counter[BLOCK];      /* of the next block */
    uint8_t mask[BLOCK];         /* E(J0), which the tag is added to */
    uint8_t y[BLOCK];            /* GHASH; the bytes of an unfinished block are already added in */
    uint8_t keystream[BLOCK];    /* for an unfinished block */
};
STATIC_ASSERT(sizeof(struct gcm_context) <= PSACRYPTO_AEAD_CONTEXT_SIZE, gcm_context_lies_inline);

/* 5.2.1.1: length(P) <= 2^39 - 256 bits, length(A) < 2^64 bits; the nonce is not empty. */
static psa_status_t check(size_t nonce_length, uint64_t ad_length, uint64_t length)
{
    const int fits = length <= (UINT64_C(1) << 36) - 32 && ad_length < UINT64_C(1) << 61;

    return nonce_length != 0 && fits ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static void expand(const struct sw_block_cipher *cipher, void *memory, const uint8_t *bytes, size_t key_length)
{
    struct gcm_key *key = memory;
    uint8_t h[BLOCK] = { 0 };

    cipher->expand(&key->cipher, bytes, key_length, 0);
    cipher->encrypt(&key->cipher, h, h, 1);
    sw_kernels.ghash_expand(&key->hash, h);
    ZEROISE(h);
}

static void increment(uint8_t counter[BLOCK])
{
    store32_be(counter + 12, load32_be(counter + 12) + 1);
}

/* GHASH over input, filled up with zeros to whole blocks. */
static void hash_padded(const struct ghash_key *hash, uint8_t y[BLOCK], const uint8_t *input, size_t length)
{
    const size_t tail = length % BLOCK;

    if (length >= BLOCK) {
        sw_kernels.ghash(hash, y, input, length / BLOCK);
    }
    if (tail != 0) {
        uint8_t block[BLOCK] = { 0 };
        memcpy(block, input + (length - tail), tail);
        sw_kernels.ghash(hash, y, block, 1);
    }
}

/* The end of GHASH's input: a last ciphertext block of 0 to 15 bytes, and the lengths in bits. */
static void hash_end(const struct ghash_key *hash, uint8_t y[BLOCK], const uint8_t *tail, size_t tail_length,
                     uint64_t ad_length, uint64_t length)
{
    uint8_t blocks[2 * BLOCK] = { 0 };
    const size_t first = tail_length == 0 ? BLOCK : 0;

    bytes_copy(blocks, tail, tail_length);
    store64_be(blocks + BLOCK, ad_length * 8);
    store64_be(blocks + BLOCK + 8, length * 8);
    sw_kernels.ghash(hash, y, blocks + first, 2 - first / BLOCK);
}

/* 7.1, step 2: J0. */
static void first_counter(const struct ghash_key *hash, uint8_t counter[BLOCK], const uint8_t *nonce, size_t nonce_length)
{
    memset(counter, 0, BLOCK);
    if (nonce_length == 12) {
        memcpy(counter, nonce, 12);
        counter[15] = 1;
    } else {
        hash_padded(hash, counter, nonce, nonce_length);
        hash_end(hash, counter, NULL, 0, 0, nonce_length);
    }
}

/* What both directions have of one message. */
struct message_state {
    uint8_t counter[BLOCK];
    uint8_t y[BLOCK];
    uint8_t pads[2 * BLOCK];     /* the inputs to the cipher for the tag and for the tail, then its outputs */
};

static void begin(const struct gcm_key *key, struct message_state *state, const struct aead_message *message)
{
    first_counter(&key->hash, state->counter, message->nonce, message->nonce_length);
    memcpy(state->pads, state->counter, BLOCK);
    increment(state->counter);
    memset(state->y, 0, BLOCK);
    hash_padded(&key->hash, state->y, message->ad, message->ad_length);
}

static void encrypt(const struct sw_block_cipher *cipher, const void *expanded, const struct aead_message *message, uint8_t *tag)
{
    const struct gcm_key *key = expanded;
    struct message_state state;
    const size_t tail = message->length % BLOCK;
    const size_t whole = message->length - tail;

    if (cipher->gcm_seal_short != NULL && cipher->gcm_seal_short(&key->cipher, &key->hash, message, tag)) {
        return;
    }
    begin(key, &state, message);
    sw_block_gcm_encrypt(cipher, &key->cipher, &key->hash, state.counter, state.y, message->input, message->output,
                         whole / BLOCK);
    memcpy(state.pads + BLOCK, state.counter, BLOCK);
    cipher->encrypt(&key->cipher, state.pads, state.pads, 2);
    sw_block_xor(message->output + whole, message->input + whole, state.pads + BLOCK, tail);
    hash_end(&key->hash, state.y, message->output + whole, tail, message->ad_length, message->length);
    sw_block_xor(tag, state.pads, state.y, message->tag_length);
    ZEROISE(state);
}

/* Whether the tag is right, once all whole blocks are hashed. */
static uint32_t is_authentic(const struct gcm_key *key, struct message_state *state, const struct aead_message *message, const uint8_t *tag)
{
    const size_t tail = message->length % BLOCK;

    hash_end(&key->hash, state->y, message->input + (message->length - tail), tail, message->ad_length, message->length);
    sw_block_xor(state->y, state->y, state->pads, BLOCK);
    uint32_t verified = ct_mask_equal(state->y, tag, message->tag_length);
    CT_PUBLIC(&verified, sizeof(verified)); /* whether the message is authentic is the answer */
    return verified;
}

static uint32_t decrypt_blocks(const struct sw_block_cipher *cipher, const struct gcm_key *key, struct message_state *state,
                               const struct aead_message *message, const uint8_t *tag)
{
    const size_t count = message->length / BLOCK;

    sw_kernels.ghash(&key->hash, state->y, message->input, count);
    const uint32_t verified = is_authentic(key, state, message, tag);
    if (verified != 0) {
        sw_block_ctr32(cipher, &key->cipher, state->counter, message->input, message->output, count);
    }
    return verified;
}

/* The same, where the first pass can make key stream for the second. */
static uint32_t decrypt_ahead(const struct sw_block_cipher *cipher, const struct gcm_key *key, struct message_state *state,
                              const struct aead_message *message, const uint8_t *tag)
{
    uint8_t stream[AES_GCM_AHEAD_MAX * BLOCK];
    const size_t count = message->length / BLOCK;
    const size_t ahead = count < 2 * AES_GCM_AHEAD_MAX ? count / 32 * 16 : AES_GCM_AHEAD_MAX;

    if (!cipher->gcm_hash_ahead(&key->cipher, &key->hash, state->counter, state->y, message->input, count, stream, ahead)) {
        return decrypt_blocks(cipher, key, state, message, tag);
    }
    const uint32_t verified = is_authentic(key, state, message, tag);
    if (verified != 0) {
        cipher->gcm_open_text(&key->cipher, state->counter, message->input, message->output, count, stream, ahead);
    }
    zeroise(stream, ahead * BLOCK);
    return verified;
}

/* Messages that are worth it. */
#define AHEAD_MIN 512u

static uint32_t decrypt(const struct sw_block_cipher *cipher, const void *expanded, const struct aead_message *message,
                        const uint8_t *tag)
{
    const struct gcm_key *key = expanded;
    struct message_state state;
    const size_t tail = message->length % BLOCK;
    const size_t whole = message->length - tail;
    const int long_enough = message->length >= AHEAD_MIN && cipher->gcm_hash_ahead != NULL;
    uint32_t verified;

    if (cipher->gcm_open_short != NULL && cipher->gcm_open_short(&key->cipher, &key->hash, message, tag, &verified)) {
        return verified;
    }
    begin(key, &state, message);
    memcpy(state.pads + BLOCK, state.counter, BLOCK);
    store32_be(state.pads + 28, load32_be(state.counter + 12) + (uint32_t)(whole / BLOCK));
    cipher->encrypt(&key->cipher, state.pads, state.pads, 2);
    verified = (long_enough ? decrypt_ahead : decrypt_blocks)(cipher, key, &state, message, tag);
    if (verified != 0) {
        sw_block_xor(message->output + whole, message->input + whole, state.pads + BLOCK, tail);
    }
    ZEROISE(state);
    return verified;
}

static void start(const struct sw_block_cipher *cipher, const void *expanded, void *memory,
                  const uint8_t *nonce, size_t nonce_length)
{
    const struct gcm_key *key = expanded;
    struct gcm_context *context = memory;

    first_counter(&key->hash, context->counter, nonce, nonce_length);
    cipher->encrypt(&key->cipher, context->counter, context->mask, 1);
    increment(context->counter);
}

/* Multiplies by H what has been added to y. */
static void hash_pending(const struct ghash_key *hash, uint8_t y[BLOCK])
{
    static const uint8_t nothing[BLOCK];

    sw_kernels.ghash(hash, y, nothing, 1);
}

static void update_ad(const struct sw_block_cipher *cipher, const void *expanded, void *memory,
                      const uint8_t *input, size_t length)
{
    const struct gcm_key *key = expanded;
    struct gcm_context *context = memory;
    const size_t offset = (size_t)(context->head.ad_length % BLOCK);

    (void)cipher;
    if (offset != 0) {
        const size_t n = length < BLOCK - offset ? length : BLOCK - offset;
        sw_block_xor(context->y + offset, context->y + offset, input, n);
        if (offset + n < BLOCK) {
            return;
        }
        hash_pending(&key->hash, context->y);
        input += n;
        length -= n;
    }
    sw_kernels.ghash(&key->hash, context->y, input, length / BLOCK);
    sw_block_xor(context->y, context->y, input + length / BLOCK * BLOCK, length % BLOCK);
}

/* Pads the associated data with zeros, once, before anything else is hashed. */
static void end_ad(const struct gcm_key *key, struct gcm_context *context)
{
    if (context->head.length == 0 && context->head.ad_length % BLOCK != 0) {
        hash_pending(&key->hash, context->y);
    }
}

/* length bytes of a block from offset on; its key stream is there. */
static void update_within_block(struct gcm_context *context, size_t offset, const uint8_t *input, size_t length, uint8_t *output)
{
    uint8_t *y = context->y + offset;

    if (context->head.decrypt) {
        sw_block_xor(y, y, input, length);
        sw_block_xor(output, input, context->keystream + offset, length);
    } else {
        sw_block_xor(output, input, context->keystream + offset, length);
        sw_block_xor(y, y, output, length);
    }
}

static void update(const struct sw_block_cipher *cipher, const void *expanded, void *memory,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    const struct gcm_key *key = expanded;
    struct gcm_context *context = memory;
    const size_t offset = (size_t)(context->head.length % BLOCK);

    end_ad(key, context);
    if (offset != 0) {
        const size_t n = length < BLOCK - offset ? length : BLOCK - offset;
        update_within_block(context, offset, input, n, output);
        if (offset + n < BLOCK) {
            return;
        }
        hash_pending(&key->hash, context->y);
        input += n;
        output += n;
        length -= n;
    }
    const size_t count = length / BLOCK;
    if (context->head.decrypt) {
        sw_block_gcm_decrypt(cipher, &key->cipher, &key->hash, context->counter, context->y, input, output, count);
    } else {
        sw_block_gcm_encrypt(cipher, &key->cipher, &key->hash, context->counter, context->y, input, output, count);
    }
    if (length % BLOCK != 0) {
        cipher->encrypt(&key->cipher, context->counter, context->keystream, 1);
        increment(context->counter);
        update_within_block(context, 0, input + count * BLOCK, length % BLOCK, output + count * BLOCK);
    }
}

static void finish(const struct sw_block_cipher *cipher, const void *expanded, void *memory, uint8_t tag[BLOCK])
{
    const struct gcm_key *key = expanded;
    struct gcm_context *context = memory;

    (void)cipher;
    end_ad(key, context);
    if (context->head.length % BLOCK != 0) {
        hash_pending(&key->hash, context->y);
    }
    hash_end(&key->hash, context->y, NULL, 0, context->head.ad_length, context->head.length);
    sw_block_xor(tag, context->mask, context->y, BLOCK);
}

const struct sw_aead sw_gcm = {
    .alg = SW_AEAD_BASE(PSA_ALG_GCM),
    .tag_lengths = 1u << 4 | 1u << 8 | 1u << 12 | 1u << 13 | 1u << 14 | 1u << 15 | 1u << 16,
    .context_size = sizeof(struct gcm_context),
    .hash_key_size = sizeof(struct ghash_key),
    .check = check,
    .expand = expand,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .start = start,
    .update_ad = update_ad,
    .update = update,
    .finish = finish,
};
