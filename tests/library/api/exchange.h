/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of PAKEs share: suites, keys, operations that are ready, the error state. */
#ifndef TESTS_LIBRARY_API_EXCHANGE_H
#define TESTS_LIBRARY_API_EXCHANGE_H

#include "toy.h"

#define P256 PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256)
#define JPAKE PSA_ALG_JPAKE(PSA_ALG_SHA_256)
#define SPAKE2P PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256)
#define SAE PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256)
#define GDH PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_256)
#define PAIR PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define VERIFIER PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)
#define TOKEN PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1)
#define DERIVE PSA_KEY_USAGE_DERIVE

#define SHARE PSA_PAKE_STEP_KEY_SHARE
#define ZK_PUBLIC PSA_PAKE_STEP_ZK_PUBLIC
#define ZK_PROOF PSA_PAKE_STEP_ZK_PROOF
#define CONFIRM PSA_PAKE_STEP_CONFIRM
#define COMMIT PSA_PAKE_STEP_COMMIT
#define COUNT PSA_PAKE_STEP_CONFIRM_COUNT
#define KEY_ID PSA_PAKE_STEP_KEY_ID

typedef psa_pake_operation_t operation_t;

static const uint8_t name[32] = "a name, or the address of a NIC";
static const uint8_t password[97] = "a password, or what registration has made of it: two halves";

static inline psa_pake_cipher_suite_t suite_of(psa_algorithm_t alg, psa_pake_primitive_t group, uint32_t confirmation)
{
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, alg);
    psa_pake_cs_set_primitive(&suite, group);
    psa_pake_cs_set_key_confirmation(&suite, confirmation);
    return suite;
}

static inline psa_pake_cipher_suite_t usual(psa_algorithm_t alg)
{
    return suite_of(alg, P256, PSA_ALG_IS_JPAKE(alg) ? PSA_PAKE_UNCONFIRMED_KEY : PSA_PAKE_CONFIRMED_KEY);
}

/* A key that the algorithm takes. */
static inline psa_key_id_t usual_key(psa_algorithm_t alg)
{
    psa_key_type_t type = PSA_ALG_IS_JPAKE(alg) ? PSA_KEY_TYPE_PASSWORD : PSA_ALG_IS_SPAKE2P(alg) ? PAIR : TOKEN;
    return toy_key(type, 0, DERIVE, alg, password, 64);
}

static inline operation_t started(psa_key_id_t key, psa_algorithm_t alg)
{
    operation_t operation = PSA_PAKE_OPERATION_INIT;
    psa_pake_cipher_suite_t suite = usual(alg);
    assert_int_equal(psa_pake_setup(&operation, key, &suite), PSA_SUCCESS);
    return operation;
}

/* Everything set that must be. */
static inline operation_t ready(psa_key_id_t key, psa_algorithm_t alg, psa_pake_role_t role)
{
    operation_t operation = started(key, alg);
    size_t length = PSA_ALG_IS_WPA3_SAE(alg) ? 6 : 8;
    assert_int_equal(psa_pake_set_role(&operation, role), PSA_SUCCESS);
    assert_int_equal(psa_pake_set_user(&operation, name, length), PSA_SUCCESS);
    assert_int_equal(psa_pake_set_peer(&operation, name + 8, length), PSA_SUCCESS);
    return operation;
}

static inline void done(operation_t *operation)
{
    assert_int_equal(psa_pake_abort(operation), PSA_SUCCESS);
}

static inline void all_are_refused(operation_t *operation)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    uint8_t output[2048] = { 7 };
    size_t length = 99;
    psa_key_id_t key = 77;
    assert_int_equal(psa_pake_set_role(operation, PSA_PAKE_ROLE_NONE), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_set_user(operation, name, 6), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_set_peer(operation, name, 6), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_set_context(operation, name, 6), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_output(operation, SHARE, output, sizeof output, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(length, 0);
    assert_int_equal(output[0], 7);
    assert_int_equal(psa_pake_input(operation, SHARE, output, 65), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_get_shared_key(operation, &attributes, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(key, PSA_KEY_ID_NULL);
}

static inline void is_failed(operation_t *operation)
{
    psa_pake_cipher_suite_t suite = usual(JPAKE);
    psa_key_id_t key = usual_key(JPAKE);
    all_are_refused(operation);
    assert_int_equal(psa_pake_setup(operation, key, &suite), PSA_ERROR_BAD_STATE);
    done(operation);
    assert_int_equal(psa_pake_setup(operation, key, &suite), PSA_SUCCESS);
    done(operation);
    toy_destroy(key);
}

/* One side's output is the other's input; both are moved in between. */
static inline void send(operation_t *from, operation_t *to, psa_pake_step_t step, size_t expected)
{
    operation_t elsewhere;
    uint8_t data[2048];
    size_t length;
    assert_int_equal(psa_pake_output(from, step, data, sizeof data, &length), PSA_SUCCESS);
    assert_int_equal(length, expected);
    assert_int_equal(psa_pake_input(to, step, data, length), PSA_SUCCESS);
    memcpy(&elsewhere, from, sizeof elsewhere);
    memset(from, 0xa5, sizeof elsewhere);
    memcpy(from, &elsewhere, sizeof elsewhere);
}

static inline void send_proven(operation_t *from, operation_t *to)
{
    send(from, to, SHARE, 65);
    send(from, to, ZK_PUBLIC, 65);
    send(from, to, ZK_PROOF, 32);
}

#endif
