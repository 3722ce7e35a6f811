/* SPDX-License-Identifier: Apache-2.0 */
/* AEAD entry points: the key is opened, the engine does the work. Setup checks the policy; later steps go on with its key. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

/* All NULL where the engine has none of the family. */
static const struct psacrypto_aead_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_aead_entries none;
    return element->engine->aead == NULL ? &none : element->engine->aead;
}

static psa_status_t encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                            const uint8_t *plaintext, size_t plaintext_length,
                            uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->encrypt == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_ENCRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->encrypt(element->engine_instance, &open.key, alg, nonce, nonce_length, ad, ad_length,
                                 plaintext, plaintext_length, ciphertext, ciphertext_size, ciphertext_length);
    }
    return se_close(&open, status);
}

static psa_status_t decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *nonce, size_t nonce_length, const uint8_t *ad, size_t ad_length,
                            const uint8_t *ciphertext, size_t ciphertext_length,
                            uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->decrypt == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_DECRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->decrypt(element->engine_instance, &open.key, alg, nonce, nonce_length, ad, ad_length,
                                 ciphertext, ciphertext_length, plaintext, plaintext_size, plaintext_length);
    }
    return se_close(&open, status);
}

static psa_status_t encrypt_setup(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
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
    const struct psacrypto_aead_entries *engine = engine_entries(element);
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

static psa_status_t set_lengths(void *instance, const struct psacrypto_key *key, void *context,
                                size_t ad_length, size_t plaintext_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->set_lengths == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->set_lengths(element->engine_instance, &open.key, context, ad_length, plaintext_length);
    }
    return se_close(&open, status);
}

static psa_status_t set_nonce(void *instance, const struct psacrypto_key *key, void *context,
                              const uint8_t *nonce, size_t nonce_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->set_nonce == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->set_nonce(element->engine_instance, &open.key, context, nonce, nonce_length);
    }
    return se_close(&open, status);
}

static psa_status_t update_ad(void *instance, const struct psacrypto_key *key, void *context,
                              const uint8_t *input, size_t input_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->update_ad == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->update_ad(element->engine_instance, &open.key, context, input, input_length);
    }
    return se_close(&open, status);
}

static psa_status_t update(void *instance, const struct psacrypto_key *key, void *context,
                           const uint8_t *input, size_t input_length,
                           uint8_t *output, size_t output_size, size_t *output_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
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
                           uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length,
                           uint8_t *tag, size_t tag_size, size_t *tag_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->finish == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->finish(element->engine_instance, &open.key, context, ciphertext, ciphertext_size, ciphertext_length,
                                tag, tag_size, tag_length);
    }
    return se_close(&open, status);
}

static psa_status_t verify(void *instance, const struct psacrypto_key *key, void *context,
                           uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length,
                           const uint8_t *tag, size_t tag_length)
{
    se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->verify == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_DECRYPT, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = engine->verify(element->engine_instance, &open.key, context, plaintext, plaintext_size, plaintext_length,
                                tag, tag_length);
    }
    return se_close(&open, status);
}

static psa_status_t abort_operation(void *instance, void *context)
{
    const se_t *element = instance;
    const struct psacrypto_aead_entries *engine = engine_entries(element);
    return engine->abort == NULL ? PSA_SUCCESS : engine->abort(element->engine_instance, context);
}

const struct psacrypto_aead_entries se_aead_entries = {
    .encrypt = encrypt,
    .decrypt = decrypt,
    .encrypt_setup = encrypt_setup,
    .decrypt_setup = decrypt_setup,
    .set_lengths = set_lengths,
    .set_nonce = set_nonce,
    .update_ad = update_ad,
    .update = update,
    .finish = finish,
    .verify = verify,
    .abort = abort_operation,
};

#endif
