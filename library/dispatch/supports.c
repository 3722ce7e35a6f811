/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a driver has an algorithm, without doing it. */
#include "dispatch/driver_table.h"

#include "util/reason.h"

static psacrypto_family_t family_of(psa_algorithm_t alg)
{
    if (PSA_ALG_IS_HASH(alg)) {
        return PSACRYPTO_FAMILY_HASH;
    }
    if (PSA_ALG_IS_XOF(alg)) {
        return PSACRYPTO_FAMILY_XOF;
    }
    if (PSA_ALG_IS_MAC(alg)) {
        return PSACRYPTO_FAMILY_MAC;
    }
    if (PSA_ALG_IS_CIPHER(alg)) {
        return PSACRYPTO_FAMILY_CIPHER;
    }
    if (PSA_ALG_IS_AEAD(alg)) {
        return PSACRYPTO_FAMILY_AEAD;
    }
    if (PSA_ALG_IS_KEY_WRAP(alg)) {
        return PSACRYPTO_FAMILY_KEY_WRAP;
    }
    if (PSA_ALG_IS_SIGN(alg)) {
        return PSACRYPTO_FAMILY_SIGN;
    }
    if (PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg)) {
        return PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION;
    }
    if (PSA_ALG_IS_KEY_AGREEMENT(alg)) {
        return PSACRYPTO_FAMILY_KEY_AGREEMENT;
    }
    if (PSA_ALG_IS_KEY_DERIVATION(alg)) {
        return PSACRYPTO_FAMILY_KEY_DERIVATION;
    }
    return PSA_ALG_IS_KEY_ENCAPSULATION(alg) ? PSACRYPTO_FAMILY_KEY_ENCAPSULATION : PSACRYPTO_FAMILY_PAKE;
}

static int location_has(psa_key_location_t location, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct driver_slot *slot = driver_table_next(location, 0);
    for (; slot != NULL; slot = driver_table_next(location, slot->index)) {
        if (slot->driver->context_size != NULL && slot->driver->context_size(slot->instance, family, alg, type, bits) != 0) {
            return 1;
        }
    }
    return 0;
}

int dispatch_has_algorithm(psa_key_location_t location, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    if (!PSA_ALG_IS_KEY_AGREEMENT(alg) || PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg)) {
        return location_has(location, family_of(alg), alg, type, bits);
    }
    /* The derivation of an agreed secret takes place here, wherever the key lies. */
    return location_has(location, PSACRYPTO_FAMILY_KEY_AGREEMENT, PSA_ALG_KEY_AGREEMENT_GET_BASE(alg), type, bits) &&
           location_has(PSA_KEY_LOCATION_LOCAL_STORAGE, PSACRYPTO_FAMILY_KEY_DERIVATION,
                        PSA_ALG_KEY_AGREEMENT_GET_KDF(alg), PSA_KEY_TYPE_NONE, 0);
}

psa_status_t dispatch_supports(const struct dispatch_key *key, psa_algorithm_t alg)
{
    const psa_key_attributes_t *attributes = key->key.attributes;
    psa_key_location_t location = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(attributes));
    if (dispatch_has_algorithm(location, alg, psa_get_key_type(attributes), psa_get_key_bits(attributes))) {
        return PSA_SUCCESS;
    }
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
}
