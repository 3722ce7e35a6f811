/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA (FIPS 186-5, 6.4) with signatures r || s, for one curve. */
#ifndef SOFTWARE_ECC_ECDSA_H
#define SOFTWARE_ECC_ECDSA_H

#include "software/ecc/curve.h"
#include "software/hash/hash.h"

/*
 * signature: 2 * order_length bytes. nonce_hash: the hash of deterministic ECDSA (RFC 6979), NULL for a random nonce.
 * A hash of any length is taken; what is beyond the order's bits is cut off, as the standard says.
 */
psa_status_t sw_ecdsa_sign(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key,
                           const struct sw_hash *nonce_hash, const uint8_t *hash, size_t hash_length);

/* PSA_ERROR_INVALID_SIGNATURE also for a wrong length. table: what the curve's make_table() made of the public key, which is not
 * read then; or NULL. */
psa_status_t sw_ecdsa_verify_vartime(const struct sw_curve *curve, const uint8_t *public_key, const void *table,
                                     const uint8_t *hash, size_t hash_length, const uint8_t *signature,
                                     size_t signature_length);

#endif
