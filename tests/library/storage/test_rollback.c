/* SPDX-License-Identifier: Apache-2.0 */
/* On a store with a counter: an attacker who can write to the store but not to the counter. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <psa/protected_storage.h>
#include <psacrypto/library.h>

#include "storage/object.h"
#include "storage/storage.h"

static struct device_store device;

static int setup(void **state)
{
    (void)state;
    memset(&device, 0, sizeof(device));
    memset(device.root, 1, sizeof(device.root));
    return psacrypto_set_store(&device_store, &device);
}

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    storage_close();
    psacrypto_store_ram_clear(&device.space);
    return psacrypto_set_store(NULL, NULL);
}

static const struct psacrypto_store_name first = { PSACRYPTO_SPACE_PS, 0, 1 };
static const struct psacrypto_store_name the_state = { PSACRYPTO_SPACE_SYSTEM, 0, SYSTEM_ROLLBACK };

/* An object as the attacker keeps it. */
struct kept {
    uint8_t data[1024];
    size_t length;
    uint32_t flags;
    int there;
};

static struct kept keep(const struct psacrypto_store_name *name)
{
    struct kept kept;
    struct psacrypto_store_info info;

    memset(&kept, 0, sizeof(kept));
    kept.there = psacrypto_store_ram.info(&device.space, name, &info) == PSA_SUCCESS;
    kept.flags = info.flags;
    if (kept.there) {
        assert_true(info.size <= sizeof(kept.data));
        assert_int_equal(psacrypto_store_ram.get(&device.space, name, 0, kept.data, sizeof(kept.data), &kept.length), PSA_SUCCESS);
    }
    return kept;
}

static void put_back(const struct psacrypto_store_name *name, const struct kept *kept)
{
    if (kept->there) {
        assert_int_equal(psacrypto_store_ram.put(&device.space, name, kept->flags, kept->data, kept->length, 0), PSA_SUCCESS);
    } else {
        (void)psacrypto_store_ram.remove(&device.space, name);
    }
}

static psa_status_t set(psa_storage_uid_t uid, const char *text, uint32_t flags)
{
    return psa_ps_set(uid, strlen(text), text, flags);
}

static void holds(psa_storage_uid_t uid, const char *text)
{
    char data[32];
    size_t length = 99;

    assert_int_equal(psa_ps_get(uid, 0, sizeof(data), data, &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(data, text, length);
}

static psa_status_t get(psa_storage_uid_t uid)
{
    char data[32];
    size_t length = 99;
    psa_status_t status = psa_ps_get(uid, 0, sizeof(data), data, &length);
    struct psa_storage_info_t info;

    assert_int_equal(psa_ps_get_info(uid, &info), status);
    if (status != PSA_SUCCESS) {
        assert_int_equal(length, 0);
    }
    return status;
}

static void old_version(void **state)
{
    (void)state;
    assert_int_equal(set(1, "first", 0), PSA_SUCCESS);
    const struct kept old = keep(&first);
    assert_int_equal(set(1, "second", 0), PSA_SUCCESS);
    const struct kept new = keep(&first);
    put_back(&first, &old);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_ps_set_extended(1, 0, 1, "x"), PSA_ERROR_INVALID_SIGNATURE);
    put_back(&first, &new);
    holds(1, "second");
    /* The owner of the data can go on. */
    put_back(&first, &old);
    assert_int_equal(set(1, "third", 0), PSA_SUCCESS);
    holds(1, "third");
    assert_int_equal(psa_ps_set_extended(1, 0, 1, "T"), PSA_SUCCESS);
    holds(1, "Third");
}

/* With the state of that time as well. */
static void old_state(void **state)
{
    (void)state;
    assert_int_equal(set(1, "first", 0), PSA_SUCCESS);
    assert_int_equal(set(2, "other", 0), PSA_SUCCESS);
    const struct kept old = keep(&first);
    const struct kept old_state_object = keep(&the_state);
    assert_int_equal(set(1, "second", 0), PSA_SUCCESS);
    const struct kept new = keep(&first);
    const struct kept new_state_object = keep(&the_state);
    put_back(&first, &old);
    put_back(&the_state, &old_state_object);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(get(2), PSA_ERROR_INVALID_SIGNATURE); /* whether this one is old, nobody can say */
    assert_int_equal(set(2, "x", 0), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(psa_ps_remove(2), PSA_ERROR_INVALID_SIGNATURE);
    put_back(&first, &new);
    put_back(&the_state, &new_state_object);
    holds(1, "second");
    holds(2, "other");
}

static void removed_and_put_back(void **state)
{
    const struct kept nothing = { { 0 }, 0, 0, 0 };

    (void)state;
    assert_int_equal(set(1, "first", 0), PSA_SUCCESS);
    const struct kept old = keep(&first);
    /* By the attacker. */
    put_back(&first, &nothing);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    put_back(&first, &old);
    holds(1, "first");
    /* By its owner. */
    assert_int_equal(psa_ps_remove(1), PSA_SUCCESS);
    assert_int_equal(get(1), PSA_ERROR_DOES_NOT_EXIST);
    put_back(&first, &old);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    /* By the attacker, and then by its owner: gone for both. */
    put_back(&first, &nothing);
    assert_int_equal(set(1, "again", 0), PSA_SUCCESS);
    put_back(&first, &nothing);
    assert_int_equal(psa_ps_remove(1), PSA_SUCCESS);
    assert_int_equal(get(1), PSA_ERROR_DOES_NOT_EXIST);
}

static void lost_state(void **state)
{
    const struct kept nothing = { { 0 }, 0, 0, 0 };

    (void)state;
    assert_int_equal(get(1), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(set(1, "first", 0), PSA_SUCCESS);
    const struct kept old = keep(&first);
    put_back(&the_state, &nothing);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    put_back(&first, &nothing);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE); /* an empty store is an old one, too */
    /* From here on it is a new one. */
    assert_int_equal(set(2, "new", 0), PSA_SUCCESS);
    holds(2, "new");
    assert_int_equal(get(1), PSA_ERROR_DOES_NOT_EXIST);
    put_back(&first, &old);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
}

/* Who does not ask for it pays nothing, and gets nothing. */
static void without_protection(void **state)
{
    (void)state;
    assert_int_equal(set(1, "first", PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION), PSA_SUCCESS);
    const struct kept old = keep(&first);
    assert_int_equal(set(1, "second", PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION), PSA_SUCCESS);
    assert_true(device.counter == 0);
    put_back(&first, &old);
    holds(1, "first");
    /* An entry that was protected stays so: the old unprotected one is no way around it. */
    assert_int_equal(set(1, "third", 0), PSA_SUCCESS);
    put_back(&first, &old);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    assert_int_equal(set(1, "fourth", PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION), PSA_SUCCESS);
    holds(1, "fourth");
    put_back(&first, &old);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
}

/* What the store says of flags is not believed where there is a state. */
static void write_once(void **state)
{
    struct kept changed;

    (void)state;
    assert_int_equal(set(1, "once", PSA_STORAGE_FLAG_WRITE_ONCE), PSA_SUCCESS);
    changed = keep(&first);
    changed.flags = 0;
    put_back(&first, &changed);
    assert_int_equal(set(1, "more", 0), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_ps_remove(1), PSA_ERROR_NOT_PERMITTED);
    changed.there = 0;
    put_back(&first, &changed);
    assert_int_equal(set(1, "more", 0), PSA_ERROR_NOT_PERMITTED);
    assert_int_equal(psa_ps_remove(1), PSA_ERROR_NOT_PERMITTED);
}

static void many_entries(void **state)
{
    char text[] = "entry 00";

    (void)state;
    for (psa_storage_uid_t uid = 1; uid <= 20; uid++) {
        text[7] = (char)('0' + uid % 10);
        assert_int_equal(set(uid, text, 0), PSA_SUCCESS);
    }
    assert_true(device.counter == 40);
    for (psa_storage_uid_t uid = 1; uid <= 20; uid += 3) {
        assert_int_equal(psa_ps_remove(uid), PSA_SUCCESS);
    }
    for (psa_storage_uid_t uid = 1; uid <= 20; uid++) {
        text[7] = (char)('0' + uid % 10);
        if (uid % 3 == 1) {
            assert_int_equal(get(uid), PSA_ERROR_DOES_NOT_EXIST);
        } else {
            holds(uid, text);
        }
    }
}

static void damaged_state(void **state)
{
    (void)state;
    assert_int_equal(set(1, "first", 0), PSA_SUCCESS);
    const struct kept good = keep(&the_state);
    for (size_t bit = 0; bit < 8 * good.length; bit++) {
        struct kept bad = good;
        bad.data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        put_back(&the_state, &bad);
        psa_status_t status = get(1);
        assert_true(status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_INVALID_SIGNATURE);
    }
    for (size_t length = 0; length < good.length; length++) {
        struct kept bad = good;
        bad.length = length;
        put_back(&the_state, &bad);
        assert_int_equal(get(1), PSA_ERROR_DATA_CORRUPT);
    }
    put_back(&the_state, &good);
    holds(1, "first");
}

/* Somebody else counted. */
static void foreign_counter(void **state)
{
    (void)state;
    assert_int_equal(set(1, "first", 0), PSA_SUCCESS);
    device.counter += 2;
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    device.counter -= 3; /* a counter that went back one is one that did not follow, which a crash explains */
    holds(1, "first");
}

/* ---- Faults ---- */

enum work { WORK_CREATE, WORK_CHANGE, WORK_REMOVE, WORKS };

static psa_status_t do_work(int work)
{
    switch (work) {
    case WORK_CREATE:
    case WORK_CHANGE:
        return set(1, "new", 0);
    default:
        return psa_ps_remove(1);
    }
}

static int is_old(int work, psa_status_t status, const char *data)
{
    return work == WORK_CREATE ? status == PSA_ERROR_DOES_NOT_EXIST : status == PSA_SUCCESS && strcmp(data, "old") == 0;
}

static int is_new(int work, psa_status_t status, const char *data)
{
    return work == WORK_REMOVE ? status == PSA_ERROR_DOES_NOT_EXIST : status == PSA_SUCCESS && strcmp(data, "new") == 0;
}

/* Old or new, the same at each look, and the other one is refused from then on. Answers whether the work was cut. */
static int interrupt_work(int work, long at, int lose_power)
{
    char data[8] = { 0 };
    char again[8] = { 0 };
    size_t length;

    assert_int_equal(set(2, "other", 0), PSA_SUCCESS);
    if (work != WORK_CREATE) {
        assert_int_equal(set(1, "old", 0), PSA_SUCCESS);
    }
    const struct kept before = keep(&first);
    device.writes = 0;
    device.fail_at = at;
    device.lose_power = lose_power;
    psa_status_t worked = do_work(work);
    device.fail_at = 0;
    const long writes = device.writes;
    const struct kept after = keep(&first);
    psacrypto_shutdown(); /* the next start */
    psa_status_t status = psa_ps_get(1, 0, sizeof(data), data, &length);
    assert_true(is_old(work, status, data) || is_new(work, status, data));
    if (worked == PSA_SUCCESS) {
        assert_true(is_new(work, status, data));
    }
    assert_int_equal(psa_ps_get(1, 0, sizeof(again), again, &length), status);
    assert_memory_equal(data, again, sizeof(data));
    holds(2, "other");
    if (is_new(work, status, data)) {
        put_back(&first, &before);
        assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
        put_back(&first, &after);
    }
    assert_int_equal(set(1, "later", 0), PSA_SUCCESS);
    holds(1, "later");
    put_back(&first, &before);
    assert_int_equal(get(1), PSA_ERROR_INVALID_SIGNATURE);
    return writes >= at;
}

static void interrupted(void **state)
{
    (void)state;
    for (int lose_power = 0; lose_power < 2; lose_power++) {
        for (int work = 0; work < WORKS; work++) {
            long at = 1;
            int cut = 1;
            while (cut) {
                assert_int_equal(setup(NULL), 0);
                cut = interrupt_work(work, at, lose_power);
                assert_int_equal(teardown(NULL), 0);
                at++;
            }
            assert_int_equal(at, 7); /* state, counter, entry, state, counter; and all of them */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(old_version, setup, teardown),
        cmocka_unit_test_setup_teardown(old_state, setup, teardown),
        cmocka_unit_test_setup_teardown(removed_and_put_back, setup, teardown),
        cmocka_unit_test_setup_teardown(lost_state, setup, teardown),
        cmocka_unit_test_setup_teardown(without_protection, setup, teardown),
        cmocka_unit_test_setup_teardown(write_once, setup, teardown),
        cmocka_unit_test_setup_teardown(many_entries, setup, teardown),
        cmocka_unit_test_setup_teardown(damaged_state, setup, teardown),
        cmocka_unit_test_setup_teardown(foreign_counter, setup, teardown),
        cmocka_unit_test(interrupted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
