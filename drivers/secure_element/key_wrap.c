/* SPDX-License-Identifier: Apache-2.0 */
/* Key wrapping. What is wrapped is the library's to hand over: a key of the element leaves it by EXPORT alone. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

/* All NULL where the engine has none of the family. */
static const struct psacrypto_key_wrap_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_key_wrap_entries none;
    return element->engine->key_wrap == NULL ? &none : element->engine->key_wrap;
}

static psa_status_t wrap(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg,
                         const uint8_t *key_data, size_t key_data_length, uint8_t *data, size_t data_size, size_t *data_length)
{
    se_t *element = instance;
    const struct psacrypto_key_wrap_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->wrap == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, wrapping_key, PSA_KEY_USAGE_WRAP, alg);
    if (status == PSA_SUCCESS) {
        status = engine->wrap(element->engine_instance, &open.key, alg, key_data, key_data_length, data, data_size, data_length);
    }
    return se_close(&open, status);
}

static psa_status_t unwrap(void *instance, const struct psacrypto_key *wrapping_key, psa_algorithm_t alg,
                           const uint8_t *data, size_t data_length,
                           uint8_t *key_data, size_t key_data_size, size_t *key_data_length)
{
    se_t *element = instance;
    const struct psacrypto_key_wrap_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->unwrap == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, wrapping_key, PSA_KEY_USAGE_UNWRAP, alg);
    if (status == PSA_SUCCESS) {
        status = engine->unwrap(element->engine_instance, &open.key, alg, data, data_length,
                                key_data, key_data_size, key_data_length);
    }
    return se_close(&open, status);
}

const struct psacrypto_key_wrap_entries se_key_wrap_entries = { .wrap = wrap, .unwrap = unwrap };

#endif
