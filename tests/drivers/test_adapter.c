/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A transparent driver written to the Driver Interface, fitted by psacrypto/driver_adapter.h: its answers must be those of the driver
 * that computes for it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <psacrypto/driver_adapter.h>

#include "adapter_acme.h"

/* ---- The glue: what an integrator writes ---- */

/* Stands for the capabilities of acme's description. */
static int acme_can(psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    switch ((int)family) {
    case PSACRYPTO_FAMILY_HASH:
        return alg == PSA_ALG_SHA_256;
    case PSACRYPTO_FAMILY_MAC:
        return alg == HMAC && type == PSA_KEY_TYPE_HMAC;
    case PSACRYPTO_FAMILY_CIPHER:
    case PSACRYPTO_FAMILY_AEAD:
        return type == PSA_KEY_TYPE_AES && bits == 128;
    case PSACRYPTO_FAMILY_ASYMMETRIC_ENCRYPTION:
        return alg == PSA_ALG_RSA_PKCS1V15_CRYPT;
    case PSACRYPTO_FAMILY_KEY_AGREEMENT:
        return alg == PSA_ALG_ECDH && type == P256;
    case PSACRYPTO_FAMILY_SIGN:
        return PSA_ALG_IS_ECDSA(alg) && type == P256 && bits == 256;
    default:
        return family == PSACRYPTO_ADAPT_KEYS && type == P256;
    }
}

PSACRYPTO_ADAPT_INIT(acme, acme)
PSACRYPTO_ADAPT_HASH(acme, acme)
PSACRYPTO_ADAPT_MAC(acme, acme)
PSACRYPTO_ADAPT_CIPHER(acme, acme)
PSACRYPTO_ADAPT_AEAD(acme, acme)
PSACRYPTO_ADAPT_SIGN(acme, acme)
PSACRYPTO_ADAPT_ASYMMETRIC_ENCRYPTION(acme, acme)
PSACRYPTO_ADAPT_KEY_AGREEMENT(acme, acme)
PSACRYPTO_ADAPT_KEY_MANAGEMENT_TRANSPARENT(acme, acme)
PSACRYPTO_ADAPT_GET_ENTROPY(acme, acme)
PSACRYPTO_ADAPT_CONTEXT_SIZE(acme, PSACRYPTO_ADAPTED_SIZE(acme, hash), PSACRYPTO_ADAPTED_SIZE(acme, mac),
                             PSACRYPTO_ADAPTED_SIZE(acme, cipher), PSACRYPTO_ADAPTED_SIZE(acme, aead))

static const struct psacrypto_driver acme_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "acme",
    .open = acme_open,
    .context_size = acme_context_size,
    .key_management = &acme_key_management_entries,
    .hash = &acme_hash_entries,
    .mac = &acme_mac_entries,
    .cipher = &acme_cipher_entries,
    .aead = &acme_aead_entries,
    .sign = &acme_sign_entries,
    .asymmetric_encryption = &acme_asymmetric_encryption_entries,
    .key_agreement = &acme_key_agreement_entries,
    .get_entropy = acme_adapted_get_entropy,
};

/* The same functions, as if there were only those in parts, or only those in one. */
#define parts_can acme_can
PSACRYPTO_ADAPT_HASH_PARTS(parts, acme)
PSACRYPTO_ADAPT_MAC_PARTS(parts, acme)
PSACRYPTO_ADAPT_CIPHER_PARTS(parts, acme)

#define whole_can acme_can
PSACRYPTO_ADAPT_HASH_ONE_SHOT(whole, acme)
PSACRYPTO_ADAPT_MAC_ONE_SHOT(whole, acme)
PSACRYPTO_ADAPT_CIPHER_ONE_SHOT(whole, acme)
PSACRYPTO_ADAPT_AEAD_ONE_SHOT(whole, acme)
PSACRYPTO_ADAPT_SIGN_HASH(whole, acme)

/* A table of one's own. */
#define own_can acme_can
PSACRYPTO_ADAPT_ENTRY_MAC_COMPUTE(own, acme)
PSACRYPTO_ADAPT_ENTRY_MAC_VERIFY(own, acme)
static const struct psacrypto_mac_entries own_mac_entries = { .compute = own_adapted_mac_compute, .verify = own_adapted_mac_verify };

/* ---- Keys for the tests ---- */

static const uint8_t iv[16] = "fifteen of them";

struct test_key {
    psa_key_attributes_t attributes;
    uint8_t bytes[32];
    struct psacrypto_key key;
};

static const struct psacrypto_key *make_key(struct test_key *key, psa_key_type_t type, size_t bits)
{
    memset(key, 0, sizeof(*key));
    psa_set_key_type(&key->attributes, type);
    psa_set_key_bits(&key->attributes, bits);
    psa_set_key_usage_flags(&key->attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
    memset(key->bytes, 0x42, sizeof(key->bytes));
    key->key.attributes = &key->attributes;
    key->key.blob = key->bytes;
    key->key.length = bits / 8u;
    return &key->key;
}

static void *context_of(psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type)
{
    size_t size = acme_driver.context_size(NULL, family, alg, type, 128);
    assert_true(size != 0);
    return test_calloc(1, size);
}

static int open_all(void **state)
{
    acme_aborts = 0;
    acme_inits = 0;
    (void)engine_open(state);
    assert_int_equal(acme_driver.open(NULL, &engine_services), PSA_SUCCESS);
    assert_int_equal(acme_inits, 1);
    return 0;
}

/* ---- Transparent: hash ---- */

static void check_hash(const struct psacrypto_hash_entries *entries, int parts)
{
    uint8_t expected[32], hash[32];
    size_t length = 0;
    assert_int_equal(ENGINE->hash->compute(NULL, PSA_ALG_SHA_256, message, sizeof(message), expected, 32, &length), PSA_SUCCESS);
    length = 0;
    assert_int_equal(entries->compute(NULL, PSA_ALG_SHA_256, message, sizeof(message), hash, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(hash, expected, 32);
    assert_int_equal(entries->compute(NULL, PSA_ALG_SHA_512, message, 1, hash, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    if (!parts) {
        assert_null(entries->setup);
        return;
    }
    void *one = context_of(PSACRYPTO_FAMILY_HASH, PSA_ALG_SHA_256, 0);
    void *two = context_of(PSACRYPTO_FAMILY_HASH, PSA_ALG_SHA_256, 0);
    assert_int_equal(entries->setup(NULL, one, PSA_ALG_SHA_512), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(entries->setup(NULL, one, PSA_ALG_SHA_256), PSA_SUCCESS);
    assert_int_equal(entries->update(NULL, one, message, 20), PSA_SUCCESS);
    assert_int_equal(entries->clone(NULL, one, two), PSA_SUCCESS);
    assert_int_equal(entries->update(NULL, one, message, 1), PSA_SUCCESS);
    assert_int_equal(entries->update(NULL, two, message + 20, 30), PSA_SUCCESS);
    memset(hash, 0, sizeof(hash));
    assert_int_equal(entries->finish(NULL, two, hash, 32, &length), PSA_SUCCESS);
    assert_memory_equal(hash, expected, 32);

    acme_aborts = 0;
    assert_int_equal(entries->abort(NULL, two), PSA_SUCCESS); /* it is over: the driver hears nothing */
    assert_int_equal(acme_aborts, 0);
    assert_int_equal(entries->finish(NULL, one, hash, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(entries->abort(NULL, one), PSA_SUCCESS);
    assert_int_equal(entries->abort(NULL, one), PSA_SUCCESS);
    assert_int_equal(acme_aborts, 1); /* and of a failure once */
    test_free(one);
    test_free(two);
}

static void hashes(void **state)
{
    (void)state;
    check_hash(&acme_hash_entries, 1);
    check_hash(&parts_hash_entries, 1);
    check_hash(&whole_hash_entries, 0);
}

/* ---- Transparent: MAC ---- */

static void check_mac(const struct psacrypto_mac_entries *entries, int parts)
{
    uint8_t expected[32], mac[32];
    size_t length = 0;
    struct test_key storage;
    const struct psacrypto_key *key = make_key(&storage, PSA_KEY_TYPE_HMAC, 128);
    assert_int_equal(ENGINE->mac->compute(NULL, key, HMAC, message, sizeof(message), expected, 32, &length), PSA_SUCCESS);
    length = 0;
    assert_int_equal(entries->compute(NULL, key, HMAC, message, sizeof(message), mac, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(mac, expected, 32);
    assert_int_equal(entries->compute(NULL, key, PSA_ALG_CMAC, message, 1, mac, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    if (!parts) {
        assert_null(entries->sign_setup);
        return;
    }
    void *context = context_of(PSACRYPTO_FAMILY_MAC, HMAC, PSA_KEY_TYPE_HMAC);
    assert_int_equal(entries->sign_setup(NULL, key, context, PSA_ALG_CMAC), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(entries->sign_setup(NULL, key, context, HMAC), PSA_SUCCESS);
    memset(storage.bytes, 0, sizeof(storage.bytes)); /* the driver has kept what it needs */
    assert_int_equal(entries->update(NULL, key, context, message, 7), PSA_SUCCESS);
    assert_int_equal(entries->update(NULL, key, context, message + 7, 43), PSA_SUCCESS);
    memset(mac, 0, sizeof(mac));
    assert_int_equal(entries->sign_finish(NULL, key, context, mac, 32, &length), PSA_SUCCESS);
    assert_memory_equal(mac, expected, 32);
    (void)make_key(&storage, PSA_KEY_TYPE_HMAC, 128);
    for (unsigned wrong = 0; wrong < 2; wrong++) {
        acme_aborts = 0;
        mac[31] ^= (uint8_t)wrong;
        assert_int_equal(entries->verify_setup(NULL, key, context, HMAC), PSA_SUCCESS);
        assert_int_equal(entries->update(NULL, key, context, message, sizeof(message)), PSA_SUCCESS);
        assert_int_equal(entries->verify_finish(NULL, key, context, mac, 32), wrong ? PSA_ERROR_INVALID_SIGNATURE : PSA_SUCCESS);
        assert_int_equal(entries->abort(NULL, context), PSA_SUCCESS);
        assert_int_equal(acme_aborts, 0); /* the Driver Interface: no abort behind a finish */
    }
    assert_int_equal(entries->sign_setup(NULL, key, context, HMAC), PSA_SUCCESS);
    assert_int_equal(entries->update(NULL, key, context, message, 1), PSA_SUCCESS);
    assert_int_equal(entries->abort(NULL, context), PSA_SUCCESS);
    assert_int_equal(acme_aborts, 1);
    test_free(context);
}

static void macs(void **state)
{
    struct test_key storage;
    const struct psacrypto_key *key = make_key(&storage, PSA_KEY_TYPE_HMAC, 128);
    uint8_t mac[32];
    size_t length = 0;
    (void)state;
    check_mac(&acme_mac_entries, 1);
    check_mac(&parts_mac_entries, 1);
    check_mac(&whole_mac_entries, 0);
    check_mac(&own_mac_entries, 0);
    assert_int_equal(own_mac_entries.compute(NULL, key, HMAC, message, 3, mac, 32, &length), PSA_SUCCESS);
    assert_int_equal(own_mac_entries.verify(NULL, key, HMAC, message, 3, mac, 32), PSA_SUCCESS);
    assert_int_equal(own_mac_entries.verify(NULL, key, HMAC, message, 4, mac, 32), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(own_mac_entries.verify(NULL, key, PSA_ALG_CMAC, message, 4, mac, 32), PSA_ERROR_NOT_SUPPORTED);
}

/* A setup that the driver refuses leaves nothing to abort. */
static void failed_setup(void **state)
{
    struct test_key storage;
    struct psacrypto_key key = *make_key(&storage, PSA_KEY_TYPE_HMAC, 128);
    uint8_t longer[73] = { 0 };
    void *context = context_of(PSACRYPTO_FAMILY_MAC, HMAC, PSA_KEY_TYPE_HMAC);
    (void)state;
    key.blob = longer;
    key.length = sizeof(longer);
    assert_int_equal(acme_mac_entries.sign_setup(NULL, &key, context, HMAC), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(acme_mac_entries.abort(NULL, context), PSA_SUCCESS);
    assert_int_equal(acme_aborts, 0);
    test_free(context);
}

/* ---- Transparent: cipher ---- */

static void cipher_in_parts(const struct psacrypto_cipher_entries *entries, const struct psacrypto_key *key,
                            const uint8_t *input, const uint8_t *expected, int decrypt)
{
    uint8_t output[80];
    size_t length = 0, rest = 0;
    void *context = context_of(PSACRYPTO_FAMILY_CIPHER, PSA_ALG_CTR, PSA_KEY_TYPE_AES);
    assert_int_equal((decrypt ? entries->decrypt_setup : entries->encrypt_setup)(NULL, key, context, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(entries->set_iv(NULL, key, context, iv, 16), PSA_SUCCESS);
    assert_int_equal(entries->update(NULL, key, context, input, 21, output, 80, &length), PSA_SUCCESS);
    assert_int_equal(entries->update(NULL, key, context, input + 21, 29, output + length, 80u - length, &rest), PSA_SUCCESS);
    length += rest;
    assert_int_equal(entries->finish(NULL, key, context, output + length, 80u - length, &rest), PSA_SUCCESS);
    assert_int_equal(length + rest, sizeof(message));
    assert_memory_equal(output, expected, sizeof(message));
    acme_aborts = 0;
    assert_int_equal(entries->abort(NULL, context), PSA_SUCCESS);
    assert_int_equal(acme_aborts, 0);
    test_free(context);
}

/* Wherever the IV lies, and wherever the output goes. */
static void decrypt_everywhere(const struct psacrypto_cipher_entries *entries, const struct psacrypto_key *key, const uint8_t *sealed)
{
    uint8_t together[66], output[50];
    size_t length = 0;
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_CTR, iv, 16, sealed, 50, output, 50, &length), PSA_SUCCESS);
    assert_int_equal(length, 50);
    assert_memory_equal(output, message, 50);
    memcpy(together, iv, 16);
    memcpy(together + 16, sealed, 50);
    memset(output, 0, sizeof(output));
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_CTR, together, 16, together + 16, 50, output, 50, &length), PSA_SUCCESS);
    assert_memory_equal(output, message, 50);
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_CTR, together, 16, together + 16, 50, together + 16, 50, &length), PSA_SUCCESS);
    assert_memory_equal(together + 16, message, 50);
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_CTR, iv, 16, sealed, 0, output, 50, &length), PSA_SUCCESS);
    assert_int_equal(length, 0);
}

static void check_cipher(const struct psacrypto_cipher_entries *entries, int parts)
{
    uint8_t expected[50], output[50], block[16], back[16];
    size_t length = 0;
    struct test_key storage;
    const struct psacrypto_key *key = make_key(&storage, PSA_KEY_TYPE_AES, 128);
    assert_int_equal(ENGINE->cipher->encrypt(NULL, key, PSA_ALG_CTR, iv, 16, message, 50, expected, 50, &length), PSA_SUCCESS);
    assert_int_equal(entries->encrypt(NULL, key, PSA_ALG_CTR, iv, 16, message, 50, output, 50, &length), PSA_SUCCESS);
    assert_int_equal(length, 50);
    assert_memory_equal(output, expected, 50);
    decrypt_everywhere(entries, key, expected);
    assert_int_equal(entries->encrypt(NULL, key, PSA_ALG_ECB_NO_PADDING, NULL, 0, message, 16, block, 16, &length), PSA_SUCCESS);
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_ECB_NO_PADDING, NULL, 0, block, 16, back, 16, &length), PSA_SUCCESS);
    assert_memory_equal(back, message, 16);
    if (parts) {
        cipher_in_parts(entries, key, message, expected, 0);
        cipher_in_parts(entries, key, expected, message, 1);
    } else {
        assert_null(entries->encrypt_setup);
    }
    key = make_key(&storage, PSA_KEY_TYPE_AES, 256); /* not among the capabilities */
    assert_int_equal(entries->encrypt(NULL, key, PSA_ALG_CTR, iv, 16, message, 50, output, 50, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_CTR, iv, 16, message, 50, output, 50, &length), PSA_ERROR_NOT_SUPPORTED);
}

static void ciphers(void **state)
{
    (void)state;
    check_cipher(&acme_cipher_entries, 1);
    check_cipher(&parts_cipher_entries, 1);
    check_cipher(&whole_cipher_entries, 0);
}

/* ---- Transparent: AEAD ---- */

static void aead_in_parts(const struct psacrypto_key *key, const uint8_t *sealed)
{
    const struct psacrypto_aead_entries *entries = &acme_aead_entries;
    uint8_t output[96], tag[16];
    size_t length = 0, rest = 0, tag_length = 0;
    for (int decrypt = 0; decrypt < 2; decrypt++) {
        void *context = context_of(PSACRYPTO_FAMILY_AEAD, PSA_ALG_GCM, PSA_KEY_TYPE_AES);
        assert_int_equal((decrypt ? entries->decrypt_setup : entries->encrypt_setup)(NULL, key, context, PSA_ALG_GCM), PSA_SUCCESS);
        assert_int_equal(entries->set_lengths(NULL, key, context, 5, 50), PSA_SUCCESS);
        assert_int_equal(entries->set_nonce(NULL, key, context, iv, 12), PSA_SUCCESS);
        assert_int_equal(entries->update_ad(NULL, key, context, message, 5), PSA_SUCCESS);
        assert_int_equal(entries->update(NULL, key, context, decrypt ? sealed : message, 50, output, 64, &length), PSA_SUCCESS);
        if (decrypt) {
            assert_int_equal(entries->verify(NULL, key, context, output + length, 16, &rest, sealed + 50, 16), PSA_SUCCESS);
            assert_memory_equal(output, message, 50);
        } else {
            assert_int_equal(entries->finish(NULL, key, context, output + length, 16, &rest, tag, 16, &tag_length), PSA_SUCCESS);
            assert_memory_equal(output, sealed, 50);
            assert_memory_equal(tag, sealed + 50, 16);
        }
        assert_int_equal(length + rest, 50);
        acme_aborts = 0;
        assert_int_equal(entries->abort(NULL, context), PSA_SUCCESS);
        assert_int_equal(acme_aborts, 0);
        test_free(context);
    }
}

static void check_aead(const struct psacrypto_aead_entries *entries)
{
    uint8_t expected[66], output[66];
    size_t length = 0;
    struct test_key storage;
    const struct psacrypto_key *key = make_key(&storage, PSA_KEY_TYPE_AES, 128);
    assert_int_equal(ENGINE->aead->encrypt(NULL, key, PSA_ALG_GCM, iv, 12, message, 5, message, 50, expected, 66, &length), PSA_SUCCESS);
    assert_int_equal(entries->encrypt(NULL, key, PSA_ALG_GCM, iv, 12, message, 5, message, 50, output, 66, &length), PSA_SUCCESS);
    assert_int_equal(length, 66);
    assert_memory_equal(output, expected, 66);
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_GCM, iv, 12, message, 5, expected, 66, output, 50, &length), PSA_SUCCESS);
    assert_int_equal(length, 50);
    assert_memory_equal(output, message, 50);
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_GCM, iv, 12, message, 6, expected, 66, output, 50, &length), PSA_ERROR_INVALID_SIGNATURE);
    if (entries == &acme_aead_entries) {
        aead_in_parts(key, expected);
    }
    key = make_key(&storage, PSA_KEY_TYPE_AES, 192);
    assert_int_equal(entries->encrypt(NULL, key, PSA_ALG_GCM, iv, 12, message, 5, message, 50, output, 66, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(entries->decrypt(NULL, key, PSA_ALG_GCM, iv, 12, message, 5, message, 50, output, 66, &length), PSA_ERROR_NOT_SUPPORTED);
}

static void aeads(void **state)
{
    (void)state;
    check_aead(&acme_aead_entries);
    check_aead(&whole_aead_entries);
    assert_null(whole_aead_entries.encrypt_setup);
}

/* ---- Transparent: asymmetric ---- */

static void signatures(void **state)
{
    struct test_key storage;
    const struct psacrypto_key *key = make_key(&storage, P256, 256);
    uint8_t hash[32], one[64], two[64];
    size_t length = 0;
    (void)state;
    assert_int_equal(ENGINE->hash->compute(NULL, PSA_ALG_SHA_256, message, 50, hash, 32, &length), PSA_SUCCESS);
    assert_int_equal(acme_sign_entries.sign_hash(NULL, key, ECDSA, hash, 32, NULL, 0, one, 64, &length), PSA_SUCCESS);
    assert_int_equal(length, 64);
    assert_int_equal(acme_sign_entries.sign_message(NULL, key, ECDSA, message, 50, NULL, 0, two, 64, &length), PSA_SUCCESS);
    assert_memory_equal(one, two, 64);
    assert_int_equal(whole_sign_entries.sign_hash(NULL, key, ECDSA, hash, 32, NULL, 0, two, 64, &length), PSA_SUCCESS);
    assert_memory_equal(one, two, 64);
    assert_null(whole_sign_entries.sign_message);
    assert_int_equal(acme_sign_entries.verify_hash(NULL, key, ECDSA, hash, 32, NULL, 0, one, 64), PSA_SUCCESS);
    assert_int_equal(acme_sign_entries.verify_message(NULL, key, ECDSA, message, 50, NULL, 0, one, 64), PSA_SUCCESS);
    assert_int_equal(acme_sign_entries.verify_message(NULL, key, ECDSA, message, 49, NULL, 0, one, 64), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(acme_sign_entries.sign_hash(NULL, key, ECDSA, hash, 32, message, 1, one, 64, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(acme_sign_entries.verify_hash(NULL, key, ECDSA, hash, 32, message, 1, one, 64), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(acme_sign_entries.sign_hash(NULL, key, PSA_ALG_PURE_EDDSA, hash, 32, NULL, 0, one, 64, &length), PSA_ERROR_NOT_SUPPORTED);
}

static void asymmetric_encryption(void **state)
{
    struct test_key storage;
    const struct psacrypto_key *key = make_key(&storage, PSA_KEY_TYPE_RSA_KEY_PAIR, 64);
    uint8_t output[80], back[80];
    size_t length = 0;
    (void)state;
    assert_int_equal(acme_asymmetric_encryption_entries.encrypt(NULL, key, PSA_ALG_RSA_PKCS1V15_CRYPT, message, 20, iv, 4,
                                                                output, sizeof(output), &length), PSA_SUCCESS);
    assert_int_equal(length, 8 + 20 + 4);
    assert_memory_equal(output, storage.bytes, 8);
    assert_memory_equal(output + 8, message, 20);
    assert_memory_equal(output + 28, iv, 4);
    assert_int_equal(acme_asymmetric_encryption_entries.decrypt(NULL, key, PSA_ALG_RSA_PKCS1V15_CRYPT, output, length, iv, 4,
                                                                back, sizeof(back), &length), PSA_SUCCESS);
    assert_int_equal(length, 20);
    assert_memory_equal(back, message, 20);
    assert_int_equal(acme_asymmetric_encryption_entries.encrypt(NULL, key, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256), message, 20, iv, 4,
                                                                output, sizeof(output), &length), PSA_ERROR_NOT_SUPPORTED);
}

static void agreement_and_keys(void **state)
{
    static const psa_custom_key_parameters_t special = { 1 };
    const struct psacrypto_key_management_entries *entries = &acme_key_management_entries;
    struct test_key storage;
    const struct psacrypto_key *key = make_key(&storage, P256, 256);
    uint8_t blob[32], point[65], secret[32], expected[32];
    size_t length = 0, bits = 0;
    (void)state;
    assert_int_equal(entries->import(NULL, &storage.attributes, 0, storage.bytes, 32, blob, 32, &length, &bits), PSA_SUCCESS);
    assert_int_equal(bits, 256);
    assert_int_equal(length, 32);
    assert_memory_equal(blob, storage.bytes, 32);
    assert_int_equal(entries->export_public_key(NULL, key, point, 65, &length), PSA_SUCCESS);
    assert_int_equal(length, 65);
    assert_int_equal(ENGINE->key_agreement->agree(NULL, key, PSA_ALG_ECDH, point, 65, expected, 32, &length), PSA_SUCCESS);
    assert_int_equal(acme_key_agreement_entries.agree(NULL, key, PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(PSA_ALG_SHA_256)),
                                                      point, 65, secret, 32, &length), PSA_SUCCESS);
    assert_memory_equal(secret, expected, 32);
    assert_int_equal(acme_key_agreement_entries.agree(NULL, key, PSA_ALG_FFDH, point, 65, secret, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(entries->generate(NULL, &storage.attributes, 0, &special, NULL, 0, blob, 32, &length), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(entries->generate(NULL, &storage.attributes, 0, NULL, NULL, 0, blob, 32, &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_not_equal(blob, storage.bytes, 32);
    psa_set_key_type(&storage.attributes, PSA_KEY_TYPE_AES);
    assert_int_equal(entries->import(NULL, &storage.attributes, 0, storage.bytes, 32, blob, 32, &length, &bits), PSA_ERROR_NOT_SUPPORTED);
    assert_null(entries->destroy);
}

static void whole_driver(void **state)
{
    uint8_t output[4] = { 0 };
    size_t bits = 99;
    (void)state;
    assert_int_equal(acme_driver.get_entropy(NULL, output, 4, &bits), PSA_SUCCESS);
    assert_int_equal(bits, 3);
    assert_int_equal(output[3], 0xa5);
    assert_int_equal(acme_driver.context_size(NULL, PSACRYPTO_FAMILY_HASH, PSA_ALG_SHA_512, 0, 0), 0);
    assert_int_equal(acme_driver.context_size(NULL, PSACRYPTO_FAMILY_CIPHER, PSA_ALG_CTR, PSA_KEY_TYPE_AES, 256), 0);
    assert_int_equal(acme_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, ECDSA, P256, 256), 1); /* supported, no context */
    assert_int_equal(acme_driver.context_size(NULL, PSACRYPTO_FAMILY_SIGN, ECDSA, P256, 384), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hashes, open_all, engine_close),
        cmocka_unit_test_setup_teardown(macs, open_all, engine_close),
        cmocka_unit_test_setup_teardown(failed_setup, open_all, engine_close),
        cmocka_unit_test_setup_teardown(ciphers, open_all, engine_close),
        cmocka_unit_test_setup_teardown(aeads, open_all, engine_close),
        cmocka_unit_test_setup_teardown(signatures, open_all, engine_close),
        cmocka_unit_test_setup_teardown(asymmetric_encryption, open_all, engine_close),
        cmocka_unit_test_setup_teardown(agreement_and_keys, open_all, engine_close),
        cmocka_unit_test_setup_teardown(whole_driver, open_all, engine_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
