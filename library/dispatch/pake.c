/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"
#include "dispatch/plan.h"

#include "util/reason.h"

static psa_status_t setup(psa_pake_operation_t *operation, const struct dispatch_plan *plan, const psa_pake_cipher_suite_t *suite)
{
    const struct psacrypto_pake_entries *entries = plan->slot->driver->pake;
    if (entries == NULL || entries->setup == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    size_t size = operation_size(plan->slot, PSACRYPTO_FAMILY_PAKE, plan->alg, plan->key.attributes);
    if (size == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    struct psacrypto_operation_s *head = &operation->private_head;
    psa_status_t status = operation_open(head, operation->private_context, sizeof(operation->private_context), size);
    if (status != PSA_SUCCESS) {
        return status;
    }
    void *context = operation_context(head, operation->private_context);
    status = entries->setup(plan->slot->instance, &plan->key, context, suite);
    if (status != PSA_SUCCESS) {
        operation_close(head, operation->private_context, sizeof(operation->private_context));
        return status;
    }
    head->private_driver = plan->slot->index;
    head->private_alg = plan->alg;
    return PSA_SUCCESS;
}

psa_status_t dispatch_pake_setup(psa_pake_operation_t *operation, struct dispatch_key *password, const psa_pake_cipher_suite_t *suite)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, password, psa_pake_cs_get_algorithm(suite));
    while (plan_next(&walk, status)) {
        status = setup(operation, walk.plan, suite);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        const struct psacrypto_pake_entries *entries = call.driver->pake;
        status = entries->set_role == NULL ? reason(PSA_ERROR_NOT_SUPPORTED, REASON_PAKE_ROLE, role, 0)
                                           : entries->set_role(call.instance, call.context, role);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user, size_t user_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = operation_take_string(&call, call.driver->pake->set_user, user, user_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer, size_t peer_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = operation_take_string(&call, call.driver->pake->set_peer, peer, peer_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_pake_set_context(psa_pake_operation_t *operation, const uint8_t *string, size_t string_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = operation_take_string(&call, call.driver->pake->set_context, string, string_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_pake_output(psa_pake_operation_t *operation, struct dispatch_key *password, psa_pake_step_t step,
                                  uint8_t *output, size_t output_size, size_t *output_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, password);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->pake->output(call.instance, call.key, call.context, step,
                                           output, output_size, output_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_pake_input(psa_pake_operation_t *operation, struct dispatch_key *password, psa_pake_step_t step,
                                 const uint8_t *input, size_t input_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, password);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->pake->input(call.instance, call.key, call.context, step, input, input_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_pake_get_shared_key(psa_pake_operation_t *operation, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->pake->get_shared_key(call.instance, call.context, secret, secret_size, secret_length);
    }
    return operation_call_end(&call, status);
}

void dispatch_pake_abort(psa_pake_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->pake->abort);
}
