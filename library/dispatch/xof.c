/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"

#include "util/reason.h"

static psa_status_t start(psa_xof_operation_t *operation, const struct driver_slot *slot, psa_algorithm_t alg)
{
    const struct psacrypto_xof_entries *entries = slot->driver->xof;
    size_t size = entries == NULL || entries->setup == NULL ? 0 : operation_size(slot, PSACRYPTO_FAMILY_XOF, alg, NULL);
    if (size == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    struct psacrypto_operation_s *head = &operation->private_head;
    psa_status_t status = operation_open(head, operation->private_context, sizeof(operation->private_context), size);
    if (status != PSA_SUCCESS) {
        return status;
    }
    driver_enter(slot);
    status = entries->setup(slot->instance, operation_context(head, operation->private_context), alg);
    driver_leave(slot);
    if (status != PSA_SUCCESS) {
        operation_close(head, operation->private_context, sizeof(operation->private_context));
        return status;
    }
    head->private_driver = slot->index;
    head->private_alg = alg;
    return PSA_SUCCESS;
}

psa_status_t dispatch_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg)
{
    const struct driver_slot *slot = driver_table_next(PSA_KEY_LOCATION_LOCAL_STORAGE, 0);
    for (; slot != NULL; slot = driver_table_next(PSA_KEY_LOCATION_LOCAL_STORAGE, slot->index)) {
        psa_status_t status = start(operation, slot, alg);
        if (status != PSA_ERROR_NOT_SUPPORTED) {
            return status;
        }
    }
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
}

psa_status_t dispatch_xof_set_context(psa_xof_operation_t *operation, const uint8_t *string, size_t string_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = operation_take_string(&call, call.driver->xof->set_context, string, string_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = operation_take_string(&call, call.driver->xof->update, input, input_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->xof->output(call.instance, call.context, output, output_length);
    }
    return operation_call_end(&call, status);
}

void dispatch_xof_abort(psa_xof_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->xof->abort);
}
