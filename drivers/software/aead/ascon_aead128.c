/* SPDX-License-Identifier: Apache-2.0 */
/* Ascon-AEAD128 (NIST SP 800-232, section 4.1) and, with keys of 256 bits, its variant with nonce masking (4.2.2). */
#include "software/aead/aead.h"
#include "software/hash/ascon.h"
#include "software/hash/ascon_rounds.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/ct.h"
#include "util/zeroise.h"

#if PSA_WANT_ALG_ASCON_AEAD128 && PSA_WANT_KEY_TYPE_ASCON

#define RATE 16u
#define IV UINT64_C(0x00001000808c0001) /* appendix B */

struct ascon_key {
    uint64_t key[2];
    uint64_t mask[2];   /* of the nonce; 0 for keys of 128 bits */
};

struct ascon_context {
    struct sw_aead_context head;
    uint64_t state[5];
};
STATIC_ASSERT(sizeof(struct ascon_context) <= PSACRYPTO_AEAD_CONTEXT_SIZE, ascon_context_lies_inline);

/* 4.2.4 allows 2^54 bytes under one key, which is for its owner to keep: one message does not come near. */
static psa_status_t check(size_t nonce_length, uint64_t ad_length, uint64_t length)
{
    (void)ad_length;
    (void)length;
    return nonce_length == 16 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

static void expand(const struct sw_block_cipher *cipher, void *memory, const uint8_t *bytes, size_t key_length)
{
    struct ascon_key *key = memory;

    (void)cipher;
    for (unsigned i = 0; i < 2; i++) {
        key->key[i] = load64_le(bytes + 8u * i);
        key->mask[i] = key_length == 16 ? 0 : load64_le(bytes + 16u + 8u * i);
    }
}

/* ---- Bytes into the first 16 of the state, and out of them ---- */

enum step {
    ABSORB,    /* state ^= input, no output */
    ENCRYPT,   /* the same, which is the output */
    DECRYPT,   /* output = state ^ input, state = input */
    VERIFY,    /* state = input, no output */
};

static inline uint64_t step_state(enum step step, uint64_t state, uint64_t input)
{
    return step == ABSORB || step == ENCRYPT ? state ^ input : input;
}

static inline void one_byte(uint64_t state[5], unsigned position, enum step step, uint8_t input, uint8_t *output)
{
    const unsigned shift = 8u * (position % 8u);
    uint64_t *word = &state[position / 8u];
    const uint8_t before = (uint8_t)(*word >> shift);
    const uint8_t after = (uint8_t)step_state(step, before, input);

    *word ^= (uint64_t)(before ^ after) << shift;
    if (step == ENCRYPT || step == DECRYPT) {
        *output = before ^ input;
    }
}

static inline void one_block(uint64_t state[5], enum step step, const uint8_t *input, uint8_t *output)
{
    const uint64_t before[2] = { state[0], state[1] };
    const uint64_t in[2] = { load64_le(input), load64_le(input + 8) };

    state[0] = step_state(step, before[0], in[0]);
    state[1] = step_state(step, before[1], in[1]);
    if (step == ENCRYPT || step == DECRYPT) {
        store64_le(output, before[0] ^ in[0]);
        store64_le(output + 8, before[1] ^ in[1]);
    }
}

/* Bytes of one block, from `position` on. */
static void some_bytes(uint64_t state[5], enum step step, unsigned position, const uint8_t *input, size_t length, uint8_t *output)
{
    for (size_t i = 0; i < length; i++) {
        one_byte(state, position + (unsigned)i, step, input[i], output == NULL ? NULL : output + i);
    }
}

static void whole_blocks(uint64_t state[5], enum step step, const uint8_t *input, size_t count, uint8_t *output)
{
    uint64_t x[5] = { state[0], state[1], state[2], state[3], state[4] };

    for (size_t i = 0; i < count; i++) {
        one_block(x, step, input + RATE * i, output == NULL ? NULL : output + RATE * i);
        ascon_rounds(x, 8);
    }
#pragma GCC unroll 5
    for (unsigned i = 0; i < 5; i++) {
        state[i] = x[i];
    }
}

/* The next bytes of a string, `done` of which went before. */
static void process(uint64_t state[5], enum step step, uint64_t done, const uint8_t *input, size_t length, uint8_t *output)
{
    const unsigned position = (unsigned)(done % RATE);
    size_t first = 0;

    if (position != 0) {
        first = length < RATE - position ? length : RATE - position;
        some_bytes(state, step, position, input, first, output);
        if (position + first < RATE) {
            return;
        }
        sw_ascon_permute(state, 8);
    }
    const size_t count = (length - first) / RATE, rest = first + RATE * count;
    whole_blocks(state, step, input + first, count, output == NULL ? NULL : output + first);
    some_bytes(state, step, 0, input + rest, length - rest, output == NULL ? NULL : output + rest);
}

/* The 1 behind a string of `length` bytes. */
static void pad(uint64_t state[5], uint64_t length)
{
    const unsigned position = (unsigned)(length % RATE);

    state[position / 8u] ^= (uint64_t)1 << (8u * (position % 8u));
}

/* ---- The steps of algorithm 3 ---- */

static void begin(uint64_t state[5], const struct ascon_key *key, const uint8_t nonce[16])
{
    state[0] = IV;
    state[1] = key->key[0];
    state[2] = key->key[1];
    state[3] = load64_le(nonce) ^ key->mask[0];
    state[4] = load64_le(nonce + 8) ^ key->mask[1];
    sw_ascon_permute(state, 12);
    state[3] ^= key->key[0];
    state[4] ^= key->key[1];
}

/* Between associated data and text, also where there is none of them. */
static void end_ad(uint64_t state[5], uint64_t ad_length)
{
    if (ad_length != 0) {
        pad(state, ad_length);
        sw_ascon_permute(state, 8);
    }
    state[4] ^= (uint64_t)1 << 63;
}

static void end_text(uint64_t state[5], uint8_t tag[16], const struct ascon_key *key, uint64_t length)
{
    pad(state, length);
    state[2] ^= key->key[0];
    state[3] ^= key->key[1];
    sw_ascon_permute(state, 12);
    store64_le(tag, state[3] ^ key->key[0]);
    store64_le(tag + 8, state[4] ^ key->key[1]);
}

/* ---- One message ---- */

static void begin_message(uint64_t state[5], const struct ascon_key *key, const struct aead_message *message)
{
    begin(state, key, message->nonce);
    process(state, ABSORB, 0, message->ad, message->ad_length, NULL);
    end_ad(state, message->ad_length);
}

static void encrypt(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message, uint8_t *tag)
{
    uint64_t state[5];
    uint8_t whole[16];

    (void)cipher;
    begin_message(state, key, message);
    process(state, ENCRYPT, 0, message->input, message->length, message->output);
    end_text(state, whole, key, message->length);
    memcpy(tag, whole, message->tag_length);
    ZEROISE(state);
    ZEROISE(whole);
}

/* Plaintext that waits here until it is known to be authentic. */
#define SHORT 256u

/* A longer text goes through the permutation twice: the first time for the tag, and nothing is written. */
static uint32_t decrypt(const struct sw_block_cipher *cipher, const void *key, const struct aead_message *message,
                        const uint8_t *tag)
{
    uint64_t start_of_text[5], state[5];
    uint8_t whole[16], plaintext[SHORT];
    const int is_short = message->length <= SHORT;

    (void)cipher;
    begin_message(start_of_text, key, message);
    memcpy(state, start_of_text, sizeof(state));
    process(state, is_short ? DECRYPT : VERIFY, 0, message->input, message->length, is_short ? plaintext : NULL);
    end_text(state, whole, key, message->length);
    uint32_t verified = ct_mask_equal(whole, tag, message->tag_length);
    CT_PUBLIC(&verified, sizeof(verified)); /* whether the message is authentic is the answer */
    if (verified != 0 && is_short) {
        bytes_copy(message->output, plaintext, message->length);
    } else if (verified != 0) {
        process(start_of_text, DECRYPT, 0, message->input, message->length, message->output);
    }
    zeroise(plaintext, is_short ? message->length : 0);
    ZEROISE(start_of_text);
    ZEROISE(state);
    ZEROISE(whole);
    return verified;
}

/* ---- In parts ---- */

static void start(const struct sw_block_cipher *cipher, const void *key, void *memory, const uint8_t *nonce, size_t nonce_length)
{
    struct ascon_context *context = memory;

    (void)cipher;
    (void)nonce_length;
    begin(context->state, key, nonce);
}

static void update_ad(const struct sw_block_cipher *cipher, const void *key, void *memory, const uint8_t *input, size_t length)
{
    struct ascon_context *context = memory;

    (void)cipher;
    (void)key;
    process(context->state, ABSORB, context->head.ad_length, input, length, NULL);
}

/* Before the first byte of text; without text, before the tag. */
static void end_ad_once(struct ascon_context *context)
{
    if (context->head.length == 0) {
        end_ad(context->state, context->head.ad_length);
    }
}

static void update(const struct sw_block_cipher *cipher, const void *key, void *memory,
                   const uint8_t *input, size_t length, uint8_t *output)
{
    struct ascon_context *context = memory;

    (void)cipher;
    (void)key;
    end_ad_once(context);
    process(context->state, context->head.decrypt ? DECRYPT : ENCRYPT, context->head.length, input, length, output);
}

static void finish(const struct sw_block_cipher *cipher, const void *key, void *memory, uint8_t tag[16])
{
    struct ascon_context *context = memory;

    (void)cipher;
    end_ad_once(context);
    end_text(context->state, tag, key, context->head.length);
}

const struct sw_aead sw_ascon_aead128 = {
    .alg = SW_AEAD_BASE(PSA_ALG_ASCON_AEAD128),
    .key_type = PSA_KEY_TYPE_ASCON,
    .tag_lengths = 0x1fff0u, /* 4 to 16 */
    .key_lengths = 1u << 2 | 1u << 4,
    .context_size = sizeof(struct ascon_context),
    .hash_key_size = sizeof(struct ascon_key),
    .check = check,
    .expand = expand,
    .encrypt = encrypt,
    .decrypt = decrypt,
    .start = start,
    .update_ad = update_ad,
    .update = update,
    .finish = finish,
};

#endif
