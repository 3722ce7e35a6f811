/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row per protocol: what driver.c needs of it. A new one is a source that defines a `const struct sw_pake` and a line in the
 * table there.
 *
 * The library keeps the order: setup; role, names and context, each at most once; then the steps as the specification lists
 * them for the algorithm, inputs of at most PSA_PAKE_INPUT_SIZE() bytes into and outputs of PSA_PAKE_OUTPUT_SIZE() bytes out of
 * a buffer that is large enough; the shared key when all is done. After a failure there is abort alone.
 */
#ifndef SOFTWARE_PAKE_PAKE_H
#define SOFTWARE_PAKE_PAKE_H

#include <psacrypto/config.h>
#include <psacrypto/driver.h>

#include "software/kdf/kdf.h"

/* What was sent or received wrongly, in an input step: shares and commitments; proofs and confirmations. */
#define SW_PAKE_BAD_SHARE PSA_ERROR_INVALID_ARGUMENT
#define SW_PAKE_BAD_PROOF PSA_ERROR_INVALID_SIGNATURE

struct sw_pake {
    int (*matches)(psa_algorithm_t alg);
    /* Whether this build has what alg names, with keys of this type and size. */
    int (*supports)(psa_algorithm_t alg, psa_key_type_t type, size_t bits);
    size_t context_size;
    /* context is all-zero. On failure nothing is left to be freed. */
    psa_status_t (*setup)(void *context, const struct psacrypto_key *password, const psa_pake_cipher_suite_t *suite);
    /* NULL: the algorithm has no roles. */
    psa_status_t (*set_role)(void *context, psa_pake_role_t role);
    psa_status_t (*set_user)(void *context, const uint8_t *user, size_t user_length);
    psa_status_t (*set_peer)(void *context, const uint8_t *peer, size_t peer_length);
    /* NULL: the algorithm has none. */
    psa_status_t (*set_context)(void *context, const uint8_t *string, size_t string_length);
    psa_status_t (*output)(void *context, const struct psacrypto_key *password, psa_pake_step_t step,
                           uint8_t *output, size_t *output_length);
    psa_status_t (*input)(void *context, const struct psacrypto_key *password, psa_pake_step_t step,
                          const uint8_t *input, size_t input_length);
    psa_status_t (*get_shared_key)(void *context, uint8_t *secret, size_t secret_size, size_t *secret_length);
    /* Frees what the context points to; the library wipes it. */
    void (*abort)(void *context);
};

/* Names and contexts, kept in memory of their own: they are of any length. */
#define sw_pake_string sw_kdf_input

extern const struct sw_pake sw_pake_jpake;   /* jpake.c */
extern const struct sw_pake sw_pake_spake2p; /* spake2p.c */
extern const struct sw_pake sw_pake_sae;     /* sae.c */

#endif
