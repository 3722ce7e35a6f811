/* SPDX-License-Identifier: Apache-2.0 */
/* One-shot operations for a caller: what a service that acts for several clients calls. */
#ifndef API_OPERATIONS_H
#define API_OPERATIONS_H

#include "api/api.h"

psa_status_t api_mac_compute(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length);
psa_status_t api_mac_verify(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length);
psa_status_t api_cipher_encrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length);
psa_status_t api_cipher_decrypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                uint8_t *output, size_t output_size, size_t *output_length);


/* Message and label of asymmetric encryption. */
struct api_asymmetric {
    const uint8_t *data;
    size_t length;
    const uint8_t *salt;
    size_t salt_length;
};
psa_status_t api_asymmetric_crypt(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, int decrypt,
                                  const struct api_asymmetric *in, uint8_t *output, size_t output_size, size_t *output_length);

psa_status_t api_raw_key_agreement(const struct caller *caller, psa_algorithm_t alg, psa_key_id_t private_key,
                                   const uint8_t *peer_key, size_t peer_key_length,
                                   uint8_t *output, size_t output_size, size_t *output_length);
psa_status_t api_key_agreement(const struct caller *caller, psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                               psa_algorithm_t alg, const psa_key_attributes_t *attributes, psa_key_id_t *key);
/* With a key that was acquired for alg: the agreement, or it and the derivation that the secret goes into. */
psa_status_t api_agree_held(const struct key_ref *ref, psa_algorithm_t alg, const uint8_t *peer_key, size_t peer_key_length,
                            uint8_t *secret, size_t secret_size, size_t *secret_length);

psa_status_t api_wrap_key(const struct caller *caller, psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key,
                          uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t api_unwrap_key(const struct caller *caller, const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key,
                            psa_algorithm_t alg, const uint8_t *data, size_t data_length, psa_key_id_t *key);

psa_status_t api_encapsulate(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length);
psa_status_t api_decapsulate(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg,
                             const uint8_t *ciphertext, size_t ciphertext_length,
                             const psa_key_attributes_t *attributes, psa_key_id_t *output_key);

#endif
