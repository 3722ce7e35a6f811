/* SPDX-License-Identifier: Apache-2.0 */
/* Key agreement. alg may name the derivation that the secret goes into: the policy sees it then, the engine does not. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

static psa_status_t agree(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                          const uint8_t *peer_key, size_t peer_key_length,
                          uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    se_t *element = instance;
    const struct psacrypto_key_agreement_entries *engine = element->engine->key_agreement;
    struct se_open open;
    if (engine == NULL || engine->agree == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = se_open(element, &open, key, PSA_KEY_USAGE_DERIVE, alg);
    if (status == PSA_SUCCESS) {
        status = engine->agree(element->engine_instance, &open.key, PSA_ALG_KEY_AGREEMENT_GET_BASE(alg),
                               peer_key, peer_key_length, secret, secret_size, secret_length);
    }
    return se_close(&open, status);
}

const struct psacrypto_key_agreement_entries se_key_agreement_entries = { .agree = agree };

#endif
