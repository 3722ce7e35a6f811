/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entropy of Linux: getrandom(2), which waits once until the kernel's generator is seeded. Kernels before 3.17 and
 * sandboxes that forbid the call have /dev/urandom, which does not wait: so /dev/random is waited for first.
 */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* syscall(), O_CLOEXEC */
#endif

#include "platform/internal.h"

#if PSACRYPTO_PLATFORM_ENTROPY && defined(__linux__)

#include "platform/entropy_linux.h"
#include "util/zeroise.h"

#include <psa/crypto.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* One call returns up to 256 bytes whole once the generator is seeded; longer ones may be cut by a signal. */
#define PIECE 256u

/* ---- The system ---- */

#if defined(SYS_getrandom)
static long system_getrandom(uint8_t *output, size_t size)
{
    return syscall(SYS_getrandom, output, size, 0);
}
#else
static long system_getrandom(uint8_t *output, size_t size)
{
    (void)output;
    (void)size;
    errno = ENOSYS;
    return -1;
}
#endif

/* A regular file in the place of the device would be a source that never changes. */
static int system_open(const char *path)
{
    struct stat about;
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file >= 0 && (fstat(file, &about) != 0 || !S_ISCHR(about.st_mode))) {
        (void)close(file);
        errno = ENODEV;
        return -1;
    }
    return file;
}

static long system_read(int file, uint8_t *output, size_t size)
{
    return (long)read(file, output, size);
}

static int system_wait_readable(int file)
{
    struct pollfd wanted = { .fd = file, .events = POLLIN, .revents = 0 };
    return poll(&wanted, 1, -1);
}

#if PSACRYPTO_TEST_HOOKS
struct entropy_system entropy_system = {
#else
static const struct entropy_system entropy_system = {
#endif
    .getrandom = system_getrandom,
    .open = system_open,
    .read = system_read,
    .wait_readable = system_wait_readable,
    .close = close,
};

/* ---- One source after the other ---- */

static psa_status_t from_getrandom(uint8_t *output, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const size_t piece = size - done < PIECE ? size - done : PIECE;
        const long got = entropy_system.getrandom(output + done, piece);
        if (got > 0 && (size_t)got <= piece) {
            done += (size_t)got;
        } else if (got >= 0 || errno != EINTR) {
            return PSA_ERROR_INSUFFICIENT_ENTROPY;
        }
    }
    return PSA_SUCCESS;
}

/* /dev/random is readable once the generator is seeded, and from then on what /dev/urandom gives is as good. */
static psa_status_t wait_until_seeded(void)
{
    static int seeded;
    if (ATOMIC_LOAD(&seeded)) {
        return PSA_SUCCESS;
    }
    const int file = entropy_system.open("/dev/random");
    if (file < 0) {
        return PSA_ERROR_INSUFFICIENT_ENTROPY;
    }
    int ready;
    do {
        ready = entropy_system.wait_readable(file);
    } while (ready < 0 && errno == EINTR);
    (void)entropy_system.close(file);
    ATOMIC_STORE(&seeded, ready == 1);
    return ready == 1 ? PSA_SUCCESS : PSA_ERROR_INSUFFICIENT_ENTROPY;
}

static psa_status_t read_whole(int file, uint8_t *output, size_t size)
{
    size_t done = 0;
    while (done < size) {
        const long got = entropy_system.read(file, output + done, size - done);
        if (got > 0 && (size_t)got <= size - done) {
            done += (size_t)got;
        } else if (got >= 0 || errno != EINTR) {
            return PSA_ERROR_INSUFFICIENT_ENTROPY;
        }
    }
    return PSA_SUCCESS;
}

static psa_status_t from_device(uint8_t *output, size_t size)
{
    psa_status_t status = wait_until_seeded();
    if (status != PSA_SUCCESS) {
        return status;
    }
    const int file = entropy_system.open("/dev/urandom");
    if (file < 0) {
        return PSA_ERROR_INSUFFICIENT_ENTROPY;
    }
    status = read_whole(file, output, size);
    (void)entropy_system.close(file);
    return status;
}

psa_status_t platform_entropy(uint8_t *output, size_t size)
{
    psa_status_t status = from_getrandom(output, size);
    if (status != PSA_SUCCESS) {
        status = from_device(output, size);
    }
    if (status != PSA_SUCCESS) {
        zeroise(output, size);
    }
    return status;
}

#else

typedef int entropy_linux_unused; /* a translation unit may not be empty */

#endif
