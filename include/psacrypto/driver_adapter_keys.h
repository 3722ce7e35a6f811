/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/driver_adapter_keys.h
 * \brief Adapters for key management. Include <psacrypto/driver_adapter.h>, never this file.
 */
#ifndef PSACRYPTO_DRIVER_ADAPTER_KEYS_H
#define PSACRYPTO_DRIVER_ADAPTER_KEYS_H

#include <psacrypto/driver_adapter.h>

#ifndef PSA_DRV_SLOT_NUMBER_DEFINED
#define PSA_DRV_SLOT_NUMBER_DEFINED
typedef uint64_t psa_drv_slot_number_t;
#endif

/** Built-in keys: slot number 0 of the Driver Interface is this key identifier, 1 the next one. */
#define PSACRYPTO_ADAPT_BUILTIN_MIN ((psa_key_id_t)0x7fff0000)
#define PSACRYPTO_ADAPT_BUILTIN_MAX ((psa_key_id_t)0x7fffefff)

/* ---- Key management ---- */

#define PSACRYPTO_ADAPT_ENTRY_IMPORT_KEY(name, prefix) \
    static psa_status_t name##_adapted_import_key(void *instance, const psa_key_attributes_t *attributes, int32_t owner, \
                                                  const uint8_t *data, size_t data_length, \
                                                  uint8_t *blob, size_t blob_size, size_t *blob_length, size_t *bits) \
    { \
        (void)instance; \
        (void)owner; \
        return !PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_ADAPT_KEYS, PSA_ALG_NONE, attributes) \
                   ? PSA_ERROR_NOT_SUPPORTED \
                   : prefix##_import_key(attributes, data, data_length, blob, blob_size, blob_length, bits); \
    }

/* The Driver Interface knows no custom parameters. */
#define PSACRYPTO_ADAPT_ENTRY_GENERATE_KEY(name, prefix) \
    static psa_status_t name##_adapted_generate_key(void *instance, const psa_key_attributes_t *attributes, int32_t owner, \
                                                    const psa_custom_key_parameters_t *custom, \
                                                    const uint8_t *custom_data, size_t custom_data_length, \
                                                    uint8_t *blob, size_t blob_size, size_t *blob_length) \
    { \
        (void)instance; \
        (void)owner; \
        (void)custom_data; \
        if (!PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_ADAPT_KEYS, PSA_ALG_NONE, attributes) || \
            custom_data_length != 0 || (custom != NULL && custom->flags != 0)) { \
            return PSA_ERROR_NOT_SUPPORTED; \
        } \
        return prefix##_generate_key(attributes, blob, blob_size, blob_length); \
    }

/* what is key or public_key. */
#define PSACRYPTO_ADAPT_ENTRY_EXPORT(name, prefix, what) \
    static psa_status_t name##_adapted_export_##what(void *instance, const struct psacrypto_key *key, \
                                                     uint8_t *data, size_t data_size, size_t *data_length) \
    { \
        (void)instance; \
        return !PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_ADAPT_KEYS, PSA_ALG_NONE, key->attributes) \
                   ? PSA_ERROR_NOT_SUPPORTED \
                   : prefix##_export_##what(PSACRYPTO_ADAPT_KEY(key), data, data_size, data_length); \
    }

/* The attributes are those of the copy. Given as a copy of their own: drivers declare them const or not. */
#define PSACRYPTO_ADAPT_ENTRY_COPY_KEY(name, prefix) \
    static psa_status_t name##_adapted_copy_key(void *instance, const struct psacrypto_key *source, \
                                                const psa_key_attributes_t *attributes, int32_t owner, \
                                                uint8_t *blob, size_t blob_size, size_t *blob_length) \
    { \
        psa_key_attributes_t target = *attributes; \
        (void)instance; \
        (void)owner; \
        return !PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_ADAPT_KEYS, PSA_ALG_NONE, attributes) \
                   ? PSA_ERROR_NOT_SUPPORTED \
                   : prefix##_copy_key(&target, source->blob, source->length, blob, blob_size, blob_length); \
    }

/* allocate_key says nothing of a length: it fills the whole key context. */
#define PSACRYPTO_ADAPT_ENTRY_ALLOCATE_KEY(name, prefix) \
    static psa_status_t name##_adapted_allocate_key(void *instance, const psa_key_attributes_t *attributes, int32_t owner, \
                                                    uint8_t *blob, size_t blob_size, size_t *blob_length) \
    { \
        (void)instance; \
        (void)owner; \
        if (!PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_ADAPT_KEYS, PSA_ALG_NONE, attributes)) { \
            return PSA_ERROR_NOT_SUPPORTED; \
        } \
        memset(blob, 0, blob_size); \
        psa_status_t status = prefix##_allocate_key(attributes, blob, blob_size); \
        *blob_length = status == PSA_SUCCESS ? blob_size : 0; \
        return status; \
    }

/* A key that is gone already counts as destroyed: after a crash the library asks again. */
#define PSACRYPTO_ADAPT_ENTRY_DESTROY_KEY(name, prefix) \
    static psa_status_t name##_adapted_destroy_key(void *instance, const struct psacrypto_key *key) \
    { \
        (void)instance; \
        psa_status_t status = key->length == 0 ? PSA_SUCCESS : prefix##_destroy_key(PSACRYPTO_ADAPT_KEY(key)); \
        return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status; \
    }

#define PSACRYPTO_ADAPT_ENTRY_GET_BUILTIN_KEY(name, prefix) \
    static psa_status_t name##_adapted_builtin_key(void *instance, psa_key_attributes_t *attributes, int32_t owner, \
                                                   uint8_t *blob, size_t blob_size, size_t *blob_length) \
    { \
        psa_key_id_t id = psa_get_key_id(attributes); \
        psa_key_attributes_t found = PSA_KEY_ATTRIBUTES_INIT; \
        (void)instance; \
        (void)owner; \
        if (id < PSACRYPTO_ADAPT_BUILTIN_MIN || id > PSACRYPTO_ADAPT_BUILTIN_MAX) { \
            return PSA_ERROR_DOES_NOT_EXIST; \
        } \
        psa_set_key_lifetime(&found, psa_get_key_lifetime(attributes)); \
        psa_status_t status = prefix##_get_builtin_key((psa_drv_slot_number_t)(id - PSACRYPTO_ADAPT_BUILTIN_MIN), &found, \
                                                       blob, blob_size, blob_length); \
        if (status == PSA_SUCCESS) { \
            psa_set_key_id(&found, id); \
            *attributes = found; \
        } \
        return status; \
    }

/** A transparent driver: import_key, generate_key and export_public_key. Defines `<name>_key_management_entries`. */
#define PSACRYPTO_ADAPT_KEY_MANAGEMENT_TRANSPARENT(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_IMPORT_KEY(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_GENERATE_KEY(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_EXPORT(name, prefix, public_key) \
    static const struct psacrypto_key_management_entries name##_key_management_entries = { \
        .import = name##_adapted_import_key, \
        .generate = name##_adapted_generate_key, \
        .export_public_key = name##_adapted_export_public_key, \
    };

#define PSACRYPTO_ADAPT_ENTRIES_OPAQUE(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_IMPORT_KEY(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_GENERATE_KEY(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_EXPORT(name, prefix, key) \
    PSACRYPTO_ADAPT_ENTRY_EXPORT(name, prefix, public_key) \
    PSACRYPTO_ADAPT_ENTRY_COPY_KEY(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_GET_BUILTIN_KEY(name, prefix)

/** An opaque driver without storage: import_key, generate_key, export_key, export_public_key, copy_key, get_builtin_key. */
#define PSACRYPTO_ADAPT_KEY_MANAGEMENT_WRAPPED(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_OPAQUE(name, prefix) \
    static const struct psacrypto_key_management_entries name##_key_management_entries = { \
        .import = name##_adapted_import_key, \
        .generate = name##_adapted_generate_key, \
        .export_key = name##_adapted_export_key, \
        .export_public_key = name##_adapted_export_public_key, \
        .copy = name##_adapted_copy_key, \
        .builtin = name##_adapted_builtin_key, \
    };

/** An opaque driver with storage: the same, and allocate_key and destroy_key. */
#define PSACRYPTO_ADAPT_KEY_MANAGEMENT_STORED(name, prefix) \
    PSACRYPTO_ADAPT_ENTRIES_OPAQUE(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_ALLOCATE_KEY(name, prefix) \
    PSACRYPTO_ADAPT_ENTRY_DESTROY_KEY(name, prefix) \
    static const struct psacrypto_key_management_entries name##_key_management_entries = { \
        .allocate = name##_adapted_allocate_key, \
        .import = name##_adapted_import_key, \
        .generate = name##_adapted_generate_key, \
        .export_key = name##_adapted_export_key, \
        .export_public_key = name##_adapted_export_public_key, \
        .copy = name##_adapted_copy_key, \
        .destroy = name##_adapted_destroy_key, \
        .builtin = name##_adapted_builtin_key, \
    };

/* Bits that are not known before an import are those of the data: right for keys that are bytes. */
static inline size_t psacrypto_adapter_bits(const psa_key_attributes_t *attributes, size_t data_length)
{
    size_t bits = psa_get_key_bits(attributes);
    return bits != 0 ? bits : 8u * data_length;
}

/**
 * The properties of "key_context" in the driver's description, in this order: base_size, key_pair_size,
 * public_key_size, symmetric_factor, store_public_key (0 or 1). Defines `<name>_blob_size`.
 */
#define PSACRYPTO_ADAPT_KEY_CONTEXT(name, base, pair, public_key, factor, store_public_key) \
    static size_t name##_blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length) \
    { \
        psa_key_type_t type = psa_get_key_type(attributes); \
        size_t bits = psacrypto_adapter_bits(attributes, data_length); \
        (void)instance; \
        if (type == PSA_KEY_TYPE_NONE) { \
            return (base); \
        } \
        if (!PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_ADAPT_KEYS, PSA_ALG_NONE, attributes)) { \
            return 0; \
        } \
        if (PSA_KEY_TYPE_IS_KEY_PAIR(type)) { \
            return (base) + (pair) + ((store_public_key) != 0 ? PSA_EXPORT_PUBLIC_KEY_MAX_SIZE : 0u); \
        } \
        return (base) + (PSA_KEY_TYPE_IS_PUBLIC_KEY(type) ? (public_key) : (factor) * ((bits + 7u) / 8u)); \
    }

/** "size_function" of "key_context": function(type, bits). Defines `<name>_blob_size`. */
#define PSACRYPTO_ADAPT_SIZE_FUNCTION(name, function) \
    static size_t name##_blob_size(void *instance, const psa_key_attributes_t *attributes, size_t data_length) \
    { \
        (void)instance; \
        return !PSACRYPTO_ADAPT_CAN(name, PSACRYPTO_ADAPT_KEYS, PSA_ALG_NONE, attributes) \
                   ? 0 \
                   : function(psa_get_key_type(attributes), psacrypto_adapter_bits(attributes, data_length)); \
    }

/* ---- Persistent state ---- */

/**
 * The persistent state of an opaque driver, of size bytes, and "init". Defines `<name>_open`, and with external linkage
 * `<name>_get_persistent_state` and `<name>_commit_persistent_state`, which the driver calls as
 * psa_crypto_driver_get_persistent_state() and psa_crypto_driver_commit_persistent_state(): compile it with
 * -Dpsa_crypto_driver_get_persistent_state=<name>_get_persistent_state and so on. The state is read when it is asked for
 * first. The driver must set PSACRYPTO_DRIVER_SERIALISED.
 */
#define PSACRYPTO_ADAPT_INIT_WITH_STATE(name, prefix, state_size) \
    static struct { \
        const struct psacrypto_services *services; \
        int loaded; \
        uint8_t bytes[state_size]; \
    } name##_adapted_state; \
    psa_status_t name##_get_persistent_state(uint8_t **state); \
    psa_status_t name##_commit_persistent_state(size_t from, size_t length); \
    psa_status_t name##_get_persistent_state(uint8_t **state) \
    { \
        *state = name##_adapted_state.bytes; \
        if (name##_adapted_state.loaded) { \
            return PSA_SUCCESS; \
        } \
        psa_status_t status = psacrypto_adapter_load_state(name##_adapted_state.services, name##_adapted_state.bytes, (state_size)); \
        name##_adapted_state.loaded = status == PSA_SUCCESS; \
        return status; \
    } \
    psa_status_t name##_commit_persistent_state(size_t from, size_t length) \
    { \
        const struct psacrypto_services *services = name##_adapted_state.services; \
        if (from > (state_size) || length > (state_size) - from || !name##_adapted_state.loaded) { \
            return PSA_ERROR_INVALID_ARGUMENT; \
        } \
        return services->state_put(services->core, 0, name##_adapted_state.bytes, (state_size)); \
    } \
    static psa_status_t name##_open(void *instance, const struct psacrypto_services *services) \
    { \
        (void)instance; \
        memset(&name##_adapted_state, 0, sizeof(name##_adapted_state)); \
        name##_adapted_state.services = services; \
        return prefix##_init(); \
    }

/* A state that was never written is zero; a shorter one, of an older driver, goes on with zeroes. */
static inline psa_status_t psacrypto_adapter_load_state(const struct psacrypto_services *services, uint8_t *state, size_t state_size)
{
    size_t length = 0;
    memset(state, 0, state_size);
    psa_status_t status = services->state_get(services->core, 0, state, state_size, &length);
    return status == PSA_ERROR_DOES_NOT_EXIST ? PSA_SUCCESS : status;
}

#endif /* PSACRYPTO_DRIVER_ADAPTER_KEYS_H */
