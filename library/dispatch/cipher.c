/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"
#include "dispatch/plan.h"

#include "util/reason.h"

psa_status_t dispatch_cipher_crypt(struct dispatch_key *key, psa_algorithm_t alg, int decrypt, const uint8_t *iv, size_t iv_length,
                                   const uint8_t *input, size_t input_length,
                                   uint8_t *output, size_t output_size, size_t *output_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        const struct dispatch_plan *plan = walk.plan;
        const struct psacrypto_cipher_entries *entries = plan->slot->driver->cipher;
        if (entries == NULL || (decrypt ? entries->decrypt : entries->encrypt) == NULL) {
            status = PSA_ERROR_NOT_SUPPORTED;
            continue;
        }
        status = (decrypt ? entries->decrypt : entries->encrypt)(plan->slot->instance, &plan->key, alg, iv, iv_length,
                                                                 input, input_length, output, output_size, output_length);
    }
    return plan_end(&walk, status);
}

static psa_status_t setup(psa_cipher_operation_t *operation, const struct dispatch_plan *plan, int decrypt)
{
    const struct psacrypto_cipher_entries *entries = plan->slot->driver->cipher;
    return operation_setup(&operation->private_head, operation->private_context, sizeof(operation->private_context), plan,
                           PSACRYPTO_FAMILY_CIPHER, entries == NULL ? NULL : decrypt ? entries->decrypt_setup : entries->encrypt_setup);
}

psa_status_t dispatch_cipher_setup(psa_cipher_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg, int decrypt)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        status = setup(operation, walk.plan, decrypt);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_cipher_set_iv(psa_cipher_operation_t *operation, struct dispatch_key *key, const uint8_t *iv, size_t iv_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->cipher->set_iv(call.instance, call.key, call.context, iv, iv_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_cipher_update(psa_cipher_operation_t *operation, struct dispatch_key *key,
                                    const uint8_t *input, size_t input_length,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->cipher->update(call.instance, call.key, call.context, input, input_length,
                                             output, output_size, output_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_cipher_finish(psa_cipher_operation_t *operation, struct dispatch_key *key,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->cipher->finish(call.instance, call.key, call.context, output, output_size, output_length);
    }
    return operation_call_end(&call, status);
}

void dispatch_cipher_abort(psa_cipher_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->cipher->abort);
}
