/* SPDX-License-Identifier: Apache-2.0 */
/* Nonces of deterministic ECDSA (RFC 6979, 3.2). */
#ifndef SOFTWARE_ECC_RFC6979_H
#define SOFTWARE_ECC_RFC6979_H

#include "software/ecc/curve.h"
#include "software/mac/hmac.h"

struct sw_rfc6979 {
    struct sw_hmac_key k;
    uint8_t v[PSA_HASH_MAX_SIZE];
    int drawn; /* a candidate was given out: K and V change before the next */
};

/* e: the message's hash as an integer below the order. The state is secret: the caller wipes it. */
void sw_rfc6979_start(struct sw_rfc6979 *state, const struct sw_curve *curve, const struct sw_hash *hash,
                      const uint8_t *private_key, const uint8_t *e);

/* The next nonce in 1..n-1. */
void sw_rfc6979_next(struct sw_rfc6979 *state, const struct sw_curve *curve, uint8_t *nonce);

#endif
