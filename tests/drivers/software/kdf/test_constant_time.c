/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hashes, HMAC, HKDF and PBKDF2 with keys and messages marked secret, portable kernels: memcheck counts every branch
 * and address that depends on them. Has something to say when built with -DCT_CHECK_VALGRIND and run under Valgrind.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/platform.h"
#include "software/kernels.h"
#include "software/mac/hmac.h"
#include "support/constant_time.h"
#include "support/derive.h"
#include "support/hash_list.h"
#include "util/ct.h"

static uint8_t key[200], message[300], output[200];

/* Each with a key shorter and longer than the block. */
static void each_hash(void (*run)(psa_algorithm_t hash, size_t key_length))
{
    size_t count, tested = 0;
    const struct hash_info *list = hash_list(&count);

    constant_time_require();
    unsigned before = constant_time_errors();
    for (size_t i = 0; i < count; i++) {
        /* MD2 reads its table at places that depend on the message: SECURITY.md names it. */
        int constant = list[i].alg != PSA_ALG_MD2 && sw_hmac_hash(list[i].alg) != NULL;
        for (size_t length = 20; length <= sizeof key && constant; length += 180) {
            memset(key, 1, sizeof key);
            memset(message, 2, sizeof message);
            CT_SECRET(key, sizeof key);
            CT_SECRET(message, sizeof message);
            run(list[i].alg, length);
            CT_PUBLIC(output, sizeof output); /* the test is over */
            tested++;
        }
    }
    assert_int_equal(constant_time_errors(), before);
    assert_true(tested > 0);
}

static void run_hash(psa_algorithm_t hash, size_t key_length)
{
    (void)key_length;
    sw_hash_compute(sw_hash_find(hash), message, sizeof message, output);
}

static void run_hmac(psa_algorithm_t hash, size_t key_length)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    struct psacrypto_key psa_key = {.attributes = &attributes, .blob = key, .length = key_length};
    size_t length;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    psa_status_t status = sw_mac_entries.compute(NULL, &psa_key, PSA_ALG_HMAC(hash), message, sizeof message, output, sizeof output, &length);
    assert_int_equal(status, PSA_SUCCESS);
    status = sw_mac_entries.verify(NULL, &psa_key, PSA_ALG_HMAC(hash), message, sizeof message, output, length);
    assert_int_equal(status, PSA_SUCCESS);
}

static void run_hkdf(psa_algorithm_t hash, size_t key_length)
{
    const struct derive_input inputs[] = {
        {PSA_KEY_DERIVATION_INPUT_SALT, message, 50, 0}, {PSA_KEY_DERIVATION_INPUT_SECRET, key, key_length, 0},
        {PSA_KEY_DERIVATION_INPUT_INFO, message, 30, 0}, {0},
    };
    assert_int_equal(derive(PSA_ALG_HKDF(hash), inputs, output, sizeof output, 33), PSA_SUCCESS);
}

static void run_pbkdf2(psa_algorithm_t hash, size_t key_length)
{
    const struct derive_input inputs[] = {
        {PSA_KEY_DERIVATION_INPUT_COST, NULL, 0, 3}, {PSA_KEY_DERIVATION_INPUT_SALT, message, 50, 0},
        {PSA_KEY_DERIVATION_INPUT_PASSWORD, key, key_length, 0}, {0},
    };
    assert_int_equal(derive(PSA_ALG_PBKDF2_HMAC(hash), inputs, output, sizeof output, 133), PSA_SUCCESS);
}

static void test_hash(void **state)
{
    (void)state;
    each_hash(run_hash);
}

static void test_hmac(void **state)
{
    (void)state;
    each_hash(run_hmac);
}

static void test_hkdf(void **state)
{
    (void)state;
    each_hash(run_hkdf);
}

static void test_pbkdf2(void **state)
{
    (void)state;
    each_hash(run_pbkdf2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_hmac),
        cmocka_unit_test(test_hkdf),
        cmocka_unit_test(test_pbkdf2),
    };
    return cmocka_run_group_tests_name("drivers/software: hash, mac, kdf in constant time", tests, NULL, NULL);
}
