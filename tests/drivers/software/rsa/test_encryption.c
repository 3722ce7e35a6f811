/* SPDX-License-Identifier: Apache-2.0 */
/* RSA encryption: shared vectors, OpenSSL in both directions, every wrong padding alike. */
#include "rsa_keys.h"

#include "software/rsa/rsa.h"
#include "support/vectors.h"

#define LENGTH_MAX 1024

static const psa_algorithm_t pkcs1 = PSA_ALG_RSA_PKCS1V15_CRYPT;

static psa_status_t decrypt(const struct test_rsa *rsa, psa_algorithm_t alg, const uint8_t *ciphertext, size_t ciphertext_length,
                            const uint8_t *label, size_t label_length, uint8_t *message, size_t message_size, size_t *message_length)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_rsa_pair(rsa, &attributes);
    *message_length = 0;
    psa_status_t status = sw_asymmetric_encryption_entries.decrypt(NULL, &key, alg, ciphertext, ciphertext_length, label, label_length,
                                                                   message, message_size, message_length);
    assert_true(status == PSA_SUCCESS || *message_length == 0);
    return status;
}

static psa_status_t encrypt(const struct test_rsa *rsa, psa_algorithm_t alg, const uint8_t *message, size_t message_length,
                            const uint8_t *label, size_t label_length, uint8_t *ciphertext)
{
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_rsa_public(rsa, &attributes);
    size_t size = (rsa->bits + 7) / 8, length = 0;
    psa_status_t status = sw_asymmetric_encryption_entries.encrypt(NULL, &key, alg, message, message_length, label, label_length,
                                                                   ciphertext, size, &length);
    assert_int_equal(length, status == PSA_SUCCESS ? size : 0);
    return status;
}

/* ---- Shared vectors ---- */

static void decrypt_file(const char *path, int oaep, size_t cases)
{
    struct test_rsa key = { .openssl = NULL };
    struct vectors *v = vectors_open(path, NULL);
    while (vectors_next(v)) {
        uint8_t message[LENGTH_MAX];
        size_t der_length, length, label_length = 0, expected_length, message_length;
        const uint8_t *der = vectors_hex(v, "privateKeyPkcs8", &der_length);
        const uint8_t *ciphertext = vectors_hex(v, "ct", &length);
        const uint8_t *expected = vectors_hex(v, "msg", &expected_length);
        const uint8_t *label = oaep ? vectors_hex(v, "label", &label_length) : NULL;
        psa_algorithm_t alg = oaep ? PSA_ALG_RSA_OAEP(test_hash_find(vectors_string(v, "sha"))->alg) : pkcs1;
        test_rsa_free(&key);
        test_rsa_from_private(&key, der, der_length);
        psa_status_t status =
            decrypt(&key, alg, ciphertext, length, label, label_length, message, sizeof message, &message_length);
        /* A ciphertext of another length, or not below n, is no argument; its padding is never seen. */
        int in_range = status != PSA_ERROR_INVALID_ARGUMENT;
        if ((vectors_result(v) == VECTORS_VALID) != (status == PSA_SUCCESS) ||
            (status != PSA_SUCCESS && in_range && status != PSA_ERROR_INVALID_PADDING)) {
            fail_msg("%s: %d", vectors_where(v), (int)status);
        }
        if (status == PSA_SUCCESS) {
            assert_int_equal(message_length, expected_length);
            assert_memory_equal(message, expected, expected_length);
        }
    }
    vectors_close(v, cases);
    test_rsa_free(&key);
}

static void vectors_oaep(void **state)
{
    (void)state;
    decrypt_file("rsa/wycheproof-rsa_oaep_2048_sha1_mgf1sha1.json", 1, 36);
    decrypt_file("rsa/wycheproof-rsa_oaep_2048_sha256_mgf1sha256.json", 1, 37);
    decrypt_file("rsa/wycheproof-rsa_oaep_2048_sha512_mgf1sha512.json", 1, 33);
    decrypt_file("rsa/wycheproof-rsa_oaep_3072_sha256_mgf1sha256.json", 1, 37);
    decrypt_file("rsa/wycheproof-rsa_oaep_4096_sha256_mgf1sha256.json", 1, 37);
}

static void vectors_pkcs1(void **state)
{
    (void)state;
    decrypt_file("rsa/wycheproof-rsa_pkcs1_2048.json", 0, 67);
}

/* ---- OpenSSL ---- */

/* hash: NULL for PKCS#1 v1.5. */
static EVP_PKEY_CTX *openssl_context(const struct test_rsa *key, const struct test_hash *hash, const uint8_t *label, size_t label_length,
                                     int to_encrypt)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->openssl, NULL);
    assert_int_equal(to_encrypt ? EVP_PKEY_encrypt_init(context) : EVP_PKEY_decrypt_init(context), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(context, hash != NULL ? RSA_PKCS1_OAEP_PADDING : RSA_PKCS1_PADDING), 1);
    if (hash != NULL) {
        const EVP_MD *md = EVP_get_digestbyname(hash->openssl);
        assert_int_equal(EVP_PKEY_CTX_set_rsa_oaep_md(context, md), 1);
        assert_int_equal(EVP_PKEY_CTX_set_rsa_mgf1_md(context, md), 1);
    }
    if (hash != NULL && label_length != 0) {
        void *copy = OPENSSL_memdup(label, label_length);
        assert_int_equal(EVP_PKEY_CTX_set0_rsa_oaep_label(context, copy, (int)label_length), 1);
    }
    return context;
}

static void both_ways(const struct test_rsa *key, const struct test_hash *hash, size_t message_length, size_t label_length)
{
    uint8_t message[LENGTH_MAX], label[100], ciphertext[LENGTH_MAX], result[LENGTH_MAX];
    size_t length = sizeof ciphertext, result_length = 0;
    psa_algorithm_t alg = hash != NULL ? PSA_ALG_RSA_OAEP(hash->alg) : pkcs1;
    assert_true(RAND_bytes(message, sizeof message) == 1 && RAND_bytes(label, sizeof label) == 1);

    EVP_PKEY_CTX *context = openssl_context(key, hash, label, label_length, 1);
    assert_int_equal(EVP_PKEY_encrypt(context, ciphertext, &length, message, message_length), 1);
    EVP_PKEY_CTX_free(context);
    assert_int_equal(decrypt(key, alg, ciphertext, length, label, label_length, result, message_length, &result_length), PSA_SUCCESS);
    assert_int_equal(result_length, message_length);
    assert_memory_equal(result, message, message_length);

    assert_int_equal(encrypt(key, alg, message, message_length, label, label_length, ciphertext), PSA_SUCCESS);
    context = openssl_context(key, hash, label, label_length, 0);
    result_length = sizeof result;
    assert_int_equal(EVP_PKEY_decrypt(context, result, &result_length, ciphertext, length), 1);
    EVP_PKEY_CTX_free(context);
    assert_int_equal(result_length, message_length);
    assert_memory_equal(result, message, message_length);
}

static void openssl_agrees(void **state)
{
    static const int sizes[] = { 1024, 2048, 1031, 3072 };
    (void)state;
    for (size_t i = 0; i < (test_quick() ? 1 : sizeof sizes / sizeof sizes[0]); i++) {
        struct test_rsa key;
        test_rsa_generate(&key, sizes[i], 65537);
        size_t length = (key.bits + 7) / 8;
        for (size_t n = 0; n <= length - 11; n += (length - 11) / 3) {
            both_ways(&key, NULL, n, 0);
        }
        both_ways(&key, NULL, length - 11, 0);
        for (size_t h = 0; h < TEST_HASHES; h++) {
            size_t hash_length = PSA_HASH_LENGTH(test_hashes[h].alg);
            if (length >= 2 * hash_length + 2) {
                both_ways(&key, &test_hashes[h], 0, 0);
                both_ways(&key, &test_hashes[h], length - 2 * hash_length - 2, 99);
            }
        }
        test_rsa_free(&key);
    }
}

/* ---- Paddings made by hand ---- */

static void encrypt_raw(const struct test_rsa *key, const uint8_t *encoded, uint8_t *ciphertext)
{
    struct math_rsa_key parts;
    assert_int_equal(sw_rsa_read(&parts, PSA_KEY_TYPE_RSA_PUBLIC_KEY, key->public_key, key->public_length), PSA_SUCCESS);
    assert_int_equal(math_rsa_public_vartime(&parts, ciphertext, encoded), PSA_SUCCESS);
}

static psa_status_t decrypt_encoded(const struct test_rsa *key, psa_algorithm_t alg, const uint8_t *encoded, uint8_t *message,
                                    size_t message_size, size_t *message_length)
{
    uint8_t ciphertext[128];
    encrypt_raw(key, encoded, ciphertext);
    return decrypt(key, alg, ciphertext, 128, NULL, 0, message, message_size, message_length);
}

static void pkcs1_paddings(void **state)
{
    struct test_rsa key;
    uint8_t encoded[128], message[128], untouched[128];
    size_t length;
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    memset(message, 0xa5, sizeof message);
    memcpy(untouched, message, sizeof message);
    memset(encoded, 0x77, sizeof encoded);
    encoded[0] = 0;
    encoded[1] = 2;
    for (size_t zero = 2; zero < 128; zero++) {
        encoded[zero] = 0;
        psa_status_t status = decrypt_encoded(&key, pkcs1, encoded, message, 0, &length);
        /* At least eight bytes of padding; then the buffer is too small unless the message is empty. */
        assert_int_equal(status, zero < 10 ? PSA_ERROR_INVALID_PADDING : zero < 127 ? PSA_ERROR_BUFFER_TOO_SMALL : PSA_SUCCESS);
        encoded[zero] = 0x77;
    }
    assert_int_equal(decrypt_encoded(&key, pkcs1, encoded, message, 128, &length), PSA_ERROR_INVALID_PADDING); /* no zero at all */
    encoded[100] = 0;
    for (int value = 0; value < 256; value += 5) {
        encoded[1] = (uint8_t)value;
        assert_int_equal(decrypt_encoded(&key, pkcs1, encoded, message, 128, &length), PSA_ERROR_INVALID_PADDING);
    }
    encoded[1] = 2;
    encoded[0] = 1; /* below n still, whose first byte is at least 0x80 */
    assert_int_equal(decrypt_encoded(&key, pkcs1, encoded, message, 128, &length), PSA_ERROR_INVALID_PADDING);
    encoded[0] = 0;
    assert_memory_equal(message, untouched, sizeof message);
    assert_int_equal(decrypt_encoded(&key, pkcs1, encoded, message, 27, &length), PSA_SUCCESS);
    assert_int_equal(length, 27);
    assert_memory_equal(message, encoded + 101, 27);
    test_rsa_free(&key);
}

/* db: hash of the label, padding, 01, message; the mask is put over it here. */
static psa_status_t decrypt_db(const struct test_rsa *key, const uint8_t *db, uint8_t first, uint8_t *message, size_t *length)
{
    const struct sw_hash *hash = sw_hash_find(PSA_ALG_SHA_256);
    uint8_t encoded[128] = { first };
    memset(encoded + 1, 0x33, 32);
    memcpy(encoded + 33, db, 95);
    sw_rsa_mask(hash, encoded + 33, 95, encoded + 1, 32);
    sw_rsa_mask(hash, encoded + 1, 32, encoded + 33, 95);
    return decrypt_encoded(key, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256), encoded, message, 62, length);
}

static void oaep_paddings(void **state)
{
    struct test_rsa key;
    uint8_t db[95] = { 0 }, message[64];
    size_t length;
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    test_hash(PSA_ALG_SHA_256, db, NULL, 0);
    assert_int_equal(decrypt_db(&key, db, 0, message, &length), PSA_ERROR_INVALID_PADDING); /* no 01 */
    for (size_t one = 32; one < 95; one += 31) {
        db[one] = 1;
        assert_int_equal(decrypt_db(&key, db, 0, message, &length), PSA_SUCCESS);
        assert_int_equal(length, 94 - one);
        db[one] = 0;
    }
    db[50] = 1;
    memset(db + 51, 0x55, 44);
    assert_int_equal(decrypt_db(&key, db, 0, message, &length), PSA_SUCCESS);
    assert_int_equal(length, 44);
    assert_memory_equal(message, db + 51, 44);
    assert_int_equal(decrypt_db(&key, db, 1, message, &length), PSA_ERROR_INVALID_PADDING);
    for (size_t at = 0; at < 51; at++) { /* the hash, a zero, the 01: each decides */
        db[at] ^= 0x40;
        assert_int_equal(decrypt_db(&key, db, 0, message, &length), PSA_ERROR_INVALID_PADDING);
        db[at] ^= 0x40;
    }
    test_rsa_free(&key);
}

static void refused(void **state)
{
    struct test_rsa key;
    uint8_t message[128] = { 0 }, ciphertext[128], label[4] = { 1, 2, 3, 4 };
    psa_key_attributes_t attributes;
    size_t length = 0;
    const psa_algorithm_t oaep = PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256);
    (void)state;
    test_rsa_generate(&key, 1024, 65537);
    assert_int_equal(encrypt(&key, pkcs1, message, 118, NULL, 0, ciphertext), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(encrypt(&key, pkcs1, message, 1, label, 4, ciphertext), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(encrypt(&key, oaep, message, 63, NULL, 0, ciphertext), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(encrypt(&key, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512), message, 0, NULL, 0, ciphertext), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(encrypt(&key, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512) | 0xff, message, 0, NULL, 0, ciphertext), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(encrypt(&key, PSA_ALG_ECDH, message, 0, NULL, 0, ciphertext), PSA_ERROR_NOT_SUPPORTED);
    test_random.status = PSA_ERROR_INSUFFICIENT_ENTROPY;
    assert_int_equal(encrypt(&key, pkcs1, message, 1, NULL, 0, ciphertext), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(encrypt(&key, oaep, message, 1, NULL, 0, ciphertext), PSA_ERROR_INSUFFICIENT_ENTROPY);
    test_random.status = PSA_SUCCESS;
    assert_int_equal(encrypt(&key, oaep, message, 62, label, 4, ciphertext), PSA_SUCCESS);
    assert_int_equal(decrypt(&key, oaep, ciphertext, 127, label, 4, message, 128, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(decrypt(&key, oaep, ciphertext, 128, label, 3, message, 128, &length), PSA_ERROR_INVALID_PADDING);
    assert_int_equal(decrypt(&key, oaep, ciphertext, 128, label, 4, message, 61, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(decrypt(&key, pkcs1, ciphertext, 128, label, 4, message, 128, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(decrypt(&key, oaep, ciphertext, 128, label, 4, ciphertext, 128, &length), PSA_SUCCESS); /* in place */
    assert_int_equal(length, 62);
    memset(ciphertext, 0xff, sizeof ciphertext); /* not below n */
    assert_int_equal(decrypt(&key, oaep, ciphertext, 128, label, 4, message, 128, &length), PSA_ERROR_INVALID_ARGUMENT);

    struct psacrypto_key public_key = test_rsa_public(&key, &attributes);
    assert_int_equal(sw_asymmetric_encryption_entries.decrypt(NULL, &public_key, pkcs1, ciphertext, 128, NULL, 0, message, 128, &length),
                     PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(sw_asymmetric_encryption_entries.encrypt(NULL, &public_key, pkcs1, message, 1, NULL, 0, ciphertext, 127, &length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
    assert_int_equal(sw_asymmetric_encryption_entries.encrypt(NULL, &public_key, pkcs1, message, 1, NULL, 0, ciphertext, 128, &length),
                     PSA_ERROR_NOT_SUPPORTED);
    test_rsa_free(&key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_oaep),   cmocka_unit_test(vectors_pkcs1), cmocka_unit_test(openssl_agrees),
        cmocka_unit_test(pkcs1_paddings), cmocka_unit_test(oaep_paddings), cmocka_unit_test(refused),
    };
    OpenSSL_add_all_digests();
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
