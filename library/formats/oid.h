/* SPDX-License-Identifier: Apache-2.0 */
/* AlgorithmIdentifier of the keys that PSA has (RFC 5480, RFC 8410, RFC 3279). A further curve or algorithm is one row. */
#ifndef FORMATS_OID_H
#define FORMATS_OID_H

#include <psa/crypto.h>

#include "formats/der.h"

/* How the key lies within its structure. */
enum oid_form {
    OID_RSA,         /* RFC 8017: the structures of PKCS #1 */
    OID_WEIERSTRASS, /* RFC 5915 for private keys, points for public ones; the curve is a parameter */
    OID_EDWARDS,     /* RFC 8410: byte strings */
    OID_MONTGOMERY   /* RFC 8410 as well; private keys are unmasked there and masked in PSA */
};

struct oid_row {
    enum oid_form form;
    psa_ecc_family_t family; /* 0: not an elliptic curve */
    uint16_t bits;           /* 0: the key says it */
    uint8_t length;
    uint8_t oid[10];         /* of the curve, or of the algorithm where that has no parameters */
};

/* PSA_ERROR_INVALID_ARGUMENT for a malformed AlgorithmIdentifier, PSA_ERROR_NOT_SUPPORTED for a foreign one. */
psa_status_t oid_read_algorithm(struct der_reader *reader, const struct oid_row **row);

/* The curve of an OBJECT IDENTIFIER's contents, as ECParameters has it; NULL where there is none. */
const struct oid_row *oid_find_curve(const struct der_reader *oid);

/* NULL where keys of the type have no such format. */
const struct oid_row *oid_find_key(psa_key_type_t type, size_t bits);

psa_key_type_t oid_pair_type(const struct oid_row *row);
psa_key_type_t oid_public_type(const struct oid_row *row);

void oid_write_algorithm(struct der_writer *writer, const struct oid_row *row);

#endif
