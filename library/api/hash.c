/* SPDX-License-Identifier: Apache-2.0 */
#include "api/api.h"

#include "util/ct.h"

static psa_status_t check_alg(psa_algorithm_t alg)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS && (!PSA_ALG_IS_HASH(alg) || alg == PSA_ALG_ANY_HASH)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS && !algorithm_is_hash(alg)) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
    }
    return status;
}

psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    size_t length = 0;
    psa_status_t status = check_alg(alg);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_size(hash_size, PSA_HASH_LENGTH(alg));
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_compute(alg, input, input_length, hash, hash_size, &length);
    }
    return reason_close(api_commit(status, hash, hash_size, length, hash_length));
}

psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length)
{
    uint8_t computed[PSA_HASH_MAX_SIZE];
    size_t length = 0;
    psa_status_t status = check_alg(alg);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(hash, hash_length, 4);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_compute(alg, input, input_length, computed, sizeof(computed), &length);
    }
    if (status == PSA_SUCCESS && (hash_length != length || !ct_verify(computed, hash, length))) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    ZEROISE(computed);
    return reason_close(status);
}

/* ---- In parts ---- */

static psa_status_t fail(psa_hash_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        dispatch_hash_abort(operation);
        operation->private_head.private_state = API_FAILED;
    }
    return status;
}

static void end(psa_hash_operation_t *operation)
{
    dispatch_hash_abort(operation);
    operation->private_head.private_state = API_INACTIVE;
    operation->private_head.private_alg = PSA_ALG_NONE;
}

psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg)
{
    psa_status_t status = api_check_inactive(&operation->private_head);
    if (status == PSA_SUCCESS) {
        status = check_alg(alg);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_setup(operation, alg);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = API_ACTIVE;
    }
    return reason_close(status);
}

static psa_status_t check_active(const psa_hash_operation_t *operation)
{
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? api_check_active(&operation->private_head, API_ACTIVE, API_ACTIVE, -1) : status;
}

psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length)
{
    psa_status_t status = check_active(operation);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = dispatch_hash_update(operation, input, input_length);
    }
    return reason_close(fail(operation, status));
}

psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    size_t length = 0;
    psa_status_t status = check_active(operation);
    if (status == PSA_SUCCESS) {
        status = api_check_size(hash_size, PSA_HASH_LENGTH(operation->private_head.private_alg));
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_finish(operation, hash, hash_size, &length);
    }
    if (status == PSA_SUCCESS) {
        end(operation);
    }
    return reason_close(fail(operation, api_commit(status, hash, hash_size, length, hash_length)));
}

psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash, size_t hash_length)
{
    uint8_t computed[PSA_HASH_MAX_SIZE];
    size_t length = 0;
    psa_status_t status = check_active(operation);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(hash, hash_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_finish(operation, computed, sizeof(computed), &length);
    }
    if (status == PSA_SUCCESS && (hash_length != length || !ct_verify(computed, hash, length))) {
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_SIGNATURE, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        end(operation);
    }
    ZEROISE(computed);
    return reason_close(fail(operation, status));
}

psa_status_t psa_hash_abort(psa_hash_operation_t *operation)
{
    end(operation);
    return PSA_SUCCESS;
}

psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation, psa_hash_operation_t *target_operation)
{
    psa_status_t status = check_active(source_operation);
    if (status == PSA_SUCCESS) {
        status = api_check_inactive(&target_operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_clone(source_operation, target_operation);
    }
    if (status == PSA_SUCCESS) {
        target_operation->private_head.private_state = API_ACTIVE;
    }
    return reason_close(status);
}

/* ---- Suspended and resumed ---- */

psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state, size_t hash_state_size, size_t *hash_state_length)
{
    size_t length = 0;
    psa_algorithm_t alg = operation->private_head.private_alg;
    psa_status_t status = check_active(operation);
    if (status == PSA_SUCCESS && PSA_HASH_SUSPEND_OUTPUT_SIZE(alg) == 0) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_size(hash_state_size, PSA_HASH_SUSPEND_OUTPUT_SIZE(alg));
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_suspend(operation, hash_state, hash_state_size, &length);
    }
    if (status == PSA_SUCCESS) {
        end(operation);
    }
    return reason_close(fail(operation, api_commit(status, hash_state, hash_state_size, length, hash_state_length)));
}

psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state, size_t hash_state_length)
{
    psa_algorithm_t alg = PSA_ALG_NONE;
    psa_status_t status = api_check_inactive(&operation->private_head);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(hash_state, hash_state_length, 2);
    }
    if (status == PSA_SUCCESS && hash_state_length < PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_INPUT_LENGTH, PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH, hash_state_length);
    }
    if (status == PSA_SUCCESS) {
        alg = load32_be(hash_state);
        status = check_alg(alg);
    }
    if (status == PSA_SUCCESS && PSA_HASH_SUSPEND_OUTPUT_SIZE(alg) == 0) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_resume(operation, alg, hash_state, hash_state_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = API_ACTIVE;
    }
    return reason_close(status);
}
