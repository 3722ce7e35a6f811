/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <string.h>

#include "../../support/allocation.h"

static const struct psacrypto_store *const store = &psacrypto_store_ram;

static void contract(void **state)
{
    struct psacrypto_store_ram_space space = { 0, { 0 } };

    (void)state;
    store_contract(store, &space);
    psacrypto_store_ram_clear(&space);
    store_contract(store, &space);
}

static void threads(void **state)
{
    struct psacrypto_store_ram_space space = { 0, { 0 } };

    (void)state;
    store_threads(store, &space);
    psacrypto_store_ram_clear(&space);
}

static psa_status_t put(struct psacrypto_store_ram_space *space, uint64_t uid, size_t length)
{
    static const uint8_t data[1000];
    const struct psacrypto_store_name name = { 2, 0, uid };

    return store->put(space, &name, 0, data, length, 0);
}

static unsigned fill(struct psacrypto_store_ram_space *space)
{
    unsigned count = 0;
    psa_status_t status;

    while ((status = put(space, count + 1u, 512)) == PSA_SUCCESS) {
        count++;
    }
    assert_int_equal(status, PSA_ERROR_INSUFFICIENT_STORAGE);
    return count;
}

/* As often after everything has been removed as before: what the conformance suite asks. */
static void quota(void **state)
{
    struct psacrypto_store_ram_space space = { 20000, { 0 } };

    (void)state;
    const unsigned first = fill(&space);
    assert_in_range(first, 20000 / (512 + 128), 20000 / 512);
    /* What is there can be replaced by as much, or less, but not by more. */
    assert_int_equal(put(&space, 1, 512), PSA_SUCCESS);
    assert_int_equal(put(&space, 1, 1000), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(put(&space, 1, 100), PSA_SUCCESS);
    assert_int_equal(put(&space, 1, 512), PSA_SUCCESS);
    for (uint64_t uid = 1; uid <= first; uid++) {
        const struct psacrypto_store_name name = { 2, 0, uid };
        assert_int_equal(store->remove(&space, &name), PSA_SUCCESS);
    }
    assert_int_equal(fill(&space), first);
    psacrypto_store_ram_clear(&space);
    assert_int_equal(fill(&space), first);
    psacrypto_store_ram_clear(&space);
}

/* Said before any memory is asked for. */
static void far_too_large(void **state)
{
    struct psacrypto_store_ram_space space = { 1000, { 0 } };
    const struct psacrypto_store_name name = { 2, 0, 1 };
    uint8_t byte = 0;

    (void)state;
    assert_int_equal(store->put(&space, &name, 0, &byte, SIZE_MAX, 0), PSA_ERROR_INSUFFICIENT_STORAGE);
    assert_int_equal(store->put(&space, &name, 0, &byte, 1001, 0), PSA_ERROR_INSUFFICIENT_STORAGE);
    space.quota = 0;
    assert_int_equal(store->put(&space, &name, 0, &byte, SIZE_MAX, 0), PSA_ERROR_INSUFFICIENT_STORAGE);
}

static psa_status_t replace_one(void *context)
{
    struct psacrypto_store_ram_space *space = context;
    const struct psacrypto_store_name name = { 2, 0, 1 };
    uint8_t data[4] = { 0 };
    size_t length;
    psa_status_t status = store->put(space, &name, 0, "new", 3, 0);

    assert_int_equal(store->get(space, &name, 0, data, sizeof(data), &length), PSA_SUCCESS);
    assert_int_equal(length, 3);
    assert_string_equal((const char *)data, status == PSA_SUCCESS ? "new" : "old");
    return status;
}

static void out_of_memory(void **state)
{
    struct psacrypto_store_ram_space space = { 0, { 0 } };
    const struct psacrypto_store_name name = { 2, 0, 1 };

    (void)state;
    assert_int_equal(store->put(&space, &name, 0, "old", 3, 0), PSA_SUCCESS);
    assert_int_equal(allocation_fails_each(replace_one, &space), 2);
    psacrypto_store_ram_clear(&space);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contract),
        cmocka_unit_test(threads),
        cmocka_unit_test(quota),
        cmocka_unit_test(far_too_large),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
