/* SPDX-License-Identifier: Apache-2.0 */
/* From passwords to squares modulo a safe prime p, for WPA3-SAE: IEEE 802.11-2020, 12.4.4.3. The cofactor (p - 1) / q is 2. */
#include "software/pake/sae_group.h"

#if SW_HAS_SAE_DH

#include <string.h>

#include "software/pake/modular.h"
#include "software/software.h"
#include "util/ct.h"
#include "util/zeroise.h"

static void prime(const struct sw_sae_group *group, uint8_t *p)
{
    sw_ffdh_prime(group->parameters, p);
}

/* p - less; p ends in FF. */
static struct sw_modulus prime_less(const struct sw_sae_group *group, uint8_t *p, uint8_t less)
{
    struct sw_modulus modulus = { p, group->length };
    prime(group, p);
    p[group->length - 1u] = (uint8_t)(0xffu - less);
    return modulus;
}

/* 12.4.4.3.3: PT = (pwd-value mod (p - 2) + 2)^2 */
static void derive(const struct sw_sae_group *group, uint8_t *token, const uint8_t *values)
{
    uint8_t p[SW_SAE_LENGTH_MAX], two[SW_SAE_LENGTH_MAX] = { 0 };
    sw_modular_reduce(prime_less(group, p, 2), token, values, group->value_length);
    struct sw_modulus modulus = prime_less(group, p, 0);
    two[group->length - 1u] = 2;
    sw_modular_add(modulus, token, token, two);
    sw_modular_multiply(modulus, token, token, token);
}

/* All-ones unless the integer is 0 or 1. */
static uint32_t is_above_one(const struct sw_sae_group *group, const uint8_t *integer)
{
    uint32_t rest = integer[group->length - 1u] & 0xfeu;
    for (size_t i = 0; i + 1u < group->length; i++) {
        rest |= integer[i];
    }
    return ct_mask_nonzero32(rest);
}

/*
 * Whether the token, in 2..p-2, is a square is asked of its product with a random square, which is any square or any non-square:
 * what looks at it in variable time learns nothing else.
 */
static psa_status_t check_is_square(const struct sw_sae_group *group, const uint8_t *token)
{
    uint8_t p[SW_SAE_LENGTH_MAX], blind[SW_SAE_LENGTH_MAX];
    struct sw_modulus modulus = prime_less(group, p, 0);
    psa_status_t status = sw_group_scalar_random(&group->group, blind);
    if (status == PSA_SUCCESS) {
        sw_modular_multiply(modulus, blind, blind, blind);
        sw_modular_multiply(modulus, blind, blind, token);
        CT_PUBLIC(blind, sizeof blind); /* see above */
        status = sw_group_check(&group->group, blind);
    }
    ZEROISE(blind);
    return status;
}

static psa_status_t check_token(const struct sw_sae_group *group, const uint8_t *token)
{
    uint8_t p[SW_SAE_LENGTH_MAX];
    uint32_t valid = sw_modular_is_valid(prime_less(group, p, 1), token) & is_above_one(group, token);
    CT_PUBLIC(&valid, sizeof valid); /* the answer to the caller */
    return valid != 0 ? check_is_square(group, token) : PSA_ERROR_INVALID_ARGUMENT;
}

/* 12.4.4.3.2: value^2, where value is below p and that is more than 1. */
static uint32_t candidate(const struct sw_sae_group *group, uint8_t *element, const uint8_t *value, uint32_t parity)
{
    uint8_t p[SW_SAE_LENGTH_MAX];
    struct sw_modulus modulus = prime_less(group, p, 0);
    (void)parity; /* there is one element for a value */
    uint32_t valid = sw_modular_is_valid(modulus, value);
    sw_modular_reduce(modulus, element, value, group->length);
    sw_modular_multiply(modulus, element, element, element);
    return valid & is_above_one(group, element);
}

/* The primes begin with 64 ones: no value that anyone will see is above them, and one round is enough. */
static const struct sw_sae_kind kind = {
    .derive = derive,
    .check_token = check_token,
    .candidate = candidate,
    .prime = prime,
    .rounds = 1,
    .first = 2048,
    .second = 3072,
};

/* The groups of the IKE registry, from which SAE takes its own: 14 to 18 there. */
int sw_sae_field_find(struct sw_sae_group *group, psa_dh_family_t family, size_t bits)
{
    const struct sw_ffdh_group *found = family == PSA_DH_FAMILY_RFC3526 ? sw_ffdh_find(family, bits) : NULL;
    if (found == NULL) {
        return 0;
    }
    group->kind = &kind;
    group->parameters = found;
    group->prime_bits = found->bits;
    group->value_count = 1;
    return 1;
}

#endif
