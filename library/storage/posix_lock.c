/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Locks between processes: open-file-description locks on bytes of the file "lock", which hold until their descriptor
 * is closed, so that a process that dies lets go. (Those of plain fcntl() vanish when any descriptor of the
 * file is closed, and do not exclude threads.) Each lock has a descriptor of its own.
 *
 *   byte 0  the store's lock
 *   byte 1  shared by whoever has a temporary file; exclusive for whoever removes those left over by a crash
 *
 * A child of fork() inherits the description: the lock is therefore undone, and not only its descriptor closed, or it
 * would last as long as the child.
 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "util/reason.h"

#include <errno.h>
#include <unistd.h>

#define LOCK_FILE "lock"
#define BYTE_STORE 0
#define BYTE_WRITERS 1

static int set_lock(int fd, int command, short type, off_t byte)
{
    struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
    int result;

    do {
        result = posix_calls->lock(fd, command, &lock);
    } while (result != 0 && errno == EINTR);
    return result;
}

static psa_status_t check_lock_file(int fd)
{
    struct stat s;

    if (posix_calls->fstat(fd, &s) != 0) {
        return posix_failure(errno);
    }
    if (!S_ISREG(s.st_mode) || s.st_uid != posix_calls->geteuid() || (s.st_mode & posix_format_native.refused_mode) != 0) {
        return reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_UNSAFE, 0, s.st_mode);
    }
    return PSA_SUCCESS;
}

static psa_status_t open_lock_file(struct posix_store *store, int *fd)
{
    int root;
    psa_status_t status = posix_root_directory(store, 1, &root);

    *fd = -1;
    if (status != PSA_SUCCESS) {
        return status;
    }
    *fd = posix_open(root, LOCK_FILE, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);
    if (*fd < 0) {
        return posix_failure(errno);
    }
    status = check_lock_file(*fd);
    if (status != PSA_SUCCESS) {
        (void)posix_calls->close(*fd);
        *fd = -1;
    }
    return status;
}

static psa_status_t take(struct posix_store *store, int *fd, int command, short type, off_t byte)
{
    psa_status_t status = open_lock_file(store, fd);

    if (status == PSA_SUCCESS && set_lock(*fd, command, type, byte) != 0) {
        status = posix_failure(errno);
        (void)posix_calls->close(*fd);
        *fd = -1;
    }
    return status;
}

static void let_go(int fd, off_t byte)
{
    (void)set_lock(fd, F_OFD_SETLK, F_UNLCK, byte);
    (void)posix_calls->close(fd);
}

psa_status_t posix_lock(struct posix_store *store)
{
    int fd;

    /* Another thread was inside when the parent forked us: its lock is not ours, not even to undo. */
    if (store->lock_fd >= 0) {
        (void)posix_calls->close(store->lock_fd);
        store->lock_fd = -1;
    }
    psa_status_t status = take(store, &fd, F_OFD_SETLKW, F_WRLCK, BYTE_STORE);

    if (status == PSA_SUCCESS) {
        store->lock_fd = fd; /* whoever holds the lock is alone here */
    }
    return status;
}

void posix_unlock(struct posix_store *store)
{
    const int fd = store->lock_fd;

    store->lock_fd = -1;
    let_go(fd, BYTE_STORE);
}

psa_status_t posix_writers_enter(struct posix_store *store, int *fd)
{
    return take(store, fd, F_OFD_SETLKW, F_RDLCK, BYTE_WRITERS);
}

void posix_writers_leave(int fd)
{
    if (fd >= 0) {
        let_go(fd, BYTE_WRITERS);
    }
}

psa_status_t posix_writers_exclude(struct posix_store *store, int *fd)
{
    psa_status_t status = open_lock_file(store, fd);

    if (status == PSA_SUCCESS && set_lock(*fd, F_OFD_SETLK, F_WRLCK, BYTE_WRITERS) != 0) {
        status = errno == EAGAIN || errno == EACCES ? PSA_SUCCESS : posix_failure(errno);
        (void)posix_calls->close(*fd);
        *fd = -1;
    }
    return status;
}

#else

typedef int posix_lock_unused; /* a translation unit may not be empty */

#endif
