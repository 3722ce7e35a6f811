/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/spki.h"

#include "formats/oid.h"

psa_status_t spki_read(struct formats_key *key, const uint8_t *der, size_t length)
{
    const struct oid_row *row = NULL;
    struct der_reader whole = der_reader(der, length);
    struct der_reader info = der_enter(&whole, DER_SEQUENCE);
    psa_status_t status = oid_read_algorithm(&info, &row);
    if (status != PSA_SUCCESS) {
        return status;
    }
    struct der_reader public_key = der_enter_bits(&info, DER_BIT_STRING);
    if (!der_done(&info) || !der_done(&whole)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    key->type = oid_public_type(row);
    key->bits = row->bits;
    key->data = public_key.data;
    key->length = public_key.length;
    return PSA_SUCCESS;
}

static void build(struct der_writer *writer, const struct oid_row *row, const uint8_t *public_key, size_t length)
{
    der_write(writer, public_key, length);
    der_write_byte(writer, 0); /* unused bits */
    der_write_header(writer, DER_BIT_STRING, 0);
    oid_write_algorithm(writer, row);
    der_write_header(writer, DER_SEQUENCE, 0);
}

psa_status_t spki_write(uint8_t *der, size_t der_size, size_t *der_length, psa_key_type_t type, size_t bits,
                        const uint8_t *public_key, size_t public_key_length)
{
    const struct oid_row *row = oid_find_key(type, bits);
    struct der_writer counter = { NULL, 0, 0 };
    if (row == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    build(&counter, row, public_key, public_key_length);
    *der_length = counter.length;
    if (counter.length > der_size) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    struct der_writer writer = { der, counter.length, 0 };
    build(&writer, row, public_key, public_key_length);
    return PSA_SUCCESS;
}
