/* SPDX-License-Identifier: Apache-2.0 */
/*
 * psacrypto_self_test(): a known answer by every algorithm of the build, the way a call would go, but with keys that never
 * enter the key store. What the build does not have is left out.
 */
#include "api/self_test.h"

#include "api/api.h"
#include "dispatch/random.h"
#include "util/crc32c.h"

#include <psacrypto/library.h>

#define OUTPUT_MAX 80u
#define SIGNATURE_LENGTH 64u
#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

/* ---- Inputs and verdicts ---- */

static void count_up(uint8_t *bytes, size_t length, unsigned first)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(first + i);
    }
}

static int is_counted_up(const uint8_t *bytes, size_t length, unsigned first)
{
    uint8_t different = 0;
    for (size_t i = 0; i < length; i++) {
        different |= (uint8_t)(bytes[i] ^ (uint8_t)(first + i));
    }
    return different == 0;
}

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* The length of the bytes that hex stands for. */
static size_t from_hex(uint8_t *bytes, const char *hex)
{
    size_t length = 0;
    for (; hex[2u * length] != '\0'; length++) {
        bytes[length] = (uint8_t)(hex_digit(hex[2u * length]) << 4 | hex_digit(hex[2u * length + 1u]));
    }
    return length;
}

static int is_hex(const uint8_t *bytes, size_t length, const char *hex)
{
    uint8_t expected[2u * OUTPUT_MAX];
    return from_hex(expected, hex) == length && memcmp(bytes, expected, length) == 0;
}

/* That there was no memory, or no entropy for blinding, says nothing about the algorithm. */
static psa_status_t verdict(psa_algorithm_t alg, psa_status_t status, int right)
{
    if (status == PSA_ERROR_INSUFFICIENT_MEMORY || status == PSA_ERROR_INSUFFICIENT_ENTROPY || (status == PSA_SUCCESS && right)) {
        return status;
    }
    return reason(PSA_ERROR_CORRUPTION_DETECTED, REASON_SELF_TEST, alg, 0);
}

static int has(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    return algorithm_is_specific(alg) && dispatch_has_algorithm(PSA_KEY_LOCATION_LOCAL_STORAGE, alg, type, bits);
}

/* ---- Keys ---- */

struct test_key {
    psa_key_attributes_t attributes;
    struct dispatch_key key;
    uint8_t bytes[OUTPUT_MAX];
};

static void key_open(struct test_key *key, psa_key_type_t type, size_t bits, unsigned first)
{
    memset(key, 0, sizeof(*key));
    psa_set_key_type(&key->attributes, type);
    psa_set_key_bits(&key->attributes, bits);
    key->key.key.attributes = &key->attributes;
    key->key.key.blob = key->bytes;
    key->key.key.length = (bits + 7u) / 8u;
    count_up(key->bytes, key->key.key.length, first);
}

static void key_close(struct test_key *key)
{
    dispatch_key_clear(&key->key);
}

/* ---- Hashes, and what is made with them ---- */

static psa_status_t test_hash(const struct self_test_hash *row, const uint8_t *message)
{
    uint8_t hash[OUTPUT_MAX];
    size_t length = 0;
    if (!has(row->hash, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = dispatch_hash_compute(row->hash, message, SELF_TEST_HASH_MESSAGE_LENGTH, hash, PSA_HASH_LENGTH(row->hash), &length);
    return verdict(row->hash, status, is_hex(hash, length, row->digest));
}

static psa_status_t run_hmac(struct test_key *key, psa_algorithm_t alg, const char *answer, const uint8_t *message)
{
    uint8_t mac[OUTPUT_MAX];
    size_t length = 0;
    psa_status_t status = dispatch_mac_compute(&key->key, alg, message, SELF_TEST_HASH_MESSAGE_LENGTH, mac, PSA_HASH_LENGTH(alg), &length);
    if (status == PSA_SUCCESS && !is_hex(mac, length, answer)) {
        return verdict(alg, status, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_mac_verify(&key->key, alg, message, SELF_TEST_HASH_MESSAGE_LENGTH, mac, length);
    }
    if (status != PSA_SUCCESS) {
        return verdict(alg, status, 0);
    }
    mac[length - 1u] ^= 1u;
    status = dispatch_mac_verify(&key->key, alg, message, SELF_TEST_HASH_MESSAGE_LENGTH, mac, length);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : verdict(alg, status, 0);
}

static psa_status_t test_hmac(const struct self_test_hash *row, const uint8_t *message)
{
    struct test_key key;
    psa_algorithm_t alg = PSA_ALG_HMAC(row->hash);
    if (row->hmac == NULL || !has(alg, PSA_KEY_TYPE_HMAC, 160)) {
        return PSA_SUCCESS;
    }
    key_open(&key, PSA_KEY_TYPE_HMAC, 160, SELF_TEST_KEY);
    psa_status_t status = run_hmac(&key, alg, row->hmac, message);
    key_close(&key);
    return status;
}

/* Inputs of a derivation, in the order in which they are given; what has no bytes is not given. */
struct derivation_inputs {
    uint64_t cost;
    const uint8_t *salt;
    const uint8_t *secret;
    size_t secret_length;
    psa_key_derivation_step_t secret_step;
    const uint8_t *info;
};

#define SALT_LENGTH 16u
#define INFO_LENGTH 16u
#define SECRET_LENGTH 32u

static psa_status_t derive(psa_algorithm_t alg, uint8_t *output, size_t output_length, const struct derivation_inputs *inputs)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_status_t status = dispatch_key_derivation_setup(&operation, alg, PSA_KEY_LOCATION_LOCAL_STORAGE);
    if (status == PSA_SUCCESS && inputs->cost != 0) {
        status = dispatch_key_derivation_input_integer(&operation, PSA_KEY_DERIVATION_INPUT_COST, inputs->cost);
    }
    if (status == PSA_SUCCESS && inputs->salt != NULL) {
        status = dispatch_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, inputs->salt, SALT_LENGTH);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_input_bytes(&operation, inputs->secret_step, inputs->secret, inputs->secret_length);
    }
    if (status == PSA_SUCCESS && inputs->info != NULL) {
        status = dispatch_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, inputs->info, INFO_LENGTH);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_derivation_output_bytes(&operation, output, output_length);
    }
    dispatch_key_derivation_abort(&operation);
    return status;
}

struct derivation_material {
    uint8_t secret[SECRET_LENGTH];
    uint8_t salt[SALT_LENGTH];
    uint8_t info[INFO_LENGTH];
};

static psa_status_t test_hkdf(const struct self_test_hash *row, const struct derivation_material *material)
{
    uint8_t output[OUTPUT_MAX];
    psa_algorithm_t alg = PSA_ALG_HKDF(row->hash);
    size_t length = PSA_HASH_LENGTH(row->hash) + 16u;
    const struct derivation_inputs inputs = { 0, material->salt, material->secret, SECRET_LENGTH, PSA_KEY_DERIVATION_INPUT_SECRET, material->info };
    if (row->hkdf == NULL || !has(alg, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(alg, output, length, &inputs);
    return verdict(alg, status, is_hex(output, length, row->hkdf));
}

/* Both steps of HKDF give what HKDF gives. A wrong answer is put down to the second. */
static psa_status_t test_hkdf_steps(const struct self_test_hash *row, const struct derivation_material *material)
{
    uint8_t extracted[OUTPUT_MAX];
    uint8_t output[OUTPUT_MAX];
    psa_algorithm_t extract = PSA_ALG_HKDF_EXTRACT(row->hash);
    psa_algorithm_t expand = PSA_ALG_HKDF_EXPAND(row->hash);
    size_t hash_length = PSA_HASH_LENGTH(row->hash);
    const struct derivation_inputs first = { 0, material->salt, material->secret, SECRET_LENGTH, PSA_KEY_DERIVATION_INPUT_SECRET, NULL };
    const struct derivation_inputs second = { 0, NULL, extracted, hash_length, PSA_KEY_DERIVATION_INPUT_SECRET, material->info };
    if (row->hkdf == NULL || !has(extract, PSA_KEY_TYPE_NONE, 0) || !has(expand, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(extract, extracted, hash_length, &first);
    if (status == PSA_SUCCESS) {
        status = derive(expand, output, hash_length + 16u, &second);
    }
    return verdict(expand, status, is_hex(output, hash_length + 16u, row->hkdf));
}

static psa_status_t test_pbkdf2(const struct self_test_hash *row, const struct derivation_material *material)
{
    uint8_t output[OUTPUT_MAX];
    psa_algorithm_t alg = PSA_ALG_PBKDF2_HMAC(row->hash);
    size_t length = PSA_HASH_LENGTH(row->hash) + 16u;
    const struct derivation_inputs inputs = { 2, material->salt, material->secret, SECRET_LENGTH, PSA_KEY_DERIVATION_INPUT_PASSWORD, NULL };
    if (row->pbkdf2 == NULL || !has(alg, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(alg, output, length, &inputs);
    return verdict(alg, status, is_hex(output, length, row->pbkdf2));
}

static psa_status_t test_derivations(const struct self_test_hash *row)
{
    struct derivation_material material;
    count_up(material.secret, SECRET_LENGTH, SELF_TEST_SECRET);
    count_up(material.salt, SALT_LENGTH, SELF_TEST_SALT);
    count_up(material.info, INFO_LENGTH, SELF_TEST_INFO);
    psa_status_t status = test_hkdf(row, &material);
    if (status == PSA_SUCCESS) {
        status = test_hkdf_steps(row, &material);
    }
    return status == PSA_SUCCESS ? test_pbkdf2(row, &material) : status;
}

static psa_status_t test_hash_row(const struct self_test_hash *row, const uint8_t *message)
{
    psa_status_t status = test_hash(row, message);
    if (status == PSA_SUCCESS) {
        status = test_hmac(row, message);
    }
    return status == PSA_SUCCESS ? test_derivations(row) : status;
}

/* ---- Signatures ---- */

/* The signature verifies; thorough: with one bit changed it does not. */
static psa_status_t test_verify(struct test_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                                uint8_t *signature, int thorough)
{
    psa_status_t status = dispatch_verify_hash(&key->key, alg, hash, hash_length, NULL, 0, signature, SIGNATURE_LENGTH);
    if (status != PSA_SUCCESS || !thorough) {
        return verdict(alg, status, 1);
    }
    signature[SIGNATURE_LENGTH - 1u] ^= 1u;
    status = dispatch_verify_hash(&key->key, alg, hash, hash_length, NULL, 0, signature, SIGNATURE_LENGTH);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : verdict(alg, status, 0);
}

static psa_status_t test_sign(struct test_key *key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                              const char *answer, int thorough)
{
    uint8_t signature[SIGNATURE_LENGTH];
    size_t length = 0;
    psa_status_t status = dispatch_sign_hash(&key->key, alg, hash, hash_length, NULL, 0, signature, sizeof(signature), &length);
    int right = length == SIGNATURE_LENGTH && (!PSA_ALG_IS_DETERMINISTIC_ECDSA(alg) || is_hex(signature, length, answer));
    if (status != PSA_SUCCESS || !right || !thorough) {
        return verdict(alg, status, right);
    }
    return test_verify(key, alg, hash, hash_length, signature, 1);
}

/* What curve and key do is the same with each hash: one is tested thoroughly. */
static psa_status_t test_one_ecdsa(struct test_key *key, psa_algorithm_t alg, const struct self_test_hash *row, int thorough)
{
    uint8_t hash[OUTPUT_MAX];
    uint8_t signature[OUTPUT_MAX];
    size_t hash_length = from_hex(hash, row->digest);
    psa_status_t status = PSA_SUCCESS;
    if (!has(alg, P256_PAIR, 256)) {
        return PSA_SUCCESS;
    }
    (void)from_hex(signature, row->ecdsa);
    if (thorough || !PSA_ALG_IS_DETERMINISTIC_ECDSA(alg)) {
        status = test_verify(key, alg, hash, hash_length, signature, thorough);
    }
    if (status == PSA_SUCCESS && (thorough || PSA_ALG_IS_DETERMINISTIC_ECDSA(alg))) {
        status = test_sign(key, alg, hash, hash_length, row->ecdsa, thorough);
    }
    return status;
}

static psa_status_t test_ecdsa(struct test_key *key, const struct self_test_hash *row)
{
    int thorough = row->hash == PSA_ALG_SHA_256;
    psa_status_t status = test_one_ecdsa(key, PSA_ALG_ECDSA(row->hash), row, thorough);
    if (status == PSA_SUCCESS) {
        status = test_one_ecdsa(key, PSA_ALG_DETERMINISTIC_ECDSA(row->hash), row, thorough);
    }
    return status == PSA_SUCCESS && thorough ? test_one_ecdsa(key, PSA_ALG_ECDSA_ANY, row, thorough) : status;
}

static psa_status_t test_signatures(void)
{
    struct test_key key;
    psa_status_t status = PSA_SUCCESS;
    key_open(&key, P256_PAIR, 256, SELF_TEST_SCALAR);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_ecdsa(&key, &self_test_hashes[i]);
    }
    key_close(&key);
    return status;
}

/* ---- Extendable-output functions ---- */

static psa_status_t run_xof(psa_algorithm_t alg, const uint8_t *message, uint8_t *output)
{
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    psa_status_t status = dispatch_xof_setup(&operation, alg);
    if (status == PSA_SUCCESS) {
        status = dispatch_xof_update(&operation, message, SELF_TEST_HASH_MESSAGE_LENGTH);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_xof_output(&operation, output, SELF_TEST_XOF_LENGTH);
    }
    dispatch_xof_abort(&operation);
    return status;
}

static psa_status_t test_xofs(void)
{
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    uint8_t output[SELF_TEST_XOF_LENGTH];
    psa_status_t status = PSA_SUCCESS;
    count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_xof_count; i++) {
        const struct self_test_xof *row = &self_test_xofs[i];
        if (has(row->alg, PSA_KEY_TYPE_NONE, 0)) {
            status = run_xof(row->alg, message, output);
            status = verdict(row->alg, status, status == PSA_SUCCESS && crc32c(0, output, sizeof(output)) == row->crc &&
                                                   is_hex(output + sizeof(output) - 16u, 16, row->tail));
        }
    }
    return status;
}

/* ---- Ciphers and AEADs: in place, there and back ---- */

struct cipher_run {
    struct test_key key;
    const struct self_test_cipher *row;
    uint8_t nonce[32];
    uint8_t ad[32];
    uint8_t buffer[SELF_TEST_MESSAGE_MAX + 16u];
    size_t length; /* of what buffer holds */
};

static psa_status_t crypt_in_place(struct cipher_run *run, int decrypt)
{
    const struct self_test_cipher *row = run->row;
    size_t length = run->length;
    if (PSA_ALG_IS_CIPHER(row->alg)) {
        return dispatch_cipher_crypt(&run->key.key, row->alg, decrypt, run->nonce, row->nonce_length, run->buffer, length,
                                     run->buffer, sizeof(run->buffer), &run->length);
    }
    return (decrypt ? dispatch_aead_decrypt : dispatch_aead_encrypt)(&run->key.key, row->alg, run->nonce, row->nonce_length,
                                                                     run->ad, row->ad_length, run->buffer, length,
                                                                     run->buffer, sizeof(run->buffer), &run->length);
}

static psa_status_t encrypt_message(struct cipher_run *run)
{
    count_up(run->buffer, run->row->length, SELF_TEST_MESSAGE);
    run->length = run->row->length;
    return crypt_in_place(run, 0);
}

static int is_answer(const struct cipher_run *run)
{
    return run->length >= 16u && run->length <= sizeof(run->buffer) && crc32c(0, run->buffer, run->length) == run->row->crc &&
           is_hex(run->buffer + run->length - 16u, 16, run->row->tail);
}

static psa_status_t test_there_and_back(struct cipher_run *run)
{
    psa_status_t status = encrypt_message(run);
    if (status != PSA_SUCCESS || !is_answer(run)) {
        return verdict(run->row->alg, status, 0);
    }
    status = crypt_in_place(run, 1);
    return verdict(run->row->alg, status,
                   run->length == run->row->length && is_counted_up(run->buffer, run->length, SELF_TEST_MESSAGE));
}

static psa_status_t test_forgery(struct cipher_run *run)
{
    psa_status_t status = encrypt_message(run);
    if (status != PSA_SUCCESS) {
        return verdict(run->row->alg, status, 0);
    }
    run->buffer[run->length - 1u] ^= 1u;
    status = crypt_in_place(run, 1);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : verdict(run->row->alg, status, 0);
}

static psa_status_t test_cipher(struct cipher_run *run, const struct self_test_cipher *row)
{
    if (!has(row->alg, row->type, row->bits)) {
        return PSA_SUCCESS;
    }
    run->row = row;
    key_open(&run->key, row->type, row->bits, SELF_TEST_KEY);
    count_up(run->nonce, row->nonce_length, SELF_TEST_NONCE);
    count_up(run->ad, row->ad_length, SELF_TEST_AD);
    psa_status_t status = test_there_and_back(run);
    if (status == PSA_SUCCESS && PSA_ALG_IS_AEAD(row->alg)) {
        status = test_forgery(run);
    }
    key_close(&run->key);
    return status;
}

/* ---- Key agreements ---- */

static psa_status_t test_agreement(const struct self_test_agreement *row)
{
    struct test_key key;
    uint8_t peer[2u * OUTPUT_MAX];
    uint8_t secret[OUTPUT_MAX];
    size_t length = 0;
    if (!has(row->alg, row->type, row->bits)) {
        return PSA_SUCCESS;
    }
    size_t peer_length = from_hex(peer, row->peer);
    key_open(&key, row->type, row->bits, SELF_TEST_SCALAR);
    psa_status_t status = dispatch_key_agreement(&key.key, row->alg, peer, peer_length, secret, sizeof(secret), &length);
    key_close(&key);
    return verdict(row->alg, status, is_hex(secret, length, row->secret));
}

/* ---- All of them ---- */

static psa_status_t test_hashes(void)
{
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    psa_status_t status = PSA_SUCCESS;
    count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_hash_row(&self_test_hashes[i], message);
    }
    return status;
}

static psa_status_t test_ciphers(void)
{
    struct cipher_run run;
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_cipher_count; i++) {
        status = test_cipher(&run, &self_test_ciphers[i]);
    }
    return status;
}

static psa_status_t test_agreements(void)
{
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_agreement_count; i++) {
        status = test_agreement(&self_test_agreements[i]);
    }
    return status;
}

static psa_status_t test_random(void)
{
    return verdict(PSA_ALG_NONE, random_self_test(), 1);
}

/* Signatures take most of the time. */
static psa_status_t (*const tests[])(void) = {
    test_random, test_hashes, test_xofs, test_ciphers, test_agreements, test_signatures,
};

psa_status_t psacrypto_self_test(void)
{
    psa_status_t status = api_check_open();
    for (size_t i = 0; status == PSA_SUCCESS && i < sizeof(tests) / sizeof(tests[0]); i++) {
        status = tests[i]();
    }
    return reason_close(status);
}
