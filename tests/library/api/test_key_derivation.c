/* SPDX-License-Identifier: Apache-2.0 */
/* Key derivation: setup, capacity, the steps of every algorithm and their order, keys and agreed secrets as inputs. */
#include "derivation.h"

/* ---- Setup ---- */

static void setup_refuses(void **state)
{
    static const psa_algorithm_t invalid[] = {
        PSA_ALG_NONE, PSA_ALG_SHA_256, PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_ALG_ECDH, PSA_ALG_FFDH, 0xffffffff,
        PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, (psa_algorithm_t)0x02ffffff), PSA_ALG_HKDF(PSA_ALG_ANY_HASH),
        PSA_ALG_WPA3_SAE_H2E(PSA_ALG_ANY_HASH), PSA_ALG_JPAKE(PSA_ALG_SHA_256),
    };
    static const psa_algorithm_t unsupported[] = {
        PSA_ALG_HKDF(0), PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(0)), PSA_ALG_HKDF(PSA_ALG_SHAKE256_512),
        (psa_algorithm_t)0x0800ff09, PSA_ALG_KEY_AGREEMENT((psa_algorithm_t)0x09770000, HKDF),
    };
    operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    (void)state;
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++) {
        assert_int_equal(psa_key_derivation_setup(&operation, invalid[i]), PSA_ERROR_INVALID_ARGUMENT);
    }
    for (size_t i = 0; i < sizeof unsupported / sizeof unsupported[0]; i++) {
        assert_int_equal(psa_key_derivation_setup(&operation, unsupported[i]), PSA_ERROR_NOT_SUPPORTED);
    }
    toy_fail(PSA_ERROR_HARDWARE_FAILURE, 0);
    assert_int_equal(psa_key_derivation_setup(&operation, PRF), PSA_ERROR_HARDWARE_FAILURE);
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, HKDF, bytes, 32);
    all_are_refused(&operation, key);
    toy_destroy(key);
    /* It is inactive still. */
    assert_int_equal(psa_key_derivation_setup(&operation, HKDF), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_setup(&operation, HKDF), PSA_ERROR_BAD_STATE);
    assert_int_equal(capacity_of(&operation), 255 * 32); /* untouched by the second setup */
    done(&operation);
    done(&operation);
}

static void inactive(void **state)
{
    operation_t zero, macro = PSA_KEY_DERIVATION_OPERATION_INIT, function = psa_key_derivation_operation_init();
    (void)state;
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, HKDF, bytes, 32);
    memset(&zero, 0, sizeof zero);
    all_are_refused(&zero, key);
    all_are_refused(&macro, key);
    all_are_refused(&function, key);
    toy_destroy(key);
    assert_int_equal(psa_key_derivation_setup(&zero, HKDF), PSA_SUCCESS); /* no error state either */
    done(&zero);
}

static void library_is_closed(void **state)
{
    operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    (void)state;
    toy_close();
    assert_int_equal(psa_key_derivation_setup(&operation, HKDF), PSA_ERROR_BAD_STATE);
    all_are_refused(&operation, 1);
    toy_reopen();
}

/* ---- Capacity ---- */

static void capacities(void **state)
{
    const struct {
        psa_algorithm_t alg;
        uint64_t capacity;
    } rows[] = {
        { HKDF, 255 * 32 }, { PSA_ALG_HKDF(PSA_ALG_SHA_1), 255 * 20 }, { EXPAND, 255 * 32 }, { EXTRACT, 32 },
        { PBKDF2, UINT64_C(0xffffffff) * 32 }, { COUNTER_HMAC, 0x1fffffff }, { COUNTER_CMAC, 0x1fffffff }, { TO_PMS, 32 },
        { PRF, UINT64_MAX }, { PSK_TO_MS, UINT64_MAX }, { PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF), 255 * 32 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        operation_t operation = started(rows[i].alg);
        uint64_t expected = rows[i].capacity < SIZE_MAX ? rows[i].capacity : SIZE_MAX;
        assert_true(capacity_of(&operation) == expected);
        done(&operation);
    }
}

static void capacity_is_lowered(void **state)
{
    (void)state;
    operation_t operation = started(HKDF);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 10000), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, PSA_KEY_DERIVATION_UNLIMITED_CAPACITY), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(capacity_of(&operation), 255 * 32); /* refused, and unharmed */
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 255 * 32), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 100), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 101), PSA_ERROR_INVALID_ARGUMENT);
    give(&operation, SECRET, 20); /* between the inputs */
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 60), PSA_SUCCESS);
    give(&operation, INFO, 3);
    uint8_t output[60];
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 20), PSA_SUCCESS);
    assert_int_equal(capacity_of(&operation), 40);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 30), PSA_SUCCESS); /* between the outputs */
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 30), PSA_SUCCESS);
    assert_int_equal(capacity_of(&operation), 0);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 0), PSA_SUCCESS);
    assert_int_equal(toy.capacity_calls, 0);
    done(&operation);
}

/* SP 800-108: the driver is told at the first output what there will be, and there is no other choice later. */
static void capacity_is_part_of_the_output(void **state)
{
    uint8_t output[3][16];
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        operation_t operation = started(COUNTER_HMAC);
        give(&operation, SECRET, 16);
        assert_int_equal(psa_key_derivation_set_capacity(&operation, i == 1 ? 40 : 48), PSA_SUCCESS);
        assert_int_equal(toy.capacity_calls, i);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output[i], 16), PSA_SUCCESS);
        assert_int_equal(toy.capacity_calls, i + 1);
        assert_int_equal(toy.capacity, i == 1 ? 40 : 48);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output[i], 16), PSA_SUCCESS);
        assert_int_equal(toy.capacity_calls, i + 1);
        if (i == 2) {
            /* Also the refusal that is none elsewhere. */
            assert_int_equal(psa_key_derivation_set_capacity(&operation, 1000), PSA_ERROR_INVALID_ARGUMENT);
            assert_int_equal(psa_key_derivation_set_capacity(&operation, 10), PSA_ERROR_BAD_STATE);
            is_failed(&operation);
        }
        done(&operation);
    }
    assert_memory_equal(output[0], output[2], 16);
    assert_memory_not_equal(output[0], output[1], 16);
}

/* ---- Steps ---- */

#define MOST_STEPS 5

/* All orders of some steps of an algorithm; those in `good` may all be given, in any other order one is refused. */
struct order {
    psa_algorithm_t alg;
    psa_key_derivation_step_t steps[MOST_STEPS];
    psa_status_t last;    /* of the last step; those before work */
};

static const struct order orders[] = {
    { HKDF, { SALT, SECRET, INFO }, PSA_SUCCESS },
    { HKDF, { INFO, SALT, SECRET }, PSA_SUCCESS },
    { HKDF, { SALT, INFO, SECRET }, PSA_SUCCESS },
    { HKDF, { SECRET, INFO }, PSA_SUCCESS },
    { HKDF, { SECRET, SALT }, PSA_ERROR_BAD_STATE },
    { HKDF, { SALT, SALT }, PSA_ERROR_BAD_STATE },
    { HKDF, { SECRET, SECRET }, PSA_ERROR_BAD_STATE },
    { HKDF, { INFO, INFO }, PSA_ERROR_BAD_STATE },
    { HKDF, { LABEL }, PSA_ERROR_INVALID_ARGUMENT },
    { HKDF, { 0 }, PSA_SUCCESS },
    { HKDF, { COST }, PSA_ERROR_INVALID_ARGUMENT },
    { HKDF, { PASSWORD }, PSA_ERROR_INVALID_ARGUMENT },
    { HKDF, { 0x7777 }, PSA_ERROR_INVALID_ARGUMENT },
    { EXTRACT, { SALT, SECRET }, PSA_SUCCESS },
    { EXTRACT, { SECRET }, PSA_ERROR_BAD_STATE },
    { EXTRACT, { SALT, SECRET, SALT }, PSA_ERROR_BAD_STATE },
    { EXTRACT, { INFO }, PSA_ERROR_INVALID_ARGUMENT },
    { EXPAND, { SECRET, INFO }, PSA_SUCCESS },
    { EXPAND, { INFO }, PSA_ERROR_BAD_STATE },
    { EXPAND, { SALT }, PSA_ERROR_INVALID_ARGUMENT },
    { COUNTER_HMAC, { SECRET, LABEL, CONTEXT }, PSA_SUCCESS },
    { COUNTER_HMAC, { SECRET, CONTEXT }, PSA_SUCCESS },
    { COUNTER_HMAC, { SECRET, CONTEXT, LABEL }, PSA_ERROR_BAD_STATE },
    { COUNTER_HMAC, { LABEL }, PSA_ERROR_BAD_STATE },
    { COUNTER_HMAC, { CONTEXT }, PSA_ERROR_BAD_STATE },
    { COUNTER_HMAC, { SECRET, SECRET }, PSA_ERROR_BAD_STATE },
    { COUNTER_CMAC, { SECRET }, PSA_ERROR_INVALID_ARGUMENT }, /* a key alone says of which cipher it is */
    { PRF, { SEED, SECRET, LABEL }, PSA_SUCCESS },
    { PRF, { SECRET }, PSA_ERROR_BAD_STATE },
    { PRF, { SEED, LABEL }, PSA_ERROR_BAD_STATE },
    { PRF, { SEED, OTHER }, PSA_ERROR_INVALID_ARGUMENT },
    { PSK_TO_MS, { SEED, OTHER, SECRET, LABEL }, PSA_SUCCESS },
    { PSK_TO_MS, { SEED, SECRET, LABEL }, PSA_SUCCESS },
    { PSK_TO_MS, { SECRET }, PSA_ERROR_BAD_STATE },
    { PSK_TO_MS, { OTHER }, PSA_ERROR_BAD_STATE },
    { PSK_TO_MS, { SEED, SECRET, OTHER }, PSA_ERROR_BAD_STATE },
    { PSK_TO_MS, { SEED, LABEL }, PSA_ERROR_BAD_STATE },
    { PSK_TO_MS, { SEED, OTHER, OTHER }, PSA_ERROR_BAD_STATE },
    { TO_PMS, { INFO }, PSA_ERROR_INVALID_ARGUMENT },
    { H2E, { SALT, PASSWORD, INFO }, PSA_SUCCESS },
    { H2E, { PASSWORD }, PSA_ERROR_BAD_STATE },
    { H2E, { SALT, INFO }, PSA_ERROR_BAD_STATE },
    { H2E, { SALT, SECRET }, PSA_ERROR_INVALID_ARGUMENT },
    { PBKDF2, { COST, SALT, SALT, SALT, PASSWORD }, PSA_SUCCESS },
    { PBKDF2, { COST, COST }, PSA_ERROR_BAD_STATE },
    { PBKDF2, { SALT }, PSA_ERROR_BAD_STATE },
    { PBKDF2, { COST, PASSWORD }, PSA_ERROR_BAD_STATE },
    { PBKDF2, { PASSWORD }, PSA_ERROR_BAD_STATE },
    { PBKDF2, { COST, SALT, PASSWORD, SALT }, PSA_ERROR_BAD_STATE },
    { PBKDF2, { COST, SALT, PASSWORD, PASSWORD }, PSA_ERROR_BAD_STATE },
    { PBKDF2, { COST, SALT, SECRET }, PSA_ERROR_INVALID_ARGUMENT },
};

static psa_status_t give_step(operation_t *operation, psa_key_derivation_step_t step)
{
    return step == COST ? psa_key_derivation_input_integer(operation, step, 3)
                        : psa_key_derivation_input_bytes(operation, step, bytes, 32);
}

static void order_of_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        operation_t operation = started(orders[i].alg);
        for (unsigned s = 0; s < MOST_STEPS && orders[i].steps[s] != 0; s++) {
            int is_last = s + 1 == MOST_STEPS || orders[i].steps[s + 1] == 0;
            psa_status_t status = give_step(&operation, orders[i].steps[s]);
            if (status != (is_last ? orders[i].last : PSA_SUCCESS)) {
                fail_msg("row %zu, step %u: status %d", i, s, (int)status);
            }
        }
        if (orders[i].last != PSA_SUCCESS) {
            is_failed(&operation);
        }
        done(&operation);
    }
}

static void steps_end_with_the_first_output(void **state)
{
    uint8_t byte;
    (void)state;
    operation_t operation = started(COUNTER_HMAC);
    give(&operation, SECRET, 10);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, &byte, 1), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, CONTEXT, bytes, 1), PSA_ERROR_BAD_STATE);
    is_failed(&operation);

    psa_key_id_t key = toy_key(PSA_KEY_TYPE_RAW_DATA, 0, DERIVE, COUNTER_HMAC, bytes, 5);
    operation = started(COUNTER_HMAC);
    give(&operation, SECRET, 10);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, &byte, 1), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_key(&operation, CONTEXT, key), PSA_ERROR_BAD_STATE);
    is_failed(&operation);
    toy_destroy(key);
}

static void values_of_steps(void **state)
{
    (void)state;
    operation_t operation = started(HKDF);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, SALT, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(HKDF);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, SALT, NULL, 0), PSA_SUCCESS);
    done(&operation);
    operation = started(PBKDF2);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, COST, bytes, 4), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(HKDF);
    assert_int_equal(psa_key_derivation_input_integer(&operation, SALT, 4), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(PBKDF2);
    assert_int_equal(psa_key_derivation_input_integer(&operation, COST, 0), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(PBKDF2);
    assert_int_equal(psa_key_derivation_input_integer(&operation, COST, UINT64_MAX), PSA_ERROR_NOT_SUPPORTED);
    is_failed(&operation);
}

/* J-PAKE's point has one length, a pre-shared key a longest one, and a label no null byte. */
static void values_by_algorithm(void **state)
{
    static const uint8_t label[4] = { 'a', 0, 'b', 'c' };
    (void)state;
    for (size_t length = 64; length <= 66; length++) {
        operation_t operation = started(TO_PMS);
        assert_int_equal(psa_key_derivation_input_bytes(&operation, SECRET, bytes, length),
                         length == 65 ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        done(&operation);
    }
    operation_t operation = started(PSK_TO_MS);
    give(&operation, SEED, 4);
    give(&operation, OTHER, 200);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, SECRET, bytes, PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE), PSA_SUCCESS);
    done(&operation);
    operation = started(PSK_TO_MS);
    give(&operation, SEED, 4);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, SECRET, bytes, PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE + 1),
                     PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(COUNTER_HMAC);
    give(&operation, SECRET, 4);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, LABEL, label, 4), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(COUNTER_HMAC);
    give(&operation, SECRET, 4);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, LABEL, label, 1), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, CONTEXT, label, 4), PSA_SUCCESS);
    done(&operation);
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_RAW_DATA, 0, DERIVE, COUNTER_HMAC, label, 4); /* a key is no way around */
    operation = started(COUNTER_HMAC);
    give(&operation, SECRET, 4);
    assert_int_equal(psa_key_derivation_input_key(&operation, LABEL, key), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    toy_destroy(key);
}

static void driver_fails(void **state)
{
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_DERIVE, 0, DERIVE, PRF, bytes, 32);
    (void)state;
    for (unsigned n = 1; n <= 5; n++) {
        uint8_t output[16] = { 9 };
        operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
        toy_fail(PSA_ERROR_COMMUNICATION_FAILURE, n - 1);
        psa_status_t status = psa_key_derivation_setup(&operation, PRF);
        status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, SEED, bytes, 3) : status;
        status = status == PSA_SUCCESS ? psa_key_derivation_input_key(&operation, SECRET, key) : status;
        status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, LABEL, bytes, 3) : status;
        status = status == PSA_SUCCESS ? psa_key_derivation_output_bytes(&operation, output, 16) : status;
        assert_int_equal(status, PSA_ERROR_COMMUNICATION_FAILURE);
        assert_int_equal(output[0], n == 5 ? 0 : 9); /* what was written is gone */
        if (n == 1) {
            all_are_refused(&operation, key);
        } else {
            is_failed(&operation);
        }
    }
    toy_destroy(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(setup_refuses),
        TOY_TEST(inactive),
        TOY_TEST(library_is_closed),
        TOY_TEST(capacities),
        TOY_TEST(capacity_is_lowered),
        TOY_TEST(capacity_is_part_of_the_output),
        TOY_TEST(order_of_steps),
        TOY_TEST(steps_end_with_the_first_output),
        TOY_TEST(values_of_steps),
        TOY_TEST(values_by_algorithm),
        TOY_TEST(driver_fails),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
