/* SPDX-License-Identifier: Apache-2.0 */
/* The store on a platform's psa_its_*(), here a fake: the file itself is compiled in, with its calls turned to it. */
#include "support.h"

#include <string.h>

#include <psacrypto/config.h>
#undef PSACRYPTO_STORE_PSA_ITS
#define PSACRYPTO_STORE_PSA_ITS 1

#undef psa_its_set
#undef psa_its_get
#undef psa_its_get_info
#undef psa_its_remove
#undef psacrypto_store_its
#define psa_its_set fake_its_set
#define psa_its_get fake_its_get
#define psa_its_get_info fake_its_get_info
#define psa_its_remove fake_its_remove
#define psacrypto_store_its tested_store_its

#include "storage/store_its.c"

struct entry {
    psa_storage_uid_t uid;
    uint32_t flags;
    size_t size;
    uint8_t data[64];
};

static struct entry entries[8];
static psa_storage_uid_t last_uid;
static psa_status_t failure; /* what every call answers, but PSA_SUCCESS */

static struct entry *find(psa_storage_uid_t uid)
{
    last_uid = uid;
    for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
        if (entries[i].uid == uid) {
            return &entries[i];
        }
    }
    return NULL;
}

psa_status_t fake_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data, psa_storage_create_flags_t create_flags)
{
    struct entry *entry = find(uid);

    last_uid = uid;
    entry = entry != NULL ? entry : find(0);
    last_uid = uid;
    assert_non_null(entry);
    if (failure != PSA_SUCCESS) {
        return failure;
    }
    entry->uid = uid;
    entry->flags = create_flags;
    entry->size = data_length;
    memcpy(entry->data, p_data, data_length);
    return PSA_SUCCESS;
}

psa_status_t fake_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data, size_t *p_data_length)
{
    const struct entry *entry = find(uid);

    if (failure != PSA_SUCCESS || entry == NULL) {
        return failure != PSA_SUCCESS ? failure : PSA_ERROR_DOES_NOT_EXIST;
    }
    if (data_offset > entry->size) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *p_data_length = entry->size - data_offset < data_size ? entry->size - data_offset : data_size;
    memcpy(p_data, entry->data + data_offset, *p_data_length);
    return PSA_SUCCESS;
}

psa_status_t fake_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    const struct entry *entry = find(uid);

    if (failure != PSA_SUCCESS || entry == NULL) {
        return failure != PSA_SUCCESS ? failure : PSA_ERROR_DOES_NOT_EXIST;
    }
    p_info->size = entry->size;
    p_info->capacity = entry->size;
    p_info->flags = entry->flags;
    return PSA_SUCCESS;
}

psa_status_t fake_its_remove(psa_storage_uid_t uid)
{
    struct entry *entry = find(uid);

    if (failure != PSA_SUCCESS || entry == NULL) {
        return failure != PSA_SUCCESS ? failure : PSA_ERROR_DOES_NOT_EXIST;
    }
    memset(entry, 0, sizeof(*entry));
    return PSA_SUCCESS;
}

static const struct psacrypto_store *const store = &tested_store_its;

static int setup(void **state)
{
    (void)state;
    memset(entries, 0, sizeof(entries));
    failure = PSA_SUCCESS;
    return store->open(NULL);
}

static void names(void **state)
{
    static const struct {
        struct psacrypto_store_name name;
        uint64_t uid; /* 0: refused */
    } cases[] = {
        { { 1, 0, 5 }, 5 },
        { { 1, 0, 0x7fffffffu }, 0x7fffffffu },
        { { 1, 3, 5 }, 0x0000000300000005u },
        { { 1, -1, 5 }, 0xffffffff00000005u },
        { { 1, -0x0e000000, 5 }, 0 }, /* 0xf2...: taken for a tag */
        { { 1, -0x0b000001, 5 }, 0 },  /* 0xf4... */
        { { 1, 0, 0x100000000u }, 0 },
        { { 1, 0, 0 }, 0 },
        { { 2, 0, 5 }, 0 },           /* the platform's own */
        { { 3, 0, 5 }, 0xf300000000000005u },
        { { 3, 1, 5 }, 0 },
        { { 3, 0, 0x00ffffffffffffffu }, 0xf3ffffffffffffffu },
        { { 3, 0, 0x0100000000000000u }, 0 },
        { { 4, 0, 0x00ffffffffffffffu }, 0xf4ffffffffffffffu },
        { { 5, 0, 1 }, 0xf500000000000001u },
        { { 6, 0, 2 }, 0xf600000000000002u },
        { { 7, 0, 2 }, 0 },
        { { 0, 0, 2 }, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct psacrypto_store_info info;
        last_uid = 0;
        psa_status_t status = store->info(NULL, &cases[i].name, &info);
        assert_int_equal(status, cases[i].uid == 0 ? PSA_ERROR_INVALID_ARGUMENT : PSA_ERROR_DOES_NOT_EXIST);
        assert_true(last_uid == cases[i].uid);
    }
}

static void objects(void **state)
{
    const struct psacrypto_store_name name = { 1, 0, 5 };
    struct psacrypto_store_info info;
    char data[8];
    size_t length = 9;

    (void)state;
    assert_int_equal(store->get(NULL, &name, 0, data, 8, &length), PSA_ERROR_DOES_NOT_EXIST);
    assert_int_equal(length, 0);
    assert_int_equal(store->put(NULL, &name, 4, "abc", 3, PSACRYPTO_STORE_CREATE), PSA_SUCCESS);
    assert_int_equal(store->put(NULL, &name, 4, "def", 3, PSACRYPTO_STORE_CREATE), PSA_ERROR_ALREADY_EXISTS);
    assert_int_equal(store->info(NULL, &name, &info), PSA_SUCCESS);
    assert_int_equal(info.size, 3);
    assert_int_equal(info.flags, 4);
    assert_int_equal(store->get(NULL, &name, 1, data, 8, &length), PSA_SUCCESS);
    assert_int_equal(length, 2);
    assert_memory_equal(data, "bc", 2);
    assert_int_equal(store->put(NULL, &name, 0, "defg", 4, 0), PSA_SUCCESS);
    assert_int_equal(store->get(NULL, &name, 0, data, 8, &length), PSA_SUCCESS);
    assert_int_equal(length, 4);
    assert_int_equal(store->get(NULL, &name, 5, data, 8, &length), PSA_ERROR_INVALID_ARGUMENT);
    assert_int_equal(store->remove(NULL, &name), PSA_SUCCESS);
    assert_int_equal(store->remove(NULL, &name), PSA_ERROR_DOES_NOT_EXIST);
    assert_null(store->next);
    assert_null(store->lock);
    store->close(NULL);
}

/* An ITS that cannot answer has not said that there is nothing. */
static void failures(void **state)
{
    const struct psacrypto_store_name name = { 1, 0, 5 };
    struct psacrypto_store_info info;
    char data[8];
    size_t length = 9;

    (void)state;
    failure = PSA_ERROR_STORAGE_FAILURE;
    assert_int_equal(store->put(NULL, &name, 0, "abc", 3, PSACRYPTO_STORE_CREATE), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(entries[0].uid, 0);
    assert_int_equal(store->put(NULL, &name, 0, "abc", 3, 0), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(store->info(NULL, &name, &info), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(info.size, 0);
    assert_int_equal(store->get(NULL, &name, 0, data, 8, &length), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(store->remove(NULL, &name), PSA_ERROR_STORAGE_FAILURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(names, setup),
        cmocka_unit_test_setup(objects, setup),
        cmocka_unit_test_setup(failures, setup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
