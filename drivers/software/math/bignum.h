/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSA and finite-field Diffie-Hellman on large integers: unsigned byte strings, the most significant byte first.
 *
 * Operations with a private key are constant-time code of our own (montgomery.h) and need no blinding. What is done once in the
 * life of an RSA key, its generation and the check at its import, computes over Mbed TLS's bignum, which this folder alone includes, and
 * is neither constant-time nor blinded, as SECURITY.md says. So does the check of a peer's element, which is public.
 *
 * Functions answer PSA_ERROR_INSUFFICIENT_MEMORY where an integer finds no room, the failure of the random generator as it
 * is, and may be called from several threads. Outputs may lie over inputs, and are unchanged on failure.
 */
#ifndef SOFTWARE_MATH_BIGNUM_H
#define SOFTWARE_MATH_BIGNUM_H

#include <psacrypto/config.h>
#include <psacrypto/driver.h>

#define SW_HAS_RSA (PSA_WANT_KEY_TYPE_RSA_KEY_PAIR | PSA_WANT_KEY_TYPE_RSA_PUBLIC_KEY)
/* Groups modulo a prime serve Diffie-Hellman keys, and PAKEs where one of the groups is asked for. */
#define SW_HAS_DH_GROUP                                                                                              \
    (PSA_WANT_DH_RFC7919_2048 | PSA_WANT_DH_RFC7919_3072 | PSA_WANT_DH_RFC7919_4096 | PSA_WANT_DH_RFC7919_6144 |     \
     PSA_WANT_DH_RFC7919_8192 | PSA_WANT_DH_RFC3526_2048 | PSA_WANT_DH_RFC3526_3072 | PSA_WANT_DH_RFC3526_4096 |     \
     PSA_WANT_DH_RFC3526_6144 | PSA_WANT_DH_RFC3526_8192)
#define SW_HAS_FFDH                                                                                                  \
    (PSA_WANT_KEY_TYPE_DH_KEY_PAIR | PSA_WANT_KEY_TYPE_DH_PUBLIC_KEY |                                               \
     ((PSA_WANT_ALG_JPAKE | PSA_WANT_KEY_TYPE_WPA3_SAE_DH) & SW_HAS_DH_GROUP))
#define SW_HAS_MATH_BIGNUM (SW_HAS_RSA | SW_HAS_FFDH)

/* Bytes of the largest modulus. */
#define MATH_BIGNUM_MAX 1024u

struct math_integer {
    const uint8_t *data;
    size_t length;
};

/* ---- RSA (RFC 8017) ---- */

/* As in RFC 8017, 3.1 and 3.2, without leading zeroes. Of a public key n and e alone. */
struct math_rsa_key {
    struct math_integer n, e;
    struct math_integer d, p, q, dp, dq, qinv;
    /* What math_rsa_prepare() wrote for this key, aligned to 8, or NULL. */
    const uint8_t *prepared;
};

/* Bytes of what math_rsa_prepare() computes for the key: constants of n, and of a pair those of p and q. */
size_t math_rsa_prepared_size(const struct math_rsa_key *key);
psa_status_t math_rsa_prepare(const struct math_rsa_key *key, uint8_t *prepared);

/* output = input^e mod n; both of n's length; constant-time in input. PSA_ERROR_INVALID_ARGUMENT unless input < n. */
psa_status_t math_rsa_public_vartime(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input);

/*
 * output = input^d mod n; both of n's length. PSA_ERROR_INVALID_ARGUMENT unless input < n;
 * PSA_ERROR_CORRUPTION_DETECTED when output^e is not input again (a fault, or p or q is not a prime), or the parts are no key.
 */
psa_status_t math_rsa_private(const struct math_rsa_key *key, uint8_t *output, const uint8_t *input);

/* PSA_ERROR_INVALID_ARGUMENT unless n = p q, and d, dp, dq and qinv belong to e, p and q; the primes are not tested. */
psa_status_t math_rsa_check(const struct math_rsa_key *key);

/* A new key: n and d take modulus_length bytes, the others half of it (rounded up) each, all with leading zeroes. */
struct math_rsa_output {
    size_t modulus_length;
    uint8_t *n, *d, *p, *q, *dp, *dq, *qinv;
};

/* FIPS 186-5, A.1.3, for bits a multiple of 8, at least 1024, and an odd e of 2 to 256 bits. */
psa_status_t math_rsa_generate(const struct math_rsa_output *key, size_t bits, struct math_integer e);

/* ---- Groups modulo a safe prime p, with q = (p - 1) / 2 ---- */

/* output = base^exponent mod p, all of length bytes; the exponent is secret. base must have passed math_group_check(). */
psa_status_t math_group_power(uint8_t *output, const uint8_t *p, size_t length, const uint8_t *base, const uint8_t *exponent);

/* PSA_ERROR_INVALID_ARGUMENT unless 2 <= y <= p - 2 and y is of order q (SP 800-56A, 5.6.2.3.1). y is public. */
psa_status_t math_group_check_vartime(const uint8_t *p, size_t length, const uint8_t *y);

#endif
