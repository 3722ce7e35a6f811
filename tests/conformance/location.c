/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Puts the volatile keys of the suite's tests into the secure element. The suite's calls come here first (the linker's --wrap);
 * the lifetime that it is shown is the one that it asked for.
 */
#include <psa/crypto.h>

#define IN_ELEMENT \
    PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT)

psa_status_t __real_psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length, psa_key_id_t *key);
psa_status_t __wrap_psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length, psa_key_id_t *key);
psa_status_t __real_psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key);
psa_status_t __wrap_psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key);
psa_status_t __real_psa_copy_key(psa_key_id_t source, const psa_key_attributes_t *attributes, psa_key_id_t *target);
psa_status_t __wrap_psa_copy_key(psa_key_id_t source, const psa_key_attributes_t *attributes, psa_key_id_t *target);
psa_status_t __real_psa_key_derivation_output_key(const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation,
                                                  psa_key_id_t *key);
psa_status_t __wrap_psa_key_derivation_output_key(const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation,
                                                  psa_key_id_t *key);
psa_status_t __real_psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length, psa_algorithm_t alg,
                                      const psa_key_attributes_t *attributes, psa_key_id_t *key);
psa_status_t __wrap_psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length, psa_algorithm_t alg,
                                      const psa_key_attributes_t *attributes, psa_key_id_t *key);
psa_status_t __real_psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes, psa_key_id_t *key);
psa_status_t __wrap_psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes, psa_key_id_t *key);
psa_status_t __real_psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes);
psa_status_t __wrap_psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes);

static psa_key_attributes_t placed(const psa_key_attributes_t *attributes)
{
    psa_key_attributes_t result = *attributes;
    if (psa_get_key_lifetime(attributes) == PSA_KEY_LIFETIME_VOLATILE) {
        psa_set_key_lifetime(&result, IN_ELEMENT);
    }
    return result;
}

psa_status_t __wrap_psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length, psa_key_id_t *key)
{
    const psa_key_attributes_t in_element = placed(attributes);
    return __real_psa_import_key(&in_element, data, data_length, key);
}

psa_status_t __wrap_psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    const psa_key_attributes_t in_element = placed(attributes);
    return __real_psa_generate_key(&in_element, key);
}

psa_status_t __wrap_psa_copy_key(psa_key_id_t source, const psa_key_attributes_t *attributes, psa_key_id_t *target)
{
    const psa_key_attributes_t in_element = placed(attributes);
    return __real_psa_copy_key(source, &in_element, target);
}

psa_status_t __wrap_psa_key_derivation_output_key(const psa_key_attributes_t *attributes, psa_key_derivation_operation_t *operation,
                                                  psa_key_id_t *key)
{
    const psa_key_attributes_t in_element = placed(attributes);
    return __real_psa_key_derivation_output_key(&in_element, operation, key);
}

psa_status_t __wrap_psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length, psa_algorithm_t alg,
                                      const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    const psa_key_attributes_t in_element = placed(attributes);
    return __real_psa_key_agreement(private_key, peer_key, peer_key_length, alg, &in_element, key);
}

psa_status_t __wrap_psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    const psa_key_attributes_t in_element = placed(attributes);
    return __real_psa_pake_get_shared_key(operation, &in_element, key);
}

psa_status_t __wrap_psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes)
{
    const psa_status_t status = __real_psa_get_key_attributes(key, attributes);
    if (psa_get_key_lifetime(attributes) == IN_ELEMENT) {
        psa_set_key_lifetime(attributes, PSA_KEY_LIFETIME_VOLATILE);
    }
    return status;
}
