/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One case of an unauthenticated cipher through every way that the software driver has of doing it: key prepared or not, one
 * call or parts cut anywhere, output apart from the input or over it, encryption and decryption.
 */
#ifndef TESTS_SUPPORT_CIPHER_WAYS_H
#define TESTS_SUPPORT_CIPHER_WAYS_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

struct cipher_case {
    const char *name;
    psa_algorithm_t alg;
    psa_key_type_t type;
    const uint8_t *key;
    size_t key_length;
    const uint8_t *iv;
    size_t iv_length;
    const uint8_t *plaintext;
    size_t length;
    const uint8_t *ciphertext;
    size_t ciphertext_length;
};

/* The running cmocka test fails where a way gives another result. */
void cipher_ways(const struct cipher_case *test);

/* Parts of `first` bytes and then of `piece` bytes: for tests that want every cut. */
void cipher_parts(const struct cipher_case *test, size_t first, size_t piece);

/* Decryption that must fail with this status, in one call and in parts. */
void cipher_ways_refused(const struct cipher_case *test, psa_status_t status);

#endif
