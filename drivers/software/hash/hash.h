/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row per hash. HMAC, HKDF, PBKDF2, signatures and the DRBG use hashes through this table; a new hash is one
 * source that defines a `const struct sw_hash`, and one line in table.c.
 */
#ifndef SOFTWARE_HASH_HASH_H
#define SOFTWARE_HASH_HASH_H

#include <psacrypto/config.h>
#include <psacrypto/driver.h>

/* The largest context of the hashes that HMAC is specified with; a union of their contexts on the stack is this large. */
#define SW_HASH_CONTEXT_MAX 232u
/* The largest context of all hashes of this build. */
#if PSA_WANT_ALG_BLAKE2SP_HASH256 || PSA_WANT_ALG_BLAKE2BP_HASH512
#define SW_HASH_CONTEXT_LARGEST 912u
#else
#define SW_HASH_CONTEXT_LARGEST SW_HASH_CONTEXT_MAX
#endif
#define SW_HASH_BLOCK_MAX 144u /* SHA3-224 */
#define SW_HASH_LENGTH_MAX 64u

struct sw_md;

struct sw_hash {
    psa_algorithm_t alg;
    uint16_t length;        /* of the hash, in bytes */
    uint16_t block;         /* for HMAC, in bytes; 0: no HMAC is specified with this hash */
    uint16_t context_size;  /* a multiple of 8 */
    const struct sw_md *md; /* of a hash after Merkle and Damgard (md.h), else NULL */
    uint16_t state_length;  /* suspend: bytes of the hash state field; 0: no suspend format */
    void (*init)(void *context);
    /* With a key of 1 to length bytes. NULL: the hash has none of its own. */
    void (*init_keyed)(void *context, const uint8_t *key, size_t key_length);
    void (*update)(void *context, const uint8_t *input, size_t input_length);
    /* Writes length bytes; the context is left in no defined state (the caller wipes). */
    void (*finish)(void *context, uint8_t *hash);
    uint32_t longest;       /* message from init on, in bytes; 0: there is no limit within reach */
    /* What follows, a hash with md has from md.c: its row leaves it out. */
    /* Whether the message may grow by input_length bytes. NULL: there is no limit within reach. Where longest is 0, only a
     * resumed operation can come near one, so whoever starts from init need not ask. */
    int (*accepts)(const void *context, size_t input_length);
    /* The fields of the suspend format after the algorithm: input length, hash state, unprocessed input. NULL: none. */
    psa_status_t (*suspend)(const void *context, uint8_t *state, size_t state_size, size_t *state_length);
    psa_status_t (*resume)(void *context, const uint8_t *state, size_t state_length);
};

/* NULL where the algorithm is not in this build. */
const struct sw_hash *sw_hash_find(psa_algorithm_t alg);

/* One message, whole. */
void sw_hash_compute(const struct sw_hash *hash, const uint8_t *input, size_t input_length, uint8_t *output);

#endif
