/* SPDX-License-Identifier: Apache-2.0 */
/* Asymmetric encryption. A public key in the element is no secret, its usage is enforced all the same. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

/* All NULL where the engine has none of the family. */
static const struct psacrypto_asymmetric_encryption_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_asymmetric_encryption_entries none;
    return element->engine->asymmetric_encryption == NULL ? &none : element->engine->asymmetric_encryption;
}

static psa_status_t encrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, const uint8_t *salt, size_t salt_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    se_t *element = instance;
    const struct psacrypto_asymmetric_encryption_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->encrypt == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_ENCRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->encrypt(element->engine_instance, &open.key, alg, input, input_length, salt, salt_length,
                                 output, output_size, output_length);
    }
    return se_close(&open, status);
}

static psa_status_t decrypt(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, const uint8_t *salt, size_t salt_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    se_t *element = instance;
    const struct psacrypto_asymmetric_encryption_entries *engine = engine_entries(element);
    struct se_open open;
    if (engine->decrypt == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_DECRYPT, alg);
    if (status == PSA_SUCCESS) {
        status = engine->decrypt(element->engine_instance, &open.key, alg, input, input_length, salt, salt_length,
                                 output, output_size, output_length);
    }
    return se_close(&open, status);
}

const struct psacrypto_asymmetric_encryption_entries se_asymmetric_encryption_entries = {
    .encrypt = encrypt,
    .decrypt = decrypt,
};

#endif
