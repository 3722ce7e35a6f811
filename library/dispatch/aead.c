/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"
#include "dispatch/plan.h"

#include "util/reason.h"

psa_status_t dispatch_aead_encrypt(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                   const uint8_t *ad, size_t ad_length, const uint8_t *plaintext, size_t plaintext_length,
                                   uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        const struct psacrypto_aead_entries *entries = walk.plan->slot->driver->aead;
        if (entries == NULL || entries->encrypt == NULL) {
            status = PSA_ERROR_NOT_SUPPORTED;
            continue;
        }
        status = entries->encrypt(walk.plan->slot->instance, &walk.plan->key, alg, nonce, nonce_length, ad, ad_length,
                                  plaintext, plaintext_length, ciphertext, ciphertext_size, ciphertext_length);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_aead_decrypt(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *nonce, size_t nonce_length,
                                   const uint8_t *ad, size_t ad_length, const uint8_t *ciphertext, size_t ciphertext_length,
                                   uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        const struct psacrypto_aead_entries *entries = walk.plan->slot->driver->aead;
        if (entries == NULL || entries->decrypt == NULL) {
            status = PSA_ERROR_NOT_SUPPORTED;
            continue;
        }
        status = entries->decrypt(walk.plan->slot->instance, &walk.plan->key, alg, nonce, nonce_length, ad, ad_length,
                                  ciphertext, ciphertext_length, plaintext, plaintext_size, plaintext_length);
    }
    return plan_end(&walk, status);
}

static psa_status_t setup(psa_aead_operation_t *operation, const struct dispatch_plan *plan, int decrypt)
{
    const struct psacrypto_aead_entries *entries = plan->slot->driver->aead;
    return operation_setup(&operation->private_head, operation->private_context, sizeof(operation->private_context), plan,
                           PSACRYPTO_FAMILY_AEAD, entries == NULL ? NULL : decrypt ? entries->decrypt_setup : entries->encrypt_setup);
}

psa_status_t dispatch_aead_setup(psa_aead_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg, int decrypt)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        status = setup(operation, walk.plan, decrypt);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_aead_set_lengths(psa_aead_operation_t *operation, struct dispatch_key *key, size_t ad_length, size_t body_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        const struct psacrypto_aead_entries *entries = call.driver->aead;
        status = entries->set_lengths == NULL ? PSA_SUCCESS
            : entries->set_lengths(call.instance, call.key, call.context, ad_length, body_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_aead_set_nonce(psa_aead_operation_t *operation, struct dispatch_key *key, const uint8_t *nonce, size_t nonce_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->aead->set_nonce(call.instance, call.key, call.context, nonce, nonce_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_aead_update_ad(psa_aead_operation_t *operation, struct dispatch_key *key, const uint8_t *input, size_t input_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->aead->update_ad(call.instance, call.key, call.context, input, input_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_aead_update(psa_aead_operation_t *operation, struct dispatch_key *key,
                                  const uint8_t *input, size_t input_length,
                                  uint8_t *output, size_t output_size, size_t *output_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->aead->update(call.instance, call.key, call.context, input, input_length,
                                           output, output_size, output_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_aead_finish(psa_aead_operation_t *operation, struct dispatch_key *key,
                                  uint8_t *ciphertext, size_t ciphertext_size, size_t *ciphertext_length,
                                  uint8_t *tag, size_t tag_size, size_t *tag_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->aead->finish(call.instance, call.key, call.context,
                                           ciphertext, ciphertext_size, ciphertext_length, tag, tag_size, tag_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_aead_verify(psa_aead_operation_t *operation, struct dispatch_key *key,
                                  uint8_t *plaintext, size_t plaintext_size, size_t *plaintext_length,
                                  const uint8_t *tag, size_t tag_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->aead->verify(call.instance, call.key, call.context,
                                           plaintext, plaintext_size, plaintext_length, tag, tag_length);
    }
    return operation_call_end(&call, status);
}

void dispatch_aead_abort(psa_aead_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->aead->abort);
}
