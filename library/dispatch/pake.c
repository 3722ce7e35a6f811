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

static const struct driver_slot *slot_of(const psa_pake_operation_t *operation)
{
    return driver_table_at(operation->private_head.private_driver);
}

static void *context_of(const psa_pake_operation_t *operation)
{
    return operation_context(&operation->private_head, operation->private_context);
}

psa_status_t dispatch_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role)
{
    const struct driver_slot *slot = slot_of(operation);
    if (slot == NULL || slot->driver->pake->set_role == NULL) {
        return slot == NULL ? OPERATION_LOST() : reason(PSA_ERROR_NOT_SUPPORTED, REASON_PAKE_ROLE, role, 0);
    }
    driver_enter(slot);
    psa_status_t status = slot->driver->pake->set_role(slot->instance, context_of(operation), role);
    driver_leave(slot);
    return status;
}

/* The entries that set a string have one shape. */
typedef psa_status_t (*set_t)(void *instance, void *context, const uint8_t *string, size_t string_length);

static psa_status_t set(psa_pake_operation_t *operation, const struct driver_slot *slot, set_t entry,
                        const uint8_t *string, size_t string_length)
{
    if (entry == NULL) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, operation->private_head.private_alg, 0);
    }
    driver_enter(slot);
    psa_status_t status = entry(slot->instance, context_of(operation), string, string_length);
    driver_leave(slot);
    return status;
}

psa_status_t dispatch_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user, size_t user_length)
{
    const struct driver_slot *slot = slot_of(operation);
    return slot == NULL ? OPERATION_LOST() : set(operation, slot, slot->driver->pake->set_user, user, user_length);
}

psa_status_t dispatch_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer, size_t peer_length)
{
    const struct driver_slot *slot = slot_of(operation);
    return slot == NULL ? OPERATION_LOST() : set(operation, slot, slot->driver->pake->set_peer, peer, peer_length);
}

psa_status_t dispatch_pake_set_context(psa_pake_operation_t *operation, const uint8_t *string, size_t string_length)
{
    const struct driver_slot *slot = slot_of(operation);
    return slot == NULL ? OPERATION_LOST() : set(operation, slot, slot->driver->pake->set_context, string, string_length);
}

psa_status_t dispatch_pake_output(psa_pake_operation_t *operation, struct dispatch_key *password, psa_pake_step_t step,
                                  uint8_t *output, size_t output_size, size_t *output_length)
{
    struct plan_walk walk;
    const struct dispatch_plan *plan = plan_resume(&walk, password, operation->private_head.private_alg,
                                                   operation->private_head.private_driver);
    if (plan == NULL) {
        return OPERATION_LOST();
    }
    psa_status_t status;
    do {
        status = plan->slot->driver->pake->output(plan->slot->instance, &plan->key, context_of(operation), step,
                                                  output, output_size, output_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(plan->slot);
    return status;
}

psa_status_t dispatch_pake_input(psa_pake_operation_t *operation, struct dispatch_key *password, psa_pake_step_t step,
                                 const uint8_t *input, size_t input_length)
{
    struct plan_walk walk;
    const struct dispatch_plan *plan = plan_resume(&walk, password, operation->private_head.private_alg,
                                                   operation->private_head.private_driver);
    if (plan == NULL) {
        return OPERATION_LOST();
    }
    psa_status_t status;
    do {
        status = plan->slot->driver->pake->input(plan->slot->instance, &plan->key, context_of(operation), step, input, input_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(plan->slot);
    return status;
}

psa_status_t dispatch_pake_get_shared_key(psa_pake_operation_t *operation, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    const struct driver_slot *slot = slot_of(operation);
    if (slot == NULL) {
        return OPERATION_LOST();
    }
    psa_status_t status;
    driver_enter(slot);
    do {
        status = slot->driver->pake->get_shared_key(slot->instance, context_of(operation), secret, secret_size, secret_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    return status;
}

void dispatch_pake_abort(psa_pake_operation_t *operation)
{
    const struct driver_slot *slot = driver_table_at(operation->private_head.private_driver);
    operation_abort(&operation->private_head, operation->private_context, sizeof(operation->private_context),
                    slot, slot == NULL ? NULL : slot->driver->pake->abort);
}
