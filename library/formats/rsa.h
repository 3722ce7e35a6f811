/* SPDX-License-Identifier: Apache-2.0 */
/* RSAPrivateKey and RSAPublicKey (RFC 8017, A.1), which are PSA's own formats. Errors as formats_read_key(). */
#ifndef FORMATS_RSA_H
#define FORMATS_RSA_H

#include "formats/key.h"

psa_status_t rsa_read_private(struct formats_key *key, const uint8_t *der, size_t length);
psa_status_t rsa_read_public(struct formats_key *key, const uint8_t *der, size_t length);

/* Whichever of the two it is. */
psa_status_t rsa_read(struct formats_key *key, const uint8_t *der, size_t length);

#endif
