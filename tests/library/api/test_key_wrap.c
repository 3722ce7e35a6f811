/* SPDX-License-Identifier: Apache-2.0 */
/* psa_wrap_key(), psa_unwrap_key(): policies of both keys, lengths, what comes back, failures. */
#include "toy.h"

#include "support/allocation.h"

#define WRAP PSA_KEY_USAGE_WRAP
#define UNWRAP PSA_KEY_USAGE_UNWRAP
#define EXPORT PSA_KEY_USAGE_EXPORT

static const uint8_t bytes[80] = "the bytes of keys, in the order in which they stand";

static psa_key_id_t wrapping_key(psa_key_usage_t usage, psa_algorithm_t alg)
{
    return toy_key(PSA_KEY_TYPE_AES, 0, usage, alg, bytes + 40, 32);
}

static psa_key_id_t to_wrap(psa_key_type_t type, size_t length, psa_key_usage_t usage)
{
    return toy_key(type, 0, usage, PSA_ALG_NONE, bytes, length);
}

static void is_key(psa_key_id_t key, psa_key_type_t type, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[80];
    size_t data_length;
    assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&attributes), type);
    assert_int_equal(psa_get_key_bits(&attributes), 8 * length);
    assert_int_equal(psa_export_key(key, data, sizeof data, &data_length), PSA_SUCCESS);
    assert_int_equal(data_length, length);
    assert_memory_equal(data, bytes, length);
}

/* ---- There and back ---- */

static void every_length(void **state)
{
    (void)state;
    psa_key_id_t kek = wrapping_key(WRAP | UNWRAP, PSA_ALG_KWP), made;
    for (size_t length = 1; length <= 64; length++) {
        psa_key_id_t key = to_wrap(PSA_KEY_TYPE_RAW_DATA, length, EXPORT);
        size_t wrapped = (length + 7) / 8 * 8 + 8, data_length = 99;
        uint8_t data[80];
        assert_true(PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_KWP, PSA_KEY_TYPE_RAW_DATA, 8 * length) >= wrapped);
        assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, key, data, wrapped, &data_length), PSA_SUCCESS);
        assert_int_equal(data_length, wrapped);
        for (size_t bits = 0; bits <= 8 * length; bits += 8 * length) { /* the size may be said, but rightly */
            psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_RAW_DATA, bits, EXPORT, PSA_ALG_NONE);
            assert_int_equal(psa_unwrap_key(&attributes, kek, PSA_ALG_KWP, data, data_length, &made), PSA_SUCCESS);
            is_key(made, PSA_KEY_TYPE_RAW_DATA, length);
            toy_destroy(made);
        }
        psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_RAW_DATA, 8 * length + 8, EXPORT, PSA_ALG_NONE);
        assert_int_equal(psa_unwrap_key(&attributes, kek, PSA_ALG_KWP, data, data_length, &made), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(made, PSA_KEY_ID_NULL);
        toy_destroy(key);
    }
    toy_destroy(kek);
}

/* KW takes what is a multiple of 8 bytes, two at least. */
static void lengths_of_kw(void **state)
{
    (void)state;
    psa_key_id_t kek = wrapping_key(WRAP | UNWRAP, PSA_ALG_KW), made;
    for (size_t length = 1; length <= 40; length++) {
        psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_RAW_DATA, 0, EXPORT, PSA_ALG_NONE);
        psa_key_id_t key = to_wrap(PSA_KEY_TYPE_RAW_DATA, length, EXPORT);
        uint8_t data[80];
        size_t data_length = 99;
        int good = length >= 16 && length % 8 == 0;
        assert_int_equal(psa_wrap_key(kek, PSA_ALG_KW, key, data, sizeof data, &data_length),
                         good ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(data_length, good ? length + 8 : 0);
        if (good) {
            assert_int_equal(psa_unwrap_key(&attributes, kek, PSA_ALG_KW, data, data_length, &made), PSA_SUCCESS);
            is_key(made, PSA_KEY_TYPE_RAW_DATA, length);
            toy_destroy(made);
        }
        toy_destroy(key);
    }
    toy_destroy(kek);
}

/* The data say nothing of the type: it is that of the attributes, if the bytes can be such a key. */
static void types(void **state)
{
    psa_key_id_t kek = wrapping_key(WRAP | UNWRAP, PSA_ALG_KWP), made;
    uint8_t data[80];
    size_t length;
    (void)state;
    const struct {
        psa_key_type_t type;
        size_t bits;
        psa_status_t status;
    } rows[] = {
        { PSA_KEY_TYPE_AES, 0, PSA_SUCCESS }, { PSA_KEY_TYPE_HMAC, 192, PSA_SUCCESS },
        { PSA_KEY_TYPE_AES, 256, PSA_ERROR_INVALID_ARGUMENT }, { PSA_KEY_TYPE_CHACHA20, 0, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_NONE, 0, PSA_ERROR_NOT_SUPPORTED },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_ERROR_INVALID_ARGUMENT },
    };
    psa_key_id_t key = to_wrap(PSA_KEY_TYPE_AES, 24, EXPORT);
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, key, data, sizeof data, &length), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        psa_key_attributes_t attributes = toy_attributes(rows[i].type, rows[i].bits, EXPORT, PSA_ALG_NONE);
        assert_int_equal(psa_unwrap_key(&attributes, kek, PSA_ALG_KWP, data, length, &made), rows[i].status);
        if (rows[i].status == PSA_SUCCESS) {
            is_key(made, rows[i].type, 24);
        } else {
            assert_int_equal(made, PSA_KEY_ID_NULL);
        }
        toy_destroy(made);
    }
    toy_destroy(key);
    toy_destroy(kek);
}

/* A public key may always leave, and a key may wrap itself. */
static void public_and_own(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, 0, PSA_ALG_ECDH);
    uint8_t public_key[65], data[80];
    size_t length;
    psa_key_id_t pair, kek = wrapping_key(WRAP | EXPORT, PSA_ALG_KWP);
    (void)state;
    assert_int_equal(psa_generate_key(&attributes, &pair), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(pair, public_key, 65, &length), PSA_SUCCESS);
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), 0, 0, PSA_ALG_NONE, public_key, 65);
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, key, data, sizeof data, &length), PSA_SUCCESS);
    assert_int_equal(length, 80);
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, pair, data, sizeof data, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, kek, data, sizeof data, &length), PSA_SUCCESS);
    assert_int_equal(length, 40);
    toy_destroy(key);
    toy_destroy(pair);
    toy_destroy(kek);
}

/* ---- Refusals ---- */

static psa_status_t try_wrap(psa_key_id_t kek, psa_algorithm_t alg, psa_key_id_t key, size_t size)
{
    uint8_t data[80];
    size_t length = 99;
    memset(data, 0x5a, sizeof data);
    psa_status_t status = psa_wrap_key(kek, alg, key, data, size, &length);
    if (status != PSA_SUCCESS) {
        assert_int_equal(length, 0);
        assert_int_equal(data[0], 0x5a);
    }
    return status;
}

static psa_status_t try_unwrap(psa_key_id_t kek, psa_algorithm_t alg, const uint8_t *data, size_t length)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 0, EXPORT, PSA_ALG_NONE);
    psa_key_id_t key = 77;
    psa_status_t status = psa_unwrap_key(&attributes, kek, alg, data, length, &key);
    assert_int_equal(status == PSA_SUCCESS, key != PSA_KEY_ID_NULL);
    toy_destroy(key);
    return status;
}

static void algorithms_and_keys(void **state)
{
    psa_key_id_t kek = wrapping_key(WRAP | UNWRAP, PSA_ALG_KWP), key = to_wrap(PSA_KEY_TYPE_AES, 16, EXPORT);
    psa_key_id_t sealed = to_wrap(PSA_KEY_TYPE_AES, 16, PSA_KEY_USAGE_ENCRYPT);
    (void)state;
    assert_int_equal(try_wrap(kek, PSA_ALG_KWP, key, 24), PSA_SUCCESS);
    assert_int_equal(try_wrap(kek, PSA_ALG_KWP, key, 23), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(try_wrap(kek, PSA_ALG_KWP, key, 0), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(try_wrap(kek, PSA_ALG_CTR, key, 80), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_wrap(kek, PSA_ALG_NONE, key, 80), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_wrap(kek, PSA_ALG_KW, key, 80), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_wrap(kek, PSA_ALG_KWP, sealed, 80), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_wrap(PSA_KEY_ID_NULL, PSA_ALG_KWP, key, 80), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(try_wrap(kek, PSA_ALG_KWP, PSA_KEY_ID_NULL, 80), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(try_unwrap(kek, PSA_ALG_CTR, bytes, 24), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_unwrap(kek, PSA_ALG_KW, bytes, 24), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(try_unwrap(PSA_KEY_ID_NULL, PSA_ALG_KWP, bytes, 24), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(try_unwrap(kek, PSA_ALG_KWP, NULL, 24), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(kek);
    kek = wrapping_key(UNWRAP | PSA_KEY_USAGE_ENCRYPT, PSA_ALG_KWP);
    assert_int_equal(try_wrap(kek, PSA_ALG_KWP, key, 80), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(kek);
    kek = wrapping_key(WRAP, PSA_ALG_KWP);
    assert_int_equal(try_unwrap(kek, PSA_ALG_KWP, bytes, 24), PSA_ERROR_NOT_PERMITTED);
    toy_destroy(kek);
    kek = toy_key(PSA_KEY_TYPE_HMAC, 0, WRAP | UNWRAP, PSA_ALG_KWP, bytes, 32); /* only block ciphers wrap */
    assert_int_equal(try_wrap(kek, PSA_ALG_KWP, key, 80), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(try_unwrap(kek, PSA_ALG_KWP, bytes, 24), PSA_ERROR_INVALID_ARGUMENT);
    toy_destroy(kek);
    toy_destroy(key);
    toy_destroy(sealed);
}

static void forgeries(void **state)
{
    psa_key_id_t kek = wrapping_key(WRAP | UNWRAP, PSA_ALG_KWP), key = to_wrap(PSA_KEY_TYPE_AES, 16, EXPORT);
    uint8_t data[80];
    size_t length;
    (void)state;
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, key, data, sizeof data, &length), PSA_SUCCESS);
    for (size_t i = 0; i < length; i++) {
        if (i != 7) { /* the toy's own padding */
            data[i] ^= 4;
            assert_int_equal(try_unwrap(kek, PSA_ALG_KWP, data, length), PSA_ERROR_INVALID_SIGNATURE);
            data[i] ^= 4;
        }
    }
    assert_int_equal(try_unwrap(kek, PSA_ALG_KWP, data, length), PSA_SUCCESS);
    /* Lengths that wrapping never gives. */
    for (size_t wrong = 0; wrong < length; wrong++) {
        assert_int_equal(try_unwrap(kek, PSA_ALG_KWP, data, wrong), PSA_ERROR_INVALID_SIGNATURE);
    }
    toy_destroy(key);
    toy_destroy(kek);
}

static void persistent(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 0, EXPORT, PSA_ALG_NONE);
    psa_key_id_t kek = wrapping_key(WRAP | UNWRAP, PSA_ALG_KWP), key = to_wrap(PSA_KEY_TYPE_AES, 16, EXPORT), made;
    uint8_t data[80];
    size_t length;
    (void)state;
    psa_set_key_id(&attributes, 9);
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, key, data, sizeof data, &length), PSA_SUCCESS);
    assert_int_equal(psa_unwrap_key(&attributes, kek, PSA_ALG_KWP, data, length, &made), PSA_SUCCESS);
    assert_int_equal(made, 9);
    is_key(9, PSA_KEY_TYPE_AES, 16);
    assert_int_equal(psa_unwrap_key(&attributes, kek, PSA_ALG_KWP, data, length, &made), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(made, PSA_KEY_ID_NULL);
    toy_destroy(9);
    toy_destroy(key);
    toy_destroy(kek);
}

static void driver_fails(void **state)
{
    psa_key_id_t kek = wrapping_key(WRAP | UNWRAP, PSA_ALG_KWP), key = to_wrap(PSA_KEY_TYPE_AES, 16, EXPORT);
    uint8_t data[80], zeroes[24] = { 0 };
    size_t length = 99;
    (void)state;
    memset(data, 0x5a, sizeof data);
    toy_fail(PSA_ERROR_HARDWARE_FAILURE, 0);
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, key, data, sizeof data, &length), PSA_ERROR_HARDWARE_FAILURE);
    assert_int_equal(length, 0);
    assert_memory_equal(data, zeroes, 24); /* what it wrote is gone, what lies behind stays */
    assert_int_equal(data[24], 0x5a);
    assert_int_equal(psa_wrap_key(kek, PSA_ALG_KWP, key, data, sizeof data, &length), PSA_SUCCESS);
    toy_fail(PSA_ERROR_COMMUNICATION_FAILURE, 0);
    assert_int_equal(try_unwrap(kek, PSA_ALG_KWP, data, length), PSA_ERROR_COMMUNICATION_FAILURE);
    toy_destroy(key);
    toy_destroy(kek);
}

static void library_is_closed(void **state)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_AES, 0, EXPORT, PSA_ALG_NONE);
    psa_key_id_t key = 77;
    (void)state;
    toy_close();
    assert_int_equal(try_wrap(1, PSA_ALG_KWP, 1, 80), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_unwrap_key(&attributes, 1, PSA_ALG_KWP, bytes, 24, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    toy_reopen();
}

static psa_status_t there_and_back(void *context)
{
    const psa_key_id_t *keys = context;
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_HMAC, 0, EXPORT, PSA_ALG_NONE);
    psa_key_id_t made = PSA_KEY_ID_NULL;
    uint8_t data[100];
    size_t length;
    psa_status_t status = psa_wrap_key(keys[0], PSA_ALG_KWP, keys[1], data, sizeof data, &length);
    status = status == PSA_SUCCESS ? psa_unwrap_key(&attributes, keys[0], PSA_ALG_KWP, data, length, &made) : status;
    assert_int_equal(psa_destroy_key(made), PSA_SUCCESS);
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t keys[2] = { wrapping_key(WRAP | UNWRAP, PSA_ALG_KWP), to_wrap(PSA_KEY_TYPE_HMAC, 80, EXPORT) };
    (void)state;
    assert_true(allocation_fails_each(there_and_back, keys) >= 3);
    toy_destroy(keys[0]);
    toy_destroy(keys[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(every_length), TOY_TEST(lengths_of_kw), TOY_TEST(types),        TOY_TEST(public_and_own), TOY_TEST(algorithms_and_keys),
        TOY_TEST(forgeries),    TOY_TEST(persistent),    TOY_TEST(driver_fails), TOY_TEST(library_is_closed),
        TOY_TEST(out_of_memory),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
