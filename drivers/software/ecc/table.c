/* SPDX-License-Identifier: Apache-2.0 */
/* The curves of this build. A new one is its order, a row here, and a row in generic_curve_table.c or arithmetic of its own. */
#include <psacrypto/config.h>

#include "software/ecc/curve.h"
#include "software/ecc/eddsa.h"
#include "software/ecc/montgomery.h"
#include "software/ecc/p256.h"
#include "software/ecc/generic_curve.h"

#define BYTES(bits) (uint16_t)(((bits) + 7u) / 8u)

/* A curve over a prime field of field_bits bits in short Weierstrass form; bits_ is what PSA calls its size. */
#define WEIERSTRASS(family_, bits_, field_bits, order_bits_, order_, arithmetic_)                                     \
    {                                                                                                                 \
        .family = (family_), .bits = (bits_), .field_length = BYTES(field_bits),                                      \
        .public_length = (uint16_t)(1u + 2u * BYTES(field_bits)), .order_bits = (order_bits_),                        \
        .order_length = BYTES(order_bits_), .order = (order_), .keys = &sw_weierstrass_keys, .arithmetic = &(arithmetic_) \
    }

/* A Montgomery curve: keys, points and secrets are strings of one length. */
#define MONTGOMERY(bits_, arithmetic_)                                                                                \
    {                                                                                                                 \
        .family = PSA_ECC_FAMILY_MONTGOMERY, .bits = (bits_), .field_length = BYTES(bits_), .public_length = BYTES(bits_),\
        .order_bits = (bits_), .order_length = BYTES(bits_), .keys = &sw_montgomery_keys, .arithmetic = &(arithmetic_)\
    }

/* A twisted Edwards curve: keys as RFC 8032 has them. */
#define EDWARDS(bits_, length_, arithmetic_)                                                                          \
    {                                                                                                                 \
        .family = PSA_ECC_FAMILY_TWISTED_EDWARDS, .bits = (bits_), .field_length = (length_), .public_length = (length_),\
        .order_bits = (bits_), .order_length = (length_), .keys = &sw_eddsa_keys, .arithmetic = &(arithmetic_)        \
    }

#if PSA_WANT_ECC_SECP_K1_192
/* SEC 2, 2.2.1 */
static const uint8_t secp192k1_order[] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0x26, 0xf2, 0xfc, 0x17,
    0x0f, 0x69, 0x46, 0x6a, 0x74, 0xde, 0xfd, 0x8d,
};
#endif

#if PSA_WANT_ECC_SECP_K1_224
/* SEC 2, 2.3.1: one bit longer than the field */
static const uint8_t secp224k1_order[] = {
    0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0xdc,
    0xe8, 0xd2, 0xec, 0x61, 0x84, 0xca, 0xf0, 0xa9, 0x71, 0x76, 0x9f, 0xb1, 0xf7,
};
#endif

#if PSA_WANT_ECC_SECP_K1_256
/* SEC 2, 2.4.1 */
static const uint8_t secp256k1_order[] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
};
#endif

#if PSA_WANT_ECC_SECP_R1_192
/* SEC 2, 2.2.2 */
static const uint8_t secp192r1_order[] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x99, 0xde, 0xf8, 0x36,
    0x14, 0x6b, 0xc9, 0xb1, 0xb4, 0xd2, 0x28, 0x31,
};
#endif

#if PSA_WANT_ECC_SECP_R1_224
/* SP 800-186, 3.2.1.2 */
static const uint8_t secp224r1_order[] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x16, 0xa2,
    0xe0, 0xb8, 0xf0, 0x3e, 0x13, 0xdd, 0x29, 0x45, 0x5c, 0x5c, 0x2a, 0x3d,
};
#endif

#if PSA_WANT_ECC_SECP_R1_256
/* SP 800-186, 3.2.1.3 */
static const uint8_t secp256r1_order[] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
};
#endif

#if PSA_WANT_ECC_SECP_R1_384
/* SP 800-186, 3.2.1.4 */
static const uint8_t secp384r1_order[] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xc7, 0x63, 0x4d, 0x81, 0xf4, 0x37, 0x2d, 0xdf,
    0x58, 0x1a, 0x0d, 0xb2, 0x48, 0xb0, 0xa7, 0x7a, 0xec, 0xec, 0x19, 0x6a, 0xcc, 0xc5, 0x29, 0x73,
};
#endif

#if PSA_WANT_ECC_SECP_R1_521
/* SP 800-186, 3.2.1.5 */
static const uint8_t secp521r1_order[] = {
    0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xfa, 0x51, 0x86, 0x87, 0x83, 0xbf, 0x2f, 0x96, 0x6b, 0x7f, 0xcc, 0x01, 0x48, 0xf7, 0x09,
    0xa5, 0xd0, 0x3b, 0xb5, 0xc9, 0xb8, 0x89, 0x9c, 0x47, 0xae, 0xbb, 0x6f, 0xb7, 0x1e, 0x91, 0x38,
    0x64, 0x09,
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_160
/* RFC 5639, 3.1 */
static const uint8_t brainpoolp160r1_order[] = {
    0xe9, 0x5e, 0x4a, 0x5f, 0x73, 0x70, 0x59, 0xdc, 0x60, 0xdf, 0x59, 0x91, 0xd4, 0x50, 0x29, 0x40,
    0x9e, 0x60, 0xfc, 0x09,
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_192
/* RFC 5639, 3.2 */
static const uint8_t brainpoolp192r1_order[] = {
    0xc3, 0x02, 0xf4, 0x1d, 0x93, 0x2a, 0x36, 0xcd, 0xa7, 0xa3, 0x46, 0x2f, 0x9e, 0x9e, 0x91, 0x6b,
    0x5b, 0xe8, 0xf1, 0x02, 0x9a, 0xc4, 0xac, 0xc1,
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_224
/* RFC 5639, 3.3 */
static const uint8_t brainpoolp224r1_order[] = {
    0xd7, 0xc1, 0x34, 0xaa, 0x26, 0x43, 0x66, 0x86, 0x2a, 0x18, 0x30, 0x25, 0x75, 0xd0, 0xfb, 0x98,
    0xd1, 0x16, 0xbc, 0x4b, 0x6d, 0xde, 0xbc, 0xa3, 0xa5, 0xa7, 0x93, 0x9f,
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_256
/* RFC 5639, 3.4 */
static const uint8_t brainpoolp256r1_order[] = {
    0xa9, 0xfb, 0x57, 0xdb, 0xa1, 0xee, 0xa9, 0xbc, 0x3e, 0x66, 0x0a, 0x90, 0x9d, 0x83, 0x8d, 0x71,
    0x8c, 0x39, 0x7a, 0xa3, 0xb5, 0x61, 0xa6, 0xf7, 0x90, 0x1e, 0x0e, 0x82, 0x97, 0x48, 0x56, 0xa7,
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_320
/* RFC 5639, 3.5 */
static const uint8_t brainpoolp320r1_order[] = {
    0xd3, 0x5e, 0x47, 0x20, 0x36, 0xbc, 0x4f, 0xb7, 0xe1, 0x3c, 0x78, 0x5e, 0xd2, 0x01, 0xe0, 0x65,
    0xf9, 0x8f, 0xcf, 0xa5, 0xb6, 0x8f, 0x12, 0xa3, 0x2d, 0x48, 0x2e, 0xc7, 0xee, 0x86, 0x58, 0xe9,
    0x86, 0x91, 0x55, 0x5b, 0x44, 0xc5, 0x93, 0x11,
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_384
/* RFC 5639, 3.6 */
static const uint8_t brainpoolp384r1_order[] = {
    0x8c, 0xb9, 0x1e, 0x82, 0xa3, 0x38, 0x6d, 0x28, 0x0f, 0x5d, 0x6f, 0x7e, 0x50, 0xe6, 0x41, 0xdf,
    0x15, 0x2f, 0x71, 0x09, 0xed, 0x54, 0x56, 0xb3, 0x1f, 0x16, 0x6e, 0x6c, 0xac, 0x04, 0x25, 0xa7,
    0xcf, 0x3a, 0xb6, 0xaf, 0x6b, 0x7f, 0xc3, 0x10, 0x3b, 0x88, 0x32, 0x02, 0xe9, 0x04, 0x65, 0x65,
};
#endif

#if PSA_WANT_ECC_BRAINPOOL_P_R1_512
/* RFC 5639, 3.7 */
static const uint8_t brainpoolp512r1_order[] = {
    0xaa, 0xdd, 0x9d, 0xb8, 0xdb, 0xe9, 0xc4, 0x8b, 0x3f, 0xd4, 0xe6, 0xae, 0x33, 0xc9, 0xfc, 0x07,
    0xcb, 0x30, 0x8d, 0xb3, 0xb3, 0xc9, 0xd2, 0x0e, 0xd6, 0x63, 0x9c, 0xca, 0x70, 0x33, 0x08, 0x70,
    0x55, 0x3e, 0x5c, 0x41, 0x4c, 0xa9, 0x26, 0x19, 0x41, 0x86, 0x61, 0x19, 0x7f, 0xac, 0x10, 0x47,
    0x1d, 0xb1, 0xd3, 0x81, 0x08, 0x5d, 0xda, 0xdd, 0xb5, 0x87, 0x96, 0x82, 0x9c, 0xa9, 0x00, 0x69,
};
#endif

#if PSA_WANT_ECC_FRP_256
/* FRP256v1: ANSSI, JORF no. 241 of 16 October 2011 */
static const uint8_t frp256v1_order[] = {
    0xf1, 0xfd, 0x17, 0x8c, 0x0b, 0x3a, 0xd5, 0x8f, 0x10, 0x12, 0x6d, 0xe8, 0xce, 0x42, 0x43, 0x5b,
    0x53, 0xdc, 0x67, 0xe1, 0x40, 0xd2, 0xbf, 0x94, 0x1f, 0xfd, 0xd4, 0x59, 0xc6, 0xd6, 0x55, 0xe1,
};
#endif

static const struct sw_curve curves[] = {
#if PSA_WANT_ECC_SECP_K1_192
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_K1, 192, 192, 192, secp192k1_order, sw_generic),
#endif
#if PSA_WANT_ECC_SECP_K1_224
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_K1, 225, 224, 225, secp224k1_order, sw_generic),
#endif
#if PSA_WANT_ECC_SECP_K1_256
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_K1, 256, 256, 256, secp256k1_order, sw_generic),
#endif
#if PSA_WANT_ECC_SECP_R1_192
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_R1, 192, 192, 192, secp192r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_SECP_R1_224
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_R1, 224, 224, 224, secp224r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_SECP_R1_256
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_R1, 256, 256, 256, secp256r1_order, sw_p256),
#endif
#if PSA_WANT_ECC_SECP_R1_384
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_R1, 384, 384, 384, secp384r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_SECP_R1_521
    WEIERSTRASS(PSA_ECC_FAMILY_SECP_R1, 521, 521, 521, secp521r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_160
    WEIERSTRASS(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, 160, 160, brainpoolp160r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_192
    WEIERSTRASS(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192, 192, 192, brainpoolp192r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_224
    WEIERSTRASS(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224, 224, 224, brainpoolp224r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_256
    WEIERSTRASS(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, 256, 256, brainpoolp256r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_320
    WEIERSTRASS(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, 320, 320, brainpoolp320r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_384
    WEIERSTRASS(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384, 384, 384, brainpoolp384r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_BRAINPOOL_P_R1_512
    WEIERSTRASS(PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, 512, 512, brainpoolp512r1_order, sw_generic),
#endif
#if PSA_WANT_ECC_FRP_256
    WEIERSTRASS(PSA_ECC_FAMILY_FRP, 256, 256, 256, frp256v1_order, sw_generic),
#endif
#if PSA_WANT_ECC_MONTGOMERY_255
    MONTGOMERY(255, sw_x25519),
#endif
#if PSA_WANT_ECC_MONTGOMERY_448
    MONTGOMERY(448, sw_x448),
#endif
#if PSA_WANT_ECC_TWISTED_EDWARDS_255
    EDWARDS(255, 32, sw_ed25519_arithmetic),
#endif
#if PSA_WANT_ECC_TWISTED_EDWARDS_448
    EDWARDS(448, 57, sw_ed448_arithmetic),
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
