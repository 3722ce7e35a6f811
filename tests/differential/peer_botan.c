/* SPDX-License-Identifier: Apache-2.0 */
/* Botan 2 through its interface for C, which knows algorithms by name. */
#include <botan/ffi.h>

#include "differential/peer.h"

static const struct peer_name hashes[] = {
    {PSA_ALG_MD4, 0, "MD4"},
    {PSA_ALG_MD5, 0, "MD5"},
    {PSA_ALG_RIPEMD160, 0, "RIPEMD-160"},
    {PSA_ALG_SHA_1, 0, "SHA-1"},
    {PSA_ALG_SHA_224, 0, "SHA-224"},
    {PSA_ALG_SHA_256, 0, "SHA-256"},
    {PSA_ALG_SHA_384, 0, "SHA-384"},
    {PSA_ALG_SHA_512, 0, "SHA-512"},
    {PSA_ALG_SHA_512_256, 0, "SHA-512-256"},
    {PSA_ALG_SHA3_224, 0, "SHA-3(224)"},
    {PSA_ALG_SHA3_256, 0, "SHA-3(256)"},
    {PSA_ALG_SHA3_384, 0, "SHA-3(384)"},
    {PSA_ALG_SHA3_512, 0, "SHA-3(512)"},
    {PSA_ALG_SM3, 0, "SM3"},
    {PSA_ALG_BLAKE2B_HASH512, 0, "BLAKE2b(512)"},
    {PSA_ALG_SHAKE128_256, 0, "SHAKE-128(256)"},
    {PSA_ALG_SHAKE256_192, 0, "SHAKE-256(192)"},
    {PSA_ALG_SHAKE256_256, 0, "SHAKE-256(256)"},
    {PSA_ALG_SHAKE256_512, 0, "SHAKE-256(512)"},
    {0, 0, NULL},
};

static const struct peer_name xofs[] = {{PSA_ALG_SHAKE128, 0, "SHAKE-128"}, {PSA_ALG_SHAKE256, 0, "SHAKE-256"}, {0, 0, NULL}};

/* An XOF is a hash of that length. */
static int hash(const struct peer_case *c, uint8_t *output)
{
    const char *name = peer_name(hashes, c->alg, 0), *xof = peer_name(xofs, c->alg, 0);
    char with_length[40];
    botan_hash_t handle;

    if (name == NULL && (xof == NULL || c->output_length == 0)) {
        return xof != NULL;
    }
    (void)snprintf(with_length, sizeof with_length, "%s(%zu)", xof, 8 * c->output_length);
    peer_must(botan_hash_init(&handle, name != NULL ? name : with_length, 0) == 0, "botan_hash_init");
    peer_must(botan_hash_update(handle, c->input, c->length) == 0 && botan_hash_final(handle, output) == 0, "botan_hash");
    botan_hash_destroy(handle);
    return 1;
}

static const struct peer_name block_ciphers[] = {
    {PSA_KEY_TYPE_AES, 16, "AES-128"},           {PSA_KEY_TYPE_AES, 24, "AES-192"},
    {PSA_KEY_TYPE_AES, 32, "AES-256"},           {PSA_KEY_TYPE_ARIA, 16, "ARIA-128"},
    {PSA_KEY_TYPE_ARIA, 24, "ARIA-192"},         {PSA_KEY_TYPE_ARIA, 32, "ARIA-256"},
    {PSA_KEY_TYPE_CAMELLIA, 16, "Camellia-128"}, {PSA_KEY_TYPE_CAMELLIA, 24, "Camellia-192"},
    {PSA_KEY_TYPE_CAMELLIA, 32, "Camellia-256"}, {PSA_KEY_TYPE_SM4, 16, "SM4"},
    {PSA_KEY_TYPE_DES, 8, "DES"},                {PSA_KEY_TYPE_DES, 16, "TripleDES"},
    {PSA_KEY_TYPE_DES, 24, "TripleDES"},         {0, 0, NULL},
};

/* ---- MACs ---- */

static int mac_named(const char *name, const struct peer_case *c, uint8_t *output)
{
    botan_mac_t handle;

    peer_must(botan_mac_init(&handle, name, 0) == 0, name);
    peer_must(botan_mac_set_key(handle, c->key, c->key_length) == 0, name);
    peer_must(botan_mac_update(handle, c->input, c->length) == 0 && botan_mac_final(handle, output) == 0, name);
    botan_mac_destroy(handle);
    return 1;
}

static int mac(const struct peer_case *c, uint8_t *output)
{
    const char *name = PSA_ALG_IS_HMAC(c->alg) ? peer_name(hashes, PSA_ALG_GET_HASH(c->alg), 0) :
                       c->alg == PSA_ALG_CMAC  ? peer_name(block_ciphers, c->type, c->key_length) :
                                                 NULL;
    char whole[40];

    if (name == NULL) {
        return 0;
    }
    (void)snprintf(whole, sizeof whole, "%s(%s)", c->alg == PSA_ALG_CMAC ? "CMAC" : "HMAC", name);
    return mac_named(whole, c, output);
}

/* ---- Ciphers and AEADs ---- */

static const struct peer_name modes[] = {
    {PSA_ALG_CBC_NO_PADDING, 0, "CBC/NoPadding"}, {PSA_ALG_CTR, 0, "CTR"}, {PSA_ALG_CFB, 0, "CFB"}, {PSA_ALG_OFB, 0, "OFB"},
    {PSA_ALG_XTS, 0, "XTS"},                      {PSA_ALG_GCM, 0, "GCM"}, {PSA_ALG_CCM, 0, "CCM"}, {0, 0, NULL},
};

/* False where there is none. */
static int name_of(char name[60], const struct peer_case *c)
{
    static const struct peer_name streams[] = {
        {PSA_KEY_TYPE_ARC4, 0, "RC4"}, {PSA_KEY_TYPE_CHACHA20, 0, "ChaCha20"}, {PSA_KEY_TYPE_XCHACHA20, 0, "ChaCha20"}, {0, 0, NULL},
    };
    const char *stream = peer_name(streams, c->type, 0), *mode = peer_name(modes, c->alg, 0);
    const char *block = peer_name(block_ciphers, c->type, c->alg == PSA_ALG_XTS ? c->key_length / 2 : c->key_length);
    const size_t tag_length = c->output_length - c->length;

    if (c->alg == PSA_ALG_STREAM_CIPHER) {
        (void)snprintf(name, 60, "%s", stream);
        return c->iv_length != 16 && c->iv_length != 32;    /* a counter cannot be set */
    }
    if (c->alg == PSA_ALG_CHACHA20_POLY1305 || c->alg == PSA_ALG_XCHACHA20_POLY1305) {
        (void)snprintf(name, 60, "ChaCha20Poly1305");
        return 1;
    }
    if (block == NULL || mode == NULL) {
        return 0;
    }
    (void)(c->alg == PSA_ALG_CCM ? snprintf(name, 60, "%s/CCM(%zu,%zu)", block, tag_length, 15 - c->iv_length) :
           c->alg == PSA_ALG_GCM ? snprintf(name, 60, "%s/GCM(%zu)", block, tag_length) :
                                   snprintf(name, 60, "%s/%s", block, mode));
    return 1;
}

static int one_cipher(const struct peer_case *c, uint8_t *output)
{
    char name[60];
    size_t written = 0, taken = 0;
    botan_cipher_t handle;

    if (!name_of(name, c)) {
        return 0;
    }
    peer_must(botan_cipher_init(&handle, name, BOTAN_CIPHER_INIT_FLAG_ENCRYPT) == 0, name);
    peer_must(botan_cipher_set_key(handle, c->key, c->key_length) == 0, name);
    peer_must(c->ad_length == 0 || botan_cipher_set_associated_data(handle, c->ad, c->ad_length) == 0, name);
    peer_must(botan_cipher_start(handle, c->iv, c->iv_length) == 0, name);
    peer_must(botan_cipher_update(handle, BOTAN_CIPHER_UPDATE_FLAG_FINAL, output, c->output_length, &written, c->input, c->length, &taken) == 0 &&
              written == c->output_length, name);
    botan_cipher_destroy(handle);
    return 1;
}

static int ecb(const struct peer_case *c, uint8_t *output)
{
    const char *name = peer_name(block_ciphers, c->type, c->key_length);
    botan_block_cipher_t handle;

    peer_must(botan_block_cipher_init(&handle, name) == 0 && botan_block_cipher_set_key(handle, c->key, c->key_length) == 0, name);
    peer_must(botan_block_cipher_encrypt_blocks(handle, c->input, output, c->length / PSA_BLOCK_CIPHER_BLOCK_LENGTH(c->type)) == 0, name);
    botan_block_cipher_destroy(handle);
    return 1;
}

static int cipher(const struct peer_case *c, uint8_t *output)
{
    return c->alg == PSA_ALG_ECB_NO_PADDING ? ecb(c, output) : one_cipher(c, output);
}

/* ---- Derivations ---- */

/* The text that Botan calls the salt is its context, the one it calls the label is its label. */
static int kdf(const char *form, const char *name, const uint8_t *salt, size_t salt_length, const uint8_t *label, size_t label_length,
               const struct peer_case *c, uint8_t *output)
{
    char whole[60];

    (void)snprintf(whole, sizeof whole, form, name);
    memset(output, 0, c->output_length);     /* the TLS one adds to what is there */
    peer_must(botan_kdf(whole, output, c->output_length, c->key, c->key_length, salt, salt_length, label, label_length) == 0, whole);
    return 1;
}

static int pbkdf2(const char *form, const char *name, const uint8_t *key, size_t key_length, const struct peer_case *c, uint8_t *output)
{
    char whole[60];

    (void)snprintf(whole, sizeof whole, form, name);
    peer_must(botan_pwdhash(whole, c->cost, 0, 0, output, c->output_length, (const char *)key, key_length, c->iv, c->iv_length) == 0, whole);
    return 1;
}

static int derivation(const struct peer_case *c, uint8_t *output)
{
    const char *name = peer_name(hashes, PSA_ALG_GET_HASH(c->alg), 0);
    uint8_t key[16], premaster[1100];
    struct peer_case prf = *c;

    if (c->alg == PSA_ALG_PBKDF2_AES_CMAC_PRF_128) {
        peer_cmac_prf_key(key, c, mac);
        return pbkdf2("PBKDF2(CMAC(%s))", "AES-128", key, 16, c, output);
    }
    if (name == NULL || c->alg == PSA_ALG_SP800_108_COUNTER_CMAC) {
        return 0;
    }
    if (PSA_ALG_IS_PBKDF2_HMAC(c->alg)) {
        return pbkdf2("PBKDF2(%s)", name, c->key, c->key_length, c, output);
    }
    if (PSA_ALG_IS_SP800_108_COUNTER_HMAC(c->alg)) {
        return kdf("SP800-108-Counter(HMAC(%s))", name, c->ad, c->ad_length, c->iv, c->iv_length, c, output);
    }
    if (PSA_ALG_IS_TLS12_PRF(c->alg)) {
        return kdf("TLS-12-PRF(HMAC(%s))", name, c->ad, c->ad_length, c->iv, c->iv_length, c, output);
    }
    if (PSA_ALG_IS_TLS12_PSK_TO_MS(c->alg)) {
        prf.key_length = peer_premaster(premaster, c);
        prf.key = premaster;
        return kdf("TLS-12-PRF(HMAC(%s))", name, c->ad, c->ad_length, c->iv, c->iv_length, &prf, output);
    }
    return kdf(PSA_ALG_IS_HKDF_EXTRACT(c->alg) ? "HKDF-Extract(HMAC(%s))" : PSA_ALG_IS_HKDF_EXPAND(c->alg) ? "HKDF-Expand(HMAC(%s))" : "HKDF(HMAC(%s))",
               name, c->iv, c->iv_length, c->ad, c->ad_length, c, output);
}

/* ---- Key wrapping ---- */

static int wrap(const struct peer_case *c, uint8_t *output)
{
    size_t length = c->output_length;

    if (c->alg != PSA_ALG_KW || c->type != PSA_KEY_TYPE_AES) {
        return 0;
    }
    peer_must(botan_key_wrap3394(c->input, c->length, c->key, c->key_length, output, &length) == 0 && length == c->output_length,
              "botan_key_wrap3394");
    return 1;
}

const struct peer peer_botan = {"Botan", {hash, mac, cipher, one_cipher, derivation, wrap}};
