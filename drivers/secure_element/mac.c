/* SPDX-License-Identifier: Apache-2.0 */
/* MAC entry points: the key is opened, the engine computes. Setup checks the policy; later steps go on with its key. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "util/ct.h"
#include "util/reason.h"
#include "util/zeroise.h"

/* All NULL where the engine has no MACs. */
static const struct psacrypto_mac_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_mac_entries none;
    return element->engine->mac == NULL ? &none : element->engine->mac;
}

static psa_status_t compute(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->compute == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->compute(element->engine_instance, &open.key, alg, input, input_length, mac, mac_size, mac_length);
    }
    return se_close(&open, status);
}

static psa_status_t compare(const struct psacrypto_mac_entries *engine, void *engine_instance, const struct psacrypto_key *key,
                            psa_algorithm_t alg, const uint8_t *input, size_t input_length, const uint8_t *mac, size_t mac_length)
{
    uint8_t actual[PSA_MAC_MAX_SIZE];
    size_t actual_length = 0;
    if (mac_length > sizeof(actual)) {
        return reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    psa_status_t status = engine->compute(engine_instance, key, alg, input, input_length, actual, mac_length, &actual_length);
    if (status == PSA_SUCCESS && (actual_length != mac_length || !ct_verify(actual, mac, mac_length))) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    ZEROISE(actual);
    return status;
}

/* Here and not in the library: a key that may only verify never shows the right MAC to anyone. */
static psa_status_t verify(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                           const uint8_t *input, size_t input_length, const uint8_t *mac, size_t mac_length)
{
    se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->verify == NULL && engine->compute == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->verify != NULL
                     ? engine->verify(element->engine_instance, &open.key, alg, input, input_length, mac, mac_length)
                     : compare(engine, element->engine_instance, &open.key, alg, input, input_length, mac, mac_length);
    }
    return se_close(&open, status);
}

static psa_status_t sign_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->sign_setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->sign_setup(element->engine_instance, &open.key, context, alg);
    }
    return se_close(&open, status);
}

static psa_status_t verify_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->verify_setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->verify_setup(element->engine_instance, &open.key, context, alg);
    }
    return se_close(&open, status);
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length)
{
    se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->update == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->update(element->engine_instance, &open.key, context, input, input_length);
    }
    return se_close(&open, status);
}

static psa_status_t sign_finish(void *instance, const struct psacrypto_key *key, void *context,
                                uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->sign_finish == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->sign_finish(element->engine_instance, &open.key, context, mac, mac_size, mac_length);
    }
    return se_close(&open, status);
}

static psa_status_t verify_finish(void *instance, const struct psacrypto_key *key, void *context,
                                  const uint8_t *mac, size_t mac_length)
{
    se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->verify_finish == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_VERIFY_MESSAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->verify_finish(element->engine_instance, &open.key, context, mac, mac_length);
    }
    return se_close(&open, status);
}

static psa_status_t abort_operation(void *instance, void *context)
{
    const se_t *element = instance;
    const struct psacrypto_mac_entries *engine = engine_entries(element);
    return engine->abort == NULL ? PSA_SUCCESS : engine->abort(element->engine_instance, context);
}

const struct psacrypto_mac_entries se_mac_entries = {
    .compute = compute,
    .sign_setup = sign_setup,
    .verify_setup = verify_setup,
    .update = update,
    .sign_finish = sign_finish,
    .verify_finish = verify_finish,
    .abort = abort_operation,
    .verify = verify,
};

#endif
