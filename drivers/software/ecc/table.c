/* SPDX-License-Identifier: Apache-2.0 */
/* The curves of this build. A new one is its order, a row here, and a row in math/ecp.c or arithmetic of its own. */
#include <psacrypto/config.h>

#include "software/ecc/curve.h"
#include "software/math/ecp.h"

#define BYTES(bits) (uint16_t)(((bits) + 7u) / 8u)

/* A curve over a prime field of field_bits bits in short Weierstrass form. */
#define WEIERSTRASS(family_, field_bits, order_bits_, order_)                                                        \
    {                                                                                                                \
        .family = (family_), .bits = (field_bits), .field_length = BYTES(field_bits),                                \
        .public_length = (uint16_t)(1u + 2u * BYTES(field_bits)), .order_bits = (order_bits_),                       \
        .order_length = BYTES(order_bits_), .order = (order_), .keys = &sw_weierstrass_keys, .arithmetic = &math_ecp \
    }

#if PSA_WANT_ECC_SECP_R1_256
/* SP 800-186, 3.2.1.3 */
static const uint8_t secp256r1_order[] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
};
#endif

static const struct sw_curve curves[] = {
#if PSA_WANT_ECC_SECP_R1_256
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_R1, 256, 256, secp256r1_order),
#endif
    { .family = 0 }, /* no curve: the table is never empty */
};

static const struct sw_curve *const end = &curves[sizeof curves / sizeof curves[0] - 1];

const struct sw_curve *sw_curve_find(psa_ecc_family_t family, size_t bits)
{
    for (const struct sw_curve *curve = curves; curve != end; curve++) {
        if (curve->family == family && curve->bits == bits) {
            return curve;
        }
    }
    return NULL;
}

const struct sw_curve *sw_curve_find_by_length(psa_ecc_family_t family, int is_public, size_t length)
{
    const struct sw_curve *found = NULL;
    for (const struct sw_curve *curve = curves; curve != end; curve++) {
        size_t wanted = is_public ? curve->public_length : curve->order_length;
        if (curve->family == family && wanted == length) {
            if (found != NULL) {
                return NULL;
            }
            found = curve;
        }
    }
    return found;
}

int sw_curve_has_family(psa_ecc_family_t family)
{
    for (const struct sw_curve *curve = curves; curve != end; curve++) {
        if (curve->family == family) {
            return 1;
        }
    }
    return 0;
}

const struct sw_curve *sw_curve_of(const psa_key_attributes_t *attributes)
{
    return sw_curve_find(PSA_KEY_TYPE_ECC_GET_FAMILY(psa_get_key_type(attributes)), psa_get_key_bits(attributes));
}
