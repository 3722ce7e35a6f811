/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Exchanges with a peer that sends what it likes. Input: one byte that chooses a suite, the verifier's key or the peer's token (one
 * byte of length, 0: the right one; the key), then for each message one byte that says what becomes of it, and what that takes; for a
 * salt its length and bytes, for a count two bytes. What has to hold: a
 * message that nobody touched is taken, one that was is taken or refused as the specification says, after a refusal nothing goes on, and
 * with no message touched both have the same key.
 */
#include <psa/crypto.h>

#include "input.h"

#define GROUP(family, bits) PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_##family, bits)
#define SECRET_MAX 256u

static const struct {
    psa_algorithm_t alg;
    psa_pake_primitive_t group;
} suites[] = {
    {PSA_ALG_JPAKE(PSA_ALG_SHA_256), GROUP(SECP_R1, 256)},
    {PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), GROUP(SECP_R1, 256)},
    {PSA_ALG_JPAKE(PSA_ALG_SHA_512), GROUP(TWISTED_EDWARDS, 255)},
    {PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_256), GROUP(TWISTED_EDWARDS, 255)},
    {PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), GROUP(TWISTED_EDWARDS, 448)},
    {PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), GROUP(SECP_R1, 256)},
    {PSA_ALG_SPAKE2P_MATTER, GROUP(SECP_R1, 256)},
    {PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_512), GROUP(SECP_R1, 521)},
    {PSA_ALG_JPAKE(PSA_ALG_SHA_256), GROUP(SECP_K1, 225)},
    {PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256), GROUP(SECP_R1, 256)},
    {PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_384), GROUP(SECP_R1, 384)},
    {PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_512), GROUP(BRAINPOOL_P_R1, 512)},
    {PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_256), GROUP(SECP_R1, 256)},
};

struct message {
    uint8_t from;
    psa_pake_step_t step;
};

#define PROVEN(from) {from, PSA_PAKE_STEP_KEY_SHARE}, {from, PSA_PAKE_STEP_ZK_PUBLIC}, {from, PSA_PAKE_STEP_ZK_PROOF}

static const struct message jpake[] = {PROVEN(0), PROVEN(0), PROVEN(1), PROVEN(1), PROVEN(0), PROVEN(1), {0, 0}};

static const struct message spake2p[] = {
    {0, PSA_PAKE_STEP_KEY_SHARE}, {1, PSA_PAKE_STEP_KEY_SHARE}, {1, PSA_PAKE_STEP_CONFIRM}, {0, PSA_PAKE_STEP_CONFIRM}, {0, 0},
};

#define BOTH 2 /* given to both sides */

static const struct message sae[] = {
    {0, PSA_PAKE_STEP_COMMIT}, {1, PSA_PAKE_STEP_COMMIT}, {BOTH, PSA_PAKE_STEP_SALT}, {BOTH, PSA_PAKE_STEP_CONFIRM_COUNT},
    {0, PSA_PAKE_STEP_CONFIRM}, {1, PSA_PAKE_STEP_CONFIRM}, {0, 0},
};

struct exchange {
    psa_algorithm_t alg;
    psa_pake_primitive_t group;
    psa_key_id_t keys[2];
    psa_pake_operation_t sides[2];
    int touched;
};

static psa_status_t import(psa_key_id_t *key, psa_key_type_t type, size_t bits, psa_algorithm_t alg, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE);
    return psa_import_key(&attributes, data, length, key);
}

/* The verifier's key is what the input says, if that is a key. */
static void make_verifier(struct exchange *e, psa_key_type_t pair, struct input *input)
{
    uint8_t data[PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE];
    size_t length, given_length, bits = PSA_PAKE_PRIMITIVE_GET_BITS(e->group);
    psa_key_type_t type = PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(pair);
    uint8_t *given = input_take(input, input_byte(input), &given_length);
    if (given_length != 0 && import(&e->keys[1], type, bits, e->alg, given, given_length) == PSA_SUCCESS) {
        CHECK(given_length == PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(type, bits));
        e->touched = 1;
    } else {
        CHECK(psa_export_public_key(e->keys[0], data, sizeof(data), &length) == PSA_SUCCESS);
        CHECK(import(&e->keys[1], type, bits, e->alg, data, length) == PSA_SUCCESS);
    }
    free(given);
}

static void derive_token(psa_key_id_t *token, psa_key_type_t type, size_t bits, psa_algorithm_t alg)
{
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t password;
    psa_algorithm_t h2e = PSA_ALG_WPA3_SAE_H2E(PSA_ALG_GET_HASH(alg));
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_COPY);
    CHECK(import(&password, PSA_KEY_TYPE_PASSWORD, 0, h2e, (const uint8_t *)"password", 8) == PSA_SUCCESS);
    CHECK(psa_key_derivation_setup(&operation, h2e) == PSA_SUCCESS);
    CHECK(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SALT, (const uint8_t *)"ssid", 4) == PSA_SUCCESS);
    CHECK(psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_PASSWORD, password) == PSA_SUCCESS);
    CHECK(psa_key_derivation_output_key(&attributes, &operation, token) == PSA_SUCCESS);
    CHECK(psa_key_derivation_abort(&operation) == PSA_SUCCESS);
    CHECK(psa_destroy_key(password) == PSA_SUCCESS);
}

/* The peer's token is what the input says, if that is one. */
static void make_tokens(struct exchange *e, struct input *input)
{
    psa_key_type_t type = PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_PAKE_PRIMITIVE_GET_FAMILY(e->group));
    size_t given_length, bits = PSA_PAKE_PRIMITIVE_GET_BITS(e->group);
    uint8_t *given = input_take(input, input_byte(input), &given_length);
    derive_token(&e->keys[0], type, bits, e->alg);
    if (given_length != 0 && import(&e->keys[1], type, bits, e->alg, given, given_length) == PSA_SUCCESS) {
        CHECK(given_length == PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits));
        e->touched = 1;
    } else {
        derive_token(&e->keys[1], type, bits, e->alg);
    }
    free(given);
}

/* J-PAKE has passwords, and so has the looping method of WPA3-SAE. */
static int has_password(psa_algorithm_t alg)
{
    return PSA_ALG_IS_JPAKE(alg) || alg == PSA_ALG_WPA3_SAE_FIXED(PSA_ALG_SHA_256);
}

static void make_keys(struct exchange *e, struct input *input)
{
    psa_ecc_family_t family = PSA_PAKE_PRIMITIVE_GET_FAMILY(e->group);
    size_t bits = PSA_PAKE_PRIMITIVE_GET_BITS(e->group);
    psa_key_type_t pair = PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(family);
    uint8_t scalars[2 * 66] = {0};
    if (has_password(e->alg)) {
        CHECK(import(&e->keys[0], PSA_KEY_TYPE_PASSWORD, 0, e->alg, (const uint8_t *)"password", 8) == PSA_SUCCESS);
        CHECK(import(&e->keys[1], PSA_KEY_TYPE_PASSWORD, 0, e->alg, (const uint8_t *)"password", 8) == PSA_SUCCESS);
        return;
    }
    if (PSA_ALG_IS_WPA3_SAE(e->alg)) {
        make_tokens(e, input);
        return;
    }
    size_t length = PSA_EXPORT_KEY_OUTPUT_SIZE(pair, bits);
    scalars[9] = 7; /* below every order, in either byte order */
    scalars[length / 2 + 9] = 8;
    CHECK(import(&e->keys[0], pair, bits, e->alg, scalars, length) == PSA_SUCCESS);
    make_verifier(e, pair, input);
}

static void start(struct exchange *e, int side)
{
    static const uint8_t names[2][6] = {{'a'}, {'b'}}; /* as long as the addresses of WPA3-SAE */
    psa_pake_cipher_suite_t suite = PSA_PAKE_CIPHER_SUITE_INIT;
    psa_pake_operation_t *operation = &e->sides[side];
    psa_pake_cs_set_algorithm(&suite, e->alg);
    psa_pake_cs_set_primitive(&suite, e->group);
    psa_pake_cs_set_key_confirmation(&suite, PSA_ALG_IS_JPAKE(e->alg) ? PSA_PAKE_UNCONFIRMED_KEY : PSA_PAKE_CONFIRMED_KEY);
    *operation = psa_pake_operation_init();
    CHECK(psa_pake_setup(operation, e->keys[side], &suite) == PSA_SUCCESS);
    if (PSA_ALG_IS_SPAKE2P(e->alg)) {
        CHECK(psa_pake_set_role(operation, side == 0 ? PSA_PAKE_ROLE_CLIENT : PSA_PAKE_ROLE_SERVER) == PSA_SUCCESS);
    }
    CHECK(psa_pake_set_user(operation, names[side], 6) == PSA_SUCCESS);
    CHECK(psa_pake_set_peer(operation, names[1 - side], 6) == PSA_SUCCESS);
}

/* What becomes of a message. Answers 1 where it is another one now. */
static int touch(struct input *input, uint8_t **data, size_t *length)
{
    uint8_t how = input_byte(input);
    if (how == 0) {
        return 0;
    }
    if (how < 128) { /* one byte, changed by another */
        size_t at = (how - 1u) % *length;
        uint8_t change = input_byte(input);
        (*data)[at] ^= change;
        return change != 0;
    }
    free(*data); /* bytes of the input instead: as many, or how many it says */
    size_t wanted = how == 128 ? *length : input_byte(input);
    *data = input_take(input, wanted, length);
    return 1;
}

static psa_status_t send(struct exchange *e, const struct message *message, struct input *input)
{
    size_t size = PSA_PAKE_OUTPUT_SIZE(e->alg, e->group, message->step), length = 0;
    uint8_t *data = input_memory(size);
    CHECK(psa_pake_output(&e->sides[message->from], message->step, data, size, &length) == PSA_SUCCESS);
    CHECK(length != 0 && length <= size);
    int touched = touch(input, &data, &length);
    psa_status_t status = psa_pake_input(&e->sides[1 - message->from], message->step, data, length);
    CHECK(status == PSA_SUCCESS || status == PSA_ERROR_INVALID_ARGUMENT || status == PSA_ERROR_INVALID_SIGNATURE);
    CHECK(status == PSA_SUCCESS || touched || e->touched);
    e->touched |= touched;
    free(data);
    return status;
}

/* A salt may have any length up to a limit, a count has two bytes. */
static psa_status_t give_both(struct exchange *e, psa_pake_step_t step, struct input *input)
{
    uint8_t count[2] = {0, 0}, *data;
    size_t length, most = PSA_PAKE_INPUT_SIZE(e->alg, e->group, step);
    if (step == PSA_PAKE_STEP_CONFIRM_COUNT) {
        count[0] = input_byte(input);
        count[1] = input_byte(input);
        CHECK(psa_pake_input(&e->sides[0], step, count, 2) == PSA_SUCCESS);
        return psa_pake_input(&e->sides[1], step, count, 2);
    }
    data = input_take(input, input_byte(input), &length);
    psa_status_t first = psa_pake_input(&e->sides[0], step, data, length);
    psa_status_t second = psa_pake_input(&e->sides[1], step, data, length);
    CHECK(first == second && first == (length <= most ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT));
    free(data);
    return first;
}

static void check_failed(psa_pake_operation_t *operation)
{
    uint8_t data[PSA_PAKE_OUTPUT_MAX_SIZE];
    size_t length = 1;
    CHECK(psa_pake_output(operation, PSA_PAKE_STEP_KEY_SHARE, data, sizeof(data), &length) == PSA_ERROR_BAD_STATE);
    CHECK(length == 0);
}

static size_t shared_key(psa_pake_operation_t *operation, uint8_t *secret)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    size_t length;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    CHECK(psa_pake_get_shared_key(operation, &attributes, &key) == PSA_SUCCESS);
    CHECK(psa_export_key(key, secret, SECRET_MAX, &length) == PSA_SUCCESS);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
    return length;
}

static void compare(struct exchange *e)
{
    uint8_t secrets[2][SECRET_MAX];
    size_t length = shared_key(&e->sides[0], secrets[0]);
    CHECK(shared_key(&e->sides[1], secrets[1]) == length);
    CHECK(e->touched || memcmp(secrets[0], secrets[1], length) == 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct exchange e = {0};
    size_t choice = input_byte(&input) % (sizeof(suites) / sizeof(suites[0]));
    psa_status_t status = PSA_SUCCESS;
    e.alg = suites[choice].alg;
    e.group = suites[choice].group;
    make_keys(&e, &input);
    start(&e, 0);
    start(&e, 1);
    const struct message *message = PSA_ALG_IS_JPAKE(e.alg) ? jpake : PSA_ALG_IS_SPAKE2P(e.alg) ? spake2p : sae;
    for (; status == PSA_SUCCESS && message->step != 0; message++) {
        status = message->from == BOTH ? give_both(&e, message->step, &input) : send(&e, message, &input);
        if (status != PSA_SUCCESS) {
            check_failed(&e.sides[message->from == 0 ? 1 : 0]);
        }
    }
    if (status == PSA_SUCCESS) {
        compare(&e);
    }
    for (int i = 0; i < 2; i++) {
        CHECK(psa_pake_abort(&e.sides[i]) == PSA_SUCCESS);
        CHECK(psa_destroy_key(e.keys[i]) == PSA_SUCCESS);
    }
    return 0;
}
