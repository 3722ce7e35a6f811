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

void sw_hmac_expand(struct sw_hmac_key *hmac, const struct sw_hash *hash, const uint8_t *key, size_t key_length);
/* context: SW_HASH_CONTEXT_MAX bytes, the inner hash alone. */
void sw_hmac_start(const struct sw_hmac_key *hmac, void *context);
void sw_hmac_update(const struct sw_hmac_key *hmac, void *context, const uint8_t *input, size_t input_length);
/* Writes hash->length bytes. */
void sw_hmac_finish(const struct sw_hmac_key *hmac, void *context, uint8_t *mac);

#endif
