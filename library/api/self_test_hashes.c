/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of hashes, HMAC and extendable-output functions. */
#include "api/self_test.h"

#include "dispatch/dispatch.h"

#define CONTEXT_LENGTH 16u

/* ---- Hashes, and what is made with them ---- */

static psa_status_t test_hash(const struct self_test_hash *row, const uint8_t *message)
{
    uint8_t hash[SELF_TEST_OUTPUT_MAX];
    size_t length = 0;
    if (!self_test_has(row->hash, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = dispatch_hash_compute(row->hash, message, SELF_TEST_HASH_MESSAGE_LENGTH, hash, PSA_HASH_LENGTH(row->hash), &length);
    return self_test_verdict(row->hash, status, self_test_is_answer(hash, length, PSA_HASH_LENGTH(row->hash), row->digest));
}

static psa_status_t test_hmac(const struct self_test_hash *row, const uint8_t *message)
{
    struct self_test_key key;
    psa_algorithm_t alg = PSA_ALG_HMAC(row->hash);
    if (row->hmac == 0 || !self_test_has(alg, PSA_KEY_TYPE_HMAC, 160)) {
        return PSA_SUCCESS;
    }
    self_test_key_open(&key, PSA_KEY_TYPE_HMAC, 160, SELF_TEST_KEY);
    psa_status_t status = self_test_mac(&key, alg, message, SELF_TEST_HASH_MESSAGE_LENGTH, row->hmac);
    self_test_key_close(&key);
    return status;
}

static psa_status_t test_hash_row(const struct self_test_hash *row, const uint8_t *message)
{
    psa_status_t status = test_hash(row, message);
    return status == PSA_SUCCESS ? test_hmac(row, message) : status;
}

psa_status_t self_test_hashes_run(void)
{
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    psa_status_t status = PSA_SUCCESS;
    self_test_count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_hash_row(&self_test_hashes[i], message);
    }
    return status;
}

/* ---- Extendable-output functions ---- */

static psa_status_t run_xof(psa_algorithm_t alg, const uint8_t *message, uint8_t *output)
{
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    psa_status_t status = dispatch_xof_setup(&operation, alg);
    if (status == PSA_SUCCESS && PSA_ALG_XOF_HAS_CONTEXT(alg)) {
        uint8_t context[CONTEXT_LENGTH];
        self_test_count_up(context, sizeof(context), SELF_TEST_INFO);
        status = dispatch_xof_set_context(&operation, context, sizeof(context));
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_xof_update(&operation, message, SELF_TEST_HASH_MESSAGE_LENGTH);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_xof_output(&operation, output, SELF_TEST_XOF_LENGTH);
    }
    dispatch_xof_abort(&operation);
    return status;
}

psa_status_t self_test_xofs_run(void)
{
    uint8_t message[SELF_TEST_HASH_MESSAGE_LENGTH];
    uint8_t output[SELF_TEST_XOF_LENGTH];
    psa_status_t status = PSA_SUCCESS;
    self_test_count_up(message, sizeof(message), SELF_TEST_MESSAGE);
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_xof_count; i++) {
        const struct self_test_xof *row = &self_test_xofs[i];
        if (self_test_has(row->alg, PSA_KEY_TYPE_NONE, 0)) {
            status = run_xof(row->alg, message, output);
            status = self_test_verdict(row->alg, status, self_test_is_answer(output, sizeof(output), sizeof(output), row->output));
        }
    }
    return status;
}
