/* SPDX-License-Identifier: Apache-2.0 */
/*
 * psa/crypto_values.h against the encoding tables of the specification, written down once more: every
 * algorithm with what it is, a model of the bit fields for everything else, and the accessors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>
#include <psacrypto/compat.h>

#include "support/quick.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- The predicates, as functions ---- */

#define PREDICATES(X) \
    X(HASH) X(XOF) X(MAC) X(CIPHER) X(AEAD) X(KEY_WRAP) X(KEY_DERIVATION) X(SIGN) X(ASYMMETRIC_ENCRYPTION) \
    X(KEY_AGREEMENT) X(KEY_ENCAPSULATION) X(PAKE) X(BLAKE2_HASH) X(HMAC) X(BLAKE2_MAC) X(BLOCK_CIPHER_MAC) \
    X(STREAM_CIPHER) X(AEAD_ON_BLOCK_CIPHER) X(KEY_DERIVATION_STRETCHING) X(HKDF) X(HKDF_EXTRACT) \
    X(HKDF_EXPAND) X(TLS12_PRF) X(TLS12_PSK_TO_MS) X(SP800_108_COUNTER_HMAC) X(PBKDF2_HMAC) X(WPA3_SAE_H2E) \
    X(RSA_PKCS1V15_SIGN) X(RSA_PSS) X(RSA_PSS_STANDARD_SALT) X(RSA_PSS_ANY_SALT) X(ECDSA) X(RANDOMIZED_ECDSA) \
    X(DETERMINISTIC_ECDSA) X(HASH_EDDSA) X(SLH_DSA) X(HASH_SLH_DSA) X(HEDGED_HASH_SLH_DSA) \
    X(DETERMINISTIC_HASH_SLH_DSA) X(ML_DSA) X(HASH_ML_DSA) X(HEDGED_HASH_ML_DSA) X(DETERMINISTIC_HASH_ML_DSA) \
    X(HASH_AND_SIGN) X(SIGN_HASH) X(SIGN_MESSAGE) X(RSA_OAEP) X(STANDALONE_KEY_AGREEMENT) X(RAW_KEY_AGREEMENT) \
    X(FFDH) X(ECDH) X(JPAKE) X(SPAKE2P) X(SPAKE2P_HMAC) X(SPAKE2P_CMAC) X(WPA3_SAE) X(WPA3_SAE_FIXED) \
    X(WPA3_SAE_GDH) X(WILDCARD)

#define AS_FUNCTION(name) \
    static int is_##name(psa_algorithm_t alg) \
    { \
        return PSA_ALG_IS_##name(alg) ? 1 : 0; \
    }
PREDICATES(AS_FUNCTION)

static const struct predicate {
    const char *name;
    int (*is)(psa_algorithm_t alg);
} predicates[] = {
#define AS_ROW(name) { #name, is_##name },
    PREDICATES(AS_ROW)
};

/* Whether the words of a list, separated by blanks, contain this one. */
static int has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    const char *at = list;

    while ((at = strstr(at, word)) != NULL) {
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return 1;
        }
        at += length;
    }
    return 0;
}

/* ---- Every algorithm: its name, its value, the hash in it, and exactly what it is ---- */

#define ANY 0xffu
#define RSA_HASH "SIGN HASH_AND_SIGN SIGN_HASH SIGN_MESSAGE "

static const struct algorithm {
    psa_algorithm_t alg;
    uint32_t value;
    const char *is;
} algorithms[] = {
    { PSA_ALG_NONE, 0x00000000u, "" },
    { PSA_ALG_MD2, 0x02000001u, "HASH" },
    { PSA_ALG_MD4, 0x02000002u, "HASH" },
    { PSA_ALG_MD5, 0x02000003u, "HASH" },
    { PSA_ALG_RIPEMD160, 0x02000004u, "HASH" },
    { PSA_ALG_SHA_1, 0x02000005u, "HASH" },
    { PSA_ALG_AES_MMO_ZIGBEE, 0x02000007u, "HASH" },
    { PSA_ALG_SHA_224, 0x02000008u, "HASH" },
    { PSA_ALG_SHA_256, 0x02000009u, "HASH" },
    { PSA_ALG_SHA_384, 0x0200000au, "HASH" },
    { PSA_ALG_SHA_512, 0x0200000bu, "HASH" },
    { PSA_ALG_SHA_512_224, 0x0200000cu, "HASH" },
    { PSA_ALG_SHA_512_256, 0x0200000du, "HASH" },
    { PSA_ALG_SHA_256_192, 0x0200000eu, "HASH" },
    { PSA_ALG_SHA3_224, 0x02000010u, "HASH" },
    { PSA_ALG_SHA3_256, 0x02000011u, "HASH" },
    { PSA_ALG_SHA3_384, 0x02000012u, "HASH" },
    { PSA_ALG_SHA3_512, 0x02000013u, "HASH" },
    { PSA_ALG_SM3, 0x02000014u, "HASH" },
    { PSA_ALG_SHAKE256_512, 0x02000015u, "HASH" },
    { PSA_ALG_SHAKE128_256, 0x02000016u, "HASH" },
    { PSA_ALG_SHAKE256_192, 0x02000017u, "HASH" },
    { PSA_ALG_SHAKE256_256, 0x02000018u, "HASH" },
    { PSA_ALG_ASCON_HASH256, 0x02000019u, "HASH" },
    { PSA_ALG_BLAKE2S_HASH256, 0x0200001cu, "HASH BLAKE2_HASH" },
    { PSA_ALG_BLAKE2SP_HASH256, 0x0200001du, "HASH BLAKE2_HASH" },
    { PSA_ALG_BLAKE2B_HASH512, 0x0200001eu, "HASH BLAKE2_HASH" },
    { PSA_ALG_BLAKE2BP_HASH512, 0x0200001fu, "HASH BLAKE2_HASH" },
    { PSA_ALG_ANY_HASH, 0x020000ffu, "HASH WILDCARD" },
    { PSA_ALG_SHAKE128, 0x0d000100u, "XOF" },
    { PSA_ALG_SHAKE256, 0x0d000200u, "XOF" },
    { PSA_ALG_ASCON_XOF128, 0x0d000300u, "XOF" },
    { PSA_ALG_ASCON_CXOF128, 0x0d008300u, "XOF" },
    { PSA_ALG_HMAC(PSA_ALG_SHA_256), 0x03800009u, "MAC HMAC" },
    { PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512), 0x0380031eu, "MAC BLAKE2_MAC" },
    { PSA_ALG_CBC_MAC, 0x03c00100u, "MAC BLOCK_CIPHER_MAC" },
    { PSA_ALG_CMAC, 0x03c00200u, "MAC BLOCK_CIPHER_MAC" },
    { PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 10), 0x038a0009u, "MAC HMAC" },
    { PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 8), 0x03c80200u, "MAC BLOCK_CIPHER_MAC" },
    { PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 10), 0x038a8009u, "MAC WILDCARD" },
    { PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 8), 0x03c88200u, "MAC BLOCK_CIPHER_MAC WILDCARD" },
    { PSA_ALG_STREAM_CIPHER, 0x04800100u, "CIPHER STREAM_CIPHER" },
    { PSA_ALG_CTR, 0x04c01000u, "CIPHER STREAM_CIPHER" },
    { PSA_ALG_CFB, 0x04c01100u, "CIPHER STREAM_CIPHER" },
    { PSA_ALG_OFB, 0x04c01200u, "CIPHER STREAM_CIPHER" },
    { PSA_ALG_CCM_STAR_NO_TAG, 0x04c01300u, "CIPHER STREAM_CIPHER" },
    { PSA_ALG_CCM_STAR_ANY_TAG, 0x04c09300u, "CIPHER STREAM_CIPHER WILDCARD" },
    { PSA_ALG_XTS, 0x0440ff00u, "CIPHER" },
    { PSA_ALG_CBC_NO_PADDING, 0x04404000u, "CIPHER" },
    { PSA_ALG_CBC_PKCS7, 0x04404100u, "CIPHER" },
    { PSA_ALG_ECB_NO_PADDING, 0x04404400u, "CIPHER" },
    { PSA_ALG_CCM, 0x05500100u, "AEAD AEAD_ON_BLOCK_CIPHER" },
    { PSA_ALG_GCM, 0x05500200u, "AEAD AEAD_ON_BLOCK_CIPHER" },
    { PSA_ALG_CHACHA20_POLY1305, 0x05100500u, "AEAD" },
    { PSA_ALG_XCHACHA20_POLY1305, 0x05100600u, "AEAD" },
    { PSA_ALG_ASCON_AEAD128, 0x05100700u, "AEAD" },
    { PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 4), 0x05440100u, "AEAD AEAD_ON_BLOCK_CIPHER" },
    { PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12), 0x054c8200u,
      "AEAD AEAD_ON_BLOCK_CIPHER WILDCARD" },
    { PSA_ALG_KW, 0x0b400100u, "KEY_WRAP" },
    { PSA_ALG_KWP, 0x0bc00200u, "KEY_WRAP" },
    { PSA_ALG_HKDF(PSA_ALG_SHA_256), 0x08000109u, "KEY_DERIVATION HKDF" },
    { PSA_ALG_TLS12_PRF(PSA_ALG_SHA_256), 0x08000209u, "KEY_DERIVATION TLS12_PRF" },
    { PSA_ALG_TLS12_PSK_TO_MS(PSA_ALG_SHA_256), 0x08000309u, "KEY_DERIVATION TLS12_PSK_TO_MS" },
    { PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256), 0x08000409u, "KEY_DERIVATION HKDF_EXTRACT" },
    { PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256), 0x08000509u, "KEY_DERIVATION HKDF_EXPAND" },
    { PSA_ALG_TLS12_ECJPAKE_TO_PMS, 0x08000609u, "KEY_DERIVATION" },
    { PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256), 0x08000709u, "KEY_DERIVATION SP800_108_COUNTER_HMAC" },
    { PSA_ALG_SP800_108_COUNTER_CMAC, 0x08000800u, "KEY_DERIVATION" },
    { PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), 0x08800109u, "KEY_DERIVATION KEY_DERIVATION_STRETCHING PBKDF2_HMAC" },
    { PSA_ALG_PBKDF2_AES_CMAC_PRF_128, 0x08800200u, "KEY_DERIVATION KEY_DERIVATION_STRETCHING" },
    { PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_256), 0x08800409u, "KEY_DERIVATION KEY_DERIVATION_STRETCHING WPA3_SAE_H2E" },
    { PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256), 0x06000209u, RSA_HASH "RSA_PKCS1V15_SIGN" },
    { PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH), 0x060002ffu, RSA_HASH "RSA_PKCS1V15_SIGN WILDCARD" },
    { PSA_ALG_RSA_PKCS1V15_SIGN_RAW, 0x06000200u, "SIGN SIGN_HASH RSA_PKCS1V15_SIGN" },
    { PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), 0x06000309u, RSA_HASH "RSA_PSS RSA_PSS_STANDARD_SALT" },
    { PSA_ALG_RSA_PSS_ANY_SALT(PSA_ALG_SHA_256), 0x06001309u, RSA_HASH "RSA_PSS RSA_PSS_ANY_SALT" },
    { PSA_ALG_ECDSA(PSA_ALG_SHA_256), 0x06000609u, RSA_HASH "ECDSA RANDOMIZED_ECDSA" },
    { PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), 0x060006ffu, RSA_HASH "ECDSA RANDOMIZED_ECDSA WILDCARD" },
    { PSA_ALG_ECDSA_ANY, 0x06000600u, "SIGN SIGN_HASH ECDSA RANDOMIZED_ECDSA" },
    { PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), 0x06000709u, RSA_HASH "ECDSA DETERMINISTIC_ECDSA" },
    { PSA_ALG_PURE_EDDSA, 0x06000800u, "SIGN SIGN_MESSAGE" },
    { PSA_ALG_ED25519PH, 0x0600090bu, RSA_HASH "HASH_EDDSA" },
    { PSA_ALG_ED448PH, 0x06000915u, RSA_HASH "HASH_EDDSA" },
    { PSA_ALG_EDDSA_CTX, 0x06000a00u, "SIGN SIGN_MESSAGE" },
    { PSA_ALG_SLH_DSA, 0x06004000u, "SIGN SIGN_MESSAGE SLH_DSA" },
    { PSA_ALG_DETERMINISTIC_SLH_DSA, 0x06004100u, "SIGN SIGN_MESSAGE SLH_DSA" },
    { PSA_ALG_HASH_SLH_DSA(PSA_ALG_SHA_256), 0x06004209u, RSA_HASH "HASH_SLH_DSA HEDGED_HASH_SLH_DSA" },
    { PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(PSA_ALG_SHA_256), 0x06004309u,
      RSA_HASH "HASH_SLH_DSA DETERMINISTIC_HASH_SLH_DSA" },
    { PSA_ALG_ML_DSA, 0x06004400u, "SIGN SIGN_MESSAGE ML_DSA" },
    { PSA_ALG_DETERMINISTIC_ML_DSA, 0x06004500u, "SIGN SIGN_MESSAGE ML_DSA" },
    { PSA_ALG_HASH_ML_DSA(PSA_ALG_SHA_256), 0x06004609u, RSA_HASH "HASH_ML_DSA HEDGED_HASH_ML_DSA" },
    { PSA_ALG_DETERMINISTIC_HASH_ML_DSA(PSA_ALG_SHA_256), 0x06004709u,
      RSA_HASH "HASH_ML_DSA DETERMINISTIC_HASH_ML_DSA" },
    { PSA_ALG_LMS, 0x06004800u, "SIGN SIGN_MESSAGE" },
    { PSA_ALG_HSS, 0x06004900u, "SIGN SIGN_MESSAGE" },
    { PSA_ALG_XMSS, 0x06004a00u, "SIGN SIGN_MESSAGE" },
    { PSA_ALG_XMSS_MT, 0x06004b00u, "SIGN SIGN_MESSAGE" },
    { PSA_ALG_RSA_PKCS1V15_CRYPT, 0x07000200u, "ASYMMETRIC_ENCRYPTION" },
    { PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256), 0x07000309u, "ASYMMETRIC_ENCRYPTION RSA_OAEP" },
    { PSA_ALG_FFDH, 0x09010000u, "KEY_AGREEMENT FFDH STANDALONE_KEY_AGREEMENT RAW_KEY_AGREEMENT" },
    { PSA_ALG_ECDH, 0x09020000u, "KEY_AGREEMENT ECDH STANDALONE_KEY_AGREEMENT RAW_KEY_AGREEMENT" },
    { PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)), 0x09020109u, "KEY_AGREEMENT ECDH" },
    { PSA_ALG_KEY_AGREEMENT(PSA_ALG_FFDH, PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_1)), 0x09810105u, "KEY_AGREEMENT FFDH" },
    { PSA_ALG_ECIES_SEC1, 0x0c000100u, "KEY_ENCAPSULATION" },
    { PSA_ALG_ML_KEM, 0x0c000200u, "KEY_ENCAPSULATION" },
    { PSA_ALG_JPAKE(PSA_ALG_SHA_256), 0x0a000109u, "PAKE JPAKE" },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), 0x0a000409u, "PAKE SPAKE2P SPAKE2P_HMAC" },
    { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), 0x0a000509u, "PAKE SPAKE2P SPAKE2P_CMAC" },
    { PSA_ALG_SPAKE2P_MATTER, 0x0a000609u, "PAKE SPAKE2P" },
    { PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), 0x0a000809u, "PAKE WPA3_SAE WPA3_SAE_FIXED" },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_256), 0x0a000909u, "PAKE WPA3_SAE WPA3_SAE_GDH" },
    { PSA_ALG_WPA3_SAE_ANY, 0x0a0088ffu, "PAKE WILDCARD" },
};

static void test_every_algorithm(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(algorithms); i++) {
        const struct algorithm *row = &algorithms[i];

        assert_int_equal(row->alg, row->value);
        for (size_t j = 0; j < COUNT(predicates); j++) {
            if (predicates[j].is(row->alg) != has_word(row->is, predicates[j].name)) {
                fail_msg("PSA_ALG_IS_%s(0x%08x) is %d", predicates[j].name, (unsigned)row->alg,
                         predicates[j].is(row->alg));
            }
        }
        assert_int_equal(PSA_ALG_GET_HASH(row->alg), (row->value & 0xffu) == 0 ? 0u : 0x02000000u | (row->value & 0xffu));
    }
    /* The table knows every predicate. */
    for (size_t j = 0; j < COUNT(predicates); j++) {
        int seen = 0;
        for (size_t i = 0; i < COUNT(algorithms); i++) {
            seen |= has_word(algorithms[i].is, predicates[j].name);
        }
        assert_int_equal(seen, 1);
    }
}

/* ---- Algorithms with a hash ---- */

static void test_with_every_hash(void **state)
{
    (void)state;
    for (uint32_t h = 0; h < 0x100u; h++) {
        psa_algorithm_t hash = 0x02000000u | h;

        assert_int_equal(PSA_ALG_HMAC(hash), 0x03800000u | h);
        assert_int_equal(PSA_ALG_BLAKE2_MAC(hash), 0x03800300u | h);
        assert_int_equal(PSA_ALG_HKDF(hash), 0x08000100u | h);
        assert_int_equal(PSA_ALG_TLS12_PRF(hash), 0x08000200u | h);
        assert_int_equal(PSA_ALG_TLS12_PSK_TO_MS(hash), 0x08000300u | h);
        assert_int_equal(PSA_ALG_HKDF_EXTRACT(hash), 0x08000400u | h);
        assert_int_equal(PSA_ALG_HKDF_EXPAND(hash), 0x08000500u | h);
        assert_int_equal(PSA_ALG_SP800_108_COUNTER_HMAC(hash), 0x08000700u | h);
        assert_int_equal(PSA_ALG_PBKDF2_HMAC(hash), 0x08800100u | h);
        assert_int_equal(PSA_ALG_WPA3_SAE_H2E(hash), 0x08800400u | h);
        assert_int_equal(PSA_ALG_RSA_PKCS1V15_SIGN(hash), 0x06000200u | h);
        assert_int_equal(PSA_ALG_RSA_PSS(hash), 0x06000300u | h);
        assert_int_equal(PSA_ALG_RSA_PSS_ANY_SALT(hash), 0x06001300u | h);
        assert_int_equal(PSA_ALG_ECDSA(hash), 0x06000600u | h);
        assert_int_equal(PSA_ALG_DETERMINISTIC_ECDSA(hash), 0x06000700u | h);
        assert_int_equal(PSA_ALG_HASH_SLH_DSA(hash), 0x06004200u | h);
        assert_int_equal(PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(hash), 0x06004300u | h);
        assert_int_equal(PSA_ALG_HASH_ML_DSA(hash), 0x06004600u | h);
        assert_int_equal(PSA_ALG_DETERMINISTIC_HASH_ML_DSA(hash), 0x06004700u | h);
        assert_int_equal(PSA_ALG_RSA_OAEP(hash), 0x07000300u | h);
        assert_int_equal(PSA_ALG_JPAKE(hash), 0x0a000100u | h);
        assert_int_equal(PSA_ALG_SPAKE2P_HMAC(hash), 0x0a000400u | h);
        assert_int_equal(PSA_ALG_SPAKE2P_CMAC(hash), 0x0a000500u | h);
        assert_int_equal(PSA_ALG_WPA3_SAE_FIXED(hash), 0x0a000800u | h);
        assert_int_equal(PSA_ALG_WPA3_SAE_GDH(hash), 0x0a000900u | h);
        assert_int_equal(PSA_ALG_IS_WILDCARD(PSA_ALG_ECDSA(hash)), h == ANY);
        assert_int_equal(PSA_ALG_IS_BLAKE2_HASH(hash), h >= 0x1cu && h <= 0x1fu);
    }
}

/* ---- A model of the bit fields ---- */

struct fields {
    unsigned v, category, s, b, length, w, type, hash; /* type: 7 bits, below w */
};

static struct fields decode(psa_algorithm_t alg)
{
    struct fields f = { alg >> 31, (alg >> 24) & 0x7fu, (alg >> 23) & 1u, (alg >> 22) & 1u, (alg >> 16) & 0x3fu,
                        (alg >> 15) & 1u, (alg >> 8) & 0x7fu, alg & 0xffu };
    return f;
}

/* One algorithm sub-type: everything but the hash is fixed. */
static int exactly(const struct fields *f, unsigned category, unsigned s, unsigned type)
{
    return !f->v && f->category == category && f->s == s && !f->b && f->length == 0 && !f->w && f->type == type;
}

static int model(const char *name, psa_algorithm_t alg)
{
    static const struct { const char *name; unsigned category; } categories[] = {
        { "HASH", 2 }, { "MAC", 3 }, { "CIPHER", 4 }, { "AEAD", 5 }, { "SIGN", 6 }, { "ASYMMETRIC_ENCRYPTION", 7 },
        { "KEY_DERIVATION", 8 }, { "KEY_AGREEMENT", 9 }, { "PAKE", 10 }, { "KEY_WRAP", 11 },
        { "KEY_ENCAPSULATION", 12 }, { "XOF", 13 },
    };
    static const struct { const char *name; unsigned category, s, type; } subtypes[] = {
        { "HKDF", 8, 0, 1 }, { "TLS12_PRF", 8, 0, 2 }, { "TLS12_PSK_TO_MS", 8, 0, 3 }, { "HKDF_EXTRACT", 8, 0, 4 },
        { "HKDF_EXPAND", 8, 0, 5 }, { "SP800_108_COUNTER_HMAC", 8, 0, 7 }, { "PBKDF2_HMAC", 8, 1, 1 },
        { "WPA3_SAE_H2E", 8, 1, 4 }, { "RSA_PKCS1V15_SIGN", 6, 0, 2 }, { "RSA_PSS_STANDARD_SALT", 6, 0, 3 },
        { "RSA_PSS_ANY_SALT", 6, 0, 0x13 }, { "RANDOMIZED_ECDSA", 6, 0, 6 }, { "DETERMINISTIC_ECDSA", 6, 0, 7 },
        { "HASH_EDDSA", 6, 0, 9 }, { "HEDGED_HASH_SLH_DSA", 6, 0, 0x42 }, { "DETERMINISTIC_HASH_SLH_DSA", 6, 0, 0x43 },
        { "HEDGED_HASH_ML_DSA", 6, 0, 0x46 }, { "DETERMINISTIC_HASH_ML_DSA", 6, 0, 0x47 }, { "RSA_OAEP", 7, 0, 3 },
        { "JPAKE", 10, 0, 1 }, { "SPAKE2P_HMAC", 10, 0, 4 }, { "SPAKE2P_CMAC", 10, 0, 5 },
        { "WPA3_SAE_FIXED", 10, 0, 8 }, { "WPA3_SAE_GDH", 10, 0, 9 },
    };
    struct fields f = decode(alg);

    for (size_t i = 0; i < COUNT(categories); i++) {
        if (strcmp(name, categories[i].name) == 0) {
            return f.category == categories[i].category;
        }
    }
    for (size_t i = 0; i < COUNT(subtypes); i++) {
        if (strcmp(name, subtypes[i].name) == 0) {
            return exactly(&f, subtypes[i].category, subtypes[i].s, subtypes[i].type);
        }
    }
    if (strcmp(name, "BLAKE2_HASH") == 0) {
        return f.category == 2 && !f.s && !f.b && f.length == 0 && !f.w && f.type == 0 && (f.hash & 0xfcu) == 0x1cu;
    }
    if (strcmp(name, "HMAC") == 0) {
        return f.category == 3 && f.s && !f.b && !f.w && f.type == 0;
    }
    if (strcmp(name, "BLAKE2_MAC") == 0) {
        return f.category == 3 && f.s && !f.b && !f.w && f.type == 3;
    }
    if (strcmp(name, "BLOCK_CIPHER_MAC") == 0) {
        return f.category == 3 && f.s && f.b;
    }
    if (strcmp(name, "STREAM_CIPHER") == 0) {
        return f.category == 4 && f.s;
    }
    if (strcmp(name, "AEAD_ON_BLOCK_CIPHER") == 0) {
        return f.category == 5 && f.b;
    }
    if (strcmp(name, "KEY_DERIVATION_STRETCHING") == 0) {
        return f.category == 8 && f.s;
    }
    if (strcmp(name, "RSA_PSS") == 0) {
        return exactly(&f, 6, 0, 3) || exactly(&f, 6, 0, 0x13);
    }
    if (strcmp(name, "ECDSA") == 0) {
        return exactly(&f, 6, 0, 6) || exactly(&f, 6, 0, 7);
    }
    if (strcmp(name, "SLH_DSA") == 0) {
        return (exactly(&f, 6, 0, 0x40) || exactly(&f, 6, 0, 0x41)) && f.hash == 0;
    }
    if (strcmp(name, "ML_DSA") == 0) {
        return (exactly(&f, 6, 0, 0x44) || exactly(&f, 6, 0, 0x45)) && f.hash == 0;
    }
    if (strcmp(name, "HASH_SLH_DSA") == 0) {
        return exactly(&f, 6, 0, 0x42) || exactly(&f, 6, 0, 0x43);
    }
    if (strcmp(name, "HASH_ML_DSA") == 0) {
        return exactly(&f, 6, 0, 0x46) || exactly(&f, 6, 0, 0x47);
    }
    if (strcmp(name, "HASH_AND_SIGN") == 0 || strcmp(name, "SIGN_HASH") == 0) {
        static const unsigned types[] = { 2, 3, 0x13, 6, 7, 9, 0x42, 0x43, 0x46, 0x47 };
        int found = 0;
        for (size_t i = 0; i < COUNT(types); i++) {
            found |= exactly(&f, 6, 0, types[i]);
        }
        return found && (f.hash != 0 || (name[0] == 'S' && (f.type == 2 || f.type == 6)));
    }
    if (strcmp(name, "SIGN_MESSAGE") == 0) {
        return f.category == 6 && alg != 0x06000200u && alg != 0x06000600u;
    }
    if (strcmp(name, "STANDALONE_KEY_AGREEMENT") == 0 || strcmp(name, "RAW_KEY_AGREEMENT") == 0) {
        return f.category == 9 && !f.w && f.type == 0 && f.hash == 0;
    }
    if (strcmp(name, "FFDH") == 0) {
        return f.category == 9 && !f.b && f.length == 1;
    }
    if (strcmp(name, "ECDH") == 0) {
        return f.category == 9 && !f.b && f.length == 2;
    }
    if (strcmp(name, "SPAKE2P") == 0) {
        return exactly(&f, 10, 0, 4) || exactly(&f, 10, 0, 5) || (exactly(&f, 10, 0, 6) && f.hash == 9);
    }
    if (strcmp(name, "WPA3_SAE") == 0) {
        return exactly(&f, 10, 0, 8) || exactly(&f, 10, 0, 9);
    }
    if (strcmp(name, "WILDCARD") == 0) {
        return f.hash == 0xff || (f.w && (f.category == 3 || f.category == 5)) || alg == 0x04c09300u;
    }
    fail_msg("no model of PSA_ALG_IS_%s", name);
    return 0;
}

static void assert_model(const struct predicate *predicate, psa_algorithm_t alg)
{
    if (predicate->is(alg) != model(predicate->name, alg)) {
        fail_msg("PSA_ALG_IS_%s(0x%08x) is %d", predicate->name, (unsigned)alg, predicate->is(alg));
    }
}

/* Every combination of V, category, S, B, some lengths and types; one of the hashes at each. */
static void test_model(void **state)
{
    static const unsigned hashes[] = { 0, 9, 0x1d, 0xff };
    static const unsigned lengths[] = { 0, 1, 2, 63 };
    (void)state;
    for (size_t j = 0; j < COUNT(predicates); j++) {
        for (uint32_t category = 0; category < 0x100u; category++) {
            /* Types within categories that do not exist make no difference: a few will do. */
            uint32_t step = (category & 0x7fu) > 14u ? 67u : 1u;
            for (uint32_t upper = 0; upper < 4u * COUNT(lengths); upper++) {
                for (uint32_t type = 0; type < 0x100u; type += step * (uint32_t)slow_step(5)) {
                    assert_model(&predicates[j], category << 24 | (upper & 3u) << 22 | lengths[upper / 4u] << 16 |
                                                     type << 8 | hashes[(type ^ upper) % COUNT(hashes)]);
                }
            }
        }
    }
}

/* Within each category that exists, every type with each of these hashes, with S and without. */
static void test_model_types(void **state)
{
    static const unsigned hashes[] = { 0, 1, 9, 0x15, 0x1b, 0x1c, 0x1f, 0x20, 0xfe, 0xff };
    (void)state;
    for (size_t j = 0; j < COUNT(predicates); j++) {
        for (uint32_t category = 2; category < 14u; category++) {
            for (uint32_t type = 0; type < 0x200u; type++) {
                for (size_t h = 0; h < COUNT(hashes); h++) {
                    assert_model(&predicates[j],
                                 category << 24 | (type & 1u) << 23 | type >> 1 << 8 | hashes[h]);
                }
            }
        }
    }
}

/* ---- Lengths of MACs and tags ---- */

static void test_mac_lengths(void **state)
{
    static const psa_algorithm_t macs[] = { 0x03800009u, 0x03800013u, 0x0380031cu, 0x03c00100u, 0x03c00200u };
    (void)state;
    for (size_t i = 0; i < COUNT(macs); i++) {
        for (uint32_t n = 0; n < 64u; n++) {
            psa_algorithm_t cut = PSA_ALG_TRUNCATED_MAC(macs[i], n);
            psa_algorithm_t policy = PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(macs[i], n);

            assert_int_equal(cut, macs[i] | n << 16);
            assert_int_equal(policy, macs[i] | n << 16 | 0x8000u);
            assert_int_equal(PSA_MAC_TRUNCATED_LENGTH(cut), n);
            assert_int_equal(PSA_ALG_FULL_LENGTH_MAC(cut), macs[i]);
            assert_int_equal(PSA_ALG_FULL_LENGTH_MAC(policy), macs[i]);
            assert_int_equal(PSA_ALG_TRUNCATED_MAC(policy, 5), macs[i] | 5u << 16);
            assert_int_equal(PSA_ALG_TRUNCATED_MAC(cut, 5), macs[i] | 5u << 16);
            assert_int_equal(PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(cut, 7), macs[i] | 7u << 16 | 0x8000u);
            assert_int_equal(PSA_ALG_IS_WILDCARD(cut), 0);
            assert_int_equal(PSA_ALG_IS_WILDCARD(policy), 1);
        }
    }
}

static void test_tag_lengths(void **state)
{
    static const psa_algorithm_t aeads[] = { 0x05500100u, 0x05500200u, 0x05100500u, 0x05100600u, 0x05100700u };
    (void)state;
    for (size_t i = 0; i < COUNT(aeads); i++) {
        for (uint32_t n = 0; n < 64u; n++) {
            psa_algorithm_t cut = PSA_ALG_AEAD_WITH_SHORTENED_TAG(aeads[i], n);
            psa_algorithm_t policy = PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(aeads[i], n);

            assert_int_equal(cut, (aeads[i] & 0xffc0ffffu) | n << 16);
            assert_int_equal(policy, cut | 0x8000u);
            assert_int_equal(PSA_ALG_AEAD_GET_TAG_LENGTH(cut), n);
            assert_int_equal(PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(cut), aeads[i]);
            assert_int_equal(PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(policy), aeads[i]);
            assert_int_equal(PSA_ALG_AEAD_WITH_SHORTENED_TAG(policy, 16), aeads[i]);
            assert_int_equal(PSA_ALG_IS_WILDCARD(cut), 0);
            assert_int_equal(PSA_ALG_IS_WILDCARD(policy), 1);
        }
    }
    assert_int_equal(PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(0x05100900u), PSA_ALG_NONE);
    assert_int_equal(PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(0x05100100u), PSA_ALG_NONE);
}

/* ---- Key agreement ---- */

static void test_key_agreement(void **state)
{
    static const psa_algorithm_t agreements[] = { 0x09010000u, 0x09020000u };
    size_t derivations = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(agreements); i++) {
        assert_int_equal(PSA_ALG_KEY_AGREEMENT_GET_BASE(agreements[i]), agreements[i]);
        assert_int_equal(PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(agreements[i]), 1);
        for (size_t j = 0; j < COUNT(algorithms); j++) {
            psa_algorithm_t kdf = algorithms[j].alg;
            psa_algorithm_t combined = PSA_ALG_KEY_AGREEMENT(agreements[i], kdf);

            if (!PSA_ALG_IS_KEY_DERIVATION(kdf)) {
                continue;
            }
            derivations++;
            assert_int_equal(combined, agreements[i] | (kdf & 0x00ffffffu));
            assert_int_equal(PSA_ALG_KEY_AGREEMENT_GET_BASE(combined), agreements[i]);
            assert_int_equal(PSA_ALG_KEY_AGREEMENT_GET_KDF(combined), kdf);
            assert_int_equal(PSA_ALG_IS_KEY_AGREEMENT(combined), 1);
            assert_int_equal(PSA_ALG_IS_KEY_DERIVATION(combined), 0);
            assert_int_equal(PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(combined), 0);
            assert_int_equal(PSA_ALG_IS_FFDH(combined), i == 0);
            assert_int_equal(PSA_ALG_IS_ECDH(combined), i == 1);
            assert_int_equal(PSA_ALG_GET_HASH(combined), PSA_ALG_GET_HASH(kdf));
        }
    }
    assert_int_equal(derivations, 2 * 11);
}

/* ---- Signatures and XOFs with a context ---- */

static void test_contexts(void **state)
{
    static const uint32_t with[] = { 0x0600090bu, 0x06000915u, 0x06000a00u, 0x06004000u, 0x06004100u, 0x06004209u,
                                     0x060043ffu, 0x06004400u, 0x06004500u, 0x0600460au, 0x060047ffu };
    static const uint32_t without[] = { 0x06000200u, 0x06000209u, 0x060002ffu, 0x06000309u, 0x06001309u, 0x06000600u,
                                        0x06000609u, 0x060007ffu, 0x06000800u, 0x06004800u, 0x06004900u, 0x06004a00u,
                                        0x06004b00u };
    (void)state;
    for (size_t i = 0; i < COUNT(with); i++) {
        assert_int_equal(PSA_ALG_SIGN_SUPPORTS_CONTEXT(with[i]), 1);
    }
    for (size_t i = 0; i < COUNT(without); i++) {
        assert_int_equal(PSA_ALG_SIGN_SUPPORTS_CONTEXT(without[i]), 0);
    }
    assert_int_equal(PSA_ALG_XOF_HAS_CONTEXT(PSA_ALG_SHAKE128), 0);
    assert_int_equal(PSA_ALG_XOF_HAS_CONTEXT(PSA_ALG_SHAKE256), 0);
    assert_int_equal(PSA_ALG_XOF_HAS_CONTEXT(PSA_ALG_ASCON_XOF128), 0);
    assert_int_equal(PSA_ALG_XOF_HAS_CONTEXT(PSA_ALG_ASCON_CXOF128), 1);
}

/* ---- PAKE primitives ---- */

static void test_primitives(void **state)
{
    (void)state;
    for (unsigned type = 0; type < 0x100u; type += 5u * (unsigned)slow_step(5)) {
        for (unsigned family = 0; family < 0x100u; family += 3u) {
            for (size_t bits = 0; bits < 0x10000u; bits += 251u) {
                psa_pake_primitive_t primitive = PSA_PAKE_PRIMITIVE(type, family, bits);
                assert_int_equal(primitive, type << 24 | family << 16 | bits);
                assert_int_equal(PSA_PAKE_PRIMITIVE_GET_TYPE(primitive), type);
                assert_int_equal(PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive), family);
                assert_int_equal(PSA_PAKE_PRIMITIVE_GET_BITS(primitive), bits);
            }
        }
    }
    assert_int_equal(PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256), 0x01120100);
    assert_int_equal(PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 65535), 0x0112ffff);
    assert_int_equal(PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 65536), 0);
    assert_int_equal(PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_DH_FAMILY_RFC3526, SIZE_MAX), 0);
    /* The result is one expression, wherever it stands. */
    assert_int_equal(1u + PSA_PAKE_PRIMITIVE(1, 2, 3), 0x01020004);
}

/* ---- Key types ---- */

static const struct key_type {
    psa_key_type_t type;
    unsigned value;
    unsigned block;  /* PSA_BLOCK_CIPHER_BLOCK_LENGTH(), 0: not a cipher key */
} key_types[] = {
    { PSA_KEY_TYPE_RAW_DATA, 0x1001, 0 },
    { PSA_KEY_TYPE_HMAC, 0x1100, 0 },
    { PSA_KEY_TYPE_BLAKE2, 0x1103, 0 },
    { PSA_KEY_TYPE_DERIVE, 0x1200, 0 },
    { PSA_KEY_TYPE_PASSWORD, 0x1203, 0 },
    { PSA_KEY_TYPE_PASSWORD_HASH, 0x1205, 0 },
    { PSA_KEY_TYPE_PEPPER, 0x1206, 0 },
    { PSA_KEY_TYPE_ARC4, 0x2002, 1 },
    { PSA_KEY_TYPE_CHACHA20, 0x2004, 1 },
    { PSA_KEY_TYPE_XCHACHA20, 0x2007, 1 },
    { PSA_KEY_TYPE_ASCON, 0x2008, 1 },
    { PSA_KEY_TYPE_DES, 0x2301, 8 },
    { PSA_KEY_TYPE_AES, 0x2400, 16 },
    { PSA_KEY_TYPE_CAMELLIA, 0x2403, 16 },
    { PSA_KEY_TYPE_SM4, 0x2405, 16 },
    { PSA_KEY_TYPE_ARIA, 0x2406, 16 },
    { PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), 0x3292, 0 },
    { PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 0x32b0, 0 },
    { PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 0x3305, 0 },
    { PSA_KEY_TYPE_RSA_PUBLIC_KEY, 0x4001, 0 },
    { PSA_KEY_TYPE_RSA_KEY_PAIR, 0x7001, 0 },
    { PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY, 0x4002, 0 },
    { PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 0x7002, 0 },
    { PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY, 0x4004, 0 },
    { PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 0x7004, 0 },
    { PSA_KEY_TYPE_LMS_PUBLIC_KEY, 0x4007, 0 },
    { PSA_KEY_TYPE_HSS_PUBLIC_KEY, 0x4008, 0 },
    { PSA_KEY_TYPE_XMSS_PUBLIC_KEY, 0x400b, 0 },
    { PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY, 0x400d, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_K1), 0x4117, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_K1), 0x7117, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), 0x4112, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 0x7112, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R2), 0x411b, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R2), 0x711b, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECT_K1), 0x4127, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECT_K1), 0x7127, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECT_R1), 0x4122, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECT_R1), 0x7122, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECT_R2), 0x412b, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECT_R2), 0x712b, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 0x4130, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_BRAINPOOL_P_R1), 0x7130, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_FRP), 0x4133, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_FRP), 0x7133, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_MONTGOMERY), 0x4141, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY), 0x7141, 0 },
    { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS), 0x4142, 0 },
    { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 0x7142, 0 },
    { PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(PSA_SLH_DSA_FAMILY_SHA2_S), 0x4182, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_S), 0x7182, 0 },
    { PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(PSA_SLH_DSA_FAMILY_SHA2_F), 0x4184, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_F), 0x7184, 0 },
    { PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(PSA_SLH_DSA_FAMILY_SHAKE_S), 0x418b, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_S), 0x718b, 0 },
    { PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(PSA_SLH_DSA_FAMILY_SHAKE_F), 0x418d, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_F), 0x718d, 0 },
    { PSA_KEY_TYPE_DH_PUBLIC_KEY(PSA_DH_FAMILY_RFC7919), 0x4203, 0 },
    { PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919), 0x7203, 0 },
    { PSA_KEY_TYPE_DH_PUBLIC_KEY(PSA_DH_FAMILY_RFC3526), 0x4205, 0 },
    { PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC3526), 0x7205, 0 },
    { PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), 0x4412, 0 },
    { PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 0x7412, 0 },
    { PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS), 0x4442, 0 },
    { PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS), 0x7442, 0 },
};

static unsigned parity(unsigned value)
{
    unsigned sum = 0;
    for (; value != 0; value >>= 1) {
        sum ^= value & 1u;
    }
    return sum;
}

static void test_every_key_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(key_types); i++) {
        assert_int_equal(key_types[i].type, key_types[i].value);
        assert_int_equal(parity(key_types[i].value), 0);
        assert_int_equal(PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_types[i].type), key_types[i].block);
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(key_types[i].value, key_types[j].value);
        }
    }
}

/* Every 16-bit value, against the fields: vendor, asymmetric, category, sub-type. */
static void test_key_type_model(void **state)
{
    (void)state;
    for (unsigned value = 0; value < 0x10000u; value++) {
        psa_key_type_t type = (psa_key_type_t)value;
        unsigned category = (value >> 12) & 7u, upper = value >> 7, family = value & 0x7fu;

        assert_int_equal(PSA_KEY_TYPE_IS_UNSTRUCTURED(type), category == 1 || category == 2);
        assert_int_equal(PSA_KEY_TYPE_IS_ASYMMETRIC(type), category >= 4);
        assert_int_equal(PSA_KEY_TYPE_IS_PUBLIC_KEY(type), category == 4);
        assert_int_equal(PSA_KEY_TYPE_IS_KEY_PAIR(type), category == 7);
        assert_int_equal(PSA_KEY_TYPE_IS_RSA(type), value == 0x4001 || value == 0x7001);
        assert_int_equal(PSA_KEY_TYPE_IS_ML_DSA(type), value == 0x4002 || value == 0x7002);
        assert_int_equal(PSA_KEY_TYPE_IS_ML_KEM(type), value == 0x4004 || value == 0x7004);
        assert_int_equal(PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type), upper == 0x4100 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type), upper == 0x7100 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_ECC(type), upper == 0x4100 >> 7 || upper == 0x7100 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY(type), upper == 0x4180 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR(type), upper == 0x7180 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_SLH_DSA(type), upper == 0x4180 >> 7 || upper == 0x7180 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type), upper == 0x4200 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_DH_KEY_PAIR(type), upper == 0x7200 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_DH(type), upper == 0x4200 >> 7 || upper == 0x7200 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type), upper == 0x4400 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type), upper == 0x7400 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_SPAKE2P(type), upper == 0x4400 >> 7 || upper == 0x7400 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type), upper == 0x3280 >> 7);
        assert_int_equal(PSA_KEY_TYPE_IS_WPA3_SAE_DH(type), upper == 0x3300 >> 7);
        assert_int_equal(PSA_KEY_TYPE_ECC_GET_FAMILY(type), family);
        assert_int_equal(PSA_KEY_TYPE_DH_GET_FAMILY(type), family);
        assert_int_equal(PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(type), family);
        assert_int_equal(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), family);
        assert_int_equal(PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(type), family);
        assert_int_equal(PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(type), family);
        if (category == 4 || category == 7) {
            assert_int_equal(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type), (value & 0x8fffu) | 0x4000u);
            assert_int_equal(PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(type), (value & 0x8fffu) | 0x7000u);
        }
    }
}

/* ---- Lifetimes, attributes, operations ---- */

static void test_lifetimes(void **state)
{
    static const uint32_t locations[] = { 0, 1, 0x7fffff, 0x800000, 0xffffff };
    (void)state;
    for (size_t i = 0; i < COUNT(locations); i++) {
        for (uint32_t persistence = 0; persistence < 0x100u; persistence++) {
            psa_key_lifetime_t lifetime =
                PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION((psa_key_persistence_t)persistence, locations[i]);
            assert_int_equal(lifetime, locations[i] << 8 | persistence);
            assert_int_equal(PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime), persistence);
            assert_int_equal(PSA_KEY_LIFETIME_GET_LOCATION(lifetime), locations[i]);
            assert_int_equal(PSA_KEY_LIFETIME_IS_VOLATILE(lifetime), persistence == 0);
        }
    }
}

static void assert_initial(const psa_key_attributes_t *attributes)
{
    assert_int_equal(psa_get_key_type(attributes), PSA_KEY_TYPE_NONE);
    assert_int_equal(psa_get_key_bits(attributes), 0);
    assert_int_equal(psa_get_key_lifetime(attributes), PSA_KEY_LIFETIME_VOLATILE);
    assert_int_equal(psa_get_key_id(attributes), PSA_KEY_ID_NULL);
    assert_int_equal(psa_get_key_usage_flags(attributes), 0);
    assert_int_equal(psa_get_key_algorithm(attributes), PSA_ALG_NONE);
    assert_int_equal(psa_get_key_enrollment_algorithm(attributes), PSA_ALG_NONE);
}

static void test_attributes(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_attributes_t zero;
    (void)state;

    assert_initial(&attributes);
    memset(&zero, 0, sizeof(zero));
    assert_initial(&zero);
    attributes = psa_key_attributes_init();
    assert_initial(&attributes);

    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 65528);
    psa_set_key_lifetime(&attributes, 0x80000103u);
    psa_set_key_id(&attributes, 0x3fffffff);
    psa_set_key_usage_flags(&attributes, 0xffffffffu);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    psa_set_key_enrollment_algorithm(&attributes, PSA_ALG_CMAC);
    assert_int_equal(psa_get_key_type(&attributes), PSA_KEY_TYPE_AES);
    assert_int_equal(psa_get_key_bits(&attributes), 65528);
    assert_int_equal(psa_get_key_lifetime(&attributes), 0x80000103u);
    assert_int_equal(psa_get_key_id(&attributes), 0x3fffffff);
    assert_int_equal(psa_get_key_usage_flags(&attributes), 0xffffffffu);
    assert_int_equal(psa_get_key_algorithm(&attributes), PSA_ALG_GCM);
    assert_int_equal(psa_get_key_enrollment_algorithm(&attributes), PSA_ALG_CMAC);
    psa_reset_key_attributes(&attributes);
    assert_initial(&attributes);
}

/* No size is taken for another: what 16 bits cannot hold becomes a size that no key has. */
static void test_large_bits(void **state)
{
    static const size_t sizes[] = { 65535, 65536, 65536 + 128, 131072 + 256, SIZE_MAX - 7, SIZE_MAX };
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    (void)state;
    for (size_t i = 0; i < COUNT(sizes); i++) {
        psa_set_key_bits(&attributes, sizes[i]);
        assert_int_equal(psa_get_key_bits(&attributes), 65535);
    }
    psa_set_key_bits(&attributes, 0);
    assert_int_equal(psa_get_key_bits(&attributes), 0);
}

static void test_id_and_lifetime(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    (void)state;

    /* An identifier makes the key persistent, where it is. */
    psa_set_key_id(&attributes, 5);
    assert_int_equal(psa_get_key_lifetime(&attributes), PSA_KEY_LIFETIME_PERSISTENT);
    psa_reset_key_attributes(&attributes);
    psa_set_key_lifetime(&attributes, 0x80000100u);
    psa_set_key_id(&attributes, 5);
    assert_int_equal(psa_get_key_lifetime(&attributes), 0x80000101u);

    /* Another persistence stays, and so does the identifier with a persistent lifetime. */
    psa_set_key_lifetime(&attributes, 0x000001ffu);
    assert_int_equal(psa_get_key_id(&attributes), 5);
    psa_set_key_id(&attributes, 6);
    assert_int_equal(psa_get_key_lifetime(&attributes), 0x000001ffu);
    assert_int_equal(psa_get_key_id(&attributes), 6);

    /* A volatile lifetime, in any location, has no identifier. */
    psa_set_key_lifetime(&attributes, 0x00000100u);
    assert_int_equal(psa_get_key_id(&attributes), PSA_KEY_ID_NULL);
    assert_int_equal(psa_get_key_lifetime(&attributes), 0x00000100u);
}

/* Initialised in each way that the specification names, an object is all zero bytes. */
static void test_initialisers(void **state)
{
    static const unsigned char zero[sizeof(psa_verify_operation_t) + sizeof(psa_key_derivation_operation_t)] = { 0 };
    (void)state;
#define CHECK(type, init, function) \
    do { \
        static type from_init = init; \
        type from_function; \
        memset(&from_function, 0xff, sizeof(from_function)); \
        from_function = function(); \
        assert_true(sizeof(type) <= sizeof(zero)); \
        assert_memory_equal(&from_init, zero, sizeof(type)); \
        assert_memory_equal(&from_function.private_head, zero, sizeof(from_function.private_head)); \
    } while (0)
    CHECK(psa_hash_operation_t, PSA_HASH_OPERATION_INIT, psa_hash_operation_init);
    CHECK(psa_xof_operation_t, PSA_XOF_OPERATION_INIT, psa_xof_operation_init);
    CHECK(psa_mac_operation_t, PSA_MAC_OPERATION_INIT, psa_mac_operation_init);
    CHECK(psa_cipher_operation_t, PSA_CIPHER_OPERATION_INIT, psa_cipher_operation_init);
    CHECK(psa_aead_operation_t, PSA_AEAD_OPERATION_INIT, psa_aead_operation_init);
    CHECK(psa_key_derivation_operation_t, PSA_KEY_DERIVATION_OPERATION_INIT, psa_key_derivation_operation_init);
    CHECK(psa_sign_operation_t, PSA_SIGN_OPERATION_INIT, psa_sign_operation_init);
    CHECK(psa_verify_operation_t, PSA_VERIFY_OPERATION_INIT, psa_verify_operation_init);
    CHECK(psa_pake_operation_t, PSA_PAKE_OPERATION_INIT, psa_pake_operation_init);
#undef CHECK
}

static void test_cipher_suite(void **state)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    (void)state;

    assert_int_equal(psa_pake_cs_get_algorithm(&suite), PSA_ALG_NONE);
    assert_int_equal(psa_pake_cs_get_primitive(&suite), 0);
    assert_int_equal(psa_pake_cs_get_key_confirmation(&suite), PSA_PAKE_CONFIRMED_KEY);
    psa_pake_cs_set_algorithm(&suite, PSA_ALG_SPAKE2P_MATTER);
    psa_pake_cs_set_primitive(&suite, 0x01120100u);
    psa_pake_cs_set_key_confirmation(&suite, PSA_PAKE_UNCONFIRMED_KEY);
    assert_int_equal(psa_pake_cs_get_algorithm(&suite), PSA_ALG_SPAKE2P_MATTER);
    assert_int_equal(psa_pake_cs_get_primitive(&suite), 0x01120100u);
    assert_int_equal(psa_pake_cs_get_key_confirmation(&suite), PSA_PAKE_UNCONFIRMED_KEY);
    suite = psa_pake_cipher_suite_init();
    assert_int_equal(psa_pake_cs_get_primitive(&suite), 0);
}

static void test_compat(void **state)
{
    (void)state;
    assert_int_equal(mbedtls_svc_key_id_make(7, 42), 42);
    assert_int_equal(mbedtls_svc_key_id_equal(1, 1), 1);
    assert_int_equal(mbedtls_svc_key_id_equal(1, 2), 0);
    assert_int_equal(mbedtls_svc_key_id_is_null(MBEDTLS_SVC_KEY_ID_INIT), 1);
    assert_int_equal(psa_key_handle_is_null(3), 0);
    assert_int_equal(MBEDTLS_SVC_KEY_ID_GET_KEY_ID(9), 9);
    assert_int_equal(PSA_BITS_TO_BYTES(521), 66);
    assert_int_equal(PSA_BYTES_TO_BITS(66), 528);
    assert_int_equal(PSA_ROUND_UP_TO_MULTIPLE(16, 17), 32);
    assert_int_equal(PSA_MAX_OF_THREE(2, 3, 1), 3);
    assert_int_equal(PSA_ALG_IS_VENDOR_DEFINED(0x82000001u), 1);
    assert_int_equal(PSA_KEY_TYPE_IS_VENDOR_DEFINED(PSA_KEY_TYPE_AES), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_algorithm), cmocka_unit_test(test_with_every_hash),
        cmocka_unit_test(test_model), cmocka_unit_test(test_model_types),
        cmocka_unit_test(test_mac_lengths), cmocka_unit_test(test_tag_lengths),
        cmocka_unit_test(test_key_agreement), cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_primitives), cmocka_unit_test(test_every_key_type),
        cmocka_unit_test(test_key_type_model), cmocka_unit_test(test_lifetimes),
        cmocka_unit_test(test_attributes), cmocka_unit_test(test_large_bits),
        cmocka_unit_test(test_id_and_lifetime), cmocka_unit_test(test_initialisers),
        cmocka_unit_test(test_cipher_suite), cmocka_unit_test(test_compat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
