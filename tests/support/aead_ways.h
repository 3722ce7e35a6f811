/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One AEAD case through every way that the software driver has of doing it: key prepared or not, one call or parts cut
 * anywhere, output apart from the input or over it, encryption, decryption, and decryption of what was altered.
 */
#ifndef TESTS_SUPPORT_AEAD_WAYS_H
#define TESTS_SUPPORT_AEAD_WAYS_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

struct aead_case {
    const char *name;
    psa_algorithm_t alg;
    psa_key_type_t type;
    const uint8_t *key;
    size_t key_length;
    const uint8_t *nonce;
    size_t nonce_length;
    const uint8_t *ad;
    size_t ad_length;
    const uint8_t *plaintext;
    size_t length;
    const uint8_t *ciphertext;   /* length bytes and the tag */
    size_t tag_length;
};

/* The running cmocka test fails where a way gives another result. */
void aead_ways(const struct aead_case *test);

/* A forged message: every way of decrypting must refuse it, and the one in one call must not touch the output. */
void aead_ways_forged(const struct aead_case *test);

/* Parts of `first` bytes and then of `piece` bytes: for tests that want every cut. */
void aead_parts(const struct aead_case *test, size_t first, size_t piece);

#endif
