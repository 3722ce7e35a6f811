/* SPDX-License-Identifier: Apache-2.0 */
/* PSA_ALG_FFDH: the power, as long as p (SP 800-56A, 5.7.1.1). */
#include "software/ffdh/group.h"

#if SW_HAS_FFDH

#include <string.h>

#include "software/key_agreement.h"
#include "util/ct.h"
#include "util/zeroise.h"

static int matches(psa_algorithm_t alg, psa_key_type_t type)
{
    return PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) == PSA_ALG_FFDH && PSA_KEY_TYPE_IS_DH_KEY_PAIR(type);
}

static int supports(psa_key_type_t type, size_t bits)
{
    return sw_ffdh_find(PSA_KEY_TYPE_DH_GET_FAMILY(type), bits) != NULL;
}

/* A private key that is a multiple of q makes 1 of every peer (5.7.1.1, 2). Nobody draws it. */
static int is_one(const uint8_t *secret, size_t length)
{
    uint32_t rest = secret[length - 1u] ^ 1u;
    for (size_t i = 0; i + 1u < length; i++) {
        rest |= secret[i];
    }
    rest = ct_mask_zero32(rest);
    CT_PUBLIC(&rest, sizeof rest);
    return rest != 0;
}

static psa_status_t agree(const struct psacrypto_key *key, const uint8_t *peer_key, size_t peer_key_length,
                          uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    uint8_t p[SW_FFDH_LENGTH_MAX];
    uint8_t shared[SW_FFDH_LENGTH_MAX]; /* first the peer's key: what is checked is what is used, whoever else writes to peer_key */
    psa_key_type_t type = psa_get_key_type(key->attributes);
    const struct sw_ffdh_group *group = sw_ffdh_find(PSA_KEY_TYPE_DH_GET_FAMILY(type), psa_get_key_bits(key->attributes));
    size_t length = group != NULL ? group->bits / 8u : 0;
    if (group == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (key->length != length || peer_key_length != length) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (secret_size < length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    sw_ffdh_prime(group, p);
    memcpy(shared, peer_key, length);
    /* Before the private key meets it: an element of a small subgroup would tell of the key. */
    psa_status_t status = math_group_check_vartime(p, length, shared);
    if (status == PSA_SUCCESS) {
        status = math_group_power(shared, p, length, shared, key->blob);
    }
    if (status == PSA_SUCCESS && is_one(shared, length)) {
        status = PSA_ERROR_INVALID_ARGUMENT;
    }
    if (status == PSA_SUCCESS) {
        memcpy(secret, shared, length);
        *secret_length = length;
    }
    ZEROISE(shared);
    return status;
}

const struct sw_key_agreement sw_key_agreement_ffdh = {
    .matches = matches,
    .supports = supports,
    .agree = agree,
};

#endif
