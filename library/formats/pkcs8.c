/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/pkcs8.h"

#include <string.h>

#include "formats/oid.h"

/* ---- Reading ---- */

/*
 * ECPrivateKey (RFC 5915, 3): version 1, the private key, [0] the curve, [1] the public key. *row: the curve that the
 * surrounding structure names, or NULL; a curve in here must be the same.
 */
static psa_status_t read_ec_private(struct formats_key *key, struct der_reader *reader, const struct oid_row **row)
{
    struct der_reader sequence = der_enter(reader, DER_SEQUENCE);
    unsigned version = der_small_integer(&sequence);
    struct der_reader private_key = der_enter(&sequence, DER_OCTET_STRING);
    if (der_next(&sequence) == DER_CONTEXT(0)) {
        struct der_reader parameters = der_enter(&sequence, DER_CONTEXT(0));
        if (der_next(&parameters) == DER_SEQUENCE) {
            return PSA_ERROR_NOT_SUPPORTED; /* a curve spelled out */
        }
        struct der_reader oid = der_enter(&parameters, DER_OID);
        const struct oid_row *curve = oid_find_curve(&oid);
        if (!der_done(&parameters) || (*row != NULL && curve != *row)) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        if (curve == NULL) {
            return PSA_ERROR_NOT_SUPPORTED;
        }
        *row = curve;
    }
    if (der_next(&sequence) == DER_CONTEXT(1)) {
        struct der_reader public_key = der_enter(&sequence, DER_CONTEXT(1));
        der_enter_bits(&public_key, DER_BIT_STRING);
        if (!der_done(&public_key)) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
    }
    if (!der_done(&sequence) || !der_done(reader) || version != 1 || *row == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    key->data = private_key.data;
    key->length = private_key.length;
    return PSA_SUCCESS;
}

/* PSA wants the bits that RFC 7748, 5 forces (decodeScalar25519, decodeScalar448) as they are used; RFC 8410 does not. */
static psa_status_t mask(struct formats_key *key, size_t bits)
{
    size_t length = (bits + 7) / 8;
    if (key->length != length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    memcpy(key->masked, key->data, length);
    if (bits == 255) {
        key->masked[0] &= 0xf8u;
        key->masked[length - 1] = (uint8_t)((key->masked[length - 1] & 0x7fu) | 0x40u);
    } else {
        key->masked[0] &= 0xfcu;
        key->masked[length - 1] |= 0x80u;
    }
    key->data = key->masked;
    return PSA_SUCCESS;
}

/* CurvePrivateKey (RFC 8410, 7): an OCTET STRING. */
static psa_status_t read_curve_private(struct formats_key *key, struct der_reader *reader, const struct oid_row *row)
{
    struct der_reader private_key = der_enter(reader, DER_OCTET_STRING);
    if (!der_done(reader)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    key->data = private_key.data;
    key->length = private_key.length;
    return row->form == OID_MONTGOMERY ? mask(key, row->bits) : PSA_SUCCESS;
}

/* The contents of privateKey, in the format of the algorithm. */
static psa_status_t read_private(struct formats_key *key, struct der_reader *reader, const struct oid_row *row)
{
    switch (row->form) {
    case OID_WEIERSTRASS:
        return read_ec_private(key, reader, &row);
    case OID_RSA:
        key->data = reader->data;
        key->length = reader->length;
        return PSA_SUCCESS;
    default:
        return read_curve_private(key, reader, row);
    }
}

/* [0] attributes and, in version 2, [1] the public key (RFC 5958, 2): nothing that PSA has a place for. */
static int read_rest(struct der_reader *info, unsigned version)
{
    if (der_next(info) == DER_CONTEXT(0)) {
        der_enter(info, DER_CONTEXT(0));
    }
    if (version == 1 && der_next(info) == DER_CONTEXT_PRIMITIVE(1)) {
        der_enter_bits(info, DER_CONTEXT_PRIMITIVE(1));
    }
    return der_done(info);
}

psa_status_t pkcs8_read(struct formats_key *key, const uint8_t *der, size_t length)
{
    const struct oid_row *row = NULL;
    struct der_reader whole = der_reader(der, length);
    struct der_reader info = der_enter(&whole, DER_SEQUENCE);
    unsigned version = der_small_integer(&info); /* v1 is 0, v2 is 1 */
    psa_status_t status = oid_read_algorithm(&info, &row);
    if (status != PSA_SUCCESS) {
        return status;
    }
    struct der_reader private_key = der_enter(&info, DER_OCTET_STRING);
    if (version > 1 || !read_rest(&info, version) || !der_done(&whole)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    key->type = oid_pair_type(row);
    key->bits = row->bits;
    return read_private(key, &private_key, row);
}

psa_status_t pkcs8_read_ec(struct formats_key *key, const uint8_t *der, size_t length)
{
    const struct oid_row *row = NULL;
    struct der_reader whole = der_reader(der, length);
    psa_status_t status = read_ec_private(key, &whole, &row);
    if (status == PSA_SUCCESS) {
        key->type = oid_pair_type(row);
        key->bits = row->bits;
    }
    return status;
}

/* ---- Writing ---- */

struct parts {
    const uint8_t *private_key, *public_key;
    size_t private_length, public_length;
};

/* ECPrivateKey; the curve is named outside. */
static void build_ec_private(struct der_writer *writer, const struct parts *parts)
{
    size_t mark = writer->length;
    der_write(writer, parts->public_key, parts->public_length);
    der_write_byte(writer, 0); /* unused bits */
    der_write_header(writer, DER_BIT_STRING, mark);
    der_write_header(writer, DER_CONTEXT(1), mark);
    der_write_element(writer, DER_OCTET_STRING, parts->private_key, parts->private_length);
    der_write_element(writer, DER_INTEGER, (const uint8_t[]){ 1 }, 1);
    der_write_header(writer, DER_SEQUENCE, mark);
}

static void build(struct der_writer *writer, const struct oid_row *row, const struct parts *parts)
{
    switch (row->form) {
    case OID_WEIERSTRASS:
        build_ec_private(writer, parts);
        break;
    case OID_RSA:
        der_write(writer, parts->private_key, parts->private_length);
        break;
    default:
        der_write_element(writer, DER_OCTET_STRING, parts->private_key, parts->private_length);
        break;
    }
    der_write_header(writer, DER_OCTET_STRING, 0);
    oid_write_algorithm(writer, row);
    der_write_element(writer, DER_INTEGER, (const uint8_t[]){ 0 }, 1); /* v1 */
    der_write_header(writer, DER_SEQUENCE, 0);
}

psa_status_t pkcs8_write(uint8_t *der, size_t der_size, size_t *der_length, psa_key_type_t type, size_t bits,
                         const uint8_t *private_key, size_t private_key_length,
                         const uint8_t *public_key, size_t public_key_length)
{
    const struct parts parts = { private_key, public_key, private_key_length, public_key_length };
    const struct oid_row *row = oid_find_key(type, bits);
    struct der_writer counter = { NULL, 0, 0 };
    if (row == NULL || type != oid_pair_type(row)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    build(&counter, row, &parts);
    *der_length = counter.length;
    if (counter.length > der_size) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    struct der_writer writer = { der, counter.length, 0 };
    build(&writer, row, &parts);
    return PSA_SUCCESS;
}
