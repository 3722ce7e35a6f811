/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/driver_adapter.h
 * \brief Fits a driver that was written to the PSA Crypto Driver Interface to psacrypto/driver.h. For C, not for C++.
 *
 * Such a driver has functions like acme_mac_compute() and a description of its capabilities. A source file that includes
 * the driver's header and this one becomes the glue:
 *
 *     static int acme_can(psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
 *     {
 *         return family == PSACRYPTO_FAMILY_MAC && PSA_ALG_IS_HMAC(alg) && type == PSA_KEY_TYPE_HMAC;
 *     }
 *
 *     PSACRYPTO_ADAPT_MAC(acme, acme)
 *     PSACRYPTO_ADAPT_CONTEXT_SIZE(acme, 1, PSACRYPTO_ADAPTED_SIZE(acme, mac), 1, 1)
 *
 *     const struct psacrypto_driver acme_driver = {
 *         .abi = PSACRYPTO_DRIVER_ABI,
 *         .size = sizeof(struct psacrypto_driver),
 *         .name = "acme",
 *         .context_size = acme_context_size,
 *         .mac = &acme_mac_entries,
 *     };
 *
 * The first argument of each macro names what it defines; the second is the prefix of the driver's functions.
 *
 * What stands where
 * - `<name>_can` takes the place of the capabilities of the description: whether the driver is to be asked at all. Where
 *   it answers 0 the entry is PSA_ERROR_NOT_SUPPORTED, which from a transparent driver passes the call on. family is
 *   PSACRYPTO_ADAPT_KEYS for key management, with alg PSA_ALG_NONE and with 0 bits where they are not known yet.
 * - PSACRYPTO_ADAPT_KEY_CONTEXT() or PSACRYPTO_ADAPT_SIZE_FUNCTION() takes the place of "key_context".
 * - The location of an opaque driver is an argument of psacrypto_register_driver().
 * - "names" of the description: a `#define acme_mac_compute other_name` in the glue.
 *
 * A driver with another set of entry points than a table macro covers uses the macros for single entries
 * (PSACRYPTO_ADAPT_ENTRY_xxx) and writes the table itself.
 *
 * Where the two interfaces differ
 * - The Driver Interface gives a key at the setup of an operation and lets the driver keep it in its context; the key
 *   that psacrypto/driver.h passes at each later step is not needed.
 * - Contexts may be moved by memcpy() here. The Driver Interface asks for that of hash contexts alone: a driver that keeps
 *   a pointer into another context of its own does not fit.
 * - After a failed setup, and after the end of an operation, no entry of the driver is called with its context.
 * - Where a driver has an operation in parts and not the one-shot form, the one-shot is made of the parts.
 * - The Driver Interface leaves the signatures of MACs, ciphers and AEADs open. Here they are those of the API's functions
 *   with the key replaced, as it says of all of them; cipher_encrypt is given the IV behind the algorithm.
 * - Instances: there is one, and `instance` is not used. Drivers that are not thread-safe set
 *   PSACRYPTO_DRIVER_SERIALISED.
 * - Key derivation, PAKE and random generation of the Driver Interface have no adapter: their inputs come through
 *   functions of a core that holds them. Such a driver fills the tables of psacrypto/driver.h itself.
 */
#ifndef PSACRYPTO_DRIVER_ADAPTER_H
#define PSACRYPTO_DRIVER_ADAPTER_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <psacrypto/driver.h>

/** The family that `<name>_can` sees for key management. */
#define PSACRYPTO_ADAPT_KEYS ((psacrypto_family_t)0)

/** Memory for the ciphertext of a one-shot decryption whose IV the library holds elsewhere. A build without a heap
 *  defines both, before it includes this file. */
#ifndef PSACRYPTO_ADAPTER_ALLOCATE
#define PSACRYPTO_ADAPTER_ALLOCATE(size) malloc(size)
#define PSACRYPTO_ADAPTER_FREE(memory) free(memory)
#endif

/* Of the Driver Interface, in no header of the API. */
#ifndef PSA_DRIVER_GET_ENTROPY_FLAGS_NONE
#define PSA_DRIVER_GET_ENTROPY_FLAGS_NONE ((psa_driver_get_entropy_flags_t)0)
typedef uint32_t psa_driver_get_entropy_flags_t;
#endif

/* ---- What the macros are made of ---- */

/* Arguments, by kind: _P_ as they are declared, _A_ as they are passed on. */
#define PSACRYPTO_ADAPT_P_INPUT const uint8_t *input, size_t input_length
#define PSACRYPTO_ADAPT_A_INPUT input, input_length
#define PSACRYPTO_ADAPT_P_OUTPUT uint8_t *output, size_t output_size, size_t *output_length
#define PSACRYPTO_ADAPT_A_OUTPUT output, output_size, output_length
#define PSACRYPTO_ADAPT_P_INPUT_OUTPUT PSACRYPTO_ADAPT_P_INPUT, PSACRYPTO_ADAPT_P_OUTPUT
#define PSACRYPTO_ADAPT_A_INPUT_OUTPUT PSACRYPTO_ADAPT_A_INPUT, PSACRYPTO_ADAPT_A_OUTPUT
#define PSACRYPTO_ADAPT_P_CHECK const uint8_t *expected, size_t expected_length
#define PSACRYPTO_ADAPT_A_CHECK expected, expected_length
#define PSACRYPTO_ADAPT_P_INPUT_CHECK PSACRYPTO_ADAPT_P_INPUT, PSACRYPTO_ADAPT_P_CHECK
#define PSACRYPTO_ADAPT_A_INPUT_CHECK PSACRYPTO_ADAPT_A_INPUT, PSACRYPTO_ADAPT_A_CHECK
#define PSACRYPTO_ADAPT_P_OUTPUT_CHECK PSACRYPTO_ADAPT_P_OUTPUT, PSACRYPTO_ADAPT_P_CHECK
#define PSACRYPTO_ADAPT_A_OUTPUT_CHECK PSACRYPTO_ADAPT_A_OUTPUT, PSACRYPTO_ADAPT_A_CHECK
#define PSACRYPTO_ADAPT_P_OUTPUT_TAG PSACRYPTO_ADAPT_P_OUTPUT, uint8_t *tag, size_t tag_size, size_t *tag_length
#define PSACRYPTO_ADAPT_A_OUTPUT_TAG PSACRYPTO_ADAPT_A_OUTPUT, tag, tag_size, tag_length
#define PSACRYPTO_ADAPT_P_LENGTHS size_t ad_length, size_t plaintext_length
#define PSACRYPTO_ADAPT_A_LENGTHS ad_length, plaintext_length
#define PSACRYPTO_ADAPT_P_IV_TEXT const uint8_t *iv, size_t iv_length, PSACRYPTO_ADAPT_P_INPUT_OUTPUT
#define PSACRYPTO_ADAPT_A_IV_TEXT iv, iv_length, PSACRYPTO_ADAPT_A_INPUT_OUTPUT
#define PSACRYPTO_ADAPT_P_NONCE_AD_TEXT \
    const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length, PSACRYPTO_ADAPT_P_INPUT_OUTPUT
#define PSACRYPTO_ADAPT_A_NONCE_AD_TEXT nonce, nonce_length, ad, ad_length, PSACRYPTO_ADAPT_A_INPUT_OUTPUT
#define PSACRYPTO_ADAPT_P_INPUT_SALT_OUTPUT \
    PSACRYPTO_ADAPT_P_INPUT, const uint8_t *salt, size_t salt_length, PSACRYPTO_ADAPT_P_OUTPUT
#define PSACRYPTO_ADAPT_A_INPUT_SALT_OUTPUT PSACRYPTO_ADAPT_A_INPUT, salt, salt_length, PSACRYPTO_ADAPT_A_OUTPUT

#define PSACRYPTO_ADAPT_CAN_KEYLESS(name, family, alg) (name##_can((family), (alg), PSA_KEY_TYPE_NONE, 0))
#define PSACRYPTO_ADAPT_CAN(name, family, alg, attributes) \
    (name##_can((family), (alg), psa_get_key_type(attributes), psa_get_key_bits(attributes)))
/* A key, as the Driver Interface passes it. */
#define PSACRYPTO_ADAPT_KEY(key) (key)->attributes, (key)->blob, (key)->length

/* An entry that does all at once: entry is the driver's, less the prefix. */
#define PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, FAMILY, entry, kind) \
    static psa_status_t name##_adapted_##entry(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, \
                                               PSACRYPTO_ADAPT_P_##kind) \
    { \
        (void)instance; \
        return !PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_FAMILY_##FAMILY, alg, key->attributes) \
                   ? PSA_ERROR_NOT_SUPPORTED \
                   : prefix##_##entry(PSACRYPTO_ADAPT_KEY(key), alg, PSACRYPTO_ADAPT_A_##kind); \
    }

/* The context of an operation: the driver's own, and whether the driver holds something in it. The library aligns contexts
 * to 8 bytes: a type that needs more fails to compile here. */
#define PSACRYPTO_ADAPT_CONTEXT(name, prefix, family) \
    struct name##_adapted_##family { \
        prefix##_##family##_operation_t operation; \
        uint32_t active; \
    }; \
    struct name##_adapted_##family##_aligned { \
        char first; \
        struct name##_adapted_##family context; \
    }; \
    typedef char name##_adapted_##family##_is_aligned[offsetof(struct name##_adapted_##family##_aligned, context) <= 8u ? 1 : -1];

/* A setup that failed leaves nothing to abort. */
#define PSACRYPTO_ADAPT_ENTRY_SETUP(name, prefix, family, FAMILY, direction) \
    static psa_status_t name##_adapted_##family##_##direction##_setup(void *instance, const struct psacrypto_key *key, \
                                                                      void *context, psa_algorithm_t alg) \
    { \
        struct name##_adapted_##family *held = context; \
        (void)instance; \
        if (!PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_FAMILY_##FAMILY, alg, key->attributes)) { \
            return PSA_ERROR_NOT_SUPPORTED; \
        } \
        psa_status_t status = prefix##_##family##_##direction##_setup(&held->operation, PSACRYPTO_ADAPT_KEY(key), alg); \
        held->active = status == PSA_SUCCESS; \
        return status; \
    }

/* goes_on: 0 of a step that ends the operation, whatever it answers. */
#define PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, family, step, kind, goes_on) \
    static psa_status_t name##_adapted_##family##_##step(void *instance, const struct psacrypto_key *key, void *context, \
                                                         PSACRYPTO_ADAPT_P_##kind) \
    { \
        struct name##_adapted_##family *held = context; \
        (void)instance; \
        (void)key; \
        held->active = (goes_on); \
        return prefix##_##family##_##step(&held->operation, PSACRYPTO_ADAPT_A_##kind); \
    }

#define PSACRYPTO_ADAPT_ENTRY_ABORT(name, prefix, family) \
    static psa_status_t name##_adapted_##family##_abort(void *instance, void *context) \
    { \
        struct name##_adapted_##family *held = context; \
        (void)instance; \
        if (held->active == 0) { \
            return PSA_SUCCESS; \
        } \
        held->active = 0; \
        return prefix##_##family##_abort(&held->operation); \
    }

/* Wiping that the compiler does not drop. */
static inline void psacrypto_adapter_wipe(void *memory, size_t size)
{
    volatile uint8_t *bytes = (volatile uint8_t *)memory;
    while (size-- > 0) {
        bytes[size] = 0;
    }
}

/** Bytes of the context of an adapted family: hash, mac, cipher or aead. For PSACRYPTO_ADAPT_CONTEXT_SIZE(). */
#define PSACRYPTO_ADAPTED_SIZE(name, family) sizeof(struct name##_adapted_##family)

/** Defines `<name>_context_size`. Each size is PSACRYPTO_ADAPTED_SIZE() or, of a family without parts, 1. */
#define PSACRYPTO_ADAPT_CONTEXT_SIZE(name, hash_size, mac_size, cipher_size, aead_size) \
    static size_t name##_context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, \
                                      psa_key_type_t type, size_t bits) \
    { \
        (void)instance; \
        if (!name##_can(family, alg, type, bits)) { \
            return 0; \
        } \
        return family == PSACRYPTO_FAMILY_HASH     ? (hash_size) \
               : family == PSACRYPTO_FAMILY_MAC    ? (mac_size) \
               : family == PSACRYPTO_FAMILY_CIPHER ? (cipher_size) \
               : family == PSACRYPTO_FAMILY_AEAD   ? (aead_size) \
                                                   : 1; \
    }

/* ---- Hash ---- */

#define PSACRYPTO_ADAPT_ENTRY_HASH_COMPUTE(name, prefix) \
    static psa_status_t name##_adapted_hash_compute(void *instance, psa_algorithm_t alg, PSACRYPTO_ADAPT_P_INPUT_OUTPUT) \
    { \
        (void)instance; \
        return !PSACRYPTO_ADAPT_CAN_KEYLESS(name, PSACRYPTO_FAMILY_HASH, alg) \
                   ? PSA_ERROR_NOT_SUPPORTED \
                   : prefix##_hash_compute(alg, PSACRYPTO_ADAPT_A_INPUT_OUTPUT); \
    }

#define PSACRYPTO_ADAPT_ENTRIES_HASH_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_CONTEXT(name, prefix, hash) \
    static psa_status_t name##_adapted_hash_setup(void *instance, void *context, psa_algorithm_t alg) \
    { \
        struct name##_adapted_hash *held = context; \
        (void)instance; \
        if (!PSACRYPTO_ADAPT_CAN_KEYLESS(name, PSACRYPTO_FAMILY_HASH, alg)) { \
            return PSA_ERROR_NOT_SUPPORTED; \
        } \
        psa_status_t status = prefix##_hash_setup(&held->operation, alg); \
        held->active = status == PSA_SUCCESS; \
        return status; \
    } \
    static psa_status_t name##_adapted_hash_clone(void *instance, const void *source, void *target) \
    { \
        (void)instance; \
        memcpy(target, source, sizeof(struct name##_adapted_hash)); \
        return PSA_SUCCESS; \
    } \
    static psa_status_t name##_adapted_hash_update(void *instance, void *context, PSACRYPTO_ADAPT_P_INPUT) \
    { \
        struct name##_adapted_hash *held = context; \
        (void)instance; \
        return prefix##_hash_update(&held->operation, PSACRYPTO_ADAPT_A_INPUT); \
    } \
    static psa_status_t name##_adapted_hash_finish(void *instance, void *context, PSACRYPTO_ADAPT_P_OUTPUT) \
    { \
        struct name##_adapted_hash *held = context; \
        (void)instance; \
        psa_status_t status = prefix##_hash_finish(&held->operation, PSACRYPTO_ADAPT_A_OUTPUT); \
        held->active = status != PSA_SUCCESS; /* of this failure, other than of other families', the driver hears by abort */ \
        return status; \
    } \
    PSACRYPTO_ADAPT_ENTRY_ABORT(name, prefix, hash)

#define PSACRYPTO_ADAPT_ENTRY_HASH_COMPUTE_BY_PARTS(name) \
    static psa_status_t name##_adapted_hash_compute(void *instance, psa_algorithm_t alg, PSACRYPTO_ADAPT_P_INPUT_OUTPUT) \
    { \
        struct name##_adapted_hash context; \
        memset(&context, 0, sizeof(context)); \
        psa_status_t status = name##_adapted_hash_setup(instance, &context, alg); \
        if (status == PSA_SUCCESS) { \
            status = name##_adapted_hash_update(instance, &context, PSACRYPTO_ADAPT_A_INPUT); \
        } \
        if (status == PSA_SUCCESS) { \
            status = name##_adapted_hash_finish(instance, &context, PSACRYPTO_ADAPT_A_OUTPUT); \
        } \
        (void)name##_adapted_hash_abort(instance, &context); \
        psacrypto_adapter_wipe(&context, sizeof(context)); \
        return status; \
    }

#define PSACRYPTO_ADAPT_TABLE_HASH(name) \
    static const struct psacrypto_hash_entries name##_hash_entries = { \
        .compute = name##_adapted_hash_compute, \
        .setup = name##_adapted_hash_setup, \
        .clone = name##_adapted_hash_clone, \
        .update = name##_adapted_hash_update, \
        .finish = name##_adapted_hash_finish, \
        .abort = name##_adapted_hash_abort, \
    };

/** hash_compute and "hash_multipart". Defines `<name>_hash_entries`. */
#define PSACRYPTO_ADAPT_HASH(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_HASH_COMPUTE(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_HASH_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_TABLE_HASH(name)

/** "hash_multipart" alone. */
#define PSACRYPTO_ADAPT_HASH_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_HASH_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_HASH_COMPUTE_BY_PARTS(name) \
    PSACRYPTO_ADAPT_TABLE_HASH(name)

/** hash_compute alone: operations in parts go to the next driver. */
#define PSACRYPTO_ADAPT_HASH_ONE_SHOT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_HASH_COMPUTE(name, prefix) \
    static const struct psacrypto_hash_entries name##_hash_entries = { .compute = name##_adapted_hash_compute };

/* ---- MAC ---- */

#define PSACRYPTO_ADAPT_ENTRY_MAC_COMPUTE(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, MAC, mac_compute, INPUT_OUTPUT)

/** mac_verify, which few drivers have: for the member verify of a table of one's own. */
#define PSACRYPTO_ADAPT_ENTRY_MAC_VERIFY(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, MAC, mac_verify, INPUT_CHECK)

#define PSACRYPTO_ADAPT_ENTRIES_MAC_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_CONTEXT(name, prefix, mac) \
    PSACRYPTO_ADAPT_ENTRY_SETUP(name, prefix, mac, MAC, sign) \
    PSACRYPTO_ADAPT_ENTRY_SETUP(name, prefix, mac, MAC, verify) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, mac, update, INPUT, 1) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, mac, sign_finish, OUTPUT, 0) \
    PSACRYPTO_ADAPT_ENTRY_STEP(name, prefix, mac, verify_finish, CHECK, 0) \
    PSACRYPTO_ADAPT_ENTRY_ABORT(name, prefix, mac)

#define PSACRYPTO_ADAPT_ENTRY_MAC_COMPUTE_BY_PARTS(name) \
    static psa_status_t name##_adapted_mac_compute(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, \
                                                   PSACRYPTO_ADAPT_P_INPUT_OUTPUT) \
    { \
        struct name##_adapted_mac context; \
        memset(&context, 0, sizeof(context)); \
        psa_status_t status = name##_adapted_mac_sign_setup(instance, key, &context, alg); \
        if (status == PSA_SUCCESS) { \
            status = name##_adapted_mac_update(instance, key, &context, PSACRYPTO_ADAPT_A_INPUT); \
        } \
        if (status == PSA_SUCCESS) { \
            status = name##_adapted_mac_sign_finish(instance, key, &context, PSACRYPTO_ADAPT_A_OUTPUT); \
        } \
        (void)name##_adapted_mac_abort(instance, &context); \
        psacrypto_adapter_wipe(&context, sizeof(context)); \
        return status; \
    }

#define PSACRYPTO_ADAPT_TABLE_MAC(name) \
    static const struct psacrypto_mac_entries name##_mac_entries = { \
        .compute = name##_adapted_mac_compute, \
        .sign_setup = name##_adapted_mac_sign_setup, \
        .verify_setup = name##_adapted_mac_verify_setup, \
        .update = name##_adapted_mac_update, \
        .sign_finish = name##_adapted_mac_sign_finish, \
        .verify_finish = name##_adapted_mac_verify_finish, \
        .abort = name##_adapted_mac_abort, \
    };

/** mac_compute, "mac_multipart" and "mac_verify_multipart". Defines `<name>_mac_entries`. */
#define PSACRYPTO_ADAPT_MAC(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_MAC_COMPUTE(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_MAC_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_TABLE_MAC(name)

/** "mac_multipart" and "mac_verify_multipart" alone. */
#define PSACRYPTO_ADAPT_MAC_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_MAC_PARTS(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_MAC_COMPUTE_BY_PARTS(name) \
    PSACRYPTO_ADAPT_TABLE_MAC(name)

/** mac_compute alone. */
#define PSACRYPTO_ADAPT_MAC_ONE_SHOT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_MAC_COMPUTE(name, prefix) \
    static const struct psacrypto_mac_entries name##_mac_entries = { .compute = name##_adapted_mac_compute };

/* ---- Signatures ---- */

/* entry is the driver's, less the prefix. The Driver Interface has no context strings. */
#define PSACRYPTO_ADAPT_ENTRY_SIGN(name, prefix, entry, kind) \
    static psa_status_t name##_adapted_##entry(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, \
                                               PSACRYPTO_ADAPT_P_INPUT, const uint8_t *context, size_t context_length, \
                                               PSACRYPTO_ADAPT_P_##kind) \
    { \
        (void)instance; \
        (void)context; \
        if (!PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_FAMILY_SIGN, alg, key->attributes) || context_length != 0) { \
            return PSA_ERROR_NOT_SUPPORTED; \
        } \
        return prefix##_##entry(PSACRYPTO_ADAPT_KEY(key), alg, PSACRYPTO_ADAPT_A_INPUT, PSACRYPTO_ADAPT_A_##kind); \
    }

/** sign_hash, verify_hash, sign_message and verify_message. Defines `<name>_sign_entries`. */
#define PSACRYPTO_ADAPT_SIGN(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_SIGN(name, prefix, sign_hash, OUTPUT) \
    PSACRYPTO_ADAPT_ENTRY_SIGN(name, prefix, verify_hash, CHECK) \
    PSACRYPTO_ADAPT_ENTRY_SIGN(name, prefix, sign_message, OUTPUT) \
    PSACRYPTO_ADAPT_ENTRY_SIGN(name, prefix, verify_message, CHECK) \
    static const struct psacrypto_sign_entries name##_sign_entries = { \
        .sign_hash = name##_adapted_sign_hash, \
        .verify_hash = name##_adapted_verify_hash, \
        .sign_message = name##_adapted_sign_message, \
        .verify_message = name##_adapted_verify_message, \
    };

/** sign_hash and verify_hash alone: the library hashes messages. */
#define PSACRYPTO_ADAPT_SIGN_HASH(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_SIGN(name, prefix, sign_hash, OUTPUT) \
    PSACRYPTO_ADAPT_ENTRY_SIGN(name, prefix, verify_hash, CHECK) \
    static const struct psacrypto_sign_entries name##_sign_entries = { \
        .sign_hash = name##_adapted_sign_hash, \
        .verify_hash = name##_adapted_verify_hash, \
    };

/* ---- Asymmetric encryption ---- */

/** asymmetric_encrypt and asymmetric_decrypt. Defines `<name>_asymmetric_encryption_entries`. */
#define PSACRYPTO_ADAPT_ASYMMETRIC_ENCRYPTION(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, ASYMMETRIC_ENCRYPTION, asymmetric_encrypt, INPUT_SALT_OUTPUT) \
    PSACRYPTO_ADAPT_ENTRY_ONE_SHOT(name, prefix, ASYMMETRIC_ENCRYPTION, asymmetric_decrypt, INPUT_SALT_OUTPUT) \
    static const struct psacrypto_asymmetric_encryption_entries name##_asymmetric_encryption_entries = { \
        .encrypt = name##_adapted_asymmetric_encrypt, \
        .decrypt = name##_adapted_asymmetric_decrypt, \
    };

/* ---- Key agreement ---- */

/** key_agreement, which sees the algorithm without a key derivation. Defines `<name>_key_agreement_entries`. */
#define PSACRYPTO_ADAPT_KEY_AGREEMENT(name, prefix) \
    static psa_status_t name##_adapted_agree(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, \
                                             const uint8_t *peer_key, size_t peer_key_length, \
                                             uint8_t *secret, size_t secret_size, size_t *secret_length) \
    { \
        psa_algorithm_t base = PSA_ALG_KEY_AGREEMENT_GET_BASE(alg); \
        (void)instance; \
        return !PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_FAMILY_KEY_AGREEMENT, base, key->attributes) \
                   ? PSA_ERROR_NOT_SUPPORTED \
                   : prefix##_key_agreement(base, PSACRYPTO_ADAPT_KEY(key), peer_key, peer_key_length, \
                                            secret, secret_size, secret_length); \
    } \
    static const struct psacrypto_key_agreement_entries name##_key_agreement_entries = { .agree = name##_adapted_agree };

/* ---- The driver as a whole ---- */

/** "init". Defines `<name>_open`. */
#define PSACRYPTO_ADAPT_INIT(name, prefix) \
    static psa_status_t name##_open(void *instance, const struct psacrypto_services *services) \
    { \
        (void)instance; \
        (void)services; \
        return prefix##_init(); \
    }

/** get_entropy. Defines `<name>_adapted_get_entropy`, for the member get_entropy. */
#define PSACRYPTO_ADAPT_GET_ENTROPY(name, prefix) \
    static psa_status_t name##_adapted_get_entropy(void *instance, uint8_t *output, size_t output_size, size_t *entropy_bits) \
    { \
        (void)instance; \
        *entropy_bits = 0; \
        return prefix##_get_entropy(PSA_DRIVER_GET_ENTROPY_FLAGS_NONE, entropy_bits, output, output_size); \
    }

#include <psacrypto/driver_adapter_cipher.h>
#include <psacrypto/driver_adapter_keys.h>

#endif /* PSACRYPTO_DRIVER_ADAPTER_H */
