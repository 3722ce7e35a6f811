/* SPDX-License-Identifier: Apache-2.0 */
/* Keys come, are used and go: ids, lifetimes, caching, exhaustion. */
#include "keys.h"

#include "storage/storage.h"
#include "support/allocation.h"

#define READ_ONLY PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_READ_ONLY, 0u)

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
        cmocka_unit_test(persistent_keys_stay),
        cmocka_unit_test(records_that_contradict_themselves),
        cmocka_unit_test(volatile_keys_end_with_the_library),
        cmocka_unit_test(read_only_keys_are_not_destroyed),
        cmocka_unit_test(cached_keys_are_found_again),
        cmocka_unit_test(the_cache_is_bounded),
        cmocka_unit_test(ids_do_not_come_back_soon),
        cmocka_unit_test(many_keys_at_once),
        cmocka_unit_test(an_operation_fails_when_its_key_is_gone),
        cmocka_unit_test(out_of_memory),
        cmocka_unit_test(not_initialised),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
