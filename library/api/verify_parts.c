/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Verifying in parts. Hash-and-sign schemes are hashed here; for the others (PureEdDSA) the key's driver takes the
 * message as it comes. Block private_data: the signature, then room for a context string.
 *
 * That a signature cannot be right, whatever the message, is nothing that psa_verify_setup() could say: the operation goes
 * on, and psa_verify_finish() refuses it.
 */
#include "api/sign.h"

#include "platform/platform.h"

enum { FRESH = API_ACTIVE, RUNNING };
enum { HASHED = 0, BY_DRIVER = 1, REFUSED = 2 }; /* private_direction */

static uint8_t *signature_of(const psa_verify_operation_t *operation)
{
    return (uint8_t *)(uintptr_t)operation->private_data;
}

static uint8_t *context_of(const psa_verify_operation_t *operation)
{
    return signature_of(operation) + operation->private_data_length;
}

static void end(psa_verify_operation_t *operation, uint8_t state)
{
    dispatch_hash_abort(&operation->private_hash);
    dispatch_verify_abort(operation);
    if (operation->private_data != 0) {
        platform_secret_free(signature_of(operation), operation->private_data_length + SIGN_CONTEXT_MAX);
    }
    operation->private_data = 0;
    operation->private_data_length = 0;
    operation->private_context_length = 0;
    operation->private_head.private_state = state;
    operation->private_head.private_key = PSA_KEY_ID_NULL;
}

static psa_status_t fail(psa_verify_operation_t *operation, psa_status_t status)
{
    if (status != PSA_SUCCESS && operation->private_head.private_state >= API_ACTIVE) {
        end(operation, API_FAILED);
    }
    return status;
}

/* One that is too long for every scheme is as wrong as an empty one. */
static psa_status_t keep_signature(psa_verify_operation_t *operation, const uint8_t *signature, size_t signature_length)
{
    if (signature_length > PSA_SIGNATURE_MAX_SIZE) {
        signature_length = 0;
    }
    uint8_t *copy = platform_secret_allocate(signature_length + SIGN_CONTEXT_MAX);
    if (copy == NULL) {
        return api_no_memory(signature_length + SIGN_CONTEXT_MAX);
    }
    bytes_copy(copy, signature, signature_length);
    operation->private_data = (uint64_t)(uintptr_t)copy;
    operation->private_data_length = (uint32_t)signature_length;
    operation->private_context_length = 0;
    return PSA_SUCCESS;
}

static psa_status_t start_by_driver(psa_verify_operation_t *operation, const struct key_ref *ref, psa_algorithm_t alg)
{
    psa_status_t status = dispatch_verify_setup(operation, ref->key, alg, context_of(operation), operation->private_context_length,
                                                signature_of(operation), operation->private_data_length);
    operation->private_head.private_direction = status == PSA_ERROR_INVALID_SIGNATURE ? REFUSED : BY_DRIVER;
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : status;
}

static psa_status_t start(psa_verify_operation_t *operation, const struct key_ref *ref, psa_algorithm_t alg)
{
    if (!PSA_ALG_IS_HASH_AND_SIGN(alg)) {
        return start_by_driver(operation, ref, alg);
    }
    operation->private_head.private_direction = HASHED;
    psa_status_t status = dispatch_supports(ref->key, alg);
    return status == PSA_SUCCESS ? dispatch_hash_setup(&operation->private_hash, PSA_ALG_GET_HASH(alg)) : status;
}

static psa_status_t setup(const struct caller *caller, psa_verify_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg,
                          const uint8_t *signature, size_t signature_length)
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
        status = api_check_pointer(signature, signature_length, 4);
    }
    if (status == PSA_SUCCESS) {
        status = api_acquire_for_signature(&ref, caller, key, PSA_KEY_USAGE_VERIFY_MESSAGE, alg);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = keep_signature(operation, signature, signature_length);
    if (status == PSA_SUCCESS) {
        status = start(operation, &ref, alg);
    }
    if (status == PSA_SUCCESS) {
        api_remember_key(&operation->private_head, caller, key, &ref);
        operation->private_head.private_alg = alg;
        operation->private_head.private_state = FRESH;
    } else {
        end(operation, API_INACTIVE);
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_verify_setup(psa_verify_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg,
                              const uint8_t *signature, size_t signature_length)
{
    return reason_close(setup(CALLER_SELF, operation, key, alg, signature, signature_length));
}

static psa_status_t begin_step(struct key_ref *ref, const psa_verify_operation_t *operation, unsigned last)
{
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_active(&operation->private_head, FRESH, last, -1);
    }
    return status == PSA_SUCCESS ? api_acquire_again(ref, &operation->private_head) : status;
}

/* The driver was set up without a context string: it starts again with one. */
static psa_status_t restart(psa_verify_operation_t *operation, const struct key_ref *ref)
{
    if (operation->private_head.private_direction != BY_DRIVER) {
        return PSA_SUCCESS;
    }
    dispatch_verify_abort(operation);
    return start_by_driver(operation, ref, operation->private_head.private_alg);
}

psa_status_t psa_verify_set_context(psa_verify_operation_t *operation, const uint8_t *context, size_t context_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, FRESH);
    if (status == PSA_SUCCESS) {
        status = api_check_sign_context(operation->private_head.private_alg, context, context_length);
    }
    if (status == PSA_SUCCESS && context_length != 0) {
        memcpy(context_of(operation), context, context_length);
        operation->private_context_length = (uint32_t)context_length;
        status = restart(operation, &ref);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = RUNNING;
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

static psa_status_t add(psa_verify_operation_t *operation, const struct key_ref *ref, const uint8_t *input, size_t input_length)
{
    switch (operation->private_head.private_direction) {
    case BY_DRIVER:
        return dispatch_verify_update(operation, ref->key, input, input_length);
    case HASHED:
        return dispatch_hash_update(&operation->private_hash, input, input_length);
    default:
        return PSA_SUCCESS;
    }
}

psa_status_t psa_verify_update(psa_verify_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, RUNNING);
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(input, input_length, 2);
    }
    if (status == PSA_SUCCESS && input_length != 0) {
        status = add(operation, &ref, input, input_length);
    }
    if (status == PSA_SUCCESS) {
        operation->private_head.private_state = RUNNING;
    }
    return reason_close(fail(operation, key_store_release(&ref, status)));
}

static psa_status_t verify_hashed(psa_verify_operation_t *operation, const struct key_ref *ref)
{
    uint8_t hash[PSA_HASH_MAX_SIZE];
    size_t length = 0;
    psa_status_t status = dispatch_hash_finish(&operation->private_hash, hash, sizeof(hash), &length);
    if (status == PSA_SUCCESS) {
        status = dispatch_verify_hash(ref->key, operation->private_head.private_alg, hash, length,
                                      context_of(operation), operation->private_context_length,
                                      signature_of(operation), operation->private_data_length);
    }
    ZEROISE(hash);
    return status;
}

static psa_status_t finish(psa_verify_operation_t *operation, const struct key_ref *ref)
{
    switch (operation->private_head.private_direction) {
    case BY_DRIVER:
        return dispatch_verify_finish(operation, ref->key, signature_of(operation), operation->private_data_length);
    case HASHED:
        return verify_hashed(operation, ref);
    default:
        return PSA_ERROR_INVALID_SIGNATURE;
    }
}

psa_status_t psa_verify_finish(psa_verify_operation_t *operation)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = begin_step(&ref, operation, RUNNING);
    if (status == PSA_SUCCESS) {
        status = finish(operation, &ref);
        status = status == PSA_ERROR_INVALID_SIGNATURE ? reason(status, REASON_SIGNATURE, 0, 0) : status;
    }
    status = fail(operation, key_store_release(&ref, status));
    if (status == PSA_SUCCESS) {
        end(operation, API_INACTIVE);
    }
    return reason_close(status);
}

psa_status_t psa_verify_abort(psa_verify_operation_t *operation)
{
    end(operation, API_INACTIVE);
    return PSA_SUCCESS;
}
