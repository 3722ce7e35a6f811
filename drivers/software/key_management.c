/* SPDX-License-Identifier: Apache-2.0 */
/* Keys come and go: finds the kind of the key and does what is common to all. */
#include <psacrypto/config.h>

#include "software/key_type.h"
#include "software/pake/sae_group.h"
#include "software/pake/spake2p.h"
#include "software/software.h"
#include "util/bytes.h"
#include "util/zeroise.h"

static const struct sw_key_type *const key_types[] = {
    &sw_key_type_unstructured,
#if PSA_WANT_KEY_TYPE_DES
    &sw_key_type_des,
#endif
#if PSA_WANT_KEY_TYPE_ECC_KEY_PAIR || PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY
    &sw_key_type_ecc,
#endif
#if PSA_WANT_KEY_TYPE_RSA_KEY_PAIR || PSA_WANT_KEY_TYPE_RSA_PUBLIC_KEY
    &sw_key_type_rsa,
#endif
#if PSA_WANT_KEY_TYPE_DH_KEY_PAIR || PSA_WANT_KEY_TYPE_DH_PUBLIC_KEY
    &sw_key_type_ffdh,
#endif
#if SW_HAS_SPAKE2P_KEYS
    &sw_key_type_spake2p,
#endif
#if SW_HAS_SAE
    &sw_key_type_sae_token,
#endif
    NULL,
};

static const struct sw_key_type *find(psa_key_type_t type)
{
    const struct sw_key_type *const *row = key_types;
    while (*row != NULL && !(*row)->matches(type)) {
        row++;
    }
    return *row;
}

static psa_status_t import(void *instance, const psa_key_attributes_t *attributes, int32_t owner, const uint8_t *data,
                           size_t data_length, uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    const struct sw_key_type *row = find(type);
    (void)instance;
    (void)owner;
    if (row == NULL || row->import == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (data_length == 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    if (blob_size < data_length) {
        psa_status_t status = row->import(type, data, data_length, bits);
        return status == PSA_SUCCESS ? PSA_ERROR_BUFFER_TOO_SMALL : status;
    }
    bytes_copy(blob, data, data_length); /* what is checked is what is kept, whoever else writes to data */
    psa_status_t status = row->import(type, blob, data_length, bits);
    if (status == PSA_SUCCESS) {
        *blob_length = data_length;
    } else {
        zeroise(blob, data_length);
    }
    return status;
}

/* The end of generate and derive: a length, or nothing of a key that was not made. */
static psa_status_t commit(psa_status_t status, struct sw_blob *blob, size_t *blob_length)
{
    if (status == PSA_SUCCESS) {
        *blob_length = blob->length;
    } else {
        zeroise(blob->data, blob->size);
    }
    return status;
}

static psa_status_t generate(void *instance, const psa_key_attributes_t *attributes, int32_t owner,
                             const psa_custom_key_parameters_t *custom, const uint8_t *custom_data,
                             size_t custom_data_length, uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    const struct sw_key_type *row = find(type);
    struct sw_custom parameters = { custom != NULL ? custom->flags : 0, custom_data, custom_data_length };
    struct sw_blob target = { blob, blob_size, 0 };
    (void)instance;
    (void)owner;
    if (row == NULL || row->generate == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return commit(row->generate(type, psa_get_key_bits(attributes), &parameters, &target), &target, blob_length);
}

static psa_status_t derive(void *instance, const psa_key_attributes_t *attributes, int32_t owner, psacrypto_draw_t draw,
                           void *source, uint8_t *blob, size_t blob_size, size_t *blob_length)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    const struct sw_key_type *row = find(type);
    struct sw_blob target = { blob, blob_size, 0 };
    (void)instance;
    (void)owner;
    if (row == NULL || row->derive == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    return commit(row->derive(type, psa_get_key_bits(attributes), draw, source, &target), &target, blob_length);
}

/* A public key is its own export. */
static psa_status_t copy_out(const struct psacrypto_key *key, uint8_t *data, size_t data_size, size_t *data_length)
{
    if (data_size < key->length) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    bytes_copy(data, key->blob, key->length);
    *data_length = key->length;
    return PSA_SUCCESS;
}

static psa_status_t export_public_key(void *instance, const struct psacrypto_key *key, uint8_t *data, size_t data_size,
                                      size_t *data_length)
{
    psa_key_type_t type = psa_get_key_type(key->attributes);
    const struct sw_key_type *row = find(type);
    (void)instance;
    if (row == NULL) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) {
        return copy_out(key, data, data_size, data_length);
    }
    if (!PSA_KEY_TYPE_IS_KEY_PAIR(type)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return row->export_public != NULL ? row->export_public(key, data, data_size, data_length) : PSA_ERROR_NOT_SUPPORTED;
}

static psa_status_t draw_random(void *source, uint8_t *output, size_t output_length)
{
    (void)source;
    return sw_random(output, output_length);
}

psa_status_t sw_generate_by_derive(const struct sw_key_type *row, psa_key_type_t type, size_t bits,
                                   const struct sw_custom *custom, struct sw_blob *blob)
{
    if (custom->flags != 0 || custom->length != 0) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    return row->derive(type, bits, draw_random, NULL, blob);
}

const struct psacrypto_key_management_entries sw_key_management_entries = {
    .import = import,
    .generate = generate,
    .derive = derive,
    .export_public_key = export_public_key,
};
