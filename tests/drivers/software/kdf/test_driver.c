/* SPDX-License-Identifier: Apache-2.0 */
/* The key derivation entries: what they refuse, contexts that move, memory that runs out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "software/kdf/kdf.h"
#include "support/derive.h"
#if PSACRYPTO_TEST_HOOKS
#include "support/allocation.h"
#endif

#define ENTRIES (&sw_key_derivation_entries)

static const uint8_t data[64] = {1, 2, 3};

struct algorithm {
    psa_algorithm_t alg;
    struct derive_input inputs[5];
    unsigned steps;  /* a bit for the last digit of each step it takes */
};

#define STEP_BIT(step) (1u << ((step) >> 8) * 8u << ((step) & 7u))
#define SALT PSA_KEY_DERIVATION_INPUT_SALT
#define SECRET PSA_KEY_DERIVATION_INPUT_SECRET
#define INFO PSA_KEY_DERIVATION_INPUT_INFO
#define PASSWORD PSA_KEY_DERIVATION_INPUT_PASSWORD
#define COST PSA_KEY_DERIVATION_INPUT_COST

static const struct algorithm algorithms[] = {
    {PSA_ALG_HKDF(PSA_ALG_SHA_256), {{SALT, data, 9, 0}, {INFO, data, 10, 0}, {SECRET, data, 40, 0}},
     STEP_BIT(SALT) | STEP_BIT(INFO) | STEP_BIT(SECRET)},
    {PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHA_256), {{SALT, data, 9, 0}, {SECRET, data, 40, 0}}, STEP_BIT(SALT) | STEP_BIT(SECRET)},
    {PSA_ALG_HKDF_EXPAND(PSA_ALG_SHA_256), {{INFO, data, 10, 0}, {SECRET, data, 40, 0}}, STEP_BIT(INFO) | STEP_BIT(SECRET)},
    {PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256), {{COST, NULL, 0, 3}, {SALT, data, 9, 0}, {SALT, data, 5, 0}, {PASSWORD, data, 10, 0}},
     STEP_BIT(SALT) | STEP_BIT(PASSWORD)},
};

#define ALGORITHMS (sizeof algorithms / sizeof algorithms[0])

/* Whether this build has it; the hash is the same for all. */
static int present(const struct algorithm *a)
{
    uint64_t context[DERIVE_CONTEXT_WORDS] = {0};
    return sw_key_derivation_context_size(a->alg) != 0 && ENTRIES->setup(NULL, context, a->alg) == PSA_SUCCESS;
}

static void test_context_sizes(void **state)
{
    (void)state;
    for (const struct algorithm *a = algorithms; a < algorithms + ALGORITHMS; a++) {
        if (present(a)) {
            assert_in_range(sw_key_derivation_context_size(a->alg), 9, PSACRYPTO_KEY_DERIVATION_CONTEXT_SIZE);
        }
    }
}

static void test_unsupported(void **state)
{
    static const psa_algorithm_t none[] = {
        PSA_ALG_NONE, PSA_ALG_SHA_256, PSA_ALG_HMAC(PSA_ALG_SHA_256),
        PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)),
    };
    static const psa_algorithm_t no_hash[] = {
        PSA_ALG_HKDF(PSA_ALG_NONE), PSA_ALG_HKDF(PSA_ALG_SHA_256_192), PSA_ALG_HKDF_EXTRACT(PSA_ALG_SHAKE256_512),
        PSA_ALG_HKDF_EXPAND(PSA_ALG_ASCON_HASH256), PSA_ALG_PBKDF2_HMAC(PSA_ALG_ANY_HASH), PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256_192),
    };
    uint64_t context[DERIVE_CONTEXT_WORDS] = {0};

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(sw_key_derivation_context_size(none[i]), 0);
        assert_int_equal(ENTRIES->setup(NULL, context, none[i]), PSA_ERROR_NOT_SUPPORTED);
    }
    for (size_t i = 0; i < sizeof no_hash / sizeof no_hash[0]; i++) {
        assert_int_equal(sw_key_derivation_context_size(no_hash[i]), 0);
        assert_int_equal(ENTRIES->setup(NULL, context, no_hash[i]), PSA_ERROR_NOT_SUPPORTED);
        assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
    }
}

static void test_inactive_context(void **state)
{
    uint64_t context[DERIVE_CONTEXT_WORDS] = {0};
    uint8_t output[4];

    (void)state;
    assert_int_equal(ENTRIES->set_capacity(NULL, context, 4), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->input_bytes(NULL, context, SALT, data, 4), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->input_integer(NULL, context, COST, 4), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->output_bytes(NULL, context, output, 4), PSA_ERROR_BAD_STATE);
    assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
}

static void test_wrong_steps(void **state)
{
    static const psa_key_derivation_step_t steps[] = {
        SECRET, PASSWORD, PSA_KEY_DERIVATION_INPUT_OTHER_SECRET, PSA_KEY_DERIVATION_INPUT_LABEL, SALT, INFO,
        PSA_KEY_DERIVATION_INPUT_SEED, PSA_KEY_DERIVATION_INPUT_CONTEXT, COST,
    };

    (void)state;
    for (const struct algorithm *a = algorithms; a < algorithms + ALGORITHMS; a++) {
        for (size_t i = 0; i < sizeof steps / sizeof steps[0] && present(a); i++) {
            uint64_t context[DERIVE_CONTEXT_WORDS];
            int taken = (a->steps & STEP_BIT(steps[i])) != 0;
            int number = steps[i] == COST && PSA_ALG_IS_PBKDF2_HMAC(a->alg);

            assert_int_equal(derive_start(context, a->alg, (const struct derive_input[]){{0}}), PSA_SUCCESS);
            assert_int_equal(ENTRIES->input_bytes(NULL, context, steps[i], data, 40), taken ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
            assert_int_equal(ENTRIES->input_integer(NULL, context, steps[i], 4), number ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
            assert_int_equal(ENTRIES->abort(NULL, context), PSA_SUCCESS);
        }
    }
}

/* A context that lies somewhere else at each step gives the same bytes; so does a capacity that was set. */
static void test_contexts_move(void **state)
{
    (void)state;
    for (const struct algorithm *a = algorithms; a < algorithms + ALGORITHMS && present(a); a++) {
        uint64_t one[DERIVE_CONTEXT_WORDS], two[DERIVE_CONTEXT_WORDS];
        uint8_t expected[32], output[32];

        assert_int_equal(derive(a->alg, a->inputs, expected, sizeof expected, sizeof expected), PSA_SUCCESS);
        assert_int_equal(derive_start(one, a->alg, a->inputs), PSA_SUCCESS);
        assert_int_equal(ENTRIES->set_capacity(NULL, one, 32), PSA_SUCCESS);
        for (size_t i = 0; i < sizeof output; i++) {
            memcpy(two, one, sizeof one);
            memset(one, 0xee, sizeof one);
            assert_int_equal(ENTRIES->output_bytes(NULL, two, output + i, 1), PSA_SUCCESS);
            memcpy(one, two, sizeof one);
        }
        assert_memory_equal(output, expected, sizeof output);
        assert_int_equal(ENTRIES->abort(NULL, one), PSA_SUCCESS);
    }
}

#if PSACRYPTO_TEST_HOOKS

static psa_status_t derive_some(void *context)
{
    const struct algorithm *a = context;
    uint8_t output[20];
    return derive(a->alg, a->inputs, output, sizeof output, 7);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALGORITHMS; i++) {
        struct algorithm a = algorithms[i];
        if (present(&a)) {
            long failed = allocation_fails_each(derive_some, &a);
            assert_int_equal(failed, PSA_ALG_IS_PBKDF2_HMAC(a.alg) ? 2 : PSA_ALG_IS_HKDF_EXTRACT(a.alg) ? 0 : 1);
        }
    }
}

#else

static void test_out_of_memory(void **state)
{
    (void)state;
    print_message("needs PSACRYPTO_TEST_HOOKS\n");
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_context_sizes),
        cmocka_unit_test(test_unsupported),
        cmocka_unit_test(test_inactive_context),
        cmocka_unit_test(test_wrong_steps),
        cmocka_unit_test(test_contexts_move),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("drivers/software/kdf/driver", tests, NULL, NULL);
}
