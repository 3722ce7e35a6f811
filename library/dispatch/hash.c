/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"

#include "util/reason.h"

#include <string.h>

psa_status_t dispatch_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                   uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    const struct driver_slot *slot = driver_table_next(PSA_KEY_LOCATION_LOCAL_STORAGE, 0);
    for (; slot != NULL; slot = driver_table_next(PSA_KEY_LOCATION_LOCAL_STORAGE, slot->index)) {
        const struct psacrypto_hash_entries *entries = slot->driver->hash;
        if (entries == NULL || entries->compute == NULL) {
            continue;
        }
        psa_status_t status;
        driver_enter(slot);
        do {
            status = entries->compute(slot->instance, alg, input, input_length, hash, hash_size, hash_length);
        } while (status == PSA_OPERATION_INCOMPLETE);
        driver_leave(slot);
        if (status != PSA_ERROR_NOT_SUPPORTED) {
            return status;
        }
    }
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
}

psa_status_t dispatch_keyless_hash(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                   uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    *hash_length = 0;
    if (hash_size < PSA_HASH_LENGTH(alg)) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    return dispatch_hash_compute(alg, input, input_length, hash, hash_size, hash_length);
}

/* state is NULL for setup, else what psa_hash_suspend() wrote. */
static psa_status_t start(psa_hash_operation_t *operation, const struct driver_slot *slot, psa_algorithm_t alg,
                          const uint8_t *state, size_t state_length)
{
    const struct psacrypto_hash_entries *entries = slot->driver->hash;
    if (entries == NULL || (state == NULL ? entries->setup == NULL : entries->resume == NULL)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    size_t size = operation_size(slot, PSACRYPTO_FAMILY_HASH, alg, NULL);
    if (size == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    struct psacrypto_operation_s *head = &operation->private_head;
    psa_status_t status = operation_open(head, operation->private_context, sizeof(operation->private_context), size);
    if (status != PSA_SUCCESS) {
        return status;
    }
    void *context = operation_context(head, operation->private_context);
    driver_enter(slot);
    do {
        status = state == NULL ? entries->setup(slot->instance, context, alg)
                               : entries->resume(slot->instance, context, alg, state, state_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    if (status != PSA_SUCCESS) {
        operation_close(head, operation->private_context, sizeof(operation->private_context));
        return status;
    }
    head->private_driver = slot->index;
    head->private_alg = alg;
    return PSA_SUCCESS;
}

static psa_status_t start_somewhere(psa_hash_operation_t *operation, psa_algorithm_t alg, const uint8_t *state, size_t state_length)
{
    const struct driver_slot *slot = driver_table_next(PSA_KEY_LOCATION_LOCAL_STORAGE, 0);
    for (; slot != NULL; slot = driver_table_next(PSA_KEY_LOCATION_LOCAL_STORAGE, slot->index)) {
        psa_status_t status = start(operation, slot, alg, state, state_length);
        if (status != PSA_ERROR_NOT_SUPPORTED) {
            return status;
        }
    }
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
}

psa_status_t dispatch_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg)
{
    return start_somewhere(operation, alg, NULL, 0);
}

psa_status_t dispatch_hash_resume(psa_hash_operation_t *operation, psa_algorithm_t alg, const uint8_t *state, size_t state_length)
{
    return start_somewhere(operation, alg, state, state_length);
}

psa_status_t dispatch_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->hash->update(call.instance, call.context, input, input_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->hash->finish(call.instance, call.context, hash, hash_size, hash_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_hash_clone(const psa_hash_operation_t *source, psa_hash_operation_t *target)
{
    const struct driver_slot *slot = driver_table_at(source->private_head.private_driver);
    if (slot == NULL || slot->driver->hash->clone == NULL) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, source->private_head.private_alg, 0);
    }
    size_t size = operation_size(slot, PSACRYPTO_FAMILY_HASH, source->private_head.private_alg, NULL);
    struct psacrypto_operation_s *head = &target->private_head;
    psa_status_t status = operation_open(head, target->private_context, sizeof(target->private_context), size);
    if (status != PSA_SUCCESS) {
        return status;
    }
    driver_enter(slot);
    status = slot->driver->hash->clone(slot->instance, operation_context(&source->private_head, source->private_context),
                                       operation_context(head, target->private_context));
    driver_leave(slot);
    if (status != PSA_SUCCESS) {
        operation_close(head, target->private_context, sizeof(target->private_context));
        return status;
    }
    head->private_driver = slot->index;
    head->private_alg = source->private_head.private_alg;
    return PSA_SUCCESS;
}

psa_status_t dispatch_hash_suspend(const psa_hash_operation_t *operation, uint8_t *state, size_t state_size, size_t *state_length)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    if (slot == NULL || slot->driver->hash->suspend == NULL) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, operation->private_head.private_alg, 0);
    }
    void *context = operation_context(&operation->private_head, operation->private_context);
    driver_enter(slot);
    psa_status_t status = slot->driver->hash->suspend(slot->instance, context, state, state_size, state_length);
    driver_leave(slot);
    return status;
}

void dispatch_hash_abort(psa_hash_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->hash->abort);
}
