/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows through OpenSSL's EVP. Two workers in one program, told apart by the first argument:
 *   preset  contexts are made once and hold the key; a call sets the nonce at most
 *   setup   contexts are made once, but each call starts from the key's bytes (for hashes: the one-shot EVP_Digest())
 */
#define _POSIX_C_SOURCE 200809L

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <string.h>

#include "rows.h"
#include "worker.h"

#define BYTES_MAX 16384

static int setup_each_time;

/* As for the other side, whose DES asks for it. */
static const uint8_t material[64] = {1, 2, 4, 8, 16, 32, 64, 128, 2, 4, 8, 16, 32, 64, 128, 1, 4, 8, 16, 32, 64, 128, 1, 2};

static struct state {
    uint8_t input[BYTES_MAX + 64], output[BYTES_MAX + 64];
    EVP_MD_CTX *digest;
    EVP_CIPHER_CTX *cipher;
    EVP_MAC_CTX *mac;
    EVP_KDF_CTX *kdf;
    EVP_PKEY_CTX *pkey;
} states[WORKER_THREADS];

static EVP_MD *md;
static EVP_CIPHER *cipher;
static EVP_PKEY *pkey, *peer;
static uint8_t signature[512], point[256];
static size_t signature_length, point_length;

static void check(int ok, const char *what)
{
    worker_check(ok, what);
}

static void finish_all(const struct worker_row *row)
{
    (void)row;
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        struct state *state = &states[i];
        EVP_MD_CTX_free(state->digest);
        EVP_CIPHER_CTX_free(state->cipher);
        EVP_MAC_CTX_free(state->mac);
        EVP_KDF_CTX_free(state->kdf);
        EVP_PKEY_CTX_free(state->pkey);
        memset(state, 0, sizeof(*state));
    }
    EVP_MD_free(md);
    EVP_CIPHER_free(cipher);
    EVP_PKEY_free(pkey);
    EVP_PKEY_free(peer);
    md = NULL;
    cipher = NULL;
    pkey = peer = NULL;
}

/* ---- Hashes ---- */

static int prepare_hash(const struct worker_row *row)
{
    md = EVP_MD_fetch(NULL, row->openssl, NULL);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        states[i].digest = EVP_MD_CTX_new();
    }
    return md == NULL ? -1 : 0;
}

static void run_hash(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    for (size_t i = 0; i < iterations; i++) {
        check(setup_each_time ? EVP_Digest(state->input, row->size, state->output, NULL, md, NULL) == 1 :
                                EVP_DigestInit_ex2(state->digest, md, NULL) == 1 &&
                                    EVP_DigestUpdate(state->digest, state->input, row->size) == 1 &&
                                    EVP_DigestFinal_ex(state->digest, state->output, NULL) == 1,
              "EVP_Digest");
    }
}

#define prepare_xof prepare_hash

static void run_xof(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    for (size_t i = 0; i < iterations; i++) {
        check(EVP_DigestInit_ex2(state->digest, md, NULL) == 1 && EVP_DigestUpdate(state->digest, state->input, row->size) == 1 &&
                  EVP_DigestFinalXOF(state->digest, state->output, 32) == 1,
              "EVP_DigestFinalXOF");
    }
}

/* ---- Ciphers and AEADs ---- */

/* Key wrapping has an IV of its own. */
static int wraps(void)
{
    return EVP_CIPHER_get_mode(cipher) == EVP_CIPH_WRAP_MODE;
}

static int prepare_cipher(const struct worker_row *row)
{
    cipher = EVP_CIPHER_fetch(NULL, row->openssl, NULL);
    if (cipher == NULL) {
        return -1;
    }
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        states[i].cipher = EVP_CIPHER_CTX_new();
        EVP_CIPHER_CTX_set_flags(states[i].cipher, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
        check(EVP_EncryptInit_ex2(states[i].cipher, cipher, NULL, NULL, NULL) == 1, "EVP_EncryptInit");
        if (EVP_CIPHER_get_mode(cipher) == EVP_CIPH_CCM_MODE) {
            check(EVP_CIPHER_CTX_ctrl(states[i].cipher, EVP_CTRL_AEAD_SET_IVLEN, 12, NULL) == 1 &&
                      EVP_CIPHER_CTX_ctrl(states[i].cipher, EVP_CTRL_AEAD_SET_TAG, 16, NULL) == 1,
                  "CCM parameters");
        }
        check(EVP_EncryptInit_ex2(states[i].cipher, NULL, material, wraps() ? NULL : material, NULL) == 1 &&
                  EVP_CIPHER_CTX_set_padding(states[i].cipher, 0) == 1,
              "EVP_EncryptInit");
    }
    return 0;
}

#define prepare_cipher_parts prepare_cipher
#define prepare_aead prepare_cipher
#define prepare_wrap prepare_cipher

static void run_aead(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    const uint8_t *key = setup_each_time ? material : NULL;
    int ccm = EVP_CIPHER_get_mode(cipher) == EVP_CIPH_CCM_MODE;
    for (size_t i = 0; i < iterations; i++) {
        int length;
        check(EVP_EncryptInit_ex2(state->cipher, NULL, key, material, NULL) == 1 &&
                  (!ccm || EVP_EncryptUpdate(state->cipher, NULL, &length, NULL, (int)row->size) == 1) &&
                  EVP_EncryptUpdate(state->cipher, state->output, &length, state->input, (int)row->size) == 1 &&
                  EVP_EncryptFinal_ex(state->cipher, state->output + row->size, &length) == 1 &&
                  EVP_CIPHER_CTX_ctrl(state->cipher, EVP_CTRL_AEAD_GET_TAG, 16, state->output + row->size) == 1,
              "EVP_Encrypt");
    }
}

/* What was sealed lies in the input. */
static int prepare_open(const struct worker_row *row)
{
    int length;
    if (prepare_cipher(row) != 0) {
        return -1;
    }
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        check(EVP_EncryptUpdate(states[i].cipher, states[i].input, &length, states[i].output, (int)row->size) == 1 &&
                  EVP_EncryptFinal_ex(states[i].cipher, states[i].input + row->size, &length) == 1 &&
                  EVP_CIPHER_CTX_ctrl(states[i].cipher, EVP_CTRL_AEAD_GET_TAG, 16, states[i].input + row->size) == 1 &&
                  EVP_DecryptInit_ex2(states[i].cipher, NULL, material, material, NULL) == 1,
              "EVP_Encrypt");
    }
    return 0;
}

static void run_open(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    const uint8_t *key = setup_each_time ? material : NULL;
    for (size_t i = 0; i < iterations; i++) {
        int length;
        check(EVP_DecryptInit_ex2(state->cipher, NULL, key, material, NULL) == 1 &&
                  EVP_CIPHER_CTX_ctrl(state->cipher, EVP_CTRL_AEAD_SET_TAG, 16, state->input + row->size) == 1 &&
                  EVP_DecryptUpdate(state->cipher, state->output, &length, state->input, (int)row->size) == 1 &&
                  EVP_DecryptFinal_ex(state->cipher, state->output + row->size, &length) == 1,
              "EVP_Decrypt");
    }
}

static void run_cipher(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    const uint8_t *key = setup_each_time ? material : NULL;
    for (size_t i = 0; i < iterations; i++) {
        int length;
        check(EVP_EncryptInit_ex2(state->cipher, NULL, key, material, NULL) == 1 &&
                  EVP_EncryptUpdate(state->cipher, state->output, &length, state->input, (int)row->size) == 1 &&
                  EVP_EncryptFinal_ex(state->cipher, state->output + length, &length) == 1,
              "EVP_Encrypt");
    }
}

#define run_cipher_parts run_cipher

static void run_wrap(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    const uint8_t *key = setup_each_time ? material : NULL;
    for (size_t i = 0; i < iterations; i++) {
        int length;
        check(EVP_EncryptInit_ex2(state->cipher, NULL, key, NULL, NULL) == 1 &&
                  EVP_EncryptUpdate(state->cipher, state->output, &length, material, (int)row->size) == 1,
              "EVP_Encrypt");
    }
}

/* ---- MACs and derivations: openssl names the hash, or the cipher of CMAC ---- */

static int prepare_mac(const struct worker_row *row)
{
    char name[32];
    (void)strncpy(name, row->openssl, sizeof(name) - 1);
    name[sizeof(name) - 1] = 0;
    const int cmac = strstr(name, "-CBC") != NULL, blake2 = strncmp(name, "BLAKE2", 6) == 0;
    OSSL_PARAM named[] = {
        OSSL_PARAM_construct_utf8_string(cmac ? OSSL_MAC_PARAM_CIPHER : OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_construct_end()};
    const OSSL_PARAM *parameters = blake2 ? NULL : named;
    EVP_MAC *mac = EVP_MAC_fetch(NULL, blake2 ? name : cmac ? "CMAC" : "HMAC", NULL);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        states[i].mac = EVP_MAC_CTX_new(mac);
        check(states[i].mac != NULL && EVP_MAC_init(states[i].mac, material, row->bits / 8, parameters) == 1, "EVP_MAC_init");
    }
    EVP_MAC_free(mac);
    return 0;
}

static void run_mac(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    for (size_t i = 0; i < iterations; i++) {
        size_t length;
        check(EVP_MAC_init(state->mac, setup_each_time ? material : NULL, setup_each_time ? row->bits / 8 : 0, NULL) == 1 &&
                  EVP_MAC_update(state->mac, state->input, row->size) == 1 && EVP_MAC_final(state->mac, state->output, &length, 64) == 1,
              "EVP_MAC");
    }
}

/* Of the row that is prepared. */
static OSSL_PARAM parameters[8];
static char digest[32];

static OSSL_PARAM text(const char *name)
{
    return OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)material, 16);
}

static OSSL_PARAM secret(const char *name, const struct worker_row *row)
{
    return OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)material, row->bits / 8);
}

/* The algorithm, with the digest as the first parameter. */
static int prepare_derivation(const struct worker_row *row, const char *name)
{
    if (row->openssl[0] == 0) {
        return -1;
    }
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, name, NULL);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        states[i].kdf = EVP_KDF_CTX_new(kdf);
    }
    EVP_KDF_free(kdf);
    (void)strncpy(digest, row->openssl, sizeof(digest) - 1);
    parameters[0] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0);
    return states[0].kdf == NULL ? -1 : 0;
}

static int prepare_kdf(const struct worker_row *row)
{
    parameters[1] = secret(OSSL_KDF_PARAM_KEY, row);
    parameters[2] = text(OSSL_KDF_PARAM_SALT);
    parameters[3] = text(OSSL_KDF_PARAM_INFO);
    parameters[4] = OSSL_PARAM_construct_end();
    return prepare_derivation(row, "HKDF");
}

static int prepare_pbkdf2(const struct worker_row *row)
{
    static unsigned cost = PBKDF2_COST;
    parameters[1] = secret(OSSL_KDF_PARAM_PASSWORD, row);
    parameters[2] = text(OSSL_KDF_PARAM_SALT);
    parameters[3] = OSSL_PARAM_construct_uint(OSSL_KDF_PARAM_ITER, &cost);
    parameters[4] = OSSL_PARAM_construct_end();
    return prepare_derivation(row, "PBKDF2");
}

static int prepare_prf(const struct worker_row *row)
{
    parameters[1] = secret(OSSL_KDF_PARAM_SECRET, row);
    parameters[2] = text(OSSL_KDF_PARAM_SEED);
    parameters[3] = text(OSSL_KDF_PARAM_SEED);
    parameters[4] = OSSL_PARAM_construct_end();
    return prepare_derivation(row, "TLS1-PRF");
}

/* SP 800-108: openssl names a hash, or the cipher of CMAC. */
static int prepare_counter(const struct worker_row *row)
{
    static char hmac[] = "HMAC", cmac[] = "CMAC", mode[] = "COUNTER";
    const int is_cmac = strstr(row->openssl, "-CBC") != NULL;
    if (prepare_derivation(row, "KBKDF") != 0) {
        return -1;
    }
    parameters[0] = OSSL_PARAM_construct_utf8_string(is_cmac ? OSSL_KDF_PARAM_CIPHER : OSSL_KDF_PARAM_DIGEST, digest, 0);
    parameters[1] = secret(OSSL_KDF_PARAM_KEY, row);
    parameters[2] = text(OSSL_KDF_PARAM_SALT);
    parameters[3] = text(OSSL_KDF_PARAM_INFO);
    parameters[4] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_MAC, is_cmac ? cmac : hmac, 0);
    parameters[5] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_MODE, mode, 0);
    parameters[6] = OSSL_PARAM_construct_end();
    return 0;
}

static void run_kdf(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    for (size_t i = 0; i < iterations; i++) {
        check(EVP_KDF_derive(state->kdf, state->output, row->size, parameters) == 1, "EVP_KDF_derive");
    }
}

/* This one adds a seed to those that it was given before. */
static void run_prf(const struct worker_row *row, size_t iterations, unsigned thread)
{
    struct state *state = &states[thread];
    for (size_t i = 0; i < iterations; i++) {
        EVP_KDF_CTX_reset(state->kdf);
        check(EVP_KDF_derive(state->kdf, state->output, row->size, parameters) == 1, "EVP_KDF_derive");
    }
}

#define run_pbkdf2 run_kdf
#define run_counter run_kdf

/* ---- Key pairs: openssl names the curve, or the algorithm where that says it all ---- */

static int is_group(const struct worker_row *row)
{
    return strncmp(row->openssl, "ffdhe", 5) == 0;
}

static int is_curve(const struct worker_row *row)
{
    static const char *const algorithms[] = {"RSA", "X25519", "ED25519", "X448", "ED448"};
    size_t i = 0;
    while (i < sizeof(algorithms) / sizeof(algorithms[0]) && strcmp(row->openssl, algorithms[i]) != 0) {
        i++;
    }
    return i == sizeof(algorithms) / sizeof(algorithms[0]) && !is_group(row);
}

static EVP_PKEY_CTX *start_generation(const struct worker_row *row)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, is_curve(row) ? "EC" : is_group(row) ? "DH" : row->openssl, NULL);
    check(context != NULL && EVP_PKEY_keygen_init(context) == 1, "EVP_PKEY_keygen_init");
    if (is_curve(row) || is_group(row)) {
        check(EVP_PKEY_CTX_set_group_name(context, row->openssl) == 1, "group");
    } else if (strcmp(row->openssl, "RSA") == 0) {
        check(EVP_PKEY_CTX_set_rsa_keygen_bits(context, (int)row->bits) == 1, "bits");
    }
    return context;
}

static EVP_PKEY *make_key(const struct worker_row *row)
{
    EVP_PKEY *made = NULL;
    EVP_PKEY_CTX *context = start_generation(row);
    check(EVP_PKEY_generate(context, &made) == 1, "EVP_PKEY_generate");
    EVP_PKEY_CTX_free(context);
    return made;
}

/* RSA signatures say which hash it is; ECDSA takes any. */
static void init_key(EVP_PKEY_CTX **context, const struct worker_row *row, int (*init)(EVP_PKEY_CTX *))
{
    EVP_PKEY_CTX_free(*context);
    *context = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
    check(*context != NULL && init(*context) == 1, "EVP_PKEY context");
    if (strcmp(row->openssl, "RSA") == 0) {
        check(EVP_PKEY_CTX_set_signature_md(*context, EVP_sha256()) == 1, "hash");
    }
}

static int prepare_sign(const struct worker_row *row)
{
    pkey = make_key(row);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        init_key(&states[i].pkey, row, EVP_PKEY_sign_init);
    }
    signature_length = sizeof(signature);
    check(EVP_PKEY_sign(states[0].pkey, signature, &signature_length, material, row->size) == 1, "EVP_PKEY_sign");
    return 0;
}

static void run_sign(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        size_t length = sizeof(signature);
        check(EVP_PKEY_sign(states[thread].pkey, states[thread].output, &length, material, row->size) == 1, "EVP_PKEY_sign");
    }
}

static int prepare_verify(const struct worker_row *row)
{
    (void)prepare_sign(row);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        init_key(&states[i].pkey, row, EVP_PKEY_verify_init);
    }
    return 0;
}

static void run_verify(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        check(EVP_PKEY_verify(states[thread].pkey, signature, signature_length, material, row->size) == 1, "EVP_PKEY_verify");
    }
}

/* What OpenSSL signs whole messages with: EdDSA. A context made for one call serves the next. */
static int prepare_sign_message(const struct worker_row *row)
{
    pkey = make_key(row);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        states[i].digest = EVP_MD_CTX_new();
        check(EVP_DigestSignInit_ex(states[i].digest, NULL, NULL, NULL, NULL, pkey, NULL) == 1, "EVP_DigestSignInit_ex");
    }
    signature_length = sizeof(signature);
    check(EVP_DigestSign(states[0].digest, signature, &signature_length, material, row->size) == 1, "EVP_DigestSign");
    return 0;
}

static void run_sign_message(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        size_t length = sizeof(signature);
        check(EVP_DigestSign(states[thread].digest, states[thread].output, &length, material, row->size) == 1, "EVP_DigestSign");
    }
}

static int prepare_verify_message(const struct worker_row *row)
{
    (void)prepare_sign_message(row);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        EVP_MD_CTX_free(states[i].digest);
        states[i].digest = EVP_MD_CTX_new();
        check(EVP_DigestVerifyInit_ex(states[i].digest, NULL, NULL, NULL, NULL, pkey, NULL) == 1, "EVP_DigestVerifyInit_ex");
    }
    return 0;
}

static void run_verify_message(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        check(EVP_DigestVerify(states[thread].digest, signature, signature_length, material, row->size) == 1, "EVP_DigestVerify");
    }
}

/* OAEP, with its one hash. */
static void init_oaep(struct state *state, int (*init)(EVP_PKEY_CTX *))
{
    EVP_PKEY_CTX_free(state->pkey);
    state->pkey = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
    check(state->pkey != NULL && init(state->pkey) == 1 && EVP_PKEY_CTX_set_rsa_padding(state->pkey, RSA_PKCS1_OAEP_PADDING) == 1 &&
              EVP_PKEY_CTX_set_rsa_oaep_md(state->pkey, EVP_sha256()) == 1,
          "OAEP");
}

static int prepare_encrypt(const struct worker_row *row)
{
    pkey = make_key(row);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        init_oaep(&states[i], EVP_PKEY_encrypt_init);
    }
    signature_length = sizeof(signature);
    check(EVP_PKEY_encrypt(states[0].pkey, signature, &signature_length, material, row->size) == 1, "EVP_PKEY_encrypt");
    return 0;
}

static void run_encrypt(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        size_t length = sizeof(signature);
        check(EVP_PKEY_encrypt(states[thread].pkey, states[thread].output, &length, material, row->size) == 1, "EVP_PKEY_encrypt");
    }
}

static int prepare_decrypt(const struct worker_row *row)
{
    (void)prepare_encrypt(row);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        init_oaep(&states[i], EVP_PKEY_decrypt_init);
    }
    return 0;
}

static void run_decrypt(const struct worker_row *row, size_t iterations, unsigned thread)
{
    (void)row;
    for (size_t i = 0; i < iterations; i++) {
        size_t length = sizeof(signature);
        check(EVP_PKEY_decrypt(states[thread].pkey, states[thread].output, &length, signature, signature_length) == 1, "EVP_PKEY_decrypt");
    }
}

static int prepare_agree(const struct worker_row *row)
{
    pkey = make_key(row);
    peer = make_key(row);
    uint8_t *encoded = NULL;
    point_length = EVP_PKEY_get1_encoded_public_key(peer, &encoded);
    check(point_length > 0 && point_length <= sizeof(point), "peer's point");
    memcpy(point, encoded, point_length);
    OPENSSL_free(encoded);
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        init_key(&states[i].pkey, row, EVP_PKEY_derive_init);
        check(EVP_PKEY_derive_set_peer(states[i].pkey, peer) == 1, "EVP_PKEY_derive_set_peer");
    }
    return 0;
}

/* setup: the peer's key comes as bytes, as in the PSA call, and is checked. */
static void run_agree(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        size_t length = sizeof(states[thread].output);
        if (setup_each_time) {
            EVP_PKEY *given = EVP_PKEY_new();
            check(EVP_PKEY_copy_parameters(given, pkey) == 1 && EVP_PKEY_set1_encoded_public_key(given, point, point_length) == 1 &&
                      EVP_PKEY_derive_set_peer(states[thread].pkey, given) == 1,
                  "peer's key");
            EVP_PKEY_free(given);
        }
        check(EVP_PKEY_derive(states[thread].pkey, states[thread].output, &length) == 1 && length == row->size, "EVP_PKEY_derive");
    }
}

static int prepare_generate(const struct worker_row *row)
{
    for (unsigned i = 0; i < WORKER_THREADS; i++) {
        states[i].pkey = start_generation(row);
    }
    return 0;
}

static void run_generate(const struct worker_row *row, size_t iterations, unsigned thread)
{
    (void)row;
    for (size_t i = 0; i < iterations; i++) {
        EVP_PKEY *made = NULL;
        check(EVP_PKEY_generate(states[thread].pkey, &made) == 1, "EVP_PKEY_generate");
        EVP_PKEY_free(made);
    }
}

/* ---- Random ---- */

static int prepare_random(const struct worker_row *row)
{
    (void)row;
    return 0;
}

static void run_random(const struct worker_row *row, size_t iterations, unsigned thread)
{
    for (size_t i = 0; i < iterations; i++) {
        check(RAND_bytes(states[thread].output, (int)row->size) == 1, "RAND_bytes");
    }
}

/* OpenSSL has no keys by name. */
#define prepare_import NULL
#define run_import NULL
#define prepare_lookup NULL
#define run_lookup NULL
/* Nor PAKEs. */
#define prepare_pake NULL
#define run_pake NULL

#define ROW(family, label, size, algorithm, type, bits, openssl, ...) {prepare_##family, run_##family, finish_all, size, 0, 0, bits, openssl},

static const struct worker_row rows[] = {ROWS(ROW) SCALING_ROWS(ROW)};

int main(int argc, char **argv)
{
    setup_each_time = argc > 1 && strcmp(argv[1], "setup") == 0;
    /* MD4, DES and RC4. The usual ones are there by themselves only as long as no others are. */
    check(OSSL_PROVIDER_load(NULL, "default") != NULL && OSSL_PROVIDER_load(NULL, "legacy") != NULL, "providers");
    return worker_main(rows, sizeof(rows) / sizeof(rows[0]));
}
