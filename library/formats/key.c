/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/key.h"

#include "formats/der.h"
#include "formats/pkcs8.h"
#include "formats/rsa.h"
#include "formats/spki.h"

psa_status_t formats_read_key(struct formats_key *key, const uint8_t *der, size_t length)
{
    struct der_reader whole = der_reader(der, length);
    struct der_reader sequence = der_enter(&whole, DER_SEQUENCE);
    unsigned first = der_next(&sequence);
    if (first == DER_SEQUENCE) {
        der_enter(&sequence, DER_SEQUENCE);
        /* EncryptedPrivateKeyInfo (RFC 5958, 3) has an OCTET STRING where the public key is a BIT STRING. */
        return der_next(&sequence) == DER_OCTET_STRING ? PSA_ERROR_NOT_SUPPORTED : spki_read(key, der, length);
    }
    if (first != DER_INTEGER) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    der_enter(&sequence, DER_INTEGER);
    switch (der_next(&sequence)) {
    case DER_SEQUENCE:
        return pkcs8_read(key, der, length);
    case DER_OCTET_STRING:
        return pkcs8_read_ec(key, der, length);
    default:
        return rsa_read(key, der, length);
    }
}
