/* SPDX-License-Identifier: Apache-2.0 */
/* Keys opened for the engine, and prepared ones. The engine here shows what it is given. */
#include "fixture.h"

#define ALG PSA_ALG_HMAC(PSA_ALG_SHA_256)

/* An engine whose prepared form is a few bytes that name the key, and whose MAC is the form. */
struct probe {
    unsigned prepared, unprepared;
    size_t prepared_size;
    psa_status_t prepare_status;
    const void *seen_prepared;
    size_t seen_length;
    uint8_t seen_first;
    psa_key_lifetime_t seen_lifetime;
    psa_key_id_t seen_id;
    int32_t seen_owner;
};

static size_t probe_prepared_size(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct probe *probe = instance;
    (void)key;
    assert_int_equal(alg, ALG);
    return probe->prepared_size;
}

static psa_status_t probe_prepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct probe *probe = instance;
    (void)alg;
    assert_int_equal((uintptr_t)memory % 64u, 0);
    memset(memory, key->blob[0], probe->prepared_size);
    probe->prepared++;
    return probe->prepare_status;
}

static void probe_unprepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct probe *probe = instance;
    (void)alg;
    assert_int_equal(((uint8_t *)memory)[0], key->blob[0]);
    assert_ptr_equal(key->prepared, memory);
    probe->unprepared++;
}

static psa_status_t probe_compute(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                                  const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct probe *probe = instance;
    (void)alg, (void)input, (void)input_length;
    probe->seen_prepared = key->prepared;
    probe->seen_length = key->length;
    probe->seen_first = key->blob[0];
    probe->seen_lifetime = psa_get_key_lifetime(key->attributes);
    probe->seen_id = psa_get_key_id(key->attributes);
    probe->seen_owner = key->owner;
    memset(mac, key->prepared == NULL ? 0 : *(const uint8_t *)key->prepared, mac_size);
    *mac_length = mac_size;
    return PSA_SUCCESS;
}

static const struct psacrypto_mac_entries probe_mac = { .compute = probe_compute };
static const struct psacrypto_driver probe_driver = {
    .abi = PSACRYPTO_DRIVER_ABI, .size = sizeof(struct psacrypto_driver), .name = "probe",
    .prepared_size = probe_prepared_size, .prepare = probe_prepare, .unprepare = probe_unprepare, .mac = &probe_mac,
};

static struct probe probe;

static void use_probe(struct fixture *fixture, size_t prepared_size)
{
    memset(&probe, 0, sizeof(probe));
    probe.prepared_size = prepared_size;
    fixture->element.engine = &probe_driver;
    fixture->element.engine_instance = &probe;
}

static void make_key(struct fixture *fixture, struct test_key *key, size_t length)
{
    uint8_t data[300];
    memset(data, 0x3c, sizeof(data));
    test_key_init(key, PERSISTENT, PSA_KEY_TYPE_HMAC, 0, PSA_KEY_USAGE_SIGN_MESSAGE, ALG);
    key->key.owner = 9;
    assert_int_equal(test_key_import(fixture, key, data, length), PSA_SUCCESS);
}

static psa_status_t compute(struct fixture *fixture, const struct test_key *key, uint8_t mac[32])
{
    size_t length = 0;
    return se_mac_entries.compute(&fixture->element, &key->key, ALG, mac, 0, mac, 32, &length);
}

static void engine_sees_a_transparent_key(void **state)
{
    struct fixture *fixture = *state;
    static const size_t lengths[] = { 1, 72, 73, 300 }; /* on the stack, and in locked memory */
    use_probe(fixture, 0);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        struct test_key key;
        uint8_t mac[32];
        make_key(fixture, &key, lengths[i]);
        assert_int_equal(compute(fixture, &key, mac), PSA_SUCCESS);
        assert_null(probe.seen_prepared);
        assert_int_equal(probe.seen_length, lengths[i]);
        assert_int_equal(probe.seen_first, 0x3c);
        assert_int_equal(probe.seen_lifetime, PSA_KEY_LIFETIME_VOLATILE);
        assert_int_equal(probe.seen_id, 0);
        assert_int_equal(probe.seen_owner, 9);
        assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
    }
}

static void prepared_keys(void **state)
{
    struct fixture *fixture = *state;
    static const size_t sizes[] = { 0, 1, 64, 1000 };
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct test_key key;
        uint8_t mac[32];
        use_probe(fixture, sizes[i]);
        make_key(fixture, &key, 100);
        size_t size = test_key_prepare(fixture, &key, ALG);
        assert_true(size >= sizes[i] + 100u);
        assert_int_equal(probe.prepared, sizes[i] != 0);
        fixture->get_status = PSA_ERROR_STORAGE_FAILURE; /* neither state nor blob is needed any more */
        memset(key.blob + SE_REFERENCE_SIZE, 0, 20);
        assert_int_equal(compute(fixture, &key, mac), PSA_SUCCESS);
        fixture->get_status = PSA_SUCCESS;
        assert_int_equal(probe.seen_length, 100);
        assert_int_equal(probe.seen_first, 0x3c);
        assert_int_equal(probe.seen_prepared != NULL, sizes[i] != 0);
        assert_int_equal(mac[31], sizes[i] != 0 ? 0x3c : 0);
        test_key_unprepare(fixture, &key, ALG, size);
        assert_int_equal(probe.unprepared, sizes[i] != 0);
        (void)test_key_destroy(fixture, &key);
    }
}

/* The policy is checked at each use, prepared or not. */
static void prepared_keys_have_a_policy(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t mac[32];
    size_t length = 0;
    use_probe(fixture, 8);
    make_key(fixture, &key, 16);
    size_t size = test_key_prepare(fixture, &key, ALG);
    assert_int_equal(se_mac_entries.compute(&fixture->element, &key.key, PSA_ALG_HMAC(PSA_ALG_SHA_384), mac, 0, mac, 32, &length),
                     PSA_ERROR_NOT_PERMITTED);
    psa_set_key_usage_flags(&key.attributes, 0);
    assert_int_equal(compute(fixture, &key, mac), PSA_ERROR_NOT_PERMITTED);
    test_key_unprepare(fixture, &key, ALG, size);
}

static void forged_keys_are_not_prepared(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t memory[512];
    use_probe(fixture, 8);
    make_key(fixture, &key, 16);
    psa_set_key_usage_flags(&key.attributes, PSA_KEY_USAGE_EXPORT);
    assert_int_equal(se_prepared_size(&fixture->element, &key.key, ALG), 0);
    assert_int_equal(se_prepare(&fixture->element, &key.key, ALG, memory), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(probe.prepared, 0);
}

static void engine_cannot_prepare(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint64_t memory[64] __attribute__((aligned(64)));
    use_probe(fixture, 8);
    make_key(fixture, &key, 16);
    probe.prepare_status = PSA_ERROR_HARDWARE_FAILURE;
    assert_int_equal(se_prepare(&fixture->element, &key.key, ALG, memory), PSA_ERROR_HARDWARE_FAILURE);
}

static void not_a_key(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t mac[32];
    use_probe(fixture, 0);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_HMAC, 128, PSA_KEY_USAGE_SIGN_MESSAGE, ALG);
    assert_int_equal(compute(fixture, &key, mac), PSA_ERROR_DATA_CORRUPT); /* no blob at all */
    assert_int_equal(test_key_allocate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(compute(fixture, &key, mac), key.key.length == 0 ? PSA_ERROR_DATA_CORRUPT : PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
}

/* What an engine does not have, an element does not have. */
static void nothing_in_the_engine(void **state)
{
    struct fixture *fixture = *state;
    static const struct psacrypto_driver nothing = { .abi = PSACRYPTO_DRIVER_ABI, .size = sizeof(struct psacrypto_driver), .name = "" };
    se_t *element = &fixture->element;
    struct test_key key;
    uint8_t b[16];
    size_t n = 0, m = 0;
    make_key(fixture, &key, 16);
    element->engine = &nothing;
    const struct psacrypto_key *k = &key.key;

    assert_int_equal(se_mac_entries.compute(element, k, ALG, b, 1, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_mac_entries.verify(element, k, ALG, b, 1, b, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_mac_entries.sign_setup(element, k, b, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_mac_entries.verify_setup(element, k, b, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_mac_entries.update(element, k, b, b, 1), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_mac_entries.sign_finish(element, k, b, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_mac_entries.verify_finish(element, k, b, b, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_mac_entries.abort(element, b), PSA_SUCCESS);

    assert_int_equal(se_cipher_entries.encrypt(element, k, ALG, b, 16, b, 16, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_cipher_entries.decrypt(element, k, ALG, b, 16, b, 16, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_cipher_entries.encrypt_setup(element, k, b, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_cipher_entries.decrypt_setup(element, k, b, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_cipher_entries.set_iv(element, k, b, b, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_cipher_entries.update(element, k, b, b, 16, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_cipher_entries.finish(element, k, b, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_cipher_entries.abort(element, b), PSA_SUCCESS);

    assert_int_equal(se_aead_entries.encrypt(element, k, ALG, b, 12, b, 1, b, 0, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.decrypt(element, k, ALG, b, 12, b, 1, b, 16, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.encrypt_setup(element, k, b, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.decrypt_setup(element, k, b, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.set_lengths(element, k, b, 1, 1), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.set_nonce(element, k, b, b, 12), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.update_ad(element, k, b, b, 1), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.update(element, k, b, b, 1, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.finish(element, k, b, b, 16, &n, b, 16, &m), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.verify(element, k, b, b, 16, &n, b, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_aead_entries.abort(element, b), PSA_SUCCESS);

    assert_int_equal(se_sign_entries.sign_hash(element, k, PSA_ALG_ECDSA_ANY, b, 16, b, 0, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_sign_entries.verify_hash(element, k, PSA_ALG_ECDSA_ANY, b, 16, b, 0, b, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_sign_entries.sign_message(element, k, PSA_ALG_PURE_EDDSA, b, 16, b, 0, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_sign_entries.verify_message(element, k, PSA_ALG_PURE_EDDSA, b, 16, b, 0, b, 16), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_key_agreement_entries.agree(element, k, PSA_ALG_ECDH, b, 16, b, 16, &n), PSA_ERROR_NOT_SUPPORTED);

    assert_int_equal(se_key_derivation_entries.setup(element, b, ALG), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_key_derivation_entries.set_capacity(element, b, 1), PSA_SUCCESS);
    assert_int_equal(se_key_derivation_entries.input_bytes(element, b, PSA_KEY_DERIVATION_INPUT_INFO, b, 1), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_key_derivation_entries.input_integer(element, b, PSA_KEY_DERIVATION_INPUT_COST, 1), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_key_derivation_entries.output_bytes(element, b, b, 1), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_key_derivation_entries.abort(element, b), PSA_SUCCESS);
    assert_int_equal(psacrypto_secure_element_driver.context_size(element, PSACRYPTO_FAMILY_MAC, ALG, PSA_KEY_TYPE_HMAC, 128), 0);
    (void)test_key_destroy(fixture, &key);
}

#define BOTH(test) \
    cmocka_unit_test_setup_teardown(test, fixture_setup_wrapped, fixture_teardown), \
    { #test ", in slots", test, fixture_setup_slots, fixture_teardown, NULL }

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(engine_sees_a_transparent_key),
        BOTH(prepared_keys),
        BOTH(prepared_keys_have_a_policy),
        BOTH(forged_keys_are_not_prepared),
        BOTH(engine_cannot_prepare),
        BOTH(not_a_key),
        BOTH(nothing_in_the_engine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
