/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Key derivation from keys of the element. The operation's context is the algorithm, with the key agreement in front of it
 * if there is one, which the policy of a key that comes in later is checked against, and behind it the engine's own context.
 */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "util/ct.h"

#include <string.h>

/* All NULL where the engine has no key derivations. */
static const struct psacrypto_key_derivation_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_key_derivation_entries none;
    return element->engine->key_derivation == NULL ? &none : element->engine->key_derivation;
}

static void *engine_context(void *context)
{
    return (uint8_t *)context + SE_DERIVATION_HEADER;
}

static psa_algorithm_t algorithm_of(const void *context)
{
    psa_algorithm_t alg;
    memcpy(&alg, context, sizeof(alg));
    return alg;
}

static psa_status_t setup(void *instance, void *context, psa_algorithm_t alg)
{
    const se_t *element = instance;
    const struct psacrypto_key_derivation_entries *engine = engine_entries(element);
    if (engine->setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    memcpy(context, &alg, sizeof(alg));
    return engine->setup(element->engine_instance, engine_context(context),
                         PSA_ALG_IS_KEY_AGREEMENT(alg) ? PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) : alg);
}

static psa_status_t set_capacity(void *instance, void *context, size_t capacity)
{
    const se_t *element = instance;
    const struct psacrypto_key_derivation_entries *engine = engine_entries(element);
    return engine->set_capacity == NULL ? PSA_SUCCESS
                                        : engine->set_capacity(element->engine_instance, engine_context(context), capacity);
}

static psa_status_t input_bytes(void *instance, void *context, psa_key_derivation_step_t step,
                                const uint8_t *data, size_t data_length)
{
    const se_t *element = instance;
    const struct psacrypto_key_derivation_entries *engine = engine_entries(element);
    return engine->input_bytes == NULL
               ? PSA_ERROR_NOT_SUPPORTED
               : engine->input_bytes(element->engine_instance, engine_context(context), step, data, data_length);
}

static psa_status_t input_integer(void *instance, void *context, psa_key_derivation_step_t step, uint64_t value)
{
    const se_t *element = instance;
    const struct psacrypto_key_derivation_entries *engine = engine_entries(element);
    return engine->input_integer == NULL
               ? PSA_ERROR_NOT_SUPPORTED
               : engine->input_integer(element->engine_instance, engine_context(context), step, value);
}

static psa_status_t input_opened(const se_t *element, void *context, psa_key_derivation_step_t step,
                                 const struct psacrypto_key *key)
{
    const struct psacrypto_key_derivation_entries *engine = engine_entries(element);
    if (engine->input_key != NULL) {
        return engine->input_key(element->engine_instance, engine_context(context), step, key);
    }
    return engine->input_bytes == NULL
               ? PSA_ERROR_NOT_SUPPORTED
               : engine->input_bytes(element->engine_instance, engine_context(context), step, key->blob, key->length);
}

/* A key that may only verify is enough here: what comes out is the library's to compare. */
static psa_status_t input_key(void *instance, void *context, psa_key_derivation_step_t step, const struct psacrypto_key *key)
{
    struct se_open open;
    psa_status_t status = se_open(instance, &open, key, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_VERIFY_DERIVATION,
                                  algorithm_of(context));
    if (status == PSA_SUCCESS) {
        status = input_opened(instance, context, step, &open.key);
    }
    return se_close(&open, status);
}

static psa_status_t output_bytes(void *instance, void *context, uint8_t *output, size_t output_length)
{
    const se_t *element = instance;
    const struct psacrypto_key_derivation_entries *engine = engine_entries(element);
    return engine->output_bytes == NULL
               ? PSA_ERROR_NOT_SUPPORTED
               : engine->output_bytes(element->engine_instance, engine_context(context), output, output_length);
}

static psa_status_t abort_operation(void *instance, void *context)
{
    const se_t *element = instance;
    const struct psacrypto_key_derivation_entries *engine = engine_entries(element);
    return engine->abort == NULL ? PSA_SUCCESS : engine->abort(element->engine_instance, engine_context(context));
}

static psa_status_t verify_key(void *instance, const struct psacrypto_key *expected, psa_algorithm_t alg,
                               const uint8_t *output, size_t output_length)
{
    struct se_open open;
    psa_status_t status = se_open(instance, &open, expected, PSA_KEY_USAGE_VERIFY_DERIVATION, alg);
    if (status == PSA_SUCCESS) {
        uint32_t same = open.key.length == output_length ? ct_mask_equal(open.key.blob, output, output_length) : 0;
        CT_PUBLIC(&same, sizeof(same)); /* the answer */
        status = same == 0 ? PSA_ERROR_INVALID_SIGNATURE : PSA_SUCCESS;
    }
    return se_close(&open, status);
}

const struct psacrypto_key_derivation_entries se_key_derivation_entries = {
    .setup = setup,
    .set_capacity = set_capacity,
    .input_bytes = input_bytes,
    .input_integer = input_integer,
    .input_key = input_key,
    .output_bytes = output_bytes,
    .abort = abort_operation,
    .verify_key = verify_key,
};

#endif
