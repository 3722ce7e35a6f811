/* SPDX-License-Identifier: Apache-2.0 */
/* psa_encapsulate(), psa_decapsulate(): both sides, the attributes of the secret, failures that leave no key behind. */
#include "toy.h"

#include "support/allocation.h"

#define ALG PSA_ALG_ML_KEM
#define PAIR PSA_KEY_TYPE_ML_KEM_KEY_PAIR
#define PUBLIC PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY
#define CURVE_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define ENCRYPT PSA_KEY_USAGE_ENCRYPT
#define DECRYPT PSA_KEY_USAGE_DECRYPT
#define EXPORT PSA_KEY_USAGE_EXPORT

#define SIZE 768u /* of a ciphertext of ML-KEM-512 */

static const uint8_t bytes[1000] = "a key";

static psa_key_id_t kem_key(psa_key_type_t type, psa_key_usage_t usage)
{
    return toy_key(type, 512, usage, ALG, bytes, type == PUBLIC ? 800 : 64);
}

static psa_status_t encapsulate(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes, psa_key_id_t *secret,
                                uint8_t *ciphertext, size_t size)
{
    size_t length = 999;
    *secret = 77;
    psa_status_t status = psa_encapsulate(key, alg, attributes, secret, ciphertext, size, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? PSA_ALG_ML_KEM == alg ? SIZE : 65 : 0);
    assert_int_equal(status == PSA_SUCCESS, *secret != PSA_KEY_ID_NULL);
    return status;
}

static psa_status_t decapsulate(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *ciphertext, size_t length,
                                const psa_key_attributes_t *attributes, psa_key_id_t *secret)
{
    *secret = 77;
    psa_status_t status = psa_decapsulate(key, alg, ciphertext, length, attributes, secret);
    assert_int_equal(status == PSA_SUCCESS, *secret != PSA_KEY_ID_NULL);
    return status;
}

/* ---- Both sides ---- */

static void same_secret(psa_key_id_t a, psa_key_id_t b, psa_key_type_t type)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[2][TOY_SECRET_LENGTH];
    size_t length;
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(psa_get_key_attributes(i == 0 ? a : b, &attributes), PSA_SUCCESS);
        assert_int_equal(psa_get_key_type(&attributes), type);
        assert_int_equal(psa_get_key_bits(&attributes), 8 * TOY_SECRET_LENGTH);
        assert_int_equal(psa_export_key(i == 0 ? a : b, data[i], TOY_SECRET_LENGTH, &length), PSA_SUCCESS);
    }
    assert_memory_equal(data[0], data[1], TOY_SECRET_LENGTH);
}

static void both_sides(void **state)
{
    static const psa_key_type_t types[] = { PSA_KEY_TYPE_DERIVE, PSA_KEY_TYPE_HMAC, PSA_KEY_TYPE_AES };
    psa_key_id_t pair = kem_key(PAIR, ENCRYPT | DECRYPT), public_key = kem_key(PUBLIC, ENCRYPT), sent, received;
    uint8_t ciphertext[SIZE];
    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        psa_key_attributes_t attributes = toy_attributes(types[i / 2], i % 2 == 0 ? 0 : 8 * TOY_SECRET_LENGTH, EXPORT, PSA_ALG_NONE);
        assert_int_equal(encapsulate(i % 2 == 0 ? pair : public_key, ALG, &attributes, &sent, ciphertext, SIZE), PSA_SUCCESS);
        assert_int_equal(decapsulate(pair, ALG, ciphertext, SIZE, &attributes, &received), PSA_SUCCESS);
        same_secret(sent, received, types[i / 2]);
        toy_destroy(sent);
        toy_destroy(received);
    }
    toy_destroy(pair);
    toy_destroy(public_key);
}

/* ---- Refusals ---- */

/* Encapsulation and decapsulation refuse alike. */
static psa_status_t try_both(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes)
{
    uint8_t ciphertext[SIZE];
    psa_key_id_t secret;
    size_t length = alg == ALG ? SIZE : 65;
    memset(ciphertext, 1, sizeof ciphertext);
    psa_status_t status = encapsulate(key, alg, attributes, &secret, ciphertext, SIZE);
    toy_destroy(secret);
    assert_int_equal(decapsulate(key, alg, ciphertext, length, attributes, &secret), status);
    toy_destroy(secret);
    return status;
}

static void attributes_of_the_secret(void **state)
{
    psa_key_id_t pair = kem_key(PAIR, ENCRYPT | DECRYPT);
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0, PSA_ALG_NONE);
    (void)state;
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_SUCCESS);
    psa_set_key_bits(&attributes, 128); /* not the size of the secret */
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_bits(&attributes, 0);
    psa_set_key_usage_flags(&attributes, 0x80000000);
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_usage_flags(&attributes, 0);
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_PERSISTENT); /* without an identifier */
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    attributes = toy_attributes(PSA_KEY_TYPE_NONE, 0, 0, PSA_ALG_NONE);
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    attributes = toy_attributes(CURVE_PAIR, 256, 0, PSA_ALG_NONE);
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    attributes = toy_attributes(PSA_KEY_TYPE_DES, 0, 0, PSA_ALG_NONE);
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    toy.wrong_secret = 20; /* a secret that is no AES key */
    attributes = toy_attributes(PSA_KEY_TYPE_AES, 0, 0, PSA_ALG_NONE);
    assert_int_equal(try_both(pair, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(pair);
}

/* The secret of ECIES is a coordinate: something to derive from. */
static void types_of_ecies(void **state)
{
    const psa_algorithm_t alg = PSA_ALG_ECIES_SEC1;
    psa_key_id_t pair = toy_key(CURVE_PAIR, 0, ENCRYPT | DECRYPT, alg, bytes, 32);
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0, PSA_ALG_NONE);
    (void)state;
    assert_int_equal(try_both(pair, alg, &attributes), PSA_SUCCESS);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    assert_int_equal(try_both(pair, alg, &attributes), PSA_SUCCESS);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    assert_int_equal(try_both(pair, alg, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(pair);
}

static void keys_and_algorithms(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0, PSA_ALG_NONE);
    psa_key_id_t key = kem_key(PAIR, ENCRYPT | DECRYPT), secret;
    uint8_t ciphertext[SIZE] = { 0 };
    (void)state;
    assert_int_equal(try_both(key, PSA_ALG_ECDH, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_both(key, PSA_ALG_NONE, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_both(key, PSA_ALG_ECIES_SEC1, &attributes), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_both(PSA_KEY_ID_NULL, ALG, &attributes), PSA_ERROR_INVALID_HANDLE);
    toy_destroy(key);
    assert_int_equal(try_both(key, ALG, &attributes), PSA_ERROR_INVALID_HANDLE);
    key = kem_key(PAIR, EXPORT);
    assert_int_equal(try_both(key, ALG, &attributes), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(key);
    key = toy_key(PSA_KEY_TYPE_AES, 0, ENCRYPT | DECRYPT, ALG, bytes, 16);
    assert_int_equal(try_both(key, ALG, &attributes), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(key);
    key = toy_key(PSA_KEY_TYPE_DERIVE, 0, ENCRYPT | DECRYPT, PSA_ALG_CTR, bytes, 16);
    assert_int_equal(try_both(key, ALG, &attributes), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(key);
    key = kem_key(PUBLIC, ENCRYPT | DECRYPT);
    assert_int_equal(decapsulate(key, ALG, ciphertext, SIZE, &attributes, &secret), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(key);
    key = kem_key(PAIR, DECRYPT); /* one direction only */
    assert_int_equal(encapsulate(key, ALG, &attributes, &secret, ciphertext, SIZE), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(key);
    key = kem_key(PAIR, ENCRYPT);
    assert_int_equal(decapsulate(key, ALG, ciphertext, SIZE, &attributes, &secret), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(key);
}

static void buffers(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0, PSA_ALG_NONE);
    psa_key_id_t pair = kem_key(PAIR, ENCRYPT | DECRYPT), secret;
    uint8_t ciphertext[SIZE] = { 0x5a };
    (void)state;
    assert_int_equal(encapsulate(pair, ALG, &attributes, &secret, ciphertext, SIZE - 1), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(ciphertext[0], 0x5a);
    assert_int_equal(encapsulate(pair, ALG, &attributes, &secret, NULL, 0), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(decapsulate(pair, ALG, NULL, SIZE, &attributes, &secret), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(decapsulate(pair, ALG, ciphertext, SIZE - 1, &attributes, &secret), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(decapsulate(pair, ALG, NULL, 0, &attributes, &secret), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(pair);
}

/* ---- Keys that are not made ---- */

/* Where the key cannot be made, what was written of the ciphertext is wiped: nobody is to get half of it. */
static void already_there(void **state)
{
    static const uint8_t zeroes[SIZE];
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, EXPORT, PSA_ALG_NONE);
    psa_key_id_t pair = kem_key(PAIR, ENCRYPT | DECRYPT), secret;
    uint8_t ciphertext[SIZE];
    (void)state;
    psa_set_key_id(&attributes, 4);
    assert_int_equal(encapsulate(pair, ALG, &attributes, &secret, ciphertext, SIZE), PSA_SUCCESS);
    assert_int_equal(secret, 4);
    assert_int_equal(decapsulate(pair, ALG, ciphertext, SIZE, &attributes, &secret), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(encapsulate(pair, ALG, &attributes, &secret, ciphertext, SIZE), PSA_ERROR_ALREADY_EXISTS);
    assert_memory_equal(ciphertext, zeroes, SIZE);
    toy_destroy(4);
    toy_destroy(pair);
}

static void driver_fails(void **state)
{
    static const uint8_t zeroes[SIZE];
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0, PSA_ALG_NONE);
    psa_key_id_t pair = kem_key(PAIR, ENCRYPT | DECRYPT), secret;
    uint8_t ciphertext[SIZE];
    (void)state;
    toy_fail(PSA_ERROR_INSUFFICIENT_ENTROPY, 0);
    assert_int_equal(encapsulate(pair, ALG, &attributes, &secret, ciphertext, SIZE), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_memory_equal(ciphertext, zeroes, SIZE);
    toy_fail(PSA_ERROR_INVALID_SIGNATURE, 0); /* for schemes that notice */
    assert_int_equal(decapsulate(pair, ALG, ciphertext, SIZE, &attributes, &secret), PSA_ERROR_INVALID_SIGNATURE);
    toy_destroy(pair);
}

static void library_is_closed(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0, PSA_ALG_NONE);
    uint8_t ciphertext[SIZE];
    psa_key_id_t secret;
    (void)state;
    toy_close();
    assert_int_equal(encapsulate(1, ALG, &attributes, &secret, ciphertext, SIZE), PSA_ERROR_BAD_STATE);
    assert_int_equal(decapsulate(1, ALG, bytes, SIZE, &attributes, &secret), PSA_ERROR_BAD_STATE);
    toy_reopen();
}

static psa_status_t there_and_back(void *context)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_DERIVE, 0, 0, PSA_ALG_NONE);
    uint8_t ciphertext[SIZE];
    psa_key_id_t sent, received = PSA_KEY_ID_NULL, pair = *(psa_key_id_t *)context;
    psa_status_t status = encapsulate(pair, ALG, &attributes, &sent, ciphertext, SIZE);
    status = status == PSA_SUCCESS ? decapsulate(pair, ALG, ciphertext, SIZE, &attributes, &received) : status;
    toy_destroy(sent);
    toy_destroy(received);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t pair = kem_key(PAIR, ENCRYPT | DECRYPT);
    (void)state;
    assert_true(allocation_fails_each(there_and_back, &pair) >= 2);
    toy_destroy(pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(both_sides),   TOY_TEST(attributes_of_the_secret), TOY_TEST(types_of_ecies),
        TOY_TEST(buffers),      TOY_TEST(keys_and_algorithms),      TOY_TEST(already_there),
        TOY_TEST(driver_fails), TOY_TEST(library_is_closed),        TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
