/* SPDX-License-Identifier: Apache-2.0 */
/* libsodium. */
#include <sodium.h>

#include "differential/peer.h"

static int hash(const struct peer_case *c, uint8_t *output)
{
    return c->alg == PSA_ALG_SHA_256         ? crypto_hash_sha256(output, c->input, c->length) == 0 :
           c->alg == PSA_ALG_SHA_512         ? crypto_hash_sha512(output, c->input, c->length) == 0 :
           c->alg == PSA_ALG_BLAKE2B_HASH512 ? crypto_generichash(output, 64, c->input, c->length, NULL, 0) == 0 :
                                               0;
}

static int hmac_sha256(const struct peer_case *c, uint8_t *output)
{
    crypto_auth_hmacsha256_state state;

    return crypto_auth_hmacsha256_init(&state, c->key, c->key_length) == 0 &&
           crypto_auth_hmacsha256_update(&state, c->input, c->length) == 0 && crypto_auth_hmacsha256_final(&state, output) == 0;
}

static int hmac_sha512(const struct peer_case *c, uint8_t *output)
{
    crypto_auth_hmacsha512_state state;

    return crypto_auth_hmacsha512_init(&state, c->key, c->key_length) == 0 &&
           crypto_auth_hmacsha512_update(&state, c->input, c->length) == 0 && crypto_auth_hmacsha512_final(&state, output) == 0;
}

static int mac(const struct peer_case *c, uint8_t *output)
{
    if (c->alg == PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512)) {
        return crypto_generichash(output, 64, c->input, c->length, c->key, c->key_length) == 0;
    }
    return c->alg == PSA_ALG_HMAC(PSA_ALG_SHA_256) ? hmac_sha256(c, output) :
           c->alg == PSA_ALG_HMAC(PSA_ALG_SHA_512) ? hmac_sha512(c, output) :
                                                     0;
}

/* A number in bytes, the first the least. */
static uint64_t little_endian(const uint8_t *bytes, size_t length)
{
    uint64_t number = 0;
    while (length > 0) {
        number = number << 8 | bytes[--length];
    }
    return number;
}

static int cipher(const struct peer_case *c, uint8_t *output)
{
    const size_t nonce_length = c->type == PSA_KEY_TYPE_XCHACHA20 ? 24 : c->iv_length == 8 ? 8 : 12;
    const size_t counter_length = c->iv_length < nonce_length ? 0 : c->iv_length - nonce_length;
    const uint8_t *nonce = c->iv + counter_length;
    const uint64_t counter = little_endian(c->iv, counter_length);

    if (c->type == PSA_KEY_TYPE_XCHACHA20) {
        return crypto_stream_xchacha20_xor_ic(output, c->input, c->length, nonce, counter, c->key) == 0;
    }
    if (c->type != PSA_KEY_TYPE_CHACHA20) {
        return 0;
    }
    return nonce_length == 8 ? crypto_stream_chacha20_xor_ic(output, c->input, c->length, nonce, counter, c->key) == 0 :
                               crypto_stream_chacha20_ietf_xor_ic(output, c->input, c->length, nonce, (uint32_t)counter, c->key) == 0;
}

static int aead(const struct peer_case *c, uint8_t *output)
{
    unsigned long long length;

    return c->alg == PSA_ALG_CHACHA20_POLY1305 ?
               crypto_aead_chacha20poly1305_ietf_encrypt(output, &length, c->input, c->length, c->ad, c->ad_length, NULL, c->iv, c->key) == 0 :
           c->alg == PSA_ALG_XCHACHA20_POLY1305 ?
               crypto_aead_xchacha20poly1305_ietf_encrypt(output, &length, c->input, c->length, c->ad, c->ad_length, NULL, c->iv, c->key) == 0 :
               0;
}

const struct peer peer_sodium = {"libsodium", {hash, mac, cipher, aead, NULL, NULL}};
