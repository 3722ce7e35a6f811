/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of RSA: signatures and encryption. */
#include "api/self_test.h"

#include <string.h>

#include "dispatch/dispatch.h"

#define LENGTH SELF_TEST_SIGNATURE_MAX
#define KEY_MAX 1024u

static int has(psa_algorithm_t alg)
{
    return self_test_has(alg, PSA_KEY_TYPE_RSA_KEY_PAIR, SELF_TEST_RSA_BITS);
}

/* ---- Signatures: with one hash from all sides, with the others once ---- */

static int is_thorough(const struct self_test_hash *row)
{
    return row->hash == PSA_ALG_SHA_256;
}

static psa_status_t test_pkcs1(struct self_test_signature *signature, const struct self_test_hash *row)
{
    psa_algorithm_t alg = PSA_ALG_RSA_PKCS1V15_SIGN(row->hash);
    if (row->pkcs1 == 0 || !has(alg)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = self_test_sign(signature, alg, LENGTH, row->pkcs1);
    return status == PSA_SUCCESS ? self_test_verify(signature, alg, is_thorough(row)) : status;
}

static psa_status_t sign_and_verify(struct self_test_signature *signature, psa_algorithm_t alg, const struct self_test_hash *row)
{
    psa_status_t status = has(alg) ? self_test_sign(signature, alg, LENGTH, 0) : PSA_SUCCESS;
    return status == PSA_SUCCESS && has(alg) ? self_test_verify(signature, alg, is_thorough(row)) : status;
}

/* A salt is drawn for each signature: what is known beforehand is one to verify. */
static psa_status_t test_known_pss(struct self_test_signature *signature, psa_algorithm_t alg)
{
    signature->length = self_test_from_hex(signature->bytes, self_test_rsa_answers.pss);
    return has(alg) ? self_test_verify(signature, alg, 0) : PSA_SUCCESS;
}

/* Verification alone knows salts of any length: what was signed with one serves for both. */
static psa_status_t test_any_salt(struct self_test_signature *signature, const struct self_test_hash *row)
{
    psa_algorithm_t alg = PSA_ALG_RSA_PSS_ANY_SALT(row->hash);
    if (is_thorough(row) || !has(PSA_ALG_RSA_PSS(row->hash))) {
        return sign_and_verify(signature, alg, row);
    }
    return has(alg) ? self_test_verify(signature, alg, 0) : PSA_SUCCESS;
}

static psa_status_t test_pss(struct self_test_signature *signature, const struct self_test_hash *row)
{
    psa_algorithm_t alg = PSA_ALG_RSA_PSS(row->hash);
    psa_status_t status = sign_and_verify(signature, alg, row);
    if (status == PSA_SUCCESS) {
        status = test_any_salt(signature, row);
    }
    return status == PSA_SUCCESS && is_thorough(row) ? test_known_pss(signature, alg) : status;
}

static psa_status_t test_row(struct self_test_signature *signature, const struct self_test_hash *row)
{
    if (!self_test_has(row->hash, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = self_test_digest(signature, row);
    if (status == PSA_SUCCESS) {
        status = test_pkcs1(signature, row);
    }
    return status == PSA_SUCCESS ? test_pss(signature, row) : status;
}

static psa_status_t test_raw(struct self_test_signature *signature)
{
    if (!has(PSA_ALG_RSA_PKCS1V15_SIGN_RAW)) {
        return PSA_SUCCESS;
    }
    self_test_count_up(signature->hash, SELF_TEST_RSA_MESSAGE_LENGTH, SELF_TEST_MESSAGE);
    signature->hash_length = SELF_TEST_RSA_MESSAGE_LENGTH;
    psa_status_t status = self_test_sign(signature, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, LENGTH, self_test_rsa_answers.raw);
    return status == PSA_SUCCESS ? self_test_verify(signature, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, 1) : status;
}

/* ---- Encryption ---- */

/* ciphertext holds LENGTH bytes that decrypt to the message. */
static psa_status_t test_decrypt(struct self_test_key *key, psa_algorithm_t alg, const uint8_t *ciphertext)
{
    uint8_t message[SELF_TEST_RSA_MESSAGE_LENGTH];
    uint8_t plain[LENGTH];
    size_t length = 0;
    self_test_count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    psa_status_t status = dispatch_asymmetric_crypt(&key->key, alg, 1, ciphertext, LENGTH, NULL, 0, plain, sizeof(plain), &length);
    return self_test_verdict(alg, status, length == sizeof(message) && memcmp(plain, message, sizeof(message)) == 0);
}

static psa_status_t test_encrypt(struct self_test_key *key, psa_algorithm_t alg)
{
    uint8_t message[SELF_TEST_RSA_MESSAGE_LENGTH];
    uint8_t ciphertext[LENGTH];
    size_t length = 0;
    self_test_count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    psa_status_t status = dispatch_asymmetric_crypt(&key->key, alg, 0, message, sizeof(message), NULL, 0,
                                                    ciphertext, sizeof(ciphertext), &length);
    if (status != PSA_SUCCESS || length != LENGTH) {
        return self_test_verdict(alg, status, 0);
    }
    return test_decrypt(key, alg, ciphertext);
}

/* answer NULL: there is no ciphertext that is known beforehand. */
static psa_status_t test_encryption(struct self_test_key *key, psa_algorithm_t alg, const char *answer)
{
    uint8_t ciphertext[LENGTH];
    psa_status_t status = PSA_SUCCESS;
    if (!has(alg)) {
        return PSA_SUCCESS;
    }
    if (answer != NULL && self_test_from_hex(ciphertext, answer) == LENGTH) {
        status = test_decrypt(key, alg, ciphertext);
    }
    return status == PSA_SUCCESS ? test_encrypt(key, alg) : status;
}

static psa_status_t test_encryptions(struct self_test_key *key)
{
    psa_status_t status = test_encryption(key, PSA_ALG_RSA_PKCS1V15_CRYPT, self_test_rsa_answers.pkcs1_ciphertext);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        psa_algorithm_t hash = self_test_hashes[i].hash;
        status = test_encryption(key, PSA_ALG_RSA_OAEP(hash), hash == PSA_ALG_SHA_256 ? self_test_rsa_answers.oaep_ciphertext : NULL);
    }
    return status;
}

/* ---- All of it ---- */

/* bytes: KEY_MAX, and in use until the key is closed. */
static void open_pair(struct self_test_key *key, uint8_t *bytes)
{
    size_t length = self_test_from_hex(bytes, self_test_rsa_answers.key);
    self_test_key_open_bytes(key, PSA_KEY_TYPE_RSA_KEY_PAIR, SELF_TEST_RSA_BITS, bytes, length);
}

psa_status_t self_test_rsa_run(void)
{
    struct self_test_signature signature;
    uint8_t bytes[KEY_MAX];
    open_pair(&signature.key, bytes);
    psa_status_t status = test_raw(&signature);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_row(&signature, &self_test_hashes[i]);
    }
    self_test_key_close(&signature.key);
    return status;
}

psa_status_t self_test_rsa_encryption_run(void)
{
    struct self_test_key key;
    uint8_t bytes[KEY_MAX];
    open_pair(&key, bytes);
    psa_status_t status = test_encryptions(&key);
    self_test_key_close(&key);
    return status;
}
