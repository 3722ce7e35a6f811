/* SPDX-License-Identifier: Apache-2.0 */
/* Which algorithms are well formed, and which keys they take. */
#include "metadata/metadata.h"

#define LENGTH_FIELD ((psa_algorithm_t)0x003f0000)
#define AT_LEAST ((psa_algorithm_t)0x00008000)
#define LENGTH_OF(alg) (((alg) & LENGTH_FIELD) >> 16)

int algorithm_is_hash(psa_algorithm_t alg)
{
    return PSA_ALG_GET_HASH(alg) == alg && alg != PSA_ALG_ANY_HASH && PSA_HASH_LENGTH(alg) != 0;
}

/* HMAC is not defined for every hash: SHAKE, Ascon, the parallel BLAKE2 and SHA-256/192 have none. */
static int hash_has_hmac(psa_algorithm_t hash)
{
    switch (hash) {
    case PSA_ALG_SHA_256_192:
    case PSA_ALG_SHAKE128_256:
    case PSA_ALG_SHAKE256_192:
    case PSA_ALG_SHAKE256_256:
    case PSA_ALG_SHAKE256_512:
    case PSA_ALG_ASCON_HASH256:
    case PSA_ALG_BLAKE2SP_HASH256:
    case PSA_ALG_BLAKE2BP_HASH512:
        return 0;
    default:
        return algorithm_is_hash(hash);
    }
}

static int is_block_cipher_type(psa_key_type_t type)
{
    return (type & (psa_key_type_t)0x7000) == (psa_key_type_t)0x2000 && PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) > 1u;
}

static int is_block128(psa_key_type_t type)
{
    return is_block_cipher_type(type) && PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) == 16u;
}

/* The largest MAC; a key with blocks of 8 bytes has less, which only the key can tell. */
static size_t mac_most(psa_algorithm_t alg)
{
    return PSA_ALG_IS_HMAC(alg) || PSA_ALG_IS_BLAKE2_MAC(alg) ? PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg)) : 16u;
}

static int mac_is_valid(psa_algorithm_t alg)
{
    psa_algorithm_t base = PSA_ALG_FULL_LENGTH_MAC(alg);
    if (PSA_ALG_IS_HMAC(base)) {
        return hash_has_hmac(PSA_ALG_GET_HASH(base)) && LENGTH_OF(alg) <= mac_most(base);
    }
    if (PSA_ALG_IS_BLAKE2_MAC(base)) {
        return PSA_ALG_IS_BLAKE2_HASH(PSA_ALG_GET_HASH(base)) && LENGTH_OF(alg) <= mac_most(base);
    }
    return (base == PSA_ALG_CMAC || base == PSA_ALG_CBC_MAC) && LENGTH_OF(alg) <= 16u;
}

static int aead_is_valid(psa_algorithm_t alg)
{
    size_t length = LENGTH_OF(alg);
    switch (PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg)) {
    case PSA_ALG_CCM:
        return length >= 4 && length <= 16 && length % 2u == 0;
    case PSA_ALG_GCM:
        return length == 4 || length == 8 || (length >= 12 && length <= 16);
    case PSA_ALG_CHACHA20_POLY1305:
    case PSA_ALG_XCHACHA20_POLY1305:
        return length == 16;
    case PSA_ALG_ASCON_AEAD128:
        return length >= 4 && length <= 16;
    default:
        return 0;
    }
}

/* A wildcard names the least tag, which need be no tag of its own. */
static int aead_policy_is_valid(psa_algorithm_t alg)
{
    psa_algorithm_t base = PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg);
    return base != 0 && aead_is_valid(base) && LENGTH_OF(alg) >= 1u && LENGTH_OF(alg) <= 16u;
}

static int cipher_is_valid(psa_algorithm_t alg)
{
    switch (alg) {
    case PSA_ALG_STREAM_CIPHER:
    case PSA_ALG_CTR:
    case PSA_ALG_CCM_STAR_NO_TAG:
    case PSA_ALG_CCM_STAR_ANY_TAG:
    case PSA_ALG_CFB:
    case PSA_ALG_OFB:
    case PSA_ALG_XTS:
    case PSA_ALG_ECB_NO_PADDING:
    case PSA_ALG_CBC_NO_PADDING:
    case PSA_ALG_CBC_PKCS7:
        return 1;
    default:
        return 0;
    }
}

/* Also ANY_HASH, which is right in a policy. */
static int hash_or_any(psa_algorithm_t alg)
{
    psa_algorithm_t hash = PSA_ALG_GET_HASH(alg);
    return hash == PSA_ALG_ANY_HASH || algorithm_is_hash(hash);
}

static int sign_is_fixed(psa_algorithm_t alg)
{
    switch (alg) {
    case PSA_ALG_RSA_PKCS1V15_SIGN_RAW:
    case PSA_ALG_ECDSA_ANY:
    case PSA_ALG_PURE_EDDSA:
    case PSA_ALG_EDDSA_CTX:
    case PSA_ALG_ED25519PH:
    case PSA_ALG_ED448PH:
    case PSA_ALG_ML_DSA:
    case PSA_ALG_DETERMINISTIC_ML_DSA:
    case PSA_ALG_SLH_DSA:
    case PSA_ALG_DETERMINISTIC_SLH_DSA:
    case PSA_ALG_LMS:
    case PSA_ALG_HSS:
    case PSA_ALG_XMSS:
    case PSA_ALG_XMSS_MT:
        return 1;
    default:
        return 0;
    }
}

static int sign_is_valid(psa_algorithm_t alg)
{
    if (sign_is_fixed(alg)) {
        return 1;
    }
    if (PSA_ALG_IS_DETERMINISTIC_ECDSA(alg)) {
        return PSA_ALG_GET_HASH(alg) == PSA_ALG_ANY_HASH || hash_has_hmac(PSA_ALG_GET_HASH(alg));
    }
    return (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg) || PSA_ALG_IS_ECDSA(alg) ||
            PSA_ALG_IS_HASH_ML_DSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg)) &&
           hash_or_any(alg);
}

static int derivation_is_valid(psa_algorithm_t alg)
{
    const struct derivation_algorithm *rules = derivation_find(alg);
    if (rules == NULL) {
        return 0;
    }
    if (PSA_ALG_IS_WPA3_SAE_H2E(alg)) {
        return hash_or_any(alg);
    }
    return !rules->hash_based || hash_has_hmac(PSA_ALG_GET_HASH(alg));
}

static int agreement_is_valid(psa_algorithm_t alg)
{
    psa_algorithm_t base = PSA_ALG_KEY_AGREEMENT_GET_BASE(alg);
    return (base == PSA_ALG_ECDH || base == PSA_ALG_FFDH) &&
           (PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg) || derivation_is_valid(PSA_ALG_KEY_AGREEMENT_GET_KDF(alg)));
}

static int pake_is_valid(psa_algorithm_t alg)
{
    psa_algorithm_t hash = PSA_ALG_GET_HASH(alg);
    if (alg == PSA_ALG_SPAKE2P_MATTER || alg == PSA_ALG_WPA3_SAE_ANY) {
        return 1;
    }
    if (PSA_ALG_IS_SPAKE2P(alg)) {
        return hash == PSA_ALG_SHA_256 || hash == PSA_ALG_SHA_512; /* the suites of RFC 9383, 4 */
    }
    if (PSA_ALG_IS_WPA3_SAE(alg)) {
        return hash == PSA_ALG_SHA_256 || hash == PSA_ALG_SHA_384 || hash == PSA_ALG_SHA_512;
    }
    return PSA_ALG_IS_JPAKE(alg) && algorithm_is_hash(hash);
}

static int xof_is_valid(psa_algorithm_t alg)
{
    return alg == PSA_ALG_SHAKE128 || alg == PSA_ALG_SHAKE256 || alg == PSA_ALG_ASCON_XOF128 || alg == PSA_ALG_ASCON_CXOF128;
}

int algorithm_is_valid(psa_algorithm_t alg)
{
    if (PSA_ALG_IS_MAC(alg)) {
        return mac_is_valid(alg);
    }
    if (PSA_ALG_IS_AEAD(alg)) {
        return (alg & AT_LEAST) != 0 ? aead_policy_is_valid(alg) : aead_is_valid(alg);
    }
    if (PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg)) {
        return alg == PSA_ALG_RSA_PKCS1V15_CRYPT || (PSA_ALG_IS_RSA_OAEP(alg) && algorithm_is_hash(PSA_ALG_GET_HASH(alg)));
    }
    if (PSA_ALG_IS_KEY_ENCAPSULATION(alg)) {
        return alg == PSA_ALG_ML_KEM || alg == PSA_ALG_ECIES_SEC1;
    }
    if (PSA_ALG_IS_KEY_AGREEMENT(alg)) {
        return agreement_is_valid(alg);
    }
    return alg == PSA_ALG_NONE || algorithm_is_hash(alg) || xof_is_valid(alg) ||
           (PSA_ALG_IS_CIPHER(alg) && cipher_is_valid(alg)) || (PSA_ALG_IS_SIGN(alg) && sign_is_valid(alg)) ||
           (PSA_ALG_IS_KEY_DERIVATION(alg) && derivation_is_valid(alg)) || (PSA_ALG_IS_PAKE(alg) && pake_is_valid(alg)) ||
           alg == PSA_ALG_KW || alg == PSA_ALG_KWP;
}

int algorithm_is_specific(psa_algorithm_t alg)
{
    return alg != PSA_ALG_NONE && !PSA_ALG_IS_WILDCARD(alg) && algorithm_is_valid(alg);
}

/* ---- Keys ---- */

static int is_plain_block_key(psa_key_type_t type, size_t bits)
{
    return is_block_cipher_type(type) && bits <= (type == PSA_KEY_TYPE_SM4 ? 128u : 256u);
}

static int mac_fits(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    if (PSA_ALG_IS_HMAC(alg)) {
        return type == PSA_KEY_TYPE_HMAC;
    }
    if (PSA_ALG_IS_BLAKE2_MAC(alg)) {
        return type == PSA_KEY_TYPE_BLAKE2 && bits <= 8u * PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg));
    }
    return is_plain_block_key(type, bits) && LENGTH_OF(alg) <= PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) &&
           key_type_has_bits(type, bits);
}

static int is_stream_type(psa_key_type_t type)
{
    return type == PSA_KEY_TYPE_ARC4 || type == PSA_KEY_TYPE_CHACHA20 || type == PSA_KEY_TYPE_XCHACHA20;
}

/* XTS keys are two keys in one. */
static int is_xts_key(psa_key_type_t type, size_t bits)
{
    return is_block128(type) && bits % 2u == 0 && key_type_has_bits(type, bits / 2u) && bits >= 256u && bits / 2u <= 256u;
}

static int cipher_fits(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    switch (alg) {
    case PSA_ALG_STREAM_CIPHER:
        return is_stream_type(type);
    case PSA_ALG_XTS:
        return is_xts_key(type, bits);
    case PSA_ALG_CCM_STAR_NO_TAG:
        return is_block128(type) && is_plain_block_key(type, bits);
    default: /* ECB, CBC, CTR, CFB, OFB: DES as well */
        return is_plain_block_key(type, bits);
    }
}

static int aead_fits(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    switch (PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg)) {
    case PSA_ALG_CCM:
    case PSA_ALG_GCM:
        return is_block128(type) && is_plain_block_key(type, bits);
    case PSA_ALG_CHACHA20_POLY1305:
        return type == PSA_KEY_TYPE_CHACHA20;
    case PSA_ALG_XCHACHA20_POLY1305:
        return type == PSA_KEY_TYPE_XCHACHA20;
    default:
        return type == PSA_KEY_TYPE_ASCON;
    }
}

static int is_weierstrass(psa_key_type_t type)
{
    return PSA_KEY_TYPE_IS_ECC(type) && PSA_KEY_TYPE_ECC_GET_FAMILY(type) != PSA_ECC_FAMILY_MONTGOMERY &&
           PSA_KEY_TYPE_ECC_GET_FAMILY(type) != PSA_ECC_FAMILY_TWISTED_EDWARDS;
}

static int edwards_fits(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    if (!PSA_KEY_TYPE_IS_ECC(type) || PSA_KEY_TYPE_ECC_GET_FAMILY(type) != PSA_ECC_FAMILY_TWISTED_EDWARDS) {
        return 0;
    }
    return alg == PSA_ALG_ED25519PH ? bits == 255u : alg == PSA_ALG_ED448PH ? bits == 448u : 1;
}

/* The room that PSS needs: hash and salt of its length, and two bytes (RFC 8017, 9.1.1). */
static int rsa_is_large_enough(psa_algorithm_t alg, size_t bits)
{
    size_t hash = PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg));
    size_t bytes = (bits + 7u) / 8u;
    if (PSA_ALG_IS_RSA_PSS(alg)) {
        return bytes >= hash + 2u;
    }
    if (PSA_ALG_IS_RSA_OAEP(alg)) {
        return bytes >= 2u * hash + 2u;
    }
    return bytes >= 11u + hash;
}

static int stateful_hash_based_fits(psa_algorithm_t alg, psa_key_type_t type)
{
    switch (alg) {
    case PSA_ALG_LMS:
        return type == PSA_KEY_TYPE_LMS_PUBLIC_KEY;
    case PSA_ALG_HSS:
        return type == PSA_KEY_TYPE_HSS_PUBLIC_KEY;
    case PSA_ALG_XMSS:
        return type == PSA_KEY_TYPE_XMSS_PUBLIC_KEY;
    case PSA_ALG_XMSS_MT:
        return type == PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY;
    default:
        return 0;
    }
}

static int sign_fits(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    if (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg)) {
        return PSA_KEY_TYPE_IS_RSA(type) && rsa_is_large_enough(alg, bits);
    }
    if (PSA_ALG_IS_ECDSA(alg)) {
        return is_weierstrass(type);
    }
    if (alg == PSA_ALG_PURE_EDDSA || alg == PSA_ALG_EDDSA_CTX || PSA_ALG_IS_HASH_EDDSA(alg)) {
        return edwards_fits(alg, type, bits);
    }
    if (PSA_ALG_IS_ML_DSA(alg) || PSA_ALG_IS_HASH_ML_DSA(alg)) {
        return PSA_KEY_TYPE_IS_ML_DSA(type);
    }
    if (PSA_ALG_IS_SLH_DSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg)) {
        return PSA_KEY_TYPE_IS_SLH_DSA(type);
    }
    return stateful_hash_based_fits(alg, type);
}

static int agreement_fits(psa_algorithm_t alg, psa_key_type_t type)
{
    if (PSA_ALG_IS_FFDH(alg)) {
        return PSA_KEY_TYPE_IS_DH(type);
    }
    return is_weierstrass(type) || (PSA_KEY_TYPE_IS_ECC(type) && PSA_KEY_TYPE_ECC_GET_FAMILY(type) == PSA_ECC_FAMILY_MONTGOMERY);
}

static int derivation_fits(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    const struct derivation_algorithm *rules = derivation_find(alg);
    if (is_block_cipher_type(type) && !is_plain_block_key(type, bits)) {
        return 0;
    }
    for (int i = 0; rules != NULL && i < DERIVATION_STEPS_MAX; i++) {
        if (derivation_step_takes(rules, i, type)) {
            return 1;
        }
    }
    /* Its result may be compared with such a key (psa_key_derivation_verify_key()); H2E gives password tokens alone. */
    return type == PSA_KEY_TYPE_PASSWORD_HASH && !PSA_ALG_IS_WPA3_SAE_H2E(alg);
}

static int pake_fits(psa_algorithm_t alg, psa_key_type_t type)
{
    if (PSA_ALG_IS_JPAKE(alg)) {
        return type == PSA_KEY_TYPE_PASSWORD || type == PSA_KEY_TYPE_PASSWORD_HASH;
    }
    if (PSA_ALG_IS_SPAKE2P(alg)) {
        return PSA_KEY_TYPE_IS_SPAKE2P(type);
    }
    return PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type) || PSA_KEY_TYPE_IS_WPA3_SAE_DH(type) ||
           (type == PSA_KEY_TYPE_PASSWORD && PSA_ALG_IS_WPA3_SAE_FIXED(alg));
}

int algorithm_fits_key(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    if (!algorithm_is_valid(alg)) {
        return 0;
    }
    if (PSA_ALG_IS_MAC(alg)) {
        return mac_fits(alg, type, bits);
    }
    if (PSA_ALG_IS_CIPHER(alg)) {
        return cipher_fits(alg, type, bits);
    }
    if (PSA_ALG_IS_AEAD(alg)) {
        return aead_fits(alg, type, bits);
    }
    if (PSA_ALG_IS_SIGN(alg)) {
        return sign_fits(alg, type, bits);
    }
    if (PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg)) {
        return PSA_KEY_TYPE_IS_RSA(type) && rsa_is_large_enough(alg, bits);
    }
    if (PSA_ALG_IS_KEY_AGREEMENT(alg)) {
        return agreement_fits(alg, type);
    }
    if (PSA_ALG_IS_KEY_DERIVATION(alg)) {
        return derivation_fits(alg, type, bits);
    }
    if (PSA_ALG_IS_KEY_ENCAPSULATION(alg)) {
        return alg == PSA_ALG_ML_KEM ? PSA_KEY_TYPE_IS_ML_KEM(type) : agreement_fits(PSA_ALG_ECDH, type);
    }
    if (PSA_ALG_IS_KEY_WRAP(alg)) {
        return is_block128(type) && is_plain_block_key(type, bits);
    }
    return PSA_ALG_IS_PAKE(alg) && pake_fits(alg, type);
}

int usage_needs_private(psa_key_usage_t usage)
{
    return (usage & (PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_SIGN_MESSAGE)) != 0;
}

psa_key_usage_t algorithm_usages(psa_algorithm_t alg)
{
    psa_key_usage_t usages = 0;
    if (PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_SIGN_MESSAGE(alg)) {
        usages |= PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
    }
    if (PSA_ALG_IS_SIGN_HASH(alg)) {
        usages |= PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH;
    }
    if (PSA_ALG_IS_CIPHER(alg) || PSA_ALG_IS_AEAD(alg) || PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) || PSA_ALG_IS_KEY_ENCAPSULATION(alg)) {
        usages |= PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    }
    if (PSA_ALG_IS_KEY_DERIVATION(alg)) {
        usages |= PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_VERIFY_DERIVATION;
    }
    if (PSA_ALG_IS_KEY_AGREEMENT(alg) || PSA_ALG_IS_PAKE(alg)) {
        usages |= PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_DERIVE_PUBLIC;
    }
    if (PSA_ALG_IS_KEY_WRAP(alg)) {
        usages |= PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP;
    }
    return usages;
}
