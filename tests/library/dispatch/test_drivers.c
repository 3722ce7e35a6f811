/* SPDX-License-Identifier: Apache-2.0 */
/* Drivers that a program registers: registration, and the keys of tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <psa/crypto.h>
#include <psacrypto/diagnostics.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>
#include <psacrypto/store.h>

#include "dispatch/driver_table.h"
#include "storage/storage.h"

#define AES PSA_KEY_TYPE_AES
#define TOKEN ((psa_key_location_t)0x800020)

static const uint8_t bytes[64] = { 9, 8, 7, 6, 5, 4, 3, 2, 1 };

/* ---- A token whose blobs are short names of its keys ---- */

static uint8_t token_keys[4][64];
static size_t token_lengths[4];
static unsigned token_count;
static unsigned token_destroyed;
static unsigned token_attached, token_detached;

static size_t token_blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length)
{
    (void)instance, (void)attributes, (void)data_length;
    return 1;
}

static psa_status_t token_import(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                                 const uint8_t *data, size_t data_length,
                                 uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits)
{
    (void)instance, (void)attributes, (void)owner, (void)blob_size;
    blob[0] = (uint8_t)(token_count++ % 4u);
    memcpy(token_keys[blob[0]], data, data_length);
    token_lengths[blob[0]] = data_length;
    *blob_length = 1;
    *bits = 8u * data_length;
    return PSA_SUCCESS;
}

static psa_status_t token_export(void *instance, const struct psacrypto_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    (void)instance;
    *data_length = token_lengths[key->blob[0]];
    if (data_size < *data_length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memcpy(data, token_keys[key->blob[0]], *data_length);
    return PSA_SUCCESS;
}

static psa_status_t token_destroy(void *instance, const struct psacrypto_key *key)
{
    (void)instance, (void)key;
    token_destroyed++;
    return PSA_SUCCESS;
}

/* The element has the attributes of its key, and hands them out as they are. */
static psa_status_t token_attach(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                                 const uint8_t *label, size_t label_length,
                                 uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    psa_key_attributes_t own = PSA_KEY_ATTRIBUTES_INIT;
    (void)instance, (void)owner, (void)label, (void)label_length, (void)blob_size;
    psa_set_key_type(&own, AES);
    psa_set_key_bits(&own, 128);
    psa_set_key_usage_flags(&own, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_VERIFY_HASH);
    psa_set_key_algorithm(&own, PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12));
    *attributes = own;
    token_attached++;
    blob[0] = 0;
    *blob_length = 1;
    return PSA_SUCCESS;
}

#define BUILTIN ((psa_key_id_t)0x7fff0005)

static psa_status_t token_builtin(void *instance, psa_key_attributes_t *attributes, int32_t owner,
                                  uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    return psa_get_key_id(attributes) != BUILTIN ? PSA_ERROR_DOES_NOT_EXIST
        : token_attach(instance, attributes, owner, NULL, 0, blob, blob_size, blob_length);
}

static psa_status_t token_detach(void *instance, const struct psacrypto_key *key)
{
    (void)instance;
    assert_int_equal(key->length, 1);
    token_detached++;
    return PSA_SUCCESS;
}

static const struct psacrypto_key_management_entries token_management = {
    .import = token_import, .export_key = token_export, .destroy = token_destroy,
    .attach = token_attach, .detach = token_detach, .builtin = token_builtin,
};
static const struct psacrypto_driver token = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "token",
    .blob_size = token_blob_size,
    .key_management = &token_management,
};

#define NAMELESS ((psa_key_location_t)0x800022)

static const struct psacrypto_driver nameless = { .abi = PSACRYPTO_DRIVER_ABI, .size = sizeof(struct psacrypto_driver) };
static const struct psacrypto_driver transparent = { .abi = PSACRYPTO_DRIVER_ABI, .size = sizeof(struct psacrypto_driver), .name = "empty" };
static int next; /* an instance */

/* ---- Keys ---- */

static psa_key_id_t import(size_t length, psa_key_lifetime_t lifetime)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key;
    psa_set_key_type(&attributes, AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT | PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    psa_set_key_lifetime(&attributes, lifetime);
    assert_int_equal(psa_import_key(&attributes, bytes, length, &key), PSA_SUCCESS);
    return key;
}

static int close_all(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return 0;
}

/* ---- Tests ---- */

/* A copy into the clear has room for the key, not for the name that the token has for it. */
static void a_copy_out_of_a_token(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t copy;
    uint8_t out[32];
    size_t length;
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    psa_key_id_t key = import(32, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, TOKEN));
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_EXPORT);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    assert_int_equal(psa_copy_key(key, &attributes, &copy), PSA_SUCCESS);
    assert_int_equal(psa_export_key(copy, out, sizeof(out), &length), PSA_SUCCESS);
    assert_int_equal(length, 32);
    assert_memory_equal(out, bytes, 32);
}

static void an_attached_key_is_where_it_was_asked_for(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_lifetime_t lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, TOKEN);
    psa_key_id_t key;
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    psa_set_key_lifetime(&attributes, lifetime);
    assert_int_equal(psa_attach_key(&attributes, bytes, 3, &key), PSA_SUCCESS);
    assert_int_not_equal(key, PSA_KEY_ID_NULL);
    assert_int_equal(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_id(&attributes), key);
    assert_int_equal(psa_get_key_lifetime(&attributes), lifetime);
    assert_int_equal(psa_get_key_type(&attributes), AES);
    assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
}

/* What is asked for, and what the element's own key may do: a key that is attached does what both permit. */
static void an_attached_key_permits_what_both_do(void **state)
{
    static const struct {
        psa_algorithm_t asked;
        psa_key_usage_t usage;
        psa_status_t status;
        psa_algorithm_t alg;
        psa_key_usage_t permitted;
    } rows[] = {
        { PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, PSA_SUCCESS, PSA_ALG_GCM, PSA_KEY_USAGE_ENCRYPT },
        { PSA_ALG_GCM, PSA_KEY_USAGE_EXPORT, PSA_SUCCESS, PSA_ALG_GCM, 0 },
        { PSA_ALG_NONE, PSA_KEY_USAGE_ENCRYPT, PSA_SUCCESS, PSA_ALG_NONE, PSA_KEY_USAGE_ENCRYPT },
        { PSA_ALG_NONE, PSA_KEY_USAGE_VERIFY_HASH, PSA_SUCCESS, PSA_ALG_NONE, PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE },
        { PSA_ALG_NONE, PSA_KEY_USAGE_VERIFY_MESSAGE, PSA_SUCCESS, PSA_ALG_NONE, PSA_KEY_USAGE_VERIFY_MESSAGE },
        { PSA_ALG_CCM, PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT, PSA_ALG_NONE, 0 },
        { PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 8), PSA_KEY_USAGE_ENCRYPT, PSA_ERROR_INVALID_ARGUMENT, PSA_ALG_NONE, 0 },
    };
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    token_attached = token_detached = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT, got = PSA_KEY_ATTRIBUTES_INIT;
        psa_key_id_t key = 5;
        psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, TOKEN));
        psa_set_key_algorithm(&attributes, rows[i].asked);
        psa_set_key_usage_flags(&attributes, rows[i].usage);
        assert_int_equal(psa_attach_key(&attributes, bytes, 3, &key), rows[i].status);
        assert_true((key != PSA_KEY_ID_NULL) == (rows[i].status == PSA_SUCCESS));
        if (rows[i].status == PSA_SUCCESS) {
            assert_int_equal(psa_get_key_attributes(key, &got), PSA_SUCCESS);
            assert_int_equal(psa_get_key_algorithm(&got), rows[i].alg);
            assert_int_equal(psa_get_key_usage_flags(&got), rows[i].permitted);
        }
        assert_int_equal(psa_destroy_key(key), PSA_SUCCESS);
        assert_int_equal(token_attached, i + 1);
        assert_int_equal(token_detached, i + 1);
    }
}

static void a_builtin_key_is_in_its_token(void **state)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t out[48];
    size_t length;
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psa_get_key_attributes(BUILTIN, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_id(&attributes), BUILTIN);
    assert_int_equal(psa_get_key_lifetime(&attributes),
                     PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_READ_ONLY, TOKEN));
    assert_int_equal(psa_get_key_usage_flags(&attributes), PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE);
    assert_int_equal(psa_export_key(BUILTIN, out, sizeof(out), &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_destroy_key(BUILTIN), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_get_key_attributes(BUILTIN + 1u, &attributes), PSA_ERROR_INVALID_HANDLE);
}

/* ---- Keys of a driver that this program has not: another program's, with the same store ---- */

#define ELSEWHERE ((psa_key_location_t)0x800021)
#define THERE PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_DEFAULT, ELSEWHERE)

static psa_key_attributes_t elsewhere(psa_key_id_t id)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_set_key_type(&attributes, AES);
    psa_set_key_bits(&attributes, 128);
    psa_set_key_lifetime(&attributes, THERE);
    psa_set_key_id(&attributes, id);
    return attributes;
}

/* Without its record the place in the device would be lost. */
static void a_key_without_its_driver_is_not_destroyed(void **state)
{
    psa_key_attributes_t attributes = elsewhere(5);
    uint32_t incarnation;
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(storage_key_save(0, &attributes, bytes, 4, 1, &incarnation), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(5), PSA_ERROR_COMMUNICATION_FAILURE);
    assert_int_equal(psa_get_key_attributes(5, &attributes), PSA_SUCCESS);
    assert_int_equal(psa_get_key_lifetime(&attributes), THERE);
    assert_int_equal(storage_key_remove(0, 5), PSA_SUCCESS);
}

static psa_status_t count_entry(void *context, const struct storage_journal_entry *entry)
{
    *(int *)context += PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(&entry->attributes)) == ELSEWHERE;
    return PSA_SUCCESS;
}

/* A creation that was interrupted is for a program to undo that can. */
static void recovery_leaves_what_it_cannot_undo(void **state)
{
    struct storage_journal_entry entry = { STORAGE_JOURNAL_CREATE, 0, elsewhere(6), bytes, 4 };
    struct storage_journal_ticket ticket;
    int found = 0;
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(storage_journal_begin(&entry, &ticket), PSA_SUCCESS);
    storage_journal_keep(&ticket);
    psacrypto_shutdown();
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psa_destroy_key(1234), PSA_ERROR_INVALID_HANDLE); /* the first look into the store */
    assert_int_equal(storage_journal_recover(count_entry, &found), PSA_SUCCESS);
    assert_int_equal(found, 1);
}

static void registration_says_what_is_wrong(void **state)
{
    struct psacrypto_driver other = token;
    (void)state;
    other.abi++;
    assert_int_equal(psacrypto_register_driver(0, &other, NULL), PSA_ERROR_INVALID_ARGUMENT);
    other.abi--;
    other.size--;
    assert_int_equal(psacrypto_register_driver(0, &other, NULL), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_register_driver(0, NULL, NULL), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_register_driver(0x1000000, &token, NULL), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psacrypto_register_driver(TOKEN, &token, NULL), PSA_ERROR_ALREADY_EXISTS);
    /* As after psacrypto_shutdown(): the registrations are still there. */
    assert_int_equal(psacrypto_register_driver(0, &transparent, &next), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    assert_int_equal(psacrypto_register_driver(0, &transparent, NULL), PSA_ERROR_BAD_STATE);
}

static void a_driver_without_a_name_is_listed(void **state)
{
    psa_key_location_t location;
    unsigned n = 0;
    (void)state;
    assert_int_equal(psa_crypto_init(), PSA_SUCCESS);
    while (psacrypto_driver_name(n + 1u, &location) != NULL) {
        n++;
        if (location == NAMELESS) {
            assert_string_equal(psacrypto_driver_name(n, &location), "");
        }
    }
    assert_null(driver_table_at(n + 1u));
    assert_non_null(driver_table_at(n));
}

static struct psacrypto_store_ram_space space;

static int start(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &space) == PSA_SUCCESS &&
           psacrypto_register_driver(0, &transparent, &next) == PSA_SUCCESS &&
           psacrypto_register_driver(NAMELESS, &nameless, NULL) == PSA_SUCCESS &&
           psacrypto_register_driver(TOKEN, &token, NULL) == PSA_SUCCESS ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_copy_out_of_a_token, close_all),
        cmocka_unit_test_teardown(an_attached_key_is_where_it_was_asked_for, close_all),
        cmocka_unit_test_teardown(an_attached_key_permits_what_both_do, close_all),
        cmocka_unit_test_teardown(a_builtin_key_is_in_its_token, close_all),
        cmocka_unit_test_teardown(a_key_without_its_driver_is_not_destroyed, close_all),
        cmocka_unit_test_teardown(recovery_leaves_what_it_cannot_undo, close_all),
        cmocka_unit_test_teardown(a_driver_without_a_name_is_listed, close_all),
        cmocka_unit_test_teardown(registration_says_what_is_wrong, close_all),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
