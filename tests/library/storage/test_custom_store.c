/* SPDX-License-Identifier: Apache-2.0 */
/* The store of examples/custom_store.c keeps the contract, also when power is lost at any byte. */
#include "support.h"

#include <string.h>

#define EEPROM_DRIVER
#define EEPROM_BLOCK_SIZE 12000u /* the contract is tested with an object of 10,000 bytes */
#define EEPROM_BLOCKS 24u

static uint8_t eeprom[EEPROM_BLOCKS][EEPROM_BLOCK_SIZE];
static long bytes_left = -1; /* until power is lost; -1: it stays */
static long bytes_written;

static int eeprom_read(unsigned block, size_t offset, void *data, size_t length)
{
    memcpy(data, eeprom[block] + offset, length);
    return 0;
}

static int eeprom_write(unsigned block, size_t offset, const void *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes_left == 0) {
            return -1;
        }
        bytes_left -= bytes_left > 0;
        bytes_written++;
        eeprom[block][offset + i] = ((const uint8_t *)data)[i];
    }
    return 0;
}

#define main example_main
#include "../../../examples/custom_store.c"
#undef main

static struct eeprom_store instance;

static int setup(void **state)
{
    (void)state;
    memset(eeprom, 0, sizeof(eeprom));
    bytes_left = -1;
    bytes_written = 0;
    return eeprom_store.open(&instance);
}

static int teardown(void **state)
{
    (void)state;
    psacrypto_shutdown();
    return psacrypto_set_store(NULL, NULL);
}

static void contract(void **state)
{
    (void)state;
    store_contract(&eeprom_store, &instance);
}

static void the_program(void **state)
{
    (void)state;
    assert_int_equal(example_main(), 0);
}

static const struct psacrypto_store_name name = { 2, 0, 1 };

static int holds(const char *text)
{
    char data[16];
    size_t length = 0;

    return eeprom_store.get(&instance, &name, 0, data, sizeof(data), &length) == PSA_SUCCESS && length == strlen(text) &&
           memcmp(data, text, length) == 0;
}

/* Answers whether power was lost. */
static int replace_until(long bytes, int remove)
{
    assert_int_equal(setup(NULL), PSA_SUCCESS);
    assert_int_equal(eeprom_store.put(&instance, &name, 0, "the old one", 11, 0), PSA_SUCCESS);
    bytes_written = 0;
    bytes_left = bytes;
    psa_status_t status = remove ? eeprom_store.remove(&instance, &name) : eeprom_store.put(&instance, &name, 0, "new", 3, 0);
    const int lost = bytes_left == 0 && status != PSA_SUCCESS;
    bytes_left = -1;
    assert_int_equal(eeprom_store.open(&instance), PSA_SUCCESS);
    const int is_new = remove ? find(&instance, &name) == EEPROM_BLOCKS : holds("new");
    assert_true(is_new || holds("the old one"));
    assert_true(is_new || lost);
    /* One or the other for good. */
    assert_int_equal(eeprom_store.open(&instance), PSA_SUCCESS);
    assert_int_equal(is_new, remove ? find(&instance, &name) == EEPROM_BLOCKS : holds("new"));
    if (!remove) {
        assert_int_equal(eeprom_store.remove(&instance, &name), PSA_SUCCESS);
        assert_int_equal(eeprom_store.open(&instance), PSA_SUCCESS);
        assert_true(find(&instance, &name) == EEPROM_BLOCKS);
    }
    return lost;
}

static void power_is_lost(void **state)
{
    (void)state;
    for (int remove = 0; remove < 2; remove++) {
        long bytes = 0;
        /* Every byte of data and headers; in the long erasing behind, some. */
        while (replace_until(bytes, remove)) {
            bytes += bytes < 200 ? 1 : 997;
        }
        assert_true(bytes > (long)EEPROM_BLOCK_SIZE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(contract, setup, teardown),
        cmocka_unit_test_setup_teardown(the_program, setup, teardown),
        cmocka_unit_test(power_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
