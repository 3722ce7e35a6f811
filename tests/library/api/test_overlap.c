/* SPDX-License-Identifier: Apache-2.0 */
/* Overlapping buffers give the result of disjoint ones: every distance, every operation that writes an output. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>

#define MIDDLE 128
#define ARENA 512
#define REACH 70

static const uint8_t nonce[13] = { 9, 8, 7 };
static psa_key_id_t aes_key, hmac_key, ecc_key;
static psa_algorithm_t aes_alg;

static void fill(uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        data[i] = (uint8_t)(i * 31u + 7u);
    }
}

static psa_key_id_t import(psa_key_type_t type, psa_algorithm_t alg, psa_key_usage_t usage, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t data[32];
    psa_key_id_t key = 0;
    fill(data, sizeof(data));
    psa_set_key_type(&attributes, type);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    assert_int_equal(psa_import_key(&attributes, data, length, &key), PSA_SUCCESS);
    return key;
}

static void use_aes(psa_algorithm_t alg)
{
    assert_int_equal(psa_destroy_key(aes_key), PSA_SUCCESS);
    aes_alg = alg;
    aes_key = import(PSA_KEY_TYPE_AES, alg, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, 16);
}

/* One operation: reads `length` bytes of input, writes output. */
typedef psa_status_t (*operation_t)(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written);

static void check(operation_t operation, const uint8_t *input, size_t length)
{
    uint8_t expected[ARENA];
    size_t expected_length = 0;
    assert_int_equal(operation(input, length, expected, sizeof(expected), &expected_length), PSA_SUCCESS);
    for (int distance = -REACH; distance <= REACH; distance++) {
        uint8_t arena[ARENA];
        size_t written = 0;
        uint8_t *output = arena + MIDDLE + distance;
        memcpy(arena + MIDDLE, input, length);
        assert_int_equal(operation(arena + MIDDLE, length, output, expected_length, &written), PSA_SUCCESS);
        assert_int_equal(written, expected_length);
        if (memcmp(output, expected, expected_length) != 0) {
            fail_msg("algorithm %08x, %zu bytes, distance %d", (unsigned)aes_alg, length, distance);
        }
    }
}

static psa_status_t seal(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_aead_encrypt(aes_key, aes_alg, nonce, 12, NULL, 0, input, length, output, size, written);
}

static psa_status_t unseal(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_aead_decrypt(aes_key, aes_alg, nonce, 12, NULL, 0, input, length, output, size, written);
}

/* The additional data, and the nonce, are what lies under the output. */
static psa_status_t seal_ad(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_aead_encrypt(aes_key, aes_alg, nonce, 12, input, length, nonce, sizeof(nonce), output, size, written);
}

static psa_status_t seal_nonce(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    (void)length;
    return psa_aead_encrypt(aes_key, aes_alg, input, 12, NULL, 0, nonce, sizeof(nonce), output, size, written);
}

/* In parts, the cut at every place in turn. */
static size_t cut;

static psa_status_t seal_in_parts(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    uint8_t tag[16];
    size_t tag_length;
    psa_status_t status = psa_aead_encrypt_setup(&operation, aes_key, aes_alg);
    if (status == PSA_SUCCESS) {
        status = psa_aead_set_lengths(&operation, 0, cut + length);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_set_nonce(&operation, nonce, 12);
    }
    if (status == PSA_SUCCESS) {
        uint8_t first[16];
        status = psa_aead_update(&operation, nonce, cut, first, sizeof(first), written);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_update(&operation, input, length, output, size, written);
    }
    if (status == PSA_SUCCESS) {
        size_t none;
        status = psa_aead_finish(&operation, NULL, 0, &none, tag, sizeof(tag), &tag_length);
    }
    (void)psa_aead_abort(&operation);
    return status;
}

static psa_status_t update_cipher(int decrypt, const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    uint8_t first[32];
    size_t none;
    psa_status_t status = (decrypt ? psa_cipher_decrypt_setup : psa_cipher_encrypt_setup)(&operation, aes_key, aes_alg);
    if (status == PSA_SUCCESS && aes_alg != PSA_ALG_ECB_NO_PADDING) {
        uint8_t iv[16] = { 1 };
        status = psa_cipher_set_iv(&operation, iv, 16);
    }
    if (status == PSA_SUCCESS) {
        status = psa_cipher_update(&operation, nonce, cut, first, sizeof(first), &none);
    }
    if (status == PSA_SUCCESS) {
        status = psa_cipher_update(&operation, input, length, output, size, written);
    }
    (void)psa_cipher_abort(&operation);
    return status;
}

static psa_status_t encrypt_in_parts(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return update_cipher(0, input, length, output, size, written);
}

static psa_status_t decrypt_in_parts(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return update_cipher(1, input, length, output, size, written);
}

static psa_status_t decrypt(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_cipher_decrypt(aes_key, aes_alg, input, length, output, size, written);
}

/* The IV is random: what is compared is what comes back. */
static psa_status_t encrypt_and_back(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    uint8_t plain[ARENA];
    size_t plain_length = 0;
    (void)size;
    psa_status_t status = psa_cipher_encrypt(aes_key, aes_alg, input, length, output, 200, written);
    if (status == PSA_SUCCESS) {
        status = psa_cipher_decrypt(aes_key, aes_alg, output, *written, plain, sizeof(plain), &plain_length);
    }
    memcpy(output, plain, plain_length);
    *written = plain_length;
    return status;
}

static psa_status_t hash(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_hash_compute(PSA_ALG_SHA_512, input, length, output, size, written);
}

static psa_status_t mac(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_mac_compute(hmac_key, PSA_ALG_HMAC(PSA_ALG_SHA_256), input, length, output, size, written);
}

static psa_status_t sign(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_sign_hash(ecc_key, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), input, length, output, size, written);
}

static psa_status_t sign_message(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_sign_message(ecc_key, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256), input, length, output, size, written);
}

static psa_status_t agree(const uint8_t *input, size_t length, uint8_t *output, size_t size, size_t *written)
{
    return psa_raw_key_agreement(PSA_ALG_ECDH, ecc_key, input, length, output, size, written);
}

static void aead(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_GCM, PSA_ALG_CCM, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12) };
    static const size_t lengths[] = { 1, 15, 16, 17, 33, 64 };
    uint8_t input[64], sealed[ARENA];
    size_t length;
    (void)state;
    fill(input, sizeof(input));
    for (size_t a = 0; a < sizeof(algs) / sizeof(algs[0]); a++) {
        use_aes(algs[a]);
        for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
            check(seal, input, lengths[i]);
            check(seal_ad, input, lengths[i]);
            assert_int_equal(seal(input, lengths[i], sealed, sizeof(sealed), &length), PSA_SUCCESS);
            check(unseal, sealed, length);
        }
        check(seal_nonce, input, 12);
        for (cut = 0; cut < 13; cut += 4) {
            check(seal_in_parts, input, 50);
        }
    }
}

static void ciphers(void **state)
{
    static const psa_algorithm_t algs[] = { PSA_ALG_CTR, PSA_ALG_CBC_NO_PADDING, PSA_ALG_CBC_PKCS7, PSA_ALG_ECB_NO_PADDING };
    uint8_t input[64], sealed[ARENA];
    size_t length;
    (void)state;
    fill(input, sizeof(input));
    for (size_t a = 0; a < sizeof(algs) / sizeof(algs[0]); a++) {
        use_aes(algs[a]);
        check(encrypt_and_back, input, 64);
        assert_int_equal(psa_cipher_encrypt(aes_key, aes_alg, input, 64, sealed, sizeof(sealed), &length), PSA_SUCCESS);
        check(decrypt, sealed, length);
        for (cut = 0; cut < 13; cut++) {
            check(encrypt_in_parts, input, 64);
            check(decrypt_in_parts, input, 64);
        }
    }
}

static void short_outputs(void **state)
{
    uint8_t input[64], point[65];
    size_t length;
    (void)state;
    fill(input, sizeof(input));
    check(hash, input, 64);
    check(mac, input, 64);
    check(sign, input, 32);
    check(sign_message, input, 64);
    assert_int_equal(psa_export_public_key(ecc_key, point, sizeof(point), &length), PSA_SUCCESS);
    check(agree, point, length);
}

static int start(void **state)
{
    (void)state;
    if (psa_crypto_init() != PSA_SUCCESS) {
        return -1;
    }
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t scalar[32] = { 0 };
    scalar[31] = 77;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_algorithm(&attributes, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256));
    attributes.private_alg2 = PSA_ALG_ECDH;
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_DERIVE);
    hmac_key = import(PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(PSA_ALG_SHA_256), PSA_KEY_USAGE_SIGN_MESSAGE, 32);
    return psa_import_key(&attributes, scalar, sizeof(scalar), &ecc_key) == PSA_SUCCESS ? 0 : -1;
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
        cmocka_unit_test(aead),
        cmocka_unit_test(ciphers),
        cmocka_unit_test(short_outputs),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
