/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of ciphers, AEADs, MACs and key agreements. */
#include "api/self_test.h"

#include "dispatch/dispatch.h"

/* ---- Ciphers and AEADs: in place, there and back ---- */

struct cipher_run {
    struct self_test_key key;
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
    self_test_count_up(run->buffer, run->row->length, SELF_TEST_MESSAGE);
    run->length = run->row->length;
    return crypt_in_place(run, 0);
}

static int is_message(const uint8_t *bytes, size_t length)
{
    uint8_t different = 0;
    for (size_t i = 0; i < length; i++) {
        different |= (uint8_t)(bytes[i] ^ (uint8_t)(SELF_TEST_MESSAGE + i));
    }
    return different == 0;
}

static psa_status_t test_there_and_back(struct cipher_run *run)
{
    psa_status_t status = encrypt_message(run);
    if (status != PSA_SUCCESS || run->length > sizeof(run->buffer) || !self_test_is_answer(run->buffer, run->length, run->length, run->row->ciphertext)) {
        return self_test_verdict(run->row->alg, status, 0);
    }
    status = crypt_in_place(run, 1);
    return self_test_verdict(run->row->alg, status,
                   run->length == run->row->length && is_message(run->buffer, run->length));
}

static psa_status_t test_forgery(struct cipher_run *run)
{
    psa_status_t status = encrypt_message(run);
    if (status != PSA_SUCCESS) {
        return self_test_verdict(run->row->alg, status, 0);
    }
    run->buffer[run->length - 1u] ^= 1u;
    status = crypt_in_place(run, 1);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : self_test_verdict(run->row->alg, status, 0);
}

static psa_status_t test_cipher(struct cipher_run *run, const struct self_test_cipher *row)
{
    if (!self_test_has(row->alg, row->type, row->bits)) {
        return PSA_SUCCESS;
    }
    run->row = row;
    self_test_key_open(&run->key, row->type, row->bits, SELF_TEST_KEY);
    self_test_count_up(run->nonce, row->nonce_length, SELF_TEST_NONCE);
    self_test_count_up(run->ad, row->ad_length, SELF_TEST_AD);
    psa_status_t status = test_there_and_back(run);
    if (status == PSA_SUCCESS && PSA_ALG_IS_AEAD(row->alg)) {
        status = test_forgery(run);
    }
    self_test_key_close(&run->key);
    return status;
}

psa_status_t self_test_ciphers_run(void)
{
    struct cipher_run run;
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_cipher_count; i++) {
        status = test_cipher(&run, &self_test_ciphers[i]);
    }
    return status;
}

/* ---- MACs ---- */

psa_status_t self_test_mac(struct self_test_key *key, psa_algorithm_t alg, const uint8_t *message, size_t message_length, uint32_t answer)
{
    uint8_t mac[SELF_TEST_OUTPUT_MAX];
    size_t expected = PSA_MAC_LENGTH(psa_get_key_type(&key->attributes), psa_get_key_bits(&key->attributes), alg);
    size_t length = 0;
    psa_status_t status = dispatch_mac_compute(&key->key, alg, message, message_length, mac, expected, &length);
    if (status == PSA_SUCCESS && !self_test_is_answer(mac, length, expected, answer)) {
        return self_test_verdict(alg, status, 0);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_mac_verify(&key->key, alg, message, message_length, mac, length);
    }
    if (status != PSA_SUCCESS) {
        return self_test_verdict(alg, status, 0);
    }
    mac[length - 1u] ^= 1u;
    status = dispatch_mac_verify(&key->key, alg, message, message_length, mac, length);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : self_test_verdict(alg, status, 0);
}

static psa_status_t test_mac(const struct self_test_mac *row)
{
    struct self_test_key key;
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    if (!self_test_has(row->alg, row->type, row->bits)) {
        return PSA_SUCCESS;
    }
    self_test_count_up(message, row->length, SELF_TEST_MESSAGE);
    self_test_key_open(&key, row->type, row->bits, SELF_TEST_KEY);
    psa_status_t status = self_test_mac(&key, row->alg, message, row->length, row->mac);
    self_test_key_close(&key);
    return status;
}

psa_status_t self_test_macs_run(void)
{
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_mac_count; i++) {
        status = test_mac(&self_test_macs[i]);
    }
    return status;
}

/* ---- Key wrapping ---- */

#define WRAPPED_MAX 64u

static psa_status_t run_wrap(struct self_test_key *key, const struct self_test_wrap *row)
{
    uint8_t plain[WRAPPED_MAX];
    uint8_t wrapped[WRAPPED_MAX];
    size_t length = 0;
    self_test_count_up(plain, row->length, SELF_TEST_MESSAGE);
    psa_status_t status = dispatch_wrap(&key->key, row->alg, plain, row->length, wrapped, sizeof(wrapped), &length);
    if (status != PSA_SUCCESS || length > sizeof(wrapped) || !self_test_is_answer(wrapped, length, length, row->wrapped)) {
        return self_test_verdict(row->alg, status, 0);
    }
    size_t wrapped_length = length;
    status = dispatch_unwrap(&key->key, row->alg, wrapped, wrapped_length, plain, sizeof(plain), &length);
    if (status != PSA_SUCCESS || length != row->length || !is_message(plain, length)) {
        return self_test_verdict(row->alg, status, 0);
    }
    wrapped[wrapped_length - 1u] ^= 1u;
    status = dispatch_unwrap(&key->key, row->alg, wrapped, wrapped_length, plain, sizeof(plain), &length);
    return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : self_test_verdict(row->alg, status, 0);
}

static psa_status_t test_wrap(const struct self_test_wrap *row)
{
    struct self_test_key key;
    if (!self_test_has(row->alg, row->type, row->bits)) {
        return PSA_SUCCESS;
    }
    self_test_key_open(&key, row->type, row->bits, SELF_TEST_KEY);
    psa_status_t status = run_wrap(&key, row);
    self_test_key_close(&key);
    return status;
}

psa_status_t self_test_wraps_run(void)
{
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_wrap_count; i++) {
        status = test_wrap(&self_test_wraps[i]);
    }
    return status;
}

/* ---- Key agreements ---- */

#define AGREEMENT_MAX 256u

static psa_status_t test_agreement(const struct self_test_agreement *row)
{
    struct self_test_key key;
    uint8_t bytes[AGREEMENT_MAX];
    uint8_t peer[AGREEMENT_MAX];
    uint8_t secret[AGREEMENT_MAX];
    size_t length = 0;
    size_t own_length = (row->bits + 7u) / 8u;
    if (!self_test_has(row->alg, row->type, row->bits)) {
        return PSA_SUCCESS;
    }
    size_t peer_length = self_test_from_hex(peer, row->peer);
    self_test_count_up(bytes, own_length, SELF_TEST_SCALAR);
    self_test_key_open_bytes(&key, row->type, row->bits, bytes, own_length);
    psa_status_t status = dispatch_key_agreement(&key.key, row->alg, peer, peer_length, secret, sizeof(secret), &length);
    self_test_key_close(&key);
    return self_test_verdict(row->alg, status, length <= sizeof(secret) && self_test_is_answer(secret, length, length, row->secret));
}

psa_status_t self_test_agreements_run(void)
{
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_agreement_count; i++) {
        status = test_agreement(&self_test_agreements[i]);
    }
    return status;
}
