/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <pthread.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../support/allocation.h"
#include "storage/object.h"
#include "storage/storage.h"
#include "util/atomic.h"

#include <psacrypto/library.h>

static struct psacrypto_store_ram_space ram;
static struct device_store device;
static char *path;

static int setup_ram(void **state)
{
    (void)state;
    return psacrypto_set_store(&psacrypto_store_ram, &ram);
}

static int setup_device(void **state)
{
    (void)state;
    memset(&device, 0, sizeof(device));
    return psacrypto_set_store(&device_store, &device) || psa_crypto_init();
}

static int setup_posix(void **state)
{
    (void)state;
    path = directory_make();
    return psacrypto_set_store_directory(path);
}

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    storage_close();
    psacrypto_store_ram_clear(&ram);
    psacrypto_store_ram_clear(&device.space);
    if (path != NULL) {
        directory_remove(path);
        path = NULL;
    }
    return psacrypto_set_store(NULL, NULL);
}

static struct storage_journal_entry sample(uint32_t operation, psa_key_id_t id)
{
    struct storage_journal_entry entry;

    memset(&entry, 0, sizeof(entry));
    entry.operation = operation;
    entry.owner = -3;
    psa_set_key_id(&entry.attributes, id);
    psa_set_key_lifetime(&entry.attributes, 0x7f0001u);
    psa_set_key_type(&entry.attributes, PSA_KEY_TYPE_AES);
    entry.blob = (const uint8_t *)"slot 5";
    entry.blob_length = 6;
    return entry;
}

/* What recovery is told, and what it answers. */
static struct {
    unsigned calls;
    uint32_t operations[8];
    psa_key_id_t ids[8];
    psa_status_t answer;
} told;

static psa_status_t tell(void *context, const struct storage_journal_entry *entry)
{
    const struct storage_journal_entry expected = sample(entry->operation, psa_get_key_id(&entry->attributes));

    assert_ptr_equal(context, &told);
    assert_true(told.calls < 8);
    told.operations[told.calls] = entry->operation;
    told.ids[told.calls] = psa_get_key_id(&entry->attributes);
    told.calls++;
    assert_int_equal(entry->owner, expected.owner);
    assert_memory_equal(&entry->attributes, &expected.attributes, sizeof(expected.attributes));
    assert_int_equal(entry->blob_length, 6);
    assert_memory_equal(entry->blob, "slot 5", 6);
    return told.answer;
}

static psa_status_t recover(psa_status_t answer)
{
    memset(&told, 0, sizeof(told));
    told.answer = answer;
    return storage_journal_recover(tell, &told);
}

static void begin(uint32_t operation, psa_key_id_t id, struct storage_journal_ticket *ticket)
{
    const struct storage_journal_entry entry = sample(operation, id);

    assert_int_equal(storage_journal_begin(&entry, ticket), PSA_SUCCESS);
    assert_true(ticket->uid >= 1 && ticket->uid <= 8);
}

static void completed_steps_leave_nothing(void **state)
{
    struct storage_journal_ticket ticket;

    (void)state;
    assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
    assert_int_equal(told.calls, 0);
    for (psa_key_id_t id = 1; id <= 20; id++) {
        begin(STORAGE_JOURNAL_CREATE, id, &ticket);
        assert_int_equal(storage_journal_end(&ticket), PSA_SUCCESS);
        assert_true(ticket.uid == 0);
        assert_int_equal(storage_journal_end(&ticket), PSA_SUCCESS); /* an empty ticket is fine */
        storage_journal_keep(&ticket);
    }
    assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
    assert_int_equal(told.calls, 0);
}

static void kept_steps_are_recovered(void **state)
{
    struct storage_journal_ticket ticket;

    (void)state;
    begin(STORAGE_JOURNAL_CREATE, 11, &ticket);
    storage_journal_keep(&ticket);
    begin(STORAGE_JOURNAL_DESTROY, 12, &ticket);
    storage_journal_keep(&ticket);
    /* The device does not answer: all are tried, and stay. */
    assert_int_equal(recover(PSA_ERROR_COMMUNICATION_FAILURE), PSA_ERROR_COMMUNICATION_FAILURE);
    assert_int_equal(told.calls, 2);
    assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
    assert_int_equal(told.calls, 2);
    assert_int_equal(told.operations[0], STORAGE_JOURNAL_CREATE);
    assert_int_equal(told.ids[0], 11);
    assert_int_equal(told.operations[1], STORAGE_JOURNAL_DESTROY);
    assert_int_equal(told.ids[1], 12);
    assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
    assert_int_equal(told.calls, 0);
}

static void full_journal(void **state)
{
    const struct storage_journal_entry entry = sample(STORAGE_JOURNAL_CREATE, 99);
    struct storage_journal_ticket ticket;

    (void)state;
    for (psa_key_id_t id = 1; id <= 8; id++) {
        begin(STORAGE_JOURNAL_CREATE, id, &ticket);
        storage_journal_keep(&ticket);
    }
    assert_int_equal(storage_journal_begin(&entry, &ticket), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_true(ticket.uid == 0);
    assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
    assert_int_equal(told.calls, 8);
    begin(STORAGE_JOURNAL_CREATE, 9, &ticket);
    assert_int_equal(storage_journal_end(&ticket), PSA_SUCCESS);
}

/* An entry that cannot be read blocks neither its name nor the others. */
static void damaged_entry(void **state)
{
    const struct psacrypto_store_name first = object_name(PSACRYPTO_SPACE_JOURNAL, 0, 1);
    struct storage_journal_ticket ticket;
    struct psacrypto_store_info info;

    (void)state;
    assert_int_equal(object_put(&first, 0, "garbage", 7, 0), PSA_SUCCESS);
    begin(STORAGE_JOURNAL_DESTROY, 12, &ticket);
    storage_journal_keep(&ticket);
    assert_int_equal(recover(PSA_SUCCESS), PSA_ERROR_DATA_CORRUPT);
    assert_int_equal(told.calls, 1);
    assert_int_equal(object_info(&first, &info), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
    assert_int_equal(told.calls, 0);
}

/* ---- The lock ---- */

static uint32_t other_done; /* atomic */

static void *recover_elsewhere(void *argument)
{
    *(psa_status_t *)argument = recover(PSA_SUCCESS);
    ATOMIC_STORE(&other_done, 1u);
    return NULL;
}

/* Recovery in another thread waits for the step, and finds it complete. */
static void steps_hold_the_lock(void **state)
{
    struct storage_journal_ticket ticket;
    struct timespec pause = { 0, 30000000 };
    psa_status_t status = PSA_ERROR_GENERIC_ERROR;
    pthread_t thread;

    (void)state;
    begin(STORAGE_JOURNAL_CREATE, 5, &ticket);
    ATOMIC_STORE(&other_done, 0u);
    assert_int_equal(pthread_create(&thread, NULL, recover_elsewhere, &status), 0);
    nanosleep(&pause, NULL);
    assert_int_equal(ATOMIC_LOAD(&other_done), 0);
    assert_int_equal(storage_journal_end(&ticket), PSA_SUCCESS);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(status, PSA_SUCCESS);
    assert_int_equal(told.calls, 0);
}

/* Without anything in the journal, nobody waits for the lock. */
static void empty_journal_needs_no_lock(void **state)
{
    psa_status_t status = PSA_ERROR_GENERIC_ERROR;
    pthread_t thread;

    (void)state;
    assert_int_equal(storage_lock(), PSA_SUCCESS);
    assert_int_equal(pthread_create(&thread, NULL, recover_elsewhere, &status), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(status, PSA_SUCCESS);
    storage_unlock();
}

/* The process ends within the step: the next one finds it, and the lock free. */
static void crash(void **state)
{
    struct storage_journal_ticket ticket;
    int result;

    (void)state;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        begin(STORAGE_JOURNAL_DESTROY, 77, &ticket);
        _exit(5);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 5);
    alarm(60);
    assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
    alarm(0);
    assert_int_equal(told.calls, 1);
    assert_int_equal(told.ids[0], 77);
}

static psa_status_t one_step(void *context)
{
    const struct storage_journal_entry entry = sample(STORAGE_JOURNAL_CREATE, 5);
    struct storage_journal_ticket ticket;
    psa_status_t status = storage_journal_begin(&entry, &ticket);

    (void)context;
    if (status == PSA_SUCCESS) {
        status = storage_journal_end(&ticket);
    } else {
        assert_true(ticket.uid == 0);
    }
    return status;
}

static psa_status_t one_step_alone(void *context)
{
    psa_status_t status = one_step(context);

    psacrypto_store_ram_clear(&ram);
    psacrypto_store_ram_clear(&device.space);
    return status;
}

static psa_status_t one_recovery(void *context)
{
    const struct storage_journal_entry entry = sample(STORAGE_JOURNAL_CREATE, 5);
    struct storage_journal_ticket ticket;
    psa_status_t status = storage_journal_begin(&entry, &ticket);

    (void)context;
    if (status == PSA_SUCCESS) {
        storage_journal_keep(&ticket);
        status = recover(PSA_SUCCESS);
        assert_int_equal(told.calls, status == PSA_SUCCESS);
    }
    psacrypto_store_ram_clear(&ram);
    psacrypto_store_ram_clear(&device.space);
    return status;
}

static void out_of_memory(void **state)
{
    (void)state;
    assert_int_equal(one_step(NULL), PSA_SUCCESS); /* what the random generator allocates stays */
    assert_true(allocation_fails_each(one_step_alone, NULL) >= 2);
    assert_true(allocation_fails_each(one_recovery, NULL) >= 3);
}

/* Every write fails in turn: nothing is held, and what is in the journal is right. */
static void writes_fail(void **state)
{
    (void)state;
    for (device.fail_at = 1; device.fail_at <= 2; device.fail_at++) {
        device.writes = 0;
        assert_int_equal(one_step(NULL), PSA_ERROR_STORAGE_FAILURE);
        device.writes = 100;
        assert_int_equal(recover(PSA_SUCCESS), PSA_SUCCESS);
        assert_int_equal(told.calls, device.fail_at == 2); /* it could not be removed, and is seen again */
    }
    device.fail_at = 0;
    assert_int_equal(one_step(NULL), PSA_SUCCESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(completed_steps_leave_nothing, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(completed_steps_leave_nothing, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(kept_steps_are_recovered, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(kept_steps_are_recovered, setup_device, teardown),
        cmocka_unit_test_setup_teardown(kept_steps_are_recovered, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(full_journal, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(damaged_entry, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(damaged_entry, setup_device, teardown),
        cmocka_unit_test_setup_teardown(steps_hold_the_lock, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(steps_hold_the_lock, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(empty_journal_needs_no_lock, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(crash, setup_posix, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup_ram, teardown),
        cmocka_unit_test_setup_teardown(out_of_memory, setup_device, teardown),
        cmocka_unit_test_setup_teardown(writes_fail, setup_device, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
