/* SPDX-License-Identifier: Apache-2.0 */
/* Keys come and go: the engine checks or makes the material, the element seals it or puts it in a slot. */
#include "secure_element/element.h"

#if PSACRYPTO_SECURE_ELEMENT

#include "platform/platform.h"
#include "util/bytes.h"
#include "util/reason.h"

#define KEY_SIZE PSACRYPTO_SECURE_ELEMENT_KEY_SIZE

static const struct psacrypto_key_management_entries *engine_entries(const se_t *element)
{
    static const struct psacrypto_key_management_entries none;
    return element->engine->key_management == NULL ? &none : element->engine->key_management;
}

/* ---- Material that is a string of bytes: an engine need not concern itself with it ---- */

static int size_fits(psa_key_type_t type, size_t length)
{
    switch (type) {
    case PSA_KEY_TYPE_RAW_DATA:
    case PSA_KEY_TYPE_HMAC:
    case PSA_KEY_TYPE_DERIVE:
    case PSA_KEY_TYPE_PASSWORD:
    case PSA_KEY_TYPE_PASSWORD_HASH:
    case PSA_KEY_TYPE_PEPPER:
        return length != 0;
    case PSA_KEY_TYPE_AES:
        return length == 16 || length == 24 || length == 32;
    case PSA_KEY_TYPE_CHACHA20:
        return length == 32;
    default:
        return 0;
    }
}

static int is_bytes(psa_key_type_t type)
{
    return PSA_KEY_TYPE_IS_UNSTRUCTURED(type) && (size_fits(type, 16) || size_fits(type, 32));
}

static psa_status_t import_bytes(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                                 uint8_t *material, size_t *material_length, size_t *bits)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    if (!is_bytes(type)) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_UNSUPPORTED, type, 0);
    }
    if (!size_fits(type, data_length) || (*bits != 0 && *bits != 8u * data_length)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_LENGTH, *bits, data_length);
    }
    memcpy(material, data, data_length);
    *material_length = data_length;
    *bits = 8u * data_length;
    return PSA_SUCCESS;
}

static psa_status_t generate_bytes(se_t *element, const psa_key_attributes_t *attributes,
                                   uint8_t *material, size_t *material_length)
{
    const struct psacrypto_services *services = se_services(element);
    psa_key_type_t type = psa_get_key_type(attributes);
    size_t bits = psa_get_key_bits(attributes);
    if (!is_bytes(type)) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_UNSUPPORTED, type, 0);
    }
    if (bits % 8u != 0 || bits / 8u > KEY_SIZE || !size_fits(type, bits / 8u)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_BITS, type, bits);
    }
    *material_length = bits / 8u;
    return services->random(services->core, material, bits / 8u);
}

/* ---- Where it goes ---- */

/* blob holds what allocate wrote, or nothing. */
static psa_status_t choose_place(se_t *element, struct se_place *place, const psa_key_attributes_t *attributes,
                                 const uint8_t *blob, size_t blob_length)
{
    if (!se_in_slot(element, attributes)) {
        place->kind = SE_WRAPPED;
        place->number = 0;
        place->generation = 0;
        return PSA_SUCCESS;
    }
    if (blob_length == 0) {
        return se_slot_reserve(element, place);
    }
    psa_status_t status = se_place_decode(place, blob, blob_length);
    if (status == PSA_SUCCESS && place->kind != SE_SLOT) {
        status = reason(PSA_ERROR_DATA_CORRUPT, REASON_STATUS, 0, 0);
    }
    return status;
}

static psa_status_t put_reference(uint8_t *blob, size_t blob_size, size_t *blob_length, const struct se_place *place)
{
    if (blob_size < SE_REFERENCE_SIZE) {
        return reason(PSA_ERROR_BUFFER_TOO_SMALL, REASON_BUFFER, SE_REFERENCE_SIZE, blob_size);
    }
    se_place_encode(blob, place);
    *blob_length = SE_REFERENCE_SIZE;
    return PSA_SUCCESS;
}

/* attributes are final, the size of the key included. */
static psa_status_t keep(se_t *element, const psa_key_attributes_t *attributes, int32_t owner,
                         const uint8_t *material, size_t material_length,
                         uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    struct se_place place;
    psa_status_t status = choose_place(element, &place, attributes, blob, *blob_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (place.kind == SE_WRAPPED) {
        return se_record_seal(element, blob, blob_size, blob_length, &place, attributes, owner, material, material_length);
    }
    status = put_reference(blob, blob_size, blob_length, &place);
    if (status == PSA_SUCCESS) {
        status = se_slot_fill(element, &place, attributes, owner, material, material_length);
    }
    return status;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* data_length says little of a copy: it is the length of the source's blob, which may name no more than a slot. */
static size_t material_size(const se_t *element, const psa_key_attributes_t *attributes, size_t data_length)
{
    const struct psacrypto_driver *engine = element->engine;
    psa_key_attributes_t local = se_engine_attributes(attributes);
    size_t size = larger(data_length, PSA_EXPORT_KEY_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes)));
    return engine->blob_size == NULL ? size : larger(size, engine->blob_size(element->engine_instance, &local, data_length));
}

size_t se_blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length)
{
    const se_t *element = instance;
    if (psa_get_key_type(attributes) == PSA_KEY_TYPE_NONE || se_in_slot(element, attributes)) {
        return SE_RECORD_OVERHEAD; /* attached, built in, or a reference to a slot, which is shorter */
    }
    size_t size = material_size(element, attributes, data_length);
    return size > SE_RECORD_MAX ? 0 : SE_RECORD_OVERHEAD + size;
}

/* The library notes the blob in its journal before the key is made. A wrapped key has no place: an empty blob. */
static psa_status_t allocate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    se_t *element = instance;
    struct se_place place = { SE_SLOT, 0, 0 };
    (void)owner;
    *blob_length = 0;
    if (!se_in_slot(element, attributes)) {
        return PSA_SUCCESS;
    }
    if (blob_size < SE_REFERENCE_SIZE) {
        return reason(PSA_ERROR_BUFFER_TOO_SMALL, REASON_BUFFER, SE_REFERENCE_SIZE, blob_size);
    }
    psa_status_t status = se_slot_reserve(element, &place);
    return status == PSA_SUCCESS ? put_reference(blob, blob_size, blob_length, &place) : status;
}

/* ---- New keys ---- */

/* Room for the longest key, for the length of one call. */
static uint8_t *material_open(void)
{
    uint8_t *material = platform_secret_allocate(KEY_SIZE);
    if (material == NULL) {
        (void)reason(PSA_ERROR_INSUFFICIENT_MEMORY, REASON_OUT_OF_MEMORY, KEY_SIZE, 0);
    }
    return material;
}

static psa_status_t import_material(se_t *element, const psa_key_attributes_t *attributes, int32_t owner,
                                    const uint8_t *data, size_t data_length,
                                    uint8_t *material, size_t *material_length, size_t *bits)
{
    const struct psacrypto_key_management_entries *engine = engine_entries(element);
    psa_key_attributes_t local = se_engine_attributes(attributes);
    psa_status_t status = PSA_ERROR_NOT_SUPPORTED;
    if (data_length > KEY_SIZE) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_LENGTH, 8u * KEY_SIZE, data_length);
    }
    if (engine->import != NULL) {
        status = engine->import(element->engine_instance, &local, owner, data, data_length,
                                material, KEY_SIZE, material_length, bits);
    }
    if (status == PSA_ERROR_NOT_SUPPORTED) {
        status = import_bytes(attributes, data, data_length, material, material_length, bits);
    }
    return status;
}

static psa_status_t import(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                           const uint8_t *data, size_t data_length,
                           uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits)
{
    psa_key_attributes_t final = *attributes;
    size_t length = 0;
    uint8_t *material = material_open();
    if (material == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    psa_status_t status = import_material(instance, attributes, owner, data, data_length, material, &length, bits);
    if (status == PSA_SUCCESS) {
        final.private_bits = (uint16_t)*bits;
        status = keep(instance, &final, owner, material, length, blob, blob_size, blob_length);
    }
    platform_secret_free(material, KEY_SIZE);
    return status;
}

static psa_status_t generate_material(se_t *element, const psa_key_attributes_t *attributes, int32_t owner,
                                      const psa_custom_key_parameters_t *custom,
                                      const uint8_t *custom_data, size_t custom_data_length,
                                      uint8_t *material, size_t *material_length)
{
    const struct psacrypto_key_management_entries *engine = engine_entries(element);
    psa_key_attributes_t local = se_engine_attributes(attributes);
    int is_default = custom_data_length == 0 && (custom == NULL || custom->flags == 0);
    psa_status_t status = PSA_ERROR_NOT_SUPPORTED;
    if (engine->generate != NULL) {
        status = engine->generate(element->engine_instance, &local, owner, custom, custom_data, custom_data_length,
                                  material, KEY_SIZE, material_length);
    }
    if (status == PSA_ERROR_NOT_SUPPORTED && is_default) {
        status = generate_bytes(element, attributes, material, material_length);
    }
    return status;
}

static psa_status_t generate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                             uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    size_t length = 0;
    uint8_t *material = material_open();
    if (material == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    psa_status_t status = generate_material(instance, attributes, owner, custom, custom_data, custom_data_length,
                                            material, &length);
    if (status == PSA_SUCCESS) {
        status = keep(instance, attributes, owner, material, length, blob, blob_size, blob_length);
    }
    platform_secret_free(material, KEY_SIZE);
    return status;
}

/* Where the engine has no rule of its own, the library draws the bytes and imports them. */
static psa_status_t derive(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                           psacrypto_draw_t draw, void *source, uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    se_t *element = instance;
    const struct psacrypto_key_management_entries *engine = engine_entries(element);
    psa_key_attributes_t local = se_engine_attributes(attributes);
    size_t length = 0;
    if (engine->derive == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    uint8_t *material = material_open();
    if (material == NULL) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    psa_status_t status = engine->derive(element->engine_instance, &local, owner, draw, source, material, KEY_SIZE, &length);
    if (status == PSA_SUCCESS) {
        status = keep(element, attributes, owner, material, length, blob, blob_size, blob_length);
    }
    platform_secret_free(material, KEY_SIZE);
    return status;
}

/* The copy permits no more than its source does. */
static psa_status_t check_copy(const struct psacrypto_key *source, const psa_key_attributes_t *attributes)
{
    const psa_key_attributes_t *from = source->attributes;
    psa_key_usage_t usage = se_usage_extend(attributes->private_usage);
    int alg_fits = attributes->private_alg == PSA_ALG_NONE ||
                   se_policy_intersect(from->private_alg, attributes->private_alg) == attributes->private_alg ||
                   se_policy_intersect(from->private_alg2, attributes->private_alg) == attributes->private_alg;
    int alg2_fits = attributes->private_alg2 == PSA_ALG_NONE ||
                    se_policy_intersect(from->private_alg, attributes->private_alg2) == attributes->private_alg2 ||
                    se_policy_intersect(from->private_alg2, attributes->private_alg2) == attributes->private_alg2;
    if (attributes->private_type != from->private_type || attributes->private_bits != from->private_bits) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ATTRIBUTES, from->private_type, from->private_bits);
    }
    if (usage != se_usage_limit(usage, from->private_usage)) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_USAGE, usage, from->private_usage);
    }
    if (!alg_fits || !alg2_fits) {
        return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_COPY_POLICY, from->private_alg, attributes->private_alg);
    }
    return PSA_SUCCESS;
}

static psa_status_t copy(void *instance, const struct psacrypto_key *source, const psa_key_attributes_t *attributes,
                         int32_t owner, uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    struct se_open open;
    psa_status_t status = se_open(instance, &open, source, PSA_KEY_USAGE_COPY, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = check_copy(source, attributes);
    }
    if (status == PSA_SUCCESS) {
        status = keep(instance, attributes, owner, open.key.blob, open.key.length, blob, blob_size, blob_length);
    }
    return se_close(&open, status);
}

/* ---- Out ---- */

static psa_status_t put_data(uint8_t *data, size_t data_size, size_t *data_length, const struct psacrypto_key *key)
{
    if (data_size < key->length) {
        return reason(PSA_ERROR_BUFFER_TOO_SMALL, REASON_BUFFER, key->length, data_size);
    }
    bytes_copy(data, key->blob, key->length);
    *data_length = key->length;
    return PSA_SUCCESS;
}

static psa_status_t export_key(void *instance, const struct psacrypto_key *key,
                               uint8_t *data, size_t data_size, size_t *data_length)
{
    struct se_open open;
    int is_public = PSA_KEY_TYPE_IS_PUBLIC_KEY(psa_get_key_type(key->attributes));
    psa_status_t status = se_open(instance, &open, key, is_public ? SE_ANY_USAGE : PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        status = put_data(data, data_size, data_length, &open.key);
    }
    return se_close(&open, status);
}

static psa_status_t export_public_key(void *instance, const struct psacrypto_key *key,
                                      uint8_t *data, size_t data_size, size_t *data_length)
{
    se_t *element = instance;
    const struct psacrypto_key_management_entries *engine = engine_entries(element);
    struct se_open open;
    psa_status_t status = se_open(element, &open, key, SE_ANY_USAGE, PSA_ALG_NONE);
    if (status == PSA_SUCCESS) {
        if (PSA_KEY_TYPE_IS_PUBLIC_KEY(psa_get_key_type(key->attributes))) {
            status = put_data(data, data_size, data_length, &open.key);
        } else if (engine->export_public_key == NULL) {
            status = PSA_ERROR_NOT_SUPPORTED;
        } else {
            status = engine->export_public_key(element->engine_instance, &open.key, data, data_size, data_length);
        }
    }
    return se_close(&open, status);
}

/* By the place alone: what the journal knows of a key that was never finished may be less than its attributes. */
static psa_status_t destroy(void *instance, const struct psacrypto_key *key)
{
    struct se_place place;
    if (key->length == 0) {
        return PSA_SUCCESS; /* a key that was to be wrapped */
    }
    psa_status_t status = se_place_decode(&place, key->blob, key->length);
    if (status == PSA_SUCCESS && place.kind == SE_PROVISIONED) {
        status = reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_READ_ONLY, psa_get_key_id(key->attributes), 0);
    }
    if (status == PSA_SUCCESS && place.kind == SE_SLOT) {
        status = se_slot_free(instance, &place);
    }
    return status;
}

const struct psacrypto_key_management_entries se_key_management_entries = {
    .allocate = allocate,
    .import = import,
    .generate = generate,
    .derive = derive,
    .export_key = export_key,
    .export_public_key = export_public_key,
    .copy = copy,
    .destroy = destroy,
    .attach = se_attach,
    .detach = se_detach,
    .builtin = se_builtin,
};

#endif
