/* SPDX-License-Identifier: Apache-2.0 */
/* psa_pake_output(), psa_pake_input() and psa_pake_get_shared_key(): order, lengths, failures. */
#include "exchange.h"

#include "support/allocation.h"

/* ---- Steps ---- */

/* A step of another protocol, and a null pointer, leave everything as it is: what the conformance suite goes on with. */
static void foreign_steps(void **state)
{
    psa_key_id_t key = usual_key(JPAKE);
    uint8_t data[65];
    size_t length;
    (void)state;
    operation_t user = ready(key, JPAKE, PSA_PAKE_ROLE_NONE), peer = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
    send(&user, &peer, SHARE, 65);
    assert_int_equal(psa_pake_output(&user, CONFIRM, data, 65, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(psa_pake_output(&user, 0xee, data, 65, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_pake_output(&user, ZK_PUBLIC, NULL, 65, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_pake_input(&peer, CONFIRM, data, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_pake_input(&peer, COMMIT, data, 65), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_pake_input(&peer, SHARE, NULL, 65), PSA_ERROR_INVALID_ARGUMENT); /* not its turn either */
    send(&user, &peer, ZK_PUBLIC, 65);
    send(&user, &peer, ZK_PROOF, 32);
    done(&user);
    done(&peer);
    toy_destroy(key);
}

static void own_steps_out_of_order(void **state)
{
    psa_key_id_t key = usual_key(JPAKE);
    uint8_t data[65] = { 3 };
    size_t length = 9;
    (void)state;
    operation_t operation = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
    assert_int_equal(psa_pake_output(&operation, ZK_PROOF, data, 65, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(length, 0);
    assert_int_equal(data[0], 3);
    is_failed(&operation);
    operation = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
    assert_int_equal(psa_pake_input(&operation, ZK_PUBLIC, data, 65), PSA_ERROR_BAD_STATE);
    is_failed(&operation);
    operation = ready(key, JPAKE, PSA_PAKE_ROLE_NONE); /* outputs of a round, then inputs: not by turns */
    assert_int_equal(psa_pake_output(&operation, SHARE, data, 65, &length), PSA_SUCCESS);
    assert_int_equal(psa_pake_input(&operation, SHARE, data, 65), PSA_ERROR_BAD_STATE);
    is_failed(&operation);
    toy_destroy(key);
}

static void buffers(void **state)
{
    psa_key_id_t key = usual_key(JPAKE);
    uint8_t data[65] = { 3 };
    size_t length = 9;
    (void)state;
    operation_t operation = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
    assert_int_equal(psa_pake_output(&operation, SHARE, data, 55, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_int_equal(data[0], 3);
    is_failed(&operation);
    operation = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
    assert_int_equal(psa_pake_output(&operation, SHARE, NULL, 0, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    is_failed(&operation);
    toy_destroy(key);
}

static psa_status_t try_share(psa_algorithm_t alg, psa_pake_step_t step, size_t length)
{
    static const uint8_t data[300];
    psa_key_id_t key = usual_key(alg);
    operation_t operation = ready(key, alg, PSA_ALG_IS_SPAKE2P(alg) ? PSA_PAKE_ROLE_SERVER : PSA_PAKE_ROLE_NONE);
    psa_status_t status = psa_pake_input(&operation, step, data, length);
    if (status != PSA_SUCCESS) {
        is_failed(&operation);
    }
    done(&operation);
    toy_destroy(key);
    return status;
}

static void lengths_of_inputs(void **state)
{
    (void)state;
    for (size_t length = 64; length <= 66; length++) {
        assert_int_equal(try_share(JPAKE, SHARE, length), length == 65 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(try_share(SPAKE2P, SHARE, length), length == 65 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
    for (size_t length = 95; length <= 97; length++) {
        assert_int_equal(try_share(SAE, COMMIT, length), length == 96 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(try_share(SAE, COMMIT, 0), PSA_ERROR_INVALID_ARGUMENT);
}

/* Zeroes in front of a scalar may be missing, but not all of it; a salt is a list of any length up to its longest. */
static void lengths_of_scalars_and_salts(void **state)
{
    static const uint8_t data[300];
    static const size_t proofs[] = { 0, 1, 31, 32, 33 }, salts[] = { 0, 2, 128, 129 };
    psa_key_id_t key = usual_key(JPAKE);
    (void)state;
    for (unsigned i = 0; i < 5; i++) {
        operation_t operation = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
        assert_int_equal(psa_pake_input(&operation, SHARE, data, 65), PSA_SUCCESS);
        assert_int_equal(psa_pake_input(&operation, ZK_PUBLIC, data, 65), PSA_SUCCESS);
        /* All of a wrong proof: the toy's own answer. */
        assert_int_equal(psa_pake_input(&operation, ZK_PROOF, data, proofs[i]),
                         i == 0 || i == 4 ? PSA_ERROR_INVALID_ARGUMENT : PSA_ERROR_INVALID_SIGNATURE);
        is_failed(&operation);
    }
    toy_destroy(key);
    key = usual_key(SAE);
    for (unsigned i = 0; i < 4; i++) {
        operation_t a = ready(key, SAE, PSA_PAKE_ROLE_NONE), b = ready(key, SAE, PSA_PAKE_ROLE_NONE);
        send(&a, &b, COMMIT, 96);
        send(&b, &a, COMMIT, 96);
        assert_int_equal(psa_pake_input(&a, PSA_PAKE_STEP_SALT, data, salts[i]), i < 3 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        done(&b);
        done(&a);
    }
    toy_destroy(key);
}

static void wrong_confirmation(void **state)
{
    psa_key_id_t key = usual_key(SPAKE2P);
    uint8_t data[65];
    size_t length;
    (void)state;
    operation_t client = ready(key, SPAKE2P, PSA_PAKE_ROLE_CLIENT), server = ready(key, SPAKE2P, PSA_PAKE_ROLE_SERVER);
    send(&client, &server, SHARE, 65);
    send(&server, &client, SHARE, 65);
    assert_int_equal(psa_pake_output(&server, CONFIRM, data, 65, &length), PSA_SUCCESS);
    data[0] ^= 1;
    assert_int_equal(psa_pake_input(&client, CONFIRM, data, length), PSA_ERROR_INVALID_SIGNATURE);
    is_failed(&client);
    done(&server);
    toy_destroy(key);
}

/* The password goes: so does the exchange. */
static void key_is_destroyed(void **state)
{
    uint8_t data[65];
    size_t length;
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_id_t key = usual_key(JPAKE);
        operation_t operation = ready(key, JPAKE, PSA_PAKE_ROLE_NONE);
        toy_destroy(key);
        assert_int_equal(i == 0 ? psa_pake_output(&operation, SHARE, data, 65, &length)
                                : psa_pake_input(&operation, SHARE, data, 65), PSA_ERROR_BAD_STATE);
        is_failed(&operation);
    }
}

static void driver_fails(void **state)
{
    static const uint8_t zeroes[65];
    uint8_t data[65];
    size_t length;
    psa_key_id_t key = usual_key(SPAKE2P);
    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        operation_t operation = started(key, SPAKE2P);
        if (i > 0) {
            assert_int_equal(psa_pake_set_role(&operation, i == 5 ? PSA_PAKE_ROLE_SERVER : PSA_PAKE_ROLE_CLIENT), PSA_SUCCESS);
        }
        memset(data, 0x5a, sizeof data);
        toy_fail(PSA_ERROR_HARDWARE_FAILURE, 0);
        assert_int_equal(i == 0   ? psa_pake_set_role(&operation, PSA_PAKE_ROLE_CLIENT)
                         : i == 1 ? psa_pake_set_user(&operation, name, 3)
                         : i == 2 ? psa_pake_set_peer(&operation, name, 3)
                         : i == 3 ? psa_pake_set_context(&operation, name, 3)
                         : i == 4 ? psa_pake_output(&operation, SHARE, data, 65, &length)
                                  : psa_pake_input(&operation, SHARE, data, 65), PSA_ERROR_HARDWARE_FAILURE);
        if (i == 4) {
            assert_int_equal(length, 0);
            assert_memory_equal(data, zeroes, 65);
        }
        is_failed(&operation);
    }
    toy_destroy(key);
}

/* ---- The shared key ---- */

static operation_t exchanged(psa_key_id_t key, psa_algorithm_t alg)
{
    int is_jpake = PSA_ALG_IS_JPAKE(alg);
    operation_t a = ready(key, alg, is_jpake ? PSA_PAKE_ROLE_NONE : PSA_PAKE_ROLE_CLIENT);
    operation_t b = ready(key, alg, is_jpake ? PSA_PAKE_ROLE_NONE : PSA_PAKE_ROLE_SERVER);
    if (is_jpake) {
        send_proven(&a, &b);
        send_proven(&a, &b);
        send_proven(&b, &a);
        send_proven(&b, &a);
        send_proven(&a, &b);
        send_proven(&b, &a);
    } else {
        send(&a, &b, SHARE, 65);
        send(&b, &a, SHARE, 65);
        send(&b, &a, CONFIRM, 32);
        send(&a, &b, CONFIRM, 32);
    }
    done(&b);
    return a;
}

static psa_status_t try_shared_key(psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    psa_key_attributes_t attributes = toy_attributes(type, bits, DERIVE, PSA_ALG_NONE);
    psa_key_id_t password_key = usual_key(alg), key = 77;
    operation_t operation = exchanged(password_key, alg);
    psa_status_t status = psa_pake_get_shared_key(&operation, &attributes, &key);
    if (status == PSA_SUCCESS) {
        toy_destroy(key);
        all_are_refused(&operation);
    } else {
        assert_int_equal(key, PSA_KEY_ID_NULL);
        is_failed(&operation);
    }
    toy_destroy(password_key);
    return status;
}

static void shared_key_types(void **state)
{
    (void)state;
    /* The secret of J-PAKE is a point: something to derive from. */
    assert_int_equal(try_shared_key(JPAKE, PSA_KEY_TYPE_DERIVE, 0), PSA_SUCCESS);
    assert_int_equal(try_shared_key(JPAKE, PSA_KEY_TYPE_DERIVE, 520), PSA_SUCCESS);
    assert_int_equal(try_shared_key(JPAKE, PSA_KEY_TYPE_HMAC, 0), PSA_SUCCESS);
    assert_int_equal(try_shared_key(JPAKE, PSA_KEY_TYPE_DERIVE, 256), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_shared_key(JPAKE, PSA_KEY_TYPE_AES, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_shared_key(JPAKE, PSA_KEY_TYPE_RAW_DATA, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_shared_key(JPAKE, PSA_KEY_TYPE_NONE, 0), PSA_ERROR_INVALID_ARGUMENT);
    /* That of SPAKE2+ is uniform. */
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_DERIVE, 0), PSA_SUCCESS);
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_HMAC, 256), PSA_SUCCESS);
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_AES, 256), PSA_SUCCESS);
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_AES, 128), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_PASSWORD, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_PASSWORD_HASH, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_DES, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_shared_key(SPAKE2P, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 0), PSA_ERROR_INVALID_ARGUMENT);
}

static void shared_key_refuses(void **state)
{
    psa_key_id_t password_key = usual_key(JPAKE), key = 77;
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    (void)state;
    operation_t operation = ready(password_key, JPAKE, PSA_PAKE_ROLE_NONE); /* too early */
    assert_int_equal(psa_pake_get_shared_key(&operation, &attributes, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    is_failed(&operation);
    psa_set_key_usage_flags(&attributes, 0x80000000);
    operation = exchanged(password_key, JPAKE);
    assert_int_equal(psa_pake_get_shared_key(&operation, &attributes, &key), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    psa_set_key_usage_flags(&attributes, DERIVE);
    psa_set_key_id(&attributes, 3);
    operation = exchanged(password_key, JPAKE);
    assert_int_equal(psa_pake_get_shared_key(&operation, &attributes, &key), PSA_SUCCESS);
    assert_int_equal(key, 3);
    operation = exchanged(password_key, JPAKE);
    assert_int_equal(psa_pake_get_shared_key(&operation, &attributes, &key), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    is_failed(&operation);
    toy_destroy(3);
    operation = exchanged(password_key, JPAKE);
    toy_fail(PSA_ERROR_CORRUPTION_DETECTED, 0);
    assert_int_equal(psa_pake_get_shared_key(&operation, &attributes, &key), PSA_ERROR_CORRUPTION_DETECTED);
    is_failed(&operation);
    operation = exchanged(password_key, JPAKE);
    toy_destroy(password_key);
    assert_int_equal(psa_pake_get_shared_key(&operation, &attributes, &key), PSA_ERROR_BAD_STATE);
    is_failed(&operation);
}

static psa_status_t pass(operation_t *from, operation_t *to, psa_pake_step_t step)
{
    uint8_t data[65];
    size_t length;
    psa_status_t status = psa_pake_output(from, step, data, sizeof data, &length);
    return status == PSA_SUCCESS ? psa_pake_input(to, step, data, length) : status;
}

static psa_status_t set_up(operation_t *operation, psa_key_id_t key)
{
    psa_pake_cipher_suite_t suite = usual(JPAKE);
    psa_status_t status = psa_pake_setup(operation, key, &suite);
    status = status == PSA_SUCCESS ? psa_pake_set_user(operation, name, 6) : status;
    return status == PSA_SUCCESS ? psa_pake_set_peer(operation, name, 6) : status;
}

/* From setup to the shared key; J-PAKE has a context here that is allocated. */
static psa_status_t exchange(void *context)
{
    static const psa_pake_step_t steps[] = { SHARE, ZK_PUBLIC, ZK_PROOF };
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PSA_ALG_NONE);
    operation_t sides[2] = { PSA_PAKE_OPERATION_INIT, PSA_PAKE_OPERATION_INIT };
    psa_key_id_t made = PSA_KEY_ID_NULL;
    psa_status_t status = set_up(&sides[0], *(psa_key_id_t *)context);
    status = status == PSA_SUCCESS ? set_up(&sides[1], *(psa_key_id_t *)context) : status;
    for (unsigned i = 0; i < 18 && status == PSA_SUCCESS; i++) {
        unsigned from = i < 12 ? i / 6u : (i - 12u) / 3u;
        status = pass(&sides[from], &sides[1 - from], steps[i % 3u]);
    }
    status = status == PSA_SUCCESS ? psa_pake_get_shared_key(&sides[0], &attributes, &made) : status;
    toy_destroy(made);
    done(&sides[0]);
    done(&sides[1]);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t key = usual_key(JPAKE);
    (void)state;
    assert_true(allocation_fails_each(exchange, &key) >= 4);
    toy_destroy(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(foreign_steps),
        TOY_TEST(own_steps_out_of_order),
        TOY_TEST(buffers),
        TOY_TEST(lengths_of_inputs),
        TOY_TEST(lengths_of_scalars_and_salts),
        TOY_TEST(wrong_confirmation),
        TOY_TEST(key_is_destroyed),
        TOY_TEST(driver_fails),
        TOY_TEST(shared_key_types),
        TOY_TEST(shared_key_refuses),
        TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
