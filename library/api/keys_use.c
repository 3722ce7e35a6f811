/* SPDX-License-Identifier: Apache-2.0 */
/* psa_export_key(), psa_get_key_attributes(), psa_destroy_key() and their kin. */
#include "api/keys.h"

psa_status_t api_export_key(const struct caller *caller, psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    *data_length = 0;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(data, data_size, 2);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, 0, PSA_ALG_NONE);
    }
    /* What is public may always be known. */
    if (status == PSA_SUCCESS && !PSA_KEY_TYPE_IS_PUBLIC_KEY(psa_get_key_type(ref.key->key.attributes))) {
        status = key_store_permits(&ref, PSA_KEY_USAGE_EXPORT, PSA_ALG_NONE);
    }
    if (status == PSA_SUCCESS) {
        status = dispatch_key_export(ref.key, data, data_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, data, data_size, length, data_length);
}

psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    return reason_close(api_export_key(CALLER_SELF, key, data, data_size, data_length));
}

static psa_status_t export_public(const struct key_ref *ref, uint8_t *data, size_t data_size, size_t *length)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    psa_key_type_t type = psa_get_key_type(attributes);
    if (!PSA_KEY_TYPE_IS_ASYMMETRIC(type)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
    }
    if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) {
        return dispatch_key_export(ref->key, data, data_size, length);
    }
    return dispatch_key_export_public(ref->key, data, data_size, length);
}

psa_status_t api_export_public_key(const struct caller *caller, psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    struct key_ref ref = KEY_REF_NONE;
    size_t length = 0;
    *data_length = 0;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(data, data_size, 2);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, 0, PSA_ALG_NONE);
    }
    if (status == PSA_SUCCESS) {
        status = export_public(&ref, data, data_size, &length);
    }
    status = key_store_release(&ref, status);
    return api_commit(status, data, data_size, length, data_length);
}

psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    return reason_close(api_export_public_key(CALLER_SELF, key, data, data_size, data_length));
}

psa_status_t api_get_key_attributes(const struct caller *caller, psa_key_id_t key, psa_key_attributes_t *attributes)
{
    psa_reset_key_attributes(attributes);
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? key_store_attributes(caller, key, attributes) : status;
}

psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes)
{
    return reason_close(api_get_key_attributes(CALLER_SELF, key, attributes));
}

/* ---- Could it be done? ---- */

#define MANAGEMENT_USAGES (PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY | PSA_KEY_USAGE_CACHE)

static psa_status_t check_question(psa_algorithm_t alg, psa_key_usage_t usage)
{
    if (usage == 0 || (usage & (usage - 1u)) != 0 || (usage & ~(USAGE_ALL | PSA_KEY_USAGE_DERIVE_PUBLIC)) != 0) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_USAGE_UNKNOWN, usage, 0);
    }
    if ((usage & MANAGEMENT_USAGES) != 0) {
        return alg == PSA_ALG_NONE ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, 0);
    }
    if (!algorithm_is_specific(alg)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_INVALID, alg, 0);
    }
    return (algorithm_usages(alg) & usage) != 0 ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_ALGORITHM_KIND, alg, usage);
}

/* The peer of an agreement needs no permission, for anybody can export a public key; that of a PAKE needs DERIVE. */
static psa_status_t check_public_role(const struct key_ref *ref, psa_algorithm_t alg)
{
    const psa_key_attributes_t *attributes = ref->key->key.attributes;
    psa_key_type_t type = psa_get_key_type(attributes);
    if (!PSA_ALG_IS_KEY_AGREEMENT(alg)) {
        return key_store_permits(ref, PSA_KEY_USAGE_DERIVE, alg);
    }
    return algorithm_fits_key(alg, type, psa_get_key_bits(attributes))
        ? PSA_SUCCESS : reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_ALGORITHM, type, alg);
}

/* The secret role of an agreement or a PAKE needs the private part. */
static psa_status_t check_secret_role(const struct key_ref *ref, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_type_t type = psa_get_key_type(ref->key->key.attributes);
    psa_status_t status = key_store_permits(ref, usage, alg);
    if (status == PSA_SUCCESS && usage == PSA_KEY_USAGE_DERIVE && PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) {
        status = reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
    }
    return status;
}

psa_status_t api_check_key_usage(const struct caller *caller, psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage)
{
    struct key_ref ref = KEY_REF_NONE;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = check_question(alg, usage);
    }
    if (status == PSA_SUCCESS) {
        status = key_store_acquire(&ref, caller, key, 0, PSA_ALG_NONE);
    }
    if (status == PSA_SUCCESS) {
        status = usage == PSA_KEY_USAGE_DERIVE_PUBLIC ? check_public_role(&ref, alg) : check_secret_role(&ref, alg, usage);
    }
    if (status == PSA_SUCCESS && alg != PSA_ALG_NONE) {
        status = dispatch_supports(ref.key, alg);
    }
    return key_store_release(&ref, status);
}

psa_status_t psa_check_key_usage(psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage)
{
    return reason_close(api_check_key_usage(CALLER_SELF, key, alg, usage));
}

/* ---- The end of a key ---- */

psa_status_t api_destroy_key(const struct caller *caller, psa_key_id_t key)
{
    psa_status_t status = api_check_open();
    if (status != PSA_SUCCESS || key == PSA_KEY_ID_NULL) {
        return status;
    }
    return key_store_destroy(caller, key);
}

psa_status_t psa_destroy_key(psa_key_id_t key)
{
    return reason_close(api_destroy_key(CALLER_SELF, key));
}

psa_status_t api_purge_key(const struct caller *caller, psa_key_id_t key)
{
    psa_status_t status = api_check_open();
    return status == PSA_SUCCESS ? key_store_purge(caller, key) : status;
}

psa_status_t psa_purge_key(psa_key_id_t key)
{
    return reason_close(api_purge_key(CALLER_SELF, key));
}

psa_status_t api_key_from_secret(const struct caller *caller, const psa_key_attributes_t *attributes,
                                 const uint8_t *secret, size_t secret_length, psa_key_id_t *key)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    size_t bits = psa_get_key_bits(attributes);
    *key = PSA_KEY_ID_NULL;
    if (key_type_exists(type) && PSA_KEY_TYPE_IS_ASYMMETRIC(type)) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_TYPE_FOR_CALL, type, 0);
    }
    if (bits != 0 && bits != 8u * secret_length) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_LENGTH, bits, secret_length);
    }
    return api_import_key(caller, attributes, secret, secret_length, key);
}
