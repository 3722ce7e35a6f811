/* SPDX-License-Identifier: Apache-2.0 */
/* Keys come and go: what is imported, generated, derived and copied, and what comes out again. */
#include "fixture.h"

#include "support/allocation.h"

#define P256 PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)
#define P256_PUBLIC PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)

/* Private key 1, whose public key is the base point (SEC 2, 2.4.2). */
static const uint8_t one[32] = { [31] = 1 };
static const uint8_t base_point[65] = {
    0x04, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
    0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
    0x4f, 0xe3, 0x42, 0xe2, 0xfe, 0x1a, 0x7f, 0x9b, 0x8e, 0xe7, 0xeb, 0x4a, 0x7c, 0x0f, 0x9e, 0x16,
    0x2b, 0xce, 0x33, 0x57, 0x6b, 0x31, 0x5e, 0xce, 0xcb, 0xb6, 0x40, 0x68, 0x37, 0xbf, 0x51, 0xf5,
};

static void import_and_export(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        psa_key_type_t type;
        size_t length;
    } kinds[] = {
        { PSA_KEY_TYPE_RAW_DATA, 1 }, { PSA_KEY_TYPE_RAW_DATA, PSACRYPTO_SECURE_ELEMENT_KEY_SIZE }, { PSA_KEY_TYPE_DERIVE, 73 },
        { PSA_KEY_TYPE_HMAC, 64 },    { PSA_KEY_TYPE_PASSWORD, 8 },   { PSA_KEY_TYPE_PASSWORD_HASH, 32 },
        { PSA_KEY_TYPE_PEPPER, 16 },  { PSA_KEY_TYPE_AES, 16 },       { PSA_KEY_TYPE_AES, 24 },
        { PSA_KEY_TYPE_AES, 32 },     { PSA_KEY_TYPE_CHACHA20, 32 },
    };
    uint8_t data[PSACRYPTO_SECURE_ELEMENT_KEY_SIZE], back[PSACRYPTO_SECURE_ELEMENT_KEY_SIZE];
    for (size_t i = 0; i < sizeof(data); i++) {
        data[i] = (uint8_t)(i * 7u + 1u);
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct test_key key;
        size_t length = 0;
        test_key_init(&key, PERSISTENT, kinds[i].type, 0, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
        size_t room = se_blob_size(&fixture->element, &key.attributes, kinds[i].length);
        assert_int_equal(test_key_import(fixture, &key, data, kinds[i].length), PSA_SUCCESS);
        assert_int_equal(psa_get_key_bits(&key.attributes), 8u * kinds[i].length);
        assert_true(key.key.length <= room);
        assert_int_equal(test_key_export(fixture, &key, back, sizeof(back), &length), PSA_SUCCESS);
        assert_int_equal(length, kinds[i].length);
        assert_memory_equal(back, data, length);
        assert_int_equal(test_key_export(fixture, &key, back, length - 1u, &length), PSA_ERROR_BUFFER_TOO_SMALL);
        assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
    }
}

static void import_refuses(void **state)
{
    struct fixture *fixture = *state;
    static const uint8_t data[PSACRYPTO_SECURE_ELEMENT_KEY_SIZE + 1u] = { 1 };
    struct test_key key;
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 0, 0, 0);
    assert_int_equal(test_key_import(fixture, &key, data, 15), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 192, 0, 0);
    assert_int_equal(test_key_import(fixture, &key, data, 16), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_RAW_DATA, 0, 0, 0);
    assert_int_equal(test_key_import(fixture, &key, data, sizeof(data)), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_blob_size(&fixture->element, &key.attributes, SE_RECORD_MAX + 1u), 0);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 0, 0, 0); /* not of the engine */
    assert_int_equal(test_key_import(fixture, &key, data, 64), PSA_ERROR_NOT_SUPPORTED);
    test_key_init(&key, PERSISTENT, P256, 0, 0, 0);
    assert_int_equal(test_key_import(fixture, &key, data + 1, 32), PSA_ERROR_INVALID_ARGUMENT); /* zero is no key */
}

static void generate(void **state)
{
    struct fixture *fixture = *state;
    static const psa_custom_key_parameters_t special = { 1 };
    struct test_key one_key, other;
    uint8_t a[32], b[32];
    size_t length = 0;
    test_key_init(&one_key, VOLATILE, PSA_KEY_TYPE_AES, 256, PSA_KEY_USAGE_EXPORT, 0);
    test_key_init(&other, VOLATILE, PSA_KEY_TYPE_AES, 256, PSA_KEY_USAGE_EXPORT, 0);
    assert_int_equal(test_key_generate(fixture, &one_key), PSA_SUCCESS);
    assert_int_equal(test_key_generate(fixture, &other), PSA_SUCCESS);
    assert_int_equal(test_key_export(fixture, &one_key, a, sizeof(a), &length), PSA_SUCCESS);
    assert_int_equal(test_key_export(fixture, &other, b, sizeof(b), &length), PSA_SUCCESS);
    assert_memory_not_equal(a, b, sizeof(a));

    test_key_init(&other, VOLATILE, PSA_KEY_TYPE_AES, 100, 0, 0);
    assert_int_equal(test_key_generate(fixture, &other), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&other, VOLATILE, PSA_KEY_TYPE_AES, 128, 0, 0);
    assert_int_equal(se_key_management_entries.generate(&fixture->element, &other.attributes, 0, &special, NULL, 0, other.blob,
                                                        sizeof(other.blob), &other.key.length), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&other, VOLATILE, PSA_KEY_TYPE_ML_KEM_KEY_PAIR, 512, 0, 0);
    assert_int_equal(test_key_generate(fixture, &other), PSA_ERROR_NOT_SUPPORTED);
    fixture->randoms_left = 0;
    test_key_init(&other, VOLATILE, PSA_KEY_TYPE_AES, 128, 0, 0);
    assert_int_equal(test_key_generate(fixture, &other), PSA_ERROR_INSUFFICIENT_ENTROPY);
}

static void key_pair(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key, public_key;
    uint8_t point[65];
    size_t length = 0;
    test_key_init(&key, PERSISTENT, P256, 0, 0, 0);
    assert_int_equal(test_key_import(fixture, &key, one, sizeof(one)), PSA_SUCCESS);
    assert_int_equal(psa_get_key_bits(&key.attributes), 256);
    assert_int_equal(se_key_management_entries.export_public_key(&fixture->element, &key.key, point, sizeof(point), &length),
                     PSA_SUCCESS);
    assert_int_equal(length, sizeof(base_point));
    assert_memory_equal(point, base_point, sizeof(base_point));

    test_key_init(&public_key, PERSISTENT, P256_PUBLIC, 0, 0, 0); /* no EXPORT: it comes out all the same */
    assert_int_equal(test_key_import(fixture, &public_key, base_point, sizeof(base_point)), PSA_SUCCESS);
    memset(point, 0, sizeof(point));
    assert_int_equal(test_key_export(fixture, &public_key, point, sizeof(point), &length), PSA_SUCCESS);
    assert_memory_equal(point, base_point, sizeof(base_point));
    memset(point, 0, sizeof(point));
    assert_int_equal(se_key_management_entries.export_public_key(&fixture->element, &public_key.key, point, sizeof(point), &length),
                     PSA_SUCCESS);
    assert_memory_equal(point, base_point, sizeof(base_point));
}

static void export_is_enforced(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t data[32];
    size_t length = 0;
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(test_key_export(fixture, &key, data, sizeof(data), &length), PSA_ERROR_NOT_PERMITTED);
    psa_set_key_usage_flags(&key.attributes, PSA_KEY_USAGE_EXPORT); /* as a changed store would have it */
    assert_int_equal(test_key_export(fixture, &key, data, sizeof(data), &length), PSA_ERROR_DATA_CORRUPT);
    psa_set_key_usage_flags(&key.attributes, PSA_KEY_USAGE_ENCRYPT);
    psa_set_key_type(&key.attributes, P256_PUBLIC); /* "public", hence exportable? */
    assert_int_equal(test_key_export(fixture, &key, data, sizeof(data), &length), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(length, 0);
}

static void owners_are_apart(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t data[16];
    size_t length = 0;
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    key.key.owner = 1;
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    key.key.owner = 2;
    assert_int_equal(test_key_export(fixture, &key, data, sizeof(data), &length), PSA_ERROR_DATA_CORRUPT);
    key.key.owner = 1;
    assert_int_equal(test_key_export(fixture, &key, data, sizeof(data), &length), PSA_SUCCESS);
}

/* ---- Copies ---- */

/* With as much room as the library gives, which knows the length of the source's blob and no more. */
static psa_status_t copy(struct fixture *fixture, const struct test_key *source, struct test_key *target)
{
    size_t room = se_blob_size(&fixture->element, &target->attributes, source->key.length);
    psa_status_t status = test_key_allocate(fixture, target);
    return status != PSA_SUCCESS ? status
        : se_key_management_entries.copy(&fixture->element, &source->key, &target->attributes, target->key.owner, target->blob,
                                         room, &target->key.length);
}

static void copy_within(void **state)
{
    struct fixture *fixture = *state;
    struct test_key source, target;
    uint8_t a[16], b[16];
    size_t length = 0;
    test_key_init(&source, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    assert_int_equal(test_key_generate(fixture, &source), PSA_SUCCESS);
    test_key_init(&target, PERSISTENT, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_CACHE, PSA_ALG_CTR);
    assert_int_equal(copy(fixture, &source, &target), PSA_SUCCESS);
    assert_int_equal(test_key_export(fixture, &source, a, sizeof(a), &length), PSA_SUCCESS);
    assert_int_equal(test_key_export(fixture, &target, b, sizeof(b), &length), PSA_SUCCESS);
    assert_memory_equal(a, b, sizeof(a));
    assert_int_equal(test_key_destroy(fixture, &source), PSA_SUCCESS);
    assert_int_equal(test_key_export(fixture, &target, b, sizeof(b), &length), PSA_SUCCESS);
}

/* Into a slot, out of it, and of the longest key that there is. */
static void copy_anywhere(void **state)
{
    struct fixture *fixture = *state;
    static const psa_key_lifetime_t lifetimes[] = { VOLATILE, PERSISTENT };
    static const uint8_t data[PSACRYPTO_SECURE_ELEMENT_KEY_SIZE] = { 1, 2, 3 };
    for (unsigned i = 0; i < 8; i++) {
        struct test_key source, target;
        size_t length = i < 4 ? 33 : sizeof(data);
        test_key_init(&source, lifetimes[i & 1u], PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_COPY, PSA_ALG_NONE);
        assert_int_equal(test_key_import(fixture, &source, data, length), PSA_SUCCESS);
        test_key_init(&target, lifetimes[i >> 1 & 1u], PSA_KEY_TYPE_DERIVE, 8u * length, PSA_KEY_USAGE_COPY, PSA_ALG_NONE);
        assert_int_equal(copy(fixture, &source, &target), PSA_SUCCESS);
        assert_int_equal(test_key_destroy(fixture, &source), PSA_SUCCESS);
        assert_int_equal(test_key_destroy(fixture, &target), PSA_SUCCESS);
    }
}

static void copy_permits_no_more(void **state)
{
    struct fixture *fixture = *state;
    struct test_key source, target;
    test_key_init(&source, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM);
    source.attributes.private_alg2 = PSA_ALG_CTR;
    assert_int_equal(test_key_generate(fixture, &source), PSA_SUCCESS);
    test_key_init(&target, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    assert_int_equal(copy(fixture, &source, &target), PSA_SUCCESS);
    target.attributes.private_alg2 = PSA_ALG_GCM;
    assert_int_equal(copy(fixture, &source, &target), PSA_SUCCESS);
    target.attributes.private_alg2 = PSA_ALG_CCM;
    assert_int_equal(copy(fixture, &source, &target), PSA_ERROR_NOT_PERMITTED);
    test_key_init(&target, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CCM);
    assert_int_equal(copy(fixture, &source, &target), PSA_ERROR_NOT_PERMITTED);
    test_key_init(&target, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(copy(fixture, &source, &target), PSA_ERROR_NOT_PERMITTED);
    test_key_init(&target, VOLATILE, PSA_KEY_TYPE_DERIVE, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    assert_int_equal(copy(fixture, &source, &target), PSA_ERROR_INVALID_ARGUMENT);

    test_key_init(&source, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM);
    assert_int_equal(test_key_generate(fixture, &source), PSA_SUCCESS);
    test_key_init(&target, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM);
    assert_int_equal(copy(fixture, &source, &target), PSA_ERROR_NOT_PERMITTED); /* without COPY */
}

/* ---- Derived keys ---- */

static psa_status_t draw_ones(void *source, uint8_t *output, size_t output_length)
{
    unsigned *drawn = source;
    memset(output, 0, output_length);
    output[output_length - 1u] = 1;
    *drawn += 1;
    return PSA_SUCCESS;
}

static void derive(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t back[32];
    size_t length = 0;
    unsigned drawn = 0;
    test_key_init(&key, VOLATILE, PSA_KEY_TYPE_AES, 256, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(test_key_allocate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(se_key_management_entries.derive(&fixture->element, &key.attributes, 0, draw_ones, &drawn, key.blob,
                                                      sizeof(key.blob), &key.key.length), PSA_SUCCESS);
    assert_int_equal(drawn, 1);
    assert_int_equal(test_key_export(fixture, &key, back, sizeof(back), &length), PSA_SUCCESS);
    assert_memory_equal(back, one, sizeof(one));
}

/* ---- An engine that knows nothing of keys that are bytes, as the Driver Interface has it ---- */

static const struct psacrypto_driver bare_engine = { .abi = PSACRYPTO_DRIVER_ABI, .size = sizeof(struct psacrypto_driver), .name = "bare" };

static void bare(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    uint8_t data[16];
    size_t length = 0;
    unsigned drawn = 0;
    fixture->element.engine = &bare_engine;
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 0, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(se_blob_size(&fixture->element, &key.attributes, 16), SE_RECORD_OVERHEAD + 16u);
    assert_int_equal(test_key_import(fixture, &key, one, 16), PSA_SUCCESS);
    assert_int_equal(test_key_export(fixture, &key, data, sizeof(data), &length), PSA_SUCCESS);
    assert_memory_equal(data, one, 16);
    assert_int_equal(se_key_management_entries.export_public_key(&fixture->element, &key.key, data, sizeof(data), &length),
                     PSA_ERROR_NOT_SUPPORTED);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 192, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(test_key_import(fixture, &key, one, 16), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 136, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(test_key_generate(fixture, &key), PSA_ERROR_INVALID_ARGUMENT);
    test_key_init(&key, PERSISTENT, P256, 256, 0, 0);
    assert_int_equal(test_key_import(fixture, &key, one, 32), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(test_key_generate(fixture, &key), PSA_ERROR_NOT_SUPPORTED);
    assert_int_equal(se_key_management_entries.derive(&fixture->element, &key.attributes, 0, draw_ones, &drawn, key.blob,
                                                      sizeof(key.blob), &key.key.length), PSA_ERROR_NOT_SUPPORTED);
}

static void blob_sizes(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    test_key_init(&key, VOLATILE, 0, 0, 0, 0); /* to be attached */
    assert_int_equal(se_blob_size(&fixture->element, &key.attributes, 0), SE_RECORD_OVERHEAD);
    test_key_init(&key, VOLATILE, P256, 256, 0, 0);
    assert_int_equal(se_blob_size(&fixture->element, &key.attributes, 0), SE_RECORD_OVERHEAD + 32u);
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_HMAC, 2048, 0, 0);
    assert_int_equal(se_blob_size(&fixture->element, &key.attributes, 0), SE_RECORD_OVERHEAD + 256u);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(key.key.length, SE_RECORD_OVERHEAD + 256u);
}

/* With the blob as long as the driver asked for, and with one byte less. */
static void blob_too_small(void **state)
{
    struct fixture *fixture = *state;
    static const psa_custom_key_parameters_t custom = PSA_CUSTOM_KEY_PARAMETERS_INIT;
    struct test_key key;
    test_key_init(&key, VOLATILE, PSA_KEY_TYPE_AES, 128, 0, 0);
    size_t size = se_blob_size(&fixture->element, &key.attributes, 0);
    assert_int_equal(se_key_management_entries.generate(&fixture->element, &key.attributes, 0, &custom, NULL, 0, key.blob, size - 1u,
                                                        &key.key.length), PSA_ERROR_BUFFER_TOO_SMALL);
    assert_int_equal(se_key_management_entries.generate(&fixture->element, &key.attributes, 0, &custom, NULL, 0, key.blob, size,
                                                        &key.key.length), PSA_SUCCESS);
}

/* A slot has a place to note, a wrapped key has none; a key that failed is let go of in either case. */
static void allocation(void **state)
{
    struct fixture *fixture = *state;
    int slots = (fixture->element.options & PSACRYPTO_SECURE_ELEMENT_SLOTS) != 0;
    struct test_key key;
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 128, 0, 0);
    key.key.length = 99;
    assert_int_equal(se_key_management_entries.allocate(&fixture->element, &key.attributes, 0, key.blob, SE_REFERENCE_SIZE - 1u,
                                                        &key.key.length), slots ? PSA_ERROR_BUFFER_TOO_SMALL : PSA_SUCCESS);
    assert_int_equal(test_key_allocate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(key.key.length, slots ? SE_REFERENCE_SIZE : 0);
    fixture->randoms_left = 0;
    size_t length = key.key.length;
    assert_int_equal(se_key_management_entries.generate(&fixture->element, &key.attributes, 0, NULL, NULL, 0, key.blob,
                                                        sizeof(key.blob), &key.key.length), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(key.key.length, length); /* still names the place */
    fixture->randoms_left = NEVER;
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
}

/* The same when the material is there and only the seal of it fails. */
static void seal_fails(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    size_t bits = 0;
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 0, 0, 0);
    assert_int_equal(test_key_allocate(fixture, &key), PSA_SUCCESS);
    fixture->randoms_left = 0;
    assert_int_equal(se_key_management_entries.import(&fixture->element, &key.attributes, 0, one, 16, key.blob, sizeof(key.blob),
                                                      &key.key.length, &bits), PSA_ERROR_INSUFFICIENT_ENTROPY);
    fixture->randoms_left = NEVER;
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
    assert_int_equal(test_key_import(fixture, &key, one, 16), PSA_SUCCESS);
}

/* ---- Out of memory at each allocation in turn ---- */

/* Once more where memory was missing: the next allocation is there again. */
static psa_status_t let_go(struct fixture *fixture, const struct test_key *key)
{
    psa_status_t status = key->key.length == 0 ? PSA_SUCCESS : test_key_destroy(fixture, key);
    assert_int_equal(status == PSA_SUCCESS ? PSA_SUCCESS : test_key_destroy(fixture, key), PSA_SUCCESS);
    return status;
}

/* The life of a key; what fails is let go of. */
static psa_status_t life(void *context)
{
    struct fixture *fixture = context;
    uint8_t data[100] = { 1 };
    size_t length = 0;
    struct test_key key, other;
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_DERIVE, 0, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY, PSA_ALG_NONE);
    test_key_init(&other, PERSISTENT, PSA_KEY_TYPE_DERIVE, 800, PSA_KEY_USAGE_COPY, PSA_ALG_NONE);
    psa_status_t status = test_key_import(fixture, &key, data, sizeof(data));
    if (status == PSA_SUCCESS) {
        status = test_key_export(fixture, &key, data, sizeof(data), &length);
    }
    if (status == PSA_SUCCESS) {
        status = copy(fixture, &key, &other);
    }
    psa_status_t first = let_go(fixture, &key);
    psa_status_t second = let_go(fixture, &other);
    return status != PSA_SUCCESS ? status : first != PSA_SUCCESS ? first : second;
}

static void out_of_memory(void **state)
{
    struct fixture *fixture = *state;
    int slots = (fixture->element.options & PSACRYPTO_SECURE_ELEMENT_SLOTS) != 0;
    assert_true(allocation_fails_each(life, fixture) >= (slots ? 11 : 3));
    for (uint32_t i = 0; i < fixture->element.slot_count; i++) { /* and no slot was lost */
        struct test_key key;
        test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_AES, 128, 0, 0);
        assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(import_and_export, fixture_setup_wrapped, fixture_teardown),
        { "import_and_export, in slots", import_and_export, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(import_refuses, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(generate, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(key_pair, fixture_setup_wrapped, fixture_teardown),
        { "key_pair, in slots", key_pair, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(export_is_enforced, fixture_setup_wrapped, fixture_teardown),
        { "export_is_enforced, in slots", export_is_enforced, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(owners_are_apart, fixture_setup_wrapped, fixture_teardown),
        { "owners_are_apart, in slots", owners_are_apart, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(copy_within, fixture_setup_wrapped, fixture_teardown),
        { "copy_within, in slots", copy_within, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(copy_anywhere, fixture_setup_wrapped, fixture_teardown),
        { "copy_anywhere, in slots", copy_anywhere, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(copy_permits_no_more, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(derive, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(bare, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(blob_sizes, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(blob_too_small, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(allocation, fixture_setup_wrapped, fixture_teardown),
        { "allocation, in slots", allocation, fixture_setup_slots, fixture_teardown, NULL },
        cmocka_unit_test_setup_teardown(seal_fails, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, fixture_setup_wrapped, fixture_teardown),
        { "out_of_memory, in slots", out_of_memory, fixture_setup_slots, fixture_teardown, NULL },
        { "seal_fails, in slots", seal_fails, fixture_setup_slots, fixture_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
