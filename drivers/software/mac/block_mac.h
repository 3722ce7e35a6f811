/* SPDX-License-Identifier: Apache-2.0 */
/* What the MACs over a block cipher have in common: CBC over the message, whose last block waits for what a MAC does to it. */
#ifndef SOFTWARE_MAC_BLOCK_MAC_H
#define SOFTWARE_MAC_BLOCK_MAC_H

#include "software/cipher/block_cipher.h"
#include "software/mac/mac.h"

/* A key, expanded. Flat, copyable, secret. */
struct sw_block_mac_key {
    const struct sw_block_cipher *cipher;
    uint8_t subkeys[2][SW_BLOCK_MAX];   /* CMAC's K1 and K2; others leave them */
    struct sw_block_key key;            /* as many bytes as the cipher needs: the rest may not be there */
};

struct sw_block_mac {
    uint8_t chain[SW_BLOCK_MAX];
    uint8_t block[SW_BLOCK_MAX];
    uint64_t fill;                      /* bytes in block: 0 before any input, else 1 to all */
};

/* For the rows: all block ciphers of this build, whole MACs of a block. */
size_t sw_block_mac_length(psa_algorithm_t alg, psa_key_type_t type);
size_t sw_block_mac_context_size(psa_algorithm_t alg, psa_key_type_t type);
size_t sw_block_mac_prepared_size(psa_algorithm_t alg, psa_key_type_t type);
/* Expands the key; the subkeys are zero. */
psa_status_t sw_block_mac_prepare(void *prepared, psa_algorithm_t alg, const struct psacrypto_key *key);
void sw_block_mac_start(void *context, const void *prepared);
void sw_block_mac_update(void *context, const void *prepared, psa_algorithm_t alg, const uint8_t *input, size_t input_length);
/* The last step, when block is what it has to be. Writes a block. */
void sw_block_mac_end(struct sw_block_mac *mac, const struct sw_block_mac_key *key, uint8_t *output);

/* Derivations and SPAKE2+ are made of it too. */
#define SW_HAS_CMAC                                                                                       \
    (PSA_WANT_ALG_CMAC || PSA_WANT_ALG_SP800_108_COUNTER_CMAC || PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128 || \
     PSA_WANT_ALG_SPAKE2P_CMAC)

#if SW_HAS_CMAC

/* CMAC under a key given by its bytes, for whoever builds on it: 0 where the cipher is not there or has no such keys. */
int sw_cmac_expand(struct sw_block_mac_key *cmac, psa_key_type_t type, const uint8_t *key, size_t key_length);
/* One message, whole. Writes a block; mac may lie over input. */
void sw_cmac_compute(const struct sw_block_mac_key *cmac, const uint8_t *input, size_t input_length, uint8_t *mac);
/* In parts; between them sw_block_mac_start() and sw_block_mac_update(). */
void sw_cmac_finish(struct sw_block_mac *context, const struct sw_block_mac_key *cmac, uint8_t *mac);

#endif

#endif
