/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Listing in order. A directory has none, so the names of a space are read and sorted once, and the snapshot is kept
 * for the calls that follow, until a name may have been added (posix_changes.c). Names that have gone since are
 * skipped. A thread takes the snapshot out while it uses it: another one that finds none makes its own.
 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "platform/platform.h"
#include "util/atomic.h"
#include "util/bytes.h"
#include "util/reason.h"

#include <errno.h>
#include <stdlib.h>

struct posix_snapshot {
    uint64_t stamp;   /* posix_changes_names() before it was taken */
    uint32_t space;
    size_t count;
    size_t room;
    struct psacrypto_store_name *names;
};

void posix_snapshot_free(struct posix_snapshot *snapshot)
{
    if (snapshot != NULL) {
        platform_free(snapshot->names);
        platform_free(snapshot);
    }
}

static int compare(const void *first, const void *second)
{
    const struct psacrypto_store_name *a = first;
    const struct psacrypto_store_name *b = second;

    if (a->owner != b->owner) {
        return a->owner < b->owner ? -1 : 1;
    }
    return a->uid == b->uid ? 0 : a->uid < b->uid ? -1 : 1;
}

/* ---- Taking one ---- */

static psa_status_t add_name(struct posix_snapshot *snapshot, const struct psacrypto_store_name *name)
{
    if (snapshot->count == snapshot->room) {
        const size_t room = snapshot->room == 0 ? 64u : 2u * snapshot->room;
        struct psacrypto_store_name *names = NULL;
        if (room <= SIZE_MAX / 2u / sizeof(*names)) {
            names = platform_allocate(room * sizeof(*names));
        }
        if (names == NULL) {
            return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, room * sizeof(*names), 0);
        }
        bytes_copy(names, snapshot->names, snapshot->count * sizeof(*names));
        platform_free(snapshot->names);
        snapshot->names = names;
        snapshot->room = room;
    }
    snapshot->names[snapshot->count++] = *name;
    return PSA_SUCCESS;
}

static psa_status_t read_names(struct posix_snapshot *snapshot, const struct posix_format *format, DIR *list)
{
    struct psacrypto_store_name name = { 0, 0, 0 };
    psa_status_t status = PSA_SUCCESS;

    name.space = snapshot->space;
    while (status == PSA_SUCCESS) {
        errno = 0;
        const struct dirent *entry = posix_calls->readdir(list);
        if (entry == NULL) {
            return errno == 0 ? PSA_SUCCESS : posix_failure(errno);
        }
        if (format->parse_name(entry->d_name, &name)) {
            status = add_name(snapshot, &name);
        }
    }
    return status;
}

static psa_status_t fill(struct posix_store *store, struct posix_snapshot *snapshot, int directory)
{
    const int fd = posix_open(directory, ".", O_RDONLY | O_DIRECTORY, 0);
    DIR *list = fd < 0 ? NULL : posix_calls->fdopendir(fd);

    if (list == NULL) {
        psa_status_t status = posix_failure(errno);
        if (fd >= 0) {
            (void)posix_calls->close(fd);
        }
        return status;
    }
    psa_status_t status = read_names(snapshot, posix_format_of(store, snapshot->space), list);
    (void)posix_calls->closedir(list);
    if (status == PSA_SUCCESS && snapshot->count != 0) {
        qsort(snapshot->names, snapshot->count, sizeof(snapshot->names[0]), compare);
    }
    return status;
}

static psa_status_t take_snapshot(struct posix_store *store, uint32_t space, int directory, struct posix_snapshot **result)
{
    struct posix_snapshot *snapshot = platform_allocate(sizeof(*snapshot));

    *result = NULL;
    if (snapshot == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(*snapshot), 0);
    }
    snapshot->space = space;
    snapshot->stamp = posix_changes_names(store);
    psa_status_t status = fill(store, snapshot, directory);
    if (status != PSA_SUCCESS) {
        posix_snapshot_free(snapshot);
        return status;
    }
    *result = snapshot;
    return PSA_SUCCESS;
}

/* ---- Using it ---- */

static struct posix_snapshot *exchange(struct posix_store *store, struct posix_snapshot *snapshot)
{
    struct posix_snapshot *before = ATOMIC_LOAD(&store->snapshot);

    while (!ATOMIC_CAS(&store->snapshot, &before, snapshot)) {
    }
    return before;
}

/* Index of the first name behind this one. */
static size_t find_next(const struct posix_snapshot *snapshot, const struct psacrypto_store_name *name)
{
    size_t low = 0;
    size_t high = snapshot->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2u;
        if (compare(&snapshot->names[middle], name) <= 0) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low;
}

static psa_status_t next_existing(const struct posix_store *store, const struct posix_snapshot *snapshot, int directory,
                                  struct psacrypto_store_name *name)
{
    char file[POSIX_NAME_SIZE];
    struct stat s;

    for (size_t i = find_next(snapshot, name); i < snapshot->count; i++) {
        posix_format_of(store, name->space)->file_name(file, &snapshot->names[i]);
        if (posix_calls->fstatat(directory, file, &s, AT_SYMLINK_NOFOLLOW) == 0) {
            *name = snapshot->names[i];
            return PSA_SUCCESS;
        }
        if (errno != ENOENT) {
            return posix_failure(errno);
        }
    }
    return PSA_ERROR_DOES_NOT_EXIST;
}

psa_status_t posix_next(struct posix_store *store, struct psacrypto_store_name *name)
{
    const int starts = name->uid == 0;
    int directory;
    psa_status_t status = posix_space_directory(store, name->space, 0, &directory);

    if (status != PSA_SUCCESS) {
        return status;
    }
    struct posix_snapshot *snapshot = exchange(store, NULL);
    if (snapshot == NULL || starts || snapshot->space != name->space || snapshot->stamp != posix_changes_names(store)) {
        posix_snapshot_free(snapshot);
        status = take_snapshot(store, name->space, directory, &snapshot);
    }
    if (status == PSA_SUCCESS) {
        status = next_existing(store, snapshot, directory, name);
    }
    posix_snapshot_free(exchange(store, snapshot));
    return status;
}

#else

typedef int posix_enumerate_unused; /* a translation unit may not be empty */

#endif
