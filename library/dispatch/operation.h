/* SPDX-License-Identifier: Apache-2.0 */
/* The context of an operation in parts: inline when it fits, in locked memory when it does not. */
#ifndef DISPATCH_OPERATION_H
#define DISPATCH_OPERATION_H

#include "dispatch/driver_table.h"

/* Room for size bytes, zeroed. inline_context is the operation's own, inline_size its bytes. */
psa_status_t operation_open(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size, size_t size);
void *operation_context(const struct psacrypto_operation_s *head, const void *inline_context);
/* Wipes and frees the context; the operation has no driver any more. */
void operation_close(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size);

/* The setup entries of all families with a key have one shape, and so have all abort entries. */
typedef psa_status_t (*operation_setup_t)(void *instance, const struct psacrypto_key *key, void *context, psa_algorithm_t alg);
typedef psa_status_t (*operation_abort_t)(void *instance, void *context);

struct dispatch_plan;

/* Gives the operation its context and sets it up with the plan's driver. entry NULL: PSA_ERROR_NOT_SUPPORTED. */
psa_status_t operation_setup(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size,
                             const struct dispatch_plan *plan, psacrypto_family_t family, operation_setup_t entry);
/* Tells the driver (entry may be NULL) and closes the context. */
void operation_abort(struct psacrypto_operation_s *head, void *inline_context, size_t inline_size,
                     const struct driver_slot *slot, operation_abort_t entry);

/* The size of the context for setup with this driver, 0 if it has none. */
size_t operation_size(const struct driver_slot *slot, psacrypto_family_t family, psa_algorithm_t alg,
                      const psa_key_attributes_t *attributes);

/* Before a step with a key: the driver of setup and its view of the key. NULL: the operation is not one of ours. */
#define OPERATION_LOST() reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_INACTIVE, 0, 0)

#endif
