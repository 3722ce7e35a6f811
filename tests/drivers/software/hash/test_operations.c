/* SPDX-License-Identifier: Apache-2.0 */
/* Every hash, and MACs whose state is large, through psa_*(): contexts that do not fit into an operation, clones of them, keys by id. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <psa/crypto.h>

#include "software/hash/hash.h"
#include "software/software.h"
#include "support/hash_list.h"

static const uint8_t message[1000] = {1, 2, 3};

static void one_hash(psa_algorithm_t alg)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT, copy = PSA_HASH_OPERATION_INIT;
    uint8_t expected[PSA_HASH_MAX_SIZE], hash[PSA_HASH_MAX_SIZE];
    size_t length, again;

    assert_int_equal(psa_hash_compute(alg, message, sizeof message, expected, sizeof expected, &length), PSA_SUCCESS);
    assert_int_equal(length, PSA_HASH_LENGTH(alg));
    assert_int_equal(psa_hash_setup(&operation, alg), PSA_SUCCESS);
    assert_int_equal(psa_hash_update(&operation, message, 333), PSA_SUCCESS);
    assert_int_equal(psa_hash_clone(&operation, &copy), PSA_SUCCESS);
    assert_int_equal(psa_hash_update(&copy, message + 333, sizeof message - 333), PSA_SUCCESS);
    assert_int_equal(psa_hash_finish(&copy, hash, sizeof hash, &again), PSA_SUCCESS);
    assert_int_equal(again, length);
    assert_memory_equal(hash, expected, length);
    assert_int_equal(psa_hash_update(&operation, message + 333, sizeof message - 333), PSA_SUCCESS);
    assert_int_equal(psa_hash_verify(&operation, expected, length), PSA_SUCCESS);
    assert_int_equal(psa_hash_setup(&operation, alg), PSA_SUCCESS);
    assert_int_equal(psa_hash_abort(&operation), PSA_SUCCESS);
}

static void test_hashes(void **state)
{
    size_t count;
    const struct hash_info *list = hash_list(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (sw_hash_find(list[i].alg) != NULL) {
            one_hash(list[i].alg);
        }
    }
}

static void one_mac(psa_key_type_t type, size_t key_length, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_mac_operation_t operation = PSA_MAC_OPERATION_INIT;
    psa_key_id_t key;
    uint8_t expected[PSA_MAC_MAX_SIZE], mac[PSA_MAC_MAX_SIZE];
    size_t length, again;

    psa_set_key_type(&attributes, type);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_int_equal(psa_import_key(&attributes, message, key_length, &key), PSA_SUCCESS);
    for (int round = 0; round < 2; round++) { /* the second time with the prepared key */
        assert_int_equal(psa_mac_compute(key, alg, message, sizeof message, expected, sizeof expected, &length), PSA_SUCCESS);
        assert_int_equal(length, PSA_MAC_LENGTH(type, 8 * key_length, alg));
        assert_int_equal(psa_mac_verify(key, alg, message, sizeof message, expected, length), PSA_SUCCESS);
        assert_int_equal(psa_mac_sign_setup(&operation, key, alg), PSA_SUCCESS);
        assert_int_equal(psa_mac_update(&operation, message, 333), PSA_SUCCESS);
        assert_int_equal(psa_mac_update(&operation, message + 333, sizeof message - 333), PSA_SUCCESS);
        assert_int_equal(psa_mac_sign_finish(&operation, mac, sizeof mac, &again), PSA_SUCCESS);
        assert_int_equal(again, length);
        assert_memory_equal(mac, expected, length);
        assert_int_equal(psa_mac_verify_setup(&operation, key, alg), PSA_SUCCESS);
        assert_int_equal(psa_mac_update(&operation, message, sizeof message), PSA_SUCCESS);
        mac[0] ^= (uint8_t)round;
        assert_int_equal(psa_mac_verify_finish(&operation, mac, length), round == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        assert_int_equal(psa_mac_abort(&operation), PSA_SUCCESS);
    }
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void test_macs(void **state)
{
    static const struct {
        psa_key_type_t type;
        size_t key_length;
        psa_algorithm_t alg;
    } macs[] = {
        {PSA_KEY_TYPE_AES, 16, PSA_ALG_CMAC},
        {PSA_KEY_TYPE_AES, 32, PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 8)},
        {PSA_KEY_TYPE_AES, 24, PSA_ALG_CBC_MAC},
        {PSA_KEY_TYPE_BLAKE2, 32, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2S_HASH256)},
        {PSA_KEY_TYPE_BLAKE2, 7, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2SP_HASH256)},
        {PSA_KEY_TYPE_BLAKE2, 64, PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2B_HASH512)},
        {PSA_KEY_TYPE_BLAKE2, 64, PSA_ALG_TRUNCATED_MAC(PSA_ALG_BLAKE2_MAC(PSA_ALG_BLAKE2BP_HASH512), 20)},
        {PSA_KEY_TYPE_HMAC, 40, PSA_ALG_HMAC(PSA_ALG_SHA3_256)},
        {PSA_KEY_TYPE_HMAC, 40, PSA_ALG_HMAC(PSA_ALG_SM3)},
        {PSA_KEY_TYPE_HMAC, 40, PSA_ALG_HMAC(PSA_ALG_BLAKE2B_HASH512)},
    };

    (void)state;
    for (size_t i = 0; i < sizeof macs / sizeof macs[0]; i++) {
        if (sw_mac_context_size(macs[i].alg, macs[i].type) != 0) {
            one_mac(macs[i].type, macs[i].key_length, macs[i].alg);
        }
    }
}

static void test_xofs(void **state)
{
    static const psa_algorithm_t algorithms[] = {PSA_ALG_SHAKE128, PSA_ALG_SHAKE256, PSA_ALG_ASCON_XOF128, PSA_ALG_ASCON_CXOF128};

    (void)state;
    for (size_t i = 0; i < sizeof algorithms / sizeof algorithms[0]; i++) {
        psa_xof_operation_t operation = PSA_XOF_OPERATION_INIT;
        uint8_t whole[300], parts[300];
        if (sw_xof_context_size(algorithms[i]) == 0) {
            continue;
        }
        for (size_t piece = sizeof whole; piece > 1; piece /= 7) {
            assert_int_equal(psa_xof_setup(&operation, algorithms[i]), PSA_SUCCESS);
            if (PSA_ALG_XOF_HAS_CONTEXT(algorithms[i])) {
                assert_int_equal(psa_xof_set_context(&operation, message, 9), PSA_SUCCESS);
            }
            assert_int_equal(psa_xof_update(&operation, message, sizeof message), PSA_SUCCESS);
            for (size_t done = 0; done < sizeof parts; done += piece) {
                size_t rest = sizeof parts - done;
                assert_int_equal(psa_xof_output(&operation, parts + done, rest < piece ? rest : piece), PSA_SUCCESS);
            }
            assert_int_equal(psa_xof_abort(&operation), PSA_SUCCESS);
            if (piece == sizeof whole) {
                memcpy(whole, parts, sizeof whole);
            }
            assert_memory_equal(parts, whole, sizeof whole);
        }
    }
}

static int start(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hashes),
        cmocka_unit_test(test_macs),
        cmocka_unit_test(test_xofs),
    };
    return cmocka_run_group_tests_name("drivers/software: hashes, MACs and XOFs through the API", tests, start, NULL);
}
