/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "platform/platform.h"
#include "storage/posix.h"
#include "util/reason.h"

struct environment {
    const char *store;
    const char *state;
    const char *home;
};

static struct environment now;

static char *fake_getenv(const char *name)
{
    const char *value = NULL;

    if (strcmp(name, "PSACRYPTO_STORE") == 0) {
        value = now.store;
    } else if (strcmp(name, "XDG_STATE_HOME") == 0) {
        value = now.state;
    } else if (strcmp(name, "HOME") == 0) {
        value = now.home;
    } else {
        fail_msg("%s is nobody's business", name);
    }
    return (char *)(uintptr_t)value;
}

static char *fake_getcwd(char *path, size_t size)
{
    assert_true(snprintf(path, size, "/work") < (int)size);
    return path;
}

static char *no_getcwd(char *path, size_t size)
{
    (void)path;
    (void)size;
    errno = ENOENT;
    return NULL;
}

static const struct posix_layout native = { .key_format = &posix_format_native, .key_directory = "keys", .from_environment = 1 };
static const struct posix_layout mbed = { .key_format = &posix_format_mbed };

static void finds(const struct posix_layout *layout, const char *given, const char *expected, int levels)
{
    char *path = NULL;
    int create_levels = -1;

    assert_int_equal(posix_path_find(layout, given, &path, &create_levels), PSA_SUCCESS);
    assert_string_equal(path, expected);
    assert_int_equal(create_levels, levels);
    platform_free(path);
}

static void where(void **state)
{
    static const struct {
        struct environment environment;
        const char *given;
        const char *expected;
        int levels;
    } cases[] = {
        { { "/env", "/state", "/home" }, "/given", "/given", 1 },
        { { "/env", "/state", "/home" }, "given/here", "/work/given/here", 1 },
        { { "/env", "/state", "/home" }, NULL, "/env", 1 },
        { { "env", "/state", "/home" }, NULL, "/work/env", 1 },
        { { "", "/state", "/home" }, NULL, "/state/psacrypto", 2 },
        { { NULL, "/state/", "/home" }, NULL, "/state//psacrypto", 2 },
        { { NULL, "relative", "/home" }, NULL, "/home/.local/state/psacrypto", 3 },
        { { NULL, "", "/home" }, NULL, "/home/.local/state/psacrypto", 3 },
        { { NULL, NULL, "/" }, NULL, "//.local/state/psacrypto", 3 },
        { { NULL, NULL, NULL }, "/a/b///", "/a/b", 1 },
        { { NULL, NULL, NULL }, "/", "/", 1 },
        { { NULL, NULL, NULL }, "//", "/", 1 },
        { { NULL, NULL, NULL }, ".", "/work", 1 },
    };
    struct posix_calls calls = posix_calls_system;

    (void)state;
    calls.getenv = fake_getenv;
    calls.getcwd = fake_getcwd;
    posix_calls = &calls;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        now = cases[i].environment;
        finds(&native, cases[i].given, cases[i].expected, cases[i].levels);
    }
    /* Mbed TLS keeps its files where it is started; the environment has no say, and nothing is made. */
    now = cases[0].environment;
    finds(&mbed, NULL, "/work", 0);
    finds(&mbed, "keys", "/work/keys", 0);
    posix_calls = &posix_calls_system;
}

static void nowhere(void **state)
{
    static const struct environment nothing[] = { { NULL, NULL, NULL }, { "", "", "" }, { NULL, "state", "home" } };
    struct posix_calls calls = posix_calls_system;
    char *path = NULL;
    int levels;

    (void)state;
    calls.getenv = fake_getenv;
    calls.getcwd = no_getcwd;
    posix_calls = &calls;
    for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
        now = nothing[i];
        assert_int_equal(posix_path_find(&native, NULL, &path, &levels), PSA_ERROR_STORAGE_FAILURE);
        assert_null(path);
        assert_int_equal(reason_last().code, REASON_STORE_NONE);
    }
    assert_int_equal(posix_path_find(&native, "relative", &path, &levels), PSA_ERROR_STORAGE_FAILURE);
    assert_int_equal(posix_path_find(&mbed, NULL, &path, &levels), PSA_ERROR_STORAGE_FAILURE);
    posix_calls = &posix_calls_system;
}

static void out_of_memory(void **state)
{
    char *path = NULL;
    int levels;

    (void)state;
    platform_test_fail_allocation(1);
    assert_int_equal(posix_path_find(&native, "/a", &path, &levels), PSA_ERROR_INSUFFICIENT_MEMORY);
    assert_null(path);
    platform_test_fail_allocation(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where),
        cmocka_unit_test(nowhere),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
