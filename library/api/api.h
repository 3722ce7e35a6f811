/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the API layer share. Each psa_x() is a thin wrapper of api_x(caller, ...), which checks arguments,
 * drives the state machine, holds the key and hands down to dispatch.
 */
#ifndef API_API_H
#define API_API_H

#include "api/library.h"
#include "key_store/key_store.h"
#include "metadata/metadata.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

/* PSA_ERROR_BAD_STATE before psa_crypto_init(). */
static inline psa_status_t api_check_open(void)
{
    return library_is_open() ? PSA_SUCCESS : reason(PSA_ERROR_BAD_STATE, REASON_NOT_INITIALISED, 0, 0);
}

/* A pointer may be NULL only where its length is 0. number: of the argument, 1 up. */
static inline psa_status_t api_check_pointer(const void *pointer, size_t length, unsigned number)
{
    return pointer == NULL && length != 0 ? reason(PSA_ERROR_INVALID_ARGUMENT, REASON_NULL_POINTER, number, 0) : PSA_SUCCESS;
}

/*
 * The end of a call that writes an output: *length_out is what was written, 0 on failure. What the call wrote
 * (length bytes, as far as there is room) is wiped then; what it did not write stays, for the input may lie there.
 */
psa_status_t api_commit(psa_status_t status, uint8_t *output, size_t output_size, size_t length, size_t *length_out);

/*
 * An input that may share memory with an output: a driver sees them disjoint, or starting at one address where
 * in_place says that the operation does byte i of its output with no later byte of its input.
 */
struct api_input {
    const uint8_t *data;
    uint8_t *copy;      /* ours, secret memory; NULL: data is the caller's own */
    size_t length;
};

/* Replaces the data by a copy of our own. */
psa_status_t api_input_copy(struct api_input *input);
void api_input_wipe(struct api_input *input);

static inline psa_status_t api_input_open(struct api_input *input, const uint8_t *data, size_t length,
                                          const uint8_t *output, size_t output_size, int in_place)
{
    input->data = data;
    input->copy = NULL;
    input->length = length;
    return !bytes_overlap(data, length, output, output_size) || (in_place && data == output) ? PSA_SUCCESS : api_input_copy(input);
}

static inline void api_input_close(struct api_input *input)
{
    if (input->copy != NULL) {
        api_input_wipe(input);
    }
}

/* REASON_OUT_OF_MEMORY. */
psa_status_t api_no_memory(size_t size);
/* PSA_ERROR_BUFFER_TOO_SMALL unless size >= needed. */
psa_status_t api_check_size(size_t size, size_t needed);

/* ---- Operations: states that the families share ---- */

/* All-zero: inactive. A family counts its own states from API_ACTIVE up. */
#define API_INACTIVE 0u
#define API_FAILED 1u   /* nothing but abort */
#define API_ACTIVE 2u

/* For setup: the operation must be inactive. */
psa_status_t api_check_inactive(const struct psacrypto_operation_s *head);
/* For a step: active, in one of the states first .. last, and of this direction (-1: any). */
psa_status_t api_check_active(const struct psacrypto_operation_s *head, unsigned first, unsigned last, int direction);
/* Remembers the key of setup, to be acquired again at each step. */
void api_remember_key(struct psacrypto_operation_s *head, const struct caller *caller, psa_key_id_t key, const struct key_ref *ref);
/* Acquires that key. */
psa_status_t api_acquire_again(struct key_ref *ref, const struct psacrypto_operation_s *head);

#endif
