/* SPDX-License-Identifier: Apache-2.0 */
/* Records: what was sealed comes back, and nothing else does. */
#include "fixture.h"

static const uint8_t material[] = "thirty-one bytes of a secret key";
#define MATERIAL_LENGTH (sizeof(material) - 1u)

struct sealed {
    struct se_place place;
    psa_key_attributes_t attributes;
    int32_t owner;
    uint8_t record[SE_RECORD_OVERHEAD + MATERIAL_LENGTH];
    size_t length;
};

static void seal(struct fixture *fixture, struct sealed *sealed)
{
    struct test_key key;
    memset(sealed, 0, sizeof(*sealed));
    test_key_init(&key, PERSISTENT, PSA_KEY_TYPE_HMAC, 8u * MATERIAL_LENGTH, PSA_KEY_USAGE_SIGN_HASH, PSA_ALG_HMAC(PSA_ALG_SHA_256));
    key.attributes.private_alg2 = PSA_ALG_HKDF(PSA_ALG_SHA_256);
    sealed->attributes = key.attributes;
    sealed->place.kind = SE_SLOT;
    sealed->place.number = 3;
    sealed->place.generation = 0x1122334455667788u;
    sealed->owner = -7;
    assert_int_equal(se_record_seal(&fixture->element, sealed->record, sizeof(sealed->record), &sealed->length, &sealed->place,
                                    &sealed->attributes, sealed->owner, material, MATERIAL_LENGTH), PSA_SUCCESS);
    assert_int_equal(sealed->length, sizeof(sealed->record));
}

static psa_status_t unseal(struct fixture *fixture, const struct sealed *sealed)
{
    uint8_t output[MATERIAL_LENGTH];
    size_t length = 0;
    psa_status_t status = se_record_open(&fixture->element, output, sizeof(output), &length, &sealed->place,
                                         &sealed->attributes, sealed->owner, sealed->record, sealed->length);
    if (status == PSA_SUCCESS) {
        assert_int_equal(length, MATERIAL_LENGTH);
        assert_memory_equal(output, material, MATERIAL_LENGTH);
    }
    return status;
}

static void round_trip(void **state)
{
    struct sealed sealed;
    seal(*state, &sealed);
    assert_int_equal(unseal(*state, &sealed), PSA_SUCCESS);
    for (size_t i = 0; i + 8 <= sealed.length; i++) {
        assert_memory_not_equal(sealed.record + i, material + 4, 8); /* nowhere in the clear */
    }
}

static void two_seals_differ(void **state)
{
    struct sealed one, two;
    seal(*state, &one);
    seal(*state, &two);
    assert_memory_not_equal(one.record + SE_HEADER_SIZE, two.record + SE_HEADER_SIZE, SE_NONCE_SIZE);
    assert_memory_not_equal(one.record + SE_HEADER_SIZE + SE_NONCE_SIZE, two.record + SE_HEADER_SIZE + SE_NONCE_SIZE, MATERIAL_LENGTH);
}

static void every_bit_counts(void **state)
{
    struct sealed sealed;
    seal(*state, &sealed);
    for (size_t bit = 0; bit < 8u * sealed.length; bit++) {
        sealed.record[bit / 8u] ^= (uint8_t)(1u << bit % 8u);
        assert_int_equal(unseal(*state, &sealed), PSA_ERROR_DATA_CORRUPT);
        sealed.record[bit / 8u] ^= (uint8_t)(1u << bit % 8u);
    }
    for (size_t cut = 0; cut < sealed.length; cut++) {
        struct sealed less = sealed;
        less.length = cut;
        assert_int_equal(unseal(*state, &less), PSA_ERROR_DATA_CORRUPT);
    }
}

/* A caller that shows other attributes than those of the key, in the record too. */
static void expect_bound(struct fixture *fixture, struct sealed changed)
{
    uint8_t header[SE_HEADER_SIZE];
    struct sealed other = changed;
    assert_int_equal(unseal(fixture, &changed), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(se_record_seal(&fixture->element, other.record, sizeof(other.record), &other.length, &other.place,
                                    &other.attributes, other.owner, material, MATERIAL_LENGTH), PSA_SUCCESS);
    memcpy(header, other.record, sizeof(header));
    memcpy(changed.record, header, sizeof(header));
    assert_int_equal(unseal(fixture, &changed), PSA_ERROR_DATA_CORRUPT);
}

static void attributes_are_bound(void **state)
{
    struct sealed sealed, changed;
    seal(*state, &sealed);
    changed = sealed, changed.owner = 0, expect_bound(*state, changed);
    changed = sealed, changed.place.number = 4, expect_bound(*state, changed);
    changed = sealed, changed.place.generation++, expect_bound(*state, changed);
    changed = sealed, changed.place.kind = SE_WRAPPED, expect_bound(*state, changed);
    changed = sealed, changed.attributes.private_id++, expect_bound(*state, changed);
    changed = sealed, changed.attributes.private_type = PSA_KEY_TYPE_DERIVE, expect_bound(*state, changed);
    changed = sealed, changed.attributes.private_bits -= 8, expect_bound(*state, changed);
    changed = sealed, changed.attributes.private_lifetime ^= 0x100, expect_bound(*state, changed);
    changed = sealed, changed.attributes.private_usage |= PSA_KEY_USAGE_EXPORT, expect_bound(*state, changed);
    changed = sealed, changed.attributes.private_alg = PSA_ALG_HMAC(PSA_ALG_SHA_512), expect_bound(*state, changed);
    changed = sealed, changed.attributes.private_alg2 = PSA_ALG_NONE, expect_bound(*state, changed);
    /* an implied flag is no change, whether it is shown or not */
    changed = sealed, changed.attributes.private_usage |= PSA_KEY_USAGE_SIGN_MESSAGE;
    assert_int_equal(unseal(*state, &changed), PSA_SUCCESS);
}

static void volatile_keys_have_no_id(void **state)
{
    struct fixture *fixture = *state;
    struct sealed sealed;
    seal(fixture, &sealed);
    sealed.attributes.private_lifetime = VOLATILE;
    sealed.attributes.private_id = 0;
    assert_int_equal(se_record_seal(&fixture->element, sealed.record, sizeof(sealed.record), &sealed.length, &sealed.place,
                                    &sealed.attributes, sealed.owner, material, MATERIAL_LENGTH), PSA_SUCCESS);
    sealed.attributes.private_id = 0x40000001;
    assert_int_equal(unseal(fixture, &sealed), PSA_SUCCESS);
}

static void no_room(void **state)
{
    struct fixture *fixture = *state;
    struct sealed sealed;
    seal(fixture, &sealed);
    assert_int_equal(se_record_seal(&fixture->element, sealed.record, sizeof(sealed.record) - 1u, &sealed.length, &sealed.place,
                                    &sealed.attributes, 0, material, MATERIAL_LENGTH), PSA_ERROR_BUFFER_TOO_SMALL);
}

static void no_entropy(void **state)
{
    struct fixture *fixture = *state;
    struct sealed sealed;
    seal(fixture, &sealed);
    fixture->randoms_left = 0;
    assert_int_equal(se_record_seal(&fixture->element, sealed.record, sizeof(sealed.record), &sealed.length, &sealed.place,
                                    &sealed.attributes, 0, material, MATERIAL_LENGTH), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_int_equal(sealed.length, sizeof(sealed.record)); /* as it was */
}

static void references(void **state)
{
    struct se_place place = { SE_SLOT, 65535, 0xffffffffffffffffu };
    struct se_place back;
    uint8_t reference[SE_REFERENCE_SIZE];
    (void)state;
    se_place_encode(reference, &place);
    assert_int_equal(se_place_decode(&back, reference, sizeof(reference)), PSA_SUCCESS);
    assert_int_equal(back.kind, place.kind);
    assert_int_equal(back.number, place.number);
    assert_true(back.generation == place.generation);
    for (size_t length = 0; length < sizeof(reference); length++) {
        assert_int_equal(se_place_decode(&back, reference, length), PSA_ERROR_DATA_CORRUPT);
    }
    static const size_t fixed[] = { 0, 1, 2, 3, 5, 6, 7, 12, 13, 14, 15 }; /* magic and zeroes */
    for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
        reference[fixed[i]] ^= 0x80;
        assert_int_equal(se_place_decode(&back, reference, sizeof(reference)), PSA_ERROR_DATA_CORRUPT);
        reference[fixed[i]] ^= 0x80;
    }
    for (unsigned kind = 0; kind < 256; kind++) {
        reference[4] = (uint8_t)kind;
        assert_int_equal(se_place_decode(&back, reference, sizeof(reference)),
                         kind >= SE_WRAPPED && kind <= SE_SLOT_FREE ? PSA_SUCCESS : PSA_ERROR_DATA_CORRUPT);
    }
}

/* ---- The device key ---- */

static void device_key_survives(void **state)
{
    struct fixture *fixture = *state;
    struct sealed sealed;
    seal(fixture, &sealed);
    assert_int_equal(fixture->puts, 1);
    fixture_restart(fixture);
    assert_int_equal(unseal(fixture, &sealed), PSA_SUCCESS);
    assert_int_equal(fixture->puts, 1);
    fixture->object[0].present = 0; /* another device */
    fixture_restart(fixture);
    assert_int_equal(unseal(fixture, &sealed), PSA_ERROR_DATA_CORRUPT);
}

static void device_key_of_the_program(void **state)
{
    struct fixture *fixture = *state;
    struct sealed sealed;
    memset(fixture->element.device_key, 0x5a, sizeof(fixture->element.device_key));
    fixture->element.options = PSACRYPTO_SECURE_ELEMENT_DEVICE_KEY;
    fixture_open(fixture);
    seal(fixture, &sealed);
    assert_int_equal(fixture->puts, 0);
    fixture->element.device_key[31] ^= 1;
    fixture_restart(fixture);
    assert_int_equal(unseal(fixture, &sealed), PSA_ERROR_DATA_CORRUPT);
}

/* Neither entropy nor a store when the library opens: the key is made when it is needed first. */
static void device_key_comes_later(void **state)
{
    struct fixture *fixture = *state;
    struct sealed sealed;
    fixture->randoms_left = 0;
    fixture_open(fixture);
    assert_int_equal(se_device_key_open(&fixture->element), PSA_ERROR_INSUFFICIENT_ENTROPY);
    fixture->randoms_left = NEVER;
    fixture->get_status = PSA_ERROR_STORAGE_FAILURE;
    assert_int_equal(se_device_key_open(&fixture->element), PSA_ERROR_STORAGE_FAILURE);
    fixture->get_status = PSA_SUCCESS;
    fixture->puts_left = 0;
    assert_int_equal(se_device_key_open(&fixture->element), PSA_ERROR_INSUFFICIENT_STORAGE);
    fixture->puts_left = NEVER;
    seal(fixture, &sealed);
    fixture_restart(fixture);
    assert_int_equal(unseal(fixture, &sealed), PSA_SUCCESS);
}

static void device_key_damaged(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(se_device_key_open(&fixture->element), PSA_SUCCESS);
    fixture->object[0].data[0] ^= 1;
    fixture_restart(fixture);
    assert_int_equal(se_device_key_open(&fixture->element), PSA_ERROR_DATA_CORRUPT);
    fixture->object[0].data[0] ^= 1;
    fixture->object[0].length--;
    assert_int_equal(se_device_key_open(&fixture->element), PSA_ERROR_DATA_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(round_trip, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(two_seals_differ, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(every_bit_counts, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(attributes_are_bound, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(volatile_keys_have_no_id, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_room, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_entropy, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test(references),
        cmocka_unit_test_setup_teardown(device_key_survives, fixture_setup_wrapped, fixture_teardown),
        cmocka_unit_test_setup_teardown(device_key_of_the_program, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(device_key_comes_later, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(device_key_damaged, fixture_setup_wrapped, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
