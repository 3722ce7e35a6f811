/* SPDX-License-Identifier: Apache-2.0 */
#include "software/hash/md.h"

#include "util/bytes.h"
#include "util/zeroise.h"

#define BLOCK_MAX 128u
#define STATE_MAX 64u

/* ---- The parts of a context ---- */

static size_t state_size(const struct sw_md *md)
{
    return (size_t)md->word * md->words;
}

static uint8_t *block_of(const struct sw_md *md, struct sw_md_context *context)
{
    return (uint8_t *)context->memory + state_size(md);
}

/* Bytes that wait for the rest of their block; block is a power of two. */
static size_t filled(const struct sw_md *md, const struct sw_md_context *context)
{
    return (size_t)(context->length_low & (md->block - 1u));
}

static void add_length(struct sw_md_context *context, size_t input_length)
{
    context->length_low += input_length;
    context->length_high += context->length_low < input_length;
}

/* The largest message of 2^64 - 1 (2^128 - 1) bits has 2^61 - 1 (2^125 - 1) whole bytes: FIPS 180-4, section 1. */
static int length_is_valid(const struct sw_md *md, uint64_t high, uint64_t low)
{
    return md->word == 4u ? high == 0 && low >> 61 == 0 : high >> 61 == 0;
}

/* ---- Words and bytes ---- */

static void store_words64(uint8_t *bytes, const uint64_t *words, size_t length)
{
    size_t whole = length / 8u;

    for (size_t i = 0; i < whole; i++) {
        store64_be(bytes + 8u * i, words[i]);
    }
    if (length % 8u != 0) { /* SHA-512/224 ends with half a word */
        store32_be(bytes + 8u * whole, (uint32_t)(words[whole] >> 32));
    }
}

static void store_words32(uint8_t *bytes, const uint32_t *words, size_t length)
{
    for (size_t i = 0; i < length / 4u; i++) {
        store32_be(bytes + 4u * i, words[i]);
    }
}

static void store_words32_little(uint8_t *bytes, const uint32_t *words, size_t length)
{
    for (size_t i = 0; i < length / 4u; i++) {
        store32_le(bytes + 4u * i, words[i]);
    }
}

/* 64-bit words are big-endian in every hash that has them. */
void sw_md_words_to_bytes(const struct sw_md *md, const void *words, uint8_t *bytes, size_t length)
{
    if (md->word == 8u) {
        store_words64(bytes, words, length);
    } else if (md->little) {
        store_words32_little(bytes, words, length);
    } else {
        store_words32(bytes, words, length);
    }
}

static void bytes_to_words(const struct sw_md *md, void *words, const uint8_t *bytes)
{
    uint32_t *w32 = words;
    uint64_t *w64 = words;

    for (size_t i = 0; i < md->words; i++) {
        if (md->word == 8u) {
            w64[i] = load64_be(bytes + 8u * i);
        } else {
            w32[i] = md->little ? load32_le(bytes + 4u * i) : load32_be(bytes + 4u * i);
        }
    }
}

/* ---- The hash ---- */

void sw_md_init(const struct sw_md *md, void *context, const void *initial)
{
    struct sw_md_context *c = context;
    c->length_low = 0;
    c->length_high = 0;
    memcpy(c->memory, initial, state_size(md));
}

void sw_md_update(const struct sw_md *md, void *context, const uint8_t *input, size_t input_length)
{
    struct sw_md_context *c = context;
    size_t fill = filled(md, c);

    if (input_length == 0) {
        return;
    }
    add_length(c, input_length);
    if (fill != 0) {
        size_t take = md->block - fill;
        if (take > input_length) {
            take = input_length;
        }
        memcpy(block_of(md, c) + fill, input, take);
        if (fill + take < md->block) {
            return;
        }
        md->compress(c->memory, block_of(md, c), 1);
        input += take;
        input_length -= take;
    }
    size_t whole = input_length / md->block;
    if (whole != 0) {
        md->compress(c->memory, input, whole);
    }
    bytes_copy(block_of(md, c), input + whole * md->block, input_length % md->block);
}

/* The length in bits, as the last two words of the block. */
static void store_length(const struct sw_md *md, uint8_t *end, uint64_t high, uint64_t low)
{
    uint64_t bits = low << 3;

    if (md->little) {
        store64_le(end - 8, bits);
    } else {
        store64_be(end - 8, bits);
    }
    if (md->word == 8u) {
        store64_be(end - 16, (high << 3) | (low >> 61));
    }
}

void sw_md_finish(const struct sw_md *md, void *context, uint8_t *hash, size_t hash_length)
{
    struct sw_md_context *c = context;
    uint8_t *block = block_of(md, c);
    size_t fill = filled(md, c);
    size_t field = md->block - 2u * md->word;

    block[fill++] = 0x80;
    if (fill > field) {
        memset(block + fill, 0, md->block - fill);
        md->compress(c->memory, block, 1);
        fill = 0;
    }
    memset(block + fill, 0, field - fill);
    store_length(md, block + md->block, c->length_high, c->length_low);
    md->compress(c->memory, block, 1);
    sw_md_words_to_bytes(md, c->memory, hash, hash_length);
}

void sw_md_pad(const struct sw_md *md, uint8_t *block, size_t fill, uint64_t length)
{
    block[fill++] = 0x80;
    memset(block + fill, 0, md->block - fill);
    store_length(md, block + md->block, 0, length);
}

static void compress_behind(const struct sw_md *md, const struct sw_md_context *context, uint64_t state[STATE_MAX / 8u],
                            const uint8_t *block)
{
    memcpy(state, context->memory, state_size(md));
    md->compress(state, block, 1);
}

void sw_md_nested_short(const struct sw_md *md, const void *inner, const void *outer, const uint8_t *input, size_t input_length,
                        uint8_t *hash, size_t hash_length)
{
    const struct sw_md_context *c = inner, *d = outer;
    struct {
        uint64_t state[STATE_MAX / 8u];
        uint8_t inner[BLOCK_MAX], outer[BLOCK_MAX];
    } w;

    if (md->nested_short != NULL && hash_length == state_size(md)) {
        md->nested_short(c->memory, d->memory, input, input_length, hash);
        return;
    }
    bytes_copy(w.inner, input, input_length);
    sw_md_pad(md, w.inner, input_length, md->block + input_length);
    sw_md_pad(md, w.outer, hash_length, md->block + hash_length); /* before the CPU is busy with what waits for it */
    compress_behind(md, c, w.state, w.inner);
    sw_md_words_to_bytes(md, w.state, w.outer, hash_length);
    compress_behind(md, d, w.state, w.outer);
    sw_md_words_to_bytes(md, w.state, hash, hash_length);
    ZEROISE(w);
}

void sw_md_compress_lanes(const struct sw_md *md, void *states, const uint8_t *blocks, size_t lanes)
{
    if (md->compress_lanes != NULL) {
        md->compress_lanes(states, blocks, lanes);
        return;
    }
    for (size_t i = 0; i < lanes; i++) {
        md->compress((uint8_t *)states + i * state_size(md), blocks + i * md->block, 1);
    }
}

int sw_md_accepts(const struct sw_md *md, const void *context, size_t input_length)
{
    const struct sw_md_context *c = context;
    uint64_t low = c->length_low + input_length;

    return length_is_valid(md, c->length_high + (low < input_length), low);
}

/* ---- Suspend and resume (Crypto API, "Hash suspend state format") ----
 * input length, big-endian, of two words' size; the state's words in the hash's own byte order; unprocessed input. */

psa_status_t sw_md_suspend(const struct sw_md *md, const void *context,
                           uint8_t *state, size_t size, size_t *state_length)
{
    const struct sw_md_context *c = context;
    size_t fill = filled(md, c);
    size_t field = 2u * md->word;

    if (size < field + state_size(md) + fill) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    if (md->word == 8u) {
        store64_be(state, c->length_high);
    }
    store64_be(state + field - 8, c->length_low);
    sw_md_words_to_bytes(md, c->memory, state + field, state_size(md));
    memcpy(state + field + state_size(md), (const uint8_t *)c->memory + state_size(md), fill);
    *state_length = field + state_size(md) + fill;
    return PSA_SUCCESS;
}

psa_status_t sw_md_resume(const struct sw_md *md, void *context, const uint8_t *state, size_t state_length)
{
    struct sw_md_context *c = context;
    size_t field = 2u * md->word;

    if (state_length < field + state_size(md)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    c->length_high = md->word == 8u ? load64_be(state) : 0;
    c->length_low = load64_be(state + field - 8);
    if (!length_is_valid(md, c->length_high, c->length_low) ||
        state_length != field + state_size(md) + filled(md, c)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    bytes_to_words(md, c->memory, state + field);
    memcpy(block_of(md, c), state + field + state_size(md), filled(md, c));
    return PSA_SUCCESS;
}
