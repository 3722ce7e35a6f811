/* SPDX-License-Identifier: Apache-2.0 */
/*
 * psa/crypto_sizes.h against tables of the standards' own figures, and each PSA_xxx_MAX_SIZE against
 * the largest that the macro with arguments gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The maxima are literals: they serve in preprocessor conditions. */
#if PSA_HASH_MAX_SIZE < 1 || PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE < 1 || PSA_MAC_MAX_SIZE < 1 || \
    PSA_CIPHER_IV_MAX_SIZE < 1 || PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE < 1 || PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE < 1 || \
    PSA_AEAD_TAG_MAX_SIZE < 1 || PSA_AEAD_NONCE_MAX_SIZE < 1 || PSA_AEAD_FINISH_OUTPUT_MAX_SIZE < 1 || \
    PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE < 1 || PSA_SIGNATURE_MAX_SIZE < 1 || PSA_EXPORT_KEY_PAIR_MAX_SIZE < 1 || \
    PSA_EXPORT_PUBLIC_KEY_MAX_SIZE < 1 || PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE < 1 || \
    PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE < 1 || PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE < 1 || \
    PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE < 1 || PSA_ENCAPSULATE_CIPHERTEXT_MAX_SIZE < 1 || \
    PSA_WRAP_KEY_PAIR_MAX_SIZE < 1 || PSA_PAKE_OUTPUT_MAX_SIZE < 1 || PSA_PAKE_INPUT_MAX_SIZE < 1
#error "a maximum is no literal"
#endif

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ---- Hashes ---- */

static const struct hash {
    psa_algorithm_t alg;
    size_t length, block;
    size_t suspend_input, suspend_state; /* 0: cannot be suspended */
} hashes[] = {
    { PSA_ALG_MD2, 16, 16, 1, 64 },           { PSA_ALG_MD4, 16, 64, 8, 16 },
    { PSA_ALG_MD5, 16, 64, 8, 16 },           { PSA_ALG_RIPEMD160, 20, 64, 8, 20 },
    { PSA_ALG_SHA_1, 20, 64, 8, 20 },         { PSA_ALG_AES_MMO_ZIGBEE, 16, 16, 0, 0 },
    { PSA_ALG_SHA_224, 28, 64, 8, 32 },       { PSA_ALG_SHA_256, 32, 64, 8, 32 },
    { PSA_ALG_SHA_384, 48, 128, 16, 64 },     { PSA_ALG_SHA_512, 64, 128, 16, 64 },
    { PSA_ALG_SHA_512_224, 28, 128, 16, 64 }, { PSA_ALG_SHA_512_256, 32, 128, 16, 64 },
    { PSA_ALG_SHA_256_192, 24, 64, 0, 0 },    { PSA_ALG_SHA3_224, 28, 144, 0, 0 },
    { PSA_ALG_SHA3_256, 32, 136, 0, 0 },      { PSA_ALG_SHA3_384, 48, 104, 0, 0 },
    { PSA_ALG_SHA3_512, 64, 72, 0, 0 },       { PSA_ALG_SM3, 32, 64, 0, 0 },
    { PSA_ALG_SHAKE256_512, 64, 136, 0, 0 },  { PSA_ALG_SHAKE128_256, 32, 168, 0, 0 },
    { PSA_ALG_SHAKE256_192, 24, 136, 0, 0 },  { PSA_ALG_SHAKE256_256, 32, 136, 0, 0 },
    { PSA_ALG_ASCON_HASH256, 32, 8, 0, 0 },   { PSA_ALG_BLAKE2S_HASH256, 32, 64, 0, 0 },
    { PSA_ALG_BLAKE2SP_HASH256, 32, 64, 0, 0 }, { PSA_ALG_BLAKE2B_HASH512, 64, 128, 0, 0 },
    { PSA_ALG_BLAKE2BP_HASH512, 64, 128, 0, 0 },
};

static void test_hashes(void **state)
{
    size_t longest = 0, longest_state = 0;
    uint32_t known = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(hashes); i++) {
        const struct hash *h = &hashes[i];
        size_t suspended = h->suspend_state == 0 ? 0 : 4 + h->suspend_input + h->suspend_state + h->block - 1;

        known |= 1u << (h->alg & 0x1fu);
        assert_int_equal(PSA_HASH_LENGTH(h->alg), h->length);
        assert_int_equal(PSA_HASH_LENGTH(PSA_ALG_HMAC(h->alg)), h->length);
        assert_int_equal(PSA_HASH_BLOCK_LENGTH(h->alg), h->block);
        assert_int_equal(PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(h->alg), h->suspend_input);
        assert_int_equal(PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(h->alg), h->suspend_state);
        assert_int_equal(PSA_HASH_SUSPEND_OUTPUT_SIZE(h->alg), suspended);
        longest = larger(longest, h->length);
        longest_state = larger(longest_state, suspended);
    }
    assert_int_equal(PSA_HASH_MAX_SIZE, longest);
    assert_int_equal(PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE, longest_state);
    assert_int_equal(PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH, 4);
    for (uint32_t type = 0; type < 0x100u; type++) {
        if (type > 0x1fu || (known & 1u << type) == 0) {
            assert_int_equal(PSA_HASH_LENGTH(0x02000000u | type), 0);
            assert_int_equal(PSA_HASH_BLOCK_LENGTH(0x02000000u | type), 0);
            assert_int_equal(PSA_HASH_SUSPEND_OUTPUT_SIZE(0x02000000u | type), 0);
        }
    }
}

/* ---- MACs ---- */

static void test_macs(void **state)
{
    static const psa_key_type_t ciphers[] = { PSA_KEY_TYPE_AES, PSA_KEY_TYPE_ARIA, PSA_KEY_TYPE_CAMELLIA,
                                              PSA_KEY_TYPE_SM4, PSA_KEY_TYPE_DES };
    size_t longest = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(hashes); i++) {
        psa_algorithm_t hmac = PSA_ALG_HMAC(hashes[i].alg);

        longest = larger(longest, hashes[i].length);
        assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_HMAC, 256, hmac), hashes[i].length);
        for (uint32_t n = 1; n <= hashes[i].length && n < 64u; n++) {
            assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_HMAC, 256, PSA_ALG_TRUNCATED_MAC(hmac, n)), n);
        }
        assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_BLAKE2, 256, PSA_ALG_BLAKE2_MAC(hashes[i].alg)),
                         PSA_ALG_IS_BLAKE2_HASH(hashes[i].alg) ? hashes[i].length : 0);
    }
    for (size_t i = 0; i < COUNT(ciphers); i++) {
        size_t block = ciphers[i] == PSA_KEY_TYPE_DES ? 8 : 16;

        assert_int_equal(PSA_MAC_LENGTH(ciphers[i], 128, PSA_ALG_CMAC), block);
        assert_int_equal(PSA_MAC_LENGTH(ciphers[i], 128, PSA_ALG_CBC_MAC), block);
        assert_int_equal(PSA_MAC_LENGTH(ciphers[i], 128, PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 4)), 4);
    }
    assert_int_equal(PSA_MAC_MAX_SIZE, longest);
    assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_HMAC, 256, PSA_ALG_HMAC(0x0200001bu)), 0);
    assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_HMAC, 256, PSA_ALG_TRUNCATED_MAC(PSA_ALG_HMAC(0x0200001bu), 8)), 0);
    assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_CHACHA20, 256, PSA_ALG_CMAC), 0);
    assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_HMAC, 256, PSA_ALG_CMAC), 0);
    assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_AES, 256, 0x03c00300u), 0);
    assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_AES, 256, PSA_ALG_GCM), 0);
    assert_int_equal(PSA_MAC_LENGTH(PSA_KEY_TYPE_AES, 128, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 4)), 0);
}

/* ---- Ciphers ---- */

enum output { NONE, STREAM, BLOCKS, PADDED, STEALING };

static const struct cipher {
    psa_key_type_t type;
    psa_algorithm_t alg;
    size_t iv;
    enum output output;
    size_t block;
} ciphers[] = {
#define BLOCK_CIPHER(type, block) \
    { type, PSA_ALG_CTR, block, STREAM, block }, { type, PSA_ALG_CFB, block, STREAM, block }, \
    { type, PSA_ALG_OFB, block, STREAM, block }, { type, PSA_ALG_XTS, block, STEALING, block }, \
    { type, PSA_ALG_ECB_NO_PADDING, 0, BLOCKS, block }, { type, PSA_ALG_CBC_NO_PADDING, block, BLOCKS, block }, \
    { type, PSA_ALG_CBC_PKCS7, block, PADDED, block }, { type, PSA_ALG_STREAM_CIPHER, 0, NONE, 0 }, \
    { type, PSA_ALG_CCM_STAR_NO_TAG, (block) == 16 ? 13 : 0, (block) == 16 ? STREAM : NONE, block }, \
    { type, PSA_ALG_CCM_STAR_ANY_TAG, 0, NONE, 0 }, { type, PSA_ALG_GCM, 0, NONE, 0 }
#define STREAM_CIPHER(type, iv) \
    { type, PSA_ALG_STREAM_CIPHER, iv, STREAM, 1 }, { type, PSA_ALG_CTR, 0, NONE, 0 }, \
    { type, PSA_ALG_ECB_NO_PADDING, 0, NONE, 0 }, { type, PSA_ALG_CBC_PKCS7, 0, NONE, 0 }, \
    { type, PSA_ALG_CCM_STAR_NO_TAG, 0, NONE, 0 }, { type, PSA_ALG_XTS, 0, NONE, 0 }
    BLOCK_CIPHER(PSA_KEY_TYPE_AES, 16),
    BLOCK_CIPHER(PSA_KEY_TYPE_ARIA, 16),
    BLOCK_CIPHER(PSA_KEY_TYPE_CAMELLIA, 16),
    BLOCK_CIPHER(PSA_KEY_TYPE_SM4, 16),
    BLOCK_CIPHER(PSA_KEY_TYPE_DES, 8),
    STREAM_CIPHER(PSA_KEY_TYPE_ARC4, 0),
    STREAM_CIPHER(PSA_KEY_TYPE_CHACHA20, 12),
    STREAM_CIPHER(PSA_KEY_TYPE_XCHACHA20, 24),
    { PSA_KEY_TYPE_ASCON, PSA_ALG_STREAM_CIPHER, 0, NONE, 0 },
    { PSA_KEY_TYPE_RAW_DATA, PSA_ALG_CTR, 0, NONE, 0 },
    { PSA_KEY_TYPE_HMAC, PSA_ALG_CBC_PKCS7, 0, NONE, 0 },
    { PSA_KEY_TYPE_RSA_KEY_PAIR, PSA_ALG_CTR, 0, NONE, 0 },
};

static void test_ciphers(void **state)
{
    size_t longest_iv = 0, longest_finish = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(ciphers); i++) {
        const struct cipher *c = &ciphers[i];
        size_t finish = c->output == STEALING ? 2 * c->block : c->output == BLOCKS || c->output == PADDED ? c->block : 0;

        assert_int_equal(PSA_CIPHER_IV_LENGTH(c->type, c->alg), c->iv);
        assert_int_equal(PSA_CIPHER_FINISH_OUTPUT_SIZE(c->type, c->alg), finish);
        longest_iv = larger(longest_iv, c->iv);
        longest_finish = larger(longest_finish, finish);
        for (size_t n = 0; n < 70; n++) {
            size_t whole = c->block == 0 ? 0 : (n + c->block - 1) / c->block * c->block;
            size_t padded = c->block == 0 ? 0 : (n / c->block + 1) * c->block;
            size_t encrypted = c->output == NONE ? 0 : c->iv + (c->output == PADDED ? padded : n);
            size_t decrypted = c->output == NONE || n < c->iv ? 0 : n - c->iv;
            size_t update = c->output == NONE ? 0 : c->output == STREAM ? n : whole;

            assert_int_equal(PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(c->type, c->alg, n), encrypted);
            assert_int_equal(PSA_CIPHER_DECRYPT_OUTPUT_SIZE(c->type, c->alg, n), decrypted);
            assert_int_equal(PSA_CIPHER_UPDATE_OUTPUT_SIZE(c->type, c->alg, n), update);
            assert_true(PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE(n) >= encrypted);
            assert_true(PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE(n) >= decrypted);
            assert_true(PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(n) >= update);
        }
    }
    assert_int_equal(PSA_CIPHER_IV_MAX_SIZE, longest_iv);
    assert_int_equal(PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE, longest_finish);
    assert_int_equal(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, 16);
}

/* ---- AEADs ---- */

static const struct aead {
    psa_key_type_t type;
    psa_algorithm_t alg;
    size_t nonce; /* 0: they do not go together */
    int in_blocks;
} aeads[] = {
    { PSA_KEY_TYPE_AES, PSA_ALG_CCM, 13, 1 },
    { PSA_KEY_TYPE_AES, PSA_ALG_GCM, 12, 1 },
    { PSA_KEY_TYPE_ARIA, PSA_ALG_GCM, 12, 1 },
    { PSA_KEY_TYPE_CAMELLIA, PSA_ALG_CCM, 13, 1 },
    { PSA_KEY_TYPE_SM4, PSA_ALG_GCM, 12, 1 },
    { PSA_KEY_TYPE_CHACHA20, PSA_ALG_CHACHA20_POLY1305, 12, 0 },
    { PSA_KEY_TYPE_XCHACHA20, PSA_ALG_XCHACHA20_POLY1305, 24, 0 },
    { PSA_KEY_TYPE_ASCON, PSA_ALG_ASCON_AEAD128, 16, 1 },
    { PSA_KEY_TYPE_DES, PSA_ALG_GCM, 0, 0 },
    { PSA_KEY_TYPE_DES, PSA_ALG_CCM, 0, 0 },
    { PSA_KEY_TYPE_AES, PSA_ALG_CHACHA20_POLY1305, 0, 0 },
    { PSA_KEY_TYPE_CHACHA20, PSA_ALG_XCHACHA20_POLY1305, 0, 0 },
    { PSA_KEY_TYPE_XCHACHA20, PSA_ALG_CHACHA20_POLY1305, 0, 0 },
    { PSA_KEY_TYPE_CHACHA20, PSA_ALG_GCM, 0, 0 },
    { PSA_KEY_TYPE_AES, PSA_ALG_ASCON_AEAD128, 0, 0 },
    { PSA_KEY_TYPE_ASCON, PSA_ALG_GCM, 0, 0 },
    { PSA_KEY_TYPE_HMAC, PSA_ALG_GCM, 0, 0 },
};

static void test_aeads(void **state)
{
    size_t longest_nonce = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(aeads); i++) {
        const struct aead *a = &aeads[i];

        for (uint32_t tag = 1; tag <= 16u; tag++) {
            psa_algorithm_t alg = PSA_ALG_AEAD_WITH_SHORTENED_TAG(a->alg, tag);
            psa_algorithm_t policy = PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(a->alg, tag);
            size_t finish = a->nonce != 0 && a->in_blocks ? 16 : 0;

            assert_int_equal(PSA_AEAD_TAG_LENGTH(a->type, 256, alg), a->nonce != 0 ? tag : 0);
            assert_int_equal(PSA_AEAD_TAG_LENGTH(a->type, 256, policy), 0);
            assert_int_equal(PSA_AEAD_NONCE_LENGTH(a->type, alg), a->nonce);
            assert_int_equal(PSA_AEAD_FINISH_OUTPUT_SIZE(a->type, alg), finish);
            assert_int_equal(PSA_AEAD_VERIFY_OUTPUT_SIZE(a->type, alg), finish);
            for (size_t n = 0; n < 40; n++) {
                size_t update = a->nonce == 0 ? 0 : a->in_blocks ? (n + 15) / 16 * 16 : n;

                assert_int_equal(PSA_AEAD_ENCRYPT_OUTPUT_SIZE(a->type, alg, n), a->nonce != 0 ? n + tag : 0);
                assert_int_equal(PSA_AEAD_DECRYPT_OUTPUT_SIZE(a->type, alg, n), a->nonce != 0 && n > tag ? n - tag : 0);
                assert_int_equal(PSA_AEAD_UPDATE_OUTPUT_SIZE(a->type, alg, n), update);
                assert_true(PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(n) >= update);
                assert_int_equal(PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE(n), n + 16);
                assert_true(PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE(n) >= n);
            }
        }
        longest_nonce = larger(longest_nonce, a->nonce);
    }
    assert_int_equal(PSA_AEAD_NONCE_MAX_SIZE, longest_nonce);
    assert_int_equal(PSA_AEAD_TAG_MAX_SIZE, 16);
    assert_int_equal(PSA_AEAD_FINISH_OUTPUT_MAX_SIZE, 16);
    assert_int_equal(PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE, 16);
    assert_int_equal(PSA_AEAD_TAG_LENGTH(PSA_KEY_TYPE_AES, 128, PSA_ALG_CTR), 0);
    assert_int_equal(PSA_AEAD_NONCE_LENGTH(PSA_KEY_TYPE_AES, 0x05500300u), 0);
}

/* ---- Elliptic curves: every curve of the specification ---- */

static const struct curve {
    psa_ecc_family_t family;
    size_t bits;
    size_t scalar, point, ecdsa, secret; /* private key, public key, ECDSA signature, ECDH; 0: not with this curve */
} curves[] = {
    { PSA_ECC_FAMILY_SECP_R1, 192, 24, 49, 48, 24 },         { PSA_ECC_FAMILY_SECP_R1, 224, 28, 57, 56, 28 },
    { PSA_ECC_FAMILY_SECP_R1, 256, 32, 65, 64, 32 },         { PSA_ECC_FAMILY_SECP_R1, 384, 48, 97, 96, 48 },
    { PSA_ECC_FAMILY_SECP_R1, 521, 66, 133, 132, 66 },       { PSA_ECC_FAMILY_SECP_K1, 192, 24, 49, 48, 24 },
    { PSA_ECC_FAMILY_SECP_K1, 225, 29, 57, 58, 28 },         { PSA_ECC_FAMILY_SECP_K1, 256, 32, 65, 64, 32 },
    { PSA_ECC_FAMILY_SECP_R2, 160, 21, 41, 42, 20 },         { PSA_ECC_FAMILY_SECT_K1, 163, 21, 43, 42, 21 },
    { PSA_ECC_FAMILY_SECT_K1, 233, 30, 61, 58, 30 },         { PSA_ECC_FAMILY_SECT_K1, 239, 30, 61, 60, 30 },
    { PSA_ECC_FAMILY_SECT_K1, 283, 36, 73, 72, 36 },         { PSA_ECC_FAMILY_SECT_K1, 409, 52, 105, 102, 52 },
    { PSA_ECC_FAMILY_SECT_K1, 571, 72, 145, 144, 72 },       { PSA_ECC_FAMILY_SECT_R1, 163, 21, 43, 42, 21 },
    { PSA_ECC_FAMILY_SECT_R1, 233, 30, 61, 60, 30 },         { PSA_ECC_FAMILY_SECT_R1, 283, 36, 73, 72, 36 },
    { PSA_ECC_FAMILY_SECT_R1, 409, 52, 105, 104, 52 },       { PSA_ECC_FAMILY_SECT_R1, 571, 72, 145, 144, 72 },
    { PSA_ECC_FAMILY_SECT_R2, 163, 21, 43, 42, 21 },         { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, 20, 41, 40, 20 },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 192, 24, 49, 48, 24 },  { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 224, 28, 57, 56, 28 },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, 32, 65, 64, 32 },  { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, 40, 81, 80, 40 },
    { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384, 48, 97, 96, 48 },  { PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, 64, 129, 128, 64 },
    { PSA_ECC_FAMILY_FRP, 256, 32, 65, 64, 32 },             { PSA_ECC_FAMILY_MONTGOMERY, 255, 32, 32, 0, 32 },
    { PSA_ECC_FAMILY_MONTGOMERY, 448, 56, 56, 0, 56 },       { PSA_ECC_FAMILY_TWISTED_EDWARDS, 255, 32, 32, 0, 0 },
    { PSA_ECC_FAMILY_TWISTED_EDWARDS, 448, 57, 57, 0, 0 },
};

static const struct curve *find_curve(unsigned family, size_t bits)
{
    for (size_t i = 0; i < COUNT(curves); i++) {
        if (curves[i].family == family && curves[i].bits == bits) {
            return &curves[i];
        }
    }
    return NULL;
}

static int is_sae_curve(unsigned family, size_t bits)
{
    return (family == PSA_ECC_FAMILY_SECP_R1 && (bits == 256 || bits == 384 || bits == 521)) ||
           (family == PSA_ECC_FAMILY_BRAINPOOL_P_R1 && (bits == 256 || bits == 384 || bits == 512));
}

static int is_spake2p_curve(unsigned family, size_t bits)
{
    return (family == PSA_ECC_FAMILY_SECP_R1 && (bits == 256 || bits == 384 || bits == 521)) ||
           (family == PSA_ECC_FAMILY_TWISTED_EDWARDS && (bits == 255 || bits == 448));
}

static void assert_curve(unsigned family, size_t bits)
{
    static const struct curve none = { 0, 0, 0, 0, 0, 0 };
    const struct curve *found = find_curve(family, bits);
    const struct curve *c = found != NULL ? found : &none;
    psa_key_type_t pair = PSA_KEY_TYPE_ECC_KEY_PAIR(family), public_key = PSA_KEY_TYPE_ECC_PUBLIC_KEY(family);
    int edwards = found != NULL && family == PSA_ECC_FAMILY_TWISTED_EDWARDS;
    size_t eddsa = !edwards ? 0 : bits == 255 ? 64 : 114;

    assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(pair, bits), c->scalar);
    assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(public_key, bits), c->point);
    assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(pair, bits), c->point);
    assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(public_key, bits), c->point);
    assert_int_equal(PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(pair, bits), c->secret);
    assert_int_equal(PSA_ENCAPSULATE_CIPHERTEXT_SIZE(public_key, bits, PSA_ALG_ECIES_SEC1), c->secret == 0 ? 0 : c->point);
    assert_int_equal(PSA_ENCAPSULATE_CIPHERTEXT_SIZE(public_key, bits, PSA_ALG_ML_KEM), 0);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(pair, bits, PSA_ALG_ECDSA(PSA_ALG_SHA_256)), c->ecdsa);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(public_key, bits, PSA_ALG_ECDSA_ANY), c->ecdsa);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(pair, bits, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_ANY_HASH)), c->ecdsa);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(pair, bits, PSA_ALG_PURE_EDDSA), eddsa);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(pair, bits, PSA_ALG_EDDSA_CTX), eddsa);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(pair, bits, PSA_ALG_ED25519PH), bits == 255 ? eddsa : 0);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(pair, bits, PSA_ALG_ED448PH), bits == 448 ? eddsa : 0);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(pair, bits, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256)), 0);
    assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family), bits),
                     is_spake2p_curve(family, bits) ? 2 * c->scalar : 0);
    assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family), bits),
                     is_spake2p_curve(family, bits) ? c->scalar + c->point : 0);
    assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(family), bits),
                     is_spake2p_curve(family, bits) ? c->scalar + c->point : 0);
    assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_WPA3_SAE_ECC(family), bits),
                     is_sae_curve(family, bits) ? 2 * c->secret : 0);
}

static void test_curves(void **state)
{
    static const unsigned families[] = { 0x12, 0x17, 0x1b, 0x22, 0x27, 0x2b, 0x30, 0x33, 0x41, 0x42, 0x00, 0x14, 0x7f };
    (void)state;
    for (size_t i = 0; i < COUNT(families); i++) {
        for (size_t bits = 0; bits < 600; bits++) {
            assert_curve(families[i], bits);
        }
        assert_curve(families[i], 65535);
    }
    assert_int_equal(COUNT(curves), 33);
    /* P-256 as the specification's own examples have it. */
    assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256), 97);
}

/* ---- Diffie-Hellman ---- */

static void test_groups(void **state)
{
    static const unsigned families[] = { 0x03, 0x05, 0x00, 0x06 };
    (void)state;
    for (size_t i = 0; i < COUNT(families); i++) {
        for (size_t bits = 0; bits <= 16384; bits += 64) {
            int exists = i < 2 && (bits == 2048 || bits == 3072 || bits == 4096 || bits == 6144 || bits == 8192);
            size_t bytes = exists ? bits / 8 : 0;

            assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_DH_KEY_PAIR(families[i]), bits), bytes);
            assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_DH_KEY_PAIR(families[i]), bits), bytes);
            assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_DH_PUBLIC_KEY(families[i]), bits), bytes);
            assert_int_equal(PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(PSA_KEY_TYPE_DH_KEY_PAIR(families[i]), bits), bytes);
            assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_WPA3_SAE_DH(families[i]), bits), i == 1 ? bytes : 0);
        }
    }
    assert_int_equal(PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE, 1024);
}

/* ---- RSA ---- */

/* Bytes of a DER element of so many content bytes, the long way. */
static size_t der(size_t content)
{
    size_t length_bytes = 1;
    if (content >= 128) {
        for (size_t rest = content; rest != 0; rest >>= 8) {
            length_bytes++;
        }
    }
    return 1 + length_bytes + content;
}

/* Bytes of the largest unsigned INTEGER of so many bits. */
static size_t der_integer(size_t bits)
{
    size_t bytes = (bits + 7) / 8;
    return der(bits % 8 == 0 ? bytes + 1 : bytes);
}

static void test_rsa(void **state)
{
    static const struct { size_t bits, pair, public_key; } known[] = {
        { 1024, 641, 170 }, { 2048, 1224, 300 }, { 3072, 1800, 428 }, { 4096, 2381, 556 }, { 8192, 4685, 1068 },
    };
    size_t exponent = der_integer(256);
    (void)state;
    for (size_t i = 0; i < COUNT(known); i++) {
        assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, known[i].bits), known[i].pair);
        assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_PUBLIC_KEY, known[i].bits), known[i].public_key);
    }
    for (size_t bits = 512; bits <= 8192; bits++) {
        size_t bytes = (bits + 7) / 8;
        size_t public_key = der(der_integer(bits) + exponent);
        size_t pair = der(3 + 2 * der_integer(bits) + exponent + 5 * der_integer((bits + 1) / 2));

        assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits), pair);
        assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits), public_key);
        assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_PUBLIC_KEY, bits), public_key);
        assert_int_equal(PSA_SIGN_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256)), bytes);
        assert_int_equal(PSA_SIGN_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_PUBLIC_KEY, bits, PSA_ALG_RSA_PKCS1V15_SIGN_RAW), bytes);
        assert_int_equal(PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_PUBLIC_KEY, bits, PSA_ALG_RSA_PKCS1V15_CRYPT),
                         bytes);
        assert_int_equal(PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits, PSA_ALG_RSA_PKCS1V15_CRYPT),
                         bytes - 11);
        assert_int_equal(PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, bits,
                                                            PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512)),
                         bytes > 130 ? bytes - 130 : 0);
    }
    assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, 8200), 0);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, 8200, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256)), 0);
    assert_int_equal(PSA_SIGN_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, 2048, PSA_ALG_ECDSA(PSA_ALG_SHA_256)), 0);
    assert_int_equal(PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_RSA_KEY_PAIR, 2048, PSA_ALG_RSA_PSS(PSA_ALG_SHA_1)), 0);
    assert_int_equal(PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(PSA_KEY_TYPE_AES, 128, PSA_ALG_RSA_PKCS1V15_CRYPT), 0);
    assert_int_equal(PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE, 1024);
    assert_int_equal(PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE, 1013);
}

/* ---- Post-quantum keys, signatures, ciphertexts ---- */

static const struct post_quantum {
    psa_key_type_t pair;
    size_t bits, private_key, public_key;
    size_t signature, ciphertext;
} post_quantum[] = {
    { PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 128, 32, 1312, 2420, 0 },
    { PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 192, 32, 1952, 3309, 0 },
    { PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 256, 32, 2592, 4627, 0 },
    { PSA_KEY_TYPE_ML_DSA_KEY_PAIR, 512, 0, 0, 0, 0 },
    { PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 512, 64, 800, 0, 768 },
    { PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 768, 64, 1184, 0, 1088 },
    { PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 1024, 64, 1568, 0, 1568 },
    { PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 256, 0, 0, 0, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_S), 128, 64, 32, 7856, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_S), 192, 96, 48, 16224, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_S), 256, 128, 64, 29792, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_F), 128, 64, 32, 17088, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_F), 192, 96, 48, 35664, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHA2_F), 256, 128, 64, 49856, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_S), 128, 64, 32, 7856, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_S), 192, 96, 48, 16224, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_S), 256, 128, 64, 29792, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_F), 128, 64, 32, 17088, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_F), 192, 96, 48, 35664, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_F), 256, 128, 64, 49856, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(PSA_SLH_DSA_FAMILY_SHAKE_F), 224, 0, 0, 0, 0 },
    { PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(0x07), 128, 0, 0, 0, 0 },
};

static void test_post_quantum(void **state)
{
    static const psa_algorithm_t ml_dsa[] = { PSA_ALG_ML_DSA, PSA_ALG_DETERMINISTIC_ML_DSA, PSA_ALG_HASH_ML_DSA(PSA_ALG_SHA_256),
                                              PSA_ALG_DETERMINISTIC_HASH_ML_DSA(PSA_ALG_ANY_HASH) };
    static const psa_algorithm_t slh_dsa[] = { PSA_ALG_SLH_DSA, PSA_ALG_DETERMINISTIC_SLH_DSA,
                                               PSA_ALG_HASH_SLH_DSA(PSA_ALG_SHA_256),
                                               PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(PSA_ALG_ANY_HASH) };
    size_t longest = 0, longest_ciphertext = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(post_quantum); i++) {
        const struct post_quantum *p = &post_quantum[i];
        psa_key_type_t public_key = PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(p->pair);

        assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(p->pair, p->bits), p->private_key);
        assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(public_key, p->bits), p->public_key);
        assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(p->pair, p->bits), p->public_key);
        assert_int_equal(PSA_ENCAPSULATE_CIPHERTEXT_SIZE(p->pair, p->bits, PSA_ALG_ML_KEM), p->ciphertext);
        assert_int_equal(PSA_ENCAPSULATE_CIPHERTEXT_SIZE(public_key, p->bits, PSA_ALG_ML_KEM), p->ciphertext);
        assert_int_equal(PSA_ENCAPSULATE_CIPHERTEXT_SIZE(public_key, p->bits, PSA_ALG_ECIES_SEC1), 0);
        for (size_t j = 0; j < COUNT(ml_dsa); j++) {
            assert_int_equal(PSA_SIGN_OUTPUT_SIZE(p->pair, p->bits, ml_dsa[j]),
                             PSA_KEY_TYPE_IS_ML_DSA(p->pair) ? p->signature : 0);
            assert_int_equal(PSA_SIGN_OUTPUT_SIZE(public_key, p->bits, slh_dsa[j]),
                             PSA_KEY_TYPE_IS_SLH_DSA(p->pair) ? p->signature : 0);
        }
        longest = larger(longest, p->signature);
        longest_ciphertext = larger(longest_ciphertext, p->ciphertext);
    }
    assert_int_equal(PSA_SIGNATURE_MAX_SIZE, longest);
    assert_int_equal(PSA_ENCAPSULATE_CIPHERTEXT_MAX_SIZE, longest_ciphertext);
}

static void test_hash_based(void **state)
{
    static const struct { psa_key_type_t type; size_t with_192, with_256; psa_algorithm_t alg; } keys[] = {
        { PSA_KEY_TYPE_LMS_PUBLIC_KEY, 48, 56, PSA_ALG_LMS },    /* two types, I, T[1] */
        { PSA_KEY_TYPE_HSS_PUBLIC_KEY, 52, 60, PSA_ALG_HSS },    /* levels before that */
        { PSA_KEY_TYPE_XMSS_PUBLIC_KEY, 52, 68, PSA_ALG_XMSS },  /* OID, root, SEED */
        { PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY, 52, 68, PSA_ALG_XMSS_MT },
    };
    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(keys[i].type, 192), keys[i].with_192);
        assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(keys[i].type, 256), keys[i].with_256);
        assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(keys[i].type, 128), 0);
        assert_int_equal(PSA_SIGN_OUTPUT_SIZE(keys[i].type, 256, keys[i].alg), 0);
    }
}

/* ---- Symmetric keys, and all types together ---- */

static void test_export(void **state)
{
    static const psa_key_type_t strings[] = { 0x1001, 0x1100, 0x1103, 0x1200, 0x1203, 0x1205, 0x1206, 0x2002, 0x2004,
                                              0x2007, 0x2008, 0x2301, 0x2400, 0x2403, 0x2405, 0x2406 };
    static const size_t sizes[] = { 128, 192, 255, 256, 384, 448, 512, 521, 571, 768, 1024, 2048, 4096, 8192 };
    size_t longest_pair = 0, longest_public = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(strings); i++) {
        for (size_t bits = 8; bits <= 65528; bits += 8) {
            assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(strings[i], bits), bits / 8);
        }
        assert_int_equal(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(strings[i], 256), 0);
        assert_int_equal(PSA_SIGN_OUTPUT_SIZE(strings[i], 256, PSA_ALG_ECDSA(PSA_ALG_SHA_256)), 0);
        assert_int_equal(PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(strings[i], 256), 0);
    }
    for (unsigned value = 0x4000; value < 0x8000; value++) {
        psa_key_type_t type = (psa_key_type_t)value;
        for (size_t i = 0; i < COUNT(sizes); i++) {
            size_t length = PSA_EXPORT_KEY_OUTPUT_SIZE(type, sizes[i]);
            if (PSA_KEY_TYPE_IS_KEY_PAIR(type)) {
                longest_pair = larger(longest_pair, length);
            } else {
                longest_public = larger(longest_public, length);
            }
            assert_true(PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(type, sizes[i]) <= PSA_EXPORT_PUBLIC_KEY_MAX_SIZE);
        }
    }
    assert_int_equal(PSA_EXPORT_KEY_PAIR_MAX_SIZE, longest_pair);
    assert_int_equal(PSA_EXPORT_PUBLIC_KEY_MAX_SIZE, longest_public);
    assert_int_equal(PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE, larger(longest_pair, longest_public));
    assert_int_equal(PSA_EXPORT_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_NONE, 128), 0);
}

/* ---- Key wrapping ---- */

static void test_wrapping(void **state)
{
    (void)state;
    for (size_t bytes = 1; bytes < 100; bytes++) {
        size_t units = (bytes + 7) / 8;
        size_t kwp = PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_KWP, PSA_KEY_TYPE_DERIVE, bytes * 8);

        assert_int_equal(kwp, units * 8 + 8);
        if (bytes % 8 == 0) {
            assert_int_equal(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_KW, PSA_KEY_TYPE_DERIVE, bytes * 8),
                             bytes + 8);
        }
    }
    assert_int_equal(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_ARIA, PSA_ALG_KW, PSA_KEY_TYPE_AES, 256), 40);
    assert_int_equal(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_SM4, PSA_ALG_KWP,
                                              PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 521), 80);
    assert_int_equal(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_KWP, PSA_KEY_TYPE_RSA_KEY_PAIR, 8192),
                     PSA_WRAP_KEY_PAIR_MAX_SIZE);
    assert_int_equal(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_DES, PSA_ALG_KW, PSA_KEY_TYPE_AES, 256), 0);
    assert_int_equal(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_GCM, PSA_KEY_TYPE_AES, 256), 0);
    assert_int_equal(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_KW, PSA_KEY_TYPE_NONE, 256), 0);
}

/* ---- PAKEs ---- */

#define ECC(family, bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, family, bits)
#define DH(family, bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, family, bits)
#define P256 ECC(PSA_ECC_FAMILY_SECP_R1, 256)

/* Sizes by step: 1 key share, 2 public value, 3 proof, 4 confirm, 5 salt, 6 commit, 7 count, 8 key id. */
static const struct pake {
    psa_algorithm_t alg;
    psa_pake_primitive_t primitive;
    size_t output[9], input[9];
} pakes[] = {
    { PSA_ALG_JPAKE(PSA_ALG_SHA_256), P256, { 0, 65, 65, 32 }, { 0, 65, 65, 32 } },
    { PSA_ALG_JPAKE(PSA_ALG_SHA_512), ECC(PSA_ECC_FAMILY_SECP_R1, 521), { 0, 133, 133, 66 }, { 0, 133, 133, 66 } },
    { PSA_ALG_JPAKE(PSA_ALG_SHA_256), ECC(PSA_ECC_FAMILY_MONTGOMERY, 255), { 0, 32, 32, 32 }, { 0, 32, 32, 32 } },
    { PSA_ALG_JPAKE(PSA_ALG_SHA_256), DH(PSA_DH_FAMILY_RFC7919, 3072), { 0, 384, 384, 384 }, { 0, 384, 384, 384 } },
    { PSA_ALG_JPAKE(PSA_ALG_SHA_256), ECC(PSA_ECC_FAMILY_SECP_R1, 255), { 0 }, { 0 } },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), P256, { 0, 65, 0, 0, 32 }, { 0, 65, 0, 0, 32 } },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), P256, { 0, 65, 0, 0, 64 }, { 0, 65, 0, 0, 64 } },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), ECC(PSA_ECC_FAMILY_TWISTED_EDWARDS, 448), { 0, 57, 0, 0, 64 },
      { 0, 57, 0, 0, 64 } },
    { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), P256, { 0, 65, 0, 0, 16 }, { 0, 65, 0, 0, 16 } },
    { PSA_ALG_SPAKE2P_MATTER, P256, { 0, 65, 0, 0, 32 }, { 0, 65, 0, 0, 32 } },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), DH(PSA_DH_FAMILY_RFC7919, 2048), { 0 }, { 0 } },
    { PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), ECC(PSA_ECC_FAMILY_SECP_K1, 256), { 0 }, { 0 } },
    { PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), P256, { 0, 0, 0, 0, 34, 0, 96, 0, 16 },
      { 0, 0, 0, 0, 34, 128, 96, 2, 0 } },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_384), ECC(PSA_ECC_FAMILY_SECP_R1, 384), { 0, 0, 0, 0, 50, 0, 144, 0, 16 },
      { 0, 0, 0, 0, 50, 128, 144, 2, 0 } },
    { PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_512), ECC(PSA_ECC_FAMILY_SECP_R1, 521), { 0, 0, 0, 0, 66, 0, 198, 0, 16 },
      { 0, 0, 0, 0, 66, 128, 198, 2, 0 } },
    { PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_512), DH(PSA_DH_FAMILY_RFC3526, 8192), { 0, 0, 0, 0, 66, 0, 2048, 0, 16 },
      { 0, 0, 0, 0, 66, 128, 2048, 2, 0 } },
    { PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), DH(PSA_DH_FAMILY_RFC7919, 2048), { 0 }, { 0 } },
    { PSA_ALG_WPA3_SAE_ANY, P256, { 0 }, { 0 } },
    { PSA_ALG_HKDF(PSA_ALG_SHA_256), P256, { 0 }, { 0 } },
};

static void test_pakes(void **state)
{
    size_t longest_output = 0, longest_input = 0;
    (void)state;
    for (size_t i = 0; i < COUNT(pakes); i++) {
        for (unsigned step = 0; step < 0x100u; step++) {
            size_t output = step < 9 ? pakes[i].output[step] : 0, input = step < 9 ? pakes[i].input[step] : 0;

            assert_int_equal(PSA_PAKE_OUTPUT_SIZE(pakes[i].alg, pakes[i].primitive, step), output);
            assert_int_equal(PSA_PAKE_INPUT_SIZE(pakes[i].alg, pakes[i].primitive, step), input);
            longest_output = larger(longest_output, output);
            longest_input = larger(longest_input, input);
        }
    }
    assert_int_equal(PSA_PAKE_OUTPUT_MAX_SIZE, longest_output);
    assert_int_equal(PSA_PAKE_INPUT_MAX_SIZE, longest_input);
}

static void test_derivation(void **state)
{
    (void)state;
    assert_true(PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE >= 64);
    assert_int_equal(PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE, 32);
    assert_int_equal(PSA_KEY_DERIVATION_UNLIMITED_CAPACITY, SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hashes),       cmocka_unit_test(test_macs),       cmocka_unit_test(test_ciphers),
        cmocka_unit_test(test_aeads),        cmocka_unit_test(test_curves),     cmocka_unit_test(test_groups),
        cmocka_unit_test(test_rsa),          cmocka_unit_test(test_post_quantum), cmocka_unit_test(test_hash_based),
        cmocka_unit_test(test_export),       cmocka_unit_test(test_wrapping),   cmocka_unit_test(test_pakes),
        cmocka_unit_test(test_derivation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
