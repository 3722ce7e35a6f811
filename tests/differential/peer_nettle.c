/* SPDX-License-Identifier: Apache-2.0 */
/* nettle: its modes take any block cipher. */
#include <nettle/aes.h>
#include <nettle/arcfour.h>
#include <nettle/camellia.h>
#include <nettle/cbc.h>
#include <nettle/ccm.h>
#include <nettle/cfb.h>
#include <nettle/chacha-poly1305.h>
#include <nettle/chacha.h>
#include <nettle/cmac.h>
#include <nettle/ctr.h>
#include <nettle/des.h>
#include <nettle/gcm.h>
#include <nettle/hkdf.h>
#include <nettle/hmac.h>
#include <nettle/nettle-meta.h>
#include <nettle/nist-keywrap.h>
#include <nettle/pbkdf2.h>
#include <nettle/sha3.h>
#include <nettle/xts.h>

#include "differential/peer.h"

/* ---- Hashes ---- */

#define CONTEXT_WORDS 64u    /* of any hash */

static const struct nettle_hash *hash_of(psa_algorithm_t alg)
{
    static const struct {
        psa_algorithm_t alg;
        const struct nettle_hash *hash;
    } hashes[] = {
        {PSA_ALG_MD2, &nettle_md2},
        {PSA_ALG_MD4, &nettle_md4},
        {PSA_ALG_MD5, &nettle_md5},
        {PSA_ALG_RIPEMD160, &nettle_ripemd160},
        {PSA_ALG_SHA_1, &nettle_sha1},
        {PSA_ALG_SHA_224, &nettle_sha224},
        {PSA_ALG_SHA_256, &nettle_sha256},
        {PSA_ALG_SHA_384, &nettle_sha384},
        {PSA_ALG_SHA_512, &nettle_sha512},
        {PSA_ALG_SHA_512_224, &nettle_sha512_224},
        {PSA_ALG_SHA_512_256, &nettle_sha512_256},
        {PSA_ALG_SHA3_224, &nettle_sha3_224},
        {PSA_ALG_SHA3_256, &nettle_sha3_256},
        {PSA_ALG_SHA3_384, &nettle_sha3_384},
        {PSA_ALG_SHA3_512, &nettle_sha3_512},
        {PSA_ALG_SM3, &nettle_sm3},
    };
    for (size_t i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
        if (hashes[i].alg == alg) {
            peer_must(hashes[i].hash->context_size <= 8u * CONTEXT_WORDS, "size of a context");
            return hashes[i].hash;
        }
    }
    return NULL;
}

static int shake256(const struct peer_case *c, uint8_t *output)
{
    struct sha3_256_ctx context;

    sha3_256_init(&context);
    sha3_256_update(&context, c->length, c->input);
    sha3_256_shake(&context, c->output_length, output);
    return 1;
}

static int hash(const struct peer_case *c, uint8_t *output)
{
    const struct nettle_hash *hash = hash_of(c->alg);
    uint64_t context[CONTEXT_WORDS];

    if (c->alg == PSA_ALG_SHAKE256 || c->alg == PSA_ALG_SHAKE256_192 || c->alg == PSA_ALG_SHAKE256_256 || c->alg == PSA_ALG_SHAKE256_512) {
        return shake256(c, output);
    }
    if (hash == NULL) {
        return 0;
    }
    hash->init(context);
    hash->update(context, c->length, c->input);
    hash->digest(context, c->output_length, output);
    return 1;
}

/* ---- HMAC, and what is built on it ---- */

struct keyed {
    const struct nettle_hash *hash;
    uint64_t outer[CONTEXT_WORDS], inner[CONTEXT_WORDS], state[CONTEXT_WORDS];
};

/* False where there is no such hash. */
static int keyed_start(struct keyed *keyed, psa_algorithm_t hash, const uint8_t *key, size_t key_length)
{
    keyed->hash = hash_of(hash);
    if (keyed->hash != NULL) {
        hmac_set_key(keyed->outer, keyed->inner, keyed->state, keyed->hash, key_length, key);
    }
    return keyed->hash != NULL;
}

static void keyed_update(void *context, size_t length, const uint8_t *data)
{
    struct keyed *keyed = context;
    hmac_update(keyed->state, keyed->hash, length, data);
}

static void keyed_digest(void *context, size_t length, uint8_t *output)
{
    struct keyed *keyed = context;
    hmac_digest(keyed->outer, keyed->inner, keyed->state, keyed->hash, length, output);
}

static int hmac(const struct peer_case *c, uint8_t *output)
{
    struct keyed keyed;

    if (!keyed_start(&keyed, PSA_ALG_GET_HASH(c->alg), c->key, c->key_length)) {
        return 0;
    }
    keyed_update(&keyed, c->length, c->input);
    keyed_digest(&keyed, c->output_length, output);
    return 1;
}

static int hkdf(const struct peer_case *c, uint8_t *output)
{
    struct keyed keyed;
    uint8_t secret[64];
    const uint8_t *key = c->key;
    size_t key_length = c->key_length;

    if (!PSA_ALG_IS_HKDF_EXPAND(c->alg)) {
        if (!keyed_start(&keyed, PSA_ALG_GET_HASH(c->alg), c->iv, c->iv_length)) {
            return 0;
        }
        hkdf_extract(&keyed, keyed_update, keyed_digest, keyed.hash->digest_size, key_length, key, secret);
        key = secret;
        key_length = keyed.hash->digest_size;
    }
    if (PSA_ALG_IS_HKDF_EXTRACT(c->alg)) {
        memcpy(output, key, c->output_length);
        return 1;
    }
    if (!keyed_start(&keyed, PSA_ALG_GET_HASH(c->alg), key, key_length)) {
        return 0;
    }
    hkdf_expand(&keyed, keyed_update, keyed_digest, keyed.hash->digest_size, c->ad_length, c->ad, c->output_length, output);
    return 1;
}

static int pbkdf2_hmac(const struct peer_case *c, uint8_t *output)
{
    struct keyed keyed;

    if (!keyed_start(&keyed, PSA_ALG_GET_HASH(c->alg), c->key, c->key_length)) {
        return 0;
    }
    pbkdf2(&keyed, keyed_update, keyed_digest, keyed.hash->digest_size, c->cost, c->iv_length, c->iv, c->output_length, output);
    return 1;
}

/* ---- Block ciphers ---- */

union schedule {
    struct aes128_ctx aes128;
    struct aes192_ctx aes192;
    struct aes256_ctx aes256;
    struct camellia128_ctx camellia128;
    struct camellia256_ctx camellia256;
    struct des_ctx des;
    struct des3_ctx des3;
};

/* Those that answer whether the key is weak are used anyway. */
static void des_key_of(void *schedule, const uint8_t *key)
{
    (void)des_set_key(schedule, key);
}

static void des3_key_of(void *schedule, const uint8_t *key)
{
    (void)des3_set_key(schedule, key);
}

struct block_cipher {
    psa_key_type_t type;
    size_t key_length;
    nettle_set_key_func *set_key;
    nettle_cipher_func *encrypt;
};

#define CIPHER(type, length, name) \
    {type, length, (nettle_set_key_func *)name##_set_encrypt_key, (nettle_cipher_func *)name##_encrypt}

static const struct block_cipher block_ciphers[] = {
    CIPHER(PSA_KEY_TYPE_AES, 16, aes128),
    CIPHER(PSA_KEY_TYPE_AES, 24, aes192),
    CIPHER(PSA_KEY_TYPE_AES, 32, aes256),
    {PSA_KEY_TYPE_CAMELLIA, 16, (nettle_set_key_func *)camellia128_set_encrypt_key, (nettle_cipher_func *)camellia128_crypt},
    {PSA_KEY_TYPE_CAMELLIA, 24, (nettle_set_key_func *)camellia192_set_encrypt_key, (nettle_cipher_func *)camellia256_crypt},
    {PSA_KEY_TYPE_CAMELLIA, 32, (nettle_set_key_func *)camellia256_set_encrypt_key, (nettle_cipher_func *)camellia256_crypt},
    {PSA_KEY_TYPE_DES, 8, des_key_of, (nettle_cipher_func *)des_encrypt},
    {PSA_KEY_TYPE_DES, 16, des3_key_of, (nettle_cipher_func *)des3_encrypt},
    {PSA_KEY_TYPE_DES, 24, des3_key_of, (nettle_cipher_func *)des3_encrypt},
};

/* NULL where there is none. */
static nettle_cipher_func *expand(union schedule *schedule, psa_key_type_t type, const uint8_t *key, size_t key_length)
{
    uint8_t whole[32];

    for (size_t i = 0; i < sizeof block_ciphers / sizeof block_ciphers[0]; i++) {
        if (block_ciphers[i].type == type && block_ciphers[i].key_length == key_length) {
            const struct peer_case c = {.key = key, .key_length = key_length};
            memcpy(whole, key, key_length);
            if (type == PSA_KEY_TYPE_DES) {
                peer_des_key(whole, &c);
            }
            block_ciphers[i].set_key(schedule, whole);
            return block_ciphers[i].encrypt;
        }
    }
    return NULL;
}

static int xts(const struct peer_case *c, uint8_t *output)
{
    union schedule one, two;
    const size_t half = c->key_length / 2;
    nettle_cipher_func *encrypt = expand(&one, c->type, c->key, half);

    if (encrypt == NULL) {
        return 0;
    }
    (void)expand(&two, c->type, c->key + half, half);
    xts_encrypt_message(&one, &two, encrypt, c->iv, c->length, output, c->input);
    return 1;
}

static int block_mode(const struct peer_case *c, uint8_t *output)
{
    const size_t block = PSA_BLOCK_CIPHER_BLOCK_LENGTH(c->type);
    union schedule schedule;
    uint8_t iv[16];
    nettle_cipher_func *encrypt = expand(&schedule, c->type, c->key, c->key_length);

    if (encrypt == NULL) {
        return 0;
    }
    memcpy(iv, c->iv, c->iv_length);
    switch (c->alg) {
    case PSA_ALG_ECB_NO_PADDING: encrypt(&schedule, c->length, output, c->input); return 1;
    case PSA_ALG_CBC_NO_PADDING: cbc_encrypt(&schedule, encrypt, block, iv, c->length, output, c->input); return 1;
    case PSA_ALG_CTR: ctr_crypt(&schedule, encrypt, block, iv, c->length, output, c->input); return 1;
    case PSA_ALG_CFB: cfb_encrypt(&schedule, encrypt, block, iv, c->length, output, c->input); return 1;
    default: return 0;
    }
}

/* ---- Stream ciphers ---- */

static int arc4(const struct peer_case *c, uint8_t *output)
{
    struct arcfour_ctx context;

    arcfour_set_key(&context, c->key_length, c->key);
    arcfour_crypt(&context, c->length, output, c->input);
    return 1;
}

static int chacha20(const struct peer_case *c, uint8_t *output)
{
    static const uint8_t zero[8];
    struct chacha_ctx context;

    chacha_set_key(&context, c->key);
    if (c->iv_length == 8) {
        chacha_set_nonce(&context, c->iv);
        chacha_set_counter(&context, zero);
        chacha_crypt(&context, c->length, output, c->input);
    } else {
        chacha_set_nonce96(&context, c->iv + c->iv_length - 12);
        chacha_set_counter32(&context, c->iv_length == 16 ? c->iv : zero);
        chacha_crypt32(&context, c->length, output, c->input);
    }
    return 1;
}

static int cipher(const struct peer_case *c, uint8_t *output)
{
    return c->type == PSA_KEY_TYPE_ARC4     ? arc4(c, output) :
           c->type == PSA_KEY_TYPE_CHACHA20 ? chacha20(c, output) :
           c->alg == PSA_ALG_XTS            ? xts(c, output) :
                                              block_mode(c, output);
}

/* ---- AEADs ---- */

static void gcm(const struct peer_case *c, const union schedule *schedule, nettle_cipher_func *encrypt, uint8_t *output)
{
    struct gcm_key key;
    struct gcm_ctx context;

    gcm_set_key(&key, schedule, encrypt);
    gcm_set_iv(&context, &key, c->iv_length, c->iv);
    gcm_update(&context, &key, c->ad_length, c->ad);
    gcm_encrypt(&context, &key, schedule, encrypt, c->length, output, c->input);
    gcm_digest(&context, &key, schedule, encrypt, c->output_length - c->length, output + c->length);
}

static int chacha20_poly1305(const struct peer_case *c, uint8_t *output)
{
    struct chacha_poly1305_ctx context;

    chacha_poly1305_set_key(&context, c->key);
    chacha_poly1305_set_nonce(&context, c->iv);
    chacha_poly1305_update(&context, c->ad_length, c->ad);
    chacha_poly1305_encrypt(&context, c->length, output, c->input);
    chacha_poly1305_digest(&context, c->output_length - c->length, output + c->length);
    return 1;
}

static int aead(const struct peer_case *c, uint8_t *output)
{
    union schedule schedule;
    nettle_cipher_func *encrypt;

    if (c->alg == PSA_ALG_CHACHA20_POLY1305) {
        return chacha20_poly1305(c, output);
    }
    encrypt = expand(&schedule, c->type, c->key, c->key_length);
    if (encrypt == NULL) {
        return 0;
    }
    if (c->alg == PSA_ALG_GCM) {
        gcm(c, &schedule, encrypt, output);
    } else {
        ccm_encrypt_message(&schedule, encrypt, c->iv_length, c->iv, c->ad_length, c->ad, c->output_length - c->length, c->output_length,
                            output, c->input);
    }
    return 1;
}

/* ---- CMAC ---- */

struct cmac {
    union schedule schedule;
    nettle_cipher_func *encrypt;
    struct cmac128_key key;
    struct cmac128_ctx context;
};

static void cmac_update(void *context, size_t length, const uint8_t *data)
{
    struct cmac *cmac = context;
    cmac128_update(&cmac->context, &cmac->schedule, cmac->encrypt, length, data);
}

static void cmac_digest(void *context, size_t length, uint8_t *output)
{
    struct cmac *cmac = context;
    cmac128_digest(&cmac->context, &cmac->key, &cmac->schedule, cmac->encrypt, (unsigned)length, output);
}

static int cmac_start(struct cmac *cmac, psa_key_type_t type, const uint8_t *key, size_t key_length)
{
    cmac->encrypt = expand(&cmac->schedule, type, key, key_length);
    if (cmac->encrypt != NULL) {
        cmac128_set_key(&cmac->key, &cmac->schedule, cmac->encrypt);
        cmac128_init(&cmac->context);
    }
    return cmac->encrypt != NULL;
}

static int des_cmac(const struct peer_case *c, uint8_t *output)
{
    union schedule schedule;
    struct cmac64_key key;
    struct cmac64_ctx context;
    nettle_cipher_func *encrypt = expand(&schedule, c->type, c->key, c->key_length);

    cmac64_set_key(&key, &schedule, encrypt);
    cmac64_init(&context);
    cmac64_update(&context, &schedule, encrypt, c->length, c->input);
    cmac64_digest(&context, &key, &schedule, encrypt, 8, output);
    return 1;
}

static int mac(const struct peer_case *c, uint8_t *output)
{
    struct cmac cmac;

    if (PSA_ALG_IS_HMAC(c->alg)) {
        return hmac(c, output);
    }
    if (c->alg != PSA_ALG_CMAC) {
        return 0;
    }
    if (c->type == PSA_KEY_TYPE_DES) {
        return des_cmac(c, output);
    }
    if (!cmac_start(&cmac, c->type, c->key, c->key_length)) {
        return 0;
    }
    cmac_update(&cmac, c->length, c->input);
    cmac_digest(&cmac, 16, output);
    return 1;
}

static int pbkdf2_cmac(const struct peer_case *c, uint8_t *output)
{
    struct cmac cmac;
    uint8_t key[16];

    peer_cmac_prf_key(key, c, mac);
    (void)cmac_start(&cmac, PSA_KEY_TYPE_AES, key, 16);
    pbkdf2(&cmac, cmac_update, cmac_digest, 16, c->cost, c->iv_length, c->iv, c->output_length, output);
    return 1;
}

static int derivation(const struct peer_case *c, uint8_t *output)
{
    return c->alg == PSA_ALG_PBKDF2_AES_CMAC_PRF_128 ? pbkdf2_cmac(c, output) :
           PSA_ALG_IS_PBKDF2_HMAC(c->alg)            ? pbkdf2_hmac(c, output) :
           PSA_ALG_IS_HKDF(c->alg) || PSA_ALG_IS_HKDF_EXTRACT(c->alg) || PSA_ALG_IS_HKDF_EXPAND(c->alg) ? hkdf(c, output) :
                                                       0;
}

/* ---- Key wrapping ---- */

static int wrap(const struct peer_case *c, uint8_t *output)
{
    static const uint8_t iv[8] = {0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6};
    union schedule schedule;
    nettle_cipher_func *encrypt = expand(&schedule, c->type, c->key, c->key_length);

    if (c->alg != PSA_ALG_KW || encrypt == NULL) {
        return 0;
    }
    nist_keywrap16(&schedule, encrypt, iv, c->output_length, output, c->input);
    return 1;
}

const struct peer peer_nettle = {"nettle", {hash, mac, cipher, aead, derivation, wrap}};
