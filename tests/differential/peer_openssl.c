/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSSL 3 through EVP; key wrapping, which EVP has for AES alone, through <openssl/modes.h> over any block cipher. */
#include <stdlib.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/modes.h>
#include <openssl/params.h>
#include <openssl/provider.h>

#include "differential/peer.h"

/* DES, MD4 and RC4 are in another provider; the usual one is there by itself only as long as no other is. */
static OSSL_PROVIDER *providers[2];

static void unload(void)
{
    (void)OSSL_PROVIDER_unload(providers[0]);
    (void)OSSL_PROVIDER_unload(providers[1]);
}

static void load(void)
{
    if (providers[0] == NULL) {
        providers[0] = OSSL_PROVIDER_load(NULL, "default");
        providers[1] = OSSL_PROVIDER_load(NULL, "legacy");
        peer_must(providers[0] != NULL && providers[1] != NULL && atexit(unload) == 0, "providers");
    }
}

static OSSL_PARAM octets(const char *name, const uint8_t *bytes, size_t length)
{
    return OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)bytes, length);
}

static OSSL_PARAM text(const char *name, const char *value)
{
    return OSSL_PARAM_construct_utf8_string(name, (char *)(uintptr_t)value, 0);
}

/* ---- Hashes ---- */

static const struct peer_name hashes[] = {
    {PSA_ALG_MD4, 0, "MD4"},
    {PSA_ALG_MD5, 0, "MD5"},
    {PSA_ALG_RIPEMD160, 0, "RIPEMD160"},
    {PSA_ALG_SHA_1, 0, "SHA1"},
    {PSA_ALG_SHA_224, 0, "SHA224"},
    {PSA_ALG_SHA_256, 0, "SHA256"},
    {PSA_ALG_SHA_384, 0, "SHA384"},
    {PSA_ALG_SHA_512, 0, "SHA512"},
    {PSA_ALG_SHA_512_224, 0, "SHA512-224"},
    {PSA_ALG_SHA_512_256, 0, "SHA512-256"},
    {PSA_ALG_SHA3_224, 0, "SHA3-224"},
    {PSA_ALG_SHA3_256, 0, "SHA3-256"},
    {PSA_ALG_SHA3_384, 0, "SHA3-384"},
    {PSA_ALG_SHA3_512, 0, "SHA3-512"},
    {PSA_ALG_SM3, 0, "SM3"},
    {PSA_ALG_BLAKE2B_HASH512, 0, "BLAKE2B-512"},
    {PSA_ALG_BLAKE2S_HASH256, 0, "BLAKE2S-256"},
    {PSA_ALG_SHAKE128, 0, "SHAKE128"},
    {PSA_ALG_SHAKE256, 0, "SHAKE256"},
    {PSA_ALG_SHAKE128_256, 0, "SHAKE128"},
    {PSA_ALG_SHAKE256_192, 0, "SHAKE256"},
    {PSA_ALG_SHAKE256_256, 0, "SHAKE256"},
    {PSA_ALG_SHAKE256_512, 0, "SHAKE256"},
    {0, 0, NULL},
};

static int hash(const struct peer_case *c, uint8_t *output)
{
    const char *name = peer_name(hashes, c->alg, 0);
    EVP_MD_CTX *context;
    EVP_MD *md;

    load();
    if (name == NULL) {
        return 0;
    }
    md = EVP_MD_fetch(NULL, name, NULL);
    context = EVP_MD_CTX_new();
    peer_must(EVP_DigestInit_ex(context, md, NULL) == 1 && EVP_DigestUpdate(context, c->input, c->length) == 1, name);
    peer_must((EVP_MD_get_flags(md) & EVP_MD_FLAG_XOF) != 0 ? EVP_DigestFinalXOF(context, output, c->output_length) == 1 :
                                                              EVP_DigestFinal_ex(context, output, NULL) == 1, name);
    EVP_MD_CTX_free(context);
    EVP_MD_free(md);
    return 1;
}

/* ---- Ciphers ---- */

static const struct peer_name block_ciphers[] = {
    {PSA_KEY_TYPE_AES, 16, "AES-128"},           {PSA_KEY_TYPE_AES, 24, "AES-192"},
    {PSA_KEY_TYPE_AES, 32, "AES-256"},           {PSA_KEY_TYPE_ARIA, 16, "ARIA-128"},
    {PSA_KEY_TYPE_ARIA, 24, "ARIA-192"},         {PSA_KEY_TYPE_ARIA, 32, "ARIA-256"},
    {PSA_KEY_TYPE_CAMELLIA, 16, "CAMELLIA-128"}, {PSA_KEY_TYPE_CAMELLIA, 24, "CAMELLIA-192"},
    {PSA_KEY_TYPE_CAMELLIA, 32, "CAMELLIA-256"}, {PSA_KEY_TYPE_SM4, 16, "SM4"},
    {PSA_KEY_TYPE_DES, 8, "DES"},                {PSA_KEY_TYPE_DES, 16, "DES-EDE"},
    {PSA_KEY_TYPE_DES, 24, "DES-EDE3"},          {0, 0, NULL},
};

static const struct peer_name modes[] = {
    {PSA_ALG_ECB_NO_PADDING, 0, "ECB"}, {PSA_ALG_CBC_NO_PADDING, 0, "CBC"}, {PSA_ALG_CTR, 0, "CTR"}, {PSA_ALG_CFB, 0, "CFB"},
    {PSA_ALG_OFB, 0, "OFB"},            {PSA_ALG_XTS, 0, "XTS"},            {PSA_ALG_GCM, 0, "GCM"}, {PSA_ALG_CCM, 0, "CCM"},
    {0, 0, NULL},
};

/* NULL where there is none: not every block cipher has every mode. EVP_CIPHER_free() it. */
static EVP_CIPHER *cipher_named(psa_algorithm_t alg, psa_key_type_t type, size_t key_length)
{
    const char *prefix = peer_name(block_ciphers, type, alg == PSA_ALG_XTS ? key_length / 2 : key_length);
    const char *mode = peer_name(modes, alg, 0);
    char name[40];

    load();
    if (prefix == NULL || mode == NULL) {
        return NULL;
    }
    (void)snprintf(name, sizeof name, "%s-%s", prefix, mode);
    return EVP_CIPHER_fetch(NULL, name, NULL);
}

/* Counter and nonce, as OpenSSL takes them in one. */
static void chacha20_iv(uint8_t iv[16], const struct peer_case *c)
{
    memset(iv, 0, 16);
    memcpy(iv + 16 - c->iv_length, c->iv, c->iv_length);
}

static EVP_CIPHER *cipher_and_iv(const struct peer_case *c, uint8_t iv[16])
{
    if (c->alg != PSA_ALG_STREAM_CIPHER) {
        memcpy(iv, c->iv, c->iv_length);
        return cipher_named(c->alg, c->type, c->key_length);
    }
    load();
    if (c->type == PSA_KEY_TYPE_CHACHA20) {
        chacha20_iv(iv, c);
    }
    return EVP_CIPHER_fetch(NULL, c->type == PSA_KEY_TYPE_CHACHA20 ? "ChaCha20" : c->type == PSA_KEY_TYPE_ARC4 ? "RC4" : "", NULL);
}

static int cipher(const struct peer_case *c, uint8_t *output)
{
    uint8_t iv[16] = {0};
    EVP_CIPHER *evp = cipher_and_iv(c, iv);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int n = 0;

    if (evp != NULL) {
        peer_must(EVP_EncryptInit_ex2(context, evp, NULL, NULL, NULL) == 1 &&
                  EVP_CIPHER_CTX_set_key_length(context, (int)c->key_length) == 1 &&
                  EVP_EncryptInit_ex2(context, NULL, c->key, iv, NULL) == 1 && EVP_CIPHER_CTX_set_padding(context, 0) == 1 &&
                  (c->length == 0 || EVP_EncryptUpdate(context, output, &n, c->input, (int)c->length) == 1) &&
                  (size_t)n == c->length, "EVP_Encrypt");
    }
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(evp);
    return evp != NULL;
}

/* ---- AEADs ---- */

static void seal(EVP_CIPHER_CTX *context, const EVP_CIPHER *evp, const struct peer_case *c, uint8_t *output)
{
    const int tag_length = (int)(c->output_length - c->length), ccm = EVP_CIPHER_get_mode(evp) == EVP_CIPH_CCM_MODE;
    int n;

    peer_must(EVP_EncryptInit_ex2(context, evp, NULL, NULL, NULL) == 1 &&
              EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, (int)c->iv_length, NULL) == 1, "nonce length");
    peer_must(!ccm || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_length, NULL) == 1, "tag length");
    peer_must(EVP_EncryptInit_ex2(context, NULL, c->key, c->iv, NULL) == 1, "key");
    peer_must(!ccm || EVP_EncryptUpdate(context, NULL, &n, NULL, (int)c->length) == 1, "length");
    peer_must(c->ad_length == 0 || EVP_EncryptUpdate(context, NULL, &n, c->ad, (int)c->ad_length) == 1, "additional data");
    peer_must((c->length == 0 && !ccm) || EVP_EncryptUpdate(context, output, &n, c->input, (int)c->length) == 1, "text");
    peer_must(EVP_EncryptFinal_ex(context, output + c->length, &n) == 1 &&
              EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_length, output + c->length) == 1, "tag");
}

static int aead(const struct peer_case *c, uint8_t *output)
{
    EVP_CIPHER *evp = c->alg == PSA_ALG_CHACHA20_POLY1305 ? EVP_CIPHER_fetch(NULL, "ChaCha20-Poly1305", NULL) :
                                                            cipher_named(c->alg, c->type, c->key_length);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

    if (evp != NULL) {
        seal(context, evp, c, output);
    }
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(evp);
    return evp != NULL;
}

/* ---- MACs ---- */

static int evp_mac(const char *algorithm, OSSL_PARAM *parameters, const struct peer_case *c, uint8_t *output)
{
    EVP_MAC *mac = EVP_MAC_fetch(NULL, algorithm, NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    size_t length = 0;

    peer_must(EVP_MAC_init(context, c->key, c->key_length, parameters) == 1 && EVP_MAC_update(context, c->input, c->length) == 1 &&
              EVP_MAC_final(context, output, &length, c->output_length) == 1 && length == c->output_length, algorithm);
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
    return 1;
}

static int hmac(const struct peer_case *c, uint8_t *output)
{
    const char *name = peer_name(hashes, PSA_ALG_GET_HASH(c->alg), 0);

    if (name == NULL) {
        return 0;
    }
    OSSL_PARAM parameters[] = {text(OSSL_MAC_PARAM_DIGEST, name), OSSL_PARAM_construct_end()};
    return evp_mac("HMAC", parameters, c, output);
}

static int cmac(const struct peer_case *c, uint8_t *output)
{
    EVP_CIPHER *evp = cipher_named(PSA_ALG_CBC_NO_PADDING, c->type, c->key_length);

    if (evp == NULL) {
        return 0;
    }
    OSSL_PARAM parameters[] = {text(OSSL_MAC_PARAM_CIPHER, EVP_CIPHER_get0_name(evp)), OSSL_PARAM_construct_end()};
    (void)evp_mac("CMAC", parameters, c, output);
    EVP_CIPHER_free(evp);
    return 1;
}

static int mac(const struct peer_case *c, uint8_t *output)
{
    load();
    if (PSA_ALG_IS_HMAC(c->alg)) {
        return hmac(c, output);
    }
    if (c->alg == PSA_ALG_CMAC) {
        return cmac(c, output);
    }
    return c->alg == PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512) ? evp_mac("BLAKE2BMAC", NULL, c, output) :
           c->alg == PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2S_HASH256) ? evp_mac("BLAKE2SMAC", NULL, c, output) : 0;
}

/* ---- Derivations ---- */

static int evp_kdf(const char *algorithm, const OSSL_PARAM *parameters, const struct peer_case *c, uint8_t *output)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, algorithm, NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);

    peer_must(EVP_KDF_derive(context, output, c->output_length, parameters) == 1, algorithm);
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return 1;
}

static int hkdf(const struct peer_case *c, const char *name, uint8_t *output)
{
    const char *mode = PSA_ALG_IS_HKDF_EXTRACT(c->alg) ? "EXTRACT_ONLY" : PSA_ALG_IS_HKDF_EXPAND(c->alg) ? "EXPAND_ONLY" : "EXTRACT_AND_EXPAND";
    const OSSL_PARAM parameters[] = {
        text(OSSL_KDF_PARAM_DIGEST, name), text(OSSL_KDF_PARAM_MODE, mode), octets(OSSL_KDF_PARAM_KEY, c->key, c->key_length),
        octets(OSSL_KDF_PARAM_SALT, c->iv, c->iv_length), octets(OSSL_KDF_PARAM_INFO, c->ad, c->ad_length), OSSL_PARAM_construct_end(),
    };
    return evp_kdf("HKDF", parameters, c, output);
}

static int pbkdf2(const struct peer_case *c, const char *name, uint8_t *output)
{
    EVP_MD *md = EVP_MD_fetch(NULL, name, NULL);
    peer_must(PKCS5_PBKDF2_HMAC((const char *)c->key, (int)c->key_length, c->iv, (int)c->iv_length, (int)c->cost, md,
                                (int)c->output_length, output) == 1, "PBKDF2");
    EVP_MD_free(md);
    return 1;
}

static int tls12_prf(const struct peer_case *c, const char *name, uint8_t *output)
{
    const OSSL_PARAM parameters[] = {
        text(OSSL_KDF_PARAM_DIGEST, name), octets(OSSL_KDF_PARAM_SECRET, c->key, c->key_length),
        octets(OSSL_KDF_PARAM_SEED, c->iv, c->iv_length), octets(OSSL_KDF_PARAM_SEED, c->ad, c->ad_length), OSSL_PARAM_construct_end(),
    };
    return evp_kdf("TLS1-PRF", parameters, c, output);
}

static int tls12_psk(const struct peer_case *c, const char *name, uint8_t *output)
{
    uint8_t premaster[1100];
    struct peer_case prf = *c;

    prf.key_length = peer_premaster(premaster, c);
    prf.key = premaster;
    return tls12_prf(&prf, name, output);
}

static int counter_hmac(const struct peer_case *c, const char *name, uint8_t *output)
{
    const OSSL_PARAM parameters[] = {
        text(OSSL_KDF_PARAM_MAC, "HMAC"), text(OSSL_KDF_PARAM_DIGEST, name), text(OSSL_KDF_PARAM_MODE, "COUNTER"),
        octets(OSSL_KDF_PARAM_KEY, c->key, c->key_length), octets(OSSL_KDF_PARAM_SALT, c->iv, c->iv_length),
        octets(OSSL_KDF_PARAM_INFO, c->ad, c->ad_length), OSSL_PARAM_construct_end(),
    };
    return evp_kdf("KBKDF", parameters, c, output);
}

/* Label, a zero, context, the output's length in bits; PSA adds a block K0 made of that to what each step takes (section 10.5). */
static int counter_cmac(const struct peer_case *c, uint8_t *output)
{
    uint8_t fixed[300], k0[16];
    const uint32_t bits = 8u * (uint32_t)c->output_length;
    const size_t behind = c->iv_length + 1;
    size_t n = behind + c->ad_length;
    struct peer_case first = *c;
    EVP_CIPHER *evp = cipher_named(PSA_ALG_CBC_NO_PADDING, c->type, c->key_length);
    int no = 0;

    if (evp == NULL) {
        return 0;
    }
    memcpy(fixed, c->iv, c->iv_length);
    fixed[c->iv_length] = 0;
    memcpy(fixed + behind, c->ad, c->ad_length);
    for (int shift = 24; shift >= 0; shift -= 8) {
        fixed[n++] = (uint8_t)(bits >> shift);
    }
    first.alg = PSA_ALG_CMAC;
    first.input = fixed;
    first.length = n;
    first.output_length = 16;
    peer_must(mac(&first, k0), "K0");
    memcpy(fixed + n, k0, 16);
    const OSSL_PARAM parameters[] = {
        text(OSSL_KDF_PARAM_MAC, "CMAC"), text(OSSL_KDF_PARAM_CIPHER, EVP_CIPHER_get0_name(evp)), text(OSSL_KDF_PARAM_MODE, "COUNTER"),
        octets(OSSL_KDF_PARAM_KEY, c->key, c->key_length), octets(OSSL_KDF_PARAM_SALT, fixed, c->iv_length),
        octets(OSSL_KDF_PARAM_INFO, fixed + behind, n + 16 - behind), OSSL_PARAM_construct_int(OSSL_KDF_PARAM_KBKDF_USE_L, &no),
        OSSL_PARAM_construct_end(),
    };
    (void)evp_kdf("KBKDF", parameters, c, output);
    EVP_CIPHER_free(evp);
    return 1;
}

static int derivation(const struct peer_case *c, uint8_t *output)
{
    const char *name = peer_name(hashes, PSA_ALG_GET_HASH(c->alg), 0);

    load();
    if (c->alg == PSA_ALG_SP800_108_COUNTER_CMAC) {
        return counter_cmac(c, output);
    }
    if (name == NULL) {
        return 0;
    }
    return PSA_ALG_IS_PBKDF2_HMAC(c->alg)           ? pbkdf2(c, name, output) :
           PSA_ALG_IS_TLS12_PRF(c->alg)             ? tls12_prf(c, name, output) :
           PSA_ALG_IS_TLS12_PSK_TO_MS(c->alg)       ? tls12_psk(c, name, output) :
           PSA_ALG_IS_SP800_108_COUNTER_HMAC(c->alg) ? counter_hmac(c, name, output) :
                                                      hkdf(c, name, output);
}

/* ---- Key wrapping ---- */

static void encrypt_block(const unsigned char input[16], unsigned char output[16], const void *key)
{
    EVP_CIPHER_CTX *context = (EVP_CIPHER_CTX *)(uintptr_t)key;
    int n = 0;
    peer_must(EVP_EncryptUpdate(context, output, &n, input, 16) == 1 && n == 16, "a block");
}

static int wrap(const struct peer_case *c, uint8_t *output)
{
    EVP_CIPHER *evp = cipher_named(PSA_ALG_ECB_NO_PADDING, c->type, c->key_length);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

    peer_must(EVP_EncryptInit_ex2(context, evp, c->key, NULL, NULL) == 1, "key");
    const size_t length = (c->alg == PSA_ALG_KW ? CRYPTO_128_wrap : CRYPTO_128_wrap_pad)(context, NULL, output, c->input, c->length,
                                                                                       encrypt_block);
    peer_must(length == c->output_length, "CRYPTO_128_wrap");
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(evp);
    return 1;
}

const struct peer peer_openssl = {"OpenSSL", {hash, mac, cipher, aead, derivation, wrap}};
