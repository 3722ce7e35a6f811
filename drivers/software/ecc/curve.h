/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row per elliptic curve (table.c). A row names the curve's size, its rules for keys and its arithmetic, so that
 * each can be exchanged alone: a curve of our own code is a `const struct sw_curve_arithmetic` and one word in the row.
 *
 * Scalars and coordinates are byte strings of the length that the row says, in the byte order of the curve's
 * standard (big-endian for Weierstrass curves); a point is what PSA exports as public key.
 */
#ifndef SOFTWARE_ECC_CURVE_H
#define SOFTWARE_ECC_CURVE_H

#include <psacrypto/driver.h>

/* secp521r1: 521 bits. Larger curves raise it. */
#define SW_CURVE_LENGTH_MAX 66u
#define SW_CURVE_POINT_MAX (1u + 2u * SW_CURVE_LENGTH_MAX)
#define SW_CURVE_SIGNATURE_MAX (2u * SW_CURVE_LENGTH_MAX)

struct sw_curve;

/*
 * Sums of points in the subgroup that the base point generates, for protocols that need more than a multiplication
 * (pake/group.h). Scalars are 1..n-1, big-endian, as long as the order n; points are in the subgroup, what check() says of one
 * from outside, and not the neutral element. A sum may be that: then it is written as zeroes behind the byte `neutral`.
 * Outputs may lie over inputs.
 */
struct sw_curve_group {
    const uint8_t *order;  /* n, big-endian; NULL: the one in the row of the curve */
    uint16_t order_length;
    uint8_t cofactor;
    uint8_t neutral;
    /* PSA_ERROR_INVALID_ARGUMENT unless the string is a point of order n. */
    psa_status_t (*check)(const struct sw_curve *curve, const uint8_t *point);
    psa_status_t (*multiply_base)(const struct sw_curve *curve, uint8_t *product, const uint8_t *scalar);
    psa_status_t (*multiply)(const struct sw_curve *curve, uint8_t *product, const uint8_t *scalar, const uint8_t *point);
    psa_status_t (*add)(const struct sw_curve *curve, uint8_t *sum, const uint8_t *a, const uint8_t *b);
};

/*
 * What is computed in the group. Private keys and nonces are in the range that the curve's key rules allow, e is
 * below the order; the caller has checked that. Points come from outside and are checked where that is said.
 * A function that blinds may fail for want of randomness. Nothing overlaps.
 */
struct sw_curve_arithmetic {
    /* point is private_key times the base point. */
    psa_status_t (*public_key)(const struct sw_curve *curve, uint8_t *point, const uint8_t *private_key);
    /* PSA_ERROR_INVALID_ARGUMENT unless point is on the curve, of the right group and not the neutral element, in PSA's format: on
     * Weierstrass curves neither compressed nor hybrid. */
    psa_status_t (*check_point)(const struct sw_curve *curve, const uint8_t *point);
    /* The shared secret with the holder of point, field_length bytes; checks point as above. */
    psa_status_t (*agree)(const struct sw_curve *curve, uint8_t *secret, const uint8_t *private_key, const uint8_t *point);
    /* ECDSA (FIPS 186-5, 6.4.1, steps 6 to 9): r || s, either of which may be 0. NULL: not a curve for ECDSA. */
    psa_status_t (*sign)(const struct sw_curve *curve, uint8_t *signature, const uint8_t *private_key,
                         const uint8_t *nonce, const uint8_t *e);
    /* ECDSA (FIPS 186-5, 6.4.2, steps 5 to 9), r and s in range: PSA_ERROR_INVALID_SIGNATURE unless they fit.
     * All inputs are public: variable time. */
    psa_status_t (*verify_vartime)(const struct sw_curve *curve, const uint8_t *point, const uint8_t *e,
                                   const uint8_t *signature);
    /* The same for a point of which multiples are kept, in table_size bytes aligned to 8. make_table checks point as above. 0 and
     * NULL: there is nothing worth keeping but the point. */
    size_t table_size;
    psa_status_t (*make_table)(const struct sw_curve *curve, void *table, const uint8_t *point);
    psa_status_t (*verify_by_table_vartime)(const struct sw_curve *curve, const void *table, const uint8_t *e,
                                            const uint8_t *signature);
    /* NULL: not a curve for PAKEs. */
    const struct sw_curve_group *group;
};

/* What keys of a kind of curve look like. */
struct sw_curve_keys {
    /* PSA_ERROR_INVALID_ARGUMENT unless the bytes, of the length that the row says, are a private key. */
    psa_status_t (*check_private)(const struct sw_curve *curve, const uint8_t *private_key);
    /* A private key from drawn bytes, as the "Key derivation" table of the specification says. */
    psa_status_t (*draw_private)(const struct sw_curve *curve, uint8_t *private_key, psacrypto_draw_t draw, void *source);
};

struct sw_curve {
    psa_ecc_family_t family;
    uint16_t bits;          /* the size of keys in PSA */
    uint16_t field_length;  /* of a coordinate */
    uint16_t public_length; /* of a public key */
    uint16_t order_bits;
    uint16_t order_length;  /* of a private key, r, s */
    const uint8_t *order;   /* of the base point, big-endian; NULL where the key rules need none */
    const struct sw_curve_keys *keys;
    const struct sw_curve_arithmetic *arithmetic;
};

/* NULL where this build has no such curve. */
const struct sw_curve *sw_curve_find(psa_ecc_family_t family, size_t bits);

/* The curve of a family whose private (or public) keys have this length. NULL where there is none, or more than one. */
const struct sw_curve *sw_curve_find_by_length(psa_ecc_family_t family, int is_public, size_t length);

/* Whether this build has a curve of the family. */
int sw_curve_has_family(psa_ecc_family_t family);

/* The curve of a key of an elliptic curve type, NULL as above. */
const struct sw_curve *sw_curve_of(const psa_key_attributes_t *attributes);

/* Short Weierstrass curves: private keys are 1..n-1, public keys 0x04 || X || Y (weierstrass.c). */
extern const struct sw_curve_keys sw_weierstrass_keys;

#endif
