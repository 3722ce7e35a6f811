/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct psacrypto_store *store;
static void *instance;

static struct psacrypto_store_name named(uint32_t space, int32_t owner, uint64_t uid)
{
    const struct psacrypto_store_name name = { space, owner, uid };
    return name;
}

static psa_status_t put(uint32_t space, int32_t owner, uint64_t uid, const char *text, uint32_t flags, uint32_t put_flags)
{
    const struct psacrypto_store_name name = named(space, owner, uid);
    return store->put(instance, &name, flags, text, strlen(text), put_flags);
}

static psa_status_t drop(uint32_t space, int32_t owner, uint64_t uid)
{
    const struct psacrypto_store_name name = named(space, owner, uid);
    return store->remove(instance, &name);
}

static void holds(uint32_t space, int32_t owner, uint64_t uid, const char *text, uint32_t flags)
{
    const struct psacrypto_store_name name = named(space, owner, uid);
    struct psacrypto_store_info info = { 99, 99 };
    char data[64];
    size_t length = 99;

    assert_int_equal(store->info(instance, &name, &info), PSA_SUCCESS);
    assert_int_equal(info.size, strlen(text));
    assert_int_equal(info.flags, flags);
    assert_int_equal(store->get(instance, &name, 0, data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(data, text, length);
}

static void lacks(uint32_t space, int32_t owner, uint64_t uid)
{
    const struct psacrypto_store_name name = named(space, owner, uid);
    struct psacrypto_store_info info = { 99, 99 };
    char data[4] = "abc";
    size_t length = 99;

    assert_int_equal(store->info(instance, &name, &info), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(store->get(instance, &name, 0, data, sizeof(data), &length), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(length, 0);
    assert_string_equal(data, "abc");
    assert_int_equal(store->remove(instance, &name), PSA_ERROR_DOES_NOT_EXIST);
}

static void spaces_are_apart(void)
{
    for (uint32_t space = 1; space <= 6; space++) {
        lacks(space, 0, 5);
    }
    for (uint32_t space = 1; space <= 6; space++) {
        char text[] = "space ?";
        text[6] = (char)('0' + space);
        assert_int_equal(put(space, 0, 5, text, space, PSACRYPTO_STORE_CREATE), PSA_SUCCESS);
        assert_int_equal(put(space, -7, 5, "other owner", 0, PSACRYPTO_STORE_CREATE), PSA_SUCCESS);
    }
    for (uint32_t space = 1; space <= 6; space++) {
        char text[] = "space ?";
        text[6] = (char)('0' + space);
        holds(space, 0, 5, text, space);
        holds(space, -7, 5, "other owner", 0);
        lacks(space, 0, 6);
    }
    for (uint32_t space = 1; space <= 6; space++) {
        assert_int_equal(drop(space, 0, 5), PSA_SUCCESS);
        lacks(space, 0, 5);
        holds(space, -7, 5, "other owner", 0);
        assert_int_equal(drop(space, -7, 5), PSA_SUCCESS);
    }
}

static void creates_and_replaces(void)
{
    assert_int_equal(put(2, 0, 1, "first", 1, 0), PSA_SUCCESS);
    assert_int_equal(put(2, 0, 1, "second, longer", 2, PSACRYPTO_STORE_CREATE), PSA_ERROR_ALREADY_EXISTS);
    holds(2, 0, 1, "first", 1);
    assert_int_equal(put(2, 0, 1, "second, longer", 2, 0), PSA_SUCCESS);
    holds(2, 0, 1, "second, longer", 2);
    assert_int_equal(put(2, 0, 1, "", 0xffffffffu, 0), PSA_SUCCESS);
    holds(2, 0, 1, "", 0xffffffffu);
    assert_int_equal(put(2, 0, 0, "no name", 0, 0), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(drop(2, 0, 1), PSA_SUCCESS);
    assert_int_equal(put(2, 0, UINT64_MAX, "largest", 0, PSACRYPTO_STORE_CREATE), PSA_SUCCESS);
    holds(2, 0, UINT64_MAX, "largest", 0);
    assert_int_equal(drop(2, 0, UINT64_MAX), PSA_SUCCESS);
}

static void reads_parts(void)
{
    const struct psacrypto_store_name name = named(3, 0, 9);
    const size_t size = 10000; /* more than a chunk, not a multiple of one */
    uint8_t *data = malloc(size);
    uint8_t *part = malloc(size + 1);
    const size_t offsets[] = { 0, 1, 4095, 4096, 4097, 8191, 9999, 10000 };
    const size_t sizes[] = { 0, 1, 2, 4096, 4097, 10000, 10001 };

    assert_non_null(data);
    assert_non_null(part);
    for (size_t i = 0; i < size; i++) {
        data[i] = (uint8_t)(i * 7 + i / 256);
    }
    assert_int_equal(store->put(instance, &name, 0, data, size, 0), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        for (size_t j = 0; j < sizeof(sizes) / sizeof(sizes[0]); j++) {
            const size_t left = size - offsets[i];
            const size_t expected = left < sizes[j] ? left : sizes[j];
            size_t length = 99;
            memset(part, 0xa5, size + 1);
            assert_int_equal(store->get(instance, &name, offsets[i], part, sizes[j], &length), PSA_SUCCESS);
            assert_int_equal(length, expected);
            assert_memory_equal(part, data + offsets[i], expected);
            assert_int_equal(part[expected], 0xa5);
        }
    }
    size_t length = 99;
    assert_int_equal(store->get(instance, &name, size + 1, part, 1, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(length, 0);
    assert_int_equal(store->remove(instance, &name), PSA_SUCCESS);
    free(data);
    free(part);
}

/* The order is that of signed owners, then uids. */
static void lists_in_order(void)
{
    const struct psacrypto_store_name expected[] = {
        { 1, INT32_MIN, 7 }, { 1, -1, 1 }, { 1, 0, 1 }, { 1, 0, 2 }, { 1, 0, 0x10000 }, { 1, 0, 0x3fffffff }, { 1, 3, 1 },
        { 1, INT32_MAX, 2 },
    };
    const size_t count = sizeof(expected) / sizeof(expected[0]);
    struct psacrypto_store_name name = named(1, INT32_MIN, 0);

    assert_int_equal(store->next(instance, &name), PSA_ERROR_DOES_NOT_EXIST);
    for (size_t i = 0; i < count; i++) {
        const struct psacrypto_store_name *n = &expected[(i * 5) % count]; /* 5 and 8 have no common factor */
        assert_int_equal(store->put(instance, n, 0, "x", 1, PSACRYPTO_STORE_CREATE), PSA_SUCCESS);
    }
    assert_int_equal(put(2, 0, 1, "another space", 0, 0), PSA_SUCCESS);
    name = named(1, INT32_MIN, 0);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(store->next(instance, &name), PSA_SUCCESS);
        assert_int_equal(name.space, 1);
        assert_int_equal(name.owner, expected[i].owner);
        assert_int_equal(name.uid, expected[i].uid);
    }
    assert_int_equal(store->next(instance, &name), PSA_ERROR_DOES_NOT_EXIST);
    name = named(1, 0, 3); /* not there itself */
    assert_int_equal(store->next(instance, &name), PSA_SUCCESS);
    assert_int_equal(name.uid, 0x10000);
    /* Removing, and adding behind, while listing. */
    name = named(1, INT32_MIN, 0);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(store->next(instance, &name), PSA_SUCCESS);
        assert_int_equal(store->remove(instance, &name), PSA_SUCCESS);
        if (i == 2) {
            assert_int_equal(drop(1, 3, 1), PSA_SUCCESS);
            assert_int_equal(put(1, 3, 2, "new", 0, PSACRYPTO_STORE_CREATE), PSA_SUCCESS);
        }
    }
    assert_int_equal(store->next(instance, &name), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(drop(2, 0, 1), PSA_SUCCESS);
}

static void survives_closing(void)
{
    assert_int_equal(put(1, 0, 77, "kept", 0, 0), PSA_SUCCESS);
    store->close(instance);
    assert_int_equal(store->open(instance), PSA_SUCCESS);
    holds(1, 0, 77, "kept", 0);
    assert_int_equal(drop(1, 0, 77), PSA_SUCCESS);
}

void store_contract(const struct psacrypto_store *a_store, void *an_instance)
{
    store = a_store;
    instance = an_instance;
    assert_int_equal(store->open(instance), PSA_SUCCESS);
    spaces_are_apart();
    creates_and_replaces();
    reads_parts();
    lists_in_order();
    survives_closing();
    if (store->lock != NULL) {
        assert_int_equal(store->lock(instance), PSA_SUCCESS);
        spaces_are_apart();
        store->unlock(instance);
    }
    store->close(instance);
}

/* ---- Threads ---- */

#define THREADS 3
#define ROUNDS 60
#define SHARED_LENGTH 700u

struct worker {
    pthread_t thread;
    uint64_t number;
    int failures;
};

static int write_and_read(uint64_t uid, uint8_t value)
{
    const struct psacrypto_store_name own = named(4, 0, uid);
    uint8_t data = (uint8_t)~value;
    size_t length = 0;

    return store->put(instance, &own, value, &value, 1, 0) != PSA_SUCCESS ||
           store->get(instance, &own, 0, &data, 1, &length) != PSA_SUCCESS || length != 1 || data != value;
}

/* An object that all write: whatever is read is what one of them wrote. */
static int write_shared(uint8_t value)
{
    const struct psacrypto_store_name shared = named(4, 0, 100);
    uint8_t data[SHARED_LENGTH];
    size_t length = 0;
    int failures = 0;

    memset(data, value, sizeof(data));
    failures += store->put(instance, &shared, 0, data, sizeof(data), 0) != PSA_SUCCESS;
    failures += store->get(instance, &shared, 0, data, sizeof(data), &length) != PSA_SUCCESS || length != sizeof(data);
    for (size_t i = 1; i < sizeof(data); i++) {
        failures += data[i] != data[0];
    }
    return failures;
}

static int list_all(void)
{
    struct psacrypto_store_name name = named(4, INT32_MIN, 0);
    uint64_t before = 0;

    while (store->next(instance, &name) == PSA_SUCCESS) {
        if (name.uid <= before) {
            return 1;
        }
        before = name.uid;
    }
    return before != 100;
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    const struct psacrypto_store_name key = named(1, 0, worker->number);

    for (unsigned round = 0; round < ROUNDS; round++) {
        worker->failures += write_and_read(worker->number, (uint8_t)round);
        worker->failures += write_shared((uint8_t)(round + 80u * worker->number));
        worker->failures += list_all();
        const uint64_t before = store->generation == NULL ? 0 : store->generation(instance);
        worker->failures += store->put(instance, &key, 0, "k", 1, PSACRYPTO_STORE_CREATE) != PSA_SUCCESS;
        worker->failures += store->generation != NULL && store->generation(instance) == before;
        worker->failures += store->remove(instance, &key) != PSA_SUCCESS;
    }
    return NULL;
}

void store_threads(const struct psacrypto_store *a_store, void *an_instance)
{
    struct worker workers[THREADS];

    store = a_store;
    instance = an_instance;
    for (unsigned i = 0; i < THREADS; i++) {
        workers[i].number = i + 1u;
        workers[i].failures = 0;
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        assert_int_equal(workers[i].failures, 0);
    }
}
