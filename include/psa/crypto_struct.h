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

#include "crypto_values.h"

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

/* What every operation starts with, behind a scalar that is there so that { 0 } initialises an operation anywhere
 * without a compiler missing braces. Driver 0 means inactive. */
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
    uint64_t private_unused;
    struct psacrypto_operation_s private_head;
    uint64_t private_context[PSACRYPTO_HASH_CONTEXT_SIZE / 8u];
};

struct psa_xof_operation_s {
    uint64_t private_unused;
    struct psacrypto_operation_s private_head;
    uint64_t private_context[PSACRYPTO_XOF_CONTEXT_SIZE / 8u];
};

struct psa_mac_operation_s {
    uint64_t private_unused;
    struct psacrypto_operation_s private_head;
    uint64_t private_mac_length;
    uint64_t private_context[PSACRYPTO_MAC_CONTEXT_SIZE / 8u];
};

struct psa_cipher_operation_s {
    uint64_t private_unused;
    struct psacrypto_operation_s private_head;
    uint64_t private_input_length; /* accepted so far */
    uint32_t private_iv_length;    /* the length that the algorithm takes */
    uint32_t private_block_length;
    uint64_t private_context[PSACRYPTO_CIPHER_CONTEXT_SIZE / 8u];
};

struct psa_aead_operation_s {
    uint64_t private_unused;
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
    uint64_t private_unused;
    struct psacrypto_operation_s private_head;
    uint64_t private_capacity;
    uint64_t private_record;         /* inputs that were given, for a derivation that may yet move to another location */
    uint32_t private_inputs;         /* a bit per step that was given */
    uint32_t private_usage;          /* what the keys that went in permit */
    uint64_t private_context[PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE / 8u];
};

/* Signing and verifying in parts; a signature to verify and a context string lie in private_data. */
struct psa_sign_operation_s {
    uint64_t private_unused;
    struct psacrypto_operation_s private_head;
    uint64_t private_data;
    uint32_t private_data_length;
    uint32_t private_context_length;
    struct psa_hash_operation_s private_hash;
};

struct psa_verify_operation_s {
    uint64_t private_unused;
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
    uint64_t private_unused;
    struct psacrypto_operation_s private_head;
    struct psa_pake_cipher_suite_s private_suite;
    uint32_t private_role;
    uint32_t private_inputs;         /* what was set: user, peer, context, role */
    uint32_t private_step;           /* the place in the exchange */
    uint64_t private_context[PSACRYPTO_PAKE_CONTEXT_SIZE / 8u];
};

/* Initialisers, every member spelt out: neither C nor C++ compilers then miss one. */
#define PSACRYPTO_OPERATION_HEAD_INIT 0, { 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/** A key's attributes: volatile, of no type, size or use. */
#define PSA_KEY_ATTRIBUTES_INIT { 0, 0, 0, 0, 0, 0, 0 }

/** The default way to generate or derive a key. */
#define PSA_CUSTOM_KEY_PARAMETERS_INIT { 0 }

/** An inactive hash operation. */
#define PSA_HASH_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, { 0 } }

/** An inactive XOF operation. */
#define PSA_XOF_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, { 0 } }

/** An inactive MAC operation. */
#define PSA_MAC_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, 0, { 0 } }

/** An inactive cipher operation. */
#define PSA_CIPHER_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, 0, 0, 0, { 0 } }

/** An inactive AEAD operation. */
#define PSA_AEAD_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, 0, 0, 0, 0, 0, 0, { 0 } }

/** An inactive key derivation. */
#define PSA_KEY_DERIVATION_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, 0, 0, 0, 0, { 0 } }

/** An inactive signing operation. */
#define PSA_SIGN_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, 0, 0, 0, PSA_HASH_OPERATION_INIT }

/** An inactive verification operation. */
#define PSA_VERIFY_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, 0, 0, 0, PSA_HASH_OPERATION_INIT, { 0 } }

/** A cipher suite of no algorithm and no group, with a confirmed key. */
#define PSA_PAKE_CIPHER_SUITE_INIT { 0, 0, 0 }

/** An inactive PAKE. */
#define PSA_PAKE_OPERATION_INIT { PSACRYPTO_OPERATION_HEAD_INIT, PSA_PAKE_CIPHER_SUITE_INIT, 0, 0, 0, { 0 } }

/* Each of the functions below reads or writes the object alone: no error, no storage, no lock. */

/** \brief Initial attributes. \return as PSA_KEY_ATTRIBUTES_INIT; section "Key attributes" */
static inline psa_key_attributes_t psa_key_attributes_init(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    return attributes;
}

/** \brief Put attributes back to their initial state. \param attributes the object; section "Key attributes" */
static inline void psa_reset_key_attributes(psa_key_attributes_t *attributes)
{
    *attributes = psa_key_attributes_init();
}

/** \brief Set the type. \param attributes the object \param type the type, or PSA_KEY_TYPE_NONE; section "Key types" */
static inline void psa_set_key_type(psa_key_attributes_t *attributes, psa_key_type_t type)
{
    attributes->private_type = type;
}

/** \brief Get the type. \param attributes the object \return the type; section "Key types" */
static inline psa_key_type_t psa_get_key_type(const psa_key_attributes_t *attributes)
{
    return attributes->private_type;
}

/**
 * \brief Set the size; section "Key types".
 * \param attributes the object
 * \param bits       size in bits, 0 for not specified. No key is longer than 65528 bits: more than
 *                   16 bits can hold is kept as 65535, which every function that creates a key rejects.
 */
static inline void psa_set_key_bits(psa_key_attributes_t *attributes, size_t bits)
{
    attributes->private_bits = bits > 0xffffu ? (uint16_t)0xffffu : (uint16_t)bits;
}

/** \brief Get the size. \param attributes the object \return size in bits; section "Key types" */
static inline size_t psa_get_key_bits(const psa_key_attributes_t *attributes)
{
    return attributes->private_bits;
}

/**
 * \brief Set the lifetime; section "Key lifetimes".
 * \param attributes the object
 * \param lifetime   the lifetime; a volatile one also resets the key identifier
 */
static inline void psa_set_key_lifetime(psa_key_attributes_t *attributes, psa_key_lifetime_t lifetime)
{
    attributes->private_lifetime = lifetime;
    if (PSA_KEY_LIFETIME_IS_VOLATILE(lifetime)) {
        attributes->private_id = PSA_KEY_ID_NULL;
    }
}

/** \brief Get the lifetime. \param attributes the object \return the lifetime; section "Key lifetimes" */
static inline psa_key_lifetime_t psa_get_key_lifetime(const psa_key_attributes_t *attributes)
{
    return attributes->private_lifetime;
}

/**
 * \brief Set the identifier, which makes the key persistent; section "Key identifiers".
 * \param attributes the object; a volatile lifetime gets the default persistence, in the same location
 * \param id         PSA_KEY_ID_USER_MIN to PSA_KEY_ID_USER_MAX
 */
static inline void psa_set_key_id(psa_key_attributes_t *attributes, psa_key_id_t id)
{
    attributes->private_id = id;
    if (PSA_KEY_LIFETIME_IS_VOLATILE(attributes->private_lifetime)) {
        attributes->private_lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
            PSA_KEY_PERSISTENCE_DEFAULT, PSA_KEY_LIFETIME_GET_LOCATION(attributes->private_lifetime));
    }
}

/** \brief Get the identifier. \param attributes the object \return the identifier; section "Key identifiers" */
static inline psa_key_id_t psa_get_key_id(const psa_key_attributes_t *attributes)
{
    return attributes->private_id;
}

/** \brief Set the permitted algorithm. \param attributes the object \param alg an algorithm or a wildcard; section "Permitted algorithms" */
static inline void psa_set_key_algorithm(psa_key_attributes_t *attributes, psa_algorithm_t alg)
{
    attributes->private_alg = alg;
}

/** \brief Get the permitted algorithm. \param attributes the object \return the algorithm; section "Permitted algorithms" */
static inline psa_algorithm_t psa_get_key_algorithm(const psa_key_attributes_t *attributes)
{
    return attributes->private_alg;
}

/** \brief Set the usage flags. \param attributes the object \param usage_flags PSA_KEY_USAGE_xxx; section "Key usage flags" */
static inline void psa_set_key_usage_flags(psa_key_attributes_t *attributes, psa_key_usage_t usage_flags)
{
    attributes->private_usage = usage_flags;
}

/** \brief Get the usage flags. \param attributes the object \return PSA_KEY_USAGE_xxx; section "Key usage flags" */
static inline psa_key_usage_t psa_get_key_usage_flags(const psa_key_attributes_t *attributes)
{
    return attributes->private_usage;
}

/** \brief An inactive hash operation. \return as PSA_HASH_OPERATION_INIT; section "Multi-part hashing operations" */
static inline psa_hash_operation_t psa_hash_operation_init(void)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    return operation;
}

/** \brief An inactive XOF operation. \return as PSA_XOF_OPERATION_INIT; section "Multi-part XOF operations" */
static inline psa_xof_operation_t psa_xof_operation_init(void)
{
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    return operation;
}

/** \brief An inactive MAC operation. \return as PSA_MAC_OPERATION_INIT; section "Multi-part MAC operations" */
static inline psa_mac_operation_t psa_mac_operation_init(void)
{
    psa_mac_operation_t operation = PSA_MAC_OPERATION_INIT;
    return operation;
}

/** \brief An inactive cipher operation. \return as PSA_CIPHER_OPERATION_INIT; section "Multi-part cipher operations" */
static inline psa_cipher_operation_t psa_cipher_operation_init(void)
{
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    return operation;
}

/** \brief An inactive AEAD operation. \return as PSA_AEAD_OPERATION_INIT; section "Multi-part AEAD operations" */
static inline psa_aead_operation_t psa_aead_operation_init(void)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    return operation;
}

/** \brief An inactive key derivation. \return as PSA_KEY_DERIVATION_OPERATION_INIT; section "Key-derivation functions" */
static inline psa_key_derivation_operation_t psa_key_derivation_operation_init(void)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    return operation;
}

/** \brief An inactive signing operation. \return as PSA_SIGN_OPERATION_INIT; section "Multi-part asymmetric signature operations" */
static inline psa_sign_operation_t psa_sign_operation_init(void)
{
    psa_sign_operation_t operation = PSA_SIGN_OPERATION_INIT;
    return operation;
}

/** \brief An inactive verification operation. \return as PSA_VERIFY_OPERATION_INIT; section "Multi-part asymmetric signature operations" */
static inline psa_verify_operation_t psa_verify_operation_init(void)
{
    psa_verify_operation_t operation = PSA_VERIFY_OPERATION_INIT;
    return operation;
}

/** \brief An inactive PAKE. \return as PSA_PAKE_OPERATION_INIT; section "Multi-part PAKE operations" */
static inline psa_pake_operation_t psa_pake_operation_init(void)
{
    psa_pake_operation_t operation = PSA_PAKE_OPERATION_INIT;
    return operation;
}

/** \brief An empty cipher suite. \return as PSA_PAKE_CIPHER_SUITE_INIT; section "PAKE cipher suites" */
static inline psa_pake_cipher_suite_t psa_pake_cipher_suite_init(void)
{
    psa_pake_cipher_suite_t cipher_suite = PSA_PAKE_CIPHER_SUITE_INIT;
    return cipher_suite;
}

/** \brief Set the algorithm. \param cipher_suite the object \param alg a PAKE algorithm; section "PAKE cipher suites" */
static inline void psa_pake_cs_set_algorithm(psa_pake_cipher_suite_t *cipher_suite, psa_algorithm_t alg)
{
    cipher_suite->private_alg = alg;
}

/** \brief Get the algorithm. \param cipher_suite the object \return the algorithm; section "PAKE cipher suites" */
static inline psa_algorithm_t psa_pake_cs_get_algorithm(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->private_alg;
}

/** \brief Set the group. \param cipher_suite the object \param primitive see PSA_PAKE_PRIMITIVE(); section "PAKE cipher suites" */
static inline void psa_pake_cs_set_primitive(psa_pake_cipher_suite_t *cipher_suite, psa_pake_primitive_t primitive)
{
    cipher_suite->private_primitive = primitive;
}

/** \brief Get the group. \param cipher_suite the object \return the group; section "PAKE cipher suites" */
static inline psa_pake_primitive_t psa_pake_cs_get_primitive(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->private_primitive;
}

/** \brief Choose whether the key is confirmed. \param cipher_suite the object \param key_confirmation PSA_PAKE_CONFIRMED_KEY or PSA_PAKE_UNCONFIRMED_KEY; section "PAKE cipher suites" */
static inline void psa_pake_cs_set_key_confirmation(psa_pake_cipher_suite_t *cipher_suite, uint32_t key_confirmation)
{
    cipher_suite->private_key_confirmation = key_confirmation;
}

/** \brief Get whether the key is confirmed. \param cipher_suite the object \return PSA_PAKE_CONFIRMED_KEY or PSA_PAKE_UNCONFIRMED_KEY; section "PAKE cipher suites" */
static inline uint32_t psa_pake_cs_get_key_confirmation(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->private_key_confirmation;
}

#ifdef __cplusplus
}
#endif

#endif /* PSA_CRYPTO_STRUCT_H */
