/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/rsa.h"

#include "formats/der.h"

/* version, n, e, d, p, q, d mod p-1, d mod q-1, 1/q mod p; more than two primes have a SEQUENCE behind and no place in PSA. */
#define PRIVATE_INTEGERS 9u
#define PUBLIC_INTEGERS 2u

/* How many INTEGERs the SEQUENCE is made of; 0 where it is not made of INTEGERs. */
static size_t count_integers(const uint8_t *der, size_t length)
{
    struct der_reader whole = der_reader(der, length);
    struct der_reader sequence = der_enter(&whole, DER_SEQUENCE);
    size_t count = 0;
    while (der_next(&sequence) == DER_INTEGER) {
        der_enter(&sequence, DER_INTEGER);
        count++;
    }
    return der_done(&sequence) && der_done(&whole) ? count : 0;
}

static psa_status_t read_as(struct formats_key *key, psa_key_type_t type, size_t integers, const uint8_t *der, size_t length)
{
    if (count_integers(der, length) != integers) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    key->type = type;
    key->bits = 0;
    key->data = der;
    key->length = length;
    return PSA_SUCCESS;
}

psa_status_t rsa_read_private(struct formats_key *key, const uint8_t *der, size_t length)
{
    return read_as(key, PSA_KEY_TYPE_RSA_KEY_PAIR, PRIVATE_INTEGERS, der, length);
}

psa_status_t rsa_read_public(struct formats_key *key, const uint8_t *der, size_t length)
{
    return read_as(key, PSA_KEY_TYPE_RSA_PUBLIC_KEY, PUBLIC_INTEGERS, der, length);
}

psa_status_t rsa_read(struct formats_key *key, const uint8_t *der, size_t length)
{
    psa_status_t status = rsa_read_private(key, der, length);
    return status == PSA_SUCCESS ? status : rsa_read_public(key, der, length);
}
