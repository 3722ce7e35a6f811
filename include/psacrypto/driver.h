/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/driver.h
 * \brief What a driver is: the contract between the library and whatever does the cryptography.
 *
 * A driver is one `const struct psacrypto_driver` plus an instance pointer of its own choice. It is
 * registered for a location (psacrypto_register_driver()): one module can serve two tokens with two
 * instances. Location 0 holds transparent drivers, which are given the bytes of the key and are asked
 * in the order of their registration, the software driver last; any other location belongs to one
 * opaque driver, which is given the blob that it made itself.
 *
 * The entry points have the names and the meaning of the PSA Crypto Driver Interface. A driver written
 * to that interface's signatures is fitted with the macros of psacrypto/driver_adapter.h.
 *
 * Rules for every entry point
 * - An entry that is NULL counts as PSA_ERROR_NOT_SUPPORTED. That status from a transparent driver
 *   passes the call to the next driver; from an opaque driver it is the answer.
 * - The library has checked the arguments: the policy, the order of the calls, the length of nonces
 *   that the specification fixes, that announced lengths are kept, and that an output is at least as
 *   large as the size macro of the specification says for exactly this call. The driver checks what
 *   only it can know (the algorithm, the key's bytes, key sizes that it does not have; in update,
 *   finish and verify of cipher and aead the size of the output, which depends on what it holds back:
 *   PSA_ERROR_BUFFER_TOO_SMALL, and nothing written).
 * - Bulk input and output of cipher and aead entries are disjoint or start at the same address. Every
 *   other output may lie over an input: write it when the inputs are no longer needed.
 * - One-shot decryption that authenticates writes no plaintext before the tag has been verified.
 * - On failure the library wipes the output that the caller gave, as far as output_length says.
 * - Constant time in everything secret; intermediate secrets are wiped on every path.
 * - Contexts are flat bytes of context_size() and may be moved by memcpy between two calls: no pointer
 *   into the context itself. They start all-zero, the library wipes them afterwards.
 * - Entries can be called from several threads at once, unless flags has PSACRYPTO_DRIVER_SERIALISED.
 * - An entry that cannot finish now may answer PSA_OPERATION_INCOMPLETE: it is called again with the same
 *   arguments until it answers something else. The driver keeps its progress in the instance.
 */
#ifndef PSACRYPTO_DRIVER_H
#define PSACRYPTO_DRIVER_H

#include <stddef.h>
#include <stdint.h>

#include <psa/crypto.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the contract below. A driver with another one is refused at registration. */
#define PSACRYPTO_DRIVER_ABI 1u

/** The library calls into the driver from one thread at a time. */
#define PSACRYPTO_DRIVER_SERIALISED 0x00000001u
/** Entries may wait for a device: the library holds no lock of its own while it calls. */
#define PSACRYPTO_DRIVER_BLOCKS 0x00000002u

#ifndef PSA_OPERATION_INCOMPLETE
#define PSA_OPERATION_INCOMPLETE ((psa_status_t)-248)
#endif

/** Families of entry points. */
typedef enum {
    PSACRYPTO_FAMILY_HASH = 1,
    PSACRYPTO_FAMILY_XOF,
    PSACRYPTO_FAMILY_MAC,
    PSACRYPTO_FAMILY_CIPHER,
    PSACRYPTO_FAMILY_AEAD,
    PSACRYPTO_FAMILY_KEY_WRAP,
    PSACRYPTO_FAMILY_SIGN,
    PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION,
    PSACRYPTO_FAMILY_KEY_AGREEMENT,
    PSACRYPTO_FAMILY_KEY_DERIVATION,
    PSACRYPTO_FAMILY_KEY_ENCAPSULATION,
    PSACRYPTO_FAMILY_PAKE
} psacrypto_family_t;

/** A key, as an entry point sees it. All of it is owned by the library and valid for this call. */
struct psacrypto_key {
    const psa_key_attributes_t *attributes;
    int32_t owner;           /**< 0 unless a service acts for several clients */
    const uint8_t *blob;     /**< transparent: the export format; opaque: what the driver made */
    size_t length;           /**< of blob, in bytes */
    const void *prepared;    /**< what prepare() wrote for this key and algorithm, or NULL */
};

/** What the library offers to a driver; valid from open() to close(). */
struct psacrypto_services {
    uint32_t abi;
    uint32_t size;
    /** Bytes of a DRBG that is safe across fork(); PSA_ERROR_INSUFFICIENT_ENTROPY before there is a seed. */
    psa_status_t (*random)(void *core, uint8_t *output, size_t output_size);
    /** A hash by whichever transparent driver has it (an accelerator first). */
    psa_status_t (*hash_compute)(void *core, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                 uint8_t *hash, size_t hash_size, size_t *hash_length);
    /** A MAC under a key given by its bytes. */
    psa_status_t (*mac_compute)(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                uint8_t *mac, size_t mac_size, size_t *mac_length);
    /** Keyless AEAD: output is ciphertext and tag. nonce_length as the algorithm wants it. */
    psa_status_t (*aead_encrypt)(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                 psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                 const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                 uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*aead_decrypt)(void *core, psa_key_type_t type, const uint8_t *key, size_t key_length,
                                 psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                 const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                 uint8_t *output, size_t output_size, size_t *output_length);
    /** State of the driver that outlives the process, one namespace per location; put replaces atomically. */
    psa_status_t (*state_get)(void *core, uint32_t uid, uint8_t *data, size_t data_size, size_t *data_length);
    psa_status_t (*state_put)(void *core, uint32_t uid, const uint8_t *data, size_t data_length);
    psa_status_t (*state_remove)(void *core, uint32_t uid);
    /** One mutex per registration; held across processes too where the store can. Not recursive. */
    void (*lock)(void *core);
    void (*unlock)(void *core);
    /** Locked memory, wiped by release; NULL where there is none. */
    void *(*allocate)(void *core, size_t size);
    void (*release)(void *core, void *memory, size_t size);
    /** The value for the first argument of all of these. */
    void *core;
};

/** Draws bytes from a key derivation, for key_derive. */
typedef psa_status_t (*psacrypto_draw_t)(void *source, uint8_t *output, size_t output_length);

struct psacrypto_hash_entries {
    psa_status_t (*compute)(void *instance, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            uint8_t *hash, size_t hash_size, size_t *hash_length);
    psa_status_t (*setup)(void *instance, void *context, psa_algorithm_t alg);
    psa_status_t (*clone)(void *instance, const void *source, void *target);
    psa_status_t (*update)(void *instance, void *context, const uint8_t *input, size_t input_length);
    psa_status_t (*finish)(void *instance, void *context, uint8_t *hash, size_t hash_size, size_t *hash_length);
    psa_status_t (*abort)(void *instance, void *context);
    /** The specified format (Crypto API, "Hash suspend state"), algorithm field included. */
    psa_status_t (*suspend)(void *instance, const void *context, uint8_t *state, size_t state_size, size_t *state_length);
    psa_status_t (*resume)(void *instance, void *context, psa_algorithm_t alg, const uint8_t *state, size_t state_length);
};

struct psacrypto_xof_entries {
    psa_status_t (*setup)(void *instance, void *context, psa_algorithm_t alg);
    psa_status_t (*set_context)(void *instance, void *context, const uint8_t *string, size_t string_length);
    psa_status_t (*update)(void *instance, void *context, const uint8_t *input, size_t input_length);
    psa_status_t (*output)(void *instance, void *context, uint8_t *output, size_t output_length);
    psa_status_t (*abort)(void *instance, void *context);
};

/** mac_size is exactly the length that alg says, truncation included; that many bytes are written. */
struct psacrypto_mac_entries {
    psa_status_t (*compute)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length);
    psa_status_t (*sign_setup)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
    psa_status_t (*verify_setup)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
    psa_status_t (*update)(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length);
    psa_status_t (*sign_finish)(void *instance, const struct psacrypto_key *key, void *context,
                                uint8_t *mac, size_t mac_size, size_t *mac_length);
    psa_status_t (*verify_finish)(void *instance, const struct psacrypto_key *key, void *context,
                                  const uint8_t *mac, size_t mac_length);
    psa_status_t (*abort)(void *instance, void *context);
    /** One-shot verification; may be NULL: the library computes and compares in constant time. */
    psa_status_t (*verify)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                           const uint8_t *input, size_t input_length, const uint8_t *mac, size_t mac_length);
};

/** One-shot entries are given the IV apart from the text (the library draws it and puts it in front). */
struct psacrypto_cipher_entries {
    psa_status_t (*encrypt)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*decrypt)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*encrypt_setup)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
    psa_status_t (*decrypt_setup)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
    psa_status_t (*set_iv)(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *iv, size_t iv_length);
    psa_status_t (*update)(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length,
                           uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*finish)(void *instance, const struct psacrypto_key *key, void *context,
                           uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*abort)(void *instance, void *context);
};

/** One-shot output (and input to decrypt) is ciphertext followed by the tag; alg carries the tag length.
 *  update: output_size is at least input_length rounded up as PSA_AEAD_UPDATE_OUTPUT_SIZE says. */
struct psacrypto_aead_entries {
    psa_status_t (*encrypt)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                            const uint8_t *plaintext, size_t plaintext_length,
                            uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length);
    psa_status_t (*decrypt)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                            const uint8_t *ciphertext, size_t ciphertext_length,
                            uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length);
    psa_status_t (*encrypt_setup)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
    psa_status_t (*decrypt_setup)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
    /** Before set_nonce, where the caller announces lengths at all. */
    psa_status_t (*set_lengths)(void *instance, const struct psacrypto_key *key, void *context,
                                size_t ad_length, size_t plaintext_length);
    psa_status_t (*set_nonce)(void *instance, const struct psacrypto_key *key, void *context,
                              const uint8_t *nonce, size_t nonce_length);
    psa_status_t (*update_ad)(void *instance, const struct psacrypto_key *key, void *context,
                              const uint8_t *input, size_t input_length);
    psa_status_t (*update)(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length,
                           uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*finish)(void *instance, const struct psacrypto_key *key, void *context,
                           uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length,
                           uint8_t *tag, size_t tag_size, size_t *tag_length);
    psa_status_t (*verify)(void *instance, const struct psacrypto_key *key, void *context,
                           uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length,
                           const uint8_t *tag, size_t tag_length);
    psa_status_t (*abort)(void *instance, void *context);
};

struct psacrypto_key_wrap_entries {
    psa_status_t (*wrap)(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg,
                         const uint8_t *key_data, size_t key_data_length,
                         uint8_t *data, size_t data_size, size_t *data_length);
    psa_status_t (*unwrap)(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg,
                           const uint8_t *data, size_t data_length,
                           uint8_t *key_data, size_t key_data_size, size_t *key_data_length);
};

/** context is the context string of the algorithms that take one; 0 bytes otherwise. */
struct psacrypto_sign_entries {
    psa_status_t (*sign_hash)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                              const uint8_t *hash, size_t hash_length, const uint8_t *context, size_t context_length,
                              uint8_t *signature, size_t signature_size, size_t *signature_length);
    psa_status_t (*verify_hash)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                const uint8_t *hash, size_t hash_length, const uint8_t *context, size_t context_length,
                                const uint8_t *signature, size_t signature_length);
    /** NULL for hash-and-sign: the library hashes and calls sign_hash (verify_hash). */
    psa_status_t (*sign_message)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                 uint8_t *signature, size_t signature_size, size_t *signature_length);
    psa_status_t (*verify_message)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                   const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                   const uint8_t *signature, size_t signature_length);
    /** Verification in parts for what is not hash-and-sign. */
    psa_status_t (*verify_setup)(void *instance, const struct psacrypto_key *key, void *operation, psa_algorithm_t alg,
                                 const uint8_t *context, size_t context_length,
                                 const uint8_t *signature, size_t signature_length);
    psa_status_t (*verify_update)(void *instance, const struct psacrypto_key *key, void *operation,
                                  const uint8_t *input, size_t input_length);
    psa_status_t (*verify_finish)(void *instance, const struct psacrypto_key *key, void *operation,
                                  const uint8_t *signature, size_t signature_length);
    psa_status_t (*verify_abort)(void *instance, void *operation);
};

struct psacrypto_asymmetric_encryption_entries {
    psa_status_t (*encrypt)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, const uint8_t *salt, size_t salt_length,
                            uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*decrypt)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, const uint8_t *salt, size_t salt_length,
                            uint8_t *output, size_t output_size, size_t *output_length);
};

struct psacrypto_key_agreement_entries {
    /** A transparent driver hears of the agreement alone. For an opaque one alg is all of the operation's, with the
     *  derivation that the secret goes into (PSA_ALG_KEY_AGREEMENT()), so that it can check its key's policy. */
    psa_status_t (*agree)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                          const uint8_t *peer_key, size_t peer_key_length,
                          uint8_t *secret, size_t secret_size, size_t *secret_length);
};

/** A step of input_integer, for PSA_ALG_WPA3_SAE_H2E alone and after all others: the group of the password token that is
 *  about to be derived, as a psa_pake_primitive_t. output_bytes then gives pwd-value (IEEE 802.11, 12.4.4.2.3 and 12.4.4.3.3),
 *  for a curve that of P1 and, behind it, that of P2. */
#define PSACRYPTO_KEY_DERIVATION_INPUT_GROUP ((psa_key_derivation_step_t)0x0f01)

/** The library keeps the order of the steps and the capacity; each step comes at most once (PBKDF2's salt:
 *  once or more, to be joined), the optional ones maybe not at all. Inputs are copied by the driver when it still needs them. */
struct psacrypto_key_derivation_entries {
    /** alg: for an opaque driver with the key agreement in front of it where the operation has one; what is derived does not
     *  depend on that. */
    psa_status_t (*setup)(void *instance, void *context, psa_algorithm_t alg);
    /** The bytes that will be asked for at most, for algorithms whose output depends on it (SP 800-108): called once,
     *  after all inputs and before the first output; else never. */
    psa_status_t (*set_capacity)(void *instance, void *context, size_t capacity);
    psa_status_t (*input_bytes)(void *instance, void *context, psa_key_derivation_step_t step,
                                const uint8_t *data, size_t data_length);
    psa_status_t (*input_integer)(void *instance, void *context, psa_key_derivation_step_t step, uint64_t value);
    /** An opaque driver is given its own key; a transparent one gets input_bytes instead when this is NULL. */
    psa_status_t (*input_key)(void *instance, void *context, psa_key_derivation_step_t step,
                              const struct psacrypto_key *key);
    psa_status_t (*output_bytes)(void *instance, void *context, uint8_t *output, size_t output_length);
    psa_status_t (*abort)(void *instance, void *context);
    /** Of an opaque driver, for psa_key_derivation_verify_key(): whether its key is that output of a derivation by alg, which may
     *  have taken place anywhere; PSA_ERROR_INVALID_SIGNATURE where it is not. NULL: such a key must be exportable. */
    psa_status_t (*verify_key)(void *instance, const struct psacrypto_key *expected, psa_algorithm_t alg,
                               const uint8_t *output, size_t output_length);
};

struct psacrypto_key_encapsulation_entries {
    psa_status_t (*encapsulate)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                uint8_t *secret, size_t secret_size, size_t *secret_length,
                                uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length);
    psa_status_t (*decapsulate)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                const uint8_t *ciphertext, size_t ciphertext_length,
                                uint8_t *secret, size_t secret_size, size_t *secret_length);
};

struct psacrypto_pake_entries {
    psa_status_t (*setup)(void *instance, const struct psacrypto_key *password, void *context,
                          const psa_pake_cipher_suite_t *suite);
    psa_status_t (*set_role)(void *instance, void *context, psa_pake_role_t role);
    psa_status_t (*set_user)(void *instance, void *context, const uint8_t *user, size_t user_length);
    psa_status_t (*set_peer)(void *instance, void *context, const uint8_t *peer, size_t peer_length);
    psa_status_t (*set_context)(void *instance, void *context, const uint8_t *string, size_t string_length);
    psa_status_t (*output)(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                           uint8_t *output, size_t output_size, size_t *output_length);
    psa_status_t (*input)(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                          const uint8_t *input, size_t input_length);
    psa_status_t (*get_shared_key)(void *instance, void *context, uint8_t *secret, size_t secret_size, size_t *secret_length);
    psa_status_t (*abort)(void *instance, void *context);
};

/**
 * Keys come and go. `blob` is memory of blob_size() bytes; *blob_length is in and out.
 *
 * An opaque driver whose keys live in the device fills allocate: it reserves a place and describes it in
 * the blob. The library writes that blob to its journal, then calls import, generate, copy or derive with
 * the same blob, and stores the key. After a crash in between, destroy is called with the journaled blob:
 * it must accept a reserved place that was never filled, and one that is gone already. A key that needs no
 * place (one module may keep some in the device and wrap others) leaves *blob_length 0; destroy accepts that too.
 *
 * The journal is not for volatile keys (the lifetime in the attributes tells): there may be many of them, and nothing of theirs is
 * written. The place of one whose process has died is the driver's to take back. A device that does not see a process end
 * gives them no place: it wraps them, or answers PSA_ERROR_NOT_SUPPORTED.
 */
struct psacrypto_key_management_entries {
    psa_status_t (*allocate)(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             uint8_t *blob, size_t blob_size, size_t *blob_length);
    /** *bits: the size that the attributes ask for (0: not said) in, the size of the key out. */
    psa_status_t (*import)(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                           const uint8_t *data, size_t data_length,
                           uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits);
    psa_status_t (*generate)(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                             uint8_t *blob, size_t blob_size, size_t *blob_length);
    /** Structured types that a derivation makes by a rule of its own; others are drawn and imported. draw() calls
     *  key_derivation.output_bytes of the driver that derives, which may be this one (the mutex of
     *  PSACRYPTO_DRIVER_SERIALISED is not in the way). */
    psa_status_t (*derive)(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                           psacrypto_draw_t draw, void *source,
                           uint8_t *blob, size_t blob_size, size_t *blob_length);
    /** NULL for a transparent driver: the blob is the export format. An opaque one enforces EXPORT itself. */
    psa_status_t (*export_key)(void *instance, const struct psacrypto_key *key,
                               uint8_t *data, size_t data_size, size_t *data_length);
    psa_status_t (*export_public_key)(void *instance, const struct psacrypto_key *key,
                                      uint8_t *data, size_t data_size, size_t *data_length);
    /** Within the location. attributes are those of the copy. */
    psa_status_t (*copy)(void *instance, const struct psacrypto_key *source, const psa_key_attributes_t *attributes,
                         int32_t owner, uint8_t *blob, size_t blob_size, size_t *blob_length);
    psa_status_t (*destroy)(void *instance, const struct psacrypto_key *key);
    /** psa_attach_key(): the attributes asked for in, the element's own out. Id and lifetime stay those that were asked for, whatever
     *  comes out, and the library keeps of the policy what both permit. */
    psa_status_t (*attach)(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                           const uint8_t *label, size_t label_length,
                           uint8_t *blob, size_t blob_size, size_t *blob_length);
    /** An attached key is let go; its material stays in the element. */
    psa_status_t (*detach)(void *instance, const struct psacrypto_key *key);
    /** A built-in key (psa_get_key_id(attributes) in the vendor's range): its attributes and blob, or DOES_NOT_EXIST.
     *  The lifetime in the attributes is READ_ONLY at the location that the driver was registered for. */
    psa_status_t (*builtin)(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                            uint8_t *blob, size_t blob_size, size_t *blob_length);
};

/** A driver: constant, shared by all its instances. Any pointer may be NULL. */
struct psacrypto_driver {
    uint32_t abi;                 /**< PSACRYPTO_DRIVER_ABI */
    uint32_t size;                /**< sizeof(struct psacrypto_driver) */
    uint32_t flags;
    const char *name;             /**< for diagnostics; printable ASCII */

    /** Called by psa_crypto_init(); the services stay valid until close. A failure fails psa_crypto_init(). */
    psa_status_t (*open)(void *instance, const struct psacrypto_services *services);
    void (*close)(void *instance);
    /** In the child of fork(), before anything else is called there. */
    void (*after_fork)(void *instance);

    /** Bytes for the blob of a key. data_length: of the data to import, 0 when the key is made here; attributes
     *  may have 0 bits (import). 0: the type or size is not supported. NULL (transparent): data_length or
     *  PSA_EXPORT_KEY_OUTPUT_SIZE(). */
    size_t (*blob_size)(void *instance, const psa_key_attributes_t *attributes, size_t data_length);
    /** Bytes of context for an operation in parts; 0: the algorithm is not supported with such keys. For what has no
     *  context (signing in parts is hashing and signing; agreement, encryption, wrapping, encapsulation are one-shot)
     *  any other number says that it is supported: psa_check_key_usage() asks here. type and bits are 0 for
     *  keyless families. */
    size_t (*context_size)(void *instance, psacrypto_family_t family, psa_algorithm_t alg,
                           psa_key_type_t type, size_t bits);

    /** Expansion of a key for one algorithm, done once and kept beside the key. 0: nothing to prepare. */
    size_t (*prepared_size)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg);
    /** Fills memory of prepared_size() bytes, aligned to 64. Entries must work without it (prepared == NULL) too. The library
     *  never writes it; entries that go on doing so share it with entries in other threads. */
    psa_status_t (*prepare)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);
    /** Lets go of handles in memory; the library wipes and frees it. */
    void (*unprepare)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory);

    const struct psacrypto_key_management_entries *key_management;
    const struct psacrypto_hash_entries *hash;
    const struct psacrypto_xof_entries *xof;
    const struct psacrypto_mac_entries *mac;
    const struct psacrypto_cipher_entries *cipher;
    const struct psacrypto_aead_entries *aead;
    const struct psacrypto_key_wrap_entries *key_wrap;
    const struct psacrypto_sign_entries *sign;
    const struct psacrypto_asymmetric_encryption_entries *asymmetric_encryption;
    const struct psacrypto_key_agreement_entries *key_agreement;
    const struct psacrypto_key_derivation_entries *key_derivation;
    const struct psacrypto_key_encapsulation_entries *key_encapsulation;
    const struct psacrypto_pake_entries *pake;
    /** Seeds for the library's DRBG: *entropy_bits says what the output holds. */
    psa_status_t (*get_entropy)(void *instance, uint8_t *output, size_t output_size, size_t *entropy_bits);
};

/**
 * \brief Register a driver for a location, before psa_crypto_init().
 *
 * \param location  0 for a transparent driver (asked before the software driver, in the order of
 *                  registration), else the location that its keys will have.
 * \param driver    Kept by reference.
 * \param instance  First argument of every call; may be NULL.
 *
 * \retval PSA_ERROR_INVALID_ARGUMENT      driver is NULL, or abi or size is not what this library was built with; or location
 *                                         has more than 24 bits.
 * \retval PSA_ERROR_ALREADY_EXISTS        the location (other than 0) has a driver; or this driver is registered with this
 *                                         instance already (psacrypto_shutdown() forgets no registration).
 * \retval PSA_ERROR_BAD_STATE             psa_crypto_init() has been called.
 * \retval PSA_ERROR_INSUFFICIENT_MEMORY   the table is full (PSACRYPTO_DRIVERS_MAX).
 *
 * Not thread-safe: call it from the thread that then calls psa_crypto_init().
 */
psa_status_t psacrypto_register_driver(psa_key_location_t location, const struct psacrypto_driver *driver, void *instance);

/** The software driver: registered by the library itself; an opaque driver can do its cryptography with it. Instance: NULL. */
extern const struct psacrypto_driver psacrypto_software_driver;

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_DRIVER_H */
