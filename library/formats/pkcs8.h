/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys: PKCS #8 (RFC 5958), within it RFC 5915, RFC 8410 or RFC 8017; and RFC 5915 by itself. */
#ifndef FORMATS_PKCS8_H
#define FORMATS_PKCS8_H

#include "formats/key.h"

/*
 * PrivateKeyInfo of version 1 or OneAsymmetricKey of version 2, not encrypted. Errors as formats_read_key(). A public key in
 * it is checked for its form and else ignored: the private key decides. Time and memory accesses depend on the structure
 * alone, not on the bytes of the key.
 */
psa_status_t pkcs8_read(struct formats_key *key, const uint8_t *der, size_t length);

/* ECPrivateKey by itself (RFC 5915), which then names its curve. */
psa_status_t pkcs8_read_ec(struct formats_key *key, const uint8_t *der, size_t length);

/*
 * private_key: as psa_export_key() gives a key pair; public_key: as psa_export_public_key() does, used where the format has
 * it (elliptic curves in Weierstrass form). Sizes and errors as spki_write().
 */
psa_status_t pkcs8_write(uint8_t *der, size_t der_size, size_t *der_length, psa_key_type_t type, size_t bits,
                         const uint8_t *private_key, size_t private_key_length,
                         const uint8_t *public_key, size_t public_key_length);

#endif
