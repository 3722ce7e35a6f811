/* SPDX-License-Identifier: Apache-2.0 */
/* A key in one of its DER formats, in the terms of PSA. */
#ifndef FORMATS_KEY_H
#define FORMATS_KEY_H

#include <psa/crypto.h>

/* Curve448, the largest Montgomery curve. */
#define FORMATS_MONTGOMERY_MAX 56u

struct formats_key {
    psa_key_type_t type;
    size_t bits;         /* 0: the data says it */
    const uint8_t *data; /* in the format of psa_import_key(); within the DER, or masked below */
    size_t length;
    uint8_t masked[FORMATS_MONTGOMERY_MAX]; /* secret when data points here: the caller wipes */
};

/*
 * Tells the formats apart by their first elements: SubjectPublicKeyInfo, PKCS #8, ECPrivateKey of RFC 5915, RSAPrivateKey
 * and RSAPublicKey of PKCS #1. What is read is checked as a structure; whether the numbers are a key is for import to say.
 *
 * PSA_ERROR_INVALID_ARGUMENT: malformed, or more bytes than the structure. PSA_ERROR_NOT_SUPPORTED: an algorithm, a curve or
 * curve parameters without a counterpart, or an encrypted key.
 */
psa_status_t formats_read_key(struct formats_key *key, const uint8_t *der, size_t length);

#endif
