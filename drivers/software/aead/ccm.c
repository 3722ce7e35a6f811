/* SPDX-License-Identifier: Apache-2.0 */
/* CCM (SP 800-38C, RFC 3610) over any block cipher with blocks of 16 bytes. */
#include "software/aead/aead.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#define BLOCK 16u

struct ccm_state {
    uint8_t counter[BLOCK];      /* of the next block */
    uint8_t mask[BLOCK];         /* S0 = E(Ctr0), which the tag is added to */
    uint8_t mac[BLOCK];          /* CBC-MAC; the bytes of an unfinished block are already added in */
    uint8_t keystream[BLOCK];    /* for an unfinished block */
};

struct ccm_context {
    struct sw_aead_context head;
    uint64_t formatted;          /* bytes of associated data in the MAC, their encoded length included */
    struct ccm_state state;
};
STATIC_ASSERT(sizeof(struct ccm_context) <= PSACRYPTO_AEAD_CONTEXT_SIZE, ccm_context_lies_inline);

/* RFC 3610, 2: the length takes the 15 - n bytes that the nonce leaves. */
static psa_status_t check(size_t nonce_length, uint64_t ad_length, uint64_t length)
{
    (void)ad_length; /* every length can be encoded */
    if (nonce_length < 7 || nonce_length > 13) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    const unsigned length_bits = 8u * (15u - (unsigned)nonce_length);
    return length_bits < 64 && length >> length_bits != 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_SUCCESS;
}

static void expand(const struct sw_block_cipher *cipher, void *key, const uint8_t *bytes, size_t key_length)
{
    cipher->expand(key, bytes, key_length, 0);
}

/* SP 800-38C, A.2.2: the length of the associated data in front of them. Answers its length in bytes. */
static size_t encode_ad_length(uint8_t encoded[10], uint64_t ad_length)
{
    if (ad_length < 0xFF00u) {
        store16_be(encoded, (uint16_t)ad_length);
        return 2;
    }
    encoded[0] = 0xFF;
    if (ad_length <= 0xFFFFFFFFu) {
        encoded[1] = 0xFE;
        store32_be(encoded + 2, (uint32_t)ad_length);
        return 6;
    }
    encoded[1] = 0xFF;
    store64_be(encoded + 2, ad_length);
    return 10;
}

/* A.2.1 and A.3: B0 through the cipher, S0, the counter block of the first key stream. */
static void begin(const struct sw_block_cipher *cipher, const void *key, struct ccm_state *state, const uint8_t *nonce,
                  size_t nonce_length, size_t tag_length, int with_ad, uint64_t length)
{
    const uint8_t length_size = (uint8_t)(15u - nonce_length);
    uint8_t blocks[2 * BLOCK] = { 0 };

    /* The length is stored in eight bytes first; what it does not fill belongs to the nonce. */
    store64_be(blocks + 8, length);
    blocks[0] = (uint8_t)((with_ad ? 0x40u : 0u) | ((tag_length - 2u) / 2u << 3) | (length_size - 1u));
    memcpy(blocks + 1, nonce, nonce_length);
    blocks[BLOCK] = (uint8_t)(length_size - 1u);
    memcpy(blocks + BLOCK + 1, nonce, nonce_length);
    memcpy(state->counter, blocks + BLOCK, BLOCK);
    state->counter[15] = 1;
    cipher->encrypt(key, blocks, blocks, 2);
    memcpy(state->mac, blocks, BLOCK);
    memcpy(state->mask, blocks + BLOCK, BLOCK);
    ZEROISE(blocks);
}

/* CBC-MAC over more input; `before` bytes are in the MAC since a block boundary or longer. */
static void mac_input(const struct sw_block_cipher *cipher, const void *key, uint8_t mac[BLOCK], uint64_t before,
                      const uint8_t *input, size_t length)
{
    const size_t offset = (size_t)(before % BLOCK);

    if (offset != 0) {
        const size_t n = length < BLOCK - offset ? length : BLOCK - offset;
        sw_block_xor(mac + offset, mac + offset, input, n);
        if (offset + n < BLOCK) {
            return;
        }
        cipher->encrypt(key, mac, mac, 1);
        input += n;
        length -= n;
    }
    sw_block_cbc_mac(cipher, key, mac, input, length / BLOCK);
    sw_block_xor(mac, mac, input + length / BLOCK * BLOCK, length % BLOCK);
}

/* Zeros up to the end of the block, whose bytes have been added. */
static void mac_pad(const struct sw_block_cipher *cipher, const void *key, uint8_t mac[BLOCK], uint64_t before)
{
    if (before % BLOCK != 0) {
        cipher->encrypt(key, mac, mac, 1);
    }
}

static void begin_message(const struct sw_block_cipher *cipher, const void *key, struct ccm_state *state,
                          const struct aead_message *message)
{
    begin(cipher, key, state, message->nonce, message->nonce_length, message->tag_length, message->ad_length != 0,
          message->length);
    if (message->ad_length != 0) {
        uint8_t encoded[10];
        const size_t n = encode_ad_length(encoded, message->ad_length);
        mac_input(cipher, key, state->mac, 0, encoded, n);
        mac_input(cipher, key, state->mac, n, message->ad, message->ad_length);
        mac_pad(cipher, key, state->mac, (uint64_t)n + message->ad_length);
    }
}

static void next_keystream(const struct sw_block_cipher *cipher, const void *key, struct ccm_state *state)
{
    cipher->encrypt(key, state->counter, state->keystream, 1);
    store64_be(state->counter + 8, load64_be(state->counter + 8) + 1);
}

/* length bytes of a block from offset on, whose key stream is there. output NULL (decryption): for the MAC alone. */
static void within_block(struct ccm_state *state, int decrypt, size_t offset,
                         const uint8_t *input, size_t length, uint8_t *output)
{
    for (size_t i = 0; i < length; i++) {
        const uint8_t text = input[i];
        const uint8_t other = (uint8_t)(text ^ state->keystream[offset + i]);
        state->mac[offset + i] ^= decrypt ? other : text;
        if (output != NULL) {
            output[i] = other;
        }
    }
}

static void encrypt(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message, uint8_t *tag)
{
    struct ccm_state state;
    const size_t tail = message->length % BLOCK;
    const size_t whole = message->length - tail;

    begin_message(cipher, key, &state, message);
    sw_block_ccm_encrypt(cipher, key, state.counter, state.mac, message->input, message->output, whole / BLOCK);
    if (tail != 0) {
        next_keystream(cipher, key, &state);
        within_block(&state, 0, 0, message->input + whole, tail, message->output + whole);
        mac_pad(cipher, key, state.mac, tail);
    }
    sw_block_xor(tag, state.mac, state.mask, message->tag_length);
    ZEROISE(state);
}

/* The text is deciphered twice: once for the MAC alone, and into the output once that is right. */
static uint32_t decrypt(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message,
                        const uint8_t *tag)
{
    struct ccm_state state;
    uint8_t first[BLOCK];
    const size_t tail = message->length % BLOCK;
    const size_t whole = message->length - tail;

    begin_message(cipher, key, &state, message);
    memcpy(first, state.counter, BLOCK);
    sw_block_ccm_decrypt(cipher, key, state.counter, state.mac, message->input, NULL, whole / BLOCK);
    if (tail != 0) {
        next_keystream(cipher, key, &state);
        within_block(&state, 1, 0, message->input + whole, tail, NULL);
        mac_pad(cipher, key, state.mac, tail);
    }
    sw_block_xor(state.mac, state.mac, state.mask, BLOCK);
    uint32_t verified = ct_mask_equal(state.mac, tag, message->tag_length);
    CT_PUBLIC(&verified, sizeof(verified)); /* whether the message is authentic is the answer */
    if (verified != 0) {
        sw_block_ctr(cipher, key, first, message->input, message->output, whole / BLOCK);
        sw_block_xor(message->output + whole, message->input + whole, state.keystream, tail);
    }
    ZEROISE(state);
    return verified;
}

static void start(const struct sw_block_cipher *cipher, const void *key, void *memory,
                  const uint8_t *nonce, size_t nonce_length)
{
    struct ccm_context *context = memory;
    const struct sw_aead_context *head = &context->head;

    begin(cipher, key, &context->state, nonce, nonce_length, head->tag_length, head->ad_announced != 0, head->announced);
    context->formatted = 0;
    if (head->ad_announced != 0) {
        uint8_t encoded[10];
        const size_t n = encode_ad_length(encoded, head->ad_announced);
        mac_input(cipher, key, context->state.mac, 0, encoded, n);
        context->formatted = n;
    }
}

static void update_ad(const struct sw_block_cipher *cipher, const void *key, void *memory, const uint8_t *input, size_t length)
{
    struct ccm_context *context = memory;

    mac_input(cipher, key, context->state.mac, context->formatted, input, length);
    context->formatted += length;
}

/* Pads the associated data with zeros, once, before anything else goes into the MAC. */
static void end_ad(const struct sw_block_cipher *cipher, const void *key, struct ccm_context *context)
{
    if (context->head.length == 0) {
        mac_pad(cipher, key, context->state.mac, context->formatted);
    }
}

static void update(const struct sw_block_cipher *cipher, const void *key, void *memory,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    struct ccm_context *context = memory;
    struct ccm_state *state = &context->state;
    const int decrypting = context->head.decrypt;
    const size_t offset = (size_t)(context->head.length % BLOCK);

    end_ad(cipher, key, context);
    if (offset != 0) {
        const size_t n = length < BLOCK - offset ? length : BLOCK - offset;
        within_block(state, decrypting, offset, input, n, output);
        if (offset + n < BLOCK) {
            return;
        }
        cipher->encrypt(key, state->mac, state->mac, 1);
        input += n;
        output += n;
        length -= n;
    }
    const size_t count = length / BLOCK;
    if (decrypting) {
        sw_block_ccm_decrypt(cipher, key, state->counter, state->mac, input, output, count);
    } else {
        sw_block_ccm_encrypt(cipher, key, state->counter, state->mac, input, output, count);
    }
    if (length % BLOCK != 0) {
        next_keystream(cipher, key, state);
        within_block(state, decrypting, 0, input + count * BLOCK, length % BLOCK, output + count * BLOCK);
    }
}

static void finish(const struct sw_block_cipher *cipher, const void *key, void *memory, uint8_t tag[BLOCK])
{
    struct ccm_context *context = memory;

    end_ad(cipher, key, context);
    mac_pad(cipher, key, context->state.mac, context->head.length);
    sw_block_xor(tag, context->state.mac, context->state.mask, BLOCK);
}

const struct sw_aead sw_ccm = {
    .alg = SW_AEAD_BASE(PSA_ALG_CCM),
    .tag_lengths = 1u << 4 | 1u << 6 | 1u << 8 | 1u << 10 | 1u << 12 | 1u << 14 | 1u << 16,
    .context_size = sizeof(struct ccm_context),
    .needs_lengths = 1,
    .check = check,
    .expand = expand,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .start = start,
    .update_ad = update_ad,
    .update = update,
    .finish = finish,
};
