/* SPDX-License-Identifier: Apache-2.0 */
/* Slots: reserved, filled and freed, with the power failing in between. The element has four. */
#include "fixture.h"

#define SLOTS 4u

static void key_in_slot(struct test_key *key, psa_key_id_t id)
{
    test_key_init(key, PERSISTENT, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_ENCRYPT, PSA_ALG_CTR);
    psa_set_key_id(&key->attributes, id);
}

static void fill_all(struct fixture *fixture, struct test_key key[SLOTS])
{
    for (uint32_t i = 0; i < SLOTS; i++) {
        key_in_slot(&key[i], 100u + i);
        assert_int_equal(test_key_generate(fixture, &key[i]), PSA_SUCCESS);
    }
}

static psa_status_t use(struct fixture *fixture, const struct test_key *key)
{
    uint8_t data[16];
    size_t length = 0;
    return test_key_export(fixture, key, data, sizeof(data), &length);
}

/* The kind of record in slot number (1 up), 0: no object. */
static int slot_kind(const struct fixture *fixture, uint32_t number)
{
    return fixture->object[number].present ? fixture->object[number].data[4] : 0;
}

static void key_lives_in_the_slot(void **state)
{
    struct fixture *fixture = *state;
    static const uint8_t data[16] = "sixteen bytes!!";
    struct test_key key;
    uint8_t back[16];
    size_t length = 0;
    key_in_slot(&key, 5);
    assert_int_equal(test_key_import(fixture, &key, data, sizeof(data)), PSA_SUCCESS);
    assert_int_equal(key.key.length, SE_REFERENCE_SIZE); /* and not the key */
    assert_int_equal(slot_kind(fixture, 1), SE_SLOT);
    fixture_restart(fixture);
    assert_int_equal(test_key_export(fixture, &key, back, sizeof(back), &length), PSA_SUCCESS);
    assert_int_equal(length, sizeof(data));
    assert_memory_equal(back, data, sizeof(data));
    for (size_t i = 0; i + 8 <= fixture->object[1].length; i++) {
        assert_memory_not_equal(fixture->object[1].data + i, data, 8);
    }
}

/* Volatile keys would stay in their slots for ever if the process died. */
static void volatile_keys_are_wrapped(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    test_key_init(&key, VOLATILE, PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_EXPORT, PSA_ALG_CTR);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(key.key.length, SE_RECORD_OVERHEAD + 16u);
    assert_int_equal(slot_kind(fixture, 1), 0);
    assert_int_equal(use(fixture, &key), PSA_SUCCESS);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
}

static void full_then_freed(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key[SLOTS], more;
    fill_all(fixture, key);
    key_in_slot(&more, 200);
    assert_int_equal(test_key_generate(fixture, &more), PSA_ERROR_INSUFFICIENT_STORAGE);
    for (uint32_t i = 0; i < SLOTS; i++) {
        assert_int_equal(use(fixture, &key[i]), PSA_SUCCESS);
    }
    assert_int_equal(test_key_destroy(fixture, &key[2]), PSA_SUCCESS);
    assert_int_equal(use(fixture, &key[2]), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(test_key_generate(fixture, &more), PSA_SUCCESS);
    assert_int_equal(use(fixture, &more), PSA_SUCCESS);
}

/* What still refers to the old key, a backup or a journal, never meets the new one. */
static void old_reference_is_void(void **state)
{
    struct fixture *fixture = *state;
    struct test_key old, next;
    key_in_slot(&old, 5);
    assert_int_equal(test_key_generate(fixture, &old), PSA_SUCCESS);
    assert_int_equal(test_key_destroy(fixture, &old), PSA_SUCCESS);
    key_in_slot(&next, 5);
    assert_int_equal(test_key_generate(fixture, &next), PSA_SUCCESS);
    assert_int_equal(slot_kind(fixture, 1), SE_SLOT); /* the same slot */
    assert_int_equal(slot_kind(fixture, 2), 0);
    assert_int_equal(use(fixture, &old), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(test_key_destroy(fixture, &old), PSA_SUCCESS);
    assert_int_equal(use(fixture, &next), PSA_SUCCESS);
}

/* destroy() after a crash may come at any time and more than once. */
static void destroy_is_idempotent(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    key_in_slot(&key, 5);
    assert_int_equal(test_key_allocate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(slot_kind(fixture, 1), SE_SLOT_RESERVED);
    assert_int_equal(use(fixture, &key), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS); /* never filled */
    assert_int_equal(slot_kind(fixture, 1), SE_SLOT_FREE);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS); /* gone already */
    fixture->object[1].present = 0;
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS); /* no trace of it */
}

/* The power goes after each write of a creation in turn; the library then destroys what its journal names. */
static void power_lost_while_creating(void **state)
{
    struct fixture *fixture = *state;
    for (uint32_t puts = 0; puts < 3; puts++) {
        struct test_key key, other;
        key_in_slot(&key, 5);
        fixture->puts_left = puts;
        psa_status_t status = test_key_generate(fixture, &key);
        fixture->puts_left = NEVER;
        assert_int_equal(status, puts < 2 ? PSA_ERROR_INSUFFICIENT_STORAGE : PSA_SUCCESS);
        fixture_restart(fixture);
        if (puts != 0) {
            assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
        }
        key_in_slot(&other, 6); /* nothing leaked: the first slot serves again */
        assert_int_equal(test_key_generate(fixture, &other), PSA_SUCCESS);
        assert_int_equal(slot_kind(fixture, 1), SE_SLOT);
        assert_int_equal(slot_kind(fixture, 2), 0);
        assert_int_equal(test_key_destroy(fixture, &other), PSA_SUCCESS);
    }
}

static void power_lost_while_destroying(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    key_in_slot(&key, 5);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    fixture->puts_left = 0;
    assert_int_equal(test_key_destroy(fixture, &key), PSA_ERROR_INSUFFICIENT_STORAGE);
    fixture->puts_left = NEVER;
    fixture_restart(fixture);
    assert_int_equal(use(fixture, &key), PSA_SUCCESS);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS);
    assert_int_equal(use(fixture, &key), PSA_ERROR_DOES_NOT_EXIST);
}

/* Reservations that a crash left behind before the journal knew of them are taken back, keys never. */
static void orphans_are_taken_back(void **state)
{
    struct fixture *fixture = *state;
    struct test_key lost[SLOTS], kept, key;
    key_in_slot(&kept, 50);
    assert_int_equal(test_key_generate(fixture, &kept), PSA_SUCCESS);
    for (uint32_t i = 1; i < SLOTS; i++) {
        key_in_slot(&lost[i], 60 + i);
        assert_int_equal(test_key_allocate(fixture, &lost[i]), PSA_SUCCESS);
    }
    fixture_restart(fixture);
    for (uint32_t i = 1; i < SLOTS; i++) {
        key_in_slot(&key, 70 + i);
        assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    }
    key_in_slot(&key, 80);
    assert_int_equal(test_key_generate(fixture, &key), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(use(fixture, &kept), PSA_SUCCESS);
    for (uint32_t i = 1; i < SLOTS; i++) { /* as a journal would that was written after all */
        assert_int_equal(test_key_destroy(fixture, &lost[i]), PSA_SUCCESS);
        assert_int_equal(slot_kind(fixture, i + 1u), SE_SLOT);
    }
}

/* Two processes: the one whose reservation was taken fails, and harms nobody. */
static void taken_reservation_fails(void **state)
{
    struct fixture *fixture = *state;
    static const psa_custom_key_parameters_t custom = PSA_CUSTOM_KEY_PARAMETERS_INIT;
    struct test_key slow[SLOTS], fast;
    for (uint32_t i = 0; i < SLOTS; i++) {
        key_in_slot(&slow[i], 10 + i);
        assert_int_equal(test_key_allocate(fixture, &slow[i]), PSA_SUCCESS);
    }
    key_in_slot(&fast, 20);
    assert_int_equal(test_key_generate(fixture, &fast), PSA_SUCCESS);
    unsigned failed = 0;
    for (uint32_t i = 0; i < SLOTS; i++) {
        psa_status_t status = se_key_management_entries.generate(&fixture->element, &slow[i].attributes, 0, &custom, NULL, 0,
                                                                 slow[i].blob, sizeof(slow[i].blob), &slow[i].key.length);
        failed += status == PSA_ERROR_INSUFFICIENT_STORAGE;
        assert_true(status == PSA_SUCCESS || status == PSA_ERROR_INSUFFICIENT_STORAGE);
    }
    assert_int_equal(failed, 1);
    assert_int_equal(use(fixture, &fast), PSA_SUCCESS);
}

/* The same before either of them has filled it: a reservation is its owner's alone. */
static void reservations_are_apart(void **state)
{
    struct fixture *fixture = *state;
    static const psa_custom_key_parameters_t custom = PSA_CUSTOM_KEY_PARAMETERS_INIT;
    struct test_key lost[SLOTS], next[2];
    for (uint32_t i = 0; i < SLOTS; i++) {
        key_in_slot(&lost[i], 10 + i);
        assert_int_equal(test_key_allocate(fixture, &lost[i]), PSA_SUCCESS);
    }
    for (uint32_t i = 0; i < 2; i++) { /* taken back in turn: not the same one twice */
        key_in_slot(&next[i], 20 + i);
        assert_int_equal(test_key_allocate(fixture, &next[i]), PSA_SUCCESS);
    }
    assert_int_equal(se_key_management_entries.generate(&fixture->element, &lost[0].attributes, 0, &custom, NULL, 0, lost[0].blob,
                                                        sizeof(lost[0].blob), &lost[0].key.length), PSA_ERROR_INSUFFICIENT_STORAGE);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(se_key_management_entries.generate(&fixture->element, &next[i].attributes, 0, &custom, NULL, 0, next[i].blob,
                                                            sizeof(next[i].blob), &next[i].key.length), PSA_SUCCESS);
        assert_int_equal(use(fixture, &next[i]), PSA_SUCCESS);
    }
}

static void damage(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key, other;
    key_in_slot(&key, 5);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    fixture->object[1].data[fixture->object[1].length - 1u] ^= 1;
    assert_int_equal(use(fixture, &key), PSA_ERROR_DATA_CORRUPT);
    fixture->object[1].data[0] ^= 1; /* not even a record: the slot is left alone, the others serve */
    assert_int_equal(use(fixture, &key), PSA_ERROR_DATA_CORRUPT);
    key_in_slot(&other, 6);
    assert_int_equal(test_key_generate(fixture, &other), PSA_SUCCESS);
    assert_int_equal(slot_kind(fixture, 2), SE_SLOT);
    memcpy(&fixture->object[1], &fixture->object[2], sizeof(fixture->object[1])); /* moved to another slot */
    assert_int_equal(use(fixture, &key), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_SUCCESS); /* which makes the slot good again */
    assert_int_equal(slot_kind(fixture, 1), SE_SLOT_FREE);
    assert_int_equal(use(fixture, &key), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(use(fixture, &other), PSA_SUCCESS);
}

static void store_fails(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key, other;
    key_in_slot(&key, 5);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    fixture->get_status = PSA_ERROR_STORAGE_FAILURE;
    assert_int_equal(use(fixture, &key), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(test_key_destroy(fixture, &key), PSA_ERROR_STORAGE_FAILURE);
    key_in_slot(&other, 6);
    assert_int_equal(test_key_generate(fixture, &other), PSA_ERROR_STORAGE_FAILURE);
    fixture->get_status = PSA_SUCCESS;
    assert_int_equal(use(fixture, &key), PSA_SUCCESS);
}

/* A changed policy is found out in a slot as it is in a blob. */
static void attributes_are_bound(void **state)
{
    struct fixture *fixture = *state;
    struct test_key key;
    key_in_slot(&key, 5);
    psa_set_key_usage_flags(&key.attributes, PSA_KEY_USAGE_ENCRYPT);
    assert_int_equal(test_key_generate(fixture, &key), PSA_SUCCESS);
    assert_int_equal(use(fixture, &key), PSA_ERROR_NOT_PERMITTED);
    psa_set_key_usage_flags(&key.attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_EXPORT);
    assert_int_equal(use(fixture, &key), PSA_ERROR_DATA_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(key_lives_in_the_slot, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(volatile_keys_are_wrapped, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(full_then_freed, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(old_reference_is_void, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(destroy_is_idempotent, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(power_lost_while_creating, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(power_lost_while_destroying, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(orphans_are_taken_back, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(taken_reservation_fails, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(reservations_are_apart, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(damage, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(store_fails, fixture_setup_slots, fixture_teardown),
        cmocka_unit_test_setup_teardown(attributes_are_bound, fixture_setup_slots, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
