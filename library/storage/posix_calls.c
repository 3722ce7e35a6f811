/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* open-file-description locks, secure_getenv() */

#include <psacrypto/config.h>

#if PSACRYPTO_STORE_POSIX || PSACRYPTO_STORE_MBED

#include "storage/posix_calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Those with a variable number of arguments have no type that a table could hold. */
static int system_openat(int directory, const char *path, int flags, mode_t mode)
{
    return openat(directory, path, flags, mode);
}

static int system_duplicate(int fd, int lowest)
{
    return fcntl(fd, F_DUPFD_CLOEXEC, lowest);
}

static int system_lock(int fd, int command, struct flock *lock)
{
    return fcntl(fd, command, lock);
}

const struct posix_calls posix_calls_system = {
    .openat = system_openat,
    .close = close,
    .duplicate = system_duplicate,
    .lock = system_lock,
    .read = read,
    .pread = pread,
    .write = write,
    .pwrite = pwrite,
    .fsync = fsync,
    .fstat = fstat,
    .fstatat = fstatat,
    .mkdirat = mkdirat,
    .linkat = linkat,
    .renameat = renameat,
    .unlinkat = unlinkat,
    .mmap = mmap,
    .munmap = munmap,
    .fdopendir = fdopendir,
    .readdir = readdir,
    .closedir = closedir,
    .getcwd = getcwd,
    .getenv = secure_getenv, /* nothing from the environment of a set-user-id program */
    .geteuid = geteuid,
    .getpid = getpid,
    .clock_gettime = clock_gettime,
};

const struct posix_calls *posix_calls = &posix_calls_system;

#else

typedef int posix_calls_unused; /* a translation unit may not be empty */

#endif
