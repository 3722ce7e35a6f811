/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbered slots. Slot n is one object of the driver's state with uid n: a record of kind SE_SLOT, RESERVED or FREE,
 * replaced whole each time, so that a loss of power leaves the old slot or the new one.
 *
 * A key's life: reserve writes a reservation with a new generation; the library notes the reference in its journal; fill
 * turns the reservation into the key; free leaves an empty record that remembers the generation, so that what still
 * refers to the old key never meets a new one. A slot without an object is free and starts with a random generation.
 *
 * A crash between reserve and the journal leaves a reservation that nobody knows. Those are taken back when no free
 * slot is left, in turn; should its owner be alive after all, its fill finds another generation and fails.
 */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "platform/platform.h"
#include "util/bytes.h"
#include "util/reason.h"

int se_in_slot(const se_t *element, const psa_key_attributes_t *attributes)
{
    return (element->options & PSACRYPTO_SECURE_ELEMENT_SLOTS) != 0 &&
           !PSA_KEY_LIFETIME_IS_VOLATILE(psa_get_key_lifetime(attributes));
}

static uint8_t *buffer_open(void)
{
    uint8_t *buffer = platform_secret_allocate(SE_RECORD_MAX);
    if (buffer == NULL) {
        (void)reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, SE_RECORD_MAX, 0);
    }
    return buffer;
}

static void buffer_close(uint8_t *buffer)
{
    platform_secret_free(buffer, SE_RECORD_MAX);
}

/* What is in slot number now; place->number is set whatever it is. buffer: SE_RECORD_MAX bytes. */
static psa_status_t slot_get(se_t *element, struct se_place *place, uint8_t *buffer, size_t *length, uint32_t number)
{
    const struct psacrypto_services *services = se_services(element);
    *length = 0;
    psa_status_t status = services->state_get(services->core, number, buffer, SE_RECORD_MAX, length);
    if (status == PSA_ERROR_DOES_NOT_EXIST) {
        place->kind = SE_SLOT_FREE;
        place->number = number;
        place->generation = 0;
        return PSA_SUCCESS;
    }
    if (status == PSA_SUCCESS) {
        status = se_place_decode(place, buffer, *length);
    }
    if (status == PSA_SUCCESS && (place->number != number || place->kind < SE_SLOT || place->kind > SE_SLOT_FREE)) {
        status = reason(PSA_ERROR_DATA_CORRUPT, REASON_STORE_DAMAGED, 0, 0);
    }
    return status;
}

static psa_status_t slot_put(se_t *element, uint8_t *buffer, const struct se_place *place,
                             const psa_key_attributes_t *attributes, int32_t owner,
                             const uint8_t *material, size_t material_length)
{
    const struct psacrypto_services *services = se_services(element);
    size_t length = 0;
    psa_status_t status = se_record_seal(element, buffer, SE_RECORD_MAX, &length, place, attributes, owner,
                                         material, material_length);
    if (status == PSA_SUCCESS) {
        status = services->state_put(services->core, place->number, buffer, length);
    }
    return status;
}

/* A record without a key in it. */
static psa_status_t slot_put_empty(se_t *element, uint8_t *buffer, const struct se_place *place)
{
    static const psa_key_attributes_t none = PSA_KEY_ATTRIBUTES_INIT;
    return slot_put(element, buffer, place, &none, 0, NULL, 0);
}

/* 0 is the generation of a slot that was never used. */
static psa_status_t next_generation(se_t *element, uint64_t *generation)
{
    const struct psacrypto_services *services = se_services(element);
    psa_status_t status = PSA_SUCCESS;
    if (*generation == 0) {
        uint8_t bytes[8];
        status = services->random(services->core, bytes, sizeof(bytes));
        *generation = load64_le(bytes);
    } else {
        *generation += 1;
    }
    if (*generation == 0) {
        *generation = 1;
    }
    return status;
}

/* The first slot of the kind, looking from slot first on and around. A damaged slot is left alone: it may hold a key. */
static psa_status_t slot_search(se_t *element, struct se_place *place, uint8_t *buffer, enum se_kind kind, uint32_t first)
{
    for (uint32_t i = 0; i < element->slot_count; i++) {
        size_t length;
        psa_status_t status = slot_get(element, place, buffer, &length, 1u + (first + i) % element->slot_count);
        if (status == PSA_SUCCESS && place->kind == kind) {
            return PSA_SUCCESS;
        }
        if (status != PSA_SUCCESS && status != PSA_ERROR_DATA_CORRUPT) {
            return status;
        }
    }
    return reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_STORE_FULL, 0, 0);
}

static psa_status_t reserve_locked(se_t *element, struct se_place *place, uint8_t *buffer)
{
    struct se_state *state = se_state(element);
    psa_status_t status = slot_search(element, place, buffer, SE_SLOT_FREE, 0);
    if (status == PSA_ERROR_INSUFFICIENT_STORAGE) {
        status = slot_search(element, place, buffer, SE_SLOT_RESERVED, state->next);
        state->next = place->number % element->slot_count;
    }
    if (status == PSA_SUCCESS) {
        status = next_generation(element, &place->generation);
    }
    if (status == PSA_SUCCESS) {
        place->kind = SE_SLOT_RESERVED;
        status = slot_put_empty(element, buffer, place);
    }
    place->kind = SE_SLOT; /* how the key's own reference calls it, filled or not */
    return status;
}

psa_status_t se_slot_reserve(se_t *element, struct se_place *place)
{
    uint8_t *buffer = buffer_open();
    if (buffer == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    psa_status_t status = se_device_key_open(element); /* before the lock, which it takes itself */
    if (status == PSA_SUCCESS) {
        se_lock(element);
        status = reserve_locked(element, place, buffer);
        se_unlock(element);
    }
    buffer_close(buffer);
    return status;
}

static psa_status_t fill_locked(se_t *element, uint8_t *buffer, const struct se_place *place,
                                const psa_key_attributes_t *attributes, int32_t owner,
                                const uint8_t *material, size_t material_length)
{
    struct se_place now;
    size_t length;
    psa_status_t status = slot_get(element, &now, buffer, &length, place->number);
    if (status == PSA_SUCCESS && (now.kind != SE_SLOT_RESERVED || now.generation != place->generation)) {
        status = reason(PSA_ERROR_INSUFFICIENT_STORAGE, REASON_STORE_FULL, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        status = slot_put(element, buffer, place, attributes, owner, material, material_length);
    }
    return status;
}

psa_status_t se_slot_fill(se_t *element, const struct se_place *place, const psa_key_attributes_t *attributes, int32_t owner,
                          const uint8_t *material, size_t material_length)
{
    uint8_t *buffer = buffer_open();
    if (buffer == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    psa_status_t status = se_device_key_open(element);
    if (status == PSA_SUCCESS) {
        se_lock(element);
        status = fill_locked(element, buffer, place, attributes, owner, material, material_length);
        se_unlock(element);
    }
    buffer_close(buffer);
    return status;
}

/* Without the lock: a record is read whole, and is the old one or the new one. */
psa_status_t se_slot_read(se_t *element, uint8_t *record, size_t *record_length, const struct se_place *place)
{
    struct se_place now;
    psa_status_t status = slot_get(element, &now, record, record_length, place->number);
    if (status == PSA_SUCCESS && (now.kind != SE_SLOT || now.generation != place->generation)) {
        status = reason(PSA_ERROR_DOES_NOT_EXIST, REASON_STORE_ABSENT, 0, 0);
    }
    return status;
}

/* A slot in which nothing can be read any more holds no key: it starts again. */
static psa_status_t renew(se_t *element, uint8_t *buffer, uint32_t number)
{
    struct se_place fresh = { SE_SLOT_FREE, 0, 0 };
    fresh.number = number;
    psa_status_t status = next_generation(element, &fresh.generation);
    return status == PSA_SUCCESS ? slot_put_empty(element, buffer, &fresh) : status;
}

static psa_status_t free_locked(se_t *element, uint8_t *buffer, const struct se_place *place)
{
    struct se_place now;
    size_t length;
    psa_status_t status = slot_get(element, &now, buffer, &length, place->number);
    if (status == PSA_ERROR_DATA_CORRUPT) {
        return renew(element, buffer, place->number);
    }
    if (status != PSA_SUCCESS || now.kind == SE_SLOT_FREE || now.generation != place->generation) {
        return status;
    }
    now.kind = SE_SLOT_FREE;
    return slot_put_empty(element, buffer, &now);
}

psa_status_t se_slot_free(se_t *element, const struct se_place *place)
{
    uint8_t *buffer = buffer_open();
    if (buffer == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    psa_status_t status = se_device_key_open(element);
    if (status == PSA_SUCCESS) {
        se_lock(element);
        status = free_locked(element, buffer, place);
        se_unlock(element);
    }
    buffer_close(buffer);
    return status;
}

#endif
