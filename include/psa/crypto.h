/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psa/crypto.h
 * \brief The PSA Certified Crypto API 1.5.
 *
 * What holds for every function, unless its own description says otherwise:
 *
 * Results. PSA_SUCCESS means that the whole action has been carried out. Any other status means that
 * nothing has: no key was made, changed or lost, no state went on. Where several errors apply, any
 * of them may come.
 *
 * Lengths. `_length` and `_size` count bytes, `_bits` counts bits. An input or output pointer may be
 * null where its length is 0; no other pointer may be. An output buffer may overlap any input, in
 * any way; no other output may overlap anything.
 *
 * Outputs on failure. What the call wrote to an output buffer has been wiped, the output's length is
 * 0, a key identifier is PSA_KEY_ID_NULL, attributes are in their initial state. Bytes of a buffer
 * that the call did not write stay as they were. A buffer is never written beyond its size.
 *
 * Operations. An operation object is initialised once (see psa/crypto_struct.h) and can then be used
 * again and again: a setup function makes it active, the last step makes it inactive. A setup
 * function that fails leaves it as it was. Any other step that fails puts it in an error state, in
 * which each step answers PSA_ERROR_BAD_STATE until it is aborted. Abort works in every state,
 * wipes what the operation holds, and never fails on an inactive object. An active object may be
 * moved with memcpy(), but not used in two places. When its key is destroyed, an operation's next
 * step fails.
 *
 * Buffers. An input of no bytes may be NULL; one that is NULL and has a length is PSA_ERROR_INVALID_ARGUMENT.
 * An output points to as many bytes as its size says, and may be NULL where that is 0; this is not checked.
 *
 * Threads. Any function may be called from any thread at any time, with two exceptions: two threads
 * must not use one operation or attribute object at the same time, and psa_crypto_init() has to have
 * returned once. A build with PSACRYPTO_THREADS 0 is for one thread. psa_destroy_key() waits for
 * calls that are using the key.
 *
 * Secrets. What a call does, and how long it takes, does not depend on secret data; the documentation
 * lists the exceptions. Buffers that a program gives are its own to wipe.
 *
 * Errors that many functions share are described here and named at the end of each description:
 *
 * of the system, every function:
 * - PSA_ERROR_BAD_STATE: psa_crypto_init() has not been called, or failed
 * - PSA_ERROR_INSUFFICIENT_MEMORY: no memory or no slot is left
 * - PSA_ERROR_COMMUNICATION_FAILURE: the device that holds the key does not answer
 * - PSA_ERROR_HARDWARE_FAILURE: that device reports a fault
 * - PSA_ERROR_CORRUPTION_DETECTED: memory or a device has been tampered with, or is broken
 *
 * of keys, where a key is used:
 * - PSA_ERROR_INVALID_HANDLE: there is no such key
 * - PSA_ERROR_NOT_PERMITTED: the key lacks the usage flag that the description names, or permits
 *   another algorithm
 * - PSA_ERROR_STORAGE_FAILURE: the store failed to read the key
 * - PSA_ERROR_DATA_CORRUPT: the stored key is damaged
 * - PSA_ERROR_DATA_INVALID: the stored key is of a form, type or algorithm that this library does not know
 *
 * of creation, where a key is made:
 * - PSA_ERROR_ALREADY_EXISTS: the key is to be persistent, and there is one of its identifier
 * - PSA_ERROR_INVALID_ARGUMENT: the type, size, lifetime, identifier, usage flags or permitted
 *   algorithm is not valid, or not in this combination; size 0 is not
 * - PSA_ERROR_NOT_SUPPORTED: they are valid, but this build or the key's location does not offer them
 * - PSA_ERROR_NOT_PERMITTED: the caller may not create such a key
 * - PSA_ERROR_INSUFFICIENT_STORAGE: the store is full
 * - PSA_ERROR_STORAGE_FAILURE, PSA_ERROR_DATA_CORRUPT, PSA_ERROR_DATA_INVALID: the store failed
 *
 * of randomness, where random numbers are needed, for blinding too:
 * - PSA_ERROR_INSUFFICIENT_ENTROPY: the entropy source failed
 *
 * Unknown algorithms and key types give PSA_ERROR_NOT_SUPPORTED where they could be ones of a later
 * version, and PSA_ERROR_INVALID_ARGUMENT where they are of another category than the function's.
 *
 * Sections named are those of the specification.
 */
#ifndef PSA_CRYPTO_H
#define PSA_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

#include <psacrypto/config.h>

#include "crypto_types.h"
#include "crypto_values.h"
#include "crypto_sizes.h"
#include "crypto_struct.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Version of the API. */
#define PSA_CRYPTO_API_VERSION_MAJOR 1
#define PSA_CRYPTO_API_VERSION_MINOR 5

/* ---- Library ---- */

/**
 * \brief Start the library. Needed before anything else; doing it again is harmless and quick.
 *
 * After a failure it may be called again. After success it always succeeds, until psacrypto_shutdown(). It
 * may be called from several threads at once.
 *
 * \retval PSA_SUCCESS                     the library is ready
 * \retval PSA_ERROR_NOT_SUPPORTED         the program was compiled with other options than the library, see
 *                                         psacrypto/config.h
 * \retval PSA_ERROR_INSUFFICIENT_MEMORY   no memory
 * \retval PSA_ERROR_INSUFFICIENT_ENTROPY  the entropy source gives nothing to seed the generator with
 * \retval PSA_ERROR_STORAGE_FAILURE       the store cannot be opened
 * \retval PSA_ERROR_DATA_CORRUPT          the store is damaged
 * \retval PSA_ERROR_DATA_INVALID          the store is of a later version
 * \retval PSA_ERROR_COMMUNICATION_FAILURE a device does not answer
 *
 * Also errors of the system. Section "Library initialization".
 */
psa_status_t psa_crypto_init(void);

/* ---- Keys: attributes and policy ---- */

/**
 * \brief Read the attributes of a key.
 *
 * \param key        the key; no usage flag is needed
 * \param attributes an initialised object; the key's attributes. psa_reset_key_attributes() when done with it
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system and keys. Section "Managing key attributes".
 */
psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes);

/**
 * \brief Ask whether a key could be used in a certain way, without using it.
 *
 * \param key   the key
 * \param alg   the algorithm, no wildcard; PSA_ALG_NONE for usage EXPORT, COPY and CACHE
 * \param usage one PSA_KEY_USAGE_xxx flag, PSA_KEY_USAGE_DERIVE_PUBLIC included
 *
 * \retval PSA_SUCCESS                it could
 * \retval PSA_ERROR_INVALID_ARGUMENT usage is not one flag, alg does not go with it or is a wildcard, or the
 *                                    key's type or size does not go with alg
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer it
 *
 * Also errors of the system and keys. Section "Key usage flags".
 */
psa_status_t psa_check_key_usage(psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage);

/* ---- Keys: creation ---- */

/**
 * \brief Create a key from its data.
 *
 * \param attributes  attributes of the new key: type, size (0: that of the data); lifetime and identifier if
 *                    it is to be persistent; usage and permitted algorithm
 * \param data        the key in the form that psa_export_key() gives
 * \param data_length length of data
 * \param key         identifier of the new key
 *
 * \retval PSA_SUCCESS                the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_INVALID_ARGUMENT the data is not a key of that type, or not of that size; see also
 *                                    creation
 *
 * Also errors of the system and creation. Section "Key creation".
 */
psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                            psa_key_id_t *key);

/**
 * \brief Create a random key or key pair. RSA: public exponent 65537.
 *
 * \param attributes attributes of the new key: type, not a public key; size; lifetime and identifier if it is
 *                   to be persistent; usage and permitted algorithm
 * \param key        identifier of the new key
 *
 * \retval PSA_SUCCESS the key exists, and is in its store if it is persistent
 *
 * Also errors of the system, creation and randomness. Section "Key creation".
 */
psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key);

/**
 * \brief Create a random key or key pair in other than the default way.
 *
 * \param attributes         attributes of the new key: type, not a public key; size; lifetime and identifier
 *                           if it is to be persistent; usage and permitted algorithm
 * \param custom             parameters, flags 0
 * \param custom_data        RSA: the public exponent, little-endian, odd, greater than 1
 * \param custom_data_length its length; 0: 65537. Other types: 0
 * \param key                identifier of the new key
 *
 * \retval PSA_SUCCESS                the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_INVALID_ARGUMENT the parameters are not valid for the type; see also creation
 * \retval PSA_ERROR_NOT_SUPPORTED    the exponent is larger than this library takes; see also creation
 *
 * Also errors of the system, creation and randomness. Section "Key creation".
 */
psa_status_t psa_generate_key_custom(const psa_key_attributes_t *attributes,
                                     const psa_custom_key_parameters_t *custom, const uint8_t *custom_data,
                                     size_t custom_data_length, psa_key_id_t *key);

/**
 * \brief Copy a key, to another lifetime or with a narrower policy. Usage flags are those that both the
 *        source and the attributes have; the permitted algorithm is what both permit.
 *
 * \param source_key the key, with PSA_KEY_USAGE_COPY; to leave a secure element also PSA_KEY_USAGE_EXPORT
 * \param attributes policy of the copy; lifetime and identifier if it is to be persistent; type and size as
 *                   the source, or unspecified
 * \param target_key identifier of the copy
 *
 * \retval PSA_SUCCESS                the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_INVALID_ARGUMENT type or size is another than the source's, or the policies permit no
 *                                    algorithm in common; see also creation
 * \retval PSA_ERROR_NOT_SUPPORTED    the source's location does not give keys to that of the target; see also
 *                                    creation
 *
 * Also errors of the system, keys and creation. Section "Key creation".
 */
psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key);

/**
 * \brief Give an identifier to a key that a location provides.
 *
 * \param attributes   a volatile lifetime with the location; type and size as far as the location does not
 *                     set them; policy, which is narrowed to what the location permits
 * \param label        the key's name there, in the form that the location defines
 * \param label_length length of label
 * \param key          identifier of the key. psa_destroy_key() detaches it and leaves the material where it
 *                     is
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_DOES_NOT_EXIST   the location has no key of that label
 * \retval PSA_ERROR_INVALID_ARGUMENT the lifetime is persistent, or type or size is another than the key's;
 *                                    see also creation
 * \retval PSA_ERROR_NOT_SUPPORTED    the location provides no keys; see also creation
 *
 * Also errors of the system and creation. Section "Key creation".
 */
psa_status_t psa_attach_key(const psa_key_attributes_t *attributes, const uint8_t *label, size_t label_length,
                            psa_key_id_t *key);

/* ---- Keys: destruction ---- */

/**
 * \brief Destroy a key, in memory and in its store, or detach one that was attached.
 *
 * Returns when the last call that uses the key has ended: after success no part of it is left.
 *
 * \param key the key; PSA_KEY_ID_NULL does nothing
 *
 * \retval PSA_SUCCESS                     destroyed
 * \retval PSA_ERROR_INVALID_HANDLE        there is no such key
 * \retval PSA_ERROR_NOT_PERMITTED         the key is read-only
 * \retval PSA_ERROR_STORAGE_FAILURE       the store failed; the key is gone from memory, parts of it may be
 *                                         left in the store
 * \retval PSA_ERROR_DATA_CORRUPT          the store is damaged; parts of the key may be left in it
 * \retval PSA_ERROR_DATA_INVALID          the stored key is of a form that this library does not know
 * \retval PSA_ERROR_COMMUNICATION_FAILURE the device that holds the key does not answer; it may still hold it
 *
 * Also errors of the system. Section "Key destruction".
 */
psa_status_t psa_destroy_key(psa_key_id_t key);

/**
 * \brief Remove the copies of a persistent key from memory that PSA_KEY_USAGE_CACHE permits. A volatile key,
 *        and one in use, stays.
 *
 * \param key the key
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system and keys. Section "Key destruction".
 */
psa_status_t psa_purge_key(psa_key_id_t key);

/* ---- Keys: export ---- */

/**
 * \brief Export a key. The form is that of its type, see psa/crypto_values.h.
 *
 * \param key         the key, with PSA_KEY_USAGE_EXPORT unless it is a public key
 * \param data        the key
 * \param data_size   size of data; PSA_EXPORT_KEY_OUTPUT_SIZE() is enough
 * \param data_length length of the key
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_BUFFER_TOO_SMALL data_size is too small
 * \retval PSA_ERROR_NOT_SUPPORTED    the key's location does not give it out
 *
 * Also errors of the system and keys. Section "Key export".
 */
psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/**
 * \brief Export a public key, or the public part of a key pair. No usage flag is needed.
 *
 * \param key         the key
 * \param data        the public key
 * \param data_size   size of data; PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE() is enough
 * \param data_length length of the public key
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the key is neither a public key nor a key pair
 * \retval PSA_ERROR_BUFFER_TOO_SMALL data_size is too small
 * \retval PSA_ERROR_NOT_SUPPORTED    the key's location cannot compute it
 *
 * Also errors of the system and keys. Section "Key export".
 */
psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/* ---- Hashes ---- */

/**
 * \brief Hash a message.
 *
 * \param alg          a hash
 * \param input        the message
 * \param input_length length of input
 * \param hash         the hash
 * \param hash_size    size of hash; PSA_HASH_LENGTH(alg) is enough
 * \param hash_length  length of the hash
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build does not offer alg
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a hash, or input is longer than the hash takes
 * \retval PSA_ERROR_BUFFER_TOO_SMALL hash_size is too small
 *
 * Also errors of the system. Section "Single-part hashing functions".
 */
psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *hash,
                              size_t hash_size, size_t *hash_length);

/**
 * \brief Hash a message and compare, in constant time.
 *
 * \param alg          a hash
 * \param input        the message
 * \param input_length length of input
 * \param hash         the expected hash
 * \param hash_length  its length
 *
 * \retval PSA_SUCCESS                 the hash is the expected one
 * \retval PSA_ERROR_NOT_SUPPORTED     this build does not offer alg
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not a hash, or input is longer than the hash takes
 * \retval PSA_ERROR_INVALID_SIGNATURE the hash is another, or of another length
 *
 * Also errors of the system. Section "Single-part hashing functions".
 */
psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length);

/**
 * \brief Start a hash in parts.
 *
 * \param operation an inactive operation
 * \param alg       a hash
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build does not offer alg
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a hash
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg);

/**
 * \brief Hash the next part of a message.
 *
 * \param operation    an active operation
 * \param input        the message, next part
 * \param input_length length of input
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the message is longer than the hash takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length);

/**
 * \brief Finish a hash.
 *
 * \param operation   an active operation
 * \param hash        the hash
 * \param hash_size   size of hash; PSA_HASH_LENGTH(alg) is enough
 * \param hash_length length of the hash
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_BUFFER_TOO_SMALL hash_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size,
                             size_t *hash_length);

/**
 * \brief Finish a hash and compare, in constant time.
 *
 * \param operation   an active operation
 * \param hash        the expected hash
 * \param hash_length its length
 *
 * \retval PSA_SUCCESS                 the hash is the expected one
 * \retval PSA_ERROR_INVALID_SIGNATURE the hash is another, or of another length
 * \retval PSA_ERROR_BAD_STATE         the operation is not active
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash, size_t hash_length);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised operation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_abort(psa_hash_operation_t *operation);

/**
 * \brief End a hash in parts in such a way that it can be resumed, even elsewhere. The state is not a hash
 *        and tells of the message.
 *
 * \param operation         an active operation
 * \param hash_state        the state
 * \param hash_state_size   size of hash_state; PSA_HASH_SUSPEND_OUTPUT_SIZE(alg) is enough
 * \param hash_state_length length of the state
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    no form is defined for this hash: MD2 to SHA-512/256 have one
 * \retval PSA_ERROR_BUFFER_TOO_SMALL hash_state_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state, size_t hash_state_size,
                              size_t *hash_state_length);

/**
 * \brief Go on with a hash that was suspended.
 *
 * \param operation         an inactive operation
 * \param hash_state        the state from psa_hash_suspend()
 * \param hash_state_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build does not offer that hash
 * \retval PSA_ERROR_INVALID_ARGUMENT it is not such a state
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state,
                             size_t hash_state_length);

/**
 * \brief Copy a hash in parts, to go on with both.
 *
 * \param source_operation an active operation
 * \param target_operation an inactive operation
 *
 * \retval PSA_SUCCESS         done
 * \retval PSA_ERROR_BAD_STATE the source is not active, or the target is not inactive
 *
 * Also errors of the system. Section "Multi-part hashing operations".
 */
psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation,
                            psa_hash_operation_t *target_operation);

/* ---- Extendable-output functions ---- */

/**
 * \brief Start an extendable-output function.
 *
 * \param operation an inactive operation
 * \param alg       an XOF
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build does not offer alg
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not an XOF
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system. Section "Multi-part XOF operations".
 */
psa_status_t psa_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg);

/**
 * \brief Give the context, where the algorithm has one: once, before any input. It is required there.
 *
 * \param operation      an active operation
 * \param context        the context, up to 256 bytes for Ascon-CXOF128
 * \param context_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the context is too long
 * \retval PSA_ERROR_NOT_SUPPORTED    the context is longer than this library takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, has had context, input or output, or its
 *                                    algorithm has no context
 *
 * Also errors of the system. Section "Multi-part XOF operations".
 */
psa_status_t psa_xof_set_context(psa_xof_operation_t *operation, const uint8_t *context,
                                 size_t context_length);

/**
 * \brief Take the next part of the input.
 *
 * \param operation    an active operation
 * \param input        the next part
 * \param input_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the input is longer than the algorithm takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, lacks its context, or has given output
 *
 * Also errors of the system. Section "Multi-part XOF operations".
 */
psa_status_t psa_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length);

/**
 * \brief Give the next part of the output. The operation stays active until it is aborted.
 *
 * \param operation     an active operation
 * \param output        the next part
 * \param output_length how much of it
 *
 * \retval PSA_SUCCESS         done
 * \retval PSA_ERROR_BAD_STATE the operation is not active, or lacks its context
 *
 * Also errors of the system. Section "Multi-part XOF operations".
 */
psa_status_t psa_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised operation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part XOF operations".
 */
psa_status_t psa_xof_abort(psa_xof_operation_t *operation);

/* ---- Message authentication codes ---- */

/**
 * \brief Compute a MAC.
 *
 * \param key          the key, with PSA_KEY_USAGE_SIGN_MESSAGE
 * \param alg          a MAC
 * \param input        the message
 * \param input_length length of input
 * \param mac          the MAC
 * \param mac_size     size of mac; PSA_MAC_LENGTH() is enough
 * \param mac_length   length of the MAC
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a MAC, or does not go with the key's type or size
 * \retval PSA_ERROR_BUFFER_TOO_SMALL mac_size is too small
 *
 * Also errors of the system and keys. Section "Single-part MAC functions".
 */
psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length);

/**
 * \brief Compute a MAC and compare, in constant time.
 *
 * \param key          the key, with PSA_KEY_USAGE_VERIFY_MESSAGE
 * \param alg          a MAC
 * \param input        the message
 * \param input_length length of input
 * \param mac          the expected MAC
 * \param mac_length   its length
 *
 * \retval PSA_SUCCESS                 the MAC is the expected one
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the key's location does not offer alg, or not with this
 *                                     key
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not a MAC, or does not go with the key's type or size
 * \retval PSA_ERROR_INVALID_SIGNATURE the MAC is another, or of another length
 *
 * Also errors of the system and keys. Section "Single-part MAC functions".
 */
psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length);

/**
 * \brief Start to compute a MAC in parts.
 *
 * \param operation an inactive operation
 * \param key       the key, with PSA_KEY_USAGE_SIGN_MESSAGE
 * \param alg       a MAC
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a MAC, or does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system and keys. Section "Multi-part MAC operations".
 */
psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/**
 * \brief Start to verify a MAC in parts.
 *
 * \param operation an inactive operation
 * \param key       the key, with PSA_KEY_USAGE_VERIFY_MESSAGE
 * \param alg       a MAC
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a MAC, or does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system and keys. Section "Multi-part MAC operations".
 */
psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/**
 * \brief Take the next part of the message.
 *
 * \param operation    an active operation
 * \param input        the message, next part
 * \param input_length length of input
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the message is longer than the MAC takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active
 *
 * Also errors of the system and keys. Section "Multi-part MAC operations".
 */
psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input, size_t input_length);

/**
 * \brief Finish to compute a MAC.
 *
 * \param operation  an active computing operation
 * \param mac        the MAC
 * \param mac_size   size of mac; PSA_MAC_LENGTH() is enough
 * \param mac_length length of the MAC
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_BUFFER_TOO_SMALL mac_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, or verifies
 *
 * Also errors of the system and keys. Section "Multi-part MAC operations".
 */
psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size,
                                 size_t *mac_length);

/**
 * \brief Finish to verify a MAC, in constant time.
 *
 * \param operation  an active verifying operation
 * \param mac        the expected MAC
 * \param mac_length its length
 *
 * \retval PSA_SUCCESS                 the MAC is the expected one
 * \retval PSA_ERROR_INVALID_SIGNATURE the MAC is another, or of another length
 * \retval PSA_ERROR_BAD_STATE         the operation is not active, or computes
 *
 * Also errors of the system and keys. Section "Multi-part MAC operations".
 */
psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac, size_t mac_length);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised operation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part MAC operations".
 */
psa_status_t psa_mac_abort(psa_mac_operation_t *operation);

/* ---- Ciphers ---- */

/**
 * \brief Encrypt a message, with a random IV, which comes first in the output.
 *
 * \param key           the key, with PSA_KEY_USAGE_ENCRYPT
 * \param alg           a cipher
 * \param input         the message
 * \param input_length  length of input
 * \param output        the IV of PSA_CIPHER_IV_LENGTH() bytes, and the ciphertext
 * \param output_size   size of output; PSA_CIPHER_ENCRYPT_OUTPUT_SIZE() is enough
 * \param output_length length of IV and ciphertext
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a cipher, or does not go with the key's type or size; or
 *                                    input is not of whole blocks where that is needed
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Single-part cipher functions".
 */
psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/**
 * \brief Decrypt a message.
 *
 * \param key           the key, with PSA_KEY_USAGE_DECRYPT
 * \param alg           a cipher
 * \param input         the IV, and the ciphertext
 * \param input_length  length of input
 * \param output        the message
 * \param output_size   size of output; PSA_CIPHER_DECRYPT_OUTPUT_SIZE() is enough
 * \param output_length length of the message
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a cipher, or does not go with the key's type or size; or
 *                                    input is shorter than the IV, or not of whole blocks where that is
 *                                    needed
 * \retval PSA_ERROR_INVALID_PADDING  the padding is wrong. Nobody else may learn of it
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 *
 * Also errors of the system and keys. Section "Single-part cipher functions".
 */
psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/**
 * \brief Start to encrypt in parts.
 *
 * \param operation an inactive operation
 * \param key       the key, with PSA_KEY_USAGE_ENCRYPT
 * \param alg       a cipher
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a cipher, or does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system and keys. Section "Multi-part cipher operations".
 */
psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/**
 * \brief Start to decrypt in parts.
 *
 * \param operation an inactive operation
 * \param key       the key, with PSA_KEY_USAGE_DECRYPT
 * \param alg       a cipher
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a cipher, or does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system and keys. Section "Multi-part cipher operations".
 */
psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/**
 * \brief Make a random IV and use it.
 *
 * \param operation an active encrypting operation
 * \param iv        the IV
 * \param iv_size   size of iv; PSA_CIPHER_IV_LENGTH() is enough
 * \param iv_length length of the IV
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_BUFFER_TOO_SMALL iv_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, decrypts, has its IV, or its algorithm
 *                                    takes none
 *
 * Also errors of the system, keys and randomness. Section "Multi-part cipher operations".
 */
psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size,
                                    size_t *iv_length);

/**
 * \brief Use an IV. To encrypt, prefer psa_cipher_generate_iv().
 *
 * \param operation an active operation
 * \param iv        the IV
 * \param iv_length its length: PSA_CIPHER_IV_LENGTH(); CTR: 1 byte up to a block; ChaCha20: 12, or 16 with
 *                  the counter first; XChaCha20: 24, or 32 with the counter first
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm takes no IV of this length
 * \retval PSA_ERROR_NOT_SUPPORTED    it might, but this library does not offer it
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, has its IV, or its algorithm takes none
 *
 * Also errors of the system and keys. Section "Multi-part cipher operations".
 */
psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length);

/**
 * \brief Encrypt or decrypt the next part. Output may come later, in whole blocks.
 *
 * \param operation     an active operation
 * \param input         the next part
 * \param input_length  its length
 * \param output        what it gives
 * \param output_size   size of output; PSA_CIPHER_UPDATE_OUTPUT_SIZE() is enough
 * \param output_length length of what it gives
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 * \retval PSA_ERROR_INVALID_ARGUMENT the message is longer than the algorithm takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, or lacks its IV
 *
 * Also errors of the system and keys. Section "Multi-part cipher operations".
 */
psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length);

/**
 * \brief Finish to encrypt or decrypt.
 *
 * \param operation     an active operation
 * \param output        what is left
 * \param output_size   size of output; PSA_CIPHER_FINISH_OUTPUT_SIZE() is enough
 * \param output_length length of what is left
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the message is not of whole blocks where that is needed
 * \retval PSA_ERROR_INVALID_PADDING  the padding is wrong. Nobody else may learn of it
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, or lacks its IV
 *
 * Also errors of the system and keys. Section "Multi-part cipher operations".
 */
psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output, size_t output_size,
                               size_t *output_length);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised operation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part cipher operations".
 */
psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation);

/* ---- Authenticated encryption ---- */

/**
 * \brief Encrypt and authenticate a message.
 *
 * \param key                    the key, with PSA_KEY_USAGE_ENCRYPT
 * \param alg                    an AEAD
 * \param nonce                  the nonce: never twice with one key
 * \param nonce_length           its length
 * \param additional_data        data that is authenticated and not encrypted
 * \param additional_data_length its length
 * \param plaintext              the message
 * \param plaintext_length       its length
 * \param ciphertext             the encrypted message, and the tag
 * \param ciphertext_size        size of ciphertext; PSA_AEAD_ENCRYPT_OUTPUT_SIZE() is enough
 * \param ciphertext_length      length of the encrypted message and the tag
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not an AEAD, or does not go with the key's type or size; or the
 *                                    algorithm takes no such nonce or so much data
 * \retval PSA_ERROR_BUFFER_TOO_SMALL ciphertext_size is too small
 *
 * Also errors of the system and keys. Section "Single-part AEAD functions".
 */
psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *plaintext,
                              size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                              size_t *ciphertext_length);

/**
 * \brief Verify and decrypt a message. No plaintext is written unless the tag is right.
 *
 * \param key                    the key, with PSA_KEY_USAGE_DECRYPT
 * \param alg                    an AEAD
 * \param nonce                  the nonce that it was encrypted with
 * \param nonce_length           its length
 * \param additional_data        data that is authenticated and not encrypted
 * \param additional_data_length its length
 * \param ciphertext             the encrypted message, and the tag
 * \param ciphertext_length      length of both
 * \param plaintext              the message
 * \param plaintext_size         size of plaintext; PSA_AEAD_DECRYPT_OUTPUT_SIZE() is enough
 * \param plaintext_length       length of the message
 *
 * \retval PSA_SUCCESS                 the message is authentic
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the key's location does not offer alg, or not with this
 *                                     key
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not an AEAD, or does not go with the key's type or size; or the
 *                                     algorithm takes no such nonce or so much data
 * \retval PSA_ERROR_INVALID_SIGNATURE the message is not authentic, or shorter than a tag
 * \retval PSA_ERROR_BUFFER_TOO_SMALL  plaintext_size is too small
 *
 * Also errors of the system and keys. Section "Single-part AEAD functions".
 */
psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size,
                              size_t *plaintext_length);

/**
 * \brief Start to encrypt and authenticate in parts.
 *
 * Then: psa_aead_set_lengths() (CCM needs it), the nonce, additional data, the message, and the end.
 *
 * \param operation an inactive operation
 * \param key       the key, with PSA_KEY_USAGE_ENCRYPT
 * \param alg       an AEAD
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not an AEAD, or does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system and keys. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/**
 * \brief Start to decrypt and verify in parts. Plaintext must not be used before psa_aead_verify() has
 *        succeeded.
 *
 * Then: psa_aead_set_lengths() (CCM needs it), the nonce, additional data, the message, and the end.
 *
 * \param operation an inactive operation
 * \param key       the key, with PSA_KEY_USAGE_DECRYPT
 * \param alg       an AEAD
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not an AEAD, or does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system and keys. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/**
 * \brief Announce how long additional data and message will be. They then have to be just that.
 *
 * \param operation        an active operation
 * \param ad_length        length of the additional data
 * \param plaintext_length length of the message
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm does not take so much
 * \retval PSA_ERROR_NOT_SUPPORTED    this library does not take so much
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, or has its lengths or its nonce
 *
 * Also errors of the system. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length, size_t plaintext_length);

/**
 * \brief Make a random nonce and use it.
 *
 * \param operation    an active encrypting operation
 * \param nonce        the nonce
 * \param nonce_size   size of nonce; PSA_AEAD_NONCE_LENGTH() is enough
 * \param nonce_length length of the nonce; with CCM it depends on the announced length of the message
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_BUFFER_TOO_SMALL nonce_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, decrypts, has its nonce, or lacks lengths
 *                                    that it needs
 *
 * Also errors of the system, keys and randomness. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce, size_t nonce_size,
                                     size_t *nonce_length);

/**
 * \brief Use a nonce.
 *
 * \param operation    an active operation
 * \param nonce        the nonce: to encrypt, never twice with one key
 * \param nonce_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm takes no such nonce
 * \retval PSA_ERROR_NOT_SUPPORTED    it does, but this library does not offer it
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, has its nonce, or lacks lengths that it
 *                                    needs
 *
 * Also errors of the system and keys. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length);

/**
 * \brief Take the next part of the additional data.
 *
 * \param operation    an active operation
 * \param input        the next part
 * \param input_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT it is more than was announced, or than the algorithm takes
 * \retval PSA_ERROR_NOT_SUPPORTED    it is more than this library takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, lacks its nonce or lengths that it needs,
 *                                    or has had a part of the message
 *
 * Also errors of the system and keys. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length);

/**
 * \brief Encrypt or decrypt the next part of the message.
 *
 * \param operation     an active operation
 * \param input         the next part
 * \param input_length  its length
 * \param output        what it gives
 * \param output_size   size of output; PSA_AEAD_UPDATE_OUTPUT_SIZE() is enough
 * \param output_length length of what it gives
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the additional data was less, or the message is more, than was
 *                                    announced; or the message is more than the algorithm takes
 * \retval PSA_ERROR_NOT_SUPPORTED    it is more than this library takes
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, or lacks its nonce or lengths that it needs
 *
 * Also errors of the system and keys. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length,
                             uint8_t *output, size_t output_size, size_t *output_length);

/**
 * \brief Finish to encrypt, and give the tag.
 *
 * \param operation         an active encrypting operation
 * \param ciphertext        what is left of the encrypted message
 * \param ciphertext_size   size of ciphertext; PSA_AEAD_FINISH_OUTPUT_SIZE() is enough
 * \param ciphertext_length length of what is left
 * \param tag               the tag
 * \param tag_size          size of tag; PSA_AEAD_TAG_LENGTH() is enough
 * \param tag_length        length of the tag
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT additional data or message is less than was announced
 * \retval PSA_ERROR_BUFFER_TOO_SMALL ciphertext_size or tag_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, decrypts, or lacks its nonce
 *
 * Also errors of the system and keys. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length, uint8_t *tag, size_t tag_size, size_t *tag_length);

/**
 * \brief Finish to decrypt, and compare the tag in constant time.
 *
 * \param operation        an active decrypting operation
 * \param plaintext        what is left of the message
 * \param plaintext_size   size of plaintext; PSA_AEAD_VERIFY_OUTPUT_SIZE() is enough
 * \param plaintext_length length of what is left
 * \param tag              the expected tag
 * \param tag_length       its length
 *
 * \retval PSA_SUCCESS                 the message is authentic
 * \retval PSA_ERROR_INVALID_SIGNATURE the message is not authentic: throw away what was decrypted
 * \retval PSA_ERROR_INVALID_ARGUMENT  additional data or message is less than was announced
 * \retval PSA_ERROR_BUFFER_TOO_SMALL  plaintext_size is too small
 * \retval PSA_ERROR_BAD_STATE         the operation is not active, encrypts, or lacks its nonce
 *
 * Also errors of the system and keys. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size,
                             size_t *plaintext_length, const uint8_t *tag, size_t tag_length);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised operation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part AEAD operations".
 */
psa_status_t psa_aead_abort(psa_aead_operation_t *operation);

/* ---- Key derivation ---- */

/**
 * \brief Start a key derivation.
 *
 * Then: inputs in the order that psa/crypto_values.h gives for the algorithm, output as often as wanted, and
 * abort.
 *
 * \param operation an inactive derivation
 * \param alg       a key derivation, or a key agreement combined with one
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is neither
 * \retval PSA_ERROR_NOT_SUPPORTED    this build does not offer alg
 * \retval PSA_ERROR_BAD_STATE        the derivation is not inactive
 *
 * Also errors of the system. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg);

/**
 * \brief Ask how much more can be derived.
 *
 * \param operation an active derivation
 * \param capacity  bytes that can still be derived
 *
 * \retval PSA_SUCCESS         done
 * \retval PSA_ERROR_BAD_STATE the derivation is not active
 *
 * Also errors of the system. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation,
                                             size_t *capacity);

/**
 * \brief Limit how much can be derived.
 *
 * \param operation an active derivation
 * \param capacity  bytes; not more than psa_key_derivation_get_capacity() tells
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT it is more. The derivation stays as it was
 * \retval PSA_ERROR_BAD_STATE        the derivation is not active
 *
 * Also errors of the system. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity);

/**
 * \brief Give an input that is not a key.
 *
 * After a secret or password given in this way, no key can be derived, only bytes.
 *
 * \param operation   an active derivation
 * \param step        PSA_KEY_DERIVATION_INPUT_xxx
 * \param data        the input
 * \param data_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm has no such step, takes a key or an integer there, or no
 *                                    input of this length
 * \retval PSA_ERROR_NOT_SUPPORTED    this library does not take an input of this length
 * \retval PSA_ERROR_BAD_STATE        the derivation is not active, or this step is not due
 *
 * Also errors of the system. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation,
                                            psa_key_derivation_step_t step, const uint8_t *data,
                                            size_t data_length);

/**
 * \brief Give an input that is an integer: the cost.
 *
 * \param operation an active derivation
 * \param step      PSA_KEY_DERIVATION_INPUT_COST
 * \param value     the integer
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm has no such step, or does not take this value
 * \retval PSA_ERROR_NOT_SUPPORTED    this library does not take this value
 * \retval PSA_ERROR_BAD_STATE        the derivation is not active, or this step is not due
 *
 * Also errors of the system. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, uint64_t value);

/**
 * \brief Give an input that is a key.
 *
 * \param operation an active derivation
 * \param step      PSA_KEY_DERIVATION_INPUT_xxx
 * \param key       the key, with PSA_KEY_USAGE_DERIVE; with no more than PSA_KEY_USAGE_VERIFY_DERIVATION the
 *                  output can only be compared
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm has no such step, or takes no key of this type there
 * \retval PSA_ERROR_NOT_SUPPORTED    it does, but this build or the key's location does not offer it
 * \retval PSA_ERROR_BAD_STATE        the derivation is not active, or this step is not due
 *
 * Also errors of the system and keys. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation,
                                          psa_key_derivation_step_t step, psa_key_id_t key);

/**
 * \brief Derive bytes.
 *
 * \param operation     an active derivation
 * \param output        the bytes
 * \param output_length how many
 *
 * \retval PSA_SUCCESS                 done
 * \retval PSA_ERROR_NOT_PERMITTED     an input was a key without PSA_KEY_USAGE_DERIVE
 * \retval PSA_ERROR_INSUFFICIENT_DATA the capacity is less than that. It is 0 now, and the derivation stays
 *                                     active
 * \retval PSA_ERROR_BAD_STATE         the derivation is not active, or lacks an input
 *
 * Also errors of the system and keys. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output,
                                             size_t output_length);

/**
 * \brief Derive a key.
 *
 * \param attributes attributes of the new key: type, not a public key; size; lifetime and identifier if it is
 *                   to be persistent; usage and permitted algorithm
 * \param operation  an active derivation
 * \param key        identifier of the new key
 *
 * \retval PSA_SUCCESS                 the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_INSUFFICIENT_DATA the capacity is less than the key takes. It is 0 now, and the
 *                                     derivation stays active
 * \retval PSA_ERROR_NOT_PERMITTED     the secret or password was not a key or a key agreement, or a key
 *                                     without PSA_KEY_USAGE_DERIVE; see also creation
 * \retval PSA_ERROR_INVALID_ARGUMENT  the permitted algorithm of a PSA_KEY_TYPE_PASSWORD_HASH is neither this
 *                                     one nor none; see also creation
 * \retval PSA_ERROR_BAD_STATE         the derivation is not active, or lacks an input
 *
 * Also errors of the system, keys and creation. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes,
                                           psa_key_derivation_operation_t *operation, psa_key_id_t *key);

/**
 * \brief Derive a key in other than the default way.
 *
 * \param attributes         attributes of the new key: type, not a public key; size; lifetime and identifier
 *                           if it is to be persistent; usage and permitted algorithm
 * \param operation          an active derivation
 * \param custom             parameters, flags 0
 * \param custom_data        as in psa_generate_key_custom()
 * \param custom_data_length its length
 * \param key                identifier of the new key
 *
 * \retval PSA_SUCCESS                 the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_INSUFFICIENT_DATA the capacity is less than the key takes. It is 0 now, and the
 *                                     derivation stays active
 * \retval PSA_ERROR_NOT_PERMITTED     the secret or password was not a key or a key agreement, or a key
 *                                     without PSA_KEY_USAGE_DERIVE; see also creation
 * \retval PSA_ERROR_INVALID_ARGUMENT  the permitted algorithm of a PSA_KEY_TYPE_PASSWORD_HASH is neither this
 *                                     one nor none; the parameters are not valid; see also creation
 * \retval PSA_ERROR_BAD_STATE         the derivation is not active, or lacks an input
 *
 * Also errors of the system, keys and creation. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_output_key_custom(const psa_key_attributes_t *attributes,
                                                  psa_key_derivation_operation_t *operation,
                                                  const psa_custom_key_parameters_t *custom,
                                                  const uint8_t *custom_data, size_t custom_data_length,
                                                  psa_key_id_t *key);

/**
 * \brief Derive bytes and compare, in constant time.
 *
 * \param operation       an active derivation
 * \param expected_output the expected bytes
 * \param output_length   how many
 *
 * \retval PSA_SUCCESS                 they are the expected ones
 * \retval PSA_ERROR_INVALID_SIGNATURE they are other ones
 * \retval PSA_ERROR_INSUFFICIENT_DATA the capacity is less than that. It is 0 now, and the derivation stays
 *                                     active
 * \retval PSA_ERROR_BAD_STATE         the derivation is not active, or lacks an input
 *
 * Also errors of the system and keys. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation,
                                             const uint8_t *expected_output, size_t output_length);

/**
 * \brief Derive as many bytes as a key has and compare, in constant time.
 *
 * \param operation an active derivation
 * \param expected  the key, a PSA_KEY_TYPE_PASSWORD_HASH with PSA_KEY_USAGE_VERIFY_DERIVATION that permits
 *                  the algorithm
 *
 * \retval PSA_SUCCESS                 they are those of the key
 * \retval PSA_ERROR_INVALID_SIGNATURE they are other ones
 * \retval PSA_ERROR_INVALID_ARGUMENT  the key is of another type
 * \retval PSA_ERROR_INSUFFICIENT_DATA the capacity is less than that. It is 0 now, and the derivation stays
 *                                     active
 * \retval PSA_ERROR_BAD_STATE         the derivation is not active, or lacks an input
 *
 * Also errors of the system and keys. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation, psa_key_id_t expected);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised derivation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Key-derivation functions".
 */
psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation);

/* ---- Signatures ---- */

/**
 * \brief Sign a message.
 *
 * \param key              the key pair, with PSA_KEY_USAGE_SIGN_MESSAGE
 * \param alg              a signature algorithm for messages, see PSA_ALG_IS_SIGN_MESSAGE()
 * \param input            the message
 * \param input_length     length of input
 * \param signature        the signature
 * \param signature_size   size of signature; PSA_SIGN_OUTPUT_SIZE() is enough
 * \param signature_length length of the signature
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not for messages, does not go with the key's type or size, or
 *                                    does not take so long a message
 * \retval PSA_ERROR_BUFFER_TOO_SMALL signature_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                              size_t input_length, uint8_t *signature, size_t signature_size,
                              size_t *signature_length);

/**
 * \brief Verify the signature of a message.
 *
 * \param key              the key pair or public key, with PSA_KEY_USAGE_VERIFY_MESSAGE
 * \param alg              a signature algorithm for messages, see PSA_ALG_IS_SIGN_MESSAGE()
 * \param input            the message
 * \param input_length     length of input
 * \param signature        the signature
 * \param signature_length its length
 *
 * \retval PSA_SUCCESS                 the signature is right
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the key's location does not offer alg, or not with this
 *                                     key
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not for messages, does not go with the key's type or size, or
 *                                     does not take so long a message
 * \retval PSA_ERROR_INVALID_SIGNATURE the signature is not right, or of another length
 *
 * Also errors of the system and keys. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *signature, size_t signature_length);

/**
 * \brief Sign a hash.
 *
 * \param key              the key pair, with PSA_KEY_USAGE_SIGN_HASH
 * \param alg              a signature algorithm for hashes, see PSA_ALG_IS_SIGN_HASH()
 * \param hash             the hash of the message: with PSA_ALG_GET_HASH(alg), or what the algorithm takes in
 *                         its place
 * \param hash_length      its length
 * \param signature        the signature
 * \param signature_size   size of signature; PSA_SIGN_OUTPUT_SIZE() is enough
 * \param signature_length length of the signature
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not for hashes, does not go with the key's type or size, or does
 *                                    not take a hash of this length
 * \retval PSA_ERROR_BUFFER_TOO_SMALL signature_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           uint8_t *signature, size_t signature_size, size_t *signature_length);

/**
 * \brief Verify the signature of a hash.
 *
 * \param key              the key pair or public key, with PSA_KEY_USAGE_VERIFY_HASH
 * \param alg              a signature algorithm for hashes, see PSA_ALG_IS_SIGN_HASH()
 * \param hash             the hash of the message: with PSA_ALG_GET_HASH(alg), or what the algorithm takes in
 *                         its place
 * \param hash_length      its length
 * \param signature        the signature
 * \param signature_length its length
 *
 * \retval PSA_SUCCESS                 the signature is right
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the key's location does not offer alg, or not with this
 *                                     key
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not for hashes, does not go with the key's type or size, or does
 *                                     not take a hash of this length
 * \retval PSA_ERROR_INVALID_SIGNATURE the signature is not right, or of another length
 *
 * Also errors of the system and keys. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             const uint8_t *signature, size_t signature_length);

/**
 * \brief Sign a message with a context.
 *
 * \param key              the key pair, with PSA_KEY_USAGE_SIGN_MESSAGE
 * \param alg              a signature algorithm for messages, see PSA_ALG_IS_SIGN_MESSAGE()
 * \param input            the message
 * \param input_length     length of input
 * \param context          the context; must be empty where alg has none, see PSA_ALG_SIGN_SUPPORTS_CONTEXT()
 * \param context_length   its length, up to 255
 * \param signature        the signature
 * \param signature_size   size of signature; PSA_SIGN_OUTPUT_SIZE() is enough
 * \param signature_length length of the signature
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not for messages, does not go with the key's type or size, or
 *                                    does not take so long a message, or the context is not valid
 * \retval PSA_ERROR_BUFFER_TOO_SMALL signature_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_sign_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                           size_t input_length, const uint8_t *context, size_t context_length,
                                           uint8_t *signature, size_t signature_size,
                                           size_t *signature_length);

/**
 * \brief Verify the signature of a message with a context.
 *
 * \param key              the key pair or public key, with PSA_KEY_USAGE_VERIFY_MESSAGE
 * \param alg              a signature algorithm for messages, see PSA_ALG_IS_SIGN_MESSAGE()
 * \param input            the message
 * \param input_length     length of input
 * \param context          the context; must be empty where alg has none, see PSA_ALG_SIGN_SUPPORTS_CONTEXT()
 * \param context_length   its length, up to 255
 * \param signature        the signature
 * \param signature_length its length
 *
 * \retval PSA_SUCCESS                 the signature is right
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the key's location does not offer alg, or not with this
 *                                     key
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not for messages, does not go with the key's type or size, or
 *                                     does not take so long a message, or the context is not valid
 * \retval PSA_ERROR_INVALID_SIGNATURE the signature is not right, or of another length
 *
 * Also errors of the system and keys. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_verify_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                             size_t input_length, const uint8_t *context,
                                             size_t context_length, const uint8_t *signature,
                                             size_t signature_length);

/**
 * \brief Sign a hash with a context.
 *
 * \param key              the key pair, with PSA_KEY_USAGE_SIGN_HASH
 * \param alg              a signature algorithm for hashes, see PSA_ALG_IS_SIGN_HASH()
 * \param hash             the hash of the message: with PSA_ALG_GET_HASH(alg), or what the algorithm takes in
 *                         its place
 * \param hash_length      its length
 * \param context          the context; must be empty where alg has none, see PSA_ALG_SIGN_SUPPORTS_CONTEXT()
 * \param context_length   its length, up to 255
 * \param signature        the signature
 * \param signature_size   size of signature; PSA_SIGN_OUTPUT_SIZE() is enough
 * \param signature_length length of the signature
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not for hashes, does not go with the key's type or size, or does
 *                                    not take a hash of this length, or the context is not valid
 * \retval PSA_ERROR_BUFFER_TOO_SMALL signature_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_sign_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                        size_t hash_length, const uint8_t *context, size_t context_length,
                                        uint8_t *signature, size_t signature_size, size_t *signature_length);

/**
 * \brief Verify the signature of a hash with a context.
 *
 * \param key              the key pair or public key, with PSA_KEY_USAGE_VERIFY_HASH
 * \param alg              a signature algorithm for hashes, see PSA_ALG_IS_SIGN_HASH()
 * \param hash             the hash of the message: with PSA_ALG_GET_HASH(alg), or what the algorithm takes in
 *                         its place
 * \param hash_length      its length
 * \param context          the context; must be empty where alg has none, see PSA_ALG_SIGN_SUPPORTS_CONTEXT()
 * \param context_length   its length, up to 255
 * \param signature        the signature
 * \param signature_length its length
 *
 * \retval PSA_SUCCESS                 the signature is right
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the key's location does not offer alg, or not with this
 *                                     key
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not for hashes, does not go with the key's type or size, or does
 *                                     not take a hash of this length, or the context is not valid
 * \retval PSA_ERROR_INVALID_SIGNATURE the signature is not right, or of another length
 *
 * Also errors of the system and keys. Section "Single-part asymmetric signature functions".
 */
psa_status_t psa_verify_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                          size_t hash_length, const uint8_t *context, size_t context_length,
                                          const uint8_t *signature, size_t signature_length);

/**
 * \brief Start to sign in parts.
 *
 * \param operation an inactive operation
 * \param key       the key pair, with PSA_KEY_USAGE_SIGN_MESSAGE
 * \param alg       a signature algorithm for messages, see PSA_ALG_IS_SIGN_MESSAGE()
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not for messages, does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system, keys and randomness. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_sign_setup(psa_sign_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/**
 * \brief Give a context, once, before any part of the message.
 *
 * \param operation      an active operation
 * \param context        the context; must be empty where the algorithm has none, see
 *                       PSA_ALG_SIGN_SUPPORTS_CONTEXT()
 * \param context_length its length, up to 255
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the context is too long, or the algorithm has none
 * \retval PSA_ERROR_NOT_SUPPORTED    this library does not take such a context
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, or has had a context or a part of the
 *                                    message
 *
 * Also errors of the system. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_sign_set_context(psa_sign_operation_t *operation, const uint8_t *context,
                                  size_t context_length);

/**
 * \brief Take the next part of the message.
 *
 * \param operation    an active operation
 * \param input        the message, next part
 * \param input_length length of input
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the message is longer than the algorithm takes
 * \retval PSA_ERROR_NOT_SUPPORTED    the message is longer than this library takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active
 *
 * Also errors of the system. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_sign_update(psa_sign_operation_t *operation, const uint8_t *input, size_t input_length);

/**
 * \brief Finish to sign.
 *
 * \param operation        an active operation
 * \param signature        the signature
 * \param signature_size   size of signature; PSA_SIGN_OUTPUT_SIZE() is enough
 * \param signature_length length of the signature
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_BUFFER_TOO_SMALL signature_size is too small
 * \retval PSA_ERROR_BAD_STATE        the operation is not active
 *
 * Also errors of the system, keys and randomness. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_sign_finish(psa_sign_operation_t *operation, uint8_t *signature, size_t signature_size,
                             size_t *signature_length);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised operation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_sign_abort(psa_sign_operation_t *operation);

/**
 * \brief Start to verify in parts.
 *
 * That the signature is wrong may be known now, but is told at the end.
 *
 * \param operation        an inactive operation
 * \param key              the key pair or public key, with PSA_KEY_USAGE_VERIFY_MESSAGE
 * \param alg              a signature algorithm for messages, see PSA_ALG_IS_SIGN_MESSAGE()
 * \param signature        the signature, which is not read after the call
 * \param signature_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not for messages, does not go with the key's type or size
 * \retval PSA_ERROR_BAD_STATE        the operation is not inactive
 *
 * Also errors of the system, keys and randomness. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_verify_setup(psa_verify_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg,
                              const uint8_t *signature, size_t signature_length);

/**
 * \brief Give a context, once, before any part of the message.
 *
 * \param operation      an active operation
 * \param context        the context; must be empty where the algorithm has none, see
 *                       PSA_ALG_SIGN_SUPPORTS_CONTEXT()
 * \param context_length its length, up to 255
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the context is too long, or the algorithm has none
 * \retval PSA_ERROR_NOT_SUPPORTED    this library does not take such a context
 * \retval PSA_ERROR_BAD_STATE        the operation is not active, or has had a context or a part of the
 *                                    message
 *
 * Also errors of the system. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_verify_set_context(psa_verify_operation_t *operation, const uint8_t *context,
                                    size_t context_length);

/**
 * \brief Take the next part of the message.
 *
 * \param operation    an active operation
 * \param input        the message, next part
 * \param input_length length of input
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the message is longer than the algorithm takes
 * \retval PSA_ERROR_NOT_SUPPORTED    the message is longer than this library takes
 * \retval PSA_ERROR_BAD_STATE        the operation is not active
 *
 * Also errors of the system. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_verify_update(psa_verify_operation_t *operation, const uint8_t *input, size_t input_length);

/**
 * \brief Finish to verify.
 *
 * \param operation an active operation
 *
 * \retval PSA_SUCCESS                 the signature is right
 * \retval PSA_ERROR_INVALID_SIGNATURE the signature is not right
 * \retval PSA_ERROR_BAD_STATE         the operation is not active
 *
 * Also errors of the system and keys. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_verify_finish(psa_verify_operation_t *operation);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised operation
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part asymmetric signature operations".
 */
psa_status_t psa_verify_abort(psa_verify_operation_t *operation);

/* ---- Asymmetric encryption ---- */

/**
 * \brief Encrypt a short message with a public key.
 *
 * \param key           the key pair or public key, with PSA_KEY_USAGE_ENCRYPT
 * \param alg           an asymmetric encryption
 * \param input         the message
 * \param input_length  length of input
 * \param salt          the label of OAEP; empty for other algorithms
 * \param salt_length   its length
 * \param output        the ciphertext
 * \param output_size   size of output; PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE() is enough
 * \param output_length length of the ciphertext
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not an asymmetric encryption, does not go with the key's type or
 *                                    size, or does not take an input or salt of this length
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Asymmetric encryption functions".
 */
psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/**
 * \brief Decrypt a short message with a private key.
 *
 * \param key           the key pair, with PSA_KEY_USAGE_DECRYPT
 * \param alg           an asymmetric encryption
 * \param input         the ciphertext
 * \param input_length  its length
 * \param salt          the label of OAEP; empty for other algorithms
 * \param salt_length   its length
 * \param output        the message
 * \param output_size   size of output; PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE() is enough
 * \param output_length length of the message
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not an asymmetric encryption, does not go with the key's type or
 *                                    size, or does not take an input or salt of this length
 * \retval PSA_ERROR_INVALID_PADDING  the padding is wrong. Nobody else may learn of it, not from the time it
 *                                    takes either
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Asymmetric encryption functions".
 */
psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/* ---- Key agreement ---- */

/**
 * \brief Agree on a secret, and make a key of it. It is not uniform: derive from it, do not encrypt with it.
 *
 * \param private_key     the own key pair, with PSA_KEY_USAGE_DERIVE
 * \param peer_key        the other side's public key, as psa_export_public_key() gives it
 * \param peer_key_length its length
 * \param alg             a key agreement that is not combined with a derivation
 * \param attributes      attributes of the new key: type, PSA_KEY_TYPE_DERIVE, RAW_DATA, HMAC or PASSWORD;
 *                        size 0 or that of the secret; lifetime and identifier if it is to be persistent;
 *                        usage and permitted algorithm
 * \param key             identifier of the new key
 *
 * \retval PSA_SUCCESS                the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a key agreement of its own, does not go with the key, or
 *                                    peer_key is not a public key of the same group; see also creation
 *
 * Also errors of the system, keys, creation and randomness. Section "Standalone key agreement".
 */
psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                               psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                               psa_key_id_t *key);

/**
 * \brief Agree on a secret, and give it out. It is not uniform: derive from it.
 *
 * \param alg             a key agreement that is not combined with a derivation
 * \param private_key     the own key pair, with PSA_KEY_USAGE_DERIVE
 * \param peer_key        the other side's public key, as psa_export_public_key() gives it
 * \param peer_key_length its length
 * \param output          the secret
 * \param output_size     size of output; PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE() is enough
 * \param output_length   length of the secret
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a key agreement of its own, does not go with the key, or
 *                                    peer_key is not a public key of the same group
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 *
 * Also errors of the system, keys and randomness. Section "Standalone key agreement".
 */
psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key, const uint8_t *peer_key,
                                   size_t peer_key_length, uint8_t *output, size_t output_size,
                                   size_t *output_length);

/**
 * \brief Agree on a secret, as the input of a derivation that was set up with a combined algorithm.
 *
 * \param operation       an active derivation
 * \param step            PSA_KEY_DERIVATION_INPUT_xxx for a secret
 * \param private_key     the own key pair, with PSA_KEY_USAGE_DERIVE
 * \param peer_key        the other side's public key, as psa_export_public_key() gives it
 * \param peer_key_length its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer it with this key
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm is not combined, has no such step, does not go with the
 *                                    key, or peer_key is not a public key of the same group
 * \retval PSA_ERROR_BAD_STATE        the derivation is not active, or this step is not due
 *
 * Also errors of the system, keys and randomness. Section "Combining key agreement and key derivation".
 */
psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, psa_key_id_t private_key,
                                              const uint8_t *peer_key, size_t peer_key_length);

/* ---- Key encapsulation ---- */

/**
 * \brief Make a secret that the owner of a public key can learn from the ciphertext.
 *
 * \param key               the public key or key pair, with PSA_KEY_USAGE_ENCRYPT
 * \param alg               a key encapsulation
 * \param attributes        attributes of the new key: type, PSA_KEY_TYPE_DERIVE or what the algorithm allows;
 *                          size 0 or that of the secret; lifetime and identifier if it is to be persistent;
 *                          usage and permitted algorithm
 * \param output_key        identifier of the new key, the secret
 * \param ciphertext        what to send to the owner
 * \param ciphertext_size   size of ciphertext; PSA_ENCAPSULATE_CIPHERTEXT_SIZE() is enough
 * \param ciphertext_length length of the ciphertext
 *
 * \retval PSA_SUCCESS                the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the key's location does not offer alg, or not with this
 *                                    key; see also creation
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a key encapsulation, or does not go with the key; see also
 *                                    creation
 * \retval PSA_ERROR_BUFFER_TOO_SMALL ciphertext_size is too small
 *
 * Also errors of the system, keys, creation and randomness. Section "Key-encapsulation functions".
 */
psa_status_t psa_encapsulate(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length);

/**
 * \brief Learn the secret from a ciphertext. A wrong ciphertext can give a wrong secret instead of an error;
 *        ML-KEM always does.
 *
 * \param key               the key pair, with PSA_KEY_USAGE_DECRYPT
 * \param alg               a key encapsulation
 * \param ciphertext        what psa_encapsulate() gave
 * \param ciphertext_length its length
 * \param attributes        attributes of the new key: type, PSA_KEY_TYPE_DERIVE or what the algorithm allows;
 *                          size 0 or that of the secret; lifetime and identifier if it is to be persistent;
 *                          usage and permitted algorithm
 * \param output_key        identifier of the new key, the secret
 *
 * \retval PSA_SUCCESS                 the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the key's location does not offer alg, or not with this
 *                                     key; see also creation
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not a key encapsulation, or does not go with the key, or the
 *                                     ciphertext is not of the right length or form; see also creation
 * \retval PSA_ERROR_INVALID_SIGNATURE the ciphertext is not authentic, where the algorithm can tell
 *
 * Also errors of the system, keys, creation and randomness. Section "Key-encapsulation functions".
 */
psa_status_t psa_decapsulate(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *ciphertext,
                             size_t ciphertext_length, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key);

/* ---- Key wrapping ---- */

/**
 * \brief Create a key from its wrapped form.
 *
 * \param attributes   attributes of the new key: type, size (0: that of the data); lifetime and identifier if
 *                     it is to be persistent; usage and permitted algorithm
 * \param wrapping_key the key to unwrap with, with PSA_KEY_USAGE_UNWRAP
 * \param alg          a key wrapping
 * \param data         the wrapped key
 * \param data_length  its length
 * \param key          identifier of the new key
 *
 * \retval PSA_SUCCESS                 the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_INVALID_SIGNATURE the data was not wrapped with this key
 * \retval PSA_ERROR_NOT_SUPPORTED     this build or the location of wrapping_key does not offer alg; see also
 *                                     creation
 * \retval PSA_ERROR_INVALID_ARGUMENT  alg is not a key wrapping or does not go with wrapping_key, or what was
 *                                     wrapped is not a key of that type and size; see also creation
 *
 * Also errors of the system, keys and creation. Section "Key wrapping functions".
 */
psa_status_t psa_unwrap_key(const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key,
                            psa_algorithm_t alg, const uint8_t *data, size_t data_length, psa_key_id_t *key);

/**
 * \brief Encrypt and authenticate a key with another one.
 *
 * \param wrapping_key the key to wrap with, with PSA_KEY_USAGE_WRAP
 * \param alg          a key wrapping
 * \param key          the key to wrap, with PSA_KEY_USAGE_EXPORT
 * \param data         the wrapped key
 * \param data_size    size of data; PSA_WRAP_KEY_OUTPUT_SIZE() is enough
 * \param data_length  length of the wrapped key
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build or the location of wrapping_key does not offer alg, or the
 *                                    location of key does not give it out
 * \retval PSA_ERROR_INVALID_ARGUMENT alg is not a key wrapping, does not go with wrapping_key, or does not
 *                                    take a key of this length
 * \retval PSA_ERROR_BUFFER_TOO_SMALL data_size is too small
 *
 * Also errors of the system and keys. Section "Key wrapping functions".
 */
psa_status_t psa_wrap_key(psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key, uint8_t *data,
                          size_t data_size, size_t *data_length);

/* ---- Password-authenticated key exchange ---- */

/**
 * \brief Start a password-authenticated key exchange.
 *
 * Then: role, names and context as the algorithm needs them, output and input in its order, the key.
 *
 * \param operation    an inactive exchange
 * \param password_key the password, or what was made of it, with PSA_KEY_USAGE_DERIVE
 * \param cipher_suite algorithm, group and key confirmation
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_NOT_SUPPORTED    this build does not offer the algorithm, its hash or the group, or not
 *                                    with this key
 * \retval PSA_ERROR_INVALID_ARGUMENT it is not a PAKE, or hash, group, key confirmation, the key's type or
 *                                    its size does not go with it
 * \retval PSA_ERROR_BAD_STATE        the exchange is not inactive
 *
 * Also errors of the system and keys. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key,
                            const psa_pake_cipher_suite_t *cipher_suite);

/**
 * \brief Choose a role.
 *
 * \param operation an active exchange
 * \param role      PSA_PAKE_ROLE_xxx; SPAKE2+ needs one, J-PAKE and WPA3-SAE have none
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm has no such role, or not with this key
 * \retval PSA_ERROR_NOT_SUPPORTED    this library does not offer it
 * \retval PSA_ERROR_BAD_STATE        the exchange is not active, has had a role, or has begun
 *
 * Also errors of the system. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role);

/**
 * \brief Give the own name. WPA3-SAE: the MAC address.
 *
 * \param operation   an active exchange
 * \param user_id     the name
 * \param user_id_len its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm takes no such name, an empty one perhaps
 * \retval PSA_ERROR_NOT_SUPPORTED    this library takes no such name, e.g. none so long
 * \retval PSA_ERROR_BAD_STATE        the exchange is not active, has had a name, or has begun
 *
 * Also errors of the system. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len);

/**
 * \brief Give the name of the other side. WPA3-SAE: the MAC address.
 *
 * \param operation   an active exchange
 * \param peer_id     the name
 * \param peer_id_len its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm takes no such name, an empty one perhaps
 * \retval PSA_ERROR_NOT_SUPPORTED    this library takes no such name, e.g. none so long
 * \retval PSA_ERROR_BAD_STATE        the exchange is not active, has had this name, or has begun
 *
 * Also errors of the system. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len);

/**
 * \brief Give the context of the exchange. SPAKE2+ alone has one.
 *
 * \param operation   an active exchange
 * \param context     the context
 * \param context_len its length
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm takes no such context
 * \retval PSA_ERROR_NOT_SUPPORTED    this library takes no such context, e.g. none so long
 * \retval PSA_ERROR_BAD_STATE        the exchange is not active, has had a context, or has begun, or the
 *                                    algorithm has none
 *
 * Also errors of the system. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context,
                                  size_t context_len);

/**
 * \brief Give what is to be sent to the other side.
 *
 * \param operation     an active exchange
 * \param step          PSA_PAKE_STEP_xxx
 * \param output        the value
 * \param output_size   size of output; PSA_PAKE_OUTPUT_SIZE() is enough
 * \param output_length length of the value
 *
 * \retval PSA_SUCCESS                done
 * \retval PSA_ERROR_INVALID_ARGUMENT the algorithm has no such step
 * \retval PSA_ERROR_NOT_SUPPORTED    this library does not offer the step
 * \retval PSA_ERROR_BUFFER_TOO_SMALL output_size is too small
 * \retval PSA_ERROR_BAD_STATE        the exchange is not active, lacks something that is to be set, or this
 *                                    step is not due
 *
 * Also errors of the system, keys and randomness. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output,
                             size_t output_size, size_t *output_length);

/**
 * \brief Take what the other side has sent.
 *
 * \param operation    an active exchange
 * \param step         PSA_PAKE_STEP_xxx
 * \param input        the value
 * \param input_length its length; see PSA_PAKE_INPUT_SIZE()
 *
 * \retval PSA_SUCCESS                 done
 * \retval PSA_ERROR_INVALID_SIGNATURE a proof or a confirmation is wrong: another password, or an attack
 * \retval PSA_ERROR_INVALID_ARGUMENT  the algorithm has no such step, or the value is not valid
 * \retval PSA_ERROR_NOT_SUPPORTED     this library does not take the step or the value
 * \retval PSA_ERROR_BAD_STATE         the exchange is not active, lacks something that is to be set, or this
 *                                     step is not due
 *
 * Also errors of the system and keys. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input,
                            size_t input_length);

/**
 * \brief Make a key of the secret. With PSA_PAKE_CONFIRMED_KEY after the confirmation, else before it.
 *
 * \param operation  an active exchange
 * \param attributes attributes of the new key: type, PSA_KEY_TYPE_DERIVE or what the algorithm allows; size
 *                   0; lifetime and identifier if it is to be persistent; usage and permitted algorithm
 * \param key        identifier of the new key
 *
 * \retval PSA_SUCCESS         the key exists, and is in its store if it is persistent
 * \retval PSA_ERROR_BAD_STATE the exchange is not active, or not so far
 *
 * Also errors of the system, keys and creation. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes,
                                     psa_key_id_t *key);

/**
 * \brief End an operation in any state, and wipe what it holds.
 *
 * \param operation an initialised exchange
 *
 * \retval PSA_SUCCESS done
 *
 * Also errors of the system. Section "Multi-part PAKE operations".
 */
psa_status_t psa_pake_abort(psa_pake_operation_t *operation);

/* ---- Random numbers ---- */

/**
 * \brief Fill a buffer with random bytes that are fit for keys.
 *
 * \param output      the bytes
 * \param output_size how many
 *
 * \retval PSA_SUCCESS             done
 * \retval PSA_ERROR_NOT_SUPPORTED this build has no generator
 *
 * Also errors of the system and randomness. Section "Random number generation".
 */
psa_status_t psa_generate_random(uint8_t *output, size_t output_size);

/* ---- Options that a program was compiled with ---- */

/* Left in the program, once, for psa_crypto_init() to compare (see psacrypto/config.h). Weak: many
 * objects may have it, a program that only includes this header needs no library, and a library
 * built elsewhere, or for a linker without weak symbols, does not ask. */
#if defined(__ELF__) && defined(__GNUC__) && !defined(PSACRYPTO_LIBRARY)
extern const uint32_t psacrypto_program_options __attribute__((weak, visibility("default")));
const uint32_t psacrypto_program_options = (uint32_t)PSACRYPTO_CONFIG_FINGERPRINT;
#endif

#ifdef __cplusplus
}
#endif

#endif /* PSA_CRYPTO_H */
