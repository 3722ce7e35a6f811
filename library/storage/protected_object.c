/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Little-endian:
 *
 *    0  8  "PSAPROT\n"
 *    8  2  version, 1
 *   10  1  algorithm of the seal (seal.h)
 *   11  1  0
 *   12  4  flags, as they were asked for
 *   16  8  version of the entry, for the rollback state; 0: none
 *   24  8  size of the data
 *   32  8  capacity
 *   40 12  nonce
 *   52     as many bytes as the capacity: the data, then zeros; encrypted, but in the clear with
 *          PSA_STORAGE_FLAG_NO_CONFIDENTIALITY
 *      16  tag, over bytes 0 to 51 and what lies in the clear
 *
 * The capacity is filled from the start, so that what psa_ps_create() reserves is really there.
 */
#include "storage/protected_object.h"

#include "dispatch/random.h"
#include "platform/platform.h"
#include "storage/object.h"
#include "storage/seal.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

#define VERSION 1u
#define ALGORITHM 10u
#define NONCE 40u
#define HEADER 52u
#define OVERHEAD (HEADER + SEAL_TAG_LENGTH)

static const uint8_t magic[8] = { 'P', 'S', 'A', 'P', 'R', 'O', 'T', '\n' };
static const struct protected_object empty;

psa_status_t protected_new(struct protected_object *object, size_t capacity)
{
    *object = empty;
    object->memory = platform_secret_allocate(capacity + OVERHEAD);
    if (object->memory == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, capacity + OVERHEAD, 0);
    }
    object->memory_length = capacity + OVERHEAD;
    object->data = object->memory + HEADER;
    object->capacity = capacity;
    return PSA_SUCCESS;
}

void protected_release(struct protected_object *object)
{
    platform_secret_free(object->memory, object->memory_length);
    *object = empty;
}

static int in_clear(const uint8_t *memory)
{
    return (load32_le(memory + 12) & PSA_STORAGE_FLAG_NO_CONFIDENTIALITY) != 0;
}

static struct seal seal_of(const uint8_t *memory, size_t capacity, const uint8_t *root, const struct psacrypto_store_name *name)
{
    struct seal seal;

    seal.algorithm = memory[ALGORITHM];
    seal.root = root;
    seal.purpose = SEAL_FOR_PROTECTED;
    seal.name = name;
    seal.nonce = memory + NONCE;
    seal.ad = memory;
    seal.ad_length = HEADER + (in_clear(memory) ? capacity : 0u);
    return seal;
}

/* ---- Sealing ---- */

static void pack_header(const struct protected_object *object)
{
    uint8_t *memory = object->memory;

    memcpy(memory, magic, sizeof(magic));
    store16_le(memory + 8, VERSION);
    store16_le(memory + ALGORITHM, 0);
    store32_le(memory + 12, object->flags);
    store64_le(memory + 16, object->version);
    store64_le(memory + 24, object->size);
    store64_le(memory + 32, object->capacity);
}

static psa_status_t seal_with(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name,
                              uint8_t algorithm)
{
    uint8_t *memory = object->memory;

    memory[ALGORITHM] = algorithm;
    const struct seal seal = seal_of(memory, object->capacity, root, name);
    if (in_clear(memory)) {
        return seal_encrypt(&seal, NULL, 0, memory + HEADER + object->capacity);
    }
    return seal_encrypt(&seal, memory + HEADER, object->capacity, memory + HEADER);
}

psa_status_t protected_seal(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name, size_t *length)
{
    *length = object->capacity + OVERHEAD; /* memory may be larger */
    pack_header(object);
    psa_status_t status = dispatch_random(object->memory + NONCE, SEAL_NONCE_LENGTH);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = PSA_ERROR_NOT_SUPPORTED;
    for (uint8_t algorithm = 1; algorithm <= SEAL_ALGORITHMS && status == PSA_ERROR_NOT_SUPPORTED; algorithm++) {
        status = seal_with(object, root, name, algorithm);
    }
    return status;
}

/* ---- Opening ---- */

static psa_status_t unpack_header(struct protected_object *object, size_t length)
{
    const uint8_t *memory = object->memory;

    if (length < OVERHEAD || memcmp(memory, magic, sizeof(magic)) != 0) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    const uint64_t size = load64_le(memory + 24);
    const uint64_t capacity = load64_le(memory + 32);
    if (load16_le(memory + 8) != VERSION || memory[ALGORITHM] == 0 || memory[ALGORITHM] > SEAL_ALGORITHMS || memory[11] != 0) {
        return PSA_ERROR_DATA_INVALID;
    }
    if (capacity != length - OVERHEAD || size > capacity) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    object->flags = load32_le(memory + 12);
    object->version = load64_le(memory + 16);
    object->size = (size_t)size;
    object->capacity = (size_t)capacity;
    object->data = object->memory + HEADER;
    return PSA_SUCCESS;
}

static psa_status_t open_body(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name)
{
    uint8_t *memory = object->memory;
    uint8_t nothing[1];
    const struct seal seal = seal_of(memory, object->capacity, root, name);

    if (in_clear(memory)) {
        return seal_decrypt(&seal, memory + HEADER + object->capacity, 0, nothing);
    }
    return seal_decrypt(&seal, memory + HEADER, object->capacity, memory + HEADER);
}

psa_status_t protected_unseal(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name,
                              uint8_t *memory, size_t memory_length, size_t length)
{
    *object = empty;
    object->memory = memory;
    object->memory_length = memory_length;
    psa_status_t status = unpack_header(object, length);
    if (status == PSA_SUCCESS) {
        status = open_body(object, root, name);
    }
    if (status == PSA_ERROR_DATA_CORRUPT || status == PSA_ERROR_DATA_INVALID || status == PSA_ERROR_INVALID_SIGNATURE) {
        (void)reason(status, REASON_STORE_DAMAGED, name->space, name->uid);
    }
    if (status != PSA_SUCCESS) {
        protected_release(object);
    }
    return status;
}

psa_status_t protected_load(struct protected_object *object, const uint8_t *root, const struct psacrypto_store_name *name)
{
    uint8_t *memory = NULL;
    size_t length = 0;
    uint32_t flags = 0;

    *object = empty;
    psa_status_t status = object_load(name, &memory, &length, &flags);
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = protected_unseal(object, root, name, memory, length + 1u, length);
    if (status == PSA_SUCCESS && flags != object->flags) {
        protected_release(object);
        status = reason(PSA_ERROR_INVALID_SIGNATURE, REASON_STORE_DAMAGED, name->space, name->uid);
    }
    return status;
}
