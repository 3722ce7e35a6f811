/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"
#include "dispatch/plan.h"

#include "util/reason.h"

/* sign_hash and sign_message have one shape, verify_hash and verify_message another. */
typedef psa_status_t (*sign_t)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                               const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                               uint8_t *signature, size_t signature_size, size_t *signature_length);
typedef psa_status_t (*verify_t)(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                 const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                                 const uint8_t *signature, size_t signature_length);

static sign_t sign_entry(const struct dispatch_plan *plan, int message)
{
    const struct psacrypto_sign_entries *entries = plan->slot->driver->sign;
    return entries == NULL ? NULL : message ? entries->sign_message : entries->sign_hash;
}

static verify_t verify_entry(const struct dispatch_plan *plan, int message)
{
    const struct psacrypto_sign_entries *entries = plan->slot->driver->sign;
    return entries == NULL ? NULL : message ? entries->verify_message : entries->verify_hash;
}

static psa_status_t sign(struct dispatch_key *key, psa_algorithm_t alg, int message,
                         const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                         uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        sign_t entry = sign_entry(walk.plan, message);
        status = entry == NULL ? PSA_ERROR_NOT_SUPPORTED
                               : entry(walk.plan->slot->instance, &walk.plan->key, alg, input, input_length,
                                       context, context_length, signature, signature_size, signature_length);
    }
    return plan_end(&walk, status);
}

static psa_status_t verify(struct dispatch_key *key, psa_algorithm_t alg, int message,
                           const uint8_t *input, size_t input_length, const uint8_t *context, size_t context_length,
                           const uint8_t *signature, size_t signature_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        verify_t entry = verify_entry(walk.plan, message);
        status = entry == NULL ? PSA_ERROR_NOT_SUPPORTED
                               : entry(walk.plan->slot->instance, &walk.plan->key, alg, input, input_length,
                                       context, context_length, signature, signature_length);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_sign_hash(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                const uint8_t *context, size_t context_length,
                                uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    return sign(key, alg, 0, hash, hash_length, context, context_length, signature, signature_size, signature_length);
}

psa_status_t dispatch_sign_message(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                   const uint8_t *context, size_t context_length,
                                   uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    return sign(key, alg, 1, input, input_length, context, context_length, signature, signature_size, signature_length);
}

psa_status_t dispatch_verify_hash(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                  const uint8_t *context, size_t context_length,
                                  const uint8_t *signature, size_t signature_length)
{
    return verify(key, alg, 0, hash, hash_length, context, context_length, signature, signature_length);
}

psa_status_t dispatch_verify_message(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                     const uint8_t *context, size_t context_length,
                                     const uint8_t *signature, size_t signature_length)
{
    return verify(key, alg, 1, input, input_length, context, context_length, signature, signature_length);
}

static psa_status_t setup(psa_verify_operation_t *operation, const struct dispatch_plan *plan,
                          const uint8_t *string, size_t string_length, const uint8_t *signature, size_t signature_length)
{
    const struct psacrypto_sign_entries *entries = plan->slot->driver->sign;
    if (entries == NULL || entries->verify_setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    size_t size = operation_size(plan->slot, PSACRYPTO_FAMILY_SIGN, plan->alg, plan->key.attributes);
    if (size == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    struct psacrypto_operation_s *head = &operation->private_head;
    psa_status_t status = operation_open(head, operation->private_context, sizeof(operation->private_context), size);
    if (status != PSA_SUCCESS) {
        return status;
    }
    void *context = operation_context(head, operation->private_context);
    status = entries->verify_setup(plan->slot->instance, &plan->key, context, plan->alg, string, string_length,
                                   signature, signature_length);
    if (status != PSA_SUCCESS) {
        operation_close(head, operation->private_context, sizeof(operation->private_context));
        return status;
    }
    head->private_driver = plan->slot->index;
    head->private_alg = plan->alg;
    return PSA_SUCCESS;
}

psa_status_t dispatch_verify_setup(psa_verify_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg,
                                   const uint8_t *context, size_t context_length,
                                   const uint8_t *signature, size_t signature_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        status = setup(operation, walk.plan, context, context_length, signature, signature_length);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_verify_update(psa_verify_operation_t *operation, struct dispatch_key *key, const uint8_t *input, size_t input_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->sign->verify_update(call.instance, call.key, call.context, input, input_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_verify_finish(psa_verify_operation_t *operation, struct dispatch_key *key,
                                    const uint8_t *signature, size_t signature_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->sign->verify_finish(call.instance, call.key, call.context, signature, signature_length);
    }
    return operation_call_end(&call, status);
}

void dispatch_verify_abort(psa_verify_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->sign->verify_abort);
}
