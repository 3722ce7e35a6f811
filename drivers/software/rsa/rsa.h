/* SPDX-License-Identifier: Apache-2.0 */
/* RSA (RFC 8017): keys as PSA has them, and the encodings around the arithmetic of math/bignum.h. */
#ifndef SOFTWARE_RSA_RSA_H
#define SOFTWARE_RSA_RSA_H

#include "software/hash/hash.h"
#include "software/math/bignum.h"

#define SW_RSA_BITS_MIN 1024u
#define SW_RSA_BITS_MAX 8192u
#define SW_RSA_LENGTH_MAX MATH_BIGNUM_MAX
#define SW_RSA_EXPONENT_BITS_MAX 256u /* FIPS 186-5, A.1.1, and what PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE() has room for */

/* ---- der.c: RFC 8017, A.1, in DER (X.690) ---- */

/*
 * The parts of a key pair (RSAPrivateKey of two primes) or public key; they point into der. PSA_ERROR_INVALID_ARGUMENT
 * unless der is the one encoding of non-negative integers, to its last byte.
 */
psa_status_t sw_rsa_read(struct math_rsa_key *key, psa_key_type_t type, const uint8_t *der, size_t length);

/* The parts of a key may have leading zeroes. PSA_ERROR_BUFFER_TOO_SMALL. */
psa_status_t sw_rsa_write_pair(uint8_t *der, size_t size, size_t *length, const struct math_rsa_key *key);
psa_status_t sw_rsa_write_public(uint8_t *der, size_t size, size_t *length, const struct math_rsa_key *key);

/* Of an integer without leading zeroes. */
size_t sw_rsa_bits(struct math_integer integer);

/* sw_rsa_read() of a key that the driver has been given, with its prepared form if there is one. */
psa_status_t sw_rsa_open(struct math_rsa_key *key, const struct psacrypto_key *from);

/* What prepare() makes of an RSA key for any algorithm. */
size_t sw_rsa_prepared_size(const struct psacrypto_key *key);
psa_status_t sw_rsa_prepare(const struct psacrypto_key *key, void *memory);

/* ---- Encodings. `encoded` has the length of the modulus ---- */

/* target ^= MGF1(seed), RFC 8017, B.2.1. */
void sw_rsa_mask(const struct sw_hash *hash, uint8_t *target, size_t target_length, const uint8_t *seed, size_t seed_length);

/* pkcs1.c: EMSA-PKCS1-v1_5 (9.2) of a hash, of T itself for PSA_ALG_RSA_PKCS1V15_SIGN_RAW. PSA_ERROR_NOT_SUPPORTED for a
 * hash without an OID; PSA_ERROR_INVALID_ARGUMENT for one of another length, or when it does not fit. */
psa_status_t sw_rsa_pkcs1_encode(uint8_t *encoded, size_t encoded_length, psa_algorithm_t alg, const uint8_t *hash,
                                 size_t hash_length);
/* Whether the hash of the algorithm is there and has an OID. */
int sw_rsa_pkcs1_has_hash(psa_algorithm_t alg);

/* pss.c: EMSA-PSS (9.1), for a modulus of `bits`. PSA_ERROR_INVALID_ARGUMENT when the hash does not fit. */
psa_status_t sw_rsa_pss_encode(const struct sw_hash *hash, uint8_t *encoded, size_t bits, const uint8_t *digest);
/* PSA_ERROR_INVALID_SIGNATURE. `encoded` is spoilt. */
psa_status_t sw_rsa_pss_verify_vartime(const struct sw_hash *hash, int any_salt, uint8_t *encoded, size_t bits,
                                       const uint8_t *digest);

/*
 * Encryption. encode: PSA_ERROR_INVALID_ARGUMENT when the message is too long. decode: PSA_ERROR_INVALID_PADDING for whatever is wrong,
 * PSA_ERROR_BUFFER_TOO_SMALL when the message is right but has no room; the time up to that answer depends on lengths alone.
 * `encoded` is spoilt by decode.
 */
struct sw_rsa_encryption {
    int (*matches)(psa_algorithm_t alg);
    /* Whether the hash of the algorithm is there, and fits a modulus of this length. */
    int (*supports)(psa_algorithm_t alg, size_t encoded_length);
    psa_status_t (*encode)(psa_algorithm_t alg, uint8_t *encoded, size_t encoded_length, const uint8_t *message,
                           size_t message_length, const uint8_t *label, size_t label_length);
    psa_status_t (*decode)(psa_algorithm_t alg, uint8_t *message, size_t message_size, size_t *message_length,
                           uint8_t *encoded, size_t encoded_length, const uint8_t *label, size_t label_length);
};

extern const struct sw_rsa_encryption sw_rsa_pkcs1_encryption; /* pkcs1_encryption.c: RSAES-PKCS1-v1_5 (7.2) */
extern const struct sw_rsa_encryption sw_rsa_oaep;             /* oaep.c: RSAES-OAEP (7.1) */

#endif
