/* SPDX-License-Identifier: Apache-2.0 */
/* Keys come, are used and go: ids, lifetimes, policies, copies, caching, exhaustion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "key_store/key_store.h"
#include "storage/storage.h"
#include "support/allocation.h"

#define PERSISTENT PSA_KEY_LIFETIME_PERSISTENT
#define READ_ONLY PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_READ_ONLY, 0u)
#define IN_ELEMENT PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, 1u)
#define SOME_USAGE (PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT)
#define P256_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

static struct psacrypto_store_ram_space space;
static const uint8_t bytes[64] = { 1, 2, 3, 4, 5, 6, 7, 8 };

static int start(void **state)
{
    (void)state;
    if (psacrypto_set_store(&psacrypto_store_ram, &space) != PSA_SUCCESS) {
        return -1;
    }
    return psa_crypto_init() == PSA_SUCCESS ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

static psa_key_attributes_t aes(psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    return attributes;
}

static psa_key_attributes_t kept(psa_key_attributes_t attributes, psa_key_id_t id, psa_key_lifetime_t lifetime)
{
    psa_set_key_id(&attributes, id);
    psa_set_key_lifetime(&attributes, lifetime);
    return attributes;
}

static psa_status_t import(const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    return psa_import_key(attributes, bytes, 16, key);
}

static psa_status_t use(psa_key_id_t key)
{
    static const uint8_t nonce[12];
    uint8_t out[32];
    size_t length;
    return psa_aead_encrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, bytes, 16, out, sizeof(out), &length);
}

static void attributes_come_back(void **state)
{
    psa_key_attributes_t wanted = aes(PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_CACHE, PSA_ALG_CMAC);
    psa_key_attributes_t got = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    (void)state;
    assert_int_equal(import(&wanted, &key), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(key, &got), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&got), PSA_KEY_TYPE_AES);
    assert_int_equal(psa_get_key_bits(&got), 128);
    assert_int_equal(psa_get_key_algorithm(&got), PSA_ALG_CMAC);
    assert_int_equal(psa_get_key_lifetime(&got), PSA_KEY_LIFETIME_VOLATILE);
    /* Signing a hash brings signing a message with it, and it shows. */
    assert_int_equal(psa_get_key_usage_flags(&got), PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_CACHE |
                                                        PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_true(key >= PSA_KEY_ID_VENDOR_MIN && key < 0x7fff0000u);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void no_such_key(void **state)
{
    static const psa_key_id_t ids[] = { 0, 11, 0x3fffffff, 0x40000000, 0x7ffeffff, 0x7fff0000, 0x7fffffff, 0x80000000u, 0xffffffffu };
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_GCM);
    uint8_t out[64];
    size_t length = 7;
    (void)state;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        psa_key_id_t copy = 1;
        attributes = aes(SOME_USAGE, PSA_ALG_GCM);
        assert_int_equal(use(ids[i]), PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(psa_export_key(ids[i], out, sizeof(out), &length), PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(length, 0);
        assert_int_equal(psa_export_public_key(ids[i], out, sizeof(out), &length), PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(psa_copy_key(ids[i], &attributes, &copy), PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(copy, PSA_KEY_ID_NULL);
        assert_int_equal(psa_purge_key(ids[i]), PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(psa_destroy_key(ids[i]), ids[i] == 0 ? PSA_SUCCESS : PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(psa_check_key_usage(ids[i], PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT), PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(psa_get_key_attributes(ids[i], &attributes), PSA_ERROR_INVALID_HANDLE);
        assert_int_equal(psa_get_key_type(&attributes), PSA_KEY_TYPE_NONE);
    }
}

static void refused_attributes(void **state)
{
    struct {
        psa_key_type_t type;
        size_t bits;
        psa_key_usage_t usage;
        psa_key_id_t id;
        psa_key_lifetime_t lifetime;
        psa_status_t imported, generated;
    } rows[] = {
        { PSA_KEY_TYPE_NONE, 128, 0, 0, 0, PSA_ERROR_NOT_SUPPORTED, PSA_ERROR_NOT_SUPPORTED },
        { 0x7fff, 128, 0, 0, 0, PSA_ERROR_NOT_SUPPORTED, PSA_ERROR_NOT_SUPPORTED },
        { PSA_KEY_TYPE_AES, 192, 0, 0, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_SUCCESS },
        { PSA_KEY_TYPE_AES, 144, 0, 0, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 0, 0, 0, 0, PSA_SUCCESS, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 128, 0xffffffff, 0, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_DERIVE_PUBLIC, 0, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 128, 0, 0, PERSISTENT, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 128, 0, 0x40000000, PERSISTENT, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 128, 0, 0x7fff0000, PERSISTENT, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 128, 0, 3, 0x00012301, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_KEY_TYPE_AES, 128, 0, 3, 0x00000017, PSA_ERROR_NOT_SUPPORTED, PSA_ERROR_NOT_SUPPORTED },
        { PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), 256, 0, 0, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
        { P256_PAIR, 220, 0, 0, 0, PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_INVALID_ARGUMENT },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        psa_key_id_t key = 5;
        psa_set_key_type(&attributes, rows[i].type);
        psa_set_key_bits(&attributes, rows[i].bits);
        psa_set_key_usage_flags(&attributes, rows[i].usage);
        attributes.private_id = rows[i].id;
        attributes.private_lifetime = rows[i].lifetime;
        if (import(&attributes, &key) != rows[i].imported) {
            fail_msg("import, row %zu", i);
        }
        assert_true(rows[i].imported == PSA_SUCCESS || key == PSA_KEY_ID_NULL);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        if (psa_generate_key(&attributes, &key) != rows[i].generated) {
            fail_msg("generate, row %zu", i);
        }
        assert_true(rows[i].generated == PSA_SUCCESS || key == PSA_KEY_ID_NULL);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
}

static void import_of_nothing(void **state)
{
    psa_key_attributes_t attributes = aes(0, 0);
    psa_key_id_t key = 5;
    (void)state;
    assert_int_equal(psa_import_key(&attributes, bytes, 0, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_import_key(&attributes, NULL, 16, &key), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    assert_int_equal(psa_import_key(&attributes, bytes, 0, &key), PSA_ERROR_INVALID_ARGUMENT);
}

static void export_obeys_the_policy(void **state)
{
    psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    psa_key_id_t key;
    uint8_t out[65];
    size_t length;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    memset(out, 0x55, sizeof(out));
    assert_int_equal(psa_export_key(key, out, 15, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(length, 0);
    assert_int_equal(out[0], 0x55);
    assert_int_equal(psa_export_key(key, out, 16, &length), PSA_SUCCESS);
    assert_int_equal(length, 16);
    assert_memory_equal(out, bytes, 16);
    assert_int_equal(psa_export_public_key(key, out, sizeof(out), &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    psa_set_key_usage_flags(&attributes, SOME_USAGE);
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(key, out, sizeof(out), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void public_keys_always_export(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t pair, public_key;
    uint8_t point[65], again[65];
    size_t length;
    (void)state;
    psa_set_key_type(&attributes, P256_PAIR);
    psa_set_key_bits(&attributes, 256);
    assert_int_equal(psa_generate_key(&attributes, &pair), PSA_SUCCESS);
    assert_int_equal(psa_export_public_key(pair, point, sizeof(point), &length), PSA_SUCCESS);
    assert_int_equal(psa_export_key(pair, again, sizeof(again), &length), PSA_ERROR_NOT_PERMITTED);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
    assert_int_equal(psa_import_key(&attributes, point, sizeof(point), &public_key), PSA_SUCCESS);
    assert_int_equal(psa_export_key(public_key, again, sizeof(again), &length), PSA_SUCCESS);
    assert_memory_equal(again, point, 65);
    assert_int_equal(psa_export_public_key(public_key, again, sizeof(again), &length), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(pair), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(public_key), PSA_SUCCESS);
}

static void copies_permit_no_more(void **state)
{
    psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_COPY | SOME_USAGE, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 8));
    psa_key_attributes_t target = aes(PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_EXPORT,
                                      PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12));
    psa_key_attributes_t got = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t source, copy;
    (void)state;
    assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(copy, &got), PSA_SUCCESS);
    assert_int_equal(psa_get_key_usage_flags(&got), PSA_KEY_USAGE_ENCRYPT);
    assert_int_equal(psa_get_key_algorithm(&got), PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12));
    assert_int_equal(psa_copy_key(copy, &target, &copy), PSA_ERROR_NOT_PERMITTED); /* COPY was not given on */
    psa_set_key_algorithm(&target, PSA_ALG_CCM);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(copy, PSA_KEY_ID_NULL);
    target = aes(0, psa_get_key_algorithm(&attributes));
    psa_set_key_bits(&target, 256);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_bits(&target, 0);
    psa_set_key_type(&target, PSA_KEY_TYPE_ARIA);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT);
    psa_set_key_type(&target, PSA_KEY_TYPE_NONE);
    psa_set_key_lifetime(&target, PERSISTENT);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_INVALID_ARGUMENT); /* no id */
    assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
}

/* Programs written for Mbed TLS have keys with a second algorithm. */
static void copies_of_two_algorithms(void **state)
{
    static const struct {
        psa_algorithm_t source, target;
        psa_status_t status;
        psa_algorithm_t copy;
    } rows[] = {
        { PSA_ALG_CCM, PSA_ALG_CCM, PSA_SUCCESS, PSA_ALG_CCM },
        { PSA_ALG_CCM, PSA_ALG_NONE, PSA_SUCCESS, PSA_ALG_NONE },
        { PSA_ALG_NONE, PSA_ALG_CCM, PSA_SUCCESS, PSA_ALG_NONE },
        { PSA_ALG_CCM, PSA_ALG_CTR, PSA_ERROR_INVALID_ARGUMENT, PSA_ALG_NONE },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_COPY | SOME_USAGE, PSA_ALG_GCM), got = PSA_KEY_ATTRIBUTES_INIT;
        psa_key_attributes_t target = aes(SOME_USAGE, PSA_ALG_GCM);
        psa_key_id_t source, copy;
        attributes.private_alg2 = rows[i].source;
        target.private_alg2 = rows[i].target;
        assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
        assert_int_equal(psa_copy_key(source, &target, &copy), rows[i].status);
        if (rows[i].status == PSA_SUCCESS) {
            assert_int_equal(psa_get_key_attributes(copy, &got), PSA_SUCCESS);
            assert_int_equal(got.private_alg2, rows[i].copy);
            assert_int_equal(use(copy), PSA_SUCCESS);
        }
        assert_int_equal(psa_destroy_key(copy), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
    }
}

static void leaving_the_element_takes_export(void **state)
{
    psa_key_attributes_t attributes = kept(aes(PSA_KEY_USAGE_COPY | SOME_USAGE, PSA_ALG_GCM), 21, IN_ELEMENT);
    psa_key_attributes_t target = aes(SOME_USAGE, PSA_ALG_GCM);
    psa_key_id_t source, copy;
    (void)state;
    assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
    assert_int_equal(use(source), PSA_SUCCESS);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_ERROR_NOT_PERMITTED);
    target = kept(target, 22, IN_ELEMENT);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_SUCCESS);
    assert_int_equal(use(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_EXPORT | SOME_USAGE);
    assert_int_equal(import(&attributes, &source), PSA_SUCCESS);
    target = aes(SOME_USAGE, PSA_ALG_GCM);
    assert_int_equal(psa_copy_key(source, &target, &copy), PSA_SUCCESS);
    assert_int_equal(use(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(copy), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(source), PSA_SUCCESS);
}

static void persistent_keys_stay(void **state)
{
    psa_key_attributes_t attributes = kept(aes(SOME_USAGE, PSA_ALG_GCM), 31, PERSISTENT);
    psa_key_id_t key, second = 5;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(key, 31);
    assert_int_equal(import(&attributes, &second), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(second, PSA_KEY_ID_NULL);
    assert_int_equal(psa_generate_key(&attributes, &second), PSA_ERROR_INVALID_ARGUMENT); /* no size */
    psacrypto_shutdown();
    assert_int_equal(use(31), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(use(31), PSA_SUCCESS);
    assert_int_equal(psa_purge_key(31), PSA_SUCCESS);
    assert_int_equal(use(31), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(31), PSA_SUCCESS);
    assert_int_equal(use(31), PSA_ERROR_INVALID_HANDLE);
    psacrypto_shutdown();
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(use(31), PSA_ERROR_INVALID_HANDLE);
}

/* Records that a store gives, whole, but with bytes that cannot be such a key. */
static void records_that_contradict_themselves(void **state)
{
    static const struct {
        psa_key_type_t type;
        size_t bits, length;
        psa_status_t status;
    } rows[] = {
        { PSA_KEY_TYPE_AES, 128, 16, PSA_SUCCESS },
        { PSA_KEY_TYPE_AES, 256, 16, PSA_ERROR_DATA_INVALID },
        { PSA_KEY_TYPE_AES, 128, 0, PSA_ERROR_DATA_INVALID },
        { PSA_KEY_TYPE_AES, 7, 1, PSA_ERROR_DATA_INVALID },
        { PSA_KEY_TYPE_HMAC, 0, 0, PSA_ERROR_DATA_INVALID },
        { PSA_KEY_TYPE_HMAC, 136, 16, PSA_ERROR_DATA_INVALID },
        { P256_PAIR, 256, 32, PSA_SUCCESS },
        { P256_PAIR, 256, 31, PSA_ERROR_DATA_INVALID },
        { PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, 33, PSA_ERROR_DATA_INVALID },
        { PSA_KEY_TYPE_RSA_KEY_PAIR, 1024, 0, PSA_ERROR_DATA_INVALID },
        { 0x7777, 12, 5, PSA_SUCCESS }, /* no type of ours, and no use */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_attributes_t attributes = kept(aes(SOME_USAGE, PSA_ALG_GCM), 81, PERSISTENT), got = PSA_KEY_ATTRIBUTES_INIT;
        uint32_t incarnation;
        psa_set_key_type(&attributes, rows[i].type);
        psa_set_key_bits(&attributes, rows[i].bits);
        assert_int_equal(storage_key_save(0, &attributes, bytes, rows[i].length, 1, &incarnation), PSA_SUCCESS);
        if (psa_get_key_attributes(81, &got) != rows[i].status) {
            fail_msg("row %zu", i);
        }
        assert_true(use(81) == rows[i].status || rows[i].type != PSA_KEY_TYPE_AES);
        assert_int_equal(psa_destroy_key(81), rows[i].status); /* it is gone, and what it was is told */
        assert_int_equal(psa_destroy_key(81), PSA_ERROR_INVALID_HANDLE);
    }
}

static void volatile_keys_end_with_the_library(void **state)
{
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_GCM);
    psa_key_id_t key;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    psacrypto_shutdown();
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(use(key), PSA_ERROR_INVALID_HANDLE);
}

static void read_only_keys_are_not_destroyed(void **state)
{
    psa_key_attributes_t attributes = kept(aes(SOME_USAGE, PSA_ALG_GCM), 41, READ_ONLY);
    psa_key_id_t key;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(41), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(use(41), PSA_SUCCESS);
}

static void cached_keys_are_found_again(void **state)
{
    psa_key_attributes_t attributes = kept(aes(SOME_USAGE | PSA_KEY_USAGE_CACHE, PSA_ALG_GCM), 51, PERSISTENT);
    struct key_ref first = KEY_REF_NONE, second = KEY_REF_NONE;
    psa_key_id_t key;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(key_store_acquire(&first, CALLER_SELF, 51, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(key_store_acquire(&second, CALLER_SELF, 51, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM), PSA_SUCCESS);
    assert_ptr_equal(first.key, second.key); /* one object serves both */
    (void)key_store_release(&first, PSA_SUCCESS);
    (void)key_store_release(&second, PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(51), PSA_SUCCESS);
    assert_int_equal(use(51), PSA_ERROR_INVALID_HANDLE);
    /* Without the flag each use loads its own. */
    psa_set_key_usage_flags(&attributes, SOME_USAGE);
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(key_store_acquire(&first, CALLER_SELF, 51, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM), PSA_SUCCESS);
    assert_int_equal(key_store_acquire(&second, CALLER_SELF, 51, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM), PSA_SUCCESS);
    assert_ptr_not_equal(first.key, second.key);
    (void)key_store_release(&first, PSA_SUCCESS);
    (void)key_store_release(&second, PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(51), PSA_SUCCESS);
}

/* More keys than the cache has places, all in use again and again. */
static void the_cache_is_bounded(void **state)
{
    enum { KEYS = 400 };
    psa_key_id_t key;
    (void)state;
    for (unsigned i = 0; i < KEYS; i++) {
        psa_key_attributes_t attributes = kept(aes(SOME_USAGE | PSA_KEY_USAGE_CACHE, PSA_ALG_GCM), 1000 + i, PERSISTENT);
        assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
        assert_int_equal(use(key), PSA_SUCCESS);
    }
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned i = 0; i < KEYS; i++) {
            assert_int_equal(use(1000 + i), PSA_SUCCESS);
        }
    }
    for (unsigned i = 0; i < KEYS; i++) {
        assert_int_equal(psa_destroy_key(1000 + i), PSA_SUCCESS);
    }
}

static void owners_do_not_see_each_other(void **state)
{
    static const struct caller other = { 7 };
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_GCM);
    struct key_ref ref = KEY_REF_NONE;
    psa_key_id_t key;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(key_store_acquire(&ref, &other, key, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(key_store_destroy(&other, key), PSA_ERROR_INVALID_HANDLE);
    assert_int_equal(use(key), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void ids_do_not_come_back_soon(void **state)
{
    enum { ROUNDS = 20000 };
    static psa_key_id_t seen[ROUNDS];
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_GCM);
    (void)state;
    for (unsigned i = 0; i < ROUNDS; i++) {
        assert_int_equal(import(&attributes, &seen[i]), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(seen[i]), PSA_SUCCESS);
        assert_int_equal(psa_destroy_key(seen[i / 2]), PSA_ERROR_INVALID_HANDLE);
        assert_true(seen[i] < 0x7fff0000u);
    }
    for (unsigned i = 1; i < ROUNDS; i++) {
        assert_true(seen[i] != seen[0] && seen[i] != seen[i - 1]);
    }
}

static void many_keys_at_once(void **state)
{
    enum { KEYS = 3000 };
    static psa_key_id_t keys[KEYS];
    psa_key_attributes_t attributes = aes(SOME_USAGE | PSA_KEY_USAGE_EXPORT, PSA_ALG_GCM);
    uint8_t data[16] = { 0 }, out[16];
    size_t length;
    (void)state;
    for (unsigned i = 0; i < KEYS; i++) {
        memcpy(data, &i, sizeof(i));
        assert_int_equal(psa_import_key(&attributes, data, sizeof(data), &keys[i]), PSA_SUCCESS);
    }
    for (unsigned i = 0; i < KEYS; i++) {
        memcpy(data, &i, sizeof(i));
        assert_int_equal(psa_export_key(keys[i], out, sizeof(out), &length), PSA_SUCCESS);
        assert_memory_equal(out, data, sizeof(data));
        assert_int_equal(psa_destroy_key(keys[i]), PSA_SUCCESS);
    }
}

static void an_operation_fails_when_its_key_is_gone(void **state)
{
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_CTR);
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    psa_key_id_t key;
    uint8_t out[32];
    size_t length;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, key, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&operation, bytes, 16), PSA_SUCCESS);
    assert_int_equal(psa_cipher_update(&operation, bytes, 16, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    assert_int_equal(psa_cipher_update(&operation, bytes, 16, out, sizeof(out), &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_cipher_finish(&operation, out, sizeof(out), &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_cipher_abort(&operation), PSA_SUCCESS);
    /* The same for a persistent key whose id has another key by then. */
    attributes = kept(attributes, 61, PERSISTENT);
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_cipher_encrypt_setup(&operation, key, PSA_ALG_CTR), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    assert_int_equal(psa_cipher_set_iv(&operation, bytes, 16), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_cipher_abort(&operation), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

static void usage_can_be_asked(void **state)
{
    static const struct {
        psa_algorithm_t alg;
        psa_key_usage_t usage;
        psa_status_t status;
    } rows[] = {
        { PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT, PSA_SUCCESS },
        { PSA_ALG_GCM, PSA_KEY_USAGE_DECRYPT, PSA_ERROR_NOT_PERMITTED },
        { PSA_ALG_CCM, PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_NOT_PERMITTED },
        { PSA_ALG_GCM, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_GCM, 0, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_NONE, PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 9), PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 8), PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_NONE, PSA_KEY_USAGE_EXPORT, PSA_SUCCESS },
        { PSA_ALG_NONE, PSA_KEY_USAGE_COPY, PSA_ERROR_NOT_PERMITTED },
        { PSA_ALG_GCM, PSA_KEY_USAGE_EXPORT, PSA_ERROR_INVALID_ARGUMENT },
        { PSA_ALG_HKDF(PSA_ALG_SHA_256), PSA_KEY_USAGE_DERIVE_PUBLIC, PSA_ERROR_INVALID_ARGUMENT },
    };
    psa_key_attributes_t attributes = aes(PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_EXPORT, PSA_ALG_GCM);
    psa_key_id_t key, pair;
    (void)state;
    assert_int_equal(import(&attributes, &key), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (psa_check_key_usage(key, rows[i].alg, rows[i].usage) != rows[i].status) {
            fail_msg("row %zu", i);
        }
    }
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    psa_set_key_type(&attributes, P256_PAIR);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
    assert_int_equal(psa_generate_key(&attributes, &pair), PSA_SUCCESS);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDSA(PSA_ALG_SHA_256), PSA_KEY_USAGE_SIGN_MESSAGE), PSA_SUCCESS);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDSA(PSA_ALG_SHA_256), PSA_KEY_USAGE_SIGN_HASH), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), PSA_KEY_USAGE_SIGN_MESSAGE), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE_PUBLIC), PSA_SUCCESS);
    assert_int_equal(psa_check_key_usage(pair, PSA_ALG_PURE_EDDSA, PSA_KEY_USAGE_SIGN_MESSAGE), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(pair), PSA_SUCCESS);
}

static psa_status_t volatile_life(void *context)
{
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_GCM);
    uint8_t large[200] = { 9 };
    psa_key_id_t key;
    psa_status_t status;
    (void)context;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    status = psa_import_key(&attributes, large, sizeof(large), &key);
    if (status == PSA_SUCCESS) {
        size_t length;
        status = psa_export_key(key, large, sizeof(large), &length);
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
    }
    return status;
}

static psa_status_t persistent_life(void *context)
{
    psa_key_attributes_t attributes = kept(aes(SOME_USAGE, PSA_ALG_GCM), 71, *(psa_key_lifetime_t *)context);
    psa_key_id_t key;
    psa_status_t status = import(&attributes, &key);
    if (status == PSA_SUCCESS) {
        status = use(key);
        /* With memory missing a key may outlive the attempt to destroy it, and is destroyed at the next. */
        psa_status_t destroyed = psa_destroy_key(key);
        if (destroyed != PSA_SUCCESS) {
            assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
            status = destroyed;
        }
    } else {
        assert_int_equal(use(71), PSA_ERROR_INVALID_HANDLE);
    }
    return status;
}

static void out_of_memory(void **state)
{
    psa_key_lifetime_t local = PERSISTENT, element = IN_ELEMENT;
    (void)state;
    assert_int_equal(persistent_life(&element), PSA_SUCCESS); /* the element has its device key */
    assert_true(allocation_fails_each(volatile_life, NULL) >= 1);
    assert_true(allocation_fails_each(persistent_life, &local) >= 3);
    assert_true(allocation_fails_each(persistent_life, &element) >= 3);
}

static void not_initialised(void **state)
{
    psa_key_attributes_t attributes = aes(SOME_USAGE, PSA_ALG_GCM);
    psa_key_id_t key = 5;
    uint8_t out[16];
    size_t length;
    (void)state;
    psacrypto_shutdown();
    assert_int_equal(import(&attributes, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(key, PSA_KEY_ID_NULL);
    assert_int_equal(psa_generate_key(&attributes, &key), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_export_key(1, out, sizeof(out), &length), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_destroy_key(1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_purge_key(1), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_get_key_attributes(1, &attributes), PSA_ERROR_BAD_STATE);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_come_back),
        cmocka_unit_test(no_such_key),
        cmocka_unit_test(refused_attributes),
        cmocka_unit_test(import_of_nothing),
        cmocka_unit_test(export_obeys_the_policy),
        cmocka_unit_test(public_keys_always_export),
        cmocka_unit_test(copies_permit_no_more),
        cmocka_unit_test(copies_of_two_algorithms),
        cmocka_unit_test(leaving_the_element_takes_export),
        cmocka_unit_test(persistent_keys_stay),
        cmocka_unit_test(records_that_contradict_themselves),
        cmocka_unit_test(volatile_keys_end_with_the_library),
        cmocka_unit_test(read_only_keys_are_not_destroyed),
        cmocka_unit_test(cached_keys_are_found_again),
        cmocka_unit_test(the_cache_is_bounded),
        cmocka_unit_test(owners_do_not_see_each_other),
        cmocka_unit_test(ids_do_not_come_back_soon),
        cmocka_unit_test(many_keys_at_once),
        cmocka_unit_test(an_operation_fails_when_its_key_is_gone),
        cmocka_unit_test(usage_can_be_asked),
        cmocka_unit_test(out_of_memory),
        cmocka_unit_test(not_initialised),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
