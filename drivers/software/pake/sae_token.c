/* SPDX-License-Identifier: Apache-2.0 */
/* Password tokens of WPA3-SAE as the driver's table of key types wants them. */
#include "software/pake/sae_group.h"

#if SW_HAS_SAE

#include "software/key_type.h"
#include "util/zeroise.h"

static int matches(psa_key_type_t type)
{
    return (SW_HAS_SAE_ECC && PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)) || (SW_HAS_SAE_DH && PSA_KEY_TYPE_IS_WPA3_SAE_DH(type));
}

static psa_status_t import(psa_key_type_t type, const uint8_t *data, size_t data_length, size_t *bits)
{
    struct sw_sae_group group;
    psa_status_t status = sw_sae_group_of_token(&group, type, *bits, data_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (data_length != group.element_length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *bits = group.prime_bits;
    return group.kind->check_token(&group, data);
}

/* What is drawn are the pwd-values of PSA_ALG_WPA3_SAE_H2E(). */
static psa_status_t derive(psa_key_type_t type, size_t bits, psacrypto_draw_t draw, void *source, struct sw_blob *blob)
{
    uint8_t values[SW_SAE_VALUES_MAX];
    struct sw_sae_group group;
    psa_status_t status = sw_sae_group_of_token(&group, type, bits, 0);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (blob->size < group.element_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    status = draw(source, values, (size_t)group.value_count * group.value_length);
    if (status == PSA_SUCCESS) {
        group.kind->derive(&group, blob->data, values);
        blob->length = group.element_length;
    }
    ZEROISE(values);
    return status;
}

const struct sw_key_type sw_key_type_sae_token = {
    .matches = matches,
    .import = import,
    .derive = derive,
};

#endif
