/* SPDX-License-Identifier: Apache-2.0 */
/* SubjectPublicKeyInfo (RFC 5280, 4.1; RFC 5480; RFC 8410; RFC 3279 for RSA). */
#ifndef FORMATS_SPKI_H
#define FORMATS_SPKI_H

#include "formats/key.h"

/* Errors as formats_read_key(). */
psa_status_t spki_read(struct formats_key *key, const uint8_t *der, size_t length);

/*
 * public_key: as psa_export_public_key() gives it. type may be that of the key pair. *der_length is what is needed also
 * when the answer is PSA_ERROR_BUFFER_TOO_SMALL. PSA_ERROR_NOT_SUPPORTED: no format for this type and size.
 */
psa_status_t spki_write(uint8_t *der, size_t der_size, size_t *der_length, psa_key_type_t type, size_t bits,
                        const uint8_t *public_key, size_t public_key_length);

#endif
