/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE

#include "storage/posix.h"

#if STORE_DIRECTORY

#include "util/bytes.h"
#include "util/crc32c.h"
#include "util/reason.h"
#include "util/zeroise.h"

#include <errno.h>

#define CHUNK_SIZE 4096u

/* A file of an object, open, its header read. */
struct object_file {
    const struct posix_format *format;
    uint8_t header[POSIX_HEADER_MAX];
    int fd;
    int has_trailer;
    uint32_t flags;
    uint64_t size; /* of the data */
};

psa_status_t posix_file_open(int directory, const char *file, const struct posix_format *format, int *fd, uint64_t *size)
{
    struct stat s;
    psa_status_t status = PSA_SUCCESS;

    /* O_NONBLOCK: a FIFO in the place of a file must not stop us before it is found out. */
    *fd = posix_open(directory, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
    if (*fd < 0) {
        return posix_failure(errno);
    }
    if (posix_calls->fstat(*fd, &s) != 0) {
        status = posix_failure(errno);
    } else if (!S_ISREG(s.st_mode) || s.st_uid != posix_calls->geteuid() || (s.st_mode & format->refused_mode) != 0) {
        status = reason(PSA_ERROR_STORAGE_FAILURE, REASON_STORE_UNSAFE, 0, s.st_mode);
    }
    if (status != PSA_SUCCESS) {
        (void)posix_calls->close(*fd);
        *fd = -1;
        return status;
    }
    *size = (uint64_t)s.st_size;
    return PSA_SUCCESS;
}

/* A file that ends early was cut while it was open, or is shorter than it says. */
static psa_status_t read_exactly(int fd, uint8_t *data, size_t size)
{
    while (size != 0) {
        const ssize_t n = posix_calls->read(fd, data, size);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return posix_failure(errno);
        }
        if (n == 0) {
            return PSA_ERROR_DATA_CORRUPT;
        }
        data += n;
        size -= (size_t)n;
    }
    return PSA_SUCCESS;
}

/* The sizes of the file and of its parts fit: nothing is missing and nothing follows. */
static psa_status_t check_size(struct object_file *object, uint64_t file_size)
{
    const struct posix_format *format = object->format;

    if (object->size > format->size_max) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    const uint64_t end = format->header_size + object->size;
    object->has_trailer = file_size == end + format->trailer_size;
    return object->has_trailer || (format->trailer_optional && file_size == end) ? PSA_SUCCESS : PSA_ERROR_DATA_CORRUPT;
}

/* A size that damage made larger, by just as much as our trailer has: data that ends like one is not believed. */
static psa_status_t check_end(const struct object_file *object)
{
    const size_t length = object->format->trailer_size;
    uint8_t end[POSIX_TRAILER_MAX];
    ssize_t n;

    if (object->has_trailer || object->size < length) {
        return PSA_SUCCESS;
    }
    do {
        n = posix_calls->pread(object->fd, end, length, (off_t)(object->format->header_size + object->size - length));
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        return posix_failure(errno);
    }
    const int damaged = (size_t)n != length || object->format->is_trailer(end);
    ZEROISE(end);
    return damaged ? PSA_ERROR_DATA_CORRUPT : PSA_SUCCESS;
}

static psa_status_t object_open(struct posix_store *store, const struct psacrypto_store_name *name, struct object_file *object)
{
    char file[POSIX_NAME_SIZE];
    uint64_t file_size = 0;
    int directory;

    object->fd = -1;
    object->format = posix_format_of(store, name->space);
    psa_status_t status = posix_space_directory(store, name->space, 0, &directory);
    if (status == PSA_SUCCESS) {
        object->format->file_name(file, name);
        status = posix_file_open(directory, file, object->format, &object->fd, &file_size);
    }
    if (status == PSA_SUCCESS) {
        status = file_size < object->format->header_size ? PSA_ERROR_DATA_CORRUPT
                                                         : read_exactly(object->fd, object->header, object->format->header_size);
    }
    if (status == PSA_SUCCESS) {
        status = object->format->unpack(object->header, name, &object->flags, &object->size);
    }
    if (status == PSA_SUCCESS) {
        status = check_size(object, file_size);
    }
    return status == PSA_SUCCESS ? check_end(object) : status;
}

static void object_close(const struct object_file *object)
{
    if (object->fd >= 0) {
        (void)posix_calls->close(object->fd);
    }
}

psa_status_t posix_get_info(struct posix_store *store, const struct psacrypto_store_name *name, struct psacrypto_store_info *info)
{
    struct object_file object;
    psa_status_t status = object_open(store, name, &object);

    if (status == PSA_SUCCESS && object.size > SIZE_MAX) {
        status = PSA_ERROR_DATA_INVALID; /* written where addresses are longer */
    }
    if (status == PSA_SUCCESS) {
        info->size = (size_t)object.size;
        info->flags = object.flags;
    }
    object_close(&object);
    return status;
}

/* The part of the chunk at position that the caller asked for. */
static void copy_part(uint8_t *data, size_t data_size, uint64_t offset, const uint8_t *chunk, uint64_t position, size_t chunk_length)
{
    const uint64_t begin = offset > position ? offset : position;
    const uint64_t end = offset + data_size < position + chunk_length ? offset + data_size : position + chunk_length;

    if (begin < end) {
        bytes_copy(data + (begin - offset), chunk + (begin - position), (size_t)(end - begin));
    }
}

/* All data is read, whatever part is wanted, since the checksum covers all. */
static psa_status_t read_checked(const struct object_file *object, uint64_t offset, uint8_t *data, size_t data_size)
{
    uint8_t chunk[CHUNK_SIZE];
    uint8_t trailer[POSIX_TRAILER_MAX];
    psa_status_t status = PSA_SUCCESS;
    uint32_t crc = crc32c(0, object->header, object->format->header_size);

    for (uint64_t position = 0; status == PSA_SUCCESS && position < object->size; position += CHUNK_SIZE) {
        const uint64_t left = object->size - position;
        const size_t length = left < CHUNK_SIZE ? (size_t)left : CHUNK_SIZE;
        status = read_exactly(object->fd, chunk, length);
        if (status == PSA_SUCCESS) {
            crc = crc32c(crc, chunk, length);
            copy_part(data, data_size, offset, chunk, position, length);
        }
    }
    if (status == PSA_SUCCESS && object->has_trailer) {
        status = read_exactly(object->fd, trailer, object->format->trailer_size);
        if (status == PSA_SUCCESS && !object->format->trailer_is_right(trailer, crc)) {
            status = PSA_ERROR_DATA_CORRUPT;
        }
    }
    ZEROISE(chunk);
    return status;
}

psa_status_t posix_read_object(struct posix_store *store, const struct psacrypto_store_name *name, size_t offset,
                               uint8_t *data, size_t data_size, size_t *data_length)
{
    struct object_file object;
    size_t length = 0;
    psa_status_t status = object_open(store, name, &object);

    if (status == PSA_SUCCESS) {
        const uint64_t left = object.size > offset ? object.size - offset : 0;
        length = left < data_size ? (size_t)left : data_size;
        status = read_checked(&object, offset, data, length);
        if (status == PSA_SUCCESS && offset > object.size) {
            status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_STORE_OFFSET, offset, object.size);
        }
    }
    if (status != PSA_SUCCESS) {
        zeroise(data, length);
        length = 0;
    }
    *data_length = length;
    object_close(&object);
    return status;
}

#else

typedef int posix_file_unused; /* a translation unit may not be empty */

#endif
