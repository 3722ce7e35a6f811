/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row per MAC algorithm: what driver.c needs of it. A new one is a source that defines a `const struct sw_mac`
 * and a line in table.c. Truncation, comparison and keys that nobody prepared are the driver's business.
 */
#ifndef SOFTWARE_MAC_MAC_H
#define SOFTWARE_MAC_MAC_H

#include "software/mac/hmac.h"

#define SW_MAC_LENGTH_MAX 64u
/* The largest of all rows: expanded keys, what the driver prepares with them, and the state of a message. */
#define SW_MAC_EXPANDED_MAX 1024u
#define SW_MAC_PREPARED_MAX (64u + SW_MAC_EXPANDED_MAX)
#define SW_MAC_CONTEXT_MAX SW_HASH_CONTEXT_LARGEST

struct sw_mac {
    psa_algorithm_t base;   /* without length and hash */
    /* Length of the whole MAC in bytes; 0: not in this build for that hash or type of key. */
    size_t (*length)(psa_algorithm_t alg, psa_key_type_t type);
    size_t (*context_size)(psa_algorithm_t alg, psa_key_type_t type);
    /* The expanded key: flat bytes, 64-byte aligned. */
    size_t (*prepared_size)(psa_algorithm_t alg, psa_key_type_t type);
    psa_status_t (*prepare)(void *prepared, psa_algorithm_t alg, const struct psacrypto_key *key);

    void (*start)(void *context, const void *prepared);
    /* Whether the message may grow by input_length bytes. NULL: there is no limit within reach. */
    int (*accepts)(const void *context, psa_algorithm_t alg, size_t input_length);
    void (*update)(void *context, const void *prepared, psa_algorithm_t alg, const uint8_t *input, size_t input_length);
    /* Writes the whole MAC, maybe where the message was; the context is left in no defined state. */
    void (*finish)(void *context, const void *prepared, uint8_t *mac);
    /* The whole MAC of a message short enough for a quicker way. 0: it is not. NULL: there is none. */
    int (*compute_short)(const void *prepared, const uint8_t *input, size_t input_length, uint8_t *mac);
    int update_takes_key;   /* 0: update may be given NULL for prepared */
};

/* NULL where the algorithm is not in this build. */
const struct sw_mac *sw_mac_find(psa_algorithm_t alg);

#endif
