/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/oid.h"

/* id-ecPublicKey (RFC 5480, 2.1.1): 1.2.840.10045.2.1 */
static const uint8_t ec_public_key[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };

static const struct oid_row rows[] = {
    /* rsaEncryption (RFC 3279, 2.3.1): 1.2.840.113549.1.1.1 */
    { OID_RSA, 0, 0, 9, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 } },

    /* SEC 2, A.2: ansip192r1 and ansip256r1 1.2.840.10045.3.1.1 and .7, the others 1.3.132.0.x */
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_R1, 192, 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_R1, 224, 5, { 0x2b, 0x81, 0x04, 0x00, 0x21 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_R1, 256, 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_R1, 384, 5, { 0x2b, 0x81, 0x04, 0x00, 0x22 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_R1, 521, 5, { 0x2b, 0x81, 0x04, 0x00, 0x23 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_K1, 192, 5, { 0x2b, 0x81, 0x04, 0x00, 0x1f } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_K1, 225, 5, { 0x2b, 0x81, 0x04, 0x00, 0x20 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_K1, 256, 5, { 0x2b, 0x81, 0x04, 0x00, 0x0a } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECP_R2, 160, 5, { 0x2b, 0x81, 0x04, 0x00, 0x1e } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_K1, 163, 5, { 0x2b, 0x81, 0x04, 0x00, 0x01 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_K1, 233, 5, { 0x2b, 0x81, 0x04, 0x00, 0x1a } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_K1, 239, 5, { 0x2b, 0x81, 0x04, 0x00, 0x03 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_K1, 283, 5, { 0x2b, 0x81, 0x04, 0x00, 0x10 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_K1, 409, 5, { 0x2b, 0x81, 0x04, 0x00, 0x24 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_K1, 571, 5, { 0x2b, 0x81, 0x04, 0x00, 0x26 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_R1, 163, 5, { 0x2b, 0x81, 0x04, 0x00, 0x02 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_R1, 233, 5, { 0x2b, 0x81, 0x04, 0x00, 0x1b } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_R1, 283, 5, { 0x2b, 0x81, 0x04, 0x00, 0x11 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_R1, 409, 5, { 0x2b, 0x81, 0x04, 0x00, 0x25 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_R1, 571, 5, { 0x2b, 0x81, 0x04, 0x00, 0x27 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_SECT_R2, 163, 5, { 0x2b, 0x81, 0x04, 0x00, 0x0f } },

    /* RFC 5639, 4.1: 1.3.36.3.3.2.8.1.1.x */
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, 9, { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x01 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192, 9, { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x03 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224, 9, { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x05 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, 9, { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, 9, { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x09 } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384, 9, { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0b } },
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, 9, { 0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0d } },

    /* FRP256v1: 1.2.250.1.223.101.256.1 */
    { OID_WEIERSTRASS, PSA_ECC_FAMILY_FRP, 256, 10, { 0x2a, 0x81, 0x7a, 0x01, 0x81, 0x5f, 0x65, 0x82, 0x00, 0x01 } },

    /* RFC 8410, 3: 1.3.101.x */
    { OID_MONTGOMERY, PSA_ECC_FAMILY_MONTGOMERY, 255, 3, { 0x2b, 0x65, 0x6e } },
    { OID_MONTGOMERY, PSA_ECC_FAMILY_MONTGOMERY, 448, 3, { 0x2b, 0x65, 0x6f } },
    { OID_EDWARDS, PSA_ECC_FAMILY_TWISTED_EDWARDS, 255, 3, { 0x2b, 0x65, 0x70 } },
    { OID_EDWARDS, PSA_ECC_FAMILY_TWISTED_EDWARDS, 448, 3, { 0x2b, 0x65, 0x71 } },
};

#define ROWS (sizeof rows / sizeof rows[0])

/* among_curves: OIDs of curves as parameters, else OIDs of algorithms. */
static const struct oid_row *find(const struct der_reader *oid, int among_curves)
{
    for (size_t i = 0; i < ROWS; i++) {
        if ((rows[i].form == OID_WEIERSTRASS) == among_curves && der_equal(oid, rows[i].oid, rows[i].length)) {
            return &rows[i];
        }
    }
    return NULL;
}

const struct oid_row *oid_find_curve(const struct der_reader *oid)
{
    return find(oid, 1);
}

const struct oid_row *oid_find_key(psa_key_type_t type, size_t bits)
{
    for (size_t i = 0; i < ROWS; i++) {
        int fits = type == oid_pair_type(&rows[i]) || type == oid_public_type(&rows[i]);
        if (fits && (rows[i].bits == 0 || rows[i].bits == bits)) {
            return &rows[i];
        }
    }
    return NULL;
}

psa_key_type_t oid_pair_type(const struct oid_row *row)
{
    return row->form == OID_RSA ? PSA_KEY_TYPE_RSA_KEY_PAIR : PSA_KEY_TYPE_ECC_KEY_PAIR(row->family);
}

psa_key_type_t oid_public_type(const struct oid_row *row)
{
    return row->form == OID_RSA ? PSA_KEY_TYPE_RSA_PUBLIC_KEY : PSA_KEY_TYPE_ECC_PUBLIC_KEY(row->family);
}

/* Parameters of an algorithm that is no curve's: NULL for RSA (RFC 3279, 2.3.1), nothing for RFC 8410's (section 3). */
static psa_status_t read_no_parameters(struct der_reader *algorithm, const struct oid_row *row)
{
    if (row->form == OID_RSA) {
        struct der_reader null = der_enter(algorithm, DER_NULL);
        if (!der_done(&null)) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
    }
    return der_done(algorithm) ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
}

/* ECParameters (RFC 5480, 2.1.1): a named curve; curves spelled out, or inherited, are not for keys. */
static psa_status_t read_curve(struct der_reader *algorithm, const struct oid_row **row)
{
    if (der_next(algorithm) == DER_SEQUENCE || der_next(algorithm) == DER_NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    struct der_reader oid = der_enter(algorithm, DER_OID);
    if (!der_good(&oid) || !der_done(algorithm)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *row = oid_find_curve(&oid);
    return *row != NULL ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED;
}

psa_status_t oid_read_algorithm(struct der_reader *reader, const struct oid_row **row)
{
    struct der_reader algorithm = der_enter(reader, DER_SEQUENCE);
    struct der_reader oid = der_enter(&algorithm, DER_OID);
    if (!der_good(&oid)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (der_equal(&oid, ec_public_key, sizeof ec_public_key)) {
        return read_curve(&algorithm, row);
    }
    *row = find(&oid, 0);
    return *row != NULL ? read_no_parameters(&algorithm, *row) : PSA_ERROR_NOT_SUPPORTED;
}

void oid_write_algorithm(struct der_writer *writer, const struct oid_row *row)
{
    size_t mark = writer->length;
    if (row->form == OID_RSA) {
        der_write_element(writer, DER_NULL, NULL, 0);
    }
    der_write_element(writer, DER_OID, row->oid, row->length);
    if (row->form == OID_WEIERSTRASS) {
        der_write_element(writer, DER_OID, ec_public_key, sizeof ec_public_key);
    }
    der_write_header(writer, DER_SEQUENCE, mark);
}
