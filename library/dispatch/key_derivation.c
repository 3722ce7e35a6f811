/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"

#include "util/reason.h"

/* alg may have a key agreement in front of the derivation: an opaque driver checks the policies of its keys against all of it. */
static psa_status_t start(psa_key_derivation_operation_t *operation, const struct driver_slot *slot, psa_algorithm_t alg)
{
    psa_algorithm_t kdf = PSA_ALG_IS_KEY_AGREEMENT(alg) ? PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) : alg;
    const struct psacrypto_key_derivation_entries *entries = slot->driver->key_derivation;
    size_t size = entries == NULL || entries->setup == NULL ? 0
        : operation_size(slot, PSACRYPTO_FAMILY_KEY_DERIVATION, kdf, NULL);
    if (size == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    struct psacrypto_operation_s *head = &operation->private_head;
    psa_status_t status = operation_open(head, operation->private_context, sizeof(operation->private_context), size);
    if (status != PSA_SUCCESS) {
        return status;
    }
    driver_enter(slot);
    status = entries->setup(slot->instance, operation_context(head, operation->private_context),
                            slot->location == PSA_KEY_LOCATION_LOCAL_STORAGE ? kdf : alg);
    driver_leave(slot);
    if (status != PSA_SUCCESS) {
        operation_close(head, operation->private_context, sizeof(operation->private_context));
        return status;
    }
    head->private_driver = slot->index;
    return PSA_SUCCESS;
}

psa_status_t dispatch_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg, psa_key_location_t location)
{
    const struct driver_slot *slot = driver_table_next(location, 0);
    for (; slot != NULL; slot = driver_table_next(location, slot->index)) {
        psa_status_t status = start(operation, slot, alg);
        if (status != PSA_ERROR_NOT_SUPPORTED) {
            return status;
        }
    }
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
}

static psa_status_t no_such_step(const struct operation_call *call, psa_key_derivation_step_t step)
{
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_DERIVATION_STEP, step, call->alg);
}

psa_status_t dispatch_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        const struct psacrypto_key_derivation_entries *entries = call.driver->key_derivation;
        status = entries->set_capacity == NULL ? PSA_SUCCESS : entries->set_capacity(call.instance, call.context, capacity);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_key_derivation_input_bytes(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                                 const uint8_t *data, size_t data_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        const struct psacrypto_key_derivation_entries *entries = call.driver->key_derivation;
        status = entries->input_bytes == NULL ? no_such_step(&call, step)
                                              : entries->input_bytes(call.instance, call.context, step, data, data_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_key_derivation_input_integer(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, uint64_t value)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        const struct psacrypto_key_derivation_entries *entries = call.driver->key_derivation;
        status = entries->input_integer == NULL ? no_such_step(&call, step)
                                                : entries->input_integer(call.instance, call.context, step, value);
    }
    return operation_call_end(&call, status);
}

/* A key of a secure element goes only into a derivation that its own driver does. */
static psa_status_t input_key(const struct operation_call *call, psa_key_derivation_step_t step, const struct psacrypto_key *key)
{
    psa_key_location_t location = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(key->attributes));
    const struct psacrypto_key_derivation_entries *entries = call->driver->key_derivation;
    if (location == call->slot->location && entries->input_key != NULL) {
        return entries->input_key(call->instance, call->context, step, key);
    }
    if (location != PSA_KEY_LOCATION_LOCAL_STORAGE) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_LOCATION, location, 0);
    }
    return entries->input_bytes == NULL ? no_such_step(call, step)
                                        : entries->input_bytes(call->instance, call->context, step, key->blob, key->length);
}

psa_status_t dispatch_key_derivation_input_key(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                               struct dispatch_key *key)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = input_key(&call, step, &key->key);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output, size_t output_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, NULL);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->key_derivation->output_bytes(call.instance, call.context, output, output_length);
    }
    return operation_call_end(&call, status);
}

/* An opaque key has one driver. */
static const struct driver_slot *slot_that_verifies(const struct dispatch_key *expected)
{
    psa_key_location_t location = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(expected->key.attributes));
    const struct driver_slot *slot = location == PSA_KEY_LOCATION_LOCAL_STORAGE ? NULL : driver_table_next(location, 0);
    return slot != NULL && slot->driver->key_derivation != NULL && slot->driver->key_derivation->verify_key != NULL ? slot : NULL;
}

int dispatch_key_derivation_can_verify(const struct dispatch_key *expected)
{
    return slot_that_verifies(expected) != NULL;
}

psa_status_t dispatch_key_derivation_verify_key(struct dispatch_key *expected, psa_algorithm_t alg, const uint8_t *output, size_t output_length)
{
    const struct driver_slot *slot = slot_that_verifies(expected);
    if (slot == NULL) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, alg, 0);
    }
    psa_status_t status;
    driver_enter(slot);
    do {
        status = slot->driver->key_derivation->verify_key(slot->instance, &expected->key, alg, output, output_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    return status;
}

void dispatch_key_derivation_abort(psa_key_derivation_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->key_derivation->abort);
}
