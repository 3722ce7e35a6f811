/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "platform/platform.h"
#include "util/atomic.h"
#include "util/reason.h"

#include <errno.h>
#include <string.h>

/* Directories of the spaces, by number. */
static const char *const space_directories[POSIX_SPACES] = { NULL, NULL, "its", "ps", "drivers", "journal", "system" };

psa_status_t posix_failure(int error)
{
    const uint64_t number = (uint64_t)error;

    switch (error) {
    case ENOENT:
        return reason(PSA_ERROR_DOES_NOT_EXIST, REASON_STORE_ABSENT, 0, 0);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_STORE_FULL, number, 0);
    case ENOMEM:
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, 0, 0);
    case ELOOP: /* O_NOFOLLOW met a symbolic link; with O_DIRECTORY it is ENOTDIR */
    case ENOTDIR:
        return reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_UNSAFE, number, 0);
    default:
        return reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_ACCESS, number, 0);
    }
}

int posix_open(int directory, const char *path, int flags, mode_t mode)
{
    int fd;

    do {
        fd = posix_calls->openat(directory, path, flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0 || fd > 2) {
        return fd;
    }
    const int higher = posix_calls->duplicate(fd, 3);
    const int error = errno;
    (void)posix_calls->close(fd);
    errno = error;
    return higher;
}

/* ---- Making and opening one ---- */

/* Its entry in the parent is durable before anything is written into it. */
static psa_status_t make_directory(int parent, const char *name)
{
    if (posix_calls->mkdirat(parent, name, 0700) != 0) {
        return errno == EEXIST ? PSA_SUCCESS : posix_failure(errno);
    }
    return posix_calls->fsync(parent) == 0 ? PSA_SUCCESS : posix_failure(errno);
}

/* The directory itself and, up to levels, those above it that are missing. path is a copy, and is cut. */
static psa_status_t make_path(char *path, int levels)
{
    char *name = strrchr(path, '/') + 1; /* the path is absolute */
    char first = name[0];
    int parent;

    /* The parent keeps its slash: "/" has nothing else. */
    name[0] = '\0';
    parent = posix_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    if (parent < 0 && errno == ENOENT && levels > 1) {
        name[-1] = '\0';
        psa_status_t status = make_path(path, levels - 1);
        name[-1] = '/';
        if (status != PSA_SUCCESS) {
            return status;
        }
        parent = posix_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    }
    if (parent < 0) {
        return posix_failure(errno);
    }
    name[0] = first;
    psa_status_t status = make_directory(parent, name);
    (void)posix_calls->close(parent);
    return status;
}

static psa_status_t make_base(const struct posix_store *store)
{
    if (store->create_levels == 0) {
        return reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_ACCESS, ENOENT, 0);
    }
    const size_t size = strlen(store->path) + 1u;
    char *copy = platform_allocate(size);
    if (copy == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, size, 0);
    }
    memcpy(copy, store->path, size);
    psa_status_t status = make_path(copy, store->create_levels);
    platform_free(copy);
    return status;
}

/* Ours alone; or a directory of others in which nobody can exchange our files. */
static int is_safe(const struct stat *s, mode_t refused_mode)
{
    if (!S_ISDIR(s->st_mode)) {
        return 0;
    }
    if ((refused_mode & 0077) == 0077) {
        return s->st_uid == posix_calls->geteuid() && (s->st_mode & refused_mode) == 0;
    }
    return (s->st_mode & refused_mode) == 0 || (s->st_mode & S_ISVTX) != 0;
}

static psa_status_t open_directory(int parent, const char *name, mode_t refused_mode, int *result)
{
    struct stat s;
    psa_status_t status = PSA_SUCCESS;
    const int fd = posix_open(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);

    if (fd < 0) {
        return posix_failure(errno);
    }
    if (posix_calls->fstat(fd, &s) != 0) {
        status = posix_failure(errno);
    } else if (!is_safe(&s, refused_mode)) {
        status = reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_UNSAFE, 0, s.st_mode);
    }
    if (status != PSA_SUCCESS) {
        (void)posix_calls->close(fd);
        return status;
    }
    *result = fd;
    return PSA_SUCCESS;
}

/* Two threads may both have opened it: the first one's descriptor is what everybody uses. */
static int publish(int *place, int fd)
{
    int expected = -1;

    if (ATOMIC_CAS(place, &expected, fd)) {
        return fd;
    }
    (void)posix_calls->close(fd);
    return expected;
}

/* ---- Those of a store ---- */

static mode_t base_refused_mode(const struct posix_store *store)
{
    return store->layout->key_directory == NULL ? store->layout->key_format->refused_mode : posix_format_native.refused_mode;
}

static psa_status_t base_directory(struct posix_store *store, int create, int *result)
{
    const mode_t refused = base_refused_mode(store);
    int fd = ATOMIC_LOAD(&store->base);

    if (fd < 0) {
        psa_status_t status = open_directory(AT_FDCWD, store->path, refused, &fd);
        if (status == PSA_ERROR_DOES_NOT_EXIST && create) {
            status = make_base(store);
            if (status == PSA_SUCCESS) {
                status = open_directory(AT_FDCWD, store->path, refused, &fd);
            }
        }
        if (status != PSA_SUCCESS) {
            return status;
        }
        fd = publish(&store->base, fd);
    }
    *result = fd;
    return PSA_SUCCESS;
}

/* A directory of ours below another one. */
static psa_status_t subdirectory(int *place, int parent, const char *name, int create, int *result)
{
    int fd = -1;
    psa_status_t status = open_directory(parent, name, posix_format_native.refused_mode, &fd);

    if (status == PSA_ERROR_DOES_NOT_EXIST && create) {
        status = make_directory(parent, name);
        if (status == PSA_SUCCESS) {
            status = open_directory(parent, name, posix_format_native.refused_mode, &fd);
        }
    }
    if (status == PSA_SUCCESS) {
        *result = publish(place, fd);
    }
    return status;
}

psa_status_t posix_root_directory(struct posix_store *store, int create, int *fd)
{
    int base;
    psa_status_t status = PSA_SUCCESS;

    *fd = ATOMIC_LOAD(&store->root);
    if (*fd < 0) {
        status = base_directory(store, create, &base);
        if (status == PSA_SUCCESS && store->layout->subdirectory == NULL) {
            *fd = base;
        } else if (status == PSA_SUCCESS) {
            status = subdirectory(&store->root, base, store->layout->subdirectory, create, fd);
        }
    }
    return status;
}

psa_status_t posix_space_directory(struct posix_store *store, uint32_t space, int create, int *fd)
{
    const char *name = space == PSACRYPTO_SPACE_KEY ? store->layout->key_directory : space_directories[space];
    psa_status_t status;
    int parent;

    if (name == NULL) {
        return base_directory(store, create, fd);
    }
    *fd = ATOMIC_LOAD(&store->spaces[space]);
    if (*fd >= 0) {
        return PSA_SUCCESS;
    }
    status = posix_root_directory(store, create, &parent);
    if (status == PSA_SUCCESS) {
        status = subdirectory(&store->spaces[space], parent, name, create, fd);
    }
    return status;
}

const struct posix_format *posix_format_of(const struct posix_store *store, uint32_t space)
{
    return space == PSACRYPTO_SPACE_KEY ? store->layout->key_format : &posix_format_native;
}

void posix_directories_init(struct posix_store *store)
{
    store->base = -1;
    store->root = -1;
    for (size_t i = 0; i < POSIX_SPACES; i++) {
        store->spaces[i] = -1;
    }
}

static void close_directory(int fd)
{
    if (fd >= 0) {
        (void)posix_calls->close(fd);
    }
}

void posix_directories_close(struct posix_store *store)
{
    for (size_t i = 0; i < POSIX_SPACES; i++) {
        close_directory(store->spaces[i]);
    }
    close_directory(store->root);
    close_directory(store->base);
    posix_directories_init(store);
}

#else

typedef int posix_directory_unused; /* a translation unit may not be empty */

#endif
