/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in parts: the library hashes, the key's driver signs the hash. */
#include "api/sign.h"

#include "platform/platform.h"

enum { FRESH = API_ACTIVE, RUNNING };

static uint8_t *context_of(const psa_sign_operation_t *operation)
{
    return (uint8_t *)(uintptr_t)operation->private_data;
}

static void end(psa_sign_operation_t *operation, uint8_t state)
{
    dispatch_hash_abort(&operation->private_hash);
    if (operation->private_data != 0) {
        platform_secret_free(context_of(operation), operation->private_data_length);
    }
    operation->private_data = 0;
    operation->private_data_length = 0;
    operation->private_context_length = 0;
    operation->private_head.private_state = state;
    operation->private_head.private_key = PSA_KEY_ID_NULL;
}

static psa_status_t fail(psa_sign_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

static psa_status_t setup(const struct caller *caller, psa_sign_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_inactive(&operation->private_head);
    }
    if (status == PSA_SUCCESS && !PSA_ALG_IS_SIGN_MESSAGE(alg)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = api_acquire_for_signature(&ref, caller, key, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    }
    /* What is not hash-and-sign reads its message twice, or signs with randomness before it (PureEdDSA, pure ML-DSA, ...). */
    if (status == PSA_SUCCESS && !PSA_ALG_IS_HASH_AND_SIGN(alg)) {
        status = reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_supports(ref.key, alg);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_setup(&operation->private_hash, PSA_ALG_GET_HASH(alg));
    }
    if (status == PSA_SUCCESS) {
        api_remember_key(&operation->private_head, caller, key, &ref);
        operation->private_head.private_alg = alg;
        operation->private_head.private_state = FRESH;
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_sign_setup(psa_sign_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg));
}

static psa_status_t begin_step(const psa_sign_operation_t *operation, unsigned first, unsigned last)
{
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? api_check_active(&operation->private_head, first, last, -1) : status;
}

psa_status_t psa_sign_set_context(psa_sign_operation_t *operation, const uint8_t *context, size_t context_length)
{
    psa_status_t status = begin_step(operation, FRESH, FRESH);
    if (status == PSA_SUCCESS) {
        status = api_check_sign_context(operation->private_head.private_alg, context, context_length);
    }
    if (status == PSA_SUCCESS && context_length != 0) {
        uint8_t *copy = platform_secret_allocate(context_length);
        if (copy == NULL) {
            return reason_close(fail(operation, api_no_memory(context_length)));
        }
        memcpy(copy, context, context_length);
        operation->private_data = (uint64_t)(uintptr_t)copy;
        operation->private_data_length = (uint32_t)context_length;
        operation->private_context_length = (uint32_t)context_length;
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = RUNNING;
    }
    return reason_close(fail(operation, status));
}

psa_status_t psa_sign_update(psa_sign_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(operation, FRESH, RUNNING);
    if (status == PSA_SUCCESS) {
        status = api_acquire_again(&ref, &operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = dispatch_hash_update(&operation->private_hash, input, input_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = RUNNING;
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

psa_status_t psa_sign_finish(psa_sign_operation_t *operation, uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    struct key_ref ref = KEY_REF_NONE;
    uint8_t hash[PSA_HASH_MAX_SIZE];
    struct api_sign_input in = { hash, 0, context_of(operation), operation->private_context_length };
    size_t length = 0;
    psa_status_t status = begin_step(operation, FRESH, RUNNING);
    if (status == PSA_SUCCESS) {
        status = api_acquire_again(&ref, &operation->private_head);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_hash_finish(&operation->private_hash, hash, sizeof(hash), &in.length);
    }
    if (status == PSA_SUCCESS) {
        status = api_sign_held(&ref, operation->private_head.private_alg, &in, signature, signature_size, &length);
    }
    ZEROISE(hash);
    status = fail(operation, key_store_release(&ref, status));
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    return reason_close(api_commit(status, signature, signature_size, length, signature_length));
}

psa_status_t psa_sign_abort(psa_sign_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
