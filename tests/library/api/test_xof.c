/* SPDX-License-Identifier: Apache-2.0 */
/* psa_xof_*(): order of the calls, contexts, the error state, operations that are moved. */
#include "toy.h"

#define PLAIN PSA_ALG_SHAKE128            /* without a context */
#define WITH_CONTEXT PSA_ALG_ASCON_CXOF128

static const uint8_t message[40] = "a message to be cut into pieces of some";

static psa_xof_operation_t started(psa_algorithm_t alg)
{
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    assert_int_equal(psa_xof_setup(&operation, alg), PSA_SUCCESS);
    return operation;
}

/* Whatever is called answers BAD_STATE until abort. */
static void is_failed(psa_xof_operation_t *operation)
{
    uint8_t byte = 0;
    assert_int_equal(psa_xof_setup(operation, PLAIN), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_set_context(operation, message, 3), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_update(operation, message, 3), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_output(operation, &byte, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(byte, 0);
    assert_int_equal(psa_xof_abort(operation), PSA_SUCCESS);
    assert_int_equal(psa_xof_setup(operation, PLAIN), PSA_SUCCESS);
    assert_int_equal(psa_xof_abort(operation), PSA_SUCCESS);
}

static void expected_output(uint8_t output[64], psa_algorithm_t alg, size_t context_length)
{
    psa_xof_operation_t operation = started(alg);
    if (PSA_ALG_XOF_HAS_CONTEXT(alg)) {
        assert_int_equal(psa_xof_set_context(&operation, message, context_length), PSA_SUCCESS);
    }
    assert_int_equal(psa_xof_update(&operation, message, sizeof message), PSA_SUCCESS);
    assert_int_equal(psa_xof_output(&operation, output, 64), PSA_SUCCESS);
    assert_int_equal(psa_xof_abort(&operation), PSA_SUCCESS);
}

/* Input and output in pieces of every length; between any two calls the operation lies somewhere else. */
static void pieces(void **state)
{
    uint8_t expected[64], output[64];
    (void)state;
    expected_output(expected, PLAIN, 0);
    for (size_t piece = 1; piece <= sizeof message; piece++) {
        psa_xof_operation_t from = started(PLAIN), to;
        for (size_t at = 0; at < sizeof message; at += piece) {
            size_t take = sizeof message - at < piece ? sizeof message - at : piece;
            assert_int_equal(psa_xof_update(&from, message + at, take), PSA_SUCCESS);
            memcpy(&to, &from, sizeof to);
            memset(&from, 0xa5, sizeof from);
            memcpy(&from, &to, sizeof to);
        }
        assert_int_equal(psa_xof_update(&from, NULL, 0), PSA_SUCCESS);
        memset(output, 0, sizeof output);
        for (size_t at = 0; at < sizeof output; at += piece) {
            size_t take = sizeof output - at < piece ? sizeof output - at : piece;
            assert_int_equal(psa_xof_output(&from, output + at, take), PSA_SUCCESS);
            memcpy(&to, &from, sizeof to);
            memset(&from, 0xa5, sizeof from);
            memcpy(&from, &to, sizeof to);
        }
        assert_int_equal(psa_xof_output(&from, NULL, 0), PSA_SUCCESS);
        assert_memory_equal(output, expected, sizeof output);
        assert_int_equal(psa_xof_abort(&from), PSA_SUCCESS);
    }
}

static void setup_refuses(void **state)
{
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    (void)state;
    assert_int_equal(psa_xof_setup(&operation, PSA_ALG_SHA_256), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_xof_setup(&operation, PSA_ALG_NONE), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_xof_setup(&operation, (psa_algorithm_t)0xffffffff), PSA_ERROR_INVALID_ARGUMENT);
    /* An XOF by its encoding that nobody defines. */
    assert_true(PSA_ALG_IS_XOF(PSA_ALG_SHAKE128 | 0xf0u));
    assert_int_equal(psa_xof_setup(&operation, PSA_ALG_SHAKE128 | 0xf0u), PSA_ERROR_NOT_SUPPORTED);
    toy_fail(PSA_ERROR_HARDWARE_FAILURE, 0);
    assert_int_equal(psa_xof_setup(&operation, PLAIN), PSA_ERROR_HARDWARE_FAILURE);
    /* A failed setup leaves it inactive: no step is possible, the next setup is. */
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_setup(&operation, PLAIN), PSA_SUCCESS);
    assert_int_equal(psa_xof_setup(&operation, PLAIN), PSA_ERROR_BAD_STATE);
    /* Which has not touched the operation that is active. */
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_SUCCESS);
    assert_int_equal(psa_xof_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_xof_abort(&operation), PSA_SUCCESS);
}

static void inactive(void **state)
{
    psa_xof_operation_t operation = psa_xof_operation_init();
    uint8_t byte = 7;
    (void)state;
    assert_int_equal(psa_xof_set_context(&operation, message, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_output(&operation, &byte, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(byte, 7);
    /* Such a call is not one on an active operation: there is no error state. */
    assert_int_equal(psa_xof_setup(&operation, PLAIN), PSA_SUCCESS);
    assert_int_equal(psa_xof_abort(&operation), PSA_SUCCESS);
}

static void contexts(void **state)
{
    uint8_t with[64], with_empty[64], output[64];
    (void)state;
    expected_output(with, WITH_CONTEXT, 9);
    expected_output(with_empty, WITH_CONTEXT, 0);
    assert_memory_not_equal(with, with_empty, 64);

    psa_xof_operation_t operation = started(WITH_CONTEXT);
    assert_int_equal(psa_xof_set_context(&operation, NULL, 0), PSA_SUCCESS);
    assert_int_equal(psa_xof_update(&operation, message, sizeof message), PSA_SUCCESS);
    assert_int_equal(psa_xof_output(&operation, output, 64), PSA_SUCCESS);
    assert_memory_equal(output, with_empty, 64);
    assert_int_equal(psa_xof_abort(&operation), PSA_SUCCESS);
}

static void context_comes_first_and_once(void **state)
{
    uint8_t byte;
    (void)state;
    psa_xof_operation_t operation = started(WITH_CONTEXT);
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_ERROR_BAD_STATE);
    is_failed(&operation);

    operation = started(WITH_CONTEXT);
    assert_int_equal(psa_xof_output(&operation, &byte, 1), PSA_ERROR_BAD_STATE);
    is_failed(&operation);

    operation = started(WITH_CONTEXT);
    assert_int_equal(psa_xof_set_context(&operation, message, 4), PSA_SUCCESS);
    assert_int_equal(psa_xof_set_context(&operation, message, 4), PSA_ERROR_BAD_STATE);
    is_failed(&operation);

    operation = started(WITH_CONTEXT);
    assert_int_equal(psa_xof_set_context(&operation, message, 4), PSA_SUCCESS);
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_SUCCESS);
    assert_int_equal(psa_xof_set_context(&operation, message, 4), PSA_ERROR_BAD_STATE);
    is_failed(&operation);

    operation = started(WITH_CONTEXT);
    assert_int_equal(psa_xof_set_context(&operation, message, 4), PSA_SUCCESS);
    assert_int_equal(psa_xof_output(&operation, &byte, 1), PSA_SUCCESS);
    assert_int_equal(psa_xof_set_context(&operation, message, 4), PSA_ERROR_BAD_STATE);
    is_failed(&operation);
}

static void context_where_there_is_none(void **state)
{
    (void)state;
    psa_xof_operation_t operation = started(PLAIN);
    assert_int_equal(psa_xof_set_context(&operation, message, 4), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
}

static void no_input_after_output(void **state)
{
    uint8_t byte;
    (void)state;
    psa_xof_operation_t operation = started(PLAIN);
    assert_int_equal(psa_xof_output(&operation, &byte, 1), PSA_SUCCESS);
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_ERROR_BAD_STATE);
    is_failed(&operation);
}

static void null_pointers(void **state)
{
    (void)state;
    psa_xof_operation_t operation = started(PLAIN);
    assert_int_equal(psa_xof_update(&operation, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(PLAIN);
    assert_int_equal(psa_xof_output(&operation, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(WITH_CONTEXT);
    assert_int_equal(psa_xof_set_context(&operation, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
}

static void driver_fails(void **state)
{
    static const uint8_t zeroes[20];
    uint8_t output[24];
    (void)state;
    psa_xof_operation_t operation = started(PLAIN);
    toy_fail(PSA_ERROR_COMMUNICATION_FAILURE, 0);
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_ERROR_COMMUNICATION_FAILURE);
    is_failed(&operation);

    operation = started(PLAIN);
    memset(output, 0x5a, sizeof output);
    toy_fail(PSA_ERROR_HARDWARE_FAILURE, 0);
    assert_int_equal(psa_xof_output(&operation, output, 20), PSA_ERROR_HARDWARE_FAILURE);
    assert_memory_equal(output, zeroes, 20); /* what it wrote is gone, what lies behind stays */
    assert_int_equal(output[20], 0x5a);
    is_failed(&operation);

    operation = started(WITH_CONTEXT);
    toy_fail(PSA_ERROR_INSUFFICIENT_MEMORY, 0);
    assert_int_equal(psa_xof_set_context(&operation, message, 1), PSA_ERROR_INSUFFICIENT_MEMORY);
    is_failed(&operation);
}

static void library_is_closed(void **state)
{
    psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
    uint8_t byte;
    (void)state;
    toy_close();
    assert_int_equal(psa_xof_setup(&operation, PLAIN), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_set_context(&operation, message, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_update(&operation, message, 1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_xof_output(&operation, &byte, 1), PSA_ERROR_BAD_STATE);
    toy_reopen();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(pieces),
        TOY_TEST(setup_refuses),
        TOY_TEST(inactive),
        TOY_TEST(contexts),
        TOY_TEST(context_comes_first_and_once),
        TOY_TEST(context_where_there_is_none),
        TOY_TEST(no_input_after_output),
        TOY_TEST(null_pointers),
        TOY_TEST(driver_fails),
        TOY_TEST(library_is_closed),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
