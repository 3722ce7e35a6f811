/* SPDX-License-Identifier: Apache-2.0 */
/* Between processes and threads. */
#define _GNU_SOURCE

#include "support.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct psacrypto_store *const store = &psacrypto_store_posix;
static char *parent;
static char path[512];

static int setup(void **state)
{
    (void)state;
    parent = directory_make();
    strcpy(path, path_join(parent, "store"));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    directory_remove(parent);
    return 0;
}

static void open_store(struct psacrypto_store_directory *directory)
{
    memset(directory, 0, sizeof(*directory));
    directory->path = path;
    assert_int_equal(store->open(directory), PSA_SUCCESS);
}

static void wait_for(pid_t child, int expected)
{
    int result;

    assert_int_equal(waitpid(child, &result, 0), child);
    assert_true(WIFEXITED(result));
    assert_int_equal(WEXITSTATUS(result), expected);
}

/* ---- One creator wins ---- */

#define CREATORS 4
#define NAMES 25

/* How many of the names it created; 255: something went wrong. */
static int create_all(char mark)
{
    struct psacrypto_store_directory directory;
    int created = 0;

    memset(&directory, 0, sizeof(directory));
    directory.path = path;
    if (store->open(&directory) != PSA_SUCCESS) {
        return 255;
    }
    for (uint64_t uid = 1; uid <= NAMES; uid++) {
        const struct psacrypto_store_name name = { 1, 0, uid };
        const psa_status_t status = store->put(&directory, &name, 0, &mark, 1, PSACRYPTO_STORE_CREATE);
        if (status != PSA_SUCCESS && status != PSA_ERROR_ALREADY_EXISTS) {
            return 255;
        }
        created += status == PSA_SUCCESS;
    }
    store->close(&directory);
    return created;
}

static void check_marks(const int created[CREATORS])
{
    struct psacrypto_store_directory directory;
    int counted[CREATORS] = { 0 };

    open_store(&directory);
    for (uint64_t uid = 1; uid <= NAMES; uid++) {
        const struct psacrypto_store_name name = { 1, 0, uid };
        char mark = 0;
        size_t length;
        assert_int_equal(store->get(&directory, &name, 0, &mark, 1, &length), PSA_SUCCESS);
        assert_true((unsigned char)mark < CREATORS);
        counted[(unsigned char)mark]++;
    }
    store->close(&directory);
    /* Who was told that it created is who did. */
    for (int i = 0; i < CREATORS; i++) {
        assert_int_equal(counted[i], created[i]);
    }
}

static void processes_create(void **state)
{
    pid_t children[CREATORS];
    int created[CREATORS];

    (void)state;
    for (int i = 0; i < CREATORS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            _exit(create_all((char)i));
        }
    }
    for (int i = 0; i < CREATORS; i++) {
        int result;
        assert_int_equal(waitpid(children[i], &result, 0), children[i]);
        assert_true(WIFEXITED(result) && WEXITSTATUS(result) != 255);
        created[i] = WEXITSTATUS(result);
    }
    check_marks(created);
}

struct creator {
    pthread_t thread;
    char mark;
    int created;
};

static void *create_in_thread(void *argument)
{
    struct creator *creator = argument;

    creator->created = create_all(creator->mark);
    return NULL;
}

static void threads_create(void **state)
{
    struct creator creators[CREATORS];
    int created[CREATORS];

    (void)state;
    skip_under_valgrind();
    for (int i = 0; i < CREATORS; i++) {
        creators[i].mark = (char)i;
        assert_int_equal(pthread_create(&creators[i].thread, NULL, create_in_thread, &creators[i]), 0);
    }
    for (int i = 0; i < CREATORS; i++) {
        assert_int_equal(pthread_join(creators[i].thread, NULL), 0);
        created[i] = creators[i].created;
        assert_int_not_equal(created[i], 255);
    }
    check_marks(created);
}

/* ---- The lock ---- */

#define ROUNDS 40

/* Reads a number and writes it back plus one: without the lock, some would be lost. Answers 1 on failure. */
static int count_under_lock(struct psacrypto_store_directory *directory)
{
    const struct psacrypto_store_name name = { 4, 0, 1 };
    const struct timespec pause = { 0, 100000 };
    int result = 0;

    for (int i = 0; i < ROUNDS && result == 0; i++) {
        uint32_t number = 0;
        size_t length;
        result |= store->lock(directory) != PSA_SUCCESS;
        result |= store->get(directory, &name, 0, &number, sizeof(number), &length) != PSA_SUCCESS;
        nanosleep(&pause, NULL); /* the other one comes, if it can */
        number++;
        result |= store->put(directory, &name, 0, &number, sizeof(number), 0) != PSA_SUCCESS;
        store->unlock(directory);
    }
    return result;
}

static void put_number(struct psacrypto_store_directory *directory, uint32_t number)
{
    const struct psacrypto_store_name name = { 4, 0, 1 };

    assert_int_equal(store->put(directory, &name, 0, &number, sizeof(number), 0), PSA_SUCCESS);
}

static void is_number(struct psacrypto_store_directory *directory, uint32_t expected)
{
    const struct psacrypto_store_name name = { 4, 0, 1 };
    uint32_t number = 0;
    size_t length;

    assert_int_equal(store->get(directory, &name, 0, &number, sizeof(number), &length), PSA_SUCCESS);
    assert_int_equal(number, expected);
}

/* The child inherits an open store, and uses it on. */
static void processes_exclude(void **state)
{
    struct psacrypto_store_directory directory;

    (void)state;
    open_store(&directory);
    put_number(&directory, 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(count_under_lock(&directory));
    }
    assert_int_equal(count_under_lock(&directory), 0);
    wait_for(child, 0);
    is_number(&directory, 2 * ROUNDS);
    store->close(&directory);
}

/* Each with the store opened for itself, as two libraries in one process have it. */
static void *count_in_thread(void *argument)
{
    struct psacrypto_store_directory directory;

    memset(&directory, 0, sizeof(directory));
    directory.path = path;
    *(int *)argument = store->open(&directory) != PSA_SUCCESS || count_under_lock(&directory);
    store->close(&directory);
    return NULL;
}

static void threads_exclude(void **state)
{
    struct psacrypto_store_directory directory;
    pthread_t threads[2];
    int results[2];

    (void)state;
    skip_under_valgrind();
    open_store(&directory);
    put_number(&directory, 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, count_in_thread, &results[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(results[i], 0);
    }
    is_number(&directory, 2 * ROUNDS);
    store->close(&directory);
}

/* Another process gets the lock when this one lets go of it, and not before. */
static void one_waits_for_the_other(void **state)
{
    struct psacrypto_store_directory directory;
    int pipes[2];
    char byte = 0;

    (void)state;
    open_store(&directory);
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(store->lock(&directory), PSA_SUCCESS);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct psacrypto_store_directory own;
        open_store(&own);
        byte = store->lock(&own) == PSA_SUCCESS ? 'y' : 'n';
        _exit(write(pipes[1], &byte, 1) != 1);
    }
    struct pollfd arrival = { .fd = pipes[0], .events = POLLIN };
    assert_int_equal(poll(&arrival, 1, 100), 0);
    store->unlock(&directory);
    assert_int_equal(read(pipes[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    wait_for(child, 0);
    close(pipes[0]);
    close(pipes[1]);
    store->close(&directory);
}

static void dead_process_lets_go(void **state)
{
    struct psacrypto_store_directory directory;

    (void)state;
    open_store(&directory);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(store->lock(&directory) == PSA_SUCCESS ? 7 : 8);
    }
    wait_for(child, 7);
    assert_int_equal(store->lock(&directory), PSA_SUCCESS);
    store->unlock(&directory);
    store->close(&directory);
}

/* A child that was forked inside the lock does not keep it when the parent is done with it. */
static void child_keeps_nothing(void **state)
{
    struct psacrypto_store_directory directory;
    struct psacrypto_store_directory other;
    int pipes[2];
    char byte = 0;

    (void)state;
    open_store(&directory);
    open_store(&other);
    assert_int_equal(pipe(pipes), 0);
    assert_int_equal(store->lock(&directory), PSA_SUCCESS);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(pipes[1]);
        _exit(read(pipes[0], &byte, 1) == 0 ? 0 : 1); /* lives until the parent closes its end */
    }
    store->unlock(&directory);
    assert_int_equal(store->lock(&other), PSA_SUCCESS); /* would wait for ever */
    store->unlock(&other);
    close(pipes[1]);
    wait_for(child, 0);
    close(pipes[0]);
    store->close(&directory);
    store->close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(processes_create, setup, teardown),
        cmocka_unit_test_setup_teardown(threads_create, setup, teardown),
        cmocka_unit_test_setup_teardown(processes_exclude, setup, teardown),
        cmocka_unit_test_setup_teardown(threads_exclude, setup, teardown),
        cmocka_unit_test_setup_teardown(one_waits_for_the_other, setup, teardown),
        cmocka_unit_test_setup_teardown(dead_process_lets_go, setup, teardown),
        cmocka_unit_test_setup_teardown(child_keeps_nothing, setup, teardown),
    };
    alarm(120); /* a lock that is not let go ends the test */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
