/* SPDX-License-Identifier: Apache-2.0 */
/* One-shot families with an asymmetric key, and key wrapping: no operations in parts. */
#include "dispatch/plan.h"

#include "util/reason.h"

psa_status_t dispatch_asymmetric_crypt(struct dispatch_key *key, psa_algorithm_t alg, int decrypt, const uint8_t *input, size_t input_length,
                                       const uint8_t *salt, size_t salt_length,
                                       uint8_t *output, size_t output_size, size_t *output_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        const struct psacrypto_asymmetric_encryption_entries *entries = walk.plan->slot->driver->asymmetric_encryption;
        if (entries == NULL || (decrypt ? entries->decrypt : entries->encrypt) == NULL) {
            status = PSA_ERROR_NOT_SUPPORTED;
            continue;
        }
        status = (decrypt ? entries->decrypt : entries->encrypt)(walk.plan->slot->instance, &walk.plan->key, alg, input, input_length,
                                                                 salt, salt_length, output, output_size, output_length);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_key_agreement(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *peer_key, size_t peer_key_length,
                                    uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct plan_walk walk;
    psa_algorithm_t base = PSA_ALG_KEY_AGREEMENT_GET_BASE(alg);
    psa_status_t status = plan_start(&walk, key, base);
    while (plan_next(&walk, status)) {
        const struct driver_slot *slot = walk.plan->slot;
        const struct psacrypto_key_agreement_entries *entries = slot->driver->key_agreement;
        status = entries == NULL || entries->agree == NULL ? PSA_ERROR_NOT_SUPPORTED
            : entries->agree(slot->instance, &walk.plan->key, slot->location == PSA_KEY_LOCATION_LOCAL_STORAGE ? base : alg,
                             peer_key, peer_key_length, secret, secret_size, secret_length);
    }
    if (status == PSA_ERROR_INVALID_ARGUMENT) {
        status = reason_default(status, REASON_KEY_DATA, PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(psa_get_key_type(key->key.attributes)), 0);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_wrap(struct dispatch_key *wrapping_key, psa_algorithm_t alg, const uint8_t *key_data, size_t key_data_length,
                           uint8_t *data, size_t data_size, size_t *data_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, wrapping_key, alg);
    while (plan_next(&walk, status)) {
        const struct psacrypto_key_wrap_entries *entries = walk.plan->slot->driver->key_wrap;
        status = entries == NULL || entries->wrap == NULL ? PSA_ERROR_NOT_SUPPORTED
            : entries->wrap(walk.plan->slot->instance, &walk.plan->key, alg, key_data, key_data_length, data, data_size, data_length);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_unwrap(struct dispatch_key *wrapping_key, psa_algorithm_t alg, const uint8_t *data, size_t data_length,
                             uint8_t *key_data, size_t key_data_size, size_t *key_data_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, wrapping_key, alg);
    while (plan_next(&walk, status)) {
        const struct psacrypto_key_wrap_entries *entries = walk.plan->slot->driver->key_wrap;
        status = entries == NULL || entries->unwrap == NULL ? PSA_ERROR_NOT_SUPPORTED
            : entries->unwrap(walk.plan->slot->instance, &walk.plan->key, alg, data, data_length,
                              key_data, key_data_size, key_data_length);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_encapsulate(struct dispatch_key *key, psa_algorithm_t alg, uint8_t *secret, size_t secret_size, size_t *secret_length,
                                  uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        const struct psacrypto_key_encapsulation_entries *entries = walk.plan->slot->driver->key_encapsulation;
        status = entries == NULL || entries->encapsulate == NULL ? PSA_ERROR_NOT_SUPPORTED
            : entries->encapsulate(walk.plan->slot->instance, &walk.plan->key, alg, secret, secret_size, secret_length,
                                   ciphertext, ciphertext_size, ciphertext_length);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_decapsulate(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *ciphertext, size_t ciphertext_length,
                                  uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        const struct psacrypto_key_encapsulation_entries *entries = walk.plan->slot->driver->key_encapsulation;
        status = entries == NULL || entries->decapsulate == NULL ? PSA_ERROR_NOT_SUPPORTED
            : entries->decapsulate(walk.plan->slot->instance, &walk.plan->key, alg, ciphertext, ciphertext_length,
                                   secret, secret_size, secret_length);
    }
    return plan_end(&walk, status);
}
