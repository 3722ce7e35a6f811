/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Curves by the names that vector files give them, and as OpenSSL knows them.
 */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_CURVES_H
#define TESTS_DRIVERS_SOFTWARE_ECC_CURVES_H

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include "software/ecc/curve.h"

struct test_curve {
    struct sw_curve curve;
    const char *names[5];
    int nid;
};

#define TEST_CURVE(family_, bits_, nid_, ...) \
    { .curve = { .family = family_, .bits = bits_ }, .nid = nid_, .names = { __VA_ARGS__ } }

static struct test_curve test_curves[] = {
    TEST_CURVE(PSA_ECC_FAMILY_SECP_R1, 192, NID_X9_62_prime192v1, "secp192r1", "P-192", "NIST P-192"),
    TEST_CURVE(PSA_ECC_FAMILY_SECP_R1, 224, NID_secp224r1, "secp224r1", "P-224", "NIST P-224"),
    TEST_CURVE(PSA_ECC_FAMILY_SECP_R1, 256, NID_X9_62_prime256v1, "secp256r1", "P-256", "NIST P-256"),
    TEST_CURVE(PSA_ECC_FAMILY_SECP_R1, 384, NID_secp384r1, "secp384r1", "P-384", "NIST P-384"),
    TEST_CURVE(PSA_ECC_FAMILY_SECP_R1, 521, NID_secp521r1, "secp521r1", "P-521", "NIST P-521"),
    TEST_CURVE(PSA_ECC_FAMILY_SECP_K1, 192, NID_secp192k1, "secp192k1"),
    TEST_CURVE(PSA_ECC_FAMILY_SECP_K1, 225, NID_secp224k1, "secp224k1"),
    TEST_CURVE(PSA_ECC_FAMILY_SECP_K1, 256, NID_secp256k1, "secp256k1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, NID_brainpoolP160r1, "brainpoolP160r1", "brainpool160r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192, NID_brainpoolP192r1, "brainpoolP192r1", "brainpool192r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224, NID_brainpoolP224r1, "brainpoolP224r1", "brainpool224r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, NID_brainpoolP256r1, "brainpoolP256r1", "brainpool256r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, NID_brainpoolP320r1, "brainpoolP320r1", "brainpool320r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384, NID_brainpoolP384r1, "brainpoolP384r1", "brainpool384r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, NID_brainpoolP512r1, "brainpoolP512r1", "brainpool512r1"),
    TEST_CURVE(PSA_ECC_FAMILY_FRP, 256, 0, "frp256v1"), /* OpenSSL does not know it by name */
};

#define TEST_CURVES (sizeof test_curves / sizeof test_curves[0])

/* FRP256v1 (ANSSI, JORF no. 241 of 16 October 2011), for OpenSSL. */
static inline EC_GROUP *test_frp256v1(void)
{
    static const char *const hex[] = {
        "F1FD178C0B3AD58F10126DE8CE42435B3961ADBCABC8CA6DE8FCF353D86E9C03", /* p */
        "F1FD178C0B3AD58F10126DE8CE42435B3961ADBCABC8CA6DE8FCF353D86E9C00", /* a */
        "EE353FCA5428A9300D4ABA754A44C00FDFEC0C9AE4B1A1803075ED967B7BB73F", /* b */
        "B6B3D4C356C139EB31183D4749D423958C27D2DCAF98B70164C97A2DD98F5CFF", /* x */
        "6142E0F7C8B204911F9271F0F3ECEF8C2701C307E8E4C9E183115A1554062CFB", /* y */
        "F1FD178C0B3AD58F10126DE8CE42435B53DC67E140D2BF941FFDD459C6D655E1", /* n */
    };
    BIGNUM *integers[6] = { NULL };
    for (int i = 0; i < 6; i++) {
        BN_hex2bn(&integers[i], hex[i]);
    }
    EC_GROUP *group = EC_GROUP_new_curve_GFp(integers[0], integers[1], integers[2], NULL);
    EC_POINT *point = EC_POINT_new(group);
    if (EC_POINT_set_affine_coordinates(group, point, integers[3], integers[4], NULL) != 1 ||
        EC_GROUP_set_generator(group, point, integers[5], BN_value_one()) != 1) {
        abort();
    }
    EC_POINT_free(point);
    for (int i = 0; i < 6; i++) {
        BN_free(integers[i]);
    }
    return group;
}

static inline EC_GROUP *test_curve_group(const struct test_curve *row)
{
    return row->nid != 0 ? EC_GROUP_new_by_curve_name(row->nid) : test_frp256v1();
}

/* An empty key of OpenSSL. */
static inline EC_KEY *test_curve_key(const struct test_curve *row)
{
    EC_GROUP *group = test_curve_group(row);
    EC_KEY *key = EC_KEY_new();
    if (EC_KEY_set_group(key, group) != 1) {
        abort();
    }
    EC_GROUP_free(group);
    return key;
}

/* NULL for a curve that is not here. */
static inline const struct test_curve *test_curve_find(const char *name)
{
    for (size_t i = 0; i < TEST_CURVES; i++) {
        struct test_curve *row = &test_curves[i];
        for (size_t n = 0; n < 5 && row->names[n] != NULL; n++) {
            if (strcasecmp(row->names[n], name) == 0) {
                const struct sw_curve *curve = sw_curve_find(row->curve.family, row->curve.bits);
                if (curve == NULL) {
                    abort(); /* tests are of a build with all curves */
                }
                row->curve = *curve;
                return row;
            }
        }
    }
    return NULL;
}

/* An integer right-aligned in length bytes; 0 when it does not fit. */
static inline int test_pad(uint8_t *output, size_t length, const uint8_t *integer, size_t integer_length)
{
    while (integer_length > length) {
        if (*integer != 0) {
            return 0;
        }
        integer++;
        integer_length--;
    }
    memset(output, 0, length - integer_length);
    memcpy(output + (length - integer_length), integer, integer_length);
    return 1;
}

#endif
