/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records: what the element hands out to be kept, and what it keeps in a slot.
 *
 *     reference   0  magic "PSE1"   4  kind   5  zero (3)   8  number   12  zero (4)   16  generation (8)
 *     binding    24  owner  28  id  32  type (2)  34  bits (2)  36  lifetime  40  usage  44  algorithm  48  second algorithm
 *     nonce      52  (12)
 *     material   64  sealed, with 16 bytes of tag behind it
 *
 * All little-endian. The seal is AES-256-GCM under the device key with a nonce drawn at random (SP 800-38D, 8.2.2: good
 * for 2^32 records of one device key); reference and binding are its associated data.
 */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "util/atomic.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

#define DEVICE_KEY_UID 0u
#define DEVICE_KEY_SIZE 32u

static const uint8_t record_magic[4] = { 'P', 'S', 'E', '1' };
static const uint8_t device_key_magic[4] = { 'P', 'S', 'D', '1' };

void se_lock(se_t *element)
{
    const struct psacrypto_services *services = se_services(element);
    services->lock(services->core);
}

void se_unlock(se_t *element)
{
    const struct psacrypto_services *services = se_services(element);
    services->unlock(services->core);
}

/* ---- The device key ---- */

static psa_status_t device_key_load(se_t *element, uint8_t key[DEVICE_KEY_SIZE])
{
    const struct psacrypto_services *services = se_services(element);
    uint8_t object[sizeof(device_key_magic) + DEVICE_KEY_SIZE];
    size_t length = 0;
    psa_status_t status = services->state_get(services->core, DEVICE_KEY_UID, object, sizeof(object), &length);
    if (status == PSA_SUCCESS) {
        if (length == sizeof(object) && memcmp(object, device_key_magic, sizeof(device_key_magic)) == 0) {
            memcpy(key, object + sizeof(device_key_magic), DEVICE_KEY_SIZE);
        } else {
            status = reason(PSA_ERROR_DATA_CORRUPT, REASON_STORE_DAMAGED, 0, 0);
        }
    }
    ZEROISE(object);
    return status;
}

static psa_status_t device_key_make(se_t *element, uint8_t key[DEVICE_KEY_SIZE])
{
    const struct psacrypto_services *services = se_services(element);
    uint8_t object[sizeof(device_key_magic) + DEVICE_KEY_SIZE];
    memcpy(object, device_key_magic, sizeof(device_key_magic));
    psa_status_t status = services->random(services->core, object + sizeof(device_key_magic), DEVICE_KEY_SIZE);
    if (status == PSA_SUCCESS) {
        status = services->state_put(services->core, DEVICE_KEY_UID, object, sizeof(object));
    }
    if (status == PSA_SUCCESS) {
        memcpy(key, object + sizeof(device_key_magic), DEVICE_KEY_SIZE);
    }
    ZEROISE(object);
    return status;
}

/* Under the lock, so that of two processes that start together both end with the same key. */
static psa_status_t device_key_get(se_t *element, uint8_t key[DEVICE_KEY_SIZE])
{
    if ((element->options & PSACRYPTO_SECURE_ELEMENT_DEVICE_KEY) != 0) {
        memcpy(key, element->device_key, DEVICE_KEY_SIZE);
        return PSA_SUCCESS;
    }
    psa_status_t status = device_key_load(element, key);
    return status == PSA_ERROR_DOES_NOT_EXIST ? device_key_make(element, key) : status;
}

psa_status_t se_device_key_open(se_t *element)
{
    struct se_state *state = se_state(element);
    psa_status_t status = PSA_SUCCESS;
    if (ATOMIC_LOAD(&state->has_key) != 0) {
        return PSA_SUCCESS;
    }
    se_lock(element);
    if (state->has_key == 0) {
        status = device_key_get(element, state->key);
        if (status == PSA_SUCCESS) {
            ATOMIC_STORE(&state->has_key, 1u);
        }
    }
    se_unlock(element);
    return status;
}

/* ---- Encoding ---- */

void se_place_encode(uint8_t *reference, const struct se_place *place)
{
    memset(reference, 0, SE_REFERENCE_SIZE);
    memcpy(reference, record_magic, sizeof(record_magic));
    reference[4] = (uint8_t)place->kind;
    store32_le(reference + 8, place->number);
    store64_le(reference + 16, place->generation);
}

psa_status_t se_place_decode(struct se_place *place, const uint8_t *reference, size_t length)
{
    uint8_t again[SE_REFERENCE_SIZE];
    if (length < SE_REFERENCE_SIZE || reference[4] < SE_WRAPPED || reference[4] > SE_SLOT_FREE) {
        return reason(PSA_ERROR_DATA_CORRUPT, REASON_STATUS, 0, 0);
    }
    place->kind = (enum se_kind)reference[4];
    place->number = load32_le(reference + 8);
    place->generation = load64_le(reference + 16);
    se_place_encode(again, place);
    if (memcmp(again, reference, SE_REFERENCE_SIZE) != 0) {
        return reason(PSA_ERROR_DATA_CORRUPT, REASON_STATUS, 0, 0);
    }
    return PSA_SUCCESS;
}

/* The id of a volatile key is not known when it is made, and says nothing later. */
static void header_encode(uint8_t header[SE_HEADER_SIZE], const struct se_place *place,
                          const psa_key_attributes_t *attributes, int32_t owner)
{
    uint8_t *p = header + SE_REFERENCE_SIZE;
    psa_key_lifetime_t lifetime = psa_get_key_lifetime(attributes);
    se_place_encode(header, place);
    store32_le(p, (uint32_t)owner);
    store32_le(p + 4, PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) ? 0 : psa_get_key_id(attributes));
    store16_le(p + 8, psa_get_key_type(attributes));
    store16_le(p + 10, (uint16_t)psa_get_key_bits(attributes));
    store32_le(p + 12, lifetime);
    store32_le(p + 16, se_usage_extend(psa_get_key_usage_flags(attributes)));
    store32_le(p + 20, psa_get_key_algorithm(attributes));
    store32_le(p + 24, attributes->private_alg2);
}

/* ---- Seal ---- */

psa_status_t se_record_seal(se_t *element, uint8_t *record, size_t record_size, size_t *record_length,
                            const struct se_place *place, const psa_key_attributes_t *attributes, int32_t owner,
                            const uint8_t *material, size_t material_length)
{
    const struct psacrypto_services *services = se_services(element);
    uint8_t *nonce = record + SE_HEADER_SIZE;
    uint8_t *sealed = nonce + SE_NONCE_SIZE;
    size_t sealed_length = 0;

    if (record_size < SE_RECORD_OVERHEAD || record_size - SE_RECORD_OVERHEAD < material_length) {
        return reason(PSA_ERROR_BUFFER_TOO_SMALL, REASON_BUFFER, SE_RECORD_OVERHEAD + material_length, record_size);
    }
    psa_status_t status = se_device_key_open(element);
    if (status == PSA_SUCCESS) {
        status = services->random(services->core, nonce, SE_NONCE_SIZE);
    }
    if (status == PSA_SUCCESS) {
        header_encode(record, place, attributes, owner);
        status = services->aead_encrypt(services->core, PSA_KEY_TYPE_AES, se_state(element)->key, DEVICE_KEY_SIZE,
                                        PSA_ALG_GCM, nonce, SE_NONCE_SIZE, record, SE_HEADER_SIZE,
                                        material, material_length,
                                        sealed, material_length + SE_TAG_SIZE, &sealed_length);
    }
    if (status == PSA_SUCCESS) {
        *record_length = (size_t)(sealed - record) + sealed_length;
    }
    return status;
}

psa_status_t se_record_open(se_t *element, uint8_t *material, size_t material_size, size_t *material_length,
                            const struct se_place *place, const psa_key_attributes_t *attributes, int32_t owner,
                            const uint8_t *record, size_t record_length)
{
    const struct psacrypto_services *services = se_services(element);
    uint8_t header[SE_HEADER_SIZE];

    header_encode(header, place, attributes, owner);
    if (record_length < SE_RECORD_OVERHEAD || memcmp(header, record, SE_HEADER_SIZE) != 0) {
        return reason(PSA_ERROR_DATA_CORRUPT, REASON_REFUSED, 0, 0);
    }
    psa_status_t status = se_device_key_open(element);
    if (status == PSA_SUCCESS) {
        const uint8_t *nonce = record + SE_HEADER_SIZE;
        status = services->aead_decrypt(services->core, PSA_KEY_TYPE_AES, se_state(element)->key, DEVICE_KEY_SIZE,
                                        PSA_ALG_GCM, nonce, SE_NONCE_SIZE, header, SE_HEADER_SIZE,
                                        nonce + SE_NONCE_SIZE, record_length - SE_HEADER_SIZE - SE_NONCE_SIZE,
                                        material, material_size, material_length);
    }
    return status == PSA_ERROR_INVALID_SIGNATURE ? reason(PSA_ERROR_DATA_CORRUPT, REASON_REFUSED, 0, 0) : status;
}

#endif
