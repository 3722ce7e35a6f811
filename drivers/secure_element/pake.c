/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Password-authenticated key exchange: setup checks the policy of the password, later steps go on with it. The context is the
 * engine's alone.
 */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

/* All NULL where the engine has none of the family. */
static const struct psacrypto_pake_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_pake_entries none;
    return element->engine->pake == NULL ? &none : element->engine->pake;
}

static psa_status_t setup(void *instance, const struct psacrypto_key *password, void *context, const psa_pake_cipher_suite_t *suite)
{
    se_t *element = instance;
    const struct psacrypto_pake_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, password, PSA_KEY_USAGE_DERIVE, psa_pake_cs_get_algorithm(suite));
    if (status == PSA_SUCCESS) {
        status = engine->setup(element->engine_instance, &open.key, context, suite);
    }
    return se_close(&open, status);
}

static psa_status_t set_role(void *instance, void *context, psa_pake_role_t role)
{
    const se_t *element = instance;
    const struct psacrypto_pake_entries *engine = engine_entries(element);
    return engine->set_role == NULL ? PSA_ERROR_NOT_SUPPORTED : engine->set_role(element->engine_instance, context, role);
}

static psa_status_t set_user(void *instance, void *context, const uint8_t *user, size_t user_length)
{
    const se_t *element = instance;
    const struct psacrypto_pake_entries *engine = engine_entries(element);
    if (engine->set_user == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return engine->set_user(element->engine_instance, context, user, user_length);
}

static psa_status_t set_peer(void *instance, void *context, const uint8_t *peer, size_t peer_length)
{
    const se_t *element = instance;
    const struct psacrypto_pake_entries *engine = engine_entries(element);
    if (engine->set_peer == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return engine->set_peer(element->engine_instance, context, peer, peer_length);
}

static psa_status_t set_context(void *instance, void *context, const uint8_t *string, size_t string_length)
{
    const se_t *element = instance;
    const struct psacrypto_pake_entries *engine = engine_entries(element);
    if (engine->set_context == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return engine->set_context(element->engine_instance, context, string, string_length);
}

static psa_status_t output(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                           uint8_t *data, size_t data_size, size_t *data_length)
{
    se_t *element = instance;
    struct se_open open;
    psa_status_t status = se_open(element, &open, password, PSA_KEY_USAGE_DERIVE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine_entries(element)->output(element->engine_instance, &open.key, context, step, data, data_size, data_length);
    }
    return se_close(&open, status);
}

static psa_status_t input(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                          const uint8_t *data, size_t data_length)
{
    se_t *element = instance;
    struct se_open open;
    psa_status_t status = se_open(element, &open, password, PSA_KEY_USAGE_DERIVE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine_entries(element)->input(element->engine_instance, &open.key, context, step, data, data_length);
    }
    return se_close(&open, status);
}

static psa_status_t get_shared_key(void *instance, void *context, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    const se_t *element = instance;
    return engine_entries(element)->get_shared_key(element->engine_instance, context, secret, secret_size, secret_length);
}

static psa_status_t abort_operation(void *instance, void *context)
{
    const se_t *element = instance;
    const struct psacrypto_pake_entries *engine = engine_entries(element);
    return engine->abort == NULL ? PSA_SUCCESS : engine->abort(element->engine_instance, context);
}

const struct psacrypto_pake_entries se_pake_entries = {
    .setup = setup,
    .set_role = set_role,
    .set_user = set_user,
    .set_peer = set_peer,
    .set_context = set_context,
    .output = output,
    .input = input,
    .get_shared_key = get_shared_key,
    .abort = abort_operation,
};

#endif
