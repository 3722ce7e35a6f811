/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Curves by the names that vector files give them. Rows of the build come from its table. Curves that the table has not
 * (yet) get a row here, over the same arithmetic and with the order as OpenSSL knows it, so that the code is tested with
 * orders of other lengths, of no whole number of bytes, and beside hashes longer than the order.
 */
#ifndef TESTS_DRIVERS_SOFTWARE_ECC_CURVES_H
#define TESTS_DRIVERS_SOFTWARE_ECC_CURVES_H

#include <string.h>
#include <strings.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include "software/ecc/curve.h"
#include "software/math/ecp.h"

struct test_curve {
    struct sw_curve curve;
    const char *names[5];
    int nid;
    int in_build;
    uint8_t order[SW_CURVE_LENGTH_MAX];
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
    TEST_CURVE(PSA_ECC_FAMILY_SECP_K1, 256, NID_secp256k1, "secp256k1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, NID_brainpoolP256r1, "brainpoolP256r1", "brainpool256r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384, NID_brainpoolP384r1, "brainpoolP384r1", "brainpool384r1"),
    TEST_CURVE(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, NID_brainpoolP512r1, "brainpoolP512r1", "brainpool512r1"),
};

#define TEST_CURVES (sizeof test_curves / sizeof test_curves[0])

static inline void test_curve_fill(struct test_curve *row)
{
    struct sw_curve *curve = &row->curve;
    const struct sw_curve *built = sw_curve_find(curve->family, curve->bits);
    EC_GROUP *group = EC_GROUP_new_by_curve_name(row->nid);
    const BIGNUM *order = EC_GROUP_get0_order(group);

    curve->field_length = (uint16_t)((EC_GROUP_get_degree(group) + 7) / 8);
    curve->public_length = (uint16_t)(1 + 2 * curve->field_length);
    curve->order_bits = (uint16_t)BN_num_bits(order);
    curve->order_length = (uint16_t)BN_num_bytes(order);
    BN_bn2bin(order, row->order);
    curve->order = row->order;
    curve->keys = &sw_weierstrass_keys;
    curve->arithmetic = &math_ecp;
    EC_GROUP_free(group);
    if (built != NULL) {
        *curve = *built;
        row->in_build = 1;
    }
}

/* NULL for a curve over which there is no arithmetic. */
static inline const struct test_curve *test_curve_find(const char *name)
{
    for (size_t i = 0; i < TEST_CURVES; i++) {
        struct test_curve *row = &test_curves[i];
        for (size_t n = 0; n < 5 && row->names[n] != NULL; n++) {
            if (strcasecmp(row->names[n], name) == 0) {
                test_curve_fill(row);
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
