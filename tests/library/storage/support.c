/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "support.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void skip_under_valgrind(void)
{
    const char *preloaded = getenv("LD_PRELOAD");

    if (preloaded != NULL && strstr(preloaded, "/vgpreload_") != NULL) {
        print_message("skipped: Valgrind does not let threads wait for F_OFD_SETLKW\n");
        skip();
    }
}

/* ---- Directories ---- */

/* In memory where there is such a file system: the tests of faults wait for a thousand fsync() otherwise. */
char *directory_make(void)
{
    const char *parent = getenv("TMPDIR");
    char path[512];

    if (parent == NULL) {
        parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    }
    assert_true(snprintf(path, sizeof(path), "%s/psacrypto-test-XXXXXX", parent) < (int)sizeof(path));
    assert_non_null(mkdtemp(path));
    char *result = strdup(path);
    assert_non_null(result);
    return result;
}

static int make_accessible(const char *path, const struct stat *s, int kind, struct FTW *place)
{
    (void)s;
    (void)place;
    return kind == FTW_D || kind == FTW_DNR ? chmod(path, 0700) : 0;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *place)
{
    (void)s;
    (void)kind;
    (void)place;
    return remove(path);
}

void directory_remove(char *path)
{
    assert_int_equal(nftw(path, make_accessible, 8, FTW_PHYS), 0);
    assert_int_equal(nftw(path, remove_one, 8, FTW_PHYS | FTW_DEPTH), 0);
    free(path);
}

const char *path_join(const char *directory, const char *file)
{
    static char paths[4][1024];
    static unsigned next;
    char *path = paths[next++ % 4u];

    assert_true(snprintf(path, sizeof(paths[0]), "%s/%s", directory, file) < (int)sizeof(paths[0]));
    return path;
}

uint8_t *file_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return NULL;
    }
    uint8_t *data = malloc(1u << 20);
    assert_non_null(data);
    const size_t n = fread(data, 1, 1u << 20, file);
    assert_true(n < 1u << 20);
    fclose(file);
    if (length != NULL) {
        *length = n;
    }
    return data;
}

void file_write(const char *path, const uint8_t *data, size_t length)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0600), 0);
}

int directory_count(const char *path, const char *prefix)
{
    DIR *list = opendir(path);
    int count = 0;

    if (list == NULL) {
        return -1;
    }
    for (const struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                 strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
    }
    closedir(list);
    return count;
}

/* ---- System calls that fail ---- */

struct faults faults;
static int interrupted; /* the call that comes is the second try */

/* Writing, making durable, naming: w data, c changes told, f fsync, m mkdir, l link, r rename, u unlink. */
static const char letters[FAULT_CALLS] = {
    [FAULT_WRITE] = 'w', [FAULT_PWRITE] = 'c', [FAULT_FSYNC] = 'f', [FAULT_MKDIRAT] = 'm', [FAULT_LINKAT] = 'l',
    [FAULT_RENAMEAT] = 'r', [FAULT_UNLINKAT] = 'u',
};

static int fails(enum fault_call call, int interruptible)
{
    if (faults.interrupt && interruptible && !interrupted) {
        interrupted = 1;
        errno = EINTR;
        return 1;
    }
    interrupted = 0;
    faults.calls++;
    if (letters[call] != 0 && faults.trace_length < sizeof(faults.trace) - 1u) {
        faults.trace[faults.trace_length++] = letters[call];
    }
    if (faults.calls == faults.exit_at) {
        _exit(99);
    }
    if (faults.calls == faults.fail_at || faults.fail_first[call]) {
        faults.fail_first[call] = 0;
        faults.failed[call]++;
        errno = faults.error;
        return 1;
    }
    return 0;
}

static size_t at_most(size_t size)
{
    return faults.io_most != 0 && faults.io_most < size ? faults.io_most : size;
}

static int faulty_openat(int directory, const char *path, int flags, mode_t mode)
{
    return fails(FAULT_OPENAT, 1) ? -1 : posix_calls_system.openat(directory, path, flags, mode);
}

/* As Linux does it, the descriptor is gone whatever close() says. */
static int faulty_close(int fd)
{
    const int failed = fails(FAULT_CLOSE, 0);
    const int error = errno;
    const int result = posix_calls_system.close(fd);

    if (failed) {
        errno = error;
    }
    return failed ? -1 : result;
}

static int faulty_duplicate(int fd, int lowest)
{
    return fails(FAULT_DUPLICATE, 0) ? -1 : posix_calls_system.duplicate(fd, lowest);
}

static int faulty_lock(int fd, int command, struct flock *lock)
{
    return fails(FAULT_LOCK, 1) ? -1 : posix_calls_system.lock(fd, command, lock);
}

static ssize_t faulty_read(int fd, void *data, size_t size)
{
    return fails(FAULT_READ, 1) ? -1 : posix_calls_system.read(fd, data, at_most(size));
}

static ssize_t faulty_pread(int fd, void *data, size_t size, off_t offset)
{
    return fails(FAULT_PREAD, 1) ? -1 : posix_calls_system.pread(fd, data, size, offset);
}

static ssize_t faulty_write(int fd, const void *data, size_t length)
{
    return fails(FAULT_WRITE, 1) ? -1 : posix_calls_system.write(fd, data, at_most(length));
}

static ssize_t faulty_pwrite(int fd, const void *data, size_t length, off_t offset)
{
    return fails(FAULT_PWRITE, 1) ? -1 : posix_calls_system.pwrite(fd, data, length, offset);
}

static int faulty_fsync(int fd)
{
    return fails(FAULT_FSYNC, 0) ? -1 : posix_calls_system.fsync(fd);
}

static int faulty_fstat(int fd, struct stat *result)
{
    return fails(FAULT_FSTAT, 0) ? -1 : posix_calls_system.fstat(fd, result);
}

static int faulty_fstatat(int directory, const char *path, struct stat *result, int flags)
{
    return fails(FAULT_FSTATAT, 0) ? -1 : posix_calls_system.fstatat(directory, path, result, flags);
}

static int faulty_mkdirat(int directory, const char *path, mode_t mode)
{
    return fails(FAULT_MKDIRAT, 0) ? -1 : posix_calls_system.mkdirat(directory, path, mode);
}

static int faulty_linkat(int old_directory, const char *old_path, int new_directory, const char *new_path, int flags)
{
    return fails(FAULT_LINKAT, 0) ? -1 : posix_calls_system.linkat(old_directory, old_path, new_directory, new_path, flags);
}

static int faulty_renameat(int old_directory, const char *old_path, int new_directory, const char *new_path)
{
    return fails(FAULT_RENAMEAT, 0) ? -1 : posix_calls_system.renameat(old_directory, old_path, new_directory, new_path);
}

static int faulty_unlinkat(int directory, const char *path, int flags)
{
    return fails(FAULT_UNLINKAT, 0) ? -1 : posix_calls_system.unlinkat(directory, path, flags);
}

static void *faulty_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    return fails(FAULT_MMAP, 0) ? (void *)-1 : posix_calls_system.mmap(address, length, protection, flags, fd, offset);
}

static int faulty_munmap(void *address, size_t length)
{
    (void)fails(FAULT_MUNMAP, 0);
    return posix_calls_system.munmap(address, length);
}

static DIR *faulty_fdopendir(int fd)
{
    return fails(FAULT_FDOPENDIR, 0) ? NULL : posix_calls_system.fdopendir(fd);
}

static struct dirent *faulty_readdir(DIR *directory)
{
    return fails(FAULT_READDIR, 0) ? NULL : posix_calls_system.readdir(directory);
}

static int faulty_closedir(DIR *directory)
{
    (void)fails(FAULT_CLOSEDIR, 0);
    return posix_calls_system.closedir(directory);
}

static char *faulty_getcwd(char *path, size_t size)
{
    return fails(FAULT_GETCWD, 0) ? NULL : posix_calls_system.getcwd(path, size);
}

static int faulty_clock_gettime(clockid_t clock, struct timespec *time)
{
    return fails(FAULT_CLOCK, 0) ? -1 : posix_calls_system.clock_gettime(clock, time);
}

static struct posix_calls faulty_calls;

void faults_begin(void)
{
    memset(&faults, 0, sizeof(faults));
    interrupted = 0;
    faulty_calls = posix_calls_system;
    faulty_calls.openat = faulty_openat;
    faulty_calls.close = faulty_close;
    faulty_calls.duplicate = faulty_duplicate;
    faulty_calls.lock = faulty_lock;
    faulty_calls.read = faulty_read;
    faulty_calls.pread = faulty_pread;
    faulty_calls.write = faulty_write;
    faulty_calls.pwrite = faulty_pwrite;
    faulty_calls.fsync = faulty_fsync;
    faulty_calls.fstat = faulty_fstat;
    faulty_calls.fstatat = faulty_fstatat;
    faulty_calls.mkdirat = faulty_mkdirat;
    faulty_calls.linkat = faulty_linkat;
    faulty_calls.renameat = faulty_renameat;
    faulty_calls.unlinkat = faulty_unlinkat;
    faulty_calls.mmap = faulty_mmap;
    faulty_calls.munmap = faulty_munmap;
    faulty_calls.fdopendir = faulty_fdopendir;
    faulty_calls.readdir = faulty_readdir;
    faulty_calls.closedir = faulty_closedir;
    faulty_calls.getcwd = faulty_getcwd;
    faulty_calls.clock_gettime = faulty_clock_gettime;
    posix_calls = &faulty_calls;
}

void faults_end(void)
{
    posix_calls = &posix_calls_system;
}
