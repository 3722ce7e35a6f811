/* SPDX-License-Identifier: Apache-2.0 */
#include "api/api.h"

#include "platform/platform.h"

psa_status_t api_commit(psa_status_t status, uint8_t *output, size_t output_size, size_t length, size_t *length_out)
{
    if (status == PSA_SUCCESS) {
        *length_out = length;
        return status;
    }
    zeroise(output, length < output_size ? length : output_size);
    *length_out = 0;
    return status;
}

psa_status_t api_no_memory(size_t size)
{
    return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, size, 0);
}

psa_status_t api_check_size(size_t size, size_t needed)
{
    return size < needed ? reason(PSA_ERROR_BUFFER_TOO_SMALL, REASON_BUFFER, needed, size) : PSA_SUCCESS;
}

psa_status_t api_input_copy(struct api_input *input)
{
    input->copy = platform_secret_allocate(input->length);
    if (input->copy == NULL) {
        return api_no_memory(input->length);
    }
    memcpy(input->copy, input->data, input->length);
    input->data = input->copy;
    return PSA_SUCCESS;
}

void api_input_wipe(struct api_input *input)
{
    platform_secret_free(input->copy, input->length);
    input->copy = NULL;
}

psa_status_t api_check_inactive(const struct psacrypto_operation_s *head)
{
    return head->private_state == API_INACTIVE ? PSA_SUCCESS
                                               : reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ACTIVE, head->private_state, 0);
}

psa_status_t api_check_active(const struct psacrypto_operation_s *head, unsigned first, unsigned last, int direction)
{
    if (head->private_state < API_ACTIVE) {
        return reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_INACTIVE, head->private_state, 0);
    }
    if (direction >= 0 && head->private_direction != (uint8_t)direction) {
        return reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_KIND, head->private_direction, 0);
    }
    if (head->private_state < first || head->private_state > last) {
        return reason(PSA_ERROR_BAD_STATE, REASON_OPERATION_ORDER, head->private_state, 0);
    }
    return PSA_SUCCESS;
}

void api_remember_key(struct psacrypto_operation_s *head, const struct caller *caller, psa_key_id_t key, const struct key_ref *ref)
{
    head->private_owner = caller->owner;
    head->private_key = key;
    head->private_generation = key_store_generation(ref);
}

psa_status_t api_acquire_again(struct key_ref *ref, const struct psacrypto_operation_s *head)
{
    return key_store_acquire_again(ref, head->private_owner, head->private_key, head->private_generation);
}
