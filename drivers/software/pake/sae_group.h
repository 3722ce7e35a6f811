/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The groups of WPA3-SAE (IEEE 802.11-2020, 12.4.4), and how passwords become elements there: curves over prime fields, and the
 * squares modulo a safe prime. An element is written here as SAE sends it and as a password token is exported: a point as x || y, an
 * element of a finite field as its integer, each as long as the prime, and so are scalars.
 *
 * Constant-time: an element that leaks a few bits of how it came about is a password found.
 */
#ifndef SOFTWARE_PAKE_SAE_GROUP_H
#define SOFTWARE_PAKE_SAE_GROUP_H

#include <psacrypto/config.h>

#include "software/pake/group.h"

#define SW_HAS_SAE_ECC PSA_WANT_KEY_TYPE_WPA3_SAE_ECC
#define SW_HAS_SAE_DH (PSA_WANT_KEY_TYPE_WPA3_SAE_DH & SW_HAS_DH_GROUP)
#define SW_HAS_SAE (SW_HAS_SAE_ECC | SW_HAS_SAE_DH)

/* Bytes of the longest scalar, element, and pwd-values of a group (two of a curve are shorter). */
#if SW_HAS_SAE_DH
#define SW_SAE_LENGTH_MAX SW_FFDH_LENGTH_MAX
#define SW_SAE_ELEMENT_MAX SW_SAE_LENGTH_MAX
#define SW_SAE_VALUES_MAX (SW_SAE_LENGTH_MAX + SW_SAE_LENGTH_MAX / 2u)
#else
#define SW_SAE_LENGTH_MAX SW_CURVE_LENGTH_MAX
#define SW_SAE_ELEMENT_MAX (2u * SW_SAE_LENGTH_MAX)
#define SW_SAE_VALUES_MAX (2u * (SW_SAE_LENGTH_MAX + SW_SAE_LENGTH_MAX / 2u))
#endif

struct sw_sae_group {
    struct sw_group group;
    const struct sw_sae_kind *kind;
    const void *parameters;  /* of the kind */
    psa_algorithm_t hash;    /* of the hash-to-element methods (table 12-1) */
    uint16_t prime_bits;
    uint16_t length;         /* of the prime, of a scalar */
    uint16_t element_length;
    uint16_t value_length;   /* of a pwd-value of the hash-to-element methods */
    uint8_t value_count;
    uint8_t prefix;          /* bytes that PSA puts before an element in a public key */
};

struct sw_sae_kind {
    /* The password token PT of all pwd-values, one behind the other (12.4.4.2.3 and 12.4.4.3.3). */
    void (*derive)(const struct sw_sae_group *group, uint8_t *token, const uint8_t *values);
    /* PSA_ERROR_INVALID_ARGUMENT unless the token, which is secret, is an element of the group other than the neutral one. */
    psa_status_t (*check_token)(const struct sw_sae_group *group, const uint8_t *token);
    /* One round of the looping method (12.4.4.2.2 and 12.4.4.3.2): all-ones if value, as long as the prime, leads to an element, of a
     * curve that with a y whose lowest bit is that of parity; else 0, and element is anything. */
    uint32_t (*candidate)(const struct sw_sae_group *group, uint8_t *element, const uint8_t *value, uint32_t parity);
    void (*prime)(const struct sw_sae_group *group, uint8_t *prime);
    unsigned rounds; /* of the looping method, at least: that more are needed is next to impossible */
    uint16_t first, second; /* bits of the largest prime for SHA-256 and for SHA-384 */
};

/* PSA_ERROR_NOT_SUPPORTED where this build does not have the group, or it is none of SAE. */
psa_status_t sw_sae_group_find(struct sw_sae_group *group, psa_pake_primitive_t primitive);

/* The group of a password token; bits 0: the one of the family whose tokens have token_length bytes. */
psa_status_t sw_sae_group_of_token(struct sw_sae_group *group, psa_key_type_t type, size_t bits, size_t token_length);

/* What sw_sae_group_find() asks: 1 and kind, parameters, prime_bits, value_count and prefix, or 0. */
int sw_sae_curve_find(struct sw_sae_group *group, psa_ecc_family_t family, size_t bits);
int sw_sae_field_find(struct sw_sae_group *group, psa_dh_family_t family, size_t bits);

#endif
