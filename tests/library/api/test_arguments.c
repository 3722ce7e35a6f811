/* SPDX-License-Identifier: Apache-2.0 */
/* Arguments that no call can use: NULL where there are bytes, lengths beyond all memory. And each failure has a reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/diagnostics.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "util/reason.h"

#define HMAC256 PSA_ALG_HMAC(PSA_ALG_SHA_256)
#define ECDSA256 PSA_ALG_ECDSA(PSA_ALG_SHA_256)
#define HKDF256 PSA_ALG_HKDF(PSA_ALG_SHA_256)
#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define HUGE_LENGTH (SIZE_MAX - 3u)

static struct psacrypto_store_ram_space space;
static const uint8_t data[64] = { 1, 2, 3, 4, 5 };
static uint8_t out[256];
static size_t length;

/* The status that is expected, with a reason of its own, and nothing in the output. */
static void refused(psa_status_t status, psa_status_t expected, const char *call, int line)
{
    psacrypto_error_t error = psacrypto_last_error();
    if (status != expected || error.status != expected || error.reason == REASON_STATUS || error.reason == REASON_NONE) {
        print_error("line %d: %s answers %d, expected %d; reason %s for %d\n", line, call, (int)status, (int)expected,
                    psacrypto_reason_name(error.reason), (int)error.status);
        fail();
    }
}

#define REFUSED(call, expected) refused((call), (expected), #call, __LINE__)
#define REFUSED_EMPTY(call, expected) (length = 99, REFUSED(call, expected), assert_int_equal(length, 0))
#define WRONG PSA_ERROR_INVALID_ARGUMENT

static psa_key_id_t key_of(psa_key_type_t type, size_t bits, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 0;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

#define CRYPT (PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT)
#define SIGN (PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH)

static void null_for_hash_and_mac(void **state)
{
    psa_key_id_t key = key_of(PSA_KEY_TYPE_HMAC, 256, HMAC256, SIGN);
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
    psa_mac_operation_t mac = PSA_MAC_OPERATION_INIT;
    (void)state;
    REFUSED_EMPTY(psa_hash_compute(PSA_ALG_SHA_256, NULL, 1, out, 32, &length), WRONG);
    REFUSED(psa_hash_compare(PSA_ALG_SHA_256, NULL, 1, data, 32), WRONG);
    REFUSED(psa_hash_compare(PSA_ALG_SHA_256, data, 1, NULL, 32), WRONG);
    REFUSED(psa_hash_compare(PSA_ALG_SHA_256, data, 1, NULL, 0), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_hash_setup(&hash, PSA_ALG_SHA_256), PSA_SUCCESS);
    REFUSED(psa_hash_update(&hash, NULL, 1), WRONG);
    assert_int_equal(psa_hash_abort(&hash), PSA_SUCCESS);
    assert_int_equal(psa_hash_setup(&hash, PSA_ALG_SHA_256), PSA_SUCCESS);
    assert_int_equal(psa_hash_update(&hash, NULL, 0), PSA_SUCCESS);
    REFUSED(psa_hash_verify(&hash, NULL, 32), WRONG);
    assert_int_equal(psa_hash_abort(&hash), PSA_SUCCESS);
    REFUSED(psa_hash_resume(&hash, NULL, 44), WRONG);
    REFUSED(psa_hash_resume(&hash, NULL, 0), WRONG);

    REFUSED_EMPTY(psa_mac_compute(key, HMAC256, NULL, 1, out, 32, &length), WRONG);
    REFUSED(psa_mac_verify(key, HMAC256, NULL, 1, data, 32), WRONG);
    REFUSED(psa_mac_verify(key, HMAC256, data, 1, NULL, 32), WRONG);
    REFUSED(psa_mac_verify(key, HMAC256, data, 1, NULL, 0), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_mac_verify_setup(&mac, key, HMAC256), PSA_SUCCESS);
    REFUSED(psa_mac_update(&mac, NULL, 1), WRONG);
    assert_int_equal(psa_mac_abort(&mac), PSA_SUCCESS);
    assert_int_equal(psa_mac_verify_setup(&mac, key, HMAC256), PSA_SUCCESS);
    REFUSED(psa_mac_verify_finish(&mac, NULL, 32), WRONG);
    assert_int_equal(psa_mac_abort(&mac), PSA_SUCCESS);
}

static void null_for_ciphers(void **state)
{
    psa_key_id_t ctr = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_CTR, CRYPT), gcm = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, CRYPT);
    psa_key_id_t ecb = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_ECB_NO_PADDING, CRYPT);
    psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
    psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
    (void)state;
    REFUSED_EMPTY(psa_cipher_encrypt(ctr, PSA_ALG_CTR, NULL, 1, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_cipher_decrypt(ctr, PSA_ALG_CTR, NULL, 17, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_cipher_encrypt(ecb, PSA_ALG_ECB_NO_PADDING, data, 15, out, 64, &length), WRONG);
    assert_string_equal(psacrypto_reason_name(psacrypto_last_error().reason), "INPUT_LENGTH");
    REFUSED_EMPTY(psa_cipher_decrypt(ecb, PSA_ALG_ECB_NO_PADDING, data, 17, out, 64, &length), WRONG);
    assert_string_equal(psacrypto_reason_name(psacrypto_last_error().reason), "INPUT_LENGTH");
    assert_int_equal(psa_cipher_encrypt_setup(&cipher, ctr, PSA_ALG_CTR), PSA_SUCCESS);
    REFUSED(psa_cipher_set_iv(&cipher, NULL, 16), WRONG);
    assert_int_equal(psa_cipher_abort(&cipher), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&cipher, ctr, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&cipher, data, 16), PSA_SUCCESS);
    REFUSED_EMPTY(psa_cipher_update(&cipher, NULL, 1, out, 64, &length), WRONG);
    assert_int_equal(psa_cipher_abort(&cipher), PSA_SUCCESS);

    REFUSED_EMPTY(psa_aead_encrypt(gcm, PSA_ALG_GCM, NULL, 12, data, 1, data, 1, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_aead_encrypt(gcm, PSA_ALG_GCM, data, 12, NULL, 1, data, 1, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_aead_encrypt(gcm, PSA_ALG_GCM, data, 12, data, 1, NULL, 1, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_aead_decrypt(gcm, PSA_ALG_GCM, data, 12, data, 1, NULL, 17, out, 64, &length), WRONG);
    assert_int_equal(psa_aead_decrypt_setup(&aead, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    REFUSED(psa_aead_set_nonce(&aead, NULL, 12), WRONG);
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
    assert_int_equal(psa_aead_decrypt_setup(&aead, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&aead, data, 12), PSA_SUCCESS);
    REFUSED(psa_aead_update_ad(&aead, NULL, 1), WRONG);
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
    assert_int_equal(psa_aead_decrypt_setup(&aead, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&aead, data, 12), PSA_SUCCESS);
    REFUSED_EMPTY(psa_aead_verify(&aead, NULL, 0, &length, NULL, 16), WRONG);
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
}

/* No text, and no place for any: the sanitizers see to it that nothing is done with NULL. */
static void nothing_is_encrypted(void **state)
{
    static const struct {
        psa_key_type_t type;
        size_t bits;
        psa_algorithm_t alg;
    } rows[] = {
        { PSA_KEY_TYPE_AES, 128, PSA_ALG_ECB_NO_PADDING },          { PSA_KEY_TYPE_AES, 128, PSA_ALG_CBC_NO_PADDING },
        { PSA_KEY_TYPE_AES, 128, PSA_ALG_CBC_PKCS7 },               { PSA_KEY_TYPE_AES, 128, PSA_ALG_CTR },
        { PSA_KEY_TYPE_AES, 128, PSA_ALG_CFB },                     { PSA_KEY_TYPE_AES, 128, PSA_ALG_OFB },
        { PSA_KEY_TYPE_AES, 128, PSA_ALG_CCM_STAR_NO_TAG },         { PSA_KEY_TYPE_ARC4, 128, PSA_ALG_STREAM_CIPHER },
        { PSA_KEY_TYPE_CHACHA20, 256, PSA_ALG_STREAM_CIPHER },      { PSA_KEY_TYPE_XCHACHA20, 256, PSA_ALG_STREAM_CIPHER },
        { PSA_KEY_TYPE_CAMELLIA, 128, PSA_ALG_ECB_NO_PADDING },     { PSA_KEY_TYPE_DES, 192, PSA_ALG_ECB_NO_PADDING },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_id_t key = key_of(rows[i].type, rows[i].bits, rows[i].alg, CRYPT);
        const size_t size = PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(rows[i].type, rows[i].alg, 0);
        assert_int_equal(psa_cipher_encrypt(key, rows[i].alg, NULL, 0, size == 0 ? NULL : out, size, &length), PSA_SUCCESS);
        assert_int_equal(length, size);
        assert_int_equal(psa_cipher_decrypt(key, rows[i].alg, size == 0 ? NULL : out, size, NULL, 0, &length), PSA_SUCCESS);
        assert_int_equal(length, 0);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void null_for_asymmetric_keys(void **state)
{
    psa_key_id_t key = key_of(P256, 256, ECDSA256, SIGN), ecdh = key_of(P256, 256, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE);
    psa_sign_operation_t sign = PSA_SIGN_OPERATION_INIT;
    psa_verify_operation_t verify = PSA_VERIFY_OPERATION_INIT;
    (void)state;
    REFUSED_EMPTY(psa_sign_hash(key, ECDSA256, NULL, 32, out, 64, &length), WRONG);
    REFUSED(psa_verify_hash(key, ECDSA256, NULL, 32, data, 64), WRONG);
    REFUSED(psa_verify_hash(key, ECDSA256, data, 32, NULL, 64), WRONG);
    REFUSED_EMPTY(psa_sign_message(key, ECDSA256, NULL, 3, out, 64, &length), WRONG);
    REFUSED(psa_verify_message(key, ECDSA256, NULL, 3, data, 64), WRONG);
    REFUSED(psa_verify_message(key, ECDSA256, data, 3, NULL, 64), WRONG);
    assert_int_equal(psa_sign_setup(&sign, key, ECDSA256), PSA_SUCCESS);
    assert_int_equal(psa_sign_update(&sign, NULL, 0), PSA_SUCCESS);
    REFUSED(psa_sign_update(&sign, NULL, 3), WRONG);
    assert_int_equal(psa_sign_abort(&sign), PSA_SUCCESS);
    REFUSED(psa_verify_setup(&verify, key, ECDSA256, NULL, 64), WRONG);
    assert_int_equal(psa_verify_setup(&verify, key, ECDSA256, data, 64), PSA_SUCCESS);
    REFUSED(psa_verify_update(&verify, NULL, 3), WRONG);
    assert_int_equal(psa_verify_abort(&verify), PSA_SUCCESS);
    REFUSED_EMPTY(psa_raw_key_agreement(PSA_ALG_ECDH, ecdh, NULL, 65, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_raw_key_agreement(PSA_ALG_ECDH, ecdh, data, 64, out, 64, &length), WRONG);
}

static void null_for_keys_and_derivations(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t key = 5, aes = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, PSA_KEY_USAGE_EXPORT);
    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    REFUSED(psa_import_key(&attributes, NULL, 16, &key), WRONG);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    REFUSED(psa_import_key(&attributes, data, 0, &key), WRONG);
    REFUSED(psa_import_key(&attributes, data, 17, &key), WRONG);
    REFUSED_EMPTY(psa_export_key(aes, NULL, 16, &length), WRONG);
    REFUSED_EMPTY(psa_export_key(aes, out, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    REFUSED_EMPTY(psa_export_public_key(aes, out, 64, &length), WRONG);
    REFUSED(psa_generate_random(NULL, 1), WRONG);
    assert_int_equal(psa_generate_random(NULL, 0), PSA_SUCCESS);
    assert_int_equal(psa_key_derivation_setup(&operation, HKDF256), PSA_SUCCESS);
    REFUSED(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, NULL, 3), WRONG);
    assert_int_equal(psa_key_derivation_abort(&operation), PSA_SUCCESS);
}

/* Keys of every kind of wrong size; a length that no memory holds is refused before anything is done with it. */
static void lengths_beyond_memory(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key, gcm = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, CRYPT), cbc = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_CBC_PKCS7, CRYPT);
    psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    REFUSED(psa_import_key(&attributes, data, HUGE_LENGTH, &key), WRONG);
    REFUSED(psa_import_key(&attributes, data, (size_t)1 << 29, &key), WRONG);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_HMAC);
    REFUSED(psa_import_key(&attributes, data, 8192, &key), WRONG); /* 65536 bits */
    REFUSED_EMPTY(psa_aead_encrypt(gcm, PSA_ALG_GCM, data, 12, NULL, 0, data, HUGE_LENGTH, out, sizeof(out), &length), WRONG);
    REFUSED_EMPTY(psa_aead_decrypt(gcm, PSA_ALG_GCM, data, 12, NULL, 0, data, HUGE_LENGTH, out, sizeof(out), &length),
                  PSA_ERROR_BUFFER_TOO_SMALL);
    REFUSED_EMPTY(psa_cipher_encrypt(cbc, PSA_ALG_CBC_PKCS7, data, HUGE_LENGTH, out, sizeof(out), &length), WRONG);
    assert_int_equal(psa_aead_encrypt_setup(&aead, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_lengths(&aead, SIZE_MAX, 16), PSA_SUCCESS);
    if (SIZE_MAX > UINT32_MAX) {
        REFUSED(psa_aead_set_nonce(&aead, data, 12), WRONG); /* more than GCM authenticates */
    }
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
    assert_int_equal(psa_aead_encrypt_setup(&aead, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_lengths(&aead, 1000, 16), PSA_SUCCESS);
    assert_int_equal(psa_aead_set_nonce(&aead, data, 12), PSA_SUCCESS);
    REFUSED_EMPTY(psa_aead_update(&aead, data, 16, out, sizeof(out), &length), WRONG);
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
}

/* The nonce that is drawn leaves room for the message (PSA_ALG_CCM). */
static void ccm_draws_the_nonce_that_its_message_needs(void **state)
{
    static const struct {
        uint64_t message;
        size_t nonce;
    } cases[] = { { 0, 13 }, { 0xffff, 13 }, { 0x10000, 12 }, { 0xffffff, 12 }, { 0x1000000, 11 }, { 0x100000000, 10 } };
    psa_key_id_t key = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_CCM, CRYPT);
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]) && cases[i].message <= SIZE_MAX; i++) {
        psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
        assert_int_equal(psa_aead_encrypt_setup(&aead, key, PSA_ALG_CCM), PSA_SUCCESS);
        assert_int_equal(psa_aead_set_lengths(&aead, 0, (size_t)cases[i].message), PSA_SUCCESS);
        assert_int_equal(psa_aead_generate_nonce(&aead, out, cases[i].nonce, &length), PSA_SUCCESS);
        assert_int_equal(length, cases[i].nonce);
        assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
    }
}

/* The usual mistakes, found out by the driver: outputs that are too short, pieces of blocks. */
static void what_the_driver_finds(void **state)
{
    psa_key_id_t cbc = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_CBC_NO_PADDING, CRYPT), gcm = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM, CRYPT);
    psa_key_id_t padded = key_of(PSA_KEY_TYPE_AES, 128, PSA_ALG_CBC_PKCS7, CRYPT);
    psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
    psa_aead_operation_t aead = PSA_AEAD_OPERATION_INIT;
    (void)state;
    REFUSED_EMPTY(psa_cipher_encrypt(cbc, PSA_ALG_CBC_NO_PADDING, data, 17, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_cipher_encrypt(cbc, PSA_ALG_CBC_NO_PADDING, data, 16, out, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    REFUSED_EMPTY(psa_cipher_decrypt(cbc, PSA_ALG_CBC_NO_PADDING, data, 33, out, 64, &length), WRONG);
    REFUSED_EMPTY(psa_cipher_decrypt(padded, PSA_ALG_CBC_PKCS7, data, 16, out, 64, &length), WRONG);
    assert_int_equal(psa_cipher_encrypt_setup(&cipher, cbc, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    REFUSED(psa_cipher_set_iv(&cipher, data, 15), WRONG);
    assert_int_equal(psa_cipher_abort(&cipher), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&cipher, cbc, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    REFUSED_EMPTY(psa_cipher_generate_iv(&cipher, out, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_cipher_abort(&cipher), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&cipher, cbc, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    assert_int_equal(psa_cipher_generate_iv(&cipher, out, 16, &length), PSA_SUCCESS);
    REFUSED_EMPTY(psa_cipher_update(&cipher, data, 32, out, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_cipher_abort(&cipher), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&cipher, cbc, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    assert_int_equal(psa_cipher_generate_iv(&cipher, out, 16, &length), PSA_SUCCESS);
    assert_int_equal(psa_cipher_update(&cipher, data, 17, out, 64, &length), PSA_SUCCESS);
    REFUSED_EMPTY(psa_cipher_finish(&cipher, out, 64, &length), WRONG);
    assert_int_equal(psa_cipher_abort(&cipher), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&cipher, padded, PSA_ALG_CBC_PKCS7), PSA_SUCCESS);
    assert_int_equal(psa_cipher_generate_iv(&cipher, out, 16, &length), PSA_SUCCESS);
    REFUSED_EMPTY(psa_cipher_finish(&cipher, out, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_cipher_abort(&cipher), PSA_SUCCESS);
    assert_int_equal(psa_aead_encrypt_setup(&aead, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    REFUSED_EMPTY(psa_aead_generate_nonce(&aead, out, 11, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
    assert_int_equal(psa_aead_encrypt_setup(&aead, gcm, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(psa_aead_generate_nonce(&aead, out, 12, &length), PSA_SUCCESS);
    REFUSED_EMPTY(psa_aead_update(&aead, data, 32, out, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(psa_aead_abort(&aead), PSA_SUCCESS);
}

/* A reason never outlives its call: what was tried on the way to a success explains no later failure. */
static void reasons_are_of_their_call(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    (void)state;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_id(&attributes, 77);
    assert_int_equal(psa_import_key(&attributes, data, 16, &key), PSA_SUCCESS); /* looked for, and not found, first */
    assert_int_equal(reason_close(PSA_ERROR_DOES_NOT_EXIST), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(psacrypto_last_error().reason, REASON_STATUS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void nothing_before_init(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
    psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
    psa_key_derivation_operation_t derivation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t key;
    (void)state;
    psacrypto_shutdown();
    REFUSED(psa_import_key(&attributes, data, 16, &key), PSA_ERROR_BAD_STATE);
    REFUSED(psa_generate_key(&attributes, &key), PSA_ERROR_BAD_STATE);
    REFUSED(psa_copy_key(1, &attributes, &key), PSA_ERROR_BAD_STATE);
    REFUSED(psa_destroy_key(1), PSA_ERROR_BAD_STATE);
    REFUSED(psa_purge_key(1), PSA_ERROR_BAD_STATE);
    REFUSED(psa_get_key_attributes(1, &attributes), PSA_ERROR_BAD_STATE);
    REFUSED_EMPTY(psa_export_key(1, out, 64, &length), PSA_ERROR_BAD_STATE);
    REFUSED_EMPTY(psa_hash_compute(PSA_ALG_SHA_256, data, 1, out, 32, &length), PSA_ERROR_BAD_STATE);
    REFUSED(psa_hash_setup(&hash, PSA_ALG_SHA_256), PSA_ERROR_BAD_STATE);
    REFUSED(psa_cipher_encrypt_setup(&cipher, 1, PSA_ALG_CTR), PSA_ERROR_BAD_STATE);
    REFUSED_EMPTY(psa_sign_hash(1, ECDSA256, data, 32, out, 64, &length), PSA_ERROR_BAD_STATE);
    REFUSED(psa_key_derivation_setup(&derivation, HKDF256), PSA_ERROR_BAD_STATE);
    REFUSED(psa_generate_random(out, 16), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

static int start(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &space) == PSA_SUCCESS && psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(null_for_hash_and_mac),
        cmocka_unit_test(null_for_ciphers), cmocka_unit_test(nothing_is_encrypted),
        cmocka_unit_test(null_for_asymmetric_keys),
        cmocka_unit_test(null_for_keys_and_derivations),
        cmocka_unit_test(lengths_beyond_memory),
        cmocka_unit_test(ccm_draws_the_nonce_that_its_message_needs),
        cmocka_unit_test(what_the_driver_finds),
        cmocka_unit_test(reasons_are_of_their_call),
        cmocka_unit_test(nothing_before_init),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
