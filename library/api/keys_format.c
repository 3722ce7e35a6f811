/* SPDX-License-Identifier: Apache-2.0 */
/* Keys in the file formats of other software: psacrypto/keys.h. */
#include <psacrypto/keys.h>

#include "api/keys.h"
#include "formats/key.h"
#include "formats/pem.h"
#include "formats/pkcs8.h"
#include "formats/rsa.h"
#include "formats/spki.h"

/* ---- Import ---- */

typedef psa_status_t (*read_t)(struct formats_key *key, const uint8_t *der, size_t length);

static psa_status_t import_read(const struct caller *caller, const psa_key_attributes_t *asked,
                                const struct formats_key *read, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = *asked;
    psa_key_type_t type = psa_get_key_type(asked);
    size_t bits = psa_get_key_bits(asked);
    if (type != PSA_KEY_TYPE_NONE && type != read->type) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_DATA, type, 0);
    }
    if (bits != 0 && read->bits != 0 && bits != read->bits) {
        return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_ATTRIBUTES, read->type, read->bits);
    }
    psa_set_key_type(&attributes, read->type);
    psa_set_key_bits(&attributes, bits != 0 ? bits : read->bits);
    return api_import_key(caller, &attributes, read->data, read->length, key);
}

static psa_status_t import_der(const struct caller *caller, const psa_key_attributes_t *attributes, read_t read,
                               const uint8_t *data, size_t data_length, psa_key_id_t *key)
{
    struct formats_key parsed;
    psa_status_t status = read(&parsed, data, data_length);
    if (status == PSA_ERROR_NOT_SUPPORTED) {
        status = reason(status, REASON_KEY_TYPE_UNSUPPORTED, psa_get_key_type(attributes), 0);
    } else if (status != PSA_SUCCESS) {
        status = reason(status, REASON_KEY_DATA, psa_get_key_type(attributes), 0);
    } else {
        status = import_read(caller, attributes, &parsed, key);
    }
    ZEROISE(parsed);
    return status;
}

psa_status_t psacrypto_import_key_der(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                                      psa_key_id_t *key)
{
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(data, data_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = import_der(CALLER_SELF, attributes, formats_read_key, data, data_length, key);
    }
    return reason_close(status);
}

/* Labels (RFC 7468, 10, 11, 13) and what lies under them. read is NULL for an encrypted key. */
static const struct {
    const char *label;
    read_t read;
} labels[] = {
    { "PRIVATE KEY", pkcs8_read },
    { "PUBLIC KEY", spki_read },
    { "EC PRIVATE KEY", pkcs8_read_ec },
    { "RSA PRIVATE KEY", rsa_read_private },
    { "RSA PUBLIC KEY", rsa_read_public },
    { "ENCRYPTED PRIVATE KEY", NULL },
};

#define LABELS (sizeof labels / sizeof labels[0])

/* The first block whose label is in the table; *label: its row. */
static psa_status_t find_block(struct pem_block *block, size_t *label, const char *text, size_t text_length)
{
    size_t at = 0;
    psa_status_t status;
    while ((status = pem_next(block, text, text_length, &at)) == PSA_SUCCESS) {
        for (*label = 0; *label < LABELS; ++*label) {
            if (pem_has_label(block, labels[*label].label)) {
                return PSA_SUCCESS;
            }
        }
    }
    return reason(PSA_ERROR_INVALID_ARGUMENT, REASON_KEY_DATA, 0, 0);
}

static psa_status_t import_block(const struct caller *caller, const psa_key_attributes_t *attributes, read_t read,
                                 const struct pem_block *block, psa_key_id_t *key)
{
    size_t size = PEM_DECODED_SIZE(block->body_length);
    size_t length = 0;
    uint8_t *der = platform_secret_allocate(size);
    if (der == NULL) {
        return api_no_memory(size);
    }
    psa_status_t status = pem_decode(der, size, &length, block);
    if (status == PSA_SUCCESS) {
        status = import_der(caller, attributes, read, der, length, key);
    } else {
        status = reason(status, REASON_KEY_DATA, psa_get_key_type(attributes), 0);
    }
    platform_secret_free(der, size);
    return status;
}

static psa_status_t import_pem(const struct caller *caller, const psa_key_attributes_t *attributes,
                               const char *text, size_t text_length, psa_key_id_t *key)
{
    struct pem_block block;
    size_t label;
    psa_status_t status = find_block(&block, &label, text, text_length);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (labels[label].read == NULL) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_ENCRYPTED, 0, 0);
    }
    return import_block(caller, attributes, labels[label].read, &block, key);
}

psa_status_t psacrypto_import_key_pem(const psa_key_attributes_t *attributes, const char *text, size_t text_length,
                                      psa_key_id_t *key)
{
    *key = PSA_KEY_ID_NULL;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(text, text_length, 2);
    }
    if (status == PSA_SUCCESS) {
        status = import_pem(CALLER_SELF, attributes, text, text_length, key);
    }
    return reason_close(status);
}

/* ---- Export ---- */

/* A key on its way out, in one piece of secret memory: its bare forms, and its DER. */
struct export {
    psa_key_type_t type;
    size_t bits;
    uint8_t *memory;
    size_t memory_size;
    uint8_t *private_key, *public_key, *der;
    size_t private_size, public_size, der_size;
    size_t private_length, public_length, der_length;
};

static psa_status_t export_start(struct export *export, const struct caller *caller, psa_key_id_t key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_status_t status = api_get_key_attributes(caller, key, &attributes);
    if (status != PSA_SUCCESS) {
        return status;
    }
    export->type = psa_get_key_type(&attributes);
    export->bits = psa_get_key_bits(&attributes);
    if (!PSA_KEY_TYPE_IS_ASYMMETRIC(export->type)) {
        return reason(PSA_ERROR_NOT_SUPPORTED, REASON_KEY_TYPE_FOR_CALL, export->type, 0);
    }
    export->private_size = PSA_EXPORT_KEY_OUTPUT_SIZE(export->type, export->bits);
    export->public_size = PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(export->type, export->bits);
    export->der_size = PSACRYPTO_KEY_DER_SIZE(export->type, export->bits);
    export->memory_size = export->private_size + export->public_size + export->der_size;
    export->memory = platform_secret_allocate(export->memory_size);
    if (export->memory == NULL) {
        return api_no_memory(export->memory_size);
    }
    export->private_key = export->memory;
    export->public_key = export->private_key + export->private_size;
    export->der = export->public_key + export->public_size;
    return PSA_SUCCESS;
}

static void export_end(struct export *export)
{
    if (export->memory != NULL) {
        platform_secret_free(export->memory, export->memory_size);
    }
}

static psa_status_t export_write(struct export *export, int with_private)
{
    psa_status_t status =
        with_private ? pkcs8_write(export->der, export->der_size, &export->der_length, export->type, export->bits,
                                   export->private_key, export->private_length, export->public_key, export->public_length)
                     : spki_write(export->der, export->der_size, &export->der_length, export->type, export->bits,
                                  export->public_key, export->public_length);
    return status == PSA_SUCCESS ? status : reason(status, REASON_KEY_TYPE_UNSUPPORTED, export->type, export->bits);
}

/* Fills export->der. A public key has no private part to be exported with. */
static psa_status_t export_run(struct export *export, const struct caller *caller, psa_key_id_t key, int *with_private)
{
    psa_status_t status = export_start(export, caller, key);
    if (status != PSA_SUCCESS) {
        return status;
    }
    *with_private = *with_private && PSA_KEY_TYPE_IS_KEY_PAIR(export->type);
    if (*with_private) {
        status = api_export_key(caller, key, export->private_key, export->private_size, &export->private_length);
    }
    if (status == PSA_SUCCESS) {
        status = api_export_public_key(caller, key, export->public_key, export->public_size, &export->public_length);
    }
    return status == PSA_SUCCESS ? export_write(export, *with_private) : status;
}

static psa_status_t export_der(const struct caller *caller, psa_key_id_t key, int with_private,
                               uint8_t *data, size_t data_size, size_t *data_length)
{
    struct export export = { .memory = NULL };
    *data_length = 0;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(data, data_size, 2);
    }
    if (status == PSA_SUCCESS) {
        status = export_run(&export, caller, key, &with_private);
    }
    if (status == PSA_SUCCESS) {
        status = api_check_size(data_size, export.der_length);
    }
    if (status == PSA_SUCCESS) {
        memcpy(data, export.der, export.der_length);
        *data_length = export.der_length;
    }
    export_end(&export);
    return status;
}

static psa_status_t export_pem(const struct caller *caller, psa_key_id_t key, int with_private,
                               char *text, size_t text_size, size_t *text_length)
{
    struct export export = { .memory = NULL };
    const char *label = NULL;
    size_t length = 0;
    *text_length = 0;
    psa_status_t status = api_check_open();
    if (status == PSA_SUCCESS) {
        status = api_check_pointer(text, text_size, 2);
    }
    if (status == PSA_SUCCESS) {
        status = export_run(&export, caller, key, &with_private);
    }
    if (status == PSA_SUCCESS) {
        label = with_private ? "PRIVATE KEY" : "PUBLIC KEY";
        length = pem_encoded_length(label, export.der_length);
        status = api_check_size(text_size, length + 1u);
    }
    if (status == PSA_SUCCESS) {
        pem_encode(text, label, export.der, export.der_length);
        text[length] = '\0';
        *text_length = length;
    }
    export_end(&export);
    return status;
}

psa_status_t psacrypto_export_key_der(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    return reason_close(export_der(CALLER_SELF, key, 1, data, data_size, data_length));
}

psa_status_t psacrypto_export_public_key_der(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length)
{
    return reason_close(export_der(CALLER_SELF, key, 0, data, data_size, data_length));
}

psa_status_t psacrypto_export_key_pem(psa_key_id_t key, char *text, size_t text_size, size_t *text_length)
{
    return reason_close(export_pem(CALLER_SELF, key, 1, text, text_size, text_length));
}

psa_status_t psacrypto_export_public_key_pem(psa_key_id_t key, char *text, size_t text_size, size_t *text_length)
{
    return reason_close(export_pem(CALLER_SELF, key, 0, text, text_size, text_length));
}
