/* SPDX-License-Identifier: Apache-2.0 */
/* Keys come and go. A transparent blob is the export format, whichever driver made it. */
#include "dispatch/driver_table.h"

#include "util/bytes.h"
#include "util/reason.h"

static psa_key_location_t location_of(const psa_key_attributes_t *attributes)
{
    return PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(attributes));
}

/* The next driver after slot (NULL: the first) that manages keys at this location. */
static const struct driver_slot *next_manager(psa_key_location_t location, const struct driver_slot *slot)
{
    slot = slot == NULL ? driver_table_first(location) : slot->next_here;
    while (slot != NULL && slot->driver->key_management == NULL) {
        slot = slot->next_here;
    }
    return slot;
}

static psa_status_t unsupported(const psa_key_attributes_t *attributes)
{
    return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_UNSUPPORTED, psa_get_key_type(attributes), psa_get_key_bits(attributes));
}

static size_t blob_size(const struct driver_slot *slot, const psa_key_attributes_t *attributes, size_t data_length)
{
    if (slot->driver->blob_size != NULL) {
        return slot->driver->blob_size(slot->instance, attributes, data_length);
    }
    if (slot->location != PSA_KEY_LOCATION_LOCAL_STORAGE) {
        return 0;
    }
    return data_length != 0 ? data_length : PSA_EXPORT_KEY_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes));
}

/* Several transparent drivers may have the type: room for the largest blob. */
size_t dispatch_key_blob_size(const psa_key_attributes_t *attributes, size_t data_length)
{
    size_t most = 0;
    const struct driver_slot *slot = next_manager(location_of(attributes), NULL);
    for (; slot != NULL; slot = next_manager(location_of(attributes), slot)) {
        size_t size = blob_size(slot, attributes, data_length);
        most = size > most ? size : most;
    }
    return most;
}

int dispatch_key_has_allocate(psa_key_location_t location)
{
    if (location == PSA_KEY_LOCATION_LOCAL_STORAGE) {
        return 0;
    }
    const struct driver_slot *slot = next_manager(location, NULL);
    return slot != NULL && slot->driver->key_management->allocate != NULL;
}

psa_status_t dispatch_key_allocate(const psa_key_attributes_t *attributes, int32_t owner,
                                   uint8_t *blob, size_t blob_length_max, size_t *blob_length)
{
    const struct driver_slot *slot = next_manager(location_of(attributes), NULL);
    if (slot == NULL || slot->driver->key_management->allocate == NULL) {
        return unsupported(attributes);
    }
    psa_status_t status;
    driver_enter(slot);
    do {
        status = slot->driver->key_management->allocate(slot->instance, attributes, owner, blob, blob_length_max, blob_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    return status == PSA_ERROR_NOT_SUPPORTED ? unsupported(attributes) : status;
}

psa_status_t dispatch_key_import(const psa_key_attributes_t *attributes, int32_t owner, const uint8_t *data, size_t data_length,
                                 uint8_t *blob, size_t size, size_t *blob_length, size_t *bits)
{
    psa_status_t status = PSA_ERROR_NOT_SUPPORTED;
    const struct driver_slot *slot = next_manager(location_of(attributes), NULL);
    for (; slot != NULL; slot = next_manager(location_of(attributes), slot)) {
        if (slot->driver->key_management->import == NULL) {
            continue;
        }
        driver_enter(slot);
        do {
            status = slot->driver->key_management->import(slot->instance, attributes, owner, data, data_length,
                                                          blob, size, blob_length, bits);
        } while (status == PSA_OPERATION_INCOMPLETE);
        driver_leave(slot);
        if (status != PSA_ERROR_NOT_SUPPORTED) {
            break;
        }
    }
    if (status == PSA_ERROR_INVALID_ARGUMENT) {
        return reason_default(status, REASON_KEY_DATA, psa_get_key_type(attributes), 0);
    }
    return status == PSA_ERROR_NOT_SUPPORTED ? unsupported(attributes) : status;
}

psa_status_t dispatch_key_generate(const psa_key_attributes_t *attributes, int32_t owner,
                                   const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                                   uint8_t *blob, size_t size, size_t *blob_length)
{
    psa_status_t status = PSA_ERROR_NOT_SUPPORTED;
    const struct driver_slot *slot = next_manager(location_of(attributes), NULL);
    for (; slot != NULL && status == PSA_ERROR_NOT_SUPPORTED; slot = next_manager(location_of(attributes), slot)) {
        if (slot->driver->key_management->generate == NULL) {
            continue;
        }
        driver_enter(slot);
        do {
            status = slot->driver->key_management->generate(slot->instance, attributes, owner, custom, custom_data,
                                                            custom_data_length, blob, size, blob_length);
        } while (status == PSA_OPERATION_INCOMPLETE);
        driver_leave(slot);
    }
    return status == PSA_ERROR_NOT_SUPPORTED ? unsupported(attributes) : status;
}

psa_status_t dispatch_key_derive(const psa_key_attributes_t *attributes, int32_t owner, psacrypto_draw_t draw, void *source,
                                 uint8_t *blob, size_t size, size_t *blob_length)
{
    psa_status_t status = PSA_ERROR_NOT_SUPPORTED;
    const struct driver_slot *slot = next_manager(location_of(attributes), NULL);
    for (; slot != NULL && status == PSA_ERROR_NOT_SUPPORTED; slot = next_manager(location_of(attributes), slot)) {
        if (slot->driver->key_management->derive == NULL) {
            continue;
        }
        driver_enter(slot);
        status = slot->driver->key_management->derive(slot->instance, attributes, owner, draw, source, blob, size, blob_length);
        driver_leave(slot);
    }
    return status == PSA_ERROR_NOT_SUPPORTED ? unsupported(attributes) : status;
}

psa_status_t dispatch_key_export(struct dispatch_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    psa_key_location_t location = location_of(key->key.attributes);
    const struct driver_slot *slot = next_manager(location, NULL);
    if (location == PSA_KEY_LOCATION_LOCAL_STORAGE) {
        if (data_size < key->key.length) {
            return reason(PSA_ERROR_BUFFER_TOO_SMALL, REASON_BUFFER, key->key.length, data_size);
        }
        bytes_copy(data, key->key.blob, key->key.length);
        *data_length = key->key.length;
        return PSA_SUCCESS;
    }
    if (slot == NULL || slot->driver->key_management->export_key == NULL) {
        return unsupported(key->key.attributes);
    }
    psa_status_t status;
    driver_enter(slot);
    do {
        status = slot->driver->key_management->export_key(slot->instance, &key->key, data, data_size, data_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    return status;
}

psa_status_t dispatch_key_export_public(struct dispatch_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    psa_key_location_t location = location_of(key->key.attributes);
    psa_status_t status = PSA_ERROR_NOT_SUPPORTED;
    const struct driver_slot *slot = next_manager(location, NULL);
    for (; slot != NULL && status == PSA_ERROR_NOT_SUPPORTED; slot = next_manager(location, slot)) {
        if (slot->driver->key_management->export_public_key == NULL) {
            continue;
        }
        driver_enter(slot);
        do {
            status = slot->driver->key_management->export_public_key(slot->instance, &key->key, data, data_size, data_length);
        } while (status == PSA_OPERATION_INCOMPLETE);
        driver_leave(slot);
    }
    return status == PSA_ERROR_NOT_SUPPORTED ? unsupported(key->key.attributes) : status;
}

psa_status_t dispatch_key_copy(struct dispatch_key *source, const psa_key_attributes_t *attributes, int32_t owner,
                               uint8_t *blob, size_t size, size_t *blob_length)
{
    const struct driver_slot *slot = next_manager(location_of(attributes), NULL);
    if (location_of(attributes) == PSA_KEY_LOCATION_LOCAL_STORAGE) {
        if (size < source->key.length) {
            return PSA_ERROR_CORRUPTION_DETECTED; /* the caller asked dispatch_key_blob_size() */
        }
        bytes_copy(blob, source->key.blob, source->key.length);
        *blob_length = source->key.length;
        return PSA_SUCCESS;
    }
    if (slot == NULL || slot->driver->key_management->copy == NULL) {
        return unsupported(attributes);
    }
    psa_status_t status;
    driver_enter(slot);
    do {
        status = slot->driver->key_management->copy(slot->instance, &source->key, attributes, owner, blob, size, blob_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    return status;
}

typedef psa_status_t (*remove_t)(void *instance, const struct psacrypto_key *key);

static psa_status_t call_remove(const struct driver_slot *slot, remove_t entry, const struct psacrypto_key *key)
{
    if (entry == NULL) {
        return PSA_SUCCESS;
    }
    psa_status_t status;
    driver_enter(slot);
    do {
        status = entry(slot->instance, key);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    return status;
}

psa_status_t dispatch_key_destroy(const struct psacrypto_key *key)
{
    psa_key_location_t location = location_of(key->attributes);
    if (location == PSA_KEY_LOCATION_LOCAL_STORAGE) {
        return PSA_SUCCESS;
    }
    const struct driver_slot *slot = next_manager(location, NULL);
    if (slot == NULL) {
        return reason(PSA_ERROR_COMMUNICATION_FAILURE, REASON_KEY_LOCATION, location, 0);
    }
    return call_remove(slot, slot->driver->key_management->destroy, key);
}

psa_status_t dispatch_key_detach(const struct psacrypto_key *key)
{
    const struct driver_slot *slot = next_manager(location_of(key->attributes), NULL);
    return slot == NULL ? PSA_SUCCESS : call_remove(slot, slot->driver->key_management->detach, key);
}

psa_status_t dispatch_key_attach(psa_key_attributes_t *attributes, int32_t owner, const uint8_t *label, size_t label_length,
                                 uint8_t *blob, size_t size, size_t *blob_length)
{
    const struct driver_slot *slot = next_manager(location_of(attributes), NULL);
    if (slot == NULL || slot->driver->key_management->attach == NULL) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_LOCATION, location_of(attributes), 0);
    }
    psa_status_t status;
    driver_enter(slot);
    do {
        status = slot->driver->key_management->attach(slot->instance, attributes, owner, label, label_length, blob, size, blob_length);
    } while (status == PSA_OPERATION_INCOMPLETE);
    driver_leave(slot);
    return status;
}

psa_status_t dispatch_key_builtin(psa_key_attributes_t *attributes, int32_t owner, uint8_t *blob, size_t size, size_t *blob_length)
{
    const struct driver_slot *slot;
    for (uint32_t index = 1; (slot = driver_table_at(index)) != NULL; index++) {
        const struct psacrypto_key_management_entries *entries = slot->driver->key_management;
        if (slot->location == PSA_KEY_LOCATION_LOCAL_STORAGE || entries == NULL || entries->builtin == NULL) {
            continue;
        }
        /* The driver does not know at which location it was registered; and what it answers may be its own attributes. */
        psa_key_lifetime_t lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_READ_ONLY, slot->location);
        psa_status_t status;
        psa_set_key_lifetime(attributes, lifetime);
        driver_enter(slot);
        do {
            status = entries->builtin(slot->instance, attributes, owner, blob, size, blob_length);
        } while (status == PSA_OPERATION_INCOMPLETE);
        driver_leave(slot);
        psa_set_key_lifetime(attributes, lifetime);
        if (status != PSA_ERROR_DOES_NOT_EXIST) {
            return status;
        }
    }
    return reason(PSA_ERROR_DOES_NOT_EXIST, REASON_KEY_ID, psa_get_key_id(attributes), 0);
}
