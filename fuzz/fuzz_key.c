/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Import of any bytes as any type, then everything that can be done with a key but cryptography. Input: one byte that
 * chooses a type of the list below (or 255: two bytes of type), two of bits, four of usage flags, four of algorithm, one of
 * location; the rest is the key.
 */
#include <psa/crypto.h>

#include "input.h"

static const psa_key_type_t types[] = {
    PSA_KEY_TYPE_RAW_DATA,
    PSA_KEY_TYPE_HMAC,
    PSA_KEY_TYPE_DERIVE,
    PSA_KEY_TYPE_PASSWORD,
    PSA_KEY_TYPE_PASSWORD_HASH,
    PSA_KEY_TYPE_PEPPER,
    PSA_KEY_TYPE_AES,
    PSA_KEY_TYPE_ARIA,
    PSA_KEY_TYPE_DES,
    PSA_KEY_TYPE_CAMELLIA,
    PSA_KEY_TYPE_SM4,
    PSA_KEY_TYPE_ARC4,
    PSA_KEY_TYPE_CHACHA20,
    PSA_KEY_TYPE_XCHACHA20,
    PSA_KEY_TYPE_RSA_KEY_PAIR,
    PSA_KEY_TYPE_RSA_PUBLIC_KEY,
    PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
    PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1),
    PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_K1),
    PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_K1),
    PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_BRAINPOOL_P_R1),
    PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY),
    PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_MONTGOMERY),
    PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS),
    PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS),
    PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919),
    PSA_KEY_TYPE_DH_PUBLIC_KEY(PSA_DH_FAMILY_RFC7919),
    PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
    PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1),
    PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS),
    PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(PSA_ECC_FAMILY_TWISTED_EDWARDS),
    PSA_KEY_TYPE_ASCON,
    PSA_KEY_TYPE_BLAKE2,
    PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_BRAINPOOL_P_R1),
    PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_FRP),
    PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_FRP),
    PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC3526),
    PSA_KEY_TYPE_DH_PUBLIC_KEY(PSA_DH_FAMILY_RFC3526),
    PSA_KEY_TYPE_WPA3_SAE_ECC(PSA_ECC_FAMILY_SECP_R1),
    PSA_KEY_TYPE_WPA3_SAE_DH(PSA_DH_FAMILY_RFC3526),
};

/* Where the secure element of the default build lives. */
static const psa_key_location_t locations[] = {PSA_KEY_LOCATION_LOCAL_STORAGE, PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT, 0x800001, 0x7fffff};

static psa_status_t export_all(psa_key_id_t key, const psa_key_attributes_t *attributes, int public_part, uint8_t **data, size_t *length)
{
    psa_key_type_t type = psa_get_key_type(attributes);
    size_t size = public_part ? PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(type, psa_get_key_bits(attributes)) :
                                PSA_EXPORT_KEY_OUTPUT_SIZE(type, psa_get_key_bits(attributes));
    *data = input_memory(size);
    *length = 0;
    psa_status_t status = public_part ? psa_export_public_key(key, *data, size, length) : psa_export_key(key, *data, size, length);
    CHECK(status != PSA_ERROR_BUFFER_TOO_SMALL);
    CHECK(*length <= size);
    return status;
}

/* What is exported can be imported again, and is then the same. */
static void check_again(const psa_key_attributes_t *attributes, const uint8_t *data, size_t length)
{
    psa_key_id_t key;
    uint8_t *again;
    size_t again_length;
    psa_key_attributes_t same = *attributes;

    psa_set_key_lifetime(&same, PSA_KEY_LIFETIME_VOLATILE);
    CHECK(psa_import_key(&same, data, length, &key) == PSA_SUCCESS);
    CHECK(export_all(key, &same, 0, &again, &again_length) == PSA_SUCCESS);
    CHECK(again_length == length && memcmp(again, data, length) == 0);
    free(again);
    CHECK(psa_destroy_key(key) == PSA_SUCCESS);
}

static void check_key(psa_key_id_t key, const psa_key_attributes_t *asked)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    uint8_t *data;
    size_t length;

    CHECK(psa_get_key_attributes(key, &attributes) == PSA_SUCCESS);
    CHECK(psa_get_key_type(&attributes) == psa_get_key_type(asked));
    CHECK(psa_get_key_bits(&attributes) != 0 || psa_get_key_type(asked) == PSA_KEY_TYPE_RAW_DATA);
    CHECK(psa_get_key_bits(asked) == 0 || psa_get_key_bits(&attributes) == psa_get_key_bits(asked));
    CHECK(psa_get_key_algorithm(&attributes) == psa_get_key_algorithm(asked));

    psa_status_t status = export_all(key, &attributes, 0, &data, &length);
    if ((psa_get_key_usage_flags(&attributes) & PSA_KEY_USAGE_EXPORT) != 0 || PSA_KEY_TYPE_IS_PUBLIC_KEY(psa_get_key_type(asked))) {
        CHECK(status == PSA_SUCCESS);
        check_again(&attributes, data, length);
    } else {
        CHECK(status == PSA_ERROR_NOT_PERMITTED);
    }
    free(data);
    (void)export_all(key, &attributes, 1, &data, &length);
    free(data);

    psa_key_id_t copy = PSA_KEY_ID_NULL;
    if (psa_copy_key(key, &attributes, &copy) == PSA_SUCCESS) {
        CHECK(psa_destroy_key(copy) == PSA_SUCCESS);
    }
    psa_reset_key_attributes(&attributes);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    CHECK(psa_crypto_init() == PSA_SUCCESS);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 1;

    uint8_t choice = input_byte(&input);
    psa_set_key_type(&attributes, choice == 255 ? input_u16(&input) : types[choice % (sizeof(types) / sizeof(types[0]))]);
    psa_set_key_bits(&attributes, input_u16(&input));
    psa_set_key_usage_flags(&attributes, input_u32(&input));
    psa_set_key_algorithm(&attributes, input_u32(&input));
    psa_key_location_t location = locations[input_byte(&input) % (sizeof(locations) / sizeof(locations[0]))];
    psa_set_key_lifetime(&attributes, PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(PSA_KEY_PERSISTENCE_VOLATILE, location));

    size_t length;
    uint8_t *material = input_take(&input, SIZE_MAX, &length);
    if (psa_import_key(&attributes, material, length, &key) == PSA_SUCCESS) {
        CHECK(key != PSA_KEY_ID_NULL);
        check_key(key, &attributes);
        CHECK(psa_destroy_key(key) == PSA_SUCCESS);
        CHECK(psa_get_key_attributes(key, &attributes) == PSA_ERROR_INVALID_HANDLE);
    } else {
        CHECK(key == PSA_KEY_ID_NULL);
    }
    free(material);
    return 0;
}
