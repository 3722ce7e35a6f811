/* SPDX-License-Identifier: Apache-2.0 */
/* psa_pake_*(): whole exchanges of each protocol, setup, roles, names and contexts. */
#include "exchange.h"

/* ---- Whole exchanges ---- */

/* Both keys are the same, of the type asked for, and as long as the secret. */
static void same_key(operation_t *a, operation_t *b, psa_key_type_t type, size_t length)
{
    psa_key_attributes_t attributes = toy_attributes(type, 0, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE), made = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[2][200];
    size_t data_length;
    psa_key_id_t key;
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(psa_pake_get_shared_key(i == 0 ? a : b, &attributes, &key), PSA_SUCCESS);
        assert_int_equal(psa_get_key_attributes(key, &made), PSA_SUCCESS);
        assert_int_equal(psa_get_key_bits(&made), 8 * length);
        assert_int_equal(psa_get_key_type(&made), type);
        assert_int_equal(psa_export_key(key, data[i], sizeof data[i], &data_length), PSA_SUCCESS);
        assert_int_equal(data_length, length);
        toy_destroy(key);
        /* That was the last call of the operation. */
        all_are_refused(i == 0 ? a : b);
        done(i == 0 ? a : b);
    }
    assert_memory_equal(data[0], data[1], length);
}

static void jpake(void **state)
{
    psa_key_id_t key = usual_key(JPAKE);
    (void)state;
    operation_t user = ready(key, JPAKE, PSA_PAKE_ROLE_NONE), peer = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
    send_proven(&user, &peer);
    send_proven(&user, &peer);
    send_proven(&peer, &user);
    send_proven(&peer, &user);
    send_proven(&peer, &user);
    send_proven(&user, &peer);
    same_key(&user, &peer, PSA_KEY_TYPE_DERIVE, 65);
    toy_destroy(key);
}

static void spake2p(void **state)
{
    static const struct {
        psa_algorithm_t alg;
        size_t confirm;
        psa_key_type_t type;
    } rows[] = {
        { SPAKE2P, 32, PSA_KEY_TYPE_AES },
        { PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_256), 16, PSA_KEY_TYPE_HMAC },
        { PSA_ALG_SPAKE2P_MATTER, 32, PSA_KEY_TYPE_DERIVE },
    };
    (void)state;
    for (unsigned r = 0; r < 3; r++) {
        psa_key_id_t pair = toy_key(PAIR, 0, DERIVE, rows[r].alg, password, 64);
        psa_key_id_t verifier = toy_key(VERIFIER, 0, DERIVE, rows[r].alg, password, 97);
        operation_t client = started(pair, rows[r].alg), server = started(r == 1 ? pair : verifier, rows[r].alg);
        assert_int_equal(psa_pake_set_role(&client, PSA_PAKE_ROLE_CLIENT), PSA_SUCCESS);
        assert_int_equal(psa_pake_set_role(&server, PSA_PAKE_ROLE_SERVER), PSA_SUCCESS); /* names are not needed */
        send(&client, &server, SHARE, 65);
        send(&server, &client, SHARE, 65);
        send(&server, &client, CONFIRM, rows[r].confirm);
        send(&client, &server, CONFIRM, rows[r].confirm);
        same_key(&client, &server, rows[r].type, 32);
        toy_destroy(pair);
        toy_destroy(verifier);
    }
}

static void salt_both(operation_t *a, operation_t *b)
{
    assert_int_equal(psa_pake_input(a, PSA_PAKE_STEP_SALT, NULL, 0), PSA_SUCCESS);
    assert_int_equal(psa_pake_input(b, PSA_PAKE_STEP_SALT, NULL, 0), PSA_SUCCESS);
}

static void confirm(operation_t *from, operation_t *to, uint8_t count)
{
    const uint8_t counter[2] = { count, 0 };
    assert_int_equal(psa_pake_input(from, COUNT, counter, 2), PSA_SUCCESS);
    send(from, to, CONFIRM, 34);
}

static void wpa3_sae(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        /* The looping method has the password itself. */
        psa_algorithm_t alg = i == 1 ? GDH : SAE;
        psa_key_id_t key = toy_key(i == 2 ? PSA_KEY_TYPE_PASSWORD : TOKEN, 0, DERIVE, alg, password, 64);
        operation_t a = ready(key, alg, PSA_PAKE_ROLE_NONE), b = ready(key, alg, PSA_PAKE_ROLE_NONE);
        uint8_t id[16];
        size_t length;
        send(&a, &b, COMMIT, 96);
        send(&b, &a, COMMIT, 96);
        salt_both(&a, &b);
        confirm(&a, &b, 1);
        confirm(&a, &b, 2); /* again, under another count */
        confirm(&b, &a, 1);
        assert_int_equal(psa_pake_output(&a, KEY_ID, id, 16, &length), PSA_SUCCESS);
        assert_int_equal(length, 16);
        confirm(&b, &a, 3); /* even now */
        same_key(&a, &b, PSA_KEY_TYPE_DERIVE, 32);
        toy_destroy(key);
    }
}

/* A token of a finite field. */
static void wpa3_sae_in_a_field(void **state)
{
    const psa_pake_primitive_t group = PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_DH_FAMILY_RFC3526, 2048);
    uint8_t token[256] = { 1, 2, 3 }, id[16];
    size_t length;
    psa_pake_cipher_suite_t suite = suite_of(GDH, group, 0), other = usual(GDH);
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526), 2048, DERIVE, PSA_ALG_WPA3_SAE_ANY, token, 256);
    operation_t sides[2] = { PSA_PAKE_OPERATION_INIT, PSA_PAKE_OPERATION_INIT };
    (void)state;
    assert_int_equal(psa_pake_setup(&sides[0], key, &other), PSA_ERROR_INVALID_ARGUMENT); /* of another group */
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(psa_pake_setup(&sides[i], key, &suite), PSA_SUCCESS);
        assert_int_equal(psa_pake_set_user(&sides[i], name + 6 * i, 6), PSA_SUCCESS);
        assert_int_equal(psa_pake_set_peer(&sides[i], name + 6 - 6 * i, 6), PSA_SUCCESS);
    }
    send(&sides[1], &sides[0], COMMIT, 512);
    send(&sides[0], &sides[1], COMMIT, 512);
    salt_both(&sides[0], &sides[1]);
    confirm(&sides[0], &sides[1], 1);
    assert_int_equal(psa_pake_output(&sides[0], KEY_ID, id, 16, &length), PSA_ERROR_BAD_STATE); /* not confirmed yet */
    done(&sides[0]);
    done(&sides[1]);
    toy_destroy(key);
}

/* ---- Setup ---- */

static psa_status_t try_setup(psa_key_type_t type, size_t length, psa_key_usage_t usage, psa_algorithm_t policy,
                              psa_pake_cipher_suite_t suite)
{
    psa_key_id_t key = toy_key(type, 0, usage, policy, password, length);
    operation_t operation = PSA_PAKE_OPERATION_INIT;
    psa_status_t status = psa_pake_setup(&operation, key, &suite);
    if (status != PSA_SUCCESS) {
        assert_int_equal(psa_pake_setup(&operation, key, &suite), status); /* it is inactive still */
        all_are_refused(&operation);
    }
    done(&operation);
    toy_destroy(key);
    return status;
}

static void setup_refuses(void **state)
{
    const psa_key_type_t word = PSA_KEY_TYPE_PASSWORD, hash = PSA_KEY_TYPE_PASSWORD_HASH;
    const psa_pake_primitive_t p384 = PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 384);
    const psa_pake_primitive_t no_group = PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_ECC_FAMILY_SECP_R1, 256);
    const psa_algorithm_t gdh384 = PSA_ALG_WPA3_SAE_GDH(PSA_ALG_SHA_384);
    const psa_algorithm_t cmac512 = PSA_ALG_SPAKE2P_CMAC(PSA_ALG_SHA_512), any = PSA_ALG_JPAKE(PSA_ALG_ANY_HASH);
    (void)state;
    assert_int_equal(try_setup(word, 10, DERIVE, JPAKE, usual(JPAKE)), PSA_SUCCESS);
    assert_int_equal(try_setup(hash, 32, DERIVE, JPAKE, usual(JPAKE)), PSA_SUCCESS);
    assert_int_equal(try_setup(word, 10, DERIVE, any, usual(JPAKE)), PSA_ERROR_NOT_PERMITTED); /* "any hash" is for signatures */
    /* What is no PAKE, or not one. */
    assert_int_equal(try_setup(word, 10, DERIVE, PSA_ALG_CMAC, usual(PSA_ALG_CMAC)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(word, 10, DERIVE, PSA_ALG_NONE, usual(PSA_ALG_NONE)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(word, 10, DERIVE, any, suite_of(any, P256, 1)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(word, 10, DERIVE, PSA_ALG_WPA3_SAE_ANY, usual(PSA_ALG_WPA3_SAE_ANY)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(word, 10, DERIVE, PSA_ALG_JPAKE(0), suite_of(PSA_ALG_JPAKE(0), P256, 1)), PSA_ERROR_INVALID_ARGUMENT);
    /* Suites. */
    assert_int_equal(try_setup(word, 10, DERIVE, JPAKE, suite_of(JPAKE, P256, 0)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(word, 10, DERIVE, JPAKE, suite_of(JPAKE, no_group, 1)), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(try_setup(VERIFIER, 97, DERIVE, SPAKE2P, suite_of(SPAKE2P, P256, 1)), PSA_ERROR_INVALID_ARGUMENT);
    /* Policies come before that. */
    assert_int_equal(try_setup(word, 10, PSA_KEY_USAGE_ENCRYPT, JPAKE, suite_of(JPAKE, P256, 0)), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_setup(word, 10, DERIVE, SPAKE2P, usual(JPAKE)), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_setup(word, 10, PSA_KEY_USAGE_VERIFY_DERIVATION, JPAKE, usual(JPAKE)), PSA_ERROR_NOT_PERMITTED);
    /* Keys. */
    assert_int_equal(try_setup(PSA_KEY_TYPE_DERIVE, 32, DERIVE, JPAKE, usual(JPAKE)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(PAIR, 64, DERIVE, JPAKE, usual(JPAKE)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(hash, 64, DERIVE, SPAKE2P, usual(SPAKE2P)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(hash, 64, DERIVE, cmac512, usual(cmac512)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(word, 10, DERIVE, GDH, usual(GDH)), PSA_ERROR_INVALID_ARGUMENT);
    /* Keys of another group. */
    assert_int_equal(try_setup(PAIR, 64, DERIVE, SPAKE2P, suite_of(SPAKE2P, p384, 0)), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_setup(TOKEN, 64, DERIVE, gdh384, suite_of(gdh384, p384, 0)), PSA_ERROR_INVALID_ARGUMENT);
    psa_pake_cipher_suite_t suite = usual(JPAKE);
    psa_key_id_t key = usual_key(JPAKE);
    operation_t operation = PSA_PAKE_OPERATION_INIT;
    toy_fail(PSA_ERROR_INSUFFICIENT_ENTROPY, 0);
    assert_int_equal(psa_pake_setup(&operation, key, &suite), PSA_ERROR_INSUFFICIENT_ENTROPY);
    all_are_refused(&operation);
    toy_destroy(key);
    assert_int_equal(psa_pake_setup(&operation, PSA_KEY_ID_NULL, &suite), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_pake_setup(&operation, key, &suite), PSA_ERROR_INVALID_HANDLE);
}

static void setup_twice(void **state)
{
    psa_key_id_t key = usual_key(JPAKE);
    psa_pake_cipher_suite_t suite = usual(JPAKE);
    (void)state;
    operation_t operation = started(key, JPAKE);
    assert_int_equal(psa_pake_setup(&operation, key, &suite), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_pake_set_user(&operation, name, 6), PSA_SUCCESS); /* the first one goes on */
    done(&operation);
    done(&operation);
    toy_destroy(key);
}

static void inactive_or_closed(void **state)
{
    operation_t operation = psa_pake_operation_init();
    psa_pake_cipher_suite_t suite = usual(JPAKE);
    (void)state;
    all_are_refused(&operation);
    toy_close();
    assert_int_equal(psa_pake_setup(&operation, 1, &suite), PSA_ERROR_BAD_STATE);
    all_are_refused(&operation);
    toy_reopen();
}

/* ---- Roles, names, contexts ---- */

static psa_status_t try_role(psa_key_type_t type, size_t length, psa_algorithm_t alg, psa_pake_role_t role)
{
    psa_key_id_t key = toy_key(type, 0, DERIVE, alg, password, length);
    operation_t operation = started(key, alg);
    psa_status_t status = psa_pake_set_role(&operation, role);
    if (status == PSA_SUCCESS) {
        assert_int_equal(psa_pake_set_role(&operation, role), PSA_ERROR_BAD_STATE); /* once */
    }
    is_failed(&operation);
    toy_destroy(key);
    return status;
}

static void roles(void **state)
{
    static const psa_pake_role_t roles[] = {
        PSA_PAKE_ROLE_NONE, PSA_PAKE_ROLE_FIRST, PSA_PAKE_ROLE_SECOND, PSA_PAKE_ROLE_CLIENT, PSA_PAKE_ROLE_SERVER, 5,
    };
    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        psa_status_t none_only = i == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
        assert_int_equal(try_role(PSA_KEY_TYPE_PASSWORD, 10, JPAKE, roles[i]), none_only);
        assert_int_equal(try_role(TOKEN, 64, SAE, roles[i]), none_only);
        assert_int_equal(try_role(PAIR, 64, SPAKE2P, roles[i]), i == 3 || i == 4 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_role(VERIFIER, 97, SPAKE2P, roles[i]), i == 4 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
}

#define LIMIT PSACRYPTO_JPAKE_ID_MAX

typedef psa_status_t (*set_t)(psa_pake_operation_t *operation, const uint8_t *data, size_t length);

static psa_status_t try_name(set_t set, psa_algorithm_t alg, const uint8_t *data, size_t length)
{
    psa_key_id_t key = usual_key(alg);
    operation_t operation = started(key, alg);
    psa_status_t status = set(&operation, data, length);
    if (status == PSA_SUCCESS) {
        assert_int_equal(set(&operation, data, length), PSA_ERROR_BAD_STATE); /* once */
    }
    is_failed(&operation);
    toy_destroy(key);
    return status;
}

static void names(void **state)
{
    static const set_t sets[] = { psa_pake_set_user, psa_pake_set_peer };
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(try_name(sets[i], JPAKE, name, 0), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_name(sets[i], JPAKE, name, 1), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], JPAKE, name, 17), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], JPAKE, name, 18), LIMIT == 0 || LIMIT >= 18 ? PSA_SUCCESS : PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(try_name(sets[i], SPAKE2P, name, 0), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], SPAKE2P, NULL, 0), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], SPAKE2P, name, 32), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], PSA_ALG_SPAKE2P_MATTER, NULL, 0), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], PSA_ALG_SPAKE2P_MATTER, name, 4), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], SAE, name, 6), PSA_SUCCESS);
        assert_int_equal(try_name(sets[i], SAE, name, 5), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_name(sets[i], SAE, name, 7), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_name(sets[i], JPAKE, NULL, 4), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_name(sets[i], SPAKE2P, NULL, 4), PSA_ERROR_INVALID_ARGUMENT);
    }
}

/* An empty context is one that the driver has to know of. */
static void contexts(void **state)
{
    (void)state;
    assert_int_equal(try_name(psa_pake_set_context, SPAKE2P, name, 10), PSA_SUCCESS);
    assert_int_equal(toy.contexts, 1);
    assert_int_equal(try_name(psa_pake_set_context, SPAKE2P, NULL, 0), PSA_SUCCESS);
    assert_int_equal(toy.contexts, 2);
    assert_int_equal(try_name(psa_pake_set_context, SPAKE2P, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_name(psa_pake_set_context, JPAKE, name, 10), PSA_ERROR_BAD_STATE);
    assert_int_equal(try_name(psa_pake_set_context, SAE, name, 10), PSA_ERROR_BAD_STATE);
}

/* After the first step nothing is set any more. */
static void set_too_late(void **state)
{
    static const set_t sets[] = { psa_pake_set_user, psa_pake_set_peer, psa_pake_set_context };
    psa_key_id_t key = usual_key(SPAKE2P);
    uint8_t data[65];
    size_t length;
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        operation_t operation = started(key, SPAKE2P);
        assert_int_equal(psa_pake_set_role(&operation, PSA_PAKE_ROLE_CLIENT), PSA_SUCCESS);
        assert_int_equal(psa_pake_output(&operation, SHARE, data, 65, &length), PSA_SUCCESS);
        assert_int_equal(i == 3 ? psa_pake_set_role(&operation, PSA_PAKE_ROLE_CLIENT) : sets[i](&operation, name, 4), PSA_ERROR_BAD_STATE);
        is_failed(&operation);
    }
    toy_destroy(key);
}

static void not_everything_is_set(void **state)
{
    uint8_t data[2048];
    size_t length;
    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        psa_algorithm_t alg = i < 2 ? JPAKE : i < 4 ? SAE : SPAKE2P;
        psa_pake_step_t step = i < 2 || i >= 4 ? SHARE : COMMIT;
        psa_key_id_t key = usual_key(alg);
        operation_t operation = started(key, alg);
        assert_int_equal((i % 2 == 0 ? psa_pake_set_user : psa_pake_set_peer)(&operation, name, 6), PSA_SUCCESS);
        assert_int_equal(i % 2 == 0 ? psa_pake_output(&operation, step, data, sizeof data, &length)
                                    : psa_pake_input(&operation, step, data, step == SHARE ? 65 : 96), PSA_ERROR_BAD_STATE);
        is_failed(&operation);
        toy_destroy(key);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(jpake),
        TOY_TEST(spake2p),
        TOY_TEST(wpa3_sae),
        TOY_TEST(wpa3_sae_in_a_field),
        TOY_TEST(setup_refuses),
        TOY_TEST(setup_twice),
        TOY_TEST(inactive_or_closed),
        TOY_TEST(roles),
        TOY_TEST(names),
        TOY_TEST(contexts),
        TOY_TEST(set_too_late),
        TOY_TEST(not_everything_is_set),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
