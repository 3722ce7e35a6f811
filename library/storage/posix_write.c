/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An object comes into being under a temporary name and is made durable before it gets its own: by link(), which
 * fails where the name is taken, or by rename(), which replaces. Then the directory is made durable. A crash leaves at
 * most the temporary file; it is removed by the next process that writes.
 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "util/atomic.h"
#include "util/crc32c.h"
#include "util/reason.h"

#include <errno.h>
#include <string.h>

/* ---- Temporary files ---- */

static char *put_digits(char *text, uint32_t value)
{
    for (unsigned i = 0; i < 8; i++) {
        text[i] = "0123456789abcdef"[(value >> (28u - 4u * i)) & 15u];
    }
    return text + 8;
}

psa_status_t posix_temporary_create(struct posix_store *store, int directory, char name[POSIX_NAME_SIZE], int *fd)
{
    const size_t prefix = sizeof(POSIX_TEMPORARY_PREFIX) - 1u;

    /* Names are taken only where another system, with process numbers of its own, uses the same directory. */
    for (unsigned attempt = 0; attempt < 1000; attempt++) {
        char *end;
        memcpy(name, POSIX_TEMPORARY_PREFIX, prefix);
        end = put_digits(name + prefix, (uint32_t)posix_calls->getpid());
        *end++ = '-';
        end = put_digits(end, ATOMIC_ADD(&store->temporary, 1u));
        *end = '\0';
        *fd = posix_open(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
        if (*fd >= 0) {
            return PSA_SUCCESS;
        }
        if (errno != EEXIST) {
            return posix_failure(errno);
        }
    }
    return posix_failure(EEXIST);
}

psa_status_t posix_write_all(int fd, const uint8_t *data, size_t length)
{
    while (length != 0) {
        const ssize_t n = posix_calls->write(fd, data, length);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return posix_failure(n < 0 ? errno : EIO);
        }
        data += n;
        length -= (size_t)n;
    }
    return PSA_SUCCESS;
}

static psa_status_t remove_temporaries(int directory)
{
    const size_t prefix = sizeof(POSIX_TEMPORARY_PREFIX) - 1u;
    const int fd = posix_open(directory, ".", O_RDONLY | O_DIRECTORY, 0);
    DIR *list = fd < 0 ? NULL : posix_calls->fdopendir(fd);

    if (list == NULL) {
        const int error = errno;
        if (fd >= 0) {
            (void)posix_calls->close(fd);
        }
        return posix_failure(error);
    }
    errno = 0;
    for (struct dirent *entry = posix_calls->readdir(list); entry != NULL; entry = posix_calls->readdir(list)) {
        if (strncmp(entry->d_name, POSIX_TEMPORARY_PREFIX, prefix) == 0) {
            (void)posix_calls->unlinkat(directory, entry->d_name, 0); /* one that stays is only in the way */
        }
        errno = 0;
    }
    psa_status_t status = errno == 0 ? PSA_SUCCESS : posix_failure(errno);
    (void)posix_calls->closedir(list);
    return status;
}

/* Once per space and process, where nobody else is writing. space 0: the root directory. */
static psa_status_t clean(struct posix_store *store, uint32_t space, int directory)
{
    const uint32_t bit = (uint32_t)1 << space;
    int writers;

    if ((ATOMIC_LOAD(&store->cleaned) & bit) != 0) {
        return PSA_SUCCESS;
    }
    psa_status_t status = posix_writers_exclude(store, &writers);
    if (status == PSA_SUCCESS && writers >= 0) {
        status = remove_temporaries(directory);
        posix_writers_leave(writers);
        if (status == PSA_SUCCESS) {
            uint32_t before = ATOMIC_LOAD(&store->cleaned);
            while (!ATOMIC_CAS(&store->cleaned, &before, before | bit)) {
            }
        }
    }
    return status;
}

/* ---- Writing ---- */

static psa_status_t write_content(int fd, const struct posix_format *format, const struct psacrypto_store_name *name,
                                  uint32_t object_flags, const uint8_t *data, size_t data_length)
{
    uint8_t header[POSIX_HEADER_MAX];
    uint8_t trailer[POSIX_TRAILER_MAX];

    format->pack(header, name, object_flags, data_length);
    format->pack_trailer(trailer, crc32c(crc32c(0, header, format->header_size), data, data_length));
    psa_status_t status = posix_write_all(fd, header, format->header_size);
    if (status == PSA_SUCCESS) {
        status = posix_write_all(fd, data, data_length);
    }
    if (status == PSA_SUCCESS) {
        status = posix_write_all(fd, trailer, format->trailer_size);
    }
    return status;
}

/* A durable file under a temporary name. On failure there is none. */
static psa_status_t write_temporary(struct posix_store *store, int directory, char temporary[POSIX_NAME_SIZE],
                                    const struct psacrypto_store_name *name, uint32_t object_flags,
                                    const uint8_t *data, size_t data_length)
{
    int fd;
    psa_status_t status = posix_temporary_create(store, directory, temporary, &fd);

    if (status != PSA_SUCCESS) {
        return status;
    }
    status = write_content(fd, posix_format_of(store, name->space), name, object_flags, data, data_length);
    if (status == PSA_SUCCESS && posix_calls->fsync(fd) != 0) {
        status = posix_failure(errno);
    }
    if (posix_calls->close(fd) != 0 && status == PSA_SUCCESS) {
        status = posix_failure(errno);
    }
    if (status != PSA_SUCCESS) {
        (void)posix_calls->unlinkat(directory, temporary, 0);
    }
    return status;
}

static psa_status_t sync_directory(int directory)
{
    return posix_calls->fsync(directory) == 0 ? PSA_SUCCESS : posix_failure(errno);
}

/* On failure the name is as free as before; a crash meanwhile may have kept the new object. */
static psa_status_t publish_new(int directory, const char *temporary, const char *file)
{
    psa_status_t status;

    if (posix_calls->linkat(directory, temporary, directory, file, 0) != 0) {
        const int error = errno;
        (void)posix_calls->unlinkat(directory, temporary, 0);
        return error == EEXIST ? PSA_ERROR_ALREADY_EXISTS : posix_failure(error);
    }
    (void)posix_calls->unlinkat(directory, temporary, 0); /* left over, it is cleaned another time */
    status = sync_directory(directory);
    if (status != PSA_SUCCESS) {
        (void)posix_calls->unlinkat(directory, file, 0);
    }
    return status;
}

static psa_status_t publish_replacing(int directory, const char *temporary, const char *file)
{
    if (posix_calls->renameat(directory, temporary, directory, file) != 0) {
        psa_status_t status = posix_failure(errno);
        (void)posix_calls->unlinkat(directory, temporary, 0);
        return status;
    }
    return sync_directory(directory);
}

/* Told before and after: if telling is not possible, nothing is changed; and who reads in between reads again. */
static psa_status_t publish_and_tell(struct posix_store *store, int directory, const char *temporary,
                                     const struct psacrypto_store_name *name, int create_only)
{
    const unsigned what = POSIX_CHANGED_NAMES | (name->space == PSACRYPTO_SPACE_KEY ? POSIX_CHANGED_KEY : 0u);
    char file[POSIX_NAME_SIZE];
    psa_status_t status = posix_changes_tell(store, what);

    if (status != PSA_SUCCESS) {
        (void)posix_calls->unlinkat(directory, temporary, 0);
        return status;
    }
    posix_format_of(store, name->space)->file_name(file, name);
    status = create_only ? publish_new(directory, temporary, file) : publish_replacing(directory, temporary, file);
    psa_status_t told = status == PSA_ERROR_ALREADY_EXISTS ? PSA_SUCCESS : posix_changes_tell(store, what);
    return status != PSA_SUCCESS ? status : told;
}

/* The directories are there, left-over files are not, and changes can be told; writers as posix_writers_enter(). */
static psa_status_t prepare(struct posix_store *store, uint32_t space, int *directory, int *writers)
{
    int root;
    psa_status_t status = posix_root_directory(store, 1, &root);

    *writers = -1;
    if (status == PSA_SUCCESS) {
        status = posix_space_directory(store, space, 1, directory);
    }
    if (status == PSA_SUCCESS) {
        status = clean(store, 0, root);
    }
    if (status == PSA_SUCCESS) {
        status = clean(store, space, *directory);
    }
    if (status == PSA_SUCCESS) {
        status = posix_writers_enter(store, writers);
    }
    return status == PSA_SUCCESS ? posix_changes_open(store, root, 1) : status;
}

psa_status_t posix_write_object(struct posix_store *store, const struct psacrypto_store_name *name, uint32_t object_flags,
                                const uint8_t *data, size_t data_length, int create_only)
{
    char temporary[POSIX_NAME_SIZE];
    int directory = -1;
    int writers = -1;

    if (data_length > posix_format_of(store, name->space)->size_max) {
        return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_STORE_FULL, EFBIG, 0);
    }
    psa_status_t status = prepare(store, name->space, &directory, &writers);
    if (status == PSA_SUCCESS) {
        status = write_temporary(store, directory, temporary, name, object_flags, data, data_length);
    }
    if (status == PSA_SUCCESS) {
        status = publish_and_tell(store, directory, temporary, name, create_only);
    }
    posix_writers_leave(writers);
    /* What is missing here is a directory, or the one above it: not the object. */
    return status == PSA_ERROR_DOES_NOT_EXIST ? reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_ACCESS, ENOENT, 0) : status;
}

static psa_status_t remove_and_tell(struct posix_store *store, int directory, const char *file, unsigned what)
{
    psa_status_t status = posix_changes_tell(store, what);

    if (status != PSA_SUCCESS) {
        return status;
    }
    if (posix_calls->unlinkat(directory, file, 0) != 0) {
        return posix_failure(errno);
    }
    status = posix_changes_tell(store, what);
    psa_status_t synced = sync_directory(directory);
    return synced != PSA_SUCCESS ? synced : status;
}

psa_status_t posix_remove_object(struct posix_store *store, const struct psacrypto_store_name *name)
{
    char file[POSIX_NAME_SIZE];
    struct stat s;
    int directory = -1;
    int writers = -1;
    psa_status_t status = posix_space_directory(store, name->space, 0, &directory);

    if (status != PSA_SUCCESS) {
        return status;
    }
    posix_format_of(store, name->space)->file_name(file, name);
    if (posix_calls->fstatat(directory, file, &s, AT_SYMLINK_NOFOLLOW) != 0) {
        return posix_failure(errno);
    }
    status = prepare(store, name->space, &directory, &writers);
    if (status == PSA_SUCCESS) {
        status = remove_and_tell(store, directory, file, name->space == PSACRYPTO_SPACE_KEY ? POSIX_CHANGED_KEY : 0u);
    }
    posix_writers_leave(writers);
    return status;
}

#else

typedef int posix_write_unused; /* a translation unit may not be empty */

#endif
