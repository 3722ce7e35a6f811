/* SPDX-License-Identifier: Apache-2.0 */
/* The context of an operation in parts: inline when it fits, in locked memory when it does not. */
#ifndef DISPATCH_OPERATION_H
#define DISPATCH_OPERATION_H

#include "dispatch/plan.h"

/* Room for size bytes, zeroed. inline_context is the operation's own, inline_size its bytes. */
psa_status_t operation_open(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size, size_t size);
void *operation_context(const struct psacrypto_operation_s *head, const void *inline_context);
/* Wipes and frees the context; the operation has no driver any more. */
void operation_close(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size);

/* The setup entries of all families with a key have one shape, and so have all abort entries. */
typedef psa_status_t (*operation_setup_t)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
typedef psa_status_t (*operation_abort_t)(void *instance, void *context);

/* Gives the operation its context and sets it up with the plan's driver. entry NULL: PSA_ERROR_NOT_SUPPORTED. */
psa_status_t operation_setup(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size,
                             const struct dispatch_plan *plan, psacrypto_family_t family, operation_setup_t entry);
/* Tells the driver (entry may be NULL) and closes the context. */
void operation_abort(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size,
                     const struct driver_slot *slot, operation_abort_t entry);

/* The size of the context for setup with this driver, 0 if it has none. */
size_t operation_size(const struct driver_slot *slot, psacrypto_family_t family, psa_algorithm_t alg,
                      const psa_key_attributes_t *attributes);

/*
 * A step after setup is a call into the driver of setup:
 *
 *     struct operation_call call;
 *     psa_status_t status = operation_call_begin(&call, &operation->private_head, operation->private_context, key);
 *     while (status == PSA_OPERATION_INCOMPLETE) {
 *         status = call.driver->...(call.instance, call.key, call.context, ...);
 *     }
 *     return operation_call_end(&call, status);
 */
struct operation_call {
    const struct driver_slot *slot;         /* NULL: no driver was entered */
    const struct psacrypto_driver *driver;
    void *instance;
    void *context;
    const struct psacrypto_key *key;        /* the driver's view of it; NULL without */
    psa_algorithm_t alg;
    struct dispatch_plan bare;              /* holds that view where no plan is remembered */
};

/* key NULL: the family has none. PSA_OPERATION_INCOMPLETE: the driver is to be called; BAD_STATE: the operation is not one of ours. */
psa_status_t operation_call_begin(struct operation_call *call, const struct psacrypto_operation_s *head, const void *inline_context,
                                  const struct dispatch_key *key);

static inline psa_status_t operation_call_end(const struct operation_call *call, psa_status_t status)
{
    if (call->slot != NULL) {
        driver_leave(call->slot);
    }
    return status;
}

/* The entries without a key that are given a string have one shape. entry NULL: PSA_ERROR_NOT_SUPPORTED. */
typedef psa_status_t (*operation_take_t)(void *instance, void *context, const uint8_t *string, size_t string_length);
psa_status_t operation_take_string(const struct operation_call *call, operation_take_t entry, const uint8_t *string, size_t string_length);

#endif
