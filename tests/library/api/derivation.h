/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of key derivation share: short names, inputs in a row, the error state. */
#ifndef TESTS_LIBRARY_API_DERIVATION_H
#define TESTS_LIBRARY_API_DERIVATION_H

#include "toy.h"

#define SALT PSA_KEY_DERIVATION_INPUT_SALT
#define SECRET PSA_KEY_DERIVATION_INPUT_SECRET
#define OTHER PSA_KEY_DERIVATION_INPUT_OTHER_SECRET
#define PASSWORD PSA_KEY_DERIVATION_INPUT_PASSWORD
#define LABEL PSA_KEY_DERIVATION_INPUT_LABEL
#define CONTEXT PSA_KEY_DERIVATION_INPUT_CONTEXT
#define INFO PSA_KEY_DERIVATION_INPUT_INFO
#define SEED PSA_KEY_DERIVATION_INPUT_SEED
#define COST PSA_KEY_DERIVATION_INPUT_COST

#define HKDF PSA_ALG_HKDF(PSA_ALG_SHA_256)
#define EXTRACT PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256)
#define EXPAND PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256)
#define PBKDF2 PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256)
#define COUNTER_HMAC PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256)
#define COUNTER_CMAC PSA_ALG_SP800_108_COUNTER_CMAC
#define PRF PSA_ALG_TLS12_PRF(PSA_ALG_SHA_256)
#define PSK_TO_MS PSA_ALG_TLS12_PSK_TO_MS(PSA_ALG_SHA_256)
#define TO_PMS PSA_ALG_TLS12_ECJPAKE_TO_PMS
#define H2E PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_256)

#define DERIVE PSA_KEY_USAGE_DERIVE
#define VERIFY PSA_KEY_USAGE_VERIFY_DERIVATION

typedef psa_key_derivation_operation_t operation_t;

static const uint8_t bytes[200] = { 'a', 'l', 'l', ' ', 'b', 'y', 't', 'e', 's', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
                                    16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38,
                                    39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60 };

static inline operation_t started(psa_algorithm_t alg)
{
    operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    assert_int_equal(psa_key_derivation_setup(&operation, alg), PSA_SUCCESS);
    return operation;
}

static inline void give(operation_t *operation, psa_key_derivation_step_t step, size_t length)
{
    assert_int_equal(psa_key_derivation_input_bytes(operation, step, bytes, length), PSA_SUCCESS);
}

static inline void give_key(operation_t *operation, psa_key_derivation_step_t step, psa_key_id_t key)
{
    assert_int_equal(psa_key_derivation_input_key(operation, step, key), PSA_SUCCESS);
}

static inline size_t capacity_of(const operation_t *operation)
{
    size_t capacity = 12345;
    assert_int_equal(psa_key_derivation_get_capacity(operation, &capacity), PSA_SUCCESS);
    return capacity;
}

static inline void done(operation_t *operation)
{
    assert_int_equal(psa_key_derivation_abort(operation), PSA_SUCCESS);
}

/* Not active. key: one that exists, else that is said first. */
static inline void all_are_refused(operation_t *operation, psa_key_id_t key)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 128, DERIVE, HKDF);
    psa_key_id_t made = 77;
    size_t capacity = 99;
    uint8_t output[4] = { 1, 2, 3, 4 };
    assert_int_equal(psa_key_derivation_get_capacity(operation, &capacity), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_derivation_set_capacity(operation, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_derivation_input_bytes(operation, SALT, bytes, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_derivation_input_integer(operation, COST, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_derivation_input_key(operation, SECRET, key), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_derivation_key_agreement(operation, SECRET, key, bytes, 65), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_derivation_output_bytes(operation, output, 2), PSA_ERROR_BAD_STATE);
    assert_int_equal(output[0], 1);
    assert_int_equal(psa_key_derivation_output_key(&attributes, operation, &made), PSA_ERROR_BAD_STATE);
    assert_int_equal(made, PSA_KEY_ID_NULL);
    assert_int_equal(psa_key_derivation_verify_bytes(operation, bytes, 2), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_key_derivation_verify_key(operation, key), PSA_ERROR_BAD_STATE);
}

/* In the error state: nothing but abort, which makes it usable again. */
static inline void is_failed(operation_t *operation)
{
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, HKDF, bytes, 32);
    all_are_refused(operation, key);
    toy_destroy(key);
    assert_int_equal(psa_key_derivation_input_key(operation, SECRET, key), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_key_derivation_key_agreement(operation, SECRET, PSA_KEY_ID_NULL, bytes, 65), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_key_derivation_setup(operation, HKDF), PSA_ERROR_BAD_STATE);
    done(operation);
    assert_int_equal(psa_key_derivation_setup(operation, HKDF), PSA_SUCCESS);
    done(operation);
}

#endif
