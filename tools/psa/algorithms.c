/* SPDX-License-Identifier: Apache-2.0 */
/* What a key is for, where the command line does not say it. */
#include "psa.h"

#include <stdio.h>

/* A policy that permits several algorithms stands for the usual one among them. */
static psa_algorithm_t narrow(psa_algorithm_t policy)
{
    if (policy == PSA_ALG_CCM_STAR_ANY_TAG) {
        return PSA_ALG_CCM;
    }
    if (!PSA_ALG_IS_WILDCARD(policy)) {
        return policy;
    }
    if (PSA_ALG_IS_AEAD(policy)) {
        return PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(policy);
    }
    if (PSA_ALG_IS_MAC(policy)) {
        return PSA_ALG_FULL_LENGTH_MAC(policy);
    }
    return PSA_ALG_GET_HASH(policy) == PSA_ALG_ANY_HASH ? (policy & ~(psa_algorithm_t)0xff) | (PSA_ALG_SHA_256 & 0xffu) : policy;
}

psa_algorithm_t algorithm_for(const struct options *options, const psa_key_attributes_t *attributes)
{
    return options->alg != PSA_ALG_NONE ? options->alg : narrow(psa_get_key_algorithm(attributes));
}

#define VERIFY (PSA_KEY_USAGE_VERIFY_MESSAGE | PSA_KEY_USAGE_VERIFY_HASH)
#define SIGN (PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_SIGN_HASH)

psa_key_usage_t usage_for(psa_algorithm_t alg, int public_key)
{
    if (PSA_ALG_IS_MAC(alg)) {
        return PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
    }
    if (PSA_ALG_IS_SIGN(alg)) {
        return public_key ? VERIFY : SIGN | VERIFY;
    }
    if (PSA_ALG_IS_CIPHER(alg) || PSA_ALG_IS_AEAD(alg)) {
        return PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    }
    if (PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) || PSA_ALG_IS_KEY_ENCAPSULATION(alg)) {
        return public_key ? PSA_KEY_USAGE_ENCRYPT : PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    }
    if (PSA_ALG_IS_KEY_WRAP(alg)) {
        return PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP;
    }
    return PSA_ALG_IS_KEY_DERIVATION(alg) || PSA_ALG_IS_KEY_AGREEMENT(alg) || PSA_ALG_IS_PAKE(alg) ? PSA_KEY_USAGE_DERIVE : 0;
}

int key_attributes(psa_key_attributes_t *attributes, psa_key_id_t key)
{
    *attributes = psa_key_attributes_init();
    if (key == PSA_KEY_ID_NULL) {
        return fail(EXIT_USAGE, "which key? --key ID");
    }
    psa_status_t status = psa_get_key_attributes(key, attributes);
    return status == PSA_SUCCESS ? EXIT_DONE : fail_call(status, NULL);
}
