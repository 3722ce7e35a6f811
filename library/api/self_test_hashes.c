/* SPDX-License-Identifier: Apache-2.0 */
/* The self-test of hashes, of what is made with them, and of extendable-output functions. */
#include "api/self_test.h"

#include "dispatch/dispatch.h"

#define SALT_LENGTH 16u
#define INFO_LENGTH 16u
#define SECRET_LENGTH 32u

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

/* Inputs of a derivation, in the order in which they are given; what has no bytes is not given. */
struct derivation_inputs {
    uint64_t cost;
    const uint8_t *salt;
    const uint8_t *secret;
    size_t secret_length;
    psa_key_derivation_step_t secret_step;
    const uint8_t *info;
};

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
    uint8_t output[SELF_TEST_OUTPUT_MAX];
    psa_algorithm_t alg = PSA_ALG_HKDF(row->hash);
    size_t length = PSA_HASH_LENGTH(row->hash) + 16u;
    const struct derivation_inputs inputs = { 0, material->salt, material->secret, SECRET_LENGTH, PSA_KEY_DERIVATION_INPUT_SECRET, material->info };
    if (row->hkdf == 0 || !self_test_has(alg, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(alg, output, length, &inputs);
    return self_test_verdict(alg, status, self_test_is_answer(output, length, length, row->hkdf));
}

/* Both steps of HKDF give what HKDF gives. A wrong answer is put down to the second. */
static psa_status_t test_hkdf_steps(const struct self_test_hash *row, const struct derivation_material *material)
{
    uint8_t extracted[SELF_TEST_OUTPUT_MAX];
    uint8_t output[SELF_TEST_OUTPUT_MAX];
    psa_algorithm_t extract = PSA_ALG_HKDF_EXTRACT(row->hash);
    psa_algorithm_t expand = PSA_ALG_HKDF_EXPAND(row->hash);
    size_t hash_length = PSA_HASH_LENGTH(row->hash);
    const struct derivation_inputs first = { 0, material->salt, material->secret, SECRET_LENGTH, PSA_KEY_DERIVATION_INPUT_SECRET, NULL };
    const struct derivation_inputs second = { 0, NULL, extracted, hash_length, PSA_KEY_DERIVATION_INPUT_SECRET, material->info };
    if (row->hkdf == 0 || !self_test_has(extract, PSA_KEY_TYPE_NONE, 0) || !self_test_has(expand, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(extract, extracted, hash_length, &first);
    if (status == PSA_SUCCESS) {
        status = derive(expand, output, hash_length + 16u, &second);
    }
    return self_test_verdict(expand, status, self_test_is_answer(output, hash_length + 16u, hash_length + 16u, row->hkdf));
}

static psa_status_t test_pbkdf2(const struct self_test_hash *row, const struct derivation_material *material)
{
    uint8_t output[SELF_TEST_OUTPUT_MAX];
    psa_algorithm_t alg = PSA_ALG_PBKDF2_HMAC(row->hash);
    size_t length = PSA_HASH_LENGTH(row->hash) + 16u;
    const struct derivation_inputs inputs = { 2, material->salt, material->secret, SECRET_LENGTH, PSA_KEY_DERIVATION_INPUT_PASSWORD, NULL };
    if (row->pbkdf2 == 0 || !self_test_has(alg, PSA_KEY_TYPE_NONE, 0)) {
        return PSA_SUCCESS;
    }
    psa_status_t status = derive(alg, output, length, &inputs);
    return self_test_verdict(alg, status, self_test_is_answer(output, length, length, row->pbkdf2));
}

static psa_status_t test_derivations(const struct self_test_hash *row)
{
    struct derivation_material material;
    self_test_count_up(material.secret, SECRET_LENGTH, SELF_TEST_SECRET);
    self_test_count_up(material.salt, SALT_LENGTH, SELF_TEST_SALT);
    self_test_count_up(material.info, INFO_LENGTH, SELF_TEST_INFO);
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
        uint8_t context[INFO_LENGTH];
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
