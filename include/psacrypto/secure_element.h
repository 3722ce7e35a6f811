/* SPDX-License-Identifier: Apache-2.0 */
/**
 * \file psacrypto/secure_element.h
 * \brief A secure element in software: an opaque driver whose keys the library never sees in the clear.
 *
 * The element does its cryptography with an engine, which is a transparent driver (the library gives it the
 * software driver). Around the engine it does what an element does: it keeps keys wrapped under its device key or
 * in slots of its own, it holds keys that were put there before the program came, and it enforces usage,
 * algorithm and exportability itself, whatever attributes it is shown.
 *
 * What it does not give is a boundary: it lives in the process that uses it. docs/drivers.md says what a driver of
 * a real element does in its place.
 *
 * One module serves several tokens, each with an instance of its own:
 *
 *     static struct psacrypto_secure_element token;
 *
 *     psacrypto_secure_element_init(&token, &psacrypto_software_driver, NULL);
 *     token.options = PSACRYPTO_SECURE_ELEMENT_SLOTS;
 *     token.slot_count = 32;
 *     psacrypto_register_driver(0x800001, &psacrypto_secure_element_driver, &token);
 *     psa_crypto_init();
 */
#ifndef PSACRYPTO_SECURE_ELEMENT_H
#define PSACRYPTO_SECURE_ELEMENT_H

#include <psacrypto/driver.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Persistent keys live in numbered slots of the element; without it they leave it wrapped, as volatile keys always do. */
#define PSACRYPTO_SECURE_ELEMENT_SLOTS 0x00000001u
/** device_key is set. Without it the element draws one when a key needs it first, and keeps it in its state. */
#define PSACRYPTO_SECURE_ELEMENT_DEVICE_KEY 0x00000002u

/** Bytes of the longest key that the element takes. A firmware's configuration may name less: it is also the size of the
 *  memory that is borrowed while a key is made. */
#ifndef PSACRYPTO_SECURE_ELEMENT_KEY_SIZE
#define PSACRYPTO_SECURE_ELEMENT_KEY_SIZE 4096u
#endif
/** The highest slot_count. */
#define PSACRYPTO_SECURE_ELEMENT_SLOTS_MAX 65535u

/** Identifiers that a key of the element can have without being attached. */
#define PSACRYPTO_SECURE_ELEMENT_ID_MIN ((psa_key_id_t)0x7fff0000)
#define PSACRYPTO_SECURE_ELEMENT_ID_MAX ((psa_key_id_t)0x7fffefff)

/** A key that the element holds from the factory on. */
struct psacrypto_secure_element_key {
    uint32_t number;            /**< its name inside of the element: unique, and the same after an update of the table */
    psa_key_id_t id;            /**< as a built-in key, in the range above; 0: it is reached by its label alone */
    const uint8_t *label;       /**< what psa_attach_key() is given; NULL: reached by its id alone */
    size_t label_length;        /**< in bytes */
    psa_key_type_t type;
    uint16_t bits;
    psa_key_usage_t usage;      /**< what any use of the key is limited to */
    psa_algorithm_t alg;        /**< the permitted algorithm, which may be a wildcard */
    psa_algorithm_t alg2;       /**< a second one, or PSA_ALG_NONE */
    const uint8_t *material;    /**< in the format of psa_export_key(); trusted to be a valid key */
    size_t material_length;     /**< in bytes */
};

/** One element. All of it stays in place, and but for private_data unchanged, while the library is open. */
struct psacrypto_secure_element {
    const struct psacrypto_driver *engine; /**< a transparent driver, opened by whoever registered it */
    void *engine_instance;                 /**< first argument of the engine's entries */
    uint32_t options;                      /**< PSACRYPTO_SECURE_ELEMENT_xxx */
    uint32_t slot_count;                   /**< with PSACRYPTO_SECURE_ELEMENT_SLOTS: 1 to PSACRYPTO_SECURE_ELEMENT_SLOTS_MAX */
    uint8_t device_key[32];                /**< with PSACRYPTO_SECURE_ELEMENT_DEVICE_KEY: what is fused into the device */
    const struct psacrypto_secure_element_key *provisioned; /**< keys of the factory; NULL: none */
    size_t provisioned_count;
    uint64_t private_data[8];              /**< zero at first */
};

/**
 * The driver. Its instance is a struct psacrypto_secure_element.
 *
 * Thread-safe. Its open() answers PSA_ERROR_INVALID_ARGUMENT where the instance has no engine, no slots although it
 * is to have some, or a table of provisioned keys that contradicts itself.
 */
extern const struct psacrypto_driver psacrypto_secure_element_driver;

/**
 * The element of the build at PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT: wrapped keys, the software driver as its
 * engine, no provisioned keys. A program may change its members before psa_crypto_init(), or register another
 * driver for that location.
 */
extern struct psacrypto_secure_element psacrypto_secure_element_default;

/**
 * \brief Make an element of all-default options: wrapped keys, a device key in its state, nothing provisioned.
 *
 * \param element          Overwritten; change its public members afterwards, before psa_crypto_init().
 * \param engine           Transparent driver that does the cryptography. Kept by reference.
 * \param engine_instance  First argument of each of its entries.
 *
 * Cannot fail. Not thread-safe.
 */
void psacrypto_secure_element_init(struct psacrypto_secure_element *element,
                                   const struct psacrypto_driver *engine, void *engine_instance);

#ifdef __cplusplus
}
#endif

#endif /* PSACRYPTO_SECURE_ELEMENT_H */
