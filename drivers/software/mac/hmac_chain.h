/* SPDX-License-Identifier: Apache-2.0 */
/* What PBKDF2 (RFC 8018, section 5.2) spends its time with: HMACs of HMACs, of several blocks at once. */
#ifndef SOFTWARE_MAC_HMAC_CHAIN_H
#define SOFTWARE_MAC_HMAC_CHAIN_H

#include "software/mac/hmac.h"

/* As many as the widest kernel takes at once. */
#define SW_HMAC_LANES 8u

/* Each of the values, up to SW_HMAC_LANES of hash->length bytes, is replaced by its MAC `count` times; all these MACs are added,
 * bit by bit, to its sum. */
void sw_hmac_chain(const struct sw_hmac_key *hmac, uint8_t (*sums)[SW_HASH_LENGTH_MAX], uint8_t (*values)[SW_HASH_LENGTH_MAX],
                   size_t lanes, uint32_t count);

#endif
