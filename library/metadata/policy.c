/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy permits (Crypto API, "Permitted algorithms"). */
#include "metadata/metadata.h"

psa_key_usage_t usage_implied(psa_key_usage_t usage)
{
    psa_key_usage_t implied = 0;
    if ((usage & PSA_KEY_USAGE_SIGN_HASH) != 0) {
        implied |= PSA_KEY_USAGE_SIGN_MESSAGE;
    }
    if ((usage & PSA_KEY_USAGE_VERIFY_HASH) != 0) {
        implied |= PSA_KEY_USAGE_VERIFY_MESSAGE;
    }
    return implied;
}

#define USAGE_VERIFY (PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE)

/* The field that holds the hash. */
#define HASH_FIELD ((psa_algorithm_t)0x000000ff)
#define WITHOUT_HASH(alg) ((alg) & ~HASH_FIELD)

/* Deterministic and randomised (hedged) forms of one signature scheme make signatures that verify alike. */
static psa_algorithm_t for_verification(psa_algorithm_t alg)
{
    if (PSA_ALG_IS_DETERMINISTIC_ECDSA(alg)) {
        return PSA_ALG_ECDSA_ANY | (alg & HASH_FIELD);
    }
    if (alg == PSA_ALG_DETERMINISTIC_ML_DSA) {
        return PSA_ALG_ML_DSA;
    }
    if (alg == PSA_ALG_DETERMINISTIC_SLH_DSA) {
        return PSA_ALG_SLH_DSA;
    }
    if (PSA_ALG_IS_DETERMINISTIC_HASH_ML_DSA(alg)) {
        return WITHOUT_HASH(PSA_ALG_HASH_ML_DSA(PSA_ALG_SHA_256)) | (alg & HASH_FIELD);
    }
    if (PSA_ALG_IS_DETERMINISTIC_HASH_SLH_DSA(alg)) {
        return WITHOUT_HASH(PSA_ALG_HASH_SLH_DSA(PSA_ALG_SHA_256)) | (alg & HASH_FIELD);
    }
    return alg;
}

/* "Any hash" belongs to signatures and to the derivation of password tokens: with HMAC or HKDF it permits nothing. */
static int hash_wildcard_permits(psa_algorithm_t policy, psa_algorithm_t alg)
{
    if (PSA_ALG_GET_HASH(policy) != PSA_ALG_ANY_HASH || !(PSA_ALG_IS_SIGN(policy) || PSA_ALG_IS_WPA3_SAE_H2E(policy))) {
        return 0;
    }
    if (PSA_ALG_IS_RSA_PKCS1V15_SIGN(policy) && alg == PSA_ALG_RSA_PKCS1V15_SIGN_RAW) {
        return 1;
    }
    /* ECDSA_ANY is ECDSA without a hash: "any hash" does not mean none. */
    return WITHOUT_HASH(policy) == WITHOUT_HASH(alg) && algorithm_is_hash(PSA_ALG_GET_HASH(alg));
}

/* PSA_ALG_WPA3_SAE_ANY: any suite, and the derivation of its password tokens. */
static int wpa3_wildcard_permits(psa_algorithm_t policy, psa_algorithm_t alg)
{
    return policy == PSA_ALG_WPA3_SAE_ANY && (PSA_ALG_IS_WPA3_SAE(alg) || PSA_ALG_IS_WPA3_SAE_H2E(alg));
}

/* The fields of MAC and AEAD algorithms: length in bits 16 to 21, "at least" in bit 15. */
#define LENGTH_FIELD ((psa_algorithm_t)0x003f0000)
#define MAC_AT_LEAST ((psa_algorithm_t)0x00008000)
#define AEAD_AT_LEAST ((psa_algorithm_t)0x00008000)
#define LENGTH_OF(alg) (((alg) & LENGTH_FIELD) >> 16)

/* Of a policy with a minimum. The field has six bits: zeros are all that is left of 64, the length of the longest MACs. */
static size_t least_length(psa_algorithm_t policy)
{
    return LENGTH_OF(policy) == 0 ? 64u : LENGTH_OF(policy);
}

/* The most bytes a MAC can have without its key: the hash, or the block (16 bytes, which is what 8-byte blocks stay below). */
static size_t mac_full_length(psa_algorithm_t alg)
{
    return PSA_ALG_IS_HMAC(alg) || PSA_ALG_IS_BLAKE2_MAC(alg) ? PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg)) : 16u;
}

static size_t mac_length(psa_algorithm_t alg)
{
    return LENGTH_OF(alg) == 0 ? mac_full_length(alg) : LENGTH_OF(alg);
}

static int mac_permits(psa_algorithm_t policy, psa_algorithm_t alg)
{
    if (!PSA_ALG_IS_MAC(policy) || !PSA_ALG_IS_MAC(alg) || PSA_ALG_FULL_LENGTH_MAC(policy) != PSA_ALG_FULL_LENGTH_MAC(alg)) {
        return 0;
    }
    if ((policy & MAC_AT_LEAST) != 0) {
        return (alg & MAC_AT_LEAST) == 0 && mac_length(alg) >= least_length(policy);
    }
    /* The full length said, and not said, are one algorithm. */
    return (alg & MAC_AT_LEAST) == 0 && mac_length(alg) == mac_length(policy);
}

static int ccm_star_permits(psa_algorithm_t alg)
{
    size_t length = LENGTH_OF(alg);
    if (alg == PSA_ALG_CCM_STAR_NO_TAG) {
        return 1;
    }
    return PSA_ALG_IS_AEAD(alg) && (alg & AEAD_AT_LEAST) == 0 &&
           PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_CCM && (length == 4 || length == 8 || length == 16);
}

static int aead_permits(psa_algorithm_t policy, psa_algorithm_t alg)
{
    if (policy == PSA_ALG_CCM_STAR_ANY_TAG) {
        return ccm_star_permits(alg);
    }
    return PSA_ALG_IS_AEAD(policy) && PSA_ALG_IS_AEAD(alg) && (policy & AEAD_AT_LEAST) != 0 && (alg & AEAD_AT_LEAST) == 0 &&
           PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(policy) == PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) &&
           LENGTH_OF(alg) >= least_length(policy);
}

/* The agreement alone permits it with any derivation; not the reverse. */
static int agreement_permits(psa_algorithm_t policy, psa_algorithm_t alg)
{
    return PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(policy) && PSA_ALG_IS_KEY_AGREEMENT(alg) &&
           PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) == policy;
}

int policy_permits(psa_algorithm_t policy, psa_algorithm_t alg, psa_key_usage_t usage)
{
    if (policy == PSA_ALG_NONE || alg == PSA_ALG_NONE || PSA_ALG_IS_WILDCARD(alg)) {
        return 0;
    }
    if (usage != 0 && (usage & ~USAGE_VERIFY) == 0) {
        policy = for_verification(policy);
        alg = for_verification(alg);
    }
    return policy == alg || hash_wildcard_permits(policy, alg) || wpa3_wildcard_permits(policy, alg) ||
           mac_permits(policy, alg) || aead_permits(policy, alg) || agreement_permits(policy, alg);
}

int policy_permits_with_key(psa_algorithm_t policy, psa_key_type_t type, psa_algorithm_t alg, psa_key_usage_t usage)
{
    const int has_least_length = PSA_ALG_IS_MAC(policy) && (policy & MAC_AT_LEAST) != 0;
    return policy_permits(policy, alg, usage) && (!has_least_length || PSA_MAC_LENGTH(type, 0u, alg) >= least_length(policy));
}

/* Two minimum lengths of one base: the longer. */
static int longer_minimum(psa_algorithm_t a, psa_algorithm_t b, psa_algorithm_t *both)
{
    int macs = PSA_ALG_IS_MAC(a) && PSA_ALG_IS_MAC(b) && PSA_ALG_FULL_LENGTH_MAC(a) == PSA_ALG_FULL_LENGTH_MAC(b);
    int aeads = PSA_ALG_IS_AEAD(a) && PSA_ALG_IS_AEAD(b) &&
                PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(a) == PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(b);
    if ((!macs && !aeads) || (a & b & MAC_AT_LEAST) == 0) {
        return 0;
    }
    *both = least_length(a) >= least_length(b) ? a : b;
    return 1;
}

/* CCM* with any tag, and CCM with a least length: the tags of CCM* are 4, 8 and 16. */
static int ccm_star_minimum(psa_algorithm_t star, psa_algorithm_t minimum, psa_algorithm_t *both)
{
    if (star != PSA_ALG_CCM_STAR_ANY_TAG || !PSA_ALG_IS_AEAD(minimum) || (minimum & AEAD_AT_LEAST) == 0 ||
        PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(minimum) != PSA_ALG_CCM || LENGTH_OF(minimum) <= 8) {
        return 0;
    }
    *both = PSA_ALG_CCM; /* above 8 only the tag of 16 bytes is left */
    return 1;
}

int policy_intersect(psa_algorithm_t a, psa_algorithm_t b, psa_algorithm_t *both)
{
    if (a == b) {
        *both = a;
        return 1;
    }
    if (longer_minimum(a, b, both) || ccm_star_minimum(a, b, both) || ccm_star_minimum(b, a, both)) {
        return 1;
    }
    /* One is a wildcard (or an agreement) that includes the other, which may be a wildcard itself. */
    if (policy_permits(a, b, 0) || (PSA_ALG_IS_WILDCARD(b) && wpa3_wildcard_permits(a, b))) {
        *both = b;
        return 1;
    }
    if (policy_permits(b, a, 0) || (PSA_ALG_IS_WILDCARD(a) && wpa3_wildcard_permits(b, a))) {
        *both = a;
        return 1;
    }
    return 0;
}
