/* SPDX-License-Identifier: Apache-2.0 */
/* Where a derivation takes place: it moves to the location of an opaque key, with what was given before. */
#include "derivation.h"

#include <psacrypto/secure_element.h>

#include "support/allocation.h"

#define HERE PSA_KEY_LOCATION_LOCAL_STORAGE
#define ELEMENT ((psa_key_location_t)0x800001)
#define OTHER_ELEMENT ((psa_key_location_t)0x800002)
#define BARE ((psa_key_location_t)0x800003) /* without key derivations */
#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

static struct psacrypto_secure_element element, other_element, bare_element;
static struct psacrypto_driver serialised, bare;

static psa_key_id_t key_at(psa_key_location_t location, psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg,
                           const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = toy_attributes(type, 0, usage, alg);
    psa_key_id_t key = PSA_KEY_ID_NULL;
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, location));
    assert_int_equal(psa_import_key(&attributes, data, length, &key), PSA_SUCCESS);
    return key;
}

/* An element's first key makes it draw its device key, which it keeps. */
static int open_elements(void)
{
    toy_destroy(key_at(ELEMENT, PSA_KEY_TYPE_DERIVE, 0, PSA_ALG_NONE, bytes, 1));
    toy_destroy(key_at(OTHER_ELEMENT, PSA_KEY_TYPE_DERIVE, 0, PSA_ALG_NONE, bytes, 1));
    toy_destroy(key_at(BARE, PSA_KEY_TYPE_DERIVE, 0, PSA_ALG_NONE, bytes, 1));
    return 0;
}

static int group_setup(void **state)
{
    psacrypto_secure_element_init(&element, &psacrypto_software_driver, NULL);
    psacrypto_secure_element_init(&other_element, &psacrypto_software_driver, NULL);
    psacrypto_secure_element_init(&bare_element, &psacrypto_software_driver, NULL);
    serialised = psacrypto_secure_element_driver;
    serialised.flags |= PSACRYPTO_DRIVER_SERIALISED;
    bare = psacrypto_secure_element_driver;
    bare.key_derivation = NULL;
    return psacrypto_register_driver(ELEMENT, &serialised, &element) == PSA_SUCCESS &&
                   psacrypto_register_driver(OTHER_ELEMENT, &psacrypto_secure_element_driver, &other_element) == PSA_SUCCESS &&
                   psacrypto_register_driver(BARE, &bare, &bare_element) == PSA_SUCCESS && toy_group_setup(state) == 0
               ? open_elements()
               : -1;
}

/* ---- The same output, wherever the secret lies and whatever was given before ---- */

static void hkdf_expected(uint8_t output[40])
{
    operation_t operation = started(HKDF);
    give(&operation, SALT, 13);
    assert_int_equal(psa_key_derivation_input_bytes(&operation, SECRET, bytes + 5, 32), PSA_SUCCESS);
    give(&operation, INFO, 7);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 40), PSA_SUCCESS);
    done(&operation);
}

static void hkdf_moves(void **state)
{
    static const psa_key_derivation_step_t orders[3][3] = { { SALT, SECRET, INFO }, { INFO, SALT, SECRET }, { SALT, INFO, SECRET } };
    uint8_t expected[40], output[40];
    (void)state;
    hkdf_expected(expected);
    for (unsigned i = 0; i < 6; i++) {
        psa_key_id_t key = key_at(i < 3 ? ELEMENT : OTHER_ELEMENT, PSA_KEY_TYPE_DERIVE, DERIVE, HKDF, bytes + 5, 32);
        operation_t operation = started(HKDF), moved;
        assert_int_equal(psa_key_derivation_set_capacity(&operation, 100), PSA_SUCCESS);
        for (unsigned s = 0; s < 3; s++) {
            psa_key_derivation_step_t step = orders[i % 3u][s];
            step == SECRET ? give_key(&operation, SECRET, key) : give(&operation, step, step == SALT ? 13 : 7);
            memcpy(&moved, &operation, sizeof moved);
            memset(&operation, 0xa5, sizeof operation);
            memcpy(&operation, &moved, sizeof moved);
        }
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 40), PSA_SUCCESS);
        assert_memory_equal(output, expected, 40);
        assert_int_equal(capacity_of(&operation), 60);
        done(&operation);
        toy_destroy(key);
    }
}

/* A number, and a step that repeats. */
static void pbkdf2_moves(void **state)
{
    uint8_t output[2][40];
    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        psa_key_id_t key = key_at(i == 0 ? HERE : ELEMENT, PSA_KEY_TYPE_PASSWORD, DERIVE, PBKDF2, bytes, 9);
        operation_t operation = started(PBKDF2);
        assert_int_equal(psa_key_derivation_input_integer(&operation, COST, 5), PSA_SUCCESS);
        give(&operation, SALT, 4);
        give(&operation, SALT, 0);
        give(&operation, SALT, 6);
        give_key(&operation, PASSWORD, key);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output[i], 40), PSA_SUCCESS);
        done(&operation);
        toy_destroy(key);
    }
    assert_memory_equal(output[0], output[1], 40);
}

/* Once there, keys of the same element and of local storage go in as well. */
static void more_keys_there(void **state)
{
    uint8_t expected[40], output[40];
    (void)state;
    hkdf_expected(expected);
    psa_key_id_t salt = key_at(ELEMENT, PSA_KEY_TYPE_RAW_DATA, DERIVE, HKDF, bytes, 13);
    psa_key_id_t secret = key_at(ELEMENT, PSA_KEY_TYPE_DERIVE, DERIVE, HKDF, bytes + 5, 32);
    psa_key_id_t info = key_at(HERE, PSA_KEY_TYPE_RAW_DATA, DERIVE, HKDF, bytes, 7);
    operation_t operation = started(HKDF);
    give_key(&operation, SALT, salt);
    give_key(&operation, SECRET, secret);
    give_key(&operation, INFO, info);
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, 40), PSA_SUCCESS);
    assert_memory_equal(output, expected, 40);
    done(&operation);
    toy_destroy(salt);
    toy_destroy(secret);
    toy_destroy(info);
}

static void is_unsupported(operation_t *operation, psa_key_derivation_step_t step, psa_key_id_t key)
{
    assert_int_equal(psa_key_derivation_input_key(operation, step, key), PSA_ERROR_NOT_SUPPORTED);
    is_failed(operation);
}

static void what_cannot_move(void **state)
{
    psa_key_id_t here = key_at(HERE, PSA_KEY_TYPE_RAW_DATA, DERIVE, HKDF, bytes, 13);
    psa_key_id_t there_salt = key_at(ELEMENT, PSA_KEY_TYPE_RAW_DATA, DERIVE, HKDF, bytes, 13);
    psa_key_id_t there = key_at(ELEMENT, PSA_KEY_TYPE_DERIVE, DERIVE, HKDF, bytes, 32);
    psa_key_id_t elsewhere = key_at(OTHER_ELEMENT, PSA_KEY_TYPE_DERIVE, DERIVE, HKDF, bytes, 32);
    psa_key_id_t nowhere = key_at(BARE, PSA_KEY_TYPE_DERIVE, DERIVE, HKDF, bytes, 32);
    (void)state;
    operation_t operation = started(HKDF); /* only the driver has that key's bytes now */
    give_key(&operation, SALT, here);
    is_unsupported(&operation, SECRET, there);
    operation = started(HKDF); /* two elements know nothing of each other */
    give_key(&operation, SALT, there_salt);
    is_unsupported(&operation, SECRET, elsewhere);
    operation = started(HKDF); /* the secret is here already */
    give(&operation, SECRET, 20);
    is_unsupported(&operation, INFO, there_salt);
    operation = started(HKDF);
    give(&operation, SALT, 20);
    is_unsupported(&operation, SECRET, nowhere);
    toy_destroy(here);
    toy_destroy(there_salt);
    toy_destroy(there);
    toy_destroy(elsewhere);
    toy_destroy(nowhere);
}

/* Refused before anything moves: the operation's driver is the first one still, until the failure ends it. */
static void refused_keys(void **state)
{
    psa_key_id_t hash = key_at(ELEMENT, PSA_KEY_TYPE_PASSWORD_HASH, DERIVE, HKDF, bytes, 32);
    psa_key_id_t unusable = key_at(ELEMENT, PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_EXPORT, HKDF, bytes, 32);
    (void)state;
    operation_t operation = started(HKDF);
    give(&operation, SALT, 20);
    assert_int_equal(psa_key_derivation_input_key(&operation, SECRET, hash), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    operation = started(HKDF);
    give(&operation, SALT, 20);
    assert_int_equal(psa_key_derivation_input_key(&operation, SECRET, unusable), PSA_ERROR_NOT_PERMITTED);
    is_failed(&operation);
    toy_destroy(hash);
    toy_destroy(unusable);
}

/* ---- Outputs ---- */

/* A key that only verifies lets nothing out, in an element neither. */
static void verify_only(void **state)
{
    uint8_t expected[40];
    (void)state;
    hkdf_expected(expected);
    psa_key_id_t key = key_at(ELEMENT, PSA_KEY_TYPE_DERIVE, VERIFY, HKDF, bytes + 5, 32);
    for (unsigned i = 0; i < 2; i++) {
        operation_t operation = started(HKDF);
        give(&operation, SALT, 13);
        give_key(&operation, SECRET, key);
        give(&operation, INFO, 7);
        if (i == 0) {
            assert_int_equal(psa_key_derivation_verify_bytes(&operation, expected, 40), PSA_SUCCESS);
            done(&operation);
        } else {
            assert_int_equal(psa_key_derivation_output_bytes(&operation, expected, 40), PSA_ERROR_NOT_PERMITTED);
            is_failed(&operation);
        }
    }
    toy_destroy(key);
}

/* From the element into the element, by a rule too: its mutex is held once, however deep the calls go. */
static void keys_into_the_element(void **state)
{
    static const psa_key_location_t locations[] = { HERE, ELEMENT, OTHER_ELEMENT };
    uint8_t data[2][3][32];
    size_t length;
    (void)state;
    psa_key_id_t secret = key_at(ELEMENT, PSA_KEY_TYPE_DERIVE, DERIVE, HKDF, bytes + 5, 32), key;
    for (unsigned i = 0; i < 3; i++) {
        psa_key_lifetime_t lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, locations[i]);
        operation_t operation = started(HKDF);
        give(&operation, SALT, 13);
        give_key(&operation, SECRET, secret);
        give(&operation, INFO, 7);
        for (unsigned k = 0; k < 2; k++) {
            psa_key_attributes_t attributes = toy_attributes(k == 0 ? PSA_KEY_TYPE_AES : P256, 256, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
            psa_set_key_lifetime(&attributes, lifetime);
            assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
            assert_int_equal(psa_export_key(key, data[k][i], 32, &length), PSA_SUCCESS);
            assert_int_equal(length, 32);
            assert_memory_equal(data[k][i], data[k][0], 32);
            toy_destroy(key);
        }
        done(&operation);
    }
    toy_destroy(secret);
}

/* The hash in the element is compared there, whether or not it may leave. */
static void verify_with_key_there(void **state)
{
    uint8_t expected[40];
    (void)state;
    hkdf_expected(expected);
    for (unsigned i = 0; i < 4; i++) {
        psa_key_usage_t usage = i % 2 == 0 ? VERIFY : VERIFY | PSA_KEY_USAGE_EXPORT;
        expected[39] ^= i == 2;
        psa_key_id_t hash = key_at(ELEMENT, PSA_KEY_TYPE_PASSWORD_HASH, usage, HKDF, expected, 40);
        operation_t operation = started(HKDF);
        give(&operation, SALT, 13);
        assert_int_equal(psa_key_derivation_input_bytes(&operation, SECRET, bytes + 5, 32), PSA_SUCCESS);
        give(&operation, INFO, 7);
        assert_int_equal(psa_key_derivation_verify_key(&operation, hash), i < 2 ? PSA_SUCCESS : PSA_ERROR_INVALID_SIGNATURE);
        done(&operation);
        toy_destroy(hash);
    }
}

/* ---- Agreed secrets ---- */

static void agreed_with_a_key_there(void **state)
{
    const psa_algorithm_t alg = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF);
    uint8_t output[2][32], public_key[65], private_key[32] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    size_t length;
    (void)state;
    psa_key_id_t peer = key_at(HERE, P256, DERIVE, PSA_ALG_ECDH, bytes, 32);
    assert_int_equal(psa_export_public_key(peer, public_key, 65, &length), PSA_SUCCESS);
    for (unsigned i = 0; i < 2; i++) {
        psa_key_id_t own = key_at(i == 0 ? HERE : ELEMENT, P256, DERIVE, alg, private_key, 32);
        operation_t operation = started(alg);
        assert_int_equal(psa_key_derivation_key_agreement(&operation, SECRET, own, public_key, 65), PSA_SUCCESS);
        give(&operation, INFO, 7);
        assert_int_equal(psa_key_derivation_output_bytes(&operation, output[i], 32), PSA_SUCCESS);
        done(&operation);
        toy_destroy(own);
    }
    assert_memory_equal(output[0], output[1], 32);
    toy_destroy(peer);
}

/* ---- Without memory ---- */

static psa_status_t move_once(void *context)
{
    operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    uint8_t output[8];
    psa_status_t status = psa_key_derivation_setup(&operation, PBKDF2);
    status = status == PSA_SUCCESS ? psa_key_derivation_input_integer(&operation, COST, 2) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, SALT, bytes, 4) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, SALT, bytes, 5) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_input_key(&operation, PASSWORD, *(psa_key_id_t *)context) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_output_bytes(&operation, output, 8) : status;
    done(&operation);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t key = key_at(ELEMENT, PSA_KEY_TYPE_PASSWORD, DERIVE, PBKDF2, bytes, 9);
    (void)state;
    /* At least: the records of three inputs, and each salt in each of two places. */
    assert_true(allocation_fails_each(move_once, &key) >= 7);
    toy_destroy(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(hkdf_moves),
        TOY_TEST(pbkdf2_moves),
        TOY_TEST(more_keys_there),
        TOY_TEST(what_cannot_move),
        TOY_TEST(refused_keys),
        TOY_TEST(verify_only),
        TOY_TEST(keys_into_the_element),
        TOY_TEST(verify_with_key_there),
        TOY_TEST(agreed_with_a_key_there),
        TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, group_setup, toy_group_teardown);
}
