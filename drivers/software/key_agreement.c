/* SPDX-License-Identifier: Apache-2.0 */
#include <psacrypto/config.h>

#include "software/key_agreement.h"
#include "software/software.h"

static const struct sw_key_agreement *const agreements[] = {
#if PSA_WANT_ALG_ECDH
    &sw_key_agreement_ecdh,
#endif
#if PSA_WANT_ALG_FFDH && PSA_WANT_KEY_TYPE_DH_KEY_PAIR
    &sw_key_agreement_ffdh,
#endif
    NULL,
};

static psa_status_t agree(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, const uint8_t *peer_key,
                          size_t peer_key_length, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    psa_key_type_t type = psa_get_key_type(key->attributes);
    (void)instance;
    for (const struct sw_key_agreement *const *row = agreements; *row != NULL; row++) {
        if ((*row)->matches(alg, type)) {
            return (*row)->agree(key, peer_key, peer_key_length, secret, secret_size, secret_length);
        }
    }
    return PSA_ERROR_NOT_SUPPORTED;
}

int sw_key_agreement_supports(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    for (const struct sw_key_agreement *const *row = agreements; *row != NULL; row++) {
        if ((*row)->matches(alg, type)) {
            return (*row)->supports(type, bits);
        }
    }
    return 0;
}

const struct psacrypto_key_agreement_entries sw_key_agreement_entries = {
    .agree = agree,
};
