/* SPDX-License-Identifier: Apache-2.0 */
/* psa_generate_random() and what a program gives for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/platform.h>
#include <psacrypto/store.h>

#include "support/no_entropy.h"
#include "support/random_source.h"

static struct psacrypto_store_ram_space space;

static int begin(void **state)
{
    (void)state;
    memset(&space, 0, sizeof(space));
    assert_int_equal(psacrypto_set_store(&psacrypto_store_ram, &space), PSA_SUCCESS);
    return 0;
}

static int end(void **state)
{
    (void)state;
    psacrypto_shutdown();
    assert_int_equal(psacrypto_set_entropy_source(NULL, NULL, 0), PSA_SUCCESS);
    return psacrypto_set_store(NULL, NULL);
}

static void arguments_and_states_are_checked(void **state)
{
    (void)state;
    uint8_t output[32] = { 0 };
    const uint8_t none[32] = { 0 };
    assert_int_equal(psa_generate_random(output, sizeof(output)), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_generate_random(NULL, 0), PSA_ERROR_BAD_STATE);
    assert_memory_equal(output, none, sizeof(none));
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psa_generate_random(NULL, 0), PSA_SUCCESS);
    assert_int_equal(psa_generate_random(output, 0), PSA_SUCCESS);
    assert_memory_equal(output, none, sizeof(none));
    assert_int_equal(psa_generate_random(NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_generate_random(output, sizeof(output)), PSA_SUCCESS);
    assert_memory_not_equal(output, none, sizeof(none));
    psacrypto_shutdown();
    assert_int_equal(psa_generate_random(output, sizeof(output)), PSA_ERROR_BAD_STATE);
}

static struct random_source numbers = { 5 };
static psa_status_t source_status;

static psa_status_t source(void *context, uint8_t *output, size_t output_size)
{
    random_source_bytes(context, output, output_size);
    return source_status;
}

static void init_succeeds_before_there_is_entropy(void **state)
{
    (void)state;
    uint8_t output[32];
    const uint8_t none[32] = { 0 };
    source_status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    assert_int_equal(psacrypto_set_entropy_source(source, &numbers, 8), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    memset(output, 0xff, sizeof(output));
    assert_int_equal(psa_generate_random(output, sizeof(output)), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_memory_equal(output, none, sizeof(none));
    source_status = PSA_SUCCESS;
    assert_int_equal(psa_generate_random(output, sizeof(output)), PSA_SUCCESS);
}

static void a_source_is_chosen_before_init(void **state)
{
    (void)state;
    assert_int_equal(psacrypto_set_entropy_source(source, &numbers, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_set_entropy_source(source, &numbers, PSACRYPTO_ENTROPY_FULL + 1u), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_set_entropy_source(source, &numbers, PSACRYPTO_ENTROPY_FULL), PSA_SUCCESS);
    assert_int_equal(psacrypto_set_entropy_source(NULL, NULL, 0), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psacrypto_set_entropy_source(source, &numbers, 8), PSA_ERROR_BAD_STATE);
    assert_int_equal(psacrypto_set_entropy_source(NULL, NULL, 0), PSA_ERROR_BAD_STATE);
}

/* A device without a source lives on the seed that it was made with. */
static void a_seed_is_injected_once_and_serves(void **state)
{
    (void)state;
    uint8_t seed[PSACRYPTO_SEED_SIZE_MAX + 1u];
    uint8_t output[3][32];
    random_source_bytes(&numbers, seed, sizeof(seed));
    no_entropy_begin();
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psa_generate_random(output[0], 32), PSA_ERROR_INSUFFICIENT_ENTROPY);

    assert_int_equal(psacrypto_inject_seed(NULL, PSACRYPTO_SEED_SIZE_MIN), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_inject_seed(seed, PSACRYPTO_SEED_SIZE_MIN - 1u), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_inject_seed(seed, PSACRYPTO_SEED_SIZE_MAX + 1u), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_inject_seed(seed, PSACRYPTO_SEED_SIZE_MAX), PSA_SUCCESS);
    assert_int_equal(psacrypto_inject_seed(seed, PSACRYPTO_SEED_SIZE_MAX), PSA_ERROR_ALREADY_EXISTS);

    for (int i = 0; i < 3; i++) { /* three starts */
        assert_int_equal(psa_generate_random(output[i], 32), PSA_SUCCESS);
        psacrypto_shutdown();
        assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    }
    no_entropy_end();
    assert_memory_not_equal(output[0], output[1], 32);
    assert_memory_not_equal(output[1], output[2], 32);
    assert_int_equal(psacrypto_inject_seed(seed, PSACRYPTO_SEED_SIZE_MIN), PSA_ERROR_ALREADY_EXISTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(arguments_and_states_are_checked, begin, end),
        cmocka_unit_test_setup_teardown(init_succeeds_before_there_is_entropy, begin, end),
        cmocka_unit_test_setup_teardown(a_source_is_chosen_before_init, begin, end),
        cmocka_unit_test_setup_teardown(a_seed_is_injected_once_and_serves, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
