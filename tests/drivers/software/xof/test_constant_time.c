/* SPDX-License-Identifier: Apache-2.0 */
/* XOFs with messages and contexts marked secret. */
#include <string.h>

#include "software/software.h"
#include "support/constant_time.h"

static const psa_algorithm_t algorithms[] = {PSA_ALG_SHAKE128, PSA_ALG_SHAKE256, PSA_ALG_ASCON_XOF128, PSA_ALG_ASCON_CXOF128};

static void run(psa_algorithm_t alg)
{
    uint64_t context[PSACRYPTO_XOF_CONTEXT_SIZE / 8u] = {0};
    uint8_t message[500], output[500];

    memset(message, 1, sizeof message);
    CT_SECRET(message, sizeof message);
    assert_int_equal(sw_xof_entries.setup(NULL, context, alg), PSA_SUCCESS);
    if (PSA_ALG_XOF_HAS_CONTEXT(alg)) {
        assert_int_equal(sw_xof_entries.set_context(NULL, context, message, 33), PSA_SUCCESS);
    }
    assert_int_equal(sw_xof_entries.update(NULL, context, message, 401), PSA_SUCCESS);
    assert_int_equal(sw_xof_entries.update(NULL, context, message, 3), PSA_SUCCESS);
    assert_int_equal(sw_xof_entries.output(NULL, context, output, 13), PSA_SUCCESS);
    assert_int_equal(sw_xof_entries.output(NULL, context, output, sizeof output), PSA_SUCCESS);
    CT_PUBLIC(output, sizeof output); /* the test is over */
}

static void test_xofs(void **state)
{
    (void)state;
    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0]; i++) {
        if (sw_xof_context_size(algorithms[i]) != 0) {
            run(algorithms[i]);
        }
    }
    assert_int_equal(constant_time_errors(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_xofs),
    };
    return cmocka_run_group_tests_name("drivers/software/xof in constant time", tests, NULL, NULL);
}
