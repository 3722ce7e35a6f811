/* SPDX-License-Identifier: Apache-2.0 */
/* HMAC (RFC 2104, FIPS 198-1) with the keyed midstates kept: for the MAC family, HKDF, PBKDF2, TLS PRF, RFC 6979. */
#ifndef SOFTWARE_MAC_HMAC_H
#define SOFTWARE_MAC_HMAC_H

#include "software/hash/hash.h"

/* A key, expanded: the two hash contexts after the padded key block. Flat, copyable, secret. */
struct sw_hmac_key {
    const struct sw_hash *hash;
    uint64_t inner[SW_HASH_CONTEXT_MAX / 8u];
    uint64_t outer[SW_HASH_CONTEXT_MAX / 8u];
};

/* The hash of an HMAC-based algorithm, or NULL where it is not in this build or HMAC is not specified with it. */
const struct sw_hash *sw_hmac_hash(psa_algorithm_t hash_alg);

void sw_hmac_expand(struct sw_hmac_key *hmac, const struct sw_hash *hash, const uint8_t *key, size_t key_length);
/* context: SW_HASH_CONTEXT_MAX bytes, the inner hash alone. */
void sw_hmac_start(const struct sw_hmac_key *hmac, void *context);
void sw_hmac_update(const struct sw_hmac_key *hmac, void *context, const uint8_t *input, size_t input_length);
/* Writes hash->length bytes. The context is left in no defined state (the caller wipes). */
void sw_hmac_finish(const struct sw_hmac_key *hmac, void *context, uint8_t *mac);

/* One message, whole, under an expanded key. mac may lie over input. */
void sw_hmac_compute(const struct sw_hmac_key *hmac, const uint8_t *input, size_t input_length, uint8_t *mac);

/*
 * A key of at most hash->block bytes that gives the same MACs: long keys are hashed (RFC 2104, section 2). Answers its
 * length. For whoever keeps a key for later in little space.
 */
size_t sw_hmac_shorten_key(const struct sw_hash *hash, uint8_t *shortened, const uint8_t *key, size_t key_length);

#endif
