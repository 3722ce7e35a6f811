/* SPDX-License-Identifier: Apache-2.0 */
#include "software/pake/sae_group.h"

#include <string.h>

#if !SW_HAS_SAE_ECC
int sw_sae_curve_find(struct sw_sae_group *group, psa_ecc_family_t family, size_t bits)
{
    (void)group, (void)family, (void)bits;
    return 0;
}
#endif

#if !SW_HAS_SAE_DH
int sw_sae_field_find(struct sw_sae_group *group, psa_dh_family_t family, size_t bits)
{
    (void)group, (void)family, (void)bits;
    return 0;
}
#endif

/* Table 12-1: the length of the prime decides. */
static psa_algorithm_t hash_of(const struct sw_sae_group *group)
{
    return group->prime_bits <= group->kind->first    ? PSA_ALG_SHA_256
           : group->prime_bits <= group->kind->second ? PSA_ALG_SHA_384
                                                      : PSA_ALG_SHA_512;
}

psa_status_t sw_sae_group_find(struct sw_sae_group *group, psa_pake_primitive_t primitive)
{
    psa_pake_family_t family = PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive);
    size_t bits = PSA_PAKE_PRIMITIVE_GET_BITS(primitive);
    memset(group, 0, sizeof *group);
    int found = PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_ECC
        ? sw_sae_curve_find(group, family, bits)
        : PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_DH && sw_sae_field_find(group, family, bits);
    if (!found) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    group->hash = hash_of(group);
    group->length = (uint16_t)((group->prime_bits + 7u) / 8u);
    /* Half as many bytes again, so that the value is next to uniform modulo the prime. */
    group->value_length = (uint16_t)(group->length + (group->length + 1u) / 2u);
    psa_status_t status = sw_group_find(&group->group, primitive);
    group->element_length = (uint16_t)(group->group.element_length - group->prefix);
    return status;
}

psa_status_t sw_sae_group_of_token(struct sw_sae_group *group, psa_key_type_t type, size_t bits, size_t token_length)
{
    if (!PSA_KEY_TYPE_IS_WPA3_SAE_DH(type) && !PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (bits == 0 && token_length <= SW_SAE_ELEMENT_MAX) {
        /* 521 bits are the only size that is not in whole bytes. */
        bits = PSA_KEY_TYPE_IS_WPA3_SAE_DH(type) ? 8u * token_length : token_length == 132u ? 521u : 4u * token_length;
    }
    if (PSA_KEY_TYPE_IS_WPA3_SAE_DH(type)) {
        return sw_sae_group_find(group, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH,
                                                           PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(type), bits));
    }
    return sw_sae_group_find(group, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC,
                                                       PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(type), bits));
}
