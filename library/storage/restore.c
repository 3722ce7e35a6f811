/* SPDX-License-Identifier: Apache-2.0 */
/* The whole stream is read into memory and checked; only then is the store touched. */
#include "storage/storage.h"

#include "dispatch/dispatch.h"
#include "platform/platform.h"
#include "storage/backup_format.h"
#include "storage/object.h"
#include "storage/protected_object.h"
#include "storage/record.h"
#include "storage/seal.h"
#include "util/bytes.h"
#include "util/crc32c.h"
#include "util/reason.h"
#include "util/zeroise.h"

/* Memory is asked for as data arrives: what a damaged stream announces costs nothing. */
#define CHUNK_SIZE 65536u

struct restored {
    struct restored *next;
    struct backup_header header;
    uint8_t *data; /* platform_secret_allocate() */
    size_t room;
};

struct input {
    psacrypto_store_read_t read;
    void *context;
    uint32_t crc;            /* of all that was read */
    uint64_t objects;
    struct restored *first;
    struct restored *last;
    uint8_t root[SEAL_ROOT_LENGTH];
    int has_root;            /* in the stream or of the device */
};

/* ---- Reading ---- */

static psa_status_t read_bytes(struct input *input, uint8_t *data, size_t length)
{
    size_t done = 0;

    while (done < length) {
        size_t n = 0;
        psa_status_t status = input->read(input->context, data + done, length - done, &n);
        if (status != PSA_SUCCESS) {
            return status;
        }
        if (n == 0 || n > length - done) {
            return PSA_ERROR_DATA_CORRUPT;
        }
        done += n;
    }
    input->crc = crc32c(input->crc, data, length);
    return PSA_SUCCESS;
}

static psa_status_t check_crc(struct input *input)
{
    const uint32_t expected = input->crc;
    uint8_t crc[BACKUP_CRC_LENGTH];
    psa_status_t status = read_bytes(input, crc, sizeof(crc));

    return status == PSA_SUCCESS && load32_le(crc) != expected ? PSA_ERROR_DATA_CORRUPT : status;
}

static psa_status_t grow(struct restored *object, size_t room)
{
    uint8_t *data = platform_secret_allocate(room);

    if (data == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, room, 0);
    }
    bytes_copy(data, object->data, object->room);
    platform_secret_free(object->data, object->room);
    object->data = data;
    object->room = room;
    return PSA_SUCCESS;
}

static psa_status_t read_data(struct input *input, struct restored *object)
{
    size_t done = 0;
    psa_status_t status = PSA_SUCCESS;

    if (object->header.size > SIZE_MAX / 2u) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    const size_t size = (size_t)object->header.size;
    while (status == PSA_SUCCESS && done < size) {
        const size_t twice = done == 0 ? CHUNK_SIZE : 2u * done;
        const size_t room = twice < size ? twice : size;
        status = grow(object, room);
        if (status == PSA_SUCCESS) {
            status = read_bytes(input, object->data + done, room - done);
        }
        done = room;
    }
    return status == PSA_SUCCESS ? check_crc(input) : status;
}

static size_t rank(uint32_t space)
{
    size_t i = 0;

    while (i < BACKUP_SPACES && backup_spaces[i] != space) {
        i++;
    }
    return i;
}

/* In order, so that no object comes twice. */
static int follows(const struct psacrypto_store_name *name, const struct psacrypto_store_name *before)
{
    if (name->space != before->space) {
        return rank(name->space) > rank(before->space);
    }
    return name->owner != before->owner ? name->owner > before->owner : name->uid > before->uid;
}

static psa_status_t append(struct input *input, const struct backup_header *header)
{
    struct restored *object;

    if (!backup_includes(&header->name) || (input->last != NULL && !follows(&header->name, &input->last->header.name))) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    object = platform_allocate(sizeof(*object));
    if (object == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, sizeof(*object), 0);
    }
    object->header = *header;
    if (input->last == NULL) {
        input->first = object;
    } else {
        input->last->next = object;
    }
    input->last = object;
    input->objects++;
    return read_data(input, object);
}

/* Nothing follows the end. */
static psa_status_t read_end(struct input *input, const struct backup_header *header)
{
    uint8_t byte;
    size_t n = 0;

    if (header->name.uid != input->objects || header->size != 0) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    psa_status_t status = check_crc(input);
    if (status == PSA_SUCCESS) {
        status = input->read(input->context, &byte, 1, &n);
    }
    return status == PSA_SUCCESS && n != 0 ? PSA_ERROR_DATA_CORRUPT : status;
}

static psa_status_t read_stream(struct input *input)
{
    uint8_t start[BACKUP_START_LENGTH];
    uint8_t bytes[BACKUP_HEADER_LENGTH];
    struct backup_header header = { 0, { 0, 0, 0 }, 0, 0 };
    psa_status_t status = read_bytes(input, start, sizeof(start));

    if (status == PSA_SUCCESS) {
        status = backup_unpack_start(start, storage_store()->flags & BACKUP_CAPABILITIES);
    }
    while (status == PSA_SUCCESS && !header.end) {
        status = read_bytes(input, bytes, sizeof(bytes));
        if (status == PSA_SUCCESS) {
            status = backup_unpack_header(bytes, &header);
        }
        if (status == PSA_SUCCESS) {
            status = header.end ? read_end(input, &header) : append(input, &header);
        }
    }
    return status;
}

static void release(struct input *input)
{
    for (struct restored *object = input->first; object != NULL;) {
        struct restored *next = object->next;
        platform_secret_free(object->data, object->room);
        platform_free(object);
        object = next;
    }
    ZEROISE(input->root);
}

/* ---- Checking ---- */

/* For what is opened in place. *memory is one byte larger, as object_load() has it. */
static psa_status_t copy_data(const struct restored *object, uint8_t **memory)
{
    *memory = platform_secret_allocate(object->room + 1u);
    if (*memory == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, object->room, 0);
    }
    bytes_copy(*memory, object->data, object->room);
    return PSA_SUCCESS;
}

static psa_status_t open_protected(const struct input *input, const struct restored *object, struct protected_object *opened)
{
    uint8_t *memory;

    if (!input->has_root) {
        return PSA_ERROR_INVALID_SIGNATURE;
    }
    psa_status_t status = copy_data(object, &memory);
    if (status == PSA_SUCCESS) {
        status = protected_unseal(opened, input->root, &object->header.name, memory, object->room + 1u, object->room);
    }
    return status;
}

static psa_status_t check_key(const struct restored *object)
{
    struct key_record record;
    uint8_t *memory;
    psa_status_t status = copy_data(object, &memory);

    if (status == PSA_SUCCESS) {
        status = record_unpack(memory, object->room, &object->header.name, &record);
        platform_secret_free(memory, object->room + 1u);
    }
    return status;
}

static psa_status_t take_root(struct input *input, const struct restored *object)
{
    if (object->room != SEAL_ROOT_LENGTH) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    memcpy(input->root, object->data, SEAL_ROOT_LENGTH);
    input->has_root = 1;
    return PSA_SUCCESS;
}

static psa_status_t check_object(struct input *input, const struct restored *object)
{
    struct protected_object opened;
    psa_status_t status;

    switch (object->header.name.space) {
    case PSACRYPTO_SPACE_SYSTEM:
        return take_root(input, object);
    case PSACRYPTO_SPACE_KEY:
        return check_key(object);
    case PSACRYPTO_SPACE_PS:
        status = open_protected(input, object, &opened);
        if (status == PSA_SUCCESS) {
            protected_release(&opened);
        }
        return status;
    default:
        return PSA_SUCCESS;
    }
}

/* The root key of the device where it has one; else the stream has it, before what is sealed under it. */
static psa_status_t check_stream(struct input *input)
{
    psa_status_t status = PSA_SUCCESS;

    if ((storage_store()->flags & PSACRYPTO_STORE_CAN_ROOT_KEY) != 0) {
        status = seal_root_load(input->root);
        input->has_root = status == PSA_SUCCESS;
    }
    for (const struct restored *object = input->first; object != NULL && status == PSA_SUCCESS; object = object->next) {
        status = check_object(input, object);
    }
    return status;
}

/* ---- Writing ---- */

static psa_status_t write_protected(const struct input *input, const struct restored *object, int replace)
{
    struct protected_object opened;
    psa_status_t status = open_protected(input, object, &opened);

    if (status == PSA_SUCCESS) {
        status = protected_restore(&object->header.name, &opened, replace);
        protected_release(&opened);
    }
    return status;
}

static psa_status_t write_object(const struct input *input, const struct restored *object, int replace)
{
    const struct psacrypto_store_name *name = &object->header.name;
    psa_status_t status;

    switch (name->space) {
    case PSACRYPTO_SPACE_SYSTEM: /* what the store sealed under a root key of its own stays readable */
        status = object_put(name, object->header.flags, object->data, object->room, PSACRYPTO_STORE_CREATE);
        return status == PSA_ERROR_ALREADY_EXISTS ? PSA_SUCCESS : status;
    case PSACRYPTO_SPACE_PS:
        return write_protected(input, object, replace);
    default:
        return object_put(name, object->header.flags, object->data, object->room, replace ? 0u : PSACRYPTO_STORE_CREATE);
    }
}

static psa_status_t write_all(const struct input *input, int replace)
{
    psa_status_t result = PSA_SUCCESS;

    for (const struct restored *object = input->first; object != NULL; object = object->next) {
        psa_status_t status = write_object(input, object, replace);
        if (status == PSA_ERROR_ALREADY_EXISTS) {
            result = status;
        } else if (status != PSA_SUCCESS) {
            return status;
        }
    }
    return result;
}

psa_status_t psacrypto_store_restore(psacrypto_store_read_t read, void *context, int replace)
{
    static const struct input empty;
    struct input input = empty;
    psa_status_t status = dispatch_ensure_open();

    input.read = read;
    input.context = context;
    if (status == PSA_SUCCESS) {
        status = storage_open();
    }
    if (status == PSA_SUCCESS) {
        status = read_stream(&input);
    }
    if (status == PSA_SUCCESS) {
        status = check_stream(&input);
    }
    if (status == PSA_SUCCESS) {
        status = storage_lock();
    }
    if (status == PSA_SUCCESS) {
        status = write_all(&input, replace);
        storage_unlock();
    }
    release(&input);
    return reason_close(status);
}
