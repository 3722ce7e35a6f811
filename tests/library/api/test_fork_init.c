/* SPDX-License-Identifier: Apache-2.0 */
/* fork() beside the first psa_crypto_init(), and inside of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <psa/crypto.h>
#include <psacrypto/driver.h>
#include <psacrypto/library.h>

#include "platform/platform.h"
#include "util/atomic.h"

#define LATEST 20u /* seconds after which a process hangs */
#define DEVICE ((psa_key_location_t)0x800010)
#define PAUSE 100000u /* microseconds: enough for a fork() to begin */

/* ---- A device that takes its time to open, or forks ---- */

enum { IDLE, OPENING, FORKING };
static uint32_t stage; /* atomic */
static int forks;      /* open() forks */
static int fork_result = -1;

static int status_of(pid_t child)
{
    int status = -1;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static psa_status_t device_open(void *instance, const struct psacrypto_services *services)
{
    (void)instance;
    (void)services;
    if (forks) {
        pid_t child = fork();
        if (child == 0) {
            _exit(0);
        }
        fork_result = status_of(child);
    } else if (ATOMIC_LOAD(&stage) == IDLE) {
        ATOMIC_STORE(&stage, (uint32_t)OPENING);
        while (ATOMIC_LOAD(&stage) != FORKING) {
            platform_yield();
        }
        (void)usleep(PAUSE);
    }
    return PSA_SUCCESS;
}

static const struct psacrypto_driver device = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .name = "slow to open",
    .open = device_open,
};

/* ---- Tests ---- */

static int works(void)
{
    uint8_t bytes[16];
    return psa_crypto_init() == PSA_SUCCESS && psa_generate_random(bytes, sizeof(bytes)) == PSA_SUCCESS;
}

static void *init(void *argument)
{
    return works() ? argument : NULL;
}

static void beside_the_first_init(void **state)
{
    pthread_t thread;
    void *fine = NULL;

    (void)alarm(LATEST);
    assert_int_equal(pthread_create(&thread, NULL, init, state), 0);
    while (ATOMIC_LOAD(&stage) != OPENING) {
        platform_yield();
    }
    ATOMIC_STORE(&stage, (uint32_t)FORKING);
    const pid_t child = fork();
    if (child == 0) {
        (void)alarm(LATEST / 2);
        _exit(works() ? 0 : 1);
    }
    assert_int_equal(status_of(child), 0);
    assert_int_equal(pthread_join(thread, &fine), 0);
    assert_non_null(fine);
    (void)alarm(0);
}

static void inside_of_an_init(void **state)
{
    (void)state;
    (void)alarm(LATEST);
    psacrypto_shutdown();
    forks = 1;
    assert_true(works());
    assert_int_equal(fork_result, 0);
    (void)alarm(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside_the_first_init),
        cmocka_unit_test(inside_of_an_init),
    };
    if (psacrypto_register_driver(DEVICE, &device, NULL) != PSA_SUCCESS) {
        return 1;
    }
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    psacrypto_shutdown();
    return failed;
}
