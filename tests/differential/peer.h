/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Other libraries, each asked for one result in one call. A peer is a source peer_<name>.c with a function for each family of
 * algorithms; the Makefile says which are there (PEER_<NAME>, 0 or 1), and peers.c lists them.
 */
#ifndef TESTS_DIFFERENTIAL_PEER_H
#define TESTS_DIFFERENTIAL_PEER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <psa/crypto.h>

#define PEER_TEXT_MAX 6400u  /* the longest input, and the longest output */

/* What is asked for. A derivation has its secret in key, its salt or label in iv, its info, context or seed in ad. */
struct peer_case {
    psa_algorithm_t alg;     /* an AEAD with its tag's usual length: the true one is output_length - length */
    psa_key_type_t type;     /* 0: without key */
    const uint8_t *key, *iv, *ad, *input;
    size_t key_length, iv_length, ad_length, length;
    size_t output_length;
    uint32_t cost;
};

/* 0: the peer does not have that; else the output is written. The running test fails where the peer does. */
typedef int (*peer_function)(const struct peer_case *c, uint8_t *output);

enum peer_family { PEER_HASH, PEER_MAC, PEER_CIPHER, PEER_AEAD, PEER_DERIVATION, PEER_WRAP, PEER_FAMILIES };

struct peer {
    const char *name;
    peer_function functions[PEER_FAMILIES];     /* NULL: nothing of that family */
};

/* Bits of the peers that have an algorithm, for the tables of the tests; the bit's number is the index here. */
enum { OPENSSL = 1, GCRYPT = 2, NETTLE = 4, BOTAN = 8, SODIUM = 16, B2 = 32 };
#define PEERS 6u
extern const struct peer *const peers[PEERS];   /* NULL: not in this build */

/* The peer's own function, or what can be made from another of its functions: padding, CBC-MAC, CCM without tag. */
int peer_compute(const struct peer *peer, enum peer_family family, const struct peer_case *c, uint8_t *output);

/* ---- For the peers' sources ---- */

/* What a library calls an algorithm or a key type of PSA; key_length 0: of any length. */
struct peer_name {
    uint32_t id;
    size_t key_length;
    const char *name;
};

/* NULL: none. A table ends with an empty name. */
const char *peer_name(const struct peer_name *names, uint32_t id, size_t key_length);

/* 24 bytes of a DES key of 16 or 24: what libraries without two-key triple DES take. */
void peer_des_key(uint8_t key[24], const struct peer_case *c);

/* RFC 4615, section 3: the key of PBKDF2 with AES-CMAC-PRF-128, by that peer's CMAC. */
void peer_cmac_prf_key(uint8_t key[16], const struct peer_case *c, peer_function mac);

/* Secrets of any length up to 1024 bytes as TLS 1.2 puts a pre-shared key (RFC 4279, section 2; RFC 5489). */
size_t peer_premaster(uint8_t output[1100], const struct peer_case *c);

static inline void peer_must(int ok, const char *what)
{
    if (!ok) {
        fail_msg("the other library fails: %s", what);
    }
}

#endif
