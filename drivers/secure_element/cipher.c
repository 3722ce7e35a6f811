/* SPDX-License-Identifier: Apache-2.0 */
/* Cipher entry points: the key is opened, the engine does the work. Setup checks the policy; later steps go on with its key. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

/* All NULL where the engine has none of the family. */
static const struct psacrypto_cipher_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_cipher_entries none;
    return element->engine->cipher == NULL ? &none : element->engine->cipher;
}

static psa_status_t encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->encrypt == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_ENCRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->encrypt(element->engine_instance, &open.key, alg, iv, iv_length, input, input_length,
                                 output, output_size, output_length);
    }
    return se_close(&open, status);
}

static psa_status_t decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *iv, size_t iv_length, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->decrypt == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_DECRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->decrypt(element->engine_instance, &open.key, alg, iv, iv_length, input, input_length,
                                 output, output_size, output_length);
    }
    return se_close(&open, status);
}

static psa_status_t encrypt_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->encrypt_setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_ENCRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->encrypt_setup(element->engine_instance, &open.key, context, alg);
    }
    return se_close(&open, status);
}

static psa_status_t decrypt_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->decrypt_setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_DECRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->decrypt_setup(element->engine_instance, &open.key, context, alg);
    }
    return se_close(&open, status);
}

static psa_status_t set_iv(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *iv, size_t iv_length)
{
    se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->set_iv == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->set_iv(element->engine_instance, &open.key, context, iv, iv_length);
    }
    return se_close(&open, status);
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->update == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->update(element->engine_instance, &open.key, context, input, input_length,
                                output, output_size, output_length);
    }
    return se_close(&open, status);
}

static psa_status_t finish(void *instance, const struct psacrypto_key *key, void *context,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->finish == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->finish(element->engine_instance, &open.key, context, output, output_size, output_length);
    }
    return se_close(&open, status);
}

static psa_status_t abort_operation(void *instance, void *context)
{
    const se_t *element = instance;
    const struct psacrypto_cipher_entries *engine = engine_entries(element);
    return engine->abort == NULL ? PSA_SUCCESS : engine->abort(element->engine_instance, context);
}

const struct psacrypto_cipher_entries se_cipher_entries = {
    .encrypt = encrypt,
    .decrypt = decrypt,
    .encrypt_setup = encrypt_setup,
    .decrypt_setup = decrypt_setup,
    .set_iv = set_iv,
    .update = update,
    .finish = finish,
    .abort = abort_operation,
};

#endif
