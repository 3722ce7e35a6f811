/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Signature entry points. A message is hashed here, so that signing it needs no more than SIGN_MESSAGE. A hash is taken
 * under SIGN_HASH and under SIGN_MESSAGE alike: of an operation in parts the library has nothing but the hash to show.
 */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "util/zeroise.h"

#define SIGN_USAGE (PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_SIGN_MESSAGE)
#define VERIFY_USAGE (PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE)

/* All NULL where the engine has no signatures. */
static const struct psacrypto_sign_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_sign_entries none;
    return element->engine->sign == NULL ? &none : element->engine->sign;
}

static psa_status_t sign_hash(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                              const uint8_t *hash, size_t hash_length, const uint8_t *context, size_t context_length,
                              uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    se_t *element = instance;
    const struct psacrypto_sign_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->sign_hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SIGN_USAGE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->sign_hash(element->engine_instance, &open.key, alg, hash, hash_length, context, context_length,
                                   signature, signature_size, signature_length);
    }
    return se_close(&open, status);
}

static psa_status_t verify_hash(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                const uint8_t *hash, size_t hash_length, const uint8_t *context, size_t context_length,
                                const uint8_t *signature, size_t signature_length)
{
    se_t *element = instance;
    const struct psacrypto_sign_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->verify_hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, VERIFY_USAGE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->verify_hash(element->engine_instance, &open.key, alg, hash, hash_length, context, context_length,
                                     signature, signature_length);
    }
    return se_close(&open, status);
}

/* By whichever driver is best at it: a message is no secret of the element. */
static psa_status_t hash_message(se_t *element, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                 uint8_t hash[PSA_HASH_MAX_SIZE], size_t *hash_length)
{
    const struct psacrypto_services *services = se_services(element);
    return services->hash_compute(services->core, PSA_ALG_GET_HASH(alg), input, input_length,
                                  hash, PSA_HASH_MAX_SIZE, hash_length);
}

static psa_status_t sign_hashed(se_t *element, const struct psacrypto_key *key, psa_algorithm_t alg,
                                const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t hash_length = 0;
    psa_status_t status = hash_message(element, alg, input, input_length, hash, &hash_length);
    if (status == PSA_SUCCESS) {
        status = engine_entries(element)->sign_hash(element->engine_instance, key, alg, hash, hash_length,
                                                    context, context_length, signature, signature_size, signature_length);
    }
    ZEROISE(hash);
    return status;
}

static psa_status_t sign_message(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                 uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    se_t *element = instance;
    const struct psacrypto_sign_entries *engine = engine_entries(element);
    struct se_open open;
    int hashed = PSA_ALG_IS_HASH_AND_SIGN(alg) && engine->sign_hash != NULL;
    if (!hashed && engine->sign_message == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    if (status == PSA_SUCCESS && hashed) {
        status = sign_hashed(element, &open.key, alg, input, input_length, context, context_length,
                             signature, signature_size, signature_length);
    } else if (status == PSA_SUCCESS) {
        status = engine->sign_message(element->engine_instance, &open.key, alg, input, input_length,
                                      context, context_length, signature, signature_size, signature_length);
    }
    return se_close(&open, status);
}

static psa_status_t verify_hashed(se_t *element, const struct psacrypto_key *key, psa_algorithm_t alg,
                                  const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                  const uint8_t *signature, size_t signature_length)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t hash_length = 0;
    psa_status_t status = hash_message(element, alg, input, input_length, hash, &hash_length);
    if (status == PSA_SUCCESS) {
        status = engine_entries(element)->verify_hash(element->engine_instance, key, alg, hash, hash_length,
                                                      context, context_length, signature, signature_length);
    }
    ZEROISE(hash);
    return status;
}

static psa_status_t verify_message(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                   const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                   const uint8_t *signature, size_t signature_length)
{
    se_t *element = instance;
    const struct psacrypto_sign_entries *engine = engine_entries(element);
    struct se_open open;
    int hashed = PSA_ALG_IS_HASH_AND_SIGN(alg) && engine->verify_hash != NULL;
    if (!hashed && engine->verify_message == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    if (status == PSA_SUCCESS && hashed) {
        status = verify_hashed(element, &open.key, alg, input, input_length, context, context_length,
                               signature, signature_length);
    } else if (status == PSA_SUCCESS) {
        status = engine->verify_message(element->engine_instance, &open.key, alg, input, input_length,
                                        context, context_length, signature, signature_length);
    }
    return se_close(&open, status);
}

/* ---- Verification in parts, of what is not hash-and-sign: setup checks the policy, the steps go on with its key ---- */

static psa_status_t verify_setup(void *instance, const struct psacrypto_key *key, void *operation, psa_algorithm_t alg,
                                 const uint8_t *context, size_t context_length, const uint8_t *signature, size_t signature_length)
{
    se_t *element = instance;
    const struct psacrypto_sign_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->verify_setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->verify_setup(element->engine_instance, &open.key, operation, alg, context, context_length,
                                      signature, signature_length);
    }
    return se_close(&open, status);
}

static psa_status_t verify_update(void *instance, const struct psacrypto_key *key, void *operation,
                                  const uint8_t *input, size_t input_length)
{
    se_t *element = instance;
    struct se_open open;
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine_entries(element)->verify_update(element->engine_instance, &open.key, operation, input, input_length);
    }
    return se_close(&open, status);
}

static psa_status_t verify_finish(void *instance, const struct psacrypto_key *key, void *operation,
                                  const uint8_t *signature, size_t signature_length)
{
    se_t *element = instance;
    struct se_open open;
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_VERIFY_MESSAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine_entries(element)->verify_finish(element->engine_instance, &open.key, operation, signature, signature_length);
    }
    return se_close(&open, status);
}

static psa_status_t verify_abort(void *instance, void *operation)
{
    const se_t *element = instance;
    const struct psacrypto_sign_entries *engine = engine_entries(element);
    return engine->verify_abort == NULL ? PSA_SUCCESS : engine->verify_abort(element->engine_instance, operation);
}

const struct psacrypto_sign_entries se_sign_entries = {
    .sign_hash = sign_hash,
    .verify_hash = verify_hash,
    .sign_message = sign_message,
    .verify_message = verify_message,
    .verify_setup = verify_setup,
    .verify_update = verify_update,
    .verify_finish = verify_finish,
    .verify_abort = verify_abort,
};

#endif
