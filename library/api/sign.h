/* SPDX-License-Identifier: Apache-2.0 */
/* What signing in one call and in parts share. */
#ifndef API_SIGN_H
#define API_SIGN_H

#include "api/api.h"

/* A message or a hash, and the context string beside it. */
struct api_sign_input {
    const uint8_t *data;
    size_t length;
    const uint8_t *context;
    size_t context_length;
};

/* The longest context string of any scheme (RFC 8032, 5; FIPS 204, 5.2; FIPS 205, 10.2). */
#define SIGN_CONTEXT_MAX 255u

psa_status_t api_check_sign_context(psa_algorithm_t alg, const uint8_t *context, size_t context_length);
/* Acquires the key: a symmetric key is INVALID_ARGUMENT where it should sign, NOT_SUPPORTED where it should verify. */
psa_status_t api_acquire_for_signature(struct key_ref *ref, const struct caller *caller, psa_key_id_t key,
                                       psa_key_usage_t usage, psa_algorithm_t alg);
/* Signs a hash with the key held, after checking the room for the signature. */
psa_status_t api_sign_held(const struct key_ref *ref, psa_algorithm_t alg, const struct api_sign_input *hash,
                           uint8_t *signature, size_t signature_size, size_t *length);

psa_status_t api_sign_hash(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                           uint8_t *signature, size_t signature_size, size_t *signature_length);
psa_status_t api_verify_hash(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                             const uint8_t *signature, size_t signature_length);
psa_status_t api_sign_message(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                              uint8_t *signature, size_t signature_size, size_t *signature_length);
psa_status_t api_verify_message(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, const struct api_sign_input *in,
                                const uint8_t *signature, size_t signature_length);

#endif
