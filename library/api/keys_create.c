/* SPDX-License-Identifier: Apache-2.0 */
/* psa_import_key(), psa_generate_key(), psa_copy_key(), psa_attach_key(). */
#include "api/keys.h"

/* More than any asymmetric key has, with room for the formats of drivers. */
#define ASYMMETRIC_MOST 65535u

/* The size in the attributes is looked at by key_creation_start(): data of just that size need not be. */
static int plain_length_is_possible(psa_key_type_t type, size_t bits, size_t data_length)
{
    return data_length != 0 && data_length <= SIZE_MAX / 8u && (bits == 8u * data_length || key_type_has_bits(type, 8u * data_length));
}

/* Which key types there are is said first: a type unknown is unsupported, whatever its data. */
static psa_status_t check_data_length(psa_key_type_t type, size_t bits, size_t data_length)
{
    int possible = key_type_is_plain_bytes(type) ? plain_length_is_possible(type, bits, data_length)
                                                 : (data_length != 0 && data_length <= ASYMMETRIC_MOST) || !key_type_exists(type);
    return possible ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_LENGTH, bits, data_length);
}

psa_status_t api_import_key(const struct caller *caller, const psa_key_attributes_t *attributes,
                            const uint8_t *data, size_t data_length, psa_key_id_t *key)
{
    struct key_creation creation;
    size_t bits = psa_get_key_bits(attributes);
    key_creation_none(&creation);
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(data, data_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = check_data_length(psa_get_key_type(attributes), bits, data_length);
    }
    if (status != PSA_SUCCESS) {
        return status;
    }
    status = key_creation_start(&creation, caller, attributes, KEY_CREATION_IMPORT, data_length);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_import(&creation.attributes, creation.owner, data, data_length,
                                     creation.blob, creation.blob_size, &creation.blob_length, &bits);
    }
    if (status == PSA_SUCCESS && bits != psa_get_key_bits(&creation.attributes)) {
        psa_set_key_bits(&creation.attributes, bits);
    }
    return key_creation_finish(&creation, status, key);
}

psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length, psa_key_id_t *key)
{
    return reason_close(api_import_key(CALLER_SELF, attributes, data, data_length, key));
}

/* Only RSA has production parameters: its exponent. */
static psa_status_t check_custom(const psa_key_attributes_t *attributes, const psa_custom_key_parameters_t *custom,
                                 const uint8_t *custom_data, size_t custom_data_length)
{
    if (custom->flags != 0 || (custom_data_length != 0 && !PSA_KEY_TYPE_IS_RSA(psa_get_key_type(attributes)))) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_CUSTOM_PARAMETERS, custom->flags, custom_data_length);
    }
    return api_check_pointer(custom_data, custom_data_length, 3);
}

psa_status_t api_generate_key(const struct caller *caller, const psa_key_attributes_t *attributes,
                              const psa_custom_key_parameters_t *custom, const uint8_t *custom_data, size_t custom_data_length,
                              psa_key_id_t *key)
{
    struct key_creation creation;
    key_creation_none(&creation);
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = key_creation_start(&creation, caller, attributes, KEY_CREATION_GENERATE, 0);
    }
    if (status == PSA_SUCCESS) {
        status = check_custom(attributes, custom, custom_data, custom_data_length);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_generate(&creation.attributes, creation.owner, custom, custom_data, custom_data_length,
                                       creation.blob, creation.blob_size, &creation.blob_length);
    }
    return key_creation_finish(&creation, status, key);
}

psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key)
{
    static const psa_custom_key_parameters_t none = PSA_CUSTOM_KEY_PARAMETERS_INIT;
    return reason_close(api_generate_key(CALLER_SELF, attributes, &none, NULL, 0, key));
}

psa_status_t psa_generate_key_custom(const psa_key_attributes_t *attributes, const psa_custom_key_parameters_t *custom,
                                     const uint8_t *custom_data, size_t custom_data_length, psa_key_id_t *key)
{
    return reason_close(api_generate_key(CALLER_SELF, attributes, custom, custom_data, custom_data_length, key));
}

/* ---- Copy ---- */

static psa_status_t copy_type(psa_key_attributes_t *target, const psa_key_attributes_t *source)
{
    psa_key_type_t type = psa_get_key_type(target);
    size_t bits = psa_get_key_bits(target);
    if ((type != PSA_KEY_TYPE_NONE && type != psa_get_key_type(source)) || (bits != 0 && bits != psa_get_key_bits(source))) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ATTRIBUTES, psa_get_key_type(source), psa_get_key_bits(source));
    }
    psa_set_key_type(target, psa_get_key_type(source));
    psa_set_key_bits(target, psa_get_key_bits(source));
    return PSA_SUCCESS;
}

static psa_status_t copy_policy(psa_key_attributes_t *target, const psa_key_attributes_t *source)
{
    psa_key_usage_t wanted = psa_get_key_usage_flags(target);
    if ((wanted & ~USAGE_ALL) != 0) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_USAGE_UNKNOWN, wanted & ~USAGE_ALL, 0);
    }
    wanted |= usage_implied(wanted);
    psa_set_key_usage_flags(target, wanted & psa_get_key_usage_flags(source));
    if (!policy_intersect(source->private_alg, target->private_alg, &target->private_alg)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_COPY_POLICY, source->private_alg, target->private_alg);
    }
    /* A second algorithm is had where both have one; that one of them has none refuses nothing. */
    if (source->private_alg2 == PSA_ALG_NONE || target->private_alg2 == PSA_ALG_NONE) {
        target->private_alg2 = PSA_ALG_NONE;
    } else if (!policy_intersect(source->private_alg2, target->private_alg2, &target->private_alg2)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_COPY_POLICY, source->private_alg2, target->private_alg2);
    }
    return PSA_SUCCESS;
}

/* A key leaves its location only in the clear, which takes EXPORT; public keys leave anyway. */
static psa_status_t check_leaving(const psa_key_attributes_t *source, psa_key_location_t from, psa_key_location_t to)
{
    if (from == to || PSA_KEY_TYPE_IS_PUBLIC_KEY(psa_get_key_type(source)) ||
        (psa_get_key_usage_flags(source) & PSA_KEY_USAGE_EXPORT) != 0) {
        return PSA_SUCCESS;
    }
    return reason(PSA_ERROR_NOT_PERMITTED, REASON_KEY_COPY_LOCATION, from, to);
}

/* Between locations the key travels in its export format, in memory that is wiped. */
static psa_status_t copy_across(struct dispatch_key *source, struct key_creation *creation)
{
    const psa_key_attributes_t *attributes = source->key.attributes;
    size_t size = PSA_EXPORT_KEY_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes));
    size_t length = 0;
    size_t bits = psa_get_key_bits(attributes);
    uint8_t *data = platform_secret_allocate(size);
    if (data == NULL) {
        return api_no_memory(size);
    }
    psa_status_t status = dispatch_key_export(source, data, size, &length);
    if (status == PSA_SUCCESS) {
        status = dispatch_key_import(&creation->attributes, creation->owner, data, length,
                                     creation->blob, creation->blob_size, &creation->blob_length, &bits);
    }
    platform_secret_free(data, size);
    return status;
}

/* What the target's driver will be given. An opaque blob says nothing of the length of the key. */
static size_t copy_length(const struct dispatch_key *source, psa_key_location_t from, psa_key_location_t to)
{
    const psa_key_attributes_t *attributes = source->key.attributes;
    if (from == to || from == PSA_KEY_LOCATION_LOCAL_STORAGE) {
        return source->key.length;
    }
    return PSA_EXPORT_KEY_OUTPUT_SIZE(psa_get_key_type(attributes), psa_get_key_bits(attributes));
}

static psa_status_t copy_held(const struct caller *caller, const struct key_ref *source, const psa_key_attributes_t *wanted,
                              psa_key_id_t *target_key)
{
    struct key_creation creation;
    psa_key_attributes_t attributes = *wanted;
    const psa_key_attributes_t *own = source->key->key.attributes;
    psa_key_location_t from = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(own));
    psa_key_location_t to = PSA_KEY_LIFETIME_GET_LOCATION(psa_get_key_lifetime(wanted));
    psa_status_t status = copy_type(&attributes, own);
    key_creation_none(&creation);
    if (status == PSA_SUCCESS) {
        status = copy_policy(&attributes, own);
    }
    if (status == PSA_SUCCESS) {
        status = check_leaving(own, from, to);
    }
    if (status == PSA_SUCCESS) {
        status = key_creation_start(&creation, caller, &attributes, KEY_CREATION_COPY, copy_length(source->key, from, to));
    }
    if (status == PSA_SUCCESS) {
        status = from != to ? copy_across(source->key, &creation)
                            : dispatch_key_copy(source->key, &creation.attributes, creation.owner,
                                                creation.blob, creation.blob_size, &creation.blob_length);
    }
    return key_creation_finish(&creation, status, target_key);
}

psa_status_t api_copy_key(const struct caller *caller, psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key)
{
    struct key_ref source = KEY_REF_NONE;
    *target_key = PSA_KEY_ID_NULL;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&source, caller, source_key, PSA_KEY_USAGE_COPY, PSA_ALG_NONE);
    }
    if (status == PSA_SUCCESS) {
        status = copy_held(caller, &source, attributes, target_key);
    }
    return key_store_release(&source, status);
}

psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes, psa_key_id_t *target_key)
{
    return reason_close(api_copy_key(CALLER_SELF, source_key, attributes, target_key));
}

/* ---- Attach ---- */

static int limit_algorithm(psa_algorithm_t *own, psa_algorithm_t asked)
{
    if (asked == PSA_ALG_NONE) {
        *own = PSA_ALG_NONE;
    }
    return policy_intersect(asked, *own, own);
}

/* Both sets of restrictions apply, whatever the element made of those that were asked for. */
static psa_status_t limit_policy(psa_key_attributes_t *own, const psa_key_attributes_t *asked)
{
    psa_key_usage_t usage = psa_get_key_usage_flags(own), asked_usage = psa_get_key_usage_flags(asked);
    psa_algorithm_t alg = own->private_alg;
    if (!limit_algorithm(&own->private_alg, asked->private_alg) || !limit_algorithm(&own->private_alg2, asked->private_alg2)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_COPY_POLICY, alg, asked->private_alg);
    }
    psa_set_key_usage_flags(own, (usage | usage_implied(usage)) & (asked_usage | usage_implied(asked_usage)));
    return PSA_SUCCESS;
}

static psa_status_t attach(struct key_creation *creation, const psa_key_attributes_t *asked, const uint8_t *label, size_t label_length)
{
    const psa_key_id_t id = psa_get_key_id(&creation->attributes);
    psa_status_t status = dispatch_key_attach(&creation->attributes, creation->owner, label, label_length,
                                              creation->blob, creation->blob_size, &creation->blob_length);
    /* Type, size and policy may be the element's own; where the key is and what it is called are not. */
    psa_set_key_lifetime(&creation->attributes, psa_get_key_lifetime(asked));
    creation->attributes.private_id = id; /* psa_set_key_id() would make it persistent */
    if (status == PSA_SUCCESS) {
        status = limit_policy(&creation->attributes, asked);
        if (status != PSA_SUCCESS) {
            const struct psacrypto_key key = { &creation->attributes, creation->owner, creation->blob, creation->blob_length, NULL };
            (void)dispatch_key_detach(&key);
        }
    }
    return status;
}

psa_status_t api_attach_key(const struct caller *caller, const psa_key_attributes_t *attributes,
                            const uint8_t *label, size_t label_length, psa_key_id_t *key)
{
    struct key_creation creation;
    key_creation_none(&creation);
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(label, label_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = key_creation_start(&creation, caller, attributes, KEY_CREATION_ATTACH, 0);
    }
    if (status == PSA_SUCCESS) {
        status = attach(&creation, attributes, label, label_length);
    }
    return key_creation_finish(&creation, status, key);
}

psa_status_t psa_attach_key(const psa_key_attributes_t *attributes, const uint8_t *label, size_t label_length, psa_key_id_t *key)
{
    return reason_close(api_attach_key(CALLER_SELF, attributes, label, label_length, key));
}
