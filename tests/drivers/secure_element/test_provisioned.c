/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of the factory: attached by label, found by id, limited by their own policy, never destroyed. */
#include "fixture.h"

#define BUILT_IN_ID ((psa_key_id_t)0x7fff0004)
#define LABEL(text) (const uint8_t *)(text), sizeof(text) - 1u

static const uint8_t mac_material[32] = "thirty-two bytes from a factory";
static const uint8_t aes_material[16] = "sixteen of them";

static const struct psacrypto_secure_element_key table[] = {
    { 7, PSA_KEY_ID_NULL, LABEL("vendor/mac"), PSA_KEY_TYPE_HMAC, 256, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE,
      PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_HMAC(PSA_ALG_SHA_256), 16), PSA_ALG_NONE, mac_material, sizeof(mac_material) },
    { 9, BUILT_IN_ID, NULL, 0, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT,
      PSA_ALG_GCM, PSA_ALG_CTR, aes_material, sizeof(aes_material) },
};

static int setup(void **state)
{
    (void)fixture_setup(state);
    struct fixture *fixture = *state;
    fixture->element.provisioned = table;
    fixture->element.provisioned_count = sizeof(table) / sizeof(table[0]);
    fixture_open(fixture);
    return 0;
}

static psa_status_t attach(struct fixture *fixture, struct test_key *key, const char *label)
{
    return se_attach(&fixture->element, &key->attributes, key->key.owner, (const uint8_t *)label, strlen(label),
                     key->blob, sizeof(key->blob), &key->key.length);
}

static psa_status_t mac(struct fixture *fixture, const struct test_key *key, psa_algorithm_t alg, size_t size)
{
    uint8_t tag[32];
    size_t length = 0;
    return se_mac_entries.compute(&fixture->element, &key->key, alg, mac_material, 5, tag, size, &length);
}

static void attach_and_use(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key, again;
    uint8_t tag[32], reference[EVP_MAX_MD_SIZE];
    size_t length = 0;
    test_key_init(&key, VOLATILE, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_EXPORT, PSA_ALG_HMAC(PSA_ALG_SHA_256));
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_SUCCESS);
    assert_int_equal(psa_get_key_type(&key.attributes), PSA_KEY_TYPE_HMAC);
    assert_int_equal(psa_get_key_bits(&key.attributes), 256);
    assert_int_equal(psa_get_key_usage_flags(&key.attributes), PSA_KEY_USAGE_SIGN_MESSAGE); /* EXPORT is not theirs to give */
    assert_int_equal(psa_get_key_algorithm(&key.attributes), PSA_ALG_HMAC(PSA_ALG_SHA_256));
    assert_int_equal(key.key.length, SE_RECORD_OVERHEAD); /* no material in the blob */
    key.attributes.private_id = 0x40000123;               /* which the library chooses afterwards */

    assert_int_equal(se_mac_entries.compute(&fixture->element, &key.key, PSA_ALG_HMAC(PSA_ALG_SHA_256), aes_material, 16,
                                            tag, 32, &length), PSA_SUCCESS);
    size_t reference_length = 0;
    assert_non_null(EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, mac_material, sizeof(mac_material), aes_material, 16,
                              reference, sizeof(reference), &reference_length));
    assert_int_equal(reference_length, length);
    assert_memory_equal(tag, reference, length);

    assert_int_equal(test_key_export(fixture, &key, tag, sizeof(tag), &length), PSA_ERROR_NOT_PERMITTED);
    test_key_init(&again, VOLATILE, PSA_KEY_TYPE_HMAC, 256, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_HMAC(PSA_ALG_SHA_256));
    assert_int_equal(attach(fixture, &again, "vendor/mac"), PSA_SUCCESS); /* twice at a time is fine */
    assert_int_equal(se_detach(&fixture->element, &key.key), PSA_SUCCESS);
    assert_int_equal(mac(fixture, &again, PSA_ALG_HMAC(PSA_ALG_SHA_256), 32), PSA_SUCCESS);
}

static void attach_refuses(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    psa_algorithm_t alg = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    test_key_init(&key, VOLATILE, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    assert_int_equal(attach(fixture, &key, "vendor/ma"), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(attach(fixture, &key, "vendor/mac "), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(attach(fixture, &key, ""), PSA_ERROR_DOES_NOT_EXIST);
    test_key_init(&key, VOLATILE, PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, VOLATILE, PSA_KEY_TYPE_HMAC, 128, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, VOLATILE, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_HMAC(PSA_ALG_SHA_512));
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, VOLATILE, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_TRUNCATED_MAC(alg, 12));
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, PERSISTENT, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(psa_get_key_type(&key.attributes), 0); /* untouched by a failure */
}

/* The longer of two minimum lengths, and no use that either side does not permit. */
static void policies_are_intersected(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    psa_algorithm_t hmac = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    test_key_init(&key, VOLATILE, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(hmac, 8));
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_SUCCESS);
    assert_int_equal(psa_get_key_algorithm(&key.attributes), PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(hmac, 16));
    assert_int_equal(mac(fixture, &key, PSA_ALG_TRUNCATED_MAC(hmac, 16), 16), PSA_SUCCESS);
    assert_int_equal(mac(fixture, &key, PSA_ALG_TRUNCATED_MAC(hmac, 15), 15), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(se_mac_entries.verify(&fixture->element, &key.key, hmac, mac_material, 5, mac_material, 32),
                     PSA_ERROR_NOT_PERMITTED);

    test_key_init(&key, VOLATILE, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_NONE); /* may be asked for, and is of no use */
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_SUCCESS);
    assert_int_equal(mac(fixture, &key, hmac, 32), PSA_ERROR_NOT_PERMITTED);
}

/* What the library shows of an attached key is not what was agreed. */
static void forged_attributes(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    psa_algorithm_t hmac = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    test_key_init(&key, VOLATILE, 0, 0, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(hmac, 20));
    assert_int_equal(attach(fixture, &key, "vendor/mac"), PSA_SUCCESS);
    psa_set_key_algorithm(&key.attributes, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(hmac, 16));
    assert_int_equal(mac(fixture, &key, PSA_ALG_TRUNCATED_MAC(hmac, 16), 16), PSA_ERROR_DATA_CORRUPT);
    psa_set_key_algorithm(&key.attributes, PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(hmac, 8)); /* the element's own says no first */
    assert_int_equal(mac(fixture, &key, PSA_ALG_TRUNCATED_MAC(hmac, 8), 8), PSA_ERROR_NOT_PERMITTED);
}

static void find_builtin(struct fixture *fixture, struct test_key *key)
{
    test_key_init(key, PERSISTENT, 0, 0, 0, 0);
    psa_set_key_id(&key->attributes, BUILT_IN_ID);
    assert_int_equal(se_builtin(&fixture->element, &key->attributes, 0, key->blob, sizeof(key->blob), &key->key.length),
                     PSA_SUCCESS);
}

static void built_in(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t output[16], iv[16] = { 0 };
    size_t length = 0;
    find_builtin(fixture, &key);
    assert_int_equal(psa_get_key_id(&key.attributes), BUILT_IN_ID);
    assert_int_equal(psa_get_key_type(&key.attributes), PSA_KEY_TYPE_AES);
    assert_int_equal(psa_get_key_bits(&key.attributes), 128);
    assert_int_equal(psa_get_key_algorithm(&key.attributes), PSA_ALG_GCM);
    assert_int_equal(key.attributes.private_alg2, PSA_ALG_CTR);
    assert_int_equal(psa_get_key_lifetime(&key.attributes),
                     PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_READ_ONLY, FIXTURE_LOCATION));
    assert_int_equal(se_cipher_entries.encrypt(&fixture->element, &key.key, PSA_ALG_CTR, iv, 16, mac_material, 16,
                                               output, 16, &length), PSA_SUCCESS);
    assert_int_equal(se_cipher_entries.encrypt(&fixture->element, &key.key, PSA_ALG_CBC_NO_PADDING, iv, 16, mac_material, 16,
                                               output, 16, &length), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_ERROR_NOT_PERMITTED);
    fixture_restart(fixture); /* the same key after a restart, by a blob from before */
    assert_int_equal(se_cipher_entries.encrypt(&fixture->element, &key.key, PSA_ALG_CTR, iv, 16, mac_material, 16,
                                               output, 16, &length), PSA_SUCCESS);
}

static void built_in_unknown(void **state)
{
    struct fixture *fixture = *state;
    static const psa_key_id_t ids[] = { 0, 7, BUILT_IN_ID - 1u, BUILT_IN_ID + 1u };
    struct test_key key;
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        test_key_init(&key, PERSISTENT, 0, 0, 0, 0);
        psa_set_key_id(&key.attributes, ids[i]);
        assert_int_equal(se_builtin(&fixture->element, &key.attributes, 0, key.blob, sizeof(key.blob), &key.key.length),
                         PSA_ERROR_DOES_NOT_EXIST);
    }
}

static void unusual_ends(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key, made;
    find_builtin(fixture, &key);
    uint8_t small[SE_RECORD_OVERHEAD - 1u];
    assert_int_equal(se_builtin(&fixture->element, &key.attributes, 0, small, sizeof(small), &key.key.length),
                     PSA_ERROR_BUFFER_TOO_SMALL);
    test_key_init(&made, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    assert_int_equal(test_key_generate(fixture, &made), PSA_SUCCESS);
    assert_int_equal(se_detach(&fixture->element, &made.key), PSA_ERROR_INVALID_ARGUMENT);

    find_builtin(fixture, &key);
    fixture->element.provisioned_count = 1; /* an update took the key away */
    uint8_t output[16], iv[16] = { 0 };
    size_t length = 0;
    assert_int_equal(se_cipher_entries.encrypt(&fixture->element, &key.key, PSA_ALG_CTR, iv, 16, mac_material, 16,
                                               output, 16, &length), PSA_ERROR_DOES_NOT_EXIST);
}

/* ---- A table that contradicts itself ---- */

static psa_status_t open_with(struct fixture *fixture, struct psacrypto_secure_element_key changed)
{
    struct psacrypto_secure_element_key both[2];
    both[0] = table[0];
    both[1] = changed;
    fixture->element.provisioned = both;
    fixture->element.provisioned_count = 2;
    psa_status_t status = psacrypto_secure_element_driver.open(&fixture->element, &fixture->services);
    fixture->element.provisioned_count = 0;
    return status;
}

static void unsound_tables(void **state)
{
    struct fixture *fixture = *state;
    struct psacrypto_secure_element_key key;
    key = table[1], assert_int_equal(open_with(fixture, key), PSA_SUCCESS);
    key = table[1], key.number = 7, assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key = table[1], key.id = 5, assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key = table[1], key.id = 0x7ffff000, assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key = table[1], key.id = 0, assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key = table[1], key.material = NULL, assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key = table[1], key.material_length = 0, assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key = table[1], key.material_length = 4097, assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key = table[1], key.label = table[0].label, key.label_length = table[0].label_length;
    assert_int_equal(open_with(fixture, key), PSA_ERROR_INVALID_ARGUMENT);
    key.label_length--, assert_int_equal(open_with(fixture, key), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(attach_and_use, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(attach_refuses, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(policies_are_intersected, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(forged_attributes, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(built_in, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(built_in_unknown, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(unusual_ends, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(unsound_tables, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
