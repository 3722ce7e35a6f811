/* SPDX-License-Identifier: Apache-2.0 */
/* What the halves of key derivation share: setup and inputs (key_derivation.c), outputs (key_derivation_output.c). */
#ifndef API_KEY_DERIVATION_H
#define API_KEY_DERIVATION_H

#include "api/api.h"

/* States: takes inputs, has begun to give output. */
enum { DERIVATION_TAKING = API_ACTIVE, DERIVATION_GIVING };

/* private_flags */
#define DERIVATION_SECRET_IS_KEY 1u /* the secret or password came as a key, or was agreed: keys may be derived */
#define DERIVATION_ELSEWHERE 2u     /* takes place at the location of an opaque key */
#define DERIVATION_STAYS 4u         /* was given its secret, or a key that only the driver knows: it cannot move any more */

/* The derivation alone, where the operation's algorithm has a key agreement in front of it. */
psa_algorithm_t derivation_kdf(const psa_key_derivation_operation_t *operation);
/* The library is open, the operation active. */
psa_status_t derivation_begin(const psa_key_derivation_operation_t *operation);
/* A failure, other than PSA_ERROR_INSUFFICIENT_DATA, leaves an active operation in the error state. */
psa_status_t derivation_fail(psa_key_derivation_operation_t *operation, psa_status_t status);
/* Whether the key's policy permits usage (one flag or more) in this operation. */
psa_status_t derivation_permits(const psa_key_derivation_operation_t *operation, const struct key_ref *ref, psa_key_usage_t usage);

/*
 * key_derivation_record.c: inputs other than keys, kept until the location is known where the derivation takes place. An opaque
 * key decides that, and may come after other inputs.
 */
psa_status_t derivation_record_bytes(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                     const uint8_t *data, size_t data_length);
psa_status_t derivation_record_integer(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, uint64_t value);
/* Gives all of it to the driver that the operation has now. */
psa_status_t derivation_record_replay(psa_key_derivation_operation_t *operation);
/* Wipes it. */
void derivation_record_free(psa_key_derivation_operation_t *operation);

#endif
