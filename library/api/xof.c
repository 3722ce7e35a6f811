/* SPDX-License-Identifier: Apache-2.0 */
#include "api/api.h"

/* A context, where the algorithm has one, comes first; then input; then output. */
enum { WAITS_FOR_CONTEXT = API_ACTIVE, ABSORBING, SQUEEZING };

static void end(psa_xof_operation_t *operation, uint8_t state)
{
    dispatch_xof_abort(operation);
    operation->private_head.private_state = state;
    operation->private_head.private_alg = PSA_ALG_NONE;
}

static psa_status_t fail(psa_xof_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

psa_status_t psa_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_inactive(&operation->private_head);
    }
    if (status == PSA_SUCCESS && !PSA_ALG_IS_XOF(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_xof_setup(operation, alg);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = PSA_ALG_XOF_HAS_CONTEXT(alg) ? WAITS_FOR_CONTEXT : ABSORBING;
    }
    return reason_close(status);
}

static psa_status_t begin_step(const psa_xof_operation_t *operation, unsigned first, unsigned last)
{
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? api_check_active(&operation->private_head, first, last, -1) : status;
}

psa_status_t psa_xof_set_context(psa_xof_operation_t *operation, const uint8_t *context, size_t context_length)
{
    psa_algorithm_t alg = operation->private_head.private_alg;
    psa_status_t status = begin_step(operation, WAITS_FOR_CONTEXT, ABSORBING);
    if (status == PSA_SUCCESS && !PSA_ALG_XOF_HAS_CONTEXT(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_CONTEXT_STRING, alg, context_length);
    } else if (status == PSA_SUCCESS && operation->private_head.private_state != WAITS_FOR_CONTEXT) {
        status = reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ORDER, operation->private_head.private_state, 0);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(context, context_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_xof_set_context(operation, context, context_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = ABSORBING;
    }
    return reason_close(fail(operation, status));
}

psa_status_t psa_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length)
{
    psa_status_t status = begin_step(operation, ABSORBING, ABSORBING);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = dispatch_xof_update(operation, input, input_length);
    }
    return reason_close(fail(operation, status));
}

psa_status_t psa_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length)
{
    psa_status_t status = begin_step(operation, ABSORBING, SQUEEZING);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(output, output_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_xof_output(operation, output, output_length);
        if (status != PSA_SUCCESS) {
            zeroise(output, output_length);
        }
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = SQUEEZING;
    }
    return reason_close(fail(operation, status));
}

psa_status_t psa_xof_abort(psa_xof_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
