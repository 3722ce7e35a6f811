/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An opaque driver, built step by step in docs/drivers.md: a token with eight slots for HMAC keys. The library holds a blob
 * that names a slot; the key is in the slot, and so is what it may be used for. The slots of a real token are in the
 * token. Here each is an object of the driver's state.
 */
#include "token.h"

#include <string.h>

#define SLOTS 8u
#define KEY_MAX 64u
#define SERIAL 8u

enum kind { FREE = 0, RESERVED = 1, FILLED = 2 };

/* What is in a slot. Bytes alone: it is written as it is. */
struct slot {
    uint8_t kind;
    uint8_t key_length;
    uint8_t serial[SERIAL]; /* drawn with each reservation: tells this key from others in the same slot */
    uint8_t usage[4];
    uint8_t alg[4];
    uint8_t key[KEY_MAX];
};

/* What the library stores. */
struct blob {
    uint8_t number; /* of the slot, 1 up */
    uint8_t serial[SERIAL];
};

static void wipe(void *memory, size_t size)
{
    volatile uint8_t *bytes = memory;
    while (size-- > 0) {
        bytes[size] = 0;
    }
}

/* ---- The slots ---- */

static psa_status_t read_slot(struct token *token, struct slot *slot, uint8_t number)
{
    size_t length = 0;
    memset(slot, 0, sizeof(*slot));
    psa_status_t status = token->services->state_get(token->services->core, number, (uint8_t *)slot, sizeof(*slot), &length);
    if (status == PSA_ERROR_DOES_NOT_EXIST) {
        return PSA_SUCCESS; /* never used */
    }
    return status == PSA_SUCCESS && length != sizeof(*slot) ? PSA_ERROR_DATA_CORRUPT : status;
}

static psa_status_t write_slot(struct token *token, const struct slot *slot, uint8_t number)
{
    return token->services->state_put(token->services->core, number, (const uint8_t *)slot, sizeof(*slot));
}

/* The slot that a blob names, if what it names is still in it. */
static psa_status_t find_slot(struct token *token, struct slot *slot, struct blob *blob, const uint8_t *bytes, size_t length)
{
    if (length != sizeof(*blob)) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    memcpy(blob, bytes, sizeof(*blob));
    if (blob->number == 0 || blob->number > SLOTS) {
        return PSA_ERROR_DATA_CORRUPT;
    }
    psa_status_t status = read_slot(token, slot, blob->number);
    if (status == PSA_SUCCESS && (slot->kind == FREE || memcmp(slot->serial, blob->serial, SERIAL) != 0)) {
        status = PSA_ERROR_DOES_NOT_EXIST;
    }
    return status;
}

/* ---- Keys come ---- */

static size_t blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length)
{
    (void)instance;
    (void)data_length;
    return psa_get_key_type(attributes) == PSA_KEY_TYPE_HMAC ? sizeof(struct blob) : 0;
}

static psa_status_t reserve(struct token *token, struct blob *blob)
{
    struct slot slot;
    for (uint8_t number = 1; number <= SLOTS; number++) {
        psa_status_t status = read_slot(token, &slot, number);
        if (status != PSA_SUCCESS) {
            return status;
        }
        if (slot.kind == FREE) {
            slot.kind = RESERVED;
            status = token->services->random(token->services->core, slot.serial, SERIAL);
            blob->number = number;
            memcpy(blob->serial, slot.serial, SERIAL);
            return status == PSA_SUCCESS ? write_slot(token, &slot, number) : status;
        }
    }
    return PSA_ERROR_INSUFFICIENT_STORAGE;
}

/* The library writes the blob to its journal when this is done, and then has the key made. */
static psa_status_t allocate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             uint8_t *blob, size_t blob_size_, size_t *blob_length)
{
    struct token *token = instance;
    struct blob place = { 0, { 0 } };
    (void)owner;
    if (PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(attributes))) {
        return PSA_ERROR_NOT_SUPPORTED; /* a process that dies would leave it in its slot */
    }
    if (blob_size_ < sizeof(place)) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    token->services->lock(token->services->core);
    psa_status_t status = reserve(token, &place);
    token->services->unlock(token->services->core);
    if (status == PSA_SUCCESS) {
        memcpy(blob, &place, sizeof(place));
        *blob_length = sizeof(place);
    }
    return status;
}

static void put32(uint8_t bytes[4], uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(value >> 8 * i);
    }
}

static uint32_t get32(const uint8_t bytes[4])
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static psa_status_t fill(struct token *token, const psa_key_attributes_t *attributes, const uint8_t *key, size_t key_length,
                         const uint8_t *blob, size_t blob_length)
{
    struct slot slot;
    struct blob place;
    token->services->lock(token->services->core);
    psa_status_t status = find_slot(token, &slot, &place, blob, blob_length);
    if (status == PSA_SUCCESS) {
        slot.kind = FILLED;
        slot.key_length = (uint8_t)key_length;
        memcpy(slot.key, key, key_length);
        put32(slot.usage, psa_get_key_usage_flags(attributes));
        put32(slot.alg, psa_get_key_algorithm(attributes));
        status = write_slot(token, &slot, place.number);
    }
    token->services->unlock(token->services->core);
    wipe(&slot, sizeof(slot));
    return status;
}

static psa_status_t import(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                           const uint8_t *data, size_t data_length,
                           uint8_t *blob, size_t blob_size_, size_t *blob_length, size_t *bits)
{
    (void)owner;
    (void)blob_size_;
    if (psa_get_key_type(attributes) != PSA_KEY_TYPE_HMAC || data_length > KEY_MAX) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (data_length == 0 || (*bits != 0 && *bits != 8 * data_length)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *bits = 8 * data_length;
    return fill(instance, attributes, data, data_length, blob, *blob_length);
}

/* Making a key takes its time: until then the answer is "call again". */
static psa_status_t generate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                             uint8_t *blob, size_t blob_size_, size_t *blob_length)
{
    struct token *token = instance;
    uint8_t key[KEY_MAX];
    size_t length = psa_get_key_bits(attributes) / 8;
    (void)owner;
    (void)custom;
    (void)custom_data;
    (void)blob_size_;
    if (psa_get_key_type(attributes) != PSA_KEY_TYPE_HMAC || length == 0 || length > KEY_MAX || custom_data_length != 0) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (token->busy == 0) {
        token->busy = 3; /* the work begins */
    }
    token->busy--;
    if (token->busy != 0) {
        return PSA_OPERATION_INCOMPLETE;
    }
    psa_status_t status = token->services->random(token->services->core, key, length);
    if (status == PSA_SUCCESS) {
        status = fill(token, attributes, key, length, blob, *blob_length);
    }
    wipe(key, sizeof(key));
    return status;
}

/* ---- Keys go ---- */

/* Comes twice after a crash, comes for a place that was never filled: whatever is gone is destroyed. */
static psa_status_t destroy(void *instance, const struct psacrypto_key *key)
{
    struct token *token = instance;
    struct slot slot;
    struct blob place;
    token->services->lock(token->services->core);
    psa_status_t status = find_slot(token, &slot, &place, key->blob, key->length);
    if (status == PSA_SUCCESS) {
        wipe(&slot, sizeof(slot)); /* FREE is 0 */
        status = write_slot(token, &slot, place.number);
    }
    token->services->unlock(token->services->core);
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
}

/* ---- Keys are used ---- */

/* The token goes by what it has written down itself, not by the attributes that it is shown. */
static psa_status_t open_key(struct token *token, struct slot *slot, const struct psacrypto_key *key,
                             psa_key_usage_t usage, psa_algorithm_t alg)
{
    struct blob place;
    psa_status_t status = find_slot(token, slot, &place, key->blob, key->length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (slot->kind != FILLED) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    if ((get32(slot->usage) & usage) == 0 || (alg != PSA_ALG_NONE && get32(slot->alg) != alg)) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    return PSA_SUCCESS;
}

static psa_status_t export_key(void *instance, const struct psacrypto_key *key,
                               uint8_t *data, size_t data_size, size_t *data_length)
{
    struct slot slot;
    memset(&slot, 0, sizeof(slot));
    psa_status_t status = open_key(instance, &slot, key, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    if (status == PSA_SUCCESS && data_size < slot.key_length) {
        status = PSA_ERROR_BUFFER_TOO_SMALL;
    }
    if (status == PSA_SUCCESS) {
        memcpy(data, slot.key, slot.key_length);
        *data_length = slot.key_length;
    }
    wipe(&slot, sizeof(slot));
    return status;
}

/* By whichever driver does HMAC best: the library asks the transparent ones. A real token computes inside. */
static psa_status_t compute(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg,
                            const uint8_t *input, size_t input_length, uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct token *token = instance;
    struct slot slot;
    memset(&slot, 0, sizeof(slot));
    psa_status_t status = open_key(token, &slot, key, PSA_KEY_USAGE_SIGN_MESSAGE, alg);
    if (status == PSA_SUCCESS) {
        status = token->services->mac_compute(token->services->core, PSA_KEY_TYPE_HMAC, slot.key, slot.key_length, alg,
                                              input, input_length, mac, mac_size, mac_length);
    }
    wipe(&slot, sizeof(slot));
    return status;
}

/* ---- The driver ---- */

static psa_status_t open_token(void *instance, const struct psacrypto_services *services)
{
    struct token *token = instance;
    token->services = services;
    token->busy = 0;
    return PSA_SUCCESS;
}

/* There is no context: MACs in parts are not for this token. Any other number says that it has the algorithm. */
static size_t context_size(void *instance, psacrypto_family_t family, psa_algorithm_t alg, psa_key_type_t type, size_t bits)
{
    (void)instance;
    (void)bits;
    return family == PSACRYPTO_FAMILY_MAC && PSA_ALG_IS_HMAC(alg) && type == PSA_KEY_TYPE_HMAC;
}

static const struct psacrypto_key_management_entries key_management_entries = {
    .allocate = allocate,
    .import = import,
    .generate = generate,
    .export_key = export_key,
    .destroy = destroy,
};

static const struct psacrypto_mac_entries mac_entries = { .compute = compute };

const struct psacrypto_driver token_driver = {
    .abi = PSACRYPTO_DRIVER_ABI,
    .size = sizeof(struct psacrypto_driver),
    .flags = PSACRYPTO_DRIVER_SERIALISED,
    .name = "token",
    .open = open_token,
    .blob_size = blob_size,
    .context_size = context_size,
    .key_management = &key_management_entries,
    .mac = &mac_entries,
};
