/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/crypto_types.h
 * \brief Types of the PSA Crypto API. Include <psa/crypto.h>, never this file.
 *
 * The values that the integer types take are in psa/crypto_values.h, the members of the structures
 * in psa/crypto_struct.h.
 */
#ifndef PSA_CRYPTO_TYPES_H
#define PSA_CRYPTO_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a key is: a category and a type within it, PSA_KEY_TYPE_xxx. Bit 15 set: not of the specification. */
typedef uint16_t psa_key_type_t;

/** Family of elliptic curves, PSA_ECC_FAMILY_xxx; with a size in bits it names a curve. */
typedef uint8_t psa_ecc_family_t;

/** Family of finite field Diffie-Hellman groups, PSA_DH_FAMILY_xxx; with a size in bits it names a group. */
typedef uint8_t psa_dh_family_t;

/** Family of SLH-DSA parameter sets, PSA_SLH_DSA_FAMILY_xxx; with a size in bits it names a set. */
typedef uint8_t psa_slh_dsa_family_t;

/** What to compute, PSA_ALG_xxx. Bit 31 set: not of the specification. */
typedef uint32_t psa_algorithm_t;

/** Where a key lives and for how long: a persistence level in bits 7..0, a location in bits 31..8. */
typedef uint32_t psa_key_lifetime_t;

/** Which events destroy a key, PSA_KEY_PERSISTENCE_xxx. */
typedef uint8_t psa_key_persistence_t;

/** Where key material is kept and used, PSA_KEY_LOCATION_xxx (24 bits). */
typedef uint32_t psa_key_location_t;

/** Name of a key: chosen by the program for a persistent key, by the library for a volatile one. */
typedef uint32_t psa_key_id_t;

/** Bit-wise OR of PSA_KEY_USAGE_xxx. */
typedef uint32_t psa_key_usage_t;

/** Kind of an input of a key derivation, PSA_KEY_DERIVATION_INPUT_xxx. */
typedef uint16_t psa_key_derivation_step_t;

/** Kind of group that a PAKE computes in, PSA_PAKE_PRIMITIVE_TYPE_xxx. */
typedef uint8_t psa_pake_primitive_type_t;

/** Family of a PAKE's group: a psa_ecc_family_t or a psa_dh_family_t. */
typedef uint8_t psa_pake_family_t;

/** Group of a PAKE: type, family and size, see PSA_PAKE_PRIMITIVE(). */
typedef uint32_t psa_pake_primitive_t;

/** Part that a participant plays in a PAKE, PSA_PAKE_ROLE_xxx. */
typedef uint8_t psa_pake_role_t;

/** Kind of a value that a PAKE sends or receives, PSA_PAKE_STEP_xxx. */
typedef uint8_t psa_pake_step_t;

/** Attributes of a key. An object must be initialised: zero bytes, PSA_KEY_ATTRIBUTES_INIT or psa_key_attributes_init(). */
typedef struct psa_key_attributes_s psa_key_attributes_t;

/** How to generate or derive a key other than in the default way. Initialise with PSA_CUSTOM_KEY_PARAMETERS_INIT. */
typedef struct psa_custom_key_parameters_s {
    uint32_t flags; /**< 0 */
} psa_custom_key_parameters_t;

/* Operation objects. Each must be initialised before its first use (zero bytes, PSA_xxx_OPERATION_INIT
 * or psa_xxx_operation_init()) and is inactive again after its last step or its psa_xxx_abort(). */

typedef struct psa_hash_operation_s psa_hash_operation_t;                     /**< hash in parts */
typedef struct psa_xof_operation_s psa_xof_operation_t;                       /**< extendable-output function */
typedef struct psa_mac_operation_s psa_mac_operation_t;                       /**< MAC in parts */
typedef struct psa_cipher_operation_s psa_cipher_operation_t;                 /**< cipher in parts */
typedef struct psa_aead_operation_s psa_aead_operation_t;                     /**< AEAD in parts */
typedef struct psa_key_derivation_operation_s psa_key_derivation_operation_t; /**< key derivation */
typedef struct psa_sign_operation_s psa_sign_operation_t;                     /**< signing in parts */
typedef struct psa_verify_operation_s psa_verify_operation_t;                 /**< verification in parts */
typedef struct psa_pake_operation_s psa_pake_operation_t;                     /**< PAKE */

/** Algorithm, group and key confirmation of a PAKE. Initialise like an operation object. */
typedef struct psa_pake_cipher_suite_s psa_pake_cipher_suite_t;

#ifdef __cplusplus
}
#endif

#endif /* PSA_CRYPTO_TYPES_H */
