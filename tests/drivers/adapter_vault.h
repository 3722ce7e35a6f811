/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An opaque driver with the prefix "vault", written to the signatures of the PSA Crypto Driver Interface and to nothing else:
 * a few slots in its persistent state, one built-in key in slot 3, and HMAC. A key context is the number of the slot.
 */
#ifndef TESTS_ADAPTER_VAULT_H
#define TESTS_ADAPTER_VAULT_H

#include <string.h>

#include <psacrypto/driver.h>

#define VAULT_SLOTS 4u
#define VAULT_BUILTIN 3u

struct vault_slot {
    uint8_t used;
    uint8_t length;
    uint8_t bytes[62];
};

/* What the Driver Interface has the core provide. */
psa_status_t psa_crypto_driver_get_persistent_state(uint8_t **persistent_state_ptr);
psa_status_t psa_crypto_driver_commit_persistent_state(size_t from, size_t length);

typedef struct {
    uint8_t number;
    uint8_t reserved[7];
} vault_key_context_t;

static psa_status_t vault_slot(struct vault_slot **slot, uint8_t number)
{
    uint8_t *state = NULL;
    psa_status_t status = psa_crypto_driver_get_persistent_state(&state);
    *slot = (struct vault_slot *)(void *)(state + number * sizeof(struct vault_slot));
    return number >= VAULT_SLOTS ? PSA_ERROR_DOES_NOT_EXIST : status;
}

static psa_status_t vault_commit(uint8_t number)
{
    return psa_crypto_driver_commit_persistent_state(number * sizeof(struct vault_slot), sizeof(struct vault_slot));
}

static psa_status_t vault_init(void)
{
    return PSA_SUCCESS;
}

static psa_status_t vault_allocate_key(const psa_key_attributes_t *attributes, uint8_t *key_buffer, size_t key_buffer_size)
{
    struct vault_slot *slot;
    (void)attributes, (void)key_buffer_size;
    for (uint8_t number = 0; number < VAULT_BUILTIN; number++) {
        psa_status_t status = vault_slot(&slot, number);
        if (status != PSA_SUCCESS) {
            return status;
        }
        if (!slot->used) {
            key_buffer[0] = number;
            return PSA_SUCCESS;
        }
    }
    return PSA_ERROR_INSUFFICIENT_STORAGE;
}

static psa_status_t vault_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                                     uint8_t *key_buffer, size_t key_buffer_size, size_t *key_buffer_length, size_t *bits)
{
    struct vault_slot *slot;
    (void)attributes;
    psa_status_t status = vault_slot(&slot, key_buffer[0]);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (data_length > sizeof(slot->bytes)) {
        return PSA_ERROR_NOT_SUPPORTED;
    }
    slot->used = 1;
    slot->length = (uint8_t)data_length;
    memcpy(slot->bytes, data, data_length);
    *bits = 8u * data_length;
    *key_buffer_length = key_buffer_size;
    return vault_commit(key_buffer[0]);
}

static psa_status_t vault_generate_key(const psa_key_attributes_t *attributes, uint8_t *key_buffer, size_t key_buffer_size,
                                       size_t *key_buffer_length)
{
    uint8_t data[32];
    size_t bits = 0;
    memset(data, 0x77, sizeof(data)); /* a toy */
    return vault_import_key(attributes, data, psa_get_key_bits(attributes) / 8u, key_buffer, key_buffer_size, key_buffer_length, &bits);
}

static psa_status_t vault_export_key(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                     uint8_t *data, size_t data_size, size_t *data_length)
{
    struct vault_slot *slot;
    (void)key_buffer_size;
    psa_status_t status = vault_slot(&slot, key_buffer[0]);
    if ((psa_get_key_usage_flags(attributes) & PSA_KEY_USAGE_EXPORT) == 0) {
        return PSA_ERROR_NOT_PERMITTED;
    }
    if (status != PSA_SUCCESS || !slot->used || data_size < slot->length) {
        return status != PSA_SUCCESS ? status : slot->used ? PSA_ERROR_BUFFER_TOO_SMALL : PSA_ERROR_DOES_NOT_EXIST;
    }
    memcpy(data, slot->bytes, slot->length);
    *data_length = slot->length;
    return PSA_SUCCESS;
}

static psa_status_t vault_export_public_key(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                            uint8_t *data, size_t data_size, size_t *data_length)
{
    (void)attributes, (void)key_buffer, (void)key_buffer_size, (void)data, (void)data_size, (void)data_length;
    return PSA_ERROR_INVALID_ARGUMENT;
}

/* Not const, as some drivers have it. */
static psa_status_t vault_copy_key(psa_key_attributes_t *attributes, const uint8_t *source_key, size_t source_key_length,
                                   uint8_t *key_buffer, size_t key_buffer_size, size_t *key_buffer_length)
{
    struct vault_slot *source;
    size_t bits = 0;
    (void)source_key_length;
    psa_status_t status = vault_slot(&source, source_key[0]);
    return status != PSA_SUCCESS ? status : vault_import_key(attributes, source->bytes, source->length, key_buffer, key_buffer_size,
                                                             key_buffer_length, &bits);
}

static psa_status_t vault_destroy_key(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size)
{
    struct vault_slot *slot;
    (void)attributes, (void)key_buffer_size;
    psa_status_t status = vault_slot(&slot, key_buffer[0]);
    if (status != PSA_SUCCESS) {
        return status;
    }
    if (!slot->used) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    memset(slot, 0, sizeof(*slot));
    return vault_commit(key_buffer[0]);
}

static psa_status_t vault_get_builtin_key(psa_drv_slot_number_t slot_number, psa_key_attributes_t *attributes,
                                          uint8_t *key_buffer, size_t key_buffer_size, size_t *key_buffer_length)
{
    if (slot_number != VAULT_BUILTIN) {
        return PSA_ERROR_DOES_NOT_EXIST;
    }
    psa_set_key_type(attributes, PSA_KEY_TYPE_HMAC);
    psa_set_key_bits(attributes, 128);
    psa_set_key_usage_flags(attributes, PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_set_key_algorithm(attributes, PSA_ALG_HMAC(PSA_ALG_SHA_256));
    if (key_buffer_size < sizeof(vault_key_context_t)) {
        return PSA_ERROR_BUFFER_TOO_SMALL;
    }
    memset(key_buffer, 0, key_buffer_size);
    key_buffer[0] = VAULT_BUILTIN;
    *key_buffer_length = sizeof(vault_key_context_t);
    return PSA_SUCCESS;
}

static psa_status_t vault_mac_compute(const psa_key_attributes_t *attributes, const uint8_t *key_buffer, size_t key_buffer_size,
                                      psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                                      uint8_t *mac, size_t mac_size, size_t *mac_length)
{
    struct vault_slot *slot;
    (void)key_buffer_size;
    psa_status_t status = vault_slot(&slot, key_buffer[0]);
    if (status != PSA_SUCCESS || (psa_get_key_usage_flags(attributes) & PSA_KEY_USAGE_SIGN_MESSAGE) == 0) {
        return status != PSA_SUCCESS ? status : PSA_ERROR_NOT_PERMITTED;
    }
    struct psacrypto_key key = { attributes, 0, slot->bytes, slot->length, NULL };
    return psacrypto_software_driver.mac->compute(NULL, &key, alg, input, input_length, mac, mac_size, mac_length);
}

#endif
