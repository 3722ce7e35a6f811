/* SPDX-License-Identifier: Apache-2.0 */
#include "api/key_derivation.h"

#include "platform/platform.h"

/* A list in the order of the calls, in secret memory: what was agreed is among it. */
struct record {
    struct record *next;
    uint64_t integer;
    size_t data_length;
    psa_key_derivation_step_t step;
    uint8_t is_integer;
    uint8_t data[];
};

/* An operation holds numbers, so that it can be moved and be all-zero. */
static struct record *first_of(const psa_key_derivation_operation_t *operation)
{
    return (struct record *)(uintptr_t)operation->private_record;
}

static void append(psa_key_derivation_operation_t *operation, struct record *record)
{
    struct record *last = first_of(operation);
    if (last == NULL) {
        operation->private_record = (uint64_t)(uintptr_t)record;
        return;
    }
    while (last->next != NULL) {
        last = last->next;
    }
    last->next = record;
}

static struct record *allocate(psa_key_derivation_step_t step, size_t data_length)
{
    size_t most = SIZE_MAX - sizeof(struct record);
    struct record *record = data_length > most ? NULL : platform_secret_allocate(sizeof(struct record) + data_length);
    if (record != NULL) {
        record->step = step;
        record->data_length = data_length;
    }
    return record;
}

/* Where all keys are in local storage, and once the derivation takes place where an opaque key lies, nothing moves. */
static int is_needed(const psa_key_derivation_operation_t *operation)
{
    unsigned settled = operation->private_head.private_flags & (DERIVATION_ELSEWHERE | DERIVATION_STAYS);
    return settled == 0 && dispatch_has_opaque();
}

psa_status_t derivation_record_bytes(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step,
                                     const uint8_t *data, size_t data_length)
{
    if (!is_needed(operation)) {
        return PSA_SUCCESS;
    }
    struct record *record = allocate(step, data_length);
    if (record == NULL) {
        return api_no_memory(data_length);
    }
    bytes_copy(record->data, data, data_length);
    append(operation, record);
    return PSA_SUCCESS;
}

psa_status_t derivation_record_integer(psa_key_derivation_operation_t *operation, psa_key_derivation_step_t step, uint64_t value)
{
    if (!is_needed(operation)) {
        return PSA_SUCCESS;
    }
    struct record *record = allocate(step, 0);
    if (record == NULL) {
        return api_no_memory(sizeof(*record));
    }
    record->is_integer = 1;
    record->integer = value;
    append(operation, record);
    return PSA_SUCCESS;
}

psa_status_t derivation_record_replay(psa_key_derivation_operation_t *operation)
{
    psa_status_t status = PSA_SUCCESS;
    const struct record *record = first_of(operation);
    for (; record != NULL && status == PSA_SUCCESS; record = record->next) {
        status = record->is_integer
            ? dispatch_key_derivation_input_integer(operation, record->step, record->integer)
            : dispatch_key_derivation_input_bytes(operation, record->step, record->data, record->data_length);
    }
    return status;
}

void derivation_record_free(psa_key_derivation_operation_t *operation)
{
    struct record *record = first_of(operation);
    operation->private_record = 0;
    while (record != NULL) {
        struct record *next = record->next;
        platform_secret_free(record, sizeof(struct record) + record->data_length);
        record = next;
    }
}
