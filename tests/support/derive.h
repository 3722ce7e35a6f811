/* SPDX-License-Identifier: Apache-2.0 */
/* A derivation by the software driver in one call: the inputs in the order in which they stand, the output in pieces. */
#ifndef TESTS_SUPPORT_DERIVE_H
#define TESTS_SUPPORT_DERIVE_H

#include <string.h>

#include "software/software.h"

/* An array of them ends with step 0. */
struct derive_input {
    psa_key_derivation_step_t step;
    const uint8_t *data;
    size_t length;
    uint64_t value;                  /* for COST, which has no data */
};

/* A context of the size that an operation has inline. */
#define DERIVE_CONTEXT_WORDS (PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE / 8u)

/* Sets up and gives the inputs. Whatever the answer, abort has to follow. */
static inline psa_status_t derive_start(uint64_t *context, psa_algorithm_t alg, const struct derive_input *inputs)
{
    memset(context, 0, sizeof(uint64_t) * DERIVE_CONTEXT_WORDS);
    psa_status_t status = sw_key_derivation_entries.setup(NULL, context, alg);
    for (; inputs->step != 0 && status == PSA_SUCCESS; inputs++) {
        if (inputs->step == PSA_KEY_DERIVATION_INPUT_COST) {
            status = sw_key_derivation_entries.input_integer(NULL, context, inputs->step, inputs->value);
        } else {
            status = sw_key_derivation_entries.input_bytes(NULL, context, inputs->step, inputs->data, inputs->length);
        }
    }
    return status;
}

/* From setup to abort; the output in pieces of `piece` bytes. Answers the first status that is no success. */
static inline psa_status_t derive(psa_algorithm_t alg, const struct derive_input *inputs, uint8_t *output, size_t output_length,
                                  size_t piece)
{
    uint64_t context[DERIVE_CONTEXT_WORDS];

    psa_status_t status = derive_start(context, alg, inputs);
    while (output_length != 0 && status == PSA_SUCCESS) {
        size_t take = output_length < piece ? output_length : piece;
        status = sw_key_derivation_entries.output_bytes(NULL, context, output, take);
        output += take;
        output_length -= take;
    }
    (void)sw_key_derivation_entries.abort(NULL, context);
    return status;
}

#endif
