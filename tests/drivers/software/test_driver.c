/* SPDX-License-Identifier: Apache-2.0 */
/* The software driver as a whole: what its struct offers, and keys that are bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "services.h"

static const struct psacrypto_driver *const driver = &psacrypto_software_driver;

static void contract(void **state)
{
    (void)state;
    assert_int_equal(driver->abi, PSACRYPTO_DRIVER_ABI);
    assert_int_equal(driver->size, sizeof(struct psacrypto_driver));
    assert_int_equal(driver->flags, 0);
    assert_string_equal(driver->name, "software");
    assert_non_null(driver->key_management);
    assert_non_null(driver->hash);
    assert_non_null(driver->mac);
    assert_non_null(driver->cipher);
    assert_non_null(driver->aead);
    assert_non_null(driver->sign);
    assert_non_null(driver->key_agreement);
    assert_non_null(driver->key_derivation);
    /* Transparent: the blob is the export format, and entropy is the platform's. */
    assert_null(driver->blob_size);
    assert_null(driver->key_management->export_key);
    assert_null(driver->get_entropy);
}

static size_t context_size(psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type)
{
    return driver->context_size(NULL, family, alg, type, 0);
}

/* Every context lies inline in its operation object, so that no operation of this driver allocates. */
static void context_sizes(void **state)
{
    static const psa_algorithm_t hashes[] = { PSA_ALG_SHA_224, PSA_ALG_SHA_256, PSA_ALG_SHA_384, PSA_ALG_SHA_512,
                                              PSA_ALG_SHA_512_224, PSA_ALG_SHA_512_256 };
    static const psa_algorithm_t ciphers[] = { PSA_ALG_CTR, PSA_ALG_CBC_NO_PADDING, PSA_ALG_CBC_PKCS7, PSA_ALG_ECB_NO_PADDING };
    (void)state;
    for (size_t i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
        assert_in_range(context_size(PSACRYPTO_FAMILY_HASH, hashes[i], 0), 1, PSACRYPTO_HASH_CONTEXT_SIZE);
        assert_in_range(context_size(PSACRYPTO_FAMILY_MAC, PSA_ALG_HMAC(hashes[i]), PSA_KEY_TYPE_HMAC), 1, PSACRYPTO_MAC_CONTEXT_SIZE);
        assert_true(context_size(PSACRYPTO_FAMILY_KEY_DERIVATION, PSA_ALG_HKDF(hashes[i]), 0) > 0);
    }
    for (size_t i = 0; i < sizeof ciphers / sizeof ciphers[0]; i++) {
        assert_in_range(context_size(PSACRYPTO_FAMILY_CIPHER, ciphers[i], PSA_KEY_TYPE_AES), 1, PSACRYPTO_CIPHER_CONTEXT_SIZE);
    }
    assert_in_range(context_size(PSACRYPTO_FAMILY_AEAD, PSA_ALG_GCM, PSA_KEY_TYPE_AES), 1, PSACRYPTO_AEAD_CONTEXT_SIZE);
    assert_in_range(context_size(PSACRYPTO_FAMILY_AEAD, PSA_ALG_CCM, PSA_KEY_TYPE_AES), 1, PSACRYPTO_AEAD_CONTEXT_SIZE);
    assert_in_range(context_size(PSACRYPTO_FAMILY_AEAD, PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20), 1,
                    PSACRYPTO_AEAD_CONTEXT_SIZE);

    assert_int_equal(context_size(PSACRYPTO_FAMILY_HASH, PSA_ALG_ANY_HASH, 0), 0);
    assert_int_equal(context_size(PSACRYPTO_FAMILY_HASH, PSA_ALG_GCM, 0), 0);
    assert_int_equal(context_size(PSACRYPTO_FAMILY_MAC, PSA_ALG_HMAC(PSA_ALG_SHAKE128_256), PSA_KEY_TYPE_HMAC), 0);
    assert_int_equal(context_size(PSACRYPTO_FAMILY_CIPHER, PSA_ALG_CCM_STAR_NO_TAG, PSA_KEY_TYPE_DES), 0);
    assert_int_equal(context_size(PSACRYPTO_FAMILY_AEAD, PSA_ALG_GCM, PSA_KEY_TYPE_CHACHA20), 0);
    assert_int_equal(context_size(PSACRYPTO_FAMILY_SIGN, PSA_ALG_ECDSA_ANY, 0), 0);
    assert_int_equal(context_size(PSACRYPTO_FAMILY_KEY_AGREEMENT, PSA_ALG_ECDH, 0), 0);
    assert_int_equal(context_size(PSACRYPTO_FAMILY_PAKE, PSA_ALG_ECDSA_ANY, 0), 0);
}

/* Families without operations in parts say there whether they can do it. */
static void what_is_there(void **state)
{
    const psa_key_type_t pair = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    const psa_key_type_t public = PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1);
    const struct {
        psacrypto_family_t family;
        psa_algorithm_t alg;
        psa_key_type_t type;
        size_t bits;
        int there;
    } cases[] = {
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_ECDSA_ANY, pair, 256, 1 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_ECDSA(PSA_ALG_SHA_256), public, 256, 1 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_384), pair, 256, 1 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHAKE128_256), pair, 256, 0 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_ECDSA_ANY, pair, 255, 0 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_ECDSA_ANY, PSA_KEY_TYPE_RSA_KEY_PAIR, 256, 0 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, PSA_KEY_TYPE_RSA_KEY_PAIR, 2048, 1 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_RSA_PSS(PSA_ALG_SHA_256), PSA_KEY_TYPE_RSA_PUBLIC_KEY, 1024, 1 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHAKE256_512), PSA_KEY_TYPE_RSA_KEY_PAIR, 2048, 0 },
        { PSACRYPTO_FAMILY_SIGN, PSA_ALG_RSA_PKCS1V15_SIGN_RAW, PSA_KEY_TYPE_RSA_KEY_PAIR, 512, 0 },
        { PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION, PSA_ALG_RSA_PKCS1V15_CRYPT, PSA_KEY_TYPE_RSA_KEY_PAIR, 2048, 1 },
        { PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512), PSA_KEY_TYPE_RSA_PUBLIC_KEY, 2048, 1 },
        { PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512), PSA_KEY_TYPE_RSA_PUBLIC_KEY, 1024, 0 },
        { PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION, PSA_ALG_RSA_PKCS1V15_CRYPT, pair, 256, 0 },
        { PSACRYPTO_FAMILY_KEY_AGREEMENT, PSA_ALG_ECDH, pair, 256, 1 },
        { PSACRYPTO_FAMILY_KEY_AGREEMENT, PSA_ALG_ECDH, pair, 193, 0 },
        { PSACRYPTO_FAMILY_KEY_AGREEMENT, PSA_ALG_ECDH, public, 256, 0 },
        { PSACRYPTO_FAMILY_KEY_AGREEMENT, PSA_ALG_FFDH, pair, 256, 0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t size = driver->context_size(NULL, cases[i].family, cases[i].alg, cases[i].type, cases[i].bits);
        assert_int_equal(size != 0, cases[i].there);
    }
}

/* Which algorithms have something to prepare, and that another's key has not. */
static void prepared(void **state)
{
    static const uint8_t bytes[32] = { 1, 2, 3 };
    psa_key_attributes_t aes_attributes, hmac_attributes, ecc_attributes;
    struct psacrypto_key aes = test_key(&aes_attributes, PSA_KEY_TYPE_AES, 256, bytes, 32);
    struct psacrypto_key hmac = test_key(&hmac_attributes, PSA_KEY_TYPE_HMAC, 256, bytes, 32);
    struct psacrypto_key ecc = test_key(&ecc_attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, bytes, 32);
    (void)state;
    assert_true(driver->prepared_size(NULL, &aes, PSA_ALG_GCM) > 0);
    assert_true(driver->prepared_size(NULL, &aes, PSA_ALG_CTR) > 0);
    assert_true(driver->prepared_size(NULL, &hmac, PSA_ALG_HMAC(PSA_ALG_SHA_256)) > 0);
    assert_int_equal(driver->prepared_size(NULL, &ecc, PSA_ALG_ECDSA_ANY), 0);
    assert_int_equal(driver->prepared_size(NULL, &ecc, PSA_ALG_ECDH), 0);
    assert_int_equal(driver->prepared_size(NULL, &hmac, PSA_ALG_HKDF(PSA_ALG_SHA_256)), 0);
    assert_int_equal(driver->prepare(NULL, &ecc, PSA_ALG_ECDH, NULL), PSA_ERROR_NOT_SUPPORTED);

    const struct {
        const struct psacrypto_key *key;
        psa_algorithm_t alg;
    } cases[] = { { &aes, PSA_ALG_GCM }, { &aes, PSA_ALG_CTR }, { &hmac, PSA_ALG_HMAC(PSA_ALG_SHA_256) } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t size = driver->prepared_size(NULL, cases[i].key, cases[i].alg);
        uint8_t *memory = malloc(size + 63u);
        void *aligned = (void *)(((uintptr_t)memory + 63u) & ~(uintptr_t)63u);
        assert_int_equal(driver->prepare(NULL, cases[i].key, cases[i].alg, aligned), PSA_SUCCESS);
        free(memory);
    }
}

static void random_before_open(void **state)
{
    uint8_t byte;
    (void)state;
    driver->close(NULL);
    assert_int_equal(sw_random(&byte, 1), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(driver_setup(NULL), 0);
    assert_int_equal(sw_random(&byte, 1), PSA_SUCCESS);
}

/* ---- Keys that are bytes ---- */

static psa_status_t import(psa_key_type_t type, size_t bits, size_t length, size_t *bits_out)
{
    static uint8_t data[9000], blob[9000];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    size_t blob_length = 0;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    memset(data, 0x77, sizeof data);
    memset(blob, 0, sizeof blob);
    *bits_out = bits;
    psa_status_t status = driver->key_management->import(NULL, &attributes, 0, data, length, blob, sizeof blob, &blob_length, bits_out);
    if (status == PSA_SUCCESS) {
        assert_int_equal(blob_length, length);
        assert_int_equal(*bits_out, 8 * length);
        assert_memory_equal(blob, data, length);
    }
    return status;
}

static psa_status_t generate(psa_key_type_t type, size_t bits, size_t *length)
{
    static uint8_t blob[9000];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    *length = 0;
    return driver->key_management->generate(NULL, &attributes, 0, NULL, NULL, 0, blob, sizeof blob, length);
}

static int any_length(size_t length)
{
    return length >= 1 && length <= 8191;
}

static int aes_length(size_t length)
{
    return length == 16 || length == 24 || length == 32 || length == 48 || length == 64; /* those of XTS are two keys */
}

static int chacha20_length(size_t length)
{
    return length == 32;
}

static int sm4_length(size_t length)
{
    return length == 16 || length == 32;
}

static int ascon_length(size_t length)
{
    return length == 16 || length == 32; /* with nonce masking */
}

static int arc4_length(size_t length)
{
    return length >= 5 && length <= 256;
}

static const struct {
    psa_key_type_t type;
    int (*valid)(size_t length);
} byte_types[] = {
    { PSA_KEY_TYPE_RAW_DATA, any_length },
    { PSA_KEY_TYPE_DERIVE, any_length },
    { PSA_KEY_TYPE_PASSWORD, any_length },
    { PSA_KEY_TYPE_PASSWORD_HASH, any_length },
    { PSA_KEY_TYPE_PEPPER, any_length },
    { PSA_KEY_TYPE_HMAC, any_length }, /* beyond the block of any hash as well: kept as given */
    { PSA_KEY_TYPE_AES, aes_length },
    { PSA_KEY_TYPE_ARIA, aes_length },
    { PSA_KEY_TYPE_CAMELLIA, aes_length },
    { PSA_KEY_TYPE_SM4, sm4_length },
    { PSA_KEY_TYPE_CHACHA20, chacha20_length },
    { PSA_KEY_TYPE_XCHACHA20, chacha20_length },
    { PSA_KEY_TYPE_ARC4, arc4_length },
    { PSA_KEY_TYPE_ASCON, ascon_length },
};

static void byte_keys(void **state)
{
    static const size_t long_lengths[] = { 200, 1000, 8189, 8190, 8191, 8192, 9000 };
    size_t bits, length;
    (void)state;
    for (size_t i = 0; i < sizeof byte_types / sizeof byte_types[0]; i++) {
        psa_key_type_t type = byte_types[i].type;
        for (size_t n = 0; n < 80 + sizeof long_lengths / sizeof long_lengths[0]; n++) {
            size_t tried = n < 80 ? n : long_lengths[n - 80];
            psa_status_t expected = byte_types[i].valid(tried) ? PSA_SUCCESS : PSA_ERROR_INVALID_ARGUMENT;
            assert_int_equal(import(type, 0, tried, &bits), expected);
            if (tried * 8 < 0xfff8) {
                assert_int_equal(import(type, 8 * tried, tried, &bits), expected);
                assert_int_equal(generate(type, 8 * tried, &length), expected);
                assert_int_equal(length, expected == PSA_SUCCESS ? tried : 0);
            }
        }
        assert_int_equal(import(type, 128, 32, &bits), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(generate(type, 255, &length), PSA_ERROR_INVALID_ARGUMENT);
        assert_int_equal(generate(type, 257, &length), PSA_ERROR_INVALID_ARGUMENT);
    }
    assert_int_equal(import(PSA_KEY_TYPE_NONE, 0, 8, &bits), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(import(PSA_KEY_TYPE_RSA_KEY_PAIR, 0, 8, &bits), PSA_ERROR_INVALID_ARGUMENT);
}

static psa_status_t counting_draw(void *source, uint8_t *output, size_t output_length)
{
    uint8_t *next = source;
    for (size_t i = 0; i < output_length; i++) {
        output[i] = (*next)++;
    }
    return *next > 100 ? PSA_ERROR_INSUFFICIENT_DATA : PSA_SUCCESS;
}

static void derive_bytes(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t next = 5, blob[100] = { 0 }, zero[100] = { 0 };
    size_t length = 0;
    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 192);
    assert_int_equal(driver->key_management->derive(NULL, &attributes, 0, counting_draw, &next, blob, sizeof blob, &length), PSA_SUCCESS);
    assert_int_equal(length, 24);
    assert_int_equal(next, 29);
    assert_int_equal(blob[0], 5);
    assert_int_equal(blob[23], 28);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_DERIVE);
    psa_set_key_bits(&attributes, 800);
    length = 77;
    assert_int_equal(driver->key_management->derive(NULL, &attributes, 0, counting_draw, &next, blob, sizeof blob, &length),
                     PSA_ERROR_INSUFFICIENT_DATA);
    assert_int_equal(length, 77);
    assert_memory_equal(blob, zero, sizeof blob); /* nothing of a key that was not made */
    assert_int_equal(driver->key_management->derive(NULL, &attributes, 0, counting_draw, &next, blob, 99, &length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
}

static void no_public_part(void **state)
{
    static const uint8_t bytes[16] = { 1 };
    psa_key_attributes_t attributes;
    struct psacrypto_key key = test_key(&attributes, PSA_KEY_TYPE_AES, 128, bytes, 16);
    uint8_t data[64];
    size_t length;
    (void)state;
    assert_int_equal(driver->key_management->export_public_key(NULL, &key, data, sizeof data, &length), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RSA_KEY_PAIR);
    assert_int_equal(driver->key_management->export_public_key(NULL, &key, data, sizeof data, &length), PSA_ERROR_INVALID_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contract),       cmocka_unit_test(context_sizes), cmocka_unit_test(prepared),
        cmocka_unit_test(random_before_open), cmocka_unit_test(byte_keys), cmocka_unit_test(derive_bytes),
        cmocka_unit_test(no_public_part), cmocka_unit_test(what_is_there),
    };
    return cmocka_run_group_tests(tests, driver_setup, driver_teardown);
}
