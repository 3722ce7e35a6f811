/* SPDX-License-Identifier: Apache-2.0 */
/* PAKEs of the toy driver: shares are streams of their own, proofs and confirmations streams of the password's first 32 bytes. */
#ifndef TESTS_LIBRARY_API_TOY_PAKE_H
#define TESTS_LIBRARY_API_TOY_PAKE_H

#include "toy_core.h"

struct toy_pake {
    uint64_t password;
    psa_algorithm_t alg;
    psa_pake_primitive_t group;
    uint32_t outputs;
    uint8_t count[2];
    uint8_t role, padding[300]; /* longer than lies inline for some suites, see toy_context_size() */
};

static psa_status_t toy_pake_setup(void *instance, const struct psacrypto_key *password, void *context,
                                   const psa_pake_cipher_suite_t *suite)
{
    struct toy_pake *pake = context;
    (void)instance;
    pake->password = toy_mix(TOY_START, password->blob, password->length < 32u ? password->length : 32u);
    pake->alg = psa_pake_cs_get_algorithm(suite);
    pake->group = psa_pake_cs_get_primitive(suite);
    psa_status_t status = toy_answer();
    toy.active += status == PSA_SUCCESS;
    return status;
}

static psa_status_t toy_pake_set_role(void *instance, void *context, psa_pake_role_t role)
{
    struct toy_pake *pake = context;
    (void)instance;
    pake->role = role;
    return toy_answer();
}

static psa_status_t toy_pake_set_name(void *instance, void *context, const uint8_t *name, size_t length)
{
    (void)instance, (void)context, (void)name, (void)length;
    return toy_answer();
}

static psa_status_t toy_pake_set_context(void *instance, void *context, const uint8_t *string, size_t length)
{
    toy.contexts++;
    return toy_pake_set_name(instance, context, string, length);
}

static int toy_is_checked(psa_pake_step_t step)
{
    return step == PSA_PAKE_STEP_ZK_PROOF || step == PSA_PAKE_STEP_CONFIRM;
}

static void toy_proof(const struct toy_pake *pake, psa_pake_step_t step, uint8_t *output, size_t length)
{
    toy_stream(toy_mix(pake->password, &step, sizeof step), 0, output, length);
}

static psa_status_t toy_pake_output(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                                    uint8_t *output, size_t output_size, size_t *output_length)
{
    struct toy_pake *pake = context;
    size_t length = PSA_PAKE_OUTPUT_SIZE(pake->alg, pake->group, step);
    (void)instance, (void)password;
    assert_true(output_size >= length);
    if (!toy_is_checked(step)) {
        toy_stream(++pake->outputs, 0, output, length);
    } else if (PSA_ALG_IS_WPA3_SAE(pake->alg)) {
        memcpy(output, pake->count, 2);
        toy_proof(pake, step, output + 2, length - 2u);
    } else {
        toy_proof(pake, step, output, length);
    }
    *output_length = length;
    return toy_answer();
}

static psa_status_t toy_pake_input(void *instance, const struct psacrypto_key *password, void *context, psa_pake_step_t step,
                                   const uint8_t *input, size_t input_length)
{
    struct toy_pake *pake = context;
    uint8_t expected[2048];
    size_t skip = PSA_ALG_IS_WPA3_SAE(pake->alg) ? 2u : 0;
    (void)instance, (void)password;
    if (step == PSA_PAKE_STEP_CONFIRM_COUNT) {
        memcpy(pake->count, input, 2);
    }
    if (toy_is_checked(step)) {
        toy_proof(pake, step, expected, input_length - skip);
        if (memcmp(input + skip, expected, input_length - skip) != 0) {
            return PSA_ERROR_INVALID_SIGNATURE;
        }
    }
    return toy_answer();
}

static psa_status_t toy_pake_get_shared_key(void *instance, void *context, uint8_t *secret, size_t secret_size, size_t *secret_length)
{
    struct toy_pake *pake = context;
    size_t length = PSA_ALG_IS_JPAKE(pake->alg) ? PSA_PAKE_OUTPUT_SIZE(pake->alg, pake->group, PSA_PAKE_STEP_KEY_SHARE) : 32u;
    (void)instance;
    assert_true(secret_size >= length);
    toy_stream(pake->password, 0, secret, length);
    *secret_length = length;
    return toy_answer();
}

static const struct psacrypto_pake_entries toy_pake_entries = {
    .setup = toy_pake_setup,
    .set_role = toy_pake_set_role,
    .set_user = toy_pake_set_name,
    .set_peer = toy_pake_set_name,
    .set_context = toy_pake_set_context,
    .output = toy_pake_output,
    .input = toy_pake_input,
    .get_shared_key = toy_pake_get_shared_key,
    .abort = toy_abort,
};

#endif
