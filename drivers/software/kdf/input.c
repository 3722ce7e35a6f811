/* SPDX-License-Identifier: Apache-2.0 */
#include "software/kdf/kdf.h"

#include "platform/platform.h"
#include "util/bytes.h"

psa_status_t sw_kdf_input_append(struct sw_kdf_input *input, const uint8_t *data, size_t data_length)
{
    if (data_length == 0) {
        return PSA_SUCCESS;
    }
    if (data_length > SIZE_MAX - input->length) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    uint8_t *joined = platform_secret_allocate(input->length + data_length);
    if (joined == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    bytes_copy(joined, input->data, input->length);
    memcpy(joined + input->length, data, data_length);
    data_length += input->length;
    sw_kdf_input_free(input);
    input->data = joined;
    input->length = data_length;
    return PSA_SUCCESS;
}

void sw_kdf_input_free(struct sw_kdf_input *input)
{
    platform_secret_free(input->data, input->length);
    input->data = NULL;
    input->length = 0;
}
