/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the hashes after Merkle and Damgard have in common: words of state, a block that fills up, padding with
 * one bit and the length of the message. Each of them is then a compression function, an initial value
 * and a row.
 */
#ifndef SOFTWARE_HASH_MD_H
#define SOFTWARE_HASH_MD_H

#include "software/hash/hash.h"

struct sw_md {
    /* state: `words` words of the machine's byte order. */
    void (*compress)(void *state, const uint8_t *blocks, size_t count);
    /* One block each for states, one behind the other, that do not depend on each other. NULL: there is no better way than
     * one at a time. */
    void (*compress_lanes)(void *states, const uint8_t *blocks, size_t lanes);
    /* The hash, as long as the state, of a short message behind a block that gave the state `inner`; then the hash of that behind
     * one that gave `outer`. NULL: there is no better way than one after the other. */
    void (*nested_short)(const void *inner, const void *outer, const uint8_t *input, size_t input_length, uint8_t *hash);
    uint8_t block;        /* 64 or 128 bytes */
    uint8_t word;         /* 4 or 8 bytes; a length field is two of them */
    uint8_t words;        /* of the state */
    uint8_t little;       /* byte order of words and length field: 0 big-endian, 1 little-endian */
};

struct sw_md_context {
    uint64_t length_low;  /* of the message, in bytes */
    uint64_t length_high; /* 0 where the length field has 64 bits */
    uint64_t memory[];    /* word * words bytes of state, then a block that fills up */
};

/* For context_size of a row. */
#define SW_MD_CONTEXT_SIZE(word, words, block) \
    ((sizeof(struct sw_md_context) + (word) * (words) + (block) + 7u) / 8u * 8u)

/* initial: word * words bytes. */
void sw_md_init(const struct sw_md *md, void *context, const void *initial);
void sw_md_update(const struct sw_md *md, void *context, const uint8_t *input, size_t input_length);
/* Writes the first hash_length bytes of the last state; a multiple of 4. */
void sw_md_finish(const struct sw_md *md, void *context, uint8_t *hash, size_t hash_length);

/* Whether a message that ends with input_length bytes behind whole blocks ends with one block more. */
static inline int sw_md_is_short(const struct sw_md *md, size_t input_length)
{
    return input_length < md->block - 2u * md->word;
}

/* What HMAC is made of, for a short message: the hash of what `inner` has taken, one block, and of input, then the hash of what
 * `outer` has taken and of the first. The contexts stay as they are. */
void sw_md_nested_short(const struct sw_md *md, const void *inner, const void *outer, const uint8_t *input, size_t input_length,
                        uint8_t *hash, size_t hash_length);

/* For whoever drives the compression function himself (hmac_chain.c). */
void sw_md_compress_lanes(const struct sw_md *md, void *states, const uint8_t *blocks, size_t lanes);
/* The end of a block whose first `fill` bytes end a message of length bytes; fill leaves room for it. */
void sw_md_pad(const struct sw_md *md, uint8_t *block, size_t fill, uint64_t length);
/* Words of state as the bytes of a hash; length is a multiple of 4. */
void sw_md_words_to_bytes(const struct sw_md *md, const void *words, uint8_t *bytes, size_t length);

int sw_md_accepts(const struct sw_md *md, const void *context, size_t input_length);
psa_status_t sw_md_suspend(const struct sw_md *md, const void *context,
                           uint8_t *state, size_t state_size, size_t *state_length);
psa_status_t sw_md_resume(const struct sw_md *md, void *context, const uint8_t *state, size_t state_length);

#endif
