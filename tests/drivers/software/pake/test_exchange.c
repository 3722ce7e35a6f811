/* SPDX-License-Identifier: Apache-2.0 */
/* Exchanges through the API that end well: every suite and group, names and contexts, orders; without memory; groups that are not there. */
#include "suites.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <psacrypto/diagnostics.h>

#include "platform/platform.h"
#include "support/quick.h"

/* ---- What works ---- */

/* The prover has the pair; the verifier its public half, or the pair too. */
static void spake2p_suites(void **state)
{
    (void)state;
    for (size_t i = 0; i < SUITES; i++) {
        for (int with_pair = 0; with_pair < 2; with_pair++) {
            struct exchange e = exchange_new(suites[i].alg, suites[i].group);
            uint8_t secret[100], again[100];
            if (with_pair) {
                assert_int_equal(psa_destroy_key(e.key[1]), PSA_SUCCESS);
                e.key[1] = exchange_pair(e.alg, e.group, 1);
            }
            e.context[0] = e.context[1] = "test";
            assert_int_equal(exchange_run(&e), PSA_SUCCESS);
            assert_int_equal(exchange_secret(&e, 0, secret, sizeof secret), suites[i].key_length);
            assert_int_equal(exchange_secret(&e, 1, again, sizeof again), suites[i].key_length);
            assert_memory_equal(secret, again, suites[i].key_length);
            exchange_end(&e);
        }
    }
}

static void jpake_groups(void **state)
{
    (void)state;
    for (size_t i = 0; i < CURVE_GROUPS; i += quick_step(4)) {
        struct exchange e = exchange_new(JPAKE, curve_groups[i]);
        expect_agreement(&e);
        exchange_end(&e);
    }
    for (size_t i = 0; i < (quick() ? 1u : 2u); i++) { /* the larger ones take seconds */
        struct exchange e = exchange_new(JPAKE, field_groups[i]);
        expect_agreement(&e);
        exchange_end(&e);
    }
}

/* The others are set up, and take their own first share for one. */
static void jpake_large_groups(void **state)
{
    (void)state;
    for (size_t i = quick() ? FIELD_GROUPS : 2; i < FIELD_GROUPS; i++) {
        struct exchange e = exchange_new(JPAKE, field_groups[i]);
        uint8_t share[PSA_PAKE_OUTPUT_MAX_SIZE];
        size_t length;
        assert_int_equal(exchange_start_side(&e, 0), PSA_SUCCESS);
        assert_int_equal(exchange_start_side(&e, 1), PSA_SUCCESS);
        if (PSA_PAKE_PRIMITIVE_GET_BITS(field_groups[i]) == 3072) {
            assert_int_equal(psa_pake_output(&e.side[0], SHARE, share, sizeof share, &length), PSA_SUCCESS);
            assert_int_equal(psa_pake_input(&e.side[1], SHARE, share, length), PSA_SUCCESS);
        }
        exchange_end(&e);
    }
}

static void jpake_hashes(void **state)
{
    size_t count = 0;
    (void)state;
    for (psa_algorithm_t alg = psacrypto_algorithm_next(0); alg != 0; alg = psacrypto_algorithm_next(alg)) {
        if (PSA_ALG_IS_JPAKE(alg) && psacrypto_supports(0, alg, PSA_KEY_TYPE_PASSWORD, 128)) {
            struct exchange e = exchange_new(alg, P256);
            expect_agreement(&e);
            exchange_end(&e);
            count++;
        }
    }
    assert_true(count > 20);
}

static char long_name[2][3001];

static void long_names(void **state)
{
    static const psa_algorithm_t algorithms[] = { JPAKE, SPAKE2P };
    (void)state;
    memset(long_name[0], 'a', 3000);
    memset(long_name[1], 'a', 2999);
    for (size_t i = 0; i < 2; i++) {
        struct exchange e = exchange_new(algorithms[i], P256);
        e.name[0][0] = e.name[0][1] = long_name[0];
        e.name[1][0] = e.name[1][1] = long_name[1];
        if (PSACRYPTO_JPAKE_ID_MAX == 0 || !PSA_ALG_IS_JPAKE(e.alg)) {
            expect_agreement(&e);
        }
        exchange_end(&e);
    }
}

/* Names of SPAKE2+ may be empty or not given; a context may be empty, which is not the same as none. */
static void spake2p_without_names(void **state)
{
    (void)state;
    struct exchange e = exchange_new(SPAKE2P, P256);
    e.name[0][0] = e.name[0][1] = e.name[1][0] = e.name[1][1] = "";
    e.context[0] = e.context[1] = "";
    expect_agreement(&e);
    exchange_end(&e);
}

/* Either side may be read first in each round. */
static void jpake_input_first(void **state)
{
    struct exchange e = exchange_new(JPAKE, P256);
    uint8_t data[2][9][65];
    size_t length[2][9];
    (void)state;
    assert_int_equal(exchange_start_side(&e, 0), PSA_SUCCESS);
    assert_int_equal(exchange_start_side(&e, 1), PSA_SUCCESS);
    for (int round = 0; round < 2; round++) {
        size_t first = round == 0 ? 0 : 6, last = round == 0 ? 6 : 9;
        for (int turn = 0; turn < 4; turn++) { /* 0 gives; 1 takes, then gives; 0 takes */
            int side = turn == 1 || turn == 2;
            for (size_t i = first; i < last; i++) {
                psa_pake_step_t step = jpake_messages[i % 3].step;
                psa_status_t status = turn % 2 == 0 ? psa_pake_output(&e.side[side], step, data[side][i], 65, &length[side][i])
                                                    : psa_pake_input(&e.side[side], step, data[!side][i], length[!side][i]);
                assert_int_equal(status, PSA_SUCCESS);
            }
        }
    }
    assert_true(exchange_agrees(&e));
    exchange_end(&e);
}

/* The secret of J-PAKE is for a derivation: that of TLS hashes the point's x. */
static void jpake_premaster_secret(void **state)
{
    struct exchange e = exchange_new(JPAKE, P256);
    uint8_t output[2][32];
    (void)state;
    assert_int_equal(exchange_run(&e), PSA_SUCCESS);
    for (int i = 0; i < 2; i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        psa_key_derivation_operation_t kdf = PSA_KEY_DERIVATION_OPERATION_INIT;
        psa_key_id_t key;
        uint8_t point[65], hash[32];
        size_t length;
        psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
        psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT);
        psa_set_key_algorithm(&attributes, PSA_ALG_TLS12_ECJPAKE_TO_PMS);
        assert_int_equal(psa_pake_get_shared_key(&e.side[i], &attributes, &key), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_setup(&kdf, PSA_ALG_TLS12_ECJPAKE_TO_PMS), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_input_key(&kdf, PSA_KEY_DERIVATION_INPUT_SECRET, key), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_output_bytes(&kdf, output[i], 32), PSA_SUCCESS);
        assert_int_equal(psa_key_derivation_abort(&kdf), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, point, sizeof point, &length), PSA_SUCCESS);
        assert_int_equal(length, 65);
        assert_int_equal(point[0], 4);
        SHA256(point + 1, 32, hash);
        assert_memory_equal(output[i], hash, 32);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
    assert_memory_equal(output[0], output[1], 32);
    exchange_end(&e);
}

/* ---- The world around ---- */

/* Each allocation fails in its turn, until none does. */
static void without_memory(void **state)
{
    static const struct {
        psa_algorithm_t alg;
        psa_pake_primitive_t group;
    } rows[] = { { JPAKE, ECC(SECP_R1, 256) }, { SPAKE2P, ECC(SECP_R1, 256) } };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        psa_status_t status = PSA_ERROR_INSUFFICIENT_MEMORY;
        for (long k = 1; status != PSA_SUCCESS; k++) {
            struct exchange e = exchange_new(rows[i].alg, rows[i].group);
            e.context[0] = e.context[1] = PSA_ALG_IS_JPAKE(e.alg) ? NULL : "test";
            platform_test_fail_allocation(k);
            status = exchange_run(&e);
            platform_test_fail_allocation(0);
            assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INSUFFICIENT_MEMORY);
            assert_true(k < 100);
            exchange_end(&e);
        }
    }
}

static void groups_that_are_not_there(void **state)
{
    static const psa_pake_primitive_t groups[] = {
        ECC(MONTGOMERY, 255), ECC(SECT_K1, 233), DH(RFC7919, 2047), PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_ECC_FAMILY_SECP_R1, 256), 0,
    };
    (void)state;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        struct exchange e = exchange_new(JPAKE, P256);
        e.group = groups[i];
        assert_int_equal(exchange_start_side(&e, 0), PSA_ERROR_NOT_SUPPORTED);
        exchange_end(&e);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spake2p_suites),
        cmocka_unit_test(jpake_groups),
        cmocka_unit_test(jpake_large_groups),
        cmocka_unit_test(jpake_hashes),
        cmocka_unit_test(long_names),
        cmocka_unit_test(spake2p_without_names),
        cmocka_unit_test(jpake_input_first),
        cmocka_unit_test(jpake_premaster_secret),
        cmocka_unit_test(without_memory),
        cmocka_unit_test(groups_that_are_not_there),
    };
    return cmocka_run_group_tests_name("pake/exchange", tests, exchange_setup, exchange_teardown);
}
