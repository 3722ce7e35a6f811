/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The self-test of PAKEs. Their messages are random, so that there are no answers to compare with: both sides take part in an
 * exchange, and must come to the same key; and a proof or a confirmation that is wrong must be refused. J-PAKE is gone through
 * once, and with the other hashes as far as its first proof, which is what the hash is for. WPA3-SAE has one curve for each hash; there
 * are answers for its password tokens.
 */
#include "api/self_test.h"

#include <string.h>

#include "dispatch/dispatch.h"

#define GROUP(bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, bits)
#define PAIR PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define PASSWORD_LENGTH 16u
#define TOKEN PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1)
#define TOKEN_MAX 132u
#define MESSAGE_MAX 198u /* a commitment of WPA3-SAE with 521 bits */
#define NAME_LENGTH 6u

struct message {
    uint8_t from; /* BOTH: what they are given */
    psa_pake_step_t step;
};

#define BOTH 2

#define PROVEN(from) \
    { from, PSA_PAKE_STEP_KEY_SHARE }, { from, PSA_PAKE_STEP_ZK_PUBLIC }, { from, PSA_PAKE_STEP_ZK_PROOF }

static const struct message jpake[] = { PROVEN(0), PROVEN(0), PROVEN(1), PROVEN(1), PROVEN(0), PROVEN(1), { 0, 0 } };

static const struct message jpake_proof[] = { PROVEN(0), { 0, 0 } };

static const struct message spake2p[] = {
    { 0, PSA_PAKE_STEP_KEY_SHARE }, { 1, PSA_PAKE_STEP_KEY_SHARE }, { 1, PSA_PAKE_STEP_CONFIRM }, { 0, PSA_PAKE_STEP_CONFIRM }, { 0, 0 },
};

static const struct message sae[] = {
    { 0, PSA_PAKE_STEP_COMMIT }, { 1, PSA_PAKE_STEP_COMMIT }, { BOTH, PSA_PAKE_STEP_SALT }, { BOTH, PSA_PAKE_STEP_CONFIRM_COUNT },
    { 0, PSA_PAKE_STEP_CONFIRM }, { 1, PSA_PAKE_STEP_CONFIRM }, { 0, 0 },
};

struct run {
    psa_algorithm_t alg;
    psa_pake_primitive_t group;
    struct self_test_key key;
    psa_pake_operation_t sides[2];
};

static psa_status_t start(struct run *run, int side)
{
    static const uint8_t names[2][NAME_LENGTH] = { { 'c', 'l', 'i', 'e', 'n', 't' }, { 's', 'e', 'r', 'v', 'e', 'r' } };
    psa_pake_operation_t *operation = &run->sides[side];
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_cs_set_algorithm(&suite, run->alg);
    psa_pake_cs_set_primitive(&suite, run->group);
    psa_pake_cs_set_key_confirmation(&suite, PSA_ALG_IS_JPAKE(run->alg) ? PSA_PAKE_UNCONFIRMED_KEY : PSA_PAKE_CONFIRMED_KEY);
    psa_status_t status = dispatch_pake_setup(operation, &run->key.key, &suite);
    if (status == PSA_SUCCESS && PSA_ALG_IS_SPAKE2P(run->alg)) {
        status = dispatch_pake_set_role(operation, side == 0 ? PSA_PAKE_ROLE_CLIENT : PSA_PAKE_ROLE_SERVER);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_set_user(operation, names[side], NAME_LENGTH);
    }
    return status == PSA_SUCCESS ? dispatch_pake_set_peer(operation, names[1 - side], NAME_LENGTH) : status;
}

static int is_checked(psa_pake_step_t step)
{
    return step == PSA_PAKE_STEP_ZK_PROOF || step == PSA_PAKE_STEP_CONFIRM;
}

/* A salt or a count, which nobody sends. */
static psa_status_t give_both(struct run *run, psa_pake_step_t step)
{
    static const uint8_t data[2] = { 1, 0 };
    psa_status_t status = dispatch_pake_input(&run->sides[0], &run->key.key, step, data, sizeof(data));
    return status == PSA_SUCCESS ? dispatch_pake_input(&run->sides[1], &run->key.key, step, data, sizeof(data)) : status;
}

/* One message; spoilt: with a bit changed. */
static psa_status_t send(struct run *run, const struct message *message, int spoilt)
{
    uint8_t data[MESSAGE_MAX];
    size_t size = PSA_PAKE_OUTPUT_SIZE(run->alg, run->group, message->step), length = 0;
    psa_status_t status = dispatch_pake_output(&run->sides[message->from], &run->key.key, message->step, data, size, &length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (length != size) {
        return PSA_ERROR_CORRUPTION_DETECTED;
    }
    data[length - 1u] ^= (uint8_t)spoilt;
    return dispatch_pake_input(&run->sides[1 - message->from], &run->key.key, message->step, data, length);
}

/* spoilt: up to the first message that proves something, which is not right. */
static psa_status_t exchange(struct run *run, const struct message *messages, int spoilt)
{
    psa_status_t status = start(run, 0);
    if (status == PSA_SUCCESS) {
        status = start(run, 1);
    }
    for (; status == PSA_SUCCESS && messages->step != 0; messages++) {
        int is_last = spoilt && is_checked(messages->step);
        status = messages->from == BOTH ? give_both(run, messages->step) : send(run, messages, is_last);
        if (is_last) {
            return status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : PSA_ERROR_CORRUPTION_DETECTED;
        }
    }
    return status;
}

static psa_status_t compare_keys(struct run *run)
{
    uint8_t secrets[2][SELF_TEST_OUTPUT_MAX];
    size_t lengths[2] = { 0, 0 };
    psa_status_t status = dispatch_pake_get_shared_key(&run->sides[0], secrets[0], sizeof(secrets[0]), &lengths[0]);
    if (status == PSA_SUCCESS) {
        status = dispatch_pake_get_shared_key(&run->sides[1], secrets[1], sizeof(secrets[1]), &lengths[1]);
    }
    int equal = lengths[0] != 0 && lengths[0] == lengths[1] && memcmp(secrets[0], secrets[1], lengths[0]) == 0;
    return status == PSA_SUCCESS && !equal ? PSA_ERROR_CORRUPTION_DETECTED : status;
}

static void end(struct run *run)
{
    dispatch_pake_abort(&run->sides[0]);
    dispatch_pake_abort(&run->sides[1]);
}

static psa_status_t test(struct run *run, const struct message *messages)
{
    static const psa_pake_operation_t none = PSA_PAKE_OPERATION_INIT;
    run->sides[0] = run->sides[1] = none;
    psa_status_t status = exchange(run, messages, 0);
    if (status == PSA_SUCCESS && messages != jpake_proof) {
        status = compare_keys(run);
    }
    end(run);
    if (status == PSA_SUCCESS) {
        run->sides[0] = run->sides[1] = none;
        status = exchange(run, messages, 1);
        end(run);
    }
    /* A build can have the algorithm without this group. */
    return status == PSA_ERROR_NOT_SUPPORTED ? PSA_SUCCESS : self_test_verdict(run->alg, status, status == PSA_SUCCESS);
}

static psa_status_t test_jpake(psa_algorithm_t hash)
{
    struct run run = { .alg = PSA_ALG_JPAKE(hash), .group = GROUP(256) };
    if (!self_test_has(run.alg, PSA_KEY_TYPE_PASSWORD, 8u * PASSWORD_LENGTH)) {
        return PSA_SUCCESS;
    }
    self_test_key_open(&run.key, PSA_KEY_TYPE_PASSWORD, 8u * PASSWORD_LENGTH, SELF_TEST_KEY);
    psa_status_t status = test(&run, hash == PSA_ALG_SHA_256 ? jpake : jpake_proof);
    self_test_key_close(&run.key);
    return status;
}

static psa_status_t test_spake2p(psa_algorithm_t alg)
{
    struct run run = { .alg = alg, .group = GROUP(256) };
    if (!self_test_has(alg, PAIR, 256)) {
        return PSA_SUCCESS;
    }
    self_test_key_open(&run.key, PAIR, 512, SELF_TEST_SCALAR); /* two scalars */
    psa_set_key_bits(&run.key.attributes, 256);
    psa_status_t status = test(&run, spake2p);
    self_test_key_close(&run.key);
    return status;
}

/* psacrypto_draw_t: pwd-values that count up. */
static psa_status_t draw(void *source, uint8_t *output, size_t output_length)
{
    (void)source;
    self_test_count_up(output, output_length, SELF_TEST_SECRET);
    return PSA_SUCCESS;
}

static psa_status_t test_sae(psa_algorithm_t alg, size_t bits, const uint8_t *token, size_t token_length)
{
    struct run run = { .alg = alg, .group = GROUP(bits) };
    self_test_key_open_bytes(&run.key, TOKEN, bits, token, token_length);
    psa_status_t status = test(&run, sae);
    self_test_key_close(&run.key);
    return status;
}

/* A token, and exchanges with it. */
static psa_status_t test_token(const struct self_test_token *row)
{
    uint8_t token[TOKEN_MAX];
    size_t length = 0;
    psa_algorithm_t fixed = PSA_ALG_WPA3_SAE_FIXED(row->hash), gdh = PSA_ALG_WPA3_SAE_GDH(row->hash);
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    int has_fixed = self_test_has(fixed, TOKEN, row->bits), has_gdh = self_test_has(gdh, TOKEN, row->bits);
    if (!has_fixed && !has_gdh) {
        return PSA_SUCCESS;
    }
    psa_set_key_type(&attributes, TOKEN);
    psa_set_key_bits(&attributes, row->bits);
    psa_status_t status = dispatch_key_derive(&attributes, 0, draw, NULL, token, sizeof(token), &length);
    status = self_test_verdict(has_fixed ? fixed : gdh, status,
                               self_test_is_answer(token, length, PSA_EXPORT_KEY_OUTPUT_SIZE(TOKEN, row->bits), row->token));
    if (status == PSA_SUCCESS && has_fixed) {
        status = test_sae(fixed, row->bits, token, length);
    }
    return status == PSA_SUCCESS && has_gdh ? test_sae(gdh, row->bits, token, length) : status;
}

psa_status_t self_test_pake_run(void)
{
    static const psa_algorithm_t spake2p_algorithms[] = {
        PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512),
        PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_512), PSA_ALG_SPAKE2P_MATTER,
    };
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_hash_count; i++) {
        status = test_jpake(self_test_hashes[i].hash);
    }
    for (size_t i = 0; status == PSA_SUCCESS && i < sizeof(spake2p_algorithms) / sizeof(spake2p_algorithms[0]); i++) {
        status = test_spake2p(spake2p_algorithms[i]);
    }
    return status;
}

psa_status_t self_test_sae_run(void)
{
    psa_status_t status = PSA_SUCCESS;
    for (size_t i = 0; status == PSA_SUCCESS && i < self_test_token_count; i++) {
        status = test_token(&self_test_tokens[i]);
    }
    return status;
}
