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

#endif
