/* SPDX-License-Identifier: Apache-2.0 */
/* What a key permits (Crypto API, "Key policies"): the element's own reading of it, which does not rest on the library's. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "util/reason.h"

psa_key_usage_t se_usage_extend(psa_key_usage_t usage)
{
    if ((usage & PSA_KEY_USAGE_SIGN_HASH) != 0) {
        usage |= PSA_KEY_USAGE_SIGN_MESSAGE;
    }
    if ((usage & PSA_KEY_USAGE_VERIFY_HASH) != 0) {
        usage |= PSA_KEY_USAGE_VERIFY_MESSAGE;
    }
    return usage;
}

/* CACHE permits nothing: it is a hint of whoever makes the key, and stays with it. */
psa_key_usage_t se_usage_limit(psa_key_usage_t usage, psa_key_usage_t limit)
{
    return se_usage_extend(usage) & (se_usage_extend(limit) | PSA_KEY_USAGE_CACHE);
}

/* ---- MAC and AEAD: the length ---- */

static int has_length(psa_algorithm_t alg)
{
    return PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_AEAD(alg);
}

static int is_at_least(psa_algorithm_t alg)
{
    return has_length(alg) && (alg & PSACRYPTO_ALG_AT_LEAST) != 0;
}

/* The length field; of a MAC 0 stands for the whole, which is longer than any cut. */
static uint32_t length_field(psa_algorithm_t alg)
{
    uint32_t length = (alg >> 16) & 0x3fu;
    return length == 0 ? 0x40u : length;
}

/* The whole MAC of a hash or a block cipher, which "at least" is compared with. */
static uint32_t whole_length(psa_algorithm_t alg)
{
    return PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) ? 16u : (uint32_t)PSA_HASH_LENGTH(alg);
}

static uint32_t output_length(psa_algorithm_t alg)
{
    uint32_t length = length_field(alg);
    return length == 0x40u && PSA_ALG_IS_MAC(alg) ? whole_length(alg) : length;
}

static int same_base(psa_algorithm_t a, psa_algorithm_t b)
{
    return PSACRYPTO_ALG_WITHOUT_LENGTH(a) == PSACRYPTO_ALG_WITHOUT_LENGTH(b);
}

static int covers_length(psa_algorithm_t policy, psa_algorithm_t alg)
{
    return is_at_least(policy) && has_length(alg) && same_base(policy, alg) &&
           output_length(alg) >= output_length(policy);
}

static int covers_ccm_star(psa_algorithm_t policy, psa_algorithm_t alg)
{
    return policy == PSA_ALG_CCM_STAR_ANY_TAG &&
           (alg == PSA_ALG_CCM_STAR_NO_TAG || alg == PSA_ALG_CCM ||
            alg == PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 8) ||
            alg == PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 4));
}

/* ---- Signatures, and the derivation of password tokens: the hash ---- */

static int may_have_any_hash(psa_algorithm_t policy)
{
    return PSA_ALG_IS_SIGN(policy) || PSA_ALG_IS_WPA3_SAE_H2E(policy);
}

static int covers_hash(psa_algorithm_t policy, psa_algorithm_t alg)
{
    if (!may_have_any_hash(policy) || PSACRYPTO_ALG_HASH_TYPE(policy) != PSACRYPTO_ALG_HASH_TYPE(PSA_ALG_ANY_HASH) ||
        PSACRYPTO_ALG_WITHOUT_HASH(policy) != PSACRYPTO_ALG_WITHOUT_HASH(alg)) {
        return 0;
    }
    return PSACRYPTO_ALG_HASH_TYPE(alg) != 0 || alg == PSA_ALG_RSA_PKCS1V15_SIGN_RAW;
}

/* Of the pairs that verify alike, the one that is named when signing at random. */
static psa_algorithm_t verified_as(psa_algorithm_t alg)
{
    switch (PSACRYPTO_ALG_WITHOUT_HASH(alg)) {
    case PSACRYPTO_ALG_WITHOUT_HASH(PSA_ALG_DETERMINISTIC_ECDSA(0)):
        return PSA_ALG_ECDSA(alg);
    case PSACRYPTO_ALG_WITHOUT_HASH(PSA_ALG_DETERMINISTIC_ML_DSA):
        return PSA_ALG_ML_DSA;
    case PSACRYPTO_ALG_WITHOUT_HASH(PSA_ALG_DETERMINISTIC_HASH_ML_DSA(0)):
        return PSA_ALG_HASH_ML_DSA(alg);
    case PSACRYPTO_ALG_WITHOUT_HASH(PSA_ALG_DETERMINISTIC_SLH_DSA):
        return PSA_ALG_SLH_DSA;
    case PSACRYPTO_ALG_WITHOUT_HASH(PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(0)):
        return PSA_ALG_HASH_SLH_DSA(alg);
    default:
        return alg;
    }
}

/* ---- Key agreement: the derivation behind it ---- */

static int covers_agreement(psa_algorithm_t policy, psa_algorithm_t alg)
{
    return PSA_ALG_IS_KEY_AGREEMENT(alg) && PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(policy) &&
           PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) == policy;
}

/* ---- WPA3-SAE: any suite, and the derivation of its password tokens ---- */

static int covers_wpa3(psa_algorithm_t policy, psa_algorithm_t alg)
{
    return policy == PSA_ALG_WPA3_SAE_ANY && (PSA_ALG_IS_WPA3_SAE(alg) || PSA_ALG_IS_WPA3_SAE_H2E(alg));
}

/* ---- All together ---- */

static int includes(psa_algorithm_t policy, psa_algorithm_t alg)
{
    return policy == alg || covers_hash(policy, alg) || covers_agreement(policy, alg) ||
           covers_length(policy, alg) || covers_ccm_star(policy, alg) || covers_wpa3(policy, alg);
}

int se_policy_covers(psa_algorithm_t policy, psa_algorithm_t alg, int verifying)
{
    if (policy == PSA_ALG_NONE || PSA_ALG_IS_WILDCARD(alg)) {
        return 0;
    }
    return verifying ? includes(verified_as(policy), verified_as(alg)) : includes(policy, alg);
}

/* Both "at least": the longer of the two lengths satisfies both. One that includes the other: the narrower. */
psa_algorithm_t se_policy_intersect(psa_algorithm_t a, psa_algorithm_t b)
{
    if (a == PSA_ALG_NONE || b == PSA_ALG_NONE) {
        return PSA_ALG_NONE;
    }
    if (includes(a, b)) {
        return b;
    }
    return includes(b, a) ? a : PSA_ALG_NONE;
}

psa_status_t se_policy_check(psa_key_usage_t permitted, psa_algorithm_t alg1, psa_algorithm_t alg2,
                             psa_key_usage_t usage, psa_algorithm_t alg)
{
    int verifying = (usage & (PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE)) != 0;
    if ((se_usage_extend(permitted) & usage) == 0) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_USAGE, usage, permitted);
    }
    if (alg != PSA_ALG_NONE && !se_policy_covers(alg1, alg, verifying) && !se_policy_covers(alg2, alg, verifying)) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_ALGORITHM, alg1, alg);
    }
    return PSA_SUCCESS;
}

#endif
