/* SPDX-License-Identifier: Apache-2.0 */
/* Key management for a caller. */
#ifndef API_KEYS_H
#define API_KEYS_H

#include "api/api.h"
#include "platform/platform.h"

psa_status_t api_import_key(const struct caller *caller, const psa_key_attributes_t *attributes,
                            const uint8_t *data, size_t data_length, psa_key_id_t *key);
psa_status_t api_generate_key(const struct caller *caller, const psa_key_attributes_t *attributes,
                              const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                              psa_key_id_t *key);
psa_status_t api_copy_key(const struct caller *caller, psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key);
psa_status_t api_attach_key(const struct caller *caller, const psa_key_attributes_t *attributes,
                            const uint8_t *label, size_t label_length, psa_key_id_t *key);
psa_status_t api_export_key(const struct caller *caller, psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t api_export_public_key(const struct caller *caller, psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);
psa_status_t api_get_key_attributes(const struct caller *caller, psa_key_id_t key, psa_key_attributes_t *attributes);
psa_status_t api_check_key_usage(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage);
psa_status_t api_destroy_key(const struct caller *caller, psa_key_id_t key);
psa_status_t api_purge_key(const struct caller *caller, psa_key_id_t key);

/* A key whose bytes were agreed or encapsulated: as if imported, of the size of the data. */
psa_status_t api_key_from_secret(const struct caller *caller, const psa_key_attributes_t *attributes,
                                 const uint8_t *secret, size_t secret_length, psa_key_id_t *key);

#endif
