/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a key and an algorithm to the driver that does it. A file per family. Callers have checked arguments,
 * policy and state; what comes back is the driver's status, PSA_ERROR_NOT_SUPPORTED when no driver has it.
 */
#ifndef DISPATCH_DISPATCH_H
#define DISPATCH_DISPATCH_H

#include <psacrypto/driver.h>

struct dispatch_plan;

/*
 * A key, as the key store keeps it. plans: which driver does which algorithm with this key and the key's
 * expanded form for it, found at the first use, immutable once published, gone with the key.
 */
struct dispatch_key {
    struct dispatch_plan *plans; /* atomic */
    struct psacrypto_key key;    /* prepared is NULL here; each plan has its own */
};

/* ---- The table (driver_table.c) ---- */

/* Opens all drivers. Called once by psa_crypto_init(); on failure those opened are closed again. */
psa_status_t dispatch_open(void);
void dispatch_close(void);
int dispatch_is_open(void);
/* Whether keys can be at this location. */
int dispatch_has_location(psa_key_location_t location);
/* Whether keys can be anywhere but in local storage. */
int dispatch_has_opaque(void);
/*
 * Around steps that take the store's lock and then call the driver of a location: a serialised driver may ask for that lock
 * while it holds other threads off, so it is entered first. DISPATCH_EVERYWHERE: all opaque drivers.
 */
#define DISPATCH_EVERYWHERE ((psa_key_location_t)0xffffffff)
void dispatch_enter(psa_key_location_t location);
void dispatch_leave(psa_key_location_t location);
/* psa_crypto_init() for those who come first through another door (psa_ps_*()). */
psa_status_t dispatch_ensure_open(void);

/* ---- Plans (plan.c) ---- */

/* Whether (key, alg) was done before: then its policy and its type have been checked for alg. */
int dispatch_key_knows(const struct dispatch_key *key, psa_algorithm_t alg);
/* Whether a driver of the key's location has alg for such keys: PSA_SUCCESS or PSA_ERROR_NOT_SUPPORTED (supports.c). */
psa_status_t dispatch_supports(const struct dispatch_key *key, psa_algorithm_t alg);
/* The same for an algorithm with keys of a type and size at location; type 0 for algorithms without a key. */
int dispatch_has_algorithm(psa_key_location_t location, psa_algorithm_t alg, psa_key_type_t type, size_t bits);
/* Lets go of all plans, wiped. No reader may be left. */
void dispatch_key_clear(struct dispatch_key *key);

/* ---- Without a key ---- */

psa_status_t dispatch_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                   uint8_t *hash, size_t hash_size, size_t *hash_length);
psa_status_t dispatch_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg);
psa_status_t dispatch_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length);
psa_status_t dispatch_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size, size_t *hash_length);
psa_status_t dispatch_hash_clone(const psa_hash_operation_t *source, psa_hash_operation_t *target);
psa_status_t dispatch_hash_suspend(const psa_hash_operation_t *operation, uint8_t *state, size_t state_size, size_t *state_length);
psa_status_t dispatch_hash_resume(psa_hash_operation_t *operation, psa_algorithm_t alg, const uint8_t *state, size_t state_length);
void dispatch_hash_abort(psa_hash_operation_t *operation);

psa_status_t dispatch_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg);
psa_status_t dispatch_xof_set_context(psa_xof_operation_t *operation, const uint8_t *string, size_t string_length);
psa_status_t dispatch_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length);
psa_status_t dispatch_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length);
void dispatch_xof_abort(psa_xof_operation_t *operation);

/* Cryptography under a key given by its bytes: for sealing and for drivers' services. */
psa_status_t dispatch_keyless_hash(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                   uint8_t *hash, size_t hash_size, size_t *hash_length);
psa_status_t dispatch_keyless_mac(psa_key_type_t type, const uint8_t *key, size_t key_length,
                                  psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                  uint8_t *mac, size_t mac_size, size_t *mac_length);
psa_status_t dispatch_keyless_aead_encrypt(psa_key_type_t type, const uint8_t *key, size_t key_length,
                                           psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                           const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                           uint8_t *output, size_t output_size, size_t *output_length);
psa_status_t dispatch_keyless_aead_decrypt(psa_key_type_t type, const uint8_t *key, size_t key_length,
                                           psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                           const uint8_t *ad, size_t ad_length, const uint8_t *input, size_t input_length,
                                           uint8_t *output, size_t output_size, size_t *output_length);

/* ---- With a key; operations: key is the one of setup, acquired again ---- */

psa_status_t dispatch_mac_compute(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                  uint8_t *mac, size_t mac_size, size_t *mac_length);
psa_status_t dispatch_mac_verify(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                 const uint8_t *mac, size_t mac_length);
psa_status_t dispatch_mac_setup(psa_mac_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg, int verify);
psa_status_t dispatch_mac_update(psa_mac_operation_t *operation, struct dispatch_key *key, const uint8_t *input, size_t input_length);
psa_status_t dispatch_mac_sign_finish(psa_mac_operation_t *operation, struct dispatch_key *key,
                                      uint8_t *mac, size_t mac_size, size_t *mac_length);
psa_status_t dispatch_mac_verify_finish(psa_mac_operation_t *operation, struct dispatch_key *key,
                                        const uint8_t *mac, size_t mac_length);
void dispatch_mac_abort(psa_mac_operation_t *operation);

psa_status_t dispatch_cipher_crypt(struct dispatch_key *key, psa_algorithm_t alg, int decrypt, const uint8_t *iv, size_t iv_length,
                                   const uint8_t *input, size_t input_length,
                                   uint8_t *output, size_t output_size, size_t *output_length);
psa_status_t dispatch_cipher_setup(psa_cipher_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg, int decrypt);
psa_status_t dispatch_cipher_set_iv(psa_cipher_operation_t *operation, struct dispatch_key *key, const uint8_t *iv, size_t iv_length);
psa_status_t dispatch_cipher_update(psa_cipher_operation_t *operation, struct dispatch_key *key,
                                    const uint8_t *input, size_t input_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);
psa_status_t dispatch_cipher_finish(psa_cipher_operation_t *operation, struct dispatch_key *key,
                                    uint8_t *output, size_t output_size, size_t *output_length);
void dispatch_cipher_abort(psa_cipher_operation_t *operation);

psa_status_t dispatch_aead_encrypt(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                   const uint8_t *ad, size_t ad_length, const uint8_t *plaintext, size_t plaintext_length,
                                   uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length);
psa_status_t dispatch_aead_decrypt(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                   const uint8_t *ad, size_t ad_length, const uint8_t *ciphertext, size_t ciphertext_length,
                                   uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length);
psa_status_t dispatch_aead_setup(psa_aead_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg, int decrypt);
psa_status_t dispatch_aead_set_lengths(psa_aead_operation_t *operation, struct dispatch_key *key, size_t ad_length, size_t body_length);
psa_status_t dispatch_aead_set_nonce(psa_aead_operation_t *operation, struct dispatch_key *key, const uint8_t *nonce, size_t nonce_length);
psa_status_t dispatch_aead_update_ad(psa_aead_operation_t *operation, struct dispatch_key *key, const uint8_t *input, size_t input_length);
psa_status_t dispatch_aead_update(psa_aead_operation_t *operation, struct dispatch_key *key,
                                  const uint8_t *input, size_t input_length,
                                  uint8_t *output, size_t output_size, size_t *output_length);
psa_status_t dispatch_aead_finish(psa_aead_operation_t *operation, struct dispatch_key *key,
                                  uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length,
                                  uint8_t *tag, size_t tag_size, size_t *tag_length);
psa_status_t dispatch_aead_verify(psa_aead_operation_t *operation, struct dispatch_key *key,
                                  uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length,
                                  const uint8_t *tag, size_t tag_length);
void dispatch_aead_abort(psa_aead_operation_t *operation);

psa_status_t dispatch_wrap(struct dispatch_key *wrapping_key, psa_algorithm_t alg, const uint8_t *key_data, size_t key_data_length,
                           uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t dispatch_unwrap(struct dispatch_key *wrapping_key, psa_algorithm_t alg, const uint8_t *data, size_t data_length,
                             uint8_t *key_data, size_t key_data_size, size_t *key_data_length);

psa_status_t dispatch_sign_hash(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                const uint8_t *context, size_t context_length,
                                uint8_t *signature, size_t signature_size, size_t *signature_length);
psa_status_t dispatch_verify_hash(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                  const uint8_t *context, size_t context_length,
                                  const uint8_t *signature, size_t signature_length);
/* NOT_SUPPORTED also where a driver has only sign_hash: the caller hashes then, if the algorithm is hash-and-sign. */
psa_status_t dispatch_sign_message(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                   const uint8_t *context, size_t context_length,
                                   uint8_t *signature, size_t signature_size, size_t *signature_length);
psa_status_t dispatch_verify_message(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                     const uint8_t *context, size_t context_length,
                                     const uint8_t *signature, size_t signature_length);
/* Verification in parts by the driver itself. */
psa_status_t dispatch_verify_setup(psa_verify_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg,
                                   const uint8_t *context, size_t context_length,
                                   const uint8_t *signature, size_t signature_length);
psa_status_t dispatch_verify_update(psa_verify_operation_t *operation, struct dispatch_key *key, const uint8_t *input, size_t input_length);
psa_status_t dispatch_verify_finish(psa_verify_operation_t *operation, struct dispatch_key *key,
                                    const uint8_t *signature, size_t signature_length);
void dispatch_verify_abort(psa_verify_operation_t *operation);

psa_status_t dispatch_asymmetric_crypt(struct dispatch_key *key, psa_algorithm_t alg, int decrypt, const uint8_t *input, size_t input_length,
                                       const uint8_t *salt, size_t salt_length,
                                       uint8_t *output, size_t output_size, size_t *output_length);

/* alg: of the whole operation, with the derivation behind the agreement. The same below, with the agreement in front. */
psa_status_t dispatch_key_agreement(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *peer_key, size_t peer_key_length,
                                    uint8_t *secret, size_t secret_size, size_t *secret_length);

/* location: where the derivation takes place, which is where its secret lies (0 until an opaque key goes in). */
psa_status_t dispatch_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg, psa_key_location_t location);
psa_status_t dispatch_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity);
psa_status_t dispatch_key_derivation_input_bytes(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                                 const uint8_t *data, size_t data_length);
psa_status_t dispatch_key_derivation_input_integer(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, uint64_t value);
psa_status_t dispatch_key_derivation_input_key(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                               struct dispatch_key *key);
psa_status_t dispatch_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output, size_t output_length);
void dispatch_key_derivation_abort(psa_key_derivation_operation_t *operation);
/* Whether the key's driver compares it with an output itself, and the comparison. alg as for setup. */
int dispatch_key_derivation_can_verify(const struct dispatch_key *expected);
psa_status_t dispatch_key_derivation_verify_key(struct dispatch_key *expected, psa_algorithm_t alg, const uint8_t *output, size_t output_length);

psa_status_t dispatch_encapsulate(struct dispatch_key *key, psa_algorithm_t alg, uint8_t *secret, size_t secret_size, size_t *secret_length,
                                  uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length);
psa_status_t dispatch_decapsulate(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *ciphertext, size_t ciphertext_length,
                                  uint8_t *secret, size_t secret_size, size_t *secret_length);

psa_status_t dispatch_pake_setup(psa_pake_operation_t *operation, struct dispatch_key *password, const psa_pake_cipher_suite_t *suite);
psa_status_t dispatch_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role);
psa_status_t dispatch_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user, size_t user_length);
psa_status_t dispatch_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer, size_t peer_length);
psa_status_t dispatch_pake_set_context(psa_pake_operation_t *operation, const uint8_t *string, size_t string_length);
psa_status_t dispatch_pake_output(psa_pake_operation_t *operation, struct dispatch_key *password, psa_pake_step_t step,
                                  uint8_t *output, size_t output_size, size_t *output_length);
psa_status_t dispatch_pake_input(psa_pake_operation_t *operation, struct dispatch_key *password, psa_pake_step_t step,
                                 const uint8_t *input, size_t input_length);
psa_status_t dispatch_pake_get_shared_key(psa_pake_operation_t *operation, uint8_t *secret, size_t secret_size, size_t *secret_length);
void dispatch_pake_abort(psa_pake_operation_t *operation);

/* ---- Keys come and go ---- */

/* Bytes for the blob of a key; 0: no driver has the type. data_length: of the data to import, else 0. */
size_t dispatch_key_blob_size(const psa_key_attributes_t *attributes, size_t data_length);
/* Whether the location's driver reserves a place first (then the journal is written between the two). */
int dispatch_key_has_allocate(psa_key_location_t location);
psa_status_t dispatch_key_allocate(const psa_key_attributes_t *attributes, int32_t owner,
                                   uint8_t *blob, size_t blob_size, size_t *blob_length);
psa_status_t dispatch_key_import(const psa_key_attributes_t *attributes, int32_t owner, const uint8_t *data, size_t data_length,
                                 uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits);
psa_status_t dispatch_key_generate(const psa_key_attributes_t *attributes, int32_t owner,
                                   const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                                   uint8_t *blob, size_t blob_size, size_t *blob_length);
psa_status_t dispatch_key_derive(const psa_key_attributes_t *attributes, int32_t owner, psacrypto_draw_t draw, void *source,
                                 uint8_t *blob, size_t blob_size, size_t *blob_length);
psa_status_t dispatch_key_export(struct dispatch_key *key, uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t dispatch_key_export_public(struct dispatch_key *key, uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t dispatch_key_copy(struct dispatch_key *source, const psa_key_attributes_t *attributes, int32_t owner,
                               uint8_t *blob, size_t blob_size, size_t *blob_length);
/* detach: the key was attached, its material stays. A driver without the entry has nothing to do: PSA_SUCCESS. Without a
 * driver the key cannot be reached: PSA_ERROR_COMMUNICATION_FAILURE (destroy). */
psa_status_t dispatch_key_destroy(const struct psacrypto_key *key);
psa_status_t dispatch_key_detach(const struct psacrypto_key *key);
psa_status_t dispatch_key_attach(psa_key_attributes_t *attributes, int32_t owner, const uint8_t *label, size_t label_length,
                                 uint8_t *blob, size_t blob_size, size_t *blob_length);
/* Asks every opaque driver; the id's location is in the attributes that come back. */
psa_status_t dispatch_key_builtin(psa_key_attributes_t *attributes, int32_t owner, uint8_t *blob, size_t blob_size, size_t *blob_length);

#endif
