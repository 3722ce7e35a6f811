/* SPDX-License-Identifier: Apache-2.0 */
/* psa_key_derivation_output_key() and its custom form: which keys come, of which bytes, and what refuses. */
#include "derivation.h"

#include "support/allocation.h"

#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define EXPORT PSA_KEY_USAGE_EXPORT

static psa_key_id_t secret;

static int group_setup(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, DERIVE, HKDF);
    return toy_group_setup(state) == 0 && psa_import_key(&attributes, bytes, 32, &secret) == PSA_SUCCESS ? 0 : -1;
}

static operation_t ready(void)
{
    operation_t operation = started(HKDF);
    give_key(&operation, SECRET, secret);
    give(&operation, INFO, 5);
    return operation;
}

static void stream(uint8_t *output, size_t length)
{
    operation_t operation = ready();
    assert_int_equal(psa_key_derivation_output_bytes(&operation, output, length), PSA_SUCCESS);
    done(&operation);
}

/* The key holds these bytes, and the attributes that it was asked for. */
static void is_key(psa_key_id_t key, const psa_key_attributes_t *wanted, const uint8_t *expected, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[512];
    size_t data_length;
    assert_int_equal(psa_export_key(key, data, sizeof data, &data_length), PSA_SUCCESS);
    assert_int_equal(data_length, length);
    assert_memory_equal(data, expected, length);
    assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&attributes), psa_get_key_type(wanted));
    assert_int_equal(psa_get_key_bits(&attributes), psa_get_key_bits(wanted));
    assert_int_equal(psa_get_key_usage_flags(&attributes), psa_get_key_usage_flags(wanted));
    assert_int_equal(psa_get_key_algorithm(&attributes), psa_get_key_algorithm(wanted));
    assert_int_equal(psa_get_key_lifetime(&attributes), psa_get_key_lifetime(wanted));
}

/* ---- Keys that are bytes ---- */

static void plain_keys_in_a_row(void **state)
{
    static const struct {
        psa_key_type_t type;
        uint16_t bits;
    } rows[] = {
        { PSA_KEY_TYPE_RAW_DATA, 8 }, { PSA_KEY_TYPE_AES, 128 }, { PSA_KEY_TYPE_AES, 192 }, { PSA_KEY_TYPE_AES, 256 },
        { PSA_KEY_TYPE_HMAC, 264 }, { PSA_KEY_TYPE_DERIVE, 1000 }, { PSA_KEY_TYPE_PASSWORD, 80 }, { PSA_KEY_TYPE_PEPPER, 64 },
        { PSA_KEY_TYPE_PASSWORD_HASH, 256 }, { PSA_KEY_TYPE_CHACHA20, 256 },
    };
    uint8_t expected[500];
    size_t at = 0;
    (void)state;
    stream(expected, sizeof expected);
    operation_t operation = ready();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        psa_algorithm_t alg = rows[i].type == PSA_KEY_TYPE_PASSWORD_HASH ? HKDF : PSA_ALG_CTR;
        psa_key_attributes_t attributes = toy_attributes(rows[i].type, rows[i].bits, EXPORT, alg);
        psa_key_id_t key;
        assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
        is_key(key, &attributes, expected + at, rows[i].bits / 8u);
        at += rows[i].bits / 8u;
        assert_int_equal(capacity_of(&operation), 255 * 32 - at);
        toy_destroy(key);
    }
    done(&operation);
}

static psa_status_t try_attributes(const psa_key_attributes_t *attributes)
{
    psa_key_id_t key = 77;
    operation_t operation = ready();
    psa_status_t status = psa_key_derivation_output_key(attributes, &operation, &key);
    if (status != PSA_SUCCESS) {
        assert_int_equal(key, PSA_KEY_ID_NULL);
        is_failed(&operation);
    }
    toy_destroy(key);
    done(&operation);
    return status;
}

static psa_status_t try_type(psa_key_type_t type, size_t bits)
{
    psa_key_attributes_t attributes = toy_attributes(type, bits, DERIVE, HKDF);
    return try_attributes(&attributes);
}

static void types_and_sizes(void **state)
{
    (void)state;
    assert_int_equal(try_type(PSA_KEY_TYPE_AES, 128), PSA_SUCCESS);
    assert_int_equal(try_type(PSA_KEY_TYPE_AES, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(PSA_KEY_TYPE_AES, 144), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(PSA_KEY_TYPE_DERIVE, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(PSA_KEY_TYPE_DERIVE, 12), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(PSA_KEY_TYPE_DERIVE, 0xffff), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(P256, 256), PSA_SUCCESS);
    assert_int_equal(try_type(P256, 220), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(P256, 2046), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(P256), 256), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(PSA_KEY_TYPE_RSA_PUBLIC_KEY, 2048), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(PSA_KEY_TYPE_NONE, 128), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(try_type(0x7fff, 128), PSA_ERROR_NOT_SUPPORTED);
}

static void other_attributes(void **state)
{
    const psa_key_attributes_t good = toy_attributes(PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    psa_key_attributes_t attributes = good;
    (void)state;
    psa_set_key_usage_flags(&attributes, 0x80000000);
    assert_int_equal(try_attributes(&attributes), PSA_ERROR_INVALID_ARGUMENT);
    attributes = good;
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_PERSISTENT); /* without an identifier */
    assert_int_equal(try_attributes(&attributes), PSA_ERROR_INVALID_ARGUMENT);
    attributes = good;
    psa_set_key_id(&attributes, 0x7fff0000); /* of the vendor's range */
    assert_int_equal(try_attributes(&attributes), PSA_ERROR_INVALID_ARGUMENT);
    attributes = good;
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(0, 0x123)); /* nobody is there */
    psa_status_t status = try_attributes(&attributes);
    assert_true(status == PSA_ERROR_INVALID_ARGUMENT || status == PSA_ERROR_NOT_SUPPORTED);
}

static void persistent_key(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 128, EXPORT, PSA_ALG_CTR);
    uint8_t expected[16];
    psa_key_id_t key;
    (void)state;
    stream(expected, 16);
    psa_set_key_id(&attributes, 5);
    operation_t operation = ready();
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
    assert_int_equal(key, 5);
    is_key(key, &attributes, expected, 16);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    is_failed(&operation);
    toy_destroy(5);
}

/* A password hash is for comparing with what made it: that algorithm, or none. */
static void password_hash(void **state)
{
    const psa_key_type_t type = PSA_KEY_TYPE_PASSWORD_HASH;
    psa_key_attributes_t attributes = toy_attributes(type, 256, VERIFY, HKDF);
    (void)state;
    assert_int_equal(try_attributes(&attributes), PSA_SUCCESS);
    psa_set_key_algorithm(&attributes, PSA_ALG_NONE);
    assert_int_equal(try_attributes(&attributes), PSA_SUCCESS);
    psa_set_key_algorithm(&attributes, PBKDF2);
    assert_int_equal(try_attributes(&attributes), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_algorithm(&attributes, PSA_ALG_HKDF(PSA_ALG_ANY_HASH));
    assert_int_equal(try_attributes(&attributes), PSA_ERROR_INVALID_ARGUMENT);
}

static void not_enough(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 256, EXPORT, PSA_ALG_CTR);
    psa_key_id_t key = 77;
    (void)state;
    operation_t operation = ready();
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 31), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    assert_int_equal(capacity_of(&operation), 0); /* and no error state */
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_ERROR_INSUFFICIENT_DATA);
    done(&operation);
}

static void custom_parameters(void **state)
{
    static const psa_custom_key_parameters_t none = PSA_CUSTOM_KEY_PARAMETERS_INIT, some = { 1 };
    static const uint8_t data[3] = { 1, 0, 1 };
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 128, EXPORT, PSA_ALG_CTR);
    uint8_t expected[16];
    psa_key_id_t key;
    (void)state;
    stream(expected, 16);
    operation_t operation = ready();
    assert_int_equal(psa_key_derivation_output_key_custom(&attributes, &operation, &none, NULL, 0, &key), PSA_SUCCESS);
    is_key(key, &attributes, expected, 16);
    toy_destroy(key);
    assert_int_equal(psa_key_derivation_output_key_custom(&attributes, &operation, &some, NULL, 0, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    is_failed(&operation);
    operation = ready();
    assert_int_equal(psa_key_derivation_output_key_custom(&attributes, &operation, &none, data, 3, &key), PSA_ERROR_INVALID_ARGUMENT);
    is_failed(&operation);
    /* An exponent is for RSA, whose keys nobody derives. */
    attributes = toy_attributes(PSA_KEY_TYPE_RSA_KEY_PAIR, 2048, EXPORT, PSA_ALG_NONE);
    operation = ready();
    assert_int_equal(psa_key_derivation_output_key_custom(&attributes, &operation, &none, data, 3, &key), PSA_ERROR_NOT_SUPPORTED);
    is_failed(&operation);
}

/* ---- Keys that are made by a rule ---- */

/* A draw of 32 bytes is k, big-endian, drawn again if it is above N - 2; the key is k + 1. */
static void curve_key(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(P256, 256, EXPORT, PSA_ALG_ECDH);
    uint8_t expected[32];
    psa_key_id_t key;
    (void)state;
    stream(expected, 32);
    assert_true(expected[0] != 0xff); /* far below N */
    for (unsigned i = 32; i-- > 0 && ++expected[i] == 0;) {
    }
    operation_t operation = ready();
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
    is_key(key, &attributes, expected, 32);
    assert_int_equal(capacity_of(&operation), 255 * 32 - 32);
    toy_destroy(key);
    done(&operation);
}

/* A rule that draws again: what it threw away is gone of the capacity too. */
static void drawn_again(void **state)
{
    uint8_t all[255 * 32], expected[24];
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DES, 192, EXPORT, PSA_ALG_NONE);
    size_t at = 0;
    unsigned thrown_away = 0;
    psa_key_id_t key;
    (void)state;
    stream(all, sizeof all);
    operation_t operation = ready();
    while (at + 24 * 2 < sizeof all && thrown_away == 0) {
        for (size_t length = 0; length < 24; at += 8) {
            memcpy(expected + length, all + at, 8);
            length += all[at] != 0 ? 8u : 0;
            thrown_away += all[at] == 0;
        }
        assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
        is_key(key, &attributes, expected, 24);
        assert_int_equal(capacity_of(&operation), sizeof all - at);
        toy_destroy(key);
    }
    assert_true(thrown_away != 0);
    done(&operation);
}

static void not_enough_for_a_rule(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DES, 192, EXPORT, PSA_ALG_NONE);
    psa_key_id_t key = 77;
    (void)state;
    operation_t operation = ready();
    assert_int_equal(psa_key_derivation_set_capacity(&operation, 23), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    assert_int_equal(capacity_of(&operation), 0);
    done(&operation);
}

static void spake2p_key(void **state)
{
    psa_key_type_t type = PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    psa_key_attributes_t attributes = toy_attributes(type, 256, EXPORT, PSA_ALG_SPAKE2P_MATTER);
    uint8_t all[80], expected[64];
    psa_key_id_t key;
    (void)state;
    stream(all, 80);
    memcpy(expected, all, 32);
    memcpy(expected + 32, all + 40, 32);
    operation_t operation = ready();
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_SUCCESS);
    is_key(key, &attributes, expected, 64);
    assert_int_equal(capacity_of(&operation), 255 * 32 - 80);
    toy_destroy(key);
    toy_fail(PSA_ERROR_HARDWARE_FAILURE, 0);
    assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_ERROR_HARDWARE_FAILURE);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    is_failed(&operation);
    attributes = toy_attributes(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type), 256, EXPORT, PSA_ALG_SPAKE2P_MATTER);
    assert_int_equal(try_attributes(&attributes), PSA_ERROR_INVALID_ARGUMENT);
}

/* ---- Password tokens ---- */

static psa_status_t try_token(psa_algorithm_t kdf, psa_key_type_t type, size_t bits, uint64_t group)
{
    psa_key_attributes_t attributes = toy_attributes(type, bits, DERIVE | EXPORT, PSA_ALG_WPA3_SAE_ANY);
    psa_key_id_t password = toy_key(PSA_KEY_TYPE_PASSWORD, 0, DERIVE, PSA_ALG_WPA3_SAE_ANY, bytes, 9), key = 77;
    operation_t operation = started(kdf);
    give(&operation, SALT, 4);
    give_key(&operation, PASSWORD, password);
    psa_status_t status = psa_key_derivation_output_key(&attributes, &operation, &key);
    if (status == PSA_SUCCESS) {
        assert_true(toy.group == group);
        toy_destroy(key);
        /* One token is all. */
        assert_int_equal(capacity_of(&operation), 0);
        assert_int_equal(psa_key_derivation_output_key(&attributes, &operation, &key), PSA_ERROR_INSUFFICIENT_DATA);
        assert_int_equal(key, PSA_KEY_ID_NULL);
        done(&operation);
    } else {
        is_failed(&operation);
    }
    toy_destroy(password);
    return status;
}

/* IEEE 802.11, table 12-1: the group says which hash. */
static void tokens(void **state)
{
    const psa_key_type_t p = PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1), dh = PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526);
    const psa_algorithm_t h256 = H2E, h384 = PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_384), h512 = PSA_ALG_WPA3_SAE_H2E(PSA_ALG_SHA_512);
    (void)state;
    assert_int_equal(try_token(h256, p, 256, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_ECC, PSA_ECC_FAMILY_SECP_R1, 256)), PSA_SUCCESS);
    assert_int_equal(try_token(h384, p, 256, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_token(h256, p, 384, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_token(h512, p, 384, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_token(h256, p, 0, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_token(h256, p, 224, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_token(h256, dh, 2048, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_DH_FAMILY_RFC3526, 2048)), PSA_SUCCESS);
    assert_int_equal(try_token(h384, dh, 3072, PSA_PAKE_PRIMITIVE(PSA_PAKE_PRIMITIVE_TYPE_DH, PSA_DH_FAMILY_RFC3526, 3072)), PSA_SUCCESS);
    assert_int_equal(try_token(h256, dh, 3072, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_token(h384, dh, 4096, 0), PSA_ERROR_INVALID_ARGUMENT);
    /* Tokens and this derivation are for each other alone. */
    assert_int_equal(try_token(h256, PSA_KEY_TYPE_DERIVE, 256, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_token(h256, P256, 256, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(p, 256), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_type(dh, 2048), PSA_ERROR_INVALID_ARGUMENT);
}

/* ---- When things go wrong ---- */

static psa_status_t derive_two(void *context)
{
    operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t first = PSA_KEY_ID_NULL, second = PSA_KEY_ID_NULL;
    const psa_key_attributes_t *attributes = context;
    psa_status_t status = psa_key_derivation_setup(&operation, HKDF);
    status = status == PSA_SUCCESS ? psa_key_derivation_input_key(&operation, SECRET, secret) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_input_bytes(&operation, INFO, bytes, 9) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_output_key(&attributes[0], &operation, &first) : status;
    status = status == PSA_SUCCESS ? psa_key_derivation_output_key(&attributes[1], &operation, &second) : status;
    assert_int_equal(status == PSA_SUCCESS, second != PSA_KEY_ID_NULL);
    done(&operation);
    toy_destroy(first);
    toy_destroy(second);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_attributes_t attributes[2] = {
        toy_attributes(PSA_KEY_TYPE_HMAC, 1024, EXPORT, PSA_ALG_HMAC(PSA_ALG_SHA_256)),
        toy_attributes(P256, 256, EXPORT, PSA_ALG_ECDH),
    };
    (void)state;
    assert_true(allocation_fails_each(derive_two, attributes) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(plain_keys_in_a_row),
        TOY_TEST(types_and_sizes),
        TOY_TEST(other_attributes),
        TOY_TEST(persistent_key),
        TOY_TEST(password_hash),
        TOY_TEST(not_enough),
        TOY_TEST(custom_parameters),
        TOY_TEST(curve_key),
        TOY_TEST(drawn_again),
        TOY_TEST(not_enough_for_a_rule),
        TOY_TEST(spake2p_key),
        TOY_TEST(tokens),
        TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, group_setup, toy_group_teardown);
}
