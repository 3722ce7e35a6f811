/* SPDX-License-Identifier: Apache-2.0 */
/* The key derivation entries of the software driver. */
#include "software/kdf/kdf.h"
#include "software/software.h"

/* The algorithm is kept instead of the row: a context may lie in the program's memory, where no pointer to code should
 * be found. */
struct operation {
    uint64_t alg;
    uint64_t context[];
};

size_t sw_key_derivation_context_size(psa_algorithm_t alg)
{
    const struct sw_kdf *kdf = sw_kdf_find(alg);
    return kdf == NULL ? 0 : sizeof(struct operation) + kdf->context_size;
}

static psa_status_t setup(void *instance, void *context, psa_algorithm_t alg)
{
    struct operation *operation = context;
    const struct sw_kdf *kdf = sw_kdf_find(alg);

    (void)instance;
    if (kdf == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    operation->alg = alg;
    kdf->setup(operation->context, alg);
    return PSA_SUCCESS;
}

static const struct sw_kdf *kdf_of(const struct operation *operation)
{
    return sw_kdf_find((psa_algorithm_t)operation->alg);
}

static psa_status_t set_capacity(void *instance, void *context, size_t capacity)
{
    struct operation *operation = context;
    const struct sw_kdf *kdf = kdf_of(operation);

    (void)instance;
    if (kdf == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    return kdf->set_capacity == NULL ? PSA_SUCCESS : kdf->set_capacity(operation->context, capacity);
}

static psa_status_t input_bytes(void *instance, void *context, psa_key_derivation_step_t step,
                                const uint8_t *data, size_t data_length)
{
    struct operation *operation = context;
    const struct sw_kdf *kdf = kdf_of(operation);

    (void)instance;
    return kdf == NULL ? PSA_ERROR_BAD_STATE : kdf->input_bytes(operation->context, step, data, data_length);
}

/* Most rows want the bytes; which key they are of, the library has looked at. */
static psa_status_t input_key(void *instance, void *context, psa_key_derivation_step_t step, const struct psacrypto_key *key)
{
    struct operation *operation = context;
    const struct sw_kdf *kdf = kdf_of(operation);

    (void)instance;
    if (kdf == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    return kdf->input_key != NULL ? kdf->input_key(operation->context, step, key)
                                  : kdf->input_bytes(operation->context, step, key->blob, key->length);
}

static psa_status_t input_integer(void *instance, void *context, psa_key_derivation_step_t step, uint64_t value)
{
    struct operation *operation = context;
    const struct sw_kdf *kdf = kdf_of(operation);

    (void)instance;
    if (kdf == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    return kdf->input_integer == NULL ? PSA_ERROR_INVALID_ARGUMENT : kdf->input_integer(operation->context, step, value);
}

static psa_status_t output_bytes(void *instance, void *context, uint8_t *output, size_t output_length)
{
    struct operation *operation = context;
    const struct sw_kdf *kdf = kdf_of(operation);

    (void)instance;
    return kdf == NULL ? PSA_ERROR_BAD_STATE : kdf->output_bytes(operation->context, output, output_length);
}

static psa_status_t abort_operation(void *instance, void *context)
{
    struct operation *operation = context;
    const struct sw_kdf *kdf = kdf_of(operation);

    (void)instance;
    if (kdf != NULL) {
        kdf->abort(operation->context);
    }
    return PSA_SUCCESS;
}

const struct psacrypto_key_derivation_entries sw_key_derivation_entries = {
    .setup = setup,
    .set_capacity = set_capacity,
    .input_bytes = input_bytes,
    .input_integer = input_integer,
    .input_key = input_key,
    .output_bytes = output_bytes,
    .abort = abort_operation,
};
