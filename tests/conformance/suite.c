/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the archives of the PSA arch-test suite need to become a program: main(), a choice of the test, a store.
 *
 *     suite            prints the numbers of the tests that were linked in
 *     suite NUMBER     runs one; ends with what the suite's val_entry() says
 *
 * The environment's ARCH_TEST_STORE is ram or posix (in PSACRYPTO_STORE).
 */
#include <psacrypto/store.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the suite. Its bool_t is a byte. */
int32_t val_entry(void);
size_t val_get_test_list(uint32_t *list, size_t size);
uint8_t __wrap_pal_is_test_enabled(uint32_t number);

static uint32_t chosen;

/* Linked with --wrap: in the place of the target's own, which not every target has. */
uint8_t __wrap_pal_is_test_enabled(uint32_t number)
{
    return number == chosen;
}

/* ---- Stores that become full: test 403 fills them to the brim ---- */

#define OBJECTS_MAX 64u

static struct psacrypto_store_ram_space space = { .quota = 96u * 1024u };
static struct psacrypto_store_directory directory;
static struct psacrypto_store limited;

static int is_full(void *instance, const struct psacrypto_store_name *name)
{
    struct psacrypto_store_name next = { name->space, INT32_MIN, 0 };
    size_t count = 0;
    while (count < OBJECTS_MAX && psacrypto_store_posix.next(instance, &next) == PSA_SUCCESS) {
        count++;
    }
    return count == OBJECTS_MAX;
}

static psa_status_t put_limited(void *instance, const struct psacrypto_store_name *name, uint32_t object_flags,
                                const void *data, size_t data_length, uint32_t put_flags)
{
    struct psacrypto_store_info info;
    psa_status_t status = psacrypto_store_posix.info(instance, name, &info);
    if (status == PSA_ERROR_DOES_NOT_EXIST && is_full(instance, name)) {
        return PSA_ERROR_INSUFFICIENT_STORAGE;
    }
    return psacrypto_store_posix.put(instance, name, object_flags, data, data_length, put_flags);
}

static psa_status_t choose_store(const char *name)
{
    if (name != NULL && strcmp(name, "posix") == 0) {
        limited = psacrypto_store_posix;
        limited.put = put_limited;
        return psacrypto_set_store(&limited, &directory);
    }
    return psacrypto_set_store(&psacrypto_store_ram, &space);
}

/* ---- One test, or the list ---- */

static int list_tests(void)
{
    size_t count = val_get_test_list(NULL, 0);
    uint32_t *list = calloc(count, sizeof(*list));
    if (list == NULL) {
        return 2;
    }
    count = val_get_test_list(list, count);
    for (size_t i = 0; i < count; i++) {
        printf("%lu\n", (unsigned long)list[i]);
    }
    free(list);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        return list_tests();
    }
    /* What was printed before a crash is seen. */
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    chosen = (uint32_t)strtoul(argv[1], NULL, 10);
    if (choose_store(getenv("ARCH_TEST_STORE")) != PSA_SUCCESS) {
        return 2;
    }
    return (int)val_entry();
}
