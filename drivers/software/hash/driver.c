/* SPDX-License-Identifier: Apache-2.0 */
/* The hash entries of the software driver. */
#include "software/hash/md.h"
#include "software/software.h"
#include "util/bytes.h"
#include "util/zeroise.h"

/* Context of a hash in parts. The algorithm is kept instead of the row: it may lie in the program's memory, where no
 * pointer to code should be found. */
struct operation {
    uint64_t alg;
    uint64_t context[];
};

#define ALGORITHM_FIELD PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH

void sw_hash_compute(const struct sw_hash *hash, const uint8_t *input, size_t input_length, uint8_t *output)
{
    uint64_t context[SW_HASH_CONTEXT_LARGEST / 8u];

    hash->init(context);
    hash->update(context, input, input_length);
    hash->finish(context, output);
    zeroise(context, hash->context_size);
}

size_t sw_hash_context_size(psa_algorithm_t alg)
{
    const struct sw_hash *hash = sw_hash_find(alg);
    return hash == NULL ? 0 : sizeof(uint64_t) + hash->context_size;
}

static psa_status_t compute(void *instance, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            uint8_t *output, size_t output_size, size_t *output_length)
{
    const struct sw_hash *hash = sw_hash_find(alg);

    (void)instance;
    if (hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (output_size < hash->length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    if (hash->longest != 0 && input_length > hash->longest) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    sw_hash_compute(hash, input, input_length, output);
    *output_length = hash->length;
    return PSA_SUCCESS;
}

static psa_status_t setup(void *instance, void *context, psa_algorithm_t alg)
{
    struct operation *operation = context;
    const struct sw_hash *hash = sw_hash_find(alg);

    (void)instance;
    if (hash == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    operation->alg = alg;
    hash->init(operation->context);
    return PSA_SUCCESS;
}

static const struct sw_hash *hash_of(const struct operation *operation)
{
    return sw_hash_find((psa_algorithm_t)operation->alg);
}

static psa_status_t clone(void *instance, const void *source, void *target)
{
    const struct sw_hash *hash = hash_of(source);

    (void)instance;
    if (hash == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    memcpy(target, source, sizeof(uint64_t) + hash->context_size);
    return PSA_SUCCESS;
}

static int accepts(const struct sw_hash *hash, const void *context, size_t input_length)
{
    if (hash->md != NULL) {
        return sw_md_accepts(hash->md, context, input_length);
    }
    return hash->accepts == NULL || hash->accepts(context, input_length);
}

static psa_status_t update(void *instance, void *context, const uint8_t *input, size_t input_length)
{
    struct operation *operation = context;
    const struct sw_hash *hash = hash_of(operation);

    (void)instance;
    if (hash == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    if (!accepts(hash, operation->context, input_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    hash->update(operation->context, input, input_length);
    return PSA_SUCCESS;
}

static psa_status_t finish(void *instance, void *context, uint8_t *output, size_t output_size, size_t *output_length)
{
    struct operation *operation = context;
    const struct sw_hash *hash = hash_of(operation);

    (void)instance;
    if (hash == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    if (output_size < hash->length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    hash->finish(operation->context, output);
    *output_length = hash->length;
    return PSA_SUCCESS;
}

static psa_status_t abort_operation(void *instance, void *context)
{
    (void)instance;
    (void)context; /* nothing is held outside of it, and the library wipes it */
    return PSA_SUCCESS;
}

static psa_status_t suspend(void *instance, const void *context, uint8_t *state, size_t state_size, size_t *state_length)
{
    const struct operation *operation = context;
    const struct sw_hash *hash = hash_of(operation);
    size_t length = 0;

    (void)instance;
    if (hash == NULL) {
        return PSA_ERROR_BAD_STATE;
    }
    if (hash->state_length == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (state_size < ALGORITHM_FIELD) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    uint8_t *fields = state + ALGORITHM_FIELD;
    psa_status_t status = hash->md != NULL
        ? sw_md_suspend(hash->md, operation->context, fields, state_size - ALGORITHM_FIELD, &length)
        : hash->suspend(operation->context, fields, state_size - ALGORITHM_FIELD, &length);
    if (status == PSA_SUCCESS) {
        store32_be(state, hash->alg);
        *state_length = ALGORITHM_FIELD + length;
    }
    return status;
}

static psa_status_t resume(void *instance, void *context, psa_algorithm_t alg, const uint8_t *state, size_t state_length)
{
    struct operation *operation = context;
    const struct sw_hash *hash = sw_hash_find(alg);

    (void)instance;
    if (hash == NULL || hash->state_length == 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (state_length < ALGORITHM_FIELD || load32_be(state) != alg) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    operation->alg = alg;
    state += ALGORITHM_FIELD;
    state_length -= ALGORITHM_FIELD;
    return hash->md != NULL ? sw_md_resume(hash->md, operation->context, state, state_length)
                            : hash->resume(operation->context, state, state_length);
}

const struct psacrypto_hash_entries sw_hash_entries = {
    .compute = compute,
    .setup = setup,
    .clone = clone,
    .update = update,
    .finish = finish,
    .abort = abort_operation,
    .suspend = suspend,
    .resume = resume,
};
