/* SPDX-License-Identifier: Apache-2.0 */
/* Ways to one MAC through the software driver's entries; the running test fails where one of them gives another MAC. */
#ifndef TESTS_SUPPORT_MAC_WAYS_H
#define TESTS_SUPPORT_MAC_WAYS_H

#include <psacrypto/driver.h>

#include "software/mac/mac.h"

#define MAC_WAYS_CONTEXT_WORDS (1u + SW_MAC_CONTEXT_MAX / 8u)

/* A key, and the memory for its prepared form. */
struct mac_key {
    psa_key_attributes_t attributes;
    struct psacrypto_key key;
    uint8_t bytes[200];
    void *memory;
};

void mac_key_make(struct mac_key *k, psa_key_type_t type, const uint8_t *bytes, size_t length);
/* From then on its prepared form is used, until mac_key_free(). */
void mac_key_prepare(struct mac_key *k, psa_algorithm_t alg);
void mac_key_free(struct mac_key *k);

/* In one call; alg says mac_length. */
void mac_check_whole(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                     const uint8_t *expected, size_t mac_length);
/* In two pieces. */
void mac_check_parts(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                     size_t cut, const uint8_t *expected, size_t mac_length);
/* Flipped bits and every other length are refused. */
void mac_check_refusals(const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                        const uint8_t *expected, size_t mac_length);

#endif
