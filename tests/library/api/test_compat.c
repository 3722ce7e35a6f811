/* SPDX-License-Identifier: Apache-2.0 */
/* psacrypto/compat.h: what programs written for Mbed TLS use beside the specification. */
#include "toy.h"

#include <psacrypto/compat.h>

static const uint8_t bytes[32] = "a key";

static void identifiers(void **state)
{
    (void)state;
    assert_int_equal(mbedtls_svc_key_id_make(3, 5), 5);
    assert_true(mbedtls_svc_key_id_equal(5, 5));
    assert_false(mbedtls_svc_key_id_equal(5, 6));
    assert_true(mbedtls_svc_key_id_is_null(MBEDTLS_SVC_KEY_ID_INIT));
    assert_false(mbedtls_svc_key_id_is_null(1));
    assert_int_equal(MBEDTLS_SVC_KEY_ID_GET_KEY_ID(7), 7);
    assert_int_equal(MBEDTLS_SVC_KEY_ID_GET_OWNER_ID(7), 0);
    assert_true(psa_key_handle_is_null(PSA_KEY_HANDLE_INIT));
    assert_true(psa_key_handle_equal(9, 9));
    assert_false(psa_key_handle_equal(9, 8));
}

static psa_key_id_t persistent(psa_key_id_t id)
{
    psa_key_attributes_t attributes = toy_attributes(PSA_KEY_TYPE_RAW_DATA, 0, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    psa_key_id_t key;
    psa_set_key_id(&attributes, id);
    assert_int_equal(psa_import_key(&attributes, bytes, sizeof bytes, &key), PSA_SUCCESS);
    return key;
}

/* A handle is the identifier; closing it lets go of what lies in memory, and the key stays. */
static void persistent_keys(void **state)
{
    psa_key_handle_t handle = 77;
    psa_key_id_t key = persistent(12);
    uint8_t data[32];
    size_t length;
    (void)state;
    assert_int_equal(psa_open_key(key, &handle), PSA_SUCCESS);
    assert_int_equal(handle, key);
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(psa_close_key(handle), PSA_SUCCESS);
        assert_int_equal(psa_export_key(key, data, 32, &length), PSA_SUCCESS);
        assert_memory_equal(data, bytes, 32);
    }
    toy_destroy(key);
    assert_int_equal(psa_open_key(key, &handle), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(handle, PSA_KEY_ID_NULL);
    assert_int_equal(psa_close_key(key), PSA_ERROR_INVALID_HANDLE);
}

/* Closing its handle is the end of a volatile key. */
static void volatile_keys(void **state)
{
    psa_key_id_t key = toy_key(PSA_KEY_TYPE_RAW_DATA, 0, 0, PSA_ALG_NONE, bytes, 32);
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    (void)state;
    assert_int_equal(psa_close_key(PSA_KEY_ID_NULL), PSA_SUCCESS);
    assert_int_equal(psa_close_key(key), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_close_key(key), PSA_ERROR_INVALID_HANDLE);
}

/* Identifiers that name nothing, in and out of the range of persistent keys. */
static void what_is_no_key(void **state)
{
    static const psa_key_id_t ids[] = { PSA_KEY_ID_NULL, 77, PSA_KEY_ID_USER_MAX, 0x50000000, 0x7fff0001, 0x80000000 };
    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        psa_key_handle_t handle = 77;
        psa_status_t status = psa_open_key(ids[i], &handle);
        assert_true(status == PSA_ERROR_DOES_NOT_EXIST || (status == PSA_ERROR_INVALID_ARGUMENT && i != 1 && i != 2));
        assert_int_equal(handle, PSA_KEY_ID_NULL);
    }
}

static void abilities(void **state)
{
    (void)state;
    assert_true(psa_can_do_hash(PSA_ALG_SHA_256));
    assert_false(psa_can_do_hash(PSA_ALG_ANY_HASH));
    assert_false(psa_can_do_hash(PSA_ALG_NONE));
    assert_false(psa_can_do_hash(PSA_ALG_HMAC(PSA_ALG_SHA_256)));
    assert_true(psa_can_do_cipher(PSA_KEY_TYPE_AES, PSA_ALG_CTR));
    assert_true(psa_can_do_cipher(PSA_KEY_TYPE_AES, PSA_ALG_GCM));
    assert_true(psa_can_do_cipher(PSA_KEY_TYPE_CHACHA20, PSA_ALG_CHACHA20_POLY1305));
    assert_false(psa_can_do_cipher(PSA_KEY_TYPE_CHACHA20, PSA_ALG_GCM));
    assert_false(psa_can_do_cipher(PSA_KEY_TYPE_AES, PSA_ALG_SHA_256));
    assert_false(psa_can_do_cipher(PSA_KEY_TYPE_AES, PSA_ALG_NONE));
    assert_false(psa_can_do_cipher(PSA_KEY_TYPE_HMAC, PSA_ALG_CTR));
    assert_false(psa_can_do_cipher(PSA_KEY_TYPE_AES, PSA_ALG_CMAC)); /* neither cipher nor AEAD */
}

/* Another name of the shutdown: volatile keys are gone, nothing answers any more. */
static void closing(void **state)
{
    psa_key_id_t volatile_key = toy_key(PSA_KEY_TYPE_RAW_DATA, 0, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE, bytes, 32), key = persistent(13);
    psa_key_handle_t handle = 77;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    (void)state;
    mbedtls_psa_crypto_free();
    assert_false(psa_can_do_hash(PSA_ALG_SHA_256));
    assert_false(psa_can_do_cipher(PSA_KEY_TYPE_AES, PSA_ALG_CTR));
    assert_int_equal(psa_open_key(key, &handle), PSA_ERROR_BAD_STATE);
    assert_int_equal(handle, PSA_KEY_ID_NULL);
    assert_int_equal(psa_close_key(key), PSA_ERROR_BAD_STATE);
    mbedtls_psa_crypto_free();
    toy_reopen();
    assert_int_equal(psa_get_key_attributes(volatile_key, &attributes), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(psa_open_key(key, &handle), PSA_SUCCESS);
    toy_destroy(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOY_TEST(identifiers), TOY_TEST(persistent_keys), TOY_TEST(volatile_keys),
        TOY_TEST(what_is_no_key), TOY_TEST(abilities), TOY_TEST(closing),
    };
    return cmocka_run_group_tests(tests, toy_group_setup, toy_group_teardown);
}
