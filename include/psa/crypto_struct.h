/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/crypto_struct.h
 * \brief Layout of the objects that a program allocates. Include <psa/crypto.h>, never this file.
 *
 * The members are private: a program uses the functions and the initialisers alone. Sizes do not
 * depend on the configuration of the library, an all-zero object is valid and inactive, and an
 * object may be moved with memcpy() between two calls (there is no pointer into itself).
 */
#ifndef PSA_CRYPTO_STRUCT_H
#define PSA_CRYPTO_STRUCT_H

#include "crypto_types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of driver context that an operation holds inline; a larger context is allocated. */
#define PSACRYPTO_HASH_CONTEXT_SIZE 232u
#define PSACRYPTO_XOF_CONTEXT_SIZE 232u
#define PSACRYPTO_MAC_CONTEXT_SIZE 248u
#define PSACRYPTO_CIPHER_CONTEXT_SIZE 152u
#define PSACRYPTO_AEAD_CONTEXT_SIZE 248u
#define PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE 312u
#define PSACRYPTO_SIGN_CONTEXT_SIZE 248u
#define PSACRYPTO_PAKE_CONTEXT_SIZE 248u

struct psa_key_attributes_s {
    psa_key_type_t private_type;
    uint16_t private_bits;
    psa_key_lifetime_t private_lifetime;
    psa_key_usage_t private_usage;
    psa_algorithm_t private_alg;
    psa_algorithm_t private_alg2;
    psa_key_id_t private_id;
};

/* What every operation starts with: driver 0 means inactive. */
struct psacrypto_operation_s {
    uint64_t private_handle;      /* a context too large to lie inline, else 0 */
    uint32_t private_driver;      /* index in the driver table, plus one */
    psa_algorithm_t private_alg;
    psa_key_id_t private_key;     /* the key is acquired again at each step */
    uint32_t private_generation;  /* tells a key from a later one of the same id */
    int32_t private_owner;
    uint8_t private_state;        /* the API layer's state machine */
    uint8_t private_direction;
    uint16_t private_flags;
};

struct psa_hash_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_context[PSACRYPTO_HASH_CONTEXT_SIZE / 8u];
};

struct psa_xof_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_context[PSACRYPTO_XOF_CONTEXT_SIZE / 8u];
};

struct psa_mac_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_mac_length;
    uint64_t private_context[PSACRYPTO_MAC_CONTEXT_SIZE / 8u];
};

struct psa_cipher_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_input_length; /* accepted so far */
    uint32_t private_iv_length;    /* the length that the algorithm takes */
    uint32_t private_block_length;
    uint64_t private_context[PSACRYPTO_CIPHER_CONTEXT_SIZE / 8u];
};

struct psa_aead_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_ad_announced;   /* set_lengths() */
    uint64_t private_body_announced;
    uint64_t private_ad_length;      /* accepted so far */
    uint64_t private_body_length;
    uint32_t private_tag_length;
    uint32_t private_nonce_length;
    uint64_t private_context[PSACRYPTO_AEAD_CONTEXT_SIZE / 8u];
};

struct psa_key_derivation_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_capacity;
    uint32_t private_inputs;         /* a bit per step that was given */
    uint32_t private_usage;          /* what the keys that went in permit */
    uint64_t private_context[PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE / 8u];
};

/* Signing and verifying in parts; a signature to verify and a context string lie in private_data. */
struct psa_sign_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_data;
    uint32_t private_data_length;
    uint32_t private_context_length;
    struct psa_hash_operation_s private_hash;
};

struct psa_verify_operation_s {
    struct psacrypto_operation_s private_head;
    uint64_t private_data;
    uint32_t private_data_length;
    uint32_t private_context_length;
    struct psa_hash_operation_s private_hash;
    uint64_t private_context[PSACRYPTO_SIGN_CONTEXT_SIZE / 8u];
};

struct psa_pake_cipher_suite_s {
    psa_algorithm_t private_alg;
    psa_pake_primitive_t private_primitive;
    uint32_t private_key_confirmation;
};

struct psa_pake_operation_s {
    struct psacrypto_operation_s private_head;
    struct psa_pake_cipher_suite_s private_suite;
    uint32_t private_role;
    uint32_t private_inputs;         /* what was set: user, peer, context, role */
    uint32_t private_step;           /* the place in the exchange */
    uint64_t private_context[PSACRYPTO_PAKE_CONTEXT_SIZE / 8u];
};

#ifdef __cplusplus
}
#endif

#endif /* PSA_CRYPTO_STRUCT_H */
