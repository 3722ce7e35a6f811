/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch/operation.h"

#include "util/reason.h"
#include "util/zeroise.h"

#include <string.h>

/* A block on the heap starts with its size, so that the operation needs to remember only where it is. */
#define PREFIX 64u /* keeps what follows as aligned as the block */

static uint8_t *block_of(const struct psacrypto_operation_s *head)
{
    return (uint8_t *)(uintptr_t)head->private_handle;
}

psa_status_t operation_open(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size, size_t size)
{
    if (size <= inline_size) {
        head->private_handle = 0;
        memset(inline_context, 0, inline_size);
        return PSA_SUCCESS;
    }
    uint8_t *block = platform_secret_allocate(PREFIX + size);
    if (block == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, size, 0);
    }
    memcpy(block, &size, sizeof(size));
    head->private_handle = (uint64_t)(uintptr_t)block;
    return PSA_SUCCESS;
}

void *operation_context(const struct psacrypto_operation_s *head, const void *inline_context)
{
    return head->private_handle == 0 ? (void *)(uintptr_t)inline_context : block_of(head) + PREFIX;
}

void operation_close(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size)
{
    if (head->private_handle != 0) {
        size_t size;
        memcpy(&size, block_of(head), sizeof(size));
        platform_secret_free(block_of(head), PREFIX + size);
        head->private_handle = 0;
    }
    zeroise(inline_context, inline_size);
    head->private_driver = 0;
}

size_t operation_size(const struct driver_slot *slot, psacrypto_family_t family, psa_algorithm_t alg,
                      const psa_key_attributes_t *attributes)
{
    if (slot->driver->context_size == NULL) {
        return 0;
    }
    psa_key_type_t type = attributes == NULL ? PSA_KEY_TYPE_NONE : psa_get_key_type(attributes);
    size_t bits = attributes == NULL ? 0 : psa_get_key_bits(attributes);
    return slot->driver->context_size(slot->instance, family, alg, type, bits);
}

psa_status_t operation_setup(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size,
                             const struct dispatch_plan *plan, psacrypto_family_t family, operation_setup_t entry)
{
    size_t size = entry == NULL ? 0 : operation_size(plan->slot, family, plan->alg, plan->key.attributes);
    if (size == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    psa_status_t status = operation_open(head, inline_context, inline_size, size);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = entry(plan->slot->instance, &plan->key, operation_context(head, inline_context), plan->alg);
    if (status != PSA_SUCCESS) {
        operation_close(head, inline_context, inline_size);
        return status;
    }
    head->private_driver = plan->slot->index;
    head->private_alg = plan->alg;
    return PSA_SUCCESS;
}

void operation_abort(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size,
                     const struct driver_slot *slot, operation_abort_t entry)
{
    if (slot != NULL && entry != NULL) {
        driver_enter(slot);
        (void)entry(slot->instance, operation_context(head, inline_context));
        driver_leave(slot);
    }
    operation_close(head, inline_context, inline_size);
}

psa_status_t operation_call_begin(struct operation_call *call, const struct psacrypto_operation_s *head, const void *inline_context,
                                  const struct dispatch_key *key)
{
    call->slot = driver_table_at(head->private_driver);
    if (call->slot == NULL) {
        return reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_INACTIVE, 0, 0);
    }
    call->driver = call->slot->driver;
    call->instance = call->slot->instance;
    call->context = operation_context(head, inline_context);
    call->key = key == NULL ? NULL : &plan_resume(&call->bare, key, head->private_alg, call->slot)->key;
    call->alg = head->private_alg;
    driver_enter(call->slot);
    return PSA_OPERATION_INCOMPLETE;
}

psa_status_t operation_take_string(const struct operation_call *call, operation_take_t entry, const uint8_t *string, size_t string_length)
{
    return entry == NULL ? reason(PSA_ERROR_NOT_SUPPORTED, REASON_ALGORITHM_UNSUPPORTED, call->alg, 0)
                         : entry(call->instance, call->context, string, string_length);
}
