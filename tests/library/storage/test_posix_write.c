/* SPDX-License-Identifier: Apache-2.0 */
/* Every system call fails in turn, and the process ends at every one: the object is the old one or the new one. */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define OLD "the old object"
#define NEW "the new object, which is longer than the old one"

static const struct psacrypto_store_name its_name = { PSACRYPTO_SPACE_ITS, 0, 0x123456789abcdef0u };
static const struct psacrypto_store_name key_name = { PSACRYPTO_SPACE_KEY, 3, 0x3fffffffu };

enum work { WORK_CREATE, WORK_REPLACE, WORK_REMOVE, WORK_GET, WORK_INFO, WORK_NEXT, WORK_LOCK, WORKS };

static const struct psacrypto_store *store;
static const struct psacrypto_store_name *name;
static char *parent;
static char *path;
static long failed[FAULT_CALLS];

static void make_place(void)
{
    parent = directory_make();
    /* The posix store makes this directory; Mbed TLS's is never made. */
    path = strdup(path_join(parent, "store"));
    assert_non_null(path);
    if (store == &psacrypto_store_mbed) {
        assert_int_equal(mkdir(path, 0755), 0);
    }
}

static void drop_place(void)
{
    free(path);
    directory_remove(parent);
}

static psa_status_t put_text(struct psacrypto_store_directory *directory, const char *text, uint32_t put_flags)
{
    return store->put(directory, name, 5, text, strlen(text), put_flags);
}

/* The old object, written without faults, but for creation. */
static void put_old(enum work work)
{
    struct psacrypto_store_directory directory = { path, { 0 } };

    if (work != WORK_CREATE) {
        assert_int_equal(store->open(&directory), PSA_SUCCESS);
        assert_int_equal(put_text(&directory, OLD, PSACRYPTO_STORE_CREATE), PSA_SUCCESS);
        store->close(&directory);
    }
}

static psa_status_t do_get(struct psacrypto_store_directory *directory)
{
    char data[100];
    size_t length = 0;
    psa_status_t status = store->get(directory, name, 0, data, sizeof(data), &length);

    if (status == PSA_SUCCESS) {
        assert_int_equal(length, strlen(OLD));
        assert_memory_equal(data, OLD, length);
    } else {
        assert_int_equal(length, 0);
    }
    return status;
}

static psa_status_t do_info(struct psacrypto_store_directory *directory)
{
    struct psacrypto_store_info info = { 1, 1 };
    psa_status_t status = store->info(directory, name, &info);

    assert_int_equal(info.size, status == PSA_SUCCESS ? strlen(OLD) : 0);
    assert_int_equal(info.flags, status == PSA_SUCCESS ? 5 : 0);
    return status;
}

static psa_status_t do_next(struct psacrypto_store_directory *directory)
{
    struct psacrypto_store_name next = { name->space, INT32_MIN, 0 };
    psa_status_t status = store->next(directory, &next);

    if (status == PSA_SUCCESS) {
        assert_int_equal(next.owner, name->owner);
        assert_true(next.uid == name->uid);
        status = store->next(directory, &next);
        status = status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
    }
    return status;
}

static psa_status_t do_lock(struct psacrypto_store_directory *directory)
{
    psa_status_t status = store->lock(directory);

    if (status == PSA_SUCCESS) {
        store->unlock(directory);
    }
    return status;
}

static psa_status_t do_work(enum work work)
{
    struct psacrypto_store_directory directory = { path, { 0 } };
    psa_status_t status = store->open(&directory);

    assert_int_equal(status, PSA_SUCCESS);
    switch (work) {
    case WORK_CREATE:
        status = put_text(&directory, NEW, PSACRYPTO_STORE_CREATE);
        break;
    case WORK_REPLACE:
        status = put_text(&directory, NEW, 0);
        break;
    case WORK_REMOVE:
        status = store->remove(&directory, name);
        break;
    case WORK_GET:
        status = do_get(&directory);
        break;
    case WORK_INFO:
        status = do_info(&directory);
        break;
    case WORK_NEXT:
        status = do_next(&directory);
        break;
    default:
        status = do_lock(&directory);
        break;
    }
    store->close(&directory);
    return status;
}

/* What is there afterwards, seen without faults. */
static void check_old_or_new(enum work work, psa_status_t status)
{
    struct psacrypto_store_directory directory = { path, { 0 } };
    char data[100];
    size_t length = 0;

    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    psa_status_t found = store->get(&directory, name, 0, data, sizeof(data), &length);
    const int is_old = work == WORK_CREATE ? found == PSA_ERROR_DOES_NOT_EXIST
                                           : found == PSA_SUCCESS && length == strlen(OLD) && memcmp(data, OLD, length) == 0;
    const int is_new = work == WORK_REMOVE ? found == PSA_ERROR_DOES_NOT_EXIST
                                           : found == PSA_SUCCESS && length == strlen(NEW) && memcmp(data, NEW, length) == 0;
    assert_true(is_old || is_new);
    if (status == PSA_SUCCESS && work <= WORK_REMOVE) {
        assert_true(is_new);
    }
    if (work > WORK_REMOVE) {
        assert_true(is_old);
    }
    /* The store works as before, and nothing was left behind. */
    assert_int_equal(put_text(&directory, NEW, 0), PSA_SUCCESS);
    assert_int_equal(store->get(&directory, name, 0, data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(NEW));
    store->close(&directory);
    const char *space = name->space == PSACRYPTO_SPACE_ITS ? "its" : "keys";
    if (store == &psacrypto_store_posix) {
        assert_int_equal(directory_count(path_join(path, space), ""), 1);
    }
    assert_int_equal(directory_count(path, ".psacrypto-"), 0);
}

static int descriptors(void)
{
    return directory_count("/proc/self/fd", "");
}

/* Answers how many calls the work made. */
static long fail_call(enum work work, long k, int error)
{
    make_place();
    put_old(work);
    const int before = descriptors();
    faults_begin();
    faults.fail_at = k;
    faults.error = error;
    psa_status_t status = do_work(work);
    faults_end();
    const long calls = faults.calls;
    assert_int_equal(descriptors(), before);
    if (status != PSA_SUCCESS) {
        assert_true(k <= calls);
        assert_true(status == PSA_ERROR_STORAGE_FAILURE || (error == ENOSPC && status == PSA_ERROR_INSUFFICIENT_STORAGE) ||
                    (error == ENOMEM && status == PSA_ERROR_INSUFFICIENT_MEMORY));
    }
    for (int i = 0; i < FAULT_CALLS; i++) {
        failed[i] += faults.failed[i];
    }
    check_old_or_new(work, status);
    drop_place();
    return calls;
}

static void fail_each_call(const struct psacrypto_store *a_store, const struct psacrypto_store_name *a_name)
{
    static const int errors[] = { EIO, ENOSPC, ENOMEM };

    store = a_store;
    name = a_name;
    for (int work = 0; work < WORKS; work++) {
        long k = 1;
        while (fail_call((enum work)work, k, errors[k % 3]) >= k) {
            k++;
        }
        assert_true(k > 3);
    }
}

static void each_call_fails(void **state)
{
    (void)state;
    memset(failed, 0, sizeof(failed));
    fail_each_call(&psacrypto_store_posix, &its_name);
    fail_each_call(&psacrypto_store_posix, &key_name);
    fail_each_call(&psacrypto_store_mbed, &key_name);
    fail_each_call(&psacrypto_store_mbed, &its_name);
    for (int i = 0; i < FAULT_CALLS; i++) {
        /* These come with a low descriptor, with a relative path, and with a file that Mbed TLS wrote: see
         * test_posix_directory.c, test_posix_path.c, test_store_mbed.c. */
        if (i != FAULT_DUPLICATE && i != FAULT_GETCWD && i != FAULT_PREAD) {
            assert_true(failed[i] > 0);
        }
    }
}

/* A directory that is gone is no absent object. */
static void missing_files_are_failures(void **state)
{
    (void)state;
    store = &psacrypto_store_posix;
    name = &its_name;
    for (long k = 1;; k++) {
        make_place();
        put_old(WORK_REPLACE);
        faults_begin();
        faults.fail_at = k;
        faults.error = ENOENT;
        psa_status_t status = do_work(WORK_REPLACE);
        faults_end();
        assert_int_not_equal(status, PSA_ERROR_DOES_NOT_EXIST);
        check_old_or_new(WORK_REPLACE, status);
        drop_place();
        if (faults.calls < k) {
            break;
        }
    }
}

static long end_at_call(enum work work, long k)
{
    int result;

    make_place();
    put_old(work);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        faults_begin();
        faults.exit_at = k;
        _exit(do_work(work) == PSA_SUCCESS ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result) && (WEXITSTATUS(result) == 0 || WEXITSTATUS(result) == 99));
    check_old_or_new(work, WEXITSTATUS(result) == 0 ? PSA_SUCCESS : PSA_ERROR_GENERIC_ERROR);
    drop_place();
    return WEXITSTATUS(result) == 99;
}

static void process_ends_at_each_call(void **state)
{
    static const struct {
        const struct psacrypto_store *store;
        const struct psacrypto_store_name *name;
    } cases[] = { { &psacrypto_store_posix, &its_name }, { &psacrypto_store_posix, &key_name }, { &psacrypto_store_mbed, &key_name } };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        store = cases[i].store;
        name = cases[i].name;
        for (int work = WORK_CREATE; work <= WORK_REMOVE; work++) {
            long k = 1;
            while (end_at_call((enum work)work, k)) {
                k++;
            }
            assert_true(k > 15);
        }
    }
}

/* Data is durable before it has its name, and the name before the call answers; a directory before it is used. */
static void order_of_calls(void **state)
{
    static const struct {
        enum work work;
        const char *trace;
    } cases[] = {
        { WORK_REPLACE, "wwwfcrcf" }, /* told before and after, see posix_write.c */
        { WORK_REMOVE, "cucf" },
    };

    (void)state;
    store = &psacrypto_store_posix;
    name = &key_name;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        make_place();
        put_old(cases[i].work);
        faults_begin();
        assert_int_equal(do_work(cases[i].work), PSA_SUCCESS);
        faults_end();
        char sorted[sizeof(faults.trace)];
        /* The second telling may come before or after the fsync of the directory: both are before the answer. */
        memcpy(sorted, faults.trace, sizeof(sorted));
        char *swapped = strstr(sorted, "rfc");
        if (swapped != NULL) {
            memcpy(swapped, "rcf", 3);
        }
        assert_string_equal(sorted, cases[i].trace);
        drop_place();
    }
    make_place();
    faults_begin();
    assert_int_equal(do_work(WORK_CREATE), PSA_SUCCESS);
    faults_end();
    /* Two directories, each durable in its parent; the file of changes; then the object. */
    assert_string_equal(faults.trace, "mfmfwluwwwfclufc");
    drop_place();
}

/* EINTR, and one byte at a time. */
static void interrupted_and_slow(void **state)
{
    (void)state;
    store = &psacrypto_store_posix;
    name = &key_name;
    for (int work = 0; work < WORKS; work++) {
        make_place();
        put_old((enum work)work);
        faults_begin();
        faults.interrupt = 1;
        faults.io_most = 1;
        assert_int_equal(do_work((enum work)work), PSA_SUCCESS);
        faults_end();
        check_old_or_new((enum work)work, PSA_SUCCESS);
        drop_place();
    }
}

/* What a process that writes now has is left alone; what nobody has is removed, in every directory. */
static void left_over_files(void **state)
{
    struct psacrypto_store_directory directory = { NULL, { 0 } };
    const uint8_t rest[3] = { 1, 2, 3 };

    (void)state;
    store = &psacrypto_store_posix;
    name = &its_name;
    make_place();
    put_old(WORK_REPLACE);
    directory.path = path;
    file_write(path_join(path, "its/.psacrypto-0000abcd-00000001"), rest, sizeof(rest));
    file_write(path_join(path, ".psacrypto-0000abcd-00000001"), rest, sizeof(rest));

    /* A writer in another process. */
    const int lock = open(path_join(path, "lock"), O_RDWR | O_CLOEXEC);
    struct flock shared = { .l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = 1 };
    assert_true(lock >= 0);
    assert_int_equal(fcntl(lock, F_OFD_SETLK, &shared), 0);
    assert_int_equal(store->open(&directory), PSA_SUCCESS);
    assert_int_equal(put_text(&directory, NEW, 0), PSA_SUCCESS);
    assert_int_equal(directory_count(path_join(path, "its"), ".psacrypto-"), 1);
    assert_int_equal(directory_count(path, ".psacrypto-"), 1);

    /* It ends: the next write cleans. */
    close(lock);
    assert_int_equal(put_text(&directory, NEW, 0), PSA_SUCCESS);
    assert_int_equal(directory_count(path_join(path, "its"), ".psacrypto-"), 0);
    assert_int_equal(directory_count(path, ".psacrypto-"), 0);
    store->close(&directory);
    drop_place();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_fails),
        cmocka_unit_test(missing_files_are_failures),
        cmocka_unit_test(process_ends_at_each_call),
        cmocka_unit_test(order_of_calls),
        cmocka_unit_test(interrupted_and_slow),
        cmocka_unit_test(left_over_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
