/* SPDX-License-Identifier: Apache-2.0 */
/* Entropy of Linux with each system call failing, interrupted or cut short; and the platform without a source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include <psa/crypto.h>

#include "platform/entropy_linux.h"
#include "platform/platform.h"

#define platform_entropy none_entropy
#include "platform/internal.h"
#undef PSACRYPTO_PLATFORM_ENTROPY
#define PSACRYPTO_PLATFORM_ENTROPY 0
#include "platform/entropy_none.c"
#undef platform_entropy

psa_status_t platform_entropy(uint8_t *output, size_t size);

static struct entropy_system original;

static int restore(void **state)
{
    (void)state;
    entropy_system = original;
    return 0;
}

static int all_zero(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++) {
        any |= bytes[i];
    }
    return any == 0;
}

static void two_draws_differ(void **state)
{
    (void)state;
    uint8_t first[1000];
    uint8_t second[1000];
    memset(first, 0, sizeof(first));
    assert_int_equal(platform_entropy(first, sizeof(first)), PSA_SUCCESS);
    assert_int_equal(platform_entropy(second, sizeof(second)), PSA_SUCCESS);
    assert_memory_not_equal(first, second, sizeof(first));
    for (size_t i = 0; i < sizeof(first); i += 40) {
        assert_false(all_zero(first + i, 40)); /* all of it was written */
    }
    assert_int_equal(platform_entropy(NULL, 0), PSA_SUCCESS);
}

/* ---- A system that does what a test wants ---- */

static int calls;
static int next_byte;
static int opened;
static int closed;
static char paths[100];

static long give(uint8_t *output, size_t size, size_t most)
{
    const size_t count = size < most ? size : most;
    for (size_t i = 0; i < count; i++) {
        output[i] = (uint8_t)++next_byte;
    }
    return (long)count;
}

static long getrandom_interrupted_and_cut(uint8_t *output, size_t size)
{
    if (++calls % 3 == 0) {
        errno = EINTR;
        return -1;
    }
    return give(output, size, 7);
}

static long getrandom_unknown(uint8_t *output, size_t size)
{
    (void)size;
    calls++;
    output[0] = 1; /* what a failing call left behind */
    errno = ENOSYS;
    return -1;
}

static long getrandom_nothing(uint8_t *output, size_t size)
{
    (void)output;
    (void)size;
    return 0;
}

static int open_counted(const char *path)
{
    opened++;
    (void)strncat(paths, path, sizeof(paths) - strlen(paths) - 1u);
    (void)strncat(paths, " ", sizeof(paths) - strlen(paths) - 1u);
    return 7;
}

static int open_refused(const char *path)
{
    (void)path;
    errno = EACCES;
    return -1;
}

static int open_urandom_refused(const char *path)
{
    return strcmp(path, "/dev/urandom") == 0 ? open_refused(path) : open_counted(path);
}

static int close_counted(int file)
{
    assert_int_equal(file, 7);
    closed++;
    return 0;
}

static int wait_interrupted_twice(int file)
{
    assert_int_equal(file, 7);
    errno = EINTR;
    return ++calls % 3 == 0 ? 1 : -1;
}

static int wait_fails(int file)
{
    (void)file;
    errno = EINVAL;
    return -1;
}

static long read_interrupted_and_cut(int file, uint8_t *output, size_t size)
{
    assert_int_equal(file, 7);
    return getrandom_interrupted_and_cut(output, size);
}

static long read_fails(int file, uint8_t *output, size_t size)
{
    (void)give(output, size, 3);
    (void)file;
    errno = EIO;
    return -1;
}

static long read_ends(int file, uint8_t *output, size_t size)
{
    (void)file;
    (void)output;
    (void)size;
    return 0;
}

static void prepare_device(void)
{
    calls = 0;
    next_byte = 0;
    opened = 0;
    closed = 0;
    memset(paths, 0, sizeof(paths));
    entropy_system.getrandom = getrandom_unknown;
    entropy_system.open = open_counted;
    entropy_system.close = close_counted;
    entropy_system.wait_readable = wait_interrupted_twice;
    entropy_system.read = read_interrupted_and_cut;
}

static void expect_counted(void)
{
    uint8_t output[600];
    assert_int_equal(platform_entropy(output, sizeof(output)), PSA_SUCCESS);
    for (size_t i = 0; i < sizeof(output); i++) {
        assert_int_equal(output[i], (uint8_t)(i + 1u));
    }
}

static void expect_none(void)
{
    uint8_t output[600];
    memset(output, 0xff, sizeof(output));
    assert_int_equal(platform_entropy(output, sizeof(output)), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_true(all_zero(output, sizeof(output)));
    assert_int_equal(opened, closed);
}

static void interrupted_and_cut_calls_go_on(void **state)
{
    (void)state;
    prepare_device();
    entropy_system.getrandom = getrandom_interrupted_and_cut;
    expect_counted();
    assert_int_equal(opened, 0);
}

/* In this order: once the device has been waited for, it is not waited for again. */
static void the_device_is_waited_for_and_read(void **state)
{
    (void)state;
    prepare_device();
    entropy_system.open = open_refused;
    expect_none();
    prepare_device();
    entropy_system.wait_readable = wait_fails;
    expect_none();
    assert_int_equal(opened, 1);

    prepare_device();
    expect_counted();
    assert_string_equal(paths, "/dev/random /dev/urandom ");
    assert_int_equal(closed, 2);
    prepare_device();
    entropy_system.getrandom = getrandom_nothing;
    expect_counted();
    assert_string_equal(paths, "/dev/urandom ");
}

static void a_failing_device_is_said(void **state)
{
    (void)state;
    prepare_device();
    entropy_system.read = read_fails;
    expect_none();
    prepare_device();
    entropy_system.read = read_ends;
    expect_none();
    prepare_device();
    entropy_system.open = open_urandom_refused;
    expect_none();
}

static void real_devices_serve(void **state)
{
    (void)state;
    uint8_t first[100];
    uint8_t second[100];
    prepare_device();
    entropy_system = original;
    entropy_system.getrandom = getrandom_unknown;
    assert_int_equal(platform_entropy(first, sizeof(first)), PSA_SUCCESS);
    assert_int_equal(platform_entropy(second, sizeof(second)), PSA_SUCCESS);
    assert_memory_not_equal(first, second, sizeof(first));
    assert_true(entropy_system.open("/dev/null") >= 3);
    assert_int_equal(entropy_system.open("/proc/version"), -1); /* not a device */
    assert_int_equal(errno, ENODEV);
    assert_int_equal(entropy_system.open("/does/not/exist"), -1);
}

static void a_platform_without_a_source_says_so(void **state)
{
    (void)state;
    uint8_t output[20];
    memset(output, 0xff, sizeof(output));
    assert_int_equal(none_entropy(output, sizeof(output)), PSA_ERROR_INSUFFICIENT_ENTROPY);
    assert_true(all_zero(output, sizeof(output)));
}

int main(void)
{
    original = entropy_system;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_draws_differ),
        cmocka_unit_test_teardown(interrupted_and_cut_calls_go_on, restore),
        cmocka_unit_test_teardown(the_device_is_waited_for_and_read, restore),
        cmocka_unit_test_teardown(a_failing_device_is_said, restore),
        cmocka_unit_test_teardown(real_devices_serve, restore),
        cmocka_unit_test(a_platform_without_a_source_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
