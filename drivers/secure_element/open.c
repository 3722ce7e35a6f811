/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the library's view of a key to the engine's: the policy is checked, the blob is opened, and what comes out is a
 * transparent key that lives for one call. A prepared key was opened once: its memory, which the library keeps locked
 * and wipes, holds
 *
 *     struct prepared, 64 bytes; the engine's own prepared form; the material.
 */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "platform/platform.h"
#include "util/bytes.h"
#include "util/reason.h"
#include "util/zeroise.h"

#define ALIGNMENT 64u

struct prepared {
    uint32_t engine_size;     /* 0: the engine prepares nothing */
    uint32_t material_offset; /* from the start of the memory */
    uint32_t material_length;
};

static size_t aligned(size_t size)
{
    return (size + (ALIGNMENT - 1u)) & ~(size_t)(ALIGNMENT - 1u);
}

psa_key_attributes_t se_engine_attributes(const psa_key_attributes_t *attributes)
{
    psa_key_attributes_t local = *attributes;
    local.private_lifetime = PSA_KEY_LIFETIME_VOLATILE;
    local.private_id = PSA_KEY_ID_NULL;
    return local;
}

/* ---- Policy ---- */

/* A provisioned key is limited by what the element says of it too, whatever was agreed when it was attached. */
static psa_status_t check_policy(const se_t *element, const struct se_place *place, const psa_key_attributes_t *attributes,
                                 psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_status_t status = se_policy_check(psa_get_key_usage_flags(attributes), psa_get_key_algorithm(attributes),
                                          attributes->private_alg2, usage, alg);
    if (status == PSA_SUCCESS && place->kind == SE_PROVISIONED) {
        const struct psacrypto_secure_element_key *own = se_provisioned_find(element, place->number);
        status = own == NULL ? PSA_SUCCESS : se_policy_check(own->usage, own->alg, own->alg2, usage, alg);
    }
    return status;
}

/* ---- Material ---- */

static uint8_t *room_for(struct se_open *open, size_t length)
{
    if (length <= sizeof(open->small)) {
        return open->small;
    }
    open->large = platform_secret_allocate(length);
    open->large_size = length;
    return open->large;
}

static psa_status_t unseal(se_t *element, struct se_open *open, const struct psacrypto_key *key, const struct se_place *place,
                           const uint8_t *record, size_t record_length)
{
    size_t length = record_length < SE_RECORD_OVERHEAD ? 0 : record_length - SE_RECORD_OVERHEAD;
    uint8_t *material = room_for(open, length);
    if (material == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, length, 0);
    }
    open->key.blob = material;
    return se_record_open(element, material, length, &open->key.length, place, key->attributes, key->owner,
                          record, record_length);
}

static psa_status_t load_slot(se_t *element, struct se_open *open, const struct psacrypto_key *key, const struct se_place *place)
{
    size_t record_length = 0;
    uint8_t *record = platform_secret_allocate(SE_RECORD_MAX);
    if (record == NULL) {
        return reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, SE_RECORD_MAX, 0);
    }
    psa_status_t status = se_slot_read(element, record, &record_length, place);
    if (status == PSA_SUCCESS) {
        status = unseal(element, open, key, place, record, record_length);
    }
    platform_secret_free(record, SE_RECORD_MAX);
    return status;
}

/* The blob of an attached key seals the attributes alone. */
static psa_status_t load_provisioned(se_t *element, struct se_open *open, const struct psacrypto_key *key,
                                     const struct se_place *place)
{
    const struct psacrypto_secure_element_key *own = se_provisioned_find(element, place->number);
    psa_status_t status = unseal(element, open, key, place, key->blob, key->length);
    if (status == PSA_SUCCESS && own == NULL) {
        status = reason(PSA_ERROR_DOES_NOT_EXIST, REASON_STORE_ABSENT, 0, 0);
    }
    if (status == PSA_SUCCESS) {
        open->key.blob = own->material;
        open->key.length = own->material_length;
    }
    return status;
}

static psa_status_t load(se_t *element, struct se_open *open, const struct psacrypto_key *key, const struct se_place *place)
{
    switch (place->kind) {
    case SE_WRAPPED:
        return unseal(element, open, key, place, key->blob, key->length);
    case SE_PROVISIONED:
        return load_provisioned(element, open, key, place);
    case SE_SLOT:
        return load_slot(element, open, key, place);
    case SE_SLOT_RESERVED:
    case SE_SLOT_FREE:
    default:
        return reason(PSA_ERROR_DOES_NOT_EXIST, REASON_STORE_ABSENT, 0, 0); /* a place without a key */
    }
}

static void take_prepared(struct se_open *open, const void *memory)
{
    const struct prepared *prepared = memory;
    const uint8_t *bytes = memory;
    open->key.blob = bytes + prepared->material_offset;
    open->key.length = prepared->material_length;
    open->key.prepared = prepared->engine_size == 0 ? NULL : bytes + aligned(sizeof(*prepared));
}

psa_status_t se_open(se_t *element, struct se_open *open, const struct psacrypto_key *key,
                     psa_key_usage_t usage, psa_algorithm_t alg)
{
    struct se_place place;
    memset(&open->key, 0, sizeof(open->key));
    open->large = NULL;
    open->attributes = se_engine_attributes(key->attributes);
    open->key.attributes = &open->attributes;
    open->key.owner = key->owner;

    psa_status_t status = se_place_decode(&place, key->blob, key->length);
    if (status == PSA_SUCCESS && usage != SE_ANY_USAGE) {
        status = check_policy(element, &place, key->attributes, usage, alg);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (key->prepared != NULL) {
        take_prepared(open, key->prepared);
        return PSA_SUCCESS;
    }
    return load(element, open, key, &place);
}

psa_status_t se_close(struct se_open *open, psa_status_t status)
{
    ZEROISE(open->small);
    if (open->large != NULL) {
        platform_secret_free(open->large, open->large_size);
        open->large = NULL;
    }
    return status;
}

/* ---- Prepared keys ---- */

static size_t engine_prepared_size(const se_t *element, const struct psacrypto_key *key, psa_algorithm_t alg)
{
    const struct psacrypto_driver *engine = element->engine;
    if (engine->prepared_size == NULL || engine->prepare == NULL) {
        return 0;
    }
    return engine->prepared_size(element->engine_instance, key, alg);
}

size_t se_prepared_size(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg)
{
    struct se_open open;
    size_t size = 0;
    if (se_open(instance, &open, key, SE_ANY_USAGE, alg) == PSA_SUCCESS) {
        size = aligned(sizeof(struct prepared)) + engine_prepared_size(instance, &open.key, alg) + open.key.length;
    }
    (void)se_close(&open, PSA_SUCCESS);
    return size;
}

static psa_status_t prepare_opened(se_t *element, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct prepared *prepared = memory;
    uint8_t *bytes = memory;
    size_t engine_size = engine_prepared_size(element, key, alg);
    size_t offset = aligned(sizeof(*prepared)) + engine_size;
    psa_status_t status = PSA_SUCCESS;

    if (engine_size != 0) {
        status = element->engine->prepare(element->engine_instance, key, alg, bytes + aligned(sizeof(*prepared)));
    }
    if (status == PSA_SUCCESS) {
        prepared->engine_size = (uint32_t)engine_size;
        prepared->material_offset = (uint32_t)offset;
        prepared->material_length = (uint32_t)key->length;
        bytes_copy(bytes + offset, key->blob, key->length);
    }
    return status;
}

psa_status_t se_prepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    struct se_open open;
    psa_status_t status = se_open(instance, &open, key, SE_ANY_USAGE, alg);
    if (status == PSA_SUCCESS) {
        status = prepare_opened(instance, &open.key, alg, memory);
    }
    return se_close(&open, status);
}

/* The engine lets go of what it holds outside of the memory; the library wipes the rest. */
void se_unprepare(void *instance, const struct psacrypto_key *key, psa_algorithm_t alg, void *memory)
{
    const se_t *element = instance;
    const struct prepared *prepared = memory;
    if (prepared->engine_size != 0 && element->engine->unprepare != NULL) {
        psa_key_attributes_t attributes = se_engine_attributes(key->attributes);
        struct psacrypto_key engine_key = *key;
        uint8_t *bytes = memory;
        engine_key.attributes = &attributes;
        engine_key.blob = bytes + prepared->material_offset;
        engine_key.length = prepared->material_length;
        engine_key.prepared = bytes + aligned(sizeof(*prepared));
        element->engine->unprepare(element->engine_instance, &engine_key, alg, bytes + aligned(sizeof(*prepared)));
    }
}

#endif
