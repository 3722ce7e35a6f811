/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"
#include "dispatch/plan.h"

#include "util/ct.h"
#include "util/reason.h"
#include "util/zeroise.h"

static psa_status_t compute(const struct dispatch_plan *plan, const uint8_t *input, size_t input_length,
                            uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    const struct psacrypto_mac_entries *entries = plan->slot->driver->mac;
    if (entries == NULL || entries->compute == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return entries->compute(plan->slot->instance, &plan->key, plan->alg, input, input_length, mac, mac_size, mac_length);
}

psa_status_t dispatch_mac_compute(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                  uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        status = compute(walk.plan, input, input_length, mac, mac_size, mac_length);
    }
    return plan_end(&walk, status);
}

static psa_status_t verify(const struct dispatch_plan *plan, const uint8_t *input, size_t input_length,
                           const uint8_t *mac, size_t mac_length)
{
    const struct psacrypto_mac_entries *entries = plan->slot->driver->mac;
    if (entries != NULL && entries->verify != NULL) {
        return entries->verify(plan->slot->instance, &plan->key, plan->alg, input, input_length, mac, mac_length);
    }
    uint8_t expected[PSA_MAC_MAX_SIZE];
    size_t length = 0;
    psa_status_t status = compute(plan, input, input_length, expected, mac_length, &length);
    if (status == PSA_SUCCESS && (length != mac_length || !ct_verify(expected, mac, mac_length))) {
        status = PSA_ERROR_INVALID_SIGNATURE;
    }
    zeroise(expected, sizeof(expected));
    return status;
}

psa_status_t dispatch_mac_verify(struct dispatch_key *key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                 const uint8_t *mac, size_t mac_length)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        status = verify(walk.plan, input, input_length, mac, mac_length);
    }
    return plan_end(&walk, status);
}

static psa_status_t setup(psa_mac_operation_t *operation, const struct dispatch_plan *plan, int verifying)
{
    const struct psacrypto_mac_entries *entries = plan->slot->driver->mac;
    return operation_setup(&operation->private_head, operation->private_context, sizeof(operation->private_context), plan,
                           PSACRYPTO_FAMILY_MAC, entries == NULL ? NULL : verifying ? entries->verify_setup : entries->sign_setup);
}

psa_status_t dispatch_mac_setup(psa_mac_operation_t *operation, struct dispatch_key *key, psa_algorithm_t alg, int verifying)
{
    struct plan_walk walk;
    psa_status_t status = plan_start(&walk, key, alg);
    while (plan_next(&walk, status)) {
        status = setup(operation, walk.plan, verifying);
    }
    return plan_end(&walk, status);
}

psa_status_t dispatch_mac_update(psa_mac_operation_t *operation, struct dispatch_key *key, const uint8_t *input, size_t input_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->mac->update(call.instance, call.key, call.context, input, input_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_mac_sign_finish(psa_mac_operation_t *operation, struct dispatch_key *key,
                                      uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->mac->sign_finish(call.instance, call.key, call.context, mac, mac_size, mac_length);
    }
    return operation_call_end(&call, status);
}

psa_status_t dispatch_mac_verify_finish(psa_mac_operation_t *operation, struct dispatch_key *key,
                                        const uint8_t *mac, size_t mac_length)
{
    struct operation_call call;
    psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
    while (status == PSA_OPERATION_INCOMPLETE) {
        status = call.driver->mac->verify_finish(call.instance, call.key, call.context, mac, mac_length);
    }
    return operation_call_end(&call, status);
}

void dispatch_mac_abort(psa_mac_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->mac->abort);
}
