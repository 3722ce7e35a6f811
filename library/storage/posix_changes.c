/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file "changes": two numbers of 64 bits, of which the first is another one after each change of a key and the second
 * after each new name. Every process maps it, so that noticing a change costs a read of memory and no system
 * call.
 *
 * It is written with pwrite(), which fails where a write to the mapping would kill the process (no space on a
 * copying file system). The numbers are never written twice, so a lost race between two writers is no loss: what
 * stands there afterwards is new to everybody who read it before. A number torn between its halves is new, too, or
 * the old one as it was a moment ago.
 *
 * Shortening the file under a running process kills the process (SIGBUS) at its next look: only its owner can do
 * that, and nobody should (docs/storage.md).
 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "util/atomic.h"
#include "util/bytes.h"
#include "util/reason.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define CHANGES_FILE "changes"
#define CHANGES_SIZE 16u
#define KEYS 0u
#define NAMES 1u

/* What lies this close to now may be followed by another change at the same reading of the system's clock. */
#define COARSE_NANOSECONDS 100000000

static uint32_t unique_count; /* atomic */

/* A number that nobody wrote before: the time, and where two are made at once, process and count. */
static uint64_t unique(void)
{
    struct timespec now = { 0, 0 };

    (void)posix_calls->clock_gettime(CLOCK_REALTIME, &now);
    const uint64_t time = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    const uint64_t who = ((uint64_t)posix_calls->getpid() << 32) | ATOMIC_ADD(&unique_count, 1u);
    return (time * 0x9e3779b97f4a7c15u) ^ (who * 0xc2b2ae3d27d4eb4fu); /* odd factors: nothing is lost */
}

/* ---- Opening ---- */

/* Whole under its name at once, so that nobody maps less. */
static psa_status_t create_file(struct posix_store *store, int root)
{
    static const uint8_t zeros[CHANGES_SIZE];
    char temporary[POSIX_NAME_SIZE];
    int fd;
    psa_status_t status = posix_temporary_create(store, root, temporary, &fd);

    if (status != PSA_SUCCESS) {
        return status;
    }
    status = posix_write_all(fd, zeros, sizeof(zeros));
    if (posix_calls->close(fd) != 0 && status == PSA_SUCCESS) {
        status = posix_failure(errno);
    }
    if (status == PSA_SUCCESS && posix_calls->linkat(root, temporary, root, CHANGES_FILE, 0) != 0 && errno != EEXIST) {
        status = posix_failure(errno);
    }
    (void)posix_calls->unlinkat(root, temporary, 0);
    return status;
}

static psa_status_t open_file(int root, int *fd)
{
    struct stat s;
    int flags = O_RDWR;

    *fd = posix_open(root, CHANGES_FILE, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
    if (*fd < 0 && (errno == EROFS || errno == EACCES)) {
        flags = O_RDONLY;
        *fd = posix_open(root, CHANGES_FILE, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
    }
    if (*fd < 0) {
        return posix_failure(errno);
    }
    psa_status_t status = posix_calls->fstat(*fd, &s) != 0 ? posix_failure(errno) : PSA_SUCCESS;
    if (status == PSA_SUCCESS &&
        (!S_ISREG(s.st_mode) || s.st_uid != posix_calls->geteuid() || s.st_size < (off_t)CHANGES_SIZE ||
         (s.st_mode & posix_format_native.refused_mode) != 0)) {
        status = reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_UNSAFE, 0, s.st_mode);
    }
    if (status != PSA_SUCCESS) {
        (void)posix_calls->close(*fd);
    }
    return status;
}

/* The first thread's descriptor and mapping are what everybody uses. */
static psa_status_t map_file(struct posix_store *store, int fd)
{
    int expected = -1;
    const uint64_t *nothing = NULL;

    if (!ATOMIC_CAS(&store->changes_fd, &expected, fd)) {
        (void)posix_calls->close(fd);
        fd = expected;
    }
    void *mapping = posix_calls->mmap(NULL, CHANGES_SIZE, PROT_READ, MAP_SHARED, fd, 0);
    if (mapping == MAP_FAILED) {
        return posix_failure(errno);
    }
    if (!ATOMIC_CAS(&store->changes, &nothing, (const uint64_t *)mapping)) {
        (void)posix_calls->munmap(mapping, CHANGES_SIZE);
    }
    return PSA_SUCCESS;
}

psa_status_t posix_changes_open(struct posix_store *store, int root, int create)
{
    int fd = -1;

    if (ATOMIC_LOAD(&store->changes) != NULL) {
        return PSA_SUCCESS;
    }
    psa_status_t status = open_file(root, &fd);
    if (status == PSA_ERROR_DOES_NOT_EXIST && create) {
        status = create_file(store, root);
        if (status == PSA_SUCCESS) {
            status = open_file(root, &fd);
        }
    }
    return status == PSA_SUCCESS ? map_file(store, fd) : status;
}

void posix_changes_close(struct posix_store *store)
{
    if (store->changes != NULL) {
        (void)posix_calls->munmap((void *)(uintptr_t)store->changes, CHANGES_SIZE);
        store->changes = NULL;
    }
    if (store->changes_fd >= 0) {
        (void)posix_calls->close(store->changes_fd);
        store->changes_fd = -1;
    }
}

/* ---- Telling and noticing ---- */

psa_status_t posix_changes_tell(struct posix_store *store, unsigned what)
{
    uint64_t numbers[2];
    const size_t first = (what & POSIX_CHANGED_KEY) != 0 ? KEYS : NAMES;
    const size_t end = (what & POSIX_CHANGED_NAMES) != 0 ? NAMES + 1u : KEYS + 1u;
    ssize_t n;

    if (what == 0) {
        return PSA_SUCCESS;
    }
    numbers[KEYS] = unique();
    numbers[NAMES] = numbers[KEYS];
    do {
        n = posix_calls->pwrite(ATOMIC_LOAD(&store->changes_fd), numbers + first, 8u * (end - first), (off_t)(8u * first));
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        return posix_failure(errno);
    }
    return (size_t)n == 8u * (end - first) ? PSA_SUCCESS : posix_failure(EIO);
}

/* In halves: not every machine reads 64 bits at once. */
static uint64_t read_number(const uint64_t *number)
{
    const uint32_t *halves = (const uint32_t *)(const void *)number;

    return ATOMIC_LOAD(&halves[0]) | ((uint64_t)ATOMIC_LOAD(&halves[1]) << 32);
}

static uint64_t look(struct posix_store *store, size_t which)
{
    const uint64_t *changes = ATOMIC_LOAD(&store->changes);
    int root;

    if (changes == NULL) {
        /* Not there when the store was opened: maybe another process has made it since. */
        if (ATOMIC_LOAD(&store->base) < 0 || posix_root_directory(store, 0, &root) != PSA_SUCCESS ||
            posix_changes_open(store, root, 0) != PSA_SUCCESS) {
            return 0;
        }
        changes = ATOMIC_LOAD(&store->changes);
    }
    return read_number(&changes[which]);
}

/* What Mbed TLS changes shows in the time stamp of the directory alone. Too fresh a stamp says nothing: a number of
 * its own each time. */
static uint64_t directory_stamp(int directory)
{
    struct stat s;
    struct timespec now;

    if (posix_calls->fstat(directory, &s) != 0 || posix_calls->clock_gettime(CLOCK_REALTIME, &now) != 0) {
        return unique();
    }
    const int64_t age = ((int64_t)now.tv_sec - (int64_t)s.st_mtim.tv_sec) * 1000000000 + (now.tv_nsec - s.st_mtim.tv_nsec);
    if (age < COARSE_NANOSECONDS) {
        return unique();
    }
    return ((uint64_t)s.st_mtim.tv_sec * 1000000000u + (uint64_t)s.st_mtim.tv_nsec) * 0x9e3779b97f4a7c15u;
}

static uint64_t with_directory(struct posix_store *store, uint64_t number)
{
    int directory;

    if (store->layout->key_directory != NULL || ATOMIC_LOAD(&store->base) < 0 ||
        posix_space_directory(store, PSACRYPTO_SPACE_KEY, 0, &directory) != PSA_SUCCESS) {
        return number;
    }
    return number ^ directory_stamp(directory);
}

/* Asked at each use of a key from the store: the usual case first. */
uint64_t posix_store_generation(void *instance)
{
    const struct psacrypto_store_directory *directory = instance;
    struct posix_store *store = (struct posix_store *)(uintptr_t)directory->private_data[0];
    const uint64_t *changes = ATOMIC_LOAD(&store->changes);

    if (changes != NULL && store->layout->key_directory != NULL) {
        return read_number(&changes[KEYS]);
    }
    return with_directory(store, look(store, KEYS));
}

uint64_t posix_changes_names(struct posix_store *store)
{
    return with_directory(store, look(store, NAMES));
}

#else

typedef int posix_changes_unused; /* a translation unit may not be empty */

#endif
