/* SPDX-License-Identifier: Apache-2.0 */
/* The XOF entries of the software driver. */
#include "software/xof/xof.h"
#include "software/software.h"

/* Context of an operation. The algorithm is kept instead of the row: it may lie in the program's memory, where no pointer to
 * code should be found. */
struct operation {
    uint32_t alg;
    uint32_t input_ended;
    uint64_t context[];
};

size_t sw_xof_context_size(psa_algorithm_t alg)
{
    const struct sw_xof *xof = sw_xof_find(alg);
    return xof == NULL ? 0 : sizeof(struct operation) + xof->context_size;
}

static psa_status_t setup(void *instance, void *context, psa_algorithm_t alg)
{
    struct operation *operation = context;
    const struct sw_xof *xof = sw_xof_find(alg);

    (void)instance;
    if (xof == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    operation->alg = alg;
    operation->input_ended = 0;
    xof->init(operation->context);
    return PSA_SUCCESS;
}

static psa_status_t set_context(void *instance, void *context, const uint8_t *string, size_t string_length)
{
    struct operation *operation = context;
    const struct sw_xof *xof = sw_xof_find(operation->alg);

    (void)instance;
    if (xof == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    return xof->set_context == NULL ? PSA_ERROR_INVALID_ARGUMENT : xof->set_context(operation->context, string, string_length);
}

static psa_status_t update(void *instance, void *context, const uint8_t *input, size_t input_length)
{
    struct operation *operation = context;
    const struct sw_xof *xof = sw_xof_find(operation->alg);

    (void)instance;
    if (xof == NULL || operation->input_ended) {
        return PSA_ERROR_BAD_STATE;
    }
    xof->update(operation->context, input, input_length);
    return PSA_SUCCESS;
}

static psa_status_t output(void *instance, void *context, uint8_t *bytes, size_t length)
{
    struct operation *operation = context;
    const struct sw_xof *xof = sw_xof_find(operation->alg);

    (void)instance;
    if (xof == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    if (!operation->input_ended) {
        xof->end_input(operation->context);
        operation->input_ended = 1;
    }
    xof->output(operation->context, bytes, length);
    return PSA_SUCCESS;
}

static psa_status_t abort_operation(void *instance, void *context)
{
    (void)instance;
    (void)context; /* nothing is held outside of it, and the library wipes it */
    return PSA_SUCCESS;
}

const struct psacrypto_xof_entries sw_xof_entries = {
    .setup = setup,
    .set_context = set_context,
    .update = update,
    .output = output,
    .abort = abort_operation,
};
