/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row per key derivation algorithm: what driver.c needs of it. A new one is a source that defines a
 * `const struct sw_kdf` and a line in table.c. The library keeps the order of the steps and the capacity; rows check
 * what would make them read or write astray.
 */
#ifndef SOFTWARE_KDF_KDF_H
#define SOFTWARE_KDF_KDF_H

#include <psacrypto/config.h>
#include <psacrypto/driver.h>

struct sw_kdf {
    psa_algorithm_t base;   /* without hash */
    size_t context_size;
    /* Whether this build has what alg names, the hash for one. */
    int (*supports)(psa_algorithm_t alg);
    /* context is all-zero. */
    void (*setup)(void *context, psa_algorithm_t alg);
    /* NULL: the output does not depend on it. */
    psa_status_t (*set_capacity)(void *context, size_t capacity);
    psa_status_t (*input_bytes)(void *context, psa_key_derivation_step_t step, const uint8_t *data, size_t data_length);
    /* NULL: keys are their bytes. */
    psa_status_t (*input_key)(void *context, psa_key_derivation_step_t step, const struct psacrypto_key *key);
    /* NULL: no step takes a number. */
    psa_status_t (*input_integer)(void *context, psa_key_derivation_step_t step, uint64_t value);
    psa_status_t (*output_bytes)(void *context, uint8_t *output, size_t output_length);
    /* Frees what the context points to. An all-zero context is fine. */
    void (*abort)(void *context);
};

/* NULL where the algorithm, or what it names, is not in this build. */
const struct sw_kdf *sw_kdf_find(psa_algorithm_t alg);

/* An input that is needed later. Secret memory: a salt may be a pepper. */
struct sw_kdf_input {
    uint8_t *data;
    size_t length;
};

/* After what is there already. On PSA_ERROR_INSUFFICIENT_MEMORY nothing has changed. */
psa_status_t sw_kdf_input_append(struct sw_kdf_input *input, const uint8_t *data, size_t data_length);
void sw_kdf_input_free(struct sw_kdf_input *input);

#endif
