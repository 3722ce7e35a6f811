/* SPDX-License-Identifier: Apache-2.0 */
/* psacrypto/keys.h, PEM and DER: keys go to OpenSSL and come from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <psa/crypto.h>
#include <psacrypto/keys.h>
#include <psacrypto/library.h>

#include "support/allocation.h"

#define PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)
#define P256_DER_SIZE PSACRYPTO_KEY_DER_SIZE(PAIR, 256)
#define P256_PEM_SIZE PSACRYPTO_KEY_PEM_SIZE(PAIR, 256)

static int setup(void **state)
{
    (void)state;
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

static psa_key_attributes_t attributes_of(psa_key_type_t type, size_t bits, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_usage_flags(&attributes, usage);
    return attributes;
}

static psa_key_id_t generated(psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = attributes_of(PAIR, 256, usage);
    psa_key_id_t key = PSA_KEY_ID_NULL;
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

/* The key is this one of OpenSSL. */
static void same_key(psa_key_id_t key, EVP_PKEY *theirs, int with_private)
{
    uint8_t ours[65], bytes[65];
    size_t length, bytes_length;
    assert_int_equal(psa_export_public_key(key, ours, sizeof ours, &length), PSA_SUCCESS);
    assert_int_equal(EVP_PKEY_get_octet_string_param(theirs, OSSL_PKEY_PARAM_PUB_KEY, bytes, sizeof bytes, &bytes_length), 1);
    assert_int_equal(length, bytes_length);
    assert_memory_equal(ours, bytes, length);
    if (with_private) {
        BIGNUM *d = NULL;
        assert_int_equal(psa_export_key(key, ours, sizeof ours, &length), PSA_SUCCESS);
        assert_int_equal(EVP_PKEY_get_bn_param(theirs, OSSL_PKEY_PARAM_PRIV_KEY, &d), 1);
        assert_true(BN_bn2binpad(d, bytes, 32) > 0);
        assert_int_equal(length, 32);
        assert_memory_equal(ours, bytes, 32);
        BN_free(d);
    }
}

/* ---- Ours to OpenSSL ---- */

static void export_to_openssl(void **state)
{
    psa_key_id_t key = generated(PSA_KEY_USAGE_EXPORT);
    uint8_t der[P256_DER_SIZE];
    char pem[P256_PEM_SIZE];
    size_t length;
    (void)state;

    assert_int_equal(psacrypto_export_key_pem(key, pem, sizeof pem, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(pem));
    BIO *bio = BIO_new_mem_buf(pem, (int)length);
    EVP_PKEY *theirs = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    assert_non_null(theirs);
    same_key(key, theirs, 1);
    EVP_PKEY_free(theirs);
    BIO_free(bio);

    assert_int_equal(psacrypto_export_key_der(key, der, sizeof der, &length), PSA_SUCCESS);
    const uint8_t *at = der;
    theirs = d2i_AutoPrivateKey(NULL, &at, (long)length);
    assert_non_null(theirs);
    assert_ptr_equal(at, der + length);
    same_key(key, theirs, 1);
    EVP_PKEY_free(theirs);

    assert_int_equal(psacrypto_export_public_key_pem(key, pem, sizeof pem, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(pem));
    bio = BIO_new_mem_buf(pem, (int)length);
    theirs = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
    assert_non_null(theirs);
    same_key(key, theirs, 0);
    EVP_PKEY_free(theirs);
    BIO_free(bio);

    assert_int_equal(psacrypto_export_public_key_der(key, der, sizeof der, &length), PSA_SUCCESS);
    at = der;
    theirs = d2i_PUBKEY(NULL, &at, (long)length);
    assert_non_null(theirs);
    same_key(key, theirs, 0);
    EVP_PKEY_free(theirs);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* ---- OpenSSL's to us ---- */

static psa_status_t import_bio(BIO *bio, const psa_key_attributes_t *attributes, int is_pem, psa_key_id_t *key)
{
    char *data;
    long length = BIO_get_mem_data(bio, &data);
    *key = 0x77;
    psa_status_t status = is_pem ? psacrypto_import_key_pem(attributes, data, (size_t)length, key)
                                 : psacrypto_import_key_der(attributes, (const uint8_t *)data, (size_t)length, key);
    assert_true(status == PSA_SUCCESS || *key == PSA_KEY_ID_NULL);
    BIO_free(bio);
    return status;
}

static void check_import(BIO *bio, int is_pem, EVP_PKEY *theirs, int is_private)
{
    psa_key_attributes_t attributes = attributes_of(PSA_KEY_TYPE_NONE, 0, PSA_KEY_USAGE_EXPORT), found = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    assert_int_equal(import_bio(bio, &attributes, is_pem, &key), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(key, &found), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&found), is_private ? PAIR : PUBLIC);
    assert_int_equal(psa_get_key_bits(&found), 256);
    assert_int_equal(psa_get_key_usage_flags(&found), PSA_KEY_USAGE_EXPORT);
    same_key(key, theirs, is_private);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void import_from_openssl(void **state)
{
    EVP_PKEY *theirs = EVP_EC_gen("P-256");
    (void)state;
    BIO *bio = BIO_new(BIO_s_mem());
    assert_int_equal(PEM_write_bio_PKCS8PrivateKey(bio, theirs, NULL, NULL, 0, NULL, NULL), 1);
    check_import(bio, 1, theirs, 1);
    bio = BIO_new(BIO_s_mem());
    assert_int_equal(i2d_PKCS8PrivateKey_bio(bio, theirs, NULL, NULL, 0, NULL, NULL), 1);
    check_import(bio, 0, theirs, 1);
    /* What "openssl ecparam -genkey" writes: the parameters by themselves, then RFC 5915. */
    bio = BIO_new(BIO_s_mem());
    BIO_puts(bio, "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n");
    assert_int_equal(PEM_write_bio_PrivateKey_traditional(bio, theirs, NULL, NULL, 0, NULL, NULL), 1);
    check_import(bio, 1, theirs, 1);
    bio = BIO_new(BIO_s_mem());
    assert_int_equal(i2d_PrivateKey_bio(bio, theirs), 1);
    check_import(bio, 0, theirs, 1);
    bio = BIO_new(BIO_s_mem());
    assert_int_equal(PEM_write_bio_PUBKEY(bio, theirs), 1);
    check_import(bio, 1, theirs, 0);
    bio = BIO_new(BIO_s_mem());
    assert_int_equal(i2d_PUBKEY_bio(bio, theirs), 1);
    check_import(bio, 0, theirs, 0);
    EVP_PKEY_free(theirs);
}

static BIO *pkcs8_pem(EVP_PKEY *key, const EVP_CIPHER *cipher)
{
    BIO *bio = BIO_new(BIO_s_mem());
    assert_int_equal(PEM_write_bio_PKCS8PrivateKey(bio, key, cipher, "secret", 6, NULL, NULL), 1);
    return bio;
}

/* Attributes that say what the data is, and those that say something else. */
static void attributes(void **state)
{
    EVP_PKEY *theirs = EVP_EC_gen("P-256");
    const struct {
        psa_key_type_t type;
        size_t bits;
        psa_status_t status;
    } cases[] = {
        { PAIR, 0, PSA_SUCCESS },
        { PAIR, 256, PSA_SUCCESS },
        { PSA_KEY_TYPE_NONE, 256, PSA_SUCCESS },
        { PAIR, 384, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_NONE, 521, PSA_ERROR_INVALID_ARGUMENT },
        { PUBLIC, 0, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_K1), 256, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 256, PSA_ERROR_INVALID_ARGUMENT },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        psa_key_attributes_t asked = attributes_of(cases[i].type, cases[i].bits, 0);
        psa_key_id_t key;
        assert_int_equal(import_bio(pkcs8_pem(theirs, NULL), &asked, 1, &key), cases[i].status);
        if (cases[i].status == PSA_SUCCESS) {
            assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        }
    }
    EVP_PKEY_free(theirs);
}

/* ---- Refusals ---- */

static void refused(void **state)
{
    psa_key_attributes_t any = attributes_of(PSA_KEY_TYPE_NONE, 0, 0);
    EVP_PKEY *p256 = EVP_EC_gen("P-256"), *p112 = EVP_EC_gen("secp112r1");
    psa_key_id_t key = 0x77;
    (void)state;
    assert_int_equal(import_bio(pkcs8_pem(p256, EVP_aes_128_cbc()), &any, 1, &key), PSA_ERROR_NOT_SUPPORTED);
    BIO *bio = BIO_new(BIO_s_mem());
    assert_int_equal(i2d_PKCS8PrivateKey_bio(bio, p256, EVP_aes_128_cbc(), "secret", 6, NULL, NULL), 1);
    assert_int_equal(import_bio(bio, &any, 0, &key), PSA_ERROR_NOT_SUPPORTED);
    bio = BIO_new(BIO_s_mem());
    assert_int_equal(PEM_write_bio_PrivateKey_traditional(bio, p256, EVP_aes_128_cbc(), (unsigned char *)"secret", 6, NULL, NULL), 1);
    assert_int_equal(import_bio(bio, &any, 1, &key), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import_bio(pkcs8_pem(p112, NULL), &any, 1, &key), PSA_ERROR_NOT_SUPPORTED); /* not a curve of PSA */

    static const char *const texts[] = {
        "", "no key\n", "-----BEGIN CERTIFICATE-----\nTWFu\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nTWFu\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nTW!u\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nTWFu\n-----END PUBLIC KEY-----\n", "-----BEGIN PRIVATE KEY-----\nTWFu\n",
        /* The private key 0. */
        ("-----BEGIN PRIVATE KEY-----\nMEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCAAAAAAAAAAAAAAAAAA\n"
         "AAAAAAAAAAAAAAAAAAAAAAAAAA==\n-----END PRIVATE KEY-----\n"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(psacrypto_import_key_pem(&any, texts[i], strlen(texts[i]), &key), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(key, PSA_KEY_ID_NULL);
    }
    assert_int_equal(psacrypto_import_key_pem(&any, NULL, 5, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_import_key_der(&any, NULL, 5, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_import_key_der(&any, NULL, 0, &key), PSA_ERROR_INVALID_ARGUMENT);
    EVP_PKEY_free(p256);
    EVP_PKEY_free(p112);
}

/* A label says what lies under it; another structure there is refused, although the DER alone would be a key. */
static void label_of_something_else(void **state)
{
    psa_key_attributes_t any = attributes_of(PSA_KEY_TYPE_NONE, 0, 0);
    psa_key_id_t key = generated(PSA_KEY_USAGE_EXPORT), imported = 0x77;
    char pem[P256_PEM_SIZE], *at;
    size_t length;
    (void)state;
    assert_int_equal(psacrypto_export_public_key_pem(key, pem, sizeof pem, &length), PSA_SUCCESS);
    while ((at = strstr(pem, "PUBLIC KEY")) != NULL) {
        memcpy(at, "RSA PUBLIC", 10); /* ...: a label that is in no table */
    }
    assert_int_equal(psacrypto_import_key_pem(&any, pem, length, &imported), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_export_key_pem(key, pem, sizeof pem, &length), PSA_SUCCESS);
    char text[P256_PEM_SIZE + 20];
    const char *body = strchr(pem, '\n');
    size_t body_length = (size_t)(strstr(pem, "-----END") - body);
    int written = snprintf(text, sizeof text, "-----BEGIN PUBLIC KEY-----%.*s-----END PUBLIC KEY-----\n", (int)body_length, body);
    assert_int_equal(psacrypto_import_key_pem(&any, text, (size_t)written, &imported), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(imported, PSA_KEY_ID_NULL);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void export_refused(void **state)
{
    psa_key_id_t secret = generated(0), key = generated(PSA_KEY_USAGE_EXPORT), aes = PSA_KEY_ID_NULL;
    psa_key_attributes_t aes_attributes = attributes_of(PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT);
    uint8_t der[P256_DER_SIZE];
    char pem[P256_PEM_SIZE];
    size_t length = 99, needed;
    (void)state;
    assert_int_equal(psacrypto_export_key_der(secret, der, sizeof der, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(length, 0);
    assert_int_equal(psacrypto_export_key_pem(secret, pem, sizeof pem, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psacrypto_export_public_key_der(secret, der, sizeof der, &length), PSA_SUCCESS);
    assert_int_equal(psacrypto_export_public_key_pem(secret, pem, sizeof pem, &length), PSA_SUCCESS);

    assert_int_equal(psacrypto_export_key_der(key, der, sizeof der, &needed), PSA_SUCCESS);
    assert_int_equal(psacrypto_export_key_der(key, der, needed, &length), PSA_SUCCESS);
    memset(der, 0xee, sizeof der);
    assert_int_equal(psacrypto_export_key_der(key, der, needed - 1, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_int_equal(der[0], 0xee);
    assert_int_equal(psacrypto_export_key_pem(key, pem, sizeof pem, &needed), PSA_SUCCESS);
    assert_int_equal(psacrypto_export_key_pem(key, pem, needed, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psacrypto_export_key_pem(key, pem, needed + 1, &length), PSA_SUCCESS);
    assert_int_equal(psacrypto_export_key_pem(key, NULL, 0, &length), PSA_ERROR_BUFFER_TOO_SMALL);

    assert_int_equal(psa_generate_key(&aes_attributes, &aes), PSA_SUCCESS);
    assert_int_equal(psacrypto_export_key_der(aes, der, sizeof der, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psacrypto_export_public_key_pem(aes, pem, sizeof pem, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(psacrypto_export_key_der(0x12345, der, sizeof der, &length), PSA_ERROR_INVALID_HANDLE);
    psa_destroy_key(aes);
    psa_destroy_key(key);
    psa_destroy_key(secret);
}

static psa_status_t there_and_back(void *context)
{
    psa_key_attributes_t any = attributes_of(PSA_KEY_TYPE_NONE, 0, 0);
    psa_key_id_t key = *(psa_key_id_t *)context, copy = 0x77;
    char pem[P256_PEM_SIZE];
    size_t length = 99;
    psa_status_t status = psacrypto_export_key_pem(key, pem, sizeof pem, &length);
    if (status == PSA_SUCCESS) {
        status = psacrypto_import_key_pem(&any, pem, length, &copy);
        assert_true(status == PSA_SUCCESS || copy == PSA_KEY_ID_NULL);
    } else {
        assert_int_equal(length, 0);
    }
    if (status == PSA_SUCCESS) {
        psa_destroy_key(copy);
    }
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_id_t key = generated(PSA_KEY_USAGE_EXPORT);
    (void)state;
    assert_true(allocation_fails_each(there_and_back, &key) >= 2);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void before_init(void **state)
{
    psa_key_attributes_t any = attributes_of(PSA_KEY_TYPE_NONE, 0, 0);
    psa_key_id_t key = 0x77;
    uint8_t der[10];
    char pem[10];
    size_t length = 99;
    psacrypto_shutdown();
    assert_int_equal(psacrypto_import_key_der(&any, der, 1, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(psacrypto_import_key_pem(&any, pem, 1, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(psacrypto_export_key_der(1, der, sizeof der, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psacrypto_export_key_pem(1, pem, sizeof pem, &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(length, 0);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    assert_int_equal(setup(state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(export_to_openssl), cmocka_unit_test(import_from_openssl),     cmocka_unit_test(attributes),
        cmocka_unit_test(refused),           cmocka_unit_test(label_of_something_else), cmocka_unit_test(export_refused),
        cmocka_unit_test(out_of_memory),     cmocka_unit_test(before_init),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
